"""What a branch's report says in words: a list of blocks that page and Word file draw alike."""

import re
from dataclasses import dataclass

import pandas as pd

from helpers.bank import codebook
from helpers.bank.language import Both, pick, worded
from workshop.report import findings

DRAWN = {"axis": "score_axis", "digits": 2}
BEGIN, END = "\x02", "\x03"  # of bold text; `label` leaves neither in anything from data


@dataclass(frozen=True)
class Block:
    """A piece of a report: plain text in which nothing is markup but what `strong` made.

    Attributes
    ----------
    kind : {"title", "lead", "heading", "text", "points", "table", "figure"}
        What it is.
    text : str
        Its text; a figure's caption.
    points : tuple of str
        The items of a list.
    table : DataFrame or None
        A table, ready to show: headings and cells are text, or `markupsafe.Markup` for a page.
    image : bytes
        A PNG; what `image` made of the table, until it is drawn.
    alt : str
        One sentence for those who cannot see it.
    """

    kind: str
    text: str = ""
    points: tuple = ()
    table: pd.DataFrame | None = None
    image: bytes = b""
    alt: str = ""


def blocks(survey, branch, *, image, bank):
    """Write one branch's report.

    Parameters
    ----------
    survey : Survey
        From `findings.read`.
    branch : str
        A branch that is shown.
    image : callable
        Takes the table of dimensions and gives a PNG.
    bank : str
        The bank's title.

    Returns
    -------
    list of Block
        In reading order, in the reader's language.
    """
    table, first = findings.dimensions(survey, branch), findings.questions(survey, branch)
    name, worst = label(branch), table.loc[table["estimate"].idxmin()]
    return [
        Block("title", pick(en=f"{name}: what customers say", zh=f"{name}：客户怎么说")),
        Block("lead", _lead(survey, branch, bank)),
        Block("heading", pick(en="In one minute", zh="一分钟看懂")),
        Block("points", points=tuple(_minute(survey, table, first))),
        Block("figure", _caption(survey), image=image(table), alt=_alt(survey, name, worst)),
        Block("heading", pick(en="Dimension by dimension", zh="逐个维度")),
        Block("table", _reading(survey), table=_dimension_table(survey, table)),
        Block("heading", pick(en="Questions to fix first", zh="先改哪几道题")),
        _questions(survey, first),
        Block("heading", pick(en="On Monday", zh="周一可以做的事")),
        Block("points", points=tuple(_monday(survey, first))),
        Block("heading", pick(en="Who answered", zh="谁回答了")),
        Block("points", points=tuple(_people(survey, branch, table))),
        Block("heading", pick(en="What could be wrong", zh="哪里可能出错")),
        Block("points", points=tuple(_doubts(survey))),
    ]


def summary(survey):
    """Sum up all branches in the sentences above their list."""
    whole = findings.overall(survey)
    value = signed(whole["estimate"], survey.gaps)
    spread = between(whole["low"], whole["high"], survey.gaps)
    what = findings.words(survey.gaps)
    return worded("workshop.report_text.summary", what=what, value=strong(value), spread=spread)


def heads(survey):
    """Head the columns of `row`."""
    what = findings.words(survey.gaps)
    return [pick(en=f"mean {what}", zh=f"平均{what}"), pick(en="95% interval", zh="95% 区间"),
            pick(en="weakest", zh="最弱的维度")]  # fmt: skip


def row(survey, branch):
    """Sum up one branch in the list."""
    one, table = findings.overall(survey, branch), findings.dimensions(survey, branch)
    weakest = table.loc[table["estimate"].idxmin(), "dimension"]
    interval = between(one["low"], one["high"], survey.gaps)
    return [signed(one["estimate"], survey.gaps), interval, label(weakest) + _overlapping(table)]


def _overlapping(table):
    """What stands behind the name of the lowest, where others may be as low."""
    count = int((table["low"] <= table.loc[table["estimate"].idxmin(), "high"]).sum()) - 1
    return worded("workshop.report_text.overlapping", count=count) if count else ""


def label(name):
    """What an id is called in the reader's language, as plain text."""
    return codebook.current().label(name)


def strong(text):
    """Text to be set in bold."""
    return f"{BEGIN}{text}{END}"


def stretches(text):
    """Cut a text into pairs: a stretch of it, and whether it is bold."""
    return [(part, i % 2 == 1) for i, part in enumerate(re.split(f"[{BEGIN}{END}]", text)) if part]


def signed(number, gaps):
    """A gap with its sign, a mark without; a true minus."""
    text = (f"{number:+.2f}" if gaps else f"{number:.2f}").replace("-", "−")
    return text if any(digit in text for digit in "123456789") else text.lstrip("+−")


def between(low, high, gaps):
    """An interval in words."""
    return worded("workshop.report_text.between", low=signed(low, gaps), high=signed(high, gaps))


def apart(table):
    """Rows that differ from the other branches by more than chance, all comparisons counted together."""
    return table[(table["difference_low"] > 0) | (table["difference_high"] < 0)]


def _lead(survey, branch, bank):
    wave = pick(en=f", wave {survey.wave}", zh=f"，第 {survey.wave} 轮") if survey.wave is not None else ""
    n = int(survey.answered[branch])
    return pick(en=f"{bank}. Customer survey{wave}; {n} customers of this branch answered.",
                zh=f"{bank}。客户问卷{wave}；本网点有 {n} 位客户作答。")  # fmt: skip


def _minute(survey, table, first):
    """The three sentences that must be read."""
    worst, best = table.loc[table["estimate"].idxmin()], table.loc[table["estimate"].idxmax()]
    values = [(label(row["dimension"]), signed(row["estimate"], survey.gaps), between(row["low"], row["high"], survey.gaps))
              for row in (worst, best)]  # fmt: skip
    (low, low_value, low_range), (high, high_value, _) = values
    if low == high:  # one dimension is neither lowest nor highest
        yield worded(
            "workshop.report_text.one_dimension", low=strong(low), low_value=low_value, low_range=low_range
        )
    else:
        yield worded(
            "workshop.report_text.furthest" if survey.gaps else "workshop.report_text.rated",
            low=strong(low) + _overlapping(table),
            low_value=low_value,
            low_range=low_range,
            high=high,
            high_value=high_value,
        )
    yield _against_others(table)
    if len(first):
        wording, rest = survey.questions.get(first["dimension"].iloc[0], ""), _overlapping(first)
        yield pick(
            en=f"Question to look at first: “{wording}”{rest}", zh=f"最先要看的一道题：“{wording}”{rest}"
        )


def _against_others(table):
    found = apart(table)
    if table["others"].isna().all():
        return pick(en="There is no other branch to compare with.", zh="没有别的网点可以比较。")
    if found.empty:
        return worded("workshop.report_text.same")
    better, worse = (
        [label(d) for d in found[found["difference"] * sign > 0]["dimension"]] for sign in (1, -1)
    )
    en = [
        f"{word} than the other branches: {', '.join(names)}"
        for word, names in (("better", better), ("worse", worse))
        if names
    ]
    zh = [
        f"比其他网点{word}的：{'、'.join(names)}" for word, names in (("好", better), ("差", worse)) if names
    ]
    return pick(en=f"Beyond chance, {'; '.join(en)}.", zh=f"超出随机误差，{'；'.join(zh)}。")


def _caption(survey):
    what = (
        pick(en="Gap = perception − expectation", zh="差距 = 感知 − 期望")
        if survey.gaps
        else pick(en="Mean mark", zh="平均分")
    )
    alone = len(survey.shown) < 2
    return worded(
        "workshop.report_text.caption_alone" if alone else "workshop.report_text.caption", what=what
    )


def _alt(survey, name, worst):
    value = signed(worst["estimate"], survey.gaps)
    what = findings.words(survey.gaps)
    return worded(
        "workshop.report_text.alternative",
        what=what,
        name=name,
        dimension=label(worst["dimension"]),
        value=value,
    )


def _reading(survey):
    return worded("workshop.report_text.reading" if len(survey.shown) > 1 else "workshop.report_text.alone")


def _dimension_table(survey, table):
    """The table of dimensions, as text."""
    gaps = survey.gaps
    columns = {
        pick(en="dimension", zh="维度"): [label(d) for d in table["dimension"]],
        pick(en="n", zh="人数"): [str(n) for n in table["n"]],
    }
    if gaps:
        columns |= {label(c): [f"{v:.2f}" for v in table[c]] for c in ("expected", "perceived")}
    columns |= {
        findings.words(gaps): [signed(v, gaps) for v in table["estimate"]],
        pick(en="95% interval", zh="95% 区间"): [
            between(a, b, gaps) for a, b in zip(table["low"], table["high"], strict=True)
        ],
    } | _others(table, gaps)
    return pd.DataFrame(columns)


def _others(table, gaps):
    """The columns that compare; none where there is nobody to compare with."""
    if table["others"].isna().all():
        return {}
    notable = apart(table).index
    verdict = [
        (pick(en="better", zh="更好") if table.loc[i, "difference"] > 0 else pick(en="worse", zh="更差"))
        if i in notable
        else "–"
        for i in table.index
    ]
    return {
        pick(en="others", zh="其他网点"): [signed(v, gaps) for v in table["others"]],
        pick(en="difference", zh="相差"): [signed(v, True) for v in table["difference"]],
        pick(en="beyond chance", zh="超出随机误差"): verdict,
    }


def _chosen(survey):
    what = pick(en="The questions with the widest gaps", zh="差距最大的题") if survey.gaps else pick(
        en="The questions with the lowest marks", zh="得分最低的题")  # fmt: skip
    return worded("workshop.report_text.chosen", what=what)


def _questions(survey, first):
    """The questions to fix first, or why none is shown."""
    if len(first):
        return Block("table", _chosen(survey), table=_question_table(survey, first))
    return Block("text", worded("workshop.report_text.no_questions"))


def _question_table(survey, first):
    gaps = survey.gaps
    columns = {
        pick(en="question", zh="题目"): [survey.questions.get(q, q) for q in first["dimension"]],
        pick(en="n", zh="人数"): [str(n) for n in first["n"]],
        findings.words(gaps): [signed(v, gaps) for v in first["estimate"]],
        pick(en="95% interval", zh="95% 区间"): [
            between(a, b, gaps) for a, b in zip(first["low"], first["high"], strict=True)
        ],
    }
    if first["others"].notna().any():
        columns[pick(en="others", zh="其他网点")] = [signed(v, gaps) for v in first["others"]]
    return pd.DataFrame(columns)


def _monday(survey, first):
    if len(first):
        yield worded("workshop.report_text.read_aloud")
    yield worded("workshop.report_text.lobby")
    yield worded("workshop.report_text.agree")


def _people(survey, branch, table):
    low, high = int(table["n"].min()), int(table["n"].max())
    en, zh = (f"{low} to {high}", f"{low} 至 {high}") if low < high else (f"{low}", f"{low}")
    yield worded("workshop.report_text.people", count=int(survey.answered[branch]), must=Both(en, zh))
    if survey.response is not None:
        yield pick(en=f"In the whole bank {survey.response:.0%} of those invited answered.",
                   zh=f"全行收到邀请的客户中，有 {survey.response:.0%} 作答。")  # fmt: skip
    else:
        yield worded("workshop.report_text.no_response")


def _doubts(survey):
    tests = findings.comparisons(survey)
    yield worded("workshop.report_text.answered")
    if len(survey.shown) > 1:
        yield worded("workshop.report_text.comparisons", tests=tests)
    yield worded("workshop.report_text.picked")
    if survey.gaps:
        yield worded("workshop.report_text.ceiling")
    else:
        yield worded("workshop.report_text.no_expectations")

"""What a branch's scorecard says in words: three scores with their intervals, beside the other branches and by channel."""

import pandas as pd

from helpers.bank.language import Both, pick, worded
from workshop.report import experience_scores, findings
from workshop.report.report_text import Block, apart, label, strong

DRAWN = {"axis": "points_of_100", "digits": 0}


def blocks(survey, branch, *, image, bank):
    """Write one branch's scorecard.

    Parameters
    ----------
    survey : Survey
        From `experience_scores.read`.
    branch : str
        A branch that is shown.
    image : callable
        Takes the table of scores and gives a PNG.
    bank : str
        The bank's title.

    Returns
    -------
    list of Block
        In reading order, in the reader's language.
    """
    table, name = findings.dimensions(survey, branch), label(branch)
    return [
        Block("title", pick(en=f"{name}: the experience of customers", zh=f"{name}：客户体验成绩单")),
        Block("lead", _lead(survey, branch, bank)),
        Block("heading", pick(en="In one minute", zh="一分钟看懂")),
        Block("points", points=(*map(_said, table.to_dict("records")), *_against_others(table))),
        Block("figure", _caption(survey), image=image(table), alt=_alt(name, table)),
        Block("heading", pick(en="Score by score", zh="逐个分数")),
        Block("table", _reading(survey), table=_score_table(table)),
        *_by_channel(survey, branch),
        Block("heading", pick(en="On Monday", zh="周一可以做的事")),
        Block("points", points=tuple(_monday())),
        Block("heading", pick(en="What could be wrong", zh="哪里可能出错")),
        Block("points", points=tuple(_doubts(survey))),
    ]


def summary(survey):
    """Sum up all branches in the sentences above their list."""
    figures = experience_scores.overall(survey).to_dict("records")
    told = [
        f"{label(one['dimension'])} {strong(_points(one['estimate']))}{_bracketed(one)}" for one in figures
    ]
    return worded("workshop.experience_scorecard.summary", told=Both("; ".join(told), "；".join(told)))


def heads(survey):
    """Head the columns of `row`."""
    return [label(name) for name in survey.scores["dimension"].unique()]


def row(survey, branch):
    """Sum up one branch in the list."""
    table = findings.dimensions(survey, branch).to_dict("records")
    return [_points(one["estimate"]) + _bracketed(one) for one in table]


def _bracketed(one):
    return pick(en=f" ({_between(one)})", zh=f"（{_between(one)}）")


def _points(number):
    """Points of 100, with a true minus."""
    return f"{round(number) + 0}".replace("-", "−")


def _between(one):
    return worded("workshop.experience_scorecard.between", low=_points(one["low"]), high=_points(one["high"]))


def _lead(survey, branch, bank):
    n = int(survey.answered[branch])
    return pick(en=f"{bank}. {n} answers about this branch.", zh=f"{bank}。本网点有 {n} 份回答。")


def _said(one):
    """One score as a sentence that may be said aloud."""
    value, spread, name = strong(_points(one["estimate"])), _between(one), one["dimension"]
    if name == "top_two":
        return worded("workshop.experience_scorecard.satisfied", value=value, spread=spread)
    if name == "easy":
        return worded("workshop.experience_scorecard.effort", value=value, spread=spread)
    return worded("workshop.experience_scorecard.recommend", value=value, spread=spread)


def _against_others(table):
    if table["others"].isna().all():
        return []
    half = (table["difference_high"] - table["difference_low"]).max() / 2
    found = [label(name) for name in apart(table)["dimension"]]
    beyond = worded("workshop.experience_scorecard.different", found=list(found))
    alike = worded("workshop.experience_scorecard.same")
    needed = worded("workshop.experience_scorecard.smallest", half=half)
    return [beyond if found else alike, needed]


def _caption(survey):
    alone = len(survey.shown) < 2
    return worded(
        "workshop.experience_scorecard.caption_alone" if alone else "workshop.experience_scorecard.caption"
    )


def _alt(name, table):
    told = ", ".join(
        f"{label(one['dimension'])} {_points(one['estimate'])}" for one in table.to_dict("records")
    )
    return worded("workshop.experience_scorecard.alternative", name=name, told=told)


def _reading(survey):
    if len(survey.shown) < 2:
        return worded("workshop.report_text.alone")
    return worded("workshop.experience_scorecard.reading")


def _score_table(table):
    rows = table.to_dict("records")
    shown = {
        pick(en="score", zh="分数"): [label(one["dimension"]) for one in rows],
        pick(en="n", zh="回答数"): [str(one["n"]) for one in rows],
        pick(en="points", zh="分"): [_points(one["estimate"]) for one in rows],
        pick(en="95% interval", zh="95% 区间"): [_between(one) for one in rows],
    }
    if table["others"].notna().all():
        apart_from = [{"low": one["difference_low"], "high": one["difference_high"]} for one in rows]
        shown[pick(en="others", zh="其他网点")] = [_points(one["others"]) for one in rows]
        shown[pick(en="difference", zh="相差")] = [_points(one["difference"]) for one in rows]
        shown[pick(en="its interval", zh="相差的区间")] = [_between(ends) for ends in apart_from]
    return pd.DataFrame(shown)


def _by_channel(survey, branch):
    """The channels side by side, where there are several that are large enough."""
    table = experience_scores.channels(survey, branch)
    if table.empty:
        return []
    rows = table.to_dict("records")
    shown = pd.DataFrame({
        pick(en="score", zh="分数"): [label(one["dimension"]) for one in rows],
        pick(en="channel", zh="渠道"): [_channel(one["channel"]) for one in rows],
        pick(en="n", zh="回答数"): [str(one["n"]) for one in rows],
        pick(en="points", zh="分"): [_points(one["estimate"]) for one in rows],
        pick(en="95% interval", zh="95% 区间"): [_between(one) for one in rows],
    })  # fmt: skip
    told = worded("workshop.experience_scorecard.channels")
    return [Block("heading", pick(en="Channel by channel", zh="逐个渠道")), Block("table", told, table=shown)]


def _channel(name):
    return pick(en="others together", zh="其余合计") if name == "other" else label(name)


def _monday():
    yield worded("workshop.experience_scorecard.choose")
    yield worded("workshop.experience_scorecard.agree")
    yield worded("workshop.experience_scorecard.no_change")


def _doubts(survey):
    tests = findings.comparisons(survey)
    yield worded("workshop.experience_scorecard.answered")
    if len(survey.shown) > 1:
        yield worded("workshop.experience_scorecard.comparisons", tests=tests)
    for name, ends in survey.left_out.items():
        yield _left_out(label(name), ends, experience_scores.SCALES[name])
    yield pick(en="Satisfied is not loyal: who stays is in the ledger, not in the survey.",
               zh="满意不等于忠诚：谁会留下，要看账户记录，不看问卷。")  # fmt: skip


def _left_out(name, asked, needed):
    """Why a question has no score."""
    unknown = pick(en="a scale that the codebook does not state", zh="数据说明没写明的分数")
    asked = (
        unknown
        if None in asked
        else pick(en=f"a scale from {asked[0]} to {asked[1]}", zh=f" {asked[0]} 到 {asked[1]} 分")
    )
    return worded("workshop.experience_scorecard.left_out", name=name, asked=asked, first=needed[0], last=needed[1])  # fmt: skip

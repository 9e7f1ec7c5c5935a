"""What a branch's scorecard says in words: three scores with their intervals, beside the other branches and by channel."""

import pandas as pd

from helpers.bank.language import pick
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
        Block("figure", _caption(), image=image(table), alt=_alt(name, table)),
        Block("heading", pick(en="Score by score", zh="逐个分数")),
        Block("table", _reading(), table=_score_table(table)),
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
    return pick(
        en=f"All branches shown, each counted the same: {'; '.join(told)}; in points of 100, 95% intervals in brackets. The "
        "branches are in the order of their numbers: this is not a ranking, and neighbours whose intervals overlap cannot be "
        "told apart.",
        zh=f"所列网点同等看待：{'；'.join(told)}；以 100 计，括号里是 95% 区间。网点按编号排列，这不是排名；"
        "区间互相重叠的网点分不出先后。",
    )


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
    return pick(
        en=f"{_points(one['low'])} to {_points(one['high'])}",
        zh=f"{_points(one['low'])} 至 {_points(one['high'])}",
    )


def _lead(survey, branch, bank):
    n = int(survey.answered[branch])
    return pick(en=f"{bank}. {n} answers about this branch.", zh=f"{bank}。本网点有 {n} 份回答。")


def _said(one):
    """One score as a sentence that may be said aloud."""
    value, spread, name = strong(_points(one["estimate"])), _between(one), one["dimension"]
    if name == "top_two":
        return pick(en=f"{value} of 100 give one of the two highest marks for satisfaction (95% interval {spread}).",
                    zh=f"每一百人里有 {value} 人对满意度打最高两档（95% 区间 {spread}）。")  # fmt: skip
    if name == "easy":
        return pick(en=f"For {value} of 100 it cost hardly any effort (1 or 2 of 7; 95% interval {spread}).",
                    zh=f"每一百人里有 {value} 人觉得几乎没费力气（7 分里打 1、2 分；95% 区间 {spread}）。")  # fmt: skip
    return pick(
        en=f"Recommend score {value} (9 and 10 less 0 to 6; from −100 to +100, no per cent; 95% interval {spread}).",
        zh=f"推荐分 {value}（9、10 分的占比减去 0 到 6 分的占比；从 −100 到 +100，不是百分比；95% 区间 {spread}）。",
    )


def _against_others(table):
    if table["others"].isna().all():
        return []
    half = (table["difference_high"] - table["difference_low"]).max() / 2
    found = [label(name) for name in apart(table)["dimension"]]
    beyond = pick(
        en=f"Different from the other branches beyond chance: {', '.join(found)}.",
        zh=f"和其他网点的差别超出随机误差的：{'、'.join(found)}。",
    )
    alike = pick(
        en="In no score does this branch differ from the others by more than chance explains.",
        zh="没有哪个分数和其他网点的差别超出随机误差。",
    )
    needed = pick(
        en=f"With so many answers a difference of less than about {half:.0f} points cannot be told from none.",
        zh=f"就这么多回答，差不到大约 {half:.0f} 分的，和没有差别分不开。",
    )
    return [beyond if found else alike, needed]


def _caption():
    return pick(en="Points of 100. Dot and line: this branch with its 95% interval. Ring: mean of the other branches shown.",
                zh="以 100 计。圆点和线段：本网点及 95% 区间。圆环：其他有报告的网点的平均。")  # fmt: skip


def _alt(name, table):
    told = ", ".join(
        f"{label(one['dimension'])} {_points(one['estimate'])}" for one in table.to_dict("records")
    )
    return pick(en=f"The scores of {name} with their intervals, and the mean of the other branches: {told}.",
                zh=f"{name}的各项分数及区间，以及其他网点的平均：{told}。")  # fmt: skip


def _reading():
    return pick(en="“Difference” is this branch less the mean of the others; its interval allows for the comparisons of all branches. This is not a ranking.",
                zh="“相差”是本网点减去其他网点的平均；后面的区间已经把全部网点的比较合在一起算。这不是排名。")  # fmt: skip


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
    told = pick(
        en="Channels with fewer than ten answers are put together. Different things are done in different channels: "
        "a channel where people complain cannot look like one where they open accounts.",
        zh="不到十份回答的渠道合在一起。各渠道办的事不一样：投诉多的渠道，分数没法和开户的渠道比。",
    )
    return [Block("heading", pick(en="Channel by channel", zh="逐个渠道")), Block("table", told, table=shown)]


def _channel(name):
    return pick(en="others together", zh="其余合计") if name == "other" else label(name)


def _monday():
    yield pick(en="Choose one score and one channel; read ten comments or listen to ten calls of it before you decide anything.",
               zh="选一个分数、一个渠道；先读十条意见或听十通电话，再决定改什么。")  # fmt: skip
    yield pick(en="Agree on one change, one person, one date, and on what will be seen on the floor if it works.",
               zh="定一项改动、一个负责人、一个日期，写下：如果有效，在大堂里能看到什么。")  # fmt: skip
    yield pick(en="Until the next survey's interval lies clear of this one, say “no change that could be shown”.",
               zh="下一轮的区间没有和这一轮分开之前，只说“看不出变化”。")  # fmt: skip


def _doubts(survey):
    tests = findings.comparisons(survey)
    yield pick(en="Only those who answered are seen: the very content and the very cross answer more often.",
               zh="只看得到作答的客户：特别满意和特别生气的人更爱答。")  # fmt: skip
    yield pick(en=f"All reports together make {tests} comparisons; “beyond chance” counts all of them together.",
               zh=f"所有报告加起来作了 {tests} 次比较；“超出随机误差”是把它们合在一起算的。")  # fmt: skip
    for name, ends in survey.left_out.items():
        yield _left_out(label(name), ends, experience_scores.SCALES[name])
    yield pick(en="Satisfied is not loyal: who stays is in the ledger, not in the survey.",
               zh="满意不等于忠诚：谁会留下，要看账本，不看问卷。")  # fmt: skip


def _left_out(name, asked, needed):
    """Why a question has no score."""
    unknown = pick(en="a scale that the codebook does not state", zh="数据说明没写明的分数")
    asked = (
        unknown
        if None in asked
        else pick(en=f"a scale from {asked[0]} to {asked[1]}", zh=f" {asked[0]} 到 {asked[1]} 分")
    )
    return pick(en=f"“{name}” was asked on {asked}; its score is defined from {needed[0]} to {needed[1]} only and is not shown.",
                zh=f"“{name}”用的是{asked}；这项分数只按 {needed[0]} 到 {needed[1]} 分定义，所以没有列出。")  # fmt: skip

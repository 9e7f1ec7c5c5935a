"""The page that lists all reports, in the order of the branches, and what must be known before they are passed on."""

import pandas as pd
from markupsafe import Markup

from helpers.bank.language import pick
from workshop.report import report_register, report_text


def blocks(survey, bank, names, failed, *, overlaps=(), words=report_text):
    """Write the list of reports.

    Parameters
    ----------
    survey : Survey
        From `findings.read` or `experience_scores.read`.
    bank : str
        The bank's title.
    names : dict
        Branch and the name of its files.
    failed : dict
        Branches without a report, each with a sentence.
    overlaps : list of tuple
        From `report_register.overlapping`.
    words : module
        `report_text` or `experience_scorecard`: what the subject's branches are summed up by.

    Returns
    -------
    list of Block
        In reading order, in the reader's language.
    """
    listed = [
        report_text.Block("title", pick(en=f"{bank}: a report for each branch", zh=f"{bank}：各网点报告")),
        report_text.Block("text", words.summary(survey)),
        report_text.Block("table", table=_rows(survey, names, failed, words)),
    ]
    if survey.hidden:
        hidden = pick(en=", ", zh="、").join(map(report_text.label, survey.hidden))
        listed.append(report_text.Block("text", pick(
            en=f"Not shown: {hidden}. Too few complete answers, or hidden so that another cannot be found by subtraction. "
            "They enter no figure here.",
            zh=f"不显示的网点：{hidden}。完整回答太少，或者为了不让别人用减法推算出另一家而一并隐去。它们不计入这里的任何数字。",
        )))  # fmt: skip
    listed += [
        report_text.Block("heading", pick(en="Before you pass these on", zh="发出去之前")),
        report_text.Block("points", points=(_once(), *overlapping(overlaps))),
    ]
    points = tuple(f"{report_text.label(branch)}：{told}" for branch, told in failed.items())
    if points:
        listed += [
            report_text.Block("heading", pick(en="Failed", zh="未能生成")),
            report_text.Block("points", points=points),
        ]
    return listed


def _once():
    """What no report can protect against by itself."""
    return pick(
        en="Pass on one set of reports. Anyone who also holds figures made from some of the same answers (with a branch "
        "more or less, an earlier export, a filter, a lesson's page) can subtract one from the other and find a branch "
        "that is hidden here; a branch that another wave's report shows is no longer unknown either. "
        f"{report_register.NAME} in this folder keeps count of what was reported; it stays with you.",
        zh="只发一套报告。如果对方手里还有用部分相同答卷算出的数字（多一家或少一家网点、早先导出的数据、筛选过的数据、课程网页），"
        f"两边一减，就可能算出这里隐去的网点；某家网点在另一轮的报告里显示了，也就不再保密。本文件夹里的 {report_register.NAME} 登记了报告过哪些内容，请自己留着。",
    )


def overlapping(overlaps):
    """Say which earlier reports share answers with this one.

    Parameters
    ----------
    overlaps : list of tuple
        From `report_register.overlapping`.

    Returns
    -------
    list of str
        A sentence for each.
    """
    return [
        pick(
            en=f"These reports share answers (about {count} rows) with reports of {date} from this folder, and do not show "
            "the same branches or answers: what is hidden in one may be found by subtracting. Do not give both to the same people.",
            zh=f"这次的报告和本文件夹 {date} 的报告用到了相同的答卷（约 {count} 行），但网点或答卷不完全一样：两份相减，"
            "可能算出隐去的内容。请不要把两份发给同一批人。",
        )
        for date, count in overlaps
    ]


def _rows(survey, names, failed, words):
    """One row a branch with its two files."""
    columns = [
        pick(en="branch", zh="网点"),
        pick(en="n", zh="人数"),
        *words.heads(survey),
        pick(en="report", zh="报告"),
    ]
    rows = [
        [
            report_text.label(branch),
            str(int(survey.answered[branch])),
            *words.row(survey, branch),
            _files(name),
        ]
        for branch, name in names.items()
        if branch not in failed
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)  # as text, links would be escaped


def _files(name):
    return Markup('<a href="{0}.html">{1}</a> · <a href="{0}.docx">Word</a>').format(
        name, pick(en="page", zh="网页")
    )

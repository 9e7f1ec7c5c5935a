"""The page that lists all reports, in the order of the branches, and what must be known before they are passed on."""

import pandas as pd
from markupsafe import Markup

from helpers.bank.language import pick, worded
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
        listed.append(report_text.Block("text", worded("workshop.report_list.hidden", hidden=hidden)))
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
    return worded("workshop.report_list.once", register=report_register.NAME)


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
    return [worded("workshop.report_list.overlapping", count=count, date=date) for date, count in overlaps]


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

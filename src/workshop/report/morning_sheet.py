"""One page for the morning meeting of a branch: one finding beside the wave before, three actions, three sentences."""

from dataclasses import dataclass, fields

import numpy as np

from helpers.bank import data as banks
from helpers.bank.language import WrongValue, current, pick, worded
from owndata.map import small_groups
from workshop.build import yamlfile
from workshop.report import answers, findings, report_text
from workshop.report.report_text import DRAWN, heads, row, summary

__all__ = ["DRAWN", "Waves", "blocks", "heads", "read", "row", "summary"]


@dataclass(frozen=True)
class Waves(findings.Survey):
    """The last wave of a survey, and the one before where there is one.

    Attributes
    ----------
    before : findings.Survey or None
        Scored by the same rules; a branch too small then is not compared.
    """

    before: findings.Survey | None


def read(data, *, smallest=small_groups.SMALLEST):
    """Read the last two waves of a survey.

    Parameters
    ----------
    data : str or Path
        The bank.
    smallest : int
        As for `findings.read`.

    Returns
    -------
    Waves
        Everything that the pages are made from.

    Raises
    ------
    WrongValue
        As for `findings.read`.
    """
    book = banks.codebook(data)
    rows = answers.read(data, book)
    *earlier, last = answers.waves(rows)
    now, before = findings.score(rows, book, wave=last, smallest=smallest), None
    if earlier:
        try:
            before = findings.score(rows, book, wave=earlier[-1], smallest=smallest)
        except WrongValue:  # no branch was large enough then
            before = None
    return Waves(**{field.name: getattr(now, field.name) for field in fields(now)}, before=before)


def blocks(survey, branch, *, image, bank):
    """Write a branch's page.

    Parameters
    ----------
    survey : Waves
        From `read`.
    branch : str
        A branch that is shown.
    image : function
        Not asked: a page of words hangs by the door.
    bank : str
        The bank's title.

    Returns
    -------
    list of contents.Block
        In reading order, in the reader's language.
    """
    table = findings.dimensions(survey, branch)
    worst = table.loc[table["estimate"].idxmin()]
    advice = yamlfile.read(banks.home() / "course" / "day" / "morning.yml", otherwise={})
    told = advice.get(worst["dimension"], advice.get("any"))
    name = report_text.label(branch)
    return [
        report_text.Block("title", pick(en=f"{name}: this week's morning meetings", zh=f"{name}：这周的晨会")),
        report_text.Block("text", _finding(survey, worst)),
        report_text.Block("text", _beside(survey, branch, worst)),
        report_text.Block("heading", pick(en="Three actions", zh="三个动作")),
        report_text.Block("points", points=tuple(told["actions"][current()])),
        report_text.Block("heading", pick(en="Three sentences", zh="三句话")),
        report_text.Block("points", points=tuple(told["say"][current()])),
        report_text.Block("heading", pick(en="Today", zh="今天")),
        report_text.Block("text", worded("workshop.morning_sheet.who")),
        report_text.Block("text", worded("workshop.morning_sheet.source", bank=bank, n=int(worst['n']))),
    ]  # fmt: skip


def _changed(now, before):
    """Say how far a mean moved between two waves, with the interval of the difference of independent means.

    Parameters
    ----------
    now, before : Series
        `estimate`, `low`, `high`.

    Returns
    -------
    tuple of float
        Difference, low, high (MOVER).

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.Series({"estimate": 2.0, "low": 1.7, "high": 2.3})
    >>> [round(float(value), 1) for value in _changed(one, pd.Series({"estimate": 1.0, "low": 0.6, "high": 1.4}))]
    [1.0, 0.5, 1.5]
    """
    difference = now["estimate"] - before["estimate"]
    low = difference - np.hypot(now["estimate"] - now["low"], before["high"] - before["estimate"])
    high = difference + np.hypot(now["high"] - now["estimate"], before["estimate"] - before["low"])
    return difference, low, high


def _finding(survey, worst):
    value = report_text.signed(worst["estimate"], survey.gaps)
    between = report_text.between(worst["low"], worst["high"], survey.gaps)
    name = report_text.strong(report_text.label(worst["dimension"]))
    return worded("workshop.morning_sheet.finding", name=name, value=value, between=between)


def _beside(survey, branch, worst):
    """The same dimension in the wave before."""
    if survey.before is None or branch not in survey.before.shown:
        return pick(en="There is no earlier wave to compare with.", zh="没有上一轮可以比。")
    table = findings.dimensions(survey.before, branch)
    then = table[table["dimension"] == worst["dimension"]]
    if then.empty:
        return pick(en="There is no earlier wave to compare with.", zh="没有上一轮可以比。")
    difference, low, high = _changed(worst, then.iloc[0])
    told = [report_text.signed(value, True) for value in (then.iloc[0]["estimate"], difference, low, high)]
    if not survey.gaps:
        told[0] = report_text.signed(then.iloc[0]["estimate"], False)
    better, worse = low > 0, high < 0
    verdict = pick(
        en="better than chance explains"
        if better
        else "worse than chance explains"
        if worse
        else "no more than chance explains",
        zh="变好了，超出随机误差"
        if better
        else "变差了，超出随机误差"
        if worse
        else "没超出随机误差，看不出变化",
    )
    return worded(
        "workshop.morning_sheet.before",
        before=told[0],
        change=told[1],
        low=told[2],
        high=told[3],
        verdict=verdict,
    )

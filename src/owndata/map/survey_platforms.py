"""Survey platforms, recognised by their own columns: what these are for, and which rows are tests or unfinished."""

import re
from functools import cache
from pathlib import Path

from helpers.bank import yaml_texts
from owndata.say.notes import Note

TICKED = re.compile(r"___\w+$|_complete$|_nps_group\b|__tick$")


@cache
def known():
    """Read the list of platforms.

    Returns
    -------
    dict
        Name → its own columns, as `survey_platforms.yml` says.
    """
    return yaml_texts.read(Path(__file__).with_name("survey_platforms.yml"))


def bare(heading):
    """Write a heading without blanks and signs, and without what is in brackets in Chinese.

    Parameters
    ----------
    heading : str

    Returns
    -------
    str

    Examples
    --------
    >>> bare("Duration (in seconds)"), bare("地理位置（省市）")
    ('durationinseconds', '地理位置省市')
    """
    return re.sub(r"[\W_]", "", heading).casefold()


def _bare(heading):
    """A heading, and its code alone where it is 'code. text'."""
    return bare(heading), bare(heading.partition(". ")[0])


def recognise(headings):
    """Tell which platform wrote an export.

    Parameters
    ----------
    headings : iterable of str
        Its headings.

    Returns
    -------
    str or None
        A name of `known`.

    Examples
    --------
    >>> recognise(["序号", "提交答卷时间", "所用时间", "来源", "1、网点"]), recognise(["ID", "Branch"])
    ('问卷星', None)
    """
    headings = list(headings)
    there = {name for heading in headings for name in _bare(heading)}
    found = {name: len(there & set(one["signs"])) for name, one in known().items()}
    best = max(found, key=found.get)
    if found[best] > 1:
        return best
    # Google Forms writes a single column of its own, the first.
    return "Google Forms" if headings and bare(headings[0]) in known()["Google Forms"]["signs"] else None


def roles(headings):
    """Tell what the platform's own columns are for.

    Parameters
    ----------
    headings : iterable of str
        Its headings.

    Returns
    -------
    dict
        Heading → role; ticked options and the like are to be ignored in the export of any platform.
    """
    headings, name = list(headings), recognise(headings)
    own = known()[name]["columns"] if name else {}
    found = {heading: own[name] for heading in headings for name in reversed(_bare(heading)) if name in own}
    there = set(headings)
    for heading in headings:
        stem = heading.rpartition("/")[0]
        if TICKED.search(heading.casefold().partition(". ")[0]) or (stem and stem in there):
            found[heading] = "ignore"
    return found


def marked(sheet):
    """Count the rows that the platform itself marks.

    Parameters
    ----------
    sheet : Sheet
        The export.

    Returns
    -------
    dict
        ``"preview"`` and ``"unfinished"`` → how many rows.
    """
    name, found = recognise(sheet.cells.columns), {}
    for mark in ("preview", "unfinished"):
        for column, values in (known()[name].get(mark, {}) if name else {}).items():
            for heading in sheet.cells.columns:
                if column in _bare(heading) or (column.startswith("_") and heading.endswith(column)):
                    told = sheet.column(heading).str.strip().str.casefold().isin(values)
                    found[mark] = found.get(mark, 0) + int(told.sum())
    return {mark: n for mark, n in found.items() if n}


def notes(sheet):
    """Tell which platform wrote an export, and which of its rows it marks.

    Parameters
    ----------
    sheet : Sheet
        The export.

    Returns
    -------
    list of Note
    """
    name = recognise(sheet.cells.columns)
    told = [Note("platform", found=name)] if name else []
    return told + [Note(mark, found=n) for mark, n in marked(sheet).items()]

"""What a plan's columns, choices and problems are called, in both languages."""

import math
import numbers
from pathlib import Path

from helpers.bank import yaml_texts
from helpers.bank.language import pick

_WORDS = yaml_texts.read(Path(__file__).with_name("plan.yml"))
HEADINGS, CHOICES, SENTENCES = (
    {key: (both["en"], both["zh"]) for key, both in _WORDS[part].items()}
    for part in ("headings", "choices", "problems")
)


def heading(column):
    """What a column is called in the reader's language, without the note in brackets.

    Examples
    --------
    >>> heading("owner")
    'Owner'
    """
    en, zh = HEADINGS[column]
    return pick(en=en.split(" (")[0], zh=zh.split("（")[0])


def labelled(table, *, book):
    """Show a plan with the headings of its workbook, so that a problem names the column that is seen.

    Parameters
    ----------
    table : DataFrame
        Some columns of a plan, and perhaps others.
    book : Codebook
        The codebook of a bank.

    Returns
    -------
    DataFrame
        As `book.labelled`, but for the headings of a plan.
    """
    shown = book.shown(table)
    names = zip(table.columns, shown.columns, strict=True)
    return shown.set_axis([heading(name) if name in HEADINGS else label for name, label in names], axis=1)


def sentence(problem, *, row, column, found, number=None):
    """Say what is wrong with a cell, where it stands, and what to do.

    Parameters
    ----------
    problem : str
        A key of `SENTENCES`.
    row : int
        As the sheet counts.
    column : str
        A key of `HEADINGS`.
    found : object
        The cell as it stands.
    number : float, optional
        What the action is called; on paper nobody sees which row of a workbook it stood in.

    Returns
    -------
    str
        One or two sentences in the reader's language.

    Examples
    --------
    >>> sentence("no_target", row=3, column="target", found=None, number=2)
    'Row 3 (number 2), “Target”: there is no target. Write the number that would be good enough.'
    """
    en, zh = SENTENCES[problem]
    said = pick(en=en, zh=zh).format(found=found)
    named = isinstance(number, numbers.Real) and math.isfinite(number)
    which = pick(en=f" (number {number:g})", zh=f"（编号 {number:g}）") if named else ""
    return pick(
        en=f"Row {row}{which}, “{heading(column)}”: {said}",
        zh=f"第 {row} 行{which}“{heading(column)}”：{said}",
    )

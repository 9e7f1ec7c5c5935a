"""The register of an output folder: which answers earlier reports were made from, so that overlaps are told.

Anyone who holds two reports of overlapping answers can subtract one from the other. To know that two overlap, the
register keeps 16 bits of a digest of each row of answers, without respondent or branch: thousands of other rows
have the same 16 bits, so that nobody is found by them, but two surveys share far more of them than by chance.
"""

import datetime
import hashlib
import json

import numpy as np

from helpers.bank.language import wrong

NAME = "register.json"
MARKS = 2**16
PIECE = 50_000  # rows that are held as doubles at once
ABOUT = "Keep this file with the folder, and pass on the reports without it. 此文件请留在本文件夹，发送报告时不要附上。"


def sketch(answers):
    """Digest the rows of a survey.

    Parameters
    ----------
    answers : DataFrame
        One row a respondent, the questions alone.

    Returns
    -------
    frozenset of int
        Numbers below 65,536. Rows with one and the same answer throughout are left out: they recur by habit.
    """
    found = set()
    for start in range(0, len(answers), PIECE):
        marks = answers.iloc[start : start + PIECE].to_numpy(dtype=float)
        marks = marks[np.nanmax(marks, axis=1, initial=-np.inf) > np.nanmin(marks, axis=1, initial=np.inf)]
        rows = (np.ascontiguousarray(row).tobytes() for row in np.nan_to_num(marks, nan=-1))
        found |= {int.from_bytes(hashlib.blake2b(row, digest_size=2).digest(), "big") for row in rows}
    return frozenset(found)


def overlap(one, other):
    """Say how many marks two surveys share beyond chance.

    Parameters
    ----------
    one, other : frozenset of int
        From `sketch`.

    Returns
    -------
    int
        0 where chance explains it.

    Examples
    --------
    >>> overlap(frozenset(range(40)), frozenset(range(20, 90)))
    20
    >>> overlap(frozenset(range(40)), frozenset(range(40, 90)))
    0
    """
    shared, chance = len(one & other), len(one) * len(other) / MARKS
    return shared if shared > chance + 4 * chance**0.5 + 2 else 0


def read(folder):
    """Read the register of a folder.

    Parameters
    ----------
    folder : Path
        The output folder.

    Returns
    -------
    list of dict
        The reports written there, oldest first: `date`, `wave`, `shown`, `marks`.

    Raises
    ------
    WrongValue
        If the file is not a register.
    """
    path = folder / NAME
    if not path.is_file():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["reports"]
        return [
            {"date": str(one["date"]), "wave": one["wave"], "shown": list(map(str, one["shown"])),
             "marks": frozenset(map(int, one["marks"]))}
            for one in found
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise wrong("workshop.report_register.unreadable", path=path) from error


def added(entries, new):
    """Add a report, unless the same one is there: the same answers with the same branches shown.

    Parameters
    ----------
    entries : list of dict
        From `read`.
    new : dict
        From `entry`.

    Returns
    -------
    list of dict
        Oldest first.
    """
    return entries if any(_same(one, new) for one in entries) else [*entries, new]


def entry(survey):
    """Make the entry of a survey, dated today.

    Parameters
    ----------
    survey : Survey
        From `findings.read`.

    Returns
    -------
    dict
        As `read` gives them.
    """
    shown = [str(branch) for branch in survey.shown]
    return {
        "date": datetime.date.today().isoformat(), "wave": survey.wave, "shown": shown, "marks": survey.sketch,
    }  # fmt: skip


def overlapping(entries, new):
    """Find earlier reports that share answers with a new one and do not show the same.

    Parameters
    ----------
    entries : list of dict
        From `read`.
    new : dict
        From `entry`.

    Returns
    -------
    list of tuple
        ``(date, shared)`` of each; the same answers with the same branches are the same report.
    """
    others = (one for one in entries if not _same(one, new))
    shared = [(one["date"], overlap(one["marks"], new["marks"])) for one in others]
    return [(date, count) for date, count in shared if count]


def write(folder, entries):
    """Write the register.

    Parameters
    ----------
    folder : Path
        Where to.
    entries : list of dict
        As `read` gives them.
    """
    reports = [{**one, "marks": sorted(one["marks"])} for one in entries]
    text = json.dumps({"about": ABOUT, "reports": reports}, ensure_ascii=False)
    (folder / NAME).write_text(text, encoding="utf-8")


def _same(one, other):
    return (one["marks"], one["shown"]) == (other["marks"], other["shown"])

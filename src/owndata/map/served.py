"""Which lessons a folder serves, and what keeps the others from it."""

from helpers.bank import needs
from owndata.map import own_tables

COMMON = {"branches", "customers"}  # beside which every bank has something else


def known(tables):
    """Tell whether a lesson reads any of these tables.

    Parameters
    ----------
    tables : iterable of str
        Names.

    Returns
    -------
    bool
        Branches and customers alone are not enough.

    Examples
    --------
    >>> known(["customers", "transactions"]), known(["customers"]), known(["survey"])
    (True, False, False)
    """
    read = {"servqual", *own_tables.catalogue()}.union(*(needs.tables(need) for _, need in _serving()))
    return bool(set(tables) & (read - COMMON))


def _serving():
    """Each lesson with the need that its own data must meet (``serves`` in ``course/needs.yml``)."""
    return [(lesson, need) for need, about in needs.described().items() for lesson in about.get("serves", [])]


def lessons(book):
    """Say what a folder is good for.

    Parameters
    ----------
    book : Codebook
        The codebook of a folder that was judged.

    Returns
    -------
    served : list of str
        Lessons that have all they need.
    lacking : dict
        Lesson → what it lacks, as ``table`` or ``table.column``; only lessons with a table of their own there.
    """
    served, lacking = [], {}
    for name, need in _serving():
        wanted = needs.tables(need)
        lost = [t if t not in book.tables else f"{t}.{column}"
                for t, columns in wanted.items()
                for column in sorted(book.lacking(t, columns))[: None if t in book.tables else 1]]  # fmt: skip
        if not lost:
            served.append(name)
        elif set(wanted) & set(book.tables) - COMMON:
            lacking[name] = lost
    return sorted(served), lacking

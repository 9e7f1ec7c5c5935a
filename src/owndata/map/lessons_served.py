"""Which lessons a folder serves, and what keeps the others from it."""

from helpers.bank import needs
from helpers.bank.language import pick
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
    read = {"servqual", *own_tables.catalogue()}.union(*(needs.tables_asked(need) for _, need in _serving()))
    return bool(set(tables) & (read - COMMON))


def _serving():
    """Each lesson with the need that its own data must meet (``serves`` in ``course/needs.yml``)."""
    return [(lesson, need) for need, about in needs.described().items() for lesson in about.get("serves", [])]


def lessons(book):
    """Say what a folder is good for.

    Parameters
    ----------
    book : Bank
        A folder that was judged.

    Returns
    -------
    served : list of str
        Lessons that have all they need.
    lacking : dict
        Lesson → what it lacks, as ``table`` or ``table.column``, or a sentence where the columns are there and too little
        stands in them; only lessons with a table of their own there.
    """
    offered = needs.available(book, has_truth=False, names=[need for _, need in _serving()])
    served = {lesson for lesson, need in _serving() if need in offered}
    lacking = {}
    for lesson, need in _serving():
        wanted = needs.tables_asked(need)
        if lesson not in served and set(wanted) & set(book.tables) - COMMON:
            # Where several needs serve a lesson, one of them is enough: the shortest way there is told.
            way = _lost(book, need, wanted)
            lacking[lesson] = min(lacking.get(lesson, way), way, key=len)
    return sorted(served), lacking


def _lost(book, need, wanted):
    """The tables and columns that a need still asks for; where they are all there, why they do not do."""
    lost = []
    for table, columns in wanted.items():
        gone = sorted(needs.lacking(book, table, columns))
        lost += [f"{table}.{column}" for column in gone] if table in book.tables else [table]
    return lost or [pick(**needs.lost(need, book=book))]

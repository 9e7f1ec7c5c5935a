"""Sections that need what some data do not have: which these are, and what a reader loses without them.

The conditions are in ``course/needs.yml``; ``course build`` writes them beside the notebooks' texts. A
notebook says in its cells' metadata what they need, and is carried to other data without the rest
(`workshop.run.reduced`).
"""

import itertools
import json

from helpers.bank import data

FILE = "needs.json"


def described():
    """Read what sections may need.

    Returns
    -------
    dict
        Need → its condition (``course/needs.yml`` says how it is written) and what is lost, ``en`` and ``zh``;
        in the order in which reasons are told. Empty where nothing was built.
    """
    path = data.home() / "notebooks" / "texts" / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def tables_asked(name):
    """Which tables a need asks for, and which of their columns.

    Parameters
    ----------
    name : str
        A need, for instance ``"ledger"``.

    Returns
    -------
    dict
        Table → set of columns; empty where the need is no matter of tables.
    """
    columns = described().get(name, {}).get("columns", {})
    return {table: set(named) for table, named in columns.items()}


def available(book, *, has_truth, names=None):
    """List what this bank's data offer, of all that a section may need.

    Parameters
    ----------
    book : Codebook
        The codebook of the bank.
    has_truth : bool
        Whether the bank declares its truth.
    names : iterable of str, optional
        Only these are looked for, which reads no other table; ``no_`` before a name makes no difference.

    Returns
    -------
    set of str
        Names of needs.
    """
    known = described()
    asked = known if names is None else {name.removeprefix("no_") for name in names} & set(known)
    return {name for name in asked if _met(known[name], book, has_truth=has_truth)}


def unmet(names, *, offered):
    """Which of these needs the data do not serve.

    Parameters
    ----------
    names : iterable of str
        Needs; ``no_truth`` asks that the truth is *not* there.
    offered : set of str
        What the data offer (`available`).

    Returns
    -------
    list of str
        In the order given.
    """
    return [name for name in names if (name.removeprefix("no_") in offered) == name.startswith("no_")]


def _met(need, book, *, has_truth):
    """Whether every line of a condition holds."""
    survey = book.dimensions if "servqual" in book.tables else {}
    if need.get("simulated") and not has_truth:
        return False
    if any(lacking(book, table, columns) for table, columns in need.get("columns", {}).items()):
        return False
    if other_marks(need, book=book) or not _dimensions(book, survey, need.get("dimensions", {})):
        return False
    if sum(len(items) > 1 for items in survey.values()) < need.get("several_items", 0):
        return False
    if "scale" in need and (not survey or list(book.scale) != need["scale"]):
        return False
    if need.get("reversed") and not (survey and _turned(book, [*itertools.chain(*survey.values())])):
        return False
    if not all(_complete(book, *pair) for pair in need.get("complete", {}).items()):
        return False
    return all(_several(book, place, least) for place, least in need.get("values", {}).items())


def other_marks(need, *, book):
    """Find the first question that was asked on other marks than a condition counts by.

    Parameters
    ----------
    need : dict
        A condition, from `described`.
    book : Codebook
        The codebook of the bank.

    Returns
    -------
    tuple or None
        Table, column, the lowest and highest mark that the condition counts by, and those of the codebook, None
        where it states none. A column that is not described has no marks.
    """
    for table, columns in need.get("marks", {}).items():
        for field in book.fields(table) if table in book.tables else ():
            stated = [field.get("constraints", {}).get(side) for side in ("minimum", "maximum")]
            if stated != columns.get(field["name"], stated):
                return table, field["name"], columns[field["name"]], None if None in stated else stated
    return None


def _dimensions(book, survey, wanted):
    """Whether the survey has these dimensions, or so many."""
    if isinstance(wanted, int):
        return len(survey) >= wanted
    return all(survey.get(name) == items and not _turned(book, items) for name, items in wanted.items())


def lacking(book, table, columns):
    """List the columns of a condition that nobody can use.

    Parameters
    ----------
    book : Codebook
        The codebook of the bank.
    table : str
        One of its tables, or one that it lacks.
    columns : set of str
        As `tables_asked` gives them: # stands for each survey item's number, * for each dimension.

    Returns
    -------
    set of str
        Of their names in full; a sign that stands for nothing here is itself among them.
    """
    survey = book.dimensions if table == "servqual" and table in book.tables else {}
    numbers = [str(number) for items in survey.values() for number in items]
    spelled = {"#": numbers, "*": list(survey)}
    wanted = set()
    for column in columns:
        mark = next((mark for mark in spelled if mark in column), None)
        wanted |= {column.replace(mark, part) for part in spelled[mark]} if mark else {column}
        if mark and not spelled[mark]:
            return {column}
    return book.lacking(table, wanted)


def _turned(book, items):
    """The reverse-worded columns among these items, in either form that was asked."""
    there = {field["name"] for field in book.fields("servqual")}
    return {f"{form}{item}" for form in "EP" for item in items} & set(book.reverse) & there


def _complete(book, table, columns):
    """Whether each value of one column is in the table with each value of the other."""
    if book.lacking(table, set(columns)):
        return False
    each, other = (book.distinct(table, column) for column in columns)
    return book.distinct(table, *columns) == each * other


def _several(book, place, least):
    """Whether ``table.column`` holds at least so many different values."""
    table, column = place.split(".")
    return not book.lacking(table, {column}) and book.distinct(table, column, enough=least) >= least


def empty_column(book, name):
    """Name the first column that keeps a need from being met, where all its tables are there.

    Parameters
    ----------
    book : Codebook
        The codebook of the bank.
    name : str
        A need.

    Returns
    -------
    tuple of (str, str) or None
        Table and column.
    """
    wanted = tables_asked(name)
    if any(table not in book.tables or table == "servqual" for table in wanted):
        return None
    found = ((table, sorted(book.lacking(table, columns))) for table, columns in wanted.items())
    return next(((table, columns[0]) for table, columns in found if columns), None)


def lost(name, *, book):
    """Say what is lost where this is lacking, or which column alone is, or has other marks.

    Parameters
    ----------
    name : str
        A need that the data do not serve.
    book : Codebook
        The codebook of the bank.

    Returns
    -------
    dict
        The sentence, ``en`` and ``zh``; empty where nothing is lost.
    """
    need = described().get(name, {})
    if found := empty_column(book, name):  # the tables are there: saying that they are not would mislead
        table, column = found
        return dict(
            en=f"The table `{table}` has nothing in the column `{column}`, or no such column, and what stands here "
            "cannot do without it, so it is left out.",
            zh=f"表 `{table}` 的 `{column}` 列全是空的，或者没有这一列，而这里的内容离不开它，所以略过。",
        )
    if found := other_marks(need, book=book):
        table, column, (low, high), stated = found
        return dict(
            en=f"What stands here counts `{column}` of the table `{table}` by marks from {low} to {high}, and the codebook "
            + (f"has {stated[0]} to {stated[1]}" if stated else "does not say which marks there are")
            + ", so it is left out.",
            zh=f"这里的内容把表 `{table}` 的 `{column}` 当作 {low} 到 {high} 分来算，而数据说明"
            + (f"写的是 {stated[0]} 到 {stated[1]} 分" if stated else "没有写明是几分制")
            + "，所以略过。",
        )
    return {language: need[language] for language in ("en", "zh") if language in need}


def reasons(names):
    """Of several needs that are not served, list those to tell.

    Where expectations were not asked, that stands for all that compares with them.

    Parameters
    ----------
    names : iterable of str
        Needs that are not served.

    Returns
    -------
    list of str
        Each once.
    """
    known, names = described(), list(dict.fromkeys(names))
    if "expectations" not in names:
        return names
    compares = {name for name in names if "E#" in known.get(name, {}).get("columns", {}).get("servqual", [])}
    return ["expectations", *(name for name in names if name not in compares)]

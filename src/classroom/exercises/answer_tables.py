"""Find in a student's table the rows and columns that are asked for."""

import pandas as pd

from classroom.exercises import answer_text, answer_values
from classroom.exercises.unreadable_answers import Unreadable, came, quoted
from helpers.bank.language import wrong


def read(value, *, columns, keys, numeric, share=False, sizes=None, settled=None):
    """Read a table cell by cell, whatever its index, order, dtypes and further columns.

    Parameters
    ----------
    value : DataFrame, Series or dict
        The table; a Series or a dict stands for its index (or keys) and one column of values.
    columns : list of str
        Ids of the columns wanted; they may be called by id or by label in either language.
    keys : list of str
        The columns that tell rows apart; rows are sorted by them. Without keys the order counts.
    numeric : collection of str
        The columns that hold numbers; all others hold words.
    share : bool
        As for `answer_values.number`.
    sizes : collection of int, optional
        The numbers of rows that make sense; a table with any other is not read.
    settled : callable, optional
        Given a word and its column, the id that the task means.

    Returns
    -------
    list of tuple
        For each row, one cell a column: Fraction or str, None where it is missing.

    Raises
    ------
    Unreadable
        If it is not a table, a column is absent, a cell is not a number, or the rows are too many or few.
    """
    table = _frame(value, columns=columns, keys=keys)
    found = _find(table, columns=columns, keys=keys)
    if len(table) > answer_values.MOST or (sizes and len(table) not in sizes):
        raise came(table)
    cells = [
        _cells(table.iloc[:, place], name, number=name in numeric, share=share)
        for name, place in found.items()
    ]
    if settled:
        cells = [
            kept if name in numeric else [settled(cell, name) for cell in kept]
            for name, kept in zip(found, cells, strict=True)
        ]
    rows = list(zip(*cells, strict=True))
    order = [columns.index(key) for key in keys]
    return sorted(rows, key=lambda row: [str(row[place]) for place in order]) if order else rows


def _frame(value, *, columns, keys):
    """Make a frame of a Series or dict, and columns of an index that is asked for."""
    if isinstance(value, dict):
        value = _from_dict(value)
    others = [column for column in columns if column not in keys]
    if isinstance(value, pd.Series) and len(others) == 1:
        value = value.to_frame(others[0])
    if not isinstance(value, pd.DataFrame):
        raise came(value)
    named = {name for column in columns for name in answer_values.names(column)}
    levels = [
        name for name in value.index.names if name is not None and answer_text.plain(str(name)) in named
    ]
    there = {answer_text.plain(str(name)) for name in value.columns}
    lost = [key for key in keys if not answer_values.names(key) & there]
    if levels and lost:
        levels = [name for name in levels if name not in value.columns]
        return value.reset_index(level=levels)
    if len(lost) == 1 and value.index.nlevels == 1 and not isinstance(value.index, pd.RangeIndex):
        # An index without a name, as a Series built by hand has it, can only be the missing key.
        return value.rename_axis(lost[0]).reset_index()
    return value


def _from_dict(value):
    """Read {"reliability": -1.2} as a Series, {"dimension": [...], "gap": [...]} as a table."""
    lists = [isinstance(cells, (list, tuple, pd.Series)) for cells in value.values()]
    try:
        return pd.DataFrame(value) if lists and all(lists) else pd.Series(value, dtype=object)
    except (TypeError, ValueError):
        raise came(value) from None


def _find(table, *, columns, keys):
    """Find the place of each wanted column; the only one left over may have any name."""
    there = [answer_text.plain(str(name)) for name in table.columns]
    found = {}
    for column in columns:
        exact, known = answer_text.plain(column), answer_values.names(column)
        places = [i for i, name in enumerate(there) if name == exact] or [
            i for i, name in enumerate(there) if name in known
        ]
        found[column] = places[0] if places else None
    lost = [column for column, place in found.items() if place is None]
    spare = set(range(len(there))) - set(found.values())
    if len(lost) == 1 and lost[0] not in keys and len(columns) - len(keys) == 1 and len(spare) == 1:
        found[lost[0]] = spare.pop()
    elif lost:
        raise _without(table, lost)
    return found


def _without(table, lost):
    """Say which columns are not there."""
    part, names = came(table), ", ".join(quoted(column) for column in lost)
    return Unreadable(en=f"{part.en}, without the column {names}", zh=f"{part.zh}，缺少列 {names}")


def _cells(column, name, *, number, share):
    """Read the cells of one column."""
    if not number:
        return [answer_values.word(cell) for cell in column.tolist()]
    try:
        return [answer_values.number(cell, share=share) for cell in column.tolist()]
    except Unreadable as error:
        where = quoted(name)
        raise wrong("classroom.answer_tables.cells", Unreadable, where=where, why=error) from error


def own(value):
    """Make a frame of an author's table, with the keys that its index declares.

    Parameters
    ----------
    value : DataFrame, Series or dict
        The right answer.

    Returns
    -------
    tuple of (DataFrame, list of str)
        The table with its index among the columns where that has a meaning, and the names of those
        columns; a plain numbered index has none.
    """
    if isinstance(value, dict):
        value = _from_dict(value)
    if isinstance(value, pd.Series):
        value = value.to_frame("value" if value.name is None else value.name)
        if value.index.nlevels == 1 and value.index.name is None:
            plain = isinstance(value.index, pd.RangeIndex)
            value = value if plain else value.rename_axis("key")
    keys = [name for name in value.index.names if name is not None]
    return (value.reset_index(keys) if keys else value), [str(name) for name in keys]

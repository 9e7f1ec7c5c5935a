"""Bad input answered with one sentence: what must be, what came, what to do."""

import contextlib
import math

import numpy as np
import pandas as pd

from helpers.bank import codebook_findings, codebook_rules, escaping
from helpers.bank.language import WrongKind, wrong


def frame(table, *, name):
    """Refuse anything that is not a table.

    Parameters
    ----------
    table : object
        What the caller passed.
    name : str
        How the caller names it.

    Raises
    ------
    WrongKind
        If it is not a pandas DataFrame.
    """
    if not isinstance(table, pd.DataFrame):
        came = type(table).__name__
        raise wrong("checks.no_frame", WrongKind, name=name, came=came)


def columns(table, needed, *, name):
    """Refuse a table that lacks a needed column.

    Parameters
    ----------
    table : DataFrame
        Any table.
    needed : list of str
        The columns that must be there.
    name : str
        How the caller names the table.

    Raises
    ------
    WrongKind
        If `table` is not a DataFrame.
    WrongValue
        If a column is missing or there twice; the sentence names it and those that are there.

    Examples
    --------
    >>> columns(pd.DataFrame({"P1": [4]}), ["P1"], name="answers")
    """
    frame(table, name=name)
    if table.columns.nlevels > 1:
        raise wrong("checks.levels", WrongKind, name=name)
    needed = list(needed)
    if lists := [column for column in needed if not pd.api.types.is_hashable(column)]:
        raise wrong("checks.no_name", WrongKind, name=name, came=type(lists[0]).__name__)
    missing = [column for column in needed if column not in table.columns]
    if missing:
        lost, there = escaping.some(missing), escaping.some(list(table.columns))
        if not there:
            raise wrong("checks.column_lacking_all", name=name, lost=lost)
        raise wrong("checks.column_lacking", name=name, lost=lost, there=there)
    twice = [column for column in needed if needed.count(column) > 1 or (table.columns == column).sum() > 1]
    if twice:
        raise wrong("checks.column_twice", column=twice[0], name=name)


def complete(table, *, name):
    """Refuse missing values, saying how many and where the first one is.

    Examples
    --------
    >>> complete(pd.DataFrame({"P1": [4]}), name="answers")
    """
    gaps = table.isna()
    if gaps.any(axis=None):
        row, column = np.argwhere(gaps.to_numpy())[0]
        count, first = int(gaps.sum().sum()), table.columns[column]
        label = table.index[row]
        raise wrong("checks.missing", name=name, count=count, label=label, first=first)


def numbers(table, *, name):
    """Refuse text where numbers must be, naming row and column.

    Parameters
    ----------
    table : DataFrame
        Values that must all be numbers (missing ones are allowed).
    name : str
        How the caller names the table.

    Raises
    ------
    WrongValue
        At the first value that is not a number.
    """
    for column in table.columns:
        read = codebook_rules.read_column(table[column], {"type": "number"})
        _refuse("number", table[column], read.isna() & table[column].notna(), name=name)


def within(table, *, low, high, name):
    """Refuse numbers outside a range, naming row and column.

    Parameters
    ----------
    table : DataFrame
        Numbers; missing ones are allowed.
    low, high : float
        The smallest and the largest value allowed.
    name : str
        How the caller names the table.

    Raises
    ------
    WrongValue
        At the first value off the range, or not a number.

    Examples
    --------
    >>> within(pd.DataFrame({"P1": [4, 7]}), low=1, high=7, name="answers")
    """
    numbers(table, name=name)
    for column in table.columns:
        values = pd.to_numeric(table[column])
        _refuse("within", values, (values < low) | (values > high), name=name, expected=(low, high))


def dates(column, *, name):
    """Read a column of dates, naming the first that is none.

    Parameters
    ----------
    column : DataFrame
        One column of dates written like 2025-03-31; empty cells are allowed.
    name : str
        How the caller names the table.

    Returns
    -------
    Series
        The same column as datetime; of a time with its zone, what the clock on the wall showed.

    Raises
    ------
    WrongValue
        At the first value that is not a date.
    """
    values = column.iloc[:, 0]
    read = codebook_rules.read_column(values, {"type": "date"})
    _refuse("date", values, read.isna() & values.notna(), name=name)
    return pd.to_datetime(read)  # dates of Arrow too


def proportion(value, *, name):
    """Refuse a number, for instance a confidence level, that is not strictly between 0 and 1.

    Examples
    --------
    >>> proportion(0.95, name="confidence")
    """
    if not isinstance(value, (int, float)) or not 0 < value < 1:
        raise wrong("checks.share", name=name, value=value)


def measured(table, needed, *, name):
    """Return columns alone as floats, on the index of `table`; refuse gaps and what is not a finite number.

    Examples
    --------
    >>> measured(pd.DataFrame({"n": [4, 7]}), ["n"], name="table")["n"].tolist()
    [4.0, 7.0]
    """
    if not needed:
        raise wrong("checks.no_numbers", name=name)
    return read_numbers(table, needed, name=name)[list(needed)].astype(float)


def read_numbers(table, needed, *, name, gaps=False):
    """Return a table with columns as numbers, whatever wrote them; refuse what is not a number, and gaps unless `gaps`.

    Whole numbers stay whole; text and Decimal are read, yes and no are 1 and 0.

    Examples
    --------
    >>> read_numbers(pd.DataFrame({"who": ["A", "B"], "n": ["4", "7"]}), ["n"], name="table")["n"].sum()
    np.int64(11)
    """
    columns(table, needed, name=name)
    if not gaps:
        complete(table[needed], name=name)
    numbers(table[needed], name=name)
    read = _own_index(table)
    for column in needed:
        read[column] = pd.to_numeric(table[column]) + 0  # turns True into 1
    return read


def read_order(table, column):
    """Return a table with the column that orders it as numbers where it holds them: week 10 comes after week 9.

    Examples
    --------
    >>> read_order(pd.DataFrame({"week": ["9", "10"]}), "week")["week"].tolist()
    [9, 10]
    """
    read = _own_index(table)
    if table[column].dtype.kind not in "mM":
        # What is not a number, "2025-W09", keeps the order of its letters.
        with contextlib.suppress(ValueError, TypeError):
            read[column] = pd.to_numeric(table[column])
    complete(read[[column]], name="table")
    one_kind(column, table=read)
    return read


def _own_index(table):
    """Copy a table; its index is called like none of its columns, so that pandas need not ask which is meant."""
    read = table.copy(deep=False)
    read.index = read.index.set_names([None if name in read else name for name in read.index.names])
    return read


def one_kind(key, **tables):
    """Refuse keys of which some are text and others are not: '7' is not 7, and nobody would be found again."""
    if len({isinstance(value, str) for table in tables.values() for value in table[key].unique()}) > 1:
        raise wrong("checks.kinds", key=key, listed=" + ".join(f"`{name}`" for name in tables))


def free(column, *own):
    """Refuse a column that is called like one which the result makes itself."""
    if column in own:
        raise wrong("checks.taken", column=column)


def steady(times, *, name, most=4):
    """Refuse times in order with more than `most` missing in a row: what lies beside a gap are not neighbours.

    Examples
    --------
    >>> steady(pd.Series([1, 2, 4, 5]), name="table")
    """
    if times.dtype.kind not in "iufM":
        return
    steps = times.diff().dropna()
    wide = steps > (most + 1) * steps.median()
    if not wide.any():
        return
    place = times.index.get_loc(steps.index[wide.to_numpy().argmax()])
    before, after = times.iloc[place - 1], times.iloc[place]
    raise wrong("checks.far_apart", name=name, before=before, after=after, column=times.name, most=most)


def series(values, *, name):
    """Return a column of numbers as an array; refuse gaps, what is not a number, and what is no column.

    Examples
    --------
    >>> series(pd.Series([4, 7]), name="values").tolist()
    [4.0, 7.0]
    """
    if not isinstance(values, pd.Series):
        came = type(values).__name__
        raise wrong("checks.no_series", WrongKind, name=name, came=came)
    label = values.name if values.name is not None else name
    return measured(values.to_frame(label), [label], name=name)[label].to_numpy()


def rows(table, *, name, least=1):
    """Refuse a table that is empty, or has fewer rows than `least`.

    Examples
    --------
    >>> rows(pd.DataFrame({"P1": [4]}), name="answers")
    """
    if not len(table):
        raise wrong("checks.nothing_chosen", name=name, least=least)
    if len(table) < least:
        raise wrong("checks.too_few_rows", name=name, least=least, count=len(table))


def once(table, key, *, name):
    """Refuse a table in which a value of `key` is missing or comes twice.

    Examples
    --------
    >>> once(pd.DataFrame({"customer": ["A", "B"]}), "customer", name="customers")
    """
    columns(table, [key], name=name)
    complete(table[[key]], name=name)
    twice = table.loc[table[key].duplicated(), key]
    if len(twice):
        raise wrong("checks.twice", name=name, key=key, found=twice.iloc[0])


def whole(value, *, name, least=1):
    """Refuse what is not a whole number of `least` or more.

    Examples
    --------
    >>> whole(5, name="bins")
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise wrong("checks.whole", name=name, least=least - 1, value=value)


def draws(value, *, confidence):
    """Refuse fewer draws than a percentile interval needs: one beyond each of its ends, 2 ÷ (1 − confidence) − 1.

    Examples
    --------
    >>> draws(39, confidence=0.95)
    """
    proportion(confidence, name="confidence")
    # Rounded first: 2 ÷ (1 − 0.95) is a hair above 40 as computers divide.
    whole(value, name="draws", least=math.ceil(round(2 / (1 - confidence), 6)) - 1)


def generator(seed):
    """Make the source of chance of a seed; refuse one that is not a whole number of 0 or more.

    Examples
    --------
    >>> generator(1).integers(10, size=3).tolist()
    [4, 5, 7]
    """
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise wrong("checks.seed", value=seed)
    return np.random.default_rng(seed)


def number(value, *, name, above=None, least=None):
    """Refuse what is not a finite number, not larger than `above`, or less than `least`.

    Examples
    --------
    >>> number(-30, name="worth_cny")
    """
    known = isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and np.isfinite(value)
    if not known or (above is not None and value <= above) or (least is not None and value < least):
        rule = "_above" if above is not None else "_least" if least is not None else ""
        raise wrong(f"checks.number{rule}", name=name, value=value, above=above, least=least)


def _refuse(rule, values, bad, *, name, expected=""):
    """Say the judge's sentence of the first bad value; labels of rows may come twice."""
    if bad.any():
        raise codebook_findings.refusal(
            codebook_findings.Finding(rule, values.name, values[bad], expected), file=name
        )

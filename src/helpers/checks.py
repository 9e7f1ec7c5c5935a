"""Bad input answered with one sentence: what must be, what came, what to do."""

import numpy as np
import pandas as pd

from helpers.language import WrongKind, WrongValue


def frame(table, *, name):
    """Refuse anything that is not a table.

    Parameters
    ----------
    table : object
        What the caller handed over.
    name : str
        How the caller names it.

    Raises
    ------
    WrongKind
        If it is not a pandas DataFrame.
    """
    if not isinstance(table, pd.DataFrame):
        came = type(table).__name__
        raise WrongKind(
            en=f"`{name}` must be a pandas DataFrame; it is a {came}. Load a table first.",
            zh=f"`{name}` 应该是一张 pandas 表（DataFrame），现在是 {came}。请先读入一张表。",
        )


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
        If a column is missing; the sentence names it and those that are there.

    Examples
    --------
    >>> columns(pd.DataFrame({"P1": [4]}), ["P1"], name="answers")
    """
    frame(table, name=name)
    missing = [column for column in needed if column not in table.columns]
    if missing:
        lost, there = _some(missing), _some(list(table.columns))
        raise WrongValue(
            en=f"`{name}` has no column {lost}; it has {there}. Rename or add the column.",
            zh=f"`{name}` 缺少列 {lost}；现有的列是 {there}。请改列名或补上这一列。",
        )


def complete(table, *, name):
    """Refuse missing values, saying how many and where the first one is.

    Parameters
    ----------
    table : DataFrame
        Values that must all be present.
    name : str
        How the caller names the table.

    Raises
    ------
    WrongValue
        If any value is missing.
    """
    gaps = table.isna()
    if gaps.any(axis=None):
        row, column = np.argwhere(gaps.to_numpy())[0]
        count, first = int(gaps.sum().sum()), table.columns[column]
        label = table.index[row]
        raise WrongValue(
            en=f"`{name}` must be complete; {count} values are missing, the first in row {label}, "
            f"column '{first}'. Drop those rows with .dropna(), or fill them by a rule you can name.",
            zh=f"`{name}` 不能有缺失值；现在缺 {count} 个，第一个在第 {label} 行「{first}」列。"
            "请用 .dropna() 去掉这些行，或按一条说得清的规则补上。",
        )


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
        bad = table[column].notna() & pd.to_numeric(table[column], errors="coerce").isna()
        if bad.any():
            row = bad.idxmax()
            came = table.loc[row, column]
            raise WrongValue(
                en=f"`{name}` must hold numbers; row {row}, column '{column}' holds {came!r}. "
                "Correct this value or leave it empty.",
                zh=f"`{name}` 里应该都是数字；第 {row} 行「{column}」列却是 {came!r}。"
                "请改正这个值，或者留空。",
            )


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
        bad = (values < low) | (values > high)
        if bad.any():
            row = bad.idxmax()
            raise WrongValue(
                en=f"`{name}` must lie between {low} and {high}; row {row}, column '{column}' holds "
                f"{values[row]:g}. Correct this value or leave it empty.",
                zh=f"`{name}` 应该在 {low} 到 {high} 之间；第 {row} 行「{column}」列是 {values[row]:g}。"
                "请改正这个值，或者留空。",
            )


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
        The same column as datetime.

    Raises
    ------
    WrongValue
        At the first value that is not a date.
    """
    values = column.iloc[:, 0]
    read = pd.to_datetime(values, errors="coerce", format="ISO8601")
    bad = values.notna() & read.isna()
    if bad.any():
        row = bad.idxmax()
        raise WrongValue(
            en=f"`{name}` must hold dates like 2025-03-31; row {row}, column '{values.name}' holds "
            f"{values[row]!r}. Correct this date or leave it empty.",
            zh=f"`{name}` 里的日期应写成 2025-03-31 这样；第 {row} 行「{values.name}」列是 {values[row]!r}。"
            "请改正这个日期，或者留空。",
        )
    return read


def share(value, *, name):
    """Refuse a number that is not strictly between 0 and 1.

    Parameters
    ----------
    value : float
        For instance a confidence level.
    name : str
        How the caller names it.

    Raises
    ------
    WrongValue
        If it lies elsewhere.

    Examples
    --------
    >>> share(0.95, name="confidence")
    """
    if not isinstance(value, (int, float)) or not 0 < value < 1:
        raise WrongValue(
            en=f"`{name}` must be a number between 0 and 1; it is {value!r}. Write 0.95 for 95 %.",
            zh=f"`{name}` 应该是 0 和 1 之间的数；现在是 {value!r}。95% 请写成 0.95。",
        )


def _some(names, most=8):
    """Quote a few names, and say how many more there are."""
    quoted = ", ".join(f"'{name}'" for name in names[:most])
    return quoted if len(names) <= most else f"{quoted} … ({len(names)})"

"""Tables of any engine, taken and handed back in the caller's own kind: pandas, polars, DuckDB, PySpark.

What must be exact on all of them is counted in whole numbers: money in fen, days as whole days.
"""

import datetime

import narwhals as nw

from helpers.bank.language import WrongKind, wrong


def opened(table, *, needed, name):
    """Look at a table of any engine through one pair of glasses, and refuse what cannot be counted.

    Parameters
    ----------
    table : pandas or polars DataFrame, polars LazyFrame, DuckDB relation, PySpark DataFrame
        Anything that narwhals reads; never changed.
    needed : dict of str to str
        Columns that must be there, each with ``"any"``, ``"integer"`` or ``"time"``.
    name : str
        How the caller names the table.

    Returns
    -------
    narwhals.LazyFrame
        The same rows; whole numbers have 64 bits, so that sums do not run over.

    Raises
    ------
    WrongKind
        If `table` is not a table, or a column is of the wrong kind.
    WrongValue
        If a column is missing; or, where the rows are at hand (pandas, polars), a value is. A database or a
        cluster reads nothing before it is asked: look there with `missing` first.

    Examples
    --------
    >>> import pandas as pd
    >>> opened(pd.DataFrame({"amount_fen": [5]}), needed={"amount_fen": "integer"}, name="t").collect().shape
    (1, 1)
    """
    try:
        seen = nw.from_native(table, pass_through=True)
    except nw.exceptions.DuplicateError:
        column = next(one for one in table.columns if list(table.columns).count(one) > 1)
        raise wrong("checks.column_twice", name=name, column=column) from None
    if not isinstance(seen, (nw.DataFrame, nw.LazyFrame)):
        raise wrong("dataframes.no_table", WrongKind, name=name, kind=type(table).__name__)
    schema = seen.collect_schema()
    _there(schema, needed, name=name)
    for column, kind in needed.items():
        _of_kind(schema[column], kind, column=column, name=name)
        # Spark's own timestamps read the clock of its session, which the caller sets.
        if kind == "time" and not seen.implementation.is_pyspark():
            _local(schema[column], column=column, name=name)
    if isinstance(seen, nw.DataFrame):
        _complete(seen.select(list(needed)), name=name)
    # 32-bit sums overflow on some engines; a cast that changes nothing would still cost a planner's time.
    short = [column for column, kind in needed.items() if kind == "integer" and schema[column] != nw.Int64]
    return seen.lazy().with_columns(nw.col(*short).cast(nw.Int64)) if short else seen.lazy()


def _there(schema, needed, *, name):
    """Refuse a table that lacks a column."""
    lacking = [column for column in needed if column not in schema]
    if lacking:
        listed = ", ".join(map(str, schema))
        raise wrong("dataframes.column_lacking", name=name, column=lacking[0], listed=listed)


def _of_kind(dtype, kind, *, column, name):
    """Refuse money that is not a whole number, and times that are text."""
    right = {"any": True, "integer": dtype.is_integer(), "time": dtype in (nw.Date, nw.Datetime)}[kind]
    if not right:
        raise wrong(f"dataframes.no_{kind}", WrongKind, column=column, name=name, dtype=dtype)


def _local(dtype, *, column, name):
    """Refuse a time zone: a day begins elsewhere in each, so that days would be counted wrongly."""
    zone = getattr(dtype, "time_zone", None)
    if zone:
        raise wrong("dataframes.time_zone", WrongKind, column=column, name=name, zone=zone)


def _complete(rows, *, name):
    """Refuse missing values where the rows are at hand."""
    counts = rows.select(nw.all().null_count()).row(0)
    for column, count in zip(rows.columns, counts, strict=True):
        if count:
            raise wrong("dataframes.missing", name=name, column=column, count=count)


def missing(table):
    """How many values are missing in each column?

    Parameters
    ----------
    table : any engine's table
        As for `opened`.

    Returns
    -------
    pandas.DataFrame
        One row, the columns of `table`. A database or cluster runs one query for it.

    Examples
    --------
    >>> import pandas as pd
    >>> missing(pd.DataFrame({"a": [1.0, None], "b": [1, 2]}))
       a  b
    0  1  0
    """
    frame = nw.from_native(table).lazy()
    return frame.select(nw.all().null_count().cast(nw.Int64)).collect("pandas").to_native()


def handed_back(frame, *, like, key):
    """Return the result in the caller's own kind.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        The result.
    like : any engine's table
        What the caller gave.
    key : str
        Rows at hand (pandas, polars) come sorted by this column; a query keeps no order.

    Returns
    -------
    The caller's kind
        A DataFrame for a DataFrame; a query (LazyFrame, relation, PySpark frame) for a query.
    """
    if isinstance(nw.from_native(like), nw.LazyFrame):
        return frame.to_native()
    try:
        rows = frame.sort(key).collect().to_native()
    except TypeError:  # some of the customers are text, others numbers
        raise wrong("checks.kinds", key=key, listed=key) from None
    return rows.reset_index(drop=True) if hasattr(rows, "reset_index") else rows


def midnight(as_of, *, name="as_of"):
    """Read an as-of date: what happened before its first minute counts, what happened on the day does not.

    Parameters
    ----------
    as_of : date, Timestamp or text
        For instance ``"2026-01-01"``.
    name : str
        How the caller names it.

    Returns
    -------
    datetime.datetime
        The first moment of that day.

    Raises
    ------
    WrongValue
        If it is not a date.

    Examples
    --------
    >>> midnight("2026-01-01")
    datetime.datetime(2026, 1, 1, 0, 0)
    """
    if isinstance(as_of, str):
        try:
            as_of = datetime.date.fromisoformat(as_of)
        except ValueError:
            as_of = None
    if not isinstance(as_of, datetime.date) or as_of != as_of:
        raise wrong("dataframes.no_date", name=name)
    return datetime.datetime(as_of.year, as_of.month, as_of.day)


def day_number(column):
    """Which day was it, counted from the first day of year 1 as `datetime.date.toordinal` counts?

    Differences of such numbers are days between dates, whole numbers that every engine computes alike.

    Parameters
    ----------
    column : str
        Holds dates or times.

    Returns
    -------
    narwhals.Expr
        64-bit whole numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> leap = nw.from_native(pd.DataFrame({"last": pd.to_datetime(["2024-02-29 23:59"])}))
    >>> int(leap.select(day_number("last")).item()), datetime.date(2024, 2, 29).toordinal()
    (738945, 738945)
    """
    date = nw.col(column).dt
    years = date.year().cast(nw.Int64) - 1
    leap_days = (years / 4).floor() - (years / 100).floor() + (years / 400).floor()
    return (365 * years + leap_days + date.ordinal_day()).cast(nw.Int64)


def since(moment, *, frame):
    """Did it happen on this day or later?

    Parameters
    ----------
    moment : datetime.datetime
        The first moment of a day.
    frame : narwhals.LazyFrame
        The rows that will be asked, with `time`.

    Returns
    -------
    narwhals.Expr
        True or False.
    """
    if frame.implementation.is_pyspark():
        # PySpark reads a written moment by the driver's clock, not by the session's: days alone are the same on both.
        return day_number("time") >= moment.toordinal()
    return nw.col("time") >= moment

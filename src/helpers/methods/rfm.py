"""Recency, frequency, amount: three numbers and three marks for each customer, on any engine.

The marks rank customers among themselves: they say who is ahead of whom, not how much anybody is worth.
"""

import narwhals as nw

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import dataframes

NEEDED = {"customer": "any", "time": "time", "amount_fen": "integer"}
RANKED = {"recency_score": "last_day", "frequency_score": "frequency", "amount_score": "amount_fen"}


def scores(transactions, *, as_of, bins=5):
    """How lately, how often, and how much did each customer move money before a date?

    Each mark is ``((rank − 1)·bins)//n + 1`` with the rank of the *lowest* of equals, so that equals get
    equal marks whatever the order of the rows. Groups are then not of equal size: where many are equal, a mark
    may be missing. The highest mark is always the best: the latest, the most often, the most.

    Parameters
    ----------
    transactions : pandas or polars DataFrame, polars LazyFrame, DuckDB relation, PySpark DataFrame
        One row is a transaction: ``customer``, ``time``, ``amount_fen`` (whole numbers). Choose beforehand whose
        transactions count, and since when.
    as_of : date or text
        What happened before this day counts; the day itself and what came later do not. Take it from the data,
        never from today's date.
    bins : int
        How many marks, 5 by custom.

    Returns
    -------
    The caller's kind of table
        One row for each customer with a transaction: ``customer``, ``recency_days`` (at least 1),
        ``frequency`` (transactions), ``amount_fen``, ``recency_score``, ``frequency_score``,
        ``amount_score`` (1 to `bins`), ``rfm`` (the marks as one number: 5, 4, 3 is 543). All are 64-bit whole
        numbers and the same on every engine; DataFrames come sorted by customer.

    Raises
    ------
    WrongKind, WrongValue
        See `dataframes.opened`; also if `as_of` is not a date, or `bins` does not lie between 1 and 9.

    Notes
    -----
    The three numbers come from direct mail (Hughes 1994, *Strategic Database Marketing*). Nothing in them is profit,
    and nothing in them is what a customer needs.

    Examples
    --------
    >>> import pandas as pd
    >>> four = pd.DataFrame({"customer": ["A", "B", "C", "C"], "amount_fen": [500, 500, 100, 100],
    ...                      "time": pd.to_datetime(["2025-12-31", "2025-12-01", "2025-06-01", "2025-12-01"])})
    >>> scores(four, as_of="2026-01-01", bins=3).iloc[:, 2:]
       frequency  amount_fen  recency_score  frequency_score  amount_score  rfm
    0          1         500              3                1             2  312
    1          1         500              1                1             2  112
    2          2         200              1                3             1  131
    """
    end = dataframes.midnight(as_of)
    _marks(bins)
    frame = dataframes.opened(transactions, needed=NEEDED, name="transactions")
    summed = (
        frame.filter(~dataframes.since(end, frame=frame))
        .group_by("customer")
        .agg(
            nw.col("time").max().alias("last"),
            nw.len().alias("frequency"),
            nw.col("amount_fen").sum(),
        )
        .select(
            "customer",
            dataframes.day_number("last").alias("last_day"),
            nw.col("frequency", "amount_fen").cast(nw.Int64),
        )
    )
    marks = (nw.col(mark) * weight for mark, weight in zip(RANKED, (100, 10, 1), strict=True))
    result = _ranked(summed, bins=bins).select(
        "customer",
        (end.toordinal() - nw.col("last_day")).alias("recency_days"),
        "frequency",
        "amount_fen",
        *RANKED,
        sum(marks).alias("rfm"),
    )
    return dataframes.handed_back(result, like=transactions, key="customer")


def _marks(bins):
    """Refuse numbers of marks that do not fit into one digit."""
    checks.whole(bins, name="bins")
    if bins > 9:
        raise wrong("rfm.bins", bins=bins)


def _ranked(frame, *, bins):
    """Add the marks, equals alike."""
    # A window over all rows goes to one task of a cluster, so there the distinct values are ranked and joined back.
    return (_joined if frame.implementation.is_pyspark() else _windowed)(frame, bins)


def _windowed(frame, bins):
    """Count the customers below each one, all rows at once."""
    below = {mark: nw.col(column).rank("min") - 1 for mark, column in RANKED.items()}
    return frame.with_columns(**{mark: _mark(place, nw.len(), bins) for mark, place in below.items()})


def _joined(frame, bins):
    """Count the customers below each distinct value, and join the marks back."""
    for mark, column in RANKED.items():
        ties = frame.group_by(column).agg(nw.len().alias("ties"))
        below = nw.col("ties").cum_sum().over(order_by=column) - nw.col("ties")
        placed = ties.with_columns(place=below, n=nw.col("ties").sum())
        marked = placed.select(column, _mark(nw.col("place"), nw.col("n"), bins).alias(mark))
        frame = frame.join(marked, on=column, how="inner")
    return frame


def _mark(place, n, bins):
    """Turn a place into a mark, ``place·bins // n + 1``."""
    # Rounded down after a division: exact below 2⁵³, and short where narwhals writes `//` as a page of SQL.
    return (place.cast(nw.Int64) * bins / n).floor().cast(nw.Int64) + 1

"""What customers do: one row of whole numbers for each, from transactions in any engine.

Use it to describe and to group customers. What they did is not what they need: ask them that.
"""

import datetime

import narwhals as nw

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import dataframes

KINDS = ("card_purchase", "transfer", "deposit", "withdrawal", "wealth_purchase", "fee")
CHANNELS = ("counter", "smart_counter", "app", "atm", "card")
NEEDED = {"customer": "any", "time": "time", "channel": "any", "kind": "any", "amount_fen": "integer"}


def features(transactions, *, as_of, days=365, recent_days=90, kinds=KINDS, channels=CHANNELS):
    """What did each customer do in the year before a date?

    Parameters
    ----------
    transactions : pandas or polars DataFrame, polars LazyFrame, DuckDB relation, PySpark DataFrame
        One row is a transaction: ``customer``, ``time``, ``channel``, ``kind``, ``amount_fen`` (whole numbers).
    as_of : date or text
        What happened before this day counts; the day itself and what came later do not.
    days : int
        How far back to look.
    recent_days : int
        The length of each of the two spans that `recent_count` and `before_count` compare; both must fit
        into `days`.
    kinds, channels : sequence of str
        Whose transactions are counted apart. Others count in the totals alone.

    Returns
    -------
    The caller's kind of table
        One row for each customer with a transaction in these days (join `customers` to it for those without):
        ``customer``; ``recency_days`` (from the last transaction to `as_of`, at least 1); ``transactions``;
        ``amount_fen``; ``largest_fen``; ``recent_count`` and ``before_count`` (in the last `recent_days` and in as
        many before); then ``kind_…`` (how many) and ``fen_…`` (how much) for each kind, ``channel_…`` (how
        many) for each channel. All are 64-bit whole numbers and the same on every engine.

    Raises
    ------
    WrongKind, WrongValue
        See `dataframes.opened`; also if `as_of` is not a date or the spans do not fit.

    Examples
    --------
    >>> import pandas as pd
    >>> two = pd.DataFrame({"customer": ["C1", "C1"], "time": pd.to_datetime(["2025-12-01", "2025-12-31"]),
    ...                     "channel": ["app", "card"], "kind": ["transfer", "card_purchase"], "amount_fen": [900, 50]})
    >>> row = features(two, as_of="2026-01-01")
    >>> row[["recency_days", "transactions", "amount_fen", "kind_transfer"]]
       recency_days  transactions  amount_fen  kind_transfer
    0             1             2         950              1
    """
    end = dataframes.midnight(as_of)
    for value, name in ((days, "days"), (recent_days, "recent_days")):
        checks.whole(value, name=name)
    _fits(days, recent_days)
    for names, name in ((kinds, "kinds"), (channels, "channels")):
        _named(names, name=name)
    frame = dataframes.opened(transactions, needed=NEEDED, name="transactions")
    inside = dataframes.since(_ago(end, days), frame=frame) & ~dataframes.since(end, frame=frame)
    counted = _counted(frame.filter(inside), end, recent_days, kinds, channels)
    sums = ["recent_count", "before_count"]
    sums += [f"{part}_{kind}" for part in ("kind", "fen") for kind in kinds]
    sums += [f"channel_{channel}" for channel in channels]
    grouped = counted.group_by("customer").agg(
        nw.col("time").max().alias("last"),
        nw.len().alias("transactions"),
        nw.col("amount_fen").sum(),
        nw.col("amount_fen").max().alias("largest_fen"),
        *[nw.col(name).sum() for name in sums],
    )
    result = grouped.select(
        "customer",
        (end.toordinal() - dataframes.day_number("last")).alias("recency_days"),
        nw.col("transactions", "amount_fen", "largest_fen", *sums).cast(nw.Int64),
    )
    found = dataframes.handed_back(result, like=transactions, key="customer")
    if isinstance(nw.from_native(found), nw.DataFrame) and not len(found) and len(transactions):
        raise _outside(nw.from_native(transactions)["time"], as_of, days)
    return found


def _counted(rows, end, recent_days, kinds, channels):
    """Write a 1, or the amount, beside each transaction for every sum that it belongs to."""
    late = dataframes.since(_ago(end, recent_days), frame=rows)
    before = dataframes.since(_ago(end, 2 * recent_days), frame=rows) & ~late
    flags = {"recent_count": late, "before_count": before}
    flags |= {f"kind_{kind}": nw.col("kind") == kind for kind in kinds}
    flags |= {f"channel_{channel}": nw.col("channel") == channel for channel in channels}
    marked = rows.with_columns(**{name: flag.cast(nw.Int64) for name, flag in flags.items()})
    return marked.with_columns(
        **{f"fen_{kind}": nw.col(f"kind_{kind}") * nw.col("amount_fen") for kind in kinds}
    )


def _ago(end, days):
    """Go back some days."""
    # No ledger is older than the calendar.
    return end - datetime.timedelta(days=min(int(days), end.toordinal() - 1))


def _named(names, *, name):
    """Refuse a lone word, an empty list, and a name that comes twice."""
    if isinstance(names, str) or not names or len(set(names)) < len(names):
        raise wrong("behaviour.names", name=name, names=repr(names))


def _outside(times, as_of, days):
    """Word that the window holds no transaction; of a query (DuckDB, Spark) nobody knows before it runs."""
    first, last = f"{times.min():%Y-%m-%d}", f"{times.max():%Y-%m-%d}"
    after = f"{times.max() + datetime.timedelta(days=1):%Y-%m-%d}"
    return wrong("behaviour.empty_window", days=days, as_of=as_of, first=first, last=last, after=after)


def _fits(days, recent_days):
    """Refuse spans that reach back beyond the window."""
    if 2 * recent_days > days:
        raise wrong("behaviour.spans", days=days, recent_days=recent_days)

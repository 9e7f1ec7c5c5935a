"""How long accounts stay open, when some are still open and most were opened before anybody looked.

An account is closed on a known day: count from the day it came into view, and stop where the view ends.
"""

import numpy as np
import pandas as pd
from scipy import stats

from helpers.bank import checks

DAYS_A_MONTH = 365.25 / 12
MONTHS_SEEN_AFTER = 6


def spells(churn, *, customers):
    """From when, until when was each account in view, in months since it was opened?

    Parameters
    ----------
    churn : DataFrame
        `customer`, `snapshot`, `leave_date` (empty for those who stayed).
    customers : DataFrame
        `customer`, `joined`.

    Returns
    -------
    DataFrame
        One row for each customer at a snapshot: `customer`; `entered`, months (of 30.4 days) from joining to the
        first snapshot; `months`, to leaving or to the end of the view, six months after the customer's last
        snapshot; `left`, 1 or 0. Who left on the day of the first snapshot was in view for no time and is left out.

    Raises
    ------
    WrongValue
        If a column, a customer or a date is missing, a customer comes twice in `customers`, or somebody left
        before the first snapshot or after the view.

    Examples
    --------
    >>> seen = pd.DataFrame({"customer": ["A"], "snapshot": pd.to_datetime(["2025-07-01"]), "leave_date": [pd.NaT]})
    >>> joined = pd.DataFrame({"customer": ["A"], "joined": pd.to_datetime(["2024-07-01"])})
    >>> spells(seen, customers=joined).round(1)
      customer  entered  months  left
    0        A     12.0    18.0     0
    """
    checks.columns(churn, ["customer", "snapshot", "leave_date"], name="churn")
    checks.complete(churn[["customer", "snapshot"]], name="churn")
    checks.once(customers, "customer", name="customers")
    checks.columns(customers, ["joined"], name="customers")
    rows = churn[["customer"]].assign(
        **{day: checks.dates(churn[[day]], name="churn") for day in ("snapshot", "leave_date")}
    )
    seen = rows.groupby("customer", as_index=False).agg(
        first=("snapshot", "min"), last=("snapshot", "max"), gone=("leave_date", "max")
    )
    joined = checks.dates(customers[["joined"]], name="customers").set_axis(customers["customer"])
    seen["joined"] = seen["customer"].map(joined)
    checks.complete(seen[["joined"]].set_axis(seen["customer"]), name="customers")
    end = seen["last"] + pd.DateOffset(months=MONTHS_SEEN_AFTER)
    _in_view(seen.assign(end=end))
    table = pd.DataFrame(
        {
            "customer": seen["customer"],
            "entered": (seen["first"] - seen["joined"]).dt.days / DAYS_A_MONTH,
            "months": (seen["gone"].fillna(end) - seen["joined"]).dt.days / DAYS_A_MONTH,
            "left": seen["gone"].notna().astype("int64"),
        }
    )
    return table[table["months"] > table["entered"]].reset_index(drop=True)


def rate_ratio(table, *, until=12, confidence=0.95):
    """How many times as fast do accounts leave in their first months as later?

    Parameters
    ----------
    table : DataFrame
        As `spells` returns it.
    until : float
        Where the first months end.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n` (who left), `estimate`, leavers a month in view up to `until` over those after it;
        `low`, `high`, estimate · exp(± z √(1/first + 1/later)) with the two counts of leavers.

    Raises
    ------
    WrongValue
        If nobody left in one of the two spans, or as for `curve`.
    """
    table = _spans(table)
    checks.share(confidence, name="confidence")
    checks.number(until, name="until")
    early = table["months"].clip(upper=until) - table["entered"].clip(upper=until)
    late = table["months"].clip(lower=until) - table["entered"].clip(lower=until)
    gone = table["left"] == 1
    first, then = (
        # Whoever leaves at exactly `until` was in view before it alone.
        int((gone & (table["months"] <= until)).sum()),
        int((gone & (table["months"] > until)).sum()),
    )
    if not first or not then:
        raise checks.WrongValue(
            en=f"A ratio needs leavers on both sides of {until} months; there are {first} and {then}.",
            zh=f"要算比值，{until} 个月前后都要有人离开；现在分别是 {first} 人和 {then} 人。",
        )
    ratio = (first / early.sum()) / (then / late.sum())
    half = stats.norm.ppf((1 + confidence) / 2) * np.sqrt(1 / first + 1 / then)
    return pd.DataFrame(
        {
            "n": [first + then],
            "estimate": [ratio],
            "low": [ratio * np.exp(-half)],
            "high": [ratio * np.exp(half)],
        }
    )


def _spans(table):
    """Read entered, months and left, and refuse spells that cannot be."""
    found = checks.measured(table, ["entered", "months", "left"], name="table")
    bad = (found["months"] <= found["entered"]) | ~found["left"].isin([0, 1])
    if bad.any():
        row = found.index[bad][0]
        raise checks.WrongValue(
            en=f"`months` must be above `entered`, and `left` 0 or 1; row {row} differs. Make the table with survival.spells.",
            zh=f"`months` 应该大于 `entered`，`left` 应该是 0 或 1；第 {row} 行不符。请用 survival.spells 生成这张表。",
        )
    return found


def _in_view(seen):
    """Refuse who left before the first snapshot, or after the view."""
    bad = (seen["gone"] < seen["first"]) | (seen["gone"] > seen["end"])
    if bad.any():
        who = seen.loc[bad, "customer"].iloc[0]
        raise checks.WrongValue(
            en=f"`leave_date` must lie between the first snapshot and six months after the last; that of {who!r} does not. "
            "Correct the date or leave this customer out.",
            zh=f"`leave_date` 应该在首次快照之后、末次快照后六个月之内；客户 {who!r} 不符。请改正日期，或去掉这位客户。",
        )

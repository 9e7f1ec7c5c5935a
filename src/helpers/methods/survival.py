"""How long accounts stay open, when some are still open and most were opened before anybody looked.

An account is closed on a known day: count from the day it came into view, and stop where the view ends.
"""

import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong

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
        If a column, a customer or a date is missing, a customer comes twice in `customers`, somebody
        joined after the first snapshot, or left before it or after the view.

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
    checks.rows(churn, name="churn")
    checks.one_kind("customer", churn=churn, customers=customers)
    rows = (
        churn[["customer"]]
        .assign(**{day: checks.dates(churn[[day]], name="churn") for day in ("snapshot", "leave_date")})
        .reset_index(drop=True)
    )
    seen = rows.groupby("customer", as_index=False).agg(
        first=("snapshot", "min"), last=("snapshot", "max"), gone=("leave_date", "max")
    )
    joined = checks.dates(customers[["joined"]], name="customers").set_axis(customers["customer"])
    seen["joined"] = seen["customer"].map(joined)
    checks.complete(seen[["joined"]].set_axis(seen["customer"]), name="customers")
    end = seen["last"] + pd.DateOffset(months=MONTHS_SEEN_AFTER)
    late = seen[seen["joined"] > seen["first"]]
    if len(late):
        raise wrong("survival.joined", who=late["customer"].iloc[0])
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


def _in_view(seen):
    """Refuse who left before the first snapshot, or after the view."""
    bad = (seen["gone"] < seen["first"]) | (seen["gone"] > seen["end"])
    if bad.any():
        who = seen.loc[bad, "customer"].iloc[0]
        raise wrong("survival.leave_date", who=who)

"""What a customer brings and costs, in which phase they are, and which tier follows from a stated rule.

Money moved is not a profit: margins and unit costs are assumptions, and anyone who calls these functions must name them.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import dataframes

TIERS = ("top", "middle", "base")
PHASES = ("new", "growing", "steady", "slowing", "silent")
GROUPS = ("core", "at_risk", "active", "potential", "quiet")
NEW_DAYS, ENOUGH, KNOWN_DAYS = 180, 4, 90


def still_open(customers, *, churn):
    """Whose account is open after the last snapshot's half year?

    A customer known for 90 days at the last snapshot who is not on it had left before; one who is on it and
    left is gone. Who came later counts as open: nothing is known of them yet.

    Parameters
    ----------
    customers : DataFrame
        `customer`, `joined`.
    churn : DataFrame
        `customer`, `snapshot`, `left`.

    Returns
    -------
    DataFrame
        The rows of `customers` that are open, on a plain index.

    Raises
    ------
    WrongValue
        If a value is missing, a day is not a date, or `left` is not 0 or 1.
    """
    checks.columns(customers, ["customer", "joined"], name="customers")
    checks.complete(customers[["customer", "joined"]], name="customers")
    checks.columns(churn, ["customer", "snapshot", "left"], name="churn")
    checks.complete(churn[["customer", "snapshot", "left"]], name="churn")
    churn = checks.read_numbers(churn, ["left"], name="churn")
    checks.within(churn[["left"]], low=0, high=1, name="churn")
    checks.rows(churn, name="churn")
    checks.one_kind("customer", customers=customers, churn=churn)
    days = checks.dates(churn[["snapshot"]], name="churn")
    last = churn[days == days.max()]
    stayed = customers["customer"].isin(last.loc[last["left"] == 0, "customer"])
    joined = checks.dates(customers[["joined"]], name="customers")
    later = joined > days.max() - pd.Timedelta(days=KNOWN_DAYS)
    return customers[stayed | later].reset_index(drop=True)


def together(customers, features):
    """Put what customers did beside who they are; who did nothing gets zeros, not a gap.

    Parameters
    ----------
    customers : DataFrame
        One row is a customer.
    features : DataFrame
        As `behaviour.features` returns it; customers without a transaction have no row there.

    Returns
    -------
    DataFrame
        All rows of `customers`, and of `features` those of these customers; `recency_days` stays empty where
        there was no transaction.

    Raises
    ------
    WrongValue
        If a customer comes twice, another column is in both tables, or a count is missing or no number.

    Examples
    --------
    >>> together(pd.DataFrame({"customer": ["A", "B"]}), pd.DataFrame({"customer": ["A"], "transactions": [3]}))
      customer  transactions
    0        A             3
    1        B             0
    """
    checks.once(customers, "customer", name="customers")
    checks.once(features, "customer", name="features")
    both = [name for name in features.columns if name != "customer" and name in customers.columns]
    if both:
        raise wrong("customer_value.column_in_both", column=both[0])
    counts = [name for name in features.columns if name not in ("customer", "recency_days")]
    checks.measured(features, counts, name="features")
    checks.one_kind("customer", customers=customers, features=features)
    plain = [table.reset_index(drop=True) for table in (customers, features)]
    table = plain[0].merge(plain[1], on="customer", how="left")
    table[counts] = table[counts].fillna(0).astype(features[counts].dtypes)
    return table


def phases(table, *, as_of):
    """In which phase of the life cycle is each customer, by a rule that anyone can check?

    In this order: *new*, joined less than 180 days before; *silent*, no transaction in 180 days; *slowing*, in
    the last 90 days at most half as many as in the 90 before, and there were at least 4; *growing*, at least
    twice as many, and at least 4; else *steady*.

    Parameters
    ----------
    table : DataFrame
        `joined`, `recent_count`, `before_count` (spans of 90 days), complete.
    as_of : date or text
        The date of the features.

    Returns
    -------
    Series of str
        A phase for each row.

    Examples
    --------
    >>> one = pd.DataFrame({"joined": pd.to_datetime(["2020-01-01"]), "recent_count": [2], "before_count": [4]})
    >>> phases(one, as_of="2026-01-01").item()
    'slowing'
    """
    late, before = _counts(table)
    checks.columns(table, ["joined"], name="table")
    checks.complete(table[["joined"]], name="table")
    known = (dataframes.midnight(as_of) - checks.dates(table[["joined"]], name="table")).dt.days
    rules = {
        "new": known < NEW_DAYS,
        "silent": late + before == 0,
        "slowing": (before >= ENOUGH) & (2 * late <= before),
        "growing": (late >= ENOUGH) & (late >= 2 * before),
    }
    return pd.Series(np.select(list(rules.values()), list(rules), "steady"), index=table.index).astype(str)


def groups(table):
    """Which group does a customer belong to, so that everyone has one and the reason can be told?

    In this order: *core*, top by value and neither slowing nor silent; *at risk*, top by value and slowing or
    silent; *quiet*, silent; *potential*, new or growing, or middle by value with one product; *active*, else.

    Parameters
    ----------
    table : DataFrame
        `value_tier`, `phase`, `products`.

    Returns
    -------
    Series of str
        A group for each row.

    Raises
    ------
    WrongValue
        If a value is missing, or no tier or phase of ours.

    Examples
    --------
    >>> groups(pd.DataFrame({"value_tier": ["top"], "phase": ["silent"], "products": [2]})).item()
    'at_risk'
    """
    checks.measured(table, ["products"], name="table")
    for column, words in (("value_tier", TIERS), ("phase", PHASES)):
        _among(table, column, words)
    top, weak = table["value_tier"] == "top", table["phase"].isin(["slowing", "silent"])
    rules = {
        "core": top & ~weak,
        "at_risk": top & weak,
        "quiet": table["phase"] == "silent",
        "potential": table["phase"].isin(["new", "growing"]) | ((table["value_tier"] == "middle") & (table["products"] == 1)),
    }  # fmt: skip
    return pd.Series(np.select(list(rules.values()), list(rules), "active"), index=table.index).astype(str)


def _counts(table):
    """Read the transactions of the last two spans."""
    found = checks.measured(table, ["recent_count", "before_count"], name="table")
    checks.within(found, low=0, high=np.inf, name="table")
    if (found % 1 > 0).any(axis=None):
        raise wrong("customer_value.counts")
    return found["recent_count"], found["before_count"]


def _among(table, column, words):
    """Refuse names that the rule does not know, and gaps."""
    checks.columns(table, [column], name="table")
    strange = table.loc[~table[column].isin(words), column]
    if len(strange):
        raise wrong("customer_value.word", column=column, listed=list(words), found=strange.iloc[0])

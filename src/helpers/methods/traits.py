"""Traits: what describes a customer, on one scale, and what a group may be called for it."""

import re

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import dataframes

KINDS = ("transfer", "deposit", "withdrawal", "wealth_purchase")
NEEDED = ["customer", "transactions", "amount_fen", "kind_card_purchase", "fen_card_purchase"]
# Amounts and counts: twice as much is one step, wherever one starts.
LOG = ("cards_year", "dealings_year", "amount_cny")
# What people do may name a group; their age may not.
NAMING = (
    "cards_year",
    "dealings_year",
    "share_transfer",
    "share_deposit",
    "share_withdrawal",
    "share_wealth_purchase",
    "amount_cny",
)
METHODS = ("standard", "robust")
DAYS = 365.25


def ledger(counts, *, customers, as_of, days, fewest=5):
    """What need, behaviour and attribute can be read from the ledger for each customer?

    Behaviour: `cards_year`, `dealings_year` (card purchases and other dealings a year, while a customer) and
    `amount_cny` (mean yuan of a dealing). Need, as far as behaviour shows it: `share_transfer`, `share_deposit`,
    `share_withdrawal`, `share_wealth_purchase` (of the dealings; fees are dealings too, so these need not sum to
    1). Attribute: `age_years` (by the year of birth alone). A year has 365.25 days.

    Parameters
    ----------
    counts : DataFrame
        One row a customer: `customer`, `transactions`, `amount_fen`, and `kind_…` and `fen_…` of card purchases,
        `kind_…` of the others (`behaviour.features` over the same `days` up to `as_of`).
    customers : DataFrame
        `customer`, `joined`, `birth_year`.
    as_of : str or date
        The day after the last day counted.
    days : int
        How many days were counted.
    fewest : int
        Customers with fewer dealings (card purchases apart) are left out, 1 or more: a share of two is no share.
        Compare the number of rows.

    Returns
    -------
    DataFrame
        One row a customer, ordered as in `counts`: `customer` and the eight traits, complete. A trait that is zero
        for everybody (a bank that sells no wealth products) is left out: nothing can be told apart by it.

    Raises
    ------
    ValueError
        If a column, a value or a customer is missing, one comes twice, or one has dealings but joined later.
    """
    kinds, end = [f"kind_{kind}" for kind in KINDS], dataframes.midnight(as_of)
    checks.whole(days, name="days")
    checks.whole(fewest, name="fewest")
    checks.once(counts, "customer", name="counts")
    checks.once(customers, "customer", name="customers")
    numbers = checks.measured(counts, NEEDED[1:] + kinds, name="counts")
    born = checks.measured(customers, ["birth_year"], name="customers")
    checks.columns(customers, ["joined"], name="customers")
    checks.one_kind("customer", counts=counts, customers=customers)
    born = born.assign(
        customer=customers["customer"], joined=checks.dates(customers[["joined"]], name="customers")
    )
    rows = numbers.assign(customer=counts["customer"]).reset_index(drop=True)
    rows = rows.merge(born.reset_index(drop=True), on="customer", how="left")
    checks.complete(rows[["joined", "birth_year"]].set_axis(rows["customer"]), name="customers")
    dealings = rows["transactions"] - rows["kind_card_purchase"]
    rows, dealings = rows[dealings >= fewest], dealings[dealings >= fewest]
    known = (end - rows["joined"]).dt.days
    _joined_before(known, rows["customer"])
    known = known.clip(upper=days) / DAYS
    table = pd.DataFrame({
        "customer": rows["customer"],
        "cards_year": rows["kind_card_purchase"] / known,
        "dealings_year": dealings / known,
        **{f"share_{kind}": rows[f"kind_{kind}"] / dealings for kind in KINDS},
        "amount_cny": (rows["amount_fen"] - rows["fen_card_purchase"]) / dealings / 100,
        "age_years": end.year - rows["birth_year"],
    })  # fmt: skip
    return table.loc[:, (table != 0).any()].reset_index(drop=True)


def scale(features, *, method="standard", log=(), key="customer"):
    """Bring features that are measured in yuan, years and shares onto one scale.

    Do not skip it: a distance between customers is ruled by whatever has the largest numbers.

    Parameters
    ----------
    features : DataFrame
        One row a customer: `key`, and complete numbers in every other column.
    method : {"standard", "robust"}
        ``(x − mean) / standard deviation`` (n − 1), or ``(x − median) / (q75 − q25)``.
    log : list of str
        Columns of which ``log(1 + x)`` is taken first: amounts and counts.
    key : str
        The column that says who it is; it is kept as it is.

    Returns
    -------
    DataFrame
        Same columns, same rows, plain index.

    Raises
    ------
    ValueError
        If a value is missing or no number, is below zero where a logarithm is asked for, or if a column has no
        spread.

    Examples
    --------
    >>> scale(pd.DataFrame({"customer": ["A", "B", "C"], "age": [30, 40, 50]}))
      customer  age
    0        A -1.0
    1        B  0.0
    2        C  1.0
    """
    checks.columns(features, [key, *log], name="features")
    checks.rows(features, name="features", least=2)
    if method not in METHODS:
        raise wrong("traits.method", method=method)
    values = _numbers(features, key)
    checks.within(values[list(log)], low=0, high=np.inf, name="features")
    values[list(log)] = np.log1p(values[list(log)])
    middle, spread = values.mean(), values.std()
    if method == "robust":
        middle, spread = values.median(), values.quantile(0.75) - values.quantile(0.25)
    # Of the same number over and over, rounding leaves a spread a hair above 0.
    flat = [column for column in values if not spread[column] > 1e-12 * values[column].abs().max()]
    if flat:
        raise wrong("traits.flat_column", method=method, column=flat[0])
    scaled = (values - middle) / spread
    scaled.insert(0, key, features[key].to_numpy())
    return scaled


def shuffled(features, *, seed, key="customer"):
    """Mix every column by itself: each keeps its values, and no groups are left across columns.

    Bumps within one column stay: a column with two humps still has them.

    Parameters
    ----------
    features : DataFrame
        As for `scale`.
    seed : int
        Fixes the order.
    key : str
        The column that says who it is; it stays.

    Returns
    -------
    DataFrame
        Same columns, each in an order of its own, plain index.

    Examples
    --------
    >>> mixed = shuffled(pd.DataFrame({"customer": ["A", "B"], "age": [30, 40]}), seed=1)
    >>> sorted(mixed["age"]), list(mixed["customer"])
    ([30.0, 40.0], ['A', 'B'])
    """
    rng = checks.generator(seed)
    mixed = _numbers(features, key).apply(lambda column: rng.permutation(column.to_numpy()))
    mixed.insert(0, key, features[key].to_numpy())
    return mixed


def names(profile, *, naming=NAMING, least=0.4):
    """What shall a group be called, by a rule that does not insult?

    Each group takes the trait in which it lies farthest above everybody; the group that stands out most chooses
    first, and the others leave that trait to it. A group that has no other is numbered (``"cash_2"``). A group that
    lies nowhere `least` standard deviations above is ``"quiet"`` (the next ``"quiet_2"`` …). Only what people do
    can give a name; age, income and worth can not.

    Parameters
    ----------
    profile : DataFrame
        `group`, `variable`, `height` (standard deviations above everybody), one row for each
        group and variable.
    naming : sequence of str
        The variables that may give a name; one that `profile` does not have is passed over.
    least : float
        Standard deviations.

    Returns
    -------
    DataFrame
        One row a group: `group`, `trait`, `height` (of a quiet group the largest of `naming`).

    Raises
    ------
    ValueError
        If a variable or a height is missing.

    Examples
    --------
    >>> heights = pd.DataFrame({"group": [1, 1, 2, 2], "variable": ["cash", "card"] * 2, "height": [2, 1, 3, -1]})
    >>> names(heights, naming=["cash", "card"])
       group trait  height
    0      1  card       1
    1      2  cash       3
    """
    checks.columns(profile, ["group", "variable", "height"], name="profile")
    profile = checks.read_numbers(profile, ["height"], name="profile", gaps=True)
    checks.number(least, name="least")
    wide = profile.pivot_table(
        index="group", columns="variable", values="height", aggfunc="first", dropna=False
    )
    naming = [name for name in naming if name in wide]
    checks.measured(wide, naming, name="profile")
    rows = {}
    for row in profile.sort_values("height", ascending=False, kind="stable").itertuples():
        taken = {trait for trait, _ in rows.values()}
        if (
            row.height >= least
            and row.variable in naming
            and row.group not in rows
            and row.variable not in taken
        ):
            rows[row.group] = (row.variable, row.height)
    for group, heights in wide.loc[~wide.index.isin(list(rows)), list(naming)].iterrows():
        name = heights.idxmax() if heights.max() >= least else "quiet"
        same = sum(re.sub(r"_\d$", "", trait) == name for trait, _ in rows.values())
        rows[group] = (f"{name}_{same + 1}" if same else name, heights.max())
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["trait", "height"])
    return table.sort_index().rename_axis("group").reset_index()


def _numbers(features, key):
    """Everything but the key as numbers, complete, plain index."""
    checks.once(features, key, name="features")
    found = checks.measured(features, [name for name in features.columns if name != key], name="features")
    return found.reset_index(drop=True)


def _joined_before(known, customers):
    """Refuse dealings of somebody who was no customer yet."""
    if (known < 1).any():
        who = customers[known < 1].iloc[0]
        raise wrong("traits.joined_late", who=who)

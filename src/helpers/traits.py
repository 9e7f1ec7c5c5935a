"""Traits: what describes a customer, on one scale, and what a group may be called for it."""

import re

import numpy as np
import pandas as pd

from helpers import checks
from helpers.checks import WrongValue

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
    `amount_cny` (mean amount of a dealing). Need, as far as behaviour shows it: `share_transfer`, `share_deposit`,
    `share_withdrawal`, `share_wealth_purchase` (of the dealings other than card purchases). Attribute: `age_years`.

    Parameters
    ----------
    counts : DataFrame
        One row a customer: `customer`, `transactions`, `amount_fen`, and `kind_…` and `fen_…` of card purchases,
        `kind_…` of the others (`behaviour.features`).
    customers : DataFrame
        `customer`, `joined`, `birth_year`.
    as_of : str or date
        The day after the last day counted.
    days : int
        How many days were counted.
    fewest : int
        Customers with fewer dealings (card purchases apart) are left out: a share of two is no share. Compare the
        number of rows.

    Returns
    -------
    DataFrame
        One row a customer, ordered as in `counts`: `customer` and the eight traits, complete. A trait that is zero
        for everybody (a bank that sells no wealth products) is left out: nothing can be told apart by it.

    Raises
    ------
    ValueError
        If a column or a customer is missing.
    """
    kinds = [f"kind_{kind}" for kind in KINDS]
    checks.columns(counts, NEEDED + kinds, name="counts")
    checks.columns(customers, ["customer", "joined", "birth_year"], name="customers")
    rows = counts.merge(customers[["customer", "joined", "birth_year"]], on="customer", how="left")
    checks.complete(rows[["joined", "birth_year"]], name="customers")
    dealings = rows["transactions"] - rows["kind_card_purchase"]
    rows, dealings = rows[dealings >= fewest], dealings[dealings >= fewest]
    known = (pd.Timestamp(as_of) - pd.to_datetime(rows["joined"])).dt.days.clip(1, days) / DAYS
    table = pd.DataFrame({
        "customer": rows["customer"],
        "cards_year": rows["kind_card_purchase"] / known,
        "dealings_year": dealings / known,
        **{f"share_{kind}": rows[f"kind_{kind}"] / dealings for kind in KINDS},
        "amount_cny": (rows["amount_fen"] - rows["fen_card_purchase"]) / dealings / 100,
        "age_years": pd.Timestamp(as_of).year - rows["birth_year"],
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
    if method not in METHODS:
        raise WrongValue(
            en=f"`method` must be 'standard' or 'robust'; it is {method!r}. Choose one of the two.",
            zh=f"`method` 只能是 'standard' 或 'robust'；现在是 {method!r}。请从中选一个。",
        )
    values = _numbers(features, key)
    checks.within(values[list(log)], low=0, high=np.inf, name="features")
    values[list(log)] = np.log1p(values[list(log)])
    middle, spread = values.mean(), values.std()
    if method == "robust":
        middle, spread = values.median(), values.quantile(0.75) - values.quantile(0.25)
    flat = [column for column in values if not spread[column] > 0]
    if flat:
        raise WrongValue(
            en=f"Every column of `features` must vary; by the method {method!r} '{flat[0]}' does not. Leave it out.",
            zh=f"`features` 的每一列都要有差异；按 {method!r} 的算法，'{flat[0]}' 一列没有差异。请去掉这一列。",
        )
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
    rng = np.random.default_rng(seed)
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
        `group`, `variable`, `height` (`segments.profile`).
    naming : sequence of str
        The variables that may give a name; one that `profile` does not have is passed over.
    least : float
        Standard deviations.

    Returns
    -------
    DataFrame
        One row a group: `group`, `trait`, `height`.

    Examples
    --------
    >>> heights = pd.DataFrame({"group": [1, 1, 2, 2], "variable": ["cash", "card"] * 2, "height": [2, 1, 3, -1]})
    >>> names(heights, naming=["cash", "card"])
       group trait  height
    0      1  card       1
    1      2  cash       3
    """
    checks.columns(profile, ["group", "variable", "height"], name="profile")
    wide = profile.pivot(index="group", columns="variable", values="height")
    naming = [name for name in naming if name in wide]
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
    for group, heights in wide.loc[wide.index.difference(list(rows)), list(naming)].iterrows():
        name = heights.idxmax() if heights.max() >= least else "quiet"
        same = sum(re.sub(r"_\d$", "", trait) == name for trait, _ in rows.values())
        rows[group] = (f"{name}_{same + 1}" if same else name, heights.max())
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["trait", "height"])
    return table.sort_index().rename_axis("group").reset_index()


def _numbers(features, key):
    """Everything but the key as numbers, complete, plain index."""
    checks.columns(features, [key], name="features")
    values = features.drop(columns=key).reset_index(drop=True)
    checks.numbers(values, name="features")
    checks.complete(values, name="features")
    return values.astype(float)

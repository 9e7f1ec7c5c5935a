"""Segments: groups of customers who do alike, whether they come back, and what they are like."""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import partition

REFERENCES = ("box", "shuffled")


def cluster(features, *, k, seed, sample=4000, starts=10, key="customer"):
    """Which customers belong together, if there are to be `k` groups?

    k-means (Lloyd's steps from k-means++ starts, the best of `starts`) fitted to at most `sample` customers drawn
    at random; then everybody goes to the nearest centre. It finds `k` groups in anything: ask `stability`, and do the
    same with features that were shuffled (`traits.shuffled`).

    Parameters
    ----------
    features : DataFrame
        One row a customer: `key` and scaled features (`traits.scale`).
    k : int
        Number of groups, 2 or more.
    seed : int
        Fixes lot and starts.
    sample : int
        The largest number of customers that centres are fitted to.
    starts : int
        How many starts are tried.
    key : str
        The column that says who it is.

    Returns
    -------
    DataFrame
        `key`, `group` (1 is the largest), `distance` to the centre of the group, `next_distance` to the nearest
        other centre (Euclidean).

    Raises
    ------
    WrongValue
        If a value is missing or no number, a customer comes twice, or there are not more different customers than
        groups.

    Examples
    --------
    >>> cluster(pd.DataFrame({"customer": list("ABC"), "x": [0.0, 0.5, 9.0]}), k=2, seed=1)
      customer  group  distance  next_distance
    0        A      1      0.25           9.00
    1        B      1      0.25           8.50
    2        C      2      0.00           8.75
    """
    points = _points(features, key, sample=sample, starts=starts)
    checks.free(key, "group", "distance", "next_distance")
    few = partition.lot(points, sample, checks.generator(seed))
    _cuttable(few, k)
    model = partition.fitted(few, k, seed=seed, starts=starts)
    away = np.sort(model.transform(points), axis=1)
    return pd.DataFrame({
        key: features[key].to_numpy(), "group": partition.by_size(model.predict(points)),
        "distance": away[:, 0], "next_distance": away[:, 1],
    })  # fmt: skip


def gap_statistic(
    features, *, most=8, draws=20, reference="box", seed, sample=2000, starts=5, key="customer"
):
    """Are there groups at all, and how many: how much tighter are they than in data without any?

    Gap statistic (Tibshirani, Walther & Hastie 2001): Gap(k) = mean over draws of log W*(k) − log W(k), where W
    is the sum of squares within groups and W* that of reference data. ``"box"`` is uniform over the box along the
    principal components (their variant b); ``"shuffled"`` mixes every column by itself (ours: it keeps the shape
    of each column). Their rule takes the smallest k with Gap(k) ≥ Gap(k + 1) − s(k + 1), s = sd·√(1 + 1/draws).

    Parameters
    ----------
    features : DataFrame
        Scaled features.
    most : int
        The largest number of groups, 2 or more.
    draws : int
        How many sets of reference data, 2 or more.
    reference : {"box", "shuffled"}
        What data without groups look like.
    seed : int
        Fixes lots and starts.
    sample : int
        At most so many customers are used.
    starts : int
        How many starts are tried.
    key : str
        The column that says who it is.

    Returns
    -------
    DataFrame
        One row for each k from 1 to `most`: `k`, `n`, `log_within`, `reference`, `estimate` (the gap), `error`
        (s), `chosen` (true for the k of the rule, if there is one below `most`).
    """
    if reference not in REFERENCES:
        raise wrong("segments.reference", reference=reference)
    checks.whole(draws, name="draws", least=2)
    rng = checks.generator(seed)
    points = partition.lot(_points(features, key, sample=sample, starts=starts), sample, rng)
    _cuttable(points, most)
    ks = range(1, most + 1)
    box = partition.uniform_box(points)
    make = box if reference == "box" else lambda lot: lot.permuted(points, axis=0)
    own = partition.log_within(points, ks, seed=seed, starts=starts)
    drawn = [partition.log_within(make(rng), ks, seed=seed, starts=starts) for _ in range(draws)]
    expected, error = np.mean(drawn, axis=0), np.std(drawn, axis=0) * np.sqrt(1 + 1 / draws)
    gap = expected - own
    enough = np.flatnonzero(gap[:-1] >= gap[1:] - error[1:])
    return pd.DataFrame({
        "k": list(ks), "n": len(points), "log_within": own, "reference": expected, "estimate": gap, "error": error,
        "chosen": np.arange(most) == (enough[0] if len(enough) else -1),
    })  # fmt: skip


def stability(features, *, groups, draws=50, seed, sample=2000, starts=5, key="customer"):
    """Does each group come back when the customers are drawn again?

    Clusterwise bootstrap Jaccard (Hennig 2007): draw customers with replacement, cluster them anew into as many
    groups, and give each old group its largest Jaccard similarity |A ∩ B| / |A ∪ B| with a new one. The variant:
    at most `sample` rows a draw; a customer drawn twice weighs twice in the clustering and counts once in the
    comparison, which is among the customers drawn; a group of which nobody was drawn gets 0. At 0.5 or less a group is dissolved; 0.75 and more is read as
    coming back. A stable group need not be a true one: try shuffled features.

    Parameters
    ----------
    features : DataFrame
        Scaled features.
    groups : DataFrame
        `key`, `group` for the same customers (`cluster`).
    draws : int
        How often customers are drawn.
    seed, sample, starts, key
        As for `gap_statistic`; `sample` is of each draw.

    Returns
    -------
    DataFrame
        One row a group: `group`, `n`, `estimate` (mean Jaccard), `low`, `high` (5 % and 95 % of the draws),
        `dissolved` (share of draws at 0.5 or less).
    """
    checks.whole(draws, name="draws")
    rng = checks.generator(seed)
    points = _points(features, key, sample=sample, starts=starts)
    old = _aligned(features, groups, "group", key=key, name="groups")
    sizes = old.value_counts().sort_index()
    _cuttable(points, len(sizes))
    members, found = old.to_numpy(), []
    for draw in range(draws):
        rows, weights = np.unique(rng.integers(0, len(points), min(sample, len(points))), return_counts=True)
        model = partition.fitted(points[rows], len(sizes), seed=seed + draw, starts=starts, weights=weights)
        found.append(partition.jaccard(members[rows], model.labels_).reindex(sizes.index, fill_value=0))
    drawn = np.array(found)
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    return pd.DataFrame({
        "group": sizes.index, "n": sizes.to_numpy(), "estimate": drawn.mean(axis=0), "low": low, "high": high,
        "dissolved": (drawn <= 0.5).mean(axis=0),
    })  # fmt: skip


def returning(features, *, most=8, threshold=0.75, draws=20, seed, sample=1500, starts=5, key="customer"):
    """How many groups may we make so that every one of them comes back when the customers are drawn again?

    For each number of groups: the mean Jaccard of the group that comes back worst (`cluster`, `stability`).

    Parameters
    ----------
    features : DataFrame
        Scaled features.
    most : int
        The largest number of groups that is tried, 2 or more.
    threshold : float
        What counts as coming back, above 0 and below 1.
    draws, seed, sample, starts, key
        As for `stability`.

    Returns
    -------
    DataFrame
        One row for each k from 2: `k`, `n` (customers), `estimate`, `chosen` (true for the largest k whose worst group reaches
        `threshold`; for none, if none does).
    """
    checks.proportion(threshold, name="threshold")
    checks.whole(most, name="most", least=2)
    rows = []
    for k in range(2, most + 1):
        groups = cluster(features, k=k, seed=seed, key=key)
        again = stability(
            features, groups=groups, draws=draws, seed=seed, sample=sample, starts=starts, key=key
        )
        rows.append({"k": k, "n": len(groups), "estimate": again["estimate"].min()})
    table = pd.DataFrame(rows, columns=["k", "n", "estimate"])
    last = table.loc[table["estimate"] >= threshold, "k"].max()
    return table.assign(chosen=table["k"] == last)


def _numbers(table, key):
    """Everything but the key as numbers, complete, plain index."""
    checks.once(table, key, name="table")
    found = checks.measured(table, [name for name in table.columns if name != key], name="table")
    return found.reset_index(drop=True)


def _points(features, key, *, sample, starts):
    """The features as an array."""
    checks.whole(sample, name="sample")
    checks.whole(starts, name="starts")
    return _numbers(features, key).to_numpy()


def _cuttable(points, k):
    """Refuse numbers of groups into which these points cannot be cut."""
    differ = len(np.unique(points, axis=0))
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or not 2 <= k < differ:
        raise wrong("segments.k", differ=differ, k=k)


def _aligned(table, other, column, *, key, name):
    """Find this column of the other table for each customer of the first."""
    checks.columns(table, [key], name="features")
    checks.once(other, key, name=name)
    checks.columns(other, [column], name=name)
    checks.one_kind(key, features=table, **{name: other})
    lined = table[key].map(other.set_index(key)[column])
    lost = table.loc[lined.isna(), key]
    if len(lost):
        raise wrong("segments.groups_lacking", name=name, count=len(lost), first=lost.iloc[0])
    return lined.reset_index(drop=True)

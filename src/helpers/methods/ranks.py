"""Ranks with their uncertainty: which places may a group truly have, all groups being right at once?"""

import numpy as np
import pandas as pd

from helpers.bank import checks


def sets(groups, *, confidence=0.95, stepdown=True, draws=2000, seed=0):
    """Which places can each group truly have?

    Place 1 has the largest value. With probability `confidence` the sets of *all* groups hold the true places at once.
    Group i is certainly above j where ``estimate_i - estimate_j > c · sqrt(error_i² + error_j²)``; its set runs from
    1 + the number certainly above it to the number of groups − the number certainly below. c is the quantile of the
    largest such standardised difference among groups that do not differ (drawn from the normal distribution); with
    `stepdown` pairs already told apart leave the comparison and c is drawn again, until nothing changes. Estimates
    must be independent and roughly normal: some thirty answers a group. Mogstad, Romano, Shaikh & Wilhelm (2024),
    *Review of Economic Studies* 91(1), 476–518, two-sided sets (their R package csranks does the same).

    Parameters
    ----------
    groups : DataFrame
        One row a group: `estimate` and its standard error, `error`.
    confidence : float
        For instance 0.95.
    stepdown : bool
        Whether to use the stepwise method, never wider.
    draws : int
        How many times chance is drawn.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        The rows of `groups` as they are, by their index: `place`, `low`, `high`.

    Raises
    ------
    ValueError
        If there are fewer than two groups, a value is missing, or an error is not above zero.

    Examples
    --------
    >>> sets(pd.DataFrame({"estimate": [5.1, 5.2, 4.0], "error": [0.1, 0.1, 0.1]}))
       place  low  high
    0      2    1     2
    1      1    1     2
    2      3    3     3
    """
    checks.columns(groups, ["estimate", "error"], name="groups")
    checks.rows(groups, name="groups", least=2)
    checks.proportion(confidence, name="confidence")
    checks.whole(draws, name="draws", least=100)
    known = checks.read_numbers(groups, ["estimate", "error"], name="groups")
    for one in known["error"]:
        checks.number(one, name="error", above=0)
    estimate, error = known[["estimate", "error"]].to_numpy(float).T
    chance = checks.generator(seed).standard_normal((draws, len(error))) * error
    spread = np.hypot.outer(error, error)
    apart = np.subtract.outer(estimate, estimate) / spread
    open_pairs, before = ~np.eye(len(error), dtype=bool), None
    while before is None or (stepdown and open_pairs.any() and open_pairs.sum() < before):
        before = open_pairs.sum()
        above = apart > np.quantile(_largest(chance, spread, open_pairs), confidence)
        open_pairs = open_pairs & ~above
    return pd.DataFrame({
        "place": (np.greater.outer(estimate, estimate).sum(axis=0) + 1),
        "low": above.sum(axis=0) + 1,
        "high": len(error) - above.sum(axis=1),
    }, index=groups.index)  # fmt: skip


def _largest(chance, spread, pairs):
    """The largest standardised difference of each draw among the pairs that are still open."""
    largest = np.full(len(chance), -np.inf)
    for one in np.flatnonzero(pairs.any(axis=1)):
        others = pairs[one]
        found = (chance[:, [one]] - chance[:, others]) / spread[one, others]
        largest = np.maximum(largest, found.max(axis=1))
    return largest

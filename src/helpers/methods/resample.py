"""Intervals by drawing again: the bootstrap, with branches as strata or as clusters."""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong


def bootstrap(table, statistic, *, strata=None, clusters=None, draws=999, confidence=0.95, seed):
    """How far could this figure move if the survey were drawn again?

    Percentile interval (Efron & Tibshirani 1993, *An Introduction to the Bootstrap*, ch. 13). Use it
    where no formula is at hand. Not for quantities at a boundary (a share that is truly zero), and
    with few clusters it is a little too narrow (docs/coverage.md).

    Parameters
    ----------
    table : DataFrame
        One row a respondent.
    statistic : callable
        Takes such a table and returns one number, also of a table in which rows come twice.
    strata : str, optional
        A column: rows are drawn anew within each of its values (this bank's own branches).
    clusters : str, optional
        A column: whole groups are drawn anew (branches as a sample of such branches).
    draws : int
        How many times to draw; for 95 % at least 39, below which the tails hold no draw at all.
    confidence : float
        For instance 0.95.
    seed : int
        Same seed, same interval.

    Returns
    -------
    DataFrame
        One row: `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        If both `strata` and `clusters` are given, the column is missing or has gaps, there are fewer than two
        clusters, too few draws for this confidence, or the statistic is not a number.

    Examples
    --------
    >>> rows = pd.DataFrame({"gap": [-1.0, -2.0, 0.0, -1.0]})
    >>> bootstrap(rows, lambda drawn: drawn["gap"].mean(), seed=1).round(2)
       n  estimate  low  high
    0  4      -1.0 -1.75 -0.25
    """
    checks.draws(draws, confidence=confidence)
    # A branch drawn twice is two branches: a statistic that groups by branch must not merge them.
    drawn = np.array([
        _number(
            statistic,
            table.iloc[rows] if copies is None else _set(table.iloc[rows], clusters, copies),
        )
        for rows, copies in _draws(table, strata, clusters, draws, seed)
    ])  # fmt: skip
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return pd.DataFrame(
        {"n": [len(table)], "estimate": [_number(statistic, table)], "low": [low], "high": [high]}
    )


def counts(table, *, strata=None, clusters=None, draws=999, seed):
    """How often does each row come in each draw?

    The same draws as `bootstrap` makes with this seed. Where a statistic needs no more than sums over
    rows (means, covariances), all draws are one matrix product with these counts.

    Parameters
    ----------
    table : DataFrame
        One row a respondent.
    strata, clusters, draws, seed
        As for `bootstrap`.

    Returns
    -------
    ndarray
        `draws` × n whole numbers.

    Raises
    ------
    ValueError
        As `bootstrap` does.

    Examples
    --------
    >>> counts(pd.DataFrame({"gap": [-1.0, -2.0, 0.0]}), draws=2, seed=1).sum(axis=1)
    array([3, 3])
    """
    drawn = _draws(table, strata, clusters, draws, seed)
    return np.array([np.bincount(rows, minlength=len(table)) for rows, _ in drawn])


def _draws(table, strata, clusters, draws, seed):
    """Row positions of each draw, and for clusters which copy each row belongs to."""
    rng = checks.generator(seed)
    if strata is not None and clusters is not None:
        raise wrong("resample.strata_and_clusters")
    named = [name for name in (strata, clusters) if name is not None]
    checks.columns(table, named, name="table")
    checks.complete(table[named], name="table")
    checks.rows(table, name="table")
    checks.whole(draws, name="draws")
    if clusters is not None and table[clusters].nunique() < 2:
        raise wrong("resample.one_cluster", clusters=clusters)
    draw, named = (_row_draws, strata) if clusters is None else (_cluster_draws, clusters)
    return draw(table, named, draws, rng)


def _positions(table, column):
    """Row positions of each group; all rows are one group where no column is named."""
    if column is None:
        return [np.arange(len(table))]
    groups = table[column].reset_index(drop=True)
    return list(groups.groupby(groups).indices.values())


def _set(table, column, values):
    """A copy of a table with new values in a column, whatever it is called."""
    copy = table.copy()
    copy[column] = values
    return copy


def _number(statistic, table):
    """The statistic of one table, if it is a number."""
    found = statistic(table)
    checks.number(found, name="statistic(…)")
    return float(found)


def _row_draws(table, column, draws, rng):
    groups = _positions(table, column)
    for _ in range(draws):
        yield np.concatenate([rng.choice(rows, size=len(rows)) for rows in groups]), None


def _cluster_draws(table, column, draws, rng):
    groups = _positions(table, column)
    for _ in range(draws):
        drawn = [groups[i] for i in rng.integers(len(groups), size=len(groups))]
        yield np.concatenate(drawn), np.repeat(np.arange(len(drawn)), [len(rows) for rows in drawn])

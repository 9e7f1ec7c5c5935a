"""Intervals of averages, for these branches or for branches such as these."""

import numpy as np
import pandas as pd
from scipy import stats

from helpers import checks

POPULATIONS = ("this_bank", "process")


def mean(table, column, *, population="this_bank", confidence=0.95):
    """What is the average, each branch counted the same, and how sure are we?

    For ``"this_bank"`` the branches are strata: the interval says how far the figure would move if
    other customers of the same branches had answered (SE² = Σ s_b² / n_b / B², degrees of freedom by
    Satterthwaite). For ``"process"`` they are clusters: a sample of branches that could have been built
    (t with B − 1 degrees of freedom over branch means; Cochran 1977, *Sampling Techniques*, ch. 5, 9).

    Parameters
    ----------
    table : DataFrame
        One row a respondent: `branch` and the column, complete.
    column : str
        The column to average.
    population : {"this_bank", "process"}
        Whom the interval speaks of: these branches, or branches such as these.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        If a value is missing, a branch has fewer than two respondents, or there are fewer than two
        branches where they are clusters.

    Examples
    --------
    >>> mean(pd.DataFrame({"branch": ["B01"] * 4, "gap": [-1.0, -1, 0, -2]}), "gap").round(2)
       n  estimate  low  high
    0  4      -1.0 -2.3   0.3
    """
    checks.columns(table, ["branch", column], name="table")
    checks.complete(table[["branch", column]], name="table")
    checks.share(confidence, name="confidence")
    _known(population)
    by_branch = table.groupby("branch")[column].agg(["mean", "var", "count"])
    _enough(by_branch["count"], population=population)
    if population == "process":
        error, freedom = by_branch["mean"].sem(), len(by_branch) - 1
    else:
        error, freedom = _stratified(by_branch)
    estimate = by_branch["mean"].mean()
    half = stats.t.ppf((1 + confidence) / 2, freedom) * error
    return pd.DataFrame(
        {"n": [len(table)], "estimate": [estimate], "low": [estimate - half], "high": [estimate + half]}
    )


def _stratified(by_branch):
    """Standard error of the mean of branch means, and Satterthwaite's degrees of freedom."""
    parts = by_branch["var"] / by_branch["count"] / len(by_branch) ** 2
    if parts.sum() == 0:
        return 0.0, 1
    return np.sqrt(parts.sum()), parts.sum() ** 2 / (parts**2 / (by_branch["count"] - 1)).sum()


def _known(population):
    if population not in POPULATIONS:
        raise checks.WrongValue(
            en=f"`population` must be 'this_bank' (its own branches) or 'process' (branches such as these); "
            f"it is {population!r}. Say whom the interval speaks of.",
            zh=f"`population` 应该是 'this_bank'（就说这些网点）或 'process'（说的是同类网点）；现在是 {population!r}。"
            "请说明区间针对的是谁。",
        )


def _enough(counts, *, population):
    if population == "process" and len(counts) < 2:
        raise checks.WrongValue(
            en="'process' needs at least two branches to see how they differ; there is one. Use 'this_bank'.",
            zh="'process' 至少需要两家网点才能看出差别；现在只有一家。请改用 'this_bank'。",
        )
    if population == "this_bank" and counts.min() < 2:
        raise checks.WrongValue(
            en=f"Each branch needs at least two answers; {counts.idxmin()} has {counts.min()}. "
            "Leave this branch out, in sight.",
            zh=f"每家网点至少要有两份有效回答；{counts.idxmin()} 只有 {counts.min()} 份。请明确地把这家网点排除。",
        )

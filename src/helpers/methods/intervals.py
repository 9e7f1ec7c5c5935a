"""Intervals of averages, for these branches or for branches such as these."""

import numpy as np
import pandas as pd
from scipy import stats

from helpers.bank import checks
from helpers.bank.language import wrong

POPULATIONS = ("this_bank", "process")


def mean(table, column, *, by=None, population="this_bank", confidence=0.95):
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
    by : str, optional
        A column of groups, for instance ``"dimension"``: one row for each, in the order in which they come.
    population : {"this_bank", "process"}
        Whom the interval speaks of: these branches, or branches such as these.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row (a group): `by`, `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        If there are no rows, a value is missing, a branch has fewer than two respondents, or there are fewer than two
        branches where they are clusters.

    Examples
    --------
    >>> mean(pd.DataFrame({"branch": ["B01"] * 4, "gap": [-1.0, -1, 0, -2]}), "gap").round(2)
       n  estimate  low  high
    0  4      -1.0 -2.3   0.3
    """
    groups = [] if by is None else [by]
    checks.columns(table, [*groups, "branch", column], name="table")
    checks.complete(table[[*groups, "branch", column]], name="table")
    checks.rows(table, name="table")
    checks.proportion(confidence, name="confidence")
    checks.free(by, "n", "estimate", "low", "high")
    _known(population)
    values = checks.measured(table, [column], name="table")[column]
    keys = [table[name] for name in [*groups, "branch"]]
    of_branches = values.groupby(keys).agg(["mean", "var", "count"])
    told = {"population": population, "confidence": confidence}
    if by is None:
        return pd.DataFrame([of_moments(of_branches, **told)])
    return pd.DataFrame([{by: one, **of_moments(of_branches.loc[one], **told)} for one in table[by].unique()])


def of_moments(by_branch, *, population="this_bank", confidence=0.95):
    """Give the same where each branch's mean, variance and number of answers are at hand already.

    Parameters
    ----------
    by_branch : DataFrame
        One row a branch: `mean`, `var`, `count`.
    population, confidence
        As for `mean`.

    Returns
    -------
    dict
        `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        As `mean` does for too few respondents or branches.

    Examples
    --------
    >>> told = of_moments(pd.DataFrame({"mean": [-1.0], "var": [2 / 3], "count": [4]}, index=["B01"]))
    >>> {name: round(float(value), 2) for name, value in told.items()}
    {'n': 4.0, 'estimate': -1.0, 'low': -2.3, 'high': 0.3}
    """
    _enough(by_branch["count"], population=population)
    if population == "process":
        error, freedom = by_branch["mean"].sem(), len(by_branch) - 1
    else:
        error, freedom = _stratified(by_branch)
    estimate = by_branch["mean"].mean()
    half = stats.t.ppf((1 + confidence) / 2, freedom) * error
    count = by_branch["count"].sum()
    return {"n": count, "estimate": estimate, "low": estimate - half, "high": estimate + half}


def _stratified(by_branch):
    """Standard error of the mean of branch means, and Satterthwaite's degrees of freedom."""
    parts = by_branch["var"] / by_branch["count"] / len(by_branch) ** 2
    if parts.sum() == 0:
        return 0.0, 1
    return np.sqrt(parts.sum()), parts.sum() ** 2 / (parts**2 / (by_branch["count"] - 1)).sum()


def _known(population):
    if population not in POPULATIONS:
        raise wrong("intervals.population", population=population)


def _enough(counts, *, population):
    if population == "process" and len(counts) < 2:
        raise wrong("intervals.one_branch")
    if population == "this_bank" and counts.min() < 2:
        raise wrong("intervals.one_answer", branch=counts.idxmin(), count=counts.min())

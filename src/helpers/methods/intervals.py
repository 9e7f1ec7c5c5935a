"""Intervals of averages, for these branches or for branches such as these."""

import numpy as np
import pandas as pd
from scipy import stats

from helpers.bank import checks
from helpers.bank.language import wrong

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
        If there are no rows, a value is missing, a branch has fewer than two respondents, or there are fewer than two
        branches where they are clusters.

    Examples
    --------
    >>> mean(pd.DataFrame({"branch": ["B01"] * 4, "gap": [-1.0, -1, 0, -2]}), "gap").round(2)
       n  estimate  low  high
    0  4      -1.0 -2.3   0.3
    """
    checks.columns(table, ["branch", column], name="table")
    checks.complete(table[["branch", column]], name="table")
    checks.rows(table, name="table")
    checks.share(confidence, name="confidence")
    _known(population)
    values = checks.measured(table, [column], name="table")[column]
    by_branch = values.groupby(table["branch"], observed=True).agg(["mean", "var", "count"])
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


def wilson(count, *, n, confidence=0.95):
    """Which share was seen, and between which shares does the truth lie?

    Wilson's score interval (Wilson 1927, *JASA* 22, p. 209): centre (p + z²/2n) / (1 + z²/n), half-width
    z √(p(1 − p)/n + z²/4n²) / (1 + z²/n). It holds at small counts, zero included, where p ± z·SE does
    not. It takes the n as independent: cases of one branch are a little alike.

    Parameters
    ----------
    count : Series or array of int
        How many of the `n`, 0 to `n`.
    n : Series or array of int
        Out of how many, above 0.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a share, on a plain index: `n`, `estimate`, `low`, `high`.

    Raises
    ------
    WrongValue
        If an `n` is not above 0, or a count lies outside 0 to `n`.

    Examples
    --------
    >>> wilson([0, 5], n=[10, 10]).round(3)
        n  estimate    low   high
    0  10       0.0  0.000  0.278
    1  10       0.5  0.237  0.763
    """
    checks.share(confidence, name="confidence")
    count, n = _counted(count, n)
    z, p = stats.norm.ppf((1 + confidence) / 2), count / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # Where nothing or everything was seen, rounding alone would leave the ends a hair off 0 and 1.
    low, high = np.where(count == 0, 0, centre - half), np.where(count == n, 1, centre + half)
    return pd.DataFrame({"n": n, "estimate": p, "low": low, "high": high})


def quantile(values, *, q, confidence=0.95):
    """Below which value do the shares q of all values lie, and how sure are we?

    From order statistics, whatever the distribution: with n values the q-quantile lies between those of
    rank B(α/2) and B(1 − α/2) + 1, B the quantiles of a binomial (n, q) (Conover 1999, *Practical
    Nonparametric Statistics*, ch. 3.2); the confidence is at least the stated one.

    Parameters
    ----------
    values : Series
        Independent values, complete.
    q : float
        For instance 0.5 for the median.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n`, `estimate` (between two values on the straight line), `low`, `high`; an end is missing where
        n is too small for one.

    Raises
    ------
    WrongValue
        If there is no value, or one is missing or no number.

    Examples
    --------
    >>> quantile(pd.Series([1.0, 2, 3, 4, 5, 6, 7]), q=0.5)
       n  estimate  low  high
    0  7       4.0  1.0   7.0
    """
    checks.share(q, name="q")
    checks.share(confidence, name="confidence")
    ranked, n = np.sort(checks.series(values, name="values")), len(values)
    checks.rows(ranked, name="values")
    first, last = stats.binom.ppf([(1 - confidence) / 2, (1 + confidence) / 2], n, q).astype(int)
    low, high = (ranked[rank - 1] if 1 <= rank <= n else np.nan for rank in (first, last + 1))
    return pd.DataFrame({"n": [n], "estimate": [np.quantile(ranked, q)], "low": [low], "high": [high]})


def _counted(count, n):
    """Read counts, and refuse those that are no part of their n."""
    table = pd.DataFrame({"count": list(np.atleast_1d(count)), "n": list(np.atleast_1d(n))})
    found = checks.measured(table, ["count", "n"], name="counts")
    if (found["n"] <= 0).any() or (found["count"] < 0).any() or (found["count"] > found["n"]).any():
        raise wrong("intervals.count_and_n")
    return found["count"].to_numpy(), checks.read_numbers(table, ["n"], name="counts")["n"].to_numpy()


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

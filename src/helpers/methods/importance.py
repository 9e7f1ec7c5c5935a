"""Importance: which touchpoints go together with satisfaction, derived from answers and beside what people say.

Derived importance is not leverage: it says how much of the differences in satisfaction goes with each
predictor, not what would happen if the predictor were changed.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import decomposition, resample

MOST = 10  # LMG takes 2^k regressions


def johnson(table, *, outcome, predictors):
    """How much of the differences in the outcome goes with each predictor, by way of orthogonal twins?

    Relative weights (Johnson 2000, *Multivariate Behavioral Research* 35, p. 1): with the correlations
    R = V Δ² V′, Λ = V Δ V′ and β = Λ⁻¹ r, the weights are ε = Λ² β². Close to LMG, and quick for any number
    of predictors. The shares sum to R².

    Parameters
    ----------
    table : DataFrame
        One row a case: outcome and predictors, numbers, complete.
    outcome : str
        The column to be explained.
    predictors : list of str
        Two columns or more.

    Returns
    -------
    DataFrame
        One row a predictor: `predictor`, `n`, `estimate` (share of the outcome's variance), `share` (of R²).

    Raises
    ------
    ValueError
        If a value is missing, predictors or cases are too few, or one follows from the others.

    Examples
    --------
    >>> rows = pd.DataFrame({"y": [1.0, 2, 3, 4], "a": [1.0, 2, 3, 4], "b": [1.0, -1, -1, 1]})
    >>> johnson(rows, outcome="y", predictors=["a", "b"]).round(2)
      predictor  n  estimate  share
    0         a  4       1.0    1.0
    1         b  4       0.0    0.0
    """
    return _from_rows(table, outcome, predictors, "johnson")


def bootstrap(table, *, outcome, predictors, method="lmg", halo=False, strata=None, clusters=None, draws=999,
              confidence=0.95, seed):  # fmt: skip
    """How far could the shares move if the survey were drawn again?

    Percentile intervals of the draws of `resample.bootstrap`, all at once: the shares need no more than
    the covariance matrix of each draw. With 24 branches the interval of a positive share covers about 91 % (docs/moments.md);
    that of a share that is truly zero never does, since no share is negative.

    Parameters
    ----------
    table, outcome, predictors
        As for `johnson`.
    method : {"lmg", "johnson"}
        LMG (Lindeman, Merenda & Gold 1980, p. 119; Grömping 2006, *JSS* 17(1)), the Shapley value of R²: what a
        predictor adds to R², averaged over all orders of two to ten predictors; or `johnson`'s weights.
    halo : bool
        Take the general factor out first (`without_halo`); a row ``"halo"`` says what goes with it.
    strata, clusters, draws, confidence, seed
        As for `resample.bootstrap`.

    Returns
    -------
    DataFrame
        One row a predictor: `predictor`, `n`, `estimate`, `low`, `high`, `share`.
    """
    rows = _complete(table, outcome, predictors, method)
    _three(predictors, needed=halo)
    checks.draws(draws, confidence=confidence)
    counts = resample.counts(table, strata=strata, clusters=clusters, draws=draws, seed=seed)
    names = [*predictors, "halo"] if halo else predictors
    compute = decomposition.halo_free if halo else decomposition.METHODS[method]
    args = (method,) if halo else ()
    drawn = compute(decomposition.covariances(rows, counts), *args)
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    found = _result(compute(np.cov(rows, rowvar=False)[None], *args)[0], names)
    found = found.assign(n=len(rows), low=low, high=high)
    return found[["predictor", "n", "estimate", "low", "high", "share"]]


def without_halo(table, *, outcome, predictors, method="lmg"):
    """How much goes with each predictor once the general factor is taken out?

    The factor's score f = x′R⁻¹λ (λ loadings, R correlations; Thurstone's regression score) enters before
    every predictor (the `always` of Grömping 2006), takes r(f, y)², and the predictors share what they add;
    all together sum to R². This is the other extreme, not the truth: LMG credits all that is shared to
    the predictors, this credits it to the mood, also what the predictors do alike. So it can rank a
    predictor without effect above one with an average effect; the truth lies between the two.

    Parameters
    ----------
    table, outcome, predictors
        As for `johnson`; three or more predictors.
    method : {"lmg", "johnson"}
        As for `bootstrap`.

    Returns
    -------
    DataFrame
        As of `johnson`, and a last row ``"halo"`` (it has no `share` of the predictors' R²).
    """
    _three(predictors)
    rows = _complete(table, outcome, predictors, method)
    shares = decomposition.halo_free(np.cov(rows, rowvar=False)[None], method)[0]
    found = _result(shares, [*predictors, "halo"])
    found.insert(1, "n", len(rows))
    return found


def _from_rows(table, outcome, predictors, method):
    rows = _complete(table, outcome, predictors, method)
    found = _result(decomposition.METHODS[method](np.cov(rows, rowvar=False)[None])[0], predictors)
    found.insert(1, "n", len(rows))
    return found


def _result(shares, predictors):
    """Shares as a table; the halo is not a predictor, and has no share of their R²."""
    table = pd.DataFrame({"predictor": list(predictors), "estimate": shares})
    own = table["estimate"].where(table["predictor"] != "halo")
    return table.assign(share=own / own.sum())


def _complete(table, outcome, predictors, method):
    """Outcome and predictors as an array, judged."""
    if method not in decomposition.METHODS:
        raise wrong("importance.method", method=method)
    names, k = [outcome, *predictors], len(predictors)
    rows = checks.measured(table, names, name="table").to_numpy()
    checks.rows(table, name="table", least=len(names) + 1)
    if k < 2 or (method == "lmg" and k > MOST):
        raise wrong("importance.predictors", most=MOST, k=k)
    # Values that differ by their rounding alone are one value.
    if np.isclose(rows, rows[0], rtol=1e-14, atol=0).all(axis=0).any():
        raise wrong("importance.collinear")
    rows = rows / np.ptp(rows, axis=0)  # no unit is too small to be squared
    if np.linalg.matrix_rank(np.corrcoef(rows[:, 1:], rowvar=False)) < k:
        raise wrong("importance.collinear")
    return rows


def _three(predictors, *, needed=True):
    if needed and len(predictors) < 3:
        raise wrong("importance.three_predictors")

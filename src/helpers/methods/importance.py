"""Importance: which touchpoints go together with satisfaction, derived from answers and beside what people say.

Derived importance is not leverage: it says how much of the differences in satisfaction goes with each
predictor, not what would happen if the predictor were changed.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.methods import decomposition, intervals, resample

MOST = 10  # LMG takes 2^k regressions


def lmg(table, *, outcome, predictors):
    """How much of the differences in the outcome goes with each predictor, averaged over all orders?

    LMG (Lindeman, Merenda & Gold 1980, p. 119; Grömping 2006, *JSS* 17(1)), the Shapley value of R²: what
    x_j adds to R², averaged over all orders in which the predictors can enter. The shares sum to R².

    Parameters
    ----------
    table : DataFrame
        One row a case: outcome and predictors, numbers, complete.
    outcome : str
        The column to be explained.
    predictors : list of str
        Two to ten columns.

    Returns
    -------
    DataFrame
        One row a predictor: `predictor`, `n`, `estimate` (share of the outcome's variance), `share` (of R²).

    Raises
    ------
    ValueError
        If a value is missing, predictors or cases are too few or too many, or one follows from the others.

    Examples
    --------
    >>> rows = pd.DataFrame({"y": [1.0, 2, 3, 4], "a": [1.0, 2, 3, 4], "b": [1.0, -1, -1, 1]})
    >>> lmg(rows, outcome="y", predictors=["a", "b"]).round(2)
      predictor  n  estimate  share
    0         a  4       1.0    1.0
    1         b  4       0.0    0.0
    """
    return _from_rows(table, outcome, predictors, "lmg")


def johnson(table, *, outcome, predictors):
    """How much of the differences in the outcome goes with each predictor, by way of orthogonal twins?

    Relative weights (Johnson 2000, *Multivariate Behavioral Research* 35, p. 1): with the correlations
    R = V Δ² V′, Λ = V Δ V′ and β = Λ⁻¹ r, the weights are ε = Λ² β². Close to LMG, and quick for any number
    of predictors. The shares sum to R².

    Parameters
    ----------
    table, outcome, predictors
        As for `lmg`.

    Returns
    -------
    DataFrame
        As of `lmg`.
    """
    return _from_rows(table, outcome, predictors, "johnson")


def from_covariance(covariance, *, outcome, method="lmg"):
    """Derive importance from a published or pairwise covariance matrix.

    Parameters
    ----------
    covariance : DataFrame
        Covariances or correlations of outcome and predictors, the same names down and across.
    outcome : str
        Its name; all other names are predictors.
    method : {"lmg", "johnson"}
        As in the functions of these names.

    Returns
    -------
    DataFrame
        One row a predictor: `predictor`, `estimate`, `share`.

    Examples
    --------
    >>> names = ["y", "a", "b"]
    >>> r = pd.DataFrame([[1, 0.6, 0.3], [0.6, 1, 0], [0.3, 0, 1]], index=names, columns=names)
    >>> from_covariance(r, outcome="y").round(2)
      predictor  estimate  share
    0         a      0.36    0.8
    1         b      0.09    0.2
    """
    checks.measured(covariance, [outcome], name="covariance")
    names = [outcome, *covariance.columns.drop(outcome)]
    checks.columns(covariance.T, names, name="covariance")
    matrix = checks.measured(covariance.reindex(index=names, columns=names), names, name="covariance")
    _matrix(matrix.to_numpy())
    _usable(matrix.to_numpy(), names[1:], method)
    return _result(decomposition.METHODS[method](matrix.to_numpy()[None])[0], names[1:])


def bootstrap(table, *, outcome, predictors, method="lmg", halo=False, strata=None, clusters=None, draws=999,
              confidence=0.95, seed):  # fmt: skip
    """How far could the shares move if the survey were drawn again?

    Percentile intervals of the draws of `resample.bootstrap`, all at once: the shares need no more than
    the covariance matrix of each draw. With 24 branches the interval of a positive share covers about 91 % (docs/moments.md);
    that of a share that is truly zero never does, since no share is negative: use `probe` there.

    Parameters
    ----------
    table, outcome, predictors
        As for `lmg`.
    method : {"lmg", "johnson"}
        As in the functions of these names.
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
    checks.share(confidence, name="confidence")
    counts = resample.counts(table, strata=strata, clusters=clusters, draws=draws, seed=seed)
    names = [*predictors, "halo"] if halo else predictors
    compute = decomposition.halo_free if halo else decomposition.METHODS[method]
    args = (method,) if halo else ()
    drawn = compute(decomposition.covariances(rows, counts), *args)
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    found = _result(compute(decomposition.covariances(rows, np.ones((1, len(rows)))), *args)[0], names)
    found.insert(1, "n", len(rows))
    return found.assign(low=low, high=high)[["predictor", "n", "estimate", "low", "high", "share"]]


def without_halo(table, *, outcome, predictors, method="lmg"):
    """How much goes with each predictor once the general factor is taken out?

    The factor's score f = x′R⁻¹λ (λ loadings, R correlations; Thurstone's regression score) enters before
    every predictor (the `always` of Grömping 2006), takes r(f, y)², and the predictors share what they add;
    all together sum to R². This is the other extreme, not the truth: `lmg` credits all that is shared to
    the predictors, this credits it to the mood, also what the predictors do alike. So it can rank a
    predictor without effect above one with an average effect; the truth lies between the two.

    Parameters
    ----------
    table, outcome, predictors
        As for `lmg`; three or more predictors.
    method : {"lmg", "johnson"}
        As in the functions of these names.

    Returns
    -------
    DataFrame
        As of `lmg`, and a last row ``"halo"`` (it has no `share` of the predictors' R²).
    """
    _three(predictors)
    rows = _complete(table, outcome, predictors, method)
    found = _result(
        decomposition.halo_free(decomposition.covariances(rows, np.ones((1, len(rows)))), method)[0],
        [*predictors, "halo"],
    )
    found.insert(1, "n", len(rows))
    return found


def stated(named, *, predictors, confidence=0.95):
    """Which touchpoint do people say mattered most?

    Parameters
    ----------
    named : Series
        One touchpoint a person, complete.
    predictors : list of str
        The touchpoints, also those that nobody named; votes for others count in `n` alone.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a touchpoint: `predictor`, `n`, `estimate`, `low`, `high` (`intervals.wilson`).

    Examples
    --------
    >>> stated(pd.Series(["wait", "wait", "desk"]), predictors=["desk", "wait"]).round(2)
      predictor  n  estimate   low  high
    0      desk  3      0.33  0.06  0.79
    1      wait  3      0.67  0.21  0.94
    """
    named = pd.Series(named, dtype=object)
    checks.complete(named.to_frame("named"), name="named")
    checks.rows(named, name="named")
    counts = named.value_counts().reindex(predictors, fill_value=0)
    found = intervals.wilson(counts, n=np.full(len(predictors), len(named)), confidence=confidence)
    return pd.DataFrame({"predictor": list(predictors)}).join(found)


def beside(stated, derived):
    """Put what people say beside what goes with their satisfaction.

    Parameters
    ----------
    stated, derived : DataFrame
        One row a predictor: `predictor`, `estimate`; `derived` has `share` (of R²) too.

    Returns
    -------
    DataFrame
        One row a predictor of both (the halo has no share), by derived importance: `predictor`, `stated`, `derived` (shares that sum to
        one), `rank_stated`, `rank_derived` (1 is the most important).
    """
    checks.columns(stated, ["predictor", "estimate"], name="stated")
    checks.columns(derived, ["predictor", "share"], name="derived")
    table = stated[["predictor", "estimate"]].merge(derived[["predictor", "share"]], on="predictor")
    table = table.set_axis(["predictor", "stated", "derived"], axis="columns").dropna(subset=["derived"])
    ranks = table[["stated", "derived"]].rank(ascending=False, method="min").astype(int)
    return table.join(ranks.add_prefix("rank_")).sort_values("rank_derived", ignore_index=True)


def _from_rows(table, outcome, predictors, method):
    rows = _complete(table, outcome, predictors, method)
    found = _result(decomposition.METHODS[method](np.cov(rows, rowvar=False)[None])[0], predictors)
    found.insert(1, "n", len(rows))
    return found


def _result(shares, predictors):
    """Shares as a table; the halo is no predictor, and has no share of their R²."""
    table = pd.DataFrame({"predictor": list(predictors), "estimate": shares})
    own = table["estimate"].where(table["predictor"] != "halo")
    return table.assign(share=own / own.sum())


def _complete(table, outcome, predictors, method):
    """Outcome and predictors as an array, judged."""
    names = [outcome, *predictors]
    rows = checks.measured(table, names, name="table").to_numpy()
    checks.rows(table, name="table", least=len(names) + 1)
    _usable(np.cov(rows, rowvar=False), predictors, method)
    return rows


def _usable(matrix, predictors, method):
    if method not in decomposition.METHODS:
        raise checks.WrongValue(
            en=f"`method` must be 'lmg' or 'johnson'; it is {method!r}. Choose one of the two.",
            zh=f"`method` 应该是 'lmg' 或 'johnson'；现在是 {method!r}。请从中选一个。",
        )
    k = len(predictors)
    if k < 2 or (method == "lmg" and k > MOST):
        raise checks.WrongValue(
            en=f"LMG needs 2 to {MOST} predictors, since every one more doubles the work; there are {k}. "
            "Choose fewer, or use 'johnson'.",
            zh=f"LMG 需要 2 到 {MOST} 个预测变量（每多一个，计算量翻一倍）；现在有 {k} 个。请少选几个，或改用 'johnson'。",
        )
    spread = np.sqrt(np.diag(matrix))
    if (spread <= 1e-15).any() or np.linalg.matrix_rank(
        matrix[1:, 1:] / np.outer(spread, spread)[1:, 1:]
    ) < k:
        raise checks.WrongValue(
            en="Outcome and predictors must vary, and no predictor may follow from the others; here one does not "
            "vary or follows. Leave it out.",
            zh="结果和预测变量都要有变化，而且任何一个预测变量都不能由其余的推出来；现在有一个没有变化或可以推出。请去掉它。",
        )


def _three(predictors, *, needed=True):
    if needed and len(predictors) < 3:
        en, zh = "One general factor needs three predictors or more.", "一个总体因子至少需要三个预测变量。"
        raise checks.WrongValue(en=en, zh=zh)


def _matrix(matrix):
    if np.abs(matrix - matrix.T).max() > 1e-9 or np.linalg.eigvalsh(matrix).min() < -1e-9 * np.trace(matrix):
        raise checks.WrongValue(
            en="`covariance` must be symmetric and belong to data that can be; it does not. Check the table.",
            zh="`covariance` 应该左右对称，而且真有数据能算出它；现在不是。请核对这张表。",
        )


def general_factor(table, *, predictors):
    """How strongly does each answer hang on one general mood?

    The first principal factor of the correlations: communalities start at the squared multiple
    correlations and are iterated until they stand still. A high general factor may be a halo (one mood
    colours all answers) or a common cause (a good branch is good everywhere): the answers cannot tell.

    Parameters
    ----------
    table : DataFrame
        One row a case, complete.
    predictors : list of str
        Three or more columns.

    Returns
    -------
    DataFrame
        One row a predictor: `predictor`, `n`, `loading` (correlation with the factor), `share` (its square).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> mood = rng.normal(size=4000)
    >>> rows = pd.DataFrame({name: mood + rng.normal(size=4000) for name in "abc"})
    >>> general_factor(rows, predictors=list("abc"))["loading"].round(1).tolist()
    [0.7, 0.7, 0.7]
    """
    _three(predictors)
    rows = _complete(table, predictors[0], predictors[1:], "johnson")
    found = decomposition.correlations(decomposition.covariances(rows, np.ones((1, len(rows)))))
    loading = decomposition.loadings(found)[0]
    return pd.DataFrame(
        {"predictor": list(predictors), "n": len(rows), "loading": loading, "share": loading**2}
    )

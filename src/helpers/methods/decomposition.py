"""R² dealt out to predictors: many correlation matrices at once, as arrays.

Every matrix has the outcome in its first row and column. `importance` speaks to people; this computes.
"""

from math import factorial

import numpy as np

TINY = 1e-10  # keeps a draw solvable in which a predictor happens not to vary
ROUNDS = 200  # of the principal factor, at most


def covariances(rows, counts):
    """Compute the covariance matrix of each draw from how often each row was drawn.

    Parameters
    ----------
    rows : ndarray
        n × k values.
    counts : ndarray
        draws × n whole numbers.

    Returns
    -------
    ndarray
        draws × k × k, divided by n.

    Examples
    --------
    >>> covariances(np.array([[0.0], [2.0]]), np.array([[1, 1], [2, 0]])).ravel()
    array([1., 0.])
    """
    n, k = rows.shape
    centred = rows - rows.mean(axis=0)
    total = counts.sum(axis=1)[:, None]
    means = counts @ centred / total
    products = (centred[:, :, None] * centred[:, None, :]).reshape(n, k * k)
    second = (counts @ products / total).reshape(len(counts), k, k)
    return second - means[:, :, None] * means[:, None, :]


def _correlations(matrices):
    """Turn covariance matrices into correlations.

    Parameters
    ----------
    matrices : ndarray
        draws × k × k.

    Returns
    -------
    ndarray
        draws × k × k; the diagonal is a hair above 1, so that every matrix can be solved.
    """
    variances = np.diagonal(matrices, axis1=1, axis2=2)
    usual = variances.max(axis=0)  # no unit is small: a variance is compared with itself in the other draws
    spread = np.sqrt(np.maximum(variances, TINY * np.where(usual > 0, usual, np.inf)))
    return matrices / (spread[:, :, None] * spread[:, None, :]) + TINY * np.eye(matrices.shape[1])


def lmg(matrices):
    """Deal R² out by LMG: what a predictor adds, averaged over all orders.

    Parameters
    ----------
    matrices : ndarray
        draws × (1 + k) × (1 + k) covariances.

    Returns
    -------
    ndarray
        draws × k shares of the outcome's variance; a row sums to R².

    Examples
    --------
    >>> lmg(np.array([[[1, 0.6, 0.3], [0.6, 1, 0], [0.3, 0, 1]]])).round(4)
    array([[0.36, 0.09]])
    """
    r = _correlations(matrices)
    k = r.shape[1] - 1
    explained = {(): np.zeros(len(r))}
    shares = np.zeros((len(r), k))
    for mask in range(1, 2**k):
        chosen = tuple(j for j in range(k) if mask >> j & 1)
        at = np.array(chosen) + 1
        to = r[:, at, 0]
        slopes = np.linalg.solve(r[:, at[:, None], at], to[:, :, None])[:, :, 0]
        explained[chosen] = (to * slopes).sum(axis=1)
        before = len(chosen) - 1
        weight = factorial(before) * factorial(k - before - 1) / factorial(k)
        for j in chosen:
            others = tuple(i for i in chosen if i != j)
            shares[:, j] += weight * (explained[chosen] - explained[others])
    return shares


def _johnson(matrices):
    """Deal R² out by Johnson's relative weights.

    Parameters
    ----------
    matrices : ndarray
        draws × (1 + k) × (1 + k) covariances.

    Returns
    -------
    ndarray
        draws × k shares of the outcome's variance; a row sums to R².
    """
    r = _correlations(matrices)
    values, vectors = np.linalg.eigh(r[:, 1:, 1:])
    root = vectors * np.sqrt(np.maximum(values, TINY))[:, None, :] @ vectors.transpose(0, 2, 1)
    slopes = np.linalg.solve(root, r[:, 1:, :1])[:, :, 0]
    return (root**2 @ slopes[:, :, None] ** 2)[:, :, 0]


METHODS = {"lmg": lmg, "johnson": _johnson}


def loadings(matrices):
    """Find the first principal factor.

    Parameters
    ----------
    matrices : ndarray
        draws × k × k correlations.

    Returns
    -------
    ndarray
        draws × k loadings, all of them perhaps with the other sign; a communality above .995 is held there.
    """
    common = 1 - 1 / np.diagonal(np.linalg.inv(matrices), axis1=1, axis2=2)
    at = np.arange(matrices.shape[1])
    for _ in range(ROUNDS):
        reduced = matrices.copy()
        reduced[:, at, at] = common
        values, vectors = np.linalg.eigh(reduced)
        found = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1], 0))[:, None]
        before, common = common, np.minimum(found**2, 0.995)
        if np.allclose(common, before, rtol=0, atol=1e-8):
            break
    return np.copysign(np.sqrt(common), found)


def halo_free(matrices, method):
    """Deal R² out after the general factor of the predictors has had its share.

    Parameters
    ----------
    matrices : ndarray
        draws × (1 + k) × (1 + k) covariances.
    method : {"lmg", "johnson"}
        Which way.

    Returns
    -------
    ndarray
        draws × (k + 1) shares: those of the predictors, then that of the factor (formulas in
        `importance.without_halo`).
    """
    r = _correlations(matrices)
    own, factor = r[:, 1:, 0], loadings(r[:, 1:, 1:])
    weights = np.linalg.solve(r[:, 1:, 1:], factor[:, :, None])[:, :, 0]
    # The score x′R⁻¹λ goes with x as λ does; divided by its standard deviation these are correlations.
    spread = np.sqrt((weights * factor).sum(axis=1, keepdims=True))
    line = np.column_stack([(weights * own).sum(axis=1), factor]) / spread
    rest = r - line[:, :, None] * line[:, None, :]
    rest[:, 0, 0] = 1  # shares stay shares of all there is to explain
    return np.column_stack([METHODS[method](rest), line[:, 0] ** 2])

"""Partitions of points: fitted, numbered, compared. Arrays in, arrays out; `segments` speaks of customers."""

from functools import cache

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics.cluster import contingency_matrix
from threadpoolctl import ThreadpoolController


def fitted(points, k, *, seed, starts, weights=None):
    """Fit k-means: Lloyd's steps from k-means++ starts, the best of `starts`.

    Parameters
    ----------
    points : ndarray
        n points × features.
    k : int
        Number of groups.
    seed : int
        Fixes the starts.
    starts : int
        How many are tried.
    weights : ndarray, optional
        How often each point counts.

    Returns
    -------
    sklearn.cluster.KMeans
        Fitted; with fewer groups where fewer points differ.
    """
    k = min(k, len(np.unique(points, axis=0)))
    # A few thousand points are done sooner by one thread: several wait for each other on a busy machine.
    with _threads().limit(limits=1):
        return KMeans(k, n_init=starts, random_state=seed % 2**32).fit(points, sample_weight=weights)


@cache
def _threads():
    """Know the libraries that compute in several threads; finding them takes longer than a small fit."""
    return ThreadpoolController()


def lot(points, sample, rng):
    """Draw at most so many points, without replacement.

    Parameters
    ----------
    points : ndarray
        n points × features.
    sample : int
        The largest number.
    rng : numpy.random.Generator
        Where the lot comes from.

    Returns
    -------
    ndarray
        All points where there are no more than `sample`.
    """
    return points if len(points) <= sample else points[rng.choice(len(points), sample, replace=False)]


def by_size(labels):
    """Number groups from the largest: a label is chance, a size is not.

    Parameters
    ----------
    labels : array-like
        To which group each point belongs.

    Returns
    -------
    ndarray of int
        1 for the largest; of equal sizes the one that comes first.

    Examples
    --------
    >>> by_size([7, 3, 3]).tolist()
    [2, 1, 1]
    """
    codes = pd.Series(pd.factorize(np.asarray(labels))[0])
    order = codes.value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable").index
    return codes.map({code: place for place, code in enumerate(order, start=1)}).to_numpy()


def jaccard(old, new):
    """Give every old group its largest Jaccard similarity |A ∩ B| / |A ∪ B| with a new one.

    Parameters
    ----------
    old, new : array-like
        To which group each point belongs, in the same order; the names of the groups do not matter.

    Returns
    -------
    Series
        One value for each old group, above 0 and at most 1.

    Examples
    --------
    >>> jaccard([1, 1, 1, 2], ["x", "x", "y", "y"]).round(2).to_dict()
    {1: 0.67, 2: 0.5}
    """
    both = contingency_matrix(old, new)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    return pd.Series((both / union).max(axis=1), index=np.unique(np.asarray(old)))


def log_within(points, ks, *, seed, starts):
    """Return the logarithm of the sum of squares within groups, for each number of groups.

    Parameters
    ----------
    points : ndarray
        n points × features.
    ks : iterable of int
        Numbers of groups, 1 or more.
    seed, starts : int
        As for `fitted`.

    Returns
    -------
    ndarray
        One value for each k.
    """
    return np.log([fitted(points, k, seed=seed, starts=starts).inertia_ for k in ks])


def uniform_box(points):
    """Prepare uniform data in the box of the principal components, turned back to the features.

    Parameters
    ----------
    points : ndarray
        n points × features.

    Returns
    -------
    callable
        Takes a generator, gives an array of the same shape.
    """
    middle = points.mean(axis=0)
    axes = np.linalg.svd(points - middle, full_matrices=False)[2]
    turned = (points - middle) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    return lambda rng: rng.uniform(low, high, turned.shape) @ axes + middle

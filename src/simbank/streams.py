"""Random numbers that are the same on every platform: fixed streams, whole numbers only.

Every table of the bank owns a number, whatever tables are made; every chunk of a table owns a stream.
Standard normals are rounded at once to whole thousandths. From there on everything is integer
arithmetic, because the last digit of a floating-point result differs between processors and one
flipped digit beside a cut point would be another answer.
"""

import numpy as np

TABLES = {
    "branches": 1,
    "staff": 2,
    "customers": 3,
    "transactions": 4,
    "journeys": 5,
    "journey_surveys": 6,
    "servqual": 7,
    "comments": 8,
    "complaints": 9,
    "service_weekly": 10,
    "trial_reminder": 11,
    "trial_offer": 12,
    "churn": 13,
    "training": 14,
    "truth": 15,
    "truth_segments": 16,
    "queue_tickets": 17,
    "disconfirmation": 18,
    "echoes": 19,
    "codings": 20,
    "raw_customers": 21,
    "raw_notes": 22,
    "year": 23,
    "tier_changes": 27,
    "training_state": 31,
    "incentives": 32,
}
CHUNK = 10_000
MILLION = 1_000_000
# The stream of what is drawn once a bank, before a table's first chunk.
SETTING = 2**31
# Computed once and rounded to whole numbers far from any half: the same table on every processor.
STEPS = 2**16
EXPONENTIAL = np.rint(-1000 * np.log((np.arange(STEPS)[::-1] + 0.5) / STEPS)).astype(np.int64)
WIDEST = 6000
POWER = np.rint(1000 * np.exp(np.arange(-WIDEST, WIDEST + 1) / 1000)).astype(np.int64)


def generator(seed, table, *, chunk=0):
    """Return the generator that owns one chunk of one table.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    table : str
        A key of ``TABLES``.
    chunk : int
        Which chunk of the table.

    Returns
    -------
    numpy.random.Generator
        The same numbers for the same three arguments, whatever else is drawn.

    Examples
    --------
    >>> first = generator(1, "customers", chunk=0).integers(0, 10, 3)
    >>> again = generator(1, "customers", chunk=0).integers(0, 10, 3)
    >>> (first == again).all()
    np.True_
    """
    return np.random.default_rng(np.random.SeedSequence([seed, TABLES[table], chunk]))


def normals(rng, size):
    """Draw standard normals as whole thousandths.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    size : int or tuple of int
        The shape wanted.

    Returns
    -------
    ndarray of int64
        Mean 0, standard deviation 1000.

    Examples
    --------
    >>> normals(generator(1, "truth"), 3).dtype
    dtype('int64')
    """
    return np.rint(rng.standard_normal(size) * 1000).astype(np.int64)


def happens(rng, chances):
    """Toss one coin for each chance.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    chances : array of int
        Chances per million.

    Returns
    -------
    ndarray of bool
        In the shape of `chances`.

    Examples
    --------
    >>> happens(generator(1, "truth"), np.array([0, 1_000_000]))
    array([False,  True])
    """
    return rng.integers(0, MILLION, size=np.shape(chances)) < chances


def choose(rng, shares):
    """Choose one of k categories in each row.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    shares : array of int, n rows × k categories
        Shares per million; each row sums to a million.

    Returns
    -------
    ndarray of int64
        n numbers from 0 to k − 1.

    Examples
    --------
    >>> choose(generator(1, "truth"), np.array([[0, 1_000_000], [1_000_000, 0]]))
    array([1, 0])
    """
    cuts = np.cumsum(shares, axis=1)[:, :-1]
    return (rng.integers(0, MILLION, size=(len(shares), 1)) >= cuts).sum(axis=1)


def exponentials(rng, size):
    """Draw waiting times of mean one as whole thousandths.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    size : int or tuple of int
        The shape wanted.

    Returns
    -------
    ndarray of int64
        Exponential with mean 1000.

    Examples
    --------
    >>> bool(exponentials(generator(1, "truth"), 5).min() >= 0)
    True
    """
    return EXPONENTIAL[rng.integers(0, STEPS, size, dtype=np.int64)]


def powers(logarithm):
    """Raise e to thousandths, in thousandths.

    Parameters
    ----------
    logarithm : array of int
        Natural logarithms in thousandths; beyond ±6000 they count as ±6000.

    Returns
    -------
    ndarray of int64
        1000 · exp(logarithm / 1000), rounded.

    Examples
    --------
    >>> powers(np.array([0, 693, -693]))
    array([1000, 2000,  500])
    """
    return POWER[np.clip(logarithm, -WIDEST, WIDEST) + WIDEST]


def millionths(weights):
    """Turn weights into shares for `choose`; the last category takes what rounding leaves.

    Parameters
    ----------
    weights : array of int, n rows × k categories
        Not negative; only their proportions within a row count.

    Returns
    -------
    ndarray of int64
        Shares per million; each row sums to a million.

    Examples
    --------
    >>> millionths(np.array([[1, 1, 1]]))
    array([[333333, 333333, 333334]])
    """
    found = weights * MILLION // weights.sum(axis=1, keepdims=True)
    found[:, -1] += MILLION - found.sum(axis=1)
    return found

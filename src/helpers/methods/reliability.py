"""What a questionnaire's items have in common, beyond Cronbach's alpha (which `pingouin` has)."""

import itertools

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import resample

RARE = 0.05  # of the draws: so many may hold an item that does not vary


def htmt(answers, *, dimensions, strata=None, clusters=None, draws=499, confidence=0.95, seed):
    """Do two dimensions measure two things, or one?

    Heterotrait–monotrait ratio (Henseler, Ringle & Sarstedt 2015, *JAMS* 43(1), p. 121), the arithmetic
    variant: the mean correlation between items of different dimensions, divided by the geometric mean of the
    two mean correlations between items of the same one. Near 1, the items of both go together as if they
    were of one dimension. (HTMT2 takes geometric means throughout: the second decimal differs.) Percentile
    interval; not for items that were not turned, which make correlations negative.

    Parameters
    ----------
    answers : DataFrame
        One row a respondent: the items, turned so that a high answer is good, complete.
    dimensions : dict
        Dimension → two or more of its items (columns); two or more dimensions.
    strata, clusters, draws, confidence, seed
        As for `resample.bootstrap`.

    Returns
    -------
    DataFrame
        One row a pair of dimensions: `first`, `second`, `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        If a dimension has one item, an item does not vary, or the items of a dimension do not go together.

    Examples
    --------
    >>> answers = {"a": [1, 2, 3, 4] * 5, "b": [1, 3, 2, 4] * 5, "c": [2, 1, 4, 3] * 5, "d": [1, 2, 4, 3] * 5}
    >>> answers = pd.DataFrame(answers)
    >>> htmt(answers, dimensions={"x": ["a", "b"], "y": ["c", "d"]}, draws=39, seed=1)[["first", "second", "estimate"]]
      first second  estimate
    0     x      y    0.5625
    """
    items = _items(answers, dimensions)
    rows = checks.measured(answers, items, name="answers").to_numpy()
    checks.draws(draws, confidence=confidence)
    where = {name: [items.index(item) for item in own] for name, own in dimensions.items()}
    estimate = _ratios(np.ones(len(rows), dtype=int), rows, where)
    counts = resample.counts(answers, strata=strata, clusters=clusters, draws=draws, seed=seed)
    drawn = np.array([_ratios(count, rows, where) for count in counts])
    if np.isnan(estimate).any() or np.isnan(drawn).mean() > RARE:
        raise wrong("reliability.not_together")
    low, high = np.nanquantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    pairs = pd.DataFrame(itertools.combinations(dimensions, 2), columns=["first", "second"])
    return pairs.assign(n=len(rows), estimate=estimate, low=low, high=high)


def _items(answers, dimensions):
    """The items of all dimensions, if there are two or more of each."""
    checks.frame(answers, name="answers")
    items = [item for own in dimensions.values() for item in own]
    if len(dimensions) < 2 or min(map(len, dimensions.values())) < 2 or len(set(items)) < len(items):
        raise wrong("reliability.dimensions", dimensions=dimensions)
    checks.rows(answers, name="answers", least=4)
    return items


def _ratios(count, rows, where):
    """Each pair's ratio where every row comes so often; missing where the items of one do not go together."""
    if np.ptp(rows[count > 0], axis=0).min() == 0:
        return np.full(len(where) * (len(where) - 1) // 2, np.nan)
    products = np.cov(rows, rowvar=False, fweights=count)
    spread = np.sqrt(np.diag(products))
    together = products / np.outer(spread, spread)
    own = {name: together[np.ix_(at, at)][np.triu_indices(len(at), 1)].mean() for name, at in where.items()}
    ratios = []
    for one, other in itertools.combinations(where, 2):
        sound = own[one] > 0 and own[other] > 0
        across = together[np.ix_(where[one], where[other])].mean()
        ratios.append(across / np.sqrt(own[one] * own[other]) if sound else np.nan)
    return np.array(ratios)


def composite(loadings):
    """How much of a dimension's score is what its items share, and how much of that is its own?

    From standardised loadings. Composite reliability, which is McDonald's omega total of a dimension
    measured by one factor: (Σλ)² / ((Σλ)² + Σ(1 − λ²)); average variance extracted: mean of λ² (Fornell &
    Larcker 1981, *JMR* 18(1), p. 45–46). With the loadings on a general factor as well (Schmid & Leiman 1957),
    omega hierarchical of the dimension's own factor: its part of the score's variance beside the
    general one (Reise 2012, *MBR* 47(5), p. 673).

    Parameters
    ----------
    loadings : DataFrame
        One row an item: `dimension`, `loading` (standardised, on its dimension's factor) and, where there is
        a general factor above, `general`: the part of `loading` that comes from it.

    Returns
    -------
    DataFrame
        One row a dimension: `dimension`, `k` items, `omega`, `ave` and, where `general` was given,
        `omega_general` and `omega_own`, which add up to `omega`.

    Raises
    ------
    ValueError
        If a loading is missing or lies outside −1 … 1.

    Examples
    --------
    >>> composite(pd.DataFrame({"dimension": "x", "loading": [0.8, 0.8], "general": [0.48, 0.48]})).round(4)
      dimension  k   omega   ave  omega_general  omega_own
    0         x  2  0.7805  0.64          0.281     0.4995
    """
    checks.columns(loadings, ["dimension", "loading"], name="loadings")
    named = [name for name in ("loading", "general") if name in loadings]
    values = checks.measured(loadings, named, name="loadings")
    checks.within(values, low=-1, high=1, name="loadings")
    checks.rows(loadings, name="loadings")
    found = []
    for dimension, part in values.groupby(loadings["dimension"], sort=False):
        shared = part["loading"].sum() ** 2
        whole = shared + (1 - part["loading"] ** 2).sum()
        row = {
            "dimension": dimension,
            "k": len(part),
            "omega": shared / whole,
            "ave": (part["loading"] ** 2).mean(),
        }
        if "general" in named:
            general = part["general"].sum() ** 2 / whole
            row |= {"omega_general": general, "omega_own": row["omega"] - general}
        found.append(row)
    return pd.DataFrame(found)

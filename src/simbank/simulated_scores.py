"""Scores and coefficients of complete forms: arithmetic alone, nothing is drawn here."""

import numpy as np
import pandas as pd

from simbank import opinions
from simbank.branches import DIMENSIONS


def scores(forms):
    """Score complete forms: one column a statistic whose mean is wanted.

    Parameters
    ----------
    forms : DataFrame
        As returned by `opinions.form`.

    Returns
    -------
    DataFrame
        Columns (quantity, dimension, item); dimension is "" and item 0 where there is none.
    """
    E, P = turned(forms, "E"), turned(forms, "P")
    e, p = by_dimension(E), by_dimension(P)
    points, adequate = (
        forms[[f"{block}_{d}" for d in DIMENSIONS]].to_numpy() for block in ("points", "adequate")
    )
    gap = p - e
    blocks = {
        "E": e, "P": p, "gap": gap, "negative_share": gap < -1e-9, "adequacy": p - adequate, "superiority": gap,
        "zone_width": e - adequate, "inverted_zone_share": e - adequate < -1e-9, "points": points,
    }  # fmt: skip
    columns = {(name, d, 0): block[:, k] for name, block in blocks.items() for k, d in enumerate(DIMENSIONS)}
    items = {"E": E, "P": P, "gap": P - E, "ceiling_share": E == 7}
    columns |= {(name, "", i): block[:, i - 1] for name, block in items.items() for i in opinions.ITEMS}
    raw = forms[opinions.columns()[:44]].to_numpy()
    columns |= {
        ("overall_gap", "", 0): gap.mean(axis=1),
        ("weighted_gap", "", 0): (points * gap).sum(axis=1) / 100,
        ("servperf", "", 0): p.mean(axis=1),
        ("satisfaction", "", 0): forms["satisfaction"].to_numpy(),
        ("intention", "", 0): forms["intention"].to_numpy(),
        ("straight_liner_share", "", 0): (raw == raw[:, :1]).all(axis=1),
    }
    table = pd.DataFrame(
        {name: np.asarray(values, dtype=float) for name, values in columns.items()}, index=forms.index
    )
    return table.rename_axis(columns=["quantity", "dimension", "item"])


def turned(forms, side):
    """Return the 22 answers of one side of the form with reversed items turned.

    Parameters
    ----------
    forms : DataFrame
        As returned by `opinions.form`.
    side : {"E", "P"}
        Expectations or perceptions.

    Returns
    -------
    ndarray, n respondents × 22 items
        Higher is always better.
    """
    raw = forms[[f"{side}{item}" for item in opinions.ITEMS]].to_numpy()
    return np.where(opinions.REVERSED, 8 - raw, raw)


def by_dimension(answers):
    """Average 22 items into five dimension scores.

    Parameters
    ----------
    answers : ndarray, n respondents × 22 items
        Turned answers.

    Returns
    -------
    ndarray, n respondents × 5 dimensions
        Means of the items.
    """
    return np.column_stack([answers[:, k == opinions.DIMENSION_OF].mean(axis=1) for k in range(5)])


def alpha(covariance):
    """Return Cronbach's alpha of a covariance matrix.

    Parameters
    ----------
    covariance : ndarray, k items × k items
        Of turned answers.

    Returns
    -------
    float
        k / (k − 1) · (1 − trace / sum).

    Examples
    --------
    >>> float(alpha(np.array([[1, 0.5], [0.5, 1]])).round(4))
    0.6667
    """
    k = len(covariance)
    return k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())


def components(values, branch):
    """Split variance into between and within branches (ANOVA, equal numbers in each).

    Parameters
    ----------
    values : ndarray, n respondents × k scores
        The scores.
    branch : ndarray of int
        The branch of each respondent.

    Returns
    -------
    tuple of ndarray
        k variances between and k within branches.
    """
    groups = pd.DataFrame(values).groupby(branch)
    within = groups.var().mean().to_numpy()
    return groups.mean().var().to_numpy() - within / groups.size().mean(), within


def within_slopes(outcome, predictors, branch):
    """Return least-squares slopes within branches."""
    both = pd.DataFrame(np.column_stack([outcome, predictors]))
    centred = (both - both.groupby(branch).transform("mean")).to_numpy()
    return np.linalg.lstsq(centred[:, 1:], centred[:, 0], rcond=None)[0]


def htmt(correlations, first, second):
    """Return the heterotrait–monotrait ratio of two dimensions (arithmetic means of correlations)."""
    one, two = first == opinions.DIMENSION_OF, second == opinions.DIMENSION_OF
    mono = [correlations[np.ix_(own, own)][np.triu_indices(own.sum(), 1)].mean() for own in (one, two)]
    return correlations[np.ix_(one, two)].mean() / np.sqrt(mono[0] * mono[1])

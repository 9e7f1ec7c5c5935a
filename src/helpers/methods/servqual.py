"""SERVQUAL: how far a service is from what its customers expect.

Dimensions, the gap P − E and the 100 importance points follow Parasuraman, Zeithaml & Berry (1988,
1991); performance-only scores follow Cronin & Taylor (1992). The items are the course's own.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import WrongKind, wrong
from helpers.methods import intervals, scales


def scores(answers, *, codebook, needed=0.8):
    """Score every respondent on every dimension: what was expected, what was perceived.

    Parameters
    ----------
    answers : DataFrame
        One row a respondent: `respondent`, `branch`, items ``P1 …`` and, where asked, ``E1 …``.
    codebook : Codebook
        The bank (``Bank("folder")`` of `helpers.bank.bank`), or another codebook. Says which items belong to which dimension, which are reversed, and the scale.
    needed : float
        The share of a dimension's items that must be answered (`scales.score`).

    Returns
    -------
    DataFrame
        One row a respondent and dimension: `respondent`, `branch`, `dimension`, `perceived` and, where
        expectations were asked, `expected` and ``gap = perceived - expected``; missing where too few
        items were answered. Drop those rows in sight before going on.

    Raises
    ------
    ValueError
        If a column is missing, or an answer is off the scale.
    """
    checks.columns(answers, ["respondent", "branch"], name="answers")
    _known(codebook)
    forms = {"perceived": "P", "expected": "E"}
    if not any(f"E{number}" in answers for numbers in codebook.dimensions.values() for number in numbers):
        del forms["expected"]
    parts = []
    for dimension in codebook.dimensions:
        part = answers[["respondent", "branch"]].assign(dimension=dimension)
        for name, letter in forms.items():
            marks = _marks(answers, codebook.items(dimension, letter), codebook=codebook)
            part[name] = scales.score(marks, needed=needed)
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    return table.assign(gap=table["perceived"] - table["expected"]) if "expected" in forms else table


def _known(codebook):
    """Refuse a path, a dictionary or nothing in the place of a codebook."""
    if not hasattr(codebook, "dimensions"):
        raise wrong("servqual.codebook", WrongKind, came=type(codebook).__name__)


def _marks(answers, items, *, codebook):
    checks.columns(answers, items, name="answers")
    low, high = codebook.scale
    return scales.keyed(
        answers[items], reverse=codebook.reverse, low=low, high=high, dont_know=codebook.dont_know
    )


def gaps(scores, *, population="this_bank", confidence=0.95):
    """How far is the service from what customers expect, dimension by dimension?

    Gap = P − E, each branch counted the same, with the interval of `intervals.mean`: with a single
    branch this is the paired t interval.

    Parameters
    ----------
    scores : DataFrame
        One row a respondent and dimension: `branch`, `dimension`, `expected`, `perceived`, `gap`, complete.
    population : {"this_bank", "process"}
        Whom the interval speaks of.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a dimension: `dimension`, `n`, `expected`, `perceived`, `gap`, `sd`, `low`, `high`,
        `share_negative` (of respondents, each counted once).

    Raises
    ------
    ValueError
        If a value is missing, a gap is not P − E, or a branch has fewer than two respondents.

    Examples
    --------
    >>> rows = pd.DataFrame({"branch": "B01", "dimension": "empathy", "expected": [6.0, 7, 6, 7],
    ...                      "perceived": [5.0, 6, 6, 5]})
    >>> gaps(rows.assign(gap=rows.perceived - rows.expected)).round(2)
      dimension  n  expected  perceived  gap    sd   low  high  share_negative
    0   empathy  4       6.5        5.5 -1.0  0.82 -2.3   0.3            0.75
    """
    checks.columns(scores, ["branch", "dimension"], name="scores")
    checks.complete(scores[["branch", "dimension"]], name="scores")
    scores = checks.read_numbers(scores, ["expected", "perceived", "gap"], name="scores")
    checks.rows(scores, name="scores")
    of_both = scores["perceived"] - scores["expected"]
    rounding = 1e-6 * scores[["expected", "perceived"]].abs().to_numpy().max()
    if (other := (scores["gap"] - of_both).abs() > rounding).any():
        row = other.idxmax()
        raise wrong(
            "servqual.gap",
            row=row,
            gap=float(scores["gap"][other].iloc[0]),
            right=float(of_both[other].iloc[0]),
        )
    found = intervals.mean(scores, "gap", by="dimension", population=population, confidence=confidence)
    of_branches = scores.groupby(["dimension", "branch"])[["expected", "perceived"]].mean()
    dimensions = scores.assign(negative=scores["gap"] < 0).groupby("dimension")
    return (
        found.rename(columns={"estimate": "gap"})
        .join(of_branches.groupby("dimension").mean(), on="dimension")
        .join(dimensions.agg(sd=("gap", "std"), share_negative=("negative", "mean")), on="dimension")
    )[["dimension", "n", "expected", "perceived", "gap", "sd", "low", "high", "share_negative"]]


def items(answers, *, dimension, codebook, confidence=0.95):
    """Which questions of a dimension fall furthest short?

    Parameters
    ----------
    answers : DataFrame
        One row a respondent: `branch`, and the dimension's items in both forms.
    dimension : str
        For instance ``"reliability"``.
    codebook : Codebook
        The bank (``Bank("folder")`` of `helpers.bank.bank`), or another codebook. Says which items these are, which are reversed, and the scale.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row an item, reverse-worded ones turned: `item` (its perception column), `n` (who answered both forms), `expected`,
        `perceived`, `gap`, `sd`, `low`, `high`, `share_negative`.

    Raises
    ------
    ValueError
        If a column is missing, or an answer is off the scale.
    """
    _known(codebook)
    checks.columns(answers, ["branch"], name="answers")
    parts = []
    for e, p in zip(codebook.items(dimension, "E"), codebook.items(dimension), strict=True):
        pairs = _marks(answers, [e, p], codebook=codebook).set_axis(["expected", "perceived"], axis="columns")
        pairs = pairs.assign(
            branch=answers["branch"], gap=pairs["perceived"] - pairs["expected"], dimension=p
        )
        parts.append(gaps(pairs.dropna(), confidence=confidence))
    return pd.concat(parts, ignore_index=True).rename(columns={"dimension": "item"})


def performance(scores, *, population="this_bank", confidence=0.95):
    """How good is the service as perceived, dimension by dimension, expectations left aside?

    The performance-only score (SERVPERF; Cronin & Taylor 1992), to be shown beside P − E.

    Parameters
    ----------
    scores : DataFrame
        One row a respondent and dimension: `branch`, `dimension`, `perceived`, complete.
    population : {"this_bank", "process"}
        Whom the interval speaks of.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a dimension: `dimension`, `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        As `intervals.mean` does.
    """
    checks.columns(scores, ["branch", "dimension", "perceived"], name="scores")
    checks.complete(scores[["branch", "dimension"]], name="scores")
    checks.rows(scores, name="scores")
    return intervals.mean(scores, "perceived", by="dimension", population=population, confidence=confidence)


def overall(scores, *, column="gap", points=None):
    """Give each respondent one figure over all dimensions.

    Unweighted: the mean of the dimensions. Weighted: Σ w_d · gap_d / Σ w_d with the respondent's own
    points (100 in the original form; Parasuraman, Zeithaml & Berry 1991). A respondent without a score
    on some dimension has no overall figure and is not in the result.

    Parameters
    ----------
    scores : DataFrame
        One row a respondent and dimension: `respondent`, `branch`, `dimension` and the column, complete.
    column : str
        ``"gap"``, or ``"perceived"`` for the performance-only score.
    points : DataFrame, optional
        One row a respondent, `respondent` and ``points_<dimension>`` for every dimension.

    Returns
    -------
    DataFrame
        One row a respondent: `respondent`, `branch`, `overall`; average it with `intervals.mean`.

    Raises
    ------
    ValueError
        If a column is missing, or the points of a respondent are missing or sum to zero.

    Examples
    --------
    >>> rows = pd.DataFrame({"respondent": ["R1", "R1"], "branch": ["B01", "B01"],
    ...                      "dimension": ["tangibles", "empathy"], "gap": [0.0, -1.0]})
    >>> overall(rows)
      respondent branch  overall
    0         R1    B01     -0.5
    >>> overall(rows, points=pd.DataFrame({"respondent": ["R1"], "points_tangibles": [20],
    ...                                    "points_empathy": [80]}))
      respondent branch  overall
    0         R1    B01     -0.8
    """
    checks.columns(scores, ["respondent", "branch", "dimension", column], name="scores")
    checks.complete(scores[["respondent", "branch", "dimension"]], name="scores")
    scores = checks.read_numbers(scores, [column], name="scores", gaps=True)
    if scores.duplicated(["respondent", "dimension"]).any():
        raise wrong("servqual.respondent_twice")
    wide = scores.pivot(index=["respondent", "branch"], columns="dimension", values=column).dropna()
    if points is None:
        figure = wide.mean(axis=1)
    else:
        weights = _weights(points, wide)
        figure = (wide * weights).sum(axis=1) / weights.sum(axis=1)
    return figure.rename("overall").reset_index()


def _weights(points, wide):
    """Each respondent's points, in the rows and columns of `wide`."""
    columns = [f"points_{dimension}" for dimension in wide.columns]
    checks.once(points, "respondent", name="points")
    checks.one_kind("respondent", scores=wide.reset_index(), points=points)
    points = checks.read_numbers(points, columns, name="points", gaps=True)
    checks.within(points[columns], low=0, high=np.inf, name="points")
    weights = points.set_index("respondent")[columns].reindex(wide.index.get_level_values("respondent"))
    checks.complete(weights, name="points")
    empty = weights.sum(axis=1) <= 0
    if empty.any():
        who = empty.idxmax()
        raise wrong("servqual.points", who=who)
    return weights.set_axis(wide.index).set_axis(wide.columns, axis="columns")

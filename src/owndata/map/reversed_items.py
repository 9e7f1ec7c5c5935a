"""Which items go against the others: all at once, each against the mean of the rest."""

import numpy as np
import pandas as pd

from owndata.map import answer_words

AGAINST, CLEARLY = -0.1, -0.3  # correlation with the rest
SURE, CHANCE = 3.0, 2.0  # times its standard error
ENOUGH = 50  # answers from which no relation is one
SAME = 0.9  # share of one answer above which a column says nothing about its relation to others


def numbers(cells, listed):
    """Turn the answers of one column into numbers.

    Parameters
    ----------
    cells : array of str
        Its cells.
    listed : dict
        The table of its words.

    Returns
    -------
    array of float
        NaN where there is no answer, or nobody said which number.
    """
    table = {word: value for word, value in listed.items() if value != "?"}
    # A dictionary, not a Series: there may be thousands of columns of few answers.
    worth = {cell: _worth(answer_words.one(cell, table)) for cell in set(cells)}
    return np.array([worth[cell] for cell in cells], dtype=float)


def _worth(read):
    return float(pd.to_numeric(read or "nan", errors="coerce"))


def with_the_rest(marks):
    """Correlate each line with the mean of all others.

    Parameters
    ----------
    marks : array
        One line an item, one column a respondent; NaN where not answered.

    Returns
    -------
    tuple of (array, array)
        The correlations, NaN where one of the two does not vary; and from how many answers.
    """
    there = ~np.isnan(marks)
    filled = np.where(there, marks, 0.0)
    n = there.sum(axis=0) - there
    rest = np.where(there & (n > 0), (filled.sum(axis=0) - filled) / np.maximum(n, 1), np.nan)
    return correlations(marks, rest)


def correlations(marks, rest):
    """Correlate lines with lines, over the places where both are there.

    Parameters
    ----------
    marks, rest : array
        Lines of the same length.

    Returns
    -------
    tuple of (array, array)
        As `with_the_rest`.
    """
    both = np.where(np.isnan(rest), np.nan, marks)
    rest = np.where(np.isnan(both), np.nan, rest)
    with np.errstate(invalid="ignore", divide="ignore"):
        n = (~np.isnan(rest)).sum(axis=1)
        count = np.maximum(n[:, None], 1)
        x, y = (side - np.nansum(side, axis=1, keepdims=True) / count for side in (both, rest))
        spread = np.nansum(x * x, axis=1) * np.nansum(y * y, axis=1)
        r = np.where(spread > 1e-12, np.nansum(x * y, axis=1) / np.sqrt(spread), np.nan)
    return r, n


def against(r, n):
    """Tell which correlations are below zero beyond chance.

    Parameters
    ----------
    r, n : array
        Correlations, and from how many answers.

    Returns
    -------
    array of str
        ``"clearly"``, ``"slightly"`` or ``""`` for each.
    """
    sure = (r < AGAINST) & (r * np.sqrt(np.maximum(n, 1)) < -SURE)
    return np.where(sure & (r < CLEARLY), "clearly", np.where(sure, "slightly", ""))


def flat(marks):
    """Tell which lines hardly vary: where nearly everybody gave the same step, no relation can show.

    Parameters
    ----------
    marks : array
        As for `with_the_rest`.

    Returns
    -------
    array of bool
    """
    often = [np.unique(line[~np.isnan(line)], return_counts=True)[1] for line in marks]
    return np.array([n.size > 0 and n.max() > SAME * n.sum() for n in often], dtype=bool)


def unrelated(r, n):
    """Tell which correlations are next to nothing, or not told from chance; what is clear is so for few answers, too.

    Parameters
    ----------
    r, n : array
        As for `against`.

    Returns
    -------
    array of bool
    """
    chance = CHANCE / np.sqrt(np.maximum(n, 1))
    return (np.abs(r) < np.clip(chance, -AGAINST, -CLEARLY)) & (n >= ENOUGH)

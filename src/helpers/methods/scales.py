"""From answers to scores: reverse-worded items turned, "don't know" set apart, a stated missing rule."""

from math import ceil

from helpers.bank import checks
from helpers.bank.language import wrong


def keyed(answers, *, reverse=(), low=1, high=7, dont_know=None):
    """Turn every item so that a high answer is good, and set "don't know" apart.

    Parameters
    ----------
    answers : DataFrame
        n respondents × k items, answers from `low` to `high`, empty where not answered.
    reverse : list of str
        Items whose wording is reversed: agreeing means bad service. Others than those of `answers`
        are ignored, so that one list serves all forms of a survey.
    low, high : int
        The ends of the answer scale.
    dont_know : int, optional
        A code that means "I cannot say"; it is not a mark and becomes missing.

    Returns
    -------
    DataFrame
        n × k, float; a reversed answer x has become ``low + high - x``.

    Raises
    ------
    ValueError
        If an answer is not a number or lies off the scale.

    Examples
    --------
    >>> import pandas as pd
    >>> keyed(pd.DataFrame({"P1": [6, 9], "P2": [2, 7]}), reverse=["P2"], dont_know=9)
        P1   P2
    0  6.0  6.0
    1  NaN  1.0
    """
    checks.frame(answers, name="answers")
    checks.columns(answers, answers.columns, name="answers")
    checks.number(low, name="low")
    checks.number(high, name="high", above=low)
    marks = checks.read_numbers(answers, list(answers), name="answers", gaps=True)
    # A column of text or of Arrow that is compared with nothing has nothing left.
    if dont_know is not None:
        marks = marks.where(marks != dont_know)
    checks.within(marks, low=low, high=high, name="answers")
    marks = marks.astype(float)
    turned = [item for item in marks.columns if item in set(reverse)]
    marks[turned] = low + high - marks[turned]
    return marks


def score(marks, *, needed=0.8):
    """Score each respondent by the mean of the items answered.

    The one function of this package that takes missing values, by a stated rule: a respondent who
    answered fewer than `needed` of the items has no score. (The mean of the answered items replaces
    what is missing by the respondent's own mean; it is biased where hard items are the ones left out.)

    Parameters
    ----------
    marks : DataFrame
        n respondents × k items, already `keyed`.
    needed : float
        The share of items that must be answered, above 0, at most 1.

    Returns
    -------
    Series
        n scores on the scale of the items, missing where too few were answered.

    Raises
    ------
    ValueError
        If there is no item, or `needed` is not a share.

    Examples
    --------
    >>> import pandas as pd
    >>> score(pd.DataFrame({"P1": [6, 6], "P2": [7, None]})).tolist()
    [6.5, nan]
    """
    checks.frame(marks, name="marks")
    marks = checks.read_numbers(marks, list(marks), name="marks", gaps=True)
    if marks.shape[1] == 0 or not isinstance(needed, (int, float)) or not 0 < needed <= 1:
        raise wrong("scales.items_and_needed", items=marks.shape[1], needed=needed)
    # Rounded first: 0.8 × 5 is 4 in arithmetic but may be 4.000…1 in floating point.
    fewest = ceil(round(needed * marks.shape[1], 9))
    return marks.mean(axis=1).where(marks.count(axis=1) >= fewest)

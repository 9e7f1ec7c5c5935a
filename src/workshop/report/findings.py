"""What a branch's report says in numbers: dimensions, questions to fix first, the other branches beside it.

What must not be published is left out before anything is computed (`disclosure`): small branches enter no figure.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.bank import data as banks
from helpers.bank.language import pick
from helpers.methods import intervals, scales, servqual
from owndata.map import small_groups
from workshop.report import disclosure, report_register


@dataclass(frozen=True)
class Survey:
    """One wave of a survey, scored once for all branches.

    Attributes
    ----------
    scores : DataFrame
        One row a respondent of a branch shown and dimension (`servqual.scores`), complete; `value` is the gap,
        or where nobody asked for expectations the perception.
    items : DataFrame
        The same for single questions that may be published; `dimension` holds the question's perception column.
    gaps : bool
        Whether expectations were asked.
    wave : int or None
        The last wave, where there are waves.
    answered : Series
        Branch and number of respondents, before incomplete answers were dropped.
    response : float or None
        The share of those invited who answered, where that is known.
    hidden : list of str
        Branches that are too small to be shown, and those that are hidden with them.
    questions : dict
        Question and wording, in the reader's language.
    sketch : frozenset of int
        What the register knows the survey by.
    """

    scores: pd.DataFrame
    items: pd.DataFrame
    gaps: bool
    wave: int | None
    answered: pd.Series
    response: float | None
    hidden: list
    questions: dict
    sketch: frozenset

    @property
    def shown(self):
        """The branches that get a report, in order of their ids."""
        return [branch for branch in sorted(self.answered.index) if branch not in self.hidden]


def read(data, *, smallest=small_groups.SMALLEST):
    """Read the last wave of a survey and score it.

    Parameters
    ----------
    data : str or Path
        The bank.
    smallest : int
        How many people of a branch must have answered in every dimension for it to be shown.

    Returns
    -------
    Survey
        Everything that the reports are made from.

    Raises
    ------
    WrongValue
        If the bank has no survey, or no branch is large enough.
    """
    book = banks.codebook(data)
    rows = banks.load(data, book.survey["name"])  # says so where there is no survey
    wave = int(rows["wave"].max()) if "wave" in rows else None
    rows = rows if wave is None else rows[rows["wave"] == wave]
    return score(rows, book, wave=wave, smallest=smallest)


def score(rows, book, *, wave=None, smallest=small_groups.SMALLEST):
    """Score one wave, and leave out what must not be published.

    Parameters
    ----------
    rows : DataFrame
        The answers of one wave.
    book : Codebook
        Of the bank.
    wave : int, optional
        Which wave.
    smallest : int
        As for `read`.

    Returns
    -------
    Survey
        Everything that the reports are made from.

    Raises
    ------
    WrongValue
        If no branch is large enough.
    """
    gaps = all(f"E{number}" in rows for numbers in book.dimensions.values() for number in numbers)
    asked = [column for column in rows if column[0] in "EP" and column[1:].isdigit()]
    given = rows if gaps else rows.drop(columns=[column for column in asked if column[0] == "E"])
    scores = _valued(servqual.scores(given, codebook=book))
    items = _valued(_items(given, book, gaps=gaps))
    answered = rows.groupby("branch").size()
    hidden = disclosure.hidden(scores, branches=answered.index, smallest=smallest)
    told = disclosure.questions(scores, items, book=book, hidden=hidden, smallest=smallest)
    scores, items = (table[~table["branch"].isin(hidden)] for table in (scores, items))
    items = items[items["dimension"].isin(told)]
    sketch = report_register.sketch(rows[asked])
    return Survey(scores, items, gaps, wave, answered, _response(rows, book), hidden, _wordings(book), sketch)


def dimensions(survey, branch, *, confidence=0.95):
    """How does a branch stand on each dimension, and where does it differ from the others?

    The interval of the difference is put together from the two intervals, which are independent (MOVER;
    Zou & Donner 2008, *Statistics in Medicine* 27, 1693–1702). It holds together with those of all branches and
    dimensions (Bonferroni): where no branch differs, at most 1 − `confidence` of all surveys call any branch different.

    Parameters
    ----------
    survey : Survey
        From `read`.
    branch : str
        A branch that is shown.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a dimension: `dimension`, `n`, `expected` and `perceived` (where asked), `estimate`, `low`,
        `high`, `others` (mean of the other branches), `difference`, `difference_low`, `difference_high`.
    """
    return _beside(
        survey.scores, branch, gaps=survey.gaps, confidence=confidence, together=comparisons(survey)
    )


def comparisons(survey):
    """How many comparisons do all reports make together?

    Parameters
    ----------
    survey : Survey
        From `read`.

    Returns
    -------
    int
        Branches shown times dimensions.
    """
    return len(survey.shown) * survey.scores["dimension"].nunique()


def questions(survey, branch, *, most=5, confidence=0.95):
    """Which questions should a branch look at first?

    Parameters
    ----------
    survey, branch, confidence
        As for `dimensions`.
    most : int
        How many.

    Returns
    -------
    DataFrame
        As `dimensions`, `dimension` being the question's column; the widest gaps (or lowest marks) first. Empty
        where no single question may be published.
    """
    if survey.items.empty:
        return dimensions(survey, branch).head(0)
    table = _beside(survey.items, branch, gaps=survey.gaps, confidence=confidence)
    return table.sort_values("estimate", kind="stable").head(most).reset_index(drop=True)


def overall(survey, branch=None, *, confidence=0.95):
    """One figure over all dimensions, for a branch or for the branches shown: the mean of their dimensions' means.

    It is made of the published means alone. A mean over those who answered every dimension would, beside the
    others, leave the answers of the few who did not.

    Parameters
    ----------
    survey, confidence
        As for `dimensions`.
    branch : str, optional
        A branch; all that are shown otherwise, each counted the same.

    Returns
    -------
    Series
        `n`, `estimate`, `low`, `high`.
    """
    rows = survey.scores if branch is None else survey.scores[survey.scores["branch"] == branch]
    people = pd.concat([_influence(part).assign(branch=name) for name, part in rows.groupby("branch")])
    return intervals.mean(people, "overall", confidence=confidence).iloc[0]


def _influence(rows):
    """What each respondent adds to the mean of the dimensions' means: their average is it, their spread its error."""
    wide = rows.pivot(index="respondent", columns="dimension", values="value")
    means = wide.mean()
    away = ((wide - means) / wide.count()).sum(axis=1) * len(wide) / wide.shape[1]
    return (means.mean() + away).rename("overall").reset_index()


def _valued(scores):
    """Complete rows, with what the report speaks of as `value`."""
    scores = scores.dropna()
    return scores.assign(value=scores["gap"] if "gap" in scores else scores["perceived"])


def _wordings(book):
    """What each question says, reverse-worded ones marked."""
    asked = pd.concat([book.questions(dimension) for dimension in book.dimensions]).set_index("item")[
        "wording_P"
    ]
    mark = pick(en=" (reverse-worded)", zh="（反向题）")
    return {item: text + (mark if item in book.reverse else "") for item, text in asked.items()}


def _items(rows, book, *, gaps):
    """Every question scored as if it were a dimension of its own."""
    low, high = book.scale
    parts = []
    for dimension in book.dimensions:
        for e, p in zip(book.items(dimension, "E"), book.items(dimension), strict=True):
            asked = [e, p] if gaps else [p]
            marks = scales.keyed(
                rows[asked], reverse=book.reverse, low=low, high=high, dont_know=book.dont_know
            )
            part = rows[["respondent", "branch"]].assign(dimension=p, perceived=marks[p])
            parts.append(part.assign(expected=marks[e], gap=marks[p] - marks[e]) if gaps else part)
    return pd.concat(parts, ignore_index=True)


def _beside(rows, branch, *, gaps, confidence, together=1):
    """A branch's figures with those of all the others, one row a dimension (or question)."""
    own = rows[rows["branch"] == branch]
    mine = _figures(own, gaps=gaps, confidence=confidence)
    rest = rows[rows["branch"] != branch]
    if rest.empty:
        return mine.assign(others=np.nan, difference=np.nan, difference_low=np.nan, difference_high=np.nan)
    wider = 1 - (1 - confidence) / together
    others = _figures(rest, gaps=gaps, confidence=wider).set_index("dimension").loc[mine["dimension"]]
    others = others.reset_index(drop=True)
    wide = mine if together == 1 else _figures(own, gaps=gaps, confidence=wider)
    difference = mine["estimate"] - others["estimate"]
    down = np.hypot(mine["estimate"] - wide["low"], others["high"] - others["estimate"])
    up = np.hypot(wide["high"] - mine["estimate"], others["estimate"] - others["low"])
    return mine.assign(
        others=others["estimate"],
        difference=difference,
        difference_low=difference - down,
        difference_high=difference + up,
    )


def _figures(rows, *, gaps, confidence):
    if not gaps:
        return servqual.performance(rows, confidence=confidence)
    table = servqual.gaps(rows, confidence=confidence).rename(columns={"gap": "estimate"})
    return table[["dimension", "n", "expected", "perceived", "estimate", "low", "high"]]


def _response(rows, book):
    """The share of those invited who answered; our simulated banks' weights are invited ÷ answered."""
    if not (book.package.get("simulated") and "weight" in rows):
        return None
    return len(rows) / rows["weight"].sum()


def words(gaps):
    """What the figure is called: a gap, or a mark.

    Parameters
    ----------
    gaps : bool
        Whether expectations were asked.

    Returns
    -------
    str
        In the reader's language.
    """
    return pick(en="gap", zh="差距") if gaps else pick(en="mark", zh="得分")

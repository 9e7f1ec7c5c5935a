"""What a branch's report says in numbers: dimensions, questions to mend first, the other branches beside it.

Groups below `smallest` are not shown, and never a single one of them: with one group hidden, the figures of
the bank less those of all the others would give it away (secondary suppression).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from classroom.owndata import small_groups
from helpers.bank import data as banks
from helpers.bank.language import WrongValue, pick
from helpers.methods import scales, servqual


@dataclass(frozen=True)
class Survey:
    """One wave of a survey, scored once for all branches.

    Attributes
    ----------
    scores : DataFrame
        One row a respondent and dimension (`servqual.scores`), complete; `value` is the gap, or where
        nobody asked for expectations the perception.
    items : DataFrame
        The same for single questions; `dimension` holds the question's perception column.
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
    """

    scores: pd.DataFrame
    items: pd.DataFrame
    gaps: bool
    wave: int | None
    answered: pd.Series
    response: float | None
    hidden: list
    questions: dict

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
    dimensions = book.dimensions  # says so where there is no survey
    rows = banks.load(data, "servqual")
    wave = int(rows["wave"].max()) if "wave" in rows else None
    rows = rows if wave is None else banks.only(rows, wave=wave)
    gaps = all(f"E{number}" in rows for numbers in dimensions.values() for number in numbers)
    given = rows if gaps else rows.drop(columns=[c for c in rows if c[0] == "E" and c[1:].isdigit()])
    scores = _valued(servqual.scores(given, codebook=book))
    items = _valued(_items(given, book, gaps=gaps))
    answered = rows.groupby("branch").size()
    hidden = _hidden(scores, answered, smallest=smallest)
    if len(hidden) == len(answered):
        raise WrongValue(
            en=f"No branch has {smallest} complete answers or more, so no report can be shown.",
            zh=f"没有一家网点的完整回答达到 {smallest} 份，不能出报告。",
        )
    items = _large_everywhere(items, hidden=hidden, branches=answered.index, smallest=smallest)
    return Survey(scores, items, gaps, wave, answered, _response(rows, book), hidden, _wordings(book))


def dimensions(survey, branch, *, confidence=0.95):
    """How does a branch stand on each dimension, and where does it differ from the others?

    The interval of the difference is put together from the two intervals, which are independent (MOVER;
    Zou & Donner 2008, *Statistics in Medicine* 27, 1693–1702).

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
    return _beside(survey.scores, branch, gaps=survey.gaps, confidence=confidence)


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
        As `dimensions`, `dimension` being the question's column; the widest gaps (or lowest marks) first.
    """
    table = _beside(survey.items, branch, gaps=survey.gaps, confidence=confidence)
    return table.sort_values("estimate", kind="stable").head(most).reset_index(drop=True)


def overall(survey, branch=None, *, confidence=0.95):
    """One figure over all dimensions, for a branch or for the bank.

    Parameters
    ----------
    survey, confidence
        As for `dimensions`.
    branch : str, optional
        A branch; the bank otherwise, each branch counted the same.

    Returns
    -------
    Series
        `n`, `estimate`, `low`, `high`.
    """
    from helpers.methods import intervals

    rows = survey.scores if branch is None else survey.scores[survey.scores["branch"] == branch]
    people = servqual.overall(rows, column="value")
    people = people[people.groupby("branch")["branch"].transform("size") > 1]
    return intervals.mean(people, "overall", confidence=confidence).iloc[0]


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


def _hidden(scores, answered, *, smallest):
    """Branches with too few people who answered in every dimension, and whom they are hidden with."""
    people = scores.groupby(["branch", "respondent"]).size()
    whole = people[people == scores["dimension"].nunique()].groupby("branch").size()
    fewest = whole.reindex(answered.index, fill_value=0)
    people = pd.Series(np.repeat(fewest.index, fewest.to_numpy()))
    hidden = set(small_groups.small(people, smallest=smallest)) | set(fewest.index[fewest < smallest])
    rest = fewest[~fewest.index.isin(hidden)].sort_values(kind="stable")
    # One alone would be found by subtraction, whatever its size.
    return sorted(hidden | set(rest.index[:1]) if len(hidden) == 1 else hidden)


def _large_everywhere(items, *, hidden, branches, smallest):
    """Only questions that enough people answered in every branch shown: so no cell is found by subtraction."""
    counts = items.groupby(["dimension", "branch"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=branches, fill_value=0).drop(columns=hidden)
    large = counts.index[(counts >= smallest).all(axis=1)]
    return items[items["dimension"].isin(large)]


def _beside(rows, branch, *, gaps, confidence):
    """A branch's figures with those of all the others, one row a dimension (or question)."""
    mine = _figures(rows[rows["branch"] == branch], gaps=gaps, confidence=confidence)
    rest = rows[rows["branch"] != branch]
    # A branch with a single answer has no spread, so it cannot enter an interval.
    rest = rest[rest.groupby(["branch", "dimension"])["value"].transform("size") > 1]
    if rest.empty:
        return mine.assign(others=np.nan, difference=np.nan, difference_low=np.nan, difference_high=np.nan)
    others = _figures(rest, gaps=gaps, confidence=confidence).set_index("dimension").loc[mine["dimension"]]
    others = others.reset_index(drop=True)
    difference = mine["estimate"] - others["estimate"]
    down = np.hypot(mine["estimate"] - mine["low"], others["high"] - others["estimate"])
    up = np.hypot(mine["high"] - mine["estimate"], others["estimate"] - others["low"])
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

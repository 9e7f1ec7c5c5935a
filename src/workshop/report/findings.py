"""What a branch's report says in numbers: dimensions, questions to fix first, the other branches beside it.

What must not be published is left out before anything is computed (`disclosure`): small branches enter no figure.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.bank import data as banks
from helpers.bank.language import pick
from helpers.methods import intervals
from owndata.map import small_groups
from workshop.report import answers, disclosure, report_register

FEW_OFF_AN_END = 10  # answers


@dataclass(frozen=True)
class Survey:
    """One wave of a survey, summed up once for all branches: no answer of anybody is left in it.

    Attributes
    ----------
    scores : DataFrame
        One row a branch shown and dimension (`answers.moments`); the value is the gap, or where nobody asked for expectations
        the perception.
    items : DataFrame
        The same for single questions that may be published; `dimension` holds the question's perception column.
    whole : DataFrame
        One row a branch shown: `mean`, `var` and `count` of what each respondent adds to the mean of all dimensions.
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
    whole: pd.DataFrame
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
    rows = answers.read(data, book)
    return score(rows, book, wave=answers.waves(rows)[-1], smallest=smallest)


def score(rows, book, *, wave=None, smallest=small_groups.SMALLEST):
    """Score one wave, and leave out what must not be published.

    Parameters
    ----------
    rows : DataFrame
        From `answers.read`.
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
    rows = rows if wave is None else rows[rows["wave"] == wave]
    gaps = all(f"E{number}" in rows for numbers in book.dimensions.values() for number in numbers)
    branches, values, scores, items = rows["branch"].astype("category"), {}, [], []
    for dimension in book.dimensions:
        whole, questions = answers.scored(rows, book, dimension, gaps=gaps)
        values[dimension] = whole["value"]
        scores.append(answers.moments(whole, branches, dimension=dimension))
        items += answers.of_questions(questions, whole, branches)
    values, scores, items = pd.DataFrame(values, index=rows.index), pd.concat(scores), pd.concat(items)
    counts = disclosure.counts(values, branches=branches, respondents=rows["respondent"])
    hidden = disclosure.hidden(counts, smallest=smallest, wave=wave)
    told = disclosure.questions(scores, items, book=book, hidden=hidden, smallest=smallest)
    scores, items = (table[~table["branch"].isin(hidden) & (table["count"] > 0)] for table in (scores, items))
    scores, items = _spread(scores), _spread(items[items["dimension"].isin(told)])
    whole = _spread(answers.of_all(values[~branches.isin(hidden)], branches))
    answered = rows.groupby("branch").size()
    sketch = report_register.sketch(rows[answers.asked(rows)])
    response, wordings = _response(rows, book), _wordings(book)
    return Survey(scores, items, whole, gaps, wave, answered, response, hidden, wordings, sketch)


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
    return _beside(survey.scores, branch, confidence=confidence, together=comparisons(survey))


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
    own = figures(survey.items[survey.items["branch"] == branch], confidence=confidence)
    first = own.sort_values("estimate", kind="stable")["dimension"].head(most)
    table = _beside(survey.items[survey.items["dimension"].isin(first)], branch, confidence=confidence)
    return table.set_index("dimension").loc[first].reset_index()


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
    whole = survey.whole if branch is None else survey.whole.loc[[branch]]
    return pd.Series(intervals.of_moments(whole, confidence=confidence))


def _wordings(book):
    """What each question says, reverse-worded ones marked."""
    asked = pd.concat([book.questions(dimension) for dimension in book.dimensions]).set_index("item")[
        "wording_P"
    ]
    mark = pick(en=" (reverse-worded)", zh="（反向题）")
    return {item: text + (mark if item in book.reverse else "") for item, text in asked.items()}


def _beside(rows, branch, *, confidence, together=1):
    """A branch's figures with those of all the others, one row a dimension (or question)."""
    own, rest = rows[rows["branch"] == branch], rows[rows["branch"] != branch]
    mine = figures(own, confidence=confidence)
    if rest.empty:
        return mine.assign(others=np.nan, difference=np.nan, difference_low=np.nan, difference_high=np.nan)
    wider = 1 - (1 - confidence) / together
    others = figures(rest, confidence=wider).set_index("dimension").loc[mine["dimension"]]
    others = others.reset_index(drop=True)
    wide = mine if together == 1 else figures(own, confidence=wider)
    difference = mine["estimate"] - others["estimate"]
    down = np.hypot(mine["estimate"] - wide["low"], others["high"] - others["estimate"])
    up = np.hypot(wide["high"] - mine["estimate"], others["estimate"] - others["low"])
    return mine.assign(
        others=others["estimate"],
        difference=difference,
        difference_low=difference - down,
        difference_high=difference + up,
    )


def figures(rows, *, confidence=0.95):
    """Say how some branches stand together on each dimension, each branch counted the same.

    Parameters
    ----------
    rows : DataFrame
        From `answers.moments`.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a dimension, in the order in which they come: `dimension`, `n`, `expected` and `perceived` (where asked),
        `estimate`, `low`, `high`.
    """
    parts = [name for name in ("expected", "perceived") if "expected" in rows]
    return pd.DataFrame([
        {"dimension": dimension, **part[parts].mean(), **_interval(part.set_index("branch"), confidence)}
        for dimension, part in rows.groupby("dimension", sort=False)
    ])  # fmt: skip


def _interval(rows, confidence):
    """By t; of shares of which fewer than ten answers stand off an end of their scale, with four answers more in all.

    Two at either end (Agresti & Coull 1998, *American Statistician* 52, 119–126), shared out among the branches.
    """
    plain = intervals.of_moments(rows, confidence=confidence)
    if "least" not in rows:
        return plain
    more, ends, count = 2 / len(rows), (rows["least"], rows["most"]), rows["count"]
    if min((count * (rows["mean"] - end).abs()).sum() / 100 for end in ends) >= FEW_OFF_AN_END:
        return plain
    mean = (count * rows["mean"] + more * sum(ends)) / (count + 2 * more)
    squares = (count - 1) * rows["var"] + count * (rows["mean"] - mean) ** 2
    squares += more * sum((end - mean) ** 2 for end in ends)
    with_four = {"mean": mean, "var": squares / (count + 2 * more - 1), "count": count + 2 * more}
    found = intervals.of_moments(pd.DataFrame(with_four), confidence=confidence)
    return plain | {"low": max(found["low"], ends[0].iloc[0]), "high": min(found["high"], ends[1].iloc[0])}


def _spread(table):
    """Answers that are all alike in a branch do not show that everybody there thinks so: it is lent the others' spread."""
    usual = (
        table.groupby("dimension")["var"].transform("mean") if "dimension" in table else table["var"].mean()
    )
    return table.assign(var=table["var"].where(table["var"] > 0, usual))


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

"""The answers of a survey: read in a quarter of the room, scored one dimension at a time, and summed up branch by branch."""

import pandas as pd

from helpers.bank import data as banks
from helpers.methods import scales

ABOUT = ("respondent", "branch", "wave", "weight")  # what a report needs beside the answers


def read(data, book):
    """Read of a survey what its reports need, marks in a quarter of the room where that changes none of them.

    Parameters
    ----------
    data : str or Path
        The bank.
    book : Codebook
        Of the bank.

    Returns
    -------
    DataFrame
        One row a respondent and wave.

    Raises
    ------
    WrongValue
        If the bank has no survey, or a cell is wrong.
    """

    def kept(rows):
        rows = rows[[*(name for name in ABOUT if name in rows), *asked(rows)]]
        return rows.astype({name: "float16" for name in asked(rows) if _fits(rows[name])})

    return banks.load(data, book.survey["name"], kept=kept)  # says so where there is no survey


def asked(rows):
    """List the columns of questions.

    Parameters
    ----------
    rows : DataFrame
        Answers.

    Returns
    -------
    list of str
        ``E1``, ``P1`` …, in the order of the file.
    """
    return [column for column in rows if column[0] in "EP" and column[1:].isdigit()]


def _fits(marks):
    return bool((marks.isna() | (marks == marks.astype("float16"))).all())


def waves(rows):
    """List the waves of a survey.

    Parameters
    ----------
    rows : DataFrame
        From `read`.

    Returns
    -------
    list
        Numbers, the last wave last; None alone where there are no waves.
    """
    return sorted(map(int, rows["wave"].dropna().unique())) if "wave" in rows else [None]


def scored(rows, book, dimension, *, gaps):
    """Score everybody on one dimension, and on each of its questions.

    Parameters
    ----------
    rows : DataFrame
        From `read`.
    book : Codebook
        Of the bank.
    dimension : str
        One of its dimensions.
    gaps : bool
        Whether expectations were asked.

    Returns
    -------
    DataFrame, iterator of tuple
        Of the dimension, and each question with the same: one row a respondent with a score, `value`, `perceived` and, where asked,
        `expected`; the value is the gap, or where nobody asked for expectations the perception.
    """
    marks = _marks(rows, book, dimension, gaps=gaps)
    whole = _valued({form: scales.score(frame) for form, frame in marks.items()})
    single = (
        (one, _valued({form: frame[one] for form, frame in marks.items()})) for one in marks["perceived"]
    )
    return whole, single


def moments(values, branches, *, dimension):
    """Sum up the answers of each branch: its intervals are made of no more.

    Parameters
    ----------
    values : DataFrame
        One row a respondent: `value`, and where it has parts `expected` and `perceived`.
    branches : Series
        The respondents' branches, categories.
    dimension : str
        What the value is of.

    Returns
    -------
    DataFrame
        One row a branch: `dimension`, `branch`, the `mean`, `var` and `count` of its values, and the means of their parts.
    """
    groups = values.groupby(branches, observed=False)
    found = groups.mean().rename(columns={"value": "mean"})
    found = found.assign(var=groups["value"].var(), count=groups["value"].count(), dimension=dimension)
    return found.set_axis(found.index.astype("str")).rename_axis("branch").reset_index()


def of_questions(questions, whole, branches):
    """Sum up the questions of a dimension, as if each were a dimension of its own.

    Parameters
    ----------
    questions : iterator of tuple
        From `scored`.
    whole : DataFrame
        Everybody's score on the dimension.
    branches : Series
        As for `moments`.

    Yields
    ------
    DataFrame
        As `moments`; of those with a score of the dimension `both`, how many answered, and `total`, the sum of their values.
    """
    for question, values in questions:
        both = values["value"].reindex(whole.index).groupby(branches, observed=False)
        found = moments(values, branches, dimension=question)
        yield found.assign(both=both.count().to_numpy(), total=both.sum().to_numpy())


def of_all(values, branches):
    """Sum up the mean of the dimensions' means of each branch.

    Parameters
    ----------
    values : DataFrame
        One row a respondent, one column a dimension; missing where a respondent has no score.
    branches : Series
        As for `moments`.

    Returns
    -------
    DataFrame
        One row a branch: `mean`, `var` and `count` of what its respondents add to it.
    """
    parts = values.groupby(branches, observed=True)
    return pd.DataFrame({branch: _influence(part).agg(["mean", "var", "count"]) for branch, part in parts}).T


def _influence(values):
    """What each respondent adds to the mean of the dimensions' means: their average is it, their spread its error."""
    wide = values.dropna(how="all").dropna(axis="columns", how="all")
    means = wide.mean()
    return means.mean() + ((wide - means) / wide.count()).sum(axis=1) * len(wide) / wide.shape[1]


def _marks(rows, book, dimension, *, gaps):
    """What was perceived, and where asked expected, by each question of a dimension."""
    (low, high), questions, found = book.scale, book.items(dimension), {}
    for form, letter in {"expected": "E", "perceived": "P"}.items() if gaps else [("perceived", "P")]:
        asked = rows[book.items(dimension, letter)]
        marks = scales.keyed(asked, reverse=book.reverse, low=low, high=high, dont_know=book.dont_know)
        found[form] = marks.set_axis(questions, axis="columns")
    return found


def _valued(parts):
    """Complete rows, with what the report speaks of as `value`."""
    found = pd.DataFrame(parts).dropna()
    return found.assign(value=found["perceived"] - found.get("expected", 0.0))

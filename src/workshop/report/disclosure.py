"""What of a survey may be published, so that no figure of a few answers follows from it by adding and subtracting.

Branches below `smallest` are not shown and enter no figure, and as many others are hidden with them as it takes
that the bank's mean, where it is known, less the branches shown gives none away. Of a dimension in which somebody
left a question out, one question stays unpublished: all of them, less the dimension's own figure, would leave the
answers of those few. ``benchmarks/subtraction.py`` tries both by brute force.
"""

import pandas as pd

from helpers.bank.language import Both, wrong
from owndata.map import small_groups


def counts(values, *, branches, respondents):
    """How many answered each dimension, and all of them, in each branch?

    Parameters
    ----------
    values : DataFrame
        One row a respondent, one column a dimension; missing where a respondent has no score.
    branches : Series
        The respondents' branches, categories.
    respondents : Series
        Who they are; nobody who comes twice in a branch counts as having answered all.

    Returns
    -------
    DataFrame
        One row a branch, one column a dimension, and `all`.
    """
    values = values.dropna(axis="columns", how="all")
    twice = pd.DataFrame({"branch": branches, "respondent": respondents}).duplicated(keep=False)
    found = values.groupby(branches, observed=False).count()
    whole = (values.notna().all(axis=1) & ~twice).groupby(branches, observed=False).sum()
    return found.assign(all=whole).set_axis(found.index.astype("str"))


def hidden(counts, *, smallest=small_groups.SMALLEST, wave=None):
    """Which branches are not shown?

    Parameters
    ----------
    counts : DataFrame
        From the function of this name.
    smallest : int
        How many people of a branch must have answered in every dimension for it to be shown.
    wave : int, optional
        The last wave, which alone is reported, for the sentence.

    Returns
    -------
    list of str
        Those with too few, and those that are hidden with them.

    Raises
    ------
    WrongValue
        If that is all of them.
    """
    found = small_groups.hidden(counts, smallest=smallest)
    if len(found) == len(counts):
        last = Both(f" in the last wave ({wave})", f"（只看最后一轮：第 {wave} 轮）")
        raise wrong("workshop.disclosure.hidden", smallest=smallest, wave="" if wave is None else last)
    return found


def questions(scores, items, *, book, hidden, smallest=small_groups.SMALLEST):
    """Which single questions may be published?

    Parameters
    ----------
    scores : DataFrame
        One row a branch and dimension (`answers.moments`).
    items : DataFrame
        The same for single questions, `dimension` holding the question's perception column; and of those with a
        score of its dimension `both`, how many answered it, and `total`, the sum of their values.
    book : Codebook
        Says which questions belong to a dimension.
    hidden : list of str
        Branches that are not shown.
    smallest : int
        How many answers a figure needs.

    Returns
    -------
    set of str
        Perception columns: enough people answered them in every branch shown, they give no hidden branch away,
        and none of them is held back for those who left a question out.
    """
    found = items.pivot(index="branch", columns="dimension", values="count")
    large = found.columns[(found.drop(index=hidden, errors="ignore") >= smallest).all()]
    told = {one for one in large if not small_groups.exposed(found[one], hidden=hidden, smallest=smallest)}
    scores, items = (table[~table["branch"].isin(hidden)] for table in (scores, items))
    for dimension in book.dimensions:
        own = items[items["dimension"].isin(book.items(dimension))]
        told -= _held_back(scores[scores["dimension"] == dimension], own, told, smallest=smallest)
    return told


def _held_back(scores, items, told, *, smallest):
    """Of one dimension, the best question where somebody left one out; all where few answered each."""
    people = items["branch"].map(scores.set_index("branch")["count"])
    if (items["both"] == items["count"]).all() and (items["both"] == people).all():
        return set()  # the dimension is no more than its questions, for everybody
    found = items.groupby("dimension").agg(
        fewest=("both", "min"), both=("both", "sum"), total=("total", "sum")
    )
    large = [one for one in found.index[found["fewest"] >= smallest] if one in told]
    return {(found["total"] / found["both"])[large].idxmax()} if large else set(items["dimension"])

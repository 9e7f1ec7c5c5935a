"""What of a survey may be published, so that no figure of a few answers follows from it by adding and subtracting.

Branches below `smallest` are not shown and enter no figure, and as many others are hidden with them as it takes
that the bank's mean, where it is known, less the branches shown gives none away. Of a dimension in which somebody
left a question out, one question stays unpublished: all of them, less the dimension's own figure, would leave the
answers of those few. ``benchmarks/subtraction.py`` tries both by brute force.
"""

from helpers.bank.language import WrongValue
from owndata.map import small_groups


def counts(scores, *, branches):
    """How many answered each dimension, and all of them, in each branch?

    Parameters
    ----------
    scores : DataFrame
        One row a respondent and dimension, complete: `respondent`, `branch`, `dimension`.
    branches : Index
        All branches, also those nobody of whom answered.

    Returns
    -------
    DataFrame
        One row a branch, one column a dimension, and `all`.
    """
    found = scores.groupby(["branch", "dimension"]).size().unstack(fill_value=0)
    people = scores.groupby(["branch", "respondent"]).size()
    whole = people[people == found.shape[1]].groupby("branch").size()
    return found.assign(all=whole).reindex(branches).fillna(0).astype(int)


def hidden(scores, *, branches, smallest=small_groups.SMALLEST):
    """Which branches are not shown?

    Parameters
    ----------
    scores, branches
        As for `counts`.
    smallest : int
        How many people of a branch must have answered in every dimension for it to be shown.

    Returns
    -------
    list of str
        Those with too few, and those that are hidden with them.

    Raises
    ------
    WrongValue
        If that is all of them.
    """
    found = small_groups.hidden(counts(scores, branches=branches), smallest=smallest)
    if len(found) == len(branches):
        raise WrongValue(
            en=f"No branch has {smallest} complete answers or more, so no report can be shown.",
            zh=f"没有一家网点的完整回答达到 {smallest} 份，不能出报告。",
        )
    return found


def questions(scores, items, *, book, hidden, smallest=small_groups.SMALLEST):
    """Which single questions may be published?

    Parameters
    ----------
    scores : DataFrame
        As for `counts`.
    items : DataFrame
        The same for single questions, `dimension` holding the question's perception column.
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
    found = items.groupby(["branch", "dimension"]).size().unstack(fill_value=0)
    large = found.columns[(found.drop(index=hidden, errors="ignore") >= smallest).all()]
    told = {one for one in large if not small_groups.exposed(found[one], hidden=hidden, smallest=smallest)}
    scores, items = (table[~table["branch"].isin(hidden)] for table in (scores, items))
    for dimension in book.dimensions:
        told -= _held_back(scores[scores["dimension"] == dimension], items, told,
                           own=book.items(dimension), smallest=smallest)  # fmt: skip
    return told


def _held_back(scores, items, told, *, own, smallest):
    """Of one dimension, the best question where somebody left one out; all where few answered each."""
    answers = items[items["dimension"].isin(own)]
    answered = answers.groupby("respondent").size()
    if set(scores["respondent"]) == set(answered.index) and (answered == len(own)).all():
        return set()  # the dimension is no more than its questions, for everybody
    both = answers[answers["respondent"].isin(scores["respondent"])]
    found = both.groupby(["dimension", "branch"]).size().unstack(fill_value=0)
    large = [one for one in found.index[(found >= smallest).all(axis=1)] if one in told]
    return {both.groupby("dimension")["value"].mean()[large].idxmax()} if large else set(own)

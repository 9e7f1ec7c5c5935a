"""Groups too small to be shown: merged into "other", or their figures left blank.

Fewer than ten people in a group can often be guessed one by one. In whatever leaves the machine, groups
below ten are merged; where merging makes no sense, their figures are suppressed, and as many others with them
as it takes until no figure of fewer than ten answers can be computed from what is published.
"""

from itertools import chain, combinations

import numpy as np

SMALLEST = 10
OTHER = "other"


def merged(groups, *, smallest=SMALLEST, other=OTHER):
    """Put the rows of small groups together under one name.

    Parameters
    ----------
    groups : Series
        One row a respondent: the group it belongs to; missing ones stay missing.
    smallest : int
        How many respondents a group needs to be shown on its own.
    other : str
        The name of the merged group.

    Returns
    -------
    Series
        The same rows; where the small groups together are still too few, the next smallest group
        joins them, so that nobody finds them by subtraction.

    Examples
    --------
    >>> import pandas as pd
    >>> found = merged(pd.Series(["a"] * 12 + ["b"] * 4 + ["c"] * 30), smallest=10)
    >>> found.value_counts().to_dict()
    {'c': 30, 'other': 16}
    """
    joined = few(groups.value_counts(), smallest=smallest)
    return groups.where(~groups.isin(joined), other)


def few(counts, *, smallest=SMALLEST):
    """List the groups that `merged` puts together.

    Parameters
    ----------
    counts : Series
        Group → how many respondents.
    smallest : int
        As for `merged`.

    Returns
    -------
    list
        Group names, smallest first; empty where every group is large enough.

    Examples
    --------
    >>> import pandas as pd
    >>> few(pd.Series({"a": 12, "b": 4, "c": 30}), smallest=10)
    ['b', 'a']
    """
    counts = counts.sort_index().sort_values(kind="stable")
    found = list(counts.index[counts < smallest])
    while found and counts[found].sum() < smallest and len(found) < len(counts):
        found.append(counts.index[len(found)])
    return found


def hidden(counts, *, smallest=SMALLEST):
    """Which groups must be hidden, so that nobody finds a small one by subtraction?

    The figures of every group shown are taken as published, and so is the mean of all groups, each counted the
    same; a group with a single answer enters no mean (it has no spread). Rounding is taken as no protection.

    Parameters
    ----------
    counts : DataFrame
        One row a group, one column a figure (a dimension, a question): how many answers it rests on.
    smallest : int
        How many answers a figure needs.

    Returns
    -------
    list
        The groups below `smallest` anywhere, and the smallest of the others that are hidden with them.

    Examples
    --------
    The single answer of ``e`` enters no mean, so it cannot hide ``d``:

    >>> import pandas as pd
    >>> hidden(pd.DataFrame({"empathy": [40, 30, 25, 9, 1]}, index=list("abcde")))
    ['c', 'd', 'e']
    """
    fewest = counts.min(axis=1).sort_index().sort_values(kind="stable")
    found = list(fewest.index[fewest < smallest])
    while len(found) < len(fewest) and any(
        exposed(counts[figure], hidden=found, smallest=smallest) for figure in counts
    ):
        found.append(fewest.index[len(found)])
    return sorted(found)


def exposed(counts, *, hidden, smallest=SMALLEST):
    """Can fewer than `smallest` answers be told apart, once these groups are hidden?

    Parameters
    ----------
    counts : Series
        Group → number of answers.
    hidden : list
        Groups that are not shown.
    smallest : int
        How many answers a figure needs.

    Returns
    -------
    bool
        Whether shown figures and the mean of all groups give such a figure away.
    """
    entering = counts[counts > 1]
    shown = np.eye(len(entering))[~entering.index.isin(hidden)]
    return bool(recoverable([*shown, np.ones(len(entering))], entering.to_numpy(), smallest=smallest))


def recoverable(published, counts, *, smallest=SMALLEST):
    """Which groups of fewer than `smallest` answers have a figure that follows from what is published?

    Published figures are sums of the groups' own; anyone who holds them can form every linear combination. One that
    holds small groups alone gives them away: it exists where leaving their columns out lowers the rank.

    Parameters
    ----------
    published : array, figures × groups
        The weight of each group in each figure.
    counts : array
        The number of answers of each group.
    smallest : int
        How many answers a figure needs.

    Returns
    -------
    list of list of int
        Positions of groups that are found out together; empty where nothing is.

    Examples
    --------
    Of groups with 30, 9 and 4 answers the first is shown, and the mean of all three:

    >>> recoverable([[1, 0, 0], [1, 1, 1]], [30, 9, 4])
    []
    >>> recoverable([[1, 0, 0], [1, 1, 0]], [30, 9, 4])
    [[1]]
    """
    published, counts = np.atleast_2d(np.asarray(published, dtype=float)), np.asarray(counts)
    bundles = [bundle for bundle in _bundles(published) if counts[bundle].sum() < smallest]
    rank, found = np.linalg.matrix_rank(published), []
    for size in range(1, len(bundles) + 1):
        for some in combinations(bundles, size):
            groups = list(chain(*some))
            if counts[groups].sum() < smallest and _rank_without(published, groups) < rank:
                found.append(sorted(map(int, groups)))
    return found


def _bundles(published):
    """Groups that no combination tells apart, because their columns are multiples of each other."""
    found = []
    for group in np.flatnonzero(published.any(axis=0)):
        for bundle in found:
            if np.linalg.matrix_rank(published[:, [bundle[0], group]]) == 1:
                bundle.append(group)
                break
        else:
            found.append([group])
    return found


def _rank_without(published, groups):
    rest = np.delete(published, groups, axis=1)
    return np.linalg.matrix_rank(rest) if rest.size else 0

"""Groups too small to be shown: merged into "other", or their figures left blank.

Fewer than ten people in a group can often be guessed one by one. In whatever leaves the machine, groups
below ten are merged; where merging makes no sense, their figures are suppressed.
"""

import pandas as pd

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
    >>> found = merged(pd.Series(["a"] * 12 + ["b"] * 4 + ["c"] * 30), smallest=10)
    >>> found.value_counts().to_dict()
    {'c': 30, 'other': 16}
    """
    joined = small(groups, smallest=smallest)
    return groups.where(~groups.isin(joined), other)


def small(groups, *, smallest=SMALLEST):
    """List the groups that `merged` puts together.

    Parameters
    ----------
    groups, smallest
        As for `merged`.

    Returns
    -------
    list
        Group names, smallest first; empty where every group is large enough.

    Examples
    --------
    >>> small(pd.Series(["a"] * 12 + ["b"] * 4 + ["c"] * 30), smallest=10)
    ['b', 'a']
    """
    counts = groups.value_counts().sort_index().sort_values(kind="stable")
    found = list(counts.index[counts < smallest])
    while found and counts[found].sum() < smallest and len(found) < len(counts):
        found.append(counts.index[len(found)])
    return found


def suppressed(table, *, count="n", figures=None, smallest=SMALLEST):
    """Blank the figures that rest on too few people.

    Parameters
    ----------
    table : DataFrame
        A result with the number of people in each row.
    count : str
        The column with that number.
    figures : list of str, optional
        The columns to blank; all other columns of numbers unless given, and the count itself.
    smallest : int
        How many people a figure needs.

    Returns
    -------
    DataFrame
        The same table with gaps.

    Examples
    --------
    >>> suppressed(pd.DataFrame({"branch": ["B01", "B02"], "n": [40, 3], "gap": [-0.5, -1.5]}))
      branch     n  gap
    0    B01  40.0 -0.5
    1    B02   NaN  NaN
    """
    shown = table.copy()
    figures = figures or [c for c in table.columns if pd.api.types.is_numeric_dtype(table[c])]
    few = table[count] < smallest
    for column in dict.fromkeys([*figures, count]):
        shown[column] = shown[column].where(~few)
    return shown

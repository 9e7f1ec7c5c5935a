"""One series over time: what is left of it once it carries over, and when did its level change?"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong


def residuals(table, column, *, time="week", until=None):
    """What is new in each week, once what carries over from the last is taken away?

    e_t = (x_t − x̄) − φ (x_{t−1} − x̄), with mean and φ from the baseline; φ is r₁ plus its small-sample bias,
    (1 + 4 r₁) / n (r₁ about an estimated mean comes out too low by about that; the tests simulate it), and kept
    between 0 and 0.95. Rows are taken as neighbours in the order of `time`, gaps or not.

    Parameters
    ----------
    table : DataFrame
        One row a point in time, complete.
    column, time : str
        What, and in which order.
    until : number or date, optional
        The last time of the baseline; all rows otherwise. It needs at least ten.

    Returns
    -------
    DataFrame
        `time`'s column and `residual`, from the second row on; chart them with `control.xmr`.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": range(1, 11), "minutes": [1.0, 2, 3, 4, 5, 5, 4, 3, 2, 1]})
    >>> residuals(rows, "minutes").round(2).head(2)
       week  residual
    0     2      0.88
    1     3      0.94
    """
    rows = _ordered(table, column, time)
    checks.free(time, "residual")
    kept = rows if until is None else rows[_up_to(rows[time], until)]
    base = _varying(kept[column], column)
    centred = base - base.mean()
    r = (centred[1:] @ centred[:-1]) / (centred @ centred)
    phi = float(np.clip(r + (1 + 4 * r) / len(base), 0, 0.95))
    away = _numbers(rows[column]) - base.mean()
    return pd.DataFrame({time: rows[time].to_numpy()[1:], "residual": away[1:] - phi * away[:-1]})


def shift(table, column, *, time="week"):
    """When did the level change, if it changed once, and by how much?

    The split into before and after with the smallest sum of squares, at least five points on each side.
    There is always a best split: ask a chart first whether anything changed at all. `low` and `high` enclose
    the splits that are nearly as good: those at which the sum of squares exceeds its minimum by less than
    4 variances of the residuals, times (1 + r) / (1 − r) for their carry-over r.

    Parameters
    ----------
    table : DataFrame
        One row a point in time, complete.
    column, time : str
        What, and in which order.

    Returns
    -------
    DataFrame
        One row: `n`, `estimate` (the first time of the new level), `low`, `high`, `before`, `after` (the means).

    Raises
    ------
    ValueError
        If a value is missing or there are fewer than ten rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": range(1, 13), "minutes": [5.0, 6, 5, 6, 5, 6, 9, 10, 9, 10, 9, 10]})
    >>> shift(rows, "minutes")
        n  estimate  low  high  before  after
    0  12         7    7     7     5.5    9.5
    """
    rows = _ordered(table, column, time)
    values = _varying(rows[column], column)
    splits = np.arange(5, len(values) - 4)
    squares = np.array([_spread(values[:k]) + _spread(values[k:]) for k in splits])
    best = splits[squares.argmin()]
    rest = np.concatenate([values[:best] - values[:best].mean(), values[best:] - values[best:].mean()])
    carried = np.clip((rest[1:] @ rest[:-1]) / max(rest @ rest, 1e-300), 0, 0.9)
    tolerance = 4 * rest.var(ddof=2) * (1 + carried) / (1 - carried)
    near = rows[time].to_numpy()[splits[squares <= squares.min() + tolerance]]
    return pd.DataFrame({
        "n": [len(values)], "estimate": [rows[time].to_numpy()[best]], "low": [near.min()], "high": [near.max()],
        "before": [values[:best].mean()], "after": [values[best:].mean()],
    })  # fmt: skip


def _ordered(table, column, time):
    """The rows in order of time, every time once."""
    checks.once(table, time, name="table")
    table = checks.read_numbers(table, [column], name="table")
    rows = checks.read_order(table, time).sort_values(time)
    checks.steady(rows[time], name="table")
    return rows


def _up_to(times, until):
    """Times up to one that must be of their kind."""
    try:
        return times <= until
    except TypeError:
        raise wrong("series.no_time", name="until", value=until) from None


def _varying(values, name):
    """The numbers, if they are not all the same."""
    numbers = _numbers(values)
    if np.ptp(numbers) == 0:
        raise wrong("series.flat", name=name)
    return numbers


def _spread(values):
    return ((values - values.mean()) ** 2).sum()


def _numbers(values, least=10):
    found = checks.series(values, name="values")
    if len(values) < least:
        raise wrong("series.too_few_values", least=least, count=len(values))
    return found

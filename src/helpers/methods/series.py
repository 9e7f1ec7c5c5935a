"""One series over time: does it carry over, what is left of it, and what did an interruption do?"""

import numpy as np
import pandas as pd
from scipy import stats

from helpers.bank import checks


def autocorrelation(values, *, confidence=0.95):
    """How much of one week's deviation is still there in the next?

    r₁ = Σ (x_t − x̄)(x_{t−1} − x̄) / Σ (x_t − x̄)²; the interval is Bartlett's for pure noise, ± z / √n around r₁, cut at
    ±1, and so tells whether 0 is believable, little more. A shift that lasts looks like carrying over: use weeks in which
    the level was one.

    Parameters
    ----------
    values : Series
        In order of time, complete, at least ten, not all the same.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n`, `estimate`, `low`, `high`.

    Examples
    --------
    >>> autocorrelation(pd.Series([1.0, 2, 3, 4, 5, 5, 4, 3, 2, 1])).round(2)
        n  estimate   low  high
    0  10       0.6 -0.02   1.0
    """
    checks.share(confidence, name="confidence")
    numbers = _numbers(values)
    centred = numbers - numbers.mean()
    if np.ptp(numbers) == 0:
        raise checks.WrongValue(
            en="All values are the same, so nothing carries over. Take weeks in which something moves.",
            zh="所有值都相同，谈不上延续。请取有变化的几周。",
        )
    r = (centred[1:] @ centred[:-1]) / (centred @ centred)
    half = stats.norm.ppf((1 + confidence) / 2) / np.sqrt(len(numbers))
    low, high = np.clip([r - half, r + half], -1, 1)
    return pd.DataFrame({"n": [len(numbers)], "estimate": [r], "low": [low], "high": [high]})


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
    kept = rows if until is None else rows[_compared(rows[time], "<=", until, name="until")]
    found = autocorrelation(kept[column])
    r, n = found["estimate"].item(), found["n"].item()
    phi = float(np.clip(r + (1 + 4 * r) / n, 0, 0.95))
    away = _numbers(rows[column]) - kept[column].mean()
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
    values = _numbers(rows[column])
    if np.ptp(values) == 0:
        raise checks.WrongValue(
            en=f"'{column}' is the same at every time, so its level never changed. Choose another column.",
            zh=f"「{column}」在所有时点都相同，水平从未改变。请换一列。",
        )
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


def interrupted(table, column, *, at, time="week", lags=None, confidence=0.95):
    """Did level and slope change at a known time, more than a line with its carrying over explains?

    Segmented regression: y = a + b · t + c · after + d · (t − at) · after; `level` is c, the jump at `at`, `slope`
    is d, the change of slope. Errors robust to autocorrelation (Newey & West 1987, *Econometrica* 55, p. 703, with n / (n − 4),
    t), by statsmodels. Everything else that happened at `at` is in the answer too: there is no control.

    Parameters
    ----------
    table : DataFrame
        One row a point in time, complete.
    column, time : str
        What, and the column of numbers that orders it.
    at : number
        The first time after the interruption.
    lags : int, optional
        How far errors may hang together; ⌊4 (n / 100)^(2/9)⌋ otherwise.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        Two rows: `term` ("level", "slope"), `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        If a value is missing or there are fewer than five rows before or after.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": range(1, 13), "minutes": [9.0, 9, 9, 9, 9, 9, 6, 5, 4, 3, 2, 1]})
    >>> interrupted(rows, "minutes", at=7, lags=0)[["term", "n", "estimate"]].round(6)
        term   n  estimate
    0  level  12      -3.0
    1  slope  12      -1.0
    """
    import statsmodels.api as sm  # slow to import, and only this function needs it

    checks.share(confidence, name="confidence")
    rows = _ordered(table, column, time)
    checks.numbers(rows[[time]], name="table")
    after = _compared(rows[time], ">=", at, name="at").to_numpy().astype(float)
    if min(after.sum(), len(after) - after.sum()) < 5:
        raise checks.WrongValue(
            en=f"There must be five rows before and five from `at` on; `at` is {at}. Choose a time in between.",
            zh=f"`at` 前后各要有至少五行；现在 `at` 是 {at}。请换一个中间的时点。",
        )
    t = rows[time].to_numpy(dtype=float) - at
    lags = int(4 * (len(rows) / 100) ** (2 / 9)) if lags is None else lags
    checks.whole(lags, name="lags", least=0)
    design = np.column_stack([np.ones(len(t)), t, after, t * after])
    fit = sm.OLS(_numbers(rows[column]), design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    ends = fit.conf_int(1 - confidence)[2:]
    return pd.DataFrame({
        "term": ["level", "slope"], "n": len(rows), "estimate": fit.params[2:], "low": ends[:, 0], "high": ends[:, 1],
    })  # fmt: skip


def _ordered(table, column, time):
    """The rows in order of time, every time once."""
    checks.once(table, time, name="table")
    table = checks.read_numbers(table, [column], name="table")
    rows = checks.read_order(table, time).sort_values(time)
    checks.steady(rows[time], name="table")
    return rows


def _compared(times, how, value, *, name):
    """Times up to, or from, one that must be of their kind."""
    try:
        return times <= value if how == "<=" else times >= value
    except TypeError:
        raise checks.WrongValue(
            en=f"`{name}` must be a time like those of the table; it is {value!r}. Take one of them.",
            zh=f"`{name}` 应该和表里的时间同类；现在是 {value!r}。请取其中一个。",
        ) from None


def _spread(values):
    return ((values - values.mean()) ** 2).sum()


def _numbers(values, least=10):
    found = checks.series(values, name="values")
    if len(values) < least:
        raise checks.WrongValue(
            en=f"At least {least} values are needed to see what carries over; there are {len(values)}. Take more weeks.",
            zh=f"要看出有没有延续，至少需要 {least} 个值；现在只有 {len(values)} 个。请多取几周。",
        )
    return found

"""Control charts: which weeks are more than the usual up and down, and since when is a level another one?

A chart is a frame: one row a point in time, with `value`, `moving_range`, `centre`, `sigma`, `low`, `high`
and `baseline` (whether the row made the limits). Limits come from the process, never from a target.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong

# The mean range of two draws of a normal process, in its standard deviations, as the tables print it.
D2 = 1.128
RULES = ("beyond", "two_of_three", "four_of_five", "eight", "twenty")
CHART = ["value", "moving_range", "centre", "sigma", "low", "high", "baseline"]


def xmr(table, column, *, time="week", until=None):
    """Which values would this process give by itself, judged by how much neighbours differ?

    Individuals chart (XmR; Shewhart's limits with the moving range): centre = mean of the baseline,
    sigma = mean moving range / 1.128, limits = centre ± 3 sigma, which is centre ± 2.66 mean ranges
    (Montgomery, *Introduction to Statistical Quality Control*, ch. 6.4). Not for values that carry over
    strongly from week to week: neighbours are then too much alike and the limits too narrow.

    Parameters
    ----------
    table : DataFrame
        One row a point in time, complete.
    column : str
        What is charted; `time` : the column that orders it, every time once.
    time : str
        Usually "week".
    until : number or date, optional
        The last time of the baseline; limits come from rows up to it and stay frozen. All rows otherwise.

    Returns
    -------
    DataFrame
        In order of time: `time`'s column, then `value`, `moving_range`, `centre`, `sigma`, `low`, `high`,
        `baseline`.

    Raises
    ------
    ValueError
        If a value is missing, a time comes twice, many are missing in a row, or the baseline has fewer than two rows or never varies.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": [1, 2, 3], "minutes": [10.0, 12, 11]})
    >>> xmr(rows, "minutes").round(2)[["week", "value", "moving_range", "centre", "low", "high"]]
       week  value  moving_range  centre   low   high
    0     1   10.0           NaN    11.0  7.01  14.99
    1     2   12.0           2.0    11.0  7.01  14.99
    2     3   11.0           1.0    11.0  7.01  14.99
    """
    rows, base = ordered(table, [column], time=time, until=until)
    values = rows[column].to_numpy()
    centre, sigma = limits(values, base)
    _varies(sigma, column)
    return _chart(rows[time], values, centre, np.full(len(rows), sigma), base)


def share(table, column, *, n, time="week", until=None):
    """Which shares would this process give by itself, when each week has its own, large n?

    P′ chart (Laney 2002, *Quality Engineering* 14, p. 531): p̄ = Σ count / Σ n of the baseline,
    σ_i = √(p̄(1 − p̄) / n_i), z_i = (p_i − p̄) / σ_i, σ_z = mean moving range of z / 1.128, limits
    p̄ ± 3 σ_i σ_z, cut at 0 and 1. σ_z = 1 is the plain p chart; above 1, weeks differ by more than chance
    of counting, and the plain limits would be too narrow.

    Parameters
    ----------
    table : DataFrame
        One row a point in time, complete.
    column, n : str
        The columns with the count and with out of how many, `n` at least 1.
    time, until
        As for `xmr`.

    Returns
    -------
    DataFrame
        As for `xmr`; `value` is the share, `sigma` and the limits differ from row to row.

    Raises
    ------
    ValueError
        As for `xmr`, or if an `n` is below 1, a count is negative or above its `n`, or the share never varies.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": [1, 2, 3], "done": [50, 60, 55], "started": [100, 100, 100]})
    >>> share(rows, "done", n="started").round(3)[["value", "centre", "low", "high"]]
       value  centre    low   high
    0   0.50    0.55  0.351  0.749
    1   0.60    0.55  0.351  0.749
    2   0.55    0.55  0.351  0.749
    """
    rows, base = _counts(table, column, n=n, time=time, until=until)
    if (rows[column] > rows[n]).any():
        raise wrong("control.count_above_n", column=column, n=n)
    return _prime(rows, column, n, base, time=time, variance=lambda p: p * (1 - p), top=1)


def rate(table, column, *, n, time="week", until=None):
    """Which rates of events would this process give by itself, when each week has its own, large n?

    U′ chart (Laney 2002): as `share`, with σ_i = √(ū / n_i) and no upper end.

    Parameters
    ----------
    table : DataFrame
        One row a point in time, complete.
    column, n : str
        The columns with the number of events and of the occasions for them, at least 1.
    time, until
        As for `xmr`.

    Returns
    -------
    DataFrame
        As for `share`; `value` is events per occasion.

    Raises
    ------
    ValueError
        As for `share`, but events may be more than occasions.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": [1, 2, 3], "complaints": [2, 4, 3], "visits": [1000, 1000, 1000]})
    >>> (1000 * rate(rows, "complaints", n="visits")[["value", "centre", "low", "high"]]).round(2)
       value  centre  low  high
    0    2.0     3.0  0.0  6.99
    1    4.0     3.0  0.0  6.99
    2    3.0     3.0  0.0  6.99
    """
    rows, base = _counts(table, column, n=n, time=time, until=until)
    return _prime(rows, column, n, base, time=time, variance=lambda u: u, top=np.inf)


def signals(chart, *, rules=("beyond", "eight")):
    """Which points are more than the usual up and down?

    `beyond`: a point outside its limits. `two_of_three`: two of three neighbours beyond 2 sigma, same side.
    `four_of_five`: four of five beyond 1 sigma, same side. `eight`: eight in a row on one side of the centre
    (Western Electric 1956, *Statistical Quality Control Handbook*). `twenty`: twenty in a row, ours, for a level that has
    changed for good even where weeks carry over. Each further rule finds more and cries
    wolf more often (`chance.alarms`). A rule marks the last point of its pattern.

    Parameters
    ----------
    chart : DataFrame
        As returned by `xmr`, `share` or `rate`.
    rules : sequence of str
        Some of the five.

    Returns
    -------
    DataFrame
        The chart with a column of True and False for each rule, `run` (how many in a row lie on this side of the
        centre, this one included; below the centre negative) and `signal` (any rule).

    Raises
    ------
    ValueError
        If a rule is not known or a column is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": range(1, 7), "minutes": [10.0, 12, 11, 11, 12, 19]})
    >>> signals(xmr(rows, "minutes", until=5))[["week", "run", "signal"]].tail(2)
       week  run  signal
    4     5    1   False
    5     6    2    True
    """
    checks.columns(chart, CHART, name="chart")
    chart = checks.read_numbers(chart, ["value", "centre", "sigma", "low", "high"], name="chart")
    known(rules)
    distance = (chart["value"] - chart["centre"]).to_numpy()
    found = chart.reset_index(drop=True)
    # Limits are cut at 0 and 1, so a point on the cut is inside.
    outside = ((chart["value"] < chart["low"]) | (chart["value"] > chart["high"])).to_numpy()
    for rule in rules:
        found[rule] = outside if rule == "beyond" else pattern(rule, distance, chart["sigma"].to_numpy())
    return found.assign(run=_runs(distance), signal=found[list(rules)].any(axis=1))


def pattern(rule, distance, sigma):
    """Mark the last point of each pattern of one rule.

    Parameters
    ----------
    rule : str
        As for `signals`.
    distance, sigma : ndarray
        From the centre, and the chart's sigma: weeks, or charts × weeks.

    Returns
    -------
    ndarray of bool
        Of the same shape.
    """
    if rule == "beyond":
        return np.abs(distance) > 3 * sigma
    needed, among, far = {
        "two_of_three": (2, 3, 2),
        "four_of_five": (4, 5, 1),
        "eight": (8, 8, 0),
        "twenty": (20, 20, 0),
    }[rule]
    found = np.zeros(distance.shape, dtype=bool)
    for side in (1, -1):
        there = side * distance > far * sigma
        counted = np.cumsum(there, axis=-1)
        # The first points have fewer neighbours: two far ones in a row are two of three already.
        before = np.zeros_like(counted)
        before[..., among:] = counted[..., :-among]
        found |= (counted - before >= needed) & there  # a pattern ends in a point of its own
    return found


def _runs(distance):
    """How many in a row lie on this side, this one included; below the centre negative."""
    runs, before = [], 0
    for side in np.sign(distance).astype(int):
        before = side if side * before <= 0 else before + side
        runs.append(before)
    return np.array(runs)


def limits(values, base):
    """Centre and sigma from the baseline.

    Parameters
    ----------
    values : ndarray
        Weeks, or charts × weeks.
    base : ndarray of bool
        Which weeks are the baseline.

    Returns
    -------
    tuple
        Mean, and mean moving range / 1.128; of each chart.
    """
    kept = values[..., base]
    return kept.mean(axis=-1), np.abs(np.diff(kept, axis=-1)).mean(axis=-1) / D2


def _prime(rows, column, n, base, *, time, variance, top):
    counts, sizes = rows[column].to_numpy(dtype=float), rows[n].to_numpy(dtype=float)
    centre, values = counts[base].sum() / sizes[base].sum(), counts / sizes
    _varies(variance(centre), column)
    plain = np.sqrt(variance(centre) / sizes)
    wide = limits((values - centre) / plain, base)[1]
    _varies(wide, column)
    sigma = plain * wide
    chart = _chart(rows[time], values, centre, sigma, base)
    return chart.assign(low=chart["low"].clip(lower=0), high=chart["high"].clip(upper=top))


def _varies(spread, column):
    """Refuse a baseline in which nothing ever moved."""
    if not spread > 0:
        raise wrong("control.flat_baseline", column=column)


def _chart(times, values, centre, sigma, base):
    checks.free(times.name, *CHART, *RULES, "run", "signal")
    ranges = np.abs(np.diff(values, prepend=np.nan))
    return pd.DataFrame({
        times.name: times.to_numpy(), "value": values, "moving_range": ranges, "centre": centre, "sigma": sigma,
        "low": centre - 3 * sigma, "high": centre + 3 * sigma, "baseline": base,
    })  # fmt: skip


def _counts(table, column, *, n, time, until):
    rows, base = ordered(table, [column, n], time=time, until=until)
    checks.within(rows[[n]], low=1, high=np.inf, name="table")
    checks.within(rows[[column]], low=0, high=np.inf, name="table")
    return rows, base


def ordered(table, columns, *, time, until, least=2):
    """Return the rows in order of time, and which of them are the baseline.

    Parameters
    ----------
    table, columns, time, until
        As for `xmr`.
    least : int
        How many rows the baseline must have.

    Returns
    -------
    tuple
        DataFrame and ndarray of bool.
    """
    checks.columns(table, [time, *columns], name="table")
    checks.complete(table[[time, *columns]], name="table")
    read = checks.read_order(table, time)
    read[columns] = checks.measured(table, columns, name="table")
    table = read.reset_index(drop=True)
    twice = table[time][table[time].duplicated()]
    if len(twice):
        raise wrong("control.time_twice", time=time, found=twice.iloc[0])
    rows = table.sort_values(time).reset_index(drop=True)
    checks.steady(rows[time], name="table")
    try:
        base = np.ones(len(rows), dtype=bool) if until is None else (rows[time] <= until).to_numpy()
    except TypeError:
        raise wrong("control.until", time=time, until=until) from None
    if base.sum() < least:
        raise wrong("control.too_few_rows", least=least, count=base.sum())
    return rows, base


def known(rules):
    """Refuse rules that are not among `RULES`.

    Parameters
    ----------
    rules : sequence of str
        Their names.
    """
    rules = () if rules is None else rules
    strangers = [rule for rule in rules if rule not in RULES]
    if strangers or not len(rules):
        raise wrong("control.rules", listed=list(RULES), found=str(strangers))

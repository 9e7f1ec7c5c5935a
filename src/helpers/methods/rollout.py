"""Staggered roll-outs: what did a change do in places that got it at different times?

All functions take one row a unit and time with the outcome and `start`, the first time with the change
(missing where it never came), times and starts as numbers, and a balanced panel: every unit at every time.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong


def group_time(table, outcome, *, unit="branch", time="week", start="start", before=1):
    """For units that started together, by how much did the outcome change more than where nothing had started?

    Group-time effects (Callaway & Sant'Anna 2021, *Journal of Econometrics* 225, p. 200), without covariates, controls
    never or not yet treated: ATT(g, t) = mean over units that start at g of (Y_t − Y_base) minus the same mean
    over units that start after t or never; the base is g − 1. With `before` > 1 the base is the mean of the
    `before` times up to g − 1 (ours: calmer where single weeks are noisy). It needs parallel trends: without the change
    all would have moved alike.

    Parameters
    ----------
    table : DataFrame
        Balanced panel.
    outcome : str
        The column that may have changed.
    unit, time, start : str
        Columns; `start` is constant within a unit and missing where there was no change.
    before : int
        How many times before the start make the base, 1 or more; groups with fewer are left out.

    Returns
    -------
    DataFrame
        One row a group and time from its start on: `group`, `time`, `age` (times since the start, from 0), `n`
        (units in the group), `controls`, `estimate`. Times without any control are left out.

    Raises
    ------
    ValueError
        If the panel is not balanced, a value is missing, or nothing can be compared.

    Examples
    --------
    >>> rows = pd.DataFrame({"branch": list("aabbcc"), "week": [1, 2] * 3, "y": [5.0, 3, 6, 6, 4, 5],
    ...                      "start": [2.0, 2, None, None, None, None]})
    >>> group_time(rows, "y")
       group  time  age  n  controls  estimate
    0      2     2    0  1         2      -2.5
    """
    values, starts, times = _panel(table, outcome, unit=unit, time=time, start=start)
    return _effects(values, starts, times, before=before)


def average_effect(effects):
    """What did the change do on average, over every unit and time that had it?

    The mean of the group-time effects, each weighted by its number of units ("simple" aggregation).

    Parameters
    ----------
    effects : DataFrame
        As returned by `group_time`.

    Returns
    -------
    DataFrame
        One row: `n` (unit-times with the change), `estimate`.

    Examples
    --------
    >>> average_effect(pd.DataFrame({"n": [1, 3], "estimate": [-4.0, -2.0]}))
       n  estimate
    0  4      -2.5
    """
    effects = _read_effects(effects, ["n", "estimate"])
    return pd.DataFrame({
        "n": [int(effects["n"].sum())], "estimate": [np.average(effects["estimate"], weights=effects["n"])],
    })  # fmt: skip


def by_age(effects):
    """How does the effect grow with the time since the start?

    Parameters
    ----------
    effects : DataFrame
        As returned by `group_time`.

    Returns
    -------
    DataFrame
        One row an age: `age`, `n` (units seen at this age), `estimate`. Old ages rest on early starters alone.

    Examples
    --------
    >>> by_age(pd.DataFrame({"age": [0, 0, 1], "n": [1, 3, 1], "estimate": [-4.0, -2.0, -5]}))
       age  n  estimate
    0    0  4      -2.5
    1    1  1      -5.0
    """
    effects = _read_effects(effects, ["age", "n", "estimate"])
    parts = [(age, average_effect(part)) for age, part in effects.groupby("age")]
    return pd.DataFrame([{"age": age, **found.iloc[0].to_dict()} for age, found in parts]).astype({"n": int})


def randomised(
    table, outcome, *, unit="branch", time="week", start="start", before=1, draws=999, seed, confidence=0.95
):
    """Could the lot alone have made such an effect, had other units been given the same dates?

    Dates are handed out anew among the units, `draws` times, and `average_effect(group_time(…))` computed each time
    (Fisher's randomisation test). p: how often as far from 0 as found, itself included. The interval holds every
    constant effect τ that Y − τ · (started) does not reject; the statistic is linear in τ, so each draw answers
    for all τ. Exact if dates were given at random and effects are constant, whatever carries over from week to week and
    however few units there are; where dates follow results, it is not.

    Parameters
    ----------
    table, outcome, unit, time, start, before
        As for `group_time`.
    draws : int
        How many times dates are handed out.
    seed : int
        Where the lots come from.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n` (units), `estimate`, `low`, `high`, `p`. An end is missing where the lots are too few, or too
        much alike, to reject any τ on its side.

    Raises
    ------
    ValueError
        As for `group_time`.

    Examples
    --------
    >>> rows = pd.DataFrame({"branch": list("aabbcc"), "week": [1, 2] * 3, "y": [5.0, 3, 6, 6, 4, 5],
    ...                      "start": [2.0, 2, None, None, None, None]})
    >>> randomised(rows, "y", draws=99, seed=1)[["n", "estimate"]]
       n  estimate
    0  3      -2.5
    """
    checks.proportion(confidence, name="confidence")
    checks.whole(draws, name="draws")
    rng = checks.generator(seed)
    values, starts, times = _panel(table, outcome, unit=unit, time=time, start=start)
    _effects(values, starts, times, before=before)
    estimate = _overall(values, starts, times, before)
    started = (times[None, :] >= starts[:, None]).astype(float)
    lots = [rng.permutation(starts) for _ in range(draws)]
    # Of an outcome that is nothing but the true dates, each draw finds `echo`; the truth itself finds 1.
    found, echo = np.array(
        [(_overall(values, lot, times, before), _overall(started, lot, times, before)) for lot in lots]
    ).T
    # Equal but for rounding is as far.
    p = (1 + (np.abs(found) >= abs(estimate) - 1e-9 * np.abs(values).max()).sum()) / (draws + 1)
    low, high = _not_rejected(estimate, found, echo, alpha=1 - confidence)
    return pd.DataFrame({"n": [len(values)], "estimate": [estimate], "low": [low], "high": [high], "p": [p]})


def _not_rejected(estimate, found, echo, *, alpha):
    """The ends of all τ with |found − τ echo| ≥ |estimate − τ| in more than a share alpha of the draws."""
    # A draw is as extreme while |found − τ echo| ≥ |estimate − τ|: an interval around the estimate, without an end
    # where the draw has handed out the very same dates (echo = 1).
    same = np.isclose(np.abs(echo), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.stack([(found - estimate) / (echo - 1), (found + estimate) / (echo + 1)])
    down, up = np.where(same, -np.inf, ends.min(axis=0)), np.where(same, np.inf, ends.max(axis=0))
    last = int(np.floor(alpha * (len(found) + 1) + 1e-9))
    found = (np.sort(down)[last - 1], np.sort(up)[-last]) if last else (np.nan, np.nan)
    return [end if np.isfinite(end) else np.nan for end in found]


def _read_effects(effects, needed):
    """Read group-time effects, each with units behind it."""
    effects = checks.read_numbers(effects, needed, name="effects")
    checks.rows(effects, name="effects")
    checks.within(effects[["n"]], low=1, high=np.inf, name="effects")
    return effects


def _effects(values, starts, times, *, before):
    checks.whole(before, name="before")
    rows = []
    for at, group in enumerate(times):
        members = starts == group
        if not members.any() or at < before:
            continue
        change = values - values[:, at - before : at].mean(axis=1, keepdims=True)
        for later in range(at, len(times)):
            controls = starts > times[later]
            if controls.any():
                gap = change[members, later].mean() - change[controls, later].mean()
                rows.append((group, times[later], later - at, members.sum(), controls.sum(), gap))
    if not rows:
        raise _nothing()
    return pd.DataFrame(rows, columns=["group", "time", "age", "n", "controls", "estimate"])


def _nothing():
    return wrong("rollout.nothing_to_compare")


def _overall(values, starts, times, before):
    """`average_effect(group_time(…))` on arrays, unit by unit: quick enough for a thousand draws."""
    at = np.searchsorted(times, starts)
    treated = np.flatnonzero((at >= before) & (at < len(times)))
    waiting = (starts[:, None] > times).astype(float)
    controls = np.maximum(waiting.sum(axis=0), 1)
    sums = np.concatenate([np.zeros((len(values), 1)), values.cumsum(axis=1)], axis=1)
    # One row a treated unit: what every unit had on average in that unit's base.
    bases = ((sums[:, at[treated]] - sums[:, at[treated] - before]) / before).T
    control = ((values * waiting).sum(axis=0) - bases @ waiting) / controls
    gaps = values[treated] - bases[np.arange(len(treated)), treated, None] - control
    kept = (np.arange(len(times)) >= at[treated, None]) & waiting.any(axis=0)
    return gaps[kept].mean() if kept.any() else 0.0


def _panel(table, outcome, *, unit, time, start):
    """Outcome as units × times, starts (infinite for never), and times."""
    checks.columns(table, [unit, time, start, outcome], name="table")
    checks.complete(table[[unit, time, outcome]], name="table")
    table = checks.read_numbers(table, [outcome, start, time], name="table", gaps=True)
    checks.rows(table, name="table")
    sizes = table.groupby(unit)[time].agg(["size", "nunique"])
    if (sizes != table[time].nunique()).any(axis=None):
        odd = sizes.index[(sizes != table[time].nunique()).any(axis=1)][0]
        raise wrong("rollout.incomplete_panel", odd=odd)
    wide = table.pivot(index=unit, columns=time, values=outcome).astype(float)
    starts = table.groupby(unit)[start].first().reindex(wide.index).astype(float).fillna(np.inf)
    if len(table[[unit, start]].drop_duplicates()) > len(wide):  # a gap counts as a value of its own
        raise wrong("rollout.several_starts", start=start)
    times = wide.columns.to_numpy()
    # A start at a time that is not in the panel is felt from the next time on.
    known = np.append(times.astype(float), np.inf)
    return wide.to_numpy(), known[np.searchsorted(times, starts.to_numpy())], times

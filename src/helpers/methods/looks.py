"""Looking at a trial before it is over: what it does to the false alarms, and the looks that permit it."""

import numpy as np
import pandas as pd
from scipy import optimize, stats

from helpers.bank import checks
from helpers.bank.language import wrong

# Points of the grid on which the distribution of what has not yet crossed is carried forward.
POINTS = 1_001
FARTHEST = 40.0


def boundaries(times, *, confidence=0.95):
    """How extreme must the result be at each planned look, so that all looks together are as strict as one?

    Lan & DeMets (1983, *Biometrika* 70, p. 659) with the spending function that resembles O'Brien & Fleming:
    at information time t each side has spent 2 (1 − Φ(z_{α/4} / √t)); two-sided, symmetric, at the
    **planned** times. A trial stops at look k where z, whatever its sign, exceeds `boundary`. Solved by carrying the
    distribution of the score forward on a grid (Armitage, McPherson & Rowe 1969).

    Parameters
    ----------
    times : list of float
        Share of the planned customers seen at each look, rising, the last one 1.
    confidence : float
        One minus the false-alarm rate of the whole trial.

    Returns
    -------
    DataFrame
        One row a look: `look`, `time`, `spent` (false alarms up to here), `boundary` (for z without its
        sign), `p_value` (the same as a two-sided p).

    Raises
    ------
    ValueError
        If the times do not rise from above 0 to 1.

    Examples
    --------
    >>> boundaries([0.5, 1.0]).round(4)
       look  time   spent  boundary  p_value
    0     1   0.5  0.0031    2.9626   0.0031
    1     2   1.0  0.0500    1.9686   0.0490
    """
    times = _rising(times)
    checks.proportion(confidence, name="confidence")
    spent = 4 * stats.norm.sf(stats.norm.isf((1 - confidence) / 4) / np.sqrt(times))
    state, found = (np.zeros(1), np.ones(1)), []
    for step, due, time in zip(np.diff(times, prepend=0), np.diff(spent, prepend=0), times, strict=True):
        reach = np.sqrt(time)
        found.append(optimize.brentq(_overspent, 0, FARTHEST, args=(state, step, reach, due), xtol=1e-10))
        state = _staying(state, step, found[-1] * reach)
    table = {"look": np.arange(1, len(times) + 1), "time": times, "spent": spent, "boundary": found}
    return pd.DataFrame(table).assign(p_value=2 * stats.norm.sf(found))


def crossing(times, *, boundary, drift=0.0):
    """How likely is it that a trial has crossed its boundary by each look?

    Parameters
    ----------
    times : list of float
        As for `boundaries`.
    boundary : float or list of float
        For z without its sign, above 0: one for all looks (1.96 for who stops at the first p < 0.05), or one a look.
    drift : float
        Mean of z at the end: 0 where the change does nothing.

    Returns
    -------
    DataFrame
        One row a look: `look`, `time`, `estimate` (probability to have crossed by then).

    Examples
    --------
    >>> crossing([0.2, 0.4, 0.6, 0.8, 1.0], boundary=1.96)["estimate"].round(3).tolist()
    [0.05, 0.083, 0.107, 0.126, 0.142]
    """
    times = _rising(times)
    edges = _edges(boundary, len(times)) * np.sqrt(times)
    checks.number(drift, name="drift")
    state, crossed = (np.zeros(1), np.ones(1)), []
    for step, edge in zip(np.diff(times, prepend=0), edges, strict=True):
        crossed.append(_leaving(state, step, edge, drift))
        state = _staying(state, step, edge, drift)
    table = {"look": np.arange(1, len(times) + 1), "time": times, "estimate": np.cumsum(crossed)}
    return pd.DataFrame(table)


def without_effect(table, *, outcome, arm="arm", order, looks=8, draws=1000, seed):
    """What would we have seen at each look, had the change done nothing to these very customers?

    The groups are dealt out anew among the same customers, so that no true difference is left, and
    compared after each part of them in the order in which they came (z by unpooled variances).

    Parameters
    ----------
    table : DataFrame
        One row a customer, complete, two groups.
    outcome, arm, order : str
        Columns: what is compared, the group, and the date of the outcome.
    looks : int
        How many looks, after equal parts of the customers.
    draws : int
        How often to deal out.
    seed : int
        Same seed, same draws.

    Returns
    -------
    DataFrame
        One row a draw and look: `draw`, `look`, `time`, `z` (of the group that is last in the alphabet
        minus the other).

    Raises
    ------
    ValueError
        If there are not two groups, a look has too few customers to compare, or the outcome varies too little.
    """
    checks.columns(table, [outcome, arm, order], name="table")
    checks.complete(table[[outcome, arm, order]], name="table")
    table = checks.read_order(checks.read_numbers(table, [outcome], name="table"), order)
    checks.one_kind(arm, table=table)
    checks.whole(looks, name="looks")
    checks.whole(draws, name="draws")
    rng = checks.generator(seed)
    rows = table.sort_values(order, kind="stable")
    names = sorted(rows[arm].unique())
    cuts = np.arange(1, looks + 1) * len(rows) // looks
    if len(names) != 2 or cuts[0] < 10:
        raise wrong("looks.too_many_looks", count=len(names), customers=cuts[0])
    dealt = rng.permuted(np.tile(rows[arm] == names[1], (draws, 1)), axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = _z_at(rows[outcome].to_numpy(float), dealt, cuts)
    if not np.isfinite(z).all():
        raise wrong("looks.first_look", outcome=outcome)
    return _long(z, cuts / len(rows))


def simulated(times, *, drift=0.0, draws=1000, seed):
    """What would very many trials see at each look?

    Parameters
    ----------
    times : list of float
        As for `boundaries`.
    drift : float
        Mean of z at the end: 0 where the change does nothing, 2.8 in a trial with power 0.8.
    draws : int
        How many trials.
    seed : int
        Same seed, same trials.

    Returns
    -------
    DataFrame
        One row a draw and look: `draw`, `look`, `time`, `z`.
    """
    times = _rising(times)
    checks.whole(draws, name="draws")
    checks.number(drift, name="drift")
    rng = checks.generator(seed)
    steps = np.diff(times, prepend=0)
    score = np.cumsum(rng.normal(size=(draws, len(times))) * np.sqrt(steps) + drift * steps, axis=1)
    return _long(score / np.sqrt(times), times)


def stops(paths, *, boundary):
    """Where would each trial have stopped?

    Parameters
    ----------
    paths : DataFrame
        `draw`, `look`, `time`, `z` (`without_effect`, `simulated`).
    boundary : float or list of float
        As for `crossing`.

    Returns
    -------
    DataFrame
        One row a draw: `draw`, `look`, `time`, `z` where it stopped, and `crossed` (False where it ran to the end
        without crossing).

    Examples
    --------
    >>> paths = pd.DataFrame({"draw": [0, 0, 1, 1], "look": [1, 2, 1, 2], "time": [0.5, 1, 0.5, 1], "z": [2.1, 0.3, 0, 1]})
    >>> stops(paths, boundary=1.96)
       draw  look  time    z  crossed
    0     0     1   0.5  2.1     True
    1     1     2   1.0  1.0    False
    """
    paths = _read(paths).sort_values(["draw", "look"])
    edges = _edges(boundary, int(paths["look"].max()))
    crossed = paths["z"].abs() > edges[paths["look"].astype(int) - 1]
    last = paths["look"] == paths["look"].max()
    ended = paths.assign(crossed=crossed)[crossed | last]
    return ended.drop_duplicates("draw")[["draw", "look", "time", "z", "crossed"]].reset_index(drop=True)


def alarms(paths, *, boundary):
    """Which share of the trials has crossed by each look?

    Parameters
    ----------
    paths : DataFrame
        One row a trial and look: `draw`, `look`, `time`, `z` (`without_effect`, `simulated`).
    boundary : float or list of float
        For z without its sign, above 0: one for all looks, or one a look.

    Returns
    -------
    DataFrame
        One row a look: `look`, `time`, `estimate`, the share that has crossed by then.
    """
    paths = _read(paths)
    ended = stops(paths, boundary=boundary)
    looks = paths[["look", "time"]].drop_duplicates().sort_values("look", ignore_index=True)
    return looks.assign(
        estimate=[(ended["crossed"] & (ended["look"] <= look)).mean() for look in looks["look"]]
    )


def _read(paths):
    """Read what was seen at each look."""
    paths = checks.read_numbers(paths, ["draw", "look", "time", "z"], name="paths")
    checks.rows(paths, name="paths")
    return paths


def _z_at(y, dealt, cuts):
    """Difference over its standard error after each part of the customers, for each dealing."""
    n = dealt.cumsum(axis=1)[:, cuts - 1]
    sums = [(dealt * power).cumsum(axis=1)[:, cuts - 1] for power in (y, y**2)]
    found = []
    for count, first, second in (
        (n, *sums),
        (cuts - n, *(power.cumsum()[cuts - 1] - part for power, part in zip((y, y**2), sums, strict=True))),
    ):
        mean = first / count
        found.append((mean, (second - count * mean**2) / (count - 1) / count))
    (new, new_error), (old, old_error) = found
    return (new - old) / np.sqrt(new_error + old_error)


def _leaving(state, step, edge, drift=0.0):
    """Probability to be beyond the edge after this step."""
    grid, mass = state
    spread = np.sqrt(step)
    above = stats.norm.sf((edge - drift * step - grid) / spread)
    return mass @ (above + stats.norm.cdf((-edge - drift * step - grid) / spread))


def _overspent(boundary, state, step, reach, due):
    return _leaving(state, step, boundary * reach) - due


def _staying(state, step, edge, drift=0.0):
    """Grid and mass (Simpson's weights) of what is still within the edges after this step."""
    grid, mass = state
    ahead = np.linspace(-edge, edge, POINTS)
    weights = np.tile([2.0, 4.0], POINTS // 2 + 1)[:POINTS]
    weights[[0, -1]] = 1
    spread = np.sqrt(step)
    density = stats.norm.pdf((ahead[:, None] - drift * step - grid) / spread) @ mass / spread
    return ahead, density * weights * (ahead[1] - ahead[0]) / 3


def _long(z, times):
    draws, looks = z.shape
    return pd.DataFrame({
        "draw": np.repeat(np.arange(draws), looks), "look": np.tile(np.arange(1, looks + 1), draws),
        "time": np.tile(times, draws), "z": z.ravel(),
    })  # fmt: skip


def _edges(boundary, looks):
    """One boundary a look, all above zero."""
    try:
        edges = np.broadcast_to(np.asarray(boundary, dtype=float), (looks,))
    except (TypeError, ValueError):
        edges = np.zeros(1)
    if not (np.isfinite(edges) & (edges > 0)).all():
        raise wrong("looks.boundary", looks=looks)
    return edges


def _rising(times):
    try:
        times = np.asarray(times, dtype=float)
    except (TypeError, ValueError):
        times = np.full(1, np.nan)
    if times.ndim != 1 or not len(times) or not times[0] > 0 or (np.diff(times) <= 0).any() or times[-1] != 1:
        raise wrong("looks.times", times=str(times.tolist()))
    return times

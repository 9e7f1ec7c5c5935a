"""What chance alone does to a process, to its control chart, and to those who correct after every result."""

import numpy as np
import pandas as pd
from statsmodels.stats import proportion

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import control


def tampered(table, column, *, target, part=1.0, time="week"):
    """What would have happened had somebody corrected the process after every single result?

    The second rule of the funnel (Deming 1986, *Out of the Crisis*, ch. 11): after each result the setting moves by
    `part` of the distance from the target, the other way. From x_t = u_t + s_t and s_{t+1} = s_t − part · (x_t − target),
    with s = 0 at the start. With part = 1 each result becomes u_t − u_{t−1} + target: for chance that does not carry
    over, the variance is twice what it would have been.

    Parameters
    ----------
    table : DataFrame
        One row a point in time; `column` holds what happens where everything is left alone.
    column, time
        As for `control.xmr`.
    target : float
        What the corrections aim at.
    part : float
        How much of the distance is corrected; 0 leaves alone.

    Returns
    -------
    DataFrame
        `time`'s column, `left_alone`, `corrected`, `setting` (the correction in force).

    Raises
    ------
    ValueError
        If a value is missing or a time comes twice.

    Examples
    --------
    >>> rows = pd.DataFrame({"week": [1, 2, 3], "minutes": [12.0, 9, 10]})
    >>> tampered(rows, "minutes", target=10)
       week  left_alone  corrected  setting
    0     1        12.0       12.0      0.0
    1     2         9.0        7.0     -2.0
    2     3        10.0       11.0      1.0
    """
    checks.number(target, name="target")
    checks.number(part, name="part")
    checks.free(time, "left_alone", "corrected", "setting")
    rows, _ = control.ordered(table, [column], time=time, until=None, least=1)
    values, settings = rows[column].to_numpy(dtype=float), [0.0]
    for value in values[:-1]:
        settings.append(settings[-1] - part * (value + settings[-1] - target))
    return pd.DataFrame({
        time: rows[time], "left_alone": values, "corrected": values + settings, "setting": settings,
    })  # fmt: skip


def noise(weeks, *, charts=1, phi=0.0, seed):
    """What does a process look like in which nothing ever happens?

    Normal, mean 0 and standard deviation 1 in every week, each week keeping `phi` of the last:
    x_t = phi · x_{t−1} + √(1 − phi²) · e_t.

    Parameters
    ----------
    weeks, charts : int
        How many weeks, and how many such processes, 1 or more.
    phi : float
        How much carries over, from 0 to below 1.
    seed : int
        Where the chance comes from.

    Returns
    -------
    ndarray, charts × weeks
        The values.

    Examples
    --------
    >>> noise(3, seed=1).round(2)
    array([[0.35, 0.82, 0.33]])
    """
    checks.whole(weeks, name="weeks")
    checks.whole(charts, name="charts")
    checks.number(phi, name="phi")
    if not 0 <= phi < 1:
        raise wrong("chance.carry_over", phi=phi)
    rng = checks.generator(seed)
    values = rng.normal(size=(charts, weeks))
    for week in range(1, weeks):
        values[:, week] = phi * values[:, week - 1] + np.sqrt(1 - phi**2) * values[:, week]
    return values


def alarms(weeks, *, rules=("beyond",), until=None, phi=0.0, charts=2000, seed, confidence=0.95):
    """Of charts on which nothing ever happens, how many cry wolf at least once?

    Individuals charts of `noise`, limits from the first `until` weeks (all otherwise), and the rules of
    `control.signals`. Signals within the baseline count only where the baseline is everything.

    Parameters
    ----------
    weeks : int
        Length of each chart.
    rules : sequence of str
        As for `control.signals`.
    until : int, optional
        How many weeks make the limits, from 2 to below `weeks`.
    phi, charts, seed
        As for `noise`.
    confidence : float
        Of the interval for the share, which speaks of the simulation alone.

    Returns
    -------
    DataFrame
        One row: `n` (charts), `estimate` (share with a false signal), `low`, `high`.

    Examples
    --------
    >>> alarms(104, charts=400, seed=1).round(2)
         n  estimate  low  high
    0  400      0.27  0.23  0.32
    """
    control.known(rules)
    checks.whole(weeks, name="weeks", least=2)
    if until is not None:
        checks.whole(until, name="until", least=2)
        checks.whole(weeks - until, name="weeks - until")
    values = noise(weeks, charts=charts, phi=phi, seed=seed)
    base = np.arange(weeks) < (until or weeks)
    centre, sigma = control.limits(values, base)
    distance, sigma = values - centre[:, None], np.broadcast_to(sigma[:, None], values.shape)
    hits = np.logical_or.reduce([control.pattern(rule, distance, sigma) for rule in rules])
    cried = hits[:, 0 if until is None else until :].any(axis=1)
    checks.proportion(confidence, name="confidence")
    low, high = proportion.proportion_confint(cried.sum(), charts, alpha=1 - confidence, method="wilson")
    return pd.DataFrame({"n": [charts], "estimate": [cried.mean()], "low": [low], "high": [high]})

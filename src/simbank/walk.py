"""How a case goes from touchpoint to touchpoint: channels, waits, rework, giving up, and how it feels.

All cases take one step at a time together. Times are seconds since the first day; emotions are whole
answers from 1 to 7, felt at every touchpoint whether anybody asks or not.
"""

import numpy as np
import pandas as pd

from simbank import opinions, service, touchpoints
from simbank.opinions import on_scale
from simbank.streams import choose, exponentials, happens, normals
from simbank.touchpoints import APPROVAL, INVESTIGATION, NEUTRAL, QUEUEING

DAY, HOUR = 86_400, 3600
DONE, WAITING, RETURNED, DROPPED = range(4)
OUTCOMES = ("done", "waiting", "returned", "dropped")
STEPS = 24
# Per million: using another channel than one's own for a step.
SWITCH = 160_000
# When people come (per million, from nine o'clock), how crowded it is then, and how crowded on payday (percent).
HOURS = np.array([150_000, 200_000, 150_000, 70_000, 80_000, 140_000, 120_000, 90_000])
CROWD = np.array([95, 135, 120, 75, 70, 115, 105, 80])
PAYDAYS, PAYDAY_CROWD = (10, 15), 145
# Days between steps on different days, and days of approval and investigation on average (hundredths).
BETWEEN = 220
APPROVAL_DAYS, APPROVAL_LEAST = 420, 100
INQUIRY_DAYS, INQUIRY_LEAST = 410, 80
# Anyone who would be just late is hurried: so many per million of those at 15 to 19 days after intake.
LIMIT, HURRIED_UNTIL, HURRIED = 15, 20, 600_000
# A second and later return is rarer.
RETURN_AGAIN = 60
# Giving up: more per 10 minutes of queueing or day of waiting beyond the usual, and in the app (per million).
DROP_PER_WAIT, DROP_IN_APP = 18_000, 15_000
USUAL = np.zeros(len(touchpoints.NAMES), dtype=np.int64)
USUAL[[QUEUEING, APPROVAL, INVESTIGATION]] = [800, 5 * DAY, 6 * DAY]
UNIT = np.full(len(touchpoints.NAMES), DAY)
UNIT[QUEUEING] = 600
# Emotion in thousandths: mood and branch in percent, channel, one unit of waiting, return, giving up, noise.
MOOD, BRANCH, NOISE = 45, 28, 105
BY_CHANNEL = np.array([-180, 40, 300, -260])
PER_WAIT, WORST_WAIT = -260, -1800
BY_RETURN, BY_DROP = -1100, -900
BY_TRANSFORMATION = 250


def go(rng, cases, network, state):
    """Let all cases run to their end.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    cases : DataFrame
        One row a case: ``journey``, ``branch``, ``day`` (of its start), ``digital``, ``mood``.
    network : Network
        The branches.
    state : Service
        Their two years.

    Returns
    -------
    DataFrame
        One row an event, ordered by case and time: ``case`` (row of `cases`), ``touchpoint``,
        ``channel``, ``start``, ``end``, ``outcome``, ``emotion``.
    """
    known = {name: cases[name].to_numpy() for name in ("journey", "branch", "day", "digital", "mood")}
    size = len(cases)
    place = touchpoints.FIRST[known["journey"]]
    place = place + happens(rng, touchpoints.SKIPPED[place])
    own = choose(rng, opinions.CHANNEL_SHARES[known["digital"]])
    clock, returns, log = known["day"] * DAY, np.zeros(size, dtype=np.int64), []
    opened, active, fresh = clock.copy(), np.arange(size), np.ones(size, dtype=bool)
    for _ in range(STEPS):
        if not len(active):
            break
        step = _step(rng, active, place[active], clock[active], fresh[active], returns[active], own[active],
                     known, opened[active], network, state)  # fmt: skip
        log.append(step)
        clock[active], fresh[active] = step["end"], False
        returns[active] += step["outcome"] == RETURNED
        active, place, fresh = _onward(rng, step, place, fresh, known["journey"])
    events = pd.concat(log, ignore_index=True)
    return events.sort_values(["case", "start", "end"], kind="stable", ignore_index=True)


def _step(rng, case, at, clock, fresh, returns, own, known, opened, network, state):
    """Take one step with every case that still runs."""
    branch, journey_end = known["branch"][case], touchpoints.LAST[known["journey"][case]]
    other = choose(rng, opinions.CHANNEL_SHARES[known["digital"][case]])
    channel = np.where(happens(rng, np.full(len(case), SWITCH)), other, own)
    channel = np.where(touchpoints.ALLOWED[at, channel], channel, touchpoints.FALLBACK[at])
    start = _when(rng, at, clock, fresh)
    length = _length(rng, at, start, branch, opened, network, state)
    excess = (length - USUAL[at]) * (USUAL[at] > 0) * 100 // UNIT[at]
    drop = touchpoints.DROPPED[at]
    drop = drop + (drop > 0) * (
        DROP_PER_WAIT * np.clip(excess, -100, 400) // 100 + DROP_IN_APP * (channel == 2)
    )
    back = touchpoints.RETURNED[at] * np.where(returns == 0, 100, RETURN_AGAIN) // 100
    back = back * (100 - 15 * network.quality[branch] // 1000) // 100 * (returns < 3)
    draw = rng.integers(0, 1_000_000, len(case))
    drop = np.maximum(drop, 0)
    outcome = np.where(draw < drop, DROPPED, np.where(draw < drop + back, RETURNED, DONE))
    outcome[(at == journey_end) & (outcome == RETURNED)] = DONE
    emotion = _feel(rng, at, channel, excess, outcome, known["mood"][case], branch, start, network)
    return pd.DataFrame({"case": case, "touchpoint": at, "channel": channel, "start": start,
                         "end": start + length, "outcome": outcome, "emotion": emotion})  # fmt: skip


def _when(rng, at, clock, fresh):
    """Say when a step begins: soon, or on another day when the branch is open."""
    size = len(at)
    soon = clock + 60 + rng.integers(0, 300, size)
    gap = 1 + BETWEEN * exponentials(rng, size) // 100_000
    day = clock // DAY + np.where(fresh, 0, gap)
    day = day + (day % 7 == 6)
    hour = 9 + choose(rng, np.tile(HOURS, (size, 1)))
    visit = day * DAY + hour * HOUR + rng.integers(0, HOUR, size)
    # Nobody is served at night: what would begin too late or too early begins after nine.
    late, early = soon % DAY > 17 * HOUR + HOUR // 2, soon % DAY < 9 * HOUR
    morning = (soon // DAY + late) * DAY + 9 * HOUR + rng.integers(0, HOUR, size)
    soon = np.where(late | early, morning, soon)
    soon = soon + DAY * (soon // DAY % 7 == 6)
    return np.where(fresh | touchpoints.ANOTHER_DAY[at], np.maximum(visit, clock + 60), soon)


def _length(rng, at, start, branch, opened, network, state):
    """Say how long a step takes: minutes of work, a queue, or days in the back office."""
    day = start // DAY
    hour = np.clip(start % DAY // HOUR - 9, 0, 7)
    spread = exponentials(rng, (len(at), 2))
    work = touchpoints.MINUTES[at] * 60 * (500 + spread[:, 0] // 2) // 1000
    crowd = CROWD[hour] * np.where(_payday(day), PAYDAY_CROWD, 100) // 100
    queue = state.wait[branch, service.week(day)] * crowd // 100
    queue = 30 + queue * (300 + 7 * spread[:, 0] // 10) // 1000
    slow = 100 - 18 * network.quality[branch] // 1000
    both = spread.sum(axis=1) // 2
    approval = (APPROVAL_LEAST + APPROVAL_DAYS * both // 1000) * slow // 100 * DAY // 100
    inquiry = (INQUIRY_LEAST + INQUIRY_DAYS * spread[:, 1] // 1000) * slow // 100 * DAY // 100
    inquiry = _hurry(rng, inquiry, start - opened)
    found = np.where(at == QUEUEING, queue, work)
    found = np.where(at == APPROVAL, approval, found)
    return np.maximum(np.where(at == INVESTIGATION, inquiry, found), 20)


def _hurry(rng, inquiry, before):
    """Finish some inquiries just before the limit that would have ended just after."""
    days = (before + inquiry) // DAY
    near = (days >= LIMIT - 1) & (days < HURRIED_UNTIL) & (before < 12 * DAY)
    early = (13 * DAY + rng.integers(0, DAY, len(inquiry))) - before
    return np.where(near & happens(rng, np.full(len(inquiry), HURRIED)), early, inquiry)


def _payday(day):
    """Tell which days are paydays: the 10th and the 15th of a month.

    Parameters
    ----------
    day : array of int
        Day numbers.

    Returns
    -------
    ndarray of bool
        In the shape of `day`.

    Examples
    --------
    >>> _payday(np.array([0, 9, 14, 40]))
    array([False,  True,  True,  True])
    """
    date = np.datetime64("2024-01-01") + np.asarray(day).astype("timedelta64[D]")
    of_month = (date - date.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    return np.isin(of_month, PAYDAYS)


def _feel(rng, at, channel, excess, outcome, mood, branch, start, network):
    """Return how a step feels, on the scale from 1 to 7."""
    latent = touchpoints.LEVEL[at] + BY_CHANNEL[channel] + MOOD * mood // 100
    latent = latent + BRANCH * network.quality[branch] // 100
    latent += BY_TRANSFORMATION * ((start // DAY >= network.transformed[branch]) & (channel < 2))
    latent += np.maximum(PER_WAIT * np.clip(excess, -150, 10_000) // 100, WORST_WAIT)
    latent += BY_RETURN * (outcome == RETURNED) + BY_DROP * (outcome == DROPPED)
    return on_scale(latent + NOISE * normals(rng, len(at)) // 100)


def _onward(rng, step, place, fresh, journey):
    """Send returned cases back, the others on; some steps are left out."""
    case, at, outcome = (step[name].to_numpy() for name in ("case", "touchpoint", "outcome"))
    onward = np.minimum(at + 1, touchpoints.LAST[journey[case]])
    skip = happens(rng, touchpoints.SKIPPED[onward])
    last = onward == touchpoints.LAST[journey[case]]
    ended = (outcome == DROPPED) | (
        (outcome == DONE) & ((at == touchpoints.LAST[journey[case]]) | (skip & last))
    )
    place = place.copy()
    place[case] = np.where(outcome == RETURNED, touchpoints.BACK[at], onward)
    return case[~ended], place, fresh


def emotions(events, size):
    """Gather what each case felt.

    Parameters
    ----------
    events : DataFrame
        As returned by `go`.
    size : int
        How many cases.

    Returns
    -------
    tuple of ndarray
        n cases × 17: the last emotion at each touchpoint, ``NEUTRAL`` where not visited; n cases: the
        peak (strongest, the first of equals); n cases: the end.
    """
    case, felt = events["case"].to_numpy(), events["emotion"].to_numpy()
    last = np.full((size, len(touchpoints.NAMES)), NEUTRAL)
    last[case, events["touchpoint"].to_numpy()] = felt
    order = np.lexsort([-np.arange(len(case)), np.abs(felt - NEUTRAL), case])
    peak, end = np.full(size, NEUTRAL), np.full(size, NEUTRAL)
    peak[case[order]], end[case] = felt[order], felt
    return last, peak, end

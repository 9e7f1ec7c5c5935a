"""What the ledger estimates: every statistic of the course on a very large draw, everybody asked everywhere."""

import numpy as np

from simbank import (
    calendar,
    case_records,
    cases,
    churn,
    customers,
    leaving,
    ledger,
    touchpoints,
    true_segments,
    walk,
)

CUSTOMERS = 10_000
TIMED = {
    "wait_minutes": {touchpoints.QUEUEING: 60},
    "wait_days": {touchpoints.APPROVAL: 86_400, touchpoints.INVESTIGATION: 86_400},
}
PLACES_OF = ("journey", "touchpoint", "segment", "branch", "indicator", "week", "snapshot", "driver")


def draw(rng, bank):
    """Draw new customers of the same branches, with cases and leaving, asking everybody.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    bank : Setting
        As returned by `ledger.setting`.

    Returns
    -------
    tuple
        People, segment, cases, events, answers about cases, day of leaving.
    """
    people = customers.draw(rng, bank.network, CUSTOMERS)
    segment = true_segments.assign(rng, people, bank.habits)
    found, events = cases.draw(rng, people, segment, bank.network, bank.state, bank.moments)
    leave = leaving.draw(rng, people, segment, bank.network, found, np.full(len(people), -1))
    found, events = ledger.happened(found, events, leave)
    return people, segment, found, events, case_records.answers(rng, found, events), leave


def key(quantity, **place):
    """Name a quantity and what it speaks of: a hashable key."""
    return quantity, tuple(place.get(name) for name in PLACES_OF)


def statistics(people, segment, found, events, told, leave):
    """Compute every statistic of one batch.

    Parameters
    ----------
    people, segment, found, events, told, leave
        As returned by `draw`.

    Returns
    -------
    dict
        Key to value.
    """
    result = {
        key("segment_share", segment=name): (segment == k).mean()
        for k, name in enumerate(true_segments.SEGMENTS)
    }
    joined = people["joined"].to_numpy()
    for day, until in zip(churn.SNAPSHOTS, churn.AFTERWARDS, strict=True):
        here = (joined <= day - churn.KNOWN_DAYS) & (leave >= day)
        result[key("left_share", snapshot=str(calendar.text(np.array([day]))[0]))] = (
            leave[here] < until
        ).mean()
    return (
        result
        | _of_steps(events)
        | _of_cases(found, told)
        | of_complaints(found)
        | _of_moments(found, told, events)
    )


def _of_steps(events):
    """Return drop-off, rework, waits and emotions by touchpoint."""
    over = events[events["outcome"] != walk.WAITING]
    result = {}
    for at, rows in over.groupby("touchpoint"):
        place = {
            "journey": touchpoints.JOURNEYS[touchpoints.JOURNEY[at]],
            "touchpoint": touchpoints.NAMES[at],
        }
        if touchpoints.DROPPED[at]:
            result[key("step_drop_off", **place)] = (rows["outcome"] == walk.DROPPED).mean()
        if touchpoints.RETURNED[at]:
            result[key("step_rework", **place)] = (rows["outcome"] == walk.RETURNED).mean()
        result[key("step_emotion", **place)] = rows["emotion"].mean()
        for name, units in TIMED.items():
            if at in units:
                result[key(name, **place)] = (rows["end"] - rows["start"]).mean() / units[at]
    return result


def _of_cases(found, told):
    """Return what finished cases are like, journey by journey."""
    table = told.assign(journey=found["journey"], given_up=found["given_up"], reworked=found["returns"] > 0)[
        found["finished"]
    ]
    result = {}
    for number, rows in table.groupby("journey"):
        place = {"journey": touchpoints.JOURNEYS[number]}
        result |= {
            key("case_drop_off", **place): rows["given_up"].mean(),
            key("case_rework", **place): rows["reworked"].mean(),
            key("case_satisfaction", **place): rows["satisfaction"].mean(),
            key("case_top_two", **place): (rows["satisfaction"] >= 6).mean(),
            key("case_effort", **place): rows["effort"].mean(),
            key("case_recommend", **place): (rows["recommend"] >= 9).mean() - (rows["recommend"] <= 6).mean(),
        }
        shares = rows["named"].value_counts(normalize=True)
        result |= {
            key("stated_share", **place, touchpoint=touchpoints.NAMES[at]): shares.get(at, 0.0)
            for at in np.flatnonzero(number == touchpoints.JOURNEY)
        }
    return result


def of_complaints(found):
    """Return how long complaints take, all followed to their end, and how often they come back."""
    table = found[found["journey"] == 2]
    days = table["end_day"] - table["start"] // walk.DAY
    return {
        key("complaint_days"): days.median(),
        key("complaint_over_15"): (days > walk.LIMIT).mean(),
        key("complaint_escalated"): table["escalated"].mean(),
        key("complaint_repeated"): (table["repeat_of"] >= 0).mean(),
    }


def _of_moments(found, told, events):
    """Return regressions of satisfaction on emotions in completed cases, everybody asked everywhere."""
    last, peak, end = walk.emotions(events, len(found))
    whole = (found["finished"] & ~found["given_up"]).to_numpy()
    result = {}
    for number, journey in enumerate(touchpoints.JOURNEYS):
        rows = whole & (found["journey"].to_numpy() == number)
        at = np.flatnonzero(number == touchpoints.JOURNEY)
        away, outcome = last[np.ix_(rows, at)] - touchpoints.NEUTRAL, told["satisfaction"].to_numpy()[rows]
        plain = _slopes(outcome, away)
        bent = _slopes(outcome, np.hstack([np.minimum(away, 0), np.maximum(away, 0)]))
        by_end = _slopes(outcome, np.column_stack([peak[rows], end[rows]]))
        for k, name in enumerate(np.array(touchpoints.NAMES)[at]):
            place = {"journey": journey, "touchpoint": str(name)}
            result[key("moment_effect", **place)] = plain[k]
            result[key("moment_penalty", **place)] = bent[k]
            result[key("moment_reward", **place)] = bent[len(at) + k]
        result[key("peak_weight", journey=journey)], result[key("end_weight", journey=journey)] = by_end
    return result


def of_causes(found, events, moments):
    """Return what a better emotion at one touchpoint causes, through moment, peak and end together."""
    result, felt = {}, events["emotion"].to_numpy()
    before = _content(events, len(found), moments)
    whole = (found["finished"] & ~found["given_up"]).to_numpy()
    for at, name in enumerate(touchpoints.NAMES):
        better = (events["touchpoint"].to_numpy() == at) & (felt < 7)
        after = _content(events.assign(emotion=felt + better), len(found), moments)
        moved = whole & (np.bincount(events["case"], better, minlength=len(found)) > 0)
        place = {"journey": touchpoints.JOURNEYS[touchpoints.JOURNEY[at]], "touchpoint": name}
        result[key("moment_cause", **place)] = (after - before)[moved].mean() / 1000
    return result


def _content(events, size, moments):
    """Return what the emotions of each case add to satisfaction, in thousandths."""
    last, peak, end = walk.emotions(events, size)
    return moments.pull(last) + 10 * (moments.peak * peak + moments.end * end)


def _slopes(outcome, predictors):
    """Return least-squares slopes.

    Parameters
    ----------
    outcome : array of n
        What is explained.
    predictors : array, n rows × k columns
        What explains it.

    Returns
    -------
    ndarray
        k slopes; the constant is left out.

    Examples
    --------
    >>> _slopes(np.array([1, 3, 5]), np.array([[0], [1], [2]])).round(6)
    array([2.])
    """
    design = np.column_stack([np.ones(len(outcome)), predictors])
    return np.linalg.lstsq(design, outcome, rcond=None)[0][1:]

"""The cases of the customers: who opens an account, asks for a loan or complains, and how content they are after."""

import numpy as np
import pandas as pd

from simbank import calendar, service, true_segments, walk
from simbank.streams import MILLION, choose, exponentials, happens, normals, powers
from simbank.walk import DAY, DROPPED, WAITING

# Chances per million and two years of one more account, a loan application, and each of two complaints.
RATE = np.array([300_000, 150_000, 85_000, 85_000])
SLOTS = np.array([0, 1, 2, 2])
KNOWN_DAYS = 30
COMPLAINT_BY_WARMTH = -250
# The mood of a case: percent lasting warmth, percent of the day (thousandths).
LASTING, OF_THE_DAY = 70, 71
# Satisfaction in thousandths: level by journey, halo in percent of mood, rework, giving up, noise in percent.
LEVEL = np.array([4250, 4350, 4350])
# What content is usually like at the end of such a case; anyone who is above it stands better with the bank.
USUAL = np.array([5300, 5000, 4300])
HALO, BY_GIVING_UP, NOISE = 38, -700, 62
# Complaints: what about (retail and firms alike), escalated per million in time and late, again if discontent.
TOPICS = ("waiting", "attitude", "fees", "app_failure", "sales", "error", "rules")
TOPIC_SHARES = np.array(
    [
        [260_000, 150_000, 140_000, 60_000, 110_000, 130_000, 150_000],
        [190_000, 130_000, 150_000, 170_000, 100_000, 120_000, 140_000],
        [90_000, 100_000, 170_000, 300_000, 90_000, 110_000, 140_000],
    ]
)
ESCALATED, ESCALATED_LATE = 40_000, 220_000
AGAIN, AGAIN_PER_POINT, AGAIN_AFTER = 160_000, -50_000, 20


def draw(rng, people, segment, network, state, moments):
    """Draw the cases of some customers and let them run.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.
    segment : ndarray of int64
        Their true segments.
    network : Network
        The branches.
    state : Service
        Their two years.
    moments : Moments
        What moves satisfaction.

    Returns
    -------
    tuple of DataFrame
        Cases (``person``, ``journey``, ``day``, ``end_day``, ``finished``, ``given_up``, ``returns``,
        ``content``, ``topic``, ``escalated``, ``repeat_of`` …) and events (``case`` is a row of cases).
    """
    first = _begin(rng, people, segment, network, state)
    events = walk.go(rng, first, network, state)
    first = _conclude(rng, first, events, moments)
    again = _again(rng, first)
    more = walk.go(rng, again, network, state)
    again = _conclude(rng, again, more, moments)
    found = pd.concat([first.assign(repeat_of=-1), again], ignore_index=True)
    events = pd.concat([events, more.assign(case=more["case"] + len(first))], ignore_index=True)
    return found, _until_the_last_day(found, events)


def _begin(rng, people, segment, network, state):
    """Say who starts which journey when.

    Parameters
    ----------
    rng, people, segment, network, state
        As for `draw`.

    Returns
    -------
    DataFrame
        One row a case, with what is known of its customer.
    """
    size = (len(people), len(SLOTS))
    branch, warmth = people["branch"].to_numpy(), people["warmth"].to_numpy()
    day = rng.integers(0, calendar.DAYS, size)
    day = np.minimum(day + (day % 7 == 6), calendar.DAYS - 1)
    chance = RATE * true_segments.CASES[segment][:, SLOTS] // 100
    upset = state.complaints[branch[:, None], service.week(day)]
    upset = upset * powers(COMPLAINT_BY_WARMTH * warmth // 1000)[:, None] // 1000
    chance = chance * np.where(SLOTS == 2, upset, 1000) // 1000
    able = day >= people["joined"].to_numpy()[:, None] + KNOWN_DAYS
    person, slot = np.nonzero(able & happens(rng, np.minimum(chance, MILLION)))
    mood = (LASTING * warmth[person] + OF_THE_DAY * normals(rng, len(person))) // 100
    digital = people["digital"].to_numpy()[person]
    return pd.DataFrame(
        {
            "person": person,
            "journey": SLOTS[slot],
            "day": day[person, slot],
            "branch": branch[person],
            "digital": digital,
            "mood": mood,
            "topic": choose(rng, TOPIC_SHARES[digital]),
        }
    )


def _conclude(rng, cases, events, moments):
    """Say how each case ended and how content it leaves its customer.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    cases : DataFrame
        As returned by `_begin`.
    events : DataFrame
        As returned by `walk.go`.
    moments : Moments
        What moves satisfaction.

    Returns
    -------
    DataFrame
        `cases` with ``start``, ``end``, ``finished``, ``given_up``, ``returns``, ``content``, ``escalated``.
    """
    size = len(cases)
    case, outcome = events["case"].to_numpy(), events["outcome"].to_numpy()
    start, end = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    start[case[::-1]], end[case] = events["start"].to_numpy()[::-1], events["end"].to_numpy()
    gone = np.bincount(case, outcome == DROPPED, minlength=size).astype(bool)
    last, peak, final = walk.emotions(events, size)
    content = LEVEL[cases["journey"]] + moments.pull(last) + HALO * cases["mood"].to_numpy() // 100
    content += 10 * (moments.peak * (peak - 4) + moments.end * (final - 4))
    content += BY_GIVING_UP * gone + NOISE * normals(rng, size) // 100
    late = (end - start) // DAY > walk.LIMIT
    escalated = happens(rng, ESCALATED + ESCALATED_LATE * late) & (cases["journey"].to_numpy() == 2)
    return cases.assign(
        start=start,
        end=end,
        end_day=end // DAY,
        finished=end < calendar.DAYS * DAY,
        given_up=gone,
        returns=np.bincount(case, outcome == walk.RETURNED, minlength=size).astype(np.int64),
        content=content,
        escalated=escalated,
    )


def _again(rng, first):
    """Let the discontent complain about the same thing again."""
    chance = AGAIN + AGAIN_PER_POINT * (first["content"].to_numpy() - USUAL[2]) // 1000
    wanted = happens(rng, np.clip(chance, 0, 600_000)) & (first["journey"].to_numpy() == 2)
    after = first["end_day"].to_numpy() + 3 + AGAIN_AFTER * exponentials(rng, len(first)) // 1000
    after = after + (after % 7 == 6)
    kept = np.flatnonzero(wanted & (after < calendar.DAYS))
    columns = ["person", "journey", "branch", "digital", "mood", "topic"]
    return first.loc[kept, columns].assign(day=after[kept], repeat_of=kept).reset_index(drop=True)


def _until_the_last_day(found, events):
    """Cut the record at the end of the two years: a case that had not ended by then is still waiting."""
    seen = events[events["start"] < calendar.DAYS * DAY]
    last = ~seen["case"].duplicated(keep="last") & ~found["finished"].to_numpy()[seen["case"]]
    return seen.assign(outcome=seen["outcome"].mask(last, WAITING)).reset_index(drop=True)

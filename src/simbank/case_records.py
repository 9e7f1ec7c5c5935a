"""What is on record of the cases: events with emotions where asked, surveys after a case, and complaints."""

import numpy as np
import pandas as pd
import pyarrow as pa

from simbank import branches, calendar, customers, touchpoints, walk
from simbank.opinions import on_scale
from simbank.streams import MILLION, happens, normals
from simbank.transactions import named

# A panel is asked after every step; others now and then: per million, by digital use, by channel and digital use.
PANEL = np.array([150_000, 280_000, 380_000])
ASKED = np.array(
    [
        [40_000, 50_000, 60_000],
        [120_000, 150_000, 170_000],
        [280_000, 360_000, 430_000],
        [60_000, 70_000, 80_000],
    ]
)
# Who answers about a finished case, per million: digital use, panel, and for each point of |content − 4.5|.
RESPONSE = np.array([280_000, 350_000, 400_000])
RESPONSE_PANEL, RESPONSE_PER_POINT = 250_000, 50_000
# Effort (1 little – 7 much): level, per return, percent of content above the middle, noise.
EFFORT, EFFORT_PER_RETURN, EFFORT_BY_CONTENT, EFFORT_NOISE = 3000, 800, -45, 90
# Likelihood to recommend (0–10) at 4.7 points of content, percent per point, noise.
RECOMMEND, RECOMMEND_BY_CONTENT, RECOMMEND_NOISE = 7000, 130, 110
STATED_NOISE = 900
CHANNEL_TOPIC = ("counter", "smart_counter", "app", "hotline")


def asked(rng, people, found, events):
    """Say which events were followed by the question how it felt.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.
    found, events : DataFrame
        As returned by `cases.draw`.

    Returns
    -------
    tuple
        Whether each case is in the panel; whether each event was asked about; with what chance per million.
    """
    digital = found["digital"].to_numpy()
    panel = happens(rng, PANEL[digital])
    case, channel = events["case"].to_numpy(), events["channel"].to_numpy()
    now_and_then = ASKED[channel, digital[case]]
    chance = PANEL[digital[case]] + (MILLION - PANEL[digital[case]]) * now_and_then // MILLION
    over = events["outcome"].to_numpy() != walk.WAITING
    hit = (panel[case] | happens(rng, now_and_then)) & over
    return panel, hit, np.where(over, chance, 0)


def table(found, events, hit, chance, names, *, network):
    """Write events as they go into the Parquet file.

    Parameters
    ----------
    found, events : DataFrame
        As returned by `cases.draw`, those cases alone that happened.
    hit, chance : ndarray
        As returned by `asked`.
    names : DataFrame
        As returned by `named_cases`.
    network : Network
        The branches.

    Returns
    -------
    pyarrow.Table
        Rows of the table ``journeys``.
    """
    case = events["case"].to_numpy()
    start = int(calendar.START.astype("datetime64[s]").astype(np.int64))
    times = {name: 1000 * (start + events[name].to_numpy()) for name in ("start", "end")}
    open_still = events["end"].to_numpy() >= calendar.DAYS * walk.DAY
    at = events["touchpoint"].to_numpy()
    step = np.arange(len(case)) - np.searchsorted(case, case) + 1
    return pa.table(
        {
            "case": named(names["case"], case),
            "step": pa.array(step.astype(np.int32)),
            "journey": named(touchpoints.JOURNEYS, found["journey"].to_numpy()[case]),
            "customer": named(names["customer"], case),
            "branch": named(branches.ids(len(network)), found["branch"].to_numpy()[case]),
            "touchpoint": named(touchpoints.NAMES, at),
            "channel": named(touchpoints.CHANNELS, events["channel"].to_numpy()),
            "start": pa.array(times["start"], pa.timestamp("ms")),
            "end": pa.array(times["end"], pa.timestamp("ms"), mask=open_still),
            "outcome": named(walk.OUTCOMES, events["outcome"].to_numpy()),
            "emotion": pa.array(events["emotion"].to_numpy().astype(np.int8), mask=~hit),
            "asked_per_million": pa.array(chance.astype(np.int32)),
        }
    )


def named_cases(found, *, first):
    """Name the cases of each customer in the order of their start: C00001-1, C00001-2 …

    Parameters
    ----------
    found : DataFrame
        Cases with ``person`` and ``start``, one row each.
    first : int
        The number of the first customer.

    Returns
    -------
    DataFrame
        ``customer`` and ``case``, in the order of `found`.
    """
    order = np.lexsort([found["start"], found["person"]])
    person = found["person"].to_numpy()[order]
    number = np.empty(len(found), dtype=np.int64)
    number[order] = np.arange(len(found)) - np.searchsorted(person, person) + 1
    customer = customers.ids(first + found["person"].to_numpy())
    return pd.DataFrame(
        {"customer": customer, "case": np.strings.add(np.strings.add(customer, "-"), number.astype(str))}
    )


def answers(rng, found, events):
    """Let every finished case be judged, whether anybody asks or not.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    found, events : DataFrame
        As returned by `cases.draw`.

    Returns
    -------
    DataFrame
        ``satisfaction``, ``effort`` (1–7), ``recommend`` (0–10) and ``named`` (the touchpoint that is
        said to have mattered most), in the order of `found`.
    """
    size = len(found)
    content, z = found["content"].to_numpy(), normals(rng, (size, 2))
    above = content - 4500
    effort = EFFORT + EFFORT_PER_RETURN * found["returns"].to_numpy() + EFFORT_BY_CONTENT * above // 100
    recommend = RECOMMEND + RECOMMEND_BY_CONTENT * (content - 4700) // 100 + RECOMMEND_NOISE * z[:, 1] // 100
    visited = np.zeros((size, len(touchpoints.NAMES)), dtype=bool)
    visited[events["case"], events["touchpoint"]] = True
    salience = touchpoints.STATED + STATED_NOISE * normals(rng, visited.shape) // 1000
    return pd.DataFrame(
        {
            "satisfaction": on_scale(content),
            "effort": on_scale(effort + EFFORT_NOISE * z[:, 0] // 100),
            "recommend": np.clip((recommend + 500) // 1000, 0, 10),
            "named": np.where(visited, salience, -100_000).argmax(axis=1),
        }
    )


def surveys(rng, people, found, events, panel, names, *, network):
    """Write down the surveys that came back after a finished case.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.
    found, events : DataFrame
        As returned by `cases.draw`.
    panel : ndarray of bool
        As returned by `asked`.
    names : DataFrame
        As returned by `named_cases`.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        Rows of the table ``journey_surveys``.
    """
    told = answers(rng, found, events)
    chance = RESPONSE[found["digital"]] + RESPONSE_PANEL * panel
    chance += RESPONSE_PER_POINT * np.abs(found["content"].to_numpy() - 4500) // 1000
    consent = people["consent"].to_numpy()[found["person"]]
    due = found["end_day"].to_numpy() + rng.integers(0, 4, len(found))
    came = happens(rng, np.minimum(chance, MILLION)) & consent & found["finished"] & (due < calendar.DAYS)
    rows = pd.DataFrame(
        {
            "case": names["case"],
            "customer": names["customer"],
            "branch": branches.ids(len(network))[found["branch"]],
            "journey": np.array(touchpoints.JOURNEYS)[found["journey"]],
            "date": calendar.text(due),
            "panel": panel.astype(int),
            "given_up": found["given_up"].astype(int),
        }
    ).join(told.assign(named=np.array(touchpoints.NAMES)[told["named"]]))
    return rows[came].sort_values("case", ignore_index=True)


def complaints(found, events, names, topics, *, network):
    """Write down the complaints: the cases of complaint handling, from the bank's own log.

    Parameters
    ----------
    found, events : DataFrame
        As returned by `cases.draw`.
    names : DataFrame
        As returned by `named_cases`.
    topics : tuple of str
        The names of the topics.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        Rows of the table ``complaints``.
    """
    chosen = np.flatnonzero(found["journey"] == 2)
    opening = events.groupby("case")["channel"].first()
    ended = np.where(found["finished"], found["end_day"], calendar.NEVER)
    before = found["repeat_of"].to_numpy()
    rows = pd.DataFrame(
        {
            "case": names["case"],
            "customer": names["customer"],
            "branch": branches.ids(len(network))[found["branch"]],
            "received": calendar.text(found["start"].to_numpy() // walk.DAY),
            "closed": calendar.text(ended),
            "channel": np.array(CHANNEL_TOPIC)[opening.reindex(range(len(found)), fill_value=0)],
            "topic": np.array(topics)[found["topic"]],
            "escalated": found["escalated"].astype(int),
            "repeat_of": np.where(before >= 0, names["case"].to_numpy()[before], ""),
        }
    )
    return rows.iloc[chosen].sort_values("case", ignore_index=True)

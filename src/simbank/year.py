"""The year after the record: what customers and branches do under a plan, and what they would have done without."""

from dataclasses import replace

import numpy as np
import pandas as pd

from simbank import actions, branches, calendar, customers, opinions, plans, servqual_survey
from simbank.plans import FIRST_DAY, WEEKS
from simbank.service import path
from simbank.streams import CHUNK, generator, happens, normals, powers

# The survey of the year begins with the Monday of this week, and asks as the one before did.
ASKED = 40
# What moves without any plan, thousandths of a scale point: the whole bank, and each branch.
MARKET, PLACES = 60, 80
# In each branch head office asks so many customers a week; per million very satisfied, and per point of satisfaction.
CALLED, PLEASED, PLEASED_PER_POINT = 40, 600_000, 220_000
VISITS = 300
# Spring Festival and National Day of 2026: week from 0 and change of visits, as in the record.
SEASON = {4: 100, 5: 160, 6: -600, 7: -150, 38: -350}
GROUPS = len(actions.GROUPS)


def lifts(steps, here):
    """Return what a plan adds to perceptions in every week.

    Parameters
    ----------
    steps : list of Step
        As returned by `plans.read`.
    here : World
        As returned by `actions.world`.

    Returns
    -------
    ndarray of int64, 52 weeks × n branches × 3 groups × 5 dimensions
        Thousandths of a scale point.
    """
    lift = np.zeros((WEEKS, len(here.room), GROUPS, 5), dtype=np.int64)
    for (name, place), felt in _felt(steps).items():
        half = 1000 * actions.CATALOGUE[name].half_days
        lift[:, place[0]] += (
            actions.full(name, place, here) * felt[:, None, None] // (felt + half)[:, None, None]
        )
    return lift


def _felt(steps):
    """Person-days that are felt in each week, thousandths, by action and place: the same action adds up."""
    found = {}
    for step in steps:
        action = actions.CATALOGUE[step.action]
        since = np.arange(WEEKS) - step.first - action.delay + 1
        felt = step.days * np.clip(1000 * since // action.ramp, 0, 1000)
        key = step.action, step.place
        found[key] = found.get(key, 0) + felt
    return found


def waits(steps, count):
    """Return what a plan does to the wait on record, by branch and week, logarithm in thousandths."""
    moved = np.zeros((count, WEEKS), dtype=np.int64)
    for (name, place), felt in _felt(steps).items():
        action = actions.CATALOGUE[name]
        moved[place[0]] += action.wait * felt // (felt + 1000 * action.half_days)
    for step in steps:
        if step.days:
            running = (np.arange(WEEKS) >= step.first) & (np.arange(WEEKS) <= step.last)
            moved[step.place[0]] += actions.CATALOGUE[step.action].while_running * running
    return moved


def drift(seed, count):
    """Return what moves each branch without a plan, thousandths of a scale point for every dimension."""
    rng = generator(seed, "year")
    return MARKET * normals(rng, 1) // 1000 + PLACES * normals(rng, count) // 1000


def _weekly(seed, network, state, steps, here):
    """Write down what is counted every week of the year.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    state : Service
        The two years before: the year goes on where they end.
    steps : list of Step
        What is done.
    here : World
        As returned by `actions.world`.

    Returns
    -------
    DataFrame
        The table ``year_weekly``: one row is a branch in a week.
    """
    rng, count = generator(seed, "year", chunk=1), len(network)
    season = np.zeros(WEEKS, dtype=np.int64)
    season[list(SEASON)] = list(SEASON.values())
    usual = state.wait[:, -26:].mean(axis=1).astype(np.int64)
    slow = path(rng, count, "mean_wait_seconds")[:, :WEEKS] + season // 3 + waits(steps, count)
    busy = powers(season + path(rng, count, "visits")[:, :WEEKS])
    visits = VISITS * network.size[:, None] * busy // 100_000
    lift = lifts(steps, here) @ actions.SATISFIES
    group = np.rint(1000 * here.shares).astype(np.int64)
    moved = np.einsum("wbg,bg->bw", lift, group) // 100_000
    level = (network.perceived(calendar.DAYS) + drift(seed, count)[:, None]) @ actions.SATISFIES // 100
    chance = PLEASED + PLEASED_PER_POINT * (level[:, None] + moved) // 1000
    asked = happens(rng, np.repeat(np.clip(chance, 20_000, 980_000)[..., None], CALLED, axis=2))
    branch, week = (grid.ravel() for grid in np.indices(visits.shape))
    return pd.DataFrame(
        {
            "branch": branches.ids(count)[branch],
            "week": week + 1,
            "week_start": calendar.text(FIRST_DAY + 7 * week),
            "visits": visits.ravel(),
            "mean_wait_seconds": (usual[:, None] * powers(slow) // 1000).ravel(),
            "called": CALLED,
            "called_top": asked.sum(axis=2).ravel(),
        }
    )


def tables(seed, network, state, queue, steps, here):
    """Write the year down.

    Parameters
    ----------
    seed, network, state, queue, steps, here
        As for `_weekly` and `survey`.

    Returns
    -------
    dict of str to DataFrame
        ``year_plan``, ``year_weekly`` and ``year_survey``; without a plan there is no table of it.
    """
    planned = {"year_plan": plans.table(steps, len(network))} if steps else {}
    return planned | {
        "year_weekly": _weekly(seed, network, state, steps, here),
        "year_survey": survey(seed, servqual_survey.shortest(queue), network, steps, here),
    }


def waiting(seed, people, *, number):
    """List which customers of a chunk may be asked in the year: those who agreed and are still there.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    people : DataFrame
        As returned by `ledger.draw`, with the day each of them ``left``.
    number : int
        Which chunk.

    Returns
    -------
    DataFrame
        As `servqual.waiting`, for one survey.
    """
    lot = generator(seed, "year", chunk=10 + number).integers(0, 2**40, CHUNK)[: len(people)]
    able = (people["consent"] & (people["left"] == calendar.NEVER)).to_numpy()
    kept = people.loc[able, ["branch", "age", "digital", "warmth", "demand"]]
    return kept.assign(customer=number * CHUNK + np.flatnonzero(able), wave=2, lot=lot[able])


def survey(seed, queue, network, steps, here):
    """Ask the customers again in autumn.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    queue : DataFrame
        As returned by `waiting`, the shortest lots of each branch.
    network : Network
        The branches.
    steps : list of Step
        What is done.
    here : World
        As returned by `actions.world`.

    Returns
    -------
    DataFrame
        The table ``year_survey``: one row is a respondent.
    """
    rng = generator(seed, "year", chunk=2)
    quota = np.tile(servqual_survey.quotas(rng, len(network))[:, :1], 2)
    people = servqual_survey.respond(rng, queue, network, quota)
    forms = opinions.form(
        rng, by_group(people), moved(network, lifts(steps, here)[ASKED], drift(seed, len(network)))
    )
    asked = [f"P{item}" for item in opinions.ITEMS]
    answers = servqual_survey.spoil(rng, forms, people)[[*asked, "satisfaction", "intention"]]
    day = FIRST_DAY + 7 * ASKED + rng.integers(0, calendar.INVITING_DAYS, len(people))
    head = pd.DataFrame(
        {
            "customer": customers.ids(people["customer"]),
            "branch": branches.ids(len(network))[people["branch"]],
            "date": calendar.text(day),
        }
    )
    rows = head.join(answers).sort_values(["date", "customer"], ignore_index=True)
    rows.insert(0, "respondent", [f"Y{number:05d}" for number in range(1, len(rows) + 1)])
    return rows


def moved(network, lift, without):
    """Return the branches as each group of their customers perceives them: three rows for each branch.

    Parameters
    ----------
    network : Network
        The branches.
    lift : ndarray of int64, n branches × 3 groups × 5 dimensions
        What the plan adds.
    without : ndarray of int64
        What moves each branch anyway.

    Returns
    -------
    Network
        3n rows.
    """
    many = {name: np.repeat(value, GROUPS, axis=0) for name, value in vars(network).items()}
    shift = np.repeat(without, GROUPS)[:, None] + lift.reshape(-1, 5)
    return replace(network, **many | {"perception": many["perception"] + shift})


def by_group(people):
    """Return the same people, each at the row of `moved` that is their branch and group.

    Parameters
    ----------
    people : DataFrame
        With ``branch`` and ``digital`` as positions.

    Returns
    -------
    DataFrame
        With another ``branch``.
    """
    return people.assign(branch=GROUPS * people["branch"] + people["digital"])

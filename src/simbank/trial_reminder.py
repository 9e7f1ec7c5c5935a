"""A fair test of an appointment reminder, the same test with a broken log, and a comparison that misleads.

Waits are in thousandths of a minute until they are written down.
"""

import numpy as np
import pandas as pd

from simbank import branches, calendar, customers
from simbank.branches import DIMENSIONS
from simbank.streams import generator, happens, normals

ARMS = ("control", "reminder")
FIRST_DAY, ASSIGNING_DAYS, SOONEST, VISITING_DAYS = int(calendar.day("2025-03-03")), 56, 3, 40
# Of a thousand retail customers who joined before, so many are in the trial and in the broken one.
SHARE, BROKEN_SHARE = 150, 130
# A wait: level, how much shorter where the branch responds better by a scale point, spread, skewness.
WAIT, BY_RESPONSIVENESS, SPREAD, SKEW, LEAST = 13_000, -13_000, 4_700, 900, 1_000
# Waits before and after share a person (percent person, percent of the day).
PERSON, OF_THE_DAY = 69, 72
# What the reminder does by age group: minutes of wait, and chance per million to miss the appointment.
EFFECT = np.array([-300, -500, -1_300])
MISSED = np.array([190_000, 140_000, 120_000])
MISSED_EFFECT = np.array([-80_000, -50_000, -25_000])
# Who missed the appointment comes without one, and waits longer.
WALK_IN = 5_000
# The broken log loses rows of the reminder arm: who missed, and who hardly uses digital services.
LOST_MISSED, LOST_LOW = 600_000, 400_000
# Stream numbers beside the chunks of customers.
BROKEN, TRUTH = 10**8, 10**9


def _enrolled(rng, people, *, broken=False):
    """Choose who takes part.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from: the same for both tests, so that nobody is in both.
    people : DataFrame
        Customers, as returned by `customers.draw`.
    broken : bool
        For the test with the broken log.

    Returns
    -------
    ndarray of int64
        Positions in `people`.
    """
    lot = rng.integers(0, 1000, len(people))
    low, high = (SHARE, SHARE + BROKEN_SHARE) if broken else (0, SHARE)
    able = (people["kind"] == 0) & (people["joined"] < FIRST_DAY - 60)
    able &= people.get("left", calendar.NEVER) > FIRST_DAY + ASSIGNING_DAYS + SOONEST + VISITING_DAYS
    return np.flatnonzero(able & (lot >= low) & (lot < high))


def _outcomes(rng, people, network):
    """Draw both outcomes of every participant: as it would be without and with a reminder.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        Participants: ``branch``, ``age``.
    network : Network
        The branches.

    Returns
    -------
    tuple of ndarray
        The wait before (n); missed (n × 2 arms, bool); wait at the next visit (n × 2 arms); waits in
        whole minutes.
    """
    branch, age = people["branch"].to_numpy(), people["age"].to_numpy()
    better = network.perceived(FIRST_DAY)[branch, DIMENSIONS.index("responsiveness")]
    level = WAIT + BY_RESPONSIVENESS * better // 1000
    z = normals(rng, (3, len(people)))
    before, after = ((PERSON * z[0] + OF_THE_DAY * own) // 100 for own in z[1:])
    # One coin for both arms: anyone who misses in spite of the reminder would have missed without it.
    coin = rng.integers(0, 1_000_000, len(people))
    chances = MISSED[age][:, None] + MISSED_EFFECT[age][:, None] * np.arange(2)
    missed = coin[:, None] < chances
    wait = (level + _wait(after))[:, None] + EFFECT[age][:, None] * np.arange(2) + WALK_IN * missed
    return _minutes(level + _wait(before)), missed, _minutes(wait)


def _wait(z):
    return SPREAD * z // 1000 + SKEW * (z**2 - 1_000_000) // 1_000_000


def _minutes(wait):
    return (np.maximum(wait, LEAST) + 500) // 1000


def table(seed, people, network, *, chunk, first, broken=False):
    """Write down what happened to the participants among one chunk of customers.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    people : DataFrame
        Customers of the chunk, as returned by `customers.draw`.
    network : Network
        The branches.
    chunk, first : int
        Which chunk, and the number of its first customer.
    broken : bool
        The test whose log loses rows.

    Returns
    -------
    DataFrame
        Rows of ``trial_reminder`` or ``trial_reminder_broken``: one row is a customer.
    """
    chosen = _enrolled(generator(seed, "trial_reminder", chunk=chunk), people, broken=broken)
    rng = generator(seed, "trial_reminder", chunk=(BROKEN if broken else BROKEN // 2) + chunk)
    who = people.iloc[chosen].reset_index(drop=True)
    before, missed, wait = _outcomes(rng, who, network)
    arm = rng.integers(0, 2, len(who))
    assigned = FIRST_DAY + rng.integers(0, ASSIGNING_DAYS, len(who))
    visited = assigned + SOONEST + rng.integers(0, VISITING_DAYS, len(who))
    own = np.arange(len(who)), arm
    rows = pd.DataFrame(
        {
            "customer": customers.ids(first + chosen),
            "branch": branches.ids(len(network))[who["branch"]],
            "assigned": calendar.text(assigned),
            "arm": np.array(ARMS)[arm],
            "pre_wait_minutes": before,
            "visited": calendar.text(visited),
            "missed": missed[own].astype(int),
            "wait_minutes": wait[own],
        }
    )
    return rows[_kept(rng, who, missed[own], arm)].reset_index(drop=True) if broken else rows


def _kept(rng, people, missed, arm):
    """Tell which rows the broken log still has.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        Participants: ``digital``.
    missed : ndarray of bool
        Who missed the appointment.
    arm : ndarray of int
        1 in the reminder arm.

    Returns
    -------
    ndarray of bool
        False where a row is lost: never in the control arm.
    """
    lost = happens(rng, LOST_MISSED * missed) | happens(rng, LOST_LOW * (people["digital"] == 0).to_numpy())
    return ~(lost & (arm == 1))


def effects(seed, network, *, number):
    """Compute one batch of what the trial estimates, on both outcomes of very many customers.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value; a place is a tuple of (key, value) pairs.
    """
    rng = generator(seed, "trial_reminder", chunk=TRUTH + number)
    people = customers.draw(rng, network, 40_000)
    people = people[(people["kind"] == 0) & (people["joined"] < FIRST_DAY - 60)].reset_index(drop=True)
    before, missed, wait = _outcomes(rng, people, network)
    gained, saved = wait[:, 1] - wait[:, 0], missed[:, 1] * 1.0 - missed[:, 0]
    found = {("reminder_wait", ()): gained.mean(), ("reminder_missed", ()): saved.mean()}
    for k, age in enumerate(customers.AGES):
        rows, place = (people["age"] == k).to_numpy(), (("age_group", age),)
        found["reminder_wait", place], found["reminder_missed", place] = (
            gained[rows].mean(),
            saved[rows].mean(),
        )
    found["reminder_correlation", ()] = np.corrcoef(before, wait[:, 0])[0, 1]
    found["reminder_wait_control", ()] = wait[:, 0].mean()
    found["reminder_missed_control", ()] = missed[:, 0].mean()
    logged = _kept(rng, people, missed[:, 1], np.ones(len(people), dtype=int))
    found["broken_share", ()] = logged.mean() / (1 + logged.mean())
    found["broken_wait", ()] = wait[logged, 1].mean() - wait[:, 0].mean()
    found["broken_missed", ()] = missed[logged, 1].mean() - missed[:, 0].mean()
    return found


def constructs():
    """Return what was put in: the same keys as `effects`, where there is such a number.

    Returns
    -------
    dict
        Wait in minutes, chances as shares.
    """
    age = customers.AGE_SHARES / 1_000_000
    wait = (EFFECT + WALK_IN * MISSED_EFFECT / 1_000_000) / 1000
    missed = MISSED_EFFECT / 1_000_000
    found = {("reminder_wait", ()): age @ wait, ("reminder_missed", ()): age @ missed}
    for k, name in enumerate(customers.AGES):
        found["reminder_wait", (("age_group", name),)] = wait[k]
        found["reminder_missed", (("age_group", name),)] = missed[k]
    found |= {("broken_wait", ()): age @ wait, ("broken_missed", ()): age @ missed, ("broken_share", ()): 0.5}
    return found

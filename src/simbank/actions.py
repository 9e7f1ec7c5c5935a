"""What a bank may do in the year after its record: a catalogue of actions whose effects are declared."""

from dataclasses import dataclass, field

import numpy as np

from simbank import customers, touchpoints
from simbank.branches import DIMENSIONS
from simbank.opinions import DISCONFIRMATION_WEIGHT, PERCEPTION_WEIGHT
from simbank.streams import MILLION, SETTING, generator

# Person-days that the whole bank can give in the year, in blocks; one row gets no more than LONGEST; yuan a day.
CAPACITY, BLOCK, LONGEST, DAY_COST = 120, 10, 60, 800
# Three cheap campaigns; in each bank one of them cannot work.
CAMPAIGNS = ("posters", "wait_bonus", "app_push")
# Room to improve: thousandths of the full effect at a branch as it is perceived; less where it is good.
ROOM_PER_POINT, LEAST_ROOM, MOST_ROOM = 3, 300, 2500
# A mended step lifts every dimension by so many thousandths for one percent of weight of the moment.
BY_MOMENT = 9
# Calls lift every dimension for the group that wants them, and annoy the others a little, if they are called.
WANTED, UNWANTED = 1300, -130
# A share of customers by digital use in a city tier.
GROUPS = customers.DIGITAL


@dataclass(frozen=True)
class Action:
    """One kind of action.

    Attributes
    ----------
    lifts : dict
        Dimension to the full effect at a branch with ordinary room, thousandths of a scale point.
    half_days : int
        Person-days that bring half of the full effect: the first day brings most, no day does harm.
    delay, ramp : int
        Weeks until the effect begins, and from there until it is whole.
    wait : int
        Full effect on the wait on record, logarithm in thousandths.
    while_running : int
        What it adds to the wait from its start to its end: a side effect.
    beside : str
        What its row names beside the branch: "", "touchpoint" (it must) or "digital_use" (it may).
    """

    half_days: int
    delay: int
    ramp: int
    lifts: dict = field(default_factory=dict)
    wait: int = 0
    while_running: int = 0
    beside: str = ""


CATALOGUE = {
    "extra_counter": Action(30, 1, 4, {"responsiveness": 1000}, wait=-450),
    "promise_training": Action(20, 4, 12, {"reliability": 900, "assurance": 250}, while_running=120),
    "call_back": Action(15, 2, 8, {"empathy": 900, "reliability": 150}),
    "mend_moment": Action(25, 3, 8, beside="touchpoint"),
    "care_calls": Action(25, 2, 8, beside="digital_use"),
    "posters": Action(8, 0, 2, {"tangibles": 250}),
    "wait_bonus": Action(8, 0, 2, {"responsiveness": 200}, wait=-300),
    "app_push": Action(8, 0, 2, {"assurance": 250}),
}
SATISFIES = PERCEPTION_WEIGHT + DISCONFIRMATION_WEIGHT


@dataclass(frozen=True)
class World:
    """What differs from bank to bank, beside its branches.

    Attributes
    ----------
    trap : str
        The campaign that cannot work here.
    group : int
        Whom calls help, as a position in ``GROUPS``.
    weight : ndarray of int64
        Percent of a point of satisfaction for one point of emotion, by touchpoint.
    room : ndarray of int64, n branches × 5 dimensions
        Thousandths of the ordinary effect.
    shares : ndarray of float, n branches × 3 groups
        Customers of a branch by digital use.
    """

    trap: str
    group: int
    weight: np.ndarray
    room: np.ndarray
    shares: np.ndarray


def world(seed, network, perceived):
    """Draw what the plan of a bank meets.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    perceived : ndarray of int64, n branches × 5 dimensions
        As they are perceived when the year begins.

    Returns
    -------
    World
        The same for every plan.
    """
    rng = generator(seed, "year", chunk=SETTING)
    moments = touchpoints.draw(generator(seed, "journeys", chunk=SETTING))
    centred = perceived - perceived.mean(axis=0).astype(np.int64)
    by_age = customers.AGE_SHARES / MILLION
    return World(
        trap=CAMPAIGNS[rng.integers(len(CAMPAIGNS))],
        group=int(rng.integers(len(GROUPS))),
        weight=moments.weight,
        room=np.clip(1000 - ROOM_PER_POINT * centred, LEAST_ROOM, MOST_ROOM),
        shares=np.einsum("a,tad->td", by_age, customers.digital_shares(network.tier) / MILLION),
    )


def full(action, place, here):
    """Return what an action brings at the full, were days no matter.

    Parameters
    ----------
    action : str
        A key of ``CATALOGUE``.
    place : tuple
        Position of the branch, and the touchpoint or group (a position; −1 for none, or everybody).
    here : World
        As returned by `world`.

    Returns
    -------
    ndarray of int64, 3 groups × 5 dimensions
        Thousandths of a scale point.
    """
    branch, beside = place
    lift = np.zeros((len(GROUPS), len(DIMENSIONS)), dtype=np.int64)
    if action == "mend_moment":
        return lift + BY_MOMENT * here.weight[beside]
    if action == "care_calls":
        called = np.arange(len(GROUPS)) if beside < 0 else beside
        lift[called] = UNWANTED
        lift[here.group] *= WANTED // UNWANTED
        return lift
    if action != here.trap:
        for dimension, size in CATALOGUE[action].lifts.items():
            at = DIMENSIONS.index(dimension)
            lift[:, at] = size * here.room[branch, at] // 1000
    return lift


def satisfaction(lift, branch, here):
    """Return what a lift does to the mean satisfaction of a branch.

    Parameters
    ----------
    lift : ndarray, 3 groups × 5 dimensions
        Thousandths of a scale point.
    branch : int
        Position of the branch.
    here : World
        As returned by `world`.

    Returns
    -------
    float
        Scale points.
    """
    return float(here.shares[branch] @ (lift @ SATISFIES)) / 100_000


def best(here, *, days=CAPACITY):
    """Find the plan that brings most: every block of days goes where it brings most.

    Effects add up and each day of an action brings less than the one before, so no other plan is better.

    Parameters
    ----------
    here : World
        As returned by `world`.
    days : int
        Person-days to give.

    Returns
    -------
    tuple
        (action, place) to days; and what it brings to the bank's mean satisfaction, scale points.
    """
    count = len(here.room)
    beside = {"": (-1,), "touchpoint": range(len(touchpoints.NAMES)), "digital_use": range(-1, len(GROUPS))}
    whole = {
        (name, (branch, other)): satisfaction(full(name, (branch, other), here), branch, here) / count
        for name, action in CATALOGUE.items()
        for branch in range(count)
        for other in beside[action.beside]
    }
    given, brought = {}, 0.0
    for _ in range(days // BLOCK):
        gains = {
            key: value * (dose(key[0], given.get(key, 0) + BLOCK) - dose(key[0], given.get(key, 0)))
            for key, value in whole.items()
            if given.get(key, 0) < LONGEST
        }
        key = max(gains, key=gains.get)
        given[key] = given.get(key, 0) + BLOCK
        brought += gains[key]
    return given, brought


def dose(action, days):
    """Return which share of the full effect so many person-days bring.

    Parameters
    ----------
    action : str
        A key of ``CATALOGUE``.
    days : int
        Person-days.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> dose("posters", 0), dose("posters", 8)
    (0.0, 0.5)
    """
    return days / (days + CATALOGUE[action].half_days)


def plain_full(action, here, beside=-1):
    """Return the full effect on satisfaction where the room is ordinary and the groups are those of the bank."""
    level = World(here.trap, here.group, here.weight, np.full((1, 5), 1000), here.shares.mean(axis=0)[None])
    return satisfaction(full(action, (0, beside), level), 0, level)

"""Three weeks of the queue machine in six branches: when people come, how long they wait, who gives up.

Arrivals are a Poisson process with a rate for each hour, service and patience are exponential, and the number is
called in the order of arrival. Times are whole seconds after the doors open.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank import branches, calendar
from simbank.branches import DIMENSIONS
from simbank.streams import exponentials, generator, normals
from simbank.trial_reminder import BY_RESPONSIVENESS, WAIT

MOST = 6
FIRST_DAY, WEEKS, WORKDAYS = int(calendar.day("2025-11-03")), 3, 5
OPENS, HOUR = 9, 3600
# Tickets a day of an average branch, and how many of a thousand come in each hour from nine to five.
TICKETS = 142
PROFILE, PROFILE_SPREAD = np.array([150, 185, 150, 85, 95, 130, 125, 80]), 60
HOURS = len(PROFILE)
# Open counters by the size of the branch: two, and one more from each of these on.
COUNTERS, LARGER = 2, (90, 115)
# Work that comes in, in thousandths of what the counters can do: more of it where a long wait is expected.
LOAD, LOAD_PER_MINUTE, LEAST_LOAD, MOST_LOAD = 570, 31, 600, 1150
# How long people are willing to wait, on average: a hundred minutes.
PATIENCE = 6_000
# Days drawn for one batch of the truth; its stream, and the setting's.
DRAWS, TRUTH, SETTING = 100, 10**9, 2**31


@dataclass(frozen=True)
class Queue:
    """What makes the queue of one branch.

    Attributes
    ----------
    branch, service, counters : int
        Position of the branch; mean seconds at the counter; how many counters are open.
    rate : ndarray of int64
        Arrivals in each hour, in thousandths.
    """

    branch: int
    rate: np.ndarray
    service: int
    counters: int


def draw(seed, network):
    """Draw the queues of the branches that have the machine: six at most, spread over the list.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.

    Returns
    -------
    list of Queue
        In the order of the branches.

    """
    step = max(1, len(network) // MOST)
    chosen = np.arange(step // 2, len(network), step)[:MOST]
    z = normals(generator(seed, "queue_tickets", chunk=SETTING), (len(chosen), HOURS))
    shape = PROFILE * (1000 + PROFILE_SPREAD * z // 1000)
    rates = TICKETS * 10 * network.size[chosen][:, None] * shape // shape.sum(axis=1, keepdims=True)
    better = network.perceived(FIRST_DAY)[chosen, DIMENSIONS.index("responsiveness")]
    expected = WAIT + BY_RESPONSIVENESS * better // 1000
    load = np.clip(LOAD + LOAD_PER_MINUTE * expected // 1000, LEAST_LOAD, MOST_LOAD)
    counters = COUNTERS + sum(network.size[chosen] >= size for size in LARGER)
    service = counters * HOURS * HOUR * load // rates.sum(axis=1)
    return [Queue(*one) for one in zip(chosen, rates, service, counters, strict=True)]


def arrivals(rng, queue, days):
    """Draw when people take a number.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    queue : Queue
        The branch.
    days : int
        How many days.

    Returns
    -------
    tuple of ndarray, days × tickets
        Seconds after the doors open, in order; and which of them come before the doors close.
    """
    until = np.concatenate([[0], np.cumsum(queue.rate)])
    people = int(until[-1]) // 1000
    enough = people + 8 * int(np.sqrt(people)) + 10
    # Clock of a process of rate one; then each hour is stretched or squeezed to its own rate.
    passed = np.cumsum(exponentials(rng, (days, enough)), axis=1)
    hour = np.minimum(np.searchsorted(until, passed, side="right") - 1, HOURS - 1)
    return hour * HOUR + (passed - until[hour]) * HOUR // queue.rate[hour], passed < until[-1]


def serve(taken, there, service, patience, *, counters):
    """Call the numbers one after the other, each to the counter that is free first.

    Parameters
    ----------
    taken, there
        As returned by `arrivals`.
    service, patience : ndarray of int64, days × tickets
        Seconds at the counter, and seconds that each person is willing to wait.
    counters : int
        How many counters are open.

    Returns
    -------
    tuple of ndarray, days × tickets
        Seconds until the number is called; who is still there then; the counter, from 0.
    """
    day, free = np.arange(len(taken)), np.zeros((len(taken), counters), dtype=np.int64)
    wait, counter = np.zeros_like(taken), np.zeros_like(taken)
    stays = np.zeros(taken.shape, dtype=bool)
    for k in range(taken.shape[1]):
        counter[:, k] = free.argmin(axis=1)
        called = np.maximum(free[day, counter[:, k]], taken[:, k])
        wait[:, k] = called - taken[:, k]
        stays[:, k] = there[:, k] & (wait[:, k] <= patience[:, k])
        free[day, counter[:, k]] = np.where(stays[:, k], called + service[:, k], free[day, counter[:, k]])
    return wait, stays, counter


def table(seed, network):
    """Write down what the machine logs.

    Parameters
    ----------
    seed, network
        As for `draw`.

    Returns
    -------
    DataFrame
        The table ``queue_tickets``: one row is a ticket.
    """
    streams = (generator(seed, "queue_tickets", chunk=number) for number in range(MOST))
    return pd.concat(
        [_log(*one) for one in zip(streams, draw(seed, network), strict=False)], ignore_index=True
    )


def _log(rng, queue):
    days = WEEKS * WORKDAYS
    taken, there = arrivals(rng, queue, days)
    service, patience = _seconds(rng, queue, taken.shape)
    wait, stays, counter = serve(taken, there, service, patience, counters=queue.counters)
    weeks, workdays = np.divmod(np.arange(days), WORKDAYS)
    doors = calendar.START + (FIRST_DAY + 7 * weeks + workdays).astype("timedelta64[D]")
    doors = doors.astype("datetime64[s]") + np.timedelta64(OPENS * HOUR, "s")
    clock = doors[:, None] + taken.astype("timedelta64[s]")
    number = np.broadcast_to(1 + np.arange(taken.shape[1]), taken.shape)
    called = clock + wait.astype("timedelta64[s]")
    finished = np.datetime_as_string(called + service.astype("timedelta64[s]"))
    return pd.DataFrame(
        {
            "ticket": [f"A{one:03d}" for one in number[there]],
            "branch": _place(queue)[0][1],
            "taken": np.datetime_as_string(clock)[there],
            "called": np.datetime_as_string(called)[there],
            "finished": np.where(stays, finished, "")[there],
            "counter": np.where(stays, (1 + counter).astype(str), "")[there],
        }
    )


def _seconds(rng, queue, shape):
    """Draw seconds at the counter (at least one) and patience."""
    service = np.maximum(queue.service * exponentials(rng, shape) // 1000, 1)
    return service, PATIENCE * exponentials(rng, shape) // 1000


def _place(queue):
    return (("branch", branches.ids(queue.branch + 1)[-1]),)


def effects(seed, network, *, number):
    """Compute one batch of what the tickets estimate, on very many days as these.

    Parameters
    ----------
    seed, network
        As for `draw`.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value; waits in minutes.
    """
    rng = generator(seed, "queue_tickets", chunk=TRUTH + number)
    found = {("queue_patience", ()): PATIENCE / 60}
    for queue in draw(seed, network):
        place = _place(queue)
        taken, there = arrivals(rng, queue, DRAWS)
        service, patience = _seconds(rng, queue, taken.shape)
        (wait, stays, _), (shorter, more, _) = (
            serve(taken, there, service, patience, counters=queue.counters + extra) for extra in (0, 1)
        )
        spent, less = (np.minimum(one, patience)[there].mean() / 60 for one in (wait, shorter))
        for hour in range(HOURS):
            held = there & (taken // HOUR == hour)
            found["queue_arrivals", (*place, ("hour", OPENS + hour))] = held.sum() / DRAWS
        found["queue_counters", place] = queue.counters
        found["queue_service", place] = service[there].mean() / 60
        found["queue_wait", place] = wait[there].mean() / 60
        found["queue_wait_served", place] = wait[stays].mean() / 60
        found["queue_spent", place] = spent
        found["queue_given_up", place] = 1 - stays[there].mean()
        found["queue_gain", place] = less - spent
        found["queue_gain_given_up", place] = (stays.sum() - more.sum()) / there.sum()
    return found


def constructs(seed, network):
    """Return what was put in, with the keys of `effects`: arrivals by hour, service, counters and patience.

    Parameters
    ----------
    seed, network
        As for `effects`.

    Returns
    -------
    dict
        Minutes, and tickets an hour.
    """
    found = {("queue_patience", ()): PATIENCE / 60}
    for queue in draw(seed, network):
        place = _place(queue)
        found["queue_counters", place] = queue.counters
        found["queue_service", place] = queue.service / 60
        for hour, rate in enumerate(queue.rate):
            found["queue_arrivals", (*place, ("hour", OPENS + hour))] = rate / 1000
    return found

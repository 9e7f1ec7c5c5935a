"""A comparison that misleads: the worst branches were chosen, nothing was done, and they improved."""

import numpy as np
import pandas as pd

from simbank import branches, calendar
from simbank.branches import DIMENSIONS
from simbank.streams import generator, normals
from simbank.trial_reminder import BY_RESPONSIVENESS, WAIT

FIRSTS = ("2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01", "2025-05-01", "2025-06-01")
BEFORE = 3
# A third of the branches was chosen.
CHOSEN = 3
TICKETS = 12
# The mean of twelve tickets of one afternoon strays by so many thousandths of a minute.
STRAYS = 4_000
# The measure itself does nothing.
EFFECT = 0
DRAWS, TRUTH = 2_000, 10**9 + 10**6
# A stream beside those of the trial.
STREAM = 2 * 10**8


def _draw(rng, network, draws):
    """Time tickets in every branch and month, again and again.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    network : Network
        The branches.
    draws : int
        How many times.

    Returns
    -------
    tuple of ndarray
        Mean waits in tenths of a minute (draws × branches × 6 months), and who is chosen (draws × branches).
    """
    months = calendar.day(FIRSTS)
    level = WAIT + BY_RESPONSIVENESS * network.perception[:, DIMENSIONS.index("responsiveness")] // 1000
    strays = STRAYS * normals(rng, (draws, len(network), len(months))) // 1000
    wait = np.maximum((level[:, None] + strays + 50) // 100, 10)
    order = np.argsort(np.argsort(-wait[:, :, :BEFORE].sum(axis=2), axis=1, kind="stable"), axis=1)
    chosen = order < len(network) // CHOSEN
    wait[:, :, BEFORE:] += EFFECT * chosen[:, :, None] // 100
    return wait, chosen


def table(seed, network):
    """Write down one such comparison.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        The table ``before_after``: one row is a branch in a month.
    """
    wait, chosen = _draw(generator(seed, "trial_reminder", chunk=STREAM), network, 1)
    count, months = len(network), len(FIRSTS)
    return pd.DataFrame(
        {
            "branch": np.repeat(branches.ids(count), months),
            "month": np.tile(FIRSTS, count),
            "phase": np.tile(["before"] * BEFORE + ["after"] * (months - BEFORE), count),
            "chosen": np.repeat(chosen[0].astype(int), months),
            "tickets": TICKETS,
            "mean_wait_minutes": wait[0].ravel() / 10,
        }
    )


def effects(seed, network, *, number):
    """Compute one batch of what before and after show, and of what is true.

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
        (quantity, place) to value.
    """
    wait, chosen = _draw(generator(seed, "trial_reminder", chunk=TRUTH + number), network, DRAWS)
    change = (wait[:, :, BEFORE:].mean(axis=2) - wait[:, :, :BEFORE].mean(axis=2)) / 10
    worst, rest = (np.average(change, weights=mask, axis=1).mean() for mask in (chosen, ~chosen))
    return {
        ("before_after", (("chosen", 1),)): worst,
        ("before_after", (("chosen", 0),)): rest,
        ("before_after_difference", ()): worst - rest,
    }


def constructs():
    """Return what was put in: nothing.

    Returns
    -------
    dict
        The keys of `effects`.
    """
    places = ((("chosen", 1),), (("chosen", 0),))
    return {("before_after", place): 0.0 for place in places} | {
        ("before_after_difference", ()): EFFECT / 1000
    }

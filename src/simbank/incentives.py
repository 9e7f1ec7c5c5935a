"""A bonus for a good mark, at half of the branches: how the mark rises when only the pleased are asked for it."""

import numpy as np
import pandas as pd

from simbank import branches
from simbank.streams import choose, generator, happens, normals

FIRSTS = ("2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01")
BEFORE = 3
# The question and its answer are the same on the device at the counter and on the phone: very satisfied, or not.
SERVED, SERVED_SPREAD, CALLED = 900, 120, 60
# Thousandths of the customers who are very satisfied: level, spread of branches, of months; what the bonus truly adds.
PLEASED, PLACES, MONTHS, ADDED = 700, 50, 15, 10
# Thousandths of the customers who are handed the device, and its spread.
ASKED, ASKED_SPREAD = 550, 40
# How much a branch with a bonus games it, at random; at the full, so much fewer are asked and so much more are pleased.
GREED, GREED_SHARES = np.array([0, 500, 1000]), np.array([333_334, 333_333, 333_333])
FEWER, LIFTED, HIGHEST = 300, 190, 985
PERSONS = 1000
TRUTH, TRUTH_BRANCHES = 10**9, 6_000


def _model(rng, count, paid):
    """Draw what would be true of branches and months if everybody answered.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    count : int
        How many branches.
    paid : ndarray of int
        1 where a bonus was paid from the fourth month on.

    Returns
    -------
    tuple of ndarray
        In thousandths, branches × months: very satisfied among all, among those who are handed the device, handed the
        device; and how much each branch games (count).
    """
    greed = GREED[choose(rng, np.tile(GREED_SHARES, (count, 1)))] * paid
    later = np.arange(len(FIRSTS)) >= BEFORE
    pleased = PLEASED + PLACES * normals(rng, count)[:, None] // 1000
    pleased = pleased + MONTHS * normals(rng, (count, len(FIRSTS))) // 1000 + ADDED * paid[:, None] * later
    asked = ASKED + ASKED_SPREAD * normals(rng, (count, len(FIRSTS))) // 1000
    asked -= FEWER * greed[:, None] * later // 1000
    device = pleased + LIFTED * greed[:, None] * later // 1000
    return np.clip(pleased, 0, HIGHEST), np.clip(device, 0, HIGHEST), np.clip(asked, 50, 950), greed


def table(seed, network):
    """Write down six months of marks, three before the bonus and three with it.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        The table ``incentives``: one row is a branch in a month.
    """
    rng, count, months = generator(seed, "incentives"), len(network), len(FIRSTS)
    paid = np.isin(np.arange(count), rng.permutation(count)[: count // 2]).astype(int)
    pleased, device, asked, _ = _model(rng, count, paid)
    served = np.maximum(SERVED + SERVED_SPREAD * normals(rng, (count, months)) // 1000, 200)
    rated = served * asked // 1000
    return pd.DataFrame(
        {
            "branch": np.repeat(branches.ids(count), months),
            "month": np.tile(FIRSTS, count),
            "phase": np.tile(["before"] * BEFORE + ["after"] * (months - BEFORE), count),
            "paid": np.repeat(paid, months),
            "served": served.ravel(),
            "rated": rated.ravel(),
            "rated_top": _counted(rng, rated, device),
            "called": CALLED,
            "called_top": _counted(rng, np.full(rated.shape, CALLED), pleased),
        }
    )


def _counted(rng, people, share):
    """Count those who are very satisfied, person by person."""
    each = happens(rng, np.repeat(share.ravel() * PERSONS, people.ravel()))
    return np.add.reduceat(each.astype(np.int64), np.concatenate([[0], people.ravel().cumsum()[:-1]]))


def effects(seed, network, *, number):
    """Compute one batch of what the bonus changes, as differences of changes between very many branches.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Not needed: the truth is that of the process.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to a share.
    """
    rng = generator(seed, "incentives", chunk=TRUTH + number)
    paid = np.arange(TRUTH_BRANCHES) % 2
    pleased, device, asked, greed = _model(rng, TRUTH_BRANCHES, paid)
    found = {("incentive_gamed", ()): (greed[paid == 1] > 0).mean()}
    for way, share in {"called": pleased, "device": device, "asked": asked}.items():
        change = (share[:, BEFORE:].mean(axis=1) - share[:, :BEFORE].mean(axis=1)) / 1000
        effect = change[paid == 1].mean() - change[paid == 0].mean()
        found["incentive_effect", (("mark", way),)] = effect
    return found


def constructs():
    """Return what was put in.

    Returns
    -------
    dict
        The keys of `effects` that have such a number.
    """
    return {
        ("incentive_gamed", ()): 2 / 3,
        ("incentive_effect", (("mark", "called"),)): ADDED / 1000,
    }

"""Customers whose tier would change: half of them changed by lot, half left as they were; who notices, what it costs."""

import numpy as np
import pandas as pd

from simbank import calendar
from simbank.streams import generator, happens, normals

TIERS = ("base", "middle", "top")
DIRECTIONS, ARMS = ("up", "down"), ("kept", "changed")
# The tiers of the bank's own system: what was moved in 90 days, in fen.
FLOORS = np.array([500_000, 5_000_000])
BEFORE, AFTER, ASKED = "2025-01-01", "2025-07-01", "2025-10-01"
# Chance per million to say that something changed, and to be satisfied: direction by arm.
NOTICED = np.array([[90_000, 260_000], [90_000, 420_000]])
SATISFIED = np.array([[760_000, 780_000], [760_000, 690_000]])
# What a tier costs in half a year, in fen, and its spread in percent; a letter; a case at the hotline.
TIER_COST, COST_SPREAD = np.array([500, 2_500, 9_000]), 25
LETTER, HOTLINE, HOTLINE_CHANCE = 200, 1_500, 330_000


def tiers(amount):
    """Put customers into the tiers of the bank's own system.

    Parameters
    ----------
    amount : array of int
        What each moved in 90 days, in fen.

    Returns
    -------
    ndarray of int64
        Positions in ``TIERS``.

    Examples
    --------
    >>> tiers([0, 500_000, 5_000_000])
    array([0, 1, 2])
    """
    return np.searchsorted(FLOORS, amount, side="right")


def table(seed, people, snapshots, *, chunk, first):
    """Write down the test among one chunk of customers.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    people : DataFrame
        Customers of the chunk with the day they ``left``.
    snapshots : DataFrame
        Their rows of the table ``churn``.
    chunk, first : int
        Which chunk, and the number of its first customer.

    Returns
    -------
    DataFrame
        Rows of ``tier_changes``: one row is a customer.
    """
    rng = generator(seed, "tier_changes", chunk=chunk)
    held = snapshots.pivot(index="customer", columns="snapshot", values="amount_90_fen")
    held = held.reindex(columns=[BEFORE, AFTER]).dropna()
    was, now = (tiers(held[day].to_numpy(dtype=np.int64)) for day in (BEFORE, AFTER))
    who = people.iloc[held.index.str[1:].astype(np.int64) - 1 - first]
    there = who["consent"].to_numpy() & (who["kind"] == 0).to_numpy()
    there &= (who["left"] > int(calendar.day(ASKED))).to_numpy() & (was != now)
    was, now = was[there], now[there]
    arm = rng.integers(0, 2, len(was))
    down = (now < was).astype(np.int64)
    noticed = happens(rng, NOTICED[down, arm])
    return pd.DataFrame(
        {
            "customer": held.index[there],
            "tier_before": np.array(TIERS)[was],
            "tier_after": np.array(TIERS)[now],
            "direction": np.array(DIRECTIONS)[down],
            "arm": np.array(ARMS)[arm],
            "noticed": noticed.astype(int),
            "satisfied": happens(rng, SATISFIED[down, arm]).astype(int),
            "cost_fen": _cost(rng, np.where(arm == 1, now, was), arm, noticed & (down == 1) & (arm == 1)),
        }
    )


def _cost(rng, tier, arm, upset):
    """What half a year of the tier costs, with the letter and, for some who lost theirs and noticed, a case."""
    use = np.maximum(100 + COST_SPREAD * normals(rng, len(tier)) // 1000, 10)
    called = upset & happens(rng, np.full(len(tier), HOTLINE_CHANCE))
    return TIER_COST[tier] * use // 100 + LETTER * arm + HOTLINE * called


def effects(seed, network, *, number):
    """Tell what the test estimates: chances that were put in, so every batch is the same.

    Parameters
    ----------
    seed, network, number
        Not needed: the truth is that of the process.

    Returns
    -------
    dict
        (quantity, place) to a share.
    """
    return constructs()


def constructs():
    """Return what was put in.

    Returns
    -------
    dict
        (quantity, place) to a share.
    """
    # No customer of this bank changes habits (`true_segments.draw`): a new tier is chance, or being new.
    found = {("tier_habits", ()): 0.0}
    for d, direction in enumerate(DIRECTIONS):
        for name, chance in {"tier_noticed": NOTICED, "tier_satisfied": SATISFIED}.items():
            found[name, (("direction", direction),)] = (chance[d, 1] - chance[d, 0]) / 1_000_000
    return found

"""What customers do with their money: one coin for each customer, day and kind of business.

A card lives for a geometric number of purchases and buys at a rate that varies exponentially between the
customers of a segment, which is what BG/NBD assumes; paydays are what it does not know.
"""

import numpy as np
import pandas as pd
import pyarrow as pa

from simbank import calendar, customers, true_segments
from simbank.streams import choose, exponentials, happens, normals, powers
from simbank.true_segments import DORMANT, KINDS, PENSION

CHANNELS = ("counter", "smart_counter", "app", "atm", "card")
BLOCK = 2000
# Payday by class: none, salary on the 5th, 10th, 15th, pension on the 15th, and shopping on payday alone.
PAYDAY_OF = np.array([0, 5, 10, 15, 15, 5, 10, 15])
NO_RHYTHM, PENSIONER, SHOPPER = 0, 4, 5
# How lively a customer is on the days after payday, percent: salary, pension; and all other days.
SALARY = np.array([190, 190, 170, 140, 120, 110])
PENSION_DAY = np.array([600, 420, 260, 150, 110, 100])
SHOPPING = np.array([560, 620, 480, 300, 160, 100])
AFTER = np.array([100, 88, 70, 22])
# In the first half year a customer starts slowly; before leaving, business dwindles (chance of keeping, percent).
NEW_DAYS, NEW_KEEPS = 180, 65
LAST_DAYS, LAST_KEEPS = 60, 45
# Channels of each kind (cards apart) by digital use, per million: counter, smart counter, app, ATM.
BY_KIND = np.array(
    [
        [[380_000, 200_000, 420_000, 0], [150_000, 130_000, 720_000, 0], [40_000, 60_000, 900_000, 0]],
        [[560_000, 240_000, 0, 200_000], [330_000, 330_000, 0, 340_000], [180_000, 360_000, 0, 460_000]],
        [[500_000, 150_000, 0, 350_000], [250_000, 200_000, 0, 550_000], [100_000, 180_000, 0, 720_000]],
        [[700_000, 100_000, 200_000, 0], [350_000, 150_000, 500_000, 0], [120_000, 80_000, 800_000, 0]],
        [[300_000, 200_000, 500_000, 0], [150_000, 150_000, 700_000, 0], [50_000, 50_000, 900_000, 0]],
    ]
)
# Logarithm of amounts: between customers and within, thousandths; whole yuan of this many by kind.
BETWEEN, WITHIN = 350, 650
ROUND = np.array([1, 1000, 10_000, 10_000, 100_000, 100])
OPENS, CLOSES = np.array([9, 9, 7, 6, 8]), np.array([17, 17, 23, 23, 23])


def draw(rng, people, segment, habits, leave):
    """Draw the transactions of some customers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.
    segment : ndarray of int64
        Their true segments.
    habits : Habits
        The segments of the bank.
    leave : ndarray of int64
        The day each of them leaves.

    Returns
    -------
    DataFrame
        One row a transaction, ordered by customer and time: ``person``, ``day``, ``time`` (seconds since
        the first day), ``channel``, ``kind``, ``amount`` (fen).
    """
    rhythm = _rhythm(rng, segment)
    size = len(people)
    card = habits.card[segment] * exponentials(rng, size) // 1000
    other = habits.other[segment] * (500 + exponentials(rng, size) // 2) // 1000
    life = 1 + true_segments.CARD_LIFE[segment] * exponentials(rng, size) // 1000
    pieces = []
    for first in range(0, size, BLOCK):
        rows = slice(first, first + BLOCK)
        for purchases, rate in ((True, card[rows]), (False, other[rows])):
            person, day = _events(rng, rate, rhythm[rows], people["joined"].to_numpy()[rows], leave[rows])
            if purchases:
                kept = _nth(person) < life[rows][person]
                person, day = person[kept], day[kept]
            pieces.append((person + first, day, np.full(len(person), purchases)))
    person, day, purchases = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    kind = np.where(purchases, 0, 1 + choose(rng, true_segments.OTHER_SHARES[segment[person]]))
    return _written(rng, people, segment, habits, person, day, kind)


def _rhythm(rng, segment):
    """Deal out paydays: pension on the 15th, salary on one of three days, firms and the dormant none."""
    salary = 1 + rng.integers(0, 3, len(segment))
    shopper = happens(rng, true_segments.PAYDAY_SHOPPERS[segment])
    rhythm = np.where(shopper, SHOPPER - 1 + salary, salary)
    rhythm = np.where(segment == PENSION, PENSIONER, rhythm)
    return np.where((segment == true_segments.BUSINESS) | (segment == DORMANT), NO_RHYTHM, rhythm)


def _liveliness():
    """Return how lively each class of customers is on each day, percent."""
    day = np.arange(calendar.DAYS)
    dates = calendar.START + day.astype("timedelta64[D]")
    of_month = (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    table = np.full((len(PAYDAY_OF), calendar.DAYS), AFTER[0])
    for rhythm, payday in enumerate(PAYDAY_OF[1:], start=1):
        kind = 1 if rhythm < PENSIONER else 2 if rhythm == PENSIONER else 3
        high = (SALARY, PENSION_DAY, SHOPPING)[kind - 1]
        since = (of_month - payday) % 31
        table[rhythm] = np.where(since < len(high), high[np.minimum(since, len(high) - 1)], AFTER[kind])
    return table


def _events(rng, rate, rhythm, joined, leave):
    """Toss a coin for every customer and day; rates are thousandths a year."""
    # Per billion and day: thousandths a year · 1e6 / 365, times percent / 100.
    daily = np.minimum(rate * 1_000_000 // 36_500, 1_500_000)
    chance = daily[:, None].astype(np.uint32) * _liveliness().astype(np.uint32)[rhythm]
    person, day = np.nonzero(rng.integers(0, 10**9, chance.shape, dtype=np.uint32) < chance)
    here = (day >= joined[person]) & (day < leave[person])
    young, last = day - joined[person] < NEW_DAYS, leave[person] - day <= LAST_DAYS
    keeps = np.where(young, NEW_KEEPS, 100) * np.where(last, LAST_KEEPS, 100) // 100
    kept = here & (rng.integers(0, 100, len(day)) < keeps)
    return person[kept], day[kept]


def _nth(person):
    """Count the earlier events of the same customer; events are ordered by customer."""
    first = np.searchsorted(person, person, side="left")
    return np.arange(len(person)) - first


def _written(rng, people, segment, habits, person, day, kind):
    """Add time, channel and amount, and put everything in order."""
    size = len(person)
    digital = people["digital"].to_numpy()[person]
    other = choose(rng, np.hstack([BY_KIND[np.maximum(kind - 1, 0), digital], np.zeros((size, 1), np.int64)]))
    channel = np.where(kind == 0, 4, other)
    hours = CLOSES[channel] - OPENS[channel]
    seconds = OPENS[channel] * 3600 + rng.integers(0, 3600 * hours)
    purse = BETWEEN * people["demand"].to_numpy()[person] // 1000
    amount = (
        habits.amount[segment[person], kind] * powers(purse + WITHIN * normals(rng, size) // 1000) // 1000
    )
    whole = ROUND[kind]
    amount = np.maximum(amount // whole, 1) * whole
    table = pd.DataFrame(
        {
            "person": person,
            "day": day,
            "time": day * 86_400 + seconds,
            "channel": channel,
            "kind": kind,
            "amount": amount,
        }
    )
    return table.sort_values(["person", "time", "kind", "amount"], kind="stable", ignore_index=True)


def table(drawn, *, first):
    """Write transactions as they go into the Parquet file.

    Parameters
    ----------
    drawn : DataFrame
        As returned by `draw`.
    first : int
        The number of the first customer.

    Returns
    -------
    pyarrow.Table
        Rows of the table ``transactions``.
    """
    person = drawn["person"].to_numpy()
    names, place = np.unique(person, return_inverse=True)
    start = int(calendar.START.astype("datetime64[ms]").astype(np.int64))
    return pa.table(
        {
            "customer": named(customers.ids(first + names), place),
            "time": pa.array(start + 1000 * drawn["time"].to_numpy(), pa.timestamp("ms")),
            "channel": named(CHANNELS, drawn["channel"].to_numpy()),
            "kind": named(KINDS, drawn["kind"].to_numpy()),
            "amount_fen": pa.array(drawn["amount"].to_numpy(), pa.int64()),
        }
    )


def named(names, positions):
    """Turn positions into names.

    Parameters
    ----------
    names : array of str
        The names.
    positions : array of int
        Positions in `names`.

    Returns
    -------
    pyarrow.Array
        Text.

    Examples
    --------
    >>> named(["a", "b"], np.array([1, 0])).to_pylist()
    ['b', 'a']
    """
    return pa.array(np.asarray(names).tolist(), pa.string()).take(pa.array(positions))

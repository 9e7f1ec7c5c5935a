"""Who leaves, and when: content customers stay, and what happened in their cases counts."""

import numpy as np

from simbank import calendar, cases, true_segments
from simbank.streams import MILLION, happens, powers

# The first days of the 24 months, and of the one after.
MONTHS = (
    np.arange("2024-01", "2026-02", dtype="datetime64[M]").astype("datetime64[D]") - calendar.START
).astype(np.int64)
# Chance per million of leaving in a month, for an average customer with one product.
MONTHLY = 7400
# Percent of it by products held, and in the first year.
BY_PRODUCTS = np.array([130, 100, 80, 65, 50])
FIRST_YEAR = 150
# Standing with the bank, thousandths of a point: percent of warmth and quality, of what a case left, and more.
BY_WARMTH, BY_QUALITY, BY_CASE = 42, 38, 34
BY_TRANSFORMATION, BY_COMPLAINING = 150, -250
# Natural logarithm of the hazard for one point of standing, percent.
BY_STANDING = -95


def draw(rng, people, segment, network, found, until):
    """Draw the day on which each customer leaves.

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
    found : DataFrame
        Their cases, as returned by `cases.draw`.
    until : ndarray of int64
        The day each customer last answered a survey, −1 for none: nobody leaves before answering.

    Returns
    -------
    ndarray of int64
        Day numbers; ``calendar.NEVER`` for those who stay.
    """
    hazard = hazards(people, segment, network, found)
    joined = people["joined"].to_numpy()
    cell = _cells(people)
    leave = np.full(len(people), calendar.NEVER)
    for month in range(24):
        start, length = MONTHS[month], MONTHS[month + 1] - MONTHS[month]
        here = (leave == calendar.NEVER) & (joined < start)
        held = until >= start
        # Those who answered later stayed until then, so the others of their kind leave the oftener.
        count, kept = (np.bincount(cell[rows], minlength=18) for rows in (here, here & held))
        more = 1000 * count // np.maximum(count - kept, 1)
        leaves = happens(rng, np.minimum(hazard[:, month] * more[cell] // 1000, MILLION)) & here & ~held
        day = start + rng.integers(0, length, len(people))
        leave = np.where(leaves, day, leave)
    return _after_cases(leave, found)


def hazards(people, segment, network, found):
    """Return the chance of leaving of each customer in each month.

    Parameters
    ----------
    people, segment, network, found
        As for `draw`.

    Returns
    -------
    ndarray of int64, n customers × 24 months
        Per million.
    """
    risk = MONTHLY * true_segments.LEAVING[segment] // 100 * BY_PRODUCTS[people["products"] - 1] // 100
    first_year = MONTHS[:24] - people["joined"].to_numpy()[:, None] < 365
    risk = risk[:, None] * np.where(first_year, FIRST_YEAR, 100) // 100
    return risk * powers(BY_STANDING * _standing(people, network, found) // 100) // 1000


def _standing(people, network, found):
    """Return how each customer stands with the bank at the start of each month.

    Parameters
    ----------
    people, network, found
        As for `draw`.

    Returns
    -------
    ndarray of int64, n customers × 24 months
        Thousandths of a point of satisfaction, 0 on average before any case.
    """
    branch = people["branch"].to_numpy()
    base = (BY_WARMTH * people["warmth"].to_numpy() + BY_QUALITY * network.quality[branch]) // 100
    level = base[:, None] + BY_TRANSFORMATION * (network.transformed[branch][:, None] <= MONTHS[:24])
    change = np.zeros((len(people), 26), dtype=np.int64)
    complaint = found["journey"].to_numpy() == 2
    moved = BY_CASE * (found["content"].to_numpy() - cases.USUAL[found["journey"]]) // 100
    month = np.searchsorted(MONTHS, found["end_day"].to_numpy(), side="left").clip(max=25)
    np.add.at(change, (found["person"].to_numpy(), month), moved)
    begun = np.searchsorted(MONTHS, found["day"].to_numpy()[complaint], side="left").clip(max=25)
    np.add.at(change, (found["person"].to_numpy()[complaint], begun), BY_COMPLAINING)
    return level + change.cumsum(axis=1)[:, :24]


def _cells(people):
    """Number the kinds of customer among whom a survey is answered about equally often."""
    return 9 * people["consent"].to_numpy() + 3 * people["age"].to_numpy() + people["digital"].to_numpy()


def _after_cases(leave, found):
    """Let nobody leave in the middle of a case: they go the day after it ends."""
    person = found["person"].to_numpy()
    start, end = found["start"].to_numpy() // 86_400, found["end_day"].to_numpy()
    # A case may run into the next one.
    for _ in range(6):
        running = (start <= leave[person]) & (leave[person] <= end)
        later = leave.copy()
        np.maximum.at(later, person[running], end[running] + 1)
        leave = later
    return np.where(leave < calendar.DAYS, leave, calendar.NEVER)

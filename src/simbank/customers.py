"""The customers, drawn in chunks so that ten million need no more memory than ten thousand."""

import numpy as np
import pandas as pd

from simbank import branches, calendar
from simbank.streams import choose, happens, normals

AGES = ("under_40", "40_to_59", "60_and_over")
DIGITAL = ("low", "medium", "high")
KINDS = ("retail", "corporate")
# All shares and chances per million.
AGE_SHARES = np.array([380_000, 370_000, 250_000])
OLDEST = np.array([1985, 1965, 1940])
YOUNGEST = np.array([2005, 1984, 1964])
DIGITAL_SHARES = np.array(
    [[80_000, 370_000, 550_000], [220_000, 450_000, 330_000], [550_000, 350_000, 100_000]]
)
# In a first-tier city this many more use digital services much and fewer use them little; third-tier: the reverse.
TIER_SHIFT = 50_000
CORPORATE_SHARE = 90_000
PRODUCT_SHARES = np.array(
    [[430_000, 290_000, 160_000, 80_000, 40_000], [280_000, 290_000, 210_000, 130_000, 90_000],
     [190_000, 260_000, 240_000, 170_000, 140_000]]
)  # fmt: skip
CONSENT = 720_000
CONSENT_BY_AGE = np.array([-20_000, 20_000, -20_000])
CONSENT_BY_DIGITAL = np.array([-80_000, 0, 50_000])


def digital_shares(tier):
    """Return how many customers use digital services little, somewhat, much: by age, for city tiers.

    Parameters
    ----------
    tier : array of int
        City tiers as positions from 0.

    Returns
    -------
    ndarray of int64, n tiers × 3 age groups × 3 levels
        Shares per million.

    Examples
    --------
    >>> digital_shares(np.array([0]))[0, 0]
    array([ 30000, 370000, 600000])
    """
    shift = TIER_SHIFT * (1 - np.asarray(tier))
    return DIGITAL_SHARES + shift[:, None, None] * np.array([-1, 0, 1])


def draw(rng, network, size):
    """Draw customers of the given branches, with what nobody can see of them.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    network : Network
        The branches.
    size : int
        How many customers.

    Returns
    -------
    DataFrame
        Whole numbers only: ``branch``, ``age``, ``digital``, ``kind`` as positions; ``birth_year``;
        ``joined`` as a day number; ``products``; ``consent``; and, hidden, ``warmth`` (how well one
        thinks of the bank) and ``demand`` (how much one expects), standard normal in thousandths, and
        ``lot_1``, ``lot_2``: one's place in the queue for an invitation to each survey wave.
    """
    branch = np.searchsorted(np.cumsum(network.size), rng.integers(0, network.size.sum(), size), side="right")
    age = choose(rng, np.tile(AGE_SHARES, (size, 1)))
    digital = choose(rng, digital_shares(network.tier)[branch, age])
    birth_year = rng.integers(OLDEST[age], YOUNGEST[age] + 1)
    latent = normals(rng, (size, 2))
    lots = rng.integers(0, 2**40, (size, 2))
    return pd.DataFrame(
        {
            "branch": branch,
            "age": age,
            "digital": digital,
            "kind": happens(rng, np.full(size, CORPORATE_SHARE)).astype(np.int64),
            "birth_year": birth_year,
            "joined": _joined(rng, network.opened[branch], birth_year),
            "products": 1 + choose(rng, PRODUCT_SHARES[digital]),
            "consent": happens(rng, CONSENT + CONSENT_BY_AGE[age] + CONSENT_BY_DIGITAL[digital]),
            "warmth": latent[:, 0],
            "demand": latent[:, 1],
            "lot_1": lots[:, 0],
            "lot_2": lots[:, 1],
        }
    )


def _joined(rng, opened, birth_year):
    """Draw the day of joining: of age, after the branch opened, somewhat more often lately."""
    of_age = calendar.day([f"{year}-01-01" for year in range(1940 + 18, 2005 + 19)])[birth_year - 1940]
    span = calendar.DAYS - 1 - np.maximum(opened, of_age)
    ago = rng.integers(0, 1000, len(span))
    return calendar.DAYS - 1 - span * ago * (1000 + ago) // 2_000_000


def ids(numbers):
    """Name customers C00001, C00002, …

    Parameters
    ----------
    numbers : array of int
        Customer numbers, from 0.

    Returns
    -------
    ndarray of str
        Five digits, more where a bank has more customers.

    Examples
    --------
    >>> ids(np.array([0, 19_999]))
    array(['C00001', 'C20000'], dtype='<U6')
    """
    return np.char.mod("C%05d", np.asarray(numbers) + 1)


def table(people, *, first, network):
    """Write down what the bank's files say about some customers.

    Parameters
    ----------
    people : DataFrame
        As returned by `draw`.
    first : int
        The number of the first of them.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        Rows of the table ``customers``: one row is a customer.
    """
    return pd.DataFrame(
        {
            "customer": ids(first + np.arange(len(people))),
            "branch": branches.ids(len(network))[people["branch"]],
            "birth_year": people["birth_year"],
            "kind": np.array(KINDS)[people["kind"]],
            "joined": calendar.text(people["joined"].to_numpy()),
            "products": people["products"],
            "digital_use": np.array(DIGITAL)[people["digital"]],
            "survey_consent": people["consent"].astype(int),
        }
    )

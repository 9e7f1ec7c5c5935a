"""The segments that are really there: who belongs to which, and what they need and do."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank import branches, customers
from simbank.streams import choose, happens, normals, powers

SEGMENTS = (
    "payroll_digital",
    "family_builder",
    "wealth_saver",
    "pension_counter",
    "small_business",
    "dormant",
)
PAYROLL, FAMILY, WEALTH, PENSION, BUSINESS, DORMANT = range(6)
# Share per million of each segment by age group and digital use (rows: age × digital), retail customers.
SHARES = np.array(
    [
        [350_000, 250_000, 50_000, 0, 100_000, 250_000],
        [480_000, 290_000, 60_000, 0, 60_000, 110_000],
        [620_000, 250_000, 50_000, 0, 40_000, 40_000],
        [60_000, 370_000, 200_000, 70_000, 100_000, 200_000],
        [120_000, 440_000, 240_000, 30_000, 80_000, 90_000],
        [210_000, 450_000, 220_000, 0, 80_000, 40_000],
        [0, 20_000, 160_000, 690_000, 10_000, 120_000],
        [0, 50_000, 310_000, 550_000, 30_000, 60_000],
        [0, 90_000, 480_000, 340_000, 60_000, 30_000],
    ]
)
# Between banks these shares differ: the mean absolute shift of a segment, per million.
SHIFT = 20_000
CORPORATE_BUSINESS = 930_000
KINDS = ("card_purchase", "transfer", "deposit", "withdrawal", "wealth_purchase", "fee")
# Other transactions (all kinds but cards) and card purchases per customer and year, in thousandths.
OTHER = np.array([8500, 10_000, 8000, 13_500, 27_000, 900])
CARD = np.array([22_000, 12_000, 6500, 2200, 3200, 900])
# What the others are: shares per million of transfer, deposit, withdrawal, wealth purchase, fee.
OTHER_SHARES = np.array(
    [
        [620_000, 130_000, 150_000, 50_000, 50_000],
        [520_000, 230_000, 140_000, 60_000, 50_000],
        [220_000, 240_000, 110_000, 390_000, 40_000],
        [60_000, 270_000, 590_000, 50_000, 30_000],
        [540_000, 290_000, 60_000, 30_000, 80_000],
        [250_000, 250_000, 300_000, 0, 200_000],
    ]
)
# The middle amount in yuan by segment and kind (rows: segment; columns: KINDS).
AMOUNT = np.array(
    [
        [120, 900, 2000, 700, 8000, 10],
        [260, 2600, 5000, 1500, 20_000, 15],
        [420, 9000, 24_000, 4000, 90_000, 20],
        [110, 1200, 5000, 1800, 22_000, 8],
        [600, 16_000, 20_000, 8000, 60_000, 40],
        [90, 500, 1000, 500, 5000, 10],
    ]
)
# How a bank's segment may lie apart from these, logarithm in thousandths.
RATE_SPREAD, AMOUNT_SPREAD = 80, 120
# A card is laid aside for good after so many purchases on average; some shop on payday alone.
CARD_LIFE = np.array([60, 50, 45, 30, 40, 8])
PAYDAY_SHOPPERS = np.array([420_000, 250_000, 50_000, 0, 0, 0])
# Likelier or less likely to open an account, ask for a loan, complain; to leave: percent of the average.
CASES = np.array(
    [[130, 60, 100], [110, 230, 110], [110, 30, 120], [60, 10, 90], [140, 200, 120], [30, 10, 40]]
)
LEAVING = np.array([120, 75, 90, 50, 110, 210])


@dataclass(frozen=True)
class Habits:
    """What the segments of one bank are like.

    Attributes
    ----------
    shares : ndarray of int64, 9 cells × 6 segments
        Per million, by age group × digital use.
    card, other : ndarray of int64
        Card purchases and other transactions per customer and year, in thousandths.
    amount : ndarray of int64, 6 segments × 6 kinds
        The middle amount in fen.
    """

    shares: np.ndarray
    card: np.ndarray
    other: np.ndarray
    amount: np.ndarray


def draw(rng):
    """Draw the habits of one bank's segments.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.

    Returns
    -------
    Habits
        The segments of the bank.
    """
    lean = SHIFT * normals(rng, len(SEGMENTS)) // 1000
    wish = np.where(SHARES > 0, np.maximum(SHARES + lean, SHARES // 3), 0)
    shares = 1_000_000 * wish // wish.sum(axis=1, keepdims=True)
    shares[np.arange(9), shares.argmax(axis=1)] += 1_000_000 - shares.sum(axis=1)
    rates = powers(RATE_SPREAD * normals(rng, (2, len(SEGMENTS))) // 1000)
    factor = powers(AMOUNT_SPREAD * normals(rng, AMOUNT.shape) // 1000)
    return Habits(shares, CARD * rates[0] // 1000, OTHER * rates[1] // 1000, 100 * AMOUNT * factor // 1000)


def assign(rng, people, habits):
    """Say to which segment each customer really belongs.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.
    habits : Habits
        The segments of the bank.

    Returns
    -------
    ndarray of int64
        Positions in ``SEGMENTS``.
    """
    chosen = choose(rng, habits.shares[3 * people["age"] + people["digital"]])
    firm = (people["kind"].to_numpy() == 1) & happens(rng, np.full(len(people), CORPORATE_BUSINESS))
    return np.where(firm, BUSINESS, chosen)


def table(people, segment, *, first, network):
    """Write down the true segments.

    Parameters
    ----------
    people : DataFrame
        As returned by `customers.draw`.
    segment : ndarray of int64
        As returned by `assign`.
    first : int
        The number of the first customer.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        Rows of the table ``truth_segments``.
    """
    return pd.DataFrame(
        {
            "customer": customers.ids(first + np.arange(len(people))),
            "branch": branches.ids(len(network))[people["branch"]],
            "segment": np.array(SEGMENTS)[segment],
        }
    )

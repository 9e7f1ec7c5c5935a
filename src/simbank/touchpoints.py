"""The inventory of touchpoints, and which of them are moments of truth in this bank."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank.streams import normals

JOURNEYS = ("account_opening", "loan_application", "complaint_handling")
CHANNELS = ("counter", "smart_counter", "app", "hotline")
STAGES = ("before", "during", "after")
OWNERS = ("lobby_manager", "counter", "customer_manager", "branch_manager", "head_office")
# name, journey, stage, owner, channels (positions), minutes it takes, per million: left out, returned, dropped;
# emotion there on average (thousandths), and whether the customer comes on another day for it.
INVENTORY = (
    ("opening_enquiry", 0, 0, 0, (0, 2, 3), 6, 250_000, 0, 30_000, 4900, True),
    ("queueing", 0, 1, 0, (0, 1), 0, 0, 0, 45_000, 4650, True),
    ("identity_check", 0, 1, 1, (0, 1, 2), 5, 0, 110_000, 25_000, 4800, False),
    ("form_signing", 0, 1, 1, (0, 1, 2), 9, 0, 50_000, 20_000, 4700, False),
    ("activation", 0, 1, 2, (0, 1, 2), 4, 0, 20_000, 8_000, 5200, False),
    ("welcome_call", 0, 2, 2, (2, 3), 4, 450_000, 0, 0, 5300, True),
    ("loan_enquiry", 1, 0, 2, (0, 2, 3), 12, 150_000, 0, 60_000, 4900, True),
    ("document_upload", 1, 1, 2, (0, 1, 2), 18, 0, 240_000, 70_000, 4300, True),
    ("loan_interview", 1, 1, 2, (0, 2), 28, 0, 40_000, 40_000, 5000, True),
    ("approval", 1, 1, 4, (2, 3), 0, 0, 0, 90_000, 4500, False),
    ("contract_signing", 1, 1, 2, (0, 2), 20, 0, 60_000, 15_000, 5000, True),
    ("payout_notice", 1, 2, 2, (2, 3), 2, 0, 0, 0, 5600, True),
    ("complaint_intake", 2, 0, 0, (0, 2, 3), 10, 0, 0, 20_000, 3800, True),
    ("first_response", 2, 1, 3, (0, 2, 3), 8, 0, 0, 20_000, 4300, True),
    ("investigation", 2, 1, 4, (2, 3), 0, 0, 60_000, 20_000, 4000, False),
    ("proposal", 2, 1, 3, (0, 2, 3), 12, 0, 170_000, 60_000, 4500, False),
    ("closing_call", 2, 2, 2, (2, 3), 6, 200_000, 0, 0, 4800, True),
)
NAMES = tuple(row[0] for row in INVENTORY)
JOURNEY, STAGE, OWNER = (np.array([row[k] for row in INVENTORY]) for k in (1, 2, 3))
ALLOWED = np.array([[channel in row[4] for channel in range(4)] for row in INVENTORY])
FALLBACK = np.array([row[4][0] for row in INVENTORY])
MINUTES, SKIPPED, RETURNED, DROPPED, LEVEL = (
    np.array([row[k] for row in INVENTORY], dtype=np.int64) for k in (5, 6, 7, 8, 9)
)
ANOTHER_DAY = np.array([row[10] for row in INVENTORY])
FIRST = np.array([0, 6, 12])
LAST = np.array([5, 11, 16])
QUEUEING, APPROVAL, INVESTIGATION, PROPOSAL = (
    NAMES.index(name) for name in ("queueing", "approval", "investigation", "proposal")
)
# Where a returned case goes back to.
BACK = np.arange(len(NAMES))
BACK[NAMES.index("identity_check")] = QUEUEING
BACK[NAMES.index("form_signing")] = NAMES.index("identity_check")
BACK[NAMES.index("contract_signing")] = NAMES.index("document_upload")
BACK[PROPOSAL] = INVESTIGATION
# Percent of a point of satisfaction for one point of emotion, dealt out at random within a journey.
WEIGHTS = ((44, 26, 16, 8, 4, 2), (40, 28, 16, 8, 4, 2), (44, 26, 14, 8, 4))
# The heaviest of account opening rewards only, the second punishes only; of a loan, the heaviest punishes only.
SHAPES = ("linear", "penalty", "reward")
LINEAR, PENALTY, REWARD = range(3)
# By peak (the strongest emotion, the first of equals) and by end (the last), percent of a point per point.
PEAK, PEAK_SPREAD = 22, 4
END, END_SPREAD = 26, 4
NEUTRAL = 4
# What people say matters, whatever really moves them: waiting and papers come to mind first.
STATED = np.array([0, 1500, 500, 700, 200, 100, 100, 900, 600, 1300, 300, 900, 500, 800, 1000, 1200, 200])


@dataclass(frozen=True)
class Moments:
    """What moves the satisfaction of a case.

    Attributes
    ----------
    weight : ndarray of int64
        Percent of a point of satisfaction for one point of emotion, by touchpoint.
    shape : ndarray of int64
        Position in ``SHAPES``, by touchpoint.
    peak, end : int
        Percent of a point of satisfaction for one point of the peak and of the end.
    """

    weight: np.ndarray
    shape: np.ndarray
    peak: int
    end: int

    def pull(self, emotion):
        """Return what the emotions of each touchpoint add to satisfaction.

        Parameters
        ----------
        emotion : ndarray of int64, n cases × 17 touchpoints
            From 1 to 7; ``NEUTRAL`` where a touchpoint was not visited.

        Returns
        -------
        ndarray of int64
            Thousandths of a scale point for each case.
        """
        away = emotion - NEUTRAL
        felt = np.where(self.shape == PENALTY, np.minimum(away, 0), away)
        felt = np.where(self.shape == REWARD, np.maximum(away, 0), felt)
        return 10 * (felt @ self.weight)


def draw(rng):
    """Draw which touchpoints are moments of truth.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.

    Returns
    -------
    Moments
        Weights and shapes of one bank.
    """
    weight = np.concatenate([rng.permutation(np.array(row)) for row in WEIGHTS])
    shape = np.full(len(NAMES), LINEAR)
    order = np.argsort(-weight[:6], kind="stable")
    # A call that not everybody gets would hide a shape: the last touchpoint stays linear.
    seen = order[order < LAST[0]]
    shape[seen[0]], shape[seen[1]] = REWARD, PENALTY
    shape[6 + np.argmax(weight[6:11])] = PENALTY
    peak, end = (
        int(value + spread * z // 1000)
        for value, spread, z in zip((PEAK, END), (PEAK_SPREAD, END_SPREAD), normals(rng, 2), strict=True)
    )
    return Moments(weight, shape, peak, end)


def table():
    """Write down the inventory.

    Returns
    -------
    DataFrame
        The table ``touchpoints``: one row is a touchpoint.

    Examples
    --------
    >>> table().loc[1, ["touchpoint", "owner"]].tolist()
    ['queueing', 'lobby_manager']
    """
    return pd.DataFrame(
        {
            "touchpoint": NAMES,
            "journey": np.array(JOURNEYS)[JOURNEY],
            "position": 1 + np.arange(len(NAMES)) - FIRST[JOURNEY],
            "stage": np.array(STAGES)[STAGE],
            "owner": np.array(OWNERS)[OWNER],
            "channels": [" ".join(np.array(CHANNELS)[row]) for row in ALLOWED],
        }
    )

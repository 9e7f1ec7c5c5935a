"""The employees of the branches: who does what, and since when."""

import numpy as np
import pandas as pd

from simbank import branches, calendar
from simbank.streams import normals

ROLES = ("branch_manager", "lobby_manager", "customer_manager", "counter")
# Beside one manager, a branch has a lobby manager for so many employees, and a customer manager for so many.
PER_LOBBY, PER_CUSTOMER_MANAGER = 9, 4
# Mean months of service by role, and how much a branch of good quality keeps people longer (percent).
TENURE = np.array([120, 66, 60, 48])
TENURE_SPREAD, TENURE_BY_QUALITY = 60, 15


def table(rng, network, known):
    """Write down the employees of every branch.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    network : Network
        The branches.
    known : DataFrame
        The table ``branches``, whose ``staff_count`` is kept.

    Returns
    -------
    DataFrame
        The table ``staff``: one row is an employee on the last day of the two years.
    """
    count = known["staff_count"].to_numpy()
    branch = np.repeat(np.arange(len(count)), count)
    role = np.concatenate([_roles(number) for number in count])
    quality = 100 + TENURE_BY_QUALITY * network.quality[branch] // 1000
    spread = 100 + TENURE_SPREAD * normals(rng, len(branch)) // 1000
    months = np.clip(TENURE[role] * quality * spread // 10_000, 1, 420)
    joined = calendar.DAYS - 1 - (months * 30 + rng.integers(0, 30, len(branch)))
    joined = np.maximum(joined, network.opened[branch])
    return pd.DataFrame(
        {
            "employee": np.char.mod("S%04d", 1 + np.arange(len(branch))),
            "branch": branches.ids(len(network))[branch],
            "role": np.array(ROLES)[role],
            "joined": calendar.text(joined),
            "tenure_months": (calendar.DAYS - 1 - joined) // 30,
        }
    )


def _roles(number):
    """List the roles of one branch, its manager first."""
    lobby, managers = 1 + number // PER_LOBBY, number // PER_CUSTOMER_MANAGER
    return np.repeat([0, 1, 2, 3], [1, lobby, managers, number - 1 - lobby - managers])

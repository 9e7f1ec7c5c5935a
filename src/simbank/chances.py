"""The chance of leaving within six months that every customer had on a snapshot date: what no bank knows."""

import numpy as np
import pandas as pd

from simbank import calendar, churn, customers, leaving
from simbank.streams import MILLION


def table(people, segment, network, found, leave, *, first):
    """Write down the chance that the simulator gave each customer, before the coins were tossed.

    What happened before the date counts, and changes of the branch that were already decided; what a later
    case does to somebody does not. That business dwindles before an account is closed is no part of it.

    Parameters
    ----------
    people, segment, network
        As for `leaving.draw`.
    found : DataFrame
        Their cases, as returned by `cases.draw`.
    leave : ndarray of int64
        The day each of them leaves.
    first : int
        The number of the first customer.

    Returns
    -------
    DataFrame
        Rows of the table ``truth_leaving``: those of ``churn``, in the same order.
    """
    parts = []
    for day in churn.SNAPSHOTS:
        who = churn.present(people, leave, day)
        begun = found[found["day"] < day]
        month = int(np.searchsorted(leaving.MONTHS, day))
        hazard = leaving.hazards(people, segment, network, begun)[who, month : month + 6]
        stay = np.full(len(who), MILLION)
        for risk in np.minimum(hazard, MILLION).T:
            stay = stay * (MILLION - risk) // MILLION
        parts.append(
            pd.DataFrame(
                {
                    "customer": customers.ids(first + who),
                    "snapshot": calendar.text(np.full(len(who), day)),
                    "chance_per_million": MILLION - stay,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)

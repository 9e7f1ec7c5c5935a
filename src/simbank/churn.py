"""Customers at three dates: what was known then, and who left in the following six months."""

import numpy as np
import pandas as pd

from simbank import branches, calendar, customers, service
from simbank.streams import happens

SNAPSHOTS = np.array([182, 366, 547])
AFTERWARDS = np.array([366, 547, 731])
KNOWN_DAYS = 90
# The retention desk's log is filled in when somebody says that they are going: after the snapshot.
CALLED, CALLED_STAYING = 780_000, 25_000
WEEKS = 13


def table(rng, people, found, drawn, answered, leave, *, first, network, weekly_wait):
    """Write down customers at the snapshot dates.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.
    found : DataFrame
        Their cases, those that happened.
    drawn : DataFrame
        Their transactions.
    answered : DataFrame
        ``person``, ``day``, ``satisfaction`` of every journey survey that came back.
    leave : ndarray of int64
        The day each of them leaves.
    first : int
        The number of the first customer.
    network : Network
        The branches.
    weekly_wait : ndarray of int64, n branches × 104 weeks
        Mean waits on record.

    Returns
    -------
    DataFrame
        Rows of the table ``churn``.
    """
    parts = []
    for day, until in zip(SNAPSHOTS, AFTERWARDS, strict=True):
        who = present(people, leave, day)
        left = (leave < until)[who]
        place = people["branch"].to_numpy()[who]
        week = int(service.week(day))
        parts.append(
            pd.DataFrame(
                {
                    "customer": customers.ids(first + who),
                    "snapshot": calendar.text(np.full(len(who), day)),
                    "branch": branches.ids(len(network))[place],
                    "age": calendar.YEAR + day // 366 - people["birth_year"].to_numpy()[who],
                    "tenure_months": (day - people["joined"].to_numpy()[who]) // 30,
                    "products": people["products"].to_numpy()[who],
                    "digital_use": np.array(customers.DIGITAL)[people["digital"].to_numpy()[who]],
                    **_business(drawn, day, len(people), who),
                    "complaints_year": _count(found[found["journey"] == 2], day, 365, len(people))[who],
                    "cases_year": _count(found, day, 365, len(people))[who],
                    "last_satisfaction": _last(answered, day, len(people))[who],
                    "branch_wait_seconds": weekly_wait[place, week - WEEKS : week]
                    .mean(axis=1)
                    .astype(np.int64),
                    "retention_calls": _calls(rng, left),
                    "left": left.astype(int),
                    "leave_date": calendar.text(np.where(left, leave[who], calendar.NEVER)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def present(people, leave, day):
    """Find who is a customer on a day and has been one for long enough.

    Parameters
    ----------
    people : DataFrame
        As returned by `customers.draw`.
    leave : ndarray of int64
        The day each of them leaves.
    day : int
        The snapshot.

    Returns
    -------
    ndarray of int64
        Their rows.
    """
    return np.flatnonzero((people["joined"].to_numpy() <= day - KNOWN_DAYS) & (leave >= day))


def _business(drawn, day, size, who):
    """Sum up the transactions before a day."""
    before = drawn[drawn["day"] < day]
    person, when = before["person"].to_numpy(), before["day"].to_numpy()
    last = np.full(size, -1)
    np.maximum.at(last, person, when)
    late, early = when >= day - 90, (when >= day - 180) & (when < day - 90)
    amount = np.zeros(size, dtype=np.int64)
    np.add.at(amount, person[late], before["amount"].to_numpy()[late])
    return {
        "days_since_last": pd.array(np.where(last < 0, -1, day - last)[who], dtype="Int64").copy(),
        "transactions_90": np.bincount(person[late], minlength=size)[who],
        "transactions_90_before": np.bincount(person[early], minlength=size)[who],
        "amount_90_fen": amount[who],
    }


def _count(found, day, window, size):
    """Count the cases that began in a window before a day."""
    begun = found["day"].to_numpy()
    return np.bincount(found["person"].to_numpy()[(begun < day) & (begun >= day - window)], minlength=size)


def _last(answered, day, size):
    """Return the last satisfaction answered before a day; empty for most."""
    seen = answered[answered["day"] < day].sort_values("day", kind="stable")
    last = np.full(size, -1)
    last[seen["person"].to_numpy()] = seen["satisfaction"].to_numpy()
    return pd.array(last, dtype="Int64")


def _calls(rng, left):
    """Fill in the retention desk's log."""
    called = happens(rng, np.where(left, CALLED, CALLED_STAYING))
    return called * rng.integers(1, 4, len(left))


def tidy(rows):
    """Leave cells empty where there was nothing.

    Parameters
    ----------
    rows : DataFrame
        As returned by `table`.

    Returns
    -------
    DataFrame
        The same, −1 made empty.
    """
    empty = {name: rows[name].mask(rows[name] < 0) for name in ("days_since_last", "last_satisfaction")}
    return rows.assign(**empty)

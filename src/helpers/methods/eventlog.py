"""The log of events that journeys are read from.

One row is an event, a step of a case: `case`, `touchpoint`, `channel`, `start`, `end`, `outcome`
(``"done"``, ``"returned"``, ``"dropped"``, ``"waiting"``), `emotion` where asked, `asked_per_million`;
its place in the case is `step` or, where that is absent, the order of `start`.
"""

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong

OUTCOMES = ("done", "returned", "dropped", "waiting")


def example():
    """Make a log of two customers, small enough to check by hand.

    Returns
    -------
    DataFrame
        Seven events: one customer is sent back once, the other gives up.
    """
    rows = [
        ("A", 1, "queueing", "counter", "09:00", "09:20", "done", 3.0, 500_000),
        ("A", 2, "identity_check", "counter", "09:20", "09:26", "returned", 2.0, 500_000),
        ("A", 3, "queueing", "counter", "09:30", "09:40", "done", 4.0, 500_000),
        ("A", 4, "identity_check", "app", "09:40", "09:44", "done", 5.0, 250_000),
        ("A", 5, "activation", "app", "10:44", "10:49", "done", 6.0, 250_000),
        ("B", 1, "queueing", "counter", "09:00", "09:30", "done", np.nan, 500_000),
        ("B", 2, "identity_check", "counter", "09:31", "09:36", "dropped", 1.0, 500_000),
    ]
    table = pd.DataFrame(rows, columns=["case", "step", "touchpoint", "channel", "start", "end", "outcome",
                                        "emotion", "asked_per_million"])  # fmt: skip
    return table.assign(**{at: pd.to_datetime("2025-03-03 " + table[at]) for at in ("start", "end")})


def finished(events):
    """Keep the cases that are over.

    Paths and drop-off of cases that still run are not yet known. Leaving them out favours short
    cases a little: say how many they were.

    Parameters
    ----------
    events : DataFrame
        A log: `case`, `end` (empty while a step is not over), and `outcome` if known: a case that waits
        for its next step is not over either, though all its steps are.

    Returns
    -------
    DataFrame
        The events of cases whose every step has an end, and none is ``"waiting"``.
    """
    checks.columns(events, ["case", "end"], name="events")
    open_ = events["end"].isna()
    if "outcome" in events:
        open_ |= events["outcome"] == "waiting"
    running = events.loc[open_, "case"]
    return events[~events["case"].isin(running)]


def order(events):
    """In which order do customers usually meet the touchpoints?

    By the mean place of a case's first visit.

    Parameters
    ----------
    events : DataFrame
        A log: `case`, `touchpoint`, and `step` or `start`.

    Returns
    -------
    list of str
        Touchpoints; where two are equal, by name.

    Examples
    --------
    >>> order(example())
    ['queueing', 'identity_check', 'activation']
    """
    first = in_order(events).groupby(["case", "touchpoint"])["step"].min()
    place = first.groupby("touchpoint").mean().reset_index()
    return list(place.sort_values(["step", "touchpoint"])["touchpoint"])


def in_order(events, *needed):
    """Sort a log by case and time.

    Parameters
    ----------
    events : DataFrame
        A log: `case`, `touchpoint`, and `step` or `start`.
    *needed : str
        Further columns that must be there.

    Returns
    -------
    DataFrame
        The same events on a plain index, with `step`.

    Raises
    ------
    ValueError
        If a column is missing, a case, touchpoint or place is, or two events of a case have the same place.
    """
    known = "step" in getattr(events, "columns", [])
    keys = ["case", "step"] if known else ["case", "start"]
    checks.columns(events, dict.fromkeys(["touchpoint", *keys, *needed]), name="events")
    checks.complete(events[["touchpoint", *keys]], name="events")
    if known:
        events = checks.read_numbers(events, ["step"], name="events")
    twice = events.duplicated(keys)
    if twice.any():
        case, at = events.loc[twice, "case"].iloc[0], keys[1]
        raise wrong("eventlog.step_twice", at=at, case=case)
    checks.one_kind("case", events=events)
    rows = events.reset_index(drop=True).sort_values(keys, ignore_index=True)
    if isinstance(rows["touchpoint"].dtype, pd.CategoricalDtype):
        rows["touchpoint"] = rows["touchpoint"].astype(object)
    return rows if known else rows.assign(step=rows.groupby("case").cumcount() + 1)


def checked(events, *needed):
    """Sort a log as `in_order` does, and refuse gaps in the columns needed."""
    rows = in_order(events, *needed)
    checks.complete(rows[list(needed)], name="events")
    return rows


def timed(events):
    """Sort a log of events that are all over, and refuse what ends before it starts."""
    rows = checked(events, "start", "end")
    rows = rows.assign(**{at: checks.dates(rows[[at]], name="events") for at in ("start", "end")})
    back = rows["end"] < rows["start"]
    if back.any():
        case = rows.loc[back, "case"].iloc[0]
        raise wrong("eventlog.ends_before_start", case=case)
    return rows


def judged(events):
    """Sort a log of events that are all over, and refuse outcomes that we do not know."""
    rows = checked(events, "end", "outcome")
    strange = rows.loc[~rows["outcome"].isin(OUTCOMES), "outcome"]
    if len(strange):
        raise wrong("eventlog.outcome", listed=list(OUTCOMES), found=strange.iloc[0])
    return rows


def by_place(table, places):
    """Put the rows of a result in the order of the journey.

    Parameters
    ----------
    table : DataFrame
        One or more rows a `touchpoint`, or a pair of `touchpoint` and `next`.
    places : list of str
        Touchpoints in order.

    Returns
    -------
    DataFrame
        The rows on a plain index; those of one touchpoint stay as they were.
    """
    place = {name: number for number, name in enumerate(places)}
    keys = [column for column in ("touchpoint", "next") if column in table]
    return table.sort_values(keys, key=lambda names: names.map(place), kind="stable", ignore_index=True)

"""Moments of truth: what each touchpoint does to satisfaction, below and above the middle, at the peak and at the end."""

import pandas as pd

from helpers.bank import checks
from helpers.methods import eventlog


def felt(events):
    """What did each case feel at each touchpoint, where all its steps were asked about?

    Parameters
    ----------
    events : DataFrame
        A log of finished cases: `case`, `touchpoint`, `emotion`, and `step` or `start`. Cases with a
        step that was not asked about are left out: compare the number of rows.

    Returns
    -------
    DataFrame
        One row a case: `case` and one column a touchpoint, the last emotion there; missing where the case
        did not come by.

    Examples
    --------
    >>> felt(eventlog.example())
      case  queueing  identity_check  activation
    0    A       4.0             5.0         6.0
    """
    rows = _asked(events)
    last = rows.drop_duplicates(["case", "touchpoint"], keep="last")
    wide = last.pivot(index="case", columns="touchpoint", values="emotion")
    return wide.reindex(columns=eventlog.order(events)).rename_axis(columns=None).reset_index()


def traces(events, *, neutral=4):
    """What might a customer remember of a case: its peak, its end, its mean, its slope, its length?

    Peak is the emotion farthest from `neutral` (the first of equals), end the last (Kahneman et al. 1993,
    *Psychological Science* 4, p. 401); slope is least squares in points a step, 0 for a single step.

    Parameters
    ----------
    events : DataFrame
        A log of finished cases: `case`, `touchpoint`, `start`, `end`, `emotion`, and `step` if known; only
        cases with every step asked about count.
    neutral : float
        The emotion that is neither good nor bad.

    Returns
    -------
    DataFrame
        One row a case: `case`, `peak`, `finish` (the last emotion), `mean`, `slope`, `duration_hours`.

    Examples
    --------
    >>> traces(eventlog.example()).round(2)
      case  peak  finish  mean  slope  duration_hours
    0    A   2.0     6.0   4.0    0.9            1.82
    """
    checks.number(neutral, name="neutral")
    rows = _asked(eventlog.timed(events))
    cases = rows.groupby("case")
    away = rows.assign(away=(rows["emotion"] - neutral).abs())
    strongest = away.sort_values(["away", "step"], ascending=[False, True])
    place = cases.cumcount() - (cases["step"].transform("size") - 1) / 2
    products = (place * rows["emotion"]).groupby(rows["case"]).sum()
    spread = (place**2).groupby(rows["case"]).sum()
    return pd.DataFrame({
        "peak": strongest.groupby("case")["emotion"].first(), "finish": cases["emotion"].last(),
        "mean": cases["emotion"].mean(), "slope": (products / spread).fillna(0),
        "duration_hours": (cases["end"].max() - cases["start"].min()).dt.total_seconds() / 3600,
    }).reset_index()  # fmt: skip


def _asked(events):
    """Events of the cases whose every step was asked about."""
    rows = eventlog.in_order(events, "emotion")
    rows = checks.read_numbers(rows, ["emotion"], name="events", gaps=True)
    return rows[rows["emotion"].notna().groupby(rows["case"]).transform("all")]

"""Journeys: from a log of events (`eventlog`) to what a journey map shows.

Give the functions one journey at a time. Row order never matters; results come in the order in
which customers usually meet the touchpoints. Wilson's intervals take visits as independent.
"""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats import proportion

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import eventlog

MILLION = 1_000_000
# Who works before the customer's eyes, who behind the line of visibility, who behind the branch.
LAYERS = {
    "frontstage": ("lobby_manager", "counter", "customer_manager"),
    "backstage": ("branch_manager",),
    "support": ("head_office",),
}


def inventory(events):
    """Which touchpoints are there, and through which channels are they met?

    Parameters
    ----------
    events : DataFrame
        A log: `case`, `touchpoint`, `channel`, and `step` or `start`.

    Returns
    -------
    DataFrame
        One row a touchpoint and channel: `touchpoint`, `channel`, `cases`, `events`, `share` (of the
        touchpoint's events; they sum to one).

    Examples
    --------
    >>> inventory(eventlog.example())["events"].tolist()
    [3, 1, 2, 1]
    """
    rows = eventlog.checked(events, "channel")
    table = rows.groupby(["touchpoint", "channel"]).agg(cases=("case", "nunique"), events=("case", "size"))
    table["share"] = table["events"] / table.groupby("touchpoint")["events"].transform("sum")
    return eventlog.by_place(table.reset_index(), eventlog.order(rows))


def drop_off(events, *, confidence=0.95):
    """Where do customers give up?

    Parameters
    ----------
    events : DataFrame
        Events that are over: `case`, `touchpoint`, `outcome`, `end`, and `step` or `start`.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a touchpoint: `touchpoint`, `count`, and of its visits `n`, `estimate`, `low`, `high`
        (Wilson, by statsmodels).

    Examples
    --------
    >>> drop_off(eventlog.example()).round(2)
           touchpoint  count  n  estimate   low  high
    0        queueing      0  3      0.00  0.00  0.56
    1  identity_check      1  3      0.33  0.06  0.79
    2      activation      0  1      0.00  0.00  0.79
    """
    return _ending(events, "dropped", confidence)


def rework(events, *, confidence=0.95):
    """Where are customers sent back to do a step again?

    Parameters
    ----------
    events, confidence
        As for `drop_off`.

    Returns
    -------
    DataFrame
        As of `drop_off`, for visits that were returned.
    """
    return _ending(events, "returned", confidence)


def emotions(events, *, clusters="case", confidence=0.95):
    """How does each touchpoint feel, for everybody and not only for those who were asked?

    x̄ = Σ w x / Σ w with w = 1 / probability of being asked (Hájek 1971). SE² = G/(G − 1) · Σ_g (Σ_{i∈g}
    w_i (x_i − x̄))² / (Σ w)², t with G − 1 degrees of freedom over the G clusters. Clusters are cases,
    whose answers are alike; with branches the interval speaks of branches such as these.

    Parameters
    ----------
    events : DataFrame
        Events that were asked about: `case`, `touchpoint`, `emotion`, `asked_per_million` (above 0), and
        `step` or `start`.
    clusters : str
        The column whose groups are independent: ``"case"`` or ``"branch"``.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a touchpoint: `touchpoint`, `n` (answers), `estimate`, `low`, `high` (missing with a
        single cluster), `unweighted`; no row where nobody was asked.

    Examples
    --------
    >>> answered = eventlog.example().dropna(subset=["emotion"])
    >>> emotions(answered).round(2)[["touchpoint", "n", "estimate", "unweighted"]]
           touchpoint  n  estimate  unweighted
    0        queueing  2      3.50        3.50
    1  identity_check  3      3.25        2.67
    2      activation  1      6.00        6.00
    """
    rows = eventlog.checked(events, "emotion", "asked_per_million", clusters)
    rows = rows.assign(**checks.measured(rows, ["emotion", "asked_per_million"], name="events"))
    checks.within(rows[["asked_per_million"]], low=1, high=MILLION, name="events")
    checks.proportion(confidence, name="confidence")
    found = [_hajek(part, clusters, confidence) for _, part in rows.groupby("touchpoint")]
    table = pd.DataFrame(found, columns=["touchpoint", "n", "estimate", "low", "high", "unweighted"])
    return eventlog.by_place(table, eventlog.order(rows))


def lanes(events, *, confidence=0.95):
    """What does the journey map show, touchpoint by touchpoint?

    Parameters
    ----------
    events : DataFrame
        Events that are over: all columns of a log.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row a touchpoint: `touchpoint`, `visits`, `channel` (the one used most), `channel_share`,
        `median_minutes`, `p90_minutes`, `drop_off`, `rework`, and `n`, `estimate`, `low`, `high` of its
        emotion (n is 0 where nobody was asked).

    Examples
    --------
    >>> lanes(eventlog.example())["estimate"].tolist()
    [3.5, 3.25, 6.0]
    """
    usual = (
        inventory(events).sort_values("share", ascending=False, kind="stable").drop_duplicates("touchpoint")
    )
    table = drop_off(events, confidence=confidence)[["touchpoint", "n", "estimate"]]
    table = table.set_axis(["touchpoint", "visits", "drop_off"], axis="columns")
    table["rework"] = rework(events)["estimate"]
    usual = usual[["touchpoint", "channel", "share"]].rename(columns={"share": "channel_share"})
    over = eventlog.timed(events)
    checks.columns(over, ["emotion"], name="events")
    checks.rows(over, name="events")
    minutes = (over["end"] - over["start"]).dt.total_seconds().div(60).groupby(over["touchpoint"])
    times = minutes.quantile([0.5, 0.9]).unstack().set_axis(["median_minutes", "p90_minutes"], axis=1)
    times = times.rename_axis("touchpoint").reset_index()
    felt = emotions(events.dropna(subset=["emotion"]), confidence=confidence).drop(columns="unweighted")
    table = table.merge(usual).merge(times).merge(felt, how="left")
    felt_there = ["estimate", "low", "high"]
    return table.assign(n=table["n"].fillna(0).astype(int), **table[felt_there].astype(float))


def blueprint(table, *, layers=LAYERS):
    """Sort the owners of touchpoints into the layers of a service blueprint.

    Frontstage before the customer's eyes, backstage behind the line of visibility, support behind the
    branch (Shostack 1984, *Harvard Business Review* 62(1), p. 133; Bitner, Ostrom & Morgan 2008).

    Parameters
    ----------
    table : DataFrame
        One row a touchpoint: `owner`.
    layers : dict
        Layer to the owners that belong to it. An owner whom no layer names is refused.

    Returns
    -------
    DataFrame
        The same rows with a column for each layer: the owner, or an empty text.

    Examples
    --------
    >>> blueprint(pd.DataFrame({"owner": ["counter", "head_office"]}))
             owner frontstage backstage      support
    0      counter    counter
    1  head_office                      head_office
    """
    checks.columns(table, ["owner"], name="table")
    owner = table["owner"].astype(object)
    strangers = set(owner) - {owner for owners in layers.values() for owner in owners}
    if strangers:
        who = sorted(map(str, strangers))[0]
        raise wrong("journey.owner_without_layer", who=who)
    return table.assign(**{layer: owner.where(owner.isin(names), "") for layer, names in layers.items()})


def _ending(events, outcome, confidence):
    rows = eventlog.judged(events)
    table = (rows["outcome"] == outcome).groupby(rows["touchpoint"]).agg(["sum", "size"]).reset_index()
    checks.proportion(confidence, name="confidence")
    table = table.set_axis(["touchpoint", "count", "n"], axis=1).astype({"count": "int64", "n": "int64"})
    low, high = proportion.proportion_confint(
        table["count"], table["n"], alpha=1 - confidence, method="wilson"
    )
    table = table.assign(estimate=table["count"] / table["n"], low=low, high=high)
    return eventlog.by_place(table, eventlog.order(rows))


def _hajek(part, clusters, confidence):
    weight = MILLION / part["asked_per_million"]
    mean = np.average(part["emotion"], weights=weight)
    sums = (weight * (part["emotion"] - mean)).groupby(part[clusters]).sum()
    groups = len(sums)
    half = np.nan
    if groups > 1:
        error = np.sqrt(groups / (groups - 1) * (sums**2).sum()) / weight.sum()
        half = stats.t.ppf((1 + confidence) / 2, groups - 1) * error
    return {"touchpoint": part["touchpoint"].iloc[0], "n": len(part), "estimate": mean, "low": mean - half,
            "high": mean + half, "unweighted": part["emotion"].mean()}  # fmt: skip

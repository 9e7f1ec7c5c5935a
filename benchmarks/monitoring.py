"""Count how often the methods of lesson 16 are right on simulated banks, and write the page that says so.

python benchmarks/monitoring.py --banks 400 --seed 1 --out docs/monitoring.md
"""

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.stats import proportion

from helpers.bank.files import write
from helpers.methods import chance, control, rollout, series
from simbank import branches, calendar, service
from simbank.streams import generator

CUSTOMERS, BASELINE, LEVELS = 20_000, 39, (0.0, 0.4)
BASES = (1, 4, 13)


def bank(seed):
    """Draw the branches and two years of their weekly record; complaints by chance around what was put in.

    Parameters
    ----------
    seed : int
        The seed of the bank.

    Returns
    -------
    tuple
        The state of the branches and the table, with `start`, `effect` in minutes, `minutes`, `digital`.
    """
    network = branches.draw(generator(seed, "branches"), 24)
    state = service.draw(
        generator(seed, "service_weekly"),
        network,
        branches.table(generator(seed, "branches", chunk=1), network),
    )
    expected = 1.25 * state.complaints / 1000
    complaints = generator(seed, "complaints").poisson(expected).astype(np.int64)
    rows = service.table(
        generator(seed, "service_weekly", chunk=1), network, state, customers=CUSTOMERS, complaints=complaints
    )
    start = np.where(network.transformed == calendar.NEVER, np.nan, network.transformed // 7 + 1)
    effect = (state.wait - state.plain["wait"]) / 60
    return state, rows.assign(
        start=np.repeat(start, service.WEEKS), effect=effect.ravel(), minutes=rows["mean_wait_seconds"] / 60,
        mean_wait_seconds=rows["mean_wait_seconds"] / 60,
        digital_completed=rows["digital_completed"] / rows["digital_started"],
    )  # fmt: skip


def dating(state, rows):
    """Look for what was planted, and for what was not, in the branches that were never transformed.

    Parameters
    ----------
    state : Service
        What was planted.
    rows : DataFrame
        The weekly record.

    Returns
    -------
    list of dict
        One entry for each branch and indicator: planted or not, found, off by how many weeks.
    """
    visits = rows.groupby("week")["visits"].sum()
    kept = rows[rows["week"].isin(visits.index[visits >= 0.75 * visits.median()]) & rows["start"].isna()]
    planted = {(f"B{branch + 1:02d}", name): (week + 1, size) for branch, name, week, size in state.shifts}
    found = []
    for branch, part in kept.groupby("branch"):
        for name in ("mean_wait_seconds", "digital_completed", "complaints"):
            chart = control.signals(
                control.xmr(part, name, until=BASELINE), rules=("beyond", "eight", "twenty")
            )
            later = chart[chart["week"] > BASELINE]
            date = series.shift(part, name).iloc[0]
            week, size = planted.get((branch, name), (np.nan, np.nan))
            found.append({
                "indicator": name, "planted": (branch, name) in planted, "size": size, "off": date["estimate"] - week,
                "held": date["low"] <= week <= date["high"],
                "signal": later["signal"].any(), "for_good": later["twenty"].any(),
            })  # fmt: skip
    return found


def rolled(state, rows, *, draws, seed):
    """Estimate the average effect of the transformations in every way, with and without planted branches.

    Parameters
    ----------
    state, rows
        As for `dating`.
    draws, seed : int
        Of the randomisation.

    Returns
    -------
    list of dict
        One entry a way: estimate, interval, truth; once with the effect and once with it taken out again.
    """
    disturbed = [f"B{branch + 1:02d}" for branch, name, *_ in state.shifts if name == "mean_wait_seconds"]
    found = []
    for label, part in (("all", rows), ("without", rows[~rows["branch"].isin(disturbed)])):
        after = part["week"] >= part["start"]
        if part["start"].isna().all() or not after.any():
            continue
        for effect, outcome in ((True, part["minutes"]), (False, part["minutes"] - part["effect"])):
            panel = part.assign(outcome=outcome)
            target = part["effect"][after].mean() if effect else 0.0
            ways = {f"group-time, base {k}, dates at random": rollout.randomised(
                panel, "outcome", before=k, draws=draws, seed=seed) for k in BASES}  # fmt: skip
            ways["group-time, base 13, jackknife"] = jackknife(panel)
            ways["two-way, clustered by branch"] = two_way(panel, cov_type="cluster")
            ways["two-way, branches ignored"] = two_way(panel)
            found += [
                {"branches": label, "effect": effect, "way": way, "target": target, **one.iloc[0].to_dict()}
                for way, one in ways.items()
            ]
    return found


def jackknife(panel):
    """Leave out one branch at a time: t with one degree of freedom less than branches.

    Parameters
    ----------
    panel : DataFrame
        With `outcome` and `start`.

    Returns
    -------
    DataFrame
        One row: `estimate`, `low`, `high`.
    """
    from scipy import stats

    values, starts, times = rollout._panel(panel, "outcome", unit="branch", time="week", start="start")
    whole = rollout._overall(values, starts, times, 13)
    keep = [np.arange(len(values)) != i for i in range(len(values))]
    parts = np.array([rollout._overall(values[k], starts[k], times, 13) for k in keep])
    error = np.sqrt((len(parts) - 1) / len(parts) * ((parts - whole) ** 2).sum())
    half = stats.t.ppf(0.975, len(parts) - 1) * error
    return pd.DataFrame({"estimate": [whole], "low": [whole - half], "high": [whole + half]})


def two_way(panel, *, cov_type="nonrobust"):
    """One regression with a constant for each branch and week; its errors know of branches, or do not.

    Parameters
    ----------
    panel : DataFrame
        With `outcome` and `start`.
    cov_type : {"nonrobust", "cluster"}
        As statsmodels has it.

    Returns
    -------
    DataFrame
        One row: `estimate`, `low`, `high`.
    """
    panel = panel.assign(on=(panel["week"] >= panel["start"]).astype(int))
    groups = {"cov_kwds": {"groups": panel["branch"].astype("category").cat.codes}, "use_t": True}
    fit = smf.ols("outcome ~ on + C(branch) + C(week)", panel).fit(
        cov_type=cov_type, **(groups if cov_type == "cluster" else {})
    )
    low, high = fit.conf_int().loc["on"]
    return pd.DataFrame({"estimate": [fit.params["on"]], "low": [low], "high": [high]})


def interrupted(*, banks, seed):
    """Count how often the interval of a level that did not change holds zero.

    Parameters
    ----------
    banks, seed : int
        How many series, and where they come from.

    Returns
    -------
    DataFrame
        By carry-over and kind of error: `estimate` (share that holds zero), `low`, `high`.
    """
    rows = []
    for phi in LEVELS:
        for kind, lags in (("plain", 0), ("robust", 4)):
            held = 0
            for values in chance.noise(104, charts=banks, phi=phi, seed=seed):
                low, high = jump(values, at=52, lags=lags)
                held += low <= 0 <= high
            rows.append({"phi": phi, "kind": kind, **wilson(held, banks)})
    return pd.DataFrame(rows)


def wilson(count, n):
    """A share with Wilson's interval."""
    low, high = proportion.proportion_confint(count, n, method="wilson")
    return {"n": n, "estimate": count / n, "low": low, "high": high}


def jump(values, *, at, lags):
    """The interval of the jump in a line that breaks once, its errors after Newey and West."""
    t = np.arange(len(values)) - at
    after = (t >= 0).astype(float)
    fit = sm.OLS(values, np.column_stack([np.ones(len(t)), t, after, t * after])).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    return fit.conf_int()[2]


def alarms(*, charts, seed):
    """Count charts of pure noise that cry wolf, by rules, baseline and carry-over.

    Parameters
    ----------
    charts, seed : int
        How many charts, and where they come from.

    Returns
    -------
    DataFrame
        One row a combination: `estimate`, `low`, `high`.
    """
    sets = {
        "a point outside": ("beyond",), "or eight in a row": ("beyond", "eight"),
        "all four of Western Electric": control.RULES[:4], "twenty in a row": ("twenty",),
    }  # fmt: skip
    return pd.DataFrame([
        {"phi": phi, "limits": until or 104, "rules": name,
         **chance.alarms(104, rules=rules, until=until, phi=phi, charts=charts, seed=seed).iloc[0]}
        for phi in LEVELS for until in (None, 26, BASELINE, 52) for name, rules in sets.items()
    ])  # fmt: skip


def share(values):
    """Write a share with its Monte Carlo error."""
    p = np.mean(values)
    return f"{p:.3f} ± {np.sqrt(p * (1 - p) / len(values)):.3f}"


def page(false, line, dates, rolls, *, minutes, banks, seed, draws):
    """Write the page.

    Parameters
    ----------
    false, line, dates, rolls : DataFrame
        From `alarms`, `interrupted`, `dating` and `rolled`.
    minutes : float
        How long it took.
    banks, seed, draws : int
        As called.

    Returns
    -------
    str
        Markdown.
    """
    text = ["# Are the charts and roll-out estimates of lesson 16 right?", "",
            "Counted on simulated processes and banks. The page is written by", "",
            f"    python benchmarks/monitoring.py --banks {banks} --seed {seed} --out docs/monitoring.md", "",
            f"It computed for {minutes:.0f} minutes on one core; {draws} draws for each randomisation.", "",
            "## Charts on which nothing happens", "",
            "104 weeks of pure noise; share of charts with at least one false signal. *Limits from* the first so many weeks "
            "(104: all of them, and signals anywhere count; else only those after the baseline). *Carry-over*: "
            "the autoregression from week to week.", "",
            "| carry-over | limits from | a point outside | or eight in a row | all four rules of Western Electric | twenty in a row |",
            "|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    for (phi, limits), part in false.groupby(["phi", "limits"]):
        text.append(f"| {phi:.1f} | {limits} | " + " | ".join(f"{x:.3f}" for x in part["estimate"]) + " |")
    text += ["", "## What was planted is found and dated", "",
             f"Branches that were never transformed, limits from the first {BASELINE} weeks, festival weeks left out. *Signal*: a "
             "point outside or eight in a row at any later time. *For good*: twenty in a row. *Within*: the best split lies within so many "
             "weeks of the planted week. *Held*: `low` to `high` of the date holds it.", "",
             "| indicator | branches | planted | signal | for good | within 1 | within 2 | within 4 | held |",
             "|---|--:|---|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    for (name, planted), part in dates.groupby(["indicator", "planted"]):
        near = (
            [share(part["off"].abs() <= k) for k in (1, 2, 4)] + [share(part["held"])]
            if planted
            else ["–"] * 4
        )
        text.append(f"| {name} | {len(part)} | {'yes' if planted else 'no'} | {share(part['signal'])} | "
                    f"{share(part['for_good'])} | " + " | ".join(near) + " |")  # fmt: skip
    text += ["", "## Interrupted series: a level that did not change", "",
             "Share of 95 % intervals for the jump at week 53 that hold zero.", "",
             "| carry-over | errors | share |", "|--:|---|--:|"]  # fmt: skip
    text += [f"| {r.phi:.1f} | {r.kind} | {r.estimate:.3f} |" for r in line.itertuples()]
    text += ["", "## The average effect of the transformations", "",
             "Minutes of mean wait, over every branch-week after a transformation; the target is the bank's own. *all*: every branch; "
             "*without*: the two branches with a planted shift of the wait left out. *Size*: share of 95 % intervals that miss "
             "zero where the effect was taken out again (should be 0.05). *Shift* and *spread*: mean and standard deviation of "
             "estimate − target. *Width*: mean length of the interval.", "",
             "| branches | way | covers | size | shift | spread | width |", "|---|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    for (label, way), part in rolls.groupby(["branches", "way"], sort=False):
        there, none = part[part["effect"]], part[~part["effect"]]
        error = there["estimate"] - there["target"]
        held = there["target"].between(there["low"], there["high"])
        missed = ~none["target"].between(none["low"], none["high"])
        text.append(f"| {label} | {way} | {share(held)} | {share(missed)} | {error.mean():+.2f} | {error.std():.2f} | "
                    f"{(there['high'] - there['low']).mean():.2f} |".replace("-", "−").replace("group−time", "group-time")
                    .replace("two−way", "two-way"))  # fmt: skip
    return "\n".join(text) + "\n"


def main():
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=399)
    parser.add_argument("--out", type=Path, required=True)
    wanted, begun = parser.parse_args(), time.monotonic()
    dates, rolls = [], []
    for number in range(wanted.banks):
        state, rows = bank(1000 * wanted.seed + number)
        dates += dating(state, rows)
        rolls += rolled(state, rows, draws=wanted.draws, seed=number)
    false = alarms(charts=5 * wanted.banks, seed=wanted.seed)
    line = interrupted(banks=wanted.banks, seed=wanted.seed)
    text = page(
        false, line, pd.DataFrame(dates), pd.DataFrame(rolls), minutes=(time.monotonic() - begun) / 60,
        banks=wanted.banks, seed=wanted.seed, draws=wanted.draws,
    )  # fmt: skip
    write(wanted.out, text)


if __name__ == "__main__":
    main()

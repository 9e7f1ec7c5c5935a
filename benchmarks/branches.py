"""Do lesson 07 and the reports on branches say what is really there? Counted over many simulated banks.

``python benchmarks/branches.py --banks 300 --alike 200 --seed 1 --out docs/branches.md``
"""

import argparse
import time
import warnings
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin as pg
import statsmodels.formula.api as smf
from scipy import stats
from tqdm import tqdm

from helpers.bank.data import codebook
from helpers.bank.files import write
from helpers.methods import ranks, servqual
from simbank import branches, calendar, customers, opinions, simulated_scores
from simbank import servqual_survey as form

NETWORK, CUSTOMERS, FEW = 24, 833, 5
POOL = 4000  # people asked at every branch for its true mean
BOOK = codebook("qingyu_bank")


def survey(rng, network):
    """Let both waves take place; the answers as they come back, and nothing else of the bank."""
    queue = form.waiting(customers.draw(rng, network, CUSTOMERS * len(network)))
    quota = form.quotas(rng, len(network))
    people = form.respond(rng, form.shortest(queue), network, quota)
    answers = form.spoil(rng, opinions.form(rng, people, network), people).astype(float)
    return answers.filter(regex=r"^[EP]\d+$").assign(
        respondent=np.arange(len(people)),
        wave=people["wave"],
        branch=branches.ids(len(network))[people["branch"]],
    )


def marks(answers):
    """One mark a customer: the lesson's."""
    asked = answers[["respondent", "branch", *(f"P{item}" for item in opinions.ITEMS)]]
    scores = servqual.scores(asked, codebook=BOOK, needed=0.5).dropna()
    return servqual.overall(scores, column="perceived").merge(answers[["respondent", "wave"]])


def league_of(people):
    """Mean and standard error by branch."""
    return people.groupby("branch")["overall"].agg(n="size", estimate="mean", error="sem")


def aims(network, *, wave=2):
    """The mean that the survey aims at, by branch.

    The same people with the same luck are asked at every branch, counted by their chance to answer: so the branches
    differ by what they are, and hardly by who was drawn.
    """
    found = []
    for branch in range(len(network)):
        rng = np.random.default_rng(POOL)
        only = replace(network, **{one.name: getattr(network, one.name)[[branch]] for one in fields(network)})
        people = customers.draw(rng, only, POOL).assign(wave=wave)
        people = people.assign(halo=form.impressions(rng, people))
        known = people["joined"] <= calendar.WAVES[wave - 1] - form.KNOWN_DAYS
        weights = form.chances(people, only) * (people["consent"] & known)
        perceived = simulated_scores.turned(opinions.form(rng, people, only), "P")
        found.append(np.average(simulated_scores.by_dimension(perceived).mean(axis=1), weights=weights))
    return pd.Series(found, index=branches.ids(len(network)))


def alike(network):
    """The same branches, if none differed in what customers live through or who they are."""
    none = {name: 0 * getattr(network, name) for name in ("quality", "perception", "expectation", "effect")}
    return replace(network, tier=1 + 0 * network.tier, **none)


def different(answers, *, together=True):
    """Which branch the reports call different in which dimension: as `findings.dimensions`, all at once."""
    rows = servqual.scores(answers, codebook=BOOK).dropna()
    cells = rows.groupby(["dimension", "branch"])["gap"]
    mean, variance, n = (getattr(cells, name)().unstack() for name in ("mean", "var", "count"))
    part, others = variance / n, mean.shape[1] - 1
    outside = 0.025 / (mean.size if together else 1)
    own = stats.t.isf(outside, n - 1) * part**0.5
    freedom = _rest(part) ** 2 / _rest(part**2 / (n - 1))
    rest = stats.t.isf(outside, freedom) * _rest(part) ** 0.5 / others
    return (mean - _rest(mean) / others).abs() > np.hypot(own, rest)


def _rest(values):
    """For every branch the sum over the others."""
    return values.rsub(values.sum(axis="columns"), axis="index")


def boxes(people, seed):
    """How the lowest and the highest of box 1 change in box 2, where nothing happened."""
    mixed = people.sample(frac=1, random_state=seed)
    box = mixed.groupby("branch").cumcount() % 2 + 1
    means = mixed.groupby(["branch", box])["overall"].mean().unstack()
    change = means[2] - means[1]
    return change[means.nsmallest(FEW, 1).index].mean(), change[means.nlargest(FEW, 1).index].mean()


def forecast(people):
    """Whether the later wave's interval of the worst branches of the earlier holds the lesson's forecast."""
    both = people.groupby(["branch", "wave"])["overall"].agg(["mean", "sem"]).unstack()
    away = both["mean"] - both["mean"].mean()
    stays = max(0, 1 - (both["sem"][1] ** 2).mean() / away[1].var())
    worst = away.nsmallest(FEW, 1)
    error = (both["sem"][2][worst.index] ** 2).sum() ** 0.5 / FEW
    return abs(worst[2].mean() - stays * worst[1].mean()) <= stats.norm.ppf(0.975) * error


def shrunken(people, league):
    """The model's guess of each branch and half the width of its interval."""
    with warnings.catch_warnings(action="ignore"):  # of a variance near 0
        fit = smf.mixedlm("overall ~ 1", people, groups="branch").fit(method="powell")
    between = max(float(fit.cov_re.iloc[0, 0]), 1e-9)
    stays = between / (between + fit.scale / league["n"])
    middle = fit.fe_params["Intercept"]
    half = stats.norm.ppf(0.975) * (between * (1 - stays)) ** 0.5
    return middle + stays * (league["estimate"] - middle), half


def of_bank(seed, number):
    """Everything that is counted on one bank."""
    rng = np.random.default_rng([seed, number])
    network = branches.draw(rng, NETWORK)
    answers, aimed = survey(rng, network), aims(network)
    people = marks(answers)
    now, later = people[people["wave"] == 2], answers[answers["wave"] == 2]
    league = league_of(now)
    sets, true = ranks.sets(league[["estimate", "error"]], seed=number), aimed.rank(ascending=False)
    held = true.between(sets["low"], sets["high"])
    rose, fell = boxes(now, number)
    guess, half = shrunken(now, league)
    inside, lowest = (guess - aimed).abs() <= half, league["estimate"].idxmin()
    return {
        "all_sets": held.all(),
        "set": held.mean(),
        "width": (sets["high"] - sets["low"] + 1).mean(),
        "dot": (true == sets["place"]).mean(),
        "worst_is_worst": lowest == aimed.idxmin(),
        "worst_in_three": lowest in aimed.nsmallest(3).index,
        "rose": rose > 0,
        "fell": fell < 0,
        "forecast": forecast(people),
        "shrunken": inside.mean(),
        "shrunken_ends": inside[[aimed.idxmin(), aimed.idxmax()]].mean(),
        "report": different(later).any(axis=None),
    }


def of_alike(seed, number):
    """What is said of a bank whose branches do not differ."""
    rng = np.random.default_rng([seed, number, 0])
    answers = survey(rng, alike(branches.draw(rng, NETWORK))).query("wave == 2")
    people = marks(answers)
    sets = ranks.sets(league_of(people)[["estimate", "error"]], seed=number)
    pairs = pg.pairwise_gameshowell(people, dv="overall", between="branch")
    return {
        "null_sets": (sets["low"] > 1).any(),
        "null_games_howell": (pairs["pval"] < 0.05).any(),
        "null_report": different(answers).any(axis=None),
        "null_one_by_one": different(answers, together=False).any(axis=None),
    }


LINES = {
    "all_sets": "banks in which *all* sets hold the true place (promised: 0.95 at least)",
    "set": "single sets that hold the true place",
    "dot": "places of the plain league table that are right",
    "worst_is_worst": "banks in which the lowest branch of the survey is truly the lowest",
    "worst_in_three": "banks in which it is truly among the lowest three",
    "rose": "banks in which the five lowest of box 1 are higher in box 2 (one draw)",
    "fell": "banks in which the five highest of box 1 are lower in box 2 (one draw)",
    "forecast": "banks in which the five lowest of wave 1 meet, in wave 2, the forecast for “nothing was done”",
    "shrunken": "shrunken intervals that hold the truth, all branches",
    "shrunken_ends": "shrunken intervals that hold it, the truly lowest and highest branch",
    "report": "banks whose reports call some branch different",
    "null_sets": "banks in which some pair is told apart by sets of places",
    "null_games_howell": "banks in which some pair is told apart by Games–Howell",
    "null_report": "banks whose reports call some branch different (promised: 0.05 at most)",
    "null_one_by_one": "the same, if each comparison were made by itself",
}

PAGE = """# Does lesson 07 say what is really there?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/branches.py --banks {banks} --alike {alike} --seed {seed} --out docs/branches.md

It computed for {minutes:.0f} minutes on one core.

## Branches as the simulation makes them: {banks} banks

Each bank has {network} branches of its own and both waves of the survey as `course data make` writes it, some 125 customers a branch
and wave. *True* is the mean that the survey of a branch aims at: {pool:,} people, the same with the same luck at every branch, counted
by their chance to answer.

| what is counted | share | 95% interval |
|---|--:|--:|
{lines}

A set is {width:.1f} places wide on average. Between the waves some branches are rebuilt, good and bad ones alike: the forecast knows
nothing of that.

## Branches that do not differ: {alike} banks

The same, but no branch differs from another in what its customers live through, what they expect, or who they are.

| what is counted | share | 95% interval |
|---|--:|--:|
{null_lines}

“Different” in a report allows for the comparisons of all branches and dimensions together (Bonferroni). Intervals are of the count:
exact for shares of banks (Clopper–Pearson), from the spread over banks for shares within banks.
"""


def line(name, values):
    """One row of the page: a share with its interval."""
    share, n = values.mean(), len(values)
    if values.dtype == bool:
        low, high = stats.binomtest(int(values.sum()), n).proportion_ci()
    else:
        low, high = share + np.array([-1, 1]) * stats.t.ppf(0.975, n - 1) * values.sem()
    return f"| {LINES[name]} | {share:.3f} | {low:.3f} to {high:.3f} |"


def page(table, null, *, minutes, seed):
    """Write what was counted."""
    lines, null_lines = (
        "\n".join(line(name, part[name]) for name in LINES if name in part) for part in (table, null)
    )
    return PAGE.format(
        banks=len(table), alike=len(null), seed=seed, minutes=minutes, network=NETWORK, pool=POOL,
        lines=lines, null_lines=null_lines, width=table["width"].mean(),
    )  # fmt: skip


def main():
    """Draw the banks and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--banks", type=int, default=300)
    asked.add_argument("--alike", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    began = time.perf_counter()
    table = pd.DataFrame([of_bank(given.seed, number) for number in tqdm(range(given.banks))])
    null = pd.DataFrame([of_alike(given.seed, number) for number in tqdm(range(given.alike))])
    minutes = (time.perf_counter() - began) / 60
    write(given.out, page(table, null, minutes=minutes, seed=given.seed))


if __name__ == "__main__":
    main()

"""Do lesson 07 and the reports on branches say what is really there? Counted over many simulated banks.

``python benchmarks/branches.py --banks 100 --seed 1 --out docs/branches.md``
"""

import argparse
import time
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
from simbank import branches, calendar, customers, opinions
from simbank import servqual as form
from workshop.report import contents, findings

WAVE, NETWORK, CUSTOMERS, BATCHES = 2, 24, 833, 24
FEW = 5


def survey(rng, network):
    """Let one wave take place: answers with branch, before anything is spoilt, and who gave them."""
    queue = form.waiting(customers.draw(rng, network, CUSTOMERS * len(network)))
    queue = form.shortest(queue[queue["wave"] == WAVE])
    quota = rng.integers(form.FEWEST, form.MOST + 1, (len(network), len(calendar.WAVES)))
    people = form.respond(rng, queue, network, quota)
    return people, opinions.form(rng, people, network)


def answered(rng, network, book):
    """Scores as the lesson takes them from a survey as it comes back."""
    people, forms = survey(rng, network)
    answers = form.spoil(rng, forms, people).astype(float).filter(regex=r"^[EP]\d+$")
    answers = answers.fillna(book.dont_know).assign(
        respondent=np.arange(len(answers)), branch=branches.ids(len(network))[people["branch"]]
    )
    return servqual.scores(answers, codebook=book, needed=0.5)


def marks(scores):
    """One mark a customer: the lesson's."""
    return servqual.overall(scores.dropna(subset="perceived"), column="perceived")


def league_of(people):
    """Mean and standard error by branch."""
    return people.groupby("branch")["overall"].agg(n="size", estimate="mean", error="sem")


def aims(rng, network, book, *, batches):
    """The mean of each branch over further surveys."""
    return sum(league_of(marks(answered(rng, network, book)))["estimate"] for _ in range(batches)) / batches


def reported(scores, *, together=True):
    """Whether the reports call any branch different."""
    rows = scores.dropna().assign(value=lambda table: table["gap"])
    people = rows.drop_duplicates("respondent").groupby("branch").size()
    told = findings.Survey(rows, rows.head(0), True, None, people, None, [], {}, frozenset())
    for branch in told.shown:
        beside = findings.dimensions(told, branch) if together else findings._beside(
            rows, branch, gaps=True, confidence=0.95)  # fmt: skip
        if len(contents.apart(beside)):
            return True
    return False


def boxes(people, seed):
    """How the lowest and the highest of box 1 change in box 2, where nothing happened."""
    mixed = people.sample(frac=1, random_state=seed)
    box = mixed.groupby("branch").cumcount() % 2 + 1
    means = mixed.groupby(["branch", box])["overall"].mean().unstack()
    change = means[2] - means[1]
    return change[means.nsmallest(FEW, 1).index].mean(), change[means.nlargest(FEW, 1).index].mean()


def shrunken(people, league):
    """The model's guess of each branch and half the width of its interval."""
    fit = smf.mixedlm("overall ~ 1", people, groups="branch").fit()
    between = max(float(fit.cov_re.iloc[0, 0]), 1e-9)
    stays = between / (between + fit.scale / league["n"])
    middle = fit.fe_params["Intercept"]
    return middle + stays * (league["estimate"] - middle), stats.norm.ppf(0.975) * (
        between * (1 - stays)
    ) ** 0.5


def alike(rng, scores, seed):
    """What the same survey says when customers are handed to branches by lot, so that no branch differs."""
    home = scores.drop_duplicates("respondent").set_index("respondent")["branch"]
    by_lot = pd.Series(rng.permutation(home), index=home.index)
    scores = scores.assign(branch=scores["respondent"].map(by_lot))
    people = marks(scores)
    sets = ranks.sets(league_of(people)[["estimate", "error"]], seed=seed)
    pairs = pg.pairwise_gameshowell(people, dv="overall", between="branch")
    return {
        "null_sets": (sets["low"] > 1).any(),
        "null_games_howell": (pairs["pval"] < 0.05).any(),
        "null_report": reported(scores),
        "null_one_by_one": reported(scores, together=False),
    }


def of_bank(seed, number, *, batches=BATCHES):
    """Everything that is counted on one bank."""
    rng, book = np.random.default_rng([seed, number]), codebook("qingyu_bank")
    network = branches.draw(rng, NETWORK)
    scores = answered(rng, network, book)
    people, aimed = marks(scores), aims(rng, network, book, batches=batches)
    league = league_of(people)
    sets = ranks.sets(league[["estimate", "error"]], seed=number)
    true = aimed.rank(ascending=False)
    held = true.between(sets["low"], sets["high"])
    rose, fell = boxes(people, number)
    guess, half = shrunken(people, league)
    inside, ends = (guess - aimed).abs() <= half, [aimed.idxmin(), aimed.idxmax()]
    return {
        "bank": number,
        "all_sets": held.all(),
        "set": held.mean(),
        "width": (sets["high"] - sets["low"] + 1).mean(),
        "dot": (true == sets["place"]).mean(),
        "worst_is_worst": league["estimate"].idxmin() == aimed.idxmin(),
        "worst_in_three": league["estimate"].idxmin() in aimed.nsmallest(3).index,
        "rose": rose > 0,
        "fell": fell < 0,
        "shrunken": inside.mean(),
        "shrunken_ends": inside[ends].mean(),
        "report": reported(scores),
    } | alike(rng, scores, number)


LINES = {
    "all_sets": "banks in which *all* sets hold the true place (promised: 0.95 at least)",
    "set": "single sets that hold the true place",
    "dot": "places of the plain league table that are right",
    "worst_is_worst": "banks in which the lowest branch of the survey is truly the lowest",
    "worst_in_three": "banks in which it is truly among the lowest three",
    "rose": "banks in which the five lowest of box 1 are higher in box 2",
    "fell": "banks in which the five highest of box 1 are lower in box 2",
    "shrunken": "shrunken intervals that hold the truth, all branches",
    "shrunken_ends": "shrunken intervals that hold it, the truly lowest and highest branch",
    "report": "banks whose reports call some branch different",
    "null_sets": "**no branch differs**: some pair told apart by sets of places",
    "null_games_howell": "no branch differs: some pair told apart by Games–Howell",
    "null_report": "no branch differs: reports call some branch different",
    "null_one_by_one": "no branch differs: the same, each comparison by itself",
}

PAGE = """# Does lesson 07 say what is really there?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/branches.py --banks {banks} --seed {seed} --out docs/branches.md

It computed for {minutes:.0f} minutes on one core.

Each of {banks} banks has {network} branches of its own and one wave of the survey as `course data make` writes it. *True* is the
mean of {batches} further surveys of the same branches, which has a small error of its own: where two branches are nearly alike, their true
order may be wrong. In the last rows customers are handed to branches by lot, so that everything is as it was and no branch differs.

| what is counted | share |
|---|--:|
{lines}

± is the Monte Carlo standard error over banks. A set is {width:.1f} places wide on average. “Different” in a report allows for the comparisons
of all branches and dimensions together (Bonferroni).
"""


def page(table, *, minutes, seed, batches=BATCHES):
    """Write what was counted."""
    error = table.astype(float).std() / len(table) ** 0.5
    lines = [f"| {said} | {table[name].mean():.3f} ± {error[name]:.3f} |" for name, said in LINES.items()]
    return PAGE.format(
        banks=len(table), seed=seed, minutes=minutes, network=NETWORK, batches=batches,
        lines="\n".join(lines), width=table["width"].mean(),
    )  # fmt: skip


def main():
    """Draw the banks and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--banks", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    began = time.perf_counter()
    table = pd.DataFrame([of_bank(given.seed, number) for number in tqdm(range(given.banks))])
    minutes = (time.perf_counter() - began) / 60
    write(given.out, page(table, minutes=minutes, seed=given.seed))


if __name__ == "__main__":
    main()

"""Does lesson 17 find what is really there? Counted over many simulated banks.

``python benchmarks/training.py --banks 200 --seed 1 --out docs/training.md``
"""

import argparse
import io
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin as pg
import statsmodels.formula.api as smf
from scipy import stats
from tqdm import tqdm

from helpers.bank.files import write
from simbank import before_after, branches, incentives, staff, training
from simbank.streams import generator

NETWORK, MEASURES, PHASES = 24, ("score", "behaviour", "customer_score"), ("post", "follow_up")
KEYS = ["group", "branch", "employee"]
MODEL = "later ~ pre + trained"


def count(numbers, *, seed, step=lambda: None):
    """Make the tables of the banks with these numbers and read them as lesson and deeper notebook do.

    One row an interval (``bank``, ``kind``, ``estimate``, ``low``, ``high``, ``target``), one row a finding (``bank``,
    ``finding``, ``found``).
    """
    held, found = [], []
    for number in numbers:
        own = 1000 * seed + number
        rng = generator(own, "branches")
        network = branches.draw(rng, NETWORK)
        people = staff.table(generator(own, "staff"), network, branches.table(rng, network))
        rows = written(training.table(own, people))
        held += [row | {"bank": number} for row in of_training(rows)]
        told = of_people(rows) + of_chosen(written(before_after.table(own, network)))
        told += of_bonus(written(incentives.table(own, network)))
        found += [{"bank": number, "finding": name, "found": value} for name, value in told]
        step()
    return pd.DataFrame(held), pd.DataFrame(found)


def written(table):
    """The table as it stands in its file."""
    return pd.read_csv(io.StringIO(table.to_csv(index=False)))


def of_training(rows):
    """Each effect by ANCOVA over branches, and the test right after by every other method."""
    aims = {(dict(place)["measure"], dict(place)["phase"]): value
            for (name, place), value in training.constructs().items() if name == "training_effect"}  # fmt: skip
    for measure in MEASURES:
        for phase in PHASES:
            people, means = paired(rows, measure, phase)
            about = {"measure": measure, "phase": phase, "target": aims[measure, phase]}
            yield about | {"kind": "ANCOVA by branches"} | ends(smf.ols(MODEL, means).fit())
            if (measure, phase) == ("score", "post"):
                for kind, fit in others(people, means):
                    yield about | {"kind": kind} | ends(fit)


def paired(rows, measure, phase):
    """People measured before and then, and their branches."""
    people = rows.pivot_table(index=KEYS, columns="phase", values=measure)[["pre", phase]].dropna()
    people = people.set_axis(["pre", "later"], axis="columns").reset_index()
    people["trained"] = (people["group"] == "trained").astype(int)
    people["change"] = people["later"] - people["pre"]
    return people, people.groupby("branch")[["pre", "later", "change", "trained"]].mean()


def others(people, means):
    """The rivals of the deeper notebook."""
    codes = {"groups": people["branch"].astype("category").cat.codes}
    yield "change by branches", smf.ols("change ~ trained", means).fit()
    yield "ANCOVA by people, as if alone", smf.ols(MODEL, people).fit()
    yield "after only, by people, as if alone", smf.ols("later ~ trained", people).fit()
    yield "after only, by branches", smf.ols("later ~ trained", means).fit()
    plain = {"cov_type": "cluster", "cov_kwds": codes, "use_t": True}
    yield "ANCOVA, plain cluster errors", smf.ols(MODEL, people).fit(**plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance on its boundary is counted as any other
        yield "mixed model, normal interval", smf.mixedlm(MODEL, people, groups="branch").fit(method="powell")


def ends(fit):
    """The effect and its interval of 95 %."""
    low, high = fit.conf_int().loc["trained"]
    return {"estimate": fit.params["trained"], "low": low, "high": high}


def of_people(rows):
    """What the lesson says of applause, decay and the weakest who waited."""
    scores = rows.pivot_table(index=KEYS, columns="phase", values="score")
    change = (scores["post"] - scores["pre"]).rename("learnt")
    liked = rows.dropna(subset="reaction").set_index(KEYS)["reaction"]
    both = pd.concat([liked, change], axis="columns").dropna()
    lost = (scores["follow_up"] - scores["post"]).dropna().groupby(["group", "branch"]).mean()
    decay = stats.ttest_ind(lost["trained"], lost["waiting"])
    waiting = scores.loc["waiting"].dropna(subset=["pre", "post"])
    weak = waiting["pre"] <= waiting["pre"].quantile(1 / 3)
    rise = (waiting["post"] - waiting["pre"]).groupby(weak).mean()
    return [
        ("liking and learning: an interval of the correlation that leaves out zero", stats.pearsonr(*both.T.to_numpy()).pvalue < 0.05),
        ("the loss until the follow-up shows, interval and all", decay.pvalue < 0.05 and decay.statistic < 0),
        ("the weakest third of the waiting group rises, though nobody trained them", rise[True] > 0),
        ("and rises more than the rest of it", rise[True] > rise[False]),
    ]  # fmt: skip


def of_chosen(rows):
    """What the invited worst do, though nothing is done."""
    table = rows.pivot_table(index=["chosen", "branch"], columns="phase", values="mean_wait_minutes")
    moved = table["after"] - table["before"]
    test = stats.ttest_rel(table.loc[1, "after"], table.loc[1, "before"])
    return [
        ("the invited worst wait less afterwards, though nothing was done", moved[1].mean() < 0),
        ("and a paired test calls that significant", moved[1].mean() < 0 and test.pvalue < 0.05),
    ]


def of_bonus(rows):
    """Whether the bonus shows on the device, on the phone, and in whom was asked."""
    sums = rows.groupby(["paid", "branch", "phase"])[
        ["served", "rated", "rated_top", "called", "called_top"]
    ].sum()
    shares = pd.DataFrame({"device": sums["rated_top"] / sums["rated"], "phone": sums["called_top"] / sums["called"],
                           "asked": sums["rated"] / sums["served"]})  # fmt: skip
    moved = (shares.xs("after", level="phase") - shares.xs("before", level="phase")).reset_index()
    p = {name: pg.ttest(*(part[name] for _, part in moved.groupby("paid")), correction=False)["p_val"].item()
         for name in shares}  # fmt: skip
    return [
        ("the bonus shows on the device", p["device"] < 0.05),
        ("the bonus shows on the phone", p["phone"] < 0.05),
        ("the share of customers who are asked falls, interval and all", p["asked"] < 0.05),
    ]


PAGE = """# Does lesson 17 find what is really there?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/training.py --banks {banks} --seed {seed} --out docs/training.md

It computed for {minutes:.0f} minutes on one core.

## What was done

Each of {banks} banks has its own branches ({network}), staff, training (twelve branches, six of them trained first, at random), bonus
and lobby campaign, as `course data make` writes them. Each is read as lesson 17 and its deeper notebook read it, all intervals at
95 %. *What they aim at* is what was put in, for all branches that the same process would make.

## How many intervals hold what was put in, and how many show that there is something

| measure | phase | interval | holds | leaves out zero | median width |
|---|---|---|--:|--:|--:|
{held}

± is the Monte Carlo standard error. All these effects are there: what does not leave out zero is missed. In these banks a branch has
no year of its own, so counting people harms little once the pre-test is used; it harms where only the scores afterwards are compared.
The deeper notebook plants such years and counts again.

## How often each conclusion is drawn

| conclusion | banks in which it is drawn |
|---|--:|
{found}

The campaign does nothing at all; the bonus truly adds one percentage point, and two branches in three game it.
"""


def page(held, found, *, minutes, banks, seed):
    """Write the page from the tables of `count`."""
    held = held.assign(holds=held["target"].between(held["low"], held["high"]), seen=held["low"] > 0)
    lines = []
    for (measure, phase, kind), part in held.groupby(["measure", "phase", "kind"], sort=False):
        shares = [
            f"{share:.3f} ± {(share * (1 - share) / len(part)) ** 0.5:.3f}" for share in (part["holds"].mean(), part["seen"].mean())
        ]  # fmt: skip
        width = np.median(part["high"] - part["low"])
        lines.append(
            f"| {measure.replace('_', ' ')} | {phase.replace('_', '-')} | {kind} | {shares[0]} | {shares[1]} | {width:.2f} |"
        )
    told = [f"| {name} | {part['found'].mean():.0%} |" for name, part in found.groupby("finding", sort=False)]
    return PAGE.format(
        banks=banks, seed=seed, minutes=minutes, network=NETWORK, held="\n".join(lines), found="\n".join(told)
    )


def main(arguments=None):
    """Read the command line, count, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/training.md"))
    options = parser.parse_args(arguments)
    started = time.process_time()
    with tqdm(total=options.banks, desc="training") as bar:
        found = count(range(1, options.banks + 1), seed=options.seed, step=bar.update)
    minutes = (time.process_time() - started) / 60
    write(options.out, page(*found, minutes=minutes, banks=options.banks, seed=options.seed))


if __name__ == "__main__":
    sys.exit(main())

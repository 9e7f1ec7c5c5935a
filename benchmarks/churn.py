"""Does lesson 11 see what can be seen? Counted over many simulated banks, whose every customer's chance is known.

``python benchmarks/churn.py --banks 60 --seed 1 --out docs/churn.md``
"""

import argparse
import io
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy.special import logit
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier
from statsmodels.stats.proportion import proportion_confint
from tqdm import tqdm

from helpers.bank.files import write
from simbank import branches, leaving, ledger, service
from simbank.streams import generator

NETWORK, CUSTOMERS, CALLS, SEED = 24, 20_000, 500, 11
# As the lesson has them.
HONEST = ["products", "tenure_months", "complaints_year", "dissatisfied", "wait_minutes",
          "recency_days", "transactions_90", "transactions_90_before"]  # fmt: skip
NAMES = {"tree": "tree of six leaves", "logit": "logit", "svm": "support vector machine", "forest": "random forest",
         "true": "the true chance"}  # fmt: skip


def rows(seed, *, size=CUSTOMERS):
    """The table ``churn`` of a bank with the true chances beside it, as `course data make` writes them.

    Nobody is kept from leaving because they had still to answer the survey.
    """
    rng = generator(seed, "branches")
    network = branches.draw(rng, NETWORK)
    bank = ledger.setting(seed, network, branches.table(rng, network))
    quiet = np.zeros((NETWORK, service.WEEKS), dtype=np.int64)
    weeks = service.table(
        generator(seed, "service_weekly"), network, bank.state, customers=size, complaints=quiet
    )
    waits = weeks["mean_wait_seconds"].to_numpy().reshape(quiet.shape)
    parts = []
    for number in range(-(-size // ledger.CHUNK)):
        chunk = ledger.draw(
            seed,
            number,
            bank,
            keep=size - number * ledger.CHUNK,
            until=pd.Series(dtype=np.int64),
            waits=waits,
        )
        parts.append(chunk["tables"]["churn"].merge(chunk["tables"]["truth_leaving"]))
    table = pd.read_csv(io.StringIO(pd.concat(parts).to_csv(index=False)))
    days = table["days_since_last"]
    return table.assign(
        dissatisfied=(table["last_satisfaction"] <= 3).astype(int), wait_minutes=table["branch_wait_seconds"] / 60,
        recency_days=days.where(days <= 365).fillna(365), chance=table["chance_per_million"] / 1_000_000,
    )  # fmt: skip


def rivals():
    """The models of the lesson and of its deeper notebook."""

    def scaled(model):
        return make_pipeline(FunctionTransformer(np.log1p), StandardScaler(), model)

    return {
        "tree": DecisionTreeClassifier(max_leaf_nodes=6, min_samples_leaf=0.01, random_state=SEED),
        "logit": scaled(LogisticRegression()),
        "svm": scaled(LinearSVC(class_weight="balanced", random_state=SEED)),
        "forest": RandomForestClassifier(100, min_samples_leaf=50, random_state=SEED),
    }


def count(numbers, *, seed, size=CUSTOMERS, step=lambda: None):
    """Read the banks with these numbers as the lesson does.

    One row a bank and ranking (``bank``, ``ranking``, ``auc``, ``hits``, ``expected``), one row an interval (``bank``,
    ``kind``, ``low``, ``high``, ``target``), one row a finding (``bank``, ``finding``, ``value``).
    """
    ranked, held, found = [], [], []
    for number in numbers:
        table = rows(1000 * seed + number, size=size)
        today = table["snapshot"].max()
        past, now = table[table["snapshot"] < today], table[table["snapshot"] == today].reset_index(drop=True)
        fits = {name: model.fit(past[HONEST], past["left"]) for name, model in rivals().items()}
        scores = {name: scored(fit, now) for name, fit in fits.items()} | {"true": now["chance"].to_numpy()}
        ranked += [{"bank": number, "ranking": name} | one for name, one in of_lists(scores, now)]
        held += [{"bank": number} | one for one in [*of_leaves(fits["tree"], past, now), *of_hazards(now)]]
        found += [{"bank": number} | one for one in of_scores(scores, now)]
        step()
    return pd.DataFrame(ranked), pd.DataFrame(held), pd.DataFrame(found)


def scored(fit, now):
    """Chances, or margins where a model has none."""
    if hasattr(fit, "predict_proba"):
        return fit.predict_proba(now[HONEST])[:, 1]
    return fit.decision_function(now[HONEST])


def of_lists(scores, now):
    """How each ranking separates, and what its first customers did and were given as chances."""
    noise = np.random.default_rng(SEED).random(len(now)) * 1e-9
    for name, score in scores.items():
        top = now.iloc[np.argsort(-(score + noise), kind="stable")[:CALLS]]
        yield (
            name,
            {
                "auc": roc_auc_score(now["left"], score),
                "hits": top["left"].sum(),
                "expected": top["chance"].mean(),
            },
        )


def of_leaves(tree, past, now):
    """Wilson's intervals of the leaves, then and later, and of the list, against the true chances."""
    before, after = tree.apply(past[HONEST]), tree.apply(now[HONEST])
    best = past["left"].groupby(before).mean().idxmax()
    for leaf, part in now.groupby(after):
        yield interval("leaf, later half-year", part["left"], part["chance"].mean())
        if leaf == best:
            yield interval("best leaf, before today", past["left"][before == leaf], part["chance"].mean())
    noise = np.random.default_rng(SEED).random(len(now)) * 1e-9
    top = now.iloc[np.argsort(-(tree.predict_proba(now[HONEST])[:, 1] + noise), kind="stable")[:CALLS]]
    yield interval("hit rate of the tree's 500", top["left"], top["chance"].mean())


def interval(kind, left, target):
    """Wilson's interval of a share, and what it aims at."""
    low, high = proportion_confint(left.sum(), len(left), method="wilson")
    return {"kind": kind, "low": low, "high": high, "target": target, "estimate": left.mean()}


def of_hazards(now):
    """Cox's hazard ratios against those that were put in."""
    gone = (pd.to_datetime(now["leave_date"]) - pd.to_datetime(now["snapshot"])).dt.days
    spells = now.assign(days=gone.fillna(184) + 1, first_year=(now["tenure_months"] < 12).astype(int))
    spells["complained"] = (spells["complaints_year"] > 0).astype(int)
    formula = "days ~ C(products, Treatment(2)) + first_year + complained + dissatisfied + wait_minutes"
    fit = smf.phreg(formula, spells, status=spells["left"].to_numpy()).fit()
    ends = dict(zip(fit.model.exog_names, np.exp(fit.conf_int()), strict=True))
    aims = {"first_year": leaving.FIRST_YEAR / 100}
    aims |= {
        f"C(products, Treatment(2))[T.{k + 1}]": ratio / 100
        for k, ratio in enumerate(leaving.BY_PRODUCTS)
        if k != 1
    }
    for name, aim in aims.items():
        low, high = ends[name]
        kind = "hazard ratio, first year" if name == "first_year" else "hazard ratio, products held"
        yield {"kind": kind, "low": low, "high": high, "target": aim, "estimate": (low * high) ** 0.5}


def of_scores(scores, now):
    """How the chances of tree and logit are calibrated."""
    for name in ("tree", "logit"):
        odds = logit(np.clip(scores[name], 1e-4, 1 - 1e-4))
        fit = smf.logit("left ~ odds", now.assign(odds=odds)).fit(disp=0)
        yield {"finding": f"calibration slope, {NAMES[name]}", "value": fit.params["odds"]}
    yield {"finding": "share that left", "value": now["left"].mean()}


PAGE = """# Does lesson 11 see what can be seen?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/churn.py --banks {banks} --seed {seed} --out docs/churn.md

It computed for {minutes:.0f} minutes on one core.

## What was done

Each of {banks} banks has {network} branches and {customers:,} customers, as `course data make` writes them (the survey, which keeps a few
from leaving, is left out). Each is read as lesson 11 and its deeper notebook read it: learnt on the first two snapshots, tried on the
third. *The true chance* is what the simulator gave each customer before it tossed the coins: no bank has it.

## How well each ranking separates, and what a list of {calls} finds

| ranking | AUC, median (tenth to ninetieth percentile) | hit rate of {calls}, median | true chance of these, median | AUC above the tree's |
|---|--:|--:|--:|--:|
{ranked}

## How many intervals of 95 % hold what is true

| interval | aims at | holds | estimate above its aim |
|---|---|--:|--:|
{held}

± is the Monte Carlo standard error. The best leaf was chosen because it looked good: its share before today promises too much. A hazard
ratio of the first year is estimated for those who *began* the half-year in their first year, and some grow out of it; what the model does
not hold (segment, warmth) moves the others a little.

## Over the banks

| what | median | tenth to ninetieth percentile |
|---|--:|--:|
{found}
"""
AIMS = {
    "leaf, later half-year": "mean true chance of the leaf",
    "best leaf, before today": "mean true chance of the leaf today",
    "hit rate of the tree's 500": "mean true chance of the list",
    "hazard ratio, first year": "put in",
    "hazard ratio, products held": "put in",
}


def spread(values, form):
    """A median with the middle eighty per cent."""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return f"{middle:{form}}", f"{low:{form}}–{high:{form}}"


def page(ranked, held, found, *, minutes, banks, seed, customers=CUSTOMERS):
    """Write the page from the tables of `count`."""
    by_bank = ranked.pivot(index="bank", columns="ranking", values="auc")
    lines = []
    for name, part in ranked.groupby("ranking", sort=False):
        middle, ends = spread(part["auc"], ".3f")
        above = "–" if name == "tree" else f"{(by_bank[name] > by_bank['tree']).mean():.0%} of banks"
        rate, chance = part["hits"].median() / CALLS, part["expected"].median()
        lines.append(f"| {NAMES[name]} | {middle} ({ends}) | {rate:.1%} | {chance:.1%} | {above} |")
    held = held.assign(
        holds=held["target"].between(held["low"], held["high"]), above=held["estimate"] > held["target"]
    )
    kept = []
    for kind, aim in AIMS.items():
        part = held[held["kind"] == kind]
        share = part["holds"].mean()
        error = (share * (1 - share) / len(part)) ** 0.5
        kept.append(f"| {kind} | {aim} | {share:.3f} ± {error:.3f} | {part['above'].mean():.0%} |")
    told = []
    for name, part in found.groupby("finding", sort=False):
        form = ".1%" if "share" in name else ".2f"
        told.append("| {} | {} | {} |".format(name, *spread(part["value"], form)))
    return PAGE.format(
        banks=banks, seed=seed, minutes=minutes, network=NETWORK, customers=customers, calls=CALLS,
        ranked="\n".join(lines), held="\n".join(kept), found="\n".join(told),
    )  # fmt: skip


def main(arguments=None):
    """Read the command line, count, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/churn.md"))
    options = parser.parse_args(arguments)
    started = time.process_time()
    with tqdm(total=options.banks, desc="churn") as bar:
        found = count(range(1, options.banks + 1), seed=options.seed, step=bar.update)
    minutes = (time.process_time() - started) / 60
    write(options.out, page(*found, minutes=minutes, banks=options.banks, seed=options.seed))


if __name__ == "__main__":
    sys.exit(main())

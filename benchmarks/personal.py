"""Does lesson 12 find what is really there? Counted over many simulated banks.

``python benchmarks/personal.py --banks 100 --seed 1 --out docs/personal.md``
"""

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import DescrStatsW
from tqdm import tqdm

from helpers.bank.files import write
from simbank import branches, calendar, customers, tier_changes, trial_offer
from simbank.streams import CHUNK, MILLION, generator

NETWORK, CHUNKS, BATCHES, DRAWS = 24, 2, 3, 100
KNOWN = ["recency_days", "visits_90d", "app_logins_30d", "coupons_used_12m", "asset_band"]
OFFERS = trial_offer.OFFERS[1:]


def count(numbers, *, seed, draws=DRAWS, step=lambda: None):
    """Make the trials of the banks with these numbers and read them as lesson and deeper notebook do.

    One row an interval (``bank``, ``kind``, ``low``, ``high``, ``target``), one row a finding (``bank``, ``finding``,
    ``found``).
    """
    held, found = [], []
    for number in numbers:
        own = 1000 * seed + number
        network = branches.draw(generator(own, "branches"), NETWORK)
        trial, moves = tables(own, network)
        target = targets(own, network)
        rows = lesson(trial, target) + tiers(moves)
        rng = np.random.default_rng(own)
        orders = [order(trial, rng, draws), policy(trial, own)]
        held += [(number, *row) for row in rows]
        found += [(number, *row) for row in conclusions(rows) + [one for part in orders for one in part]]
        step()
    return (
        pd.DataFrame(held, columns=["bank", "kind", "low", "high", "target"]),
        pd.DataFrame(found, columns=["bank", "finding", "found"]),
    )


def tables(own, network):
    """Draw the offer trial with its types, and a change of tiers among customers whose amounts are drawn anew."""
    trials, moves = [], []
    for chunk in range(CHUNKS):
        people = customers.draw(generator(own, "customers", chunk=chunk), network, CHUNK)
        people = people.assign(left=calendar.NEVER)
        rows, kinds = trial_offer.tables(own, people, chunk=chunk, first=chunk * CHUNK)
        trials.append(rows.merge(kinds))
        rng = np.random.default_rng([own, chunk])
        days = np.repeat([tier_changes.BEFORE, tier_changes.AFTER], CHUNK)
        seen = pd.DataFrame(
            {
                "customer": np.tile(customers.ids(chunk * CHUNK + np.arange(CHUNK)), 2),
                "snapshot": days,
                "amount_90_fen": np.exp(rng.normal(13, 2, 2 * CHUNK)).astype(np.int64),
            }
        )
        moves.append(tier_changes.table(own, people, seen, chunk=chunk, first=chunk * CHUNK))
    trial = pd.concat(trials, ignore_index=True)
    trial["net_cny"] = (trial["value_fen"] - trial["cost_fen"]) / 100
    trial["user"] = (trial["coupons_used_12m"] >= 2).astype(int)
    return trial, pd.concat(moves, ignore_index=True)


def targets(own, network):
    """What the trial estimates, averaged over a few batches."""
    batches = [trial_offer.effects(own, network, number=number) for number in range(BATCHES)]
    return pd.DataFrame(batches).mean()


def lesson(trial, target):
    """The intervals of the lesson, each with what it aims at."""
    counts = trial.groupby("offer")["response"].agg(["sum", "size"])
    rows = []
    for offer in OFFERS:
        low, high = confint_proportions_2indep(*counts.loc[offer], *counts.loc["none"], method="newcomb")
        rows.append((f"uplift: {offer}", low, high, target["offer_uplift", (("offer", offer),)]))
    two = trial[trial["offer"].isin(["none", "coupon"])]
    two = two.assign(given=(two["offer"] == "coupon").astype(int))
    fit = smf.ols("response ~ given * user", two).fit(cov_type="HC1")
    ends = fit.t_test("given = 0, given + given:user = 0, given:user = 0").conf_int()
    chances = (trial_offer.RESPONSE[:, 1] - trial_offer.RESPONSE[:, 0]) / MILLION
    real = trial["type"].map(dict(zip(trial_offer.TYPES, chances, strict=True))).groupby(trial["user"]).mean()
    aims = [real[0], real[1], real[1] - real[0]]
    names = ["coupon: other customers", "coupon: coupon users", "coupon: difference of the two"]
    rows += [(name, *end, aim) for name, end, aim in zip(names, ends, aims, strict=True)]
    simple = np.select([trial["asset_band"] == 5, trial["user"] == 1], ["wealth_consult", "coupon"], "none")
    rules = {f"value: {offer} to all": (offer, ("offer_net_gain", (("offer", offer),))) for offer in OFFERS}
    rules["value: simple rule"] = (simple, ("offer_simple_policy", ()))
    return rows + [
        (name, *gains(trial, rule).tconfint_mean(), target[key]) for name, (rule, key) in rules.items()
    ]


def gains(table, rule):
    """The gain of a rule over giving nothing: each customer's score, as in the lesson."""
    weight = table["offer"].map(1 / table["offer"].value_counts(normalize=True))
    matched = (table["offer"] == rule).astype(int) - (table["offer"] == "none")
    return DescrStatsW(table["net_cny"] * weight * matched)


def tiers(moves):
    """The intervals of the change of tiers."""
    put_in, rows = tier_changes.constructs(), []
    for name in ("noticed", "satisfied"):
        for way in tier_changes.DIRECTIONS:
            cells = moves[moves["direction"] == way].groupby("arm")[name].agg(["sum", "size"])
            ends = confint_proportions_2indep(*cells.loc["changed"], *cells.loc["kept"], method="newcomb")
            rows.append((f"tier {way}: {name}", *ends, put_in[f"tier_{name}", (("direction", way),)]))
    return rows


def conclusions(rows):
    """What the intervals of the lesson let one say."""
    ends = {name: (low, high) for name, low, high, _ in rows}
    return [
        ("the coupon clearly adds responses", ends["uplift: coupon"][0] > 0),
        ("coupon users clearly gain more than others", ends["coupon: difference of the two"][0] > 0),
        ("points to all surely lose", ends["value: points to all"][1] < 0),
        ("a consultation to all surely loses", ends["value: wealth_consult to all"][1] < 0),
        ("the simple rule surely pays", ends["value: simple rule"][0] > 0),
        ("the simple rule surely loses", ends["value: simple rule"][1] < 0),
    ]


def curve(table, score):
    """The Qini curve, equal predictions together."""
    marks = table[["given"]].assign(n=1, yes=table["response"] * table["given"])
    marks["anyway"] = table["response"] * (1 - table["given"])
    sums = marks.groupby(table[score]).sum().sort_index(ascending=False).cumsum()
    without = (sums["n"] - sums["given"]).clip(lower=1)
    more = sums["yes"] - sums["anyway"] * sums["given"] / without
    return np.array([0, *sums["n"]]), np.array([0, *more])


def qini(table, score):
    """The area between curve and lot, extra responders per 1,000."""
    size, more = curve(table, score)
    return 1000 * (np.trapezoid(more, size) - size[-1] * more[-1] / 2) / size[-1] ** 2


def order(trial, rng, draws):
    """Does an order beat the lot on customers kept apart, and the T-learner the plain rule?"""
    two = trial[trial["offer"].isin(["none", "coupon"])]
    two = two.assign(given=(two["offer"] == "coupon").astype(int))
    train, held = train_test_split(two, test_size=0.5, random_state=12, stratify=two["given"])
    chance = {}
    for given, rows in train.groupby("given"):
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(rows[KNOWN], rows["response"])
        chance[given] = model.predict_proba(held[KNOWN])[:, 1]
    held = held.assign(t_learner=chance[1] - chance[0], by_coupons=held["coupons_used_12m"])
    again = [held.iloc[rng.integers(0, len(held), len(held))] for _ in range(draws)]
    drawn = pd.DataFrame({name: [qini(one, name) for one in again] for name in ("t_learner", "by_coupons")})
    low, high = drawn.quantile(0.025), (drawn["t_learner"] - drawn["by_coupons"]).quantile([0.025, 0.975])
    return [
        ("the T-learner's order surely beats the lot", low["t_learner"] > 0),
        ("the order by coupons used surely beats the lot", low["by_coupons"] > 0),
        ("the T-learner's order surely beats the order by coupons used", high[0.025] > 0),
        ("the order by coupons used surely beats the T-learner's order", high[0.975] < 0),
    ]


def policy(trial, own):
    """A learned policy, valued on the customers who chose it and on those kept apart."""
    chose, others = train_test_split(trial, test_size=0.5, random_state=own)
    models = {
        name: LinearRegression().fit(one[KNOWN], one["net_cny"]) for name, one in chose.groupby("offer")
    }

    def rule(table):
        return (
            pd.DataFrame({name: one.predict(table[KNOWN]) for name, one in models.items()})
            .idxmax(axis=1)
            .array
        )

    same, apart = gains(chose, rule(chose)), gains(others, rule(others))
    return [
        ("the learned policy surely pays, on the customers who chose it", same.tconfint_mean()[0] > 0),
        ("the learned policy surely pays, on customers kept apart", apart.tconfint_mean()[0] > 0),
        ("yuan by which the first flatters", same.mean - apart.mean),
    ]


def page(held, found, *, minutes, banks, seed):
    """Write what was counted as a page."""
    holds = (
        held.assign(holds=held["target"].between(held["low"], held["high"]))
        .groupby("kind", sort=False)["holds"]
        .mean()
    )
    error = (holds * (1 - holds) / banks) ** 0.5
    intervals = "\n".join(f"| {kind} | {holds[kind]:.3f} ± {error[kind]:.3f} |" for kind in holds.index)
    shares = found.groupby("finding", sort=False)["found"].mean()
    yuan = shares.pop("yuan by which the first flatters")
    drawn = "\n".join(f"| {finding} | {share:.0%} |" for finding, share in shares.items())
    return PAGE.format(
        banks=banks, seed=seed, minutes=minutes, intervals=intervals, drawn=drawn, yuan=yuan, all=holds.mean()
    )


PAGE = """# Does lesson 12 find what is really there?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/personal.py --banks {banks} --seed {seed} --out docs/personal.md

It computed for {minutes} minutes on one core.

## What was done

Each of {banks} banks has its own branches (24), customers and offer trial, as `course data make` writes them, and a change of
tiers among customers whose amounts are drawn anew. Each is read as lesson 12 and its deeper notebook read it, all intervals at
95 %. *What they aim at* is what was put in: for the value of a rule, what it would bring if all customers of this bank who could be
in the trial were tried again and again; for coupon users, the mean over the types of these customers.

## How many intervals hold what they aim at

All together: {all:.3f} of the intervals.

| interval | holds |
|---|--:|
{intervals}

± is the Monte Carlo standard error.

## How often each conclusion is drawn

Each by one 95% interval, for a conclusion planned beforehand. The lesson looks at three offers and four rules at once and widens its
lines for that: there “clearly” and “surely” come less often.

| conclusion | banks in which it is drawn |
|---|--:|
{drawn}

The value of the learned policy on the customers who chose it is higher than on those kept apart by {yuan:.2f} yuan a customer on
average. In every bank the coupon truly adds responses, coupon users truly gain more, and the simple rule truly pays a little: where
a conclusion is drawn seldom, one trial of this size is too small for it.
"""


def main(arguments=None):
    """Count, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    with tqdm(total=chosen.banks) as bar:
        held, found = count(range(1, chosen.banks + 1), seed=chosen.seed, step=bar.update)
    minutes = round((time.monotonic() - began) / 60)
    write(chosen.out, page(held, found, minutes=minutes, banks=chosen.banks, seed=chosen.seed))


if __name__ == "__main__":
    main()

"""Do lessons 09 and 10 find what is really there? Counted over many simulated banks.

``python benchmarks/customers.py --banks 80 --grouped 30 --seed 1 --out docs/customers.md``
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.metrics import adjusted_rand_score
from statsmodels.stats import proportion
from tqdm import tqdm

from helpers.bank.files import write
from helpers.methods import behaviour, customer_value, lifetime, segments, survival, traits
from simbank import branches, calendar, cases, churn, customers, leaving, ledger, transactions
from simbank import true_segments as true_segments
from simbank.streams import CHUNK, generator

NETWORK, CUSTOMERS, BATCHES = 24, 5_000, 10
# As the lessons have them.
AS_OF, DAYS, MOST, THRESHOLD, SEED = "2026-01-01", 731, 8, 0.75, 10
RATIO = leaving.FIRST_YEAR / 100


def world(seed, *, count=NETWORK):
    """Draw what all customers of a bank share; return it as `ledger.setting` does."""
    rng = generator(seed, "branches")
    network = branches.draw(rng, count)
    return ledger.setting(seed, network, branches.table(rng, network))


def tables(seed, bank, *, size=CUSTOMERS, until=None):
    """Make the tables that lessons 09 and 10 need, of a bank of at most one chunk of customers.

    Returns a dict of ``customers``, ``transactions``, ``truth_segments`` and ``churn`` (`customer`, `snapshot`,
    `left`, `leave_date`). The same rows as of `course data make`, but for the few customers who could not leave
    because they had still to answer the survey; give these as `until` (`ledger.last_answers`).
    """
    names = ("customers", "truth_segments", "journeys", "churn", "transactions")
    streams = {name: generator(seed, name) for name in names}
    everybody = customers.draw(streams["customers"], bank.network, CHUNK)
    segment = true_segments.assign(streams["truth_segments"], everybody, bank.habits)[:size]
    people = everybody.iloc[:size]
    found, _ = cases.draw(streams["journeys"], people, segment, bank.network, bank.state, bank.moments)
    held = pd.Series(dtype=np.int64) if until is None else until
    held = held.reindex(range(size), fill_value=-1).to_numpy()
    leave = leaving.draw(streams["churn"], people, segment, bank.network, found, held)
    drawn = transactions.draw(streams["transactions"], people, segment, bank.habits, leave)
    known = customers.table(people, first=0, network=bank.network)
    told = true_segments.table(people, segment, first=0, network=bank.network)
    return {
        "customers": known.assign(joined=pd.to_datetime(known["joined"])),
        "transactions": transactions.table(drawn, first=0).to_pandas(),
        "truth_segments": told,
        "churn": snapshots(people, leave),
    }


def snapshots(people, leave):
    """Say who was a customer at the three dates and when they left, as the table ``churn`` does."""
    parts, joined = [], people["joined"].to_numpy()
    for day, until in zip(churn.SNAPSHOTS, churn.AFTERWARDS, strict=True):
        who = np.flatnonzero((joined <= day - churn.KNOWN_DAYS) & (leave >= day))
        left = (leave < until)[who]
        gone = pd.to_datetime(calendar.text(np.where(left, leave[who], calendar.NEVER)), errors="coerce")
        when = pd.to_datetime(calendar.text(np.full(len(who), day)))
        parts.append(
            pd.DataFrame(
                {
                    "customer": customers.ids(who),
                    "snapshot": when,
                    "left": left.astype(int),
                    "leave_date": gone,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def truth(seed, bank, *, batches=BATCHES):
    """Compute the share that leaves and the plain ratio of rates on many more customers of the same bank."""
    shares, seen = [], []
    for number in range(batches):
        rng = np.random.default_rng([seed, 1 + number])
        people = customers.draw(rng, bank.network, CHUNK)
        segment = true_segments.assign(rng, people, bank.habits)
        found, _ = cases.draw(rng, people, segment, bank.network, bank.state, bank.moments)
        leave = leaving.draw(rng, people, segment, bank.network, found, np.full(len(people), -1))
        rows = snapshots(people, leave)
        shares.append(rows[rows["snapshot"] == rows["snapshot"].max()]["left"].mean())
        joined = pd.to_datetime(calendar.text(people["joined"].to_numpy()))
        who = pd.DataFrame({"customer": customers.ids(np.arange(CHUNK)), "joined": joined})
        seen.append(survival.spells(rows, customers=who))
    return {"left_truth": np.mean(shares), "ratio_truth": first_year(pd.concat(seen, ignore_index=True))[0]}


def first_year(spells, *, until=12):
    """Leavers a month in view in the first year over those after it, with the interval of its logarithm."""
    months, entered = spells["months"], spells["entered"]
    early = (months.clip(upper=until) - entered.clip(upper=until)).sum()
    late = (months.clip(lower=until) - entered.clip(lower=until)).sum()
    first, then = ((spells["left"].eq(1) & side).sum() for side in (months <= until, months > until))
    ratio = first / early / (then / late)
    half = stats.norm.ppf(0.975) * np.sqrt(1 / first + 1 / then)
    return ratio, ratio * np.exp(-half), ratio * np.exp(half)


def tossed(table, *, seed):
    """The counts of both spans as a fair coin would split each customer's sum."""
    both = table["recent_count"].add(table["before_count"]).astype("int64")
    heads = np.random.default_rng(seed).binomial(both, 0.5)
    return table.assign(recent_count=heads, before_count=both - heads)


def of_value(made):
    """Compute what lesson 09 and its deeper notebook say about leaving, slowing and the card model."""
    rows, known = made["churn"], made["customers"]
    last = rows[rows["snapshot"] == rows["snapshot"].max()]["left"]
    low, high = proportion.proportion_confint(last.sum(), len(last), method="wilson")
    ratio, ratio_low, ratio_high = first_year(survival.spells(rows, customers=known))
    people = known[known["kind"] == "retail"]
    table = customer_value.together(
        customer_value.still_open(people, churn=rows), behaviour.features(made["transactions"], as_of=AS_OF)
    )
    slowing, chance = (
        (customer_value.phases(part, as_of=AS_OF) == "slowing").mean()
        for part in (table, tossed(table, seed=9))
    )
    return {
        "left": last.mean(), "left_low": low, "left_high": high,
        "ratio": ratio, "ratio_low": ratio_low, "ratio_high": ratio_high,
        "by_chance": chance / slowing, "better": _better(made["transactions"], people),
    }  # fmt: skip


def _better(rows, people):
    """By how much is the mean error of the card model below that of the same pace, in the year held out?"""
    middle, weeks = pd.Timestamp(AS_OF) - pd.Timedelta(days=365), 365 / 7
    cards = rows[rows["kind"] == "card_purchase"]
    cards = cards[cards["customer"].isin(people["customer"])]
    past = lifetime.histories(cards, until=middle)
    later = cards[cards["time"] >= middle].assign(day=lambda part: part["time"].dt.normalize())
    seen = past["customer"].map(later.drop_duplicates(["customer", "day"]).groupby("customer").size())
    told = lifetime.expected(past, model=lifetime.fit(past), weeks=weeks)["expected"]
    naive = past["frequency"] / past["age"].clip(lower=1) * weeks
    return 1 - (told - seen.fillna(0)).abs().mean() / (naive - seen.fillna(0)).abs().mean()


def of_segments(made):
    """Group the customers of a bank as lesson 10 does, and compare with the true segments."""
    counts = behaviour.features(made["transactions"], as_of=AS_OF, days=DAYS)
    table = traits.ledger(counts, customers=made["customers"], as_of=AS_OF, days=DAYS)
    scaled = traits.scale(table, log=traits.LOG)
    back = segments.returning(scaled, most=MOST, threshold=THRESHOLD, seed=SEED)
    mixed = traits.shuffled(scaled, seed=SEED)
    nothing = segments.returning(mixed, most=MOST, threshold=THRESHOLD, seed=SEED)
    comes = bool(back["chosen"].any())
    k = int(back.loc[back["chosen"], "k"].max()) if comes else 2

    def agreed(features, number):
        found = segments.cluster(features, k=number, seed=SEED).merge(made["truth_segments"], on="customer")
        return adjusted_rand_score(found["segment"], found["group"])

    return {
        "aside": 1 - len(table) / len(made["customers"]), "comes": comes, "k": k,
        "weakest": back.set_index("k").loc[k, "estimate"], "shuffled": bool(nothing["chosen"].any()),
        "rand": agreed(scaled, k), "rand_5": agreed(scaled, 5), "rand_6": agreed(scaled, 6),
        "rand_unscaled": agreed(table, k),
    }  # fmt: skip


def count(numbers, *, seed, grouped, size=CUSTOMERS, batches=BATCHES, step=lambda: None):
    """Draw the banks with these numbers; run lesson 09 on each and lesson 10 on the first `grouped`.

    Returns two tables, one row a bank: what `truth` and `of_value` say, and what `of_segments` says.
    """
    values, groups = [], []
    for number in numbers:
        own = 1000 * seed + number
        bank = world(own)
        made = tables(own, bank, size=size)
        values.append({"bank": number} | truth(own, bank, batches=batches) | of_value(made))
        if len(groups) < grouped:
            groups.append({"bank": number} | of_segments(made))
        step()
    return pd.DataFrame(values), pd.DataFrame(groups)


PAGE = """# Do lessons 09 and 10 find what is really there?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/customers.py --banks {banks} --grouped {grouped} --seed {seed} --out docs/customers.md

It computed for {minutes:.0f} minutes on one core.

## What was done

Each of {banks} banks has branches ({network}), segments with habits, moments of truth and two years of its own, and
{size:,} customers (a quarter of the bank of the course): the tables `customers`, `transactions` and `churn` as
`course data make` writes them. Lesson 09 is computed on all of them, lesson 10 on the first {grouped}, with the functions
and settings of the lessons. Traits, rule and threshold of lesson 10 were settled while the truth of the bank of the course
was known; these banks were drawn for the count alone.

## Lesson 09: leaving

*Left* is the share that leaves in the half year after the last snapshot, with Wilson's interval at 95 %; it aims at the
same share of {everybody:,} more customers of the same bank. *First year* is the ratio of the rate of leaving in the first
year to later, as in *deeper*; what was put in is a factor of {ratio_put_in:.2f} on the monthly chance. The plain ratio
need not equal it, because newcomers differ in products and segment; on {everybody:,} customers of the same
bank it is {ratio_large} (median, 10 % to 90 % of banks).

| interval | aims at | intervals | share that holds | median | 10 % to 90 % |
|---|---|--:|--:|--:|--:|
{held}

*Share* is ± its Monte Carlo standard error. The large draw has an error of its own, about {worse:.0%} of that of an
estimate: it lowers a true 95 % to about {lowered:.1%}.

## Lesson 09: chance, and the card model

| figure | median | 10 % to 90 % | smallest | largest |
|---|--:|--:|--:|--:|
{figures}

Coins explain more than half of the slowing on {luck:.0%} of the banks; BG/NBD errs less than “the same pace” on {better:.0%}.

## Lesson 10: groups

Adjusted Rand index with the true segments among customers who were not set aside; 1 is the same, 0 a lottery.

| figure | median | 10 % to 90 % | smallest | largest |
|---|--:|--:|--:|--:|
{groups}

| groups chosen (k) | {ks} |
|---|{dashes}
| banks | {counts} |

On {comes} of {grouped} banks some number of groups came back; on shuffled data on {shuffled}. Five groups, fixed
beforehand, come nearer to the truth than the rule on {fewer}, six (the number put in) on {six}: the rule asks what comes
back, and the finest answer that comes back is often finer than it is true. Grouping without scaling was worse on {scaled}.
"""


def page(values, groups, *, minutes, seed, size=CUSTOMERS, batches=BATCHES):
    """Write the page from the tables of `count`."""
    worse = np.sqrt(size / (batches * CHUNK))
    figures = {
        "slowing by coins alone ÷ slowing": values["by_chance"],
        "mean error of BG/NBD below the same pace": values["better"],
    }
    chosen = groups["k"].value_counts().sort_index()
    listed = {
        "set aside": groups["aside"], "overlap of the weakest group": groups["weakest"],
        "adjusted Rand, k chosen": groups["rand"], "adjusted Rand, five groups": groups["rand_5"],
        "adjusted Rand, six groups": groups["rand_6"], "adjusted Rand, k chosen, not scaled": groups["rand_unscaled"],
    }  # fmt: skip
    return PAGE.format(
        banks=len(values), grouped=len(groups), seed=seed, minutes=minutes, network=NETWORK, size=size,
        everybody=batches * CHUNK, ratio_put_in=RATIO, ratio_large=_spread(values["ratio_truth"]), worse=worse,
        lowered=2 * stats.norm.cdf(1.96 / np.sqrt(1 + worse**2)) - 1, held=_held(values),
        figures=_rows(figures), groups=_rows(listed), luck=(values["by_chance"] > 0.5).mean(),
        better=(values["better"] > 0).mean(), comes=groups["comes"].sum(), shuffled=groups["shuffled"].sum(),
        ks=" | ".join(map(str, chosen.index)), dashes="--:|" * len(chosen),
        counts=" | ".join(map(str, chosen)), fewer=(groups["rand_5"] > groups["rand"]).sum(),
        six=(groups["rand_6"] > groups["rand"]).sum(),
        scaled=(groups["rand_unscaled"] < groups["rand"]).sum(),
    )  # fmt: skip


def shares(values):
    """Count how many intervals of lesson 09 hold what they aim at: one row an interval and aim."""
    aims = [("left", "large draw", values["left_truth"]), ("ratio", "what was put in", RATIO),
            ("ratio", "large draw", values["ratio_truth"])]  # fmt: skip
    rows = []
    for name, aim, target in aims:
        held = (values[f"{name}_low"] <= target) & (target <= values[f"{name}_high"])
        rows.append({"interval": name, "aim": aim, "n": len(held), "share": held.mean(), "error": held.sem()})
    return pd.DataFrame(rows)


def _held(values):
    words = {"left": "left", "ratio": "first year"}
    return "\n".join(
        f"| {words[row.interval]} | {row.aim} | {row.n} | {row.share:.3f} ± {row.error:.3f} | "
        f"{values[row.interval].median():.3f} | {_range(values[row.interval])} |"
        for row in shares(values).itertuples()
    )


def _rows(figures):
    return "\n".join(
        f"| {name} | {column.median():.2f} | {_range(column, 2)} | {column.min():.2f} | {column.max():.2f} |"
        for name, column in figures.items()
    )


def _spread(column):
    return f"{column.median():.2f}, {_range(column, 2)}"


def _range(column, digits=3):
    low, high = column.quantile([0.1, 0.9])
    return f"{low:.{digits}f} to {high:.{digits}f}"


def main(arguments=None):
    """Read the command line, count, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=80)
    parser.add_argument("--grouped", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/customers.md"))
    options = parser.parse_args(arguments)
    started = time.process_time()
    with tqdm(total=options.banks, desc="customers") as bar:
        found = count(
            range(1, options.banks + 1), seed=options.seed, grouped=options.grouped, step=bar.update
        )
    minutes = (time.process_time() - started) / 60
    write(options.out, page(*found, minutes=minutes, seed=options.seed))


if __name__ == "__main__":
    sys.exit(main())

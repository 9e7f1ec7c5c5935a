"""Do lessons 02 and 03 find what is really there? Counted over many simulated banks.

``python benchmarks/moments.py --banks 60 --seed 1 --out docs/moments.md``
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats import proportion
from tqdm import tqdm

from helpers.bank.files import write
from helpers.methods import decomposition, eventlog, importance, journey, moments
from simbank import (
    branches,
    case_records,
    cases,
    customers,
    leaving,
    ledger,
    touchpoints,
    true_segments,
    walk,
)
from simbank import ledger_estimands as estimands
from simbank.streams import CHUNK, generator

NETWORK, CUSTOMERS, BATCHES, DRAWS = 24, 20_000, 40, 299
FEWEST = 30  # answers on either side of neutral
# Where the target of a kind of interval is in the truth.
TARGETS = {
    "drop-off of a step": "step_drop_off",
    "drop-off of a whole case": "case_drop_off",
    "rework of a step": "step_rework",
    "mean emotion, weighted": "step_emotion",
    "mean emotion, weighted, branches as clusters": "step_emotion",
    "share of importance (LMG)": "lmg",
    "slope below neutral": "moment_penalty",
    "slope above neutral": "moment_reward",
}


def world(seed, *, count=NETWORK):
    """Draw what all customers of a bank share; return it as `ledger.setting` does."""
    rng = generator(seed, "branches")
    network = branches.draw(rng, count)
    return ledger.setting(seed, network, branches.table(rng, network))


def tables(seed, bank, *, size=CUSTOMERS, until=None):
    """Make the tables ``journeys`` and ``journey_surveys`` of a bank, and nothing else.

    The same rows as of `course data make`, but for the few customers who could not leave because they
    had still to answer the survey; give these as `until` (`ledger.last_answers`) for the very same rows.
    """
    until = pd.Series(dtype=np.int64) if until is None else until
    found = [
        _chunk(seed, number, bank, keep=min(CHUNK, size - number * CHUNK), until=until)
        for number in range(-(-size // CHUNK))
    ]
    log, surveys = (pd.concat(parts, ignore_index=True) for parts in zip(*found, strict=True))
    return log, surveys


def _chunk(seed, number, bank, *, keep, until):
    """As `ledger.draw`, without transactions and all that depends on them."""
    names = ("customers", "truth_segments", "journeys", "churn", "journey_surveys")
    streams, first = {name: generator(seed, name, chunk=number) for name in names}, number * CHUNK
    everybody = customers.draw(streams["customers"], bank.network, CHUNK)
    segment = true_segments.assign(streams["truth_segments"], everybody, bank.habits)[:keep]
    people = everybody.iloc[:keep]
    found, events = cases.draw(streams["journeys"], people, segment, bank.network, bank.state, bank.moments)
    held = until.reindex(range(first, first + keep), fill_value=-1).to_numpy()
    leave = leaving.draw(streams["churn"], people, segment, bank.network, found, held)
    found, events = ledger.happened(found, events, leave)
    ids = case_records.named_cases(found, first=first)
    rng = streams["journey_surveys"]
    panel, hit, chance = case_records.asked(rng, people, found, events)
    surveys = case_records.surveys(rng, people, found, events, panel, ids, network=bank.network)
    log = case_records.table(found, events, hit, chance, ids, network=bank.network)
    return log.to_pandas(), surveys


def truth(seed, bank, *, batches=BATCHES):
    """Compute what lessons 02 and 03 aim at, on a very large draw of the same bank with everybody asked.

    Returns a Series by (quantity, journey, touchpoint). ``lmg`` is LMG of the whole draw, ``moment_cause``
    what one point more emotion does; the streams are others than those of ``truth.json``.
    """
    found, products = [], {}
    for number in range(batches):
        people, segment, begun, events, told, leave = estimands.draw(
            np.random.default_rng([seed, 1 + number]), bank
        )
        one = estimands.statistics(people, segment, begun, events, told, leave)
        found.append(one | estimands.of_causes(begun, events, bank.moments))
        for name, matrix in _products(begun, events, told).items():
            products[name] = products.get(name, 0) + matrix
    values = pd.DataFrame(found).mean()
    at = {(quantity, place[0] or "", place[1] or ""): value for (quantity, place), value in values.items()}
    return pd.Series(at | _shares(products)).sort_index()


def _products(begun, events, told):
    """Sums of products of satisfaction and emotions in completed cases, by journey."""
    last = walk.emotions(events, len(begun))[0]
    whole = (begun["finished"] & ~begun["given_up"]).to_numpy()
    found = {}
    for number, name in enumerate(touchpoints.JOURNEYS):
        rows = whole & (begun["journey"].to_numpy() == number)
        felt = last[np.ix_(rows, number == touchpoints.JOURNEY)]
        values = np.column_stack([np.ones(rows.sum()), told["satisfaction"].to_numpy()[rows], felt])
        found[name] = values.T @ values
    return found


def _shares(products):
    found = {}
    for number, name in enumerate(touchpoints.JOURNEYS):
        sums = products[name] / products[name][0, 0]
        steps = np.array(touchpoints.NAMES)[number == touchpoints.JOURNEY]
        covariance = sums[1:, 1:] - np.outer(sums[0, 1:], sums[0, 1:])
        shares = decomposition.lmg(covariance[None])[0]
        found |= {("lmg", name, step): share for step, share in zip(steps, shares, strict=True)}
    return found


def of_journey(log):
    """Compute the intervals of lesson 02 for one journey: a list of tables named by their kind."""
    events = eventlog.finished(log)
    answered = events.dropna(subset=["emotion"])
    gone = events.loc[events["outcome"] == "dropped", "case"].nunique()
    cases = events["case"].nunique()
    low, high = proportion.proportion_confint(gone, cases, method="wilson")
    whole = pd.DataFrame({"n": [cases], "estimate": gone / cases, "low": low, "high": high, "touchpoint": ""})
    return {
        "drop-off of a step": journey.drop_off(events),
        "drop-off of a whole case": whole,
        "rework of a step": journey.rework(events),
        "mean emotion, weighted": journey.emotions(answered),
        "mean emotion, weighted, branches as clusters": journey.emotions(answered, clusters="branch"),
    }


def answers(log, surveys):
    """Put together what lesson 03 computes with: the touchpoints, cases with every step, all who answered."""
    done = eventlog.finished(log)
    told = surveys[surveys["given_up"] == 0]
    steps = eventlog.order(done)
    felt = moments.felt(done).merge(told[["case", "branch", "satisfaction"]], on="case")
    felt[steps] = felt[steps].fillna(4)
    return steps, felt, told


def of_moments(steps, felt, *, draws=DRAWS, seed):
    """Compute the intervals of lesson 03 and its deeper notebook for one journey, named by their kind."""
    settings = {"outcome": "satisfaction", "clusters": "branch"}
    derived = importance.bootstrap(felt, **settings, predictors=steps, draws=draws, seed=seed)
    enough = [
        step
        for step in steps
        if min((felt[step] < 4).sum(), (felt[step] > 4).sum()) >= FEWEST
    ]  # fmt: skip
    below, above = slopes(felt, enough)
    return {
        "share of importance (LMG)": derived.rename(columns={"predictor": "touchpoint"}),
        "slope below neutral": below,
        "slope above neutral": above,
    }


def slopes(felt, steps, *, neutral=4):
    """Satisfaction on each emotion below and above neutral, all together; errors by branch (t, G − 1)."""
    away = felt[steps] - neutral
    sides = {"below": away.clip(upper=0), "above": away.clip(lower=0)}
    design = pd.concat([part.add_suffix(f"_{side}") for side, part in sides.items()], axis=1)
    groups = felt["branch"].astype("category").cat.codes
    fit = sm.OLS(felt["satisfaction"], sm.add_constant(design)).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    found = fit.conf_int().set_axis(["low", "high"], axis=1).assign(estimate=fit.params)
    for side in sides:
        rows = found.loc[[f"{step}_{side}" for step in steps]].reset_index(drop=True)
        yield rows.assign(touchpoint=steps)


def ranks(steps, felt, told, derived, aims, name):
    """Compare the rankings of lesson 03 with what one point more emotion really does."""
    causes = aims["moment_cause", name].reindex(steps).fillna(0)
    by = {
        "derived": derived.set_index("touchpoint")["estimate"],
        "without halo": importance.without_halo(felt, outcome="satisfaction", predictors=steps)
        .set_index("predictor")["estimate"]
        .drop("halo"),
        "stated": told["named"].value_counts(normalize=True).reindex(steps, fill_value=0),
        "LMG of everybody": aims["lmg", name].reindex(steps),
    }
    true_first = causes.idxmax()
    return [
        {"journey": name, "ranking": ranking, "first": shares.idxmax() == true_first,
         "top_two": true_first in set(shares.nlargest(2).index), "spearman": shares.corr(causes, method="spearman"),
         "cases": len(felt)}
        for ranking, shares in by.items()
    ]  # fmt: skip


def extremes(found, aims, name):
    """Is the leakiest step truly the leakiest, and the lowest truly the lowest?"""
    leak, felt = found["drop-off of a step"], found["mean emotion, weighted"]
    kept, mood = aims["step_drop_off", name], aims["step_emotion", name]
    return {
        "journey": name,
        "leakiest": leak.loc[leak["estimate"].idxmax(), "touchpoint"] == kept.idxmax(),
        "lowest": felt.loc[felt["estimate"].idxmin(), "touchpoint"] == mood.idxmin(),
        "nearer": (felt.set_index("touchpoint")["estimate"] - mood).abs().mean()
        < (felt.set_index("touchpoint")["unweighted"] - mood).abs().mean(),
    }


def count(numbers, *, seed, size=CUSTOMERS, batches=BATCHES, draws=DRAWS, step=lambda: None):
    """Draw the banks with these numbers and run both lessons on each; return three tables.

    One row an interval (``bank``, ``kind``, ``journey``, ``touchpoint``, ``estimate``, ``low``, ``high``,
    ``target``), one row a ranking (`ranks`), one row a journey (`extremes`).
    """
    rows, orders, ends = [], [], []
    for number in numbers:
        own = 1000 * seed + number
        bank = world(own)
        aims = truth(own, bank, batches=batches)
        log, surveys = tables(own, bank, size=size)
        for name in touchpoints.JOURNEYS:
            part = log[log["journey"] == name]
            steps, felt, told = answers(part, surveys[surveys["journey"] == name])
            found = of_journey(part)
            ends.append({"bank": number} | extremes(found, aims, name))
            found |= of_moments(steps, felt, draws=draws, seed=own)
            rows += [_aimed(table, kind, name, number, aims) for kind, table in found.items()]
            derived = found["share of importance (LMG)"]
            orders += [{"bank": number} | one for one in ranks(steps, felt, told, derived, aims, name)]
        step()
    return pd.concat(rows, ignore_index=True), pd.DataFrame(orders), pd.DataFrame(ends)


def _aimed(table, kind, name, number, aims):
    """Put each interval beside its target; a step at which nobody can give up or be sent back has none."""
    known = aims[TARGETS[kind], name].rename("target")
    near = table[["touchpoint", "estimate", "low", "high"]].merge(
        known, left_on="touchpoint", right_index=True
    )
    return near.assign(kind=kind, journey=name, bank=number)


def held(rows):
    """Count how many intervals hold what they aim at, with the Monte Carlo error over banks.

    Returns
    -------
    DataFrame
        ``kind``, ``intervals``, ``share``, ``error``, and ``shift``: the mean error of the estimate in units
        of its standard deviation within a touchpoint.
    """
    told = rows.assign(
        held=rows["target"].between(rows["low"], rows["high"]), miss=rows["estimate"] - rows["target"]
    )
    places = [told["kind"], told["journey"], told["touchpoint"]]
    told["shift"] = told["miss"] / told["miss"].groupby(places).transform("std")
    each = told.groupby(["kind", "bank"], sort=False)["held"].mean().groupby("kind", sort=False)
    table = told.groupby("kind", sort=False).agg(
        intervals=("held", "size"), share=("held", "mean"), shift=("shift", "mean")
    )
    return table.assign(error=each.std() / np.sqrt(each.size())).reset_index()


PAGE = """# Do lessons 02 and 03 find what is really there?

Both lessons end by asking whether the method found what had been put in. One bank is one answer; on many simulated
banks it can be counted. The page is written by

    python benchmarks/moments.py --banks {banks} --seed {seed} --out docs/moments.md

It computed for {minutes:.0f} minutes on one core.

## What was done

Each of {banks} banks has branches ({network}), customers ({size:,}), moments of truth and two years of its own: the tables
`journeys` and `journey_surveys` as `course data make` writes them. Each of the three journeys is read as the lessons
read it, with the same functions, all intervals at 95 %; LMG by {draws} draws of whole branches, slopes for touchpoints
with {fewest} answers or more on either side.

*What they aim at* is the same statistic of a draw of {everybody:,} more customers of the same bank, with everybody asked
everywhere and everybody answering. That draw has an error of its own, about {worse:.0%} of that of an estimate which
uses every visit: it lowers a true 95 % to about {lowered:.1%}, and less where only some were asked.

## How many intervals hold what they aim at

| interval | lesson | intervals | share that holds | opening | loan | complaint | shift |
|---|---|--:|--:|--:|--:|--:|--:|
{held}

*Share* is ± its Monte Carlo standard error over banks, then by journey. *Shift* is the mean error of the estimate, in its
standard deviations: what pulls an interval off its target.

- *Branches as clusters* speaks of branches such as these; judged here against these very branches, it holds nearly always.
  Lesson 02 takes cases as clusters, lesson 03 branches.
- *Slopes* come out steeper than everybody's, most of all for loans. Two reasons are likely and were not told apart: the
  very content and the very cross answer more often; and touchpoints with fewer than {fewest} answers on a side are left
  out, so that their neighbours inherit what they do.
- *LMG* rests on the same answers; no share is negative, so shares of steps that hardly matter lie a little high.

## Is the step that comes out first truly first?

True is what one point more emotion at a step does to satisfaction, through moment, peak and end together (`moment_cause`).
In brackets: the truly first step is among the first two.

| journey | cases | derived (LMG) | halo taken out | what people say | LMG of everybody |
|---|--:|--:|--:|--:|--:|
{first}

*LMG of everybody* has no error of sampling: where it, too, misses, more answers would not help. Importance counts how much
feelings differ and how many come by; the truth counts what one point more does to those who come by.

## Rank correlation with the truth

Spearman over the {steps} touchpoints of a journey: median over banks, in brackets the tenth and the ninetieth percentile.

| journey | derived (LMG) | halo taken out | what people say | LMG of everybody |
|---|--:|--:|--:|--:|
{spearman}

## The two extremes of lesson 02

| journey | the step with most giving up is truly that step | the step that feels worst truly does | weighted means lie nearer than plain ones |
|---|--:|--:|--:|
{extremes}
"""
RANKINGS = ("derived", "without halo", "stated", "LMG of everybody")


def page(rows, orders, ends, *, minutes, banks, seed, size=CUSTOMERS, batches=BATCHES):
    """Write the page from the tables of `count`."""
    apart = [held(rows[rows["journey"] == name]).set_index("kind")["share"] for name in touchpoints.JOURNEYS]
    lines = [
        f"| {row.kind} | {'02' if row.kind in list(TARGETS)[:5] else '03'} | {row.intervals:,} | {row.share:.3f} ± "
        f"{row.error:.3f} | {' | '.join(f'{one[row.kind]:.3f}' for one in apart)} | {row.shift:+.2f} |".replace(
            "-0.", "−0."
        )
        for row in held(rows).itertuples()
    ]
    worse = np.sqrt(size / (batches * estimands.CUSTOMERS))
    return PAGE.format(
        banks=banks, seed=seed, minutes=minutes, network=NETWORK, size=size, draws=DRAWS, fewest=FEWEST,
        everybody=batches * estimands.CUSTOMERS, worse=worse, lowered=_lowered(worse), held="\n".join(lines),
        first=_table(orders, _firsts, cases=True), spearman=_table(orders, _spread), steps="five or six",
        extremes="\n".join(
            f"| {name} | " + " | ".join(f"{part[kind].mean():.0%}" for kind in ("leakiest", "lowest", "nearer")) + " |"
            for name, part in ends.groupby("journey", sort=False)
        ),
    )  # fmt: skip


def _lowered(worse):
    return 2 * stats.norm.cdf(1.96 / np.sqrt(1 + worse**2)) - 1


def _table(orders, write, *, cases=False):
    lines = []
    for name, part in [*orders.groupby("journey", sort=False), ("all three", orders)]:
        cells = [write(part[part["ranking"] == ranking]) for ranking in RANKINGS]
        head = [name, f"{part['cases'].median():.0f}"] if cases else [name]
        lines.append("| " + " | ".join([*head, *cells]) + " |")
    return "\n".join(lines)


def _firsts(part):
    return f"{part['first'].mean():.0%} ({part['top_two'].mean():.0%})"


def _spread(part):
    low, middle, high = part["spearman"].quantile([0.1, 0.5, 0.9])
    return f"{middle:.2f} ({low:.2f} to {high:.2f})".replace("-", "−")


def main(arguments=None):
    """Read the command line, count, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/moments.md"))
    options = parser.parse_args(arguments)
    started = time.process_time()
    with tqdm(total=options.banks, desc="moments") as bar:
        found = count(range(1, options.banks + 1), seed=options.seed, step=bar.update)
    minutes = (time.process_time() - started) / 60
    text = page(*found, minutes=minutes, banks=options.banks, seed=options.seed)
    write(options.out, text)


if __name__ == "__main__":
    sys.exit(main())

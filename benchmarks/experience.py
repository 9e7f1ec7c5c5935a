"""Does lesson 01 find what is really there? Counted over many simulated banks.

``python benchmarks/experience.py --banks 48 --seed 1 --out docs/experience.md``
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin as pg
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from tqdm import tqdm

from helpers.bank import data
from helpers.bank.files import write
from helpers.methods import servqual
from simbank import bank as simulated
from simbank import estimands

CUSTOMERS, NETWORK, BATCHES, WAVE = 20_000, 24, 10, 2
Z = stats.norm.ppf(0.975)


def count(numbers, *, seed, size=CUSTOMERS, network=NETWORK, batches=BATCHES, step=lambda: None):
    """Make the banks with these numbers and read each as the lesson does; return two tables.

    One row an interval (``bank``, ``kind``, ``estimate``, ``low``, ``high``, ``target``), one row a finding (``bank``,
    ``finding``, ``found``: 1 where it was found, else 0).
    """
    intervals, findings = [], []
    kept, estimands.BATCHES = estimands.BATCHES, batches
    try:
        for number in numbers:
            with tempfile.TemporaryDirectory() as place:
                own = simulated.make(
                    Path(place) / "bank",
                    seed=1000 * seed + number,
                    customers=size,
                    branches=network,
                    progress=False,
                )
                aims = pd.DataFrame(
                    json.loads((own / "truth.json").read_text(encoding="utf-8"))["quantities"]
                )
                for rows, listed in ((of_cases(own, aims), intervals), (of_staying(own), findings)):
                    listed.append(pd.DataFrame(rows).assign(bank=number))
                rows, found = of_expectations(own, aims)
                intervals.append(pd.DataFrame(rows).assign(bank=number))
                findings.append(pd.DataFrame(found).assign(bank=number))
            step()
    finally:
        estimands.BATCHES = kept
    return pd.concat(intervals, ignore_index=True), pd.concat(findings, ignore_index=True)


def of_cases(own, aims):
    """The top two marks and the recommend score of each kind of case, beside what everybody would say."""
    told = data.load(str(own), "journey_surveys")
    for journey, part in told.groupby("journey"):
        n, top = len(part), (part["satisfaction"] >= 6).sum()
        low, high = proportion_confint(top, n, method="wilson")
        everybody = _aim(aims, "case_top_two", journey=journey)
        yield {
            "kind": f"top two marks, {journey}",
            "estimate": top / n,
            "low": low,
            "high": high,
            "target": everybody,
        }
        mark = (part["recommend"] >= 9).astype(int) - (part["recommend"] <= 6)
        half = Z * mark.std(ddof=0) / n**0.5
        everybody = _aim(aims, "case_recommend", journey=journey)
        yield {"kind": f"recommend score, {journey}", "estimate": mark.mean(), "low": mark.mean() - half,
               "high": mark.mean() + half, "target": everybody}  # fmt: skip


def of_expectations(own, aims):
    """The slopes, the restrictions and the two kinds of disconfirmation: rows of both tables."""
    book, form = data.codebook(str(own)), data.load(str(own), "servqual").query("wave == @WAVE")
    scores = servqual.scores(form, codebook=book).dropna()
    wide = scores.pivot(
        index=["respondent", "branch"], columns="dimension", values=["expected", "perceived"]
    ).dropna()
    paired = wide.T.groupby(level=0).mean().T.reset_index()
    paired = paired.merge(form[["respondent", "satisfaction"]]).dropna().astype({"satisfaction": float})
    fit = smf.ols("satisfaction ~ perceived + expected + C(branch)", paired).fit(cov_type="HC3")
    ends = fit.conf_int()
    rows = []
    for side in ("perceived", "expected"):
        for column in ("estimand", "construct"):
            rows.append({"kind": f"slope of {side}, {column}", "estimate": fit.params[side], "low": ends.loc[side, 0],
                         "high": ends.loc[side, 1], "target": _aim(aims, "experience_slope", column, side=side)})  # fmt: skip
    both = paired.merge(data.load(str(own), "disconfirmation"), on="respondent")
    below = both.loc[both["perceived"] < both["expected"] - 1e-9, "compared"] > 4
    low, high = proportion_confint(below.sum(), below.size, method="wilson")
    rows.append({"kind": "better than expected though below ideal", "estimate": below.mean(), "low": low, "high": high,
                 "target": _aim(aims, "disconfirmation_better_below")})  # fmt: skip
    return rows, _verdicts(paired, fit, form, wide, book)


def _verdicts(paired, fit, form, wide, book):
    """What the lesson and its deeper notebook conclude."""
    raw = pg.corr(paired["expected"], paired["satisfaction"])["r"].iloc[0]
    p = fit.t_test("expected = 0, perceived + expected = 0").pvalue
    centred = paired.assign(E=paired["expected"] - 4, P=paired["perceived"] - 4)
    centred = centred.eval("EE = E * E\nEP = E * P\nPP = P * P")
    codes = centred["branch"].astype("category").cat.codes
    surface = smf.ols("satisfaction ~ E + P + EE + EP + PP", centred)
    surface = surface.fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    r2 = {name: _unseen(centred, formula) for name, formula in
          {"P": "P", "gap": "I(P - E)", "both": "E + P", "surface": "E + P + EE + EP + PP"}.items()}  # fmt: skip
    plain = smf.ols("satisfaction ~ expected + perceived", paired).fit().params["expected"]
    mended = corrected(paired, form, wide, book)
    told = {
        "the raw correlation of expectation and satisfaction is above zero": raw > 0,
        "the slope of expectation is below zero, interval and all": fit.conf_int().loc["expected", 1] < 0,
        "“only perception counts” is refuted": p[0] < 0.05,
        "“only the gap counts” is refuted": p[1] < 0.05,
        "the straight line is refuted in favour of the surface": float(
            surface.f_test("EE = 0, EP = 0, PP = 0").pvalue
        )
        < 0.05,
        "both predict unseen branches better than perception alone": r2["both"] > r2["P"],
        "the gap alone predicts them worse than perception alone": r2["gap"] < r2["P"],
        "the surface predicts them better than the straight line": r2["surface"] > r2["both"],
        "the corrected slope lies nearer to what was put in": abs(mended + 0.23) < abs(plain + 0.23),
    }
    return [{"finding": name, "found": int(found)} for name, found in told.items()]


def _unseen(rows, formula):
    """R² on branches not seen."""
    errors = 0.0
    for _, part in rows.groupby("branch"):
        fit = smf.ols(f"satisfaction ~ {formula}", rows.drop(part.index)).fit()
        errors += ((part["satisfaction"] - fit.predict(part)) ** 2).sum()
    return 1 - errors / ((rows["satisfaction"] - rows["satisfaction"].mean()) ** 2).sum()


def corrected(paired, form, wide, book):
    """The slope of expectation with errors of measurement taken out (stratified alpha), as in the deeper notebook."""
    sides, errors = {"expected": "E", "perceived": "P"}, []
    for side, letter in sides.items():
        error = 0.0
        for dimension in wide[side]:
            marks = form[book.items(dimension, letter)].replace(book.dont_know, np.nan).dropna()
            signs = [-1 if item in book.reverse else 1 for item in marks]
            alpha = pg.cronbach_alpha(marks * signs)[0]
            error += (1 - alpha) * wide[side][dimension].var() / wide[side].shape[1] ** 2
        errors.append(error)
    S = np.cov(paired[[*sides, "satisfaction"]].to_numpy().T)
    return np.linalg.solve(S[:2, :2] - np.diag(errors), S[:2, 2])[0]


def of_staying(own):
    """Whether the satisfied stay more often, as far as the interval allows."""
    ledger = data.load(str(own), "churn")
    day, later = sorted(ledger["snapshot"].unique())[-2:]
    known = ledger[(ledger["snapshot"] == day) & ledger["last_satisfaction"].notna()]
    gone = ledger.loc[(ledger["snapshot"] == later) & (ledger["left"] == 1), "customer"]
    here = (known["left"] == 0) & ~known["customer"].isin(gone)
    content = known["last_satisfaction"] >= 6
    counts = [(here[rows].sum(), rows.sum()) for rows in (content, ~content)]
    low, _ = confint_proportions_2indep(*counts[0], *counts[1])
    some = 0 < here[content].sum() < content.sum()
    return [
        {
            "finding": "the satisfied stay more often after twelve months, interval and all",
            "found": int(low > 0),
        },
        {"finding": "and some of the satisfied have left", "found": int(some)},
    ]


def _aim(aims, quantity, column="estimand", **place):
    rows = aims[aims["quantity"] == quantity]
    for name, value in place.items():
        rows = rows[rows[name] == value]
    return float(rows[column].iloc[0])


PAGE = """# Does lesson 01 find what is really there?

One bank is one answer; on many simulated banks it can be counted. The page is written by

    python benchmarks/experience.py --banks {banks} --seed {seed} --out docs/experience.md

It computed for {minutes:.0f} minutes on one core.

## What was done

Each of {banks} banks has branches ({network}), customers ({size:,}) and two years of its own, all tables as `course data make`
writes them. Each is read as lesson 01 and its deeper notebook read it, all intervals at 95 %, wave {wave} of the survey.

*What they aim at* is what `truth.json` declares: for a slope what a survey of everybody would show (*estimand*) and what was put
in (*construct*: satisfaction is made from latent perception and disconfirmation); for the scores after a case, what
everybody would answer, whether asked or not. Its Monte Carlo error, from {batches} batches, is small beside an interval.

## How many intervals hold what they aim at

| interval | intervals | share that holds | median estimate | median aim |
|---|--:|--:|--:|--:|
{held}

*Share* is ± its Monte Carlo standard error. Scores after a case come from those who answered: the very content and the very
cross answer more often, and no interval knows of it. What was put in is not what a survey aims at: the scale ends, people
agree with whatever is said, and E and P are measured with error.

## How often each conclusion is drawn

| conclusion | banks in which it is drawn |
|---|--:|
{found}

Expectation moves satisfaction in every one of these banks, by what was put in (−0.23 a point), and so does perception (1.02);
all curvature comes from the ends of the scale.
"""


def page(intervals, findings, *, minutes, banks, seed):
    """Write the page from the tables of `count`."""
    intervals = intervals.assign(held=intervals["target"].between(intervals["low"], intervals["high"]))
    lines = []
    for kind, part in intervals.groupby("kind", sort=False):
        share = part["held"].mean()
        error = (share * (1 - share) / len(part)) ** 0.5
        lines.append(
            f"| {kind.replace('_', ' ')} | {len(part)} | {share:.3f} ± {error:.3f} | {part['estimate'].median():.3f} "
            f"| {part['target'].median():.3f} |".replace("| -", "| −")
        )
    told = [
        f"| {name} | {part['found'].mean():.0%} |" for name, part in findings.groupby("finding", sort=False)
    ]
    return PAGE.format(
        banks=banks, seed=seed, minutes=minutes, network=NETWORK, size=CUSTOMERS, wave=WAVE, batches=BATCHES,
        held="\n".join(lines), found="\n".join(told),
    )  # fmt: skip


def main(arguments=None):
    """Read the command line, count, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/experience.md"))
    options = parser.parse_args(arguments)
    started = time.process_time()
    with tqdm(total=options.banks, desc="experience") as bar:
        found = count(range(1, options.banks + 1), seed=options.seed, step=bar.update)
    minutes = (time.process_time() - started) / 60
    write(options.out, page(*found, minutes=minutes, banks=options.banks, seed=options.seed))


if __name__ == "__main__":
    sys.exit(main())

"""Do the intervals of lesson 15 hold what the reminder really does? Counted over many simulated banks.

``python benchmarks/coverage_trial.py --banks 400 --seed 1 --out docs/coverage_trial.md``
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats import proportion
from tqdm import tqdm

from helpers.bank.files import write
from simbank import before_after, branches, customers, trial_reminder
from simbank.streams import CHUNK, generator

BRANCHES, CHUNKS = 24, 2
NAMES = {
    "missed": "missed, fair comparison (Newcombe)",
    "wait": "wait, fair comparison (Welch)",
    "cuped": "wait, adjusted (CUPED)",
    "naive": "wait, reminded customers before and after",
    "broken": "missed, second trial with the broken log",
}


def one(seed):
    """Let both trials take place in one bank; say which intervals hold the truth, and what the checks say."""
    network = branches.draw(generator(seed, "branches"), BRANCHES)
    sound, broken = ([] for _ in range(2))
    for chunk in range(CHUNKS):
        people = customers.draw(generator(seed, "customers", chunk=chunk), network, CHUNK)
        for parts, lost in ((sound, False), (broken, True)):
            parts.append(
                trial_reminder.table(seed, people, network, chunk=chunk, first=chunk * CHUNK, broken=lost)
            )
    sound, broken = pd.concat(sound), pd.concat(broken)
    truth = trial_reminder.effects(seed, network, number=0)
    missed, wait = truth["reminder_missed", ()], truth["reminder_wait", ()]
    reminded = sound[sound["arm"] == "reminder"]
    naive = stats.ttest_rel(reminded["wait_minutes"], reminded["pre_wait_minutes"])
    found = {
        "missed": (of_shares(sound), missed),
        "wait": (of_means(sound, sound["wait_minutes"]), wait),
        "cuped": (of_means(sound, adjusted(sound)), wait),
        "naive": (naive.confidence_interval(), wait),
        "broken": (of_shares(broken), missed),
    }
    held = {name: bool(low <= aim <= high) for name, ((low, high), aim) in found.items()}
    wide = before_after.table(seed, network).pivot_table(
        index=["branch", "chosen"], columns="phase", values="mean_wait_minutes"
    )
    change = (wide["after"] - wide["before"]).groupby("chosen").mean()
    return held | {
        "works": bool(found["missed"][0][1] < 0),
        "alarm": bool(stats.chisquare(sound["arm"].value_counts()).pvalue < 0.001),
        "caught": bool(stats.chisquare(broken["arm"].value_counts()).pvalue < 0.001),
        "worst": change[1],
    }


def of_shares(trial):
    """Newcombe's interval of the difference in missed appointments."""
    (new, n), (old, m) = (
        trial.groupby("arm")["missed"].agg(["sum", "size"]).loc[["reminder", "control"]].to_numpy()
    )
    return proportion.confint_proportions_2indep(new, n, old, m, method="newcomb")


def of_means(trial, minutes):
    """Welch's interval of the difference in minutes."""
    new, old = (minutes[trial["arm"] == arm] for arm in ("reminder", "control"))
    return stats.ttest_ind(new, old, equal_var=False).confidence_interval()


def adjusted(trial):
    """CUPED: the minutes less what the minutes before the lot foretell, by the slope within the groups."""
    both = trial[["wait_minutes", "pre_wait_minutes"]]
    y, x = (both - both.groupby(trial["arm"]).transform("mean")).to_numpy().T
    before = trial["pre_wait_minutes"]
    return trial["wait_minutes"] - (x @ y) / (x @ x) * (before - before.mean())


def page(rows):
    """Write the counts down."""
    banks = len(rows)
    error = np.sqrt(0.95 * 0.05 / banks)
    lines = [
        "# How often the intervals of lesson 15 hold the truth",
        "",
        f"{banks} simulated banks of 20,000 customers, 95 % intervals; Monte Carlo error of a rate of 95 %: "
        f"{error:.1%}. Built by `benchmarks/coverage_trial.py`.",
        "",
        "| interval | holds the truth |",
        "|---|---|",
        *(f"| {text} | {rows[name].mean():.1%} |" for name, text in NAMES.items()),
        "",
        f"The fair comparison finds that reminders reduce missed appointments in {rows['works'].mean():.1%} of the banks. "
        f"The sample-ratio check (p < 0.001) stops {rows['caught'].mean():.1%} of the broken trials and "
        f"{rows['alarm'].mean():.1%} of the sound ones. The branches chosen as the worst change by "
        f"{rows['worst'].mean():+.2f} minutes on average, and improve in {(rows['worst'] < 0).mean():.1%} of the banks, "
        "though nothing was done.",
        "",
    ]
    return "\n".join(lines).replace("+-", "−").replace(" -", " −")


def main():
    """Count, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    seeds = range(options.seed * 100_000, options.seed * 100_000 + options.banks)
    write(options.out, page(pd.DataFrame([one(seed) for seed in tqdm(seeds)])))


if __name__ == "__main__":
    main()

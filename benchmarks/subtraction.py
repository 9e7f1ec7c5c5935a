"""Can anybody find fewer than ten answers by subtracting what a set of reports publishes?

Random banks of branches, some tiny, with questions left out here and there, go through the report's own rules.
What is then published is written down anew, answer by answer, and every set of fewer than ten answers is tried:
is there a combination of the published figures in which these answers alone are left?

``python benchmarks/subtraction.py --banks 1000 --seed 1 --out docs/subtraction.md``
"""

import argparse
import sys
import time
from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.linalg import null_space
from tqdm import tqdm

from helpers.bank.codebook import Codebook
from helpers.bank.files import write
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from workshop.report import findings

FEWEST = 10
DIMENSIONS = {"five": [1, 2, 3, 4, 5], "two": [6, 7], "one": [8]}
ITEMS = [f"P{number}" for number in chain(*DIMENSIONS.values())]
BOOK = Codebook({
    "resources": [{
        "name": "servqual", "scale": {"minimum": 1, "maximum": 7},
        "dimensions": [{"name": name, "items": numbers} for name, numbers in DIMENSIONS.items()],
        "schema": {"fields": [{"name": item, "type": "integer"} for item in ITEMS]},
    }]
})  # fmt: skip


def sizes(rng):
    """Draw how many answered in each of two to seven branches: none to twelve, or many."""
    few = rng.integers(0, 13, size=rng.integers(2, 8))
    return np.where(rng.random(len(few)) < 0.5, few, rng.integers(10, 40, size=len(few)))


def bank(rng):
    """Draw a survey: in each branch some people left the same questions out."""
    parts = []
    for number, n in enumerate(sizes(rng)):
        marks = rng.integers(1, 8, size=(n, len(ITEMS))).astype(float)
        for _ in range(rng.integers(0, 4)):
            who, what = rng.integers(0, n + 1), rng.integers(0, len(ITEMS), size=rng.integers(1, 3))
            marks[np.ix_(rng.permutation(n)[: who // rng.integers(1, 5)], what)] = np.nan
        parts.append(pd.DataFrame(marks, columns=ITEMS).assign(branch=f"B{number}"))
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(respondent=[f"R{i}" for i in range(len(rows))])


def published(rows, questions):
    """Write down, for one branch, what its figures are made of: figures × people × questions."""
    there = rows[ITEMS].notna().to_numpy()
    figures = []
    for numbers in DIMENSIONS.values():
        own = np.isin(np.arange(len(ITEMS)), np.array(numbers) - 1)
        answered = (there & own).sum(axis=1)
        scored = answered >= np.ceil(0.8 * len(numbers) - 1e-9)
        figures.append(
            (there & own) * scored[:, None] / np.maximum(answered, 1)[:, None] / max(scored.sum(), 1)
        )
    for item in questions:
        at = ITEMS.index(item)
        figure = np.zeros(there.shape)
        figure[:, at] = there[:, at] / max(there[:, at].sum(), 1)
        figures.append(figure)
    return np.array(figures)


def found_out(figures, *, fewest=FEWEST):
    """The smallest number of people, below `fewest`, whom a combination of figures leaves alone; 0 if there are none.

    People who weigh the same in every figure cannot be told apart, so they are tried together.
    """
    weights = figures.transpose(1, 0, 2).reshape(figures.shape[1], -1)
    patterns, kind = np.unique(weights, axis=0, return_inverse=True)
    kind = kind.ravel()
    for some in _subsets(np.bincount(kind, minlength=len(patterns)), fewest):
        outside = figures[:, ~np.isin(kind, some)].reshape(len(figures), -1)
        within = figures[:, np.isin(kind, some)].reshape(len(figures), -1)
        ways = null_space(outside.T) if outside.size else np.eye(len(figures))
        if np.abs(within.T @ ways).max(initial=0) > 1e-9:
            return int(np.isin(kind, some).sum())
    return 0


def _subsets(counts, fewest):
    """Sets of groups with fewer members than `fewest`, small sets first."""
    for size in range(1, len(counts) + 1):
        for some in combinations(range(len(counts)), size):
            if 0 < counts[list(some)].sum() < fewest:
                yield list(some)


def groups_found(counts, hidden, *, fewest=FEWEST):
    """Whether shown means and the mean of all groups with two answers or more leave a small set of groups alone."""
    entering = counts[counts > 1]
    figures = [np.eye(len(entering))[i] for i, name in enumerate(entering.index) if name not in hidden]
    figures = np.array([*figures, np.ones(len(entering)) / max(len(entering), 1)])
    for some in _subsets(entering.to_numpy(), fewest):
        outside = np.delete(figures, some, axis=1)
        ways = null_space(outside.T) if outside.size else np.eye(len(figures))
        if np.abs(figures[:, some].T @ ways).max(initial=0) > 1e-9:
            return True
    return False


def tried(rng):
    """Draw one bank, and look for what is found out with our rules and without them."""
    rows = bank(rng)
    try:
        survey = findings.score(rows, BOOK, smallest=FEWEST)
    except WrongValue:  # nothing is published
        return None
    counts = answers(rows, branches=survey.answered.index)
    questions = sorted(set(survey.items["dimension"]))
    large = [
        item
        for item in ITEMS
        if (rows[rows["branch"].isin(survey.shown)].groupby("branch")[item].count() >= FEWEST).all()
    ]
    small = list(counts.index[counts.min(axis=1) < FEWEST])
    people = {name: [found_out(published(rows[rows["branch"] == branch], asked)) for branch in survey.shown]
              for name, asked in (("ours", questions), ("every question", large))}  # fmt: skip
    return {
        "hidden": len(survey.hidden), "small": len(small), "questions": len(questions),
        "groups": any(groups_found(counts[d], survey.hidden) for d in counts),
        "questions' groups": any(
            groups_found(rows.groupby("branch")[q].count(), survey.hidden) for q in questions
        ),
        "groups, small ones hidden alone": any(groups_found(counts[d], small) for d in counts),
        "people": any(people["ours"]), "people, every question": any(people["every question"]),
        "partners needed": needed(counts, survey.hidden, small),
    }  # fmt: skip


def answers(rows, *, branches):
    """How many answered each dimension, and all of them, in each branch: by another route than the reports'."""
    scores = servqual.scores(rows, codebook=BOOK).dropna()
    found = scores.groupby(["branch", "dimension"]).size().unstack(fill_value=0)
    people = scores.groupby(["branch", "respondent"]).size()
    whole = people[people == found.shape[1]].groupby("branch").size()
    return found.assign(all=whole).reindex(branches).fillna(0).astype(int)


def needed(counts, hidden, small):
    """Whether no fewer partners, the smallest first, would have done."""
    if len(hidden) == len(small):
        return True
    order = counts.min(axis=1).sort_index().sort_values(kind="stable").index
    return any(groups_found(counts[d], list(order[: len(hidden) - 1])) for d in counts)


def count(banks, *, seed, step=lambda n: None):
    """Try many banks; one row each of those that publish something."""
    rows = []
    for number in range(banks):
        found = tried(np.random.default_rng([seed, number]))
        step(1)
        rows += [found] if found else []
    return pd.DataFrame(rows)


def page(found, *, banks, seed, minutes):
    """Write what was found."""
    says = {
        "a hidden branch's dimension (`hidden`)": found["groups"],
        "a hidden branch's question": found["questions' groups"],
        "the answers of a few people within a branch shown": found["people"],
    }
    without = {
        "if small branches were hidden alone": found["groups, small ones hidden alone"],
        "if every question that ten answered were shown": found["people, every question"],
    }
    lines = [f"| {name} | {int(column.sum())} |" for name, column in {**says, **without}.items()]
    partners = (found["hidden"] - found["small"])[found["small"] > 0]
    return "\n".join([
        "# What reports give away by subtraction", "",
        f"`python benchmarks/subtraction.py --banks {banks} --seed {seed}` ({minutes:.1f} minutes of one core): {banks} random "
        f"banks of two to seven branches; {len(found)} of them publish something. For each, every set of fewer than {FEWEST} "
        "answers was tried by brute force against all published figures, taken as exact.", "",
        "| in how many banks fewer than ten answers are found out | banks |", "|---|---:|", *lines, "",
        f"Branches hidden beside the small ones: {partners.mean():.2f} on average where some are small, and in "
        f"{int((~found['partners needed']).sum())} banks more than are needed. Questions shown: {found['questions'].mean():.1f} of "
        f"{len(ITEMS)}.", "",
    ])  # fmt: skip


def main(arguments=None):
    """Read the command line, try, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/subtraction.md"))
    options = parser.parse_args(arguments)
    started = time.process_time()
    with tqdm(total=options.banks, desc="subtraction") as bar:
        found = count(options.banks, seed=options.seed, step=bar.update)
    minutes = (time.process_time() - started) / 60
    write(options.out, page(found, banks=options.banks, seed=options.seed, minutes=minutes))


if __name__ == "__main__":
    sys.exit(main())

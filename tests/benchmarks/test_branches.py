"""Short form of the benchmark of lesson 07: a few banks, and proof that it can fail."""

import re

import numpy as np
import pandas as pd
import pytest
from collection import ROOT
from collection import benchmark as opened

from helpers.bank.data import truth
from simbank import branches
from simbank.streams import generator
from workshop.report import findings, report_text

benchmark = opened("branches")
SEED = 4796  # of the course's own bank


@pytest.fixture(scope="module")
def found():
    return pd.DataFrame([benchmark.of_bank(5, number) for number in range(2)])


@pytest.fixture(scope="module")
def null():
    return pd.DataFrame([benchmark.of_alike(5, number) for number in range(2)])


def test_sets_hold_and_places_do_not(found):
    assert found["set"].min() > 0.9 and found["dot"].max() < 0.6 and found["shrunken"].min() > 0.7


def test_a_report_that_counts_each_comparison_by_itself_is_caught(null):
    assert null["null_one_by_one"].all() and not null["null_report"].all()


def test_true_means_are_those_that_the_course_bank_declares():
    aimed = benchmark.aims(branches.draw(generator(SEED, "branches"), 24))
    told = truth("qingyu_bank", "servperf").query("population == 'this_bank' and wave == 2")
    told = told.dropna(subset="branch").set_index("branch")
    off = aimed - told["estimand"]
    assert (off - off.mean()).abs().max() < 4 * np.hypot(told["monte_carlo_error"].max(), 0.004)
    assert aimed.idxmin() == told["estimand"].idxmin()


def test_verdicts_counted_are_those_that_the_reports_print():
    rng = np.random.default_rng(3)
    rows = benchmark.survey(rng, branches.draw(rng, 8)).query("wave == 2")
    counted = benchmark.different(rows)
    survey = findings.score(rows, benchmark.BOOK)
    for branch in survey.shown:
        printed = set(report_text.apart(findings.dimensions(survey, branch))["dimension"])
        assert printed == set(counted.index[counted[branch]])
    assert len(survey.shown) == 8 and counted.any(axis=None) and not counted.all(axis=None)


def test_the_page_says_what_was_counted(found, null):
    page = benchmark.page(found, null, minutes=1, seed=5)
    for table in (found, null):
        for name in benchmark.LINES.keys() & table:
            assert f"| {benchmark.LINES[name]} | {table[name].mean():.3f} |" in page


def test_the_committed_page_keeps_the_promises():
    page = (ROOT / "docs" / "branches.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| ([01]\.\d{3}) \| (-?\d\.\d{3}) to (\d\.\d{3}) \|", page)
    told = {name: [float(number) for number in row] for name, row in zip(benchmark.LINES, rows, strict=True)}
    assert int(re.search(r"--banks (\d+)", page)[1]) >= 300
    assert int(re.search(r"--alike (\d+)", page)[1]) >= 200
    assert told["all_sets"][0] >= 0.95
    assert max(told[name][0] for name in ("null_sets", "null_games_howell", "null_report")) <= 0.05
    assert told["null_one_by_one"][1] > 0.5 and told["dot"][2] < 0.5
    for lesson in ("lesson", "deeper"):
        text = (ROOT / "course" / "lessons" / "07_branches" / f"{lesson}.md").read_text(encoding="utf-8")
        assert text.count("docs/branches.md") >= 2  # in both languages

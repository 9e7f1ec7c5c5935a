"""Short form of the benchmark of lesson 06: three banks, and proof that it can fail."""

import re

import pandas as pd
import pytest
from collection import ROOT
from collection import benchmark as opened

benchmark = opened("reliability")


@pytest.fixture(scope="module")
def found():
    return benchmark.count(range(3), seed=5, batches=8, draws=99, deeper=False)


@pytest.fixture(scope="module")
def deeper():
    return benchmark.of_bank(5, 0, batches=1, draws=39)[1:]


def test_intervals_hold_and_narrow_ones_are_caught(found):
    rows = found[0]
    shares = benchmark.held(rows).set_index("kind")["share"]
    assert len(rows) == 3 * (5 + 5 + 10 + 2)
    assert shares["alpha, Feldt"] >= 0.7 and shares["HTMT, other pairs"] >= 0.7, shares.to_string()
    narrow = rows.assign(**{end: (rows[end] + 3 * rows["estimate"]) / 4 for end in ("low", "high")})
    less = benchmark.held(narrow).set_index("kind")["share"]
    assert less["alpha, Feldt"] < 0.7 and less["HTMT, other pairs"] < 0.7


def test_the_verdicts_are_those_of_the_truth(found):
    counts = found[1]
    assert counts[["close_not_apart", "others_apart", "verdicts"]].all(axis=None)


def test_the_rule_says_something_else_where_something_else_is_true():
    pairs = pd.DataFrame({"first": ["a"], "second": ["b"], "high": [0.95]})
    found = pd.DataFrame(
        {"dimension": ["a", "c", "d", "e"], "low": [0.75, 0.75, 0.6, 0.5], "high": [0.8, 0.8, 0.72, 0.6]}
    )
    wanted = {"a": "report_as_one", "c": "report_alone", "d": "ask_more", "e": "mend_first"}
    assert benchmark.verdicts(found, pairs) == wanted


def test_the_deeper_notebook_finds_the_factors_and_the_broken_question(deeper):
    counts, steps = deeper
    steps = pd.DataFrame(steps).set_index(["shift", "level"])
    assert counts["factors"] == 4 and counts["winner"].endswith("_wording")
    assert counts["share_missed_merged"] < counts["share_missed_apart"]
    assert not steps.loc[(0, "scalar"), "by_cfi"] and steps.loc[(1.0, "scalar"), "by_cfi"]


def test_the_page_is_as_the_benchmark_writes_it():
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    shares = [float(share) for share in re.findall(r"\| (0\.\d{3}) ±", page)]
    assert len(shares) == 6 and min(shares) > 0.8
    for lesson in ("lesson", "deeper"):
        text = (ROOT / "course" / "lessons" / "06_reliability" / f"{lesson}.md").read_text(encoding="utf-8")
        assert text.count("docs/reliability.md") >= 2  # in both languages

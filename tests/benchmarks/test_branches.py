"""Short form of the benchmark of lesson 07: two banks, and proof that it can fail."""

import re

import numpy as np
import pandas as pd
import pytest
from collection import ROOT
from collection import benchmark as opened

benchmark = opened("branches")


@pytest.fixture(scope="module")
def found():
    return pd.DataFrame([benchmark.of_bank(5, number, batches=4) for number in range(2)])


def test_sets_hold_and_places_do_not(found):
    assert found["set"].min() > 0.9 and found["dot"].max() < 0.6
    assert not found["null_report"].all() and found["shrunken"].min() > 0.7


def test_a_report_that_counts_each_comparison_by_itself_is_caught(found):
    assert found["null_one_by_one"].all()


def test_the_page_says_what_was_counted(found):
    page = benchmark.page(found, minutes=1, seed=5, batches=4)
    assert all(f"| {said} | {found[name].mean():.3f} ±" in page for name, said in benchmark.LINES.items())


def test_the_committed_page_keeps_the_promises():
    page = (ROOT / "docs" / "branches.md").read_text(encoding="utf-8")
    shares = [float(share) for share in re.findall(r"\| ([01]\.\d{3}) ±", page)]
    told = dict(zip(benchmark.LINES, shares, strict=True))
    banks = int(re.search(r"--banks (\d+)", page)[1])
    few = 0.05 + 3 * np.sqrt(0.05 * 0.95 / banks)
    assert told["all_sets"] >= 1 - few and told["null_report"] <= few and told["null_sets"] <= few
    assert told["null_one_by_one"] > 0.5 and told["dot"] < 0.5
    for lesson in ("lesson", "deeper"):
        text = (ROOT / "course" / "lessons" / "07_branches" / f"{lesson}.md").read_text(encoding="utf-8")
        assert text.count("docs/branches.md") >= 2  # in both languages

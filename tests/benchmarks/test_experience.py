"""Short form of the benchmark of lesson 01: one small bank, and proof that it can fail."""

import pytest
from collection import benchmark as opened

from simbank import estimands

benchmark = opened("experience")


@pytest.fixture(scope="module")
def found():
    before = estimands.BATCHES
    told = benchmark.count([3], seed=1, size=6000, network=8, batches=3)
    assert before == estimands.BATCHES
    return told


def test_every_kind_of_interval_and_conclusion_is_counted_once(found):
    intervals, findings = found
    assert len(intervals) == intervals["kind"].nunique() == 11
    assert len(findings) == findings["finding"].nunique() == 11
    assert (intervals["low"] < intervals["estimate"]).all() and (
        intervals["estimate"] < intervals["high"]
    ).all()


def test_slopes_are_near_what_they_aim_at(found):
    rows = found[0].set_index("kind").loc[["slope of perceived, estimand", "slope of expected, estimand"]]
    half = (rows["high"] - rows["low"]) / 2
    assert ((rows["estimate"] - rows["target"]).abs() < 2 * half).all()
    assert (half < 0.35).all()


def test_a_page_counts_intervals_that_miss(found):
    intervals, findings = found
    aside = intervals.assign(target=intervals["high"] + 1)
    page = benchmark.page(aside, findings, minutes=1, banks=1, seed=1)
    lines = [line for line in page.splitlines() if line.startswith("|") and "±" in line]
    assert len(lines) == 11 and all("0.000 ±" in line for line in lines)

"""Sets of places: csranks on tables of ours, all pairs by brute force, and how often all of them are right."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from collection import ROOT
from scipy import stats

from helpers.bank.language import WrongValue
from helpers.methods import ranks

ORACLES = ROOT / "tests" / "oracles"


@pytest.mark.parametrize("confidence", [0.95, 0.8])
@pytest.mark.parametrize("stepdown", [True, False])
@pytest.mark.parametrize("name", ["alike", "some", "steps", "unequal"])
def test_places_are_those_of_csranks(name, stepdown, confidence):
    tables, theirs = pd.read_csv(ORACLES / "ranks.csv"), pd.read_csv(ORACLES / "ranks_csranks.csv")
    wanted = theirs.query("table == @name and stepdown == @stepdown and confidence == @confidence")
    part = tables.query("table == @name")
    found = ranks.sets(part, stepdown=stepdown, confidence=confidence, draws=20_000, seed=3)
    assert found.to_numpy().tolist() == wanted[["place", "low", "high"]].to_numpy().tolist()


def test_places_count_the_pairs_of_the_studentized_range():
    """With equal errors the critical value is Tukey's, divided by √2: every pair by itself, without matrices."""
    estimate = np.array([5.0, 5.05, 5.2, 5.3, 5.55, 5.6])
    needed = stats.studentized_range.ppf(0.95, len(estimate), np.inf) * 0.05
    low, high = np.ones(6, int), np.full(6, 6)
    for i, j in combinations(range(6), 2):  # j is the higher one
        if estimate[j] - estimate[i] > needed:
            low[i] += 1
            high[j] -= 1
    table = pd.DataFrame({"estimate": estimate, "error": 0.05})
    found = ranks.sets(table, stepdown=False, draws=50_000)
    assert found["low"].tolist() == low.tolist() and found["high"].tolist() == high.tolist()


def test_all_sets_hold_the_true_places_as_often_as_promised():
    rng = np.random.default_rng(4)
    truth, error = np.r_[np.full(5, 5.0), 5.1, 5.2, 5.6], np.full(8, 0.06)
    least = (truth[:, None] < truth).sum(axis=1) + 1  # with ties any place of the tie is true
    most = 8 - (truth[:, None] > truth).sum(axis=1)
    held = 0
    for draw in range(200):
        table = pd.DataFrame({"estimate": rng.normal(truth, error), "error": error})
        found = ranks.sets(table, seed=draw, draws=500)
        held += ((found["low"] <= least) & (found["high"] >= most)).all()
    assert held >= stats.binom.ppf(0.001, 200, 0.95)


def test_steps_never_widen_and_equal_places_are_shared():
    table = pd.DataFrame(
        {"estimate": [3.0, 3.0, 2.0, 1.0], "error": [0.3, 0.3, 0.2, 0.1]}, index=list("abcd")
    )
    single, stepped = (ranks.sets(table, stepdown=one) for one in (False, True))
    assert (stepped["low"] >= single["low"]).all() and (stepped["high"] <= single["high"]).all()
    assert stepped["place"].to_dict() == {"a": 1, "b": 1, "c": 3, "d": 4}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"estimate": [1.0], "error": [0.1]}, "2"),
        ({"estimate": [1.0, 2.0], "error": [0.1, 0.0]}, "error"),
        ({"estimate": [1.0, np.nan], "error": [0.1, 0.1]}, "estimate"),
        ({"estimate": [1.0, 2.0]}, "error"),
    ],
)
def test_what_cannot_be_ranked_is_said(table, said):
    with pytest.raises(WrongValue, match=said):
        ranks.sets(pd.DataFrame(table))


def test_two_that_lie_exactly_as_far_apart_as_chance_takes_them_are_not_told_apart(monkeypatch):
    monkeypatch.setattr(ranks, "_largest", lambda chance, spread, pairs: np.full(len(chance), 2.0))
    apart = np.hypot(0.5, 0.5)
    for estimate, told in ((2 * apart, [1, 1]), (3 * apart, [2, 1])):
        rows = pd.DataFrame({"estimate": [0.0, estimate], "error": 0.5})
        assert ranks.sets(rows)["low"].tolist() == told


def test_a_hundred_draws_are_enough_and_fewer_are_not():
    groups = pd.DataFrame({"estimate": [5.1, 4.0], "error": [0.1, 0.1]})
    assert len(ranks.sets(groups, draws=100, seed=1)) == 2
    with pytest.raises(WrongValue):
        ranks.sets(groups, draws=99, seed=1)

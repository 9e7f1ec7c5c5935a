"""Two dimensions or one, and what a score shares: against R's semTools, by hand, and where it is refused."""

import contextlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import semopy.examples.holzinger39 as holzinger

from helpers.bank.language import WrongValue
from helpers.methods import reliability, resample

TESTS = {"visual": ["x1", "x2", "x3"], "textual": ["x4", "x5", "x6"], "speed": ["x7", "x8", "x9"]}


@pytest.fixture(scope="module")
def oracle():
    """What R found (tests/oracles/factors.R)."""
    path = Path(__file__).parents[2] / "oracles" / "factors_r.csv"
    return pd.read_csv(path).set_index("what")["value"]


def test_htmt_is_that_of_semtools(oracle):
    found = reliability.htmt(holzinger.get_data(), dimensions=TESTS, draws=39, seed=1)
    for row in found.itertuples():
        assert row.estimate == pytest.approx(oracle[f"htmt {row.first} {row.second}"], abs=1e-9)
        assert row.low < row.estimate < row.high and row.n == 301


def test_htmt_by_hand_of_two_times_two_items():
    rng = np.random.default_rng(3)
    answers = pd.DataFrame(rng.normal(size=(60, 1)) + rng.normal(size=(60, 4)), columns=list("abcd"))
    r = answers.corr()
    across = (r.loc["a", "c"] + r.loc["a", "d"] + r.loc["b", "c"] + r.loc["b", "d"]) / 4
    by_hand = across / np.sqrt(r.loc["a", "b"] * r.loc["c", "d"])
    found = reliability.htmt(answers, dimensions={"x": ["a", "b"], "y": ["c", "d"]}, draws=39, seed=1)
    assert found["estimate"].item() == pytest.approx(by_hand)


@pytest.mark.parametrize("confidence", [0.8, 0.9])
def test_the_interval_by_drawing_respondents_and_pandas_correlations(confidence):
    rng = np.random.default_rng(8)
    answers = pd.DataFrame(rng.normal(size=(50, 1)) + rng.normal(size=(50, 4)), columns=list("abcd"))
    drawn = []
    for count in resample.counts(answers, draws=60, seed=2):
        r = answers.iloc[np.repeat(np.arange(50), count)].corr()
        across = r.loc[["a", "b"], ["c", "d"]].to_numpy().mean()
        drawn.append(across / np.sqrt(r.loc["a", "b"] * r.loc["c", "d"]))
    ends = np.percentile(drawn, [50 - 50 * confidence, 50 + 50 * confidence])
    found = reliability.htmt(
        answers, dimensions={"x": ["a", "b"], "y": ["c", "d"]}, draws=60, confidence=confidence, seed=2
    )
    assert found[["low", "high"]].iloc[0].tolist() == pytest.approx(ends.tolist())


def test_three_dimensions_make_three_pairs_in_their_order():
    found = reliability.htmt(holzinger.get_data(), dimensions=TESTS, draws=39, seed=1)
    assert found[["first", "second"]].to_numpy().tolist() == [
        ["visual", "textual"], ["visual", "speed"], ["textual", "speed"],
    ]  # fmt: skip


def test_one_thing_cut_in_two_has_a_ratio_near_one_and_the_interval_holds_it():
    rng = np.random.default_rng(4)
    one = pd.DataFrame(rng.normal(size=(800, 1)) + rng.normal(size=(800, 6)), columns=list("abcdef"))
    halves = {"x": list("abc"), "y": list("def")}
    found = reliability.htmt(one, dimensions=halves, draws=199, seed=1).iloc[0]
    assert found["low"] < 1 < found["high"] and abs(found["estimate"] - 1) < 0.1
    apart = one.assign(
        **{name: one[name] + 2 * one["a"].sample(frac=1, random_state=1).array for name in "def"}
    )
    assert reliability.htmt(apart, dimensions=halves, draws=199, seed=1).iloc[0]["high"] < 0.8


def test_composite_is_that_of_semtools(oracle):
    loadings = pd.DataFrame([
        {"dimension": name, "loading": oracle[f"loading {item}"]} for name, items in TESTS.items() for item in items
    ])  # fmt: skip
    for row in reliability.composite(loadings).itertuples():
        assert row.omega == pytest.approx(oracle[f"omega {row.dimension}"], abs=1e-5)
        assert row.ave == pytest.approx(oracle[f"ave {row.dimension}"], abs=1e-5)
        assert row.k == 3


def test_general_and_own_part_add_up_and_vanish_where_they_should():
    known = pd.DataFrame({"dimension": "x", "loading": [0.8, 0.6], "general": [0.0, 0.0]})
    none = reliability.composite(known).iloc[0]
    every = reliability.composite(known.assign(general=known["loading"])).iloc[0]
    assert none["omega_general"] == 0 and none["omega_own"] == none["omega"]
    assert every["omega_general"] == every["omega"] and every["omega_own"] == 0
    assert none["omega"] == pytest.approx(1.4**2 / (1.4**2 + 0.36 + 0.64))


def test_who_was_not_drawn_does_not_save_a_draw_in_which_an_item_never_varies():
    """Three dimensions: without the last row the second item is always 4, and no pair has a ratio, also the third."""
    rng = np.random.default_rng(1)
    rows = 3 * rng.normal(size=(30, 1)) + rng.normal(size=(30, 6))
    rows[:29, 1] = 4
    where = {"a": [0, 1], "b": [2, 3], "c": [4, 5]}
    drawn = np.ones(30, dtype=int)
    assert np.isfinite(reliability._ratios(drawn, rows, where)[2])
    drawn[29] = 0
    assert np.isnan(reliability._ratios(drawn, rows, where)).all()


@pytest.mark.parametrize(
    "dimensions", [{"x": ["a", "b"]}, {"x": ["a", "b"], "y": ["c"]}, {"x": ["a", "b"], "y": ["b", "c"]}]
)
def test_one_item_or_one_dimension_is_refused(dimensions):
    answers = pd.DataFrame(np.random.default_rng(1).normal(size=(9, 3)), columns=list("abc"))
    with pytest.raises(WrongValue, match="must name two or more different items for each dimension"):
        reliability.htmt(answers, dimensions=dimensions, seed=1)


def test_items_left_unturned_are_refused():
    rng = np.random.default_rng(2)
    answers = pd.DataFrame(rng.normal(size=(99, 1)) + rng.normal(size=(99, 4)), columns=list("abcd"))
    with pytest.raises(WrongValue, match="Turn reverse-worded items first"):
        reliability.htmt(
            answers.assign(b=-answers["b"]), dimensions={"x": ["a", "b"], "y": ["c", "d"]}, seed=1
        )


def test_gaps_are_refused():
    answers = pd.DataFrame(
        {"a": [1.0, 2, None, 4, 5], "b": [1.0, 3, 2, 4, 5], "c": [2.0, 1, 4, 3, 5], "d": [1.0, 2, 4, 3, 5]}
    )
    with pytest.raises(WrongValue):
        reliability.htmt(answers, dimensions={"x": ["a", "b"], "y": ["c", "d"]}, seed=1)


@pytest.mark.parametrize("loading", [1.2, -1.2])
def test_a_loading_beyond_one_is_no_correlation_and_is_refused(loading):
    with pytest.raises(WrongValue, match="must lie between -1"):
        reliability.composite(pd.DataFrame({"dimension": "x", "loading": [0.8, loading]}))


def test_items_that_have_nothing_in_common_have_no_ratio():
    """Two items whose correlation is exactly none, beside two that agree, whichever comes first."""
    rows = np.array([[1, 1, 1, 1], [1, -1, 1, 1], [-1, 1, -1, -1], [-1, -1, -1, -1]])
    for where in ({"none": [0, 1], "one": [2, 3]}, {"one": [2, 3], "none": [0, 1]}):
        assert np.isnan(reliability._ratios(np.ones(4, dtype=int), rows, where)).all()


@pytest.mark.parametrize(("lost", "whole", "fine"), [(2, 0.5, True), (3, 0.5, False), (0, np.nan, False)])
def test_one_draw_in_twenty_may_be_lost_but_no_estimate(monkeypatch, lost, whole, fine):
    """Of forty draws two; a third is one too many, and so is one pair of three that has no ratio."""
    ratios = iter([[whole, 0.5, 0.5], *[[np.nan] * 3] * lost, *[[0.4, 0.5, 0.6]] * 40])
    monkeypatch.setattr(reliability, "_ratios", lambda *given: np.array(next(ratios)))
    answers = pd.DataFrame(np.random.default_rng(1).normal(size=(9, 6)), columns=list("abcdef"))
    asked = {"dimensions": {"x": ["a", "b"], "y": ["c", "d"], "z": ["e", "f"]}, "draws": 40, "seed": 1}
    with contextlib.nullcontext() if fine else pytest.raises(WrongValue):
        assert len(reliability.htmt(answers, **asked)) == 3


def test_dimensions_stay_in_the_order_in_which_they_come():
    loadings = pd.DataFrame({"dimension": ["y", "y", "x", "x"], "loading": 0.8})
    assert reliability.composite(loadings)["dimension"].tolist() == ["y", "x"]


def test_a_draw_without_spread_has_no_ratio_for_any_of_its_pairs():
    rows = np.tile([1.0, 2, 3, 4, 5, 6], (5, 1))
    where = {"one": [0, 1], "two": [2, 3], "three": [4, 5]}
    found = reliability._ratios(np.ones(5, int), rows, where)
    assert found.shape == (3,) and np.isnan(found).all()


def test_four_answers_are_enough_to_be_asked():
    answers = pd.DataFrame(
        [[1, 2, 5, 4], [2, 3, 3, 3], [4, 4, 2, 1], [5, 4, 1, 2]], columns=list("abcd")
    ).astype(float)
    answers[["c", "d"]] = 6 - answers[["c", "d"]]
    dimensions = {"one": ["a", "b"], "two": ["c", "d"]}
    for rows, said in (
        (answers, "do not go together"),
        (answers[:3], "4"),
    ):  # with four, too many draws do not vary
        with pytest.raises(WrongValue, match=said):
            reliability.htmt(rows, dimensions=dimensions, draws=39, seed=1)

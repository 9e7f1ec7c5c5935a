"""rollout: by hand on three units, the 2 × 2 comparison, statsmodels, laws, size and coverage."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.bank import language
from helpers.bank.language import WrongValue
from helpers.methods import rollout

# Three units, four times; a starts at 2, b at 3, c never.
BY_HAND = pd.DataFrame({
    "branch": np.repeat(list("abc"), 4), "week": [1, 2, 3, 4] * 3,
    "y": [10.0, 7, 6, 5, 8, 9, 5, 4, 6, 7, 8, 6], "start": np.repeat([2.0, 3, np.nan], 4),
})  # fmt: skip


def panel(seed, units=12, times=16, effect=0.0, growing=0.0):
    rng = np.random.default_rng(seed)
    start = np.where(rng.random(units) < 0.6, rng.integers(5, 14, units), np.inf)
    start[0], start[1] = 8, np.inf
    time = np.arange(1, times + 1)
    age = np.maximum(time - start[:, None], 0)
    age = np.where(np.isfinite(age), age, 0)
    y = rng.normal(size=(units, 1)) + rng.normal(size=times) + rng.normal(size=(units, times))
    y += (effect + growing * age) * (time >= start[:, None])
    return pd.DataFrame({
        "branch": np.repeat([f"B{i:02}" for i in range(units)], times), "week": np.tile(time, units), "y": y.ravel(),
        "start": np.repeat(np.where(np.isfinite(start), start, np.nan), times),
    })  # fmt: skip


def test_three_units_by_hand():
    table = rollout.group_time(BY_HAND, "y").set_index(["group", "time"])["estimate"]
    # Group 2 at time 2: a fell by 3; b and c, neither begun, rose by 1 each.
    assert table[2, 2] == -3 - 1
    # At time 3 b has begun: only c is left, which rose by 2 since time 1.
    assert table[2, 3] == -4 - 2
    assert table[2, 4] == -5 - 0
    # Group 3 from time 2: b fell by 4 and 5; c rose by 1, then fell by 1.
    assert table[3, 3] == -4 - 1
    assert table[3, 4] == -5 - -1
    effects = rollout.group_time(BY_HAND, "y")
    assert rollout.average_effect(effects)["estimate"].item() == pytest.approx((-4 - 6 - 5 - 5 - 4) / 5)
    assert rollout.by_age(effects)["estimate"].tolist() == pytest.approx([-4.5, -5, -5])
    assert effects["controls"].tolist() == [2, 1, 1, 1, 1]


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), before=st.integers(1, 5))
def test_the_quick_route_is_the_table(seed, before):
    rows = panel(seed)
    quick = rollout.randomised(rows, "y", before=before, draws=19, seed=1)["estimate"].item()
    assert quick == pytest.approx(
        rollout.average_effect(rollout.group_time(rows, "y", before=before))["estimate"].item()
    )


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_units_and_times_may_move_and_an_effect_is_added(seed):
    rows, rng = panel(seed), np.random.default_rng(seed)
    moved = rows["y"] + rows["branch"].map(
        dict(zip(rows["branch"].unique(), rng.normal(size=12), strict=True))
    )
    moved += rows["week"].map(dict(enumerate(rng.normal(size=16), start=1)))
    lifted = rows["y"] + 2.5 * (rows["week"] >= rows["start"])
    args = {"draws": 39, "seed": 3, "before": 3}
    first = rollout.randomised(rows, "y", **args).iloc[0]
    again = rollout.randomised(rows.assign(y=moved), "y", **args).iloc[0]
    added = rollout.randomised(rows.assign(y=lifted), "y", **args).iloc[0]
    assert again["estimate"] == pytest.approx(first["estimate"])
    for column in ("estimate", "low", "high"):
        assert added[column] == pytest.approx(first[column] + 2.5, abs=1e-8)


def test_interval_and_p_say_the_same():
    """Zero lies outside the interval exactly where the test rejects; the ends are the last effects not rejected."""
    for seed in range(12):
        rows = panel(seed, effect=-0.6)
        args = {"draws": 99, "seed": 5, "before": 4}
        found = rollout.randomised(rows, "y", **args).iloc[0]
        assert (found["p"] <= 0.05) == (not found["low"] <= 0 <= found["high"])
        for end, way in ((found["low"], -1), (found["high"], 1)):
            for step, rejected in ((-0.01, False), (0.01, True)):
                taken = rows.assign(y=rows["y"] - (end + way * step) * (rows["week"] >= rows["start"]))
                assert (rollout.randomised(taken, "y", **args)["p"].item() <= 0.05) == rejected


def test_size_and_coverage():
    """Dates at random: 5 % where there is no effect; the interval holds a constant effect in 95 %."""
    none, held = [], []
    for seed in range(200):
        args = {"draws": 99, "seed": seed, "before": 4}
        none.append(rollout.randomised(panel(seed), "y", **args)["p"].item() <= 0.05)
        one = rollout.randomised(panel(seed, effect=-1), "y", **args).iloc[0]
        held.append(one["low"] <= -1 <= one["high"])
    assert 0.02 < np.mean(none) < 0.09
    assert 0.91 < np.mean(held) < 0.98


def test_a_start_between_two_times_counts_from_the_next():
    gap = BY_HAND[BY_HAND["week"] != 2]
    assert rollout.group_time(gap, "y")["group"].tolist() == [3, 3]


def test_the_callers_panel_is_unchanged():
    rows = panel(3)
    kept = rows.copy()
    rollout.group_time(rows, "y")
    rollout.randomised(rows, "y", draws=9, seed=1)
    pd.testing.assert_frame_equal(rows, kept)


BAD = [
    (lambda t: t.iloc[1:], "a is not. Keep units", "a 不是。请只保留"),
    (lambda t: t.assign(y=np.nan), "values missing: 12", "现在缺 12 个"),
    (lambda t: t.assign(start=np.arange(12.0)), "the same in all its rows", "各行相同"),
    (lambda t: t.assign(start=np.nan), "Nothing can be compared", "没有可以比较的"),
    (lambda t: t.drop(columns="start"), "has no column 'start'", "缺少列 'start'"),
]


@pytest.mark.parametrize(("change", "english", "chinese"), BAD)
def test_a_bad_panel_is_one_sentence(change, english, chinese):
    with pytest.raises(WrongValue) as error:
        rollout.group_time(change(BY_HAND), "y")
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


def test_two_groups_two_times_is_the_difference_of_differences():
    rows = panel(1, times=2).assign(start=lambda t: np.where(t["branch"] < "B05", 2.0, np.nan))
    cells = rows.assign(treated=rows["start"].notna()).groupby(["treated", "week"])["y"].mean()
    by_hand = (cells[True, 2] - cells[True, 1]) - (cells[False, 2] - cells[False, 1])
    assert rollout.average_effect(rollout.group_time(rows, "y"))["estimate"].item() == pytest.approx(by_hand)


def test_growing_effects_mislead_the_shortcut_alone():
    """The shortcut: one regression with a constant for each branch and each week."""
    errors = {"group": [], "two_way": []}
    for seed in range(150):
        rows = panel(seed, units=24, growing=-0.5)
        rows["on"] = (rows["week"] >= rows["start"]).astype(float)
        true = (-0.5 * (rows["week"] - rows["start"]))[rows["on"] == 1].mean()
        found = rollout.average_effect(rollout.group_time(rows, "y", before=4))["estimate"].item()
        errors["group"].append(found - true)
        within = [rows[name] - rows.groupby("branch")[name].transform("mean") for name in ("on", "y")]
        on, y = (part - part.groupby(rows["week"]).transform("mean") for part in within)
        errors["two_way"].append(on @ y / (on @ on) - true)
    assert abs(np.mean(errors["group"])) < 0.05
    assert np.mean(errors["two_way"]) > 0.3


PANEL = pd.DataFrame([(b, w, 1.0 * w * w, {"a": 3, "b": 4}.get(b)) for b in "abcd" for w in range(1, 7)],
                     columns=["branch", "week", "y", "start"])  # fmt: skip


@pytest.mark.parametrize("unit", [1, 1e9])
def test_the_randomisation_test_does_not_hang_on_the_unit(unit):
    values = np.random.default_rng(3).normal(size=24)
    found, other = (
        rollout.randomised(PANEL.assign(y=values * scale), "y", draws=99, seed=1).iloc[0]
        for scale in (1, unit)
    )
    assert other["p"] == found["p"] and other["estimate"] == pytest.approx(unit * found["estimate"])


def test_dealings_that_are_equal_but_for_rounding_are_as_far():
    """Means of tenths differ in their last digit, and a value of 0 is among them: no dealing is less far than the true one."""
    panel = pd.DataFrame(
        [(b, w, {"a": 3, "b": 3}.get(b)) for b in "abcd" for w in range(1, 5)],
        columns=["branch", "week", "start"],
    )
    tenths = np.array([3, 2, 2, 1, 1, 0, 0, 0, 0, 3, 2, 3, 2, 2, 3, 2]) / 10
    found = rollout.randomised(panel.assign(y=tenths), "y", draws=99, seed=1)
    assert found["p"].item() == 1


@pytest.mark.parametrize(
    ("draws", "alpha", "low", "high"),
    [(19, 0.05, -18, 20), (19, 0.07, -18, 20), (19, 0.1, -17, 19), (99, 0.29, -70, 72)],
)
def test_the_ends_of_what_is_not_rejected_by_hand(draws, alpha, low, high):
    """A draw that finds k, and none of the effect, is as far as 1 − τ for every τ from 1 − k to 1 + k."""
    found = np.arange(1.0, draws + 1)
    assert rollout._not_rejected(1.0, found, np.zeros(draws), alpha=alpha) == [low, high]
    assert rollout._not_rejected(1.0, -found, np.zeros(draws), alpha=alpha) == [low, high]
    # The very same dates, or all the others': no end.
    same = rollout._not_rejected(
        1.0, found, np.repeat([1.0, -1.0], [draws - draws // 2, draws // 2]), alpha=alpha
    )
    assert np.isnan(same).all()


def test_where_nothing_happens_every_lot_is_as_far_as_what_was_found():
    found = rollout.randomised(BY_HAND.assign(y=0.0), "y", draws=99, seed=1).iloc[0]
    assert (found["estimate"], found["p"]) == (0, 1)


def test_where_nobody_begins_within_the_times_nothing_is_found():
    values, times = np.ones((2, 3)), np.array([1, 2, 3])
    assert rollout._overall(values, np.array([np.inf, np.inf]), times, 1) == 0


def test_where_one_unit_still_waits_it_is_the_comparison():
    found = rollout.randomised(BY_HAND, "y", unit="branch", time="week", start="start", draws=3, seed=1)
    table = rollout.group_time(BY_HAND, "y", unit="branch", time="week", start="start")
    assert found["estimate"][0] == pytest.approx(rollout.average_effect(table)["estimate"].iloc[0])


def test_an_interval_needs_as_many_draws_as_its_share_says():
    """A twentieth of the draws may be farther: of 18 none is, of 19 the farthest."""
    found, echo = np.linspace(-1, 1, 19), np.zeros(19)
    assert np.isnan(rollout._not_rejected(2.0, found[:18], echo[:18], alpha=0.05)).all()
    assert rollout._not_rejected(2.0, found, echo, alpha=0.05) == pytest.approx([1.0, 3.0])

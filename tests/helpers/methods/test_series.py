"""One series over time: by hand, by statsmodels and by a search through all splits."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.stattools import acf

from helpers.bank.language import WrongValue
from helpers.methods import series


def weeks(values):
    return pd.DataFrame({"week": np.arange(1, len(values) + 1), "minutes": np.asarray(values, dtype=float)})


def carried(seed, phi, n=40):
    rng = np.random.default_rng(seed)
    values = [0.0]
    for _ in range(n - 1):
        values.append(phi * values[-1] + rng.normal())
    return np.array(values) + 20


@pytest.mark.parametrize("phi", [0.2, 0.6])
def test_what_carries_over_is_r1_and_its_bias_from_the_baseline_alone(phi):
    values = carried(1, phi)
    found = series.residuals(weeks(values), "minutes", until=25)
    base = values[:25]
    r = acf(base, nlags=1)[1]
    slope = r + (1 + 4 * r) / 25
    assert 0 < slope < 0.95
    away = values - base.mean()
    assert found["residual"].tolist() == pytest.approx((away[1:] - slope * away[:-1]).tolist())
    assert found["week"].tolist() == list(range(2, 41))


def test_a_series_that_swings_has_nothing_taken_away_and_one_that_drifts_at_most_95_percent():
    swinging = weeks([1, -1] * 10)
    assert series.residuals(swinging, "minutes")["residual"].tolist() == [-1, 1] * 9 + [-1]
    # A straight line of 200 weeks: r₁ = 1 − 3/n, its bias 5/n more: above 0.95.
    drifting = weeks(np.arange(200.0))
    away = np.arange(200) - 99.5
    expected = away[1:] - 0.95 * away[:-1]
    assert series.residuals(drifting, "minutes")["residual"].tolist() == pytest.approx(expected.tolist())


def by_search(values):
    """Every split with five points on each side, its sum of squares by numpy."""
    splits = range(5, len(values) - 4)
    squares = [len(values[:k]) * values[:k].var() + len(values[k:]) * values[k:].var() for k in splits]
    best = splits[int(np.argmin(squares))]
    rest = np.r_[values[:best] - values[:best].mean(), values[best:] - values[best:].mean()]
    r = np.clip(rest[1:] @ rest[:-1] / (rest @ rest), 0, 0.9)
    # Residuals about two means: n − 2 degrees of freedom.
    tolerance = 4 * (rest @ rest) / (len(values) - 2) * (1 + r) / (1 - r)
    near = [k + 1 for k, square in zip(splits, squares, strict=True) if square <= min(squares) + tolerance]
    return best + 1, min(near), max(near)


@pytest.mark.parametrize("seed", range(6))
def test_the_split_and_those_as_good_by_another_route(seed):
    values = carried(seed, 0.5 if seed % 2 else 0.0) + np.where(np.arange(40) >= 22, 1.5, 0)
    values = values * 1e-3 ** (seed % 3)  # of whatever unit
    found = series.shift(weeks(values), "minutes").iloc[0]
    assert (found["estimate"], found["low"], found["high"]) == by_search(values)
    at = int(found["estimate"]) - 1
    assert found["n"] == 40 and found["before"] == pytest.approx(values[:at].mean())
    assert found["after"] == pytest.approx(values[at:].mean())


def test_splits_that_are_nearly_as_good_in_short_series_by_another_route():
    for seed in range(60):
        values = np.random.default_rng(seed).normal(size=14) + np.where(np.arange(14) >= 7, 1, 0)
        found = series.shift(weeks(values), "minutes").iloc[0]
        assert (found["estimate"], found["low"], found["high"]) == by_search(values), seed


def test_residuals_that_carry_over_nearly_all_count_as_carrying_over_nine_tenths():
    values = 20 + 5 * np.sin(np.arange(240) / 20) + np.where(np.arange(240) >= 120, 8, 0)
    found = series.shift(weeks(values), "minutes").iloc[0]
    assert (found["estimate"], found["low"], found["high"]) == by_search(values)
    assert found["low"] < found["estimate"] < found["high"]


def test_each_side_of_the_split_keeps_five_points():
    early, late = ([0.0] * k + [9.0] * (12 - k) for k in (4, 8))
    for values, first in ((early, 6), (late, 8)):
        assert (
            series.shift(weeks(np.array(values) + np.arange(12) * 1e-3), "minutes")["estimate"].item()
            == first
        )


def test_a_level_that_only_moves_once_without_noise_is_found_at_its_week():
    for at in (5, 6, 7):
        found = series.shift(weeks([1.0] * at + [4.0] * (12 - at)), "minutes").iloc[0]
        assert found[["estimate", "low", "high", "before", "after"]].tolist() == [at + 1] * 3 + [1, 4]


def test_rows_in_any_order_are_read_by_their_time():
    table = weeks(carried(3, 0.4))
    mixed = table.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(series.shift(mixed, "minutes"), series.shift(table, "minutes"))
    pd.testing.assert_frame_equal(series.residuals(mixed, "minutes"), series.residuals(table, "minutes"))


def test_ten_weeks_are_enough_and_nine_or_a_flat_series_are_not():
    assert series.shift(weeks(np.arange(10.0)), "minutes")["estimate"].item() == 6
    assert len(series.residuals(weeks(carried(1, 0.2)), "minutes", until=10)) == 39
    for call in (series.shift, series.residuals):
        with pytest.raises(WrongValue):
            call(weeks(np.arange(9.0)), "minutes")
        with pytest.raises(WrongValue):
            call(weeks([3.0] * 12), "minutes")
    with pytest.raises(WrongValue):
        series.residuals(weeks(carried(1, 0.2)), "minutes", until=9)

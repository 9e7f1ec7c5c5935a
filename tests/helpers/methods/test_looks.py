"""experiment, precision, looks, trials: by hand, published, another route, by law, recovery, error texts."""

import contextlib

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.figures import style
from helpers.methods import looks

QUARTERS = [0.25, 0.5, 0.75, 1]
FIFTHS = [0.2, 0.4, 0.6, 0.8, 1]


def trial(seed=1, n=400, effect=-1.0, rho=0.6):
    """Two groups at random; a wait that depends on an earlier wait, and a yes or no."""
    rng = np.random.default_rng(seed)
    arm = rng.integers(0, 2, n)
    x = rng.normal(10, 5, n)
    y = 10 + rho * (x - 10) + 5 * np.sqrt(1 - rho**2) * rng.normal(size=n) + effect * arm
    missed = (rng.random(n) < 0.15 - 0.05 * arm).astype(int)
    when = pd.Timestamp("2025-03-03") + pd.to_timedelta(rng.integers(0, 50, n), "D")
    return pd.DataFrame({
        "arm": np.array(["control", "reminder"])[arm], "wait": y, "pre": x, "missed": missed, "visited": when,
    })  # fmt: skip


# -- by hand and published -------------------------------------------------------------------------


def test_lan_demets_boundaries_for_five_equal_looks():
    """Printed as 4.8769, 3.3569, 2.6803, 2.2898, 2.0310; the second is 3.35701 by adaptive integration."""
    found = looks.boundaries(FIFTHS)
    assert found["boundary"].tolist() == pytest.approx([4.8769, 3.3569, 2.6803, 2.2898, 2.0310], abs=1.5e-4)
    first, spent = np.sqrt(0.2) * found["boundary"][0], np.diff(found["spent"])[0]

    def crossing_second(boundary):
        edge = boundary * np.sqrt(0.4)
        return integrate.quad(
            lambda x: stats.norm.pdf(x, scale=np.sqrt(0.2)) * 2 * stats.norm.sf((edge - x) / np.sqrt(0.2)),
            -first, first, points=[0], epsabs=1e-14,
        )[0]  # fmt: skip

    exact = optimize.brentq(lambda boundary: crossing_second(boundary) - spent, 2, 5, xtol=1e-12)
    assert found["boundary"][1] == pytest.approx(exact, abs=1e-7)
    assert found["spent"].iloc[-1] == pytest.approx(0.05)


def test_repeated_looks_armitage_mcpherson_rowe():
    """Their table for 5 % and normal outcomes: two looks 8.3 %, five 14.2 %, ten 19.3 %."""
    found = looks.crossing(np.arange(1, 11) / 10, boundary=stats.norm.isf(0.025))["estimate"]
    # Equal looks: what matters is how many there have been.
    assert [round(100 * found[k], 1) for k in (0, 1, 4, 9)] == [5.0, 8.3, 14.2, 19.3]


# -- another route ---------------------------------------------------------------------------------


def test_boundaries_by_multivariate_normal():
    times = np.array([0.3, 0.55, 1.0])
    edges = looks.boundaries(times)["boundary"].to_numpy()
    cov = np.sqrt(np.minimum.outer(times, times) / np.maximum.outer(times, times))
    inside = stats.multivariate_normal(cov=cov, seed=1).cdf(edges, lower_limit=-edges)
    assert 1 - inside == pytest.approx(0.05, abs=2e-4)


def test_crossing_with_drift_by_simulation():
    edges = looks.boundaries(QUARTERS)["boundary"]
    exact = looks.crossing(QUARTERS, boundary=edges, drift=2.8)["estimate"]
    seen = looks.alarms(looks.simulated(QUARTERS, drift=2.8, draws=20_000, seed=3), boundary=edges)[
        "estimate"
    ]
    assert np.abs(exact - seen).max() < 4 * np.sqrt(0.25 / 20_000)
    assert exact.iloc[-1] > 0.75  # planned looks cost little power


# -- laws ------------------------------------------------------------------------------------------


@settings(max_examples=7, deadline=None)
@given(st.integers(2, 8))
def test_boundaries_fall_and_keep_their_rate(count):
    times = np.arange(1, count + 1) / count
    found = looks.boundaries(times)
    assert (found["boundary"].diff().dropna() < 0).all() and found["boundary"].iloc[-1] > 1.9599
    kept = looks.crossing(times, boundary=found["boundary"])["estimate"]
    assert kept.tolist() == pytest.approx(found["spent"].tolist(), abs=1e-6)


def test_shuffled_arms_are_compared_as_welch_does():
    """The same dealings, the z of every look by scipy."""
    rng = np.random.default_rng(8)
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.permutation(90), unit="D")
    table = pd.DataFrame({"y": rng.normal(size=90), "arm": list("ab") * 45, "day": days})
    found = looks.without_effect(table, outcome="y", order="day", looks=3, draws=5, seed=4)
    rows = table.sort_values("day")
    second = (rows["arm"] == "b").to_numpy()
    dealt = np.random.default_rng(4).permuted(np.tile(second, (5, 1)), axis=1)
    for row in found.itertuples():
        seen, arm = (
            rows["y"].to_numpy()[: 30 * row.look],
            dealt[row.draw - found["draw"].min()][: 30 * row.look],
        )
        assert row.z == pytest.approx(stats.ttest_ind(seen[arm], seen[~arm], equal_var=False).statistic)
        assert row.time == pytest.approx(row.look / 3)


def test_an_early_stop_exaggerates():
    runs = looks.simulated(QUARTERS, drift=2.8, draws=4000, seed=2)
    ended = looks.stops(runs, boundary=1.96)
    early = ended[ended["crossed"] & (ended["time"] < 1)]
    assert (early["z"] / np.sqrt(early["time"]) / 2.8).mean() > 1.2
    whole = runs[runs["look"] == 4]["z"] / 2.8
    assert whole.mean() == pytest.approx(1, abs=4 / 2.8 / np.sqrt(4000))
    assert len(ended) == 4000 and ended.columns.tolist() == ["draw", "look", "time", "z", "crossed"]


# -- errors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("customers", "times", "enough"), [(20, 2, True), (19, 2, False), (30, 3, True), (29, 3, False)]
)
def test_ten_customers_at_the_first_look_are_enough_and_nine_are_not(customers, times, enough):
    rows = trial(n=customers).assign(day=range(customers))
    with contextlib.nullcontext() if enough else pytest.raises(WrongValue):
        looks.without_effect(rows, outcome="wait", order="day", looks=times, draws=9, seed=1)


def test_a_first_look_that_some_dealings_cannot_compare_is_refused():
    """Four of twenty have the reminder: among the first ten a dealing may leave one or none, another one three."""
    rows = trial(n=20).assign(day=range(20), arm=["reminder"] * 4 + ["control"] * 16)
    with pytest.raises(WrongValue, match="first look"):
        looks.without_effect(rows, outcome="wait", order="day", looks=2, draws=200, seed=1)


# -- drawing ---------------------------------------------------------------------------------------


@pytest.fixture(params=["en", "zh"])
def styled(request):
    style.use(language=request.param, codebook=data.codebook("qingyu_bank"))
    yield request.param
    plt.close("all")


PATHS = looks.simulated([0.5, 1], draws=3, seed=1)


def test_a_trial_stops_at_its_first_crossing_whatever_the_order_of_the_rows():
    found = looks.stops(PATHS, boundary=0.1)
    pd.testing.assert_frame_equal(found, looks.stops(PATHS.iloc[::-1], boundary=0.1))


@pytest.mark.parametrize("times", [[0, 1], [0.5, 0.4, 1], [0.5, 0.5, 1], [0.5, 0.9], [], [[0.5, 1]], "soon"])
def test_times_that_do_not_rise_from_above_0_to_1_are_refused(times):
    with pytest.raises(WrongValue, match="must rise"):
        looks.crossing(times, boundary=2)


@pytest.mark.parametrize("boundary", [0, [1.96, -1], [1.96, np.inf], [1, 2, 3], "high"])
def test_a_boundary_is_one_number_above_0_for_each_look(boundary):
    with pytest.raises(WrongValue, match="boundary"):
        looks.crossing([0.5, 1], boundary=boundary)


def test_a_trial_on_its_boundary_has_not_crossed_it_and_looks_come_in_their_order():
    paths = pd.DataFrame({"draw": [0, 0], "look": [2, 1], "time": [1.0, 0.5], "z": [1.0, 2.0]})
    assert looks.stops(paths, boundary=2)["crossed"].tolist() == [False]
    assert looks.stops(paths, boundary=1.99)["look"].tolist() == [1]
    found = looks.alarms(paths, boundary=1.99)
    assert found.index.tolist() == [0, 1] and found["estimate"].tolist() == [1, 1]


def test_z_is_the_difference_over_the_root_of_both_errors():
    """By hand: 1, 3, 5 dealt out and 2, 2, 8 left; means 3 and 4, variances 4 and 12."""
    z = looks._z_at(np.array([1.0, 2, 3, 2, 5, 8]), np.array([[1, 0, 1, 0, 1, 0]]), np.array([6]))
    assert z == pytest.approx((3 - 4) / np.sqrt(4 / 3 + 12 / 3))


def test_one_look_with_a_drift_is_the_normal_distribution_at_both_ends():
    found = looks.crossing([1.0], boundary=1.5, drift=0.4)["estimate"]
    assert found.tolist() == pytest.approx([stats.norm.sf(1.5 - 0.4) + stats.norm.cdf(-1.5 - 0.4)], abs=1e-9)


def test_two_looks_with_a_drift_are_two_normal_variables():
    found = looks.crossing([0.4, 1.0], boundary=1.2, drift=0.5)["estimate"]
    both = stats.multivariate_normal([0.5 * np.sqrt(0.4), 0.5], [[1, np.sqrt(0.4)], [np.sqrt(0.4), 1]])
    assert found.iloc[1] == pytest.approx(1 - both.cdf([1.2, 1.2], lower_limit=[-1.2, -1.2]), abs=1e-5)


def test_a_lax_look_has_a_boundary_below_one():
    assert looks.boundaries([1.0], confidence=0.5)["boundary"].tolist() == [
        pytest.approx(stats.norm.isf(0.25), abs=1e-6)
    ]

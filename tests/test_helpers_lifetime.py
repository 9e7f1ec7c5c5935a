"""BG/NBD and gamma–gamma: published figures, a world that fits, expectations by another route; survival by hand."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import lifetime, survival
from helpers.language import WrongValue

CDNOW = Path(importlib.util.find_spec("lifetimes").submodule_search_locations[0]) / "datasets"


@pytest.fixture(scope="module")
def cdnow():
    table = pd.read_csv(CDNOW / "cdnow_customers_summary_with_transactions.csv")
    return table.rename(columns={"x": "frequency", "t_x": "recency", "T": "age", "zbar": "amount"})


def test_cdnow_gives_the_published_bg_nbd(cdnow):
    found = lifetime.fit(cdnow).iloc[0]
    assert found["n"] == 2357
    for name, printed in {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}.items():
        assert found[name] == pytest.approx(printed, abs=0.0006), name
    assert found["log_likelihood"] == pytest.approx(-9582.4, abs=0.05)


def test_cdnow_gives_the_published_gamma_gamma(cdnow):
    found = lifetime.fit_amounts(cdnow[cdnow["frequency"] > 0]).iloc[0]
    assert found["n"] == 946
    assert found["p"] == pytest.approx(6.25, abs=0.005)
    assert found["q"] == pytest.approx(3.74, abs=0.006)
    assert found["gamma"] == pytest.approx(15.44, abs=0.015)
    assert found["log_likelihood"] == pytest.approx(-4055.92, abs=0.01)


@pytest.fixture(scope="module")
def world():
    """Six thousand customers who buy as the model says, for 40 weeks and 30 more."""
    rng = np.random.default_rng(2)
    n, r, alpha, a, b = 6000, 0.8, 6.0, 1.2, 4.0
    rate, chance = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n)
    age = rng.uniform(30, 40, n)
    frequency, recency, later = np.zeros(n), np.zeros(n), np.zeros(n)
    for k in range(n):
        time, alive = 0.0, True
        while alive:
            time += rng.exponential(1 / rate[k])
            if time > age[k] + 30:
                break
            if time <= age[k]:
                frequency[k], recency[k] = frequency[k] + 1, time
            else:
                later[k] += 1
            alive = rng.random() >= chance[k]
    return pd.DataFrame({"frequency": frequency, "recency": recency, "age": age, "later": later})


def test_a_world_of_bg_nbd_comes_back_and_is_foretold(world):
    model = lifetime.fit(world)
    found = model.iloc[0]
    assert found["r"] == pytest.approx(0.8, rel=0.12) and found["alpha"] == pytest.approx(6.0, rel=0.15)
    assert found["a"] / (found["a"] + found["b"]) == pytest.approx(1.2 / 5.2, rel=0.12)
    foretold = lifetime.expected(world, model=model, weeks=30)
    assert foretold["expected"].sum() == pytest.approx(world["later"].sum(), rel=0.06)
    groups = lifetime.calibration(foretold, columns=["later", "expected"])
    error = np.sqrt(groups["expected"] / groups["n"]) * 3 + 0.05 * groups["expected"]
    assert ((groups["later"] - groups["expected"]).abs() < error + 0.1).all()
    assert (
        foretold["alive"].between(0, 1).all() and (foretold.loc[world["frequency"] == 0, "alive"] == 1).all()
    )


def test_expectations_grow_with_the_weeks_and_start_at_nothing(world):
    model = lifetime.fit(world)
    ahead = [
        lifetime.expected(world.head(50), model=model, weeks=weeks)["expected"] for weeks in (0.001, 10, 50)
    ]
    assert (ahead[0] < 0.01).all() and (ahead[1] < ahead[2]).all()


def test_gamma_gamma_lies_between_own_mean_and_the_mean_of_all():
    table = pd.DataFrame({"frequency": [1, 50, 1], "amount": [10.0, 10.0, 90.0]})
    model = pd.DataFrame({"p": [4.0], "q": [3.0], "gamma": [20.0]})
    found = lifetime.expected_amount(table, model=model)
    assert found.iloc[0] == pytest.approx(4 * (20 + 10) / (4 + 2))
    assert 10 < found.iloc[1] < found.iloc[0] < 40 < found.iloc[2] < 90


def test_histories_count_days_not_swipes_and_stop_at_the_date():
    times = pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-08", "2025-02-01"])
    found = lifetime.histories(
        pd.DataFrame({"customer": "A", "time": times, "amount_fen": [100, 200, 500, 900]}), until="2025-01-15"
    )
    assert found.iloc[0].tolist() == ["A", 1, 1.0, 2.0, 5.0]


def test_impossible_histories_are_refused():
    table = pd.DataFrame({"frequency": [1], "recency": [5.0], "age": [4.0]})
    with pytest.raises(WrongValue, match="`recency` must lie between 0 and `age`"):
        lifetime.fit(table)
    with pytest.raises(WrongValue, match="bought again"):
        lifetime.fit_amounts(pd.DataFrame({"frequency": [0], "amount": [4.0]}))


def test_late_entry_by_hand():
    table = pd.DataFrame({"entered": [6.0, 6, 10, 12], "months": [8.0, 20, 11, 20], "left": [1, 0, 1, 0]})
    found = survival.curve(table)
    # One of two in view leaves after 8 months, one of two after 11: who came at 12 was not yet in view.
    assert found["share"].tolist()[:3] == [1.0, 0.5, 0.25]
    naive = survival.curve(table, late_entry=False)
    assert naive["share"].tolist()[:3] == pytest.approx([1.0, 0.75, 0.5])


def test_a_ratio_of_rates_by_hand():
    table = pd.DataFrame({"entered": [0.0, 0, 12], "months": [6.0, 18, 24], "left": [1, 1, 0]})
    found = survival.rate_ratio(table).iloc[0]
    assert found["estimate"] == pytest.approx((1 / 18) / (1 / 18)) and found["n"] == 2
    assert found["low"] < 1 < found["high"]
    with pytest.raises(WrongValue, match="leavers on both sides"):
        survival.rate_ratio(table.assign(left=0))


def test_a_known_ratio_comes_back_at_the_stated_rate():
    rng, hits = np.random.default_rng(5), 0
    for _ in range(200):
        entered = rng.uniform(0, 40, 3000)
        months = entered + 18
        hazard = rng.exponential(1, 3000)
        used = np.clip(12 - entered, 0, 18) * 0.015
        gone = np.where(
            hazard < used, entered + hazard / 0.015, np.maximum(entered, 12) + (hazard - used) / 0.01
        )
        table = pd.DataFrame(
            {"entered": entered, "months": np.minimum(gone, months), "left": (gone < months).astype(int)}
        )
        found = survival.rate_ratio(table).iloc[0]
        hits += found["low"] <= 1.5 <= found["high"]
    assert 180 <= hits <= 199

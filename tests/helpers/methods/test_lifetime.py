"""BG/NBD and gamma–gamma: published figures, a world that fits, expectations by another route; survival by hand."""

import contextlib
import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.bank.language import WrongValue
from helpers.methods import lifetime, survival

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


@pytest.mark.parametrize(("x", "last", "age"), [(0, 0.0, 12.0), (1, 3.0, 12.0), (4, 11.0, 12.0)])
def test_likelihood_chance_and_expectation_by_integration(x, last, age):
    r, alpha, a, b, weeks = 0.8, 6.0, 1.7, 4.0, 10
    # Midpoints of what the gamma and the beta hold: every rate and every chance of falling asleep weighs the same.
    share = (np.arange(2000) + 0.5) / 2000
    rate, asleep = stats.gamma.ppf(share, r, scale=1 / alpha)[:, None], stats.beta.ppf(share, a, b)
    awake = rate**x * (1 - asleep) ** x * np.exp(-rate * age)
    gone = asleep * (1 - asleep) ** (x - 1) * rate**x * np.exp(-rate * last) if x else np.zeros_like(awake)
    ahead = awake * (1 - np.exp(-rate * asleep * weeks)) / asleep
    table = pd.DataFrame({"frequency": [x], "recency": [last], "age": [age]})
    model = pd.DataFrame({"r": [r], "alpha": [alpha], "a": [a], "b": [b]})
    found = lifetime.expected(table, model=model, weeks=weeks).iloc[0]
    assert found["alive"] == pytest.approx(awake.mean() / (awake + gone).mean(), rel=1e-3)
    assert found["expected"] == pytest.approx(ahead.mean() / (awake + gone).mean(), rel=1e-3)
    each = lifetime._log_likelihood([r, alpha, a, b], *table.to_numpy().T)
    assert each.item() == pytest.approx(np.log((awake + gone).mean()), abs=1e-3)


def test_expectations_hold_for_many_purchases():
    model = pd.DataFrame({"r": [0.243], "alpha": [4.414], "a": [0.793], "b": [2.426]})
    many = pd.DataFrame({"frequency": [800, 3000], "recency": [99.9, 40.0], "age": [100.0, 100.0]})
    found = lifetime.expected(many, model=model, weeks=10)
    # Awake, one who bought 800 times in 100 weeks buys 7.7 a week, and hardly ever falls asleep: a / (b + 800).
    assert found["expected"].iloc[0] == pytest.approx(76.7 * found["alive"].iloc[0], rel=0.05)
    assert 0.5 < found["alive"].iloc[0] < 1 and found["expected"].iloc[1] == pytest.approx(0)


def test_the_formula_has_no_hole_at_one():
    table = pd.DataFrame({"frequency": [0, 2], "recency": [0.0, 7], "age": [31.0, 25]})
    model = pd.DataFrame({"r": [0.5], "alpha": [4.0], "a": [1.0], "b": [2.0]})
    at, below, above = (
        lifetime.expected(table, model=model.assign(a=a), weeks=9)["expected"] for a in (1, 0.99, 1.01)
    )
    assert at.tolist() == pytest.approx(((below + above) / 2).tolist(), rel=1e-4)


def test_expected_amounts_are_posterior_means():
    # p·x amounts of a gamma with rate ν ~ gamma(q, γ): E[p/ν | mean m], by a sum over a fine grid of ν.
    p, q, gamma, x, mean = 4.0, 3.0, 20.0, 2, 11.0
    rate = np.linspace(1e-4, 6, 200_001)
    weight = stats.gamma.pdf(rate, q, scale=1 / gamma) * stats.gamma.pdf(mean * x, p * x, scale=1 / rate)
    model = pd.DataFrame({"p": [p], "q": [q], "gamma": [gamma]})
    found = lifetime.expected_amount(pd.DataFrame({"frequency": [x], "amount_cny": [mean]}), model=model)
    assert found.item() == pytest.approx((p / rate * weight).sum() / weight.sum(), rel=1e-6)


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


def test_histories_average_occasions_and_leave_the_day_itself_out():
    times = [
        "2025-01-01 09:00",
        "2025-01-08 10:00",
        "2025-01-08 11:00",
        "2025-01-22 23:59",
        "2025-01-29 00:00",
    ]
    rows = pd.DataFrame(
        {"customer": "A", "time": pd.to_datetime(times), "amount_fen": [100, 300, 300, 1000, 5000]}
    )
    rows = pd.concat([rows, rows.tail(1).assign(customer="B")])
    found = lifetime.histories(rows, until="2025-01-29")
    # Two further occasions, of 6 and of 10 yuan; B came only later.
    assert found.to_numpy().tolist() == [["A", 2, 3.0, 4.0, 8.0]]
    written = rows.assign(time=rows["time"].astype(str))
    pd.testing.assert_frame_equal(found, lifetime.histories(written, until=pd.Timestamp("2025-01-29 17:00")))


def test_impossible_histories_are_refused():
    table = pd.DataFrame({"frequency": [1], "recency": [5.0], "age": [4.0]})
    with pytest.raises(WrongValue, match="`recency` must lie between 0 and `age`"):
        lifetime.fit(table)
    with pytest.raises(WrongValue, match="bought again"):
        lifetime.fit_amounts(pd.DataFrame({"frequency": [0], "amount": [4.0]}))


def test_spells_by_hand():
    churn = pd.DataFrame({
        "customer": ["A", "A", "B", "C", "D", "D"],
        "snapshot": ["2025-01-01", "2025-07-01", "2025-01-01", "2025-01-01", "2025-01-01", "2025-07-01"],
        "leave_date": [None, "2025-09-01", None, "2025-01-01", None, None],
    })  # fmt: skip
    people = pd.DataFrame(
        {"customer": list("CBAD"), "joined": ["2020-01-01", "2023-01-01", "2024-01-01", "2024-12-31"]}
    )
    found = survival.spells(churn, customers=people)
    # A left 609 days after joining; B was in view for half a year, D for a whole one; C never.
    assert found["customer"].tolist() == ["A", "B", "D"] and found["left"].tolist() == [1, 0, 0]
    assert (found["entered"] * 365.25 / 12).tolist() == pytest.approx([366, 731, 1])
    assert (found["months"] * 365.25 / 12).tolist() == pytest.approx([609, 912, 366])


def kaplan_meier(table, *, after):
    """Share and Greenwood's variance at each time of leaving, account by account."""
    share, total, rows = 1.0, 0.0, []
    for time in sorted(table.loc[(table["left"] == 1) & (table["months"] > after), "months"].unique()):
        risk = ((table["months"] >= time) & (table["entered"] < time)).sum()
        gone = ((table["months"] == time) & (table["left"] == 1)).sum()
        share *= 1 - gone / risk
        total += gone / (risk * (risk - gone)) if risk > gone else np.nan
        rows.append([time, share, share * np.sqrt(total)])
    return np.array(rows)


def test_forecasts_are_numbers_where_the_series_overflows():
    model = pd.DataFrame({"n": [1], "r": [1.0], "alpha": [5.0], "a": [30.0], "b": [300.0]})
    one = pd.DataFrame({"frequency": [2], "recency": [30.0], "age": [39.0]})
    assert lifetime.expected(one, model=model, weeks=400)["expected"].item() == pytest.approx(
        7.822976, abs=1e-6
    )


def test_customers_who_are_all_alike_get_their_common_rate():
    """The fit runs to where nobody differs; the forecast is still a number, and the right one."""
    rng = np.random.default_rng(1)
    x = rng.poisson(0.115 * 52, 800)
    recency = [52 * rng.random(count).max() if count else 0.0 for count in x]
    table = pd.DataFrame({"frequency": x, "recency": recency, "age": 52.0})
    found = lifetime.expected(table, model=lifetime.fit(table), weeks=26)["expected"]
    assert found.between(2.9, 3.05).all()


@pytest.mark.parametrize(("count", "enough"), [(49, False), (50, True)])
@pytest.mark.parametrize(
    ("frequency", "recency"), [(4.0, 40.0), (10.0, 50.0)]
)  # the second reaches the edge at once
def test_fifty_customers_who_are_all_alike_are_believed_and_forty_nine_are_not(
    count, enough, frequency, recency
):
    table = pd.DataFrame({"frequency": frequency, "recency": recency, "age": 50.0}, index=range(count))
    with contextlib.nullcontext() if enough else pytest.raises(WrongValue):
        assert lifetime.fit(table)["n"].item() == 50


def test_a_world_of_bg_nbd_comes_back_and_is_foretold(world):
    model = lifetime.fit(world)
    found = model.iloc[0]
    assert found["r"] == pytest.approx(0.8, rel=0.12) and found["alpha"] == pytest.approx(6.0, rel=0.15)
    assert found["a"] / (found["a"] + found["b"]) == pytest.approx(1.2 / 5.2, rel=0.12)
    predicted = lifetime.expected(world, model=model, weeks=30)
    assert predicted["expected"].sum() == pytest.approx(world["later"].sum(), rel=0.06)
    groups = predicted.groupby(predicted["frequency"].clip(upper=7))
    told, seen = groups["expected"].mean(), groups["later"].mean()
    error = np.sqrt(told / groups.size()) * 3 + 0.05 * told
    assert ((seen - told).abs() < error + 0.1).all()
    assert predicted["alive"].between(0, 1).all()
    assert (predicted.loc[world["frequency"] == 0, "alive"] == 1).all()

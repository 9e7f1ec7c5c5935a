"""plan, planbook: by hand, by law, error texts, and workbooks as managers leave them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from collection import LANGUAGES
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from classroom.forms import plan_workbook
from helpers.bank import language
from helpers.bank.language import WrongValue
from helpers.methods import plan, plan_labels


def problems(**changed):
    found = plan.check(plan.example().astype(object).assign(**changed))
    return list(found[["row", "column", "problem"]].itertuples(index=False, name=None))


def test_a_plan_without_problems_has_none():
    assert plan.check(plan.example()).empty


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"owner": ["", "Ms Li"]}, (2, "owner", "no_owner")),
        ({"owner": ["Mr Chen", "张三、李四"]}, (3, "owner", "several_owners")),
        ({"owner": ["各部门", "Ms Li"]}, (2, "owner", "several_owners")),
        ({"baseline": [None, 5.3]}, (2, "baseline", "no_baseline")),
        ({"target": [0.05, 5.6]}, (2, "target", "target_wrong_side")),
        ({"target": [0.03, 5.2]}, (3, "target", "target_wrong_side")),
        ({"target": [0.04, 5.6]}, (2, "target", "target_is_baseline")),
        ({"target": [3, 5.6], "direction": ["higher_better"] * 2}, (2, "target", "share_outside")),
        ({"target": [1.01, 5.6], "direction": ["higher_better"] * 2}, (2, "target", "share_outside")),
        ({"target": [-0.01, 5.6]}, (2, "target", "share_outside")),
        ({"target": ["a third less", 5.6]}, (2, "target", "not_a_number")),
        ({"end": ["2026-03-01", "2026-03-22"]}, (2, "end", "ends_before_start")),
        ({"end": ["月底", "2026-03-22"]}, (2, "end", "no_date")),
        ({"start": ["2026-03-02", "2026-03-15"]}, (3, "start", "starts_too_early")),
        ({"measured_by": ["queue machine", " "]}, (3, "measured_by", "nobody_measures")),
        ({"review_on": ["2026-03-02", "2026-03-23"]}, (2, "review_on", "review_too_early")),
        ({"waits_for": ["", "7"]}, (3, "waits_for", "waits_for_unknown")),
        ({"waits_for": ["2", "1"]}, (2, "waits_for", "waits_in_a_circle")),
        ({"waits_for": ["1", ""]}, (2, "waits_for", "waits_in_a_circle")),
        ({"number": [1, 1], "waits_for": ""}, (3, "number", "number_twice")),
        ({"unit": ["bucket", "unit_points"]}, (2, "unit", "off_the_list")),
        ({"direction": ["", "higher_better"]}, (2, "direction", "no_direction")),
        ({"if_missed": ["", "listen"]}, (2, "if_missed", "no_fallback")),
    ],
)  # fmt: skip
def test_each_problem_is_found_where_it_stands(changed, expected):
    assert expected in problems(**changed)


def test_a_target_that_is_the_baseline_is_not_called_one_on_the_wrong_side_too():
    assert problems(target=[0.04, 5.6]) == [(2, "target", "target_is_baseline")]


def test_two_actions_on_one_owner_at_once_are_to_be_thought_over():
    rows = plan.example().assign(owner="Ms Li", waits_for="", start=pd.Timestamp("2026-03-02"))
    found = plan.check(rows)
    assert found["problem"].tolist() == ["owner_twice_at_once"] and not found["must"].any()
    assert plan.check(plan.example().assign(owner="Ms Li")).empty  # one after the other is one at a time


def test_an_empty_plan_is_told_so():
    assert plan.check(plan.example().iloc[:0])["problem"].tolist() == ["empty_plan"]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_problem_has_a_sentence_that_names_row_and_column(spoken):
    language.use(spoken)
    for problem in plan_labels.SENTENCES:
        said = plan_labels.sentence(problem, row=4, column="owner", found=1.5)
        assert said.startswith("Row 4, “Owner”: " if spoken == "en" else "第 4 行“责任人”：")
        assert said.endswith("." if spoken == "en" else "。")
    language.use("en")


def test_every_problem_that_check_can_find_has_its_sentence_and_the_other_way_round():
    source = Path(plan.__file__).read_text(encoding="utf-8")
    assert set(plan_labels.HEADINGS) == set(plan.COLUMNS)
    assert all(f'"{problem}"' in source for problem in plan_labels.SENTENCES)


def waiting(days, waits):
    n = len(days)
    rows = plan.example().iloc[[0] * n].reset_index(drop=True)
    start = pd.Timestamp("2026-03-02")
    return rows.assign(number=range(1, n + 1), waits_for=waits, start=start,
                       end=[start + pd.Timedelta(days=d - 1) for d in days])  # fmt: skip


def test_schedule_by_hand():
    """1 (3 days) and 2 (5) before 3 (2); 4 (4) stands alone: the whole takes 7, by 2 and 3."""
    found = plan.schedule(waiting([3, 5, 2, 4], ["", "", "1, 2", ""]))
    assert found["earliest"].tolist() == [0, 0, 5, 0] and found["over_after"].tolist() == [3, 5, 7, 4]
    assert found["slack_days"].tolist() == [2, 0, 0, 3] and found["critical"].tolist() == [
        False,
        True,
        True,
        False,
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_critical_path_is_the_longest_way_by_another_route(days, draw):
    waits = [[j for j in range(i) if draw.random() < 0.4] for i in range(len(days))]
    found = plan.schedule(waiting(days, [", ".join(str(j + 1) for j in names) for names in waits]))
    longest = []
    for i, names in enumerate(waits):
        longest.append(days[i] + max((longest[j] for j in names), default=0))
    assert found["over_after"].tolist() == longest and found["slack_days"].min() == 0
    assert (found["slack_days"] >= 0).all() and found["over_after"].max() == max(longest)


def test_a_circle_is_refused():
    with pytest.raises(WrongValue, match="without a circle"):
        plan.schedule(plan.example().assign(waits_for=["2", "1"]))


def test_turn_by_hand():
    rows = plan.example().iloc[[0, 0, 0, 0, 1]].assign(result=[0.03, 0.038, 0.05, np.nan, 5.7])
    found = plan.turn(rows)
    assert found["verdict"].tolist() == ["reached", "on_the_way", "not_moved", "not_measured", "reached"]
    assert found["next_step"].tolist() == [
        "make_standard",
        "carry_on",
        "change_action",
        "measure_first",
        "make_standard",
    ]
    assert found["way"].iloc[[0, 1, 2, 4]].tolist() == pytest.approx([1, 0.2, -1, 4 / 3])


def test_the_callers_plan_is_never_changed():
    rows = plan.example()
    before = rows.copy(deep=True)
    for function in (plan.check, plan.schedule, plan.turn, plan.tidy):
        function(rows)
    pd.testing.assert_frame_equal(rows, before)


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=20).map(str.strip)
# The course's own ids are shown in the reader's words; hypothesis finds them in the source and tries them.
WORDS = WORDS.filter(
    lambda word: word not in plan_workbook.OWNERS and not plan_workbook.KINDS.fullmatch(word)
)
DAYS = st.dates(pd.Timestamp("2000-01-01").date(), pd.Timestamp("2090-01-01").date()).map(pd.Timestamp)
ACTION = st.fixed_dictionaries({
    **{column: WORDS for column in ("bottleneck", "owner", "indicator", "measured_by", "if_missed")},
    "action": WORDS.filter(bool), "unit": st.sampled_from(plan.UNITS[1:]), "direction": st.sampled_from(plan.DIRECTIONS),
    **dict.fromkeys(plan.DATES, DAYS), **dict.fromkeys(("baseline", "target", "effort_days"), st.floats(-9e6, 9e6)),
    "result": st.none() | st.floats(-9, 9), "waits_for": st.sampled_from(["", "1", "1, 2"]),
})  # fmt: skip


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@example(
    [
        dict.fromkeys(
            ["bottleneck", "owner", "indicator", "measured_by", "if_missed", "action"], "unit_count"
        )
        | {
            "unit": "unit_count",
            "direction": "lower_better",
            "baseline": 2.0,
            "target": 1.0,
            "effort_days": 1.0,
            "result": None,
            "waits_for": "",
            **dict.fromkeys(plan.DATES, pd.Timestamp("2026-01-05")),
        }
    ],
    "zh",
)
@given(st.lists(ACTION, min_size=1, max_size=4), st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_back(tmp_path_factory, actions, spoken):
    language.use(spoken)
    rows = plan.tidy(pd.DataFrame(actions).assign(number=range(1, len(actions) + 1)))
    back = plan_workbook.read_plan(
        plan_workbook.write_plan(rows, tmp_path_factory.mktemp("plan") / "plan.xlsx")
    )
    language.use("en")
    pd.testing.assert_frame_equal(back, rows, check_dtype=False, rtol=1e-12)
    assert plan.check(back)["problem"].tolist() == plan.check(rows)["problem"].tolist()


def test_words_that_look_like_nothing_are_words(tmp_path):
    rows = plan.example().assign(action="null", owner="NA", indicator="case_start", if_missed="k")
    back = plan_workbook.read_plan(plan_workbook.write_plan(rows, tmp_path / "plan.xlsx"))
    typed = {"action": "null", "owner": "NA", "indicator": "case_start", "if_missed": "k"}
    assert all(set(back[column]) == {word} for column, word in typed.items())


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_an_example_survives_the_workbook_in_both_languages(tmp_path, spoken):
    language.use(spoken)
    path = plan_workbook.write_plan(plan.example(), tmp_path / "plan.xlsx")
    language.use("en")
    pd.testing.assert_frame_equal(plan_workbook.read_plan(path), plan.example(), check_dtype=False)


def left_by_a_manager(path, rows, above=1):
    """A workbook typed in Chinese, with a title above the headings."""
    headings = ["序号", "瓶颈", "改进措施", "负责人", "开始时间", "完成时间", "指标", "单位", "怎样算好", "基线", "目标",
                "谁来量", "检查日期", "备注"]  # fmt: skip
    lines = [["二季度改进计划"], *[[] for _ in range(above - 1)], headings, *rows]
    sheet = pd.DataFrame([line + [None] * (len(headings) - len(line)) for line in lines])
    sheet.to_excel(path, header=False, index=False)
    return path


def test_what_managers_do_is_understood(tmp_path):
    rows = [
        [1, "排队", "报等候时间", "陈明", "2026年3月1日", "2026/3/29", "放弃率", "％", "越低越好", "５.２％", "4%", "取号机", "2026-4-1", ""],
        [],
        [None, "激活", "次日回访", "李娜", 46082, "20260331", "等候", "分钟", "低", "12分钟", 10, "李娜", pd.Timestamp("2026-04-02"), "好"],
        [None, "签约", "少一份材料", "王芳", "2026.3.1", "2026-03-31 00:00:00", "退回率", "%", "越低越好", 8, 6.5, "王芳", "2026年4月1日", None],
    ]  # fmt: skip
    found = plan_workbook.read_plan(left_by_a_manager(tmp_path / "p.xlsx", rows))
    assert found["row"].tolist() == [3, 5, 6] and found["number"].tolist() == [1, 2, 3]
    assert found["start"].dt.strftime("%Y-%m-%d").tolist() == ["2026-03-01"] * 3
    assert found["end"].dt.strftime("%Y-%m-%d").tolist() == ["2026-03-29", "2026-03-31", "2026-03-31"]
    assert found["unit"].tolist() == ["unit_share", "unit_minutes", "unit_share"]
    assert found["direction"].tolist() == ["lower_better"] * 3
    assert found["baseline"].tolist() == pytest.approx([0.052, 12, 0.08])
    assert found["target"].tolist() == pytest.approx([0.04, 10, 0.065])
    assert set(plan.check(found)["problem"]) == {"no_fallback"}


def test_what_cannot_be_read_is_named_where_it_stands(tmp_path):
    rows = [
        [
            1,
            "排队",
            "报等候时间",
            "",
            "下周一",
            "2026-06-31",
            "放弃率",
            "桶",
            "越低越好",
            "大约一半",
            "4%",
            "",
            "",
            "",
        ]
    ]
    path = left_by_a_manager(tmp_path / "p.xlsx", rows, above=3)
    found = plan.check(plan_workbook.read_plan(path))
    wanted = {("owner", "no_owner"), ("start", "no_date"), ("end", "no_date"), ("unit", "off_the_list"),
              ("baseline", "not_a_number"), ("measured_by", "nobody_measures"), ("review_on", "no_review"),
              ("if_missed", "no_fallback")}  # fmt: skip
    assert set(found[["column", "problem"]].itertuples(index=False, name=None)) == wanted
    assert set(found["row"]) == {5}
    assert (
        "Row 5 (number 1), “Start”: “下周一” is not a date."
        in found["sentence"].tolist()[1] + found["sentence"].tolist()[0]
    )


def test_a_workbook_without_headings_is_refused_in_both_languages(tmp_path):
    pd.DataFrame([["hello", 1]]).to_excel(tmp_path / "x.xlsx", header=False, index=False)
    with pytest.raises(WrongValue, match="with a row of headings") as raised:
        plan_workbook.read_plan(tmp_path / "x.xlsx")
    assert "找不到" in raised.value.zh
    with pytest.raises(WrongValue, match="There is no file"):
        plan_workbook.read_plan(tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    ("column", "cells", "problem"),
    [
        ("owner", ["待定", "Ms Li"], "no_owner"),
        ("owner", ["TBD", "Ms Li"], "no_owner"),
        ("owner", ["张三和李四", "Ms Li"], "several_owners"),
        ("owner", ["张三\n李四", "Ms Li"], "several_owners"),
        ("target", [float("inf"), 5.6], "not_a_number"),
        ("waits_for", ["", "第一项"], "waits_for_unknown"),
    ],
)
def test_what_managers_write_for_want_of_better_is_named(column, cells, problem):
    found = plan.check(plan.example().assign(**{column: cells}))
    assert problem in found.loc[found["column"] == column, "problem"].tolist()


@pytest.mark.parametrize(
    ("column", "cells"),
    [("owner", ["李平和", "欧阳和平"]), ("waits_for", ["无", "1"]), ("waits_for", ["–", "1"])],
)
def test_what_only_looks_wrong_is_left_alone(column, cells):
    assert plan.check(plan.example().assign(**{column: cells})).empty


def test_days_of_another_clock_are_days():
    days = pd.to_datetime(["2026-03-02", "2026-03-16"]).tz_localize("Asia/Shanghai")
    assert plan.check(plan.example().assign(start=days)).empty


@pytest.mark.parametrize(
    "spoilt",
    [
        {"start": ["last week", "2026-03-16"]},
        {"end": ["2026-01-01", "2026-03-22"]},
        {"number": [1, 1]},
    ],
)
def test_a_plan_with_problems_has_no_critical_path(spoilt):
    with pytest.raises(ValueError, match=r"plan\.check"):
        plan.schedule(plan.example().assign(**spoilt))


def test_a_target_that_is_the_baseline_has_no_way():
    with pytest.raises(ValueError, match="no way to go"):
        plan.turn(plan.example().assign(target=[0.04, 5.3], result=[0.03, 5.4]))


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two columns called owner"):
        plan.check(pd.concat([plan.example(), plan.example()[["owner"]]], axis=1))


@pytest.mark.parametrize("typed", ["k", "n", "branch"])
def test_a_typed_word_that_is_an_id_elsewhere_stays(tmp_path, typed):
    rows = plan.example().assign(action=typed, owner=typed)
    back = plan_workbook.read_plan(plan_workbook.write_plan(rows, tmp_path / "plan.xlsx"))
    assert back["action"].tolist() == back["owner"].tolist() == [typed, typed]


def test_what_must_be_mended_and_what_is_to_be_thought_over():
    rows = plan.example().astype(object)
    must = {row.problem: row.must for row in plan.check(rows.assign(owner="", if_missed="")).itertuples()}
    assert must == {"no_owner": True, "no_fallback": False}
    assert plan.check(rows.iloc[:0])["must"].tolist() == [True]


def test_the_ends_of_the_rules_are_allowed():
    """An action of one day; a share of nobody and of everybody; a table whose index is called as one of its columns."""
    one_day = plan.example().assign(end=[pd.Timestamp("2026-03-02"), pd.Timestamp("2026-03-22")])
    assert plan.check(one_day).empty and plan.schedule(one_day)["days"].tolist() == [1, 7]
    whole = plan.example().assign(baseline=[0, 5.3], target=[1, 5.6], direction="higher_better")
    assert plan.check(whole).empty
    assert plan.check(plan.example().rename_axis("owner")).empty


@pytest.mark.parametrize("turned", [False, True])
def test_one_day_that_two_actions_share_is_one_day_too_many_for_their_owner(turned):
    rows = plan.example().assign(
        owner="Ms Li", waits_for="", start=pd.to_datetime(["2026-03-02", "2026-03-15"])
    )
    rows = rows.iloc[::-1].reset_index(drop=True) if turned else rows
    assert plan.check(rows)["problem"].tolist() == ["owner_twice_at_once"]


def test_who_waits_for_a_number_that_comes_twice_waits_for_the_later_end():
    rows = plan.example().iloc[[0, 0, 1]].assign(
        number=[1, 1, 2], owner=["A", "B", "C"], waits_for=["", "", "1"],
        end=pd.to_datetime(["2026-03-20", "2026-03-05", "2026-03-22"]),
        review_on=pd.to_datetime(["2026-03-23"] * 3), start=pd.to_datetime(["2026-03-02", "2026-03-02", "2026-03-16"]),
    )  # fmt: skip
    assert "starts_too_early" in plan.check(rows)["problem"].tolist()


def test_a_hundredth_of_the_way_is_rounding_and_one_target_without_a_way_is_refused():
    rows = plan.example().iloc[[1, 1]].assign(baseline=0, target=100, result=[99, 1])
    assert plan.turn(rows)["verdict"].tolist() == ["reached", "not_moved"]
    with pytest.raises(WrongValue, match="target"):
        plan.turn(rows.assign(target=[100, 0]))


def test_a_plan_without_actions_is_told_at_the_first_row_below_the_headings():
    found = plan.check(plan.example().iloc[:0])
    assert list(found[["row", "column", "problem"]].itertuples(index=False, name=None)) == [
        (2, "action", "empty_plan")
    ]


def test_problems_come_in_the_order_of_rows_then_of_columns():
    """The rules look for owners last, and the second action has the smaller number."""
    found = problems(number=[9, 1], waits_for=["", ""], owner=["", "Ms Li"], target=["much", "much"])
    assert [one[:2] for one in found] == [(2, "owner"), (2, "target"), (3, "target")]


def test_the_example_takes_ten_days_and_its_rows_come_first():
    assert plan.example()["effort_days"].tolist() == [4, 6]
    assert next(iter(plan.example())) == "row"


def test_what_a_manager_typed_into_a_plan_is_never_written_over(tmp_path):
    path = plan_workbook.write_plan(plan.example(), tmp_path / "plan.xlsx")
    assert plan_workbook.write_plan(plan.example(), path) == path
    typed = plan_workbook.write_plan(
        plan.example().assign(owner=["Ms Zhao", "Ms Li"]), tmp_path / "typed.xlsx"
    )
    path.write_bytes(typed.read_bytes())
    for _ in range(2):
        assert plan_workbook.write_plan(plan.example(), path) == tmp_path / "plan_2.xlsx"
    assert path.read_bytes() == typed.read_bytes()
    path.write_text("no workbook")
    plan_workbook.write_plan(plan.example(), path)
    assert path.read_text() == "no workbook"

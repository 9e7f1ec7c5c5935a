"""Lesson 14: the boards draw the table, the empty plans are the ones that are written, rates tied to their page."""

import re
import zipfile
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn.objects as so
from collection import LANGUAGES, ROOT, run_cells

from classroom.forms import plan_workbook
from helpers.bank import codebook, language
from helpers.figures import boards
from helpers.methods import plan, plan_labels

LESSON = "14_plan"


def test_drawn_bars_run_from_start_to_the_end_of_the_last_day():
    ax = boards.timeline(plan.example())
    assert [bar.get_width() for bar in ax.patches] == [14, 7]
    assert [text.get_text() for text in ax.texts] == ["Mr Chen", "Ms Li"]
    plt.close("all")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_empty_plans_in_the_collection_are_the_ones_that_are_written(tmp_path, spoken):
    language.use(spoken)
    new = plan_workbook.read_plan(plan_workbook.write_template(tmp_path / "new.xlsx"))
    kept = plan_workbook.read_plan(ROOT / "course" / "templates" / f"plan_{spoken}.xlsx")
    language.use("en")
    pd.testing.assert_frame_equal(new, kept)
    assert plan.check(kept).empty and len(kept) == 1


def test_the_workbook_and_the_lesson_name_the_columns_alike():
    """Where the glossary names a column of the plan, it says what the workbook's heading says."""
    book = codebook.Codebook({})
    for column, words in plan_labels.HEADINGS.items():
        for spoken, cut in (("en", " ("), ("zh", "（")):
            language.use(spoken)
            named = book.label(column)
            heading = words[LANGUAGES.index(spoken)].split(cut)[0]
            if named != column and column not in ("review_on", "number"):
                assert named.split(cut)[0].casefold() == heading.casefold(), column
    language.use("en")


def test_an_owner_stands_in_the_bar_or_beside_it():
    rows = plan.example().assign(
        owner=["Ms Li", "a very long name of an owner"], review_on=["2026-03-16", "2026-03-23"]
    )
    ax = boards.timeline(plan.tidy(rows))
    inside, beside = ax.texts
    bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert bars[0][0] < inside.get_position()[0] < bars[0][1]
    assert beside.get_position()[0] > bars[1][1] and beside.get_color() == "black"
    plt.close("all")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_plan_is_shown_with_the_headings_of_its_workbook(spoken):
    language.use(spoken)
    book = codebook.current()
    shown = plan_labels.labelled(plan.example().assign(n=1)[["owner", "start", "n"]], book=book)
    assert list(shown.columns) == [
        plan_labels.heading("owner"),
        plan_labels.heading("start"),
        book.label("n"),
    ]
    language.use("en")


@pytest.mark.parametrize("column", ["action", "owner", "target", "start", "end"])
def test_lesson_15_calls_the_columns_of_a_plan_as_this_one_does(column):
    # Terms are written small in the glossary; headings of a workbook begin with a capital.
    language.use("zh")
    assert codebook.current().label(f"plan15_{column}") == plan_labels.heading(column)
    language.use("en")
    assert codebook.current().label(f"plan15_{column}").casefold() == plan_labels.heading(column).casefold()


def test_how_often_the_choice_is_right_is_told_as_it_was_counted():
    counted = (ROOT / "docs/plan.md").read_text(encoding="utf-8")
    cells = [
        [cell.strip() for cell in line.split("|")]
        for line in counted.splitlines()
        if re.match(r"\| (step|moment|dim)", line)
    ]
    step, moment, gap = [(int(row[3]), int(row[2])) for row in cells]
    lesson = (ROOT / "course/lessons" / LESSON / "lesson.md").read_text(encoding="utf-8")
    assert (
        f"the step was truly first {step[0]} times in {step[1]}, the moment {moment[0]} in {moment[1]}"
        in lesson
    )
    assert f"a branch's dimension {gap[0]} in {gap[1]}" in lesson
    for right, all_ in (step, moment, gap):
        assert f"{all_} 次对了 {right} 次" in lesson


def test_printed_the_plan_fills_two_sheets_of_a4(tmp_path):
    sheet = (
        zipfile.ZipFile(plan_workbook.write_plan(plan.example(), tmp_path / "plan.xlsx"))
        .read("xl/worksheets/sheet1.xml")
        .decode()
    )
    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet
    assert sheet.count("<brk ") == 1 and "fitToPage" not in sheet


@pytest.mark.parametrize(("reaches", "rivals"), [(0.09, 0), (0.15, 1)])
def test_a_rival_is_one_whose_difference_reaches_zero(reaches, rivals):
    """Both intervals overlap that of the first; only the second difference may be nothing."""
    places = pd.MultiIndex.from_tuples([("leak", "queue"), ("wait", "check")])
    found = pd.DataFrame({"mean": [0.3, 0.6], "bottleneck": ["a", "b"]}, index=places)
    reach = pd.Series([0.03, reaches], index=places)
    found["low"], found["high"] = found["mean"] - reach, found["mean"] + reach
    seen = run_cells(LESSON, "effort", found=found, cut=0.2, so=so, bank=SimpleNamespace())
    assert seen["per_day"]["most"].iloc[1] > seen["per_day"]["least"].iloc[0]
    assert seen["rivals"] == rivals

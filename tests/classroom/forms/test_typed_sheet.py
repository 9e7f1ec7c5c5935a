"""Forms as they come back: sheets moved, titles above, headings shortened, somebody else's form, the invented example."""

import openpyxl
import pandas as pd
import pytest

from classroom.forms import observation, plan_workbook, poll, poll_workbook
from helpers.bank import language
from helpers.bank.language import LANGUAGES, WrongValue
from helpers.methods import plan


def observed(path):
    """The sheet for a room without Python, the first two rows of its example typed into the empty sheet."""
    observation.write_form(path)
    book = openpyxl.load_workbook(path)
    empty, example = book.worksheets[:2]
    for row in example.iter_rows(min_row=2, max_row=3):
        for cell in row:
            empty.cell(cell.row, cell.column).value = cell.value
    book.save(path)


FORMS = {
    "observation": (observed, observation.observed, 2),
    "poll": (lambda path: poll_workbook.write(path, answers=poll.INVENTED), poll.poll_scores, 60),
    "plan": (plan_workbook.write_template, plan_workbook.read_plan, 1),
}


@pytest.fixture(params=LANGUAGES, autouse=True)
def spoken(request):
    language.use(request.param)
    yield request.param
    language.use("en")


def moved(book):
    book.move_sheet(book.worksheets[0], 2)


def renamed(book):
    book.worksheets[0].title = "Sheet1"


def titled(book):
    book.worksheets[0].insert_rows(1, 2)
    book.worksheets[0]["A1"] = "滨江支行"


def numbered(book):
    book.worksheets[0].insert_cols(3)
    book.worksheets[0]["C1"] = "窗口号"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", [moved, renamed, titled, numbered])
def test_a_form_is_found_wherever_it_stands(tmp_path, form, change):
    write, read, count = FORMS[form]
    write(tmp_path / "表 1.xlsx")
    book = openpyxl.load_workbook(tmp_path / "表 1.xlsx")
    change(book)
    book.save(tmp_path / "表 1.xlsx")
    assert len(read(tmp_path / "表 1.xlsx")) == count


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("other", FORMS)
def test_somebody_elses_form_is_refused(tmp_path, form, other):
    if form != other:
        FORMS[other][0](tmp_path / "x.xlsx")
        with pytest.raises(WrongValue):
            FORMS[form][1](tmp_path / "x.xlsx")


def test_the_invented_example_is_never_read_for_what_was_seen(tmp_path):
    observation.write_form(tmp_path / "x.xlsx")
    with pytest.raises(WrongValue):  # nothing was typed
        observation.observed(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    del book[book.sheetnames[0]]
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(WrongValue) as error:
        observation.observed(tmp_path / "x.xlsx")
    assert "invented example" in error.value.en and "虚构的示例" in error.value.zh


def test_two_columns_for_one_thing_are_named(tmp_path):
    plan_workbook.write_template(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book.worksheets[0].insert_cols(5)
    book.worksheets[0]["E1"] = "负责人"
    book.save(tmp_path / "x.xlsx")
    assert plan_workbook.read_plan(tmp_path / "x.xlsx")["owner"].iloc[0]  # the empty one is left out
    book.worksheets[0]["E2"] = "王丽"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(WrongValue) as error:
        plan_workbook.read_plan(tmp_path / "x.xlsx")
    assert "columns D and E" in error.value.en and "D 列和 E 列" in error.value.zh


@pytest.mark.parametrize(
    ("typed", "gone"), [("6", 0), ("６", 0), ("6分", 0), ("-", 1), ("没答", 1), (" ", 1)]
)
def test_answers_of_the_poll_are_read_as_they_are_typed(tmp_path, typed, gone):
    poll_workbook.write(tmp_path / "x.xlsx", answers=poll.INVENTED)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book.worksheets[0]["A2"] = typed
    book.save(tmp_path / "x.xlsx")
    found = poll.poll_scores(tmp_path / "x.xlsx")
    assert len(found) == 60 - gone and found["expected"].dtype == float


def test_a_signature_below_a_plan_is_one_remark():
    note = pd.DataFrame({"bottleneck": ["填表人：王丽"], "start": ["2026-03-01"]})
    found = plan.check(pd.concat([plan.example(), note]).assign(number=[1, 2, 3], row=[2, 3, 9]))
    assert found[["row", "problem"]].to_numpy().tolist() == [[9, "no_action"]]


@pytest.mark.parametrize("form", FORMS)
def test_the_mark_of_an_open_workbook_is_named(tmp_path, form):
    path = tmp_path / "~$表.xlsx"
    path.write_bytes(b"\x05root")
    with pytest.raises(WrongValue) as error:
        FORMS[form][1](path)
    assert "Save and close" in error.value.en and "办公软件" in error.value.zh

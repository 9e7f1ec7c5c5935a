"""The questions in the workbook: first, red, with lists to choose from; answers read back, wrong ones refused."""

import dataclasses

import answering
import numpy as np
import openpyxl
import pandas as pd
import pytest

from helpers.bank.language import WrongValue
from owndata.map import mapping, proposed_mapping, questions, survey_folder
from owndata.read import sheets


@pytest.fixture
def sheet(tmp_path):
    """An export with a code that may be an answer, and a branch in two spellings."""
    rng = np.random.default_rng(8)
    rows = 120
    table = {"ID": range(1, rows + 1), "Branch": ["Harbour", "Old Town", "HARBOUR"] * 40}
    table |= {f"P{i}": rng.choice(["1", "2", "3", "4", "5", "99"], rows) for i in range(1, 6)}
    pd.DataFrame(table).to_csv(tmp_path / "export.csv", index=False)
    return sheets.read(tmp_path / "export.csv")


@pytest.fixture
def path(sheet, tmp_path):
    mapping.write(proposed_mapping.propose(sheet), tmp_path / "mapping.xlsx")
    return tmp_path / "mapping.xlsx"


def test_questions_come_first_in_red_with_a_list_to_choose_from(path):
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    assert first.title == "问题 questions"
    said = [first.cell(row, 2).value for row in (2, 3)]
    assert "values are 1–5, 99" in said[0]
    assert "里有 1–5, 99" in said[0]
    assert "Harbour = HARBOUR" in said[1]
    (rule,) = [one for rules in first.conditional_formatting for one in rules.rules]
    assert rule.formula == ['$D2=""']
    assert rule.dxf.fill.bgColor.rgb.endswith("C00000")
    lists = {str(one.sqref): one.formula1 for one in first.data_validations.dataValidation}
    assert lists == {"D2": "'可选 choices'!$B$2:$B$3", "D3": "'可选 choices'!$B$4:$B$5"}
    assert book["可选 choices"].sheet_state == "hidden"


def test_nothing_is_asked_and_no_such_sheet_is_there_where_all_is_settled(sheet, tmp_path):
    settled = dataclasses.replace(proposed_mapping.propose(sheet), questions=())
    mapping.write(settled, tmp_path / "settled.xlsx")
    assert openpyxl.load_workbook(tmp_path / "settled.xlsx").sheetnames[0] == "列 columns"


def test_unanswered_questions_come_back_as_they_were(path, sheet):
    back = mapping.read(path)
    assert back.questions == proposed_mapping.propose(sheet).questions
    assert len(questions.unanswered(back.questions)) == 2


@pytest.mark.parametrize("text", ["1", "2)", None])
def test_an_answer_may_be_typed_as_its_number(path, text):
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D2"] = text
    book.save(path)
    first = mapping.read(path).questions[0]
    assert first.answer == (None if text is None else int(text[0]) - 1)


def test_an_answer_that_is_no_choice_is_refused_by_name(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D2"] = "maybe"
    book.save(path)
    with pytest.raises(WrongValue) as caught:
        mapping.read(path)
    assert "'maybe' is none of the choices" in caught.value.en
    assert "'maybe' 不是可选的回答" in caught.value.zh


def test_a_lost_sheet_of_questions_answers_none(path, sheet, tmp_path):
    book = openpyxl.load_workbook(path)
    del book["问题 questions"]
    book.save(path)
    with pytest.raises(WrongValue, match="Open questions in the mapping: 2"):
        survey_folder.make(sheet, mapping.read(path), out=tmp_path / "bank")


def test_a_ticked_proposal_leaves_corrections_by_hand_alone(path, sheet):
    book = openpyxl.load_workbook(path)
    columns = book["列 columns"]
    place = {cell.value: cell.column for cell in columns[1]}
    for row in range(2, columns.max_row + 1):
        if columns.cell(row, 1).value == "P5":
            columns.cell(row, place["角色 role"]).value = "忽略 ignore"
    book.save(path)
    answering.answer(path)
    back = mapping.read(path)
    assert back.columns.set_index("heading").loc["P5", "role"] == "ignore"
    assert back.settings == {"one_name Branch": True}
    assert not questions.unanswered(back.questions)


def test_thousands_of_columns_fit_into_the_hidden_sheet(tmp_path):
    rng = np.random.default_rng(8)
    table = {"Branch": ["Harbour", "Old Town"] * 30}
    table |= {f"a rather long question about the service, number {i}": rng.choice(["1", "2", "3", "4", "5", "99"], 60)
              for i in range(900)}  # fmt: skip
    pd.DataFrame(table).to_csv(tmp_path / "wide.csv", index=False)
    wide = proposed_mapping.propose(sheets.read(tmp_path / "wide.csv"))
    mapping.write(wide, tmp_path / "wide.xlsx")
    assert mapping.read(tmp_path / "wide.xlsx").questions == wide.questions

"""More than one row of headings, and what is none."""

import openpyxl
import pandas as pd
import pytest

from owndata.read import headings, sheets

NUMBERS = [["1", "Harbour", "4", "5", "3"], ["2", "Old Town", "2", "3", "3"]] * 6


@pytest.mark.parametrize(
    ("start", "rows"),
    [
        ([["ID", "Branch", "P1", "P2", "P3"], *NUMBERS], 1),
        ([["ID", "Branch", "P1", "P2", "P3"], ["Number", "Which?", "Clean?", "Fast?", "Kind?"], *NUMBERS], 2),
        ([["", "", "Service", "", ""], ["ID", "Branch", "1. Clean", "2. Fast", "3. Kind"], *NUMBERS], 2),
        ([["ID", "Branch", "Rate us", "", ""], ["", "Response", "Clean", "Fast", "Kind"], *NUMBERS], 2),
        ([["a", "b", "c"], ["A", "B", "C"], ['{"ImportId":"a"}', "", ""], *NUMBERS], 3),
        ([["a", "b", "c"], ["A", "B", "C"], ["{'ImportId': 'a'}", "", ""], *NUMBERS], 3),
        ([["ID", "", "P1"], ["1", "Harbour", "4"], ["2", "Old Town", "5"], ["3", "Harbour", "2"]], 1),
        ([["name", "comment"], ["Ann", "all fine"], ["Bob", "too slow"], ["Cid", "nice people"]], 1),
    ],
)
def test_rows_of_headings_are_counted(start, rows):
    assert headings.rows(start) == rows


def test_sections_merged_in_excel_are_no_problem(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["About you", None, "Service", None, None])
    sheet.append(["ID", "Branch", "1. Clean", "2. Fast", "3. Kind"])
    for row in NUMBERS:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:E1")
    book.save(tmp_path / "sections.xlsx")
    found = sheets.read(tmp_path / "sections.xlsx")
    assert list(found.cells.columns)[2:] == ["Service—1. Clean", "Service—2. Fast", "Service—3. Kind"]
    assert len(found.cells) == len(NUMBERS)
    assert [one.kind for one in found.problems] == ["heading_rows"]


def test_rows_that_a_filter_hides_are_told(tmp_path):
    pd.DataFrame(NUMBERS, columns=list("abcde")).to_excel(tmp_path / "plain.xlsx", index=False)
    book = openpyxl.load_workbook(tmp_path / "plain.xlsx")
    for row in (3, 5):
        book.active.row_dimensions[row].hidden = True
    book.save(tmp_path / "hidden.xlsx")
    found = sheets.read(tmp_path / "hidden.xlsx")
    assert len(found.cells) == len(NUMBERS)
    assert "hides 2 rows" in str(found.problems[0])

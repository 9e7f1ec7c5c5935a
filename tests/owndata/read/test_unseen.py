"""What stands in a workbook beside its values is told, whatever program wrote it; or it is told that nobody looked."""

import re
import zipfile

import old_excel
import pytest
import xlsxwriter

from owndata.read import farcells, sheets
from owndata.say.problems import CannotRead


def workbook(path):
    """Twenty rows: an error in A2, formulas that were never calculated in column C, rows 5 to 9 hidden."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["P1", "P2", "P3"])
    for row in range(1, 21):
        sheet.write_row(row, 0, [row % 5 + 1, 4])
        sheet.write_formula(row, 2, "=A2", value="NEVER")
    for row in range(4, 9):
        sheet.set_row(row, None, None, {"hidden": True})
    sheet.write_formula(1, 0, "=NA()", value="#N/A")
    book.close()
    return path


def rewritten(path, change):
    """The same workbook as another program writes it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    never = r' t="str">(<f>[^<]*</f>)<v>NEVER</v>'
    parts[name] = change(re.sub(never, r">\1", parts[name]))
    with zipfile.ZipFile(path, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return path


def prefixed(xml):
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace('xmlns="', 'xmlns:x="', 1)
    return xml.replace("<x:?xml", "<?xml")


WRITTEN = {
    "plain": lambda xml: xml,
    "prefixed": prefixed,
    "kind before place": lambda xml: re.sub(r'<c (r="\w+") (t="\w+")', r"<c \2 \1", xml),
    "places not named": lambda xml: re.sub(r'<c r="\w+"', "<c", xml),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_errors_formulas_and_hidden_rows_are_told_whatever_wrote_the_workbook(tmp_path, how):
    sheet = sheets.read(rewritten(workbook(tmp_path / "a.xlsx"), WRITTEN[how]))
    told = {}
    for one in sheet.problems:
        told.setdefault(one.kind, []).append(one.found)
    assert told.keys() == {"hidden_rows", "excel_error", "formula_without_value"}
    assert told["hidden_rows"] == ["5"]
    assert told["excel_error"] == ["A2"]
    assert told["formula_without_value"] == [f"C{row}" for row in range(2, 22)]


def test_of_an_old_workbook_it_is_told_that_only_values_were_read(tmp_path):
    (tmp_path / "a.xls").write_bytes(old_excel.workbook([["P1", "P2"], ["4", "5"]]))
    (found,) = sheets.read(tmp_path / "a.xls").problems
    assert (found.kind, found.severity) == ("values_alone", "notice")
    assert "save it as .xlsx" in found.en


def test_a_far_cell_is_found_behind_a_prefix(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1_000_000, 16_000, 1)
    book.close()
    with pytest.raises(CannotRead):
        farcells.refuse(rewritten(tmp_path / "a.xlsx", prefixed))

"""Spoiled files: each gets its sentence in both languages; none a traceback, none read wrongly in silence."""

import datetime
import hashlib
from pathlib import Path

import pytest
import spoiled_files
import yaml

from helpers.bank import data
from owndata.judge import check
from owndata.read import sheets

# Name → what is told, worst first: [English, Chinese] each. Read line by line when written; a change shows as a diff.
TOMORROW = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
EXPECTED = yaml.safe_load(
    (Path(__file__).parents[2] / "spoiled_sentences.yml")
    .read_text(encoding="utf-8")
    .replace("TOMORROW", TOMORROW)
)
# Where the headings are lost, everything that follows is told too; only the first sentences are compared.
FIRST_ONLY = {"big5", "no_headings_at_all", "full_width_commas"}
# The file is odd, but its cells are read as they were meant.
READ_AS_MEANT = [
    "gb18030", "utf16", "utf16_without_mark", "semicolons", "tabs", "bars", "separator_line", "nul_bytes",
    "workbook_named_csv", "old_workbook_named_csv", "workbook_of_two_sheets", "hidden_sheet",
    "byte_order_mark_and_crlf", "old_mac_line_ends", "empty_row_inside", "parquet_named_csv",
    "title_above", "empty_rows_above", "headings_again", "totals_below", "average_below", "note_below",
    "heading_with_blanks",
]  # fmt: skip


@pytest.fixture
def bank(tmp_path):
    folder = tmp_path / "bank"
    folder.mkdir()
    spoiled_files.good(folder)
    return folder


def digests(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def test_there_are_enough_kinds_and_each_has_its_sentence():
    assert len(spoiled_files.SPOILS) >= 150
    assert set(EXPECTED) == set(spoiled_files.SPOILS)


def test_the_good_folder_has_no_problem(bank):
    assert check.check(bank) == []


@pytest.mark.parametrize("name", spoiled_files.SPOILS)
def test_told_in_both_languages(bank, name):
    spoiled_files.SPOILS[name](bank)
    before = digests(bank)
    found = check.check(bank)
    told = [list(problem.sentence) for problem in found]
    if name in FIRST_ONLY:
        told = told[: len(EXPECTED[name])]
    assert told == EXPECTED[name]
    assert digests(bank) == before  # files are never changed
    if check.passes(found):  # whatever passes, the lessons can load
        assert len(data.load(bank, "branches")) == 2
        assert len(data.load(bank, "servqual")) >= 12


@pytest.mark.parametrize("name", READ_AS_MEANT)
def test_read_as_meant(bank, name):
    spoiled_files.SPOILS[name](bank)
    cells = sheets.read(bank / "servqual.csv").cells
    assert cells.columns.tolist() == spoiled_files.HEADINGS
    assert cells.to_numpy().tolist() == spoiled_files.SURVEY[1:]


@pytest.mark.parametrize("name", spoiled_files.CELLS)
def test_a_spoiled_cell_is_kept_as_it_stands(bank, name):
    column, value = spoiled_files.CELLS[name]
    spoiled_files.SPOILS[name](bank)
    cells = next(sheets.parts(bank / "servqual.csv")).cells  # as the check sees it
    expected = [list(row) for row in spoiled_files.SURVEY[1:]]
    expected[2][spoiled_files.HEADINGS.index(column)] = value
    assert cells.to_numpy().tolist() == expected

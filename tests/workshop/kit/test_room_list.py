"""The list for the room: copies are counted for the people who come."""

import io
from dataclasses import replace

import pytest
from collection import ROOT
from docx import Document

from helpers.bank import language
from workshop.build import index
from workshop.kit import day_routes, kit_names, paper_sheets, room_list


def written(route):
    page = Document(io.BytesIO(room_list.checklist(route, kit_names.names(), home=ROOT, pdf=True)))
    rows = [[cell.text for cell in row.cells] for table in page.tables for row in table.rows]
    return "\n".join(line.text for line in page.paragraphs), rows


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", ["one-day", "two-days", "90-minutes"])
def test_copies_are_counted_for_the_people_who_come(spoken, name):
    language.use(spoken)
    route = day_routes.chosen(index.read(ROOT / "course" / "course.yml"), name, home=ROOT)
    usual, few = written(route), written(replace(route, people=22))
    assert "30" in usual[0] and "22" in few[0] and "{" not in few[0]
    copies = {row[3].split(":")[0].split(" ")[0] for row in few[1]}
    assert {"22", "1"} <= copies and not copies & {"30", "10"}
    assert copies & {"5", "8"}, "teams of five, groups of three"


def test_the_attendance_sheet_has_a_line_for_everybody():
    language.use("zh")
    text = paper_sheets.text(ROOT, "attendance", people=22)
    assert "| 22 |" in text and "| 23 |" not in text

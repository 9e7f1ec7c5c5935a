"""Minute plans name screens that there are: the handbook says by them which slides a row shows."""

import re

import nbformat
import pytest
from collection import LESSONS, ROOT

from helpers.bank import language
from workshop.build.build import solved
from workshop.kit import material, minutes

PAPER = re.compile(r"paper|纸|compare|对照")


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("lesson", [one["id"] for one in LESSONS])
def test_every_row_names_a_screen_that_there_is(lesson, spoken):
    language.use(spoken)
    sheet = solved(ROOT / "course" / "lessons" / lesson, language=spoken, part="trainer")
    rows = minutes.read(material.sections(sheet), name=lesson)
    notebook = nbformat.read(ROOT / "notebooks" / spoken / f"{lesson}.ipynb", as_version=4)
    screens = 1 + sum(
        len(re.findall(r"(?m)^## ", cell.source))
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "code-only" not in cell.metadata.get("tags", [])
    )
    assert all(row.screens or PAPER.search(row.what) for row in rows), [
        row.what for row in rows if not row.screens
    ]
    assert max(screen for row in rows for screen in row.screens) <= screens

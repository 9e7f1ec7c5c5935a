"""Minute plans name screens that there are: the handbook says by them which slides a row shows."""

import re

import nbformat
import pytest
from collection import COURSE, LESSONS, ROOT

from helpers.bank import language
from workshop.build.build import solved
from workshop.kit import day_minutes, day_routes, guide, material

SITTING, AFTER_LUNCH = 90, 60  # minutes on a chair, at most
PAPER = re.compile(r"paper|纸|compare|对照")


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("lesson", [one["id"] for one in LESSONS])
def test_every_row_names_a_screen_that_there_is(lesson, spoken):
    language.use(spoken)
    sheet = solved(ROOT / "course" / "lessons" / lesson, language=spoken, part="trainer")
    rows = day_minutes.read(material.sections(sheet), name=lesson)
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


@pytest.mark.parametrize("route", [one["id"] for one in COURSE["routes"]])
def test_nobody_sits_too_long_and_the_hour_after_lunch_begins_on_their_feet(route):
    for _, blocks in day_routes.chosen(COURSE, route, home=ROOT).days:
        sat, limit, after_lunch = 0, SITTING, False
        for block in (one for one in blocks if one.kind != "arrival"):
            standing = block.kind == "activity" and block.about.standing
            assert standing or not after_lunch, "after lunch they stand up"
            after_lunch = block.kind == "lunch"
            if standing or block.kind in ("pause", "lunch"):
                sat, limit = 0, AFTER_LUNCH if standing or after_lunch else SITTING
                continue
            sat += block.minutes
            assert sat <= limit, (route, getattr(block.about, "id", block.about))


def test_the_second_morning_asks_for_no_test_again():
    language.use("en")
    first, second = (guide.named(day_minutes.Slot(day, 525, 540, "arrival")) for day in (1, 2))
    assert "first sheets" in first
    assert "first sheets" not in second

"""Lesson 10: the trainer's screens are those of the classroom page."""

import json

import pytest
from collection import LANGUAGES, ROOT

from helpers.bank import language
from workshop.kit import minutes

LESSON = "10_segments"


def slides(spoken):
    """The screens of the classroom page (a screen is a section) that hold something to show."""
    screen, found = 1, set()
    notebook = json.loads((ROOT / "notebooks" / spoken / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        screen += sum(line.startswith("## ") for line in "".join(cell["source"]).splitlines())
        slide = cell["metadata"].get("slide") or "slide" in cell["metadata"].get("tags", [])
        found |= {screen} if slide else set()
    return found


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_minute_plan_names_the_screens_that_hold_what_it_says(spoken):
    language.use(spoken)
    text = (ROOT / "course" / "lessons" / LESSON / "trainer.md").read_text(encoding="utf-8")
    table = text.split(f"## {minutes.heading()}\n")[1].split("+++")[0]
    plan = minutes.read({minutes.heading(): table}, name=LESSON)
    assert set().union(*(row.screens for row in plan)) == slides(spoken)
    language.use("en")

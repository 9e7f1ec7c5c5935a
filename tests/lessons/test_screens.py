"""The trainer's screens are those of the classroom page."""

import pytest
from collection import LANGUAGES, ROOT, read

from helpers.bank import language
from workshop.kit import day_minutes

# The others leave a slide to the trainer's choice, or talk over a screen that has a heading alone.
EXACT = ["01_experience", "03_moments", "06_reliability", "07_branches", "10_segments"]


def slides(lesson, spoken):
    """The screens of the classroom page (a screen is a section) that hold something to show."""
    screen, found = 1, set()
    for cell in read(ROOT / "notebooks" / spoken / f"{lesson}.ipynb").cells:
        screen += sum(line.startswith("## ") for line in cell.source.splitlines())
        slide = cell["metadata"].get("slide") or "slide" in cell["metadata"].get("tags", [])
        found |= {screen} if slide else set()
    return found


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("lesson", EXACT)
def test_the_minute_plan_names_the_screens_that_hold_what_it_says(lesson, spoken):
    language.use(spoken)
    text = (ROOT / "course" / "lessons" / lesson / "trainer.md").read_text(encoding="utf-8")
    table = text.split(f"## {day_minutes.heading()}\n")[1].split("+++")[0]
    plan = day_minutes.read({day_minutes.heading(): table}, name=lesson)
    assert set().union(*(row.screens for row in plan)) == slides(lesson, spoken)
    language.use("en")

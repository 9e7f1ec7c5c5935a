"""Where the built collection stands, for the tests that look at it as a whole."""

import os
import re
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
import yaml

from classroom.authoring import source
from classroom.exercises import check
from classroom.notebook import say

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")
COURSE = yaml.safe_load((ROOT / "course" / "course.yml").read_text(encoding="utf-8"))
LESSONS = [lesson for part in COURSE["parts"] for lesson in part["lessons"]]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
GENERATED = {"say", "caption"}


def linked(place):
    """Make a project of this one's notebooks, course and data; what it builds stays apart."""
    for name in ("notebooks", "course", "datasets"):
        os.symlink(ROOT / name, place / name)
    return place


def read(path):
    """Read a notebook."""
    return nbformat.read(path, 4)


def code_cells(notebook):
    """The code that a reader sees: what the builder made of prose is left out."""
    return [
        c for c in notebook.cells if c.cell_type == "code" and not GENERATED & set(c.metadata.get("tags", []))
    ]


def words(notebook, language):
    """Count English words or Chinese characters of what is read; figure texts and stand-ins left out."""
    prose = [
        cell.source for cell in notebook.cells
        if (cell.cell_type == "markdown" or "say" in cell.metadata.get("tags", []))
        and not cell.source.startswith("# needs: no_")
    ]  # fmt: skip
    return len(re.findall(r"[\u4e00-\u9fff]" if language == "zh" else r"[A-Za-z][\w’'-]*", " ".join(prose)))


def solutions(lesson):
    """Run a lesson's solutions in this process: every task's right and known wrong answers."""
    caught = {}

    def answer(task, value, wrong=None, **_):
        caught[task] = value, wrong or {}

    def nothing(*_, **__):
        """Show and judge nothing: a test does that."""

    space = {"answer": answer}
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((say, "say"), (say, "show"), (check, "check"), (check, "progress")):
            patch.setattr(module, name, nothing)
        for cell in source.read(ROOT / "course" / "lessons" / lesson / "exercises.md").in_language("en"):
            if cell.kind == "code":
                exec(cell.text, space)
    plt.close("all")
    return caught

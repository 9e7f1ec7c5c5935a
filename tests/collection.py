"""Where the built collection stands, for the tests that look at it as a whole."""

import re
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")
COURSE = yaml.safe_load((ROOT / "course" / "course.yml").read_text(encoding="utf-8"))
LESSONS = [lesson for part in COURSE["parts"] for lesson in part["lessons"]]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
GENERATED = {"say", "caption"}


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

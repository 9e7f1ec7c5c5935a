"""Lessons end to end: strict, without a network, in both languages."""

import base64
import io
import json
import os
import re
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
import yaml
from collection import LANGUAGES, ROOT, linked, read

from classroom.notebook.say import RESULTS
from simbank import simulated_codebook
from workshop.build import build, source


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The collection, its own build folder apart."""
    return linked(tmp_path_factory.mktemp("collection"))


@pytest.fixture(scope="module")
def everything(home):
    """One run of all lessons through the command line, as `make run` does, but strict and offline."""
    environment = os.environ | {"COURSE_HOME": str(home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "workshop.cli", "run", "--offline", "--strict", "--jobs", "2"]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_every_lesson_runs_strict_and_offline(home, everything):
    assert [line for line in everything.stdout.splitlines() if line.startswith("✗")] == []
    assert everything.returncode == 0, everything.stderr[-2000:]
    for path in (ROOT / "notebooks").glob("*/*.ipynb"):
        stem = path.stem.replace("_exercises", "_solutions")
        assert (home / "build" / path.parent.name / f"{stem}.html").is_file()
        assert stem.split("_solutions")[0] in everything.stdout


def test_results_are_the_same_in_both_languages(home, everything):
    for path in (home / "build" / "results" / "en").glob("*.json"):
        first, second = (
            json.loads((home / "build" / "results" / name / path.name).read_text(encoding="utf-8"))["results"]
            for name in LANGUAGES
        )
        assert first == second


def test_no_figure_is_higher_than_a_screen(home, everything):
    """At the width of the lab, 770 pixels; the poster of lesson 02 is made for paper and shown nowhere."""
    for path in (home / "build").glob("*/*.ipynb"):
        for cell in read(path).cells:
            for output in cell.get("outputs", []):
                if picture := output.get("data", {}).get("image/png"):
                    height, width = plt.imread(io.BytesIO(base64.b64decode(picture))).shape[:2]
                    assert 770 * height / width <= 480, f"{path.name} {cell.id}"


def test_no_value_of_a_table_is_called_like_a_column_of_results(home, everything):
    """An id may be both, as `low` is an answer and an end of an interval: the heading is not its name."""
    glossary = json.loads((ROOT / "src/helpers/bank/glossary.json").read_text(encoding="utf-8"))
    headings = {glossary[name][language] for name in ("low", "high", "A", "B") for language in LANGUAGES}
    for path in (home / "build").glob("*/*.ipynb"):
        for cell in read(path).cells:
            for output in cell.get("outputs", []):
                table = "".join(output.get("data", {}).get("text/html", ""))
                values = re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", table)
                assert not headings & set(values), f"{path.name} {cell.id}"


def test_pages_ask_nothing_of_any_network_and_every_figure_speaks(home, everything):
    pages = list((home / "build").rglob("*.html"))
    assert len(pages) >= 2 * 6
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//|url\((?!['\"]?data:)|@import", text), (
            page.name
        )
        for tag in re.findall(r"<img [^>]*>", text):
            assert re.search(r'alt="[^"]{12,}"', tag), page.name
        assert ">Traceback" not in text


def test_links_of_what_visitors_read_lead_somewhere():
    for path in (ROOT / "docs" / "read").glob("*/*.ipynb"):
        for target in re.findall(r"\]\(([^)\s]*\.ipynb)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), target


def test_a_classroom_page_has_no_code_and_twelve_screens_at_most(home, everything):
    lessons = {path.name for path in (ROOT / "course" / "lessons").iterdir()}
    pages = [
        page
        for page in (home / "build").glob("*/*_classroom.html")
        if page.name.split("_classroom")[0] in lessons
    ]
    assert len(pages) == 2 * len(lessons)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "from helpers" not in text and "import pandas" not in text, page
        assert text.count("<h2") <= 12, page
        assert "<textarea" in text, page


def test_solved_exercises_are_told_right(home, everything):
    for name, word in (("en", "Right"), ("zh", "对了")):
        notebook = read(home / "build" / name / "05_servqual_solutions.ipynb")
        told = [
            "".join(output.get("data", {}).get("text/markdown", "") for output in cell.get("outputs", []))
            for cell in notebook.cells
            if cell.cell_type == "code" and cell.source.startswith("check(")
        ]
        assert len(told) == 5
        assert all(word in text for text in told), told


def test_the_figure_in_the_readme_is_the_lessons(home, everything):
    notebook = read(home / "build" / "en" / "05_servqual.ipynb")
    (cell,) = (cell for cell in notebook.cells if cell.id == "gaps")
    drawn = plt.imread(io.BytesIO(base64.b64decode(cell.outputs[0]["data"]["image/png"])))
    shown = plt.imread(ROOT / "docs" / "gaps_en.png")
    assert drawn.shape == shown.shape
    assert np.abs(drawn - shown).mean() < 0.01  # another build of the font may move a pixel


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_visitors_read_is_lesson_05_as_it_runs_now(home, everything, language):
    """`make read` keeps it: the same cells, and the same key results."""
    path = ROOT / "docs" / "read" / language / "05_servqual.ipynb"
    kept, now = read(path), read(home / "build" / language / "05_servqual.ipynb")
    there = f"../../../notebooks/{language}/"  # its neighbours stand where students open them
    assert [cell.source.replace(there, "") for cell in kept.cells] == [cell.source for cell in now.cells]
    assert _results(kept) == _results(now) and len(_results(kept)) == 2
    assert path.stat().st_size < 2_000_000


def _results(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["data"][RESULTS] for output in outputs if RESULTS in output.get("data", {})]


def test_building_answers_again_gives_the_committed_file(tmp_path):
    from workshop.build import keys

    exercises = source.read(ROOT / "course" / "lessons" / "05_servqual" / "exercises.md")
    stored = (ROOT / "notebooks" / "answers" / "05_servqual.json").read_text(encoding="utf-8")
    assert keys.built(ROOT, exercises) == stored
    assert build.build(check=True, root=ROOT) == []


def test_what_a_figure_calls_a_group_is_no_column_of_a_table():
    """The codebook's title of a column goes before the glossary: "seen" was once drawn as a manager's guess."""
    columns = {
        field.get("name")
        for table in simulated_codebook.codebook()["tables"].values()
        for field in table["fields"]
    }
    labels = yaml.safe_load((ROOT / "course" / "glossary.yml").read_text(encoding="utf-8"))
    taken = {entry["id"] for entry in labels if entry.get("label")} & columns
    headings = "action called days direction group invited number phase place recency_days score table true_value visits"
    assert taken <= set(headings.split())

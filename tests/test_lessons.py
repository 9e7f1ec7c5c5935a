"""Lessons end to end: strict, without a network, in both languages, with other parameters and data."""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from collection import LANGUAGES, ROOT, code_cells, read

from classroom.authoring import build, source
from classroom.exercises import answers, check
from classroom.running.run import run
from helpers import data, language
from helpers.language import WrongValue
from simbank import bank


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The collection, its own build folder apart."""
    place = tmp_path_factory.mktemp("collection")
    for name in ("notebooks", "course", "datasets"):
        os.symlink(ROOT / name, place / name)
    return place


@pytest.fixture(scope="session")
def everything(home):
    """One run of all lessons through the command line, as `make run` does, but strict and offline."""
    environment = os.environ | {"COURSE_HOME": str(home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "classroom.cli", "run", "--offline", "--strict", "--jobs", "2"]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_every_lesson_runs_strict_and_offline(home, everything):
    assert everything.returncode == 0, everything.stdout + everything.stderr
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
        assert "Traceback" not in text


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
    (cell,) = (cell for cell in notebook.cells if cell.id == "draw-gaps")
    drawn = plt.imread(io.BytesIO(base64.b64decode(cell.outputs[0]["data"]["image/png"])))
    shown = plt.imread(ROOT / "docs" / "gaps_en.png")
    assert drawn.shape == shown.shape
    assert np.abs(drawn - shown).mean() < 0.01  # another build of the font may move a pixel


@pytest.fixture
def solved(monkeypatch):
    """Run the solutions in this process, and catch every right and every known wrong answer."""
    caught = {}
    monkeypatch.setattr(
        answers, "answer", lambda task, value, wrong=None, **_: caught.update({task: (value, wrong or {})})
    )
    folder = ROOT / "course" / "lessons" / "05_servqual"
    space = {}
    for cell in source.read(folder / "exercises.md").in_language("en"):
        if (
            cell.kind == "code"
            and "check" not in str(cell.metadata.get("name"))
            and cell.metadata.get("name") != "progress"
        ):
            text = cell.text.replace('show(plots.gaps(report), "read")', "")
            exec("from classroom.exercises.answers import answer\n" + text, space)
    return caught


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_right_answer_is_right_and_every_wrong_one_is_named(solved, spoken):
    language.use(spoken)
    stored = json.loads((ROOT / "notebooks/answers/05_servqual.json").read_text(encoding="utf-8"))["tasks"]
    assert set(stored) == set(solved) and len(stored) >= 4
    for task, (right, wrong) in solved.items():
        assert check.judge(task, right).name == "right", task
        assert set(wrong) == set(stored[task]["messages"])
        for name, value in wrong.items():
            outcome = check.judge(task, value)
            assert outcome.name == "not_yet" and name in outcome.misconceptions, (task, name, outcome)
            assert stored[task]["messages"][name][spoken] in outcome.message


def test_other_data_have_no_stored_answer(solved, tmp_path):
    from classroom import start

    other = tmp_path / "other"
    shutil.copytree(data.folder("qingyu_bank"), other)
    (other / "servqual.csv").write_text(
        (other / "servqual.csv").read_text(encoding="utf-8").replace("R00001,", "R90001,", 1),
        encoding="utf-8",
    )
    start("05_servqual", data=other, language="en", branch="B07", wave=2)
    assert check.judge("read", "c").name == "no_answer"


@pytest.mark.parametrize(
    "changed", [{"branch": "滨江支行", "wave": "1"}, {"confidence": "0.8", "branch": "B01"}]
)
def test_other_parameters_run(home, everything, changed):
    there = data.load("qingyu_bank", "branches")["name_zh"]
    changed = changed | ({"branch": there.iloc[4]} if changed.get("branch") == "滨江支行" else {})
    (outcome,) = run(["05_servqual"], home=home, languages=("zh",), given=changed, jobs=1)[:1]
    assert outcome.state == "done", outcome.sentence


WRONG = [
    ({"branch": "B99"}, "`branch` must be one of this bank's 24 branches", "24 家网点之一"),
    ({"wave": "3"}, "The rows at hand have `wave` 1, 2; none has 3", "`wave` 只有 1, 2，没有 3"),
    ({"confidence": "95.0"}, "must be a number between 0 and 1", "应该是 0 和 1 之间的数"),
]


@pytest.mark.parametrize(("given", "english", "chinese"), WRONG)
def test_a_wrong_parameter_is_one_sentence_and_leaves_nothing(tmp_path, given, english, chinese):
    for name in ("notebooks", "course", "datasets"):
        os.symlink(ROOT / name, tmp_path / name)
    outcomes = run(["05_servqual"], home=tmp_path, given=given, jobs=2)
    for outcome in (o for o in outcomes if o.name == "05_servqual"):
        assert outcome.state == "failed"
        assert (english if outcome.language == "en" else chinese) in outcome.sentence
        assert "Traceback" not in outcome.sentence
    assert not list((tmp_path / "build").glob("*/05_servqual.*"))


def test_an_unknown_parameter_or_language_is_refused_before_anything_runs(home):
    with pytest.raises(WrongValue, match="brunch"):
        run(["05_servqual"], home=home, given={"brunch": "B01"})
    with pytest.raises(WrongValue, match="no_such"):
        run(["05_servqual"], home=home, given={"data": "no_such"})


@pytest.fixture(scope="session")
def another_bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("banks") / "another"
    bank.make(folder, seed=20, customers=13_000, progress=False)
    return folder


def test_a_lesson_runs_on_another_generated_bank(home, another_bank):
    outcomes = run(
        ["05_servqual", "05_servqual_deeper"], home=home, languages=("en",), given={"data": str(another_bank)}
    )
    assert [o.state for o in outcomes if "exercises" not in o.name and "trainer" not in o.name] == [
        "done",
        "done",
    ], outcomes
    page = (home / "build" / "en" / "05_servqual.html").read_text(encoding="utf-8")
    assert "intervals hold the value aimed at" in page


def test_without_expectations_and_truth_sections_are_left_out_with_a_sentence(home, tmp_path):
    folder = tmp_path / "perceptions"
    shutil.copytree(data.folder("qingyu_bank"), folder)
    (folder / "truth.json").unlink()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (survey,) = (resource for resource in package["resources"] if resource["name"] == "servqual")
    kept = [
        f
        for f in survey["schema"]["fields"]
        if not re.match(r"E\d|points_|adequate_|satisfaction", f["name"])
    ]
    survey["schema"]["fields"] = kept
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = data.load("qingyu_bank", "servqual")[[field["name"] for field in kept]]
    rows.to_csv(folder / "servqual.csv", index=False)
    outcomes = run(["05_servqual"], home=home, given={"data": str(folder)}, jobs=2)
    assert {o.state for o in outcomes if o.name in ("05_servqual", "05_servqual_deeper")} == {"done"}, (
        outcomes
    )
    for name, sentence in (("en", "did not ask for expectations"), ("zh", "没有问期望")):
        notebook = read(home / "build" / name / "05_servqual.ipynb")
        text = json.dumps([cell.get("outputs") for cell in notebook.cells], ensure_ascii=False)
        assert text.count(sentence) == (1 if name == "en" else 2)  # the Chinese answer says it once more
        assert len(code_cells(notebook)) > 10
        assert (
            sum("image/png" in o.get("data", {}) for c in notebook.cells for o in c.get("outputs", [])) == 1
        )


def test_the_student_edition_runs_with_nothing_filled_in(tmp_path, home):
    from nbclient import NotebookClient

    from classroom.running.execution import ThisPython

    for name, word in (("en", "Not attempted"), ("zh", "还没有作答")):
        notebook = read(ROOT / "notebooks" / name / "05_servqual_exercises.ipynb")
        kernel = type(
            "Kernel", (ThisPython,), {"around": {"COURSE_HOME": str(ROOT), "COURSE_PROGRESS": "off"}}
        )
        NotebookClient(
            notebook,
            timeout=120,
            kernel_manager_class=kernel,
            resources={"metadata": {"path": str(tmp_path)}},
        ).execute()
        told = [
            str(output.get("data", {}))
            for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith("check(")
            for output in cell.outputs
        ]  # fmt: skip
        assert len(told) == 5 and all(word in text for text in told), told


def test_building_answers_again_gives_the_committed_file(tmp_path):
    from classroom.authoring import keys

    exercises = source.read(ROOT / "course" / "lessons" / "05_servqual" / "exercises.md")
    stored = (ROOT / "notebooks" / "answers" / "05_servqual.json").read_text(encoding="utf-8")
    assert keys.built(ROOT, exercises) == stored
    assert build.build(check=True, root=ROOT) == []

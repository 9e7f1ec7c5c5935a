"""Every lesson's exercises: the right answer is judged right, every known wrong one is named."""

import ast
import json

import matplotlib.pyplot as plt
import pytest
from collection import LANGUAGES, LESSONS, REPLICATIONS, ROOT, attempted, code_cells, read, solutions

from classroom import start
from classroom.exercises import check
from helpers.bank import codebook, language

EXERCISED = [lesson["id"] for lesson in [*LESSONS, *REPLICATIONS]]


@pytest.fixture(scope="module", params=EXERCISED)
def lesson(request):
    """One lesson's solutions, the codebook it opened, and what is stored of its answers."""
    path = ROOT / "notebooks" / "answers" / f"{request.param}.json"
    solved = solutions(request.param)
    return solved, codebook.current(), json.loads(path.read_text(encoding="utf-8"))["tasks"]


def drawn(bars):
    """Draw bars: where a figure is asked for, a wrong answer is a figure too."""
    return plt.figure().add_subplot().barh(list(bars), list(bars.values()))[0].axes


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_right_answer_is_right_and_every_wrong_one_is_named(lesson, spoken):
    solved, book, stored = lesson
    language.use(spoken)
    codebook.use(book)
    assert set(stored) == set(solved) and 3 <= len(stored) <= 7
    for task, (right, wrong) in solved.items():
        assert check.judge(task, right).name == "right", task
        assert set(wrong) == set(stored[task]["messages"])
        for known, value in wrong.items():
            outcome = check.judge(task, drawn(value) if stored[task].get("figure") else value)
            assert outcome.name == "not_yet" and known in outcome.misconceptions, (task, known, outcome)
            assert stored[task]["messages"][known][spoken] in outcome.message


EITHER_SIGN = {"penalty"}  # the wording leaves open what is subtracted from what


def test_nothing_the_other_sign_and_a_hundred_times_as_much_are_not_right(lesson):
    """A second right answer in another unit would otherwise let in what its tolerance holds."""
    solved, book, stored = lesson
    codebook.use(book)
    for task, (right, _) in solved.items():
        if stored[task]["kind"] != "number" or "on" in stored[task]:
            continue
        number, width = float(right), 3 * stored[task]["tolerance"]
        others = [0, 100 * number, number / 100, *([] if task in EITHER_SIGN else [-number, -number / 100])]
        for other in (one for one in others if abs(one - number) > width):
            assert check.judge(task, other).name != "right", (task, other)


@pytest.mark.parametrize("name", EXERCISED)
def test_no_cell_of_the_exercises_changes_a_parameter(name):
    """Run the start cell again after it, and every answer would belong to other parameters."""
    path = ROOT / "notebooks" / "en" / f"{name}_exercises.ipynb"
    cells = code_cells(read(path))
    (given,) = (cell for cell in cells if "parameters" in cell.metadata.get("tags", []))
    named = assigned(given.source)
    for cell in cells:
        if cell is not given:
            assert not named & assigned(cell.source), cell.source


def assigned(text):
    """The names that a cell gives at its top."""
    targets = [node.targets for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    return {
        name.id
        for several in targets
        for one in several
        for name in ast.walk(one)
        if isinstance(name, ast.Name)
    }


@pytest.mark.parametrize("lesson", EXERCISED)
def test_a_students_edition_runs_with_nothing_filled_in(lesson):
    stored = json.loads((ROOT / "notebooks" / "answers" / f"{lesson}.json").read_text(encoding="utf-8"))
    assert attempted(lesson, "zh") == dict.fromkeys(stored["tasks"], "not_attempted")


@pytest.mark.parametrize("lesson", EXERCISED)
def test_the_editions_of_both_languages_are_the_same_code(lesson):
    """So that one that runs stands for the other."""
    editions = (ROOT / "notebooks" / spoken / f"{lesson}_exercises.ipynb" for spoken in LANGUAGES)
    english, chinese = ([cell.source for cell in code_cells(read(path))] for path in editions)
    assert [code.replace('language = "en"', 'language = "zh"') for code in english] == chinese


@pytest.mark.parametrize("said", ["investigation", "Investigation", "调查核实", " 调查核实 "])
def test_a_touchpoint_may_be_named_in_words(said):
    """Its name is in several tables, and is the same touchpoint in each."""
    start("03_moments", data="qingyu_bank", language="zh")
    assert check.judge("first", said).name == "right"

"""Every lesson's exercises: the right answer is judged right, every known wrong one is named."""

import ast
import json
import re

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


@pytest.mark.parametrize("name", EXERCISED)
def test_as_many_decimals_as_the_words_ask_for_are_enough(name):
    """Also those that a hint promises."""
    solved = solutions(name)
    language.use("zh")
    stored = json.loads((ROOT / "notebooks" / "answers" / f"{name}.json").read_text(encoding="utf-8"))[
        "tasks"
    ]
    words, asked = "", {}
    for cell in read(ROOT / "notebooks" / "zh" / f"{name}_exercises.ipynb").cells:
        if found := re.match(r'check\("(\w+)"', cell.source):
            asked[found[1]], words = words, ""
        words = words + cell.source if cell.cell_type == "markdown" else words
    for task, (right, _) in solved.items():
        if stored[task]["kind"] == "number" and "on" not in stored[task]:
            said = " ".join([asked[task], *stored[task].get("hints", {}).get("zh", [])])
            for sign in re.findall(r"([一两三四])位小数", said):
                told = round(float(right), "零一两三四".index(sign))
                assert check.judge(task, told).name == "right", (task, told)


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
        others += [0.02, 0.3] if number == 0 else []  # no share passes where none is right
        for other in (
            one for one in others if abs(one - number) > min(width, 0.01 if number == 0 else width)
        ):
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

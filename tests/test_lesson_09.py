"""Lesson 09: every right and every known wrong answer of its exercises is judged as meant."""

import json

import pytest
from collection import LANGUAGES, ROOT

from classroom.authoring import source
from classroom.exercises import answers, check
from classroom.notebook import needs
from helpers import data, language
from helpers.codebook import Codebook

LESSON = "09_value"


@pytest.fixture
def solved(monkeypatch):
    """Run the solutions in this process, and catch every right and every known wrong answer."""
    caught = {}
    monkeypatch.setattr(
        answers, "answer", lambda task, value, wrong=None, **_: caught.update({task: (value, wrong or {})})
    )
    space = {}
    for cell in source.read(ROOT / "course" / "lessons" / LESSON / "exercises.md").in_language("en"):
        name = str(cell.metadata.get("name"))
        if cell.kind == "code" and not name.startswith(("check-", "draw-", "progress")):
            exec("from classroom.exercises.answers import answer\n" + cell.text, space)
    return caught


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_right_answer_is_right_and_every_wrong_one_is_named(solved, spoken):
    language.use(spoken)
    stored = json.loads((ROOT / f"notebooks/answers/{LESSON}.json").read_text(encoding="utf-8"))["tasks"]
    assert set(stored) == set(solved) and 3 <= len(stored) <= 5
    for task, (right, wrong) in solved.items():
        assert check.judge(task, right).name == "right", task
        assert set(wrong) == set(stored[task]["messages"])
        for name, value in wrong.items():
            outcome = check.judge(task, value)
            assert outcome.name == "not_yet" and name in outcome.misconceptions, (task, name, outcome)
            assert stored[task]["messages"][name][spoken] in outcome.message


@pytest.mark.parametrize("table", ["transactions", "churn", "customers"])
def test_a_bank_without_a_ledger_does_not_offer_value(table):
    package = json.loads(json.dumps(data.codebook("qingyu_bank").package))
    assert "spending" in needs.available(Codebook(package), has_truth=True)
    package["resources"] = [resource for resource in package["resources"] if resource["name"] != table]
    assert "spending" not in needs.available(Codebook(package), has_truth=True)


def test_every_code_cell_that_reads_the_ledger_says_so():
    for name in ("lesson", "deeper"):
        for cell in source.read(ROOT / "course" / "lessons" / LESSON / f"{name}.md").in_language("en"):
            if cell.kind == "code" and cell.metadata.get("name") not in ("imports", "parameters", "open"):
                assert cell.text.startswith("# needs: spending"), cell.text

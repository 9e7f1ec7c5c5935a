"""Lesson 10: every right and every known wrong answer of its exercises is judged as meant."""

import json

import pytest
from collection import LANGUAGES, ROOT

from classroom.authoring import source
from classroom.exercises import answers, check
from classroom.notebook import needs
from helpers import data, language, traits
from helpers.codebook import Codebook

LESSON = "10_segments"


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


def test_a_bank_without_a_ledger_does_not_offer_segments():
    package = json.loads(json.dumps(data.codebook("qingyu_bank").package))
    assert {"ledger", "held_out"} <= needs.available(Codebook(package), has_truth=True)
    package["resources"] = [table for table in package["resources"] if table["name"] != "transactions"]
    offered = needs.available(Codebook(package), has_truth=True)
    assert "ledger" not in offered and "held_out" in offered


def test_every_trait_that_may_name_a_group_has_its_words():
    words = json.loads((ROOT / "src/helpers/glossary.json").read_text(encoding="utf-8"))
    for trait in [*traits.NAMING, "quiet"]:
        for part in ("name", "need", "do", "not"):
            assert all(words[f"{part}_{trait}"][spoken] for spoken in LANGUAGES), (part, trait)

"""Lesson 03: every right and every known wrong answer of its exercises is judged as meant."""

import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from collection import LANGUAGES, ROOT

from classroom.authoring import source
from classroom.exercises import answers, check
from classroom.notebook import needs
from helpers import data, drivers, language, plots
from helpers.codebook import Codebook

LESSON = "03_moments"


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


def test_a_bank_without_emotions_does_not_offer_moments():
    package = json.loads(json.dumps(data.codebook("qingyu_bank").package))
    for table in package["resources"]:
        fields = table.get("schema", {}).get("fields", [])
        fields[:] = [field for field in fields if field["name"] != "emotion"]
    assert "journey_surveys" not in needs.available(Codebook(package), has_truth=True)


@pytest.mark.parametrize("said", ["investigation", "Investigation", "调查核实", " 调查核实 "])
def test_a_touchpoint_may_be_named_in_words(solved, said):
    """Its name stands in several tables, and is the same touchpoint in each."""
    language.use("zh")
    assert check.judge("first", said).name == "right"


def test_intervals_of_penalty_and_reward_are_drawn_apart():
    """Two that cross zero at one height would look like one long interval."""
    plots.use_style(language="en", codebook=data.codebook("qingyu_bank"))
    sides = pd.DataFrame({
        "predictor": "queueing", "side": ["penalty", "reward"], "estimate": [-0.5, 0.1], "low": [-0.9, -0.2], "high": [-0.1, 0.3],
    })  # fmt: skip
    ax = drivers.penalty_reward(sides)
    (_, first, *_), (_, second, *_) = (lines.get_segments()[0].ravel() for lines in ax.collections[:2])
    assert first > second
    plt.close("all")

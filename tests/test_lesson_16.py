"""Lesson 16: every right and every known wrong answer of its exercises is judged as meant."""

import json

import pytest
from collection import LANGUAGES, ROOT
from nbformat.v4 import new_code_cell, new_notebook

from classroom.authoring import source
from classroom.exercises import answers, check
from classroom.notebook import needs
from classroom.running import parameters
from helpers import control, data, language, rollout, series
from helpers.codebook import Codebook

LESSON = "16_monitor"


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


@pytest.mark.parametrize(
    ("table", "column"), [("branches", "transformed"), ("service_weekly", "mean_wait_seconds")]
)
def test_a_bank_without_weekly_record_or_dates_does_not_offer_it(table, column):
    package = json.loads(json.dumps(data.codebook("qingyu_bank").package))
    assert "weekly" in needs.available(Codebook(package), has_truth=True)
    for resource in package["resources"]:
        if resource["name"] == table:
            fields = resource["schema"]["fields"]
            fields[:] = [field for field in fields if field["name"] != column]
    assert "weekly" not in needs.available(Codebook(package), has_truth=True)


def test_planted_shifts_of_the_committed_bank_are_found_and_dated():
    """The figures that the lesson says of Qingyu Bank: both shifts of the wait, to within two weeks, and no third."""
    weekly = data.load("qingyu_bank", "service_weekly")
    never = data.load("qingyu_bank", "branches").query("transformed.isna()")["branch"]
    visits = weekly.groupby("week")["visits"].sum()
    weeks = weekly[
        weekly["week"].isin(visits.index[visits >= 0.75 * visits.median()]) & weekly["branch"].isin(never)
    ]
    planted = data.only(data.truth("qingyu_bank", "planted_shift"), indicator="mean_wait_seconds").set_index(
        "branch"
    )
    found = {
        name for name, part in weeks.groupby("branch")
        if control.signals(control.xmr(part, "mean_wait_seconds", until=39), rules=("twenty",))["twenty"].any()
    }  # fmt: skip
    assert found == set(planted.index)
    for name, row in planted.iterrows():
        one = series.shift(data.only(weeks, branch=name), "mean_wait_seconds").iloc[0]
        assert abs(one["estimate"] - row["week"]) <= 2
        assert one["after"] / one["before"] - 1 == pytest.approx(row["construct"], abs=0.08)


def test_group_time_effect_of_the_committed_bank_holds_the_truth_and_the_shortcut_does_not():
    weekly, branches = (data.load("qingyu_bank", name) for name in ("service_weekly", "branches"))
    begins = (branches["transformed"] - weekly["week_start"].min()).dt.days // 7 + 1
    rows = weekly.merge(branches[["branch"]].assign(start=begins))
    rows["minutes"] = rows["mean_wait_seconds"] / 60
    planted = data.only(data.truth("qingyu_bank", "planted_shift"), indicator="mean_wait_seconds")["branch"]
    rows = rows[~rows["branch"].isin(planted)]
    true = data.only(data.truth("qingyu_bank", "average_effect"), indicator="mean_wait_seconds")[
        "construct"
    ].item()
    lot = rollout.randomised(rows, "minutes", before=13, draws=199, seed=16).iloc[0]
    shortcut = rollout.two_way(rows, "minutes").iloc[0]
    assert lot["low"] <= true <= lot["high"] < 0
    assert not shortcut["low"] <= true <= shortcut["high"]


def test_the_lesson_chooses_its_branch_itself_on_another_bank():
    """A default of None is no branch that another bank lacks, so the runner leaves it alone."""
    cell = new_code_cell("branch = None", metadata={"tags": ["parameters"]})
    chosen = parameters.suited({"data": "qingyu_bank"}, notebook=new_notebook(cells=[cell]))
    assert chosen == {"data": "qingyu_bank"}

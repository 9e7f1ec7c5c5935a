"""``course data make --plan``: what a plan lacks is said row by row, an empty one is nothing, a whole one is handed on."""

import pandas as pd
import pytest

from classroom.forms.plan_workbook import write_plan
from helpers.bank import language
from helpers.methods import plan
from simbank import bank
from workshop import cli

ROWS = {
    "bottleneck": ["B02", "B03 · Queueing"],
    "action": ["Training to keep promises", "Mend one step of the journey"],
    "start": ["2026-01-12", "2026-01-19"],
    "end": ["2026-03-06", "2026-03-13"],
    "review_on": ["2026-10-12", "2026-10-12"],
    "effort_days": [30, 20],
}


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield
    language.use("en")


@pytest.fixture
def made(monkeypatch):
    """What the bank would be made from; it is not made here."""
    calls = []

    def make(folder, **given):
        rng = bank.generator(7, "branches")
        network = bank.branches.draw(rng, 8)
        if given.get("plan") is not None:
            given["steps"] = bank.plans.read(given["plan"], bank.branches.table(rng, network))
        calls.append(given)

    monkeypatch.setattr(bank, "make", make)
    return calls


def workbook(path, **changes):
    return write_plan(plan.tidy(plan.example().assign(**ROWS, waits_for="").assign(**changes)), path)


def course(*argv):
    return cli.main(["data", "make", "--seed", "7", "--small", "--out", "nowhere", *map(str, argv)])


def test_a_plan_reaches_the_bank_as_it_was_written(tmp_path, made):
    assert course("--plan", workbook(tmp_path / "plan.xlsx")) == 0
    (given,) = made
    assert [(one.action, one.place, one.days) for one in given["steps"]] == [
        ("promise_training", (1, -1), 30),
        ("mend_moment", (2, 1), 20),
    ]
    assert given["branches"] == 8 and given["seed"] == 7


def test_an_empty_workbook_and_no_plan_are_the_same_nothing(tmp_path, made):
    empty = tmp_path / "empty.xlsx"
    pd.DataFrame(columns=plan.COLUMNS).to_excel(empty, index=False)
    assert course("--plan", empty) == course("--no-plan") == course() == 0
    assert made[0]["steps"] == made[1]["steps"] == [] and "plan" not in made[2]


@pytest.mark.parametrize(("spoken", "said"), [("en_GB.UTF-8", "owner"), ("zh_CN.UTF-8", "责任人")])
def test_what_a_plan_lacks_is_said_in_the_readers_language(tmp_path, made, capsys, monkeypatch, spoken, said):
    monkeypatch.setenv("LANG", spoken)
    assert course("--plan", workbook(tmp_path / "plan.xlsx", owner=["", "Li"])) == 1
    told = capsys.readouterr().err
    assert said in told and "Traceback" not in told and not made


@pytest.mark.parametrize(("spoken", "said"), [("en_GB.UTF-8", "Row 2"), ("zh_CN.UTF-8", "第 2 行")])
def test_an_action_that_the_bank_does_not_know_is_said_too(tmp_path, made, capsys, monkeypatch, spoken, said):
    monkeypatch.setenv("LANG", spoken)
    assert course("--plan", workbook(tmp_path / "plan.xlsx", action=["be kinder", ROWS["action"][1]])) == 1
    told = capsys.readouterr().err
    assert said in told and "be kinder" in told and "Traceback" not in told and not made


def test_a_workbook_that_is_not_there_is_one_sentence(tmp_path, made, capsys):
    assert course("--plan", tmp_path / "nowhere.xlsx") == 1
    assert "nowhere.xlsx" in capsys.readouterr().err and not made


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("wrong", [("--seed", "-3"), ("--customers", "500"), ("--out", "{full}")])
def test_a_bank_that_cannot_be_made_is_told_in_one_sentence_in_the_labs_language(
    tmp_path, monkeypatch, capsys, spoken, wrong
):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("COURSE_LANGUAGE", spoken)
    name, value = wrong
    argv = {"--seed": "7", "--out": str(tmp_path / "bank"), name: value.format(full=tmp_path)}
    assert cli.main(["data", "make", "--small", *(part for pair in argv.items() for part in pair)]) == 1
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1 and {"en": "must be", "zh": "应为"}[spoken] in told
    assert {"en": "应为", "zh": "must be"}[spoken] not in told

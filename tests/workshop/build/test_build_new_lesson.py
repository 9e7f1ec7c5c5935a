"""A lesson made by CONTRIBUTING alone: it builds, runs, and is left out in part, with nothing changed in `src`."""

import json
import shutil

import pandas as pd
import pytest
from collection import LANGUAGES, ROOT

from helpers.bank import data
from helpers.bank.language import WrongValue
from workshop.build.build import build
from workshop.run import run as runner

HEADER = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""
PARAMETERS = '```{code-cell} ipython3\n:tags: [parameters]\n\ndata = "qingyu_bank"\nlanguage = "en"\n```\n\n'
COURSE = """
title: Small
title@zh: 小课程
parts:
  - id: one
    title: Part
    title@zh: 部分
    lessons:
      - id: 20_hurry
        title: Hurry
        title@zh: 匆忙
        question: How fast?
        question@zh: 多快？
        minutes: 10
"""
NEEDS = """
timed:
  columns: {servqual: [seconds]}
  en: Nobody timed these answers, so the seconds are left out.
  zh: 这份问卷没有计时，所以略过用时。
"""


def prose(en, zh, **about):
    """One cell in both languages."""
    heads = [json.dumps({"lang": language, **about}) for language in LANGUAGES]
    return "".join(f"+++ {head}\n\n{text}\n\n" for head, text in zip(heads, (en, zh), strict=True))


def code(text, *options):
    return "```{code-cell} ipython3\n" + "".join(f":{option}\n" for option in options) + f"\n{text}\n```\n\n"


def opened(name, calls):
    start = f'bank = start("{name}", data=data, language=language)\nanswers = bank.load("servqual")'
    return PARAMETERS + code(f"from classroom import {calls}") + code(start)


LESSON = (
    HEADER
    + prose("# 20 · How fast?", "# 20 · 多快？")
    + opened("20_hurry", "keep, show, start")
    + prose("## Marks", "## 打分")
    + code(
        'mean = answers["satisfaction"].mean()\nshow(mean, "mean")\nkeep(mean=round(mean, 3))', "name: mean"
    )
    + prose("sentence: The mean is {mean:.2f}.", "sentence: 平均 {mean:.2f} 分。", text="mean")
    + prose("## Seconds", "## 用时", needs=["timed"])
    + code('half = answers["seconds"].median()\nshow(half, "half")', "name: half", "needs: [timed]")
    + prose(
        "sentence: Half took {half:.0f} s.",
        "sentence: 一半不到 {half:.0f} 秒。",
        text="half",
        needs=["timed"],
    )
)
EXERCISES = (
    HEADER
    + prose("# 20 · Exercises", "# 20 · 练习")
    + opened("20_hurry_exercises", "check, start")
    + prose("## Task 1\n\nThe mean of `satisfaction`?", "## 任务 1\n\n`satisfaction` 的平均数？")
    + code('mine = ...\n# solution\nmine = answers["satisfaction"].mean()')
    + code(
        'from classroom import answer\n\nanswer("mean", mine, tolerance=0.01, wrong={"middle": 1.0})',
        "tags: [answers]",
    )
    + code('check("mean", mine)')
    + prose("All count.", "都算。", right="mean")
    + "".join(prose(f"Hint {n}.", f"提示 {n}。", hint="mean") for n in (1, 2, 3))
    + prose("This is the lowest mark.", "这是最低分。", wrong="mean.middle")
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A course of this one lesson, on the bank that there is."""
    lesson = tmp_path / "course" / "lessons" / "20_hurry"
    lesson.mkdir(parents=True)
    files = {"course.yml": COURSE, "needs.yml": NEEDS, "glossary.yml": "[]\n"}
    files |= {"lessons/20_hurry/lesson.md": LESSON, "lessons/20_hurry/exercises.md": EXERCISES}
    for name, text in files.items():
        (tmp_path / "course" / name).write_text(text, encoding="utf-8")
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
        text = (home / "build" / language / "20_hurry.ipynb").read_text(encoding="utf-8")
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

"""Replications are a part of their own: built, listed among the notebooks, and in the READMEs, in no route, no kit."""

import re

from collection import COURSE, LANGUAGES, LESSONS, REPLICATIONS, ROOT

from workshop.build import index, source

NAMES = [lesson["id"] for lesson in REPLICATIONS]


def test_their_sources_stand_apart_and_both_languages_are_built():
    assert sorted(NAMES) == NAMES and not {*NAMES} & {lesson["id"] for lesson in LESSONS}
    assert {path.name for path in (ROOT / "course" / "replications").iterdir()} == {*NAMES}
    for name in NAMES:
        for part in ("", "_exercises"):
            for language in LANGUAGES:
                assert (ROOT / "notebooks" / language / f"{name}{part}.ipynb").is_file()
        assert (ROOT / "notebooks" / "answers" / f"{name}.json").is_file()


def test_they_are_listed_among_the_notebooks_and_in_the_readmes():
    listed = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    for readme, language in (("README.md", "en"), ("README.zh.md", "zh")):
        text = (ROOT / readme).read_text(encoding="utf-8")
        for part in ("", "_exercises"):
            assert all(f"(notebooks/{language}/{name}{part}.ipynb)" in text for name in NAMES)
    for name in NAMES:
        assert f"(en/{name}.ipynb)" in listed and f"(zh/{name}_exercises.ipynb)" in listed


def test_no_route_leads_to_them():
    routes = str(COURSE["routes"])
    assert "05_servqual" in routes and not [name for name in NAMES if name in routes]
    assert not {lesson["id"] for lesson in index.lessons(COURSE)} & {*NAMES}


def test_a_course_without_replications_has_none():
    bare = {key: value for key, value in COURSE.items() if key != "replications"}
    assert index.parts(bare) == COURSE["parts"] and index.packages(bare, "R1_cdnow") == []
    assert index.packages(COURSE, "R1_cdnow") == ["lifetimes"]


def test_each_has_the_sections_of_a_replication():
    wanted = {
        "en": ("The paper's question|The papers' question", "What one row of the table stands for",
               "The same on Qingyu Bank, where the truth is known", "The same on your data", "What could be wrong", "The answer again"),
        "zh": ("论文的问题", "表里的一行代表什么", "同样的方法用在青屿银行：真值已知", "同样的方法用在你的数据上", "哪里可能出错", "再答一次"),
    }  # fmt: skip
    for name in NAMES:
        one = source.read(ROOT / "course" / "replications" / name / "lesson.md")
        for language in LANGUAGES:
            text = "\n".join(cell.text for cell in one.in_language(language))
            for heading in wanted[language]:
                assert re.search(rf"^## (?:{heading})", text, re.MULTILINE), (name, heading)

"""The sheets of the day: everything that an activity needs is there, in both languages alike, and nothing is left over."""

import re

import pytest
import yaml
from collection import COURSE, ROOT

from helpers.bank import language
from workshop.build import yamlfile
from workshop.kit import day_activities, day_routes, exam, paper, paper_sheets, print_blocks, print_packs

DAY = ROOT / "course" / "day"


def _shape(text):
    """What both languages must have alike: blocks in order, columns and rows of tables."""
    return [
        (block.kind, len(block.rows), len(block.rows[0]) if block.rows else 0)
        for block in print_blocks.blocks(text)
    ]


@pytest.mark.parametrize("leaf", sorted(path.stem for path in DAY.glob("*.md")))
def test_both_languages_have_the_same_shape(leaf):
    shapes = {}
    for spoken in ("en", "zh"):
        language.use(spoken)
        shapes[spoken] = _shape(paper_sheets.text(ROOT, leaf, route="x"))
        assert shapes[spoken]
    assert shapes["en"] == shapes["zh"]


def test_every_sheet_is_asked_for_and_every_activity_finds_its_sheets():
    language.use("en")
    _, found = paper_sheets.read(ROOT)
    known = day_activities.read(ROOT)
    asked = {name for one in known.values() for name in one.material} - {"blank_map"}
    assert asked <= set(found)
    assert set(found) <= asked | set(print_packs.ALWAYS)
    used = {
        one.id
        for entry in COURSE["routes"]
        for one in day_routes.chosen(COURSE, entry["id"], home=ROOT).activities
    }
    assert used == set(known)
    written = {path.stem for path in DAY.glob("*.md")}
    answers = {one["answers"] for one in yamlfile.read(DAY / "activities.yml") if "answers" in one}
    assert {leaf.id for leaf in found.values() if leaf.form in ("page", "cards")} == written - answers


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_trainer_has_an_answer_to_every_complaint_of_the_clinic(spoken):
    language.use(spoken)
    cases = re.findall(r"(?m)^## (.*)$", paper_sheets.text(ROOT, "complaint_cases"))
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in day_activities.read(ROOT)["complaints"].answers.splitlines()
        if line.startswith("|")
    ]
    assert len(cases) == len(head) - 1 == 3
    assert all(said in case for said, case in zip(head[1:], cases, strict=True))
    assert len(rows) == 6
    assert all(all(row) and len(row) == 4 for row in rows)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_stands_on_the_wall_is_short_and_steps_follow_one_another(spoken):
    language.use(spoken)
    for one in day_activities.read(ROOT).values():
        assert len("".join(one.slide)) <= {"zh": 60, "en": 160}[spoken], one.id
        assert [step.start for step in one.steps[1:]] == [step.end for step in one.steps[:-1]]
        assert all(step.end - step.start <= 11 for step in one.steps), one.id  # chunks of ten minutes
        assert all(step.say and step.what for step in one.steps)


def test_roles_are_cards_apart_each_with_a_secret_of_its_own():
    for spoken, word in (("en", "Your secret"), ("zh", "你的秘密")):
        language.use(spoken)
        cards = re.split(r"(?m)^## ", paper_sheets.text(ROOT, "roles_first_account"))[1:]
        assert len(cards) == 3
        assert all(card.count(word) == 1 for card in cards)
        page = paper.pack("x")
        _, found = paper_sheets.read(ROOT)
        paper_sheets.draw(page, found["roles_first_account"], paper_sheets.text(ROOT, "roles_first_account"))
        assert [len(row.cells) for row in page.tables[0].rows] == [1, 1, 1]


def test_cases_say_what_the_lessons_cards_say():
    """No fact stands in the day that no lesson has: a case's known and unmeasured are the words of a claim card."""
    lessons = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "course" / "lessons").glob("*/lesson.md")
    )
    for case in yaml.safe_load((DAY / "cases.yml").read_text(encoding="utf-8")):
        assert (
            case["unmeasured"]["zh"].rstrip("。") in lessons
            or "究竟是哪一步起的作用" in case["unmeasured"]["zh"]
        )
        assert {"en", "zh"} == set(case["questions"])
        assert len(case["questions"]["en"]) == len(case["questions"]["zh"]) == 3


def test_the_key_fits_both_forms():
    language.use("zh")
    questions, order = exam.read(ROOT)
    assert len(questions) == 10
    assert sorted(order) == list(range(1, 11))
    assert order != sorted(order)
    assert {question.right for question in questions} <= set("abcd")
    assert max([question.right for question in questions].count(letter) for letter in "abcd") <= 5

"""The pages of topics and of the semester: every lesson once and in order, nothing before what it needs, weeks that can be done."""

import csv

import pytest

from helpers.bank import data
from workshop.build import index, topic_tables

HOME = data.home()
COURSE = index.read(HOME / "course" / "course.yml")
WEEKS = [week["lessons"] for week in COURSE["semester"]]


def test_the_semester_holds_every_lesson_in_order_and_ends_with_two_weeks_of_the_last():
    taught = [name for week in WEEKS for name in week]
    assert taught == [one["id"] for one in index.lessons(COURSE)] + ["18_capstone"]
    assert WEEKS[-2:] == [["18_capstone"]] * 2 and len(WEEKS) <= 18


def test_no_lesson_comes_before_what_it_needs():
    week = {name: number for number, names in enumerate(WEEKS) for name in names}
    for one in index.lessons(COURSE):
        assert all(week[name] <= week[one["id"]] for name in one["prerequisites"]), one["id"]


def test_a_week_takes_two_hours_at_most_and_the_page_adds_them_up():
    rows = [
        line.split(" | ")
        for line in topic_tables.semester(COURSE).splitlines()
        if line.startswith("| ") and line[2:3].isdigit()
    ]
    minutes = [int(row[2]) for row in rows]
    assert len(rows) == len(WEEKS) and max(minutes) <= 120
    assert f"{sum(minutes)} minutes in all" in topic_tables.semester(COURSE)


def test_a_semester_is_no_route_of_a_kit():
    assert "semester" not in [one["id"] for one in COURSE["routes"]]


def test_the_page_of_topics_names_every_topic_and_a_lesson_that_is_there():
    with (HOME / "course" / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = list(csv.DictReader(file))
    page = topic_tables.topics(HOME / "course" / "topics.csv")
    for one in topics:
        assert f"| {one['en']} | {one['zh']} |" in page
        assert (HOME / "docs" / ".." / "course" / "lessons" / one["lesson"]).is_dir()
    assert page.count("\n| ") == len(topics) + 1


def test_a_lesson_that_is_not_there_stops_the_page():
    with pytest.raises(KeyError, match="19_nothing"):
        topic_tables.semester({**COURSE, "semester": [{"lessons": ["19_nothing"]}]})

"""Lesson 09: its sentences tied to their page, its figures readable, what a beginner gets wrong told apart."""

import re

import pytest
from collection import ROOT, paragraphs

LESSON = ROOT / "course" / "lessons" / "09_value"


def test_the_lesson_says_what_the_page_says():
    page = (ROOT / "docs" / "customers.md").read_text("utf-8")
    size = re.search(r"^([\d,]+) customers \(a quarter", page, re.M)[1]
    low, high = re.search(r"bank it is [\d.]+, ([\d.]+) to ([\d.]+) \(median, 10 %", page).groups()
    many = re.search(r"on ([\d,]+) customers of the same\s+bank", page)[1]
    for place, numbers in {"lesson": [size], "deeper": [size, many, low, high]}.items():
        told = paragraphs(f"09_value/{place}", naming="customers")
        assert len(told) == 2
        for paragraph in told:
            assert all(re.search(rf"(?<![\d.,]){number}(?!\d)", paragraph) for number in numbers), paragraph


@pytest.mark.parametrize("place", ["lesson", "deeper", "exercises", "trainer"])
def test_words_are_those_of_a_bank(place):
    """A bank speaks of spreads and fee rates; a gross margin is a shop's."""
    assert "毛利率" not in (LESSON / f"{place}.md").read_text("utf-8")


def test_no_phase_is_called_the_highest_where_lines_overlap():
    """The lesson forbids “more” where intervals overlap: title and answer say so of themselves."""
    text = (LESSON / "lesson.md").read_text("utf-8")
    for said in re.findall(r".*(?:Most leave from|走得最多的是).*", text):
        assert "{clear:choose|" in said, said


def test_every_caption_says_how_many_and_from_where():
    for place in ("lesson", "deeper"):
        text = (LESSON / f"{place}.md").read_text("utf-8")
        for caption in re.findall(r"^caption: (.*)$", text, re.M):
            assert re.search(r"ledger|churn table|imulated bank|交易流水|流失表|模拟银行", caption), caption
            assert re.search(r"\{[a-z_.]+(?:\[0\])?:,\}|in brackets|括号内|this branch|本网点", caption), (
                caption
            )

"""Lesson 09: its sentences tied to their page, its figures readable, what a beginner gets wrong told apart."""

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from collection import ROOT, paragraphs

from classroom.notebook import figuretext
from helpers.figures import futures, tiers
from helpers.methods import worth

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


def test_a_figure_of_two_panels_has_its_title_above_both():
    cells = pd.DataFrame([(view, a, b, 1 / 9) for view in ("need_tier", "relationship_tier") for a in worth.TIERS
                          for b in worth.TIERS], columns=["view", "value_tier", "tier", "share"])  # fmt: skip
    figure = tiers.crossing(cells)
    title = "A title too long for the left panel, and not for both"
    figuretext.dress(figure, title=title, caption="Source")
    figure.draw_without_rendering()
    (heading,) = (text for text in figure.texts if text.get_text().startswith("A title"))
    place, panels = heading.get_window_extent(), [ax.get_window_extent() for ax in figure.axes]
    assert heading.get_text() == title and len(panels) == 2
    assert place.width > panels[0].width and place.y0 >= max(panel.y1 for panel in panels)
    plt.close("all")


@pytest.mark.parametrize("rows", [3, 6])
def test_the_key_stands_as_far_below_few_bars_as_below_many(rows):
    mixed = pd.DataFrame([(f"row {row}", tier, 1 / 3) for row in range(rows) for tier in worth.TIERS],
                         columns=["segment", "tier", "share"])  # fmt: skip
    ax = tiers.make_up(mixed, rows="segment")
    ax.figure.draw_without_rendering()
    gap = ax.xaxis.label.get_window_extent().y0 - ax.get_legend().get_window_extent().y1
    assert 0 <= gap <= 30
    plt.close("all")


def test_months_are_marked_by_the_year_and_rates_in_whole_purchases():
    steps = pd.DataFrame({"way": "entered", "months": [6.0, 60], "share": [1.0, 0.6]})
    assert all(tick % 12 == 0 for tick in futures.survival(steps).get_xticks())
    rates = pd.DataFrame({"segment": ["dormant"], "n": [9], "estimate": [19.2], "construct": [21.0]})
    assert all(tick % 1 == 0 for tick in futures.rates(rates).get_xticks())
    plt.close("all")

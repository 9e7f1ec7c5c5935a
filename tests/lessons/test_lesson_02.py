"""Lesson 02: its sheet is enough, and its helpers say what they draw."""

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from collection import LANGUAGES

from classroom import start
from classroom.forms import observation
from classroom.notebook import captions, placeholders
from helpers.bank import codebook, data, language
from helpers.bank.language import WrongValue
from helpers.figures import maps, style
from helpers.methods import eventlog, journey

LESSON = "02_journey"


def test_a_placeholder_that_names_a_method_is_refused():
    row = pd.Series({"count": 262})
    assert placeholders.fill("{row[count]}", {"row": row}) == "262"
    with pytest.raises(WrongValue, match="names a function"):
        placeholders.fill("{row.count}", {"row": row})


def test_a_case_that_waits_for_its_next_step_is_not_over():
    rows = eventlog.example()
    rows.loc[rows.index[-1], "outcome"] = "waiting"
    assert rows["end"].notna().all()
    assert set(eventlog.finished(rows)["case"]) == {"A"}


def test_finished_keeps_no_waiting_step_of_the_bank():
    assert "waiting" not in set(eventlog.finished(data.load("qingyu_bank", "journeys"))["outcome"])


def test_the_sheet_names_its_words_where_the_bank_has_no_log(monkeypatch):
    bare = codebook.Codebook({"resources": []})
    monkeypatch.setattr(codebook, "current", lambda: bare)
    observation.observed("course/templates/observation_sheet.xlsx")
    language.use("zh")
    assert (bare.label("queueing"), bare.label("app")) == ("取号等候", "手机银行")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_touchpoint_of_the_bank_has_something_to_see(spoken):
    language.use(spoken)
    book = data.codebook("qingyu_bank")
    for name in data.load("qingyu_bank", "touchpoints")["touchpoint"]:
        assert book.label(f"evidence_{name}") != f"evidence_{name}"


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("kind", ["nobody asked", "one customer", "stops early", "one answer"])
def test_a_thin_sheet_still_makes_a_map(spoken, kind):
    style.use(language=spoken, codebook=data.codebook("qingyu_bank"))
    rows = observation.observed("course/templates/observation_sheet.xlsx")
    gone = rows.loc[rows["outcome"] == "dropped", "case"].iloc[0]
    thin = {
        "nobody asked": rows.assign(emotion=float("nan")), "one customer": rows[rows["case"] == rows["case"].iloc[0]],
        "stops early": rows[rows["case"] == gone], "one answer": rows.assign(emotion=rows["emotion"].where(rows.index == 2)),
    }[kind]  # fmt: skip
    table = journey.lanes(thin.reset_index(drop=True))
    ax = maps.journey_map(table)
    ax.figure.canvas.draw()
    said = [text.get_text() for text in ax.texts]
    unasked = {"en": "nobody was asked how it felt", "zh": "没有问过感觉怎样"}[spoken]
    assert (unasked in said) == (kind == "nobody asked")
    assert table["visits"].sum() == len(thin) and table["n"].sum() == thin["emotion"].notna().sum()
    plt.close("all")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_poster_is_one_a3_page_with_title_and_caption_on_it(spoken, tmp_path):
    style.use(language=spoken, codebook=data.codebook("qingyu_bank"))
    ax = maps.journey_map(journey.lanes(observation.observed("course/templates/observation_sheet.xlsx")))
    captions.dress(ax, title="标题 title", caption="说明 caption")
    page = maps.poster(ax, path=tmp_path / "map.pdf").read_bytes()
    box = [float(number) for number in re.search(rb"/MediaBox \[ ?([\d. ]+?) ?\]", page)[1].split()]
    assert box == pytest.approx([0, 0, 420 / 25.4 * 72, 297 / 25.4 * 72], abs=0.1)
    assert b"/Subtype /Type3" in page and b"/Subtype /Image" not in page
    # All that is drawn keeps off the edge: what a printer cannot reach.
    extent = maps._extent(ax.figure)
    assert (extent.size <= [420 / 25.4 - 0.6, 297 / 25.4 - 0.6]).all()
    plt.close("all")


@pytest.mark.parametrize("name", ["map.png", "nowhere/map.pdf", "map"])
def test_a_poster_needs_a_page(name, tmp_path):
    ax = maps.journey_map(journey.lanes(eventlog.example()))
    with pytest.raises(WrongValue, match=r"must be the name of a \.pdf file"):
        maps.poster(ax, path=tmp_path / name)
    plt.close("all")


def test_a_journey_that_is_not_there_is_refused_at_start():
    with pytest.raises(WrongValue) as caught:
        start(LESSON, data="qingyu_bank", language="en", journey="mortgage")
    assert "'loan_application' (Loan application)" in caught.value.en and "mortgage" in caught.value.zh


def test_the_owner_of_a_step_is_somebody():
    start(LESSON, data="qingyu_bank", language="zh")
    row = pd.Series({"owner": "counter", "channel": "counter"})
    assert placeholders.fill("{row.owner:label}、{row.channel:label}", {"row": row}) == "柜员、柜台"

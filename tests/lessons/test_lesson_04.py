"""Lesson 04: its key results held against the declared truth, its page tied to its sentences, own data that flow in."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from collection import ROOT, benchmark, paragraphs

from classroom.notebook import placeholders
from helpers.bank import data
from owndata.map import own_tables
from simbank import branches, queue
from simbank.streams import generator

LESSON = "04_touchpoints"


@pytest.fixture(scope="module")
def counted():
    return benchmark("touchpoints")


@pytest.fixture(scope="module")
def told(counted):
    """What the lesson's own cells find in the bank's tickets."""
    return counted.lesson(counted.cells(), data.load("qingyu_bank", "queue_tickets"))


def test_what_one_more_counter_changes_is_the_declared_change(told):
    true = data.truth("qingyu_bank", "queue_gain").set_index("branch")["estimand"]
    found = told["bought"].xs("day_counter", level="measure")
    assert set(found.index) == set(true.index)
    assert true.between(found["low"], found["high"]).sum() >= len(true) - 1


def test_the_log_played_again_gives_back_the_waits_on_record(told):
    """With the counters as they were: what people spent waiting, as the simulation declares it."""
    true = data.truth("qingyu_bank", "queue_spent").set_index("branch")["estimand"]
    again = told["spent"]["as_now"].groupby("branch").mean()
    error = told["spent"]["as_now"].groupby("branch").sem()
    assert (np.abs(again - true) < 4 * error).all()


def test_the_lists_are_beaten_and_the_rules_cost_something(told):
    assert told["best"] > 1.02 * max(told["lists"].values())
    assert told["price"] >= 0 and told["kept"]["cost"].sum() <= 18_000
    assert told["kept"]["branch"].is_unique
    assert told["kept"]["measure"].isin(["day_counter", "rush_counter"]).sum() <= 2


def test_the_lesson_chooses_as_a_search_of_all_combinations_does(told):
    """Another route to the best: branch by branch, money in steps of a hundred yuan."""
    best = np.zeros(181)
    for _, part in told["options"].groupby("branch"):
        grown = best.copy()
        for one in part.itertuples():
            cost = one.cost // 100
            grown[cost:] = np.maximum(grown[cost:], best[: 181 - cost] + one.worth)
        best = grown
    assert told["best"] == pytest.approx(best[180])


def test_erlangs_formula_is_the_published_one(told):
    """Erlang C by its sum: probability to wait, then the mean wait."""
    c, s, busy = told["counters"], told["service"], 0.8
    terms = np.cumprod([1, *(c * busy / k for k in range(1, c + 1))])
    waiting = terms[-1] / (1 - busy) / (terms[:-1].sum() + terms[-1] / (1 - busy))
    assert told["erlang_wait"](busy) == pytest.approx(waiting * s / (c * (1 - busy)))


def test_the_benchmark_counts_one_bank(counted, monkeypatch):
    monkeypatch.setattr(queue, "DRAWS", 20)
    places, choices = counted.count(banks=1, seed=101, batches=1)
    assert len(places) == 6 and len(choices) == 1
    text = counted.page(places, choices, banks=1, seed=101, batches=1)
    assert text.count("| 6 |") == 1 and "{" not in text


def test_the_page_is_of_forty_banks_and_the_lesson_names_it():
    page = (ROOT / "docs/touchpoints.md").read_text(encoding="utf-8")
    assert int(re.search(r"--banks (\d+)", page)[1]) >= 40
    assert len(paragraphs(f"{LESSON}/lesson", naming="touchpoints")) == 2
    held = re.search(r"真实变化 \| (\d+) \| (\d+)", page)
    assert int(held[2]) / int(held[1]) >= 0.9


def test_a_banks_own_log_has_the_columns_that_the_lesson_reads(tmp_path):
    sheet = pd.read_csv(ROOT / "course/templates/own_tables/queue_tickets.csv", dtype=str)
    table, _ = own_tables.recognised(list(sheet.columns))
    needed = {"ticket", "taken", "called", "finished", "counter"}
    assert table == "queue_tickets" and needed <= set(own_tables.recognised(list(sheet.columns))[1])
    assert needed <= set(data.load("qingyu_bank", "queue_tickets").columns)


def test_a_log_without_a_column_of_branches_is_one_branch(counted):
    network = branches.draw(generator(7, "branches"), 3)
    one = counted.tickets(7, network).query("branch == 'B01'").drop(columns="branch")
    told = counted.lesson(counted.cells(), one)
    assert told["kept"]["branch"].tolist() == ["–"]


@pytest.mark.parametrize(("language", "chance"), [("en", "may be chance"), ("zh", "可能是碰巧")])
def test_a_title_says_what_may_be_chance(language, chance):
    path = ROOT / "notebooks" / "texts" / language / f"{LESSON}.json"
    title = json.loads(path.read_text(encoding="utf-8"))["buys"]["title"]
    end = title[title.index("{mine.high") :]
    for low, high in [(-3, -1), (-3, 0), (-3, 1), (1, 2)]:
        said = placeholders.fill(end, {"mine": pd.DataFrame({"low": [low], "high": [high]})})
        assert (chance in said) == (low <= 0 <= high)

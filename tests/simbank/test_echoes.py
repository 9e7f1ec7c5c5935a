"""Complaints heard elsewhere and comments coded by two people: tables of their own, their truth recovered."""

import json

import numpy as np
import pandas as pd
import pytest
from collection import ROOT

from simbank import branches, calendar, codings, comments, echoes
from simbank.streams import generator

COMMITTED = ROOT / "datasets" / "qingyu_bank"


def table(name):
    return pd.read_csv(COMMITTED / f"{name}.csv")


@pytest.fixture(scope="module")
def truth():
    listed = json.loads((COMMITTED / "truth.json").read_text(encoding="utf-8"))["quantities"]
    return pd.DataFrame(listed).set_index("quantity")


def test_an_echo_follows_its_complaint_by_the_same_customer_at_the_same_branch():
    known = (
        table("echoes")
        .merge(table("truth_echoes"), on="message")
        .merge(table("complaints"), on="case", suffixes=("", "_log"))
    )
    assert len(known) == len(table("echoes")) == known["message"].nunique()
    assert (known["branch"] == known["branch_log"]).all()
    named = known.dropna(subset="customer")
    assert (named["customer"] == named["customer_log"]).all()
    assert (pd.to_datetime(known["date"]) > pd.to_datetime(known["received"])).all()
    assert not (known["customer"].isna() & (known["channel"] == "hotline")).any()


def test_the_shares_are_the_declared_ones(truth):
    known, complaints = table("truth_echoes"), table("complaints")
    ways = known.groupby("case").size()
    for name, share in (("echo_several", len(ways)), ("echo_three", (ways > 1).sum())):
        aim = truth.loc[name, "estimand"]
        assert abs(share / len(complaints) - aim) < 4 * (aim * (1 - aim) / len(complaints)) ** 0.5


def test_coders_read_alone_and_as_well_as_declared(truth):
    told = table("codings").merge(
        table("truth_comments").query("place == 1"), on="comment", suffixes=("", "_true")
    )
    right = told.dropna(subset="topic").assign(hit=lambda rows: rows["topic"] == rows["topic_true"])
    found = right.groupby("coder")["hit"].agg(["mean", "size"])
    aim = truth.loc["coder_right"].set_index("coder")["estimand"]
    assert (np.abs(found["mean"] - aim) < 4 * (aim * (1 - aim) / found["size"]) ** 0.5).all()
    assert told.groupby("comment")["coder"].nunique().eq(2).all()


def test_nothing_is_heard_after_the_two_years_and_the_loud_are_heard_more():
    day = np.full(4000, calendar.DAYS - 2)
    assert (echoes.draw(generator(5, "echoes"), day)["day"] < calendar.DAYS).all()
    early = echoes.draw(generator(5, "echoes"), np.zeros(40_000, dtype=np.int64))
    ways = np.bincount(early["complaint"], minlength=40_000)
    assert ways.var() > 1.1 * sum(p * (1 - p) for p in echoes.CHANCE * 1.5 / 1e6)


def test_a_wrong_reading_goes_to_the_second_topic_or_to_a_neighbour():
    topic, second = np.zeros(50_000, dtype=np.int64), np.full(50_000, 5)
    read = codings.read(generator(5, "codings"), topic, second)
    assert tuple(codings.NEIGHBOURS) == tuple(comments.TOPICS)
    wrong = read[(read > 0)]
    assert np.isin(wrong, [5, codings.NEIGHBOUR[0]]).mean() > 0.8


def test_the_effects_of_a_batch_are_shares():
    network = branches.draw(generator(3, "branches"), 3)
    for module in (echoes, codings):
        values = module.effects(3, network, number=0).values()
        assert all(0 < value < 1 for value in values) and module.constructs() == {}

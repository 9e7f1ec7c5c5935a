"""A change of tiers by lot: who is in it, what was put in comes back, and the same numbers every time."""

import json

import numpy as np
import pandas as pd
import pytest
from collection import ROOT

from simbank import branches, calendar, customers, tier_changes
from simbank.streams import generator

COMMITTED = ROOT / "datasets" / "qingyu_bank"
SIZE = 8000


@pytest.fixture(scope="module")
def drawn():
    network = branches.draw(generator(3, "branches"), 24)
    people = customers.draw(generator(3, "customers"), network, SIZE)
    people["left"] = np.where(np.arange(SIZE) % 10 == 0, 600, calendar.NEVER)
    names = customers.ids(np.arange(SIZE))
    amounts = np.exp(np.random.default_rng(1).normal(13, 2, (2, SIZE))).astype(int)
    seen = pd.concat(
        pd.DataFrame({"customer": names, "snapshot": day, "amount_90_fen": amount})
        for day, amount in zip([tier_changes.BEFORE, tier_changes.AFTER], amounts, strict=True)
    )
    return people, seen, tier_changes.table(3, people, seen, chunk=0, first=0)


def test_only_movers_who_agreed_and_are_there_take_part(drawn):
    people, _, rows = drawn
    who = people.iloc[rows["customer"].str[1:].astype(int) - 1]
    assert who["consent"].all() and (who["kind"] == 0).all() and (who["left"] == calendar.NEVER).all()
    assert (rows["tier_before"] != rows["tier_after"]).all()
    order = {name: place for place, name in enumerate(tier_changes.TIERS)}
    down = rows["tier_after"].map(order) < rows["tier_before"].map(order)
    assert (down == (rows["direction"] == "down")).all()


def test_what_was_put_in_comes_back(drawn):
    rows = drawn[2]
    for name, chances in {"noticed": tier_changes.NOTICED, "satisfied": tier_changes.SATISFIED}.items():
        for d, direction in enumerate(tier_changes.DIRECTIONS):
            for a, arm in enumerate(tier_changes.ARMS):
                cell = rows[(rows["direction"] == direction) & (rows["arm"] == arm)][name]
                aim = chances[d, a] / 1_000_000
                assert abs(cell.mean() - aim) < 4 * (aim * (1 - aim) / len(cell)) ** 0.5


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(drawn):
    people, seen, rows = drawn
    pd.testing.assert_frame_equal(tier_changes.table(3, people, seen, chunk=0, first=0), rows)
    assert not tier_changes.table(4, people, seen, chunk=0, first=0).equals(rows)


def test_a_kept_tier_costs_what_the_old_tier_costs(drawn):
    rows = drawn[2]
    cost = rows[rows["arm"] == "kept"].groupby("tier_before")["cost_fen"].mean()
    assert np.allclose(cost[list(tier_changes.TIERS)], tier_changes.TIER_COST, rtol=0.05)
    assert (rows.loc[rows["arm"] == "changed", "cost_fen"] > tier_changes.LETTER).all()


def test_the_truth_is_declared_for_each_direction():
    told = pd.DataFrame(json.loads((COMMITTED / "truth.json").read_text(encoding="utf-8"))["quantities"])
    found = told[told["quantity"].isin(["tier_noticed", "tier_satisfied"])]
    for row in found.to_dict("records"):
        assert (
            row["estimand"]
            == row["construct"]
            == tier_changes.constructs()[row["quantity"], (("direction", row["direction"]),)]
        )
    assert len(found) == 4 and told.set_index("quantity").loc["tier_habits", "estimand"] == 0

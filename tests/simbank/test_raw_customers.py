"""Raw cards and notes: every error is listed, leads back to the clean table, and is as frequent as declared."""

import json

import numpy as np
import pandas as pd
import pytest
from collection import ROOT

from simbank import branches, customers, raw_customers, raw_notes
from simbank.streams import generator

COMMITTED = ROOT / "datasets" / "qingyu_bank"
NAMES = {"office": "branch", "born": "birth_year", "type": "kind", "since": "joined", "held": "products",
         "phone_bank": "digital_use"}  # fmt: skip


def table(name):
    return pd.read_csv(COMMITTED / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def dirt():
    return table("truth_dirt")


@pytest.fixture(scope="module")
def truth():
    listed = json.loads((COMMITTED / "truth.json").read_text(encoding="utf-8"))["quantities"]
    return pd.DataFrame(listed).set_index("quantity")


def test_with_the_listed_errors_undone_the_cards_are_the_customers(dirt):
    cards = table("raw_customers").set_index("card")
    own = dirt[dirt["table"] == "raw_customers"]
    for column, wrong in own[own["column"] != ""].groupby("column"):
        cards.loc[wrong["row"], column] = wrong["true_value"].to_numpy()
    cards = cards.drop(own.loc[own["column"] == "", "row"])
    clean = cards.set_index("id").sort_index().rename(columns=NAMES)
    known = table("customers").set_index("customer").sort_index()
    assert (clean.index == known.index).all()
    for column in NAMES.values():
        assert (clean[column] == known[column]).all(), column
    assert clean["income"].str.fullmatch(r"[1-9]\d*00").all()


def test_an_error_is_really_there_and_every_kind_occurs(dirt):
    rows = pd.concat([
        table(name).rename(columns={key: "row"}).melt("row", var_name="column", value_name="typed")
        for name, key in (("raw_customers", "card"), ("raw_notes", "note"))
    ])  # fmt: skip
    placed = dirt[dirt["column"] != ""].merge(rows, on=["row", "column"], validate="many_to_one")
    assert len(placed) == (dirt["column"] != "").sum()
    assert (placed["typed"] != placed["true_value"]).all()
    assert set(dirt["dirt"]) == set(raw_customers.SHOWS)
    assert (dirt["dirt"].map(raw_customers.SHOWS).astype(str) == dirt["shows"]).all()


def test_a_card_that_stands_twice_has_the_same_id_and_a_twin_another(dirt):
    cards = table("raw_customers").set_index("card")["id"]
    whole = dirt[dirt["dirt"].isin(["duplicate_exact", "duplicate_changed", "twin"])]
    same = cards[whole["row"]].to_numpy() == whole["true_value"].to_numpy()
    assert (same == (whole["dirt"] != "twin")).all()
    assert cards.value_counts().max() == 2


def test_an_older_card_is_older(dirt):
    cards = table("raw_customers")
    older = dirt.loc[dirt["dirt"] == "duplicate_changed", "row"]
    newest = cards.groupby("id")["updated"].max()
    old = cards[cards["card"].isin(older)]
    assert (old["updated"] < newest[old["id"]].to_numpy()).all()


def test_notes_lead_to_their_customer_unless_an_error_is_listed(dirt):
    notes = table("raw_notes").merge(table("truth_notes"), on="note", validate="one_to_one")
    listed = notes["note"].isin(dirt["row"])
    assert (notes.loc[~listed, "id"] == notes.loc[~listed, "customer"]).all()
    branch = table("customers").set_index("customer")["branch"]
    assert (notes["office"] == branch[notes["customer"]].to_numpy()).all()


def test_the_shares_are_the_declared_ones(dirt, truth):
    size = len(table("customers"))
    planted = truth.loc["dirt_planted"].set_index("dirt")["estimand"]
    for kind in ("duplicate_exact", "duplicate_changed", "twin", "typo", "unit"):
        aim = planted[kind]
        assert abs((dirt["dirt"] == kind).sum() / size - aim) < 4 * (aim / size) ** 0.5, kind
    notes = table("raw_notes").merge(table("truth_notes"), on="note")
    seen = notes[notes["seen"] != ""]
    aim = truth.loc["need_seen_right", "estimand"]
    assert abs((seen["seen"] == seen["behind"]).mean() - aim) < 4 * (aim * (1 - aim) / len(seen)) ** 0.5
    assert truth.loc["income_told", "estimand"] < truth.loc["income_all", "estimand"]


def test_chunks_number_on_and_the_same_seed_gives_the_same_cards():
    network = branches.draw(generator(3, "branches"), 3)
    people = customers.draw(generator(3, "customers"), network, 500)
    for module, name in ((raw_customers, "raw_customers"), (raw_notes, "raw_notes")):
        one, again = (
            module.tables(3, network, people, chunk=1, first=500, known=40, errors=7) for _ in range(2)
        )
        assert one[name].equals(again[name])
        assert int(one[name].iloc[0, 0][1:]) == 41 and one["truth_dirt"]["error"].iloc[0] == "D000008"
        assert one[name].iloc[:, 0].is_unique and one["truth_dirt"]["error"].is_unique


def test_the_effects_of_a_batch_are_shares_and_incomes():
    network = branches.draw(generator(3, "branches"), 3)
    shares = raw_notes.effects(3, network, number=0)
    assert all(0 < value < 1 for value in shares.values()) and raw_notes.constructs() == {}
    found = raw_customers.effects(3, network, number=0)
    for key, chance in raw_customers.constructs().items():
        assert abs(found[key] - chance) < 6 * np.sqrt(chance / 6000), key

"""Phases, tiers, groups, contribution: by hand, by law, and what is drawn is what was computed."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.figures import style
from helpers.methods import customer_value


@pytest.fixture(autouse=True)
def drawn():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


def phase(joined="2020-01-01", recent=5, before=5):
    table = pd.DataFrame(
        {"joined": [pd.Timestamp(joined)], "recent_count": [recent], "before_count": [before]}
    )
    return customer_value.phases(table, as_of="2026-01-01").item()


def test_phases_by_hand_at_their_borders():
    assert phase("2025-07-06") == "new" and phase("2025-07-05") == "steady"
    assert phase(recent=0, before=0) == "silent" and phase(recent=1, before=0) == "steady"
    assert phase(recent=2, before=4) == "slowing" and phase(recent=3, before=4) == "steady"
    assert phase(recent=1, before=3) == "steady"
    assert phase(recent=4, before=2) == "growing" and phase(recent=3, before=1) == "steady"


def test_every_customer_has_one_group():
    every = [
        (tier, name, products)
        for tier in customer_value.TIERS
        for name in customer_value.PHASES
        for products in (1, 2)
    ]
    found = customer_value.groups(pd.DataFrame(every, columns=["value_tier", "phase", "products"]))
    assert set(found) == set(customer_value.GROUPS)
    where = {row: group for row, group in zip(every, found, strict=True)}
    assert where["top", "slowing", 1] == "at_risk" and where["base", "silent", 2] == "quiet"
    assert where["middle", "steady", 1] == "potential" and where["middle", "steady", 2] == "active"
    assert where["top", "new", 1] == "core"


def test_the_rule_of_groups_cell_by_cell():
    """Top by value first, then the silent, the new and growing, and the middle with one product; the rest is active."""
    by_hand = {
        "top": {"new": "core", "growing": "core", "steady": "core", "slowing": "at_risk", "silent": "at_risk"},
        "middle": {"new": "potential", "growing": "potential", "steady": "potential/active", "slowing": "potential/active", "silent": "quiet"},
        "base": {"new": "potential", "growing": "potential", "steady": "active", "slowing": "active", "silent": "quiet"},
    }  # fmt: skip
    for tier, phases in by_hand.items():
        for name, group in phases.items():
            table = pd.DataFrame({"value_tier": tier, "phase": name, "products": [1, 2, 3]})
            one, *more = group.split("/")
            assert customer_value.groups(table).tolist() == [one] + 2 * [*more, one][:1]


def test_who_left_or_left_before_the_last_snapshot_is_not_open():
    people = pd.DataFrame({"customer": list("ABC"), "joined": "2020-01-01"})
    churn = pd.DataFrame(
        {"customer": list("ABAC"), "snapshot": ["2025-01-01"] * 2 + ["2025-07-01"] * 2, "left": [0, 0, 0, 1]}
    )
    found = customer_value.still_open(people.sort_values("customer", ascending=False), churn=churn)
    assert found.to_dict("list") == {
        "customer": ["A"],
        "joined": ["2020-01-01"],
    } and found.index.tolist() == [0]


@pytest.mark.parametrize("column", ["recent_count", "before_count"])
def test_a_fraction_of_a_transaction_in_one_row_is_refused(column):
    table = pd.DataFrame({"joined": "2020-01-01", "recent_count": [2.0, 5.0], "before_count": [4.0, 4.0]})
    table.loc[1, column] = 2.5
    with pytest.raises(WrongValue, match="whole numbers"):
        customer_value.phases(table, as_of="2026-01-01")


def test_closed_accounts_are_left_out():
    customers = pd.DataFrame({"customer": list("ABCD"), "joined": pd.to_datetime(
        ["2020-01-01", "2020-01-01", "2020-01-01", "2025-06-01"])})  # fmt: skip
    churn = pd.DataFrame({"customer": list("AB"), "snapshot": pd.Timestamp("2025-07-01"), "left": [0, 1]})
    assert customer_value.still_open(customers, churn=churn)["customer"].tolist() == ["A", "D"]


def test_everybody_stands_beside_what_they_did_and_fractions_stay():
    people = pd.DataFrame({"customer": ["B", "A"]})
    did = pd.DataFrame({"customer": ["A", "Z"], "recency_days": [4, 1], "n": [3, 9], "mean": [1.5, 2.0]})
    found = customer_value.together(people, did)
    assert (
        found["customer"].tolist() == ["B", "A"]
        and found["n"].tolist() == [0, 3]
        and found["n"].dtype == "int64"
    )
    assert found["mean"].tolist() == [0, 1.5] and found["recency_days"].isna().tolist() == [True, False]


def test_who_joined_ninety_days_before_the_snapshot_must_be_on_it():
    people = pd.DataFrame({"customer": ["A", "B", "C"], "joined": ["2025-04-02", "2025-04-03", "2020-01-01"]})
    churn = pd.DataFrame({"customer": ["C", "C"], "snapshot": ["2025-01-01", "2025-07-01"], "left": [1, 0]})
    assert customer_value.still_open(people, churn=churn)["customer"].tolist() == ["B", "C"]


def test_customers_written_as_numbers_here_and_as_text_there_are_not_taken_for_gone():
    customers = pd.DataFrame({"customer": [1, 2], "joined": pd.to_datetime("2020-01-01")})
    churn = pd.DataFrame({"customer": ["1", "2"], "snapshot": pd.to_datetime("2025-01-01"), "left": 0})
    with pytest.raises(WrongValue, match="are text and others are not"):
        customer_value.still_open(customers, churn=churn)

"""What `traits` refuses, each in one sentence."""

import numpy as np
import pandas as pd
import pytest
import refusals

from helpers.bank.language import WrongValue
from helpers.methods import traits

NAN, INF = np.nan, np.inf
PEOPLE = pd.DataFrame(
    {"customer": ["A", "B"], "joined": pd.to_datetime(["2024-01-01", "2023-01-01"]), "birth_year": 1990}
)
POINTS = pd.DataFrame(
    {"customer": [f"C{k}" for k in range(12)], "x": np.arange(12.0) ** 2, "y": [0.0, 1, 5] * 4}
)
COUNTS = pd.DataFrame({"customer": ["A", "B"], "transactions": [16, 9], "amount_fen": [7000, 100],
                       "kind_card_purchase": [6, 0], "fen_card_purchase": [1000, 0], "kind_transfer": [5, 9], "kind_deposit": [2, 0],
                       "kind_withdrawal": [3, 0], "kind_wealth_purchase": [0, 0]})  # fmt: skip
HEIGHTS = pd.DataFrame({"group": [1, 2], "variable": ["x", "x"], "height": [1.0, NAN]})


def ledger(counts=COUNTS, people=PEOPLE, *, as_of="2026-01-01", **kw):
    return traits.ledger(counts, customers=people, as_of=as_of, **({"days": 365} | kw))


def twice(table):
    return pd.concat([table, table])


REFUSED = [
    (lambda: traits.scale(POINTS.assign(x=0.1)), "'x' does not"),
    (lambda: traits.scale(POINTS.head(1)), "at least 2"),
    (lambda: traits.scale(POINTS[["customer"]]), "at least one column"),
    (lambda: traits.shuffled(twice(POINTS), seed=1), "'C0' comes twice"),
    (lambda: traits.names(HEIGHTS, naming=["x"]), "must be complete"),
    (lambda: traits.names(HEIGHTS, naming=[]), "at least one column"),
    (lambda: traits.names(HEIGHTS, naming=["x"], least="much"), "`least`"),
    (lambda: ledger(twice(COUNTS)), "'A' comes twice"),
    (lambda: ledger(people=twice(PEOPLE)), "'A' comes twice"),
    (lambda: ledger(people=PEOPLE.head(1)), "the first in row B"),
    (lambda: ledger(people=PEOPLE.assign(joined="then")), "must hold dates"),
    (lambda: ledger(people=PEOPLE.assign(joined="2026-01-01")), "'A' had not"),
    (lambda: ledger(people=PEOPLE.assign(birth_year="x")), "must hold numbers"),
    (lambda: ledger(COUNTS.assign(transactions=NAN)), "must be complete"),
    (lambda: ledger(as_of="x"), "`as_of` must be a date"),
    (lambda: ledger(days=0), "`days`"),
    (lambda: ledger(fewest=0), "`fewest`"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)


def test_a_height_of_exactly_what_is_asked_gives_a_name_to_the_second_group_too():
    heights = pd.DataFrame({"group": [1, 2], "variable": ["cash", "cash"], "height": [0.4, 0.5]})
    assert traits.names(heights, naming=["cash"])["trait"].tolist() == ["cash_2", "cash"]


def test_who_has_been_a_customer_for_one_day_is_in():
    ledger(people=PEOPLE.assign(joined=pd.to_datetime(["2025-12-31", "2023-01-01"])), fewest=1)
    refusals.is_one_sentence(
        lambda: ledger(people=PEOPLE.assign(joined=pd.to_datetime(["2026-01-01", "2023-01-01"])), fewest=1),
        "'A'",
    )


def test_rounding_is_no_spread_though_somebody_holds_nothing():
    nearly = [0.0, *[0.3, 0.1 + 0.2] * 4]  # quartiles 0.3 and 0.30000000000000004
    features = pd.DataFrame({"customer": range(9), "x": nearly, "y": range(9)})
    refusals.is_one_sentence(lambda: traits.scale(features, method="robust"), "'x' does not")


def test_who_joined_too_late_is_named_even_where_another_joined_the_day_before():
    people = PEOPLE.assign(joined=pd.to_datetime(["2025-12-31", "2026-01-01"]))
    with pytest.raises(WrongValue, match="B"):
        ledger(people=people)

"""What `survival` refuses, each in one sentence."""

import pandas as pd
import pytest
import refusals

from helpers.methods import survival

CHURN = pd.DataFrame({"customer": ["A", "A", "B"], "snapshot": pd.to_datetime(["2025-01-01", "2025-07-01", "2025-01-01"]),
                      "leave_date": [pd.NaT, pd.Timestamp("2025-09-01"), pd.NaT], "left": [0, 1, 0]})  # fmt: skip
PEOPLE = pd.DataFrame(
    {"customer": ["A", "B"], "joined": pd.to_datetime(["2024-01-01", "2023-01-01"]), "birth_year": 1990}
)


def twice(table):
    return pd.concat([table, table])


REFUSED = [
    (lambda: survival.spells(CHURN, customers=PEOPLE.head(1)), "the first in row B"),
    (lambda: survival.spells(CHURN, customers=twice(PEOPLE)), "'A' comes twice"),
    (lambda: survival.spells(CHURN, customers=PEOPLE.assign(joined="then")), "must hold dates"),
    (
        lambda: survival.spells(CHURN, customers=PEOPLE.assign(joined=pd.Timestamp("2025-01-02"))),
        "that of 'A' does",
    ),
    (lambda: survival.spells(CHURN.assign(customer=None), customers=PEOPLE), "must be complete"),
    (
        lambda: survival.spells(CHURN.assign(leave_date="2026-01-02"), customers=PEOPLE),
        "that of 'A' does not",
    ),
    (
        lambda: survival.spells(CHURN.assign(leave_date="2024-12-31"), customers=PEOPLE),
        "that of 'A' does not",
    ),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)


def test_the_ends_of_the_view_are_in_view():
    """Who joined on the first snapshot, left on it, or on the last day of the view, is counted; one of two at fault is named."""
    people = PEOPLE.assign(joined=[pd.Timestamp("2025-01-01"), pd.Timestamp("2023-01-01")])
    last = pd.DataFrame({"customer": ["A", "B"], "snapshot": pd.Timestamp("2025-01-01"),
                         "leave_date": pd.to_datetime(["2025-07-01", "2025-01-01"])})  # fmt: skip
    found = survival.spells(last, customers=people)
    assert found["customer"].tolist() == ["A"] and found["left"].tolist() == [1]
    late = last.assign(leave_date=pd.to_datetime(["2025-07-02", "2025-07-01"]))
    refusals.is_one_sentence(lambda: survival.spells(late, customers=people), "that of 'A' does not")

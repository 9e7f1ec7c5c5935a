"""What `customer_value` refuses, each in one sentence."""

import numpy as np
import pandas as pd
import pytest
import refusals

from helpers.methods import customer_value

NAN, INF = np.nan, np.inf
CHURN = pd.DataFrame({"customer": ["A", "A", "B"], "snapshot": pd.to_datetime(["2025-01-01", "2025-07-01", "2025-01-01"]),
                      "leave_date": [pd.NaT, pd.Timestamp("2025-09-01"), pd.NaT], "left": [0, 1, 0]})  # fmt: skip
PEOPLE = pd.DataFrame(
    {"customer": ["A", "B"], "joined": pd.to_datetime(["2024-01-01", "2023-01-01"]), "birth_year": 1990}
)
ONE = pd.DataFrame({"joined": pd.to_datetime(["2020-01-01"]), "recent_count": [2], "before_count": [4]})
TIER = pd.DataFrame({"value_tier": ["top"], "phase": ["silent"], "products": [2]})
FEATURES = pd.DataFrame({"customer": ["A"], "transactions": [3], "recency_days": [4]})


def twice(table):
    return pd.concat([table, table])


REFUSED = [
    (lambda: customer_value.still_open(PEOPLE.assign(joined="then"), churn=CHURN), "must hold dates"),
    (lambda: customer_value.still_open(PEOPLE.assign(joined=pd.NaT), churn=CHURN), "must be complete"),
    (lambda: customer_value.still_open(PEOPLE, churn=CHURN.assign(left=NAN)), "must be complete"),
    (lambda: customer_value.still_open(PEOPLE, churn=CHURN.assign(left=2)), "must lie between 0 and 1"),
    (lambda: customer_value.still_open(PEOPLE, churn=CHURN.head(0)), "at least 1"),
    (lambda: customer_value.together(PEOPLE, twice(FEATURES)), "'A' comes twice"),
    (lambda: customer_value.together(twice(PEOPLE), FEATURES), "'A' comes twice"),
    (
        lambda: customer_value.together(PEOPLE.assign(transactions=1), FEATURES),
        "Both tables have a column 'transactions'",
    ),
    (lambda: customer_value.together(PEOPLE, FEATURES.assign(transactions="x")), "must hold numbers"),
    (lambda: customer_value.phases(ONE.assign(joined=pd.NaT), as_of="2026-01-01"), "must be complete"),
    (lambda: customer_value.phases(ONE.assign(recent_count=NAN), as_of="2026-01-01"), "must be complete"),
    (lambda: customer_value.phases(ONE.assign(recent_count=-1), as_of="2026-01-01"), "must lie between 0"),
    (lambda: customer_value.groups(TIER.assign(value_tier="Top")), "it holds 'Top'"),
    (lambda: customer_value.groups(TIER.assign(phase=None)), "`phase` must be one of"),
    (lambda: customer_value.groups(TIER.assign(products=NAN)), "must be complete"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)

"""What `lifetime` refuses, each in one sentence."""

import numpy as np
import pandas as pd
import pytest
import refusals
from scipy import special

from helpers.bank.language import WrongValue
from helpers.methods import lifetime

NAN, INF = np.nan, np.inf
PURCHASES = pd.DataFrame({"customer": ["A", "A", "B"], "amount_fen": [100, 200, 300],
                          "time": pd.to_datetime(["2025-01-01", "2025-01-15", "2025-01-03"])})  # fmt: skip
HISTORY = pd.DataFrame({"frequency": [0, 1, 2, 5], "recency": [0.0, 3, 7, 20], "age": [30.0, 30, 25, 30],
                        "amount": [4.0, 5, 8, 9]})  # fmt: skip
AGAIN = HISTORY[HISTORY["frequency"] > 0]
MODEL = pd.DataFrame({"r": [0.24], "alpha": [4.4], "a": [0.8], "b": [2.4]})
SIZES = pd.DataFrame({"p": [4.0], "q": [3.0], "gamma": [20.0]})


def twice(table):
    return pd.concat([table, table])


REFUSED = [
    (lambda: lifetime.histories(PURCHASES, until="soon"), "`until` must be a date"),
    (lambda: lifetime.histories(PURCHASES, until=None), "`until` must be a date"),
    (lambda: lifetime.histories(PURCHASES.assign(time="then"), until="2025-02-01"), "must hold dates"),
    (lambda: lifetime.histories(PURCHASES.assign(amount_fen="x"), until="2025-02-01"), "must hold numbers"),
    (lambda: lifetime.fit(HISTORY.head(0)), "no best fit"),
    (lambda: lifetime.fit(HISTORY.tail(1)), "no best fit"),
    (lambda: lifetime.fit(HISTORY), "no best fit"),
    (lambda: lifetime.fit(HISTORY.head(1)), "no best fit"),
    (lambda: lifetime.fit(HISTORY.assign(frequency="a")), "must hold numbers"),
    (lambda: lifetime.fit(HISTORY.assign(frequency=0.5)), "row 0 differs"),
    (lambda: lifetime.fit(HISTORY.assign(frequency=0)), "row 1 differs"),
    (lambda: lifetime.fit(HISTORY.assign(recency=0)), "row 1 differs"),
    (lambda: lifetime.fit(HISTORY.assign(recency=-HISTORY["recency"])), "row 1 differs"),
    (lambda: lifetime.fit(HISTORY.assign(age=INF)), "holds inf"),
    (lambda: lifetime.expected(HISTORY, model=MODEL, weeks=0), "`weeks` must be a number above 0"),
    (lambda: lifetime.expected(HISTORY, model=MODEL, weeks="x"), "`weeks` must be a number above 0"),
    (lambda: lifetime.expected(HISTORY, model=MODEL[["r"]], weeks=1), "no column 'alpha'"),
    (lambda: lifetime.expected(HISTORY, model=MODEL.head(0), weeks=1), "must have one row"),
    (lambda: lifetime.expected(HISTORY, model=twice(MODEL), weeks=1), "must have one row"),
    (lambda: lifetime.expected(HISTORY, model=MODEL.assign(a=0), weeks=1), "must have one row"),
    (lambda: lifetime.fit_amounts(AGAIN), "no best fit"),
    (lambda: lifetime.fit_amounts(AGAIN.head(0)), "no best fit"),
    (lambda: lifetime.fit_amounts(AGAIN.assign(amount=5.0)), "no best fit"),
    (lambda: lifetime.fit_amounts(AGAIN.assign(amount=0)), "amounts above 0"),
    (lambda: lifetime.expected_amount(AGAIN, model=SIZES.assign(q=1.0)), "`q` must be a number above 1"),
    (lambda: lifetime.expected_amount(AGAIN, model=SIZES[["p"]]), "no column 'q'"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)


def test_amounts_that_do_not_differ_are_refused_however_many_there_are():
    with pytest.raises(WrongValue, match="no best fit"):
        lifetime.fit_amounts(pd.DataFrame({"frequency": [2] * 60, "amount": 30.0}))


def test_a_series_is_added_until_every_customer_s_is_complete():
    """One needs a few terms and one many thousands: both equal the function that adds them in another way."""
    first, second, third, z = (
        np.array([2.0, 2.0]),
        np.array([3.0, 3.0]),
        np.array([4.5, 4.5]),
        np.array([0.1, 0.999]),
    )
    found = lifetime._by_terms(first, second, third, z)
    assert found == pytest.approx((1 - z) ** first * special.hyp2f1(first, second, third, z), rel=1e-9)


def test_a_parameter_that_ends_on_the_edge_has_run_away():
    with pytest.raises(WrongValue, match="no best fit"):
        lifetime._minimum(lambda logs: abs(logs[0] - lifetime.EDGE), [0.0], n=lifetime.FEW - 1)


def test_half_a_purchase_is_refused():
    table = pd.DataFrame({"frequency": [1.5, 2], "recency": [1.0, 2], "age": [4.0, 4]})
    with pytest.raises(WrongValue):
        lifetime.fit(table)

"""What `checks` refuses, each in one sentence."""

import numpy as np
import pandas as pd
import pytest
import refusals

from helpers.bank import checks

NAN, INF = np.nan, np.inf
POINTS = pd.DataFrame(
    {"customer": [f"C{k}" for k in range(12)], "x": np.arange(12.0) ** 2, "y": [0.0, 1, 5] * 4}
)


def twice(table):
    return pd.concat([table, table])


REFUSED = [
    (lambda: checks.numbers(twice(POINTS)[["x"]].assign(x="a"), name="t"), "row 0, column 'x' holds 'a'"),
    (lambda: checks.within(twice(POINTS)[["x"]], low=0, high=10, name="t"), "row 4, column 'x' holds 16"),
    (
        lambda: checks.dates(pd.DataFrame({"d": ["2025-01-01", "x"]}, index=[0, 0]), name="t"),
        "column 'd' holds 'x'",
    ),
    (lambda: checks.dates(pd.DataFrame({"d": [45_678]}), name="t"), "must hold dates"),
    (lambda: checks.columns(pd.DataFrame([[1, 2]], columns=["x", "x"]), ["x"], name="t"), "comes twice"),
    (lambda: checks.columns(POINTS, ["x", "x"], name="t"), "comes twice"),
    (lambda: checks.whole(2.0, name="k"), "above 0"),
    (lambda: checks.whole(True, name="k"), "above 0"),
    (lambda: checks.number(INF, name="k"), "must be a number"),
    (lambda: checks.number(0, name="k", above=0), "above 0"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)


@pytest.mark.parametrize(
    "read",
    [
        lambda table: checks.read_numbers(table, ["n"], name="t"),
        lambda table: checks.read_order(table, "n"),
    ],
)
def test_one_column_is_read_anew_and_the_others_are_neither_copied_nor_changed(read):
    table = pd.DataFrame({"n": ["9", "10"], "x": [0.5, 1.5]})
    found = read(table)
    assert found["n"].tolist() == [9, 10] and table["n"].tolist() == ["9", "10"]
    assert np.shares_memory(found["x"].to_numpy(), table["x"].to_numpy())  # a ledger has many rows
    found.loc[0, "x"] = 7
    assert table["x"].tolist() == [0.5, 1.5]


def test_dates_are_read_as_they_are_written():
    written = pd.DataFrame({"d": [20_250_331, "2025-03-31", None]}, dtype=object)
    assert checks.dates(written, name="t").tolist()[:2] == [pd.Timestamp("2025-03-31")] * 2
    zoned = pd.DataFrame({"d": pd.to_datetime(["2025-03-31 00:30"]).tz_localize("Asia/Shanghai")})
    assert checks.dates(zoned, name="t").item() == pd.Timestamp("2025-03-31 00:30")


@pytest.mark.parametrize("value", [0, 1, 1.5, -0.1, 95, "0.9", None, NAN])
def test_a_proportion_lies_between_nothing_and_all(value):
    for inside in (0.001, 0.5, 0.999):
        checks.proportion(inside, name="confidence")
    refusals.is_one_sentence(lambda: checks.proportion(value, name="confidence"), "`confidence` must")

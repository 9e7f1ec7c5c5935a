"""What `checks` refuses, each in one sentence."""

import numpy as np
import pandas as pd
import pytest
import refusals

from helpers.bank import checks
from helpers.bank.language import WrongValue

NAN, INF = np.nan, np.inf
POINTS = pd.DataFrame(
    {"customer": [f"C{k}" for k in range(12)], "x": np.arange(12.0) ** 2, "y": [0.0, 1, 5] * 4}
)


def twice(table):
    return pd.concat([table, table])


SEVEN, TEXT = pd.DataFrame({"customer": [7, 8]}), pd.DataFrame({"customer": ["7", "8"]})
REFUSED = [
    (lambda: checks.one_kind("customer", a=SEVEN, b=TEXT), "are text and others are not"),
    (lambda: checks.one_kind("customer", a=pd.concat([SEVEN, TEXT])), "are text and others are not"),
    (lambda: checks.free("value", "value", "low"), "so that yours would be lost"),
    (lambda: checks.columns(POINTS, [["x"]], name="t"), "named by one word; a list was given"),
    (lambda: checks.columns(POINTS.pivot(index="x", columns="customer"), ["y"], name="t"), "several levels"),
    (lambda: checks.read_order(pd.DataFrame({"week": ["1", ""]}), "week"), "values missing: 1"),
    (lambda: checks.read_order(pd.DataFrame({"week": [1, "x"]}), "week"), "are text and others are not"),
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
    (lambda: checks.generator("x"), "0 or more; it is 'x'"),
    (lambda: checks.generator(1.5), "0 or more; it is 1.5"),
    (lambda: checks.generator(-1), "0 or more; it is -1"),
    (lambda: checks.generator(True), "0 or more; it is True"),
    (lambda: checks.generator(None), "0 or more; it is None"),
    (lambda: checks.columns(pd.DataFrame(), ["x"], name="t"), "no columns at all"),
    (lambda: checks.number(INF, name="k"), "must be a number"),
    (lambda: checks.number(0, name="k", above=0), "above 0"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)


def test_a_seed_of_numpy_draws_as_the_same_whole_number_does():
    one, same = checks.generator(7).random(), checks.generator(np.int64(7)).random()
    assert one == same == np.random.default_rng(7).random()


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


def test_the_first_missing_cell_is_named_and_all_are_counted():
    table = pd.DataFrame({"n": [1.0, NAN, 3.0], "x": [NAN, 5.0, NAN]}, index=["a", "b", "c"])
    with pytest.raises(WrongValue, match=r"\b3\b.*\ba\b.*'x'"):
        checks.complete(table, name="t")
    with pytest.raises(WrongValue, match=r"\b1\b.*\bb\b.*'n'"):
        checks.read_numbers(table, ["n"], name="t")
    assert checks.read_numbers(table, ["n"], name="t", gaps=True)["n"].count() == 2


def test_yes_and_no_are_one_and_nothing_and_nothing_has_no_sign():
    found = checks.read_numbers(pd.DataFrame({"n": [True, False], "x": ["-0.0", "1"]}), ["n", "x"], name="t")
    assert found["n"].tolist() == [1, 0] and found["n"].dtype.kind == "i"
    assert not np.signbit(found["x"]).any()


@pytest.mark.parametrize(
    ("times", "most", "ends"),
    [
        ([1, 2, 3, 8], 4, None),
        ([1, 2, 3, 9], 4, (3, 9)),
        ([1, 2, 3, 5], 1, None),
        ([1, 2, 3, 6], 1, (3, 6)),
        ([10, 20, 30, 80], 4, None),
        ([10, 20, 30, 90, 100], 4, (30, 90)),
        ([1], 4, None),
        (["1", "2", "90"], 4, None),
    ],
)
def test_so_many_times_may_be_missing_in_a_row_and_no_more(times, most, ends):
    column = pd.Series(times, index=range(5, 5 + len(times)), name="week")
    how = {} if most == 4 else {"most": most}
    if ends is None:
        checks.steady(column, name="t", **how)
    else:
        with pytest.raises(WrongValue, match=rf"\b{ends[0]}\b.*\b{ends[1]}\b"):
            checks.steady(column, name="t", **how)


def test_days_far_apart_are_refused_as_numbers_are():
    days = pd.Series(pd.to_datetime(["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-30"]), name="day")
    checks.steady(days.head(3), name="t")
    with pytest.raises(WrongValue, match=r"2025-03-03.*2025-03-30"):
        checks.steady(days, name="t")


@pytest.mark.parametrize(
    ("confidence", "least"), [(0.95, 39), (0.9, 19), (0.99, 199), (0.5, 3), (1 - 2 / 40.0000003, 39)]
)
def test_an_interval_needs_a_draw_beyond_each_of_its_ends(confidence, least):
    checks.draws(least, confidence=confidence)
    refusals.is_one_sentence(lambda: checks.draws(least - 1, confidence=confidence), f"above {least - 1}")

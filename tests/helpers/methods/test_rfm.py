"""RFM and behaviour: by hand, by other routes, and the same on every engine, ties included."""

import datetime

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.bank import data, language
from helpers.bank.language import WrongKind, WrongValue
from helpers.methods import behaviour, dataframes, rfm

AS_OF = "2025-03-02"
FOUR = pd.DataFrame(
    {
        "customer": ["B", "A", "C", "C", "D"],
        "time": pd.to_datetime(
            [
                "2025-02-28 23:59",
                "2025-03-01 00:00",
                "2024-02-28 10:00",
                "2025-02-28 08:00",
                "2025-03-02 00:00",
            ],
            format="ISO8601",
        ),
        "channel": ["app", "counter", "card", "card", "app"],
        "kind": ["transfer", "deposit", "card_purchase", "card_purchase", "fee"],
        "amount_fen": [700, 700, 100, 200, 5],
    }
)


def everywhere(table, call):
    """Run one call on every engine that pip alone serves, and bring the answers home as pandas."""
    lazy = call(pl.from_pandas(table).lazy())
    query = call(duckdb.from_df(table))
    assert isinstance(lazy, pl.LazyFrame) and isinstance(query, duckdb.DuckDBPyRelation)
    eager = call(pl.from_pandas(table))
    assert isinstance(eager, pl.DataFrame)
    answers = {"polars": eager.to_pandas(), "lazy": lazy.collect().to_pandas(), "duckdb": query.df()}
    first = call(table)
    for answer in answers.values():
        answer = answer.sort_values("customer", ignore_index=True)
        answer["customer"] = answer["customer"].astype(first["customer"].dtype)
        pd.testing.assert_frame_equal(first, answer)
    return first


def test_four_customers_by_hand():
    found = rfm.scores(FOUR, as_of=AS_OF, bins=3)
    assert found.to_numpy().tolist() == [
        ["A", 1, 1, 700, 3, 1, 2, 312],
        ["B", 2, 1, 700, 1, 1, 2, 112],
        ["C", 2, 2, 300, 1, 3, 1, 131],
    ]
    assert set(found.dtypes.drop("customer").astype(str)) == {"int64"}


def test_what_happens_on_the_day_does_not_count_and_the_clock_neither():
    assert "D" not in set(rfm.scores(FOUR, as_of=AS_OF)["customer"])
    later = rfm.scores(FOUR, as_of="2025-03-03").set_index("customer")
    assert later.loc["D", "recency_days"] == 1
    assert later.loc["A", "recency_days"] == later.loc["B", "recency_days"] - 1


def test_the_order_of_the_rows_changes_nothing_and_neither_does_the_input():
    before = FOUR.copy()
    pd.testing.assert_frame_equal(rfm.scores(FOUR, as_of=AS_OF), rfm.scores(FOUR.iloc[::-1], as_of=AS_OF))
    pd.testing.assert_frame_equal(FOUR, before)


def test_the_last_day_is_counted_like_the_calendar_for_two_centuries():
    days = pd.date_range("1950-01-01", "2149-12-31", freq="D")
    table = pd.DataFrame({"customer": np.arange(len(days)).astype(str), "time": days, "amount_fen": 1})
    found = rfm.scores(table, as_of="2150-01-01").set_index("customer").loc[table["customer"], "recency_days"]
    assert found.tolist() == list(range(len(days), 0, -1))


@pytest.mark.parametrize("call", [rfm.scores, behaviour.features], ids=["rfm", "behaviour"])
def test_the_bank_gives_the_same_on_every_engine(call):
    ledger = data.load("qingyu_bank", "transactions")
    few = ledger[ledger["customer"] < "C02000"]
    assert len(everywhere(few, lambda table: call(table, as_of="2025-07-01"))) > 1500


@st.composite
def ledgers(draw):
    """A small ledger in which most things are equal."""
    rows = draw(st.integers(1, 60))
    pick = np.random.default_rng(draw(st.integers(0, 10**6)))
    return pd.DataFrame(
        {
            "customer": pick.choice(list("ABCDEFGHIJ"), rows),
            "time": pd.Timestamp("2024-12-28") + pd.to_timedelta(pick.integers(0, 8, rows) * 12, unit="h"),
            "channel": pick.choice(["app", "card"], rows),
            "kind": pick.choice(["fee", "deposit"], rows),
            "amount_fen": pick.choice([1, 2, 2**53 + 1], rows),
        }
    )


@settings(max_examples=10, deadline=None)
@given(table=ledgers(), bins=st.integers(1, 9))
def test_random_ledgers_full_of_ties_give_the_same_everywhere(table, bins):
    found = everywhere(table, lambda rows: rfm.scores(rows, as_of="2025-01-01", bins=bins))
    everywhere(table, lambda rows: behaviour.features(rows, as_of="2025-01-01", days=4, recent_days=2))
    seen = table[table["time"] < "2025-01-01"]
    assert found["frequency"].sum() == len(seen)
    assert found["amount_fen"].sum() == seen["amount_fen"].sum()
    for column, mark, sign in (("recency_days", "recency_score", -1), ("frequency", "frequency_score", 1)):
        place = (sign * found[column]).rank(method="min").astype(int) - 1
        assert (found[mark] == place * bins // max(len(found), 1) + 1).all()
        assert not found[[column, mark]].drop_duplicates()[column].duplicated().any()


def test_behaviour_agrees_with_the_banks_own_snapshots():
    ledger, churn = data.load("qingyu_bank", "transactions"), data.load("qingyu_bank", "churn")
    for snapshot, rows in churn.groupby("snapshot"):
        both = rows.merge(behaviour.features(ledger, as_of=snapshot), on="customer", how="left")
        assert (both["transactions_90"] == both["recent_count"].fillna(0)).all()
        assert (both["transactions_90_before"] == both["before_count"].fillna(0)).all()
        near = both["days_since_last"] <= 365
        assert (both["days_since_last"] == both["recency_days"])[near].all() and near.sum() > 10_000


def test_behaviour_counts_by_kind_and_channel():
    row = behaviour.features(FOUR, as_of=AS_OF).set_index("customer").loc["C"]
    assert row["transactions"] == 1 and row["kind_card_purchase"] == 1 and row["fen_card_purchase"] == 200
    assert row["channel_card"] == 1 and row["channel_app"] == 0 and row["largest_fen"] == 200
    assert row["recent_count"] == 1 and row["before_count"] == 0


def test_sums_beyond_thirty_two_bits_do_not_run_over():
    most = np.iinfo("int32").max
    table = FOUR.assign(customer="A", amount_fen=np.full(5, most, dtype="int32"), kind="fee", channel="app")
    row = everywhere(table, lambda rows: rfm.scores(rows, as_of="2025-03-03")).iloc[0]
    assert row["amount_fen"] == 5 * most
    row = everywhere(table, lambda rows: behaviour.features(rows, as_of="2025-03-03")).iloc[0]
    assert row["amount_fen"] == row["fen_fee"] == 4 * most  # one was a year ago


def test_spans_of_behaviour_by_hand():
    days = pd.to_datetime(
        ["2025-12-31", "2025-12-22", "2025-12-21", "2025-12-12", "2025-12-11", "2025-12-02", "2025-12-01"]
    )
    table = pd.DataFrame({"customer": "A", "time": days, "channel": "app", "kind": ["fee", "transfer"] * 3 + ["fee"],
                          "amount_fen": [1, 2, 4, 8, 16, 32, 64]})  # fmt: skip
    row = behaviour.features(table, as_of="2026-01-01", days=30, recent_days=10).iloc[0]
    # Ten days before the first of January begin on the 22nd, ten more on the 12th, thirty on the 2nd.
    assert (row["recent_count"], row["before_count"], row["transactions"]) == (2, 2, 6)
    assert (row["amount_fen"], row["largest_fen"], row["recency_days"]) == (63, 32, 1)
    assert (row["kind_fee"], row["fen_fee"], row["kind_transfer"], row["fen_transfer"]) == (3, 21, 3, 42)
    assert row["channel_app"] == 6 and row["channel_atm"] == 0
    assert behaviour.features(table, as_of="2026-01-01", days=10**7).iloc[0]["transactions"] == 7


def test_missing_values_are_counted_on_request():
    gaps = FOUR.assign(amount_fen=FOUR["amount_fen"].astype("Int64").mask(FOUR["customer"] == "B"))
    assert dataframes.missing(duckdb.from_df(gaps))["amount_fen"].item() == 1
    assert dataframes.missing(FOUR).sum(axis=1).item() == 0


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: rfm.scores([1], as_of=AS_OF), WrongKind, ("it is list", "现在是 list")),
        (lambda: rfm.scores(FOUR.drop(columns="time"), as_of=AS_OF), WrongValue, ("no column 'time'", "没有「time」列")),
        (lambda: rfm.scores(FOUR.assign(amount_fen=1.5), as_of=AS_OF), WrongKind, ("whole numbers (fen", "以分为单位")),
        (lambda: rfm.scores(FOUR.assign(time="2025"), as_of=AS_OF), WrongKind, ("dates or times", "日期或时间")),
        (lambda: rfm.scores(FOUR.assign(customer=[None, *"ABCD"]), as_of=AS_OF), WrongValue, ("has 1 missing", "缺 1 个")),
        (lambda: rfm.scores(FOUR, as_of="today"), WrongValue, ("must be a date", "应该是日期")),
        (lambda: rfm.scores(FOUR, as_of=pd.NaT), WrongValue, ("must be a date", "应该是日期")),
        (lambda: rfm.scores(FOUR, as_of=AS_OF, bins=10), WrongValue, ("between 1 and 9", "1 到 9 之间")),
        (lambda: rfm.scores(FOUR, as_of=AS_OF, bins=0), WrongValue, ("above 0", "大于 0")),
        (lambda: behaviour.features(FOUR, as_of=AS_OF, days=100), WrongValue, ("two spans", "两段")),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence(call, kind, words):
    for spoken, part in zip(("en", "zh"), words, strict=True):
        language.use(spoken)
        with pytest.raises(kind) as told:
            call()
        assert part in str(told.value)
    language.use("en")


def test_dates_may_come_in_any_dress():
    wanted = rfm.scores(FOUR, as_of=AS_OF)
    for dress in (datetime.date(2025, 3, 2), pd.Timestamp("2025-03-02 17:00"), datetime.datetime(2025, 3, 2)):
        pd.testing.assert_frame_equal(rfm.scores(FOUR, as_of=dress), wanted)


def test_nine_marks_are_the_most_that_one_digit_holds():
    assert rfm.scores(FOUR, as_of=AS_OF, bins=9)["rfm"].max() <= 999
    with pytest.raises(WrongValue):
        rfm.scores(FOUR, as_of=AS_OF, bins=10)

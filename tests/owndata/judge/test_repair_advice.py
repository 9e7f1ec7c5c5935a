"""Words that help: what a value at fault is, and what to do, without harm."""

import pandas as pd
import pytest

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.map import folder_codebook

PEOPLE = pd.DataFrame(
    {"customer": ["12001", "12002"], "joined": ["2020-01-01", "2020-02-01"], "birth_year": ["1980", "1990"]}
)
DEALS = pd.DataFrame({
    "customer": ["12001", "12002"], "time": ["2024-01-01 10:00:00", "2024-02-01 11:00:00"], "channel": "app",
    "kind": "transfer", "amount_fen": ["1200", "900"],
})  # fmt: skip
SPOILED = [
    ("customers", "birth_year", "67", "birth_year", "four digits"),
    ("customers", "birth_year", "1900", "birth_year", "1900 and 9999 stand for"),
    ("customers", "birth_year", "9999", "birth_year", "look it up"),
    ("customers", "birth_year", "2190", "birth_year", "no year of birth"),
    ("customers", "joined", "930101", "date_six", "without the century"),
    ("customers", "joined", "43861", "date_serial", "Format the column as a date"),
    ("customers", "joined", "2999-01-01", "off_range", "allowed is ≤ 2"),
    ("transactions", "customer", "12001.0", "id_point_zero", "the id has no .0"),
    ("transactions", "amount_fen", "-1200", "negative_amount", "a cancellation or a refund"),
    ("transactions", "amount_fen", "12.3", "not_whole", "a whole number is expected"),
    ("transactions", "amount_fen", "3万", "unit", "read as 30000"),
    ("transactions", "amount_fen", "5元", "unit", "read as 500"),
    ("transactions", "amount_fen", "5元整", "labelled", "read as 500"),
    ("transactions", "time", "9:02:00", "clock_alone", "day and time in one cell"),
    ("transactions", "time", "2024-01-01 10:00:00+01:00", "date_zone", "the bank's own clock"),
    ("transactions", "time", "2999-01-01 10:00:00", "off_range", "allowed is ≤"),
    ("transactions", "customer", "99999", "orphan", "does not occur in column 'customer' of customers"),
]  # fmt: skip


@pytest.fixture
def bank(tmp_path):
    PEOPLE.to_csv(tmp_path / "customers.csv", index=False)
    DEALS.to_csv(tmp_path / "transactions.csv", index=False)
    folder_codebook.describe(tmp_path)
    assert check.check(tmp_path) == []
    return tmp_path


@pytest.mark.parametrize(("table", "column", "value", "kind", "words"), SPOILED)
def test_a_value_at_fault_is_named_and_stops_a_lesson_too(bank, table, column, value, kind, words):
    rows = {"customers": PEOPLE, "transactions": DEALS}[table].copy()
    rows.loc[0, column] = value
    rows.to_csv(bank / f"{table}.csv", index=False)
    (found, *_) = [one for one in check.check(bank) if one.kind == kind]
    assert (found.row, found.column) == (2, column)
    assert found.severity != "notice"
    assert words in found.en
    assert "0–9" not in found.en + found.zh
    with pytest.raises(WrongValue, match=f"row 2, column '{column}'"):
        data.load(bank, table)


def test_two_rows_under_one_id_that_differ_are_not_to_be_deleted(bank):
    rows = PEOPLE.assign(customer="12001")
    rows.to_csv(bank / "customers.csv", index=False)
    (found,) = [one for one in check.check(bank) if one.kind.startswith("duplicate")]
    assert "the two rows differ" in found.en
    assert "Nothing should be deleted" in found.en
    pd.concat([PEOPLE, PEOPLE.head(1)]).to_csv(bank / "customers.csv", index=False)
    (found,) = [one for one in check.check(bank) if one.kind.startswith("duplicate")]
    assert "delete one only where the same was entered twice" in found.en


ROWS = [
    ({"closed": "2024-01-01", "joined": "2024-02-01"}, "date_order"),
    ({"taken": "2024-01-01 09:10", "called": "2024-01-01 09:05"}, "date_order"),
    ({"start": "2024-01-01 09:10", "end": "2024-01-01 09:05"}, "date_order"),
    ({"started": "5", "completed": "7"}, "above_whole"),
    ({"share_percent": "140"}, "off_range"),
    ({"visits": "-3"}, "negative"),
]


@pytest.mark.parametrize(("row", "kind"), ROWS)
def test_rules_between_columns_hold_in_any_table(tmp_path, row, kind):
    fields = [
        {"name": name, "type": "datetime" if value[:2] == "20" else "integer"} for name, value in row.items()
    ]
    resource = {"name": "queue_tickets", "path": "a.csv", "schema": {"fields": [{"name": "id"}, *fields]}}
    pd.DataFrame([{"id": "a"} | row]).to_csv(tmp_path / "a.csv", index=False)
    (tmp_path / "datapackage.json").write_text(
        pd.Series({"resources": [resource]}).to_json(), encoding="utf-8"
    )
    assert [one.kind for one in check.check(tmp_path) if one.severity == "error"] == [kind]
    with pytest.raises(WrongValue, match="row 2"):
        data.load(tmp_path, "queue_tickets")

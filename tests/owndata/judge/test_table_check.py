"""One judge: what `check` passes loads, what loads passes, and both name the same place."""

import json
import re

import pandas as pd
import pytest
import spoiled_files
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.judge import check, table_check
from owndata.say import problems
from owndata.say.problems import Tally

# Cells as people and programs write them, good and bad ones.
CELLS = [
    *("3", "3.0", " 3", "3 ", "+3", "3.", "03", "3e0", "9", "0", "-2", "3.5", "7", "1e999", "inf", "TRUE", "True", "３", "三"),
    *("4,5", "1_0", "0x3", "5分", "-", "nan", "NA", "N/A", "None", "null", "none", "", "x", "A┋B", "2025", "45747"),
    *("2025-03-31", "20250331", "2025-3-31", "2025/03/31", "2025-03-31 10:00", "2025-03-31T10:00:00.5", "2025-02-30"),
    *("2025-03-31 25:00", "2025-03-31 10:00+08:00", "2025-03", "31.12.2024", "2015-01-01", "9999-12-31", "930101"),
    *("R01", "R1 ", "R1\u200b", "Ｒ０１", "B01", "b01", "B09", "app", "App", "APP", "柜台", "6.2E+18", "0001", "a\u3000b"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bank")


def loads(folder):
    """The sentence at which a lesson would stop, or None."""
    try:
        for table in ("branches", "servqual"):
            data.load(folder, table)
    except WrongValue as error:
        return error.en
    return None


@given(
    column=st.sampled_from(spoiled_files.HEADINGS),
    cell=st.sampled_from(CELLS) | st.from_regex(r"[-+]?[0-9]{1,3}(\.[0-9]{1,2})?( |分|%)?", fullmatch=True),
    row=st.integers(2, 13),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(column="P1", cell="3.5", row=4)
@example(column="branch", cell="B09", row=4)
@example(column="date", cell="2015-01-01", row=4)
@example(column="points_empathy", cell="41", row=4)
def test_what_check_passes_loads_and_what_loads_passes(folder, column, cell, row):
    spoiled_files.good(folder)
    spoiled_files.write(folder, spoiled_files.with_cell(column, cell, row=row))
    wrong = [one for one in check.check(folder) if one.severity != "notice"]
    stopped = loads(folder)
    assert bool(wrong) == bool(stopped), (wrong, stopped)
    if stopped:
        assert re.search(rf"\brows? (\d+ and )?{row}\b", stopped)
        assert row in {one.row for one in wrong}


@pytest.mark.parametrize("name", sorted(set(spoiled_files.SPOILS) - {"endless_line"}))
def test_what_loads_passes_the_check(tmp_path, name):
    """A file that lessons cannot even read, or whose layout only the check looks at, may be refused by the check alone."""
    spoiled_files.good(tmp_path)
    spoiled_files.SPOILS[name](tmp_path)
    found = [one for one in check.check(tmp_path) if one.severity != "notice"]
    if found and loads(tmp_path) is None:
        assert {one.kind for one in found} <= LAYOUT, [str(one) for one in found]


# What is said of the file as it was read, before any codebook is asked; and links that lead nowhere.
LAYOUT = {
    "encoding", "delimiter", "separator_line", "title_line", "blank_above", "heading_again", "total_row", "footnote", "nul",
    "merged", "excel_error", "formula_without_value", "long_number", "short_row", "long_row", "same_heading", "no_heading",
    "heading_spaces", "quote", "file_name", "damaged_text", "codebook_shape", "no_survey",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["integer", "text", "boolean", "time", "zone"])
def test_typed_files_are_judged_as_text_is(tmp_path, kind):
    columns = {
        "integer": pd.Series([1, 2], dtype="int64"),
        "text": pd.Series(["1", "2"]),
        "boolean": pd.Series([True, False]),
        "time": pd.to_datetime(pd.Series(["2025-01-01", "2025-01-02"])),
        "zone": pd.to_datetime(pd.Series(["2025-01-01", "2025-01-02"])).dt.tz_localize("Asia/Shanghai"),
    }
    fields = [{"name": "branch", "type": "string"}, {"name": "n", "type": "integer"}]
    if kind in ("time", "zone"):
        fields[1]["type"] = "datetime"
    resources = [{"name": "service_weekly", "path": "a.parquet", "schema": {"fields": fields}}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    pd.DataFrame({"branch": ["B1", "B2"], "n": columns[kind]}).to_parquet(tmp_path / "a.parquet")
    passed = check.passes(check.check(tmp_path))
    assert passed == (kind in ("integer", "text", "time"))
    if passed:
        assert data.load(tmp_path, "service_weekly")["n"].dtype.kind in "iM"
    else:
        with pytest.raises(WrongValue, match=r"a\.parquet"):
            data.load(tmp_path, "service_weekly")


def test_of_very_many_questionnaires_that_are_the_same_a_few_are_named_and_the_others_counted(tmp_path):
    spoiled_files.good(tmp_path)
    path = tmp_path / "servqual.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    many = pd.concat([rows.iloc[[0]]] * 50)
    many["respondent"] = [f"R{number:02}" for number in range(50)]
    many.to_csv(path, index=False)
    same = [one for one in check.check(tmp_path) if one.kind in ("same_row", "alike")]
    assert [one.row for one in same if one.kind == "same_row"] == list(range(3, 3 + problems.MOST_ALIKE))
    assert any(str(49 - problems.MOST_ALIKE) in one.en for one in same if one.kind == "alike")


def test_people_who_give_every_question_the_same_mark_are_not_said_to_have_answered_twice(tmp_path):
    spoiled_files.good(tmp_path)
    path = tmp_path / "servqual.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    many = pd.concat([rows.iloc[[0]]] * 9)
    many["respondent"] = [f"R{number:02}" for number in range(9)]
    for name in many.columns[many.columns.str.fullmatch(r"[PE]\d+")]:
        many[name] = "5"
    many.drop(columns="seconds").to_csv(path, index=False)
    assert "same_row" not in {one.kind for one in check.check(tmp_path)}


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["3月1日", "3月2日", "4月1日"], "date_no_year"),
        (["2025年3月", "2025年4月", "2025-05"], "date_no_day"),
        (["Mar 1", "2 Apr", "3/14"], "date_no_year"),
    ],
)
def test_days_that_are_not_whole_are_one_problem_of_the_column(texts, kind):
    resource = {
        "name": "staff",
        "path": "staff.csv",
        "schema": {"fields": [{"name": "employee", "type": "string"}, {"name": "joined", "type": "date"}]},
    }
    tally = Tally()
    table = table_check.Table(resource, ["employee", "joined"], tally=tally, parents={})
    table.take(pd.DataFrame({"employee": ["a", "b", "c"], "joined": texts}, index=[2, 3, 4], dtype="str"))
    (found,) = [one for one in tally.report() if one.column == "joined"]
    assert (found.kind, found.row, found.found) == (kind, 2, texts[0]) and "3" in found.sentence.zh


def test_a_ticket_that_was_never_called_is_not_to_be_deleted():
    fields = [{"name": "called", "type": "datetime", "constraints": {"required": True}}, {"name": "finished", "type": "datetime"}]  # fmt: skip
    tally, when = Tally(), "2025-03-03 09:05:00"
    resource = {"name": "queue_tickets", "path": "t.csv", "schema": {"fields": fields}}
    table = table_check.Table(resource, ["called", "finished"], tally=tally, parents={})
    table.take(pd.DataFrame({"called": ["", "", when], "finished": ["", when, when]}, index=[2, 3, 4], dtype="str"))  # fmt: skip
    assert [(one.kind, one.row) for one in tally.report()] == [("uncalled", 2), ("required", 3)]

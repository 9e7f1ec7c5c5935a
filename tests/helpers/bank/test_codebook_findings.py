"""What the judge finds in a table, rule by rule: on the very end of each, and in one row among good ones."""

import pandas as pd
import pytest

from helpers.bank.codebook_findings import Finding, Judge, Seen, refusal

KEY = {"fields": ["branch"], "reference": {"resource": "branches", "fields": ["branch"]}}


def judged(rows, kinds, *, parents=None, **resource):
    """A judge of this table and its rows; the first is row 2, as a spreadsheet counts it."""
    columns = dict(zip(kinds, map(list, zip(*rows, strict=True)), strict=True))
    table = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    table.index = range(2, len(table) + 2)
    resource.setdefault("schema", {}).setdefault(
        "fields", [{"name": name, "type": kind} for name, kind in kinds.items()]
    )
    return Judge({"name": "visits", **resource}, list(kinds), parents=parents), table


def found(rows, kinds, **more):
    """What is wrong with some rows, as (rule, rows) in order."""
    judge, table = judged(rows, kinds, **more)
    return [(one.rule, one.at.index.tolist()) for one in judge.take(table)]


def test_a_value_repeats_one_of_the_rows_before_even_in_the_first_row_of_a_new_part():
    seen = Seen()
    assert seen.add(pd.Series(["a", "b", "b"], index=[2, 3, 4])).to_dict() == {4: 3}
    assert seen.add(pd.Series(["b", "c", "a"], index=[5, 6, 7])).to_dict() == {5: 3, 7: 2}
    assert seen.add(pd.Series(["d"], index=[8])).empty
    assert seen.lacks(pd.Series(["a", "d", "e"])).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("opened", "closed", "wrong"),
    [
        ("2025-03-01", "2025-03-01", False),
        ("2025-03-02", "2025-03-01", True),
        ("2025-03-01 10:00", "2025-03-01", False),
        ("2025-03-01", "2025-03-01 10:00", False),
        ("2025-03-01 10:00", "2025-03-01 10:00", False),
        ("2025-03-01 10:01", "2025-03-01 10:00", True),
        ("2025-03-01 10:00", "2025-02-28", True),
        ("2025-03-01 10:00", None, False),
    ],
)
def test_what_ends_when_it_begins_is_in_order(opened, closed, wrong):
    good = ("2025-01-01", "2025-01-02")  # a row beside it, so that one alone is told
    told = found([good, (opened, closed)], {"opened": "datetime", "closed": "datetime"})
    assert told == ([("order", [3])] if wrong else [])


@pytest.mark.parametrize(
    ("rule", "kinds", "good", "bad"),
    [
        ("part", ("digital_completed", "digital_started"), ("5", "5"), ("6", "5")),
        ("nobody", ("mean_wait_minutes", "visits"), ("0", "1"), ("0", "0")),
    ],
)
def test_a_part_may_be_the_whole_and_who_came_may_not_have_waited(rule, kinds, good, bad):
    kinds = dict.fromkeys(kinds, "integer")
    assert found([good], kinds) == []
    assert found([good, bad, good], kinds) == [(rule, [3])]


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (("60", "30", "10"), []),
        ((None, None, None), []),
        ((None, "60", "40"), [("points_part", [3])]),
        ((None, None, "60"), [("points_part", [3])]),
        (("x", None, "60"), [("number", [3])]),
        (("60", "30", "11"), [("points_sum", [3])]),
        (("33.33", "33.33", "33.33"), []),
        (("33.34", "33.34", "33.33"), []),
        (("33.33", "33.33", "33.3299996"), []),
        (("33.33", "33.33", "33.32"), [("points_sum", [3])]),
        (("33.34", "33.34", "33.34"), [("points_sum", [3])]),
    ],
)
def test_points_are_shared_out_to_a_hundredth_or_not_at_all(points, told):
    kinds = dict.fromkeys(("points_a", "points_b", "points_c"), "number")
    assert found([("50", "25", "25"), points], kinds) == told


def test_points_add_up_to_what_the_scale_says():
    kinds = dict.fromkeys(("points_a", "points_b"), "number")
    assert found([("6", "4")], kinds, scale={"points_total": 10}) == []
    assert found([("60", "40")], kinds, scale={"points_total": 10}) == [("points_sum", [2])]


def test_a_table_of_its_key_alone_names_each_once():
    assert found([("B01",), ("B02",), ("B01",)], {"branch": "string"}, schema={"primaryKey": "branch"}) == [
        ("once", [4])
    ]
    pairs = [("B01", "1"), ("B01", "2"), ("B02", "1"), ("B01", "2")]
    key = {"primaryKey": ["branch", "week"]}
    assert found(pairs, {"branch": "string", "week": "integer"}, schema=key) == [("once", [5])]
    assert found(pairs, {"branch": "string", "day": "integer"}, schema=key) == []  # the key is not there


def test_one_id_among_many_that_the_other_table_lacks_is_told():
    branches = Seen()
    branches.add(pd.Series(["B01", "B02"]))
    rows = [("B01",), ("B09",), ("B02",), (None,), ("B09",)]
    told = found(
        rows, {"branch": "string"}, parents=lambda table, column: branches, schema={"foreignKeys": [KEY]}
    )
    assert told == [("link", [3, 6])]
    nobody_can_read = found(
        rows, {"branch": "string"}, parents=lambda *_: None, schema={"foreignKeys": [KEY]}
    )
    assert nobody_can_read == []


def needed(*names, **more):
    """A schema whose columns are texts; some of them must be there in every row."""
    fields = [{"name": name, "type": "string", "constraints": {"required": True}} for name in names]
    return {"fields": [*fields, *({"name": name, "type": kind} for name, kind in more.items())]}


def test_columns_that_must_be_there_are_asked_for_and_others_are_not():
    schema = needed("city", "street", "house", comment="string", wait="integer")
    kinds = dict.fromkeys(("city", "street", "extra"), "string")
    judge, table = judged([("青屿", None, None), ("青屿", None, None)], kinds, schema=schema)
    assert [(one.rule, one.column) for one in judge.headings()] == [("column", "house")]
    assert [(one.rule, one.column) for one in judge.take(table)] == [("required", "street")]
    assert [(one.rule, one.column) for one in judge.finish()] == [("empty", "street")]


def test_a_column_that_is_filled_in_one_of_its_parts_is_not_empty():
    rows = [("青屿", "x"), (None, None), (None, None)]
    judge, table = judged(
        rows, dict.fromkeys(("city", "comment"), "string"), schema=needed("city", comment="string")
    )
    assert [one.at.index.tolist() for one in judge.take(table.iloc[:2])] == [[3]]
    assert [one.at.index.tolist() for one in judge.take(table.iloc[2:])] == [[4]]
    assert list(judge.finish()) == []


def test_an_id_is_written_plainly_and_a_text_as_anybody_likes():
    schema = {"primaryKey": "case"}
    rows = [("C1", "ok"), ("C2 ", "ok "), ("C3", "ｏｋ")]
    assert found(rows, {"case": "string", "comment": "string"}, schema=schema) == [("id", [3])]
    link = {"fields": ["shop"], "reference": KEY["reference"]}
    told = found([("B1 ",)], {"shop": "string"}, parents=lambda *_: None, schema={"foreignKeys": [link]})
    assert told == [("id", [2])]
    for name in ("respondent", "customer", "branch"):
        assert found([("A ",), ("B",)], {name: "string"}) == [("id", [2])]


def test_a_value_that_breaks_several_rules_is_told_by_the_first():
    field = {"name": "branch", "type": "string", "constraints": {"pattern": "B[0-9]+"}}
    schema = {"fields": [field], "foreignKeys": [KEY]}
    rows = [("B01",), ("6.2E+18",), ("X1",), ("B09",)]
    branches = Seen()
    branches.add(pd.Series(["B01"]))
    told = found(rows, {"branch": "string"}, parents=lambda *_: branches, schema=schema)
    assert told == [("rounded", [3]), ("pattern", [4]), ("link", [5])]


@pytest.mark.parametrize(
    ("value", "said"), [("x", "'x'"), (1234567.25, "1234567.25"), (0.1 + 0.2, "0.3"), (7, "7")]
)
def test_a_lesson_stops_at_the_first_value_and_names_its_row(value, said):
    at = pd.Series([value, "later"], index=[3, 5], dtype=object)
    words = refusal(Finding("range", "wait", at, "1–7"), file="visits.csv").en
    assert f"must hold values 1–7; row 3, column 'wait' holds {said}." in words


def test_what_repeats_is_told_with_the_row_where_it_stood_first():
    rows = [("B01",), ("B02",), ("B02",), ("B01",)]
    judge, table = judged(rows, {"branch": "string"}, schema={"primaryKey": "branch"})
    (one,) = judge.take(table)
    words = refusal(one, file="branches.csv").en
    assert "must name each branch once; 'B02' is in rows 3 and 4" in words


def test_of_two_cells_that_disagree_the_lesson_names_the_first_row():
    rows = [("6", "5"), ("9", "5")]
    judge, table = judged(rows, dict.fromkeys(("digital_completed", "digital_started"), "integer"))
    (one,) = judge.take(table)
    words = refusal(one, file="visits.csv").en
    assert "row 2: 'digital_completed' is '6', more than 'digital_started' in the same row" in words

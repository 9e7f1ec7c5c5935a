"""What the judge finds in a table, rule by rule: on the very end of each, and in one row among good ones."""

import pandas as pd
import pytest

from helpers.bank.codebook_findings import Judge, Seen

KEY = {"fields": ["branch"], "reference": {"resource": "branches", "fields": ["branch"]}}


def found(rows, kinds, *, parents=None, **resource):
    """What is wrong with some rows, as (rule, rows) in order; the first row is 2, as a spreadsheet counts it."""
    columns = dict(zip(kinds, map(list, zip(*rows, strict=True)), strict=True))
    table = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    table.index = range(2, len(table) + 2)
    resource.setdefault("schema", {})["fields"] = [
        {"name": name, "type": kind} for name, kind in kinds.items()
    ]
    judge = Judge({"name": "visits", **resource}, list(kinds), parents=parents)
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

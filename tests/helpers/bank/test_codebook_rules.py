"""What one column must be, and how it is read."""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.bank import codebook_rules
from helpers.bank.codebook_findings import Judge
from helpers.bank.codebook_shape import compiled


@pytest.mark.parametrize(
    ("values", "kind", "bounds", "plain"),
    [
        (["0", "7"], "integer", {}, True),
        (["-1", "7"], "integer", {}, False),
        (["1", "7"], "integer", {"minimum": 1, "maximum": 7}, True),
        (["0", "7"], "integer", {"minimum": 1}, False),
        (["1", "8"], "integer", {"maximum": 7}, False),
        (["1.5"], "integer", {}, False),
        (["1", "1.5"], "integer", {}, False),
        (["1.5"], "number", {}, True),
        ([None, None], "number", {}, True),
        (["x", "1"], "number", {}, False),
    ],
)
def test_a_column_is_passed_where_every_number_is_within_its_ends(values, kind, bounds, plain):
    """Told of the first rows and of the next: what was found sound is not looked at again."""
    field = {"name": "visits", "type": kind, "constraints": bounds}
    for dtype in ("object", "str"):
        judge = Judge({"name": "t", "schema": {"fields": [field]}}, ["visits"], parents=None)
        for _ in range(2):
            assert (not list(judge.take(pd.DataFrame({"visits": pd.Series(values, dtype=dtype)})))) == plain


def test_values_found_sound_make_no_fault_sound_that_comes_later():
    field = {"name": "x", "type": "integer", "constraints": {"enum": [1, 2, 9]}}
    judge = Judge({"name": "t", "schema": {"fields": [field]}}, ["x"], parents=None)
    told = [
        [(found.rule, list(found.at.index)) for found in judge.take(pd.DataFrame({"x": rows}, dtype="str"))]
        for rows in (["1", "2"], ["1", "3", "9"], ["3", "1", "x"], ["1", "2"])
    ]
    assert told == [[], [("range", [1])], [("number", [2]), ("range", [0])], []]


@pytest.mark.parametrize(
    ("clock", "day", "year"),
    [
        ((2020, 5, 5), "2026-01-02", 2026),
        ((2026, 1, 1), "2026-01-02", 2026),
        ((2027, 12, 31), "2028-01-01", 2028),
    ],
)
def test_nothing_lies_later_than_tomorrow_and_a_stopped_clock_does_not_count(clock, day, year, monkeypatch):
    class Day(datetime.date):
        @classmethod
        def today(cls):
            return cls(*clock)

    around = SimpleNamespace(date=Day, timedelta=datetime.timedelta)
    monkeypatch.setattr(codebook_rules, "datetime", around)
    codebook_rules._named.cache_clear()
    assert codebook_rules._range_of({"name": "received"}) == {"maximum": day}
    assert codebook_rules._range_of({"name": "birth_year"}) == {"minimum": 1901, "maximum": year}
    assert codebook_rules._range_of({"name": "share_percent"}) == {"minimum": 0, "maximum": 100}
    assert codebook_rules._range_of({"name": "other", "constraints": {"minimum": 3}}) == {"minimum": 3}
    codebook_rules._named.cache_clear()


@given(st.text("aAbB01 \n\t(é银|", max_size=6))
@settings(max_examples=200, deadline=None)
@example("a\n")
@example("")
def test_a_column_fits_a_pattern_exactly_where_each_text_does(text):
    """One call for the whole column tells what the engine that cannot be kept busy tells of each text."""
    for pattern in ("a|ab", "[aA]b*", "(?i)ab?", "^a$", ".*", "", "银+", r"\w\s*"):
        alone = compiled(pattern).fullmatch(text) is not None
        assert codebook_rules._fits(pd.Series([text], dtype="str"), pattern).tolist() == [alone], pattern


def test_texts_that_come_again_are_read_as_those_that_come_once():
    texts = pd.Series(["4", None, "x", "4", "", "1e999", "4.5"], index=range(2, 9), dtype="str", name="P1")
    read = codebook_rules.read_column(texts, {"type": "integer"})
    again = codebook_rules.read_column(texts.astype(object), {"type": "integer"})
    pd.testing.assert_series_equal(read, again)
    assert read.fillna(-1).tolist() == [4, -1, -1, 4, -1, -1, 4.5]


@pytest.mark.parametrize(
    ("kind", "bounds", "numbers", "broken"),
    [
        ("integer", {}, [0, -1, 1], {"sign": [1]}),
        ("integer", {"minimum": 1}, [0, 1, 2], {"range": [0]}),
        ("integer", {"maximum": 2}, [1, 2, 3], {"range": [2]}),
        ("integer", {"minimum": 1, "maximum": 2}, [0, 1, 2, 3], {"range": [0, 3]}),
        ("integer", {"enum": [1, 3]}, [1, 2, 3], {"range": [1]}),
        ("integer", {}, [1, 1.5], {"whole": [1]}),
        ("number", {}, [1, 1.5], {}),
    ],
)
def test_a_number_may_lie_on_either_end_of_what_is_allowed(kind, bounds, numbers, broken):
    field = {"name": "visits", "type": kind, "constraints": bounds}
    found = {rule: rows for rule, rows, _ in codebook_rules.sizes(pd.Series(numbers, dtype=float), field)}
    assert {rule: rows.index[rows].tolist() for rule, rows in found.items() if rows.any()} == broken


@pytest.mark.parametrize(
    ("bounds", "late", "early"),
    [
        ({"minimum": "2025-03-01", "maximum": "2025-03-31"}, [4, 5], [0]),
        ({"minimum": "2025-03-01"}, [], [0]),
        ({"maximum": "2025-03-31T08:00"}, [4, 5], []),
        ({"maximum": "2025-03-31Z"}, [4, 5], []),
        ({}, [], []),
    ],
)
def test_the_first_and_the_last_day_are_allowed_at_any_hour(bounds, late, early):
    written = ["2025-02-28", "2025-03-01", "2025-03-31", "2025-03-31 23:59", "2025-04-01", "2025-04-01 00:00"]
    texts = pd.Series(written, dtype="str")
    field = {"name": "seen", "type": "datetime", "constraints": bounds}
    found = codebook_rules.days(texts, codebook_rules.read_column(texts, field), field)
    broken = {rule: rows.index[rows].tolist() for rule, rows, _ in found}
    assert broken == {"zone": [], "date": [], "range": early + late}


@pytest.mark.parametrize(
    ("bounds", "broken"),
    [
        ({"minLength": 2}, ["a"]),
        ({"maxLength": 2}, ["abc"]),
        ({"minLength": 2, "maxLength": 2}, ["a", "abc"]),
        ({"minLength": 0}, []),
    ],
)
def test_a_text_may_be_exactly_as_short_and_as_long_as_is_allowed(bounds, broken):
    texts = pd.Series(["a", "银行", "abc"], dtype="str")
    found = codebook_rules.words(texts, {"name": "code", "constraints": bounds}, is_id=False)
    assert [text for rule, rows, _ in found for text in texts[rows]] == broken


def test_moments_are_read_as_they_are_and_by_the_clock_on_the_wall():
    plain = pd.Series(pd.to_datetime(["2025-03-31 00:30"]))
    zoned = plain.dt.tz_localize("Asia/Shanghai")
    for kind in codebook_rules.DATES:
        for values in (plain, zoned):
            pd.testing.assert_series_equal(codebook_rules.read_column(values, {"type": kind}), plain)
    read = [codebook_rules.read_column(values, {"type": "string"}).item() for values in (plain, zoned)]
    assert read == ["2025-03-31 00:30:00", "2025-03-31 00:30:00+08:00"]


def test_a_time_zone_is_seen_in_a_text_and_in_a_type():
    texts = pd.Series(["2025-03-31 10:00+08:00", "2025-03-31 10:00", "2025-03-31T10:00:00Z"], dtype="str")
    plain = pd.Series(pd.to_datetime(["2025-03-31 10:00"]))
    found = []
    for values in (texts, plain, plain.dt.tz_localize("Asia/Shanghai")):
        field = {"name": "seen", "type": "datetime"}
        rules = codebook_rules.days(values, codebook_rules.read_column(values, field), field)
        found.append(next(rows.tolist() for rule, rows, _ in rules if rule == "zone"))
    assert found == [[True, False, True], [False], [True]]


@pytest.mark.parametrize(
    ("bounds", "more", "said"),
    [
        ({"minimum": 1, "maximum": 7}, {}, "1–7"),
        ({"minimum": 0}, {}, "≥ 0"),
        ({"maximum": 7}, {}, "≤ 7"),
        ({}, {}, ""),
        ({"minimum": 1, "maximum": 7}, {"dont_know": 0}, "1–7, 0"),
        ({"enum": [1, 3]}, {}, "1, 3"),
        ({"enum": list(range(13))}, {}, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
    ],
)
def test_what_is_allowed_is_told_by_the_ends_that_there_are(bounds, more, said):
    assert codebook_rules.allowed_values({"name": "x", "constraints": bounds, **more}) == said


@pytest.mark.parametrize(
    ("bounds", "is_id", "broken"),
    [
        ({}, False, {}),
        ({"required": True}, False, {"word": ["NA", "　"]}),
        ({"required": True, "enum": ["NA", "B1"]}, False, {"word": ["　"], "listed": ["　", "B1 ", "1E+10"]}),
        ({}, True, {"rounded": ["1E+10"], "id": ["　", "B1 "]}),
    ],
)
def test_a_text_is_judged_by_what_it_is_for(bounds, is_id, broken):
    texts = pd.Series(["B1", "NA", "　", "B1 ", "1E+10"], dtype="str")
    found = codebook_rules.words(texts, {"name": "code", "constraints": bounds}, is_id=is_id)
    assert {rule: texts[rows].tolist() for rule, rows, _ in found if rows.any()} == broken


def test_of_a_long_list_eight_are_named():
    listed = list("abcdefghi")
    ((rule, _, said),) = codebook_rules.words(
        pd.Series(["a"], dtype="str"), {"name": "code", "constraints": {"enum": listed}}, is_id=False
    )
    assert (rule, said) == ("listed", "a, b, c, d, e, f, g, h")

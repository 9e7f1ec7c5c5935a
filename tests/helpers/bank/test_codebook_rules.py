"""The quick look at a column of numbers: what it may pass, and what must be looked at row by row."""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.bank import codebook_rules


@pytest.mark.parametrize(
    ("values", "kind", "bounds", "plain"),
    [
        (["0", "7"], "integer", {}, True),
        (["-1", "7"], "integer", {}, False),
        (["1", "7"], "integer", {"minimum": 1, "maximum": 7}, True),
        (["0", "7"], "integer", {"minimum": 1}, False),
        (["1", "8"], "integer", {"maximum": 7}, False),
        (["1.5"], "integer", {}, False),
        (["1.5"], "number", {}, True),
        ([None, None], "number", {}, True),
        (["x", "1"], "number", {}, False),
    ],
)
def test_a_column_is_passed_where_every_number_is_within_its_ends(values, kind, bounds, plain):
    given = pd.Series(values, dtype=object)
    field = {"name": "x", "type": kind, "constraints": bounds}
    assert codebook_rules.fine(given, codebook_rules.read_column(given, field), field) == plain


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

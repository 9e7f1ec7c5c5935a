"""The quick look at a column of numbers: what it may pass, and what must be looked at row by row."""

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

"""Numbers of a plan as managers type them: what would be another number is left for the check to name."""

import pandas as pd
import pytest

from classroom.forms import plan_cells


def read(baseline, unit="%"):
    body = pd.DataFrame({"unit": [unit], "baseline": [baseline], "target": [None]}, dtype=object)
    return plan_cells.numbers(body)["baseline"].iloc[0]


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("5.2%", "%", 0.052), ("120%", "%", 1.2), ("120%", "", 1.2), (5.2, "%", 0.052), (0.052, "%", 0.052),
        ("1,200", "件", 1200), ("1,200,000.5", "件", 1_200_000.5), ("1,200 次", "件", 1200), ("−3", "分", -3),
        ("≤4%", "%", 0.04), ("4%以内", "%", 0.04), ("不超过10分钟", "分钟", 10), ("降到 8 次以下", "次", 8), (">= 90%", "%", 0.9),
    ],
)  # fmt: skip
def test_numbers_and_shares(typed, unit, number):
    assert read(typed, unit) == pytest.approx(number)


@pytest.mark.parametrize(
    "typed", ["约5%", "降4%", "3%-4%", "5,2%", "12,5", "0,05", "1,2345", "1,2,3", "12,5分钟"]
)
def test_a_comma_that_parts_no_thousands_is_not_taken_out(typed):
    assert read(typed, "分钟") == typed


def test_owners_named_by_a_number_stay_two():
    assert plan_cells.text(20250301.0) != plan_cells.text(20250302.0)
    assert plan_cells.text(3.0) == "3"

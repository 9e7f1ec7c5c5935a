"""Columns of moments: the column decides the order, and a clock is never lost on the way."""

import pandas as pd
import pytest

from helpers.bank.language import WrongValue
from owndata.read import moments


def write(*texts, **more):
    return moments.written(pd.Series(texts), **more).tolist()


def test_the_column_decides_day_and_month_and_what_it_leaves_open_stays():
    assert write("3/4/2025", "25/4/2025", "") == ["2025-04-03", "2025-04-25", ""]
    assert write("3/4/2025 9:05") == ["3/4/2025 9:05"]
    assert write("3/14/2025", "14/3/2025") == ["3/14/2025", "14/3/2025"]
    assert write("13/3/2025", "2025-03-14") == ["13/3/2025", "2025-03-14"]
    with pytest.raises(WrongValue, match="taken day for month"):
        write("13/3/2025", "2025-03-04")
    assert write("3.4.2025", "2025") == ["2025-04-03", "2025"]
    assert write("2025/3/3", "2025-03-04", "2025年3月5日") == ["2025-03-03", "2025-03-04", "2025-03-05"]
    assert write("13/3/2025", "13/13/2025") == ["2025-03-13", "13/13/2025"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025/3/3 上午9:02", "2025-03-03 09:02:00"),
        ("2025年3月3日下午12时30分", "2025-03-03 12:30:00"),
        ("3/13/2025 12:05 AM", "2025-03-13 00:05:00"),
        ("3/13/2025 1:10:09 pm", "2025-03-13 13:10:09"),
        ("20250303090200", "2025-03-03 09:02:00"),
        ("20250303 0902", "2025-03-03 09:02:00"),
        ("2025/3/3\u30009：02", "2025-03-03 09:02:00"),
        ("2025/3/3 星期一 9:02", "2025-03-03 09:02:00"),
        ("3-Mar-2025 9:02", "2025-03-03 09:02:00"),
        ("31-03-2018", "2018-03-31"),
        ("31-03-2018 09:00 +0800", "2018-03-31 09:00:00"),
        ("2025-03-03 09:02:00 GMT+8", "2025-03-03 09:02:00"),
        ("-", ""),
        ("#N/A", ""),
    ],
)
def test_every_way_to_write_a_moment(text, moment):
    assert write(text) == [moment]


@pytest.mark.parametrize(
    "text", ["45719.376", "9:02:00", "2025-03-03 24:10", "2025-03-03 9:02:00:5", "2025113"]
)
def test_what_is_no_moment_stays(text):
    assert write(text) == [text]
    assert write(text, "2025-03-03 9:02") == [text, "2025-03-03 09:02:00"]


def test_a_clock_beside_others_that_say_before_or_after_noon_is_doubtful():
    assert write("2025/3/3 下午1:05", "2025/3/3 1:05") == ["2025-03-03 13:05:00", "2025/3/3 1:05"]


def test_zones_are_taken_off_where_they_leave_the_day():
    assert write("2011-10-01T00:38:44.546+02:00", "2011-12-01T00:38:44+01:00") == [
        "2011-10-01 00:38:44",
        "2011-12-01 00:38:44",
    ]
    with pytest.raises(WrongValue, match="several time zones"):
        write("2011-10-01T00:38:44+08:00", "2011-10-01T00:38:44Z")
    late = "2025-03-02T16:00:00Z"  # the third of March in Beijing
    assert write(late, utc=False, day=True) == [late]

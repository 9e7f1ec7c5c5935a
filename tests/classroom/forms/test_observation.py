"""The observation sheet as it is left: nobody becomes somebody else, and no time another."""

import pandas as pd
import pytest
from collection import ROOT

from classroom.forms import observation
from helpers.bank.language import WrongValue

SHEET = ROOT / "course" / "templates" / "observation_sheet.xlsx"


def left(folder, customers, *, column=None, value=None):
    """The sheet with one step for each of these customers, None being a row left empty."""
    usual = pd.read_excel(SHEET, engine="calamine").iloc[[0]].astype(object)
    rows = pd.concat([usual] * len(customers), ignore_index=True)
    rows[rows.columns[0]] = pd.Series(customers, dtype=object)
    rows[rows.columns[4]] = [f"9:{n:02}" for n in range(len(customers))]
    rows[rows.columns[5]] = "9:59"
    if column is not None:
        rows.iloc[0, column] = value
    rows[[one is None for one in customers]] = None
    rows.to_excel(folder / "seen.xlsx", index=False, engine="xlsxwriter")
    return folder / "seen.xlsx"


@pytest.mark.parametrize(
    ("customers", "cases"),
    [
        ([20250301, None, 20250302, 20250303], ["20250301", "20250302", "20250303"]),
        ([1, "1", " 1", "１"], ["1"]),
        ([1234567, 1234568.0, None], ["1234567", "1234568"]),
        (["A1", "A2"], ["A1", "A2"]),
    ],
)
def test_a_customer_keeps_the_whole_number(tmp_path, customers, cases):
    assert sorted(set(observation.observed(left(tmp_path, customers))["case"])) == cases


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (0, 110101199001011234, "keeps fifteen digits"),
        (4, "上午 12:05", "holds '上午 12:05'"),
        (4, "9.05", "holds '9.05'"),
        (0, "王女士", "not a name"),
        (4, "9:05 - 9:20", "holds '9:05 - 9:20'"),
        (7, True, "holds True"),
        (7, 6.3, "holds 6.3"),
    ],
)
def test_what_would_be_read_as_something_else_is_named(tmp_path, column, value, words):
    with pytest.raises(WrongValue, match=words):
        observation.observed(left(tmp_path, [1, 2], column=column, value=value))


@pytest.mark.parametrize(
    ("typed", "read"),
    [("下午 2:05", "14:05"), ("上午9点05分", "09:05"), ("9点半", "09:30"), ("2:05 PM", "14:05"), (0.379861111, "09:07"), ("９：０５", "09:05")],
)  # fmt: skip
def test_times_are_read_as_they_are_said(typed, read):
    assert pd.Timestamp(f"2025-03-03 {observation._clock(typed)}").strftime("%H:%M") == read


@pytest.mark.parametrize(
    "typed", ["2025/3/3", "2025.3.3", "２０２５年 3月 3日", 45719, 20250303, "2025-03-03 周一"]
)
def test_days_are_read_as_they_are_typed(tmp_path, typed):
    usual = observation.observed(left(tmp_path, [1, 2]))["start"].tolist()
    assert observation.observed(left(tmp_path, [1, 2], column=3, value=typed))["start"].tolist() == usual


@pytest.mark.parametrize(
    ("value", "read"), [("５", 5), ("5分", 5), ("5", 5), ("-", None), ("/", None), ("没问", None)]
)
def test_emotions_are_read_as_they_are_typed(tmp_path, value, read):
    emotion = observation.observed(left(tmp_path, [1], column=7, value=value))["emotion"]
    assert emotion.isna().all() if read is None else emotion.tolist() == [read]


def test_a_number_and_its_counter_are_one_customer(tmp_path):
    assert set(observation.observed(left(tmp_path, [1, "1号", "No. 1", "第1位", "#1"]))["case"]) == {"1"}

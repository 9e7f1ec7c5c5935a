"""Two exports below each other, sheets of instructions before the answers, days as Taiwan and as words write them."""

import datetime as dt

import pandas as pd
import pytest
import xlsxwriter

from owndata.read import date_columns, moments, sheets
from owndata.say.problems import CannotRead

HEADS = ["序号", "网点", "整洁", "热情", "快捷"]


def rows(n=60):
    return [[str(i), "滨江支行", "5", "4", "3"] for i in range(n)]


def written(path, lines):
    path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "second",
    [
        ["序号", "网点", "快捷", "热情", "整洁"],
        ["网点", "序号", "整洁", "热情", "快捷"],
        ["序号", "网点", "整洁", "新题", "热情", "快捷"],
    ],
)
@pytest.mark.parametrize("n", [5, 60, 3000])
def test_an_export_put_below_another_in_another_order_is_refused(tmp_path, second, n):
    path = written(tmp_path / "two.csv", [HEADS, *rows(n), second, *rows(n)])
    with pytest.raises(CannotRead, match=f"row {n + 2}.*another order"):
        sheets.read(path)


def test_the_same_headings_and_ticked_options_are_read_as_before(tmp_path):
    path = written(tmp_path / "two.csv", [HEADS, *rows(), HEADS, *rows()])
    assert [one.kind for one in sheets.read(path).problems] == ["heading_again"]
    ticked = [["7", "整洁", "整洁", "热情", "快捷"]]
    assert len(sheets.read(written(tmp_path / "ticks.csv", [HEADS, *rows(), *ticked])).cells) == 61


def test_instructions_on_the_first_sheet_are_passed_over_and_the_others_named(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "form.xlsx") as book:
        first, second = book.add_worksheet("说明"), book.add_worksheet("答卷")
        first.write_column(0, 0, ["填写说明", "请按实际感受打分"])
        for i, line in enumerate([HEADS, *rows(5)]):
            second.write_row(i, 0, line)
    sheet = sheets.read(tmp_path / "form.xlsx")
    assert list(sheet.cells) == HEADS
    assert "none of the others: 说明" in str(sheet.problems[0])


@pytest.mark.parametrize(
    "text",
    ["114年3月5日", "民国114年3月5日", "民國 114 年 3 月 5 日", "114/3/5", "114.03.05", "二〇二五年三月五日"],
)
def test_days_of_taiwan_and_days_in_words_are_read(text):
    assert date_columns.orders([text]) == []
    assert date_columns.read(text) == dt.date(2025, 3, 5)
    assert moments.written(pd.Series([text])).tolist() == ["2025-03-05"]


@pytest.mark.parametrize("text", ["14年3月5日", "214/3/5", "114年13月5日", "二〇二五年三月", "114-3-5-7"])
def test_what_is_no_such_day_stays(text):
    assert date_columns.read(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("二〇二五年十二月三十一日", 31), ("二〇二五年十二月十日", 10), ("二零二五年十二月二十日", 20)],
)
def test_tens_in_words(text, day):
    assert date_columns.read(text) == dt.date(2025, 12, day)

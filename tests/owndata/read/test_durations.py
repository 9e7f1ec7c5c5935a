"""How long something took: a unit says what a number counts."""

import pytest
import xlsxwriter

from owndata.read import durations, sheets, written_values

SPENT = {
    "2分钟": 120, "1小时": 3600, "2分5秒": 125, "125秒": 125, "00:02:05": 125, "2:05": 125, "1小时5分": 3900, "1h 5m": 3900,
    "2 min": 120, "2'05\"": 125, "１分钟": 60, "1.5小时": 5400, "125": None, "": None, "5次": None, "很快": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), SPENT.items())
def test_a_duration_is_read_in_its_unit(text, seconds):
    assert durations.seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3万", ("unit", 30_000)),
        ("1.2万元", ("unit", 12_000)),
        ("5千", ("unit", 5_000)),
        ("3百万", ("unit", 3_000_000)),
        ("1小时5分", ("unit", 3_900)),
        ("1小时", ("not_number", None)),
        ("20岁以下", ("not_number", None)),
        ("30以上", ("not_number", None)),
        ("3个月", ("not_number", None)),
        ("5非常满意", ("labelled", 5)),
        ("4时常", ("labelled", 4)),
        ("3月", ("labelled", 3)),
    ],
)
def test_what_stands_behind_a_number_is_a_label_only_where_it_measures_nothing(text, read):
    assert written_values.number(text) == read


def test_a_duration_of_a_workbook_is_read_as_a_clock(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet, long = book.add_worksheet(), book.add_format({"num_format": "[h]:mm:ss"})
    sheet.write_row(0, 0, ["spent", "more"])
    for row, spent in enumerate((125, 90_000, 2.5), start=1):
        sheet.write(row, 0, spent / 86_400, long)
        sheet.write(row, 1, "x")
    book.close()
    cells = sheets.read(tmp_path / "a.xlsx").cells["spent"]
    assert cells.tolist() == ["0:02:05", "25:00:00", "0:00:02.500000"]
    assert cells.map(durations.seconds).tolist() == [125, 90_000, 2.5]

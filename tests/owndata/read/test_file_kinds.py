"""Reading any table: what is in the cells, and in which row."""

import csv
import dataclasses
import datetime as dt
import io

import old_excel
import pandas as pd
import pytest
import spoiled_files
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.bank import language
from helpers.bank.language import WrongValue
from owndata.read import sheets, workbooks, written_values
from owndata.say.problems import CannotRead

PLATFORM = [
    ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您办理业务的网点", "2、柜员态度友好",
     "3、请评价:(等候时间)", "4、使用过的渠道"],
    ["1", "2025/3/1 10:02:11", "185秒", "微信", "N/A", "1.2.3.4(浙江-杭州)", "滨江支行", "非常满意", "-3", "柜台┋手机银行"],
    ["2", "2025/3/1 10:05:40", "92秒", "链接", "", "1.2.3.5(浙江-杭州)", "古城支行", "５", "3分", "柜台"],
    ["合计", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def saved(folder, content, name="export.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def kinds(sheet):
    return [problem.kind for problem in sheet.problems]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (spoiled_files.text(PLATFORM), "utf-8"),
        (spoiled_files.text(PLATFORM, encoding="utf-8-sig"), "utf-8-sig"),
        (spoiled_files.text(PLATFORM, encoding="gb18030"), "gb18030"),
        (spoiled_files.text(PLATFORM, encoding="utf-16", delimiter="\t"), "utf-16"),
        (spoiled_files.workbook(PLATFORM), "xlsx"),
        (old_excel.workbook(PLATFORM), "xls"),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16 tabs", "xlsx", "xls"],
)
def test_a_platform_export_is_read_whatever_its_form(tmp_path, content, encoding):
    sheet = sheets.read(saved(tmp_path, content))
    assert sheet.encoding == encoding
    assert sheet.cells.columns.tolist() == PLATFORM[0]
    assert sheet.cells.to_numpy().tolist() == PLATFORM[1:3]
    assert (sheet.first_row, sheet.cells.index.tolist()) == (2, [2, 3])
    assert kinds(sheet)[-1] == "total_row"


def test_cells_of_a_workbook_read_as_excel_shows_them(tmp_path):
    def typed(book, sheet):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime("A2", dt.datetime(2025, 3, 31), day)
        sheet.write_datetime(
            "B2", dt.datetime(2025, 3, 31, 9, 5), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        sheet.write_number("C2", 0.1 + 0.2)
        sheet.write_boolean("D2", True)
        sheet.write_formula("E2", "=3+4", None, 7)

    sheet = sheets.read(saved(tmp_path, spoiled_files.workbook([list("abcde")], act=typed), "a.xlsx"))
    assert sheet.cells.to_numpy().tolist() == [["2025-03-31", "2025-03-31 09:05:00", "0.3", "TRUE", "7"]]


def test_parquet_is_read_as_text(tmp_path):
    table = pd.DataFrame({
        "day": pd.to_datetime(["2025-03-31", None]), "moment": pd.to_datetime(["2025-03-31 09:05", "2025-03-31 00:00"]),
        "whole": [7.0, None], "part": [0.5, 1.25], "text": ["好", None], "kind": pd.Categorical(["a", "b"]),
    })  # fmt: skip
    table.to_parquet(tmp_path / "a.parquet")
    sheet = sheets.read(tmp_path / "a.parquet")
    assert sheet.cells.to_numpy().tolist() == [
        ["2025-03-31", "2025-03-31 09:05:00", "7", "0.5", "好", "a"], ["", "2025-03-31", "", "1.25", "", "b"],
    ]  # fmt: skip


def test_rows_count_as_in_a_spreadsheet(tmp_path):
    content = '标题\n\na,b\n"x\ny",1\n\nz,2\n'.encode()
    sheet = sheets.read(saved(tmp_path, content))
    assert sheet.cells.index.tolist() == [4, 6]
    assert sheet.cells["a"].tolist() == ["x\ny", "z"]
    assert kinds(sheet) == ["title_line", "blank_rows"]


def test_headings_are_unique_and_clean(tmp_path):
    sheet = sheets.read(saved(tmp_path, b"a,a,,a , a (2)\n1,2,3,4,5\n"))
    assert sheet.cells.columns.is_unique
    assert sheet.cells.iloc[0].tolist() == ["1", "2", "3", "4", "5"]
    assert kinds(sheet) == ["same_heading", "no_heading", "same_heading", "same_heading"]


def test_parts_are_the_whole(tmp_path):
    path = saved(
        tmp_path, spoiled_files.text([["a", "b"], *[[str(n), "x"] for n in range(25)], ["合计", ""]])
    )
    found = list(sheets.parts(path, rows=10))
    assert [len(part.cells) for part in found if len(part.cells)] == [10, 10, 5]
    pd.testing.assert_frame_equal(pd.concat([part.cells for part in found]), sheets.read(path).cells)
    assert [problem.kind for part in found for problem in part.problems] == ["total_row"]


def test_a_sheet_cannot_be_changed_and_text_is_no_missing_value(tmp_path):
    sheet = sheets.read(saved(tmp_path, b"a,b\nNA,\nnull,nan\n"))
    assert sheet.cells.to_numpy().tolist() == [["NA", ""], ["null", "nan"]]
    with pytest.raises(dataclasses.FrozenInstanceError):
        sheet.path = None


def test_a_workbook_that_never_ends_is_given_up(tmp_path, monkeypatch):
    path = saved(tmp_path, spoiled_files.workbook(PLATFORM), "a.xlsx")
    monkeypatch.setattr(workbooks, "PATIENCE", 0)
    monkeypatch.setattr(workbooks, "PATIENCE_MB", 0)
    with pytest.raises(
        CannotRead, match="could not be read within 0 seconds: it is damaged, or a cell far away"
    ):
        sheets.read(path)


def test_a_workbook_that_unpacks_too_far_is_refused(tmp_path, monkeypatch):
    path = saved(tmp_path, spoiled_files.workbook([["x" * 1000] * 50] * 50), "a.xlsx")
    monkeypatch.setattr("owndata.read.file_kinds.MOST_UNPACKED", 50_000)
    with pytest.raises(CannotRead, match="too large"):
        sheets.read(path)


def test_the_error_speaks_the_readers_language(tmp_path):
    language.use("zh")
    with pytest.raises(WrongValue, match=r"export.csv：文件是空的（0 字节）。请重新导出。") as caught:
        sheets.read(saved(tmp_path, b""))
    assert caught.value.problem.severity == "error"


CELL = st.text(st.characters(codec="gb18030", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_whatever_is_written_is_read(tmp_path, rows, encoding, delimiter):
    buffer = io.StringIO()
    # Every cell in quotes, or random signs could look like a better delimiter; a row number guards totals and notes.
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["编号", "甲", "乙", "丙"], *[[f"n{i}", *row] for i, row in enumerate(rows)]])
    path = saved(tmp_path, buffer.getvalue().encode(encoding))
    sheet = sheets.read(path)
    assert sheet.cells.to_numpy().tolist() == [[f"n{i}", *row] for i, row in enumerate(rows)]


PARQUET = io.BytesIO()
pd.DataFrame(spoiled_files.SURVEY[1:], columns=spoiled_files.HEADINGS).to_parquet(PARQUET)
WHOLE = [
    b"", spoiled_files.GOOD, spoiled_files.text(PLATFORM, encoding="gb18030"), spoiled_files.text(PLATFORM, encoding="utf-16"),
    PARQUET.getvalue(), spoiled_files.workbook(PLATFORM), b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"sep=;",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(WHOLE),
    place=st.integers(0, 6000),
    cut=st.integers(0, 300),
    noise=st.binary(max_size=60),
)
@example(start=b"", place=0, cut=0, noise=b"\xff\xfe\x00")
def test_no_bytes_whatever_give_anything_but_a_sentence(tmp_path, start, place, cut, noise):
    path = saved(tmp_path, start[:place] + noise + start[place + cut :])
    try:
        cells = sheets.read(path).cells
    except WrongValue as error:
        assert error.en.startswith("export.csv")
        assert error.zh.startswith("export.csv")
    else:
        assert len(cells)
        assert cells.columns.is_unique


@given(st.text())
def test_no_text_breaks_the_reading_of_values(text):
    for read in (written_values.number, written_values.date):
        how, value = read(text)
        assert how is None or isinstance(how, str)
        assert value is None or how != "not_number"


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_written_plainly_are_read_plainly(number):
    assert written_values.number(repr(number)) == (None, number)
    assert written_values.number(f" {number!r}")[0] == "spaces"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2079, 12, 31)))
def test_every_style_of_a_date_is_the_same_day(day):
    assert written_values.date(day.isoformat()) == (None, day)
    for style in (
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y年%m月%d日",
        "%Y%m%d",
        "%b %d, %Y",
        "%d-%b-%Y",
        "%Y/%m/%d 10:02",
    ):
        assert written_values.date(day.strftime(style)) == ("date_style", day)
    assert written_values.date(str((day - dt.date(1899, 12, 30)).days)) == ("date_serial", day)


def book(folder, **named):
    path = folder / "book.xlsx"
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for name, rows in named.items():
            pd.DataFrame(rows[1:], columns=rows[0]).to_excel(writer, sheet_name=name, index=False)
    return path


def test_sheets_with_the_same_headings_are_named_as_one_table_in_pieces(tmp_path):
    head, row = ["网点", "评分"], ["滨江", 5]
    path = book(
        tmp_path, **{"1月": [head, row], "2月": [head, row], "3月": [head, row], "说明": [["a"], ["b"]]}
    )
    (found,) = [one for one in sheets.read(path).problems if one.kind in ("sheets_alike", "other_sheets")]
    assert (
        found.kind == "sheets_alike" and "2月, 3月" in found.sentence.zh and "说明" not in found.sentence.zh
    )


@pytest.mark.parametrize("example", ["示例（虚构）", "example (invented)"])
def test_the_invented_example_of_a_form_is_read_only_where_there_is_nothing_else(tmp_path, example):
    head, own, invented = ["工号", "成绩"], ["S1", 80], ["S9", 99]
    path = book(tmp_path, **{example: [head, invented], "记录": [head, own]})
    assert sheets.read(path).cells["工号"].tolist() == ["S1"]
    with pytest.raises(CannotRead):  # the form as it was handed out
        sheets.read(book(tmp_path, **{"记录": [head], example: [head, invented]}))
    assert sheets.read(book(tmp_path, **{example: [head, invented]})).cells["工号"].tolist() == ["S9"]


def test_a_visible_sheet_is_read_before_a_hidden_one(tmp_path):
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for name, row in {"选项": ["x", "y"], "答卷": ["滨江", "5"]}.items():
            pd.DataFrame([row], columns=["网点", "评分"]).to_excel(writer, sheet_name=name, index=False)
        writer.sheets["答卷"].activate()
        writer.sheets["选项"].hide()
    assert sheets.read(path).cells["网点"].tolist() == ["滨江"]


@pytest.mark.parametrize("name", ["~$问卷.xlsx", ".~lock.问卷.xlsx#"])
def test_the_mark_of_an_open_workbook_is_named(tmp_path, name):
    with pytest.raises(CannotRead) as error:
        sheets.read(saved(tmp_path, b"\x05root", name))
    assert "办公软件" in error.value.zh and "Save and close" in error.value.en

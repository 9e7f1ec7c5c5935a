"""A small good folder, and over a hundred small ways to spoil it. Each is a function of the folder."""

import csv
import gzip
import io
import json
import zipfile

import old_excel
import pandas as pd
import xlsxwriter

BRANCHES = [
    ["branch", "name_zh", "opened", "transformed"],
    ["B01", "滨江支行", "2001-05-01", "2024-06-03"],
    ["B02", "古城支行", "1998-03-02", ""],
]
HEADINGS = [
    "respondent", "branch", "invited", "date", "channel", "seconds", "P1", "P2", "P3",
    "points_reliability", "points_empathy", "comment",
]  # fmt: skip
SURVEY = [
    HEADINGS,
    *[
        [f"R{n:02}", f"B0{n % 2 + 1}", "2025-03-01", f"2025-03-{n + 1:02}", ["app", "counter"][n % 2], str(90 + n),
         str(n % 5 + 1), str(n % 4 + 1), str(n % 3 + 1), "60", "40", f"第{n}条，不错"]
        for n in range(1, 13)
    ],
]  # fmt: skip
CHANNELS = {"app": {"en": "App", "zh": "手机银行"}, "counter": {"en": "Counter", "zh": "柜台"}}
SPOILS, CELLS = {}, {}


def codebook():
    """A five-point survey of three perception items, with branches."""
    date, number = {"type": "date"}, {"type": "integer"}
    survey = [
        {"name": "respondent", "type": "string", "constraints": {"required": True, "pattern": "R[0-9]+"}},
        {"name": "branch", "type": "string", "constraints": {"required": True}},
        {"name": "invited", **date}, {"name": "date", **date, "constraints": {"minimum": "2024-01-01"}},
        {"name": "channel", "type": "string", "values": CHANNELS, "constraints": {"enum": list(CHANNELS)}},
        {"name": "seconds", **number, "constraints": {"maximum": 7200}},
        *[{"name": f"P{i}", **number, "item": i} for i in (1, 2, 3)],
        {"name": "points_reliability", **number}, {"name": "points_empathy", **number},
        {"name": "comment", "type": "string"},
    ]  # fmt: skip
    branches = [
        {"name": "branch", "type": "string", "constraints": {"required": True}}, {"name": "name_zh", "type": "string"},
        {"name": "opened", **date}, {"name": "transformed", **date},
    ]  # fmt: skip
    key = {"fields": ["branch"], "reference": {"resource": "branches", "fields": ["branch"]}}
    return {"resources": [
        {"name": "branches", "path": "branches.csv", "schema": {"fields": branches, "primaryKey": ["branch"]}},
        {"name": "servqual", "path": "servqual.csv",
         "scale": {"minimum": 1, "maximum": 5, "dont_know": 9, "points_total": 100},
         "dimensions": [{"name": "reliability", "items": [1, 2]}, {"name": "empathy", "items": [3]}],
         "schema": {"fields": survey, "primaryKey": ["respondent"], "foreignKeys": [key]}},
    ]}  # fmt: skip


def good(folder):
    """Write the folder that has nothing wrong with it."""
    write_codebook(folder, codebook())
    write(folder, BRANCHES, "branches.csv")
    write(folder, SURVEY)


def write(folder, rows, name="servqual.csv", **how):
    """Write rows as CSV."""
    (folder / name).write_bytes(text(rows, **how))


def text(rows, *, encoding="utf-8", **how):
    """Rows as the bytes of a CSV file."""
    buffer = io.StringIO()
    csv.writer(buffer, **{"lineterminator": "\n"} | how).writerows(rows)
    return buffer.getvalue().encode(encoding)


def write_codebook(folder, content):
    (folder / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def with_cell(column, value, *, row=4):
    """The survey with another value in one cell; the row as a spreadsheet counts it."""
    rows = [list(line) for line in SURVEY]
    rows[row - 1][HEADINGS.index(column)] = value
    return rows


def workbook(rows, *, sheets=("答卷",), act=None):
    """Bytes of an .xlsx with these rows on its last sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if act:
            act(book, sheet)
    return buffer.getvalue()


def spoil(function):
    SPOILS[function.__name__] = function
    return function


def _cell(name, column, value, *, scale=None):
    def act(folder):
        write(folder, with_cell(column, value))
        if scale:
            content = codebook()
            content["resources"][1]["scale"] = scale
            write_codebook(folder, content)

    SPOILS[name], CELLS[name] = act, (column, value)


for name, column, value in [
    ("seven_on_a_five_point_scale", "P1", "7"), ("zero_on_the_scale", "P1", "0"), ("minus_five", "P1", "-5"),
    ("skipped_minus_two", "P1", "-2"), ("not_shown_minus_three", "P1", "-3"), ("half_a_point", "P1", "3.5"),
    ("very_satisfied", "P1", "非常满意"), ("strongly_agree", "P1", "Strongly agree"), ("fen_suffix", "P1", "5分"),
    ("full_width_digit", "P1", "４"), ("full_width_minus", "P1", "－２"), ("several_choices", "P1", "A┋B"),
    ("number_with_label", "P1", "5（非常满意）"), ("chinese_numeral", "P1", "四"), ("formula_as_text", "P1", "=1+1"),
    ("not_available", "P1", "N/A"), ("skipped_in_brackets", "P1", "(跳过)"), ("blanks_around", "P1", " 4 "),
    ("excel_made_it_a_date", "P1", "5月4日"), ("truth_value", "P1", "TRUE"), ("two_numbers", "P1", "4-5"),
    ("letter_o", "P1", "4O"), ("infinite", "P1", "1e999"), ("error_value_as_text", "P1", "#DIV/0!"),
    ("non_breaking_space", "P1", "4\u00a0"), ("zero_width_space", "P1", "\u200b4"), ("line_break_in_number", "P1", "4\n"),
    ("negative_time", "seconds", "-12"), ("minutes_and_seconds", "seconds", "3分20秒"), ("seconds_suffix", "seconds", "185秒"),
    ("thousands_separator", "seconds", "1,234"), ("full_width_thousands", "seconds", "１，２３４"),
    ("decimal_comma", "seconds", "4,5"), ("too_long", "seconds", "99999"), ("percent_sign", "points_reliability", "60%"),
    ("points_make_97", "points_reliability", "57"), ("points_make_103", "points_reliability", "63"),
    ("points_half_filled", "points_empathy", ""),
    ("date_slashes", "date", "2025/3/31"), ("date_dots", "date", "2025.3.31"), ("date_digits", "date", "20250331"),
    ("date_chinese", "date", "2025年3月31日"), ("date_day_first", "date", "31/03/2025"),
    ("date_month_name", "date", "Mar 31, 2025"), ("date_with_weekday", "date", "2025/3/31 星期一 下午 3:20"),
    ("date_full_width", "date", "２０２５－０３－３１"), ("date_serial_number", "date", "45747"),
    ("date_ambiguous", "date", "3/4/2025"), ("date_impossible", "date", "2025-02-30"), ("date_month_13", "date", "2025-13-01"),
    ("date_in_words", "date", "上周五"), ("date_out_of_range", "date", "2015-03-31"),
    ("answered_before_invited", "date", "2025-02-28"),
    ("same_respondent_twice", "respondent", "R01"), ("respondent_blank_behind", "respondent", "R03 "),
    ("respondent_of_spaces", "respondent", "  "), ("respondent_empty", "respondent", ""),
    ("respondent_rounded_by_excel", "respondent", "6.22202E+18"), ("respondent_breaks_pattern", "respondent", "X03"),
    ("unknown_branch", "branch", "B09"), ("branch_full_width", "branch", "Ｂ０１"), ("branch_na", "branch", "NA"),
    ("channel_by_label", "channel", "柜台"), ("channel_capital", "channel", "COUNTER"), ("channel_unknown", "channel", "fax"),
    ("channel_blank_behind", "channel", "app "),
]:  # fmt: skip
    _cell(name, column, value)
_cell("nine_on_a_seven_point_scale", "P1", "9", scale={"minimum": 1, "maximum": 7})


@spoil
def transformed_before_opened(folder):
    rows = [*BRANCHES[:2], ["B02", "古城支行", "2024-03-02", "2023-01-01"]]
    write(folder, rows, "branches.csv")


# --- columns


def _headings(**new):
    return [[new.get(name, name) for name in HEADINGS], *SURVEY[1:]]


@spoil
def item_missing(folder):
    write(folder, [[*row[:7], *row[8:]] for row in SURVEY])


@spoil
def item_in_small_letters(folder):
    write(folder, _headings(P2="p2"))


@spoil
def question_sentence_as_heading(folder):
    write(folder, _headings(P2="3、柜员办理业务准确无误"))


@spoil
def matrix_sub_question_as_heading(folder):
    write(folder, _headings(P2="5、(请评价以下各项)—等候时间"))


@spoil
def optional_column_missing(folder):
    write(folder, [row[:-1] for row in SURVEY])


@spoil
def unknown_column(folder):
    write(folder, _headings(comment="remark"))


@spoil
def telephone_numbers(folder):
    write(folder, [[*row, "手机号" if n == 0 else f"139000000{n:02}"] for n, row in enumerate(SURVEY)])


@spoil
def duplicated_heading(folder):
    write(folder, [[*row, "P1" if n == 0 else "3"] for n, row in enumerate(SURVEY)])


@spoil
def heading_with_blanks(folder):
    write(folder, _headings(P2=" P2 "))


@spoil
def heading_missing(folder):
    write(folder, [["" if n == 0 else str(n), *row] for n, row in enumerate(SURVEY)])


@spoil
def no_headings_at_all(folder):
    write(folder, [[str(n), "1", "2"] for n in range(5)])


@spoil
def item_column_empty(folder):
    write(folder, [[*row[:7], row[7] if n == 0 else "", *row[8:]] for n, row in enumerate(SURVEY)])


@spoil
def optional_column_empty(folder):
    write(folder, [[*row[:-1], row[-1] if n == 0 else ""] for n, row in enumerate(SURVEY)])


@spoil
def item_column_all_alike(folder):
    write(folder, [[*row[:7], row[7] if n == 0 else "3", *row[8:]] for n, row in enumerate(SURVEY)])


# --- rows


@spoil
def title_above(folder):
    write(folder, [["2025年客户满意度调查"], *SURVEY])


@spoil
def empty_rows_above(folder):
    write(folder, [["", ""], *SURVEY])


@spoil
def headings_again(folder):
    write(folder, [*SURVEY, HEADINGS])


@spoil
def totals_below(folder):
    write(folder, [*SURVEY, ["合计", "", "", "", "", "1200", "36", "30", "24", "720", "480", ""]])


@spoil
def average_below(folder):
    write(folder, [*SURVEY, ["", "", "", "", "平均值", "96", "3.1", "2.5", "2", "60", "40", ""]])


@spoil
def note_below(folder):
    write(folder, [*SURVEY, ["注：数据截至三月底", *[""] * 11]])


@spoil
def row_too_short(folder):
    write(folder, [*SURVEY[:3], SURVEY[3][:-1], *SURVEY[4:]])


@spoil
def row_too_long(folder):
    write(folder, [*SURVEY[:3], [*SURVEY[3], "多"], *SURVEY[4:]])


@spoil
def questionnaire_entered_twice(folder):
    write(folder, [*SURVEY, ["R99", *SURVEY[1][1:]]])


# --- whole files


def _bytes(name, content):
    SPOILS[name] = lambda folder: (folder / "servqual.csv").write_bytes(content)


def _zip(**entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


GOOD = text(SURVEY)
for name, content in [
    ("empty_file", b""), ("only_line_breaks", b"\n\n\r\n"), ("header_only", text(SURVEY[:1])),
    ("gb18030", text(SURVEY, encoding="gb18030")), ("utf16", text(SURVEY, encoding="utf-16")),
    ("utf16_without_mark", text(SURVEY, encoding="utf-16-le")), ("utf16_cut_short", text(SURVEY, encoding="utf-16")[:-1]),
    ("two_encodings", text(SURVEY[:5]) + text(SURVEY[5:], encoding="gb18030")),
    ("mark_then_other_encoding", b"\xef\xbb\xbf" + text(SURVEY, encoding="gb18030")),
    ("western_european", text(with_cell("comment", "très bon café"), encoding="utf-8").replace("第".encode(), b"\xff")),
    ("big5", text([["respondent", "branch", "P1", "P2", "P3", "comment"], *[[f"R{n}", "B01", "3", "3", "4", "服務態度與專業程度"] for n in range(9)]], encoding="big5")),
    ("characters_lost", GOOD.replace("不错".encode(), "锟斤拷".encode())),
    ("replacement_characters", GOOD.replace("不错".encode(), "\ufffd".encode())),
    ("semicolons", text(SURVEY, delimiter=";")), ("tabs", text(SURVEY, delimiter="\t")), ("bars", text(SURVEY, delimiter="|")),
    ("separator_line", b"sep=,\n" + GOOD),
    ("full_width_commas", "\n".join("，".join(row[:6]) for row in SURVEY).encode()),
    ("nul_bytes", GOOD.replace(b"R03", b"R03\0")), ("quote_never_closed", GOOD.replace(b"R03,", b'R03,"')),
    ("quote_out_of_place", GOOD.replace("第3条，不错".encode(), '"很好"的支行'.encode())),
    ("endless_line", b"a,b\n" + b"1," * 2_100_000),
    ("zip_archive", _zip(**{"a.csv": "x"})), ("word_document", _zip(word__document="x")), ("pdf", b"%PDF-1.7\n%..."),
    ("web_page_as_excel", b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table></html>'),
    ("xml_as_excel", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
    ("gzip", gzip.compress(GOOD)), ("picture", b"\x89PNG\r\n\x1a\n" + bytes(99)), ("spss", b"$FL2@(#) SPSS DATA FILE"),
    ("sqlite", b"SQLite format 3\0" + bytes(99)), ("json", b'[{"respondent": "R01"}]'), ("noise", bytes(range(256)) * 4),
    ("workbook_named_csv", workbook(SURVEY)), ("old_workbook_named_csv", old_excel.workbook(SURVEY)),
    ("locked_workbook", old_excel.container({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})),
    ("locked_old_workbook", old_excel.workbook(SURVEY, locked=True)), ("workbook_cut_short", workbook(SURVEY)[:3000]),
    ("zip_with_nothing_inside", _zip()), ("empty_workbook", workbook([])),
    ("workbook_of_two_sheets", workbook(SURVEY, sheets=("说明", "答卷"))),
    ("hidden_sheet", workbook(SURVEY, sheets=("封面", "答卷"), act=lambda book, sheet: sheet.hide())),
    ("merged_cells", workbook(SURVEY, act=lambda book, sheet: sheet.merge_range("L4:L5", "同上"))),
    ("error_in_a_cell", workbook(SURVEY, act=lambda book, sheet: sheet.write_formula("G4", "=1/0", None, "#DIV/0!"))),
    ("formula_with_result", workbook(SURVEY, act=lambda book, sheet: sheet.write_formula("G4", "=1+2", None, 3))),
    ("formula_without_result", workbook(SURVEY, act=lambda book, sheet: sheet.write_formula("G4", "=1+2", None, ""))),
    ("card_number_rounded", workbook(SURVEY, act=lambda book, sheet: sheet.write_number("L4", 6222021234567890123))),
    ("byte_order_mark_and_crlf", text(SURVEY, encoding="utf-8-sig", lineterminator="\r\n")),
    ("old_mac_line_ends", text(SURVEY, lineterminator="\r")), ("empty_row_inside", GOOD.replace(b"R03", b"\nR03")),
    ("line_break_in_comment", text(with_cell("comment", "很好\n但是慢"))),
    ("chinese_in_few_bytes", text(with_cell("comment", "联通"))),
]:  # fmt: skip
    _bytes(name, content)


@spoil
def parquet_named_csv(folder):
    pd.DataFrame(SURVEY[1:], columns=HEADINGS).to_parquet(folder / "servqual.csv")


@spoil
def parquet_with_lists(folder):
    table = pd.DataFrame(SURVEY[1:], columns=HEADINGS)
    table["comment"] = [["a", "b"]] * 12
    table.to_parquet(folder / "servqual.csv")


@spoil
def parquet_cut_short(folder):
    parquet_named_csv(folder)
    path = folder / "servqual.csv"
    path.write_bytes(path.read_bytes()[:-50])


@spoil
def file_missing(folder):
    (folder / "servqual.csv").unlink()


@spoil
def folder_instead_of_file(folder):
    (folder / "servqual.csv").unlink()
    (folder / "servqual.csv").mkdir()


@spoil
def file_nobody_knows(folder):
    (folder / "servqual (copy).csv").write_bytes(GOOD)


# --- codebooks


def _codebook(name, change):
    def act(folder):
        content = codebook()
        change(content, content["resources"][1])
        write_codebook(folder, content)

    SPOILS[name] = act


_codebook("survey_not_described", lambda package, survey: package["resources"].remove(survey))
_codebook("scale_missing", lambda package, survey: survey.pop("scale"))
_codebook("scale_upside_down", lambda package, survey: survey.update(scale={"minimum": 5, "maximum": 1}))
_codebook("dimensions_missing", lambda package, survey: survey.pop("dimensions"))
_codebook("dimension_without_items", lambda package, survey: survey["dimensions"][0].pop("items"))
_codebook("item_in_two_dimensions", lambda package, survey: survey["dimensions"][1].update(items=[2, 3]))
_codebook(
    "field_of_unknown_type", lambda package, survey: survey["schema"]["fields"][0].update(type="integr")
)
_codebook("path_out_of_the_folder", lambda package, survey: survey.update(path="../servqual.csv"))
_codebook("path_missing", lambda package, survey: survey.pop("path"))


@spoil
def codebook_missing(folder):
    (folder / "datapackage.json").unlink()


@spoil
def codebook_with_a_typo(folder):
    (folder / "datapackage.json").write_text('{"resources": [}', encoding="utf-8")


@spoil
def codebook_in_gbk(folder):
    (folder / "datapackage.json").write_text('{"title": "青屿"}', encoding="gbk")


@spoil
def codebook_is_a_list(folder):
    (folder / "datapackage.json").write_text("[]", encoding="utf-8")

"""Workbooks that a branch fills on: observation, poll, complaint log, and whatever plan the course writes."""

import datetime
import io
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import xlsxwriter

from helpers.bank.language import pick
from workshop.kit import office

ROWS = 500
WRITERS = (
    ("observation_sheet", "observation", "write_template"),
    ("poll_sheet", "poll", "write_template"),
    ("poll_sheet", "poll_workbook", "write"),  # draws its own figure
    ("plan_sheet", "planbook", "write_template"),
)
# id, English, Chinese, width, kind (a list of words, "date", "number" or text).
LOG = (
    ("number", "No.", "编号", 8, "text"), ("received", "Received on", "受理日期", 13, "date"),
    ("channel", "Channel", "渠道", 14, "channel"), ("topic", "Topic", "主题", 14, "topic"),
    ("happened", "What happened (in the customer's words, no names)", "发生了什么（用客户的话，不写姓名）", 38, "text"),
    ("wish", "What the customer wishes", "客户希望怎样", 26, "text"),
    ("owner", "Owner (role)", "负责人（岗位）", 16, "text"),
    ("first_response", "First response on", "首次回应日期", 14, "date"),
    ("closed", "Closed on", "办结日期", 13, "date"), ("result", "Result", "结果", 16, "result"),
    ("called_back", "Called back afterwards", "事后回访", 12, "yes"), ("repeat", "Repeat of No.", "重复投诉（原编号）", 14, "text"),
    ("cause", "Cause found", "查到的原因", 26, "text"), ("days", "Days to close", "办结用时（天）", 14, "days"),
)  # fmt: skip
RESULTS = (("settled", "settled", "已解决"), ("partly", "partly settled", "部分解决"), ("refused", "refused, explained", "未采纳，已说明"),
           ("withdrawn", "withdrawn", "客户撤回"))  # fmt: skip


def workbooks(book):
    """Write every workbook of the kit.

    Parameters
    ----------
    book : Codebook
        Of the bank: its words for channels and topics of complaints.

    Returns
    -------
    dict
        Key of its name (`names.names`) → bytes of an ``.xlsx``.
    """
    written = {name: _by_path(writer) for name, writer in writers().items()}
    return written | {"complaint_log": complaint_log(book)}


def writers():
    """List the templates that lessons bring along.

    Returns
    -------
    dict
        Key of its name, and a function that writes it to a path. A module that the course does not have yet is
        left out; of two writers of the same template the later one wins.
    """
    there = [(name, module, act) for name, module, act in WRITERS if find_spec(f"classroom.forms.{module}")]
    return {name: getattr(import_module(f"classroom.forms.{module}"), act) for name, module, act in there}


def complaint_log(book):
    """Write the log of complaints: lists to choose from, dates checked, days counted.

    Parameters
    ----------
    book : Codebook
        Of the bank.

    Returns
    -------
    bytes
        An ``.xlsx``.
    """
    held, heads = io.BytesIO(), [pick(en=en, zh=zh) for _, en, zh, *_ in LOG]
    fields = {field["name"]: field for field in book.fields("complaints")}
    lists = {
        name: [words[pick(en="en", zh="zh")] for words in fields[name]["values"].values()]
        for name in ("channel", "topic")
    }
    lists |= {
        "result": [pick(en=en, zh=zh) for _, en, zh in RESULTS],
        "yes": [pick(en="yes", zh="是"), pick(en="no", zh="否")],
    }
    with xlsxwriter.Workbook(held, {"in_memory": True}) as log:
        log.formats[0].set_font_name(office.latin())
        sheet = log.add_worksheet(pick(en="complaints", zh="投诉登记"))
        dressed = {
            "font_name": office.latin(),
            "text_wrap": True,
            "valign": "top",
            "border": 1,
            "border_color": "#C9D3D5",
        }
        head = log.add_format(dressed | {"bold": True, "bg_color": "#E8F3F1"})
        cell, day = log.add_format(dressed), log.add_format(dressed | {"num_format": "yyyy-mm-dd"})
        sheet.set_row(0, 48)
        for column, (words, (_, _, _, width, kind)) in enumerate(zip(heads, LOG, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write(0, column, words, head)
            for row in range(1, 41):
                sheet.write_blank(row, column, None, day if kind == "date" else cell)
            _checked(sheet, column, kind, lists)
        _days(sheet, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, ROWS, len(LOG) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, 40, len(LOG) - 1)
    return held.getvalue()


def _checked(sheet, column, kind, lists):
    """What may be typed into a column."""
    if kind in lists:
        sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": lists[kind]})
    elif kind == "date":
        sheet.data_validation(1, column, ROWS, column, {
            "validate": "date", "criteria": ">=", "value": datetime.date(2020, 1, 1),
            "error_message": pick(en="Write a date such as 2026-03-02.", zh="请写日期，例如 2026-03-02。"),
        })  # fmt: skip


def _days(sheet, cell):
    """Days from received to closed, counted by the workbook."""
    names = [name for name, *_ in LOG]
    came, gone, days = (names.index(name) for name in ("received", "closed", "days"))
    first, last = chr(65 + came), chr(65 + gone)
    for row in range(1, ROWS + 1):
        sheet.write_formula(
            row,
            days,
            f'=IF(OR({first}{row + 1}="",{last}{row + 1}=""),"",{last}{row + 1}-{first}{row + 1})',
            cell,
            "",
        )


def _by_path(writer):
    """The bytes of what is written to a path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        writer(path)
        return path.read_bytes()

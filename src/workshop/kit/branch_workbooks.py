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
    ("observation_sheet", "observation", "write_form"),
    ("poll_sheet", "poll", "write_template"),
    ("poll_sheet", "poll_workbook", "write"),  # draws its own figure
    ("plan_sheet", "plan_workbook", "write_template"),
    ("training_book", "training_workbook", "write"),
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


def workbooks(book, filled=()):
    """Write every workbook of the kit.

    Parameters
    ----------
    book : Codebook
        Of the bank: its words for channels and topics of complaints.
    filled : sequence of dict
        Lines of the filled example, by the names of `LOG`.

    Returns
    -------
    dict
        Key of its name (`kit_names.names`) → bytes of an ``.xlsx``.
    """
    written = {name: _by_path(writer) for name, writer in _writers().items()}
    return written | {"complaint_log": _complaint_log(book, filled)}


def _writers():
    """List the templates that lessons bring along.

    Returns
    -------
    dict
        Key of its name, and a function that writes it to a path. A module that the course does not have yet is
        left out; of two writers of the same template the later one wins.
    """
    there = [(name, module, act) for name, module, act in WRITERS if find_spec(f"classroom.forms.{module}")]
    return {name: getattr(import_module(f"classroom.forms.{module}"), act) for name, module, act in there}


def _words(book):
    """Name what may be chosen in the log of complaints.

    Parameters
    ----------
    book : Codebook
        Of the bank.

    Returns
    -------
    dict
        Kind of a column → id → word in the reader's language.
    """
    fields = {field["name"]: field for field in book.fields("complaints")}
    lists = {
        name: {value: said[pick(en="en", zh="zh")] for value, said in fields[name]["values"].items()}
        for name in ("channel", "topic")
    }
    lists["result"] = {value: pick(en=en, zh=zh) for value, en, zh in RESULTS}
    return lists | {"yes": {"yes": pick(en="yes", zh="是"), "no": pick(en="no", zh="否")}}


def example(book, filled):
    """Put lines of the filled example into words.

    Parameters
    ----------
    book : Codebook
        Of the bank.
    filled : sequence of dict
        By the names of `LOG`; texts in both languages, choices as ids, dates.

    Returns
    -------
    list of list of str
        One list a complaint, in the order of `LOG`.
    """
    lists, lines = _words(book), []
    for one in filled:
        spoken = {name: pick(**value) if isinstance(value, dict) else value for name, value in one.items()}
        days = (one["closed"] - one["received"]).days if one["closed"] else ""
        line = [days if kind == "days" else spoken[name] for name, *_, kind in LOG]
        lines.append(
            [str(lists.get(row[4], {}).get(value, value)) for value, row in zip(line, LOG, strict=True)]
        )
    return lines


def _complaint_log(book, filled=()):
    """Write the log of complaints: lists to choose from, dates checked, days counted, a filled example behind it.

    Parameters
    ----------
    book : Codebook
        Of the bank.
    filled : sequence of dict
        As for `example`.

    Returns
    -------
    bytes
        An ``.xlsx``.
    """
    held, heads = io.BytesIO(), [pick(en=en, zh=zh) for _, en, zh, *_ in LOG]
    with xlsxwriter.Workbook(held, {"in_memory": True}) as log:
        log.formats[0].set_font_name(office.latin())
        dressed = {
            "font_name": office.latin(),
            "text_wrap": True,
            "valign": "top",
            "border": 1,
            "border_color": "#C9D3D5",
        }
        head = log.add_format(dressed | {"bold": True, "bg_color": "#E8F3F1"})
        cell, day = log.add_format(dressed), log.add_format(dressed | {"num_format": "yyyy-mm-dd"})
        sheet = log.add_worksheet(pick(en="complaints", zh="投诉登记"))
        _frame(sheet, heads, head)
        for column, (*_, kind) in enumerate(LOG):
            for row in range(1, 41):
                sheet.write_blank(row, column, None, day if kind == "date" else cell)
            _checked(sheet, column, kind, {name: list(held.values()) for name, held in _words(book).items()})
        _days(sheet, cell)
        sheet.autofilter(0, 0, ROWS, len(LOG) - 1)
        sheet.print_area(0, 0, 40, len(LOG) - 1)
        shown = log.add_worksheet(pick(en="filled (invented)", zh="填好的示例（虚构）"))
        _frame(shown, heads, head)
        for row, line in enumerate(example(book, filled), start=1):
            shown.write_row(row, 0, line, cell)
    return held.getvalue()


def _frame(sheet, heads, head):
    """Heads, widths and paper of a sheet."""
    sheet.set_row(0, 48)
    for column, (text, row) in enumerate(zip(heads, LOG, strict=True)):
        sheet.set_column(column, column, row[3])
        sheet.write(0, column, text, head)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: fourteen columns are to be read on paper
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


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

"""The room's poll as a workbook that draws its own figure: no Python, no network, only Excel, WPS or LibreOffice.

The first sheet is the one that `poll.poll_scores` reads; formulas and chart on the second do the same sums.
"""

from pathlib import Path

import xlsxwriter

from classroom.forms import poll
from helpers.bank import data, files
from helpers.bank.language import pick, worded, wrong
from helpers.methods import servqual

ROWS = 60  # people; more than a room holds
BANK = "qingyu_bank"
_FIRST, _LAST = 2, ROWS + 1  # rows of the answers, as the workbook counts
INK, LEAF, SAND, GREY = "#1D2A33", "#0B6B62", "#D55E00", "#6E6E6E"


def write(path, *, answers=()):
    """Write the workbook in the reader's language.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file; it is replaced only when the new one is complete.
    answers : sequence of sequences
        Rows that are typed already, in the order of the sheet; a trainer's sheet begins empty.

    Raises
    ------
    WrongValue
        If the file cannot be written there, or more people answered than the sheet has rows.
    """
    path = Path(path)
    if len(answers) > ROWS:
        raise wrong("classroom.poll_workbook.too_many", rows=ROWS, count=len(answers))
    with files.in_one_piece(path) as draft, xlsxwriter.Workbook(draft) as book:
        look = _formats(book)
        _answers(book, look, answers)
        _figure(book, look)


def reference():
    """The gaps of Qingyu Bank's customers in the last wave, dimension by dimension.

    Returns
    -------
    dict
        Dimension and gap.
    """
    every, book = data.load(BANK, "servqual"), data.codebook(BANK)
    last = every[every["wave"] == every["wave"].max()]
    return (
        servqual.gaps(servqual.scores(last, codebook=book).dropna()).set_index("dimension")["gap"].to_dict()
    )


def _formats(book):
    base = {
        "font_name": pick(en="Calibri", zh="微软雅黑"),
        "font_size": 11,
        "font_color": INK,
        "valign": "vcenter",
    }
    kinds = {
        "plain": {},
        "head": {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8F3F1", "align": "center"},
        "asked": {"bold": True, "text_wrap": True, "border": 1, "valign": "top"},
        "cell": {"border": 1, "align": "center", "locked": False},
        "title": {"bold": True, "font_size": 16},
        "number": {"num_format": '+0.00;−0.00;0.00', "border": 1, "align": "center"},
        "mark": {"num_format": "0.00", "border": 1, "align": "center"},
        "count": {"num_format": "0", "border": 1, "align": "center"},
        "name": {"border": 1},
        "unseen": {"font_color": "#FFFFFF"},
        "odd": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#B3261E"},
        "alarm": {"bold": True, "font_color": SAND, "text_wrap": True},
    }  # fmt: skip
    return {name: book.add_format(base | kind) for name, kind in kinds.items()}


def _answers(book, look, answers):
    """The sheet that is typed into: one row a person, as `poll.poll_scores` reads it."""
    sheet = book.add_worksheet(pick(en="answers", zh="录入"))
    columns = len(poll.FORMS) * len(poll.QUESTIONS)
    for column, heading in enumerate(_headings()):
        sheet.write(0, column, heading, look["asked"])
    for row in range(ROWS):
        given = answers[row] if row < len(answers) else [None] * columns
        for column, mark in enumerate(given):
            sheet.write(row + 1, column, mark, look["cell"])
    sheet.set_row(0, 84)
    sheet.set_column(0, columns - 1, 13)
    sheet.freeze_panes(1, 0)
    sheet.data_validation(1, 0, ROWS, columns - 1, {
        "validate": "integer", "criteria": "between", "minimum": 1, "maximum": 7,
        "error_title": pick(en="1 to 7", zh="只能填 1 到 7"),
        "error_message": pick(en="Type a whole number from 1 to 7, or leave it empty.", zh="请填 1 到 7 的整数；没答就空着。"),
    })  # fmt: skip
    # What is pasted passes the validation by.
    odd = '=IF(A2="",FALSE,IF(ISNUMBER(A2),OR(A2<1,A2>7,A2<>INT(A2)),TRUE))'
    sheet.conditional_format(
        1, 0, ROWS, columns - 1, {"type": "formula", "criteria": odd, "format": look["odd"]}
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _headings():
    """Headings that begin with E1 … P5, in the reader's language."""
    return [
        f"{form}{i} " + pick(en=f"{where}: {text}", zh=f"{there}：{asked}")
        for form, where, there in poll.FORMS
        for i, (_, text, asked) in enumerate(poll.QUESTIONS, start=1)
    ]


def _figure(book, look):
    """The sheet with the sums, the chart, and what to do."""
    sheet, marks = book.add_worksheet(pick(en="figure", zh="看图")), pick(en="answers", zh="录入")
    known = reference()
    people, wrong = _counted(marks)
    sheet.write_formula("A1", _title(people), look["title"], _empty_title())
    alarm = worded("classroom.poll_workbook.off_scale")
    sheet.write_formula("A2", f'=IF({wrong}>0,{wrong}&" {alarm}","")', look["alarm"], "")
    for column, name in enumerate(_columns()):
        sheet.write(2, column, name, look["head"])
    for row, (dimension, *_) in enumerate(poll.QUESTIONS, start=3):
        sheet.write(row, 0, _label(dimension), look["name"])
        for column, (formula, kind, empty) in enumerate(_sums(marks, row - 2, row + 1, wrong), start=1):
            sheet.write_formula(row, column, formula, look[kind], empty)
        sheet.write_number(row, 6, known[dimension], look["number"])
        _for_the_chart(sheet, row + 1, look["unseen"], _label(dimension))
    # What is not there yet is no error to the room.
    sheet.conditional_format(
        "B4:F8", {"type": "formula", "criteria": "=ISERROR(B4)", "format": look["unseen"]}
    )
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 6, 15)
    for row, height in ((0, 30), (2, 36), *((row, 22) for row in range(3, 8))):
        sheet.set_row(row, height)
    sheet.insert_chart("A10", _chart(book, pick(en="figure", zh="看图")))
    for row, step in enumerate(_steps().splitlines(), start=36):
        sheet.write_string(row, 0, step, look["plain"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area("A1:G42")
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)


def _columns():
    return pick(
        en=(
            "dimension",
            "answers",
            "excellent bank",
            "our branch",
            "gap",
            "± (95%)",
            "Qingyu Bank's customers",
        ),
        zh=("维度", "人数", "优秀的银行", "我们网点", "差距", "±（95%）", "青屿银行的客户"),
    )


def _sums(marks, question, row, wrong):
    """Formulas of one dimension: n, means, gap, half-width; over people who answered both of its questions.

    SUMPRODUCT with commas takes text for zero, in every office.
    """
    asked, met = (
        f"'{marks}'!{c}${_FIRST}:{c}${_LAST}" for c in ("ABCDE"[question - 1], "FGHIJ"[question - 1])
    )
    both = f"--ISNUMBER({asked}),--ISNUMBER({met})"
    here = f"OR(B{row}<2,{wrong}>0)"
    square = f"SUMPRODUCT({both},{met},{met})+SUMPRODUCT({both},{asked},{asked})-2*SUMPRODUCT({both},{asked},{met})"
    spread = f"MAX(0,{square}-B{row}*E{row}^2)"
    missing = "#N/A"
    return (
        (f"=SUMPRODUCT({both})", "count", 0),
        (f"=IF({here},NA(),SUMPRODUCT({both},{asked})/B{row})", "mark", missing),
        (f"=IF({here},NA(),SUMPRODUCT({both},{met})/B{row})", "mark", missing),
        (f"=IF({here},NA(),D{row}-C{row})", "number", missing),
        (f"=IF({here},NA(),TINV(0.05,B{row}-1)*SQRT({spread}/(B{row}-1)/B{row}))", "mark", missing),
    )


def _for_the_chart(sheet, row, look, label):
    """Half-widths without #N/A, which error bars do not take; names that carry the number."""
    sheet.write_formula(f"I{row}", f"=IF(ISNUMBER(F{row}),F{row},0)", look, 0)
    number = f'TEXT(E{row},"+0.00;−0.00;0.00")'
    sheet.write_formula(f"J{row}", f'=IF(ISNUMBER(E{row}),A{row}&"  "&{number},A{row})', look, label)


def _counted(marks):
    """Formulas: how many people answered anything, and how many answers are none of the seven marks."""
    rows = f"'{marks}'!$A${_FIRST}:$J${_LAST}"
    marked = "-".join(f'COUNTIFS({rows},">={mark}",{rows},"<={mark}")' for mark in range(1, 8))
    return "MAX(B4:B8)", f"(COUNTA({rows})-{marked})"


def _title(people):
    """The chart's message, as a formula."""
    room = worded("classroom.poll_workbook.title", people=people)
    return f'=IF({people}<2,"{_empty_title()}",{room})'


def _empty_title():
    return pick(en="Type the room's answers on the first sheet", zh="请先在“录入”表里填上大家的答案")


def _label(dimension):
    return data.codebook(BANK).label(dimension)


def _chart(book, sheet):
    """Bars for the room with their intervals, and for Qingyu Bank beside them."""
    chart = book.add_chart({"type": "bar"})
    names = f"='{sheet}'!$J$4:$J$8"
    font = {"name": pick(en="Calibri", zh="微软雅黑"), "size": 12, "color": INK}
    half = f"='{sheet}'!$I$4:$I$8"
    chart.add_series({
        "name": pick(en="this room (line: 95% interval)", zh="在座各位（线段：95% 区间）"), "categories": names,
        "values": f"='{sheet}'!$E$4:$E$8", "fill": {"color": SAND}, "gap": 60, "overlap": -5,
        "y_error_bars": {"type": "custom", "plus_values": half, "minus_values": half, "line": {"color": INK, "width": 1.5}},
    })  # fmt: skip
    chart.add_series({
        "name": pick(en="customers of Qingyu Bank (simulated)", zh="青屿银行的客户（模拟）"), "categories": names,
        "values": f"='{sheet}'!$G$4:$G$8", "fill": {"color": "#B9C4C9"},
    })  # fmt: skip
    message = worded("classroom.poll_workbook.chart")
    chart.set_title({"name": message, "name_font": font | {"size": 16, "bold": True}, "overlay": False})
    chart.set_x_axis({
        "min": -4, "max": 2, "major_unit": 1,  # the offices forget the error bars when they choose
        "name": pick(en="gap = our branch − an excellent bank (points)", zh="差距 = 我们网点 − 优秀的银行（分）"),
        "name_font": font | {"bold": False}, "num_font": font, "num_format": '+0.0;−0.0;0', "major_gridlines": {"visible": True, "line": {"color": "#E4E4E4"}},
    })  # fmt: skip
    chart.set_y_axis(
        {"reverse": True, "label_position": "low", "num_font": font | {"size": 14}, "crossing": "max"}
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 810, "height": 500})
    return chart


def _steps():
    return worded("classroom.poll_workbook.steps")

"""The improvement plan as a workbook: written for a manager who fills it on, and read back as it was left."""

import io
import itertools
import re
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd

from classroom.forms import plan_cells, typed_sheet
from helpers.bank import codebook, files
from helpers.bank.language import pick, wrong
from helpers.methods import plan, plan_labels

# Ids that a plan may hold; any other word is one that somebody typed.
OWNERS = ("lobby_manager", "counter", "customer_manager", "branch_manager", "head_office", "everyone")
KINDS = re.compile(r"(?:act|by|else|ind)_(?:leak|wait|moment|survey)")
GUIDE_LETTERS = 105  # a longer line needs two
ROWS = 10  # actions that there is room for; more may be added below
SHEETS = {"plan": ("Plan", "计划"), "guide": ("Guide", "填写说明"), "words": ("Words", "选项")}
WIDTHS = {
    "bottleneck": 16,
    "owner": 14,
    "indicator": 24,
    "measured_by": 18,
    "if_missed": 26,
    "number": 6,
    "action": 44,
    "start": 13,
    "end": 13,
    "unit": 8,
    "direction": 10,
    "baseline": 10,
    "target": 9,
    "waits_for": 9,
    "effort_days": 10,
    "result": 12,
}
# Two sheets of A4 side by side, each with its number and bottleneck: what, who, when and what is counted; then the numbers.
PAPER = {"first": plan.COLUMNS.index("unit"), "again": "A:B", "scale": 70, "margin": 0.4}

# One invented action, so that an empty plan shows what is meant.
INVENTED = {
    "number": (1, 1), "bottleneck": ("Queueing (an example, invented: overwrite it)", "排队（示例，虚构，请直接覆盖）"),
    "action": ("the lobby manager says the waiting time aloud to anyone who has waited ten minutes",
               "客户等满十分钟，大堂经理上前告诉他还要等多久"),
    "owner": ("Chen Ming", "陈明"), "start": ("2026-03-02", "2026-03-02"), "end": ("2026-03-29", "2026-03-29"),
    "indicator": ("leave before they are called", "叫号之前就走了的比例"), "unit": ("unit_share", "unit_share"),
    "direction": ("lower_better", "lower_better"), "baseline": (0.052, 0.052), "target": (0.04, 0.04),
    "measured_by": ("queue machine, every Friday, Chen Ming", "取号机，每周五，陈明"), "review_on": ("2026-03-30", "2026-03-30"),
    "effort_days": (4, 4), "if_missed": ("ask ten of those who left why", "找十位走掉的客户问问原因"),
}  # fmt: skip


def write_plan(table, path):
    """Write a plan as a workbook in the reader's language, with room to fill on.

    Headings stay in sight, units are chosen from lists, dates are dates, and cells that an action still
    lacks are shaded by the workbook itself. A second sheet says how to fill it in.

    Parameters
    ----------
    table : DataFrame
        A plan (`helpers.methods.plan`), perhaps without rows; ids are written as what they are called.
    path : str or Path
        An ``.xlsx`` file. Where one stands that is not the same, somebody may have typed into it: it stays as it is.

    Returns
    -------
    Path
        The file; with a number behind its name, such as ``plan_2.xlsx``, where the name was taken.

    Raises
    ------
    ValueError
        If the file cannot be written there.
    """
    path, actions, held = Path(path), plan.tidy(table), io.BytesIO()
    with pd.ExcelWriter(held, engine="xlsxwriter") as writer:
        book = writer.book
        plain, sheets = (
            _formats(book),
            {name: book.add_worksheet(pick(en=en, zh=zh)) for name, (en, zh) in SHEETS.items()},
        )
        _headings(sheets["plan"], plain)
        _cells(sheets["plan"], actions, plain)
        _words(sheets["words"])
        sheets["words"].hide()  # lists to choose from: nobody prints them
        _rules(sheets["plan"], plain, last=max(ROWS, len(actions) + 5))
        _guide(sheets["guide"], plain)
    numbered = (path.with_name(f"{path.stem}_{number}{path.suffix}") for number in itertools.count(2))
    for one in itertools.chain([path], numbered):
        if not one.exists():
            with files.in_one_piece(one) as draft:
                draft.write_bytes(held.getvalue())
            return one
        if _parts(one) == _parts(held):
            return one
    return path


def _parts(file):
    """What a workbook holds but for when it was made; nothing where it is none."""
    try:
        with zipfile.ZipFile(file) as book:
            return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
    except (OSError, zipfile.BadZipFile):
        return None


def write_template(path):
    """Write the empty plan with one invented action, in the reader's language.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file.

    Returns
    -------
    Path
        The file.
    """
    return write_plan(
        pd.DataFrame(
            [{name: pick(en=en, zh=zh) if isinstance(en, str) else en for name, (en, zh) in INVENTED.items()}]
        ),
        path,
    )


def read_plan(path):
    """Read a plan as a manager left it.

    The row of headings is looked for, in either language; rows without an action or anything else are
    skipped. 2026年3月1日, 2026/3/1 and a real date are the same day; 5.2%, ５.２％ and 0.052 are the same
    share, and so is 5.2 where the unit is %. What cannot be read stays as it is, for `plan.check` to name.

    Parameters
    ----------
    path : str or Path
        The workbook. A path that is not found from here is looked for in the collection's own folder.

    Returns
    -------
    DataFrame
        `row` as the sheet counts, and the columns of a plan.

    Raises
    ------
    ValueError
        If the file is missing or cannot be read, no row holds the headings, or two columns have the same one.
    """
    body = typed_sheet.read(path, plan_cells.heading, needed=("action",))
    if body is None:
        some = pick(en=", ", zh="、").join(
            map(plan_labels.heading, ("action", "owner", "start", "end", "target"))
        )
        raise wrong("classroom.plan_cells.no_headings", name=Path(path).name, some=some)
    body.insert(0, "row", body.index)
    filled = body.drop(columns=["row", "number"], errors="ignore").map(
        lambda cell: bool(plan_cells.text(cell))
    )
    body = body[filled.any(axis=1)].reset_index(drop=True).astype(object)
    for column in body.columns.intersection(plan.TEXTS):
        body[column] = body[column].map(plan_cells.text)
    for column in body.columns.intersection(plan.DATES):
        body[column] = body[column].map(plan_cells.day)
    body = plan_cells.numbers(body)
    for column in {"unit", "direction"} & set(body.columns):
        body[column] = body[column].map(plan_cells.choice)
    return plan.tidy(body)


def _formats(book):
    box = {"border": 1, "valign": "top", "text_wrap": True}
    return {
        "heading": book.add_format(box | {"bold": True, "bg_color": "#D9E8F2"}), "text": book.add_format(box),
        "date": book.add_format(box | {"num_format": "yyyy-mm-dd"}), "missing": book.add_format({"bg_color": "#FCE4D0"}),
        "wrong": book.add_format({"bg_color": "#F4B183"}), "share": book.add_format({"num_format": "0.0%"}),
        "title": book.add_format({"bold": True, "font_size": 14}), "prose": book.add_format({"text_wrap": True, "valign": "top"}),
    }  # fmt: skip


def _headings(sheet, plain):
    for place, column in enumerate(plan.COLUMNS):
        en, zh = plan_labels.HEADINGS[column]
        sheet.write_string(0, place, pick(en=en, zh=zh), plain["heading"])
        sheet.set_column(place, place, WIDTHS.get(column, 12))
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_print_scale(PAPER["scale"])
    sheet.set_margins(*[PAPER["margin"]] * 4)
    sheet.set_v_pagebreaks([PAPER["first"]])
    sheet.repeat_columns(PAPER["again"])
    sheet.repeat_rows(0)


def _cells(sheet, actions, plain):
    for line in range(max(ROWS, len(actions) + 5)):
        sheet.set_row(line + 1, 60)  # four lines: no program makes room for text that it did not type
        for place, column in enumerate(plan.COLUMNS):
            cell = (
                actions[column].iloc[line]
                if line < len(actions)
                else line + 1
                if column == "number"
                else None
            )
            style = plain["date" if column in plan.DATES else "text"]
            if cell is None or cell == "" or pd.isna(cell):
                sheet.write_blank(line + 1, place, None, style)
            elif isinstance(cell, str):
                sheet.write_string(line + 1, place, _worded(cell, column), style)
            elif column in plan.DATES:
                sheet.write_datetime(line + 1, place, pd.Timestamp(cell).to_pydatetime(), style)
            else:
                sheet.write_number(line + 1, place, float(cell), style)


def _worded(cell, column):
    """What an id is called; what a manager typed stays, were it an id elsewhere."""
    if column in ("unit", "direction") and cell in plan_labels.CHOICES:
        return pick(en=plan_labels.CHOICES[cell][0], zh=plan_labels.CHOICES[cell][1])
    is_id = cell in OWNERS if column == "owner" else KINDS.fullmatch(cell)
    return codebook.current().label(cell, of=column) if is_id else cell


def _words(sheet):
    """Lists to choose from stand on their own sheet, where a manager may add to them."""
    for place, words in enumerate((plan.UNITS, plan.DIRECTIONS)):
        for line, word in enumerate(words):
            sheet.write_string(
                line, place, pick(en=plan_labels.CHOICES[word][0], zh=plan_labels.CHOICES[word][1])
            )


def _rules(sheet, plain, *, last):
    """Drop-downs and dates, and a shade for what is missing or the wrong way round."""
    letter = {column: chr(ord("A") + place) for place, column in enumerate(plan.COLUMNS)}
    words = pick(en=SHEETS["words"][0], zh=SHEETS["words"][1])
    for column, source in (("unit", "$A$1:$A$4"), ("direction", "$B$1:$B$2")):
        sheet.data_validation(
            f"{letter[column]}2:{letter[column]}{last + 1}",
            {"validate": "list", "source": f"='{words}'!{source}"},
        )
    for column in plan.DATES:
        rule = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "error_type": "warning",
                "error_title": pick(en="A date", zh="日期"), "error_message": pick(en="Write a day like 2026-03-02.", zh="请写到哪一天，例如 2026-03-02。")}  # fmt: skip
        sheet.data_validation(f"{letter[column]}2:{letter[column]}{last + 1}", rule)
    for column in plan.NEEDED:
        place = f"{letter[column]}2:{letter[column]}{last + 1}"
        rule = f'=AND(COUNTA($B2:$Q2)>0,{letter[column]}2="")'
        sheet.conditional_format(place, {"type": "formula", "criteria": rule, "format": plain["missing"]})
    wrong = {"end": "=AND(ISNUMBER($E2),ISNUMBER($F2),$F2<$E2)", "target": _wrong_side(letter)}
    for column, rule in wrong.items():
        place = f"{letter[column]}2:{letter[column]}{last + 1}"
        sheet.conditional_format(place, {"type": "formula", "criteria": rule, "format": plain["wrong"]})
    for column in ("baseline", "target", "result"):
        rule = f'=AND(${letter["unit"]}2="%",ISNUMBER({letter[column]}2),ABS({letter[column]}2)<=1)'
        sheet.conditional_format(f"{letter[column]}2:{letter[column]}{last + 1}",
                                 {"type": "formula", "criteria": rule, "format": plain["share"]})  # fmt: skip


def _wrong_side(letter):
    side, now, aim = (f"${letter[column]}2" for column in ("direction", "baseline", "target"))
    lower, higher = (
        pick(en=plan_labels.CHOICES[word][0], zh=plan_labels.CHOICES[word][1]) for word in plan.DIRECTIONS
    )
    return (f'=AND(ISNUMBER({now}),ISNUMBER({aim}),OR({aim}={now},AND({side}="{lower}",{aim}>{now}),'
            f'AND({side}="{higher}",{aim}<{now})))')  # fmt: skip


def _guide(sheet, plain):
    sheet.set_column(0, 0, 110)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for line, text in enumerate(pick(en=GUIDE_EN, zh=GUIDE_ZH)):
        sheet.write_string(line, 0, text, plain["prose" if line else "title"])
        if len(text.encode("gbk", "replace")) > GUIDE_LETTERS:
            sheet.set_row(line, 32)  # no program makes room for text that it did not type


GUIDE_EN = (
    "How to fill in the plan",
    "1. One row is one action: what somebody does differently from that day on. Not “improve the service”, but “the lobby manager says the waiting time aloud to anyone who has waited ten minutes”.",
    "2. One owner: one name. Others may help. Give nobody two actions on the same days.",
    "3. The indicator is one thing that can be counted. Baseline: what it is now, measured before the start. Target: what would be good enough. Write both in the same unit; a share as 5.2%.",
    "4. “Better is”: choose lower or higher. A target on the wrong side of the baseline turns orange, and so does an end before its start.",
    "5. “Measured by”: who counts, and how often. “Review on”: the day on which you look at the result together.",
    "6. “Waits for”: the numbers of actions that must be over first, for instance 1, 3.",
    "7. “If the target is missed”: decide it now. At the review, type the result; reached: make it the standard; on the way: carry on; not moved: change the action.",
    "Cells that an action still lacks are shaded. Dates like 2026-03-02 or 2026年3月2日. Rows may be left empty.",
    "Anyone who has the course can have this workbook read again: it names row and column of every problem.",
)
GUIDE_ZH = (
    "计划表怎么填",
    "1. 一行是一项措施：从那天起，谁做什么和以前不一样。不要写“提升服务”，要写“客户等满十分钟，大堂经理上前告诉他还要等多久”。",
    "2. 责任人只写一个人的名字，其他人可以协助。同一段日子里，别给一个人安排两项。",
    "3. 指标是一样数得出来的东西。基线：开始之前量到的现在是多少。目标：做到多少就算达标。两个数用同一个单位；比例写成 5.2%。",
    "4. “怎样算好”请选越低越好或越高越好。目标比基线还差，或者结束早于开始，格子会变成橙色。",
    "5. “谁来量”：谁来数，多久数一次。“检查日期”：哪一天大家坐下来看结果。",
    "6. “要等哪几项”：必须先做完的那几项的编号，例如 1、3。",
    "7. “没达到怎么办”现在就定。到了检查日期填上结果：达到了，固化成标准；有进步，接着做；没动静，换措施。",
    "一项措施还缺的格子会带底色。日期写 2026-03-02 或 2026年3月2日都行。行可以空着。",
    "装了本课程的同事可以把这张表读回去：哪一行哪一列有什么问题，都会说清楚。",
)

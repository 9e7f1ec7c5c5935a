"""The workbook of column matches: written to be corrected, and read back."""

from itertools import count
from pathlib import Path

import pandas as pd

from helpers.bank import files
from helpers.bank.language import Both, wrong
from owndata.identify import formula_text, identifiers
from owndata.map import column_roles, question_sheet
from owndata.map.answer_words import tidy
from owndata.map.guide import GUIDE, HEADINGS, NOTES, SHEETS, WORDS
from owndata.map.proposed_mapping import COLUMNS, Mapping

YES, NO = "是 yes", "否 no"
WIDTHS = {"heading": 42, "examples": 34, "role": 26, "title_zh": 30, "title_en": 30, "note": 60}
NUMBERS = ("item", "low", "high")


def write(mapping, path):
    """Write a mapping as a workbook with drop-down lists and an explanation in both languages.

    Parameters
    ----------
    mapping : Mapping
        A proposal.
    path : str or Path
        An ``.xlsx`` file that does not exist yet: corrections are never overwritten.

    Raises
    ------
    WrongValue
        If the file exists.
    """
    path = Path(path)
    if path.exists():
        raise wrong("owndata.mapping.exists", path=path)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with (
        files.in_one_piece(path) as draft,
        pd.ExcelWriter(draft, engine="xlsxwriter", engine_kwargs={"options": options}) as book,
    ):
        question_sheet.write(book, mapping.questions)
        _columns_sheet(book, mapping.columns)
        _words_sheet(book, mapping.words)
        _guide_sheet(book)
        question_sheet.write_choices(book, mapping.questions)


def free_name(path):
    """Find a name beside a workbook that no file has yet.

    Parameters
    ----------
    path : Path
        A mapping.

    Returns
    -------
    Path
        Such as ``mapping_2.xlsx``.
    """
    names = (path.with_name(f"{path.stem}_{n}{path.suffix}") for n in count(2))
    return next(one for one in names if not one.exists())


def read(path):
    """Read a mapping back.

    Parameters
    ----------
    path : str or Path
        The workbook, corrected.

    Returns
    -------
    Mapping
        What it says; whether it fits together is judged by `corrected_mapping.judge`.

    Raises
    ------
    WrongValue
        If it cannot be read, a sheet or column is gone, or a cell holds what cannot stand there.
    """
    path = Path(path)
    if not path.is_file():
        raise wrong("owndata.mapping.absent", path=path)
    shown, listed = (
        _sheet(path, name, wanted) for name, wanted in zip(SHEETS, (HEADINGS, WORDS), strict=False)
    )
    table = shown[shown["heading"].notna()].copy()
    readers = {"role": _role, "reversed": _yes} | dict.fromkeys(NUMBERS, _number)
    for column, reader in readers.items():
        values = [reader(text, row=row, column=column, path=path) for row, text in table[column].items()]
        table[column] = pd.Series(values, index=table.index, dtype=object)  # no float for want of a number
    words = {}
    listed = listed[listed["word"].notna()]
    for row, group, word, number in listed[["group", "word", "number"]].itertuples():
        words.setdefault(group, {})[tidy(word)] = _worth(number, row=row, path=path)
    return question_sheet.answered(Mapping(table[list(COLUMNS)], words), path)


def _columns_sheet(book, columns):
    shown = columns.assign(
        role=[_both(column_roles.ROLES[role]) for role in columns["role"]],
        reversed=[None if flag is None else (YES if flag else NO) for flag in columns["reversed"]],
        note=[_note(note) for note in columns["note"]],
    )
    sheet = _table(book, SHEETS[0], formula_text.table(shown), HEADINGS, widths=WIDTHS)
    last, place = len(columns) + 200, {name: i for i, name in enumerate(COLUMNS)}
    choices = {"role": [_both(pair) for pair in column_roles.ROLES.values()], "reversed": [YES, NO]}
    for name, source in choices.items():
        sheet.data_validation(1, place[name], last, place[name], {"validate": "list", "source": source})
    for name, most in (("item", 200), ("low", 100), ("high", 100)):
        whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most}
        sheet.data_validation(1, place[name], last, place[name], whole)


def _words_sheet(book, words):
    rows = [(group, word, number) for group, listed in words.items() for word, number in listed.items()]
    shown = pd.DataFrame(rows, columns=list(WORDS), dtype=object)
    _table(book, SHEETS[1], formula_text.table(shown), WORDS, widths={"word": 30})


def _guide_sheet(book):
    shown = pd.DataFrame(GUIDE, columns=["zh", "en"])
    _table(
        book,
        SHEETS[2],
        shown,
        {"zh": "说明", "en": "How to correct this workbook"},
        widths={"zh": 70, "en": 90},
    )


def _table(book, name, frame, headings, *, widths):
    """Write one sheet: headings in both languages, wrapped cells, the first row kept in sight."""
    sheet = book.book.add_worksheet(name)
    wrap = book.book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7"})
    for i, column in enumerate(frame.columns):
        sheet.set_column(i, i, widths.get(column, 13), wrap)
        sheet.write_string(0, i, headings[column], bold)
        for row, value in enumerate(frame[column].tolist(), start=1):
            if isinstance(value, str):
                sheet.write_string(row, i, value)  # never a formula or a link
            elif not pd.isna(value):
                sheet.write(row, i, value)
    sheet.freeze_panes(1, 1)
    return sheet


def _both(pair):
    return f"{pair[1]} {pair[0]}"


def _note(note):
    """Say a note in both languages."""
    if note in identifiers.KINDS:
        return "{1}，不带入 {0}: left out".format(*identifiers.KINDS[note])
    return _both(NOTES[note]) if note in NOTES else note


def _sheet(path, name, wanted):
    """Read one sheet with our own column names; the index is the row as the spreadsheet counts it."""
    try:
        frame = pd.read_excel(path, sheet_name=name, engine="calamine", dtype=str, keep_default_na=False)
    except Exception as error:  # whatever the reader of workbooks says, its user needs one sentence
        raise wrong("owndata.mapping.no_sheet", path=path, name=name) from error
    frame.index = range(2, len(frame) + 2)
    lost = [heading for heading in wanted.values() if heading not in frame.columns]
    if lost:
        raise wrong("owndata.mapping.no_column", name=name, path=path, column=lost[0])
    frame = frame[list(wanted.values())].set_axis(list(wanted), axis="columns").map(str.strip)
    frame = frame.map(formula_text.restored).astype(object)
    return frame.where(frame != "", None)


def _role(text, *, row, column, path):
    for role, pair in column_roles.ROLES.items():
        if text and text.casefold() in (role, _both(pair), *pair):
            return role
    raise _refused(
        path, row, HEADINGS[column], text, en="one of the roles in the list", zh="下拉列表中的角色之一"
    )


def _yes(text, *, row, column, path):
    if text is None or text.casefold() in (NO, "no", "n", "否", "0", "false"):
        return False
    if text.casefold() in (YES, "yes", "y", "是", "1", "true", "√", "✓", "✔"):
        return True
    raise _refused(path, row, HEADINGS[column], text, en=f"'{YES}' or '{NO}'", zh=f"“{YES}”或“{NO}”")


def _number(text, *, row, column, path):
    if text is None:
        return None
    try:
        if float(text).is_integer() and 0 <= float(text) <= 1000:
            return int(float(text))
    except ValueError:
        pass  # told below
    raise _refused(path, row, (HEADINGS | WORDS)[column], text, en="a whole number", zh="整数")


def _worth(text, *, row, path):
    return "?" if text in ("?", "？") else _number(text, row=row, column="number", path=path)


def _refused(path, row, column, text, *, en, zh):
    return wrong("owndata.mapping.cell", path=path, row=row, column=column, must=Both(en, zh), text=text)

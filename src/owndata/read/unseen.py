"""What a reader of a workbook's values does not see: errors, formulas without results, hidden rows, days from 1904."""

import re
import zipfile

from owndata.read.sheet_layout import letters
from owndata.say.problems import problem

_X = rb"(?:\w+:)?"  # some programs write <x:row> for <row>
_HIDDEN = re.compile(rb"<" + _X + rb"""row\b[^>]*\b(hidden=["'](1|true)|ht=["']0["'.])""")
_ROW_END = re.compile(rb"</" + _X + rb"row>")
# Signs of a formula or an error, looked for first: they are quickly found.
_ODD = (b"<f", b":f", b'"e"', b"'e'")
_VALUE = rb"<" + _X + rb"v\b[^>]*>[^<]+</|<" + _X + rb"is>"
_FORMULA = rb"(?:\s*<" + _X + rb"f\b([^>]*/>|.*?</" + _X + rb"f>)\s*(" + _VALUE + rb")?)?"
_CELL = re.compile(rb"<" + _X + rb"c\b([^>]*)>" + _FORMULA, re.DOTALL)
_PLACE, _NUMBER = re.compile(rb"""\br=["']([A-Z]+[0-9]+)"""), re.compile(rb"""row\b[^>]*?\br=["']([0-9]+)""")
_ERROR = re.compile(rb"""\bt=["']e["']""")


def faults(path, position):
    """List what stands in a sheet of an ``.xlsx`` beside its values.

    Parameters
    ----------
    path : Path
        The workbook.
    position : int
        Of the sheet, from 0.

    Returns
    -------
    list of Problem
        Error values, formulas without results, hidden rows, days from 1904.
    """
    found, hidden, rows = {}, 0, _sheet_rows(path, position)
    for number, row in enumerate(rows, 1):
        hidden += (b"hidden" in row or b"ht=" in row) and bool(_HIDDEN.search(row))
        if not any(sign in row for sign in _ODD):
            continue
        for place, (about, formula, value) in enumerate(_CELL.findall(row)):
            error = _ERROR.search(about)
            kind = "excel_error" if error else formula and ("formula" if value else "formula_without_value")
            if kind and (kind != "formula" or kind not in found):
                found.setdefault(kind, []).append(_name(about, row, place, number))
    told_of = [problem("hidden_rows", file=path.name, found=hidden)] if hidden else []
    if not _is_there(path, position):
        told_of.append(told(path.name, "xlsx"))
    if _counts_from_1904(path):
        told_of.append(problem("days_from_1904", file=path.name))
    return told_of + [
        problem(kind, file=path.name, row=int(re.sub(r"\D", "", cell)), found=cell)
        for kind, cells in found.items()
        for cell in cells[:1_000]
    ]


def told(name, kind):
    """Say that a workbook was read by its values alone.

    Parameters
    ----------
    name : str
        Of the file.
    kind : str
        ``"xls"``, ``"xlsb"``, ``"ods"``, or ``"xlsx"`` where its sheet lies in no usual place.

    Returns
    -------
    Problem
        A notice.
    """
    return problem("values_alone", file=name, found=f".{kind}")


def _name(about, row, place, number):
    """The name of a cell; programs may leave it to be counted."""
    if named := _PLACE.search(about):
        return named[1].decode()
    counted = _NUMBER.search(row)
    return f"{letters(place)}{int(counted[1]) if counted else number}"


def _counts_from_1904(path):
    with zipfile.ZipFile(path) as archive:
        return bool(re.search(rb"""date1904=["'](1|true)""", archive.read("xl/workbook.xml")))


def _sheet_rows(path, position):
    """The rows of a sheet as raw XML, a megabyte at a time."""
    if not _is_there(path, position):
        return
    with zipfile.ZipFile(path) as archive:
        name = _sheet_file(archive, position)
        rest = b""
        with archive.open(name) as file:
            while block := file.read(1 << 20):
                *rows, rest = _ROW_END.split(rest + block)
                yield from rows


def _is_there(path, position):
    with zipfile.ZipFile(path) as archive:
        return _sheet_file(archive, position) in archive.namelist()


def _sheet_file(archive, position):
    """The file of a sheet, by way of the workbook's list and its relations."""
    book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    sheets = re.findall(r"<(?:\w+:)?sheet\b[^>]*?\b\w+:id=[\"']([^\"']+)", book)
    if position >= len(sheets):
        return ""
    link = re.search(
        rf"<(?:\w+:)?Relationship\b[^>]*\bId=[\"']{re.escape(sheets[position])}[\"'][^>]*>", links
    )
    target = re.search(r"\bTarget=[\"']([^\"']+)", link[0]) if link else None
    return "" if target is None else target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"

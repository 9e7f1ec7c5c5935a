"""A single cell far away from its table: the sheet between would take all memory, so it is named instead."""

import re
import zipfile
import zlib

from owndata.read.sheet_layout import letters
from owndata.say.problems import cannot_read

BLOCK = 1 << 20  # bytes read at once
SPARE = 2_000_000  # cells that a sheet may have beside twenty for each filled one
_CELL = re.compile(rb"""<(?:\w{1,20}:)?c [^>]{0,200}?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")


def refuse(path):
    """Refuse an .xlsx workbook in which a cell is filled far away from all others.

    Parameters
    ----------
    path : Path
        A workbook; other kinds than .xlsx are let through.

    Raises
    ------
    CannotRead
        If the rectangle around all filled cells of a sheet is far larger than their number.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    with archive.open(name) as sheet:
                        _refuse_sheet(sheet, path)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return  # told when the workbook is read


def _refuse_sheet(sheet, path):
    count = right = down = 0
    for column, row in _cells(sheet):
        count, right, down = count + 1, max(right, _number(column)), max(down, int(row))
    if right * down > 20 * count + SPARE:
        found = f"{letters(right - 1)}{down}"
        raise cannot_read(
            "far_cell", file=path.name, found=found, count=count - 1, expected=f"{right * down:,}"
        )


def _cells(sheet):
    """The places of all cells, also of those that stand across two blocks."""
    rest = b""
    while block := sheet.read(BLOCK):
        whole, mark, cut = (rest + block).rpartition(b"<")
        yield from _CELL.findall(whole)
        rest = mark + cut
        if len(rest) > 10_000:  # a long text in the cell: its place is known by now
            yield from _CELL.findall(rest)
            rest = b""
    yield from _CELL.findall(rest)


def _number(column):
    """The number of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number

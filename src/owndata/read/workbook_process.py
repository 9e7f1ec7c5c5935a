"""Read a workbook in a process of its own: damaged ones make the reader panic, run for ever or eat memory.

Run as a script with the path of a workbook. It prints one line of JSON about the workbook, one for each
row, and ``null`` at the end; a workbook that cannot be read gives the one line ``{"error": …}``.
"""

import datetime as dt
import io
import itertools
import json
import re
import sys
from pathlib import Path

import python_calamine as calamine

MEMORY = 6_000_000_000  # bytes
INVENTED = re.compile(r"\(invented\)|虚构")  # in the name of a sheet: a form's example
HOUR = dt.timedelta(hours=1)
SECONDS = 600  # of work, for a workbook that never ends


def main(path):
    """Print the first sheet that is not empty.

    Parameters
    ----------
    path : str
        The workbook.
    """
    _limit()
    try:
        # By its bytes: by its path, the name's ending would be believed.
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))
        names, (sheet, visible) = book.sheet_names, _first_sheet(book)
        about = {
            "position": names.index(sheet.name) if sheet else None, "names": names, "visible": visible,
            "merged": (sheet.merged_cell_ranges or []) if sheet else [],
            "column": sheet.start[1] if sheet and sheet.start else 0, "alike": _alike(book, sheet) if len(names) > 1 else [],
        }  # fmt: skip
        print(json.dumps(about))
        for row in sheet.iter_rows() if sheet else ():
            print(json.dumps([_text(value) for value in row]))
        print("null")
    except BaseException as error:  # a panic of the reader is no ordinary exception
        print(json.dumps({"error": type(error).__name__}))


def _text(value):
    """Write one cell as Excel would show it, numbers in 15 digits.

    Parameters
    ----------
    value : str, bool, float, int, date, datetime, time or timedelta
        What the reader gives.

    Returns
    -------
    str
        For instance ``"7"`` for 7.0 and ``"2025-03-31"`` for a date.

    Examples
    --------
    >>> _text(7.0), _text(0.1 + 0.2), _text(True), _text(dt.datetime(2025, 3, 31)), _text(dt.timedelta(seconds=125))
    ('7', '0.3', 'TRUE', '2025-03-31', '0:02:05')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, dt.timedelta):
        # As a clock: a number alone would not say whether it counts seconds, minutes or days.
        return f"{value // HOUR}{str(value % HOUR)[1:]}"
    return str(value)


def _first_sheet(book):
    """The first sheet that holds more than one line of text, or else anything; and whether one sees it.

    A hidden sheet, and the invented example of a form, are read only where the workbook has nothing else.
    """
    found, sheets = (None, True), zip(book.sheet_names, book.sheets_metadata, strict=True)
    for name, seen in sorted(sheets, key=_is_set_aside):
        if seen.typ == calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(name)
            shown = seen.visible == calamine.SheetVisibleEnum.Visible
            if found[0] is not None and found[0].width > 1 and _is_set_aside((name, seen)):
                break  # a form of which nothing but the headings is filled
            if sheet.height > 1 and sheet.width > 1:  # instructions to fill the sheet in have one column
                return sheet, shown
            if sheet.height and found[0] is None:
                found = (sheet, shown)
    return found


def _is_set_aside(one):
    name, seen = one
    return seen.visible != calamine.SheetVisibleEnum.Visible or bool(INVENTED.search(name))


def _alike(book, sheet):
    """Other sheets with the same headings: one table cut in pieces, such as a sheet a branch."""
    heads = {}
    for name, seen in zip(book.sheet_names, book.sheets_metadata, strict=True):
        if seen.typ == calamine.SheetTypeEnum.WorkSheet and not INVENTED.search(name):
            try:
                rows = book.get_sheet_by_name(name).iter_rows()
                filled = (
                    [str(cell).strip() for cell in row if cell != ""] for row in itertools.islice(rows, 20)
                )
                heads[name] = next((row for row in filled if len(row) > 1), None)
            except BaseException:  # noqa: S112 - a panic over a sheet that is not read keeps nobody from the others
                continue
    own = heads.pop(sheet.name, None) if sheet else None
    return [name for name, head in heads.items() if own and head == own]


def _limit():
    """Where the system can (not on Windows): a workbook that unpacks or runs without end stops at a limit."""
    try:
        import resource
    except ImportError:
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most < 0 else min(MEMORY, most), most))
    # Anyone who started us may be gone by then.
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS if most < 0 else min(SECONDS, most), most))


if __name__ == "__main__":
    main(sys.argv[1])

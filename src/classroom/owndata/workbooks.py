"""Workbooks and Parquet files as rows of text; nothing in them is executed."""

import datetime as dt
import re
import zipfile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import python_calamine as calamine

from classroom.owndata.problems import cannot_read, problem

_FAULTY = re.compile(
    rb'<c [^>]*?r="([A-Z]+[0-9]+)"(?:[^>/]*?(t="e")[^>/]*)?[^>/]*>(?:\s*<f\b([^>]*/>|.*?</f>)\s*(<v>[^<]+</v>|<is>)?)?',
    re.S,
)


def rows(path):
    """Read the first sheet that is not empty, row by row.

    Parameters
    ----------
    path : Path
        An ``.xlsx``, ``.xls``, ``.xlsb`` or ``.ods`` file.

    Returns
    -------
    rows : iterator of list of str
        One list a row; the first is row 1. Formulas give their saved results.
    engine : str
        ``"xlsx"`` or the like.
    problems : list of Problem
        Merged cells, error values, formulas without results, other sheets. It grows while the rows are read.

    Raises
    ------
    CannotRead
        If the workbook is locked, damaged or empty.
    """
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        name, sheet, seen = _first_sheet(book)
    except calamine.PasswordError:
        raise cannot_read("locked", file=path.name) from None
    except Exception as error:  # calamine raises kinds of its own, and panics on some damaged files
        raise cannot_read(_why(path), file=path.name, why=type(error).__name__) from None
    if sheet is None:
        raise cannot_read("no_table", file=path.name)
    found = []
    if len(book.sheet_names) > 1:
        found.append(problem("other_sheets", file=path.name, found=name, count=len(book.sheet_names)))
    if seen.visible != calamine.SheetVisibleEnum.Visible:
        found.append(problem("hidden_sheet", file=path.name, found=name))
    for first, last in sheet.merged_cell_ranges or []:
        found.append(
            problem("merged", file=path.name, row=first[0] + 1, found=f"{_cell(first)}:{_cell(last)}")
        )
    found += _faulty(path, book.sheet_names.index(name))
    return _rows(sheet, path.name, found), engine(path), found


def engine(path):
    """Name the kind of workbook by its content.

    Parameters
    ----------
    path : Path
        A workbook.

    Returns
    -------
    str
        ``"xls"``, ``"xlsx"``, ``"xlsb"`` or ``"ods"``.
    """
    if not zipfile.is_zipfile(path):
        return "xls"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return "xlsx" if "xl/workbook.xml" in names else "xlsb" if "xl/workbook.bin" in names else "ods"


def parquet_rows(path):
    """Read a Parquet file row by row; the headings count as row 1.

    Parameters
    ----------
    path : Path
        A Parquet file.

    Returns
    -------
    rows, engine, problems
        As for `rows`.

    Raises
    ------
    CannotRead
        If the file is damaged.
    """
    found = []
    try:
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        flat = [i for i, kind in enumerate(file.schema_arrow.types) if not pa.types.is_nested(kind)]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None
    found += [problem("nested", file=path.name, column=n) for i, n in enumerate(names) if i not in flat]
    return _parquet_rows(file, path, [names[i] for i in flat]), "parquet", found


def _parquet_rows(file, path, names):
    yield list(names)
    try:
        for batch in file.iter_batches(batch_size=10_000, columns=names):
            columns = [_texts(batch.column(name)) for name in names]
            yield from (list(row) for row in zip(*columns, strict=True))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None


def _texts(column):
    """A column of Parquet as text, dates as 2025-03-31 where they have no time of day."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return [(value or b"").decode("utf-8", errors="replace") for value in column.to_pylist()]
    texts = pc.fill_null(pc.cast(column, pa.string()), "")
    if pa.types.is_timestamp(column.type):
        texts = pc.replace_substring_regex(texts, r"( 00:00:00)?\.0+(Z?)$", "")
        texts = pc.replace_substring_regex(texts, r" 00:00:00$", "")
    return texts.to_pylist()


def _first_sheet(book):
    for name, seen in zip(book.sheet_names, book.sheets_metadata, strict=True):
        if seen.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            return name, sheet, seen
    return None, None, None


def _why(path):
    """Whether a workbook that cannot be opened is locked: then its content is one encrypted stream."""
    if zipfile.is_zipfile(path):
        return "damaged"
    content = path.read_bytes()
    return "locked" if "EncryptedPackage".encode("utf-16-le") in content else "damaged"


def _rows(sheet, file, found):
    """Cells as text, from the first column that holds anything."""
    long = False
    for number, row in enumerate(sheet.iter_rows(), 1):
        if not long and any(type(value) is float and abs(value) >= 1e15 for value in row):
            long = True
            value = next(v for v in row if type(v) is float and abs(v) >= 1e15)
            found.append(problem("long_number", file=file, row=number, found=_text(value)))
        yield [_text(value) for value in row]


def _text(value):
    """One cell as Excel would show it, in 15 digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime) and not value.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds():.15g}"
    return str(value)


def _cell(place):
    """The name of a cell: (6, 1) is B7."""
    return f"{letters(place[1])}{place[0] + 1}"


def letters(column):
    """Name a column as spreadsheets do.

    Parameters
    ----------
    column : int
        Counted from 0.

    Returns
    -------
    str
        For instance ``"AA"`` for 26.

    Examples
    --------
    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name


def _faulty(path, position):
    """Cells that would be read as empty though they are not: error values, formulas without results."""
    if engine(path) != "xlsx":
        return []
    found = {}
    for row in _sheet_rows(path, position):
        if b"<f" not in row and b't="e"' not in row:
            continue
        for cell, error, formula, value in _FAULTY.findall(row):
            kind = "excel_error" if error else formula and ("formula" if value else "formula_without_value")
            if kind and (kind != "formula" or kind not in found):
                found.setdefault(kind, []).append(cell.decode())
    return [
        problem(kind, file=path.name, row=int(re.sub(r"\D", "", cell)), column=None, found=cell)
        for kind, cells in found.items()
        for cell in cells[:1_000]
    ]


def _sheet_rows(path, position):
    """The rows of a sheet as raw XML, a megabyte at a time."""
    with zipfile.ZipFile(path) as archive:
        name = _sheet_file(archive, position)
        if name not in archive.namelist():
            return
        rest = b""
        with archive.open(name) as file:
            while block := file.read(1 << 20):
                *rows, rest = (rest + block).split(b"</row>")
                yield from rows


def _sheet_file(archive, position):
    """The file of a sheet, by way of the workbook's list and its relations."""
    book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    sheets = re.findall(r"<(?:\w+:)?sheet\b[^>]*?\br:id=\"([^\"]+)\"", book)
    if position >= len(sheets):
        return ""
    link = re.search(rf"<Relationship\b[^>]*\bId=\"{re.escape(sheets[position])}\"[^>]*>", links)
    target = re.search(r"Target=\"([^\"]+)\"", link[0])[1] if link else ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

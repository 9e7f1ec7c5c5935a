"""Files as tables: read, held against their codebook, and asked what they lack."""

import itertools
import warnings
from contextlib import suppress
from functools import cache

import pandas as pd
import pyarrow as pa
from pyarrow.parquet import ParquetFile

from helpers.bank import codebook_fields, codebook_findings, codebook_rules, paths
from helpers.bank.language import wrong

PIECE = 50_000  # rows that are read and judged at once
FEW = 2_000  # in which most columns hold something already


def _pieces(path, *, fields):
    """Read a file piece by piece; ids stay text (001 is not 1), and only an empty cell is missing.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, or Parquet where the name says so.
    fields : list of dict
        Its columns in the codebook.

    Yields
    ------
    DataFrame
        Whatever the file holds; the index is the row as a spreadsheet counts it. One without rows where there is none.

    Raises
    ------
    WrongValue
        If it cannot be read.
    """
    # Whatever the codebook does not call a number stays as it is written until it was judged.
    text = {field["name"]: str for field in fields if field["type"] not in codebook_rules.NUMBERS}
    row, given = 2, False
    try:
        for rows in _parquet_pieces(path, text) if path.suffix == ".parquet" else _csv_pieces(path, text):
            rows.index = range(row, row + len(rows))
            row += len(rows)
            if path.suffix != ".parquet":
                rows = rows.dropna(
                    how="all"
                )  # a row of empty cells says nothing; some programs write thousands
            if len(rows):
                given = True
                yield rows
        if not given:
            yield rows
    except (OSError, ValueError, pa.ArrowException, pd.errors.ParserWarning) as error:
        raise _unread(path, error) from error


def _csv_pieces(path, text):
    how = {"keep_default_na": False, "na_values": [""], "index_col": False, "encoding": "utf-8"}
    how["skip_blank_lines"] = False  # else rows below would be told by the wrong number
    with pd.read_csv(path, dtype=text, chunksize=PIECE, **how) as file:
        while True:
            # Rows longer than the headings must not turn their first cells into an index, nor lose the last.
            with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
                rows = next(file, None)
            if rows is None:
                return
            yield rows


def _parquet_pieces(path, text):
    """Parquet is read at once: what a column is, all of its rows decide."""
    rows = _parquet(path)
    numbered = {name: "str" for name in text if name in rows and pd.api.types.is_integer_dtype(rows[name])}
    rows = rows.astype(numbered)
    yield from (rows.iloc[start : start + PIECE] for start in range(0, max(len(rows), 1), PIECE))


def raw(path):
    """Read a file as it is written, to be copied: text stays text, and nothing is missing but what is empty.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, or Parquet where the name says so.

    Returns
    -------
    DataFrame
        Of CSV text alone; of Parquet the columns as they are.

    Raises
    ------
    WrongValue
        If it cannot be read.
    """
    try:
        if path.suffix == ".parquet":
            return _parquet(path)
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _unread(path, error) from error


def _parquet(path):
    """Read Parquet whose texts are texts: bytes that are no UTF-8 would be found out much later, in a lesson."""
    rows = pd.read_parquet(path)
    if any(rows.index.names):  # pandas hides a column that was an index
        rows = rows.reset_index()
    written = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name])]
    with ParquetFile(path) as file:
        file.read(columns=written).validate(full=True)
    return rows


def _unread(path, error):
    return wrong("tables.unread", name=path.name, kind=type(error).__name__)


def empty(path, *, columns):
    """Say which columns hold nothing, reading no further than to the first value of each.

    Parameters
    ----------
    path : Path
        As for `raw`.
    columns : set of str
        The columns to look at.

    Returns
    -------
    set of str
        Those that the file lacks, or in which no row holds a value.
    """
    left = set(columns)
    try:
        for rows in _parts(path, left):
            left -= {column for column in left & set(rows) if rows[column].notna().any()}
            if not left:
                break
    except (OSError, ValueError, pa.ArrowException):
        return set()  # a file that cannot be read is told when it is loaded
    return left


def distinct(path, *, columns, enough=None):
    """Count the different rows that some columns hold, reading these columns alone.

    Parameters
    ----------
    path : Path
        As for `raw`.
    columns : sequence of str
        Columns that the file has.
    enough : int, optional
        Read no further once there are so many.

    Returns
    -------
    int
        Rows with an empty cell count as none.

    Raises
    ------
    WrongValue
        If the file cannot be read.
    """
    found = pd.DataFrame(columns=list(columns))
    try:
        for rows in _parts(path, set(columns)):
            found = pd.concat([found, rows[list(columns)].dropna()]).drop_duplicates()
            if enough is not None and len(found) >= enough:
                break
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _unread(path, error) from error
    return len(found)


def _parts(path, columns):
    """Read some columns of a file piece by piece."""
    if path.suffix == ".parquet":
        with ParquetFile(path) as file:
            there = [name for name in file.schema_arrow.names if name in columns]
            yield from (part.to_pandas() for part in file.iter_batches(FEW, columns=there))
    else:
        how = {"dtype": str, "keep_default_na": False, "na_values": [""], "encoding": "utf-8-sig"}
        sizes = itertools.chain([FEW], itertools.repeat(PIECE))
        with (
            pd.read_csv(path, usecols=lambda name: name in columns, iterator=True, **how) as file,
            suppress(StopIteration),
        ):
            for rows in sizes:
                yield file.get_chunk(rows)


def load(folder, name, *, tables, kept=lambda rows: rows):
    """Read a table and judge it piece by piece; the lessons stop at the first thing that is wrong.

    Parameters
    ----------
    folder : Path
        The bank's folder.
    name : str
        One of its tables.
    tables : dict
        Table → its description in the codebook.
    kept : function, optional
        What to keep of a piece that was judged and typed: all by default.

    Returns
    -------
    DataFrame
        The rows on a plain index, typed as the codebook says.

    Raises
    ------
    WrongValue
        At the first finding; the sentence names file, row (as a spreadsheet counts it) and column.
    """
    resource, bench, pieces = tables[name], None, []

    @cache
    def parents(table, column):
        if table in tables and paths.reason(folder, tables[table]["path"]) is None:
            field = codebook_fields.fields(tables[table]).get(column, {})
            return _ids(folder / tables[table]["path"], column, field)

    path = paths.inside(folder, resource["path"])
    for rows in _pieces(path, fields=resource.get("schema", {}).get("fields", [])):
        bench = bench or codebook_findings.Judge(resource, list(rows.columns), parents=parents)
        nothing = [codebook_findings.Finding("rows")] if rows.empty else []
        _refuse(itertools.chain(bench.headings(), nothing, bench.take(rows)), file=resource["path"])
        pieces.append(kept(_typed(rows, bench)))
    _refuse(bench.finish(), file=resource["path"])
    return pd.concat(pieces, ignore_index=True)


def _refuse(findings, *, file):
    for finding in findings:
        raise codebook_findings.refusal(finding, file=file)


def _typed(rows, bench):
    """Dates and numbers of rows that were judged."""
    for column, read in bench.read.items():
        kind = bench.fields[column]["type"]
        if kind in codebook_rules.DATES:
            rows[column] = read
        elif kind in codebook_rules.NUMBERS:
            rows[column] = pd.to_numeric(rows[column])  # text in Parquet
    return rows


def _ids(path, column, field=None):
    """The values of a column that other tables point at; None where the file has no such column."""
    seen = codebook_findings.Seen()
    try:
        for rows in _parts(path, {column}):
            if column not in rows:
                return None
            seen.add(codebook_findings.ids(rows[column], field or {}))
    except (OSError, ValueError, pa.ArrowException):
        return None  # a file that cannot be read is told when it is loaded
    return seen

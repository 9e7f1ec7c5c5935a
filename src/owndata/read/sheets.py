"""Read any table into cells of text that still know their row: what stands there, before anything is made of it.

Files are opened for reading only and never changed. Limits: text and Parquet 2 GB, workbooks 100 MB (1 GB
unpacked), 16,384 columns, lines of four million characters.
"""

from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import pandas as pd

from owndata.read import contents, parquetfiles, spssfiles, textfiles, workbooks
from owndata.read.layout import Layout
from owndata.say.problems import Problem, cannot_read

BATCH = 50_000  # rows held at once by `parts`
READERS = {
    "text": textfiles.rows,
    "workbook": workbooks.rows,
    "parquet": parquetfiles.rows,
    "spss": spssfiles.rows,
}


@dataclass(frozen=True)
class Sheet:
    """The cells of one table, all text.

    Parameters
    ----------
    path : Path
        Where the file is.
    cells : DataFrame
        Text only, ``""`` where a cell is empty; the columns are the file's own headings, made unique;
        the index is the row as a spreadsheet counts it (rows that are no data are left out).
    first_row : int
        The row of the first data row.
    encoding : str
        ``"utf-8"``, ``"gb18030"`` …; for others the kind of file, such as ``"xlsx"`` or ``"spss"``.
    problems : list of Problem
        What was found while reading.
    """

    path: Path
    cells: pd.DataFrame
    first_row: int
    encoding: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def from_1904(self):
        """Whether the workbook counts its days from 1904, not 1900."""
        return any(found.kind == "days_from_1904" for found in self.problems)


def read(path, *, encoding=None):
    """Read a whole table.

    Parameters
    ----------
    path : str or Path
        CSV or the like, workbook, Parquet or SPSS; what it is decides the content, not the name.
    encoding : str, optional
        Of a text, where a person has said it.

    Returns
    -------
    Sheet
        Its cells and what was odd about them.

    Raises
    ------
    CannotRead
        A ValueError whose sentence says why no table can be read; its `problem` is the same as a Problem.
    """
    found = list(parts(path, encoding=encoding))
    cells = pd.concat([part.cells for part in found]) if len(found) > 1 else found[0].cells
    problems = [problem for part in found for problem in part.problems]
    return Sheet(Path(path), cells, found[0].first_row, found[0].encoding, problems)


def parts(path, *, rows=None, encoding=None):
    """Read a table piece by piece, so that large ones need little memory.

    Parameters
    ----------
    path : str or Path
        As for `read`.
    rows : int, optional
        How many rows to hold at once; `BATCH` unless said otherwise.
    encoding : str, optional
        As for `read`.

    Yields
    ------
    Sheet
        Some of the rows; each problem comes with one part only.

    Raises
    ------
    CannotRead
        As for `read`, possibly after the first parts.
    """
    path = Path(path)
    kind = contents.kind(path)
    said = {"encoding": encoding} if encoding and kind == "text" else {}
    stream, encoding, problems = READERS[kind](path, **said)
    layout = Layout(path.name, stream, problems)
    kept = layout.rows()
    first = next(kept, None)
    if first is None:
        raise cannot_read("header_only" if layout.columns else "no_table", file=path.name)
    kept, told = chain([first], kept), 0
    while batch := list(islice(kept, rows or BATCH)):
        numbers, cells = zip(*batch, strict=True)
        frame = pd.DataFrame(list(cells), columns=layout.columns, index=numbers, dtype="str")
        yield Sheet(path, frame, first[0], encoding, problems[told:])
        told = len(problems)
    if told < len(problems):  # found in the last, left-out rows
        yield Sheet(path, frame.iloc[:0], first[0], encoding, problems[told:])

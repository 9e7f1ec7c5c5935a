"""Read any table into cells of text that still know their row: what stands there, before anything is made of it.

Files are opened for reading only and never changed. Limits: text and Parquet 2 GB, workbooks 100 MB (1 GB
unpacked), 16,384 columns, lines of four million characters.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from pandas.api.types import union_categoricals

from owndata.read import cell_marks, file_kinds, parquetfiles, spssfiles, textfiles, workbooks
from owndata.read.sheet_layout import Layout
from owndata.say.problems import Problem, cannot_read

BATCH = 50_000  # rows held at once by `parts`
FEW = 2_500  # different texts of a column among that many rows: of a large table it is held as codes
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
        the index is the row as a spreadsheet counts it (rows that are no data are left out). Of large tables the
        columns of few different texts are categories: `column` gives their text.
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

    def column(self, heading):
        """Return the text of one column.

        Parameters
        ----------
        heading : str
            Its heading.

        Returns
        -------
        Series
            Text, however the column is held.
        """
        return self.cells[heading].astype("str")

    def counts(self, heading):
        """Count the different texts of one column.

        Parameters
        ----------
        heading : str
            Its heading.

        Returns
        -------
        Counter
            Text → how often, in the order in which they first stand there.
        """
        cells = self.cells[heading]
        if cells.dtype != "category":
            return Counter(cells)
        often = cells.value_counts()
        return Counter({text: int(often[text]) for text in cells.unique()})

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
    held, problems, first, marks = [], [], None, cell_marks.Marks(Path(path).name)
    for part in parts(path, encoding=encoding):
        first, problems = first or part, problems + part.problems
        cells = marks.without(part.cells)
        held.append(_compact(cells) if held or len(cells) >= BATCH else cells)
        while len(held) > 1 and len(held[-2]) <= len(held[-1]):  # few pieces, so that little is held twice
            held[-2:] = [_joined(held[-2:])]
    return Sheet(Path(path), _joined(held), first.first_row, first.encoding, problems + marks.problems)


def _compact(cells):
    """Hold the columns of few different texts as categories: a byte a cell, not fifteen."""
    few = [name for name in cells if cells[name].nunique() <= FEW]
    return cells.astype(dict.fromkeys(few, "category"))


def _joined(held):
    """Put the pieces of a table under each other; a column stays a category where it is one in all of them."""
    if len(held) == 1:
        return held[0]
    index = held[0].index.append([piece.index for piece in held[1:]])
    columns = {}
    for name in held[0]:
        pieces = [piece.pop(name) for piece in held]
        if all(piece.dtype == "category" for piece in pieces):
            columns[name] = union_categoricals(pieces)
        else:
            columns[name] = pd.concat([piece.astype("str") for piece in pieces]).array
    return pd.DataFrame(columns, index=index, copy=False)


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
    kind = file_kinds.kind(path)
    said = {"encoding": encoding} if encoding and kind == "text" else {}
    stream, encoding, problems = READERS[kind](path, **said)
    layout = Layout(path.name, stream, problems)
    told, first = 0, None
    for frame in layout.tables(rows or BATCH):
        first = first or int(frame.index[0])
        yield Sheet(path, frame, first, encoding, problems[told:])
        told = len(problems)
    if first is None:
        raise cannot_read("header_only" if layout.columns else "no_table", file=path.name)
    if told < len(problems):  # found in the last, left-out rows
        yield Sheet(path, frame.iloc[:0], first, encoding, problems[told:])

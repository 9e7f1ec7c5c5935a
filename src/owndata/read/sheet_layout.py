"""Where a table begins and what of it is data: headings, titles above, totals and notes below."""

import re
from itertools import chain, islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from owndata.read import cell_marks, headings, report_lines, total_rows
from owndata.say.problems import cannot_read, problem

MOST_COLUMNS = 16_384  # Excel's own limit
# An id, a number or a day at the beginning of a row: no blank, no total, no note.
_ID = re.compile(r"[A-Za-z]{0,4}[-_]?[0-9][0-9A-Za-z_-]*|[0-9][0-9.:/ T-]*")
MOST_TOLD = 1_000  # rows named of each kind
NOTES = (
    "注：",
    "注:",
    "备注",
    "说明",
    "数据来源",
    "来源：",
    "制表",
    "填表",
    "note:",
    "notes:",
    "source:",
    "备 注",
    "* ",
    "※",
)


class Layout:
    """Find the headings, then let through the rows that are data.

    Parameters
    ----------
    file : str
        The file's name, for the problems.
    stream : iterator of list of str
        All its rows; `textfiles.Rows` gives many at once where it can.
    problems : list of Problem
        What is found is added here.
    """

    def __init__(self, file, stream, problems):
        self.file, self.problems, self.columns, self._raw = file, problems, [], []
        self._told, self._copies = {}, {}
        start = list(islice(stream, 50))
        self.header_row = self._header_row(start)
        begin = max(self.header_row - 1, 0)
        several = headings.rows(start[begin:])
        self._usual = total_rows.Usual(start[begin + several :])
        if self.header_row:
            self._name(headings.merged(start[begin : begin + several]))
            if several > 1:
                self._combined(start, several)
        self._raw = start[begin] if start else []
        self._heads = {cell.strip() for cell in self._raw if cell.strip()}
        below = start[self.header_row :]  # a comma at the end of every row is a habit of some program
        self._always_longer = bool(below) and all(len(row) > len(self._raw) for row in below if any(row))
        self._start, self._stream, self._number = start[self.header_row :], stream, self.header_row

    def tables(self, most):
        """Let through the data.

        Parameters
        ----------
        most : int
            How many rows at once, about.

        Yields
        ------
        DataFrame
            Text, as many columns as there are headings; the index is the row as a spreadsheet counts it.
        """
        kept, held = self._rows(), []
        while True:
            table = self._at_once(most) if not (one_by_one := self._one_by_one(most)) else None
            if table is None:
                batch = list(islice(kept, min(one_by_one or most, most)))
                if not batch:
                    break
                numbers, cells = zip(*batch, strict=True)
                table = pd.DataFrame(list(cells), columns=self.columns, index=numbers, dtype="str")
            held += [table] if len(table) else []
            if sum(map(len, held)) >= most:
                yield pd.concat(held)
                held = []
        if held:
            yield pd.concat(held)

    def _rows(self):
        """Give each row that is data with its number, as many cells as there are columns."""
        width = len(self.columns)
        for row in chain(self._start, self._stream):
            self._number += 1
            if not self._left_out(row, self._number) and self.header_row:
                yield self._number, row if len(row) == width else self._fitted(row, self._number, width)

    def _left_out(self, row, number):
        """Whether a row is no data; if so, say why."""
        kind = self._no_data(row)
        if kind:
            self._tell(kind, row=number, found=next((cell for cell in row if cell.strip()), ""))
        elif self._are_moved(row):
            found = total_rows.first(row)
            raise cannot_read("headings_moved", file=self.file, row=number, found=found)
        return bool(kind)

    def _one_by_one(self, most):
        """How many rows must be read each by itself: those that were looked at, and all of a workbook."""
        looked_at = max(self.header_row + len(self._start) - self._number, 0)
        return looked_at or getattr(self._stream, "waiting", most)

    def _at_once(self, most):
        """The next rows of a text as a table, or None; only rows that begin oddly are looked at one by one."""
        table = self._stream.plain(self.columns, most)
        if table is None:
            return None
        numbers = range(self._number + 1, self._number + 1 + len(table))
        self._number += len(table)
        begins = table.column(0)
        odd = pa.array([one for one in pc.unique(begins).to_pylist() if self._begins_oddly(one)], begins.type)
        places = np.flatnonzero(pc.is_in(begins, odd).to_numpy()) if len(odd) else []
        rows = table.to_pandas(types_mapper={begins.type: pd.StringDtype(na_value=np.nan)}.get)
        rows.index = numbers
        cells = (
            zip(*(column.to_pylist() for column in table.take(places).columns), strict=True)
            if len(places)
            else ()
        )
        lost = [
            numbers[place]
            for place, row in zip(places, cells, strict=True)
            if self._left_out(list(row), numbers[place])
        ]
        return rows.drop(index=lost)

    def _begins_oddly(self, text):
        """Whether a row that begins so must be looked at: nothing in the cell, a total, a note, a heading."""
        if text.strip() in self._heads:
            return True
        if _ID.fullmatch(text):
            return False
        bare = text.strip().lstrip("\ufeff").casefold()
        named = bare.startswith(NOTES) or total_rows.is_named(text) or report_lines.begins(text)
        return not bare or named or bare == _bare(self._raw[:1])

    def _header_row(self, start):
        """The row of the headings, counted from 1: the first with two cells filled, if any has."""
        filled = [sum(bool(cell.strip()) for cell in row) for row in start]
        lines = [report_lines.stands_above(row, start[i : i + 11]) for i, row in enumerate(start[:11], 1)]
        filled = [
            1 if line else count for count, line in zip(filled, lines + [False] * len(start), strict=False)
        ]
        if not any(filled):
            return 0
        several = [number for number, count in enumerate(filled, 1) if count > 1]
        first = next(number for number, count in enumerate(filled, 1) if count)
        # A title has one cell; a table of a single column has no other row.
        header = several[0] if several and several[0] - first <= 10 else first
        for number in range(1, header):
            if filled[number - 1]:
                self._tell("title_line", row=number, found="".join(start[number - 1]).strip())
        if header > 1 and not any(filled[: header - 1]):
            self._tell("blank_above", row=header)
        return header

    def _combined(self, start, several):
        """Several rows are headings: cells merged in them are understood, so they are no problem."""
        last = self.header_row + several - 1
        self._tell("heading_rows", row=self.header_row, found=last, column=self.columns[-1])
        self.problems[:] = [one for one in self.problems if one.kind != "merged" or one.row > last]
        self.header_row = last

    def _name(self, row):
        """Take the headings, each once."""
        while row and not row[-1].strip():
            row = row[:-1]
        if len(row) > MOST_COLUMNS:
            raise cannot_read("too_wide", file=self.file, found=len(row), expected=f"{MOST_COLUMNS:,}")
        for position, heading in enumerate(row):
            self.columns.append(self._heading(heading, position))
        if all(re.fullmatch(r"[\d.]*", heading.strip()) for heading in row):
            self._tell("numbers_as_headings", row=self.header_row, found=",".join(row))
        if len(row) == 1:
            kind = "wide_comma" if row[0].count("，") > 1 else "one_column"
            self._tell(kind, row=self.header_row, column=self.columns[0])

    def _heading(self, heading, position):
        """One heading, clean and unique."""
        clean = " ".join(cell_marks.bare(heading).split())
        place = {"row": self.header_row, "found": heading}
        name = clean or f"[{letters(position)}]"
        while (
            name in self._copies
        ):  # how often a heading came says where to look on, so 16,000 alike take no longer
            self._copies[clean] = self._copies.get(clean, 1) + 1
            name = f"{clean} ({self._copies[clean]})"
        self._copies[name] = 1
        kind = "no_heading" if not clean else "same_heading" if name != clean else "heading_spaces"
        if name != heading:
            self._tell(kind, column=name, **place)
        return name

    def _no_data(self, row):
        """Why this row is no data, or None."""
        first = total_rows.first(row)
        if not first:
            return "blank_rows"
        if len(self.columns) > 1 and self._usual.is_total(row):
            return "total_row"
        if _bare(row[:1]) == _bare(self._raw[:1]) and row[1 : len(self._raw)] == self._raw[1:]:
            return "heading_again"
        if len(self.columns) > 2:
            alone = sum(bool(cell.strip()) for cell in row) == 1
            note = alone and first.strip().casefold().startswith(NOTES)
            return "footnote" if note or report_lines.stands_below(row, len(self.columns)) else None
        return None

    def _are_moved(self, row):
        """Whether a row holds the headings again, in other columns: another export was put below."""
        filled = [(i, cell.strip()) for i, cell in enumerate(row) if cell.strip()]
        known = [(i, cell) for i, cell in filled if cell in self._heads]
        moved = [i for i, cell in known if [cell] != [one.strip() for one in self._raw[i : i + 1]]]
        return len(moved) >= 2 and len(known) >= max(3, 0.6 * len(filled))

    def _fitted(self, row, number, width):
        """Cut or fill a row to the width of the headings, and say so where cells are concerned."""
        if len(row) < width:
            self._tell("short_row", row=number, found=len(row), expected=width)
        elif any(cell.strip() for cell in row[width:]):
            self._tell("long_row", row=number, found=len(row), expected=width)
        elif len(row) > max(len(self._raw), width) and not self._always_longer:
            self._tell("long_row_empty", row=number, found=len(row), expected=width)
        return (row + [""] * (width - len(row)))[:width]

    def _tell(self, kind, **place):
        """Note a problem; of each kind only so many, so that memory stays small."""
        self._told[kind] = self._told.get(kind, 0) + 1
        if self._told[kind] <= MOST_TOLD:
            self.problems.append(problem(kind, file=self.file, **place))


def _bare(cells):
    """The first cell without the mark that stands before a file's first; two exports joined have it twice."""
    return cells[0].lstrip("\ufeff").strip().casefold() if cells else None


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

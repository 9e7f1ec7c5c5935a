"""One table held against its codebook, piece by piece, in little memory: the judge's findings as problems."""

import difflib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.bank.codebook_findings import Judge, Seen
from helpers.bank.language import Both
from owndata.identify import identifiers
from owndata.judge import repair_advice
from owndata.say.problems import MOST_ALIKE, problem

MOST_UNUSED = 500  # headings among which the nearest is looked for
TEXT = pd.StringDtype(na_value=np.nan)  # what pandas calls "str"
PARTLY = {"date_no_year", "date_no_day"}
FEW = 10  # rows below which a column of one value says nothing


class Table:
    """Judge a table as its parts come in.

    Parameters
    ----------
    resource : dict
        The table in the codebook.
    columns : list of str
        The headings of the file.
    tally : Tally
        Problems are added here.
    parents : dict
        (table, column) → `Seen`, for the foreign keys.
    """

    def __init__(self, resource, columns, *, tally, parents):
        self.resource, self.tally, self.file = resource, tally, resource["path"]
        self.judge = Judge(resource, columns, parents=lambda table, column: parents.get((table, column)))
        self.values = {name: set() for name in self.judge.columns if "scale" in self.judge.fields[name]}
        self.rows, self.same = 0, Seen()
        self._headings(columns)

    def _headings(self, columns):
        """Columns that lack, or that nobody asked for."""
        fields, needed = self.judge.fields, self.judge.needed
        unused = [column for column in columns if column not in fields][:MOST_UNUSED]
        lost = [finding.column for finding in self.judge.headings()]
        there = set(columns)
        absent = [] if lost else [name for name in fields if name not in there]
        for number, name in enumerate(lost or absent):
            kind = "missing_column" if name in needed else "absent_column"
            hint = _nearest(name, unused if number < MOST_ALIKE else [])  # of those that will be shown
            self._add(kind, found=name, hint=hint)
        for name in columns:
            if name not in fields:
                self._add("unknown_column", column=name)
            if what := identifiers.by_heading(name):
                self._add("personal", column=name, what=Both(*identifiers.KINDS[what][:2]))

    def take(self, cells):
        """Judge some rows.

        Parameters
        ----------
        cells : DataFrame
            Text; the index is the row in the file.
        """
        self.rows += len(cells)
        rows = pd.DataFrame({name: _missing(cells[name]) for name in self.judge.columns}, index=cells.index)
        for finding in self.judge.take(rows):
            self._tell(finding, rows)
        for name, seen in self.values.items():
            if len(seen) < 2:
                seen.update(rows[name].dropna().unique()[:2])
        if self.resource["name"] == "servqual":
            self._same(cells)

    def finish(self):
        """Say what only the whole table shows."""
        empty = [finding.column for finding in self.judge.finish()]
        for name in self.judge.columns:
            if name not in self.judge.filled:
                self._add("empty_column" if name in empty else "empty_optional", column=name)
            elif self.rows >= FEW and len(self.values.get(name, ())) == 1:
                self._add("one_value", column=name, found=next(iter(self.values[name])))

    def _tell(self, finding, cells):
        """Word a finding: row by row where rows differ, else value by value."""
        rule, name, values = finding.rule, finding.column, finding.at
        if rule in ("once", "order", "part", "nobody", "points_part", "points_sum"):
            self._rows(finding, cells)
        elif rule == "required":
            gone = values.index[:0]
            if (self.resource["name"], name) == ("queue_tickets", "called") and "finished" in cells:
                gone = values.index[cells.loc[values.index, "finished"].isna()]
            if len(gone):
                self._add("uncalled", times=len(gone), row=int(gone[0]), column=name)
            self._many("required", values.index.difference(gone), column=name)
        else:
            said, places = (
                repair_advice.sentences(finding, self.judge.fields[name]),
                values.groupby(values, sort=False).groups,
            )
            for kind in PARTLY & {kind for kind, _ in said.values()}:  # the column, not each of its days
                here = values[values.map(lambda value, kind=kind: said[value][0] == kind).astype(bool)]
                more = said[here.iloc[0]][1] | {"found": here.iloc[0], "count": len(here)}
                self._add(kind, row=int(here.index[0]), column=name, **more)
            said = {value: how for value, how in said.items() if how[0] not in PARTLY}
            for value, (kind, more) in said.items():
                if rule == "link":
                    more = more | {"table": finding.expected, "other": finding.other}
                self._many(kind, places[value], column=name, found=value, **more)

    def _rows(self, finding, cells):
        """What rows have each for themselves: the value in the other column, the row where it stood first."""
        kind, values, other = repair_advice.SENTENCES[finding.rule], finding.at, finding.other
        for row in values.index[: MOST_ALIKE + 1]:
            more = {
                "once": lambda row: {"found": values[row], "other": other[row]},
                "order": lambda row: {
                    "found": values[row],
                    "expected": finding.expected[row],
                    "other": other,
                },
                "part": lambda row: {"found": values[row], "expected": finding.expected[row], "other": other},
                "nobody": lambda row: {"found": values[row], "other": other},
                "points_sum": lambda row: {"found": f"{values[row]:.15g}", "expected": str(finding.expected)},
                "points_part": lambda row: {"expected": str(finding.expected)},
            }[finding.rule](row)
            if finding.rule == "once":
                kind = self._again(cells, row, other[row])
            self._add(kind, row=int(row), column=finding.column, **more)
        if len(values) > MOST_ALIKE + 1:
            self._add(kind, times=len(values) - MOST_ALIKE - 1, row=int(row), column=finding.column, **more)

    def _again(self, cells, row, first):
        """An id that comes again: the same row twice, weeks counted anew, or two things under one id."""
        if first not in cells.index:
            return "duplicate"  # the other row is not held any more; the sentence asks to look at both
        two = cells.loc[[first, row]]
        if len(two) == 2 and two.astype(object).fillna("").nunique().max() == 1:
            return "duplicate"
        weeks = "week" in two and "week_start" in two and two["week_start"].nunique() == 2
        return "week_again" if weeks else "duplicate_differs"

    def _many(self, kind, rows, **more):
        """The same value in many rows: the first are named, the others counted."""
        for row in rows[:MOST_ALIKE]:
            self._add(kind, row=int(row), **more)
        if len(rows) > MOST_ALIKE:
            self._add(kind, times=len(rows) - MOST_ALIKE, row=int(rows[MOST_ALIKE]), **more)

    def _add(self, kind, *, times=1, **more):
        self.tally.add(problem(kind, file=self.file, **more), times=times)

    def _same(self, cells):
        """Rows that are the same but for their ids."""
        ids = {name for key in self.judge.keys for name in key}
        rest = cells[[name for name in cells.columns if name not in ids]]
        if rest.shape[1] >= 5 and ids:
            again = self.same.add(rest)
            again = again[self._telling(rest.loc[again.index])]
            for place, (row, first) in enumerate(again.head(MOST_ALIKE + 1).items()):
                times = len(again) - MOST_ALIKE if place == MOST_ALIKE else 1  # the rest is counted
                self._add("same_row", times=times, row=row, other=first)

    def _telling(self, rows):
        """Whether it says something that a row comes again: many people give every question the same mark."""
        marks = rows[[name for name in self.values if name in rows]]
        if "seconds" in rows or marks.empty:
            return (rows != "").any(axis=1)
        return ~(marks.eq(marks.iloc[:, 0], axis=0) | (marks == "")).all(axis=1)


def _missing(texts):
    """A column whose empty cells are missing."""
    cells = pa.array(texts)
    cells = pc.if_else(pc.equal(cells, pa.scalar("", cells.type)), pa.scalar(None, cells.type), cells)
    return pd.Series(TEXT.__from_arrow__(cells), index=texts.index, name=texts.name)


def _nearest(name, columns):
    """The unused heading that looks most like the one that lacks."""
    plain = {column.strip().casefold(): column for column in columns}
    near = difflib.get_close_matches(name.casefold(), plain, 1, 0.6)
    return Both(f" Is it '{plain[near[0]]}'?", f"是不是“{plain[near[0]]}”？") if near else ""

"""One table held against its codebook, piece by piece, in little memory."""

import difflib

import pandas as pd

from owndata.identify import identifiers
from owndata.judge import contract, rows_check
from owndata.judge.keys import Seen
from owndata.judge.verdicts import Judge, as_id
from owndata.map import meaning
from owndata.say.problems import MOST_ALIKE, Both, problem

MOST_UNUSED = 500  # headings among which the nearest is looked for
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
        self.resource, self.tally, self.parents = resource, tally, parents
        self.file, self.fields = resource["path"], contract.fields(resource)
        self.columns = [name for name in columns if name in self.fields]
        self.references = [link for link in contract.references(resource) if link[0] in self.columns]
        self.keys = {key: Seen() for key in contract.keys(resource) if set(key) <= set(columns)}
        self.required = set(contract.required(resource)) - set(contract.perceptions(resource))
        ids = {name for key in self.keys for name in key} | {link[0] for link in self.references}
        ids |= {"respondent", "customer", "branch"}
        self.judges = {name: Judge(self.fields[name], is_key=name in ids) for name in self.columns}
        self.verdicts = {name: {} for name in self.columns}
        self.filled, self.values = dict.fromkeys(self.columns, 0), {name: set() for name in self.columns}
        self.rows, self.same = 0, Seen()
        self._headings(columns)

    def _headings(self, columns):
        """Columns that lack, or that nobody asked for."""
        needed, there = set(contract.required(self.resource)), set(columns)
        unused = [column for column in columns if column not in self.fields][:MOST_UNUSED]
        lost = [name for name in self.fields if name not in there and (name in needed or needed <= there)]
        for number, name in enumerate(lost):
            kind = "missing_column" if name in needed else "absent_column"
            hint = _nearest(name, unused if number < MOST_ALIKE else [])  # of those that will be shown
            self.tally.add(problem(kind, file=self.file, found=name, hint=hint))
        for name in columns:
            if name not in self.fields:
                self.tally.add(problem("unknown_column", file=self.file, column=name))
            if what := identifiers.by_heading(name):
                en, zh = identifiers.KINDS[what][:2]
                self.tally.add(problem("personal", file=self.file, column=name, what=Both(en, zh)))

    def take(self, cells):
        """Judge some rows.

        Parameters
        ----------
        cells : DataFrame
            Text; the index is the row in the file.
        """
        self.rows += len(cells)
        for name in self.columns:
            self._column(cells[name])
        for link in self.references:
            self._orphans(cells[link[0]], *link[1:])
        for key, seen in self.keys.items():
            self._duplicates(cells, list(key), seen)
        for found in rows_check.problems(cells, self.resource, self.fields):
            self.tally.add(found)
        if self.resource["name"] == "servqual":
            self._same(cells)

    def finish(self):
        """Say what only the whole table shows."""
        for name, filled in self.filled.items():
            if not filled:
                kind = "empty_column" if name in contract.required(self.resource) else "empty_optional"
                self.tally.add(problem(kind, file=self.file, column=name))
            elif len(self.values[name]) == 1 and self.rows >= FEW and "scale" in self.fields[name]:
                (value,) = self.values[name]
                self.tally.add(problem("one_value", file=self.file, column=name, found=value))

    def _column(self, cells):
        """Each different value is judged once, then found in its rows."""
        codes, values = pd.factorize(cells)
        known, judge = self.verdicts[cells.name], self.judges[cells.name].verdict
        verdicts = [
            None if value == "" else known[value] if value in known else judge(value) for value in values
        ]
        if len(known) < 10_000:  # ids are all different: not worth remembering
            known.update(zip(values, verdicts, strict=True))
        if len(self.values[cells.name]) < 2:
            self.values[cells.name].update(value for value in values[:3] if value)
        empty = cells == ""
        self.filled[cells.name] += int((~empty).sum())
        for code in [code for code, verdict in enumerate(verdicts) if verdict]:
            kind, more = verdicts[code]
            self._add(kind, cells.index[codes == code], cells.name, found=values[code], **more)
        if cells.name in self.required and empty.any():
            self._add("required", cells.index[empty], cells.name)

    def _add(self, kind, rows, column, **more):
        """The same value in many rows: the first are named, the others counted."""
        for row in rows[:20]:
            self.tally.add(problem(kind, file=self.file, row=int(row), column=column, **more))
        if len(rows) > 20:
            last = problem(kind, file=self.file, row=int(rows[20]), column=column, **more)
            self.tally.add(last, times=len(rows) - 20)

    def _orphans(self, cells, table, there):
        """Values that the other table lacks."""
        parent = self.parents.get((table or self.resource["name"], there))
        cells = cells[~cells.isin(["", *meaning.PANDAS_MISSING])]
        if parent is None or cells.empty:
            return
        lost = cells[parent.lacks(cells)]
        lost = lost[parent.lacks(lost.map(as_id))]  # else it is told how the id should be written
        for value, rows in lost.groupby(lost, sort=False).groups.items():
            self._add("orphan", rows, cells.name, found=value, table=table or self.file, other=there)

    def _duplicates(self, cells, key, seen):
        """Ids that stood in a row above."""
        filled = cells[key][(cells[key] != "").all(axis=1)]
        for row, first in seen.add(filled).items():
            found = ", ".join(filled.loc[row, key])
            self.tally.add(
                problem("duplicate", file=self.file, row=row, column=key[0], found=found, other=first)
            )

    def _same(self, cells):
        """Rows that are the same but for their ids."""
        ids = {name for key in self.keys for name in key}
        rest = cells[[name for name in cells.columns if name not in ids]]
        if rest.shape[1] >= 5 and ids:
            for row, first in self.same.add(rest[(rest != "").any(axis=1)]).items():
                self.tally.add(problem("same_row", file=self.file, row=row, other=first))


def _nearest(name, columns):
    """The unused heading that looks most like the one that lacks."""
    plain = {column.strip().casefold(): column for column in columns}
    near = difflib.get_close_matches(name.casefold(), plain, 1, 0.6)
    return Both(f" Is it '{plain[near[0]]}'?", f"是不是“{plain[near[0]]}”？") if near else ""

"""The one judge of a table: where it is not as its codebook says.

A lesson stops at the first finding, in one sentence; a check turns all of them into rows and advice. The sentences are in
``sentences.yml``.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.bank import codebook_fields, codebook_rules, codebook_shape, escaping
from helpers.bank.language import wrong

PLAIN = "{:.15g}".format  # how a number is written that may be an id
FEW = 100  # different values of a column, such as a scale's or a list's


class Finding(NamedTuple):
    """One rule broken in one column: the values at fault by their rows, none where the whole column is."""

    rule: str
    column: str = ""
    at: pd.Series = pd.Series(dtype=object)
    expected: object = ""
    other: object = ""


class Seen:
    """Remember values and the rows they stood in, in sixteen bytes each.

    Examples
    --------
    >>> seen = Seen()
    >>> seen.add(pd.Series(["a", "b", "a"], index=[2, 3, 4])).to_dict()
    {4: 2}
    """

    def __init__(self):
        self.sorted = []  # few pieces, each longer than the next: hashes in order, and their rows

    def add(self, values):
        """Take in a column or several, and return for each row that repeats one the row where it stood first."""
        # Sixty-four bits: among a million values two different ones collide once in forty million files.
        hashes = pd.util.hash_pandas_object(values, index=False).to_numpy()
        rows = values.index.to_numpy(dtype="int64")
        new, first, back = np.unique(hashes, return_index=True, return_inverse=True)
        origin, known = rows[first], np.zeros(len(new), dtype=bool)
        for hashes, before in self.sorted:
            place = np.searchsorted(hashes, new).clip(max=len(hashes) - 1)
            there = hashes[place] == new
            origin, known = np.where(there, before[place], origin), known | there
        self._keep(new[~known], origin[~known])
        origin = origin[back]
        again = origin != rows
        return pd.Series(origin[again], index=rows[again])

    def _keep(self, hashes, rows):
        """Add a piece, and put it together with those before that are no longer."""
        if not len(hashes):
            return
        while self.sorted and len(self.sorted[-1][0]) <= 2 * len(hashes):
            hashes, rows = (
                np.concatenate(pair) for pair in zip(self.sorted.pop(), (hashes, rows), strict=True)
            )
            order = np.argsort(hashes, kind="stable")
            hashes, rows = hashes[order], rows[order]
        self.sorted.append((hashes, rows))

    def lacks(self, values):
        """Tell which values were never added."""
        new = pd.util.hash_pandas_object(values, index=False).to_numpy()
        return ~np.any(
            [np.isin(new, hashes) for hashes, _ in self.sorted] or [np.zeros(len(new), bool)], axis=0
        )


class Judge:
    """Judge a table as its rows come in, as text or as typed columns; an empty cell is missing.

    Parameters
    ----------
    resource : dict
        The table in the codebook.
    columns : list of str
        The headings of the file.
    parents : function
        (table, column) → `Seen` of the values there, or None where nobody can read them.
    """

    def __init__(self, resource, columns, *, parents):
        self.resource, self.parents, self.there = resource, parents, list(columns)
        # In their order, and found at once among thousands.
        self.fields, self.needed = (
            codebook_fields.fields(resource),
            dict.fromkeys(codebook_fields.needed(resource)),
        )
        self.columns = {name: None for name in columns if name in self.fields}
        self.keys = {key: Seen() for key in codebook_fields.keys(resource) if set(key) <= self.columns.keys()}
        self.links = [link for link in codebook_fields.foreign_keys(resource) if link[0] in self.columns]
        # A name may be unique too, and hold what an id may not.
        self.ids = {
            *codebook_shape.key_columns(resource.get("schema", {}).get("primaryKey")),
            "respondent",
            "customer",
            "branch",
        }
        self.ids |= {link[0] for link in self.links}
        self.filled, self.read, self.sound = set(), {}, {}

    def headings(self):
        """Yield a finding for each column that lacks."""
        there = escaping.some(self.there)
        yield from (
            Finding("column", name, expected=there) for name in self.needed if name not in self.columns
        )

    def take(self, rows):
        """Yield what is wrong with some rows; the index is the row in the file."""
        self.read, faulty = {}, {}
        read = self.read
        for name in self.columns:
            read[name], faulty[name] = (
                codebook_rules.read_column(rows[name], self.fields[name]),
                rows[name].isna(),
            )
            if not faulty[name].all():
                self.filled.add(name)
            elif name not in self.needed:
                continue  # nothing to judge: most of a wide table
            for rule, broken, said in self._rules(rows[name], read[name]):
                broken = broken & ~faulty[name] if rule != "required" else broken
                if broken.any():
                    faulty[name] = faulty[name] | broken
                    yield Finding(rule, name, rows[name][broken], said)
        yield from self._links(rows, read, faulty)
        yield from self._once(rows, read)
        yield from _cross_checks(rows, read, self.resource)

    def finish(self):
        """Yield a finding for each needed column in which nothing stood."""
        yield from (
            Finding("empty", name) for name in self.needed if name in self.columns and name not in self.filled
        )

    def _rules(self, values, read):
        """Yield each rule with the rows that break it, and what is expected."""
        field = self.fields[values.name]
        if field.get("constraints", {}).get("required"):
            yield "required", values.isna(), ""
        if field["type"] in codebook_rules.NUMBERS:
            if values.dtype.kind == "b" or read.count() != values.count():
                yield "number", read.isna() | (values.dtype.kind == "b"), codebook_rules.allowed_values(field)
            judged = codebook_rules.sizes
        elif field["type"] in codebook_rules.DATES:
            yield from codebook_rules.days(values, read, field)
            return
        else:
            judged = partial(codebook_rules.words, is_id=values.name in self.ids)
        different = self._new(read, field)
        for rule, broken, said in judged(different, field) if len(different) else ():
            if broken.any():
                self.sound[values.name] = set()  # so that it is told of the next rows, too
                yield rule, read.isin(different[broken]), said

    def _new(self, read, field):
        """The different values of a column, each judged once; those of a scale or a list not again in later rows."""
        sound = self.sound.setdefault(field["name"], set())
        different = read.dropna().unique().tolist()
        new = [value for value in different if value not in sound]
        if len(different) <= FEW:
            sound |= set(new)
        return pd.Series(new, dtype="str" if read.dtype == "str" else float)

    def _links(self, rows, read, faulty):
        """Values that the other table lacks; those that are at fault themselves were told."""
        for name, table, there in self.links:
            parent, values = self.parents(table, there), read[name][~faulty[name]]
            if values.dtype.kind == "f":
                values = values.map(PLAIN)
            different = values.drop_duplicates()
            if parent is not None and (lost := parent.lacks(different)).any():
                lost = values.index[values.isin(different[lost])]
                yield Finding("link", name, rows[name][lost], table, there)

    def _once(self, rows, read):
        """Keys that stood in a row above."""
        for key, seen in self.keys.items():
            filled = pd.DataFrame({name: _exact(read[name], rows[name]) for name in key}).dropna()
            again = seen.add(filled)
            if len(again):
                named = rows.loc[again.index, list(key)].astype(str).agg(", ".join, axis=1)
                yield Finding("once", key[0], named, expected=" + ".join(key), other=again)


def ids(values, field):
    """List what other tables may call the ids in a column: as they are written; numbers in their plain form, too.

    Parameters
    ----------
    values : Series
        The column, as text or typed; an empty text or a missing value is none.
    field : dict
        The column in the codebook, with its type where it states one.

    Returns
    -------
    Series
        Text; the index is the row.

    Examples
    --------
    >>> ids(pd.Series(["001", "2"]), {"name": "branch", "type": "integer"}).tolist()
    ['001', '2', '1', '2']
    """
    texts = values.dropna().drop_duplicates().astype("str")
    if field.get("type") not in codebook_rules.NUMBERS:
        return texts
    return pd.concat([texts, codebook_rules.read_column(texts, field).dropna().map(PLAIN).astype("str")])


def _exact(read, written):
    """Ids that are numbers, as text where a computer's number has too few digits for them."""
    large = (
        read.dtype.kind == "f" and (read.abs() >= 2**53).any() and isinstance(written.dtype, pd.StringDtype)
    )
    return written.where(read.notna()) if large else read


def refusal(finding, *, file):
    """Word a finding as the one sentence at which a lesson stops.

    Parameters
    ----------
    finding : Finding
        From `Judge`.
    file : str
        The table's file.

    Returns
    -------
    WrongValue
        Not raised.
    """
    row, found, other = "", "", finding.other
    if len(values := finding.at):
        row, found = values.index[0], values.iloc[0]
        found = (
            repr(found) if isinstance(found, str) else f"{found:.15g}" if isinstance(found, float) else found
        )
    if isinstance(other, pd.Series):
        other = other.iloc[0]
    names = dict(
        file=file, column=finding.column, expected=finding.expected, row=row, found=found, other=other
    )
    return wrong(f"codebook_findings.{finding.rule}", **names)


def _cross_checks(rows, read, resource):
    """Yield what the cells of one row must agree on: dates in order, parts within their whole, points that add up.

    Parameters
    ----------
    rows : DataFrame
        The cells as they came.
    read : dict
        The same columns, read (`helpers.bank.codebook_rules.read_column`).
    resource : dict
        The table in the codebook.
    """
    kinds = {"order": ("M", _earlier), "part": ("f", np.greater), "nobody": ("f", _nobody)}
    for rule, (kind, broken) in kinds.items():
        for column, other in codebook_rules.cross_rules()[rule]:
            if column in read and other in read and read[column].dtype.kind == read[other].dtype.kind == kind:
                at = broken(read[column], read[other])
                if at.any():
                    yield Finding(rule, column, rows[column][at], rows[other][at], other)
    points = [name for name in read if name.startswith("points_")]
    if points:
        yield from _points(rows, pd.DataFrame({name: read[name] for name in points}), resource)


def _earlier(later, earlier):
    """Closing before opening; where one of the two has no time of day, only the days can be compared."""
    whole = (later == later.dt.normalize()) | (earlier == earlier.dt.normalize())
    return (later.dt.normalize() < earlier.dt.normalize()) | (~whole & (later < earlier))


def _nobody(wait, visits):
    """The wait of nobody."""
    return wait.notna() & (visits == 0)


def _points(rows, points, resource):
    """Points shared out over the dimensions add up to the total, or nobody shared them out."""
    total, name = (
        resource.get("scale", {}).get("points_total", 100),
        f"{points.columns[0]} … {points.columns[-1]}",
    )
    blank = rows[list(points)].isna()
    some = blank.any(axis=1) & ~blank.all(axis=1) & (blank == points.isna()).all(axis=1)
    if some.any():
        yield Finding("points_part", name, some[some], total)
    sums = points.sum(axis=1)[points.notna().all(axis=1)]
    # Three times 33.33 is a hundredth short; as computers count, a hair more than that.
    off = sums[(sums - total).abs().round(6) > 0.01]
    if len(off):
        yield Finding("points_sum", name, off, total)

"""What the cells of one row must agree on: points that add up, dates in order."""

import pandas as pd

from owndata.map import meaning
from owndata.say.problems import problem

# The later date, the earlier one.
ORDER = [
    ("date", "invited"), ("closed", "received"), ("closed", "opened"), ("end", "start"), ("ended", "started"),
    ("transformed", "opened"), ("left", "joined"), ("completed", "opened"), ("closed_at", "opened_at"),
]  # fmt: skip


def problems(cells, resource, fields):
    """Judge the rows.

    Parameters
    ----------
    cells : DataFrame
        Text; the index is the row in the file.
    resource : dict
        The table in the codebook.
    fields : dict
        Its fields by name.

    Yields
    ------
    Problem
        One for each row at fault and each rule.
    """
    for later, earlier in ORDER:
        if {later, earlier} <= set(cells.columns) & set(fields):
            yield from _order(cells[later], cells[earlier], resource["path"])
    points = [name for name in cells.columns if name.startswith("points_") and name in fields]
    if points:
        yield from _points(cells[points], resource)


def _order(later, earlier, file):
    """Closing before opening."""
    last, first = _moments(later), _moments(earlier)
    # Where one of the two has no time of day, only the days can be compared.
    whole = (last == last.dt.normalize()) | (first == first.dt.normalize())
    wrong = (last.dt.normalize() < first.dt.normalize()) | (~whole & (last < first))
    for row in later.index[wrong.to_numpy()]:
        yield problem(
            "date_order", file=file, row=int(row), column=later.name,
            found=later[row], expected=earlier[row], other=earlier.name,
        )  # fmt: skip


def _moments(cells):
    """The days, with the time of day where it is written plainly; NaT where there is none."""
    read = {text: _moment(text) for text in cells.unique()}
    return pd.to_datetime(cells.map(read).astype(object), errors="coerce", format="ISO8601")


def _moment(text):
    how, day = meaning.date(text)
    return None if day is None else text if how is None else day.isoformat()


def _points(cells, resource):
    """Points shared out over the dimensions must add up to the total."""
    total = resource.get("scale", {}).get("points_total", 100)
    numbers = cells.apply(
        lambda column: column.map({text: meaning.number(text)[1] for text in column.unique()})
    )
    numbers = numbers.astype(float)
    written, unread = cells != "", numbers.isna()
    some = written.any(axis=1) & unread.any(axis=1) & ~(written & unread).any(axis=1)
    place = {"file": resource["path"], "column": f"{cells.columns[0]} … {cells.columns[-1]}"}
    for row in cells.index[some]:
        yield problem("points_part", row=int(row), expected=str(total), **place)
    sums = numbers.sum(axis=1)[~unread.any(axis=1)]
    for row, found in sums[(sums - total).abs() > 0.01].items():
        yield problem("points_sum", row=int(row), found=f"{found:.15g}", expected=str(total), **place)

"""Where the data are: folders, tables and declared truth. Only this module knows a path; `paths` has the rule."""

import json
import os
from functools import partial
from pathlib import Path

import pandas as pd

from helpers.bank import checks, codebook_shape, paths, tables
from helpers.bank.codebook import Codebook
from helpers.bank.language import wrong


def home():
    """Find the collection's own folder.

    Returns
    -------
    Path
        ``COURSE_HOME`` where that is set; else the nearest folder, from here upward, that holds
        ``datasets`` and ``notebooks``; else the one this package was installed from.
    """
    if os.environ.get("COURSE_HOME"):
        return Path(os.environ["COURSE_HOME"])
    for place in [Path.cwd(), *Path.cwd().parents]:
        if (place / "datasets").is_dir() and (place / "notebooks").is_dir():
            return place
    return Path(__file__).parents[3]


def folder(data):
    """Find the folder of a bank.

    Parameters
    ----------
    data : str or Path
        The name of a folder in ``datasets``, or the path of any folder with a ``datapackage.json``.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ValueError
        If there is no such folder, or no codebook in it.
    """
    for place in (Path(data), home() / "datasets" / str(data)):
        if paths.is_regular(place / codebook_shape.FILE):
            return place
    if os.path.isdir(data) and (Path(data) / "mapping.xlsx").is_file():
        raise wrong("data.unanswered", data=data)
    if os.path.isdir(data):  # False, too, for a name that is too long
        raise wrong("data.no_codebook", data=data)
    raise wrong("data.no_folder", data=data)


def codebook(data):
    """Open the codebook of a bank, with the names of its branches.

    Parameters
    ----------
    data : str or Path
        As for `folder`.

    Returns
    -------
    Codebook
        The codebook.
    """
    place = folder(data)
    found = package(place)
    files = {resource["name"]: resource["path"] for resource in found["resources"]}
    book = Codebook(found, empty=partial(_holding_nothing, place, files))
    if "branches" in book.tables:
        book.add_names(load(data, "branches"), key="branch", en="name_en", zh="name_zh")
    return book


def _holding_nothing(place, files, table, columns):
    return tables.empty(paths.inside(place, files[table]), columns=columns)


def load(data, table, *, kept=lambda rows: rows):
    """Load one table and judge it against its codebook.

    Parameters
    ----------
    data : str or Path
        As for `folder`.
    table : str
        The name of a table, for instance ``"servqual"``.
    kept : function, optional
        Takes some tens of thousands of rows, judged and typed, and gives what is to be kept of them: so much of a large
        table is held as is needed. All by default.

    Returns
    -------
    DataFrame
        Columns typed as the codebook says; whole numbers with empty cells come as float.

    Raises
    ------
    ValueError
        If the table is unknown, or a column is missing, or a value is of the wrong kind or off its
        range; the sentence names file, row (as a spreadsheet counts it) and column.
    """
    place = folder(data)
    book = Codebook(package(place))
    if table not in book.tables:
        raise unknown_table(table, there=book.tables)
    return tables.load(place, table, tables=book.tables, kept=kept)


def unknown_table(table, *, there):
    """Word that a bank has no such table.

    Parameters
    ----------
    table : str
        What was asked for.
    there : iterable of str
        The tables it has.

    Returns
    -------
    WrongValue
        Not raised.
    """
    named = ", ".join(there)
    return wrong("data.table", table=table, named=named)


def package(place):
    """Read the codebook of a folder, in the one shape that all who use it rely on.

    Parameters
    ----------
    place : Path
        A folder, from `folder`.

    Returns
    -------
    dict
        The codebook, with what it may leave out filled in (`codebook_shape.filled`).

    Raises
    ------
    ValueError
        If it is no JSON, or of another shape; the sentence names the first place at fault.
    """
    path = paths.inside(place, codebook_shape.FILE)
    try:
        found = codebook_shape.parsed(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise wrong("data.no_json", path=path, error=error) from error
    for fault in codebook_shape.faults(found):
        at = fault.place or codebook_shape.FILE
        raise wrong("data.shape", path=path, at=at, en=fault.en, found=fault.found[:60], zh=fault.zh)
    return codebook_shape.filled(found)


def found_branch(branches, branch):
    """Find a branch in the table of branches by its id or by its name in either language.

    Parameters
    ----------
    branches : DataFrame
        `branch` and, where they have names, `name_en`, `name_zh`.
    branch : str
        For instance ``"B07"``, or the branch's English or Chinese name.

    Returns
    -------
    str
        The branch's id.

    Raises
    ------
    ValueError
        If no branch has this id or name, or the table has no ids.
    """
    checks.columns(branches, ["branch"], name="branches")
    named = branches.reindex(columns=["branch", "name_en", "name_zh"])
    found = branches["branch"][(named == branch).any(axis=1)]
    if found.empty:
        first, last, n = branches["branch"].iloc[0], branches["branch"].iloc[-1], len(branches)
        raise wrong("data.branch", n=n, first=first, last=last, branch=branch)
    return found.iloc[0]


def truth(data, quantity=None):
    """Read what was put into a simulated bank, and what its statistics estimate.

    Parameters
    ----------
    data : str or Path
        As for `folder`.
    quantity : str, optional
        Only the rows of this quantity, for instance ``"gap"``.

    Returns
    -------
    DataFrame
        One row a quantity: what it speaks of (`dimension`, `branch`, `wave` …, where they apply),
        `population`, `construct`, `estimand`, `monte_carlo_error`, `unit`, `sentence`, `sentence@zh`.

    Raises
    ------
    ValueError
        If the bank is not simulated, so that nobody knows the truth, or has no such quantity.
    """
    path = folder(data) / "truth.json"
    if not has_truth(data):
        raise wrong("data.no_truth", data=data)
    path = paths.inside(path.parent, path.name)
    try:
        rows = pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))["quantities"])
        rows = rows.dropna(subset="quantity")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise wrong("data.truth_damaged", path=path, kind=type(error).__name__) from error
    if quantity is None:
        return rows
    chosen = rows[rows["quantity"] == quantity].dropna(axis="columns", how="all")
    if chosen.empty:
        there = ", ".join(rows["quantity"].unique())
        raise wrong("data.quantity", quantity=quantity, there=there)
    return chosen.reset_index(drop=True)


def has_truth(data):
    """Tell whether this bank is simulated, so that its truth is declared.

    Parameters
    ----------
    data : str or Path
        As for `folder`.

    Returns
    -------
    bool
        True where there is a ``truth.json``.
    """
    return paths.is_regular(folder(data) / "truth.json")

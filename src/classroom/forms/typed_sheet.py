"""A form as it comes back: the sheet and the row of headings are looked for, whatever was put around them."""

import re
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from helpers.bank import data
from helpers.bank.language import wrong

TITLES = 15  # rows that may stand above the headings
# What people write into a cell that has nothing to say.
_NOTHING = re.compile(r"[-–—/\\.·]*|n/?a|无|没答|没问|未答|不适用", re.IGNORECASE)


def read(path, heading, *, least=3, needed=()):
    """Read the rows below the headings, from the first sheet that has them.

    Parameters
    ----------
    path : str or Path
        The filled workbook. A path that is not found from here is looked for in the collection's own folder.
    heading : function
        Takes a cell; returns the column that it heads, or None.
    least : int
        How many columns make a row of headings.
    needed : sequence of str
        Columns without which it is none.

    Returns
    -------
    DataFrame or None
        The columns that were found, cells as they are, rows numbered as the workbook does; empty rows are left out. None
        where no sheet has the headings.

    Raises
    ------
    WrongValue
        If the file cannot be read, a column is there twice, or only the form's invented example is filled.
    """
    name, invented = Path(path).name, None
    for sheet, cells in _sheets(path).items():
        for at in range(min(TITLES, len(cells))):
            columns = {place: heading(cell) for place, cell in enumerate(cells.iloc[at])}
            columns = {place: column for place, column in columns.items() if column}
            if len(set(columns.values())) < least or not set(needed) <= set(columns.values()):
                continue
            if re.search(r"\(invented\)|虚构", sheet):
                invented = invented or sheet
                break
            body = cells.iloc[at + 1 :].set_axis(np.arange(at + 2, len(cells) + 1), axis=0)
            return _single(body, columns, name=name).dropna(how="all")
    if invented:
        raise wrong("classroom.typed_sheet.invented", name=name, sheet=invented)
    return None


def plain(word):
    """A heading or a choice without what stands in brackets or behind a colon, without blanks, width and case.

    Examples
    --------
    >>> plain(" 基线（现在）")
    '基线'
    """
    word = re.split(r"[(:]", unicodedata.normalize("NFKC", str(word)))[0]
    return re.sub(r"[\s.]", "", word).casefold()


def number(cell):
    """The number of a cell, were it typed "６" or "6分"; None where there is nothing; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    typed = unicodedata.normalize("NFKC", cell).strip()
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:分|points?)?", typed)
    return float(found[1]) if found else None if _NOTHING.fullmatch(typed) else cell


def _sheets(path):
    """Every sheet, cells as they are; only an empty cell is empty."""
    found = next((place for place in (Path(path), data.home() / path) if place.is_file()), None)
    if found is None:
        raise wrong("classroom.typed_sheet.absent", path=path)
    if Path(path).name.startswith(("~$", ".~lock.")):
        raise wrong("classroom.typed_sheet.lock", path=path)
    try:
        return pd.read_excel(
            found,
            engine="calamine",
            sheet_name=None,
            header=None,
            dtype=object,
            keep_default_na=False,
            na_values=[""],
        )
    except Exception as error:  # whatever the reader of workbooks says, its user needs one sentence
        raise wrong("classroom.typed_sheet.unreadable", path=path) from error


def _single(body, columns, *, name):
    """The columns by name; of two for one thing the empty one is left out."""
    places = {}
    for place, column in columns.items():
        if column in places and body.iloc[:, place].notna().any():
            if body.iloc[:, places[column]].notna().any():
                first, second = map(xl_col_to_name, (places[column], place))
                raise wrong("classroom.typed_sheet.twice", name=name, first=first, second=second)
            places[column] = place
        places.setdefault(column, place)
    return body.iloc[:, list(places.values())].set_axis(list(places), axis=1)

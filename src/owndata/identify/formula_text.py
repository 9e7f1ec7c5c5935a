"""Text that a spreadsheet would take for a formula, made plain text."""

import re

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+([eE][-+]?\d+)?%?")


def text(value):
    """Return a cell that no spreadsheet runs as a formula.

    A leading ``=``, ``+``, ``-``, ``@``, tab or line break (also full-width) gets an apostrophe in
    front; numbers such as -2 stay as they are.

    Parameters
    ----------
    value : object
        What is to be in a cell; anything but text is returned unchanged.

    Returns
    -------
    object
        The same, harmless.

    Examples
    --------
    >>> text("=1+1"), text("-2"), text(5)
    ("'=1+1", '-2', 5)
    """
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip()):
        return value
    return f"'{value}" if value.lstrip(" ")[:1] in tuple("=+-@\t\r\n＝＋－＠") else value


def restored(value):
    """Undo `text`, so that a heading is found again in its file.

    Parameters
    ----------
    value : str
        A cell that `text` may have changed.

    Returns
    -------
    str
        The cell as it was.

    Examples
    --------
    >>> restored("'=A1"), restored("don't")
    ('=A1', "don't")
    """
    return value[1:] if value[:1] == "'" and text(value[1:]) == value else value


def table(frame):
    """Make every cell and heading of a table harmless.

    Parameters
    ----------
    frame : DataFrame
        Any table.

    Returns
    -------
    DataFrame
        A new table.
    """
    return frame.apply(_column).rename(columns=text)


def _column(cells):
    """Of a column of text each different cell is looked at once: surveys repeat themselves a million times."""
    return cells.map({value: text(value) for value in cells.unique()} if cells.dtype == "str" else text)

"""Dates by the column: one cell leaves open whether day or month comes first, all together mostly do not."""

import datetime as dt
import re
import unicodedata

from owndata.read import written_values

ORDERS = {"ymd": (0, 1, 2), "mdy": (2, 0, 1), "dmy": (2, 1, 0)}
_THREE = re.compile(r"\s*(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})(?!\d)(.*)", re.S)
SERIAL = re.compile(r"\d{4,5}(\.\d+)?")
LONG = 3650  # days


def orders(values):
    """Find the orders of day and month that a column of dates allows.

    Parameters
    ----------
    values : iterable of str
        Its cells; of a Series of categories each is looked at once.

    Returns
    -------
    list of str
        ``"mdy"``, ``"dmy"`` or ``"ymd"``, the likeliest first; empty where no cell needs an order.

    Examples
    --------
    >>> orders(["9/1/2025 1:00:05", "9/13/2025 1:00:05"]), orders(["9/1/2025", "8/2/2025"])
    (['mdy'], ['mdy', 'dmy'])
    >>> orders(["2025-03-31"])
    []
    """
    if getattr(values, "dtype", None) == "category":
        values = values.unique()
    parts = {found for text in values if (found := _parts(text))}
    if not parts or all(len(a) == 4 for a, _, _ in parts):
        return []
    found = {name: [_day(one, order) for one in parts] for name, order in ORDERS.items()}
    good = {name: days for name, days in found.items() if None not in days}
    # Answers are given within some months: an order that spreads them over decades is none.
    spans = {name: (max(days) - min(days)).days for name, days in good.items()}
    return sorted(
        (name for name in good if spans[name] <= max(10 * min(spans.values()), LONG)), key=spans.get
    )


def read(text, *, order=None, from_1904=False):
    """Read a day in the order of its column.

    Parameters
    ----------
    text : str
        A cell.
    order : str, optional
        As `orders` gives it.
    from_1904 : bool
        Whether plain numbers count days from 1904.

    Returns
    -------
    date or None
        None where it is not a date, or the order is not known.

    Examples
    --------
    >>> read("9/1/2025 1:00:05 PM GMT+8", order="mdy"), read("44439", from_1904=True)
    (datetime.date(2025, 9, 1), datetime.date(2025, 9, 1))
    """
    if from_1904 and SERIAL.fullmatch(text.strip()):
        return dt.date(1904, 1, 1) + dt.timedelta(days=int(float(text)))
    parts = _parts(text)
    if parts and order in ORDERS and len(parts[0]) < 4:
        return _day(parts, ORDERS[order])
    return written_values.date(text)[1]


def needs_order(text):
    """Say whether the column must tell which of three numbers is the day.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    bool
        False also where it is not a date.

    Examples
    --------
    >>> needs_order("13/3/2025"), needs_order("2025/3/13")
    (True, False)
    """
    parts = _parts(text)
    return parts is not None and len(parts[0]) < 4


def turned(values):
    """Find signs that a program has taken days for months: it reads "3/4/2025" as the 4th of March, leaves "13/4/2025".

    Parameters
    ----------
    values : iterable of str
        A column's cells.

    Returns
    -------
    tuple of (str, str) or None
        A cell that is a date to the program, and one that it left: none of the former is later than the 12th of a
        month, some of the latter are.

    Examples
    --------
    >>> turned(["2025-04-03", "13/4/2025"]), turned(["2025-04-13", "14/4/2025"])
    (('2025-04-03', '13/4/2025'), None)
    """
    parts = {text: found for text in dict.fromkeys(values) if (found := _parts(text))}
    read = [text for text, found in parts.items() if len(found[0]) == 4]
    left = [
        text
        for text, found in parts.items()
        if len(found[0]) < 3 and int(found[0]) > 12 and len(found[2]) == 4
    ]
    if not left or any(int(parts[text][2]) > 12 for text in read):
        return None
    return (read[0], left[0]) if read else None


def _parts(text):
    found = _THREE.fullmatch(unicodedata.normalize("NFKC", written_values.seen(text)))
    return found.groups()[:3] if found and (":" in found[4] or not re.search(r"\d", found[4])) else None


def _day(parts, order):
    """The day in this order; years of two digits are of this century."""
    year, month, day = (parts[place] for place in order)
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    try:
        return dt.date(int(year) + 2000 * (len(year) == 2), int(month), int(day))
    except ValueError:
        return None

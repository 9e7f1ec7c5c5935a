"""Columns of days and moments in all the ways that logs write them: the column decides what a cell leaves open."""

import datetime as dt
import re
import sys
import unicodedata

from helpers.bank.language import wrong
from owndata.read import date_columns, written_values

# A zone stands behind a clock; "-2018" behind a day is its year.
_ZONE = re.compile(
    r"(:\d\d(?:\.\d+)?|\d(?= ?(?:Z|[+-]\d\d:\d\d)$)) ?(Z|(?:UTC|GMT) ?(?:[+-]\d\d?)?|[+-]\d\d(?::?\d\d)?)$",
    re.I,
)
_RUN = re.compile(r"((?:19|20)\d{6}) ?(\d\d)(\d\d)(\d\d)?")  # 20250303090200
_CLOCK = re.compile(
    r"(?P<day>.+?)(?:[T ]|(?<=[日号])|(?=[上下]午)) ?(?P<half>[上下]午|[AP]M)? ?(?P<h>\d\d?)[:时点](?P<m>\d\d?)"
    r"(?:[:分](?P<s>\d\d?)(?:\.\d+)?)?[秒分]? ?(?P<behind>[上下]午|[AP]M)?",
    re.I,
)
_AFTERNOON = ("下午", "pm")


def written(texts, *, day=False, utc=True):
    """Write a column of dates or times like 2025-03-31 10:00:00: the column decides in which order they stand.

    Parameters
    ----------
    texts : Series
        Text; the clock of the place, whose zone is taken off.
    day : bool
        Whether the time of day is dropped.
    utc : bool
        Whether the clock of UTC is taken for that of the place; else such a cell stays, as the day may be another.

    Returns
    -------
    Series
        Text; words for nothing are emptied. A cell that is no moment stays, for the check to name; so does every cell of
        a column that two orders read as different days.

    Raises
    ------
    WrongValue
        If the zones differ by more than summer time, or a program has taken days for months in some cells.

    Examples
    --------
    >>> import pandas as pd
    >>> written(pd.Series(["3/4/2025", "3/14/2025"])).tolist(), written(pd.Series(["3/4/2025"])).tolist()
    (['2025-03-04', '2025-03-14'], ['3/4/2025'])
    >>> written(pd.Series(["2025/3/3 下午1:05", "处理中", "-"])).tolist()
    ['2025-03-03 13:05:00', '处理中', '']
    """
    parts = {text: _parted(text) for text in texts.unique()}
    _refuse_zones({zone for *_, zone in parts.values()} - {None})
    days, halves = _days({bare for bare, *_ in parts.values()}), any(half for *_, half, _ in parts.values())

    def moment(text):
        bare, clock, half, zone = parts[text]
        # "9:05" beside "1:10 PM" is doubtful, "2025-03-03" is not.
        sound = clock is not None and (half or not halves or not clock) and (utc or zone != 0)
        return dt.datetime.combine(days[bare], dt.time.min) + clock if sound and days.get(bare) else None

    timed = not day and any(parts[text][1] and moment(text) for text in parts)

    def said(text):
        read = moment(text)
        if read is None:
            return "" if parts[text][0] in written_values.MISSING else text
        return str(read) if timed else read.date().isoformat()

    return texts.map(said)


def is_utc(text):
    """Say whether a moment is told on the clock of UTC: then the day at the place may be another.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    bool
        False where no zone is named.

    Examples
    --------
    >>> is_utc("2025-03-02T16:00:00Z"), is_utc("2025-03-03 00:00:00+08:00")
    (True, False)
    """
    found = _ZONE.search(text.strip())
    return found is not None and _hours(found[2]) == 0


def _parted(text):
    """The day as text, the clock behind it (None where it is none), whether it is said before or after noon, the zone."""
    bare, zone = written_values.seen(" ".join(unicodedata.normalize("NFKC", text).split())), None
    if found := _ZONE.search(bare):
        bare, zone = bare[: found.end(1)], _hours(found[2])
    bare = _RUN.sub(lambda run: f"{run[1]} {run[2]}:{run[3]}:{run[4] or '00'}", bare)
    found = _CLOCK.fullmatch(bare)
    if not found:
        return (
            sys.intern(bare.casefold()),
            None if re.search("[:时点]", bare) else dt.timedelta(),
            False,
            zone,
        )
    half = (found["half"] or found["behind"] or "").casefold()
    hour, minute, second = (int(found[part] or 0) for part in "hms")
    date = sys.intern(found["day"].casefold())
    if hour > (12 if half else 23) or max(minute, second) > 59:
        return date, None, bool(half), zone
    hour = hour % 12 + 12 * (half in _AFTERNOON) if half else hour
    return date, dt.timedelta(hours=hour, minutes=minute, seconds=second), bool(half), zone


def _days(texts):
    """The day of each text in the one order that all of them allow."""
    plain = {text for text in texts if not date_columns.SERIAL.fullmatch(text)}
    unsure = {text for text in plain if date_columns.needs_order(text)}
    unsure = {
        text for text in unsure if any(date_columns.read(text, order=one) for one in date_columns.ORDERS)
    }
    if not unsure:
        return {text: date_columns.read(text) for text in plain}
    if odd := date_columns.turned(sorted(plain)):
        raise wrong("owndata.moments.turned", first=odd[0], second=odd[1])
    if any(date_columns.read(text) for text in plain if not date_columns.needs_order(text)):
        return {}
    orders = [
        one for one in date_columns.orders(unsure) if one != "mdy" or not all("." in text for text in unsure)
    ]
    readings = [{text: date_columns.read(text, order=one) for text in unsure} for one in orders]
    return readings[0] if readings and all(one == readings[0] for one in readings) else {}


def _hours(zone):
    """How far a zone is from UTC."""
    sign, hours, minutes = re.fullmatch(r"(?:Z|UTC|GMT)? ?([+-]?)(\d{0,2}):?(\d{0,2})", zone, re.I).groups()
    return (-1 if sign == "-" else 1) * (int(hours or 0) + int(minutes or 0) / 60)


def _refuse_zones(zones):
    """Summer time is an hour; more makes the day doubtful."""
    if zones and max(zones) - min(zones) > 1:
        there = ", ".join(f"UTC{hours:+g}" for hours in sorted(zones)[:4])
        raise wrong("owndata.moments.zones", there=there)

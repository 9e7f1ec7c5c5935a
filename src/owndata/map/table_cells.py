"""What ledgers write into cells of tables: clocks beside a column of days, words for "not yet", marks with their unit."""

import re
import unicodedata
from collections import Counter

from owndata.identify.identifiers import plain
from owndata.map import questions
from owndata.read import written_values
from owndata.say.notes import Note

_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}([:：]\d{2})?")
_DAY = re.compile(r"((业务|营业|取号|办理|交易|叫号|受理)?日期|date|day|business date)")
_NOT_YET = re.compile(
    r"未(办结|结案?|完结|完成|解决|关闭|处理|到)|(处理|办理|调查|进行|流转)中|在办|待(处理|办|办结)|弃号|过号|无人应答|"
    r"pending|open|in progress|ongoing|not (yet )?(closed|resolved)|unresolved|no[- ]show|abandoned"
)
_MARK = re.compile(r"(\d+(?:\.\d+)?)\s*(?:分|points?)")


def cleaned(cells, fields, matched):
    """Write cells as the table needs them, where it is certain what they mean.

    Parameters
    ----------
    cells : DataFrame
        Text, as the file has it.
    fields : list of dict
        The fields of the table, as the catalogue has them.
    matched : dict
        Column → heading.

    Returns
    -------
    tuple of (DataFrame, list of Note)
        The cells, and what was done.
    """
    kinds = {matched[one["name"]]: one for one in fields if one["name"] in matched}
    cells, notes = cells.astype("str"), []
    timed = [heading for heading, one in kinds.items() if one["type"] == "datetime"]
    if timed and (day := _day(cells, timed, kinds)):
        for heading in timed:
            there = cells[heading].map(_is_clock)
            cells[heading] = cells[heading].where(
                ~there, cells[day].str.strip() + " " + cells[heading].str.strip()
            )
        cells = cells.drop(columns=day)
        notes.append(Note("day_joined", column=day, found=", ".join(timed)))
    for heading, one in kinds.items():
        if one["type"] in ("date", "datetime") and not one.get("required"):
            open_ones = cells[heading].map(_is_open)
            if open_ones.any():
                often = Counter(cells.loc[open_ones, heading].str.strip()).most_common()
                shown = questions.listed(f"{text} ×{n}" for text, n in often)
                notes.append(Note("not_yet", column=heading, found=shown))
                cells[heading] = cells[heading].mask(open_ones, "")
        elif one["type"] in ("number", "integer"):
            cells[heading] = cells[heading].map(_mark)
    return cells, notes


def _day(cells, timed, kinds):
    """The one other column of days, where the times are clocks without their day."""
    said = [text for heading in timed for text in cells[heading] if text.strip()]
    clocks = sum(map(_is_clock, said))
    days = [name for name in cells if name not in kinds and _DAY.fullmatch(plain(name))]
    return days[0] if len(days) == 1 and clocks and clocks >= 0.5 * len(said) else None


def _is_clock(text):
    return bool(_CLOCK.fullmatch(text.strip()))


def _is_open(text):
    return bool(_NOT_YET.fullmatch(unicodedata.normalize("NFKC", written_values.seen(text)).casefold()))


def _mark(text):
    found = _MARK.fullmatch(unicodedata.normalize("NFKC", text.strip()).casefold())
    return found[1] if found else text

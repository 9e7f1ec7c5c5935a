"""How long something took, in all the ways that people and platforms write it, as seconds."""

import re
import unicodedata

_N = r"(\d+(?:\.\d+)?) ?"
_CLOCK = re.compile(r"(?:(\d{1,5}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)")
_SPENT = re.compile(
    rf"(?:{_N}(?:个?小时|时|h|hrs?|hours?))? ?(?:{_N}(?:分钟?|m|mins?|minutes?|['′](?!['′])))? ?"
    rf"(?:{_N}(?:秒钟?|s|secs?|seconds?|\"|''|′′))?"
)
_HOURS, _MINUTES = (
    re.compile(r"小时|(?<![a-z])hours?\b"),
    re.compile(r"分钟?(?:[)）\]】]|$)|(?<![a-z])min(ute)?s?\b"),
)


def seconds(text):
    """Read a duration that is written with its units or like a clock.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    float or None
        None where neither a unit nor a clock tells what the number counts.

    Examples
    --------
    >>> seconds("2分5秒"), seconds("1小时"), seconds("00:02:05"), seconds("125")
    (125.0, 3600.0, 125.0, None)
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _CLOCK.fullmatch(folded) or _SPENT.fullmatch(folded)
    if not folded or not found:
        return None
    return sum(float(part or 0) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))


def unit(heading):
    """Say how many seconds a bare number under a heading counts.

    Parameters
    ----------
    heading : str
        Of the column.

    Returns
    -------
    int
        1 where the heading names no unit.

    Examples
    --------
    >>> unit("Duration (minutes)"), unit("用时（分钟）"), unit("所用时间")
    (60, 60, 1)
    """
    folded = str(heading).casefold()
    return 3600 if _HOURS.search(folded) else 60 if _MINUTES.search(folded) else 1

"""Slips that lead from a right answer to the one that came: too few decimals, a per cent for a share."""

import math
import re
from fractions import Fraction
from functools import partial

from classroom.exercises import answer_forms, answers, digests

HUNDRED = Fraction(100)


def too_round(entry, answer):
    """Tell how many decimals numbers need that were written with fewer.

    Parameters
    ----------
    entry : dict
        A task of the answers file.
    answer : object
        The student's answer.

    Returns
    -------
    int or None
        None where rounding does not explain the answer.
    """
    widths = entry["tolerance"] if isinstance(entry["tolerance"], dict) else {"": entry["tolerance"]}
    needed = max((_needed(width) for width in widths.values() if width), default=0)
    least = 2 if isinstance(answer, str) and re.search("[%％]", answer) else 0  # 30% is 0.30, and no 0.3
    # A function rounds all that it gives back alike: its 0.0 stands for no more than its 0.3.
    own = [
        _decimals(content, least, needed)
        for _, content, width in answer_forms.read(entry, answer)
        if width and content
    ]
    least = max([one for one in own if one is not None], default=least)
    ways = partial(_rounded, least=least, needed=needed)
    return needed if needed > 0 and _explained(entry, answer, ways) else None


def hundredfold(entry, answer):
    """Tell whether numbers are right but for percent and share.

    Parameters
    ----------
    entry, answer
        As for `too_round`.

    Returns
    -------
    bool
        Near zero that cannot be told.
    """
    return any(_explained(entry, answer, partial(_times, by=by)) for by in (1 / HUNDRED, HUNDRED))


def unit_of_per_cent(entry, answer):
    """Find out in which unit a task asks for what was given with a per cent sign.

    Parameters
    ----------
    entry, answer
        As for `too_round`; the entry allows no per cent sign.

    Returns
    -------
    str
        ``"share"`` or ``"points"``, where the answer is right, rounded or a known wrong one in that unit;
        ``"either"`` where it is none in both.
    """
    as_share = {**entry, "share": True}
    met, _ = answers.compare(as_share, answer)
    if met == "right" or too_round(as_share, answer):
        return "share"
    if _explained(as_share, answer, _in_points):
        return "points"
    return "share" if met == "wrong" else "either"


def _needed(width):
    """From so many decimals on rounding cannot carry a number over the edge of its tolerance."""
    return math.ceil(-math.log10(width))


def _rounded(number, width, *, needed, least=0):
    """What a number may have been before it was rounded to fewer decimals than are needed."""
    own = _decimals(number, least, needed)
    if own is None or (own == 0 and abs(number) <= 1):  # 0 and 1 say too little: anything may have become one
        return []
    half, step = Fraction(1, 2 * 10**own), digests.step(width)
    within = int(half / step)
    return [number - half, number + half, *(number + k * step for k in range(-within, within + 1))]


def _decimals(number, least, needed):
    """How many decimals a number has; None where they are enough."""
    return next((places for places in range(least, needed) if not 10**places % number.denominator), None)


def _times(number, width, by):
    """A number a hundred times as large or small, where that can be told from nothing; it may be rounded, too."""
    if abs(number * by) <= 3 * digests.step(width):
        return []
    return [number * by, *_rounded(number * by, width, needed=_needed(width), least=2 if by < 1 else 0)]


def _in_points(number, width):
    """What a share may have been in percentage points, before it was rounded too."""
    points = number * 100
    return [points, *_rounded(points, width, needed=max(1, _needed(width)))]


def _explained(entry, answer, ways):
    """Tell whether one slip leads from the right answer to this one: each place is right, or was before the slip."""
    places = answer_forms.read(entry, answer)
    for kept in (entry["right"], *entry.get("also", [])):
        pairs = zip(places, kept, strict=True) if len(places) == len(kept) else ()
        off = [(place, right) for place, right in pairs if not _met(entry, place, right)]
        if off and all(_slipped(entry, place, right, ways) for place, right in off):
            return True
    return False


def _slipped(entry, place, right, ways):
    """Whether what is in one place would agree but for the slip."""
    name, content, width = place
    before = ways(content, width) if width and content is not None else []
    return any(_met(entry, (name, one, width), right) for one in before)


def _met(entry, place, right):
    """Whether what is in one place agrees with what is stored of it."""
    return digests.match(digests.digest([place], salt=entry["salt"], ways=digests.around), [right])

"""Answers as numbers: the ends of their scale, and the codes among them that mean no answer."""

from typing import NamedTuple

CODES = {77, 88, 97, 98, 99, *(777, 888, 997, 998, 999), *(7777, 8888, 9997, 9998, 9999)}
USUAL = (5, 7, 10)
ENOUGH = 300  # answers after which a top step that nobody chose is none
FEW = 0.12  # share of 6 and 7 below which they may be codes beside 1 to 5
EVEN = ((20, 20), (0, 25))  # 20, 40 … 100 and 0, 25 … 100: five steps in parts of a hundred
SLIPS = 2  # a number off the scale that comes no more often is a slip, for the check to name
A_SLIP = 20  # among so many answers one may be a slip
HIGH = 3  # a number from here on that nearly everybody gave is a step, no tick


class Scale(NamedTuple):
    """The ends of a scale, and which numbers mean no answer.

    Parameters
    ----------
    low, high : int
        The ends.
    codes : tuple of int
        Numbers that are not answers.
    """

    low: int
    high: int
    codes: tuple = ()


def shape(counts):
    """Tell what kind of numbers a column holds.

    Parameters
    ----------
    counts : Counter
        Number → how often.

    Returns
    -------
    str or None
        ``"tick"`` (0/1, 1/2), ``"small"`` (to about five), ``"seven"``, ``"ten"``, ``"marks"`` (to 100),
        ``"one"`` (everybody gave the same step), or None where they are not ratings.

    Examples
    --------
    >>> from collections import Counter
    >>> shape(Counter([0, 1, 1])), shape(Counter([1, 2, 5, 99])), shape(Counter([0, 6, 7, 8, 9, 10, 3]))
    ('tick', 'small', 'ten')
    """
    if even_steps(counts):
        return "marks"
    whole = sum(count for n, count in counts.items() if n == int(n))
    if whole < 0.6 * sum(counts.values()):  # means and amounts
        return None
    inside = {n: count for n, count in counts.items() if 0 <= n <= 10}
    slips = min(SLIPS, int(sum(counts.values())) // A_SLIP)
    usual = {n for n, count in inside.items() if count > slips} or set(inside)
    if len(usual) == 1 and min(usual) >= HIGH:  # nearly all are content: what the others said are steps, too
        usual = set(inside)
    above = {n: count for n, count in counts.items() if n > 10 and n not in CODES}
    if above:
        wide = max(counts) <= 100 and len(counts) >= 6 and sum(above.values()) > sum(counts.values()) / 2
        few = len(above) <= 2 and max(above.values()) <= SLIPS and len(usual) > 2
        return "marks" if wide else _narrow(usual) if few else None
    return _narrow(usual) if usual else None


def even_steps(counts):
    """Number the steps of a scale that is written in parts of a hundred.

    Parameters
    ----------
    counts : Counter
        Number → how often.

    Returns
    -------
    dict or None
        Number → 1 to 5, where nothing else was answered and at most one step is missing.

    Examples
    --------
    >>> from collections import Counter
    >>> even_steps(Counter([20, 40, 60, 80, 100])), even_steps(Counter([20, 40, 70, 80, 100]))
    ({20: 1, 40: 2, 60: 3, 80: 4, 100: 5}, None)
    """
    said = {n for n in counts if n >= 0 and n not in CODES}
    for first, by in EVEN:
        steps = {first + k * by: k + 1 for k in range(5)}
        if len(said) >= 4 and said <= set(steps):
            return steps
    return None


def _narrow(usual):
    whole = {n for n in usual if n == int(n)}
    if len(usual) == 1 and min(usual) >= HIGH:
        return "one"
    if len(usual) < 2 or usual <= {0, 1} or usual <= {1, 2}:
        return "tick" if usual else None
    if len(whole) >= 3 and (10 in whole or ({8, 9} <= whole and {6, 7} & whole)):
        return "ten"
    return "seven" if {6, 7} <= whole else "small"


def readings(counts, *, spread):
    """Find the scales that can explain the numbers of a block of columns.

    Parameters
    ----------
    counts : Counter
        Number → how often, of all its columns together; whole numbers alone.
    spread : dict
        Number → share of the columns that hold it.

    Returns
    -------
    list of Scale
        The likeliest first; one alone where nothing is doubtful.

    Examples
    --------
    >>> from collections import Counter
    >>> block = Counter([1, 2, 3, 4, 5] * 9)
    >>> readings(block, spread={})
    [Scale(low=1, high=5, codes=())]
    >>> readings(block + Counter([8, 9] * 3), spread={})
    [Scale(low=1, high=5, codes=(8, 9)), Scale(low=1, high=10, codes=())]
    """
    often = {n: count for n, count in counts.items() if count > SLIPS} or dict(counts)
    codes = tuple(sorted(n for n in often if n in CODES))
    negative = tuple(sorted(n for n in often if n < 0))  # never a rating: told, not asked
    values = {n for n in often if 0 <= n <= 10}
    if _is_symmetric(often):
        return [Scale(min(often), max(often))]
    if any(10 < n <= 100 and n not in CODES for n in often):
        return [Scale(0, 100, negative)]
    if not values:
        return []
    found = [scale for scale in _tops(values, counts, spread) if scale.high > scale.low]
    found = [one for scale in found for one in _zero(scale, values)]
    found = [Scale(low, high, (*negative, *own, *codes)) for low, high, own in found]
    if codes:  # for a person to confirm: they might be slips of the pen
        found.insert(1, found[0]._replace(codes=(*negative, *(n for n in found[0].codes if 0 <= n <= 10))))
    found.sort(key=lambda scale: not (scale.low == 0 and scale.high == max(values) in (4, 6)))  # 0 to 4
    return list(dict.fromkeys(found))[:4]


def _is_symmetric(often):
    """Whether the numbers run from -2 to 2 or from -3 to 3, with plenty on either side."""
    below = sum(count for n, count in often.items() if n < 0)
    ends = -min(often), max(often)
    return 0 in often and ends[0] == ends[1] in (2, 3) and below > 0.05 * sum(often.values())


def _tops(values, counts, spread):
    """Scales for the values from 0 to 10, as far as their upper end goes."""
    top, plenty = max(values), sum(counts.values()) >= ENOUGH
    above = next((n for n in USUAL if n >= top), 10)
    low = {n for n in values if n <= 5}
    gap = max(low, default=0) < top and not set(range(max(low, default=0) + 1, top + 1)) <= values
    if top == 10 and {6, 7} & values:
        return [Scale(1, 10)]
    if top > 5 and low and gap:  # 8 and 9 stand apart from 1 to 5
        cuts = (
            (7, 5)
            if 6 in values and {8, 9} & values
            else (5, 7)
            if {7} < {n for n in values if n > 5}
            else (5,)
        )
        cut = [Scale(1, top, tuple(sorted(n for n in values if n > top))) for top in cuts]
        return [*cut[: 1 if cuts == (7, 5) else 2], Scale(1, above)]
    if top in (8, 9):
        return [Scale(1, 7, tuple(range(8, top + 1))), Scale(1, 10), Scale(1, top)]
    high, total = counts[6] + counts[7], max(sum(counts.values()), 1)
    if top in (6, 7) and (top == 6 or spread.get(7, 1) < 0.5 or high < FEW * total):
        codes = Scale(1, 5, tuple(n for n in (6, 7) if n in values))
        rare = spread.get(top, 1) < 0.9 or high < FEW * total
        exact = [Scale(1, 6), Scale(1, 7)] if top == 6 else [Scale(1, 7)]
        return [codes, *exact] if rare else [*exact, codes]
    if top == 5 and spread.get(5, 1) < 0.5 and plenty:  # 5 beside 1 to 4 may mean 'not applicable', too
        return [Scale(1, 5), Scale(1, 4, (5,))]
    if top in (3, 4):
        return [Scale(1, top)] if plenty else [Scale(1, 5), Scale(1, top)]
    return [Scale(1, above)]


def _zero(scale, values):
    """A zero may be the lowest step, or mean 'not applicable'."""
    if 0 not in values or 0 in scale.codes:
        return [scale]
    step, code = scale._replace(low=0), scale._replace(codes=(0, *scale.codes))
    if scale.high == 10:
        return [step]
    return [code, step]

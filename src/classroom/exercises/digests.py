"""Salted digests of answers, and the rule by which a number counts as near enough.

A number t with tolerance w is stored as the digest of round(t/w); a number x is accepted where ⌊x/w⌋
or ⌈x/w⌉ has it. So |x − t| ≤ w/2 always passes and |x − t| > 3w/2 never does. Where t/w lies midway
between two whole numbers both are stored: with one of them, one end of that first range would fail.
"""

import hashlib
import math
from fractions import Fraction


def salt(lesson, task):
    """Make a salt that differs from task to task and is the same at every build.

    Parameters
    ----------
    lesson, task : str
        Their names.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    return hashlib.sha256(f"{lesson}/{task}".encode()).hexdigest()[:16]


def nearest(content, tolerance):
    """Write the content of one place as it is stored.

    Parameters
    ----------
    content : Fraction, str, bool or None
        What is in that place of the right answer.
    tolerance : float or None
        w; None where words are compared.

    Returns
    -------
    list of str
        The number of steps, hexadecimal; two for a number midway.

    Examples
    --------
    >>> nearest(Fraction("0.123"), 0.01), nearest(Fraction("0.125"), 0.01)
    (['c'], ['c', 'd'])
    """
    if tolerance is None or content is None:
        return [str(content)]
    steps = content / step(tolerance)
    low, high = math.ceil(steps - Fraction(1, 2)), math.floor(steps + Fraction(1, 2))
    return [f"{n:x}" for n in sorted({low, high})]  # decimals of very long numbers are refused


def around(content, tolerance):
    """Write the content of one place of a student's answer in the ways that are accepted.

    Parameters
    ----------
    content, tolerance
        As for `nearest`.

    Returns
    -------
    list of str
        The steps below and above a number.

    Examples
    --------
    >>> around(Fraction("0.126"), 0.01), around(Fraction("0.13"), 0.01)
    (['c', 'd'], ['d'])
    """
    if tolerance is None or content is None:
        return [str(content)]
    steps = content / step(tolerance)
    return [f"{n:x}" for n in sorted({math.floor(steps), math.ceil(steps)})]


def step(tolerance):
    """Read a tolerance as the fraction that its digits say: 0.01 is one hundredth."""
    return Fraction(f"{tolerance:.12g}")


def digest(places, *, salt, ways):
    """Digest an answer place by place.

    Parameters
    ----------
    places : list of tuple
        ``(place, content, tolerance)``.
    salt : str
        The salt of the task.
    ways : callable
        `nearest` for what is stored, `around` for what is handed in.

    Returns
    -------
    list of list of str
        For each place, the digests of its ways.
    """
    return [
        [_one(f"{salt}|{place}|{text}") for text in ways(content, tolerance)]
        for place, content, tolerance in places
    ]


def match(given, kept):
    """Tell whether two digested answers agree in every place."""
    return len(given) == len(kept) and not differing(given, kept)


def differing(given, kept):
    """List the places, by number, in which two digested answers of one length differ."""
    pairs = zip(given, kept, strict=True)
    return [i for i, (mine, yours) in enumerate(pairs) if not set(mine) & set(yours)]


def _one(text):
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

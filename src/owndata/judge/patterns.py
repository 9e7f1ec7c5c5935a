"""Patterns that a codebook asks of its values, matched in a time that grows with the text alone.

Python's own `re` can take for ever on ``(a+)+$``; RE2 cannot, and refuses the few signs that would need it.
"""

from functools import cache

import re2


def refusal(pattern):
    """Say why a pattern cannot be used.

    Parameters
    ----------
    pattern : str or None
        A regular expression.

    Returns
    -------
    tuple of str or None
        The reason in English and in Chinese; None where it can be used.

    Examples
    --------
    >>> refusal("C[0-9]{5}"), refusal("([")[0]
    (None, 'missing ]: [')
    """
    try:
        return None if pattern is None else _compiled(pattern) and None
    except re2.error as error:
        why = error.args[0]
        why = why.decode(errors="replace") if isinstance(why, bytes) else str(why)
        return why, why


def matches(pattern, text):
    """Tell whether the whole text is as the pattern says.

    Parameters
    ----------
    pattern : str
        One that `refusal` lets through.
    text : str
        A value.

    Returns
    -------
    bool
        In a time linear in the length of the text.

    Examples
    --------
    >>> matches("C[0-9]{5}", "C00001"), matches("(a+)+$", "a" * 5000 + "b")
    (True, False)
    """
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern):
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)

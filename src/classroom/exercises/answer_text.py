"""What stands around an answer in words, taken off: width and case, quotes, brackets, a stop, 答案：, 选."""

import re
import unicodedata

_LEAD = re.compile(
    r"^((我的|my |the )?(答案(是|为)?|answer( is\b|(?=\s*[:=])))\s*[:=]?\s*|我?选择?\s*:?\s*|i choose\s+)"
)
_AROUND = re.compile(r"^(?:\(((?:[^()]|\([^()]*\))*)\)|\[([^][]*)\]|【([^】]*)】)$")
_MINUS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_QUOTES = " \"'`“”‘’「」『』《》"
_STOPS = _QUOTES + ".,;:!?。、｡"


def plain(text):
    """Write text in one way: half-width, trimmed, single spaces, lower case, the hyphen as minus."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_MINUS).casefold().split())


def off(text):
    """Take off what people write around an answer.

    Parameters
    ----------
    text : str
        In plain form.

    Returns
    -------
    str
        What stands inside; the text itself where nothing does.

    Examples
    --------
    >>> off('答案:"(c05911)"。'), off("empathy (care)")
    ('c05911', 'empathy (care)')
    """
    inside = text
    for _ in range(4):  # one may be in another
        inside = _LEAD.sub("", inside.lstrip(_QUOTES).rstrip(_STOPS))
        inside = _AROUND.sub(r"\1\2\3", inside)
    return inside or text

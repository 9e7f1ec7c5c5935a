"""Why Python could not read a cell, for people who type Chinese: full-width signs, brackets, quotes, = and ==."""

import re
import unicodedata
from decimal import Decimal

from helpers.bank.language import pick, worded

# Signs that NFKC leaves alone, and the half-width sign that was meant; full-width forms are found by NFKC.
MEANT = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "、": ",", "。": ".", "【": "[", "】": "]", "「": '"', "」": '"',
         "《": "<", "》": ">", "—": "-", "–": "-", "−": "-", "×": "*", "÷": "/", "·": "*",
         "≥": ">=", "≤": "<=", "≠": "!=", "²": "**2", "³": "**3"}  # fmt: skip
WIDE_BLANK = "\u3000"
QUOTES = "“”„‘’「」＂＇"
_STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*'|\#.*)""")


def told(error, *, space=None):
    """Explain why a cell could not be read.

    Parameters
    ----------
    error : SyntaxError
        What Python said, with line and place.
    space : dict, optional
        Not needed here.

    Returns
    -------
    str or None
        One or two sentences in the reader's language.
    """
    said, line = error.msg or "", (error.text or "").rstrip("\n")
    found, code = wide(line), _STRING.sub("", line)
    if per_cent := re.search(r"(\d+\.?\d*|\.\d+)\s*[%％]\s*($|[),\]＃#*+/;])", code):
        return _per_cent(error, per_cent[1])
    if re.search("[…⋯‥]|。。|···", code) and not any(sign in QUOTES for sign in found):
        return worded("classroom.syntax_errors.dots", line=error.lineno)
    if called := re.match(
        r"\s*(check|hint|show|print|progress|reset|len|sum|round|max|min)\s+[\w\"'“‘]", line
    ):
        return _no_brackets(error, called[1])
    if glued := re.search(r"(?<![\w.])(\d+\.?\d*)\s*([㐀-鿿]+)", code):
        return _unit(error, *glued.groups())
    if "decimal literal" in said and (glued := re.search(r"(?<![\w.])\d+\.([^\W\d]\w*)\(", code)):
        return worded("classroom.syntax_errors.brackets_first", line=error.lineno, name=glued[1])
    if found and ("invalid" in said or any(sign in QUOTES for sign in found)):
        return _wide(found, line, error.lineno)
    if isinstance(error, IndentationError):
        return _indented(said, error)
    return next((tell(error) for pattern, tell in _KNOWN if re.search(pattern, said)), None) or worded(
        "classroom.syntax_errors.unreadable", line=error.lineno
    )


def wide(line):
    """Find full-width signs outside of texts and comments.

    Parameters
    ----------
    line : str
        A line of code.

    Returns
    -------
    list of str
        Each sign once, in order.

    Examples
    --------
    >>> wide('print（"你好，世界"，1)  # 注释，不算')
    ['（', '，']
    >>> wide("print(“你好，世界”)")
    ['“', '”']
    """
    straight = "".join(half(sign) if sign in QUOTES else sign for sign in line)
    rest = _STRING.sub(lambda found: " " * len(found[0]), straight)
    signs = [old for old, new in zip(line, rest, strict=True) if new != " " and half(new) != new]
    signs = [sign for sign in line if sign in QUOTES and _outside(line, sign)] + signs
    return sorted(dict.fromkeys(signs), key=line.index)


def half(sign):
    """Return the half-width sign that was meant; any other sign as it is.

    Parameters
    ----------
    sign : str
        One character.

    Returns
    -------
    str
        One character; two or three for ≥ and its like.

    Examples
    --------
    >>> "".join(map(half, "（１，２）、“")), "".join(map(half, "x² ≥ 3"))
    ('(1,2),"', 'x**2 >= 3')
    """
    plain = unicodedata.normalize("NFKC", sign)
    return MEANT.get(sign) or (plain if plain.isascii() and len(plain) == 1 else sign)


def width(text):
    """Count columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _outside(line, sign):
    """Whether a full-width quote stands where Python reads code, or where a text would have to end."""
    rest = _STRING.sub("", line)
    return sign in rest


def _mended(line):
    """The line as it was meant: first the quotes, then what stands outside of texts."""
    straight = "".join(half(sign) if sign in QUOTES else sign for sign in line)
    if re.search("[\"']", _STRING.sub("", straight)):  # one kind opens, the other closes
        straight = "".join('"' if sign in QUOTES else sign for sign in line)
    parts = _STRING.split(straight)
    return "".join(part if i % 2 else "".join(map(half, part)) for i, part in enumerate(parts)).strip()


def _wide(found, line, number):
    left, right = pick(en="[]", zh="「」")
    blank = pick(en="wide blank", zh="全角空格")
    listed = "".join(f"{left}{blank if sign == WIDE_BLANK else sign}{right}" for sign in found)
    plain = "".join(f"{left}{half(sign)}{right}" for sign in found)
    return worded(
        "classroom.syntax_errors.full_width", number=number, listed=listed, plain=plain, mended=_mended(line)
    )


def _indented(said, error):
    if "expected an indented block" in said:
        return worded("classroom.syntax_errors.not_indented", line=error.lineno)
    return worded("classroom.syntax_errors.indented_differently", line=error.lineno)


def _per_cent(error, points):
    share = f"{Decimal(points) / 100:f}"
    return worded("classroom.syntax_errors.per_cent", line=error.lineno, share=share, points=points)


def _unit(error, digits, unit):
    return worded("classroom.syntax_errors.unit", line=error.lineno, digits=digits, unit=unit)


def _no_brackets(error, name):
    return worded("classroom.syntax_errors.no_brackets", line=error.lineno, name=name)


def _never_closed(error):
    sign = re.search(r"'(.)'", error.msg)[1]
    return worded("classroom.syntax_errors.never_closed", sign=sign, line=error.lineno)


def _unmatched(error):
    return worded("classroom.syntax_errors.unmatched", line=error.lineno)


def _open_text(error):
    return worded("classroom.syntax_errors.open_text", line=error.lineno)


def _equals(error):
    return worded("classroom.syntax_errors.equals", line=error.lineno)


def _comma(error):
    return worded("classroom.syntax_errors.comma", line=error.lineno)


def _colon(error):
    return worded("classroom.syntax_errors.colon", line=error.lineno)


def _unfinished(error):
    return worded("classroom.syntax_errors.unfinished")


_KNOWN = (
    (r"was never closed", _never_closed),
    (r"unmatched|does not match", _unmatched),
    (r"unterminated|EOL while scanning", _open_text),
    (r"'=='|\"==\"|cannot assign to", _equals),
    (r"forgot a comma", _comma),
    (r"expected ':'", _colon),
    (r"incomplete input|unexpected EOF", _unfinished),
)

"""Placeholders in prose: ``{gap.reliability:.2f}`` becomes a number, a label or a choice of words."""

import re
from string import Formatter

import pandas as pd

from helpers.bank import codebook, escaping
from helpers.bank.language import wrong

# Code and formulas keep their braces: nothing in them is a placeholder.
VERBATIM = r"""
    ^```[\s\S]*?^```                                                # fenced code
  | (?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)(?P=ticks)(?!`)   # `code`
  | (?<!\\)\$\$[\s\S]+?\$\$                                         # displayed formula
  | (?<![\\$])\$(?![\s$])(?:\\.|[^$\\\n]|\n(?!\s*\n))+?(?<![\s\\])\$(?![\d$])   # formula in the line
"""
_TOKEN = re.compile(VERBATIM + r" | [{}]", re.VERBOSE | re.MULTILINE)
_NAME = re.compile(r"[^\W\d]\w*(\.\w+|\[[^\[\]{}]+\])*")
_WHOLE = re.compile(r"100(\.0*)?%")  # said of a share below one only where it is one
_ZERO = re.compile(r"-(?=[0.,]+%?$)")


def pieces(text):
    """Cut a text into plain words, verbatim spans and placeholders.

    Parameters
    ----------
    text : str
        Markdown with placeholders.

    Yields
    ------
    tuple of str
        ``("words" | "verbatim" | "field", text)``; a field comes without its outer braces.

    Raises
    ------
    WrongValue
        If a brace is opened and not closed, or closed and not opened.

    Examples
    --------
    >>> list(pieces("gap {g:.1f} in `{x}`"))
    [('words', 'gap '), ('field', 'g:.1f'), ('words', ' in '), ('verbatim', '`{x}`'), ('words', '')]
    """
    depth = start = 0
    for token in _TOKEN.finditer(text):
        at, end, mark = token.start(), token.end(), token[0]
        if mark == "}" and depth == 0:
            raise _unbalanced(text, at)
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if mark == "{" and depth == 1:
            yield "words", text[start:at]
            start, opened = end, at
        elif mark == "}" and depth == 0:
            yield "field", text[start:at]
            start = end
        elif depth == 0:
            yield "words", text[start:at]
            yield "verbatim", mark
            start = end
    if depth:
        raise _unbalanced(text, opened)
    yield "words", text[start:]


def fields(text):
    """List the placeholders of a text: what they name and how they are drawn, not the words to choose from.

    Parameters
    ----------
    text : str
        Markdown with placeholders.

    Returns
    -------
    set of tuple
        ``(name, format)``; the format of a choice is ``choose`` and the number of its options.

    Examples
    --------
    >>> sorted(fields("{x:.2f}, {y:choose|worse|better by {x}}"))
    [('x', ''), ('x', '.2f'), ('y', 'choose 2')]
    """
    found = set()
    for kind, piece in pieces(text):
        if kind == "field":
            name, form, options = _split(piece)
            found.add((name, f"choose {len(options)}" if options else form))
            found.update(*map(fields, options))
    return found


def words(text, *, gap="\ufffc"):
    """Return the words a reader reads: no code, no formula, no placeholder, no address of a link.

    Parameters
    ----------
    text : str
        Markdown with placeholders.
    gap : str
        What stands where something was left out.

    Returns
    -------
    str
        The rest; of a choice all options.

    Examples
    --------
    >>> words("A gap of {g:.1f} ([why](05.ipynb)) in `code`.", gap="_")
    'A gap of _ ([why]) in _.'
    """
    kept = []
    for kind, piece in pieces(text):
        options = _split(piece)[2] if kind == "field" else []
        kept += [piece] if kind == "words" else [gap, *(words(option, gap=gap) + gap for option in options)]
    return re.sub(r"(?<=\])\([^)]*\)|<https?:[^>]*>", "", "".join(kept))


def fill(text, names, *, draw=escaping.markdown, exact=()):
    """Put values where the placeholders are.

    Parameters
    ----------
    text : str
        Markdown with placeholders. After the colon stands a format of Python's (numbers are drawn with
        a true minus sign), ``label`` (the codebook's name of an id, as a value of the column that the name ends in) or ``choose|…|…``: two options for
        False and True, three for negative, zero and positive.
    names : mapping
        What the placeholders can name.
    draw : function
        How a name or any other text that comes from data becomes part of it: `escaping.markdown` where
        the text is Markdown, `escaping.line` where it is drawn as it is, in a figure.
    exact : container of str
        Names whose numbers somebody chose: they get as many decimals as were written, 0.975 is 97.5%.

    Returns
    -------
    str
        The text to read.

    Raises
    ------
    WrongValue
        If a name is not there, its value is missing, or the format does not suit it.

    Examples
    --------
    >>> fill("The gap is {g:.2f}, {g:choose|below|at|above} what was expected.", {"g": -0.308})
    'The gap is −0.31, below what was expected.'
    >>> fill("{c:.0%} interval", {"c": 0.95}), fill("{c:.0%} interval", {"c": 0.999})
    ('95% interval', '99.9% interval')
    >>> fill("a call at {yuan:.0f}", {"yuan": 0.5}, exact=["yuan"])
    'a call at 0.5'
    >>> fill("**{place}**", {"place": "VIP <zone> 1"})
    '**VIP &#60;zone&#62; 1**'
    """
    return "".join(
        _value(piece, names, draw, exact) if kind == "field" else piece for kind, piece in pieces(text)
    )


def _split(field):
    """Cut ``y:choose|a|b`` into name, format and options."""
    name, _, form = field.partition(":")
    if not _NAME.fullmatch(name):
        raise wrong("classroom.placeholders.no_name", field=field)
    if form.split("|")[0] != "choose":
        return name, form, []
    options = [""]
    for kind, piece in pieces(form.removeprefix("choose").removeprefix("|")):
        first, *more = piece.split("|") if kind == "words" else [f"{{{piece}}}" if kind == "field" else piece]
        options[-1] += first
        options += more
    if len(options) not in (2, 3):
        raise wrong("classroom.placeholders.options", field=field, options=len(options))
    return name, form, options


def _value(field, names, draw, exact):
    name, form, options = _split(field)
    value = _look_up(name, field, names)
    if options:
        return fill(_chosen(value, options, field), names, draw=draw, exact=exact)
    if form == "label":
        # The last part of the name is the column: {begin.owner:label} is a person, not a place.
        return draw(codebook.current().label(value, of=re.split(r"[.\[\]]+", name.rstrip("]"))[-1]))
    try:
        drawn = format(value, _longer(value, form) if name in exact else form)
    except (ValueError, TypeError) as error:
        raise _unsuited(field, value) from error
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and 0 < value < 1 and _WHOLE.fullmatch(drawn):
        drawn = next(more for more in (f"{value:.{n}%}" for n in range(20)) if not _WHOLE.fullmatch(more))
    return _ZERO.sub("", drawn).replace("-", "−") if number else draw(drawn)


def _longer(value, form):
    """Give a format as many decimals as the number was written with, six at most."""
    head, point, digits, kind = re.fullmatch(r"(.*?)(\.?)(\d*)([f%]?)", form).groups()
    if not (point and digits and kind):
        return form
    shift = 2 if kind == "%" else 0
    needed = (more for more in range(int(digits), 7) if abs(round(value, more + shift) - value) < 1e-12)
    return f"{head}.{next(needed, int(digits))}{kind}"


def _look_up(name, field, names):
    try:
        value, _ = Formatter().get_field(name, (), names)
    except (KeyError, AttributeError, IndexError, TypeError) as error:
        raise wrong("classroom.placeholders.lacking", field=field, name=name) from error
    if callable(value):  # `row.count` is a method; `row[count]` is the value
        raise wrong("classroom.placeholders.function", field=field, name=name)
    # A number of NumPy's, or a result of one row, is taken as the number it is.
    value = value.item() if getattr(value, "size", None) == 1 and hasattr(value, "item") else value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        raise wrong("classroom.placeholders.no_value", field=field, name=name, value=value)
    return value


def _chosen(value, options, field):
    if not pd.api.types.is_scalar(value):
        raise _unsuited(field, type(value).__name__)
    if len(options) == 2 and value in (False, True):
        return options[int(value)]
    if len(options) == 3 and isinstance(value, (int, float)):
        return options[1 + (value > 0) - (value < 0)]
    raise _unsuited(field, value)


def _unsuited(field, value):
    return wrong("classroom.placeholders.unsuited", field=field, value=value)


def _unbalanced(text, at):
    excerpt = text[at : at + 30].split("\n")[0]
    return wrong("classroom.placeholders.unbalanced", excerpt=excerpt)

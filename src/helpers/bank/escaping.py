"""Text from data shown as it is: in Markdown, on a screen, in a page nothing in it is markup.

Names, wordings, titles and comments come from files that others wrote. Anyone who puts one of them into Markdown
calls `markdown`; into a line of a terminal, a Word file or a figure, `line`; into HTML, `html.escape` of it.
"""

import re

_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, what turns the reading direction or is not seen, halves of characters, and what XML forbids.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
# What Markdown, its dialects and HTML give a meaning to anywhere in a line.
# (A low line between letters has none, and file names stay readable.)
_MARKS = re.compile(r"[&<>\\`*{}\[\]|~$^@]|(?<![^\W_])_|_(?![^\W_])|(?<=www)\.|:(?=//)", re.IGNORECASE)
# What has a meaning at its beginning: a heading, a list, a rule, a definition.
_FIRST = re.compile(r"[#+=:-]|(?<!\d)\d{1,9}(?P<list>[.)])(?=\s|$)")
# MathJax looks for these in the finished page, where an entity is a dollar again; in an element of its own it is let be.
# Stress (``**…**``) begins and ends at letters alone; beside a sign this unseen letter lets it.
_JOINER = "\u2060"
_APART = '<span class="tex2jax_ignore mathjax_ignore">{}</span>'


def line(text):
    r"""Give text as one line without anything that steers a terminal or turns the reading direction.

    Parameters
    ----------
    text : object
        What comes from data.

    Returns
    -------
    str
        Breaks and tabs are blanks; control characters, and those that are not seen, are gone.

    Examples
    --------
    >>> line("Main\x1b[2J\nbranch")
    'Main[2J branch'
    """
    return _UNSEEN.sub("", _BREAKS.sub(" ", str(text))).strip()


def markdown(text):
    r"""Give text that Markdown shows as it is, without formulas, in Jupyter too.

    Parameters
    ----------
    text : object
        What comes from data.

    Returns
    -------
    str
        Markdown for the middle or the beginning of a line, a cell of a table, the words of a link.

    Examples
    --------
    >>> markdown("Mr Wang's counter (2), 70%")
    "Mr Wang's counter (2), 70%"
    >>> markdown("a_b <b> c"), markdown("# 1"), markdown("1. Mai")
    ('a_b &#60;b&#62; c', '\u2060&#35; 1', '1&#46; Mai')
    >>> markdown("US$ 5")
    'US<span class="tex2jax_ignore mathjax_ignore">&#36;</span> 5'
    """
    text = line(text)
    first = _FIRST.match(text)
    begin = first.end() if first else 0
    head = text[: begin - 1] + _entity(text[begin - 1]) if first else ""
    made = head + _MARKS.sub(lambda found: _entity(found[0]), text[begin:])
    return _JOINER * (not made[:1].isalnum()) + made + _JOINER * made.endswith((";", ">", "|"))


def _entity(character):
    if character == "|":
        return "\\|"  # as tables write it, and they alone need it
    entity = f"&#{ord(character)};"
    return _APART.format(entity) if character in "$\\" else entity


def unguarded(text):
    """Take off what keeps MathJax away, for a reader that looks for formulas before it knows entities.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    str
        The same, its entities alone.

    Examples
    --------
    >>> unguarded(markdown("US$ 5"))
    'US&#36; 5'
    """
    return re.sub(_APART.format("(&#[0-9]+;)"), r"\1", text)


def some(names, most=8):
    """Quote a few names, and say how many more there are.

    Examples
    --------
    >>> some(["P1", "P2", "P3"], most=2)
    "'P1', 'P2' … (3)"
    """
    quoted = ", ".join(f"'{name}'" for name in names[:most])
    return quoted if len(names) <= most else f"{quoted} … ({len(names)})"

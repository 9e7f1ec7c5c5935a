"""The column that numbers the answers: whether its numbers are people's own, and whether each is there once."""

import re
from itertools import islice

from owndata.identify import traces
from owndata.map import questions
from owndata.map.questions import Question, choice

REPEATED = "repeated"  # the note beside such a column
MOST = 50  # repeated numbers that a question keeps
LOOKED_AT = 1_000  # different numbers that are looked at for people's own
_LIKE_A_PERSON = re.compile(r"\s*\+?\(?\d(?:[ ().-]{0,3}\d){10,17}[Xx]?\s*|.*@.*", re.DOTALL)
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")


def look(said):
    """Tell what a column is whose heading says that it numbers the answers.

    Parameters
    ----------
    said : Counter
        Its numbers.

    Returns
    -------
    tuple of (str, str or None) or None
        Role and note; None where few numbers come again and again, so that they number something else.

    Examples
    --------
    >>> from collections import Counter
    >>> look(Counter(["1", "2", "3"])), look(Counter(["1", "2", "2"])), look(Counter(["1", "2"] * 9))
    (('respondent', None), ('respondent', 'repeated'), None)
    >>> look(Counter(["13800138000", "13800138001"]))
    ('identifier', 'phone')
    """
    likely = islice(filter(_LIKE_A_PERSON.fullmatch, said), LOOKED_AT)
    if kind := next(filter(None, map(traces.in_text, likely)), None):
        return "identifier", kind
    if traces.are_names(list(islice(said, LOOKED_AT))):
        return "identifier", "name"
    n = said.total()
    if len(said) == n:
        return "respondent", None
    many = len(said) > n / 2 or len(said) > max(n / 10, 10)
    return ("respondent", REPEATED) if many or any(map(_ROUNDED.fullmatch, said)) else None


def asked(table, sheet):
    """Ask whether people answered twice, where numbers are there more than once.

    Parameters
    ----------
    table : DataFrame
        The proposed columns.
    sheet : Sheet
        The export.

    Yields
    ------
    Question
    """
    for heading in table.loc[(table["role"] == "respondent") & (table["note"] == REPEATED), "heading"]:
        often = [(text, n) for text, n in sheet.counts(heading).most_common(MOST) if n > 1 and text.strip()]
        ways = (
            choice("keep_numbers", columns={heading: {"role": "respondent"}}),
            choice("new_numbers", columns={heading: {"role": "ignore"}}),
        )
        seen = tuple(text for text, _ in often)
        shown = questions.listed(f"{text} ×{n}" for text, n in often)
        yield Question("repeated", heading, seen, ways, {"shown": (shown, shown)})

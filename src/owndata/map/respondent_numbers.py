"""The column that numbers the answers: whether its numbers are people's own, and whether each is there once."""

import re
from collections import Counter
from itertools import islice

from owndata.identify import traces
from owndata.map import questions
from owndata.map.questions import Question, choice

REPEATED = "repeated"  # the note beside such a column
MOST = 50  # repeated numbers that a question keeps
LOOKED_AT, FIRST = 1_000, 50_000  # different numbers that are looked at for people's own
# One is enough: a mobile number, also with stars in it, an identity card of 18 characters, an e-mail address.
_SURE = re.compile(
    r"\s*(\+?86)?[ -]?1[3-9](?:[ -]?\d){9}\s*|1[3-9]\d ?[*xX]{3,5} ?\d{3,4}|\s*\d{17}[\dXx]\s*|.*@.*", re.S
)
# Bank cards and landlines: a long number may look like one by chance, most of a column do not.
_LIKELY = re.compile(r"\s*\+?\(?\d(?:[ ().-]{0,3}\d){10,18}[Xx]?\s*")
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
    if kind := _person(said):
        return "identifier", kind
    n = said.total()
    if len(said) == n:
        return "respondent", None
    many = len(said) > n / 2 or len(said) > max(n / 10, 10)
    return ("respondent", REPEATED) if many or any(map(_ROUNDED.fullmatch, said)) else None


def _person(said):
    """What of people's own the numbers are, or None."""
    some = list(islice(said, LOOKED_AT))
    sure = islice(filter(_SURE.fullmatch, islice(said, FIRST)), LOOKED_AT)
    kind = next((kind for kind in map(traces.in_text, sure) if kind in ("phone", "id_card", "email")), None)
    if kind:
        return kind
    found = Counter(map(traces.in_text, filter(_LIKELY.fullmatch, some)))
    del found[None]
    kind, n = max(found.items(), key=lambda pair: pair[1], default=(None, 0))
    if n > len(some) / 2:
        return kind
    return "name" if traces.are_names(some) else None


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

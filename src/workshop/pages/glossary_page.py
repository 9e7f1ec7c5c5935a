"""The glossary as a page: each term, its sibling in the other language, what it means, where it is met."""

import json
import re

from helpers.bank.codebook import GLOSSARY
from workshop.pages import templates
from workshop.pages.page_words import words

MEANING = {"en": "definition", "zh": "definition@zh"}


def page(texts, *, language):
    """Draw the glossary in one language.

    Parameters
    ----------
    texts : list
        The lessons' pages in this language, read by `search.text`.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    str
        HTML.
    """
    other = {"en": "zh", "zh": "en"}[language]
    terms = [
        {
            "id": key,
            "name": term[language],
            "other": term[other],
            "meaning": term[MEANING[language]],
            "met": met(term[language], texts),
        }
        for key, term in json.loads(GLOSSARY.read_text(encoding="utf-8")).items()
        if "definition" in term  # the others are labels of axes and columns
    ]
    # This encoding has common Chinese characters in the order of their sounds, and letters by the alphabet.
    terms.sort(key=lambda term: term["name"].casefold().encode("gb18030"))
    spoken = words()[language]
    return templates.page("pages/glossary.html", words=spoken, lang=spoken["lang"], terms=terms, other=other)


def met(term, texts):
    """Find where each lesson first says a term.

    Parameters
    ----------
    term : str
        As the glossary has it.
    texts : list
        From `search.text`.

    Returns
    -------
    dict
        Lesson's number → ``(title, address with its anchor)``.

    Examples
    --------
    >>> pages = [["Gaps", "en/05_servqual.html", [["s0", "Gaps", ""], ["s1", "", "Two gaps are large."]]]]
    >>> met("gap", pages), met("gain", pages)
    ({'05': ('Gaps', '05_servqual.html#s0')}, {})
    """
    # A letter before or after it makes another English word; Chinese has no such borders.
    border = r"\b" if term.isascii() else ""
    said = re.compile(rf"{border}{re.escape(term)}(?:e?s)?{border}", re.IGNORECASE)
    found = {}
    for title, address, sections in texts:
        file = address.rpartition("/")[2]
        for anchor, heading, body in sections:
            if said.search(f"{heading} {body}"):
                found.setdefault(file[:2], (title, f"{file}#{anchor}"))
    return found

"""The texts of the open lesson: what `show` and `say` find by key, filled with the notebook's own numbers."""

import json
from collections import ChainMap

from IPython import get_ipython

from classroom.notebook import placeholders
from helpers.bank import data, escaping

KEYS = ("title", "caption", "alt", "sentence")


def read(name, *, language):
    """Read what was written for a notebook.

    Parameters
    ----------
    name : str
        The notebook, for instance ``"05_servqual"``.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    dict
        Key → title, caption, alt, sentence; ``_needs`` lists what the notebook asks of the data. Empty for a
        notebook that is none of the course's.
    """
    path = data.home() / "notebooks" / "texts" / language / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def find(key):
    """Find the texts of a key, not yet filled.

    Parameters
    ----------
    key : str or None
        As `show` and `say` take it.

    Returns
    -------
    dict
        Empty where nothing was written for it.
    """
    from classroom.notebook import lesson  # it opens us

    opened = lesson.current()
    return opened.texts.get(key, {}) if opened else {}


def filled(key, *, results=None):
    """Fill the texts of a key.

    Parameters
    ----------
    key : str or None
        As `show` takes it.
    results : dict, optional
        More names than the notebook's own.

    Returns
    -------
    dict
        Title, caption, alt, sentence; what was not written is empty.

    Raises
    ------
    WrongValue
        If a placeholder cannot be filled.
    """
    written, known = find(key), _names(results)
    filled = dict.fromkeys(KEYS, "")
    for part in set(KEYS) & set(written):  # a figure's texts are plain words, the sentence is Markdown
        draw = escaping.markdown if part == "sentence" else escaping.line
        filled[part] = placeholders.fill(written[part], known, draw=draw, exact=_chosen(known))
    return filled


def _chosen(known):
    """Name the lesson's parameters that still have the numbers which the reader chose."""
    from classroom.notebook import lesson  # it opens us

    opened = lesson.current()
    given = opened.parameters if opened else {}
    return [
        name
        for name, value in given.items()
        if isinstance(value, (int, float)) and known.get(name) is not None and known[name] is value
    ]


def _names(results=None):
    """Say what placeholders can name.

    Parameters
    ----------
    results : dict, optional
        Looked up first.

    Returns
    -------
    mapping
        Then the notebook's own names.
    """
    shell = get_ipython()
    return ChainMap(results or {}, shell.user_ns if shell else {})

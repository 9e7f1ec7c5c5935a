"""The texts of what a lesson shows: title, caption, text alternative and the sentence that reads it, by key.

``show(plot, "gaps")`` finds them by ``+++ {"lang": "en", "text": "gaps"}``.
"""

import ast

KEYS = ("title", "caption", "alt", "sentence")


def stored(source, *, language):
    """Collect the texts of one edition.

    Parameters
    ----------
    source : Source
        One that `proofreading.problems` finds nothing wrong with.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    dict
        Key → title, caption, alt, sentence: those that the author wrote.
    """
    return {cell.metadata["text"]: _lines(cell.text) for cell in _texts(source, language)}


def _keys(source):
    """A text has known lines and one name, and something is shown or said by it."""
    told = {}
    used = {name for cell in source.cells for verb in ("show", "say") for name in _named(cell, verb)}
    for cell in [cell for cell in source.cells if "text" in cell.metadata]:
        name = cell.metadata["text"]
        told.setdefault((cell.lang, name), []).append(cell)
        if not _lines(cell.text) or not set(_lines(cell.text)) <= set(KEYS):
            yield (
                cell,
                f"a text has the lines {', '.join(f'{key}: …' for key in KEYS)}, or some of them, in this order.",
                f"文字应该依次有 {'、'.join(f'{key}: …' for key in KEYS)}，可以只写其中几行。",
            )
        if name not in used:
            yield (
                cell,
                f"nothing is shown or said by the key '{name}'. Write show(…, \"{name}\"), or delete the text.",
                f"没有用到 '{name}' 这段文字。请写 show(…, \"{name}\")，或删去它。",
            )
        if len(told[cell.lang, name]) > 1:
            yield (
                cell,
                f"'{name}' has its text already. Choose another name.",
                f"'{name}' 已经有文字了。请换一个名称。",
            )


def _sentences(source):
    """What is said has a sentence."""
    there = {
        c.metadata["text"] for c in source.cells if "text" in c.metadata and "sentence" in _lines(c.text)
    }
    for cell in source.cells:
        for name in [name for name in _named(cell, "say") if name not in there]:
            yield (
                cell,
                f'\'{name}\' is said but has no sentence. Write +++ {{"lang": "en", "text": "{name}"}} and sentence: …',
                f'用 say 说了 \'{name}\'，却没有这句话。请写 +++ {{"lang": "en", "text": "{name}"}} 和 sentence: …',
            )


def _lines(text):
    r"""Read ``title: …``, ``caption: …``, ``alt: …`` and ``sentence: …``.

    Parameters
    ----------
    text : str
        A prose cell with the metadata key ``text``. A line without a key continues the one
        before; the sentence may have paragraphs, lists and tables, and is kept as written.

    Returns
    -------
    dict
        Key and text, in the order written.

    Examples
    --------
    >>> _lines("title: Promises are not kept\ncaption: Wave 2,\nweighted\nalt: Five bars")
    {'title': 'Promises are not kept', 'caption': 'Wave 2, weighted', 'alt': 'Five bars'}
    >>> _lines("sentence: Two things:\n\n- one\n- two")
    {'sentence': 'Two things:\n\n- one\n- two'}
    """
    found, key = {}, None
    for line in text.strip().splitlines():
        first, colon, rest = line.partition(":")
        if colon and first.strip() in KEYS and key != "sentence":
            key, line = first.strip(), rest
        found.setdefault(key, []).append(line)
    return {
        key: "\n".join(said).strip() if key == "sentence" else " ".join(line.strip() for line in said).strip()
        for key, said in found.items()
    }


def _texts(source, language):
    return [cell for cell in source.cells if "text" in cell.metadata and cell.lang == language]


def _named(cell, verb):
    """The keys by which a cell shows or says something."""
    place = {"show": 1, "say": 0}[verb]
    given = [call.args[place] for call in cell.calls(verb) if len(call.args) > place]
    return [name.value for name in given if isinstance(name, ast.Constant)]


RULES = (_keys, _sentences)

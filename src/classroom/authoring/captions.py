"""The texts of figures in a source: title, caption and text alternative, each before its figure."""

import ast

LINES = ("title", "caption", "alt")


def figures(source):
    """A figure's text has three lines, stands before its figure, and every figure shown has one."""
    told = {}
    for cell in source.cells:
        if name := cell.metadata.get("figure"):
            told.setdefault((cell.lang, name), []).append(cell)
            if tuple(lines(cell.text)) != LINES:
                yield (
                    cell,
                    "a figure's text has the lines title: …, caption: … and alt: …, in this order.",
                    "图的文字应该依次有 title: …、caption: …、alt: … 三行。",
                )
    for (_, name), cells in told.items():
        for cell in cells[1:]:
            yield (
                cell,
                f"the figure '{name}' has its text already. Choose another name.",
                f"图 '{name}' 已经有文字了。请换一个名称。",
            )
    text = {name: cells[0] for (_, name), cells in reversed(told.items())}
    shown = {name: cell for cell in source.cells for name in _shown(cell)}
    for name in sorted({*text, *shown}):
        if not (name in text and name in shown and text[name].number < shown[name].number):
            yield (
                shown.get(name) or text[name],
                f"the figure '{name}' needs first its text (title, caption, alt), then show(…, '{name}').",
                f"图 '{name}' 要先有文字（title、caption、alt），再用 show(…, '{name}') 显示。",
            )


def lines(text):
    r"""Read ``title: …``, ``caption: …`` and ``alt: …``; a line without a key continues the one before.

    Parameters
    ----------
    text : str
        A prose cell with the metadata key ``figure``.

    Returns
    -------
    dict
        Key and text, in the order written.

    Examples
    --------
    >>> lines("title: Promises are not kept\ncaption: Wave 2,\nweighted\nalt: Five bars")
    {'title': 'Promises are not kept', 'caption': 'Wave 2, weighted', 'alt': 'Five bars'}
    """
    found, key = {}, None
    for line in text.strip().splitlines():
        first, colon, rest = line.partition(":")
        if colon and first.strip() in LINES:
            key, line = first.strip(), rest
        found[key] = f"{found.get(key, '')} {line.strip()}".strip()
    return found


def _shown(cell):
    """The names of the figures that a cell shows."""
    second = [call.args[1] for call in cell.calls("show") if len(call.args) > 1]
    return [name.value for name in second if isinstance(name, ast.Constant)]


RULES = (figures,)

"""The map of the data on one page: a box for each table, a coloured square for each key, in the reader's language."""

import re
import textwrap

import matplotlib.pyplot as plt

from helpers.bank import checks, codebook, language
from helpers.figures.style import BAD, GOOD, PLAIN

WIDE = 10.7  # inches; at this width a point is a pixel on a page
TALL, SHORT = 1.18, 0.84  # of a row of boxes: with what one row is, and without
PAGE, SCREEN = 6, 6.25  # inches: where taller rows make a map too high for a screen, and what a screen holds
ACROSS = 5  # boxes in a row
COLOURS = (GOOD, BAD, "#007A5A", "#8C4A8C")  # tables that are pointed at, in order; the rest is grey


def data_map(tables, *, links, ax=None):
    """Draw which tables there are, what one row is, and which keys connect them.

    Parameters
    ----------
    tables : DataFrame
        `catalogue.tables`: `table`, `title`, `one_row`, `rows`, `group`.
    links : DataFrame
        `catalogue.links`: `table`, `points_at`.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One band a group, one box a table; a square of the same colour says at which table it points. What one row
        is stands in the boxes where a screen, or the axes that are given, has room for it.
    """
    checks.columns(tables, ["table", "title", "one_row", "rows", "group"], name="tables")
    checks.columns(links, ["table", "points_at"], name="links")
    base = tables.loc[tables["group"] == "base_tables", "table"]
    colours = dict(zip(base, COLOURS, strict=False))
    titles = dict(zip(tables["table"], tables["title"], strict=True))
    bands = [(group, part) for group, part in tables.groupby("group", sort=False)]
    lines = sum(-(-len(part) // ACROSS) for _, part in bands)
    if ax is None:
        tall = TALL if 0.3 + TALL * lines <= PAGE else min(SHORT, (SCREEN - 0.3) / lines)
        ax = plt.subplots(figsize=(WIDE, 0.3 + tall * lines))[1]
    roomy = ax.get_window_extent().height / ax.figure.dpi / lines > SHORT
    top = 0.0
    for place, (group, part) in enumerate(bands):
        height = -(-len(part) // ACROSS)
        _band(ax, group, top, height, shaded=place % 2 == 0)
        for i, one in enumerate(part.itertuples()):
            at = links.loc[links["table"] == one.table, "points_at"]
            _box(
                ax, one, x=i % ACROSS, y=top - i // ACROSS, at=at, colours=colours, titles=titles, roomy=roomy
            )
        top -= height
    ax.set(xlim=(-0.72, ACROSS), ylim=(top, 0))
    ax.set_axis_off()
    return ax


def _band(ax, group, top, height, *, shaded):
    ax.axhspan(top - height, top, color="#F1F1F1" if shaded else "white", zorder=0)
    name = _wrapped(_label(group), 10)
    ax.text(-0.7, top - height / 2, name, va="center", fontsize=12, fontweight="bold", linespacing=1.2)


def _box(ax, one, *, x, y, at, colours, titles, roomy):
    """Name, what one row is, how many, and at which tables it points."""
    colour = colours.get(one.table, PLAIN)
    ax.add_patch(
        plt.Rectangle((x + 0.02, y - 0.97), 0.96, 0.94, facecolor="white", edgecolor=colour, linewidth=2.5)
    )
    title = _wrapped(one.title, 15, lines=2)
    at_top = 0.08 if roomy else 0.07
    ax.text(x + 0.06, y - at_top, title, va="top", fontsize=12, fontweight="bold", linespacing=1.0)
    if roomy:
        below = y - 0.1 - 0.17 * (1 + title.count("\n"))
        ax.text(x + 0.06, below, _wrapped(one.one_row, 19, lines=2), va="top", fontsize=11, linespacing=1.05)
    if one.rows == one.rows and one.rows is not None:
        ax.text(x + 0.94, y - 0.92, f"{int(one.rows):,}", va="bottom", ha="right", fontsize=11)
    left = x + 0.07
    for name in sorted(at, key=lambda name: list(colours).index(name) if name in colours else len(colours)):
        ax.text(left, y - 0.91, titles.get(name, name)[0], va="bottom", fontsize=11, color="white", fontweight="bold",
                bbox={"boxstyle": "square,pad=0.2", "facecolor": colours.get(name, PLAIN), "edgecolor": "none"})  # fmt: skip
        left += 0.15


def _width(text):
    """In letters; a Chinese glyph is as wide as two."""
    return sum(2 if ord(mark) >= 0x2E80 else 1 for mark in text)


def _wrapped(text, width, *, lines=4):
    """Lines that fit, the last one cut where there are too many."""
    if language.current() == "zh":
        parts, line = [], ""
        for unit in re.findall(r"[\x00-\x7f]+|[（“《].|.", text):
            if line and _width(line + unit) > width and unit not in "，。、）":
                parts, line = [*parts, line], ""
            line += unit
        parts = [*parts, line]
    else:
        parts = textwrap.wrap(text, width, break_long_words=False) or [""]
    kept = parts[:lines]
    if len(parts) > lines:  # the dots need room, too
        kept[-1] = kept[-1][: -2 if _width(kept[-1]) >= width - 2 else None].rstrip() + "…"
    return "\n".join(kept)


def _label(name):
    return codebook.current().label(name)

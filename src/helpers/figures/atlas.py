"""The map of the data on one page: a box for each table, a coloured tag for each key, in the reader's language."""

import re
import textwrap

import matplotlib.pyplot as plt

from helpers.bank import checks, codebook, language
from helpers.figures.style import BAD, GOOD, PLAIN

A3 = (16.5, 11.7)
ACROSS = 5  # boxes in a row
LETTER = 0.0315  # width of a letter on a tag, where a box is 1 wide
TAGS = (GOOD, BAD, "#007A5A", "#8C4A8C")  # tables that are pointed at, in order; the rest is grey


def data_map(tables, *, links, ax=None):
    """Draw which tables there are, what one row is, and by which keys they hang together.

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
        One band a group, one box a table; a tag of the same colour says at which table it points. Sized for A3.
    """
    checks.columns(tables, ["table", "title", "one_row", "rows", "group"], name="tables")
    checks.columns(links, ["table", "points_at"], name="links")
    base = tables.loc[tables["group"] == "base_tables", "table"]
    colours, titles = (
        dict(zip(base, TAGS, strict=False)),
        dict(zip(tables["table"], tables["title"], strict=True)),
    )
    bands = [(group, part) for group, part in tables.groupby("group", sort=False)]
    lines = sum(-(-len(part) // ACROSS) for _, part in bands)
    ax = ax or plt.subplots(figsize=(A3[0], max(3.5, 1.0 + 2.05 * lines)))[1]
    top = 0.0
    for place, (group, part) in enumerate(bands):
        height = -(-len(part) // ACROSS)
        _band(ax, group, top, height, shaded=place % 2 == 0)
        for i, one in enumerate(part.itertuples()):
            at = links.loc[links["table"] == one.table, "points_at"]
            _box(ax, one, x=i % ACROSS, y=top - i // ACROSS, at=at, colours=colours, titles=titles)
        top -= height
    ax.set(xlim=(-0.8, ACROSS), ylim=(top, 0))
    ax.set_axis_off()
    return ax


def counts(table, *, chosen, ax=None):
    """Draw how many rows each branch has, the chosen one in orange.

    Parameters
    ----------
    table : DataFrame
        `branch`, `n`.
    chosen : str
        A branch.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One bar a branch, the longest at the top.
    """
    checks.columns(table, ["branch", "n"], name="table")
    rows = table.sort_values("n", ignore_index=True)
    ax = ax or plt.subplots(figsize=(9.5, 1.6 + 0.36 * len(rows)))[1]
    ax.barh(rows.index, rows["n"], color=[BAD if branch == chosen else GOOD for branch in rows["branch"]])
    for at, n in enumerate(rows["n"]):
        ax.annotate(f"{n:,}", (n, at), xytext=(6, 0), textcoords="offset points", va="center", fontsize=12)
    ax.set_yticks(rows.index, [_label(branch) for branch in rows["branch"]], fontsize=13)
    ax.set(xlabel=_label("rows"), ylim=(-0.7, len(rows) - 0.3))
    ax.margins(x=0.12)
    return ax


def _band(ax, group, top, height, *, shaded):
    ax.axhspan(top - height, top, color="#F1F1F1" if shaded else "white", zorder=0)
    name = _wrapped(_label(group), 14)
    ax.text(-0.77, top - height / 2, name, va="center", fontsize=16, fontweight="bold", linespacing=1.3)


def _box(ax, one, *, x, y, at, colours, titles):
    """Name, what one row is, how many, and at which tables it points."""
    colour = colours.get(one.table, "black")
    box = plt.Rectangle(
        (x + 0.03, y - 0.95),
        0.94,
        0.9,
        facecolor="white",
        edgecolor=colours.get(one.table, PLAIN),
        linewidth=2.5,
    )
    ax.add_patch(box)
    ax.text(
        x + 0.07,
        y - 0.1,
        _wrapped(one.title, 19, lines=2),
        va="top",
        fontsize=15,
        fontweight="bold",
        color=colour,
        linespacing=1.15,
    )
    ax.text(x + 0.07, y - 0.36, _wrapped(one.one_row, 25, lines=3), va="top", fontsize=13, linespacing=1.25)
    if one.rows == one.rows and one.rows is not None:
        ax.text(x + 0.94, y - 0.91, f"{int(one.rows):,}", va="bottom", ha="right", fontsize=12, color=PLAIN)
    left, bottom = x + 0.08, y - 0.9
    for name in sorted(at, key=lambda name: list(colours).index(name) if name in colours else len(colours)):
        text = _wrapped(titles.get(name, name), 22, lines=1)
        long = 0.06 + _width(text) * LETTER
        if left + long > x + 0.99:
            left, bottom = x + 0.08, bottom + 0.14
        ax.text(left, bottom, text, va="bottom", fontsize=11, color="white",
                bbox={"boxstyle": "round,pad=0.25", "facecolor": colours.get(name, PLAIN), "edgecolor": "none"})  # fmt: skip
        left += long


def _width(text):
    """In letters; a Chinese glyph is as wide as two."""
    return sum(2 if ord(mark) > 0x2E80 else 1 for mark in text)


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
        parts = textwrap.wrap(text, width) or [""]
    return "\n".join(parts[:lines]) + ("…" if len(parts) > lines else "")


def _label(name):
    return codebook.current().label(name)

"""Segment cards and what stands behind them, drawn from tables in the reader's language."""

import re
import textwrap

import matplotlib.pyplot as plt
import numpy as np

from helpers.bank import checks, codebook, language
from helpers.figures.style import BAD, GOOD, PLAIN

# How many standard deviations are drawn in full colour, and to the end of a card's bar.
REACH = 2.0
LINES = 14  # of a small card
ON_A_CARD = ["trait", "n", "share", "variable", "estimate", "overall", "height"]
STOPS = ("，", "。", "；", "、", "：", "）")


def segment_cards(table, *, columns=3):
    """Draw one card for each group: name, size, what stands out, what they may need, what to do and not to do.

    A draft to be corrected by those who know the customers.

    Parameters
    ----------
    table : DataFrame
        `trait` (which names the group), `n`, `share` (of all customers), `variable`, `estimate`, `overall` (the mean
        of everybody), `height`; one row for each group and variable.
    columns : int
        Cards side by side.

    Returns
    -------
    Figure
        Cards in the order of the table. Each shows the three traits in which the group lies farthest from everybody,
        with an arrow up or down and, in brackets, the mean of everybody.
    """
    checks.columns(table, ON_A_CARD, name="table")
    groups = list(table["trait"].unique())
    rows = -(-len(groups) // columns)
    figure, places = plt.subplots(rows, columns, figsize=(9.5, 2.45 * rows), squeeze=False)
    for place in places.ravel():
        place.set_axis_off()
    for place, group in zip(places.ravel(), groups, strict=False):
        _small_card(table[table["trait"] == group], ax=place)
    return figure


def _small_card(table, *, ax):
    """A card of so many lines that three fit side by side, in letters that can be read."""
    first, line = table.iloc[0], 1.5
    ax.set(xlim=(0, 100), ylim=(LINES + 0.3, 0))
    ax.add_patch(plt.Rectangle((0.5, 0.05), 99, LINES, fill=False, edgecolor=PLAIN, linewidth=1.2))
    ax.add_patch(plt.Rectangle((0.5, 0.05), 99, 1.5, color=GOOD))
    head = {"y": 0.8, "color": "white", "va": "center"}
    ax.text(2, s=_card_name(first["trait"]), fontsize=11, fontweight="bold", **head)
    ax.text(98, s=f"{first['share']:.0%}", fontsize=11, ha="right", **head)
    for row in table.loc[table["height"].abs().nlargest(3).index].itertuples():
        line += 1
        ax.text(2, line, f"{'▲' if row.height > 0 else '▼'} {_label(row.variable)}", fontsize=10, va="center",
                color=GOOD if row.height > 0 else BAD)  # fmt: skip
        figures = f"{_written(row.variable, row.estimate)} ({_written(row.variable, row.overall)})"
        ax.text(98, line, figures, fontsize=10, va="center", ha="right")
    line += 0.7
    chinese = language.current() == "zh"  # fewer lines, of letters that need more room
    for part in ("need", "do", "not"):
        words = _wrapped(f"{part}_{_text(first['trait'])}", 27 if chinese else 29)
        ax.text(2, line, _label(f"card_{part}"), fontsize=10, fontweight="bold", va="top",
                color=BAD if part == "not" else GOOD)  # fmt: skip
        ax.text(28, line, words, fontsize=10, va="top", linespacing=1.1 if chinese else 0.98)
        line += (words.count("\n") + 1) * (1.03 if chinese else 1) + 0.1


def segment_card(table, *, ax=None):
    """Draw the card of one group.

    Parameters
    ----------
    table : DataFrame
        As for `segment_cards`, the rows of one group.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Bars go right where the group lies above everybody, left where below; the mean of everybody is in grey.
    """
    checks.columns(table, ON_A_CARD, name="table")
    ax = ax or plt.subplots(figsize=(9.5, 4.7))[1]
    first = table.iloc[0]
    ax.set(xlim=(0, 10), ylim=(0, 13))
    ax.set_axis_off()
    ax.add_patch(plt.Rectangle((0.05, 0.05), 9.9, 12.9, fill=False, edgecolor=PLAIN, linewidth=1.5))
    ax.add_patch(plt.Rectangle((0.05, 11.6), 9.9, 1.35, color=GOOD))
    head = {"y": 12.27, "color": "white", "va": "center"}
    ax.text(0.35, s=_card_name(first["trait"]), fontsize=18, fontweight="bold", **head)
    ax.text(9.7, s=f"{first['share']:.0%} · n = {first['n']:,}", fontsize=14, ha="right", **head)
    _bars(table, ax)
    for y, part in ((5.3, "need"), (3.55, "do"), (1.8, "not")):
        ax.text(0.35, y, _label(f"card_{part}"), fontsize=14, fontweight="bold", va="top",
                color=BAD if part == "not" else GOOD)  # fmt: skip
        ax.text(
            1.9, y, _wrapped(f"{part}_{_text(first['trait'])}", 76), fontsize=13.5, va="top", linespacing=1.2
        )
    return ax


def _bars(table, ax):
    """The upper half of a card: each trait with its bar, the mean of the group and that of everybody."""
    top, height, middle = 10.9, 5.2, 6.0
    step = height / len(table)
    figures = {"va": "center", "ha": "right"}
    ax.text(8.5, top + 0.35, _label("card_group"), fontsize=11, **figures)
    ax.text(9.75, top + 0.35, _label("all_customers"), fontsize=11, color=PLAIN, **figures)
    ax.vlines(middle, top - height, top, color="black", linewidth=1)
    for place, row in enumerate(table.itertuples()):
        y = top - step * (place + 0.5)
        reach = 1.4 * np.clip(row.height, -REACH, REACH) / REACH
        ax.barh(y, reach, left=middle, height=0.62 * step, color=GOOD if reach > 0 else BAD)
        ax.text(0.35, y, _label(row.variable), fontsize=13.5, va="center")
        ax.text(8.5, y, _written(row.variable, row.estimate), fontsize=13.5, **figures)
        ax.text(9.75, y, _written(row.variable, row.overall), fontsize=13.5, color=PLAIN, **figures)


def _card_name(trait):
    """What a group is called on its card.

    Parameters
    ----------
    trait : str
        The trait that names it (`traits.names`).

    Returns
    -------
    str
        In the reader's language.
    """
    return _label(f"name_{trait}")


def _written(variable, value):
    """Write a mean with its unit: a share in percent, yuan without decimals.

    Parameters
    ----------
    variable : str
        The id of the trait.
    value : float
        Its mean.

    Returns
    -------
    str
        Short enough for a cell.
    """
    if variable.startswith("share"):
        return f"{value:.0%}"
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def _text(trait):
    """Groups called after the same trait, numbered, have the same texts."""
    return re.sub(r"_\d$", "", trait)


def _broken(text, width):
    if language.current() != "zh":
        return textwrap.fill(text, width)
    width = (width + 3) // 2
    if len(text) <= width:
        return text
    # After a mark where there is one, else into equal lines: no single character is left over.
    marks = [at for at in range(1, width + 1) if text[at - 1] in STOPS]
    marks = [at for at in marks if len(text) - at <= width] or [at for at in marks if at > width / 2]
    at = marks[-1] if marks else -(-len(text) // -(-len(text) // width))
    return f"{text[:at]}\n{_broken(text[at:], 2 * width - 3)}"


def _wrapped(name, width):
    return _broken(_label(name), width)


def _label(name):
    return codebook.current().label(name)

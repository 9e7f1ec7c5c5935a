"""Figures from tables that were computed elsewhere, labelled in the reader's language."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.bank import checks, codebook
from helpers.figures.style import BAD, GOOD, PLAIN


def gaps(table, *, ax=None):
    """Draw the gap of each dimension with its interval, worst at the top.

    Parameters
    ----------
    table : DataFrame
        `dimension`, `gap`, `low`, `high` (`servqual.gaps`).
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Blue where the whole interval is above zero, orange where it is below, grey where it holds zero.
    """
    checks.columns(table, ["dimension", "gap", "low", "high"], name="table")
    table = checks.read_numbers(table, ["gap", "low", "high"], name="table", gaps=True)
    ordered = table.sort_values("gap", ascending=False)
    colours = np.select([ordered["high"] < 0, ordered["low"] > 0], [BAD, GOOD], PLAIN)
    ax = _intervals(ordered, "dimension", "gap", colours, ax=ax)
    for y, gap in enumerate(ordered["gap"]):
        ax.annotate(_signed(gap), (gap, y), xytext=(0, 9), textcoords="offset points", ha="center")
    ax.axvline(0, color="black", linewidth=1)
    ax.set(xlabel=_label("gap_axis"), ylim=(-0.6, len(ordered) - 0.3))
    return ax


def estimates(table, *, rows="dimension", axis="score_axis", digits=2, ax=None):
    """Draw estimates with their intervals, lowest at the top.

    Parameters
    ----------
    table : DataFrame
        `estimate`, `low`, `high`, and the column that names the rows.
    rows : str
        The column that names the rows.
    axis : str
        The id of what the estimates are, as the glossary labels it.
    digits : int
        How many decimals are written.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One row each, the estimate written above it.
    """
    checks.columns(table, [rows, "estimate", "low", "high"], name="table")
    table = checks.read_numbers(table, ["estimate", "low", "high"], name="table", gaps=True)
    ordered = table.sort_values("estimate", ascending=False)
    ax = _intervals(ordered, rows, "estimate", [GOOD] * len(ordered), ax=ax)
    for y, estimate in enumerate(ordered["estimate"]):
        ax.annotate(f"{estimate:.{digits}f}".replace("-", "−"), (estimate, y), xytext=(0, 9),
                    textcoords="offset points", ha="center")  # fmt: skip
    ax.set(xlabel=_label(axis), ylim=(-0.6, len(ordered) - 0.3))
    return ax


def _intervals(table, rows, estimate, colours, *, ax):
    """One row a thing: its interval as a line, its estimate as a dot."""
    ax = ax or plt.subplots()[1]
    at = np.arange(len(table))
    ax.hlines(at, table["low"], table["high"], color=list(colours), linewidth=4)
    ax.scatter(table[estimate], at, s=90, color=list(colours), zorder=3,
               label=_label("found") if estimate == "estimate" else None)  # fmt: skip
    _name_rows(ax, table[rows])
    return ax


def _name_rows(ax, names):
    ax.set_yticks(range(len(names)), [_label(name) for name in names])


def _label(name):
    return codebook.current().label(name)


def _signed(number, digits=2):
    """+0.31 or −0.31, with a true minus sign; what rounds to zero has no sign."""
    drawn = f"{number:+.{digits}f}".replace("-", "−")
    return drawn if any(digit in drawn for digit in "123456789") else drawn[1:]

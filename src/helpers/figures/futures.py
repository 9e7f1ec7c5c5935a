"""Figures of what is to come: accounts that stay, purchases foretold, from tables that were computed elsewhere."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator, MultipleLocator

from helpers.bank import checks, codebook
from helpers.figures.style import ACCENT, BAD, GOOD, PLAIN

LOOKS = {
    "seen": ("black", "o"),
    "bgnbd": (GOOD, "s"),
    "naive": (ACCENT, "D"),
    "entered": (GOOD, ""),
    "not_entered": (BAD, ""),
}


def survival(table, *, ax=None):
    """Draw which share of accounts is still open after so many months.

    Parameters
    ----------
    table : DataFrame
        `way` (one curve each), `months`, `share`; `low`, `high` where there is an interval.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A step curve for each way.
    """
    checks.columns(table, ["way", "months", "share"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 5.2))[1]
    for way, part in table.groupby("way", sort=False):
        colour = LOOKS[way][0]
        ax.step(
            part["months"], 100 * part["share"], where="post", color=colour, linewidth=3, label=_label(way)
        )
        if {"low", "high"} <= set(part.columns) and part["low"].notna().all():
            ax.fill_between(
                part["months"], 100 * part["low"], 100 * part["high"], step="post", color=colour, alpha=0.2
            )
    ax.set(xlabel=_label("months_axis"), ylabel=_label("still_there_axis"))
    ax.xaxis.set_major_locator(MultipleLocator(12))
    ax.grid(axis="both")
    ax.legend(loc="lower left")
    return ax


def calibration(table, *, columns=("seen", "bgnbd", "naive"), ax=None):
    """Draw what was foretold beside what came, by how often customers had bought.

    Parameters
    ----------
    table : DataFrame
        `lowest`, `highest`, `n` and the columns (`lifetime.calibration`).
    columns : sequence of str
        Which to draw.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A line a column over the groups.
    """
    checks.columns(table, ["lowest", "highest", "n", *columns], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 5.4))[1]
    at = np.arange(len(table))
    for name in columns:
        colour, mark = LOOKS[name]
        ax.plot(at, table[name], marker=mark, markersize=10, color=colour, label=_label(name))
    groups = [
        f"{a}" if a == b else f"{a}–{b}" for a, b in zip(table["lowest"], table["highest"], strict=True)
    ]
    ax.set_xticks(at, [f"{group}\n({n:,})" for group, n in zip(groups, table["n"], strict=True)])
    ax.set(xlabel=_label("purchases_before_axis"), ylabel=_label("purchases_after_axis"))
    ax.set_ylim(bottom=0)
    ax.grid(axis="y")
    ax.legend(loc="upper left")
    return ax


def days(table, *, ax=None):
    """Draw purchases on each day of the month beside what the model expects.

    Parameters
    ----------
    table : DataFrame
        `day` (1 to 31), `seen`, `bgnbd`: purchases a day.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Bars for what came, a line for the model.
    """
    checks.columns(table, ["day", "seen", "bgnbd"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 4.8))[1]
    ax.bar(table["day"], table["seen"], color="#BBBBBB", label=_label("seen"))
    ax.plot(table["day"], table["bgnbd"], color=GOOD, linewidth=3, label=_label("bgnbd"))
    ax.set(
        xlabel=_label("day_of_month_axis"),
        ylabel=_label("purchases_a_day_axis"),
        xticks=[1, 5, 10, 15, 20, 25, 31],
    )
    ax.set_ylim(0, 1.25 * table["seen"].max())
    ax.grid(axis="y")
    ax.legend(loc="upper right", ncols=2)
    return ax


def rates(table, *, ax=None):
    """Draw the rates found in each true segment beside those put in.

    Parameters
    ----------
    table : DataFrame
        `segment`, `n`, `estimate`, `construct`.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A dot for what was found, a cross for what was put in.
    """
    checks.columns(table, ["segment", "n", "estimate", "construct"], name="table")
    ordered = table.sort_values("construct")
    ax = ax or plt.subplots(figsize=(9.5, 4.8))[1]
    rows = np.arange(len(ordered))
    ax.hlines(rows, ordered["construct"], ordered["estimate"], color=PLAIN, linewidth=1.5)
    ax.scatter(ordered["estimate"], rows, s=130, color=GOOD, zorder=3, label=_label("bgnbd"))
    ax.scatter(
        ordered["construct"],
        rows,
        s=130,
        color=BAD,
        marker="x",
        linewidth=3,
        zorder=4,
        label=_label("construct"),
    )
    names = zip(ordered["segment"], ordered["n"], strict=True)
    ax.set_yticks(rows, [f"{_label(segment)}  ({n:,})" for segment, n in names])
    ax.set(xlabel=_label("card_rate_axis"))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlim(left=0)
    ax.legend(loc="lower right")
    return ax


def _label(name):
    return codebook.current().label(name)

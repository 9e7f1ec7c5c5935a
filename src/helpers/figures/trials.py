"""Figures of trials, from tables that were computed elsewhere."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.bank import checks, codebook
from helpers.figures.style import ACCENT, BAD, GOOD, PLAIN

COLOURS, STYLES = (BAD, GOOD, PLAIN, ACCENT), ("-", "--", ":", "-.")


def arms(table, *, ax=None):
    """Draw how many of 1,000 it happened to in each group, with intervals.

    Parameters
    ----------
    table : DataFrame
        `arm`, `n`, `estimate`, `low`, `high` (shares), the group without the change first.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A bar a group, the first at the top, its number written beside the interval.
    """
    checks.columns(table, ["arm", "n", "estimate", "low", "high"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 1.8 + 1.1 * len(table)))[1]
    at = np.arange(len(table))[::-1]
    ax.barh(at, 1000 * table["estimate"], height=0.55, color=[PLAIN, *[GOOD] * (len(table) - 1)])
    ax.hlines(at, 1000 * table["low"], 1000 * table["high"], color="black", linewidth=2.4)
    for y, one in zip(at, table.itertuples(), strict=True):
        ax.annotate(f"{1000 * one.estimate:.0f}", (1000 * one.high, y), xytext=(12, 0), textcoords="offset points",
                    va="center", fontsize=22, fontweight="bold")  # fmt: skip
    names = [f"{_label(f'arm.{name}')}\nn = {n:,}" for name, n in zip(table["arm"], table["n"], strict=True)]
    ax.set_yticks(at, names)
    ax.set(xlabel=_label("of_thousand_axis"), xlim=(0, 1150 * table["high"].max()))
    return ax


def effects(
    table,
    *,
    rows="method",
    axis="minutes_less_axis",
    digits=2,
    target=None,
    ring="trial_truth",
    signed=True,
    ax=None,
):
    """Draw differences with their intervals around zero, in the order of the table.

    Parameters
    ----------
    table : DataFrame
        `estimate`, `low`, `high`, and the column that names the rows; `estimand` where the truth is known.
    rows : str
        The column that names the rows.
    axis : str
        The id of what is measured, as the glossary labels it.
    digits : int
        Decimals of the numbers.
    target : float, optional
        Where the plan set its target: a dashed line.
    ring : str
        The id of what the rings are.
    signed : bool
        False for what cannot be below zero.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        The first row at the top; grey where the interval holds zero, blue elsewhere; a ring for the truth.
    """
    checks.columns(table, [rows, "estimate", "low", "high"], name="table")
    room = 0.7 + 0.9 * len(table)
    ax = ax or plt.subplots(figsize=(9.5, 1.6 + room))[1]
    at = np.arange(len(table))[::-1]
    colours = list(np.where((table["low"] <= 0) & (table["high"] >= 0), PLAIN, GOOD))
    ax.hlines(at, table["low"], table["high"], color=colours, linewidth=5)
    ax.scatter(table["estimate"], at, s=130, color=colours, zorder=3)
    for y, estimate in zip(at, table["estimate"], strict=True):
        drawn = _signed(estimate, digits) if signed else f"{estimate:,.{digits}f}"
        ax.annotate(drawn, (estimate, y), xytext=(0, 11), textcoords="offset points",
                    ha="center", fontsize=16, fontweight="bold",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
    ax.axvline(0, color="black", linewidth=1.4)
    if "estimand" in table:
        ax.scatter(table["estimand"], at - 0.22, s=130, color="white", edgecolor="black", linewidth=2.2, zorder=4,
                   label=_label(ring))  # fmt: skip
    if target is not None:
        ax.axvline(target, color=BAD, linestyle="--", label=_label("trial_target"))
    if "estimand" in table or target is not None:
        ax.legend(loc="upper right", bbox_to_anchor=(1.0, -0.72 / room), ncols=2)
    ax.set_yticks(at, [_label(name) for name in table[rows]])
    ax.set(xlabel=_label(axis), ylim=(-0.6, len(table) - 0.35))
    ax.margins(x=0.12)
    return ax


def change(table, *, axis="wait_axis", ax=None):
    """Draw what was before and after, a line for each group.

    Parameters
    ----------
    table : DataFrame
        `series`, `before`, `after`; at most four rows.
    axis : str
        The id of what is measured.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Lines named at their right end.
    """
    checks.columns(table, ["series", "before", "after"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 5))[1]
    looks = zip(table.itertuples(), COLOURS, STYLES, strict=False)
    ordered = table["after"].rank(method="first")
    near = table["after"].max() - table["after"].min() < 0.12 * _reach(table)
    for (one, colour, style), rank in zip(looks, ordered, strict=False):
        ax.plot([0, 1], [one.before, one.after], color=colour, linestyle=style, marker="o", markersize=11)
        ax.annotate(f"{one.before:.1f}", (0, one.before), xytext=(-12, 0), textcoords="offset points", ha="right",
                    va="center", color=colour, fontsize=16)  # fmt: skip
        lift = (rank - (len(table) + 1) / 2) * 22 if near else 0
        ax.annotate(f"{one.after:.1f}  {_label(one.series)}", (1, one.after), xytext=(12, lift),
                    textcoords="offset points", va="center", color=colour, fontsize=16)  # fmt: skip
    middle, half = table[["before", "after"]].to_numpy().mean(), 0.75 * _reach(table)
    ax.set_xticks([0, 1], [_label("phase.before"), _label("phase.after")], fontsize=16)
    ax.set(ylabel=_label(axis), xlim=(-0.25, 1.75), ylim=(middle - half, middle + half))
    ax.grid(visible=False)
    return ax


def losses(table, *, ax=None):
    """Draw what each decision loses on average if it is the wrong one.

    Parameters
    ----------
    table : DataFrame
        `action`, `loss_cny` (`experiment.expected_loss`).
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A bar an action, the smaller loss in blue.
    """
    checks.columns(table, ["action", "loss_cny"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 1.8 + 0.9 * len(table)))[1]
    at = np.arange(len(table))[::-1]
    colours = list(np.where(table["loss_cny"] == table["loss_cny"].min(), GOOD, BAD))
    ax.barh(at, table["loss_cny"], height=0.55, color=colours)
    for y, loss in zip(at, table["loss_cny"], strict=True):
        ax.annotate(f"{loss:,.0f}", (loss, y), xytext=(10, 0), textcoords="offset points", va="center",
                    fontsize=20, fontweight="bold")  # fmt: skip
    ax.set_yticks(at, [_label(f"action_{name}") for name in table["action"]])
    ax.set(xlabel=_label("loss_axis"), xlim=(0, 1.18 * table["loss_cny"].max()))
    return ax


def paths(table, *, boundary, shown=40, ax=None):
    """Draw what many trials see look by look; those that cross a boundary stand out.

    Parameters
    ----------
    table : DataFrame
        `draw`, `look`, `z` (`looks.shuffled`, `looks.simulated`).
    boundary : float
        For z without its sign.
    shown : int
        How many trials.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Orange where a trial crosses at some look, grey elsewhere.
    """
    checks.columns(table, ["draw", "look", "z"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 5.5))[1]
    for _, one in table[table["draw"] < shown].groupby("draw"):
        crossed = (one["z"].abs() > boundary).any()
        ax.plot(one["look"], one["z"], color=BAD if crossed else "#BDBDBD", linewidth=2.2 if crossed else 1,
                zorder=3 if crossed else 2)  # fmt: skip
        seen = one[one["z"].abs() > boundary]
        ax.scatter(seen["look"], seen["z"], color=BAD, s=45, zorder=4)
    for edge in (-boundary, boundary):
        ax.axhline(edge, color="black", linestyle="--", linewidth=1.6)
    ax.set(xlabel=_label("look_axis"), ylabel=_label("z_axis"))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(visible=False)
    return ax


def curves(table, *, x="look", axis="alarm_axis", level=None, mark=None, ax=None):
    """Draw shares along a scale, one line a series, named at its end.

    Parameters
    ----------
    table : DataFrame
        `series` (at most four), the column `x`, and `estimate` (shares).
    x : str
        The column along the horizontal axis; the glossary labels it as `x` and ``_axis``.
    axis : str
        The id of what the shares are.
    level : float, optional
        A share to compare with: a thin horizontal line.
    mark : float, optional
        A place on the horizontal axis to pick out.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Shares in per cent.
    """
    checks.columns(table, ["series", x, "estimate"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 5.2))[1]
    ends = 100 * table.groupby("series", sort=False)["estimate"].last().sort_values()
    crowded = (ends.diff() < 0.06 * 100 * table["estimate"].max()).any()
    parts = table.groupby("series", sort=False)
    for (name, part), colour, style in zip(parts, COLOURS, STYLES, strict=False):
        ax.plot(part[x], 100 * part["estimate"], color=colour, linestyle=style, marker="o" if len(part) < 15 else None,
                label=_label(name))  # fmt: skip
        end = part.iloc[-1]
        # Two ends at one height would be written over each other.
        ax.annotate("" if crowded else f"{end['estimate']:.0%}", (end[x], 100 * end["estimate"]), xytext=(9, 0),
                    color=colour, textcoords="offset points", va="center", fontsize=16, fontweight="bold",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
    if level is not None:
        ax.axhline(100 * level, color="black", linewidth=1, label=f"{level:.0%}")
    if mark is not None:
        ax.axvline(mark, color=PLAIN, linestyle="--", label=_label("this_trial"))
    ax.set(xlabel=_label(f"{x}_axis"), ylabel=_label(axis), ylim=(0, None))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2)
    ax.grid(axis="y")
    ax.margins(x=0.09)
    return ax


def _reach(table):
    values = table[["before", "after"]].to_numpy()
    return max(float(values.max() - values.min()), 1.0)


def _signed(number, digits):
    """+0.31 or −0.31, with a true minus sign; what rounds to zero has no sign."""
    drawn = f"{number:+,.{digits}f}".replace("-", "−")
    return drawn if any(digit in drawn for digit in "123456789") else drawn[1:]


def _label(name):
    """What an id is called; of ``arm.control`` the second part where data have no such column."""
    found = codebook.current().label(name)
    return codebook.current().label(name.split(".")[-1]) if found == name else found

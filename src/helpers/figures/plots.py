"""Figures from tables that were computed elsewhere, labelled in the reader's language."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import TwoSlopeNorm

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
    ordered = table.sort_values("gap", ascending=False)
    colours = np.select([ordered["high"] < 0, ordered["low"] > 0], [BAD, GOOD], PLAIN)
    ax = _intervals(ordered, "dimension", "gap", colours, ax=ax)
    for y, gap in enumerate(ordered["gap"]):
        ax.annotate(_signed(gap), (gap, y), xytext=(0, 9), textcoords="offset points", ha="center")
    ax.axvline(0, color="black", linewidth=1)
    ax.set(xlabel=_label("gap_axis"), ylim=(-0.6, len(ordered) - 0.3))
    return ax


def estimates(table, *, rows="dimension", axis="score_axis", ax=None):
    """Draw estimates with their intervals, lowest at the top.

    Parameters
    ----------
    table : DataFrame
        `estimate`, `low`, `high`, and the column that names the rows.
    rows : str
        The column that names the rows.
    axis : str
        The id of what the estimates are, as the glossary labels it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One row each, the estimate written above it.
    """
    checks.columns(table, [rows, "estimate", "low", "high"], name="table")
    ordered = table.sort_values("estimate", ascending=False)
    ax = _intervals(ordered, rows, "estimate", [GOOD] * len(ordered), ax=ax)
    for y, estimate in enumerate(ordered["estimate"]):
        ax.annotate(f"{estimate:.2f}".replace("-", "−"), (estimate, y), xytext=(0, 9),
                    textcoords="offset points", ha="center")  # fmt: skip
    ax.set(xlabel=_label(axis), ylim=(-0.6, len(ordered) - 0.3))
    return ax


def expectations(table, *, ax=None):
    """Draw what was expected and what was perceived side by side, dimension by dimension.

    Parameters
    ----------
    table : DataFrame
        `dimension`, `expected`, `perceived` (`servqual.gaps`).
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A line from expected (ring) to perceived (dot) for each dimension.
    """
    checks.columns(table, ["dimension", "expected", "perceived"], name="table")
    ordered = (
        table.assign(gap=table["perceived"] - table["expected"])
        .sort_values("gap", ascending=False)
        .reset_index()
    )
    ax = ax or plt.subplots()[1]
    rows = range(len(ordered))
    ax.hlines(rows, ordered["expected"], ordered["perceived"], color="#BBBBBB", linewidth=5, zorder=1)
    ax.scatter(
        ordered["expected"],
        rows,
        s=150,
        color="white",
        edgecolor=PLAIN,
        linewidth=2.5,
        label=_label("expected"),
    )
    ax.scatter(ordered["perceived"], rows, s=150, color=GOOD, label=_label("perceived"))
    for column in ("expected", "perceived"):
        for y, mark in enumerate(ordered[column]):
            ax.annotate(
                f"{mark:.2f}", (mark, y), xytext=(0, 10), textcoords="offset points", ha="center", fontsize=12
            )
    _name_rows(ax, ordered["dimension"])
    ax.set_ylim(-0.5, len(ordered) - 0.4)
    ax.set(xlabel=_label("score_axis"))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
    return ax


def beside(table, *, ax=None):
    """Draw one group's gaps with their intervals, and the bank's gaps beside them.

    Parameters
    ----------
    table : DataFrame
        `dimension`, `gap`, `low`, `high` of the group, and `gap_bank`.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Dot and line for the group, a ring for the bank.
    """
    checks.columns(table, ["dimension", "gap", "low", "high", "gap_bank"], name="table")
    ordered = table.sort_values("gap", ascending=False)
    ax = gaps(ordered, ax=ax)
    ax.scatter(ordered["gap_bank"], np.arange(len(ordered)) - 0.25, s=110, color="white", edgecolor="black",
               linewidth=2, zorder=3, label=_label("bank"))  # fmt: skip
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18))
    return ax


def branches(table, *, highlight=None, ax=None):
    """Draw every branch's gap with its interval, worst at the top.

    Parameters
    ----------
    table : DataFrame
        `branch`, `gap`, `low`, `high`.
    highlight : str, optional
        The branch to pick out.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One row a branch; the dashed line is the mean of the branches.
    """
    checks.columns(table, ["branch", "gap", "low", "high"], name="table")
    ordered = table.sort_values("gap", ascending=False)
    colours = np.where(ordered["branch"] == highlight, BAD, GOOD)
    ax = ax or plt.subplots(figsize=(9.5, 1.6 + 0.3 * len(ordered)))[1]
    _intervals(ordered, "branch", "gap", colours, ax=ax)
    ax.axvline(ordered["gap"].mean(), color="black", linewidth=1, linestyle="--", label=_label("branch_mean"))
    ax.tick_params(axis="y", labelsize=12)
    ax.set(xlabel=_label("gap_axis"), ylim=(-0.7, len(ordered) - 0.3))
    ax.legend(loc="lower left")
    return ax


def branch_map(table, *, ax=None):
    """Draw the map of gaps: branches down, dimensions across, colour from the bank's mean.

    Parameters
    ----------
    table : DataFrame
        `branch`, `dimension`, `gap`; one row each pair.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Orange below the mean of all branches in this dimension, blue above; the gap stands in the cell.
    """
    checks.columns(table, ["branch", "dimension", "gap"], name="table")
    wide = table.pivot(index="branch", columns="dimension", values="gap")[table["dimension"].unique()]
    wide = wide.loc[wide.mean(axis=1).sort_values().index]
    distance = wide - wide.mean()
    reach = max(float(distance.abs().max(axis=None)), 1e-9)
    ax = ax or plt.subplots(figsize=(9.5, 1.6 + 0.3 * len(wide)))[1]
    ax.imshow(distance, cmap="RdYlBu", norm=TwoSlopeNorm(0, -reach, reach), aspect="auto")
    for (row, column), gap in np.ndenumerate(wide.to_numpy()):
        ink = "white" if abs(distance.iat[row, column]) > 0.75 * reach else "black"
        ax.text(column, row, _signed(gap, 1), ha="center", va="center", fontsize=13, color=ink)
    ax.set_xticks(range(wide.shape[1]), [_label(dimension) for dimension in wide.columns])
    ax.set_yticks(range(len(wide)), [_label(branch) for branch in wide.index], fontsize=13)
    ax.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    return ax


def zone(table, *, ax=None):
    """Draw the zone of tolerance of each dimension, and where the perceived service lies in it.

    Parameters
    ----------
    table : DataFrame
        `dimension`, `adequate`, `desired`, `perceived` (means).
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A band from adequate to desired and a dot for perceived, each dimension a row.
    """
    checks.columns(table, ["dimension", "adequate", "desired", "perceived"], name="table")
    table = table.sort_values("perceived", ascending=False)
    ax = ax or plt.subplots()[1]
    rows, width = np.arange(len(table)), table["desired"] - table["adequate"]
    ax.barh(rows, width, left=table["adequate"], height=0.45, color="#C9DDEA", label=_label("zone"))
    ax.scatter(table["perceived"], rows, s=150, color=BAD, zorder=3, label=_label("perceived"))
    _name_rows(ax, table["dimension"])
    ax.set(xlabel=_label("score_axis"))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
    return ax


def recovery(table, *, rows="dimension", ax=None):
    """Draw what was found beside what is true.

    Parameters
    ----------
    table : DataFrame
        `estimate`, `low`, `high` as found; `estimand`, what the survey aims at; `construct`, what was
        put in (may be missing); and the column that names the rows.
    rows : str
        The column that names the rows.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Interval and dot as found, a ring for the estimand, a cross for the construct.
    """
    checks.columns(table, [rows, "estimate", "low", "high", "estimand", "construct"], name="table")
    table = table.sort_values("estimate", ascending=False)
    ax = _intervals(table, rows, "estimate", [GOOD] * len(table), ax=ax)
    at = np.arange(len(table))
    # Beside the interval, not on it: the reader must see both.
    ax.scatter(table["estimand"], at - 0.2, s=120, color="white", edgecolor="black", linewidth=2,
               label=_label("estimand"), zorder=3)  # fmt: skip
    if table["construct"].notna().any():
        ax.scatter(
            table["construct"], at - 0.2, s=110, color=BAD, marker="x", linewidth=3, label=_label("construct")
        )
    ax.set(xlabel=_label("recovery_axis"), ylim=(-0.7, len(table) - 0.5))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=3)
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

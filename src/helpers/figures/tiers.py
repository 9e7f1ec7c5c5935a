"""Figures of tiers, phases and groups of customers, from tables that were computed elsewhere."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.bank import checks, codebook
from helpers.figures.style import BAD, GOOD, PLAIN

COLOURS = {"top": GOOD, "middle": "#7FB2D6", "base": "#D5D5D5"}


def concentration(table, *, at=0.2, ax=None):
    """Draw how much of the total the best customers bring.

    Parameters
    ----------
    table : DataFrame
        `customers`, `total`, shares (`worth.concentration`).
    at : float
        The share of customers to point at.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        The curve; the dashed line is what it would be if all brought the same.
    """
    checks.columns(table, ["customers", "total"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 5.6))[1]
    ax.plot(100 * table["customers"], 100 * table["total"], color=GOOD, linewidth=3.5)
    ax.plot([0, 100], [0, 100], color=PLAIN, linewidth=1.5, linestyle="--")
    ax.annotate(_label("all_the_same"), (60, 60), xytext=(12, -22), textcoords="offset points", color=PLAIN)
    y = 100 * float(np.interp(at, table["customers"], table["total"]))
    ax.plot([100 * at, 100 * at], [0, y], color=BAD, linewidth=1.5)
    ax.scatter([100 * at], [y], s=130, color=BAD, zorder=3)
    ax.annotate(
        f"{y:.0f}%", (100 * at, y), xytext=(14, -26), textcoords="offset points", color=BAD, fontsize=20
    )
    ax.set(
        xlabel=_label("share_of_customers_axis"), ylabel=_label("share_of_contribution_axis"), xlim=(0, 100)
    )
    ax.set_ylim(0, max(105, 105 * table["total"].max()))
    ax.grid(axis="both")
    return ax


def leaving(table, *, ax=None):
    """Draw which share of each phase left, with its interval.

    Parameters
    ----------
    table : DataFrame
        `phase`, `n`, `estimate`, `low`, `high` (shares).
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A row a phase, the most leavers at the top; the dashed line is the share of all.
    """
    checks.columns(table, ["phase", "n", "estimate", "low", "high"], name="table")
    ordered = table.sort_values("estimate")
    ax = ax or plt.subplots(figsize=(9.5, 4.6))[1]
    rows = np.arange(len(ordered))
    ax.hlines(rows, 100 * ordered["low"], 100 * ordered["high"], color=GOOD, linewidth=5)
    ax.scatter(100 * ordered["estimate"], rows, s=120, color=GOOD, zorder=3)
    mean = 100 * np.average(ordered["estimate"], weights=ordered["n"])
    ax.axvline(mean, color="black", linewidth=1.2, linestyle="--", label=_label("all_customers"))
    ax.set_yticks(
        rows, [f"{_label(phase)}  ({n:,})" for phase, n in zip(ordered["phase"], ordered["n"], strict=True)]
    )
    ax.set(xlabel=_label("left_axis"), ylim=(-0.6, len(rows) - 0.4))
    ax.set_xlim(left=0)
    ax.legend(loc="lower right")
    return ax


def crossing(table, *, rows="value_tier", columns=("need_tier", "relationship_tier"), figure=None):
    """Draw how two other views sort the customers of each tier, beside each other.

    Parameters
    ----------
    table : DataFrame
        One row for each pair of views and tiers: `view` (the column crossed with `rows`), `rows`, `tier`, `share`
        (of all customers).
    rows : str
        The column down the side.
    columns : sequence of str
        The views across, one panel each.
    figure : Figure, optional
        Where to draw.

    Returns
    -------
    Figure
        The panels; cells on the diagonal are framed: the two views agree there.
    """
    checks.columns(table, ["view", rows, "tier", "share"], name="table")
    figure = figure or plt.figure(figsize=(9.5, 4.8))
    panels = figure.subplots(1, len(columns), sharey=True, squeeze=False)[0]
    order = list(COLOURS)
    for ax, view in zip(panels, columns, strict=True):
        wide = table[table["view"] == view].pivot(index=rows, columns="tier", values="share")
        shares = 100 * wide.reindex(index=order, columns=order).fillna(0.0).to_numpy()
        ax.imshow(shares, cmap="Blues", vmin=0, vmax=45, aspect="auto")
        for (row, column), share in np.ndenumerate(shares):
            ink = "white" if share > 25 else "black"
            ax.text(column, row, f"{share:.0f}%", ha="center", va="center", fontsize=18, color=ink)
            if row == column:
                ax.add_patch(
                    plt.Rectangle(
                        (column - 0.48, row - 0.48), 0.96, 0.96, fill=False, edgecolor=BAD, linewidth=3
                    )
                )
        ax.set_xticks(range(3), [_label(tier) for tier in order])
        ax.set_yticks(range(3), [_label(tier) for tier in order])
        ax.set(xlabel=_label(view))
        ax.grid(visible=False)
        ax.tick_params(length=0)
    panels[0].set_ylabel(_label(rows))
    return figure


def shares(table, *, ax=None):
    """Draw which share of several totals each tier has.

    Parameters
    ----------
    table : DataFrame
        `tier` and one column of shares for each total, for instance of customers, earnings and costs.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A row a total, cut into tiers.
    """
    checks.columns(table, ["tier"], name="table")
    wide = table.set_index("tier").reindex(list(COLOURS)).T
    return _stacked(wide, COLOURS, ax=ax)


def make_up(table, *, rows, colours=None, ax=None):
    """Draw how each group is made up of tiers.

    Parameters
    ----------
    table : DataFrame
        `rows`, `tier`, `share` (of the row; shares of a row sum to one).
    rows : str
        The column that names the rows; drawn in the order of the table, first at the top.
    colours : dict of str to str, optional
        Colour of each tier.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A row a group, cut into tiers.
    """
    checks.columns(table, [rows, "tier", "share"], name="table")
    wide = table.pivot(index=rows, columns="tier", values="share").reindex(table[rows].drop_duplicates())
    colours = colours or COLOURS
    return _stacked(wide.reindex(columns=list(colours)).fillna(0.0), colours, ax=ax)


def counts(table, *, rows="group", ax=None):
    """Draw how many customers each group has, and their share beside.

    Parameters
    ----------
    table : DataFrame
        `rows`, `n`.
    rows : str
        The column that names the rows; drawn in the order of the table.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A bar a group.
    """
    checks.columns(table, [rows, "n"], name="table")
    ordered = table.iloc[::-1]
    ax = ax or plt.subplots(figsize=(9.5, 1.4 + 0.65 * len(table)))[1]
    bars = ax.barh(range(len(ordered)), ordered["n"], color=GOOD, height=0.6)
    total = table["n"].sum()
    ax.bar_label(bars, [f"{n:,} ({n / total:.0%})" for n in ordered["n"]], padding=6, fontsize=14)
    ax.set_yticks(range(len(ordered)), [_label(name) for name in ordered[rows]])
    ax.set(xlabel=_label("customers_axis"), xlim=(0, 1.22 * max(ordered["n"].max(), 1)))
    return ax


def _stacked(wide, colours, *, ax):
    """Bars of 100 %, one a row; numbers where there is room."""
    ax = ax or plt.subplots(figsize=(9.5, 2.2 + 0.62 * len(wide)))[1]
    at, start = np.arange(len(wide))[::-1], np.zeros(len(wide))
    for tier, colour in colours.items():
        width = 100 * wide[tier].to_numpy()
        ax.barh(at, width, left=start, color=colour, height=0.62, label=_label(tier), edgecolor="white")
        for y, left, size in zip(at, start, width, strict=True):
            if size >= 6:
                ink = "white" if colour in (GOOD, BAD, PLAIN) else "black"
                ax.text(left + size / 2, y, f"{size:.0f}", ha="center", va="center", color=ink, fontsize=15)
        start = start + width
    ax.set_yticks(at, [_label(name) for name in wide.index])
    ax.set(xlabel=_label("percent_axis"), xlim=(min(0.0, start.min()), 100))
    # A fixed way below the axis: as a share of the height it would drift off where there are many rows.
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0), borderaxespad=3.6, ncols=len(colours))
    return ax


def _label(name):
    return codebook.current().label(name)

"""Figures of what drives satisfaction, from tables that were computed elsewhere."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.bank import checks, codebook
from helpers.figures.style import ACCENT, BAD, GOOD, PLAIN

SERIES = (GOOD, ACCENT, PLAIN)
MARKERS = ("o", "s", "D")


def stated_derived(table, *, ax=None):
    """Draw what people say matters against what goes with their satisfaction.

    Parameters
    ----------
    table : DataFrame
        `predictor`, `stated`, `derived` (shares that sum to one; `importance.beside`).
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A dot a predictor; above the dashed line it matters more than people say, below it less.
    """
    checks.columns(table, ["predictor", "stated", "derived"], name="table")
    ax = ax or plt.subplots(figsize=(9.5, 7.5))[1]
    reach = 100 * max(table["stated"].max(), table["derived"].max()) * 1.18
    ax.plot([0, reach], [0, reach], color="black", linewidth=1, linestyle="--")
    above = table["derived"] > table["stated"]
    ax.scatter(
        100 * table["stated"], 100 * table["derived"], s=150, color=list(np.where(above, GOOD, BAD)), zorder=3
    )
    drawn = []
    for name, x, y in (
        (100 * table.set_index("predictor")[["stated", "derived"]]).sort_values("derived").itertuples()
    ):
        # A name whose place is taken moves up by a line.
        lift = sum(abs(y - other) < 0.05 * reach and abs(x - there) < 0.35 * reach for there, other in drawn)
        drawn.append((x, y))
        left = x > 0.62 * reach
        ax.annotate(_label(name), (x, y), xytext=(-12 if left else 12, -5 + 17 * lift), textcoords="offset points",
                    ha="right" if left else "left", fontsize=14,
                    arrowprops={"arrowstyle": "-", "color": PLAIN} if lift else None)  # fmt: skip
    ax.text(0.03 * reach, 0.96 * reach, _label("more_than_said"), color=GOOD, va="top", fontsize=13)
    ax.text(0.97 * reach, 0.03 * reach, _label("less_than_said"), color=BAD, ha="right", fontsize=13)
    ax.set(xlabel=_label("stated_axis"), ylabel=_label("derived_axis"), xlim=(0, reach), ylim=(0, reach))
    ax.grid(axis="both")
    return ax


def shares(table, *, ax=None):
    """Draw shares of importance with intervals, one row a predictor, series beside each other.

    Parameters
    ----------
    table : DataFrame
        `predictor`, `estimate`, `low`, `high`; `series` where there are several (for instance with and
        without halo; at most three); `construct`, the causal truth, where it is known.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        The most important of the first series at the top; series differ by colour and by marker.
    """
    checks.columns(table, ["predictor", "estimate", "low", "high"], name="table")
    table = table if "series" in table else table.assign(series="estimate")
    names = list(table["series"].drop_duplicates())
    first = table[table["series"] == names[0]].sort_values("estimate")["predictor"]
    rows = [*(name for name in table["predictor"].drop_duplicates() if name not in set(first)), *first]
    ax = ax or plt.subplots(figsize=(9.5, 1.8 + 0.75 * len(rows)))[1]
    for number, (series, colour, marker) in enumerate(zip(names, SERIES, MARKERS, strict=False)):
        part = table[table["series"] == series]
        at = np.array([rows.index(name) for name in part["predictor"]]) + 0.22 * (
            (len(names) - 1) / 2 - number
        )
        ax.hlines(at, 100 * part["low"], 100 * part["high"], color=colour, linewidth=4)
        ax.scatter(
            100 * part["estimate"], at, s=95, color=colour, marker=marker, zorder=3, label=_label(series)
        )
    if "construct" in table:
        known = table.dropna(subset=["construct"]).drop_duplicates("predictor")
        ax.scatter(100 * known["construct"], [rows.index(name) for name in known["predictor"]], s=130, color=BAD,
                   marker="x", linewidth=3, zorder=4, label=_label("causal_truth"))  # fmt: skip
    if len(names) > 1 or "construct" in table:
        ax.legend(
            loc="upper right", bbox_to_anchor=(1.02, -0.16), ncols=3, columnspacing=1.2, handletextpad=0.4
        )
    ax.set_yticks(range(len(rows)), [_label(name) for name in rows])
    ax.set(xlabel=_label("share_axis"), ylim=(-0.6, len(rows) - 0.4))
    ax.set_xlim(left=min(0, ax.get_xlim()[0]))
    return ax


def penalty_reward(table, *, ax=None):
    """Draw what a touchpoint costs when it is bad and brings when it is good.

    Parameters
    ----------
    table : DataFrame
        `predictor`, `side` (``"penalty"``, ``"reward"``), `estimate`, `low`, `high`, and `linear` where known
        (`moments.penalty_reward`).
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Orange bars for bad, blue for good, with intervals; the widest span at the top. A black tick says
        what a straight line would give.
    """
    checks.columns(table, ["predictor", "side", "estimate", "low", "high"], name="table")
    span = table.groupby("predictor")["estimate"].agg(lambda part: part.max() - part.min()).sort_values()
    rows = {name: number for number, name in enumerate(span.index)}
    ax = ax or plt.subplots(figsize=(9.5, 1.8 + 0.7 * len(rows)))[1]
    for side, colour in (("penalty", BAD), ("reward", GOOD)):
        part = table[table["side"] == side]
        at = part["predictor"].map(rows)
        ax.barh(at, part["estimate"], height=0.5, color=colour, label=_label(side))
        # Two intervals that cross zero would look like one.
        apart = 0.1 if side == "penalty" else -0.1
        ax.hlines(at + apart, part["low"], part["high"], color="black", linewidth=1.8)
    if "linear" in table:
        ax.scatter(table["linear"], table["predictor"].map(rows), marker="|", s=480, color="black", linewidth=3,
                   zorder=4, label=_label("linear"))  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks(range(len(rows)), [_label(name) for name in rows])
    ax.set(xlabel=_label("penalty_axis"), ylim=(-0.6, len(rows) - 0.4))
    ax.legend(loc="upper right", bbox_to_anchor=(1.02, -0.16), ncols=3, columnspacing=1.2, handletextpad=0.4)
    return ax


def _label(name):
    return codebook.current().label(name)

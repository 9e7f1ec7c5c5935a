"""Figures of monitoring, from tables that were computed elsewhere."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from helpers.bank import checks, codebook
from helpers.figures.style import ACCENT, BAD, GOOD, PLAIN

NEEDED = ["value", "centre", "low", "high", "baseline", "signal"]


def control(chart, *, time="week", axis="minutes", scale=1.0, at=None, target=None, ax=None):
    """Draw a control chart: the usual range as a band, signals picked out.

    Parameters
    ----------
    chart : DataFrame
        As returned by `control.signals`; limits may change from row to row.
    time : str
        The column across.
    axis : str
        The id of what is charted, as the glossary labels it.
    scale : float
        What every number is multiplied by before it is drawn, for instance 100 for per cent.
    at : number, optional
        When the plan began: a vertical line.
    target : number, optional
        The plan's target, in the unit of the chart: a dashed line, so that nobody takes it for a limit.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Grey dots inside, orange dots where a rule is met; the weeks that made the limits stand on a grey ground.
    """
    checks.columns(chart, [time, *NEEDED], name="chart")
    checks.rows(chart, name="chart")
    checks.complete(chart[[time]], name="chart")
    chart = checks.read_numbers(chart, [time, *NEEDED[:4]], name="chart", gaps=True)
    ax = ax or plt.subplots(figsize=(9.5, 4.4))[1]
    weeks, signal = chart[time], chart["signal"]
    ax.fill_between(weeks, scale * chart["low"], scale * chart["high"], step="mid", color="#DCE9F2", linewidth=0,
                    zorder=1, label=_label("usual_range"))  # fmt: skip
    ax.step(weeks, scale * chart["centre"], where="mid", color=GOOD, linewidth=1.8)
    base = weeks[chart["baseline"]]
    ax.axvspan(base.min() - 0.5, base.max() + 0.5, color="#EFEFEF", zorder=0)
    ax.plot(weeks, scale * chart["value"], color="#9A9A9A", linewidth=1, zorder=2)
    ax.scatter(
        weeks[~signal], scale * chart["value"][~signal], s=26, color=PLAIN, zorder=3, label=_label("inside")
    )
    ax.scatter(
        weeks[signal], scale * chart["value"][signal], s=46, color=BAD, zorder=4, label=_label("signal")
    )
    if at is not None:
        ax.axvline(at - 0.5, color="black", linewidth=1.5, label=_label("plan_begins"))
    if target is not None:
        ax.axhline(scale * target, color=ACCENT, linestyle="--", linewidth=2, label=_label("target"))
    for column in ("low", "centre", "high"):
        end = scale * chart[column].iloc[-1]
        ax.annotate(f"{end:.1f}", (weeks.max(), end), xytext=(6, -5), textcoords="offset points", fontsize=13,
                    color=GOOD, annotation_clip=False)  # fmt: skip
    ax.set(xlabel=_label(time), ylabel=_label(axis), xlim=(weeks.min() - 1, weeks.max() + 1))
    ax.grid(visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=3, columnspacing=1.4)
    return ax


def wall(table, *, time="week", until=None, dates=None):
    """Draw many charts at once: a strip for each branch, coloured where a rule is met.

    Parameters
    ----------
    table : DataFrame
        `branch`, the time, `value`, `centre`, `signal`; one row a branch and time.
    time : str
        The column across.
    until : number, optional
        The last week of the baseline: a vertical line.
    dates : DataFrame, optional
        `branch`, `estimate`: the week from which a branch has another level; a black mark.

    Returns
    -------
    Axes
        Orange: a signal above the centre; blue: below; light grey: no signal; white: no data.
    """
    checks.columns(table, ["branch", time, "value", "centre", "signal"], name="table")
    checks.rows(table, name="table")
    checks.complete(table[[time]], name="table")
    table = checks.read_numbers(table, [time, "value", "centre"], name="table", gaps=True)
    side = np.sign(table["value"] - table["centre"]) * table["signal"]
    wide = table.assign(side=side).pivot(index="branch", columns=time, values="side")
    wide = wide.reindex(columns=range(int(wide.columns.min()), int(wide.columns.max()) + 1))
    height = min(2.2 + 0.42 * len(wide), 4.9)
    ax = plt.subplots(figsize=(9.5, height))[1]
    first, last = wide.columns[0] - 0.5, wide.columns[-1] + 0.5
    ax.imshow(wide, cmap=ListedColormap([GOOD, "#E8E8E8", BAD]), vmin=-1, vmax=1, aspect="auto",
              interpolation="nearest", extent=(first, last, len(wide) - 0.5, -0.5))  # fmt: skip
    ax.hlines(np.arange(len(wide) - 1) + 0.5, first, last, color="white", linewidth=4)
    if until is not None:
        ax.axvline(until + 0.5, color="black", linewidth=1.5)
    if dates is not None:
        rows = [wide.index.get_loc(branch) for branch in dates["branch"]]
        ax.scatter(dates["estimate"], rows, marker="v", s=150, color="black", edgecolor="white", zorder=4)
    ax.set_yticks(range(len(wide)), [_label(branch) for branch in wide.index])
    ax.set(xlabel=_label(time))
    ax.grid(visible=False)
    keys = [Patch(color=BAD, label=_label("above_usual")), Patch(color=GOOD, label=_label("below_usual")),
            Patch(color="#E8E8E8", label=_label("inside"))]  # fmt: skip
    ax.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, -0.62 / (height - 1.6)), ncols=3)
    return ax


def _label(name):
    return codebook.current().label(name)

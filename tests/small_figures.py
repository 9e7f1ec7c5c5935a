"""Small tables of which every public drawing is made, and a figure told in words: what lies where, how large, in which colour."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from helpers.figures import boards, cards, charts, maps, plots, style, table_map
from helpers.methods import traits

GAPS = pd.DataFrame({
    "dimension": ["tangibles", "reliability", "empathy"], "gap": [0.2, -0.9, 0.01], "low": [0.1, -1.1, -0.1],
    "high": [0.3, -0.7, 0.12], "expected": [6.0, 6.5, 6.2], "perceived": [6.2, 5.6, 6.21],
    "gap_bank": [0.1, -0.5, -0.2],
})  # fmt: skip
LANES = {
    "stage": ["before", "during", "during", "after"],
    "evidence": ["sign", "ticket", "", "slip"],
    "channel": ["branch"] * 4,
    "frontstage": ["lobby_manager", "", "counter", ""],
    "backstage": [""] * 4,
    "support": [""] * 4,
}


def journey(**lanes):
    """Four touchpoints; the last has an emotion without an interval."""
    return pd.DataFrame({
        "touchpoint": ["ask", "queue", "counter", "leave"], "median_minutes": [1.0, 119.0, 120.0, 2880.0],
        "p90_minutes": [2.5, 600.0, 1200.0, 14400.0], "drop_off": [0.037, 0.0, 0.125, 0.25], "visits": [3915, 100, 80, 7],
        "n": [1545, 90, 70, 6], "estimate": [5.0, 2.0, 4.0, 6.0], "low": [4.5, 1.5, 3.0, np.nan],
        "high": [5.5, 2.5, 5.0, np.nan],
    }).assign(**lanes)  # fmt: skip


def described(trait=traits.NAMING[0], height=(1.0, -0.5, 3.0, -2.0)):
    """A group and four of its traits."""
    return pd.DataFrame({
        "trait": trait, "n": 1234, "share": 0.254, "variable": traits.NAMING[:4], "estimate": [1.0, 2.0, 3.0, 4.0],
        "overall": [5.0, 6.0, 7.0, 8.0], "height": height,
    })  # fmt: skip


def plan(**columns):
    """Two actions, the second by somebody with a long name."""
    return pd.DataFrame({
        "bottleneck": ["one", "two"], "owner": ["Ms Li", "Mr Chen of the head office"],
        "start": pd.to_datetime(["2026-03-02", "2026-03-16"]), "end": pd.to_datetime(["2026-03-15", "2026-03-18"]),
        "review_on": pd.to_datetime(["2026-03-30", "2026-04-11"]),
    }).assign(**columns)  # fmt: skip


def chart():
    """Four weeks, two of them the baseline, one outside its limits."""
    return pd.DataFrame({
        "week": [1, 2, 3, 4], "value": [1.0, 3.0, 9.0, 2.0], "centre": 2.0, "low": 0.0, "high": 4.0,
        "baseline": [True, True, False, False], "signal": [False, False, True, False],
    })  # fmt: skip


def weeks(branches):
    """Weeks 2, 3 and 5 of so many branches; two signals each."""
    rows = pd.DataFrame(
        {"week": [2, 3, 5], "value": [1.0, 3.0, 2.0], "centre": 2.0, "signal": [True, True, False]}
    )
    return pd.concat([rows.assign(branch=f"B{n:02d}") for n in range(1, branches + 1)])


def seven_tables():
    """Seven tables in two groups, and where three of them point."""
    tables = pd.DataFrame({
        "table": ["branches", "a", "b", "c", "d", "e", "notes"],
        "title": ["Branches", "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Notes"],
        "one_row": "a thing", "rows": [24, 1500, None, 7, 7, 7, 7],
        "group": ["base_tables"] + ["by_branch"] * 6,
    })  # fmt: skip
    return tables, pd.DataFrame({"table": ["a", "a", "b"], "points_at": ["b", "branches", "branches"]})


def _data_map():
    tables, links = seven_tables()
    return table_map.data_map(tables, links=links)


def _localised():
    figure, axes = plt.subplots()
    axes.plot([1, 2], [-1, 2], label="found")
    axes.legend(title="estimate")
    axes.set(title="dimension = reliability", xlabel="minutes", ylabel="share")
    axes.text(1, 0, "-0.5", fontweight="bold")
    style.localise(figure, label=str.upper)
    return figure


def _simplified():
    figure, axes = plt.subplots()
    for align, x in (("left", 0), ("center", 0.5), ("right", 1)):
        axes.text(x, 0.5, "青屿\n银行", ha=align, fontweight="bold", color=style.BAD)
    style.embolden(figure)
    figure.draw_without_rendering()
    style.simplify(figure)
    return figure


# One drawing of each kind, and those of its forms that look otherwise.
DRAWINGS = {
    "gaps": lambda: plots.gaps(GAPS),
    "estimates": lambda: plots.estimates(GAPS.assign(estimate=GAPS["gap"])),
    "journey_map": lambda: maps.journey_map(journey(**LANES)),
    "journey_map_nobody_asked": lambda: maps.journey_map(
        journey(n=0, estimate=np.nan, low=np.nan, high=np.nan)
    ),
    "segment_card": lambda: cards.segment_card(described()),
    "segment_cards": lambda: cards.segment_cards(pd.concat([described(), described(traits.NAMING[4])])),
    "control": lambda: charts.control(chart(), scale=10, at=3, target=0.5),
    "wall": lambda: charts.wall(weeks(3), until=3, dates=pd.DataFrame({"branch": ["B03"], "estimate": [5]})),
    "timeline": lambda: boards.timeline(plan(critical=[False, True])),
    "data_map": _data_map,
    "localised": _localised,
    "simplified": _simplified,
}

# What is told of each kind of thing; colours as #rrggbbaa, numbers to four digits.
TOLD = {
    Axes: ["xlim", "ylim", "axisbelow", "aspect"],
    Text: ["text", "position", "ha", "va", "size", "weight", "color", "rotation", "zorder", "alpha"],
    Line2D: ["xdata", "ydata", "color", "linewidth", "linestyle", "marker", "markersize", "zorder", "alpha"],
    Collection: ["offsets", "sizes", "facecolor", "edgecolor", "linewidth", "linestyle", "zorder", "alpha"],
    AxesImage: ["array", "extent", "interpolation", "clim"],
    Patch: ["facecolor", "edgecolor", "linewidth", "fill", "zorder", "alpha"],
    Legend: ["frame_on", "alignment"],
}


def told(figure):
    """Tell a figure line by line, in the order in which matplotlib holds its things."""
    lines = [f"figure {_short(figure.get_size_inches())}"]
    axes = [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    alike = {line for axis in axes for line in (*axis.get_ticklines(), *axis.get_gridlines())}
    for thing in figure.findobj(lambda one: one.get_visible() and isinstance(one, tuple(TOLD))):
        kind = next(kind for kind in TOLD if isinstance(thing, kind))
        if thing in alike or (isinstance(thing, Text) and not thing.get_text()):
            continue
        parts = [
            f"{name}={_short(getattr(thing, f'get_{name}')())}"
            for name in TOLD[kind]
            if hasattr(thing, f"get_{name}")
        ]
        lines.append(f"{kind.__name__} " + " ".join([*parts, *_shape(thing)]))
    return "\n".join(lines) + "\n"


def _shape(thing):
    """What only this kind has: corners, the box behind a text, the columns of a legend."""
    if isinstance(thing, Patch):
        path = thing.get_path()
        return [f"corners={_short(thing.get_patch_transform().transform(path.vertices))}"]
    if isinstance(thing, Collection):
        return [f"corners={_short([path.vertices for path in thing.get_paths()])}"]
    if isinstance(thing, Legend):
        anchor = thing.get_bbox_to_anchor().transformed(thing.axes.transAxes.inverted()) if thing.axes else ""
        return [f"ncols={thing._ncols} loc={thing._loc} columnspacing={thing.columnspacing} {_short(anchor)}"]
    if isinstance(thing, Axes):
        return [f"axes={thing.axison}"]
    if isinstance(thing, Text):
        behind, effects = thing.get_bbox_patch(), thing.get_path_effects()
        parts = [f"linespacing={_short(thing._linespacing)}"]
        parts += [f"at={_short(thing.xy)}"] if hasattr(thing, "xy") else []
        parts += [f"pad={_short(behind.get_boxstyle().pad)}"] if behind else []
        return parts + [f"stroke={effect._gc}" for effect in effects]
    return []


def _short(value):
    if hasattr(value, "bounds"):
        value = value.bounds
    if isinstance(value, str | bool | None):
        return (
            to_hex(value, keep_alpha=True)
            if isinstance(value, str) and value.startswith("#")
            else repr(value)
        )
    if isinstance(value, tuple | list | np.ndarray):
        items = np.ma.filled(value, np.nan) if isinstance(value, np.ma.MaskedArray) else value
        return "[" + " ".join(_short(item) for item in items) + "]"
    if isinstance(value, float | np.floating):
        return f"{value:.4g}"
    return str(value)

"""What a drawn figure says, read back from it: a kit writes the same numbers into charts and tables that can be edited."""

import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

FEW = 8  # categories that stand side by side below a chart
SHORT = 36  # letters of a cell


def lanes(figure):
    """Read the lanes of a journey map that hold a figure for every step.

    Parameters
    ----------
    figure : Figure
        Drawn.

    Returns
    -------
    list of list of str or None
        The steps, then each lane: its name and a cell a step. None for any other figure.
    """
    if len(figure.axes) != 1 or figure.axes[0].axison:
        return None
    (axes,) = figure.axes
    bands = [(one.get_y(), one.get_height()) for one in axes.patches if isinstance(one, Rectangle)]
    rows = [row for band in bands for row in _split(*_lane(axes, *band))]
    columns = max((len(cells) for _, cells in rows), default=0)
    whole = [
        [name, *cells]
        for name, cells in rows
        if len(cells) == columns and all(0 < len(cell) <= SHORT for cell in cells)
    ]
    said = [row for row in whole if all(any(letter.isdigit() for letter in cell) for cell in row[1:])]
    heads = [row for row in whole if not any(letter.isdigit() for cell in row[1:] for letter in cell)]
    return [heads[0], *said] if heads and said else None


def _lane(axes, low, high):
    """A lane's name, and what stands above each step; the number of answers is left out."""
    name, cells = "", {}
    for text in axes.texts:
        x, y = text.xy if hasattr(text, "xy") else text.get_position()
        written = text.get_text().partition("\nn = ")[0]
        if not low < y < low + high or written.startswith("n = "):
            continue
        if x < -1:
            name = name or written.replace("\n", "" if written > "\u2e80" else " ")
        elif x >= 0 and x == round(x):
            cells[round(x)] = written
    return name, [cells[step] for step in sorted(cells)]


def _split(name, cells):
    """A lane whose cells say several things in several lines becomes as many rows; what all begin with joins the name."""
    lines = [cell.split("\n") for cell in cells]
    said = all(any(letter.isdigit() for letter in one) for line in lines for one in line)
    if len({len(line) for line in lines}) != 1 or len(lines[0]) < 2 or not said:
        return [(name, [cell.replace("\n", " ") for cell in cells])]
    rows = []
    for line in zip(*lines, strict=True):
        alike = [len(set(letters)) == 1 for letters in zip(*line, strict=False)]
        begin = line[0][: [*alike, False].index(False)]
        begin = begin[: begin.rfind(" ") + 1]  # whole words
        rows.append((f"{name} {begin.strip()}".strip(), [one[len(begin) :].strip() for one in line]))
    return rows


def chart(figure):
    """Read points with intervals, bars or short lines over a few categories.

    Parameters
    ----------
    figure : Figure
        Drawn.

    Returns
    -------
    dict or None
        `kind` (points, lines, bars), `categories`, `series` (name, values, low, high), `axis`, `format`, `ends`; None
        where the figure is of another kind.
    """
    axes = [one for one in figure.axes if one.axison]
    if len(axes) != 1 or len(figure.axes) != 1 or (axes[0].texts and not axes[0].containers):
        return None
    (axes,) = axes
    across = _named(axes.xaxis)
    if across == _named(axes.yaxis):
        return None
    named, counted = (axes.xaxis, axes.yaxis) if across else (axes.yaxis, axes.xaxis)
    places = _places(named)
    if not 1 < len(places) <= FEW:
        return None
    series = _bars(axes, across, places) or _points(figure, axes, across, places)
    if not series:
        return None
    kinds = [one.pop("kind") for one in series]
    return {
        "kind": kinds[0],
        "categories": list(places.values()),
        "series": series,
        "axis": counted.get_label_text(),
        **_scale(counted, least=min(_numbers(series))),
    }


def _numbers(series):
    """Every number that is drawn."""
    return [
        number
        for one in series
        for name in ("values", "low")
        for number in one.get(name, ())
        if number is not None
    ]


def _named(axis):
    texts = [label.get_text() for label in axis.get_ticklabels()]
    return any(texts) and not any(text[-1:].isdigit() or text.endswith("%") for text in texts if text)


def _places(axis):
    """Position → label, in the order in which they are read: from the left, or from the top."""
    found = {}
    low, high = sorted(axis.get_view_interval())
    for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True):
        if low <= place <= high and label.get_text():
            found[round(float(place))] = label.get_text().replace("\n", " ")
    down = axis.axis_name == "y" and not axis.get_inverted()
    return dict(sorted(found.items(), reverse=down))


def _scale(axis, *, least):
    low, high = sorted(axis.get_view_interval())
    ticks = [float(tick) for tick in axis.get_ticklocs()]
    step = ticks[1] - ticks[0]
    ends = [np.floor(low / step + 1e-6) * step, np.ceil(high / step - 1e-6) * step, step]
    ends[0] = max(ends[0], 0) if least >= 0 else ends[0]
    label = axis.get_ticklabels()[1].get_text()
    shares = label.endswith("%") and abs(float(label.rstrip("%").replace("−", "-")) - ticks[1]) > 1e-6
    decimals = len(label.rstrip("%").partition(".")[2])
    form = "0" + ("." + "0" * decimals if decimals else "")
    return {"format": form + ("%" if shares else '"%"' if label.endswith("%") else ""), "ends": ends}


def _bars(axes, across, places):
    """Bars that begin at zero, one a category."""
    bars = [
        one for one in axes.patches if isinstance(one, Rectangle) and one.get_width() and one.get_height()
    ]
    begins = [one.get_y() if across else one.get_x() for one in bars]
    if len(bars) != len(places) or any(begins) or axes.collections or axes.lines:
        return None
    middles = [
        round(one.get_x() + one.get_width() / 2 if across else one.get_y() + one.get_height() / 2)
        for one in bars
    ]
    lengths = [float(one.get_height() if across else one.get_width()) for one in bars]
    held = dict(zip(middles, lengths, strict=True))
    if set(held) != set(places):
        return None
    return [{"kind": "bars", "name": axes.get_xlabel(), "values": [held[place] for place in places]}]


def _points(figure, axes, across, places):
    """Points by colour and mark, each with its interval if it has one; None where something else is drawn."""
    dots = [one for one in axes.collections if isinstance(one, PathCollection) and len(one.get_offsets())]
    ranges = [one for one in axes.collections if isinstance(one, LineCollection)]
    if not dots or axes.patches or len(dots) + len(ranges) != len(axes.collections):
        return None
    groups = _groups(dots, across)
    names = _names(figure, axes, len(groups))
    if names is None or any(len(points) > len(places) for points in groups.values()):
        return None
    intervals = [
        ((line[0][0], line[0][1], line[1][1]) if across else (line[0][1], line[0][0], line[1][0]))
        for one in ranges
        for line in one.get_segments()
    ]
    joined = any(len(line.get_xdata()) > 1 and line.get_linestyle() == "-" for line in axes.lines)
    if len(axes.lines) not in (0, len(groups)):
        return None
    found = []
    for name, points in zip(names, groups.values(), strict=True):
        held = {round(at): _interval(at, value, intervals) for at, value in points}
        rows = [held.get(place, (None, None, None)) for place in places]
        values, low, high = (list(column) for column in zip(*rows, strict=True))
        found.append(
            {
                "kind": "lines" if joined else "points",
                "name": name,
                "values": values,
                "low": low,
                "high": high,
            }
        )
    return found


def _groups(dots, across):
    """Colour and mark → the points that have them."""
    groups = {}
    for one in dots:
        colours, marks = one.get_facecolors(), one.get_paths()
        for number, point in enumerate(np.asarray(one.get_offsets(), float)):
            colour = to_hex(colours[number % len(colours)][:3]) if len(colours) else "hollow"
            mark = len(marks[number % len(marks)].vertices)
            at, value = point if across else point[::-1]
            groups.setdefault((colour, mark), []).append((at, value))
    return groups


def _interval(at, value, intervals):
    """The interval that is drawn through a point; it is taken once."""
    own = [
        one
        for one in intervals
        if abs(one[0] - at) < 0.02 and min(one[1:]) - 1e-9 <= value <= max(one[1:]) + 1e-9
    ]
    low = high = None
    if own:
        intervals.remove(own[0])
        low, high = sorted(own[0][1:])
    return tuple(None if one is None or np.isnan(one) else float(one) for one in (value, low, high))


def _names(figure, axes, count):
    """What the legend calls the groups, in its order; a single group needs none."""
    legends = [*figure.legends, *([axes.get_legend()] if axes.get_legend() else [])]
    texts = [text.get_text() for legend in legends for text in legend.get_texts()]
    if len(texts) == count:
        return texts
    return [axes.get_xlabel() or axes.get_ylabel()] if count == 1 and not texts else None

"""The journey map and the emotion curve, drawn from tables in the reader's language."""

import textwrap
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers.bank import checks, codebook, files, language
from helpers.bank.language import wrong
from helpers.figures.style import ACCENT, BAD, GOOD, PLAIN

A3 = (420 / 25.4, 297 / 25.4)
SCREEN = 9.5  # inches across, as every figure of the lab; letters are sized for A3 and shrink with the width
LANE = 0.35  # inches of a lane of height 1 there
MARGIN = 0.4  # inches that a printer leaves white
# Kinds of page, and what each calls the time of saving: without it the same map is the same file.
DATES = {".pdf": "CreationDate", ".svg": "Date"}
# Heights of the lanes of the map, from the top: in units of one line of text.
HEIGHTS = {"stage": 0.9, "touchpoint": 1.7, "evidence": 1.4, "channel": 1.0, "waits": 1.4, "drop_off": 1.4, "emotion": 3.8,
           "frontstage": 1.25, "backstage": 1.1, "support": 1.1}  # fmt: skip
TIMES = ((1440, "unit_days"), (60, "unit_hours"), (1, "unit_minutes"))
# Who is in a layer is a value of `owner`.
COLUMNS = {"frontstage": "owner", "backstage": "owner", "support": "owner"}
# Lines of the blueprint, each above the lane that it parts from what the customer sees or meets.
LINES = {"frontstage": "line_interaction", "backstage": "line_visibility", "support": "line_internal"}


def journey_map(table, *, neutral=4, scale=(1, 7), ax=None):
    """Draw the journey map: stages across, what the customer does, uses, waits for and feels, and who stands behind.

    One message a column: a touchpoint from top to bottom. Sized for the screen; `poster` makes the A3 page.

    Parameters
    ----------
    table : DataFrame
        One row a touchpoint in order (`journey.lanes`): `touchpoint`, `median_minutes`, `p90_minutes`,
        `drop_off`, `visits`, and `n`, `estimate`, `low`, `high` of its emotion. `stage`, `evidence`, `channel`,
        `frontstage`, `backstage`, `support` (`journey.blueprint`) are drawn where they are there: ids or
        any text in the reader's language.
    neutral : float
        The emotion that is neither good nor bad.
    scale : tuple of float
        The ends of the scale of emotions.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Lanes from the top, as far as the table has them; the lines of the service blueprint are dashed, and a lane
        that names nobody asks for a pencil.
    """
    needed = [
        "touchpoint",
        "median_minutes",
        "p90_minutes",
        "drop_off",
        "visits",
        "n",
        "estimate",
        "low",
        "high",
    ]
    checks.columns(table, needed, name="table")
    here = {"touchpoint", "waits", "drop_off", "emotion"} | set(table.columns)
    heights = {lane: height for lane, height in HEIGHTS.items() if lane in here}
    ax = ax or plt.subplots(figsize=(SCREEN, LANE * sum(heights.values())))[1]
    bottoms = -np.cumsum(list(heights.values()))
    for (lane, height), bottom in zip(heights.items(), bottoms, strict=True):
        _lane(ax, lane, bottom, height, len(table), shaded=list(heights).index(lane) % 2)
        if lane == "emotion":
            _emotion_lane(ax, table, bottom, height, neutral, scale)
        elif lane == "stage":
            _stages(ax, table["stage"], bottom, height)
        else:
            _cells(ax, lane, _texts(lane, table), bottom, height)
    ax.set(xlim=(-1.35, len(table) - 0.5), ylim=(bottoms[-1] - 0.1, 0.1))
    ax.set_axis_off()
    return ax


def poster(ax, *, path):
    """Save a journey map as an A3 page, landscape, ready to print and hang up.

    The page is drawn, not photographed: lines and letters stay sharp at any size.

    Parameters
    ----------
    ax : Axes
        What `journey_map` returned, with its title and caption.
    path : str or Path
        Where the page goes; its name ends in ``.pdf`` (or ``.svg``).

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ValueError
        If the name ends otherwise, or the folder is not there.
    """
    path = Path(path)
    if path.suffix.lower() not in DATES or not path.parent.is_dir():
        raise wrong("maps.path", path=path)
    figure = ax.figure
    larger = A3[0] / figure.get_figwidth()
    for text in figure.findobj(Text):
        text.set_fontsize(text.get_fontsize() * larger)
    figure.set_size_inches(*A3)
    figure.set_size_inches(*(2 * np.array(A3) - _extent(figure).size - 2 * MARGIN))
    middle = _extent(figure).get_points().mean(axis=0)
    page = Bbox([middle - np.array(A3) / 2, middle + np.array(A3) / 2])
    # Letters as outlines: a printer needs no font with Chinese glyphs.
    with files.in_one_piece(path) as draft, plt.rc_context({"pdf.fonttype": 3, "svg.fonttype": "path"}):
        figure.savefig(draft, bbox_inches=page, metadata={DATES[path.suffix.lower()]: None})
    return path


def _extent(figure):
    """Where everything that is drawn lies, title and caption too, in inches."""
    figure.canvas.draw()
    return figure.get_tightbbox(figure.canvas.get_renderer())


def _curve(ax, at, table, *, neutral, height, size=16, scale=1):
    """The line of emotions with their intervals; `height` says where an emotion is drawn."""
    colours = np.select([table["high"] < neutral, table["low"] > neutral], [BAD, GOOD], PLAIN)
    ax.hlines(
        height(neutral), at[0] - 0.5, at[-1] + 0.5, color="black", linewidth=1, linestyle="--", zorder=1
    )
    ax.plot(at, height(table["estimate"]), color=PLAIN, linewidth=2 * scale, zorder=2)
    ax.vlines(
        at, height(table["low"]), height(table["high"]), color=list(colours), linewidth=4 * scale, zorder=3
    )
    ax.scatter(at, height(table["estimate"]), s=110 * scale**2, color=list(colours), zorder=4)
    # Above its interval, where there is one: a line through a number cannot be read.
    tops = table["high"].fillna(table["estimate"])
    for x, emotion, top in zip(at, table["estimate"], tops, strict=True):
        if not np.isnan(emotion):
            ax.annotate(f"{emotion:.1f}", (x, height(top)), xytext=(0, 9 * scale), textcoords="offset points",
                        fontsize=size, fontweight="bold", ha="center")  # fmt: skip


def _lane(ax, lane, bottom, height, columns, *, shaded):
    """Band, name and, where the blueprint has one, the line above."""
    ax.axhspan(bottom, bottom + height, color="#F4F4F4" if shaded else "white", zorder=0)
    size = _points(ax, 18)
    ax.text(
        -1.3, bottom + height / 2, _wrapped(f"lane_{lane}", 13), va="center", fontsize=size, fontweight="bold"
    )
    if lane in LINES:
        ax.hlines(bottom + height, -1.35, columns - 0.5, color=PLAIN, linestyle="--", linewidth=1.4)
        ax.text(-1.3, bottom + height, _label(LINES[lane]), va="center", fontsize=size, color=PLAIN,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip


def _stages(ax, stages, bottom, height):
    """One arrow for each run of touchpoints in the same stage."""
    runs = stages.ne(stages.shift()).cumsum().to_numpy()
    for run in np.unique(runs):
        first, last = np.flatnonzero(runs == run)[[0, -1]]
        left, right, middle = first - 0.48, last + 0.48, bottom + height / 2
        tip, low, top = 0.12, bottom + 0.08, bottom + height - 0.08
        ax.fill(
            [left, right - tip, right, right - tip, left], [low, low, middle, top, top], color=GOOD, zorder=1
        )
        ax.text((left + right) / 2, middle, _label(stages.iloc[first], "stage"), ha="center", va="center", color="white",
                fontsize=_points(ax, 18), fontweight="bold")  # fmt: skip


def _texts(lane, table):
    if lane == "waits":
        pairs = zip(table["median_minutes"], table["p90_minutes"], strict=True)
        return [
            f"{_label('half_within')} {_time(half)}\n{_label('ninety_within')} {_time(most)}"
            for half, most in pairs
        ]
    if lane == "drop_off":
        return [
            f"{share:.1%}\nn = {n:,}" for share, n in zip(table["drop_off"], table["visits"], strict=True)
        ]
    # A name in bold and in a box takes more room.
    width = {"touchpoint": 11, "evidence": 16}.get(lane, 14)
    return [_wrapped(text, width, COLUMNS.get(lane, lane)) for text in table[lane].fillna("")]


def _cells(ax, lane, texts, bottom, height):
    if lane in LINES and not any(texts):  # somebody works there whom the list does not name
        middle = (len(texts) - 1) / 2
        ax.text(middle, bottom + height / 2, _label("pencil"), ha="center", va="center", fontsize=_points(ax, 18),
                color=PLAIN)  # fmt: skip
    for x, text in enumerate(texts):
        if text:
            box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": GOOD, "linewidth": 2}
            ax.text(x, bottom + height / 2, text, ha="center", va="center", linespacing=1.25,
                    fontsize=_points(ax, 19 if lane == "touchpoint" else 18),
                    fontweight="bold" if lane == "touchpoint" else None,
                    bbox=box if lane == "touchpoint" else None)  # fmt: skip


def _emotion_lane(ax, table, bottom, height, neutral, scale):
    """The curve between 0.7 (room for n) and 0.6 (room for a number) below the lane's top."""
    room, size = (height - 1.3) / (scale[1] - scale[0]), _points(ax, 18)
    _curve(ax, np.arange(len(table)), table, neutral=neutral, size=size, scale=_points(ax, 1),
           height=lambda emotion: bottom + 0.7 + (emotion - scale[0]) * room)  # fmt: skip
    for mark in (scale[0], neutral, scale[1]):
        ax.text(
            -0.55,
            bottom + 0.7 + (mark - scale[0]) * room,
            f"{mark:g}",
            ha="right",
            va="center",
            fontsize=size,
        )
    for x, n in enumerate(table["n"]):
        ax.text(x, bottom + 0.32, f"n = {n:,}", ha="center", va="center", fontsize=size, color=PLAIN)
    if table["estimate"].notna().any():
        worst = table["estimate"].argmin()
        ax.axvspan(worst - 0.48, worst + 0.48, color=ACCENT, alpha=0.13, zorder=0.5, linewidth=0)
    else:
        middle = (len(table) - 1) / 2
        ax.text(
            middle,
            bottom + height / 2 + 0.5,
            _label("nobody_asked"),
            ha="center",
            va="center",
            fontsize=size,
            color=PLAIN,
        )


def _points(ax, size):
    """A size of letters on A3, smaller where the map is."""
    return size * ax.figure.get_figwidth() / A3[0]


def _time(minutes):
    """8.40 min, 3.5 h or 12 days: whichever reads best; minutes as tables show them, so that both say the same."""
    unit, name = next(pair for pair in TIMES if minutes >= 2 * pair[0] or pair[0] == 1)
    amount = minutes / unit
    places = 2 if name == "unit_minutes" else 0 if amount >= 10 else 1
    return f"{amount:.{places}f} {_label(name)}"


def _wrapped(name, width, column=""):
    """A label in lines; a Chinese glyph is as wide as two letters."""
    text = _label(name, column)
    return textwrap.fill(text, width // 2 if language.current() == "zh" else width)


def _label(name, column=None):
    """What an id is called, as a value of this column where that has a name of its own."""
    return codebook.current().label(name, of=column)

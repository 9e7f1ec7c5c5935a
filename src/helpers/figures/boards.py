"""The timeline of a plan: who does what from when to when, drawn in the reader's language."""

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np

from helpers.bank import checks, codebook
from helpers.figures.style import BAD, GOOD

LETTER = 0.0195  # width of a letter in a bar, where the whole time is 1; a Chinese glyph is two


def timeline(table, *, ax=None):
    """Draw who does what from when to when.

    Parameters
    ----------
    table : DataFrame
        One row an action: `bottleneck`, `owner`, `start`, `end`, `review_on`; `critical` where it is known.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One bar an action, the owner on it, the day of review as a diamond; what delays the whole in orange.
    """
    checks.columns(table, ["bottleneck", "owner", "start", "end", "review_on"], name="table")
    ax = ax or plt.subplots(figsize=(10, 1.8 + 0.8 * len(table)))[1]
    at = np.arange(len(table))[::-1]
    critical = table["critical"] if "critical" in table else np.zeros(len(table), dtype=bool)
    start, end = (mdates.date2num(table[column]) for column in ("start", "end"))
    # The last day is worked too, so a bar ends where the next day begins.
    ax.barh(at, end + 1 - start, left=start, height=0.62, color=np.where(critical, BAD, GOOD))
    _owners(ax, table, at=at, start=start, end=end)
    ax.scatter(
        mdates.date2num(table["review_on"]),
        at,
        marker="D",
        s=110,
        color="black",
        zorder=3,
        label="review_on",
    )
    ax.set_yticks(at, [_label(name) for name in table["bottleneck"]])
    ax.xaxis_date()
    ax.xaxis.set_major_locator(
        mdates.WeekdayLocator(byweekday=mdates.MO, interval=max(1, len(_weeks(table)) // 7))
    )
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%m-%d"))
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.12), frameon=False)
    ax.grid(axis="x")
    return ax


def _owners(ax, table, *, at, start, end):
    """Write each owner into the bar, or beside it where the bar is too short."""
    whole = (max(end.max(), mdates.date2num(table["review_on"].max())) - start.min()) or 1
    right = start.min() + 1.03 * whole
    for y, begin, long, owner in zip(at, start, end + 1 - start, table["owner"], strict=True):
        name = codebook.current().label(owner, of="owner")
        inside = len(name.encode("gbk", "replace")) * LETTER * whole < long
        ax.text(
            begin + 0.01 * whole if inside else begin + long + 0.035 * whole,
            y,
            name,
            color="white" if inside else "black",
            va="center",
            fontsize=15,
            fontweight="bold",
        )
        if not inside:
            right = max(right, begin + long + (0.05 + LETTER * len(name.encode("gbk", "replace"))) * whole)
    ax.set_xlim(start.min(), right)


def _weeks(table):
    """Weeks from the first start to the last day that is drawn."""
    days = (max(table["end"].max(), table["review_on"].max()) - table["start"].min()).days
    return range(days // 7)


def _label(name):
    return codebook.current().label(name)

"""A figure drawn once more for the back row: wide as a slide, its letters as large as its rows allow."""

import warnings
from contextlib import contextmanager

from matplotlib.collections import QuadMesh
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

SIZE = (12.0, 5.1)  # inches: what a slide leaves below its headline
LETTERS = 18  # points, at that size
MOST = 14  # rows one above the other, at most, on one slide
WRITTEN = 20  # a drawing with more words than that is a map: its letters have the size that fits


def save(figure, path):
    """Save a figure as a slide needs it; the figure itself is afterwards as it was.

    Parameters
    ----------
    figure : Figure
        Drawn, in the reader's language. A drawing full of words that has one field is left alone: nothing is saved.
    path : Path
        A ``.png``; where one slide cannot hold the figure in large letters, its parts get ``-2``, ``-3`` behind their names.

    Returns
    -------
    list of str
        What each part shows, empty for a figure in one piece.
    """
    axes = [one for one in figure.axes if one.get_label() != "<colorbar>"]
    written = sum(len(one.texts) for one in axes)
    cells = any(isinstance(one, QuadMesh) for each in axes for one in each.collections)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where large letters leave an axis no room, the layout says so
        if written > WRITTEN and not cells:
            return _first(figure, axes, path) if len(axes) > 2 else []
        if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
            return []
        rows, above = max(map(_rows, axes), default=1), _above(figure)
        if above == 1 and rows > MOST:
            return _halves(figure, axes, path, rows)
        if above > 1 and above == len(axes) and rows * above > MOST:
            return _panels(figure, axes, path)
        with _enlarged(figure):
            figure.savefig(path, dpi=150)
    return []


def _part(path, number):
    return path.with_name(f"{path.stem}-{number}{path.suffix}") if number > 1 else path


def _halves(figure, axes, path, rows):
    """So many rows that they are read in two goes."""
    limits = [one.get_ylim() for one in axes]
    names = [label.get_text() for label in axes[0].get_yticklabels()]
    names = names if limits[0][0] > limits[0][1] else names[::-1]
    middle = -(-rows // 2)
    parts = []
    for number, (first, last) in enumerate(((0, middle), (middle, rows)), start=1):
        for one, (low, high) in zip(axes, limits, strict=True):
            step = (high - low) / rows
            ends = high - step * last, high - step * first
            one.set_ylim(*ends)
            for text in one.texts:
                text.set_visible(min(ends) < text.get_position()[1] < max(ends))
        with _enlarged(figure, rows=middle):
            figure.savefig(_part(path, number), dpi=150)
        parts.append(f"{names[first]} – {names[last - 1]}")
    for one, ends in zip(axes, limits, strict=True):
        one.set_ylim(*ends)
        for text in one.texts:
            text.set_visible(True)
    return parts


def _panels(figure, axes, path):
    """Panels one above the other: each on a slide of its own."""
    parts = [one.get_title() for one in axes]
    labels = [(one.xaxis.label, one.get_xlabel(), one.xaxis.label.get_visible()) for one in axes]
    for label, _, _ in labels:  # what stood once below the lowest is needed below each
        label.set(text=axes[-1].get_xlabel(), visible=True)
    with _enlarged(figure, rows=1, high=len(axes)):
        for one in axes:
            one.tick_params(labelbottom=True)
        figure.canvas.draw()
        for number, one in enumerate(axes, start=1):
            figure.savefig(_part(path, number), dpi=150, bbox_inches=_around(figure, one))
    for label, text, visible in labels:
        label.set(text=text, visible=visible)
    return parts


def _first(figure, axes, path):
    """Many small fields of words: one of them, large, stands for all."""
    figure.canvas.draw()
    box = _around(figure, axes[0], beside=0.0)
    figure.savefig(path, dpi=150 * SIZE[0] / max(box.width, 1), bbox_inches=box)
    return [""]


def _around(figure, one, *, beside=0.1):
    """Where an axes with its names lies, in inches."""
    box = one.get_tightbbox(figure.canvas.get_renderer())
    return box.transformed(figure.dpi_scale_trans.inverted()).padded(beside)


@contextmanager
def _enlarged(figure, *, rows=None, high=1):
    """Width and height of the slide; letters no smaller than the back row needs, but never one over the other."""
    size = figure.get_size_inches().copy()
    letters = [(text, text.get_fontsize()) for text in figure.findobj(Text)]
    ticks = [(axis, _letters(axis)) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    steps = [(axes.xaxis, axes.xaxis.get_major_locator()) for axes in figure.axes]
    figure.set_size_inches(SIZE[0], SIZE[1] * high)
    largest = _largest(figure, rows)
    for axis, _ in ticks:
        axis.set_tick_params(labelsize=largest)
    for axis, _ in steps:
        if _numbers(axis) and len(_sides(figure)) > 1:
            axis.set_major_locator(MaxNLocator(nbins=4 if len(_sides(figure)) < 3 else 3))
    for text, before in letters:
        text.set_fontsize(max(before, largest))
    leaning = [label for axes in figure.axes for label in _crowded(axes, largest)]
    for label in leaning:
        label.set(rotation=20, ha="right", rotation_mode="anchor")
    for axes in figure.axes:  # an upright label may be longer than the slide is high
        label = axes.yaxis.label
        label.set_fontsize(
            min(label.get_fontsize(), 72 * 0.8 * SIZE[1] / (0.6 * max(1, _wide(label.get_text()))))
        )
    try:
        yield
    finally:
        figure.set_size_inches(*size)
        for axis, before in ticks:
            axis.set_tick_params(labelsize=before)
        for axis, before in steps:
            axis.set_major_locator(before)
        for text, before in letters:
            text.set_fontsize(before)
        for label in leaning:
            label.set(rotation=0, ha="center", rotation_mode="default")


def _crowded(axes, size):
    """Names below an axis that would touch one another in letters of this size."""
    labels = [label for label in axes.get_xticklabels() if label.get_text()]
    longest = max((_wide(label.get_text()) for label in labels), default=0)
    room = 72 * SIZE[0] * axes.get_position().width
    crowded = not _numbers(axes.xaxis) and len(labels) * longest * 0.55 * size > room
    return [label for label in labels if crowded and label.get_rotation() == 0]


def _largest(figure, rows):
    """As large as the back row needs, unless so many rows stand one above the other that they would touch."""
    if rows is None:
        rows = max((_rows(axes) for axes in figure.axes), default=1) * _above(figure)
    return min(LETTERS, 72 * 0.72 * SIZE[1] / rows)


def _above(figure):
    """How many panels stand one above the other."""
    return (
        len({round(axes.get_position().y0, 2) for axes in figure.axes if axes.get_label() != "<colorbar>"})
        or 1
    )


def _wide(text):
    """Letters, a Chinese one counted twice."""
    return sum(2 if letter > "\u2e80" else 1 for letter in text)


def _sides(figure):
    """Where panels begin, from left to right."""
    return {round(axes.get_position().x0, 2) for axes in figure.axes}


def _letters(axis):
    labels = axis.get_ticklabels()
    return labels[0].get_fontsize() if labels else LETTERS


def _numbers(axis):
    """Whether an axis counts, rather than naming categories or days."""
    texts = [label.get_text().lstrip("−-").rstrip("%") for label in axis.get_ticklabels()]
    return bool(texts) and all(text.replace(".", "").replace(",", "").isdigit() for text in texts if text)


def _rows(axes):
    """How many categories stand one above the other."""
    labels = [label.get_text() for label in axes.get_yticklabels()]
    return 1 if _numbers(axes.yaxis) else len(list(filter(None, labels))) or 1

"""A figure drawn once more for the back row: wide as a slide, its letters as large as its rows allow."""

import warnings
from contextlib import contextmanager

from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

SIZE = (12.0, 5.1)  # inches: what a slide leaves below its headline
LETTERS = 18  # points, at that size
WRITTEN = 20  # a drawing with more words than that is a map: its letters have the size that fits


def save(figure, path):
    """Save a figure as a slide needs it; the figure itself is afterwards as it was.

    Parameters
    ----------
    figure : Figure
        Drawn, in the reader's language. A map, full of words, is left alone: nothing is saved.
    path : Path
        A ``.png``.
    """
    written = sum(len(axes.texts) for axes in figure.axes)
    if written > WRITTEN or not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where large letters leave an axis no room, the layout says so
        with _enlarged(figure):
            figure.savefig(path, dpi=150)


@contextmanager
def _enlarged(figure):
    """Width and height of the slide; letters no smaller than the back row needs, but never one over the other."""
    size = figure.get_size_inches().copy()
    letters = [(text, text.get_fontsize()) for text in figure.findobj(Text)]
    ticks = [(axis, _letters(axis)) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    steps = [(axes.xaxis, axes.xaxis.get_major_locator()) for axes in figure.axes]
    figure.set_size_inches(*SIZE)
    largest = _largest(figure)
    for axis, _ in ticks:
        axis.set_tick_params(labelsize=largest)
    for axis, _ in steps:
        if _numbers(axis) and len(_sides(figure)) > 1:
            axis.set_major_locator(MaxNLocator(nbins=4 if len(_sides(figure)) < 3 else 3))
    for text, before in letters:
        text.set_fontsize(max(before, largest))
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


def _largest(figure):
    """As large as the back row needs, unless so many rows stand one above the other that they would touch."""
    rows = max((_rows(axes) for axes in figure.axes), default=1)
    above = len({round(axes.get_position().y0, 2) for axes in figure.axes}) or 1
    return min(LETTERS, 72 * 0.72 * SIZE[1] / (rows * above))


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

"""Tasks that ask for a figure: the bars that were drawn are the answer."""

import re

from classroom.exercises import answer_text, answer_words
from classroom.exercises.unreadable_answers import Unreadable, came
from helpers.bank import codebook


def is_figure(value):
    """Whether a value is what seaborn or matplotlib gives back for one picture."""
    return hasattr(getattr(value, "ax", value), "patches")


def bars(figure, *, size=None):
    """Read the bars of a figure, upright or lying.

    Parameters
    ----------
    figure : Axes or FacetGrid
        With one picture, and a name below or beside each bar.
    size : int, optional
        How many bars make sense.

    Returns
    -------
    dict
        The name of each bar → its length.

    Raises
    ------
    Unreadable
        If it is not a figure, or has no bars with names.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> bars(plt.figure().add_subplot().barh(["east", "west"], [3, 5])[0].axes)
    {'east': 3.0, 'west': 5.0}
    """
    if not is_figure(figure):
        raise came(figure)
    axes = getattr(figure, "ax", figure)
    lying = any(re.search(r"[^\W\d]", tick.get_text()) for tick in axes.get_yticklabels())
    ticks = axes.get_yticklabels() if lying else axes.get_xticklabels()
    sizes = [(bar.get_width(), bar.get_height()) for bar in axes.patches]
    lengths = [float(width if lying else height) for width, height in sizes]
    if not lengths or len(lengths) != len(ticks):
        raise Unreadable(en="a figure without one bar for each name", zh="一张图，但没有为每个名称各画一根条")
    if size and len(lengths) != size:
        raise Unreadable(
            en=f"a figure with bars: {len(lengths)}, not {size}",
            zh=f"一张图，有 {len(lengths)} 根条，不是 {size} 根",
        )
    book = codebook.current()
    named = [tick.get_text() for tick in ticks]
    ids = {book.label(one): one for one in book._labels if book.label(one) in named}
    several = answer_words.meant(book)
    ids = {label: one for label, one in ids.items() if len(several.get(answer_text.plain(label), [one])) == 1}
    return {ids.get(name, name): length for name, length in zip(named, lengths, strict=True)}

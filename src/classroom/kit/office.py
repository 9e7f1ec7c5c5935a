"""What Word and PowerPoint files share: fonts named for Windows, colours, room for text."""

import unicodedata

from helpers.language import pick

INK, LEAF, SOFT, SAND = "1D2A33", "0B6B62", "5A6B75", "A45A12"
EAST_ASIAN = "Microsoft YaHei"
AUTHOR = "Qingyu Bank course"


def latin():
    """The font of Latin letters; in Chinese text quotes and dashes must be as wide as Chinese ones.

    Returns
    -------
    str
        A font that every Windows has.
    """
    return pick(en="Arial", zh=EAST_ASIAN)


def described(properties, *, title):
    """Fill a file's properties without a word about the machine it was made on.

    Parameters
    ----------
    properties : CoreProperties
        Of a document or a presentation.
    title : str
        What it is.
    """
    properties.title, properties.author, properties.last_modified_by = title, AUTHOR, AUTHOR
    properties.comments, properties.language = "", pick(en="en-GB", zh="zh-CN")


def lines(text, *, size, width):
    """Guess how many lines a paragraph takes.

    Parameters
    ----------
    text : str
        English, Chinese, or both.
    size : float
        In points.
    width : float
        Of the line, in points.

    Returns
    -------
    int
        At least one.

    Examples
    --------
    >>> lines("差距" * 10, size=20, width=200)
    2
    """
    ems = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.56 for letter in text)
    return max(1, -int(-ems * size // width))


def fitting(paragraphs, *, width, height, sizes, leading=1.35, gap=0.5):
    """Choose the largest size at which paragraphs fit a box.

    Parameters
    ----------
    paragraphs : sequence of str
        Their text.
    width, height : float
        Of the box, in points.
    sizes : sequence of int
        From large to small; the last one is taken where none fits.
    leading, gap : float
        Line height, and room after a paragraph, in lines.

    Returns
    -------
    int
        In points.
    """
    for size in sizes:
        rows = sum(leading * lines(text, size=size, width=width) + gap for text in paragraphs)
        if rows * size <= height:
            return size
    return sizes[-1]

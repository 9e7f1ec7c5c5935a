"""What Word and PowerPoint files share: fonts named for Windows, colours, room for text."""

import re
import unicodedata

from helpers.bank.language import pick

INK, LEAF, SOFT, SAND = "1D2A33", "0B6B62", "5A6B75", "A45A12"
EAST_ASIAN = "Microsoft YaHei"
AUTHOR = "Qingyu Bank course"
WIDE = dict.fromkeys("mwMW%@", 0.88)
LETTER = 0.54  # of the height: how wide a Latin letter is on average, rather too wide than too narrow


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
    return max(1, -int(-_ems(text) * size // width))


def columns(rows, *, size, room, shares=None, padding=15):
    """Share a table's width, so that no word is broken.

    Parameters
    ----------
    rows : sequence of sequences of str
        The cells' text, the head first.
    size : float
        Of the letters, in points.
    room : float
        The table's width, in points.
    shares : sequence of float, optional
        What each column would like; by the length of its text otherwise.
    padding : float
        What a cell leaves free at its two sides, in points.

    Returns
    -------
    list of float
        In points; together `room`.

    Examples
    --------
    >>> [round(width) for width in columns([["n", "responsiveness"]], size=10, room=200)]
    [69, 131]
    """
    cells = list(zip(*rows, strict=True))
    least = [max(map(_longest, column)) * size + padding for column in cells]
    shares = shares or [max(3, max(map(_ems, column))) ** 0.7 for column in cells]
    free = max(0, room - sum(least))
    wished = [max(1, room * share / sum(shares) - low) for share, low in zip(shares, least, strict=True)]
    wide = [low + free * more / sum(wished) for low, more in zip(least, wished, strict=True)]
    return [room * one / sum(wide) for one in wide]


def unbroken(rows, *, size, widths, padding=15):
    """Whether no word is broken in columns of these widths.

    Parameters
    ----------
    rows : sequence of sequences of str
        The cells' text.
    size, padding : float
        As for `columns`.
    widths : sequence of float
        Of the columns, in points.

    Returns
    -------
    bool
        True where each word has room.
    """
    return all(_longest(text) * size + padding <= width + 0.5 for row in rows
               for text, width in zip(row, widths, strict=True))  # fmt: skip


def _ems(text):
    """How wide a text is, in letters as wide as they are high."""
    return sum(
        1.0 if unicodedata.east_asian_width(letter) in "WFA" else WIDE.get(letter, LETTER) for letter in text
    )


def _longest(text):
    """The widest part of a text that stays on one line; bold, as heads are. Chinese breaks anywhere, but short words should not."""
    words = re.split(r"[\s/·，。；：、（）？！“”]+", text)
    return max(1.1 * (_ems(word) if word.isascii() else min(_ems(word), 6)) for word in words)


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


def lonely(text, *, size, width):
    """Whether a paragraph's last line would hold one or two letters alone.

    Parameters
    ----------
    text : str
        The paragraph.
    size, width : float
        Of the letters and of the line, in points.

    Returns
    -------
    bool
        True where a smaller size reads better.

    Examples
    --------
    >>> lonely("昨天的一句话、一张图、一个怀疑", size=20, width=280), lonely("短", size=20, width=280)
    (True, False)
    """
    rest = _ems(text) * size - (lines(text, size=size, width=width) - 1) * width
    chinese = text > "\u2e80" or re.search(
        r"[\u4e00-\u9fff].?$", text
    )  # a short last word is no fault in English
    return bool(chinese) and lines(text, size=size, width=width) > 1 and rest < 2.6 * size


def balanced(text, *, size, width):
    r"""Break a title so that no line holds one or two letters alone.

    Parameters
    ----------
    text : str
        The title.
    size : float
        In points.
    width : float
        Of the line, in points.

    Returns
    -------
    str
        The same, with a line break near its middle where the last line would be short; it breaks after a mark or a blank.

    Examples
    --------
    >>> balanced("客户办一件事，到底要经历什么？", size=10, width=140)
    '客户办一件事，\x0b到底要经历什么？'
    """
    if lines(text, size=size, width=width) == 1:
        return text
    rest = _ems(text) * size - (lines(text, size=size, width=width) - 1) * width
    if rest > width / 3:
        return text
    fitting = [
        place
        for place in (found.end() for found in re.finditer(r"[，。：；、？！,;:]\s?|(?<=[a-z]) ", text[:-2]))
        if max(_ems(text[:place]), _ems(text[place:])) * size <= width
    ]
    half = len(text) // 2
    inside = [
        place
        for place in range(3, len(text) - 3)
        if re.fullmatch(r"[\u4e00-\u9fff]{2}", text[place - 1 : place + 1])
    ]
    places = fitting or sorted(inside, key=lambda place: abs(place - half))[:1]
    if not places:
        return text
    middle = min(places, key=lambda place: abs(_ems(text[:place]) - _ems(text) / 2))
    return f"{text[:middle].rstrip()}\v{text[middle:]}"

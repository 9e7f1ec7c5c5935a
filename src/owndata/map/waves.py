"""Waves of a survey as whole numbers: counted as the file counts them, or numbered in the order of their quarters and months."""

import re
import unicodedata

from owndata.map import answer_words
from owndata.read import written_values

_COUNTED = re.compile(r"第([一二三四五六七八九十])[轮期次波季]|([一二三四五六七八九十])[轮期次波]")


def numbers(texts):
    """Number the waves.

    Parameters
    ----------
    texts : iterable of str
        The different texts of the column.

    Returns
    -------
    dict or None
        Text → whole number; None where their order cannot be told. Empty cells are not in it.

    Examples
    --------
    >>> numbers(["第二轮", "第一轮"]), numbers(["2024Q4", "2025Q1"]), numbers(["W3", ""])
    ({'第二轮': 2, '第一轮': 1}, {'2024Q4': 1, '2025Q1': 2}, {'W3': 3})
    >>> numbers(["before", "after"]), numbers(["2024Q4", "pilot"])
    (None, None)
    """
    said = {text: _parts(text) for text in texts if not _is_empty(text)}
    found = set(said.values())
    if not said or len({len(parts) for parts in found}) != 1 or () in found:
        return None
    # Two names for one number: what is left out may tell them apart.
    if len(found) < len({_bare(text) for text in said}):
        return None
    if len(next(iter(found))) == 1:
        return {text: parts[0] for text, parts in said.items()}
    place = {parts: k for k, parts in enumerate(sorted(found), 1)}
    return {text: place[parts] for text, parts in said.items()}


def are_renumbered(texts):
    """Whether the numbers are not those of the file.

    Parameters
    ----------
    texts : iterable of str
        As for `numbers`.

    Returns
    -------
    bool
    """
    return any(len(_parts(text)) > 1 for text in texts if not _is_empty(text))


def _is_empty(text):
    return answer_words.tidy(text) in answer_words.SKIPPED or not text.strip()


def _bare(text):
    return unicodedata.normalize("NFKC", written_values.seen(text)).casefold()


def _parts(text):
    """The whole numbers in a text, in their order."""
    bare = _COUNTED.sub(
        lambda found: str("一二三四五六七八九十".index(found[1] or found[2]) + 1), _bare(text)
    )
    halves = {"上半年": "1", "下半年": "2", "春": "1", "夏": "2", "秋": "3", "冬": "4"}
    for word, number in {**halves, "一季": "1", "二季": "2", "三季": "3", "四季": "4"}.items():
        bare = bare.replace(word, f" {number} ")
    bare = re.sub(r"(?<=\d)\.0+$", "", bare)
    return tuple(map(int, re.findall(r"\d{1,9}", bare)))

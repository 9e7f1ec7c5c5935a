"""Answers as words and marks: which number each carries, and how the agreed numbers are put in."""

import re
import unicodedata
from functools import lru_cache

from owndata.map import word_ladders
from owndata.read.written_values import MISSING

SKIPPED = {"-2", "-3", "(skipped)", "(empty)", *MISSING}  # as questionnaire platforms write them
CANNOT_SAY = {
    "不清楚", "不了解", "不知道", "不适用", "说不清", "说不好", "无法评价", "无法判断", "没用过", "没有用过", "未使用过",
    "不好说", "拒答", "拒绝回答", "没有接触", "未接触", "不便回答", "没有办理过", "未办理过", "无此项",
    "don't know", "don’t know", "do not know", "cannot say", "can't say", "n/a", "n.a.", "na", "not applicable", "no opinion",
    "not used", "prefer not to say", "prefer not to answer", "does not apply", "no answer", "refused", "no experience",
    "unable to rate", "have not used", "never used", "dk", "dk/na",
}  # fmt: skip
_NUMBER = r"-?\d{1,6}(?:[.,]\d{1,2})?"
_BARE = re.compile(rf"({_NUMBER}) ?(?:分|points?|stars?|星|级)?")
_OUT_OF = re.compile(rf"({_NUMBER}) ?(?:/|out of|of) ?(\d{{1,3}})")
_BEFORE = re.compile(r"(-?\d{1,2}) ?分? ?[-–—.、:=(]+ ?([^\d].*?)\)?")
_AFTER = re.compile(r"([^\d]+?) ?[(:=-] ?(-?\d{1,2}) ?(?:分|points?)? ?\)?")
_QUOTED = re.compile(r"[\"'“”‘’「『]?([^\"'“”‘’「」『』.。!;,]{2,}?) ?[\"'“”‘’」』]?[。!;,.]{0,3}")
_STARS = re.compile(r"([★⭐🌟]\ufe0f?)+([☆✩]*)")


@lru_cache(maxsize=1024, typed=True)  # the same few answers stand in thousands of columns
def tidy(text):
    """Write an answer in one way: half-width, small letters, no outer blanks, no option letter.

    Parameters
    ----------
    text : str
        The answer as it is in the file.

    Returns
    -------
    str
        For comparing.

    Examples
    --------
    >>> tidy(" Ａ．非常满意"), tidy("５"), tidy("Agree "), tidy("B满意"), tidy("“满意”。")
    ('非常满意', '5', 'agree', '满意', '满意')
    """
    folded = " ".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()
    folded = re.sub(r"^[a-k](?:[.、:)]\s*(?=.)|(?=[\u4e00-\u9fff]))", "", folded)
    if found := _QUOTED.fullmatch(folded):  # as people type it: “满意”。
        folded = found[1]
    return "neutral" if re.fullmatch(r"neither .+ n?or .+|既不.+也不.+", folded) else folded


@lru_cache(maxsize=1024, typed=True)
def parsed(text):
    """Take an answer apart into the number and the word that it holds.

    Parameters
    ----------
    text : str
        For instance ``"4"``, ``"４分"``, ``"4,0"``, ``"★★★☆☆"``, ``"4/5"``, ``"80%"`` or ``"5-非常满意"``.

    Returns
    -------
    tuple of (int or float or None, str, int or None)
        The number; the word, empty where there is none; and of how many, where the answer says it.

    Examples
    --------
    >>> parsed("４分"), parsed("4/5"), parsed("★★★☆☆"), parsed("80%")
    ((4, '', None), (4, '', 5), (3, '', 5), (80, '', 100))
    >>> parsed("1 - Strongly agree"), parsed("非常满意（5分）"), parsed("等了5分钟")
    ((1, 'strongly agree', None), (5, '非常满意', None), (None, '等了5分钟', None))
    """
    text = tidy(text)
    if found := _BARE.fullmatch(text):
        return _plain(found[1]), "", None
    if found := re.fullmatch(r"([一二三四五六七八九十])(?:星级?|颗星|分|级)?", text):
        return "一二三四五六七八九十".index(found[1]) + 1, "", None
    if found := _OUT_OF.fullmatch(text):
        return _plain(found[1]), "", int(found[2])
    if found := _STARS.fullmatch(text):
        full = sum(text.count(star) for star in "★⭐🌟")
        return full, "", full + len(found[2]) if found[2] else None
    if text.endswith("%") and (found := _BARE.fullmatch(text[:-1].strip())):
        return _plain(found[1]), "", 100
    if found := _BEFORE.fullmatch(text):
        return int(found[1]), tidy(found[2]), None
    if found := _AFTER.fullmatch(text):
        return int(found[2]), tidy(found[1]), None
    if (found := re.fullmatch(r"(\d{1,2}) ?(\D+)", text)) and found[2] in word_ladders.WORDS:
        return int(found[1]), found[2], None
    return None, text, None


def _plain(text):
    """A number as it is counted: whole where it is whole; a comma is a point."""
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def number(text):
    """Read the number that an answer carries in itself.

    Parameters
    ----------
    text : str
        As for `parsed`.

    Returns
    -------
    int or float or None
        None where there is none.

    Examples
    --------
    >>> number("４分"), number("5-非常满意"), number("3.5"), number("等了5分钟")
    (4, 5, 3.5, None)
    """
    return parsed(text)[0]


def one(raw, table):
    """Read one answer by the table that a person has looked at.

    Parameters
    ----------
    raw : str
        The answer as it is in the file.
    table : dict
        Tidied word → number, or None for "not answered".

    Returns
    -------
    str or None
        The number as text, ``""`` where not answered; None where nobody said what the answer means.

    Examples
    --------
    >>> one("很好", {"很好": 5}), one("4分", {}), one("不清楚", {}), one("还行", {})
    ('5', '4', '', None)
    """
    word = tidy(raw)
    found = parsed(raw)[0]
    for key in (word, str(found)):
        if key in table and table[key] != "?":
            return "" if table[key] is None else str(table[key])
    if word == "" or word in SKIPPED or word in CANNOT_SAY:
        return ""
    return None if found is None or found != int(found) else str(found)

"""Answers as words: which number each stands for, proposed so that a person can correct it."""

import re
import unicodedata

from owndata.map.meaning import MISSING

SKIPPED = {"-2", "-3", "(skipped)", "(empty)", *MISSING}  # as questionnaire platforms write them
CANNOT_SAY = {
    "不清楚", "不了解", "不知道", "不适用", "说不清", "说不好", "无法评价", "无法判断", "没用过", "没有用过", "未使用过",
    "don't know", "do not know", "cannot say", "can't say", "n/a", "na", "not applicable", "no opinion", "not used",
}  # fmt: skip
CODES = {8, 9, 88, 98, 99}  # above the scale, with a gap below: "cannot say"
TOPS = (5, 7, 10)

_STEMS = "同意 满意 符合 赞同 认同 认可 愿意 可能 重要 清楚 方便 专业 及时 热情 信任 舒适 合理"
_STRONG = ("非常", "很", "完全", "极其", "十分", "极")
_MIDDLE = (
    "一般", "普通", "中立", "不确定", "说不上", "无所谓", "尚可", "还行", "neutral", "neither", "average", "fair",
    "neither agree nor disagree", "neither satisfied nor dissatisfied", "undecided",
)  # fmt: skip


def _chinese(stem):
    """The five- and the seven-step ladder of a word such as 满意."""
    top = tuple(f"{strong}{stem}" for strong in _STRONG)
    bottom = tuple(f"{strong}不{stem}" for strong in _STRONG)
    weak = (f"不太{stem}", f"比较不{stem}", f"较不{stem}", f"有点不{stem}", f"有些不{stem}")
    fair = (f"比较{stem}", f"较{stem}", f"较为{stem}", f"基本{stem}", f"有点{stem}", f"有些{stem}")
    five = (bottom, (f"不{stem}", *weak), (*_MIDDLE, f"{stem}度一般"), (stem, *fair), top)
    seven = (bottom, (f"不{stem}",), weak, _MIDDLE, fair, (stem,), top)
    return five, seven


def _english(word, opposite):
    strong = ("strongly ", "very ", "completely ", "extremely ", "fully ", "totally ")
    weak = ("somewhat ", "slightly ", "rather ", "fairly ", "mostly ")
    top, bottom = (tuple(f"{s}{w}" for s in strong) for w in (word, opposite))
    above, below = (tuple(f"{s}{w}" for s in weak) for w in (word, opposite))
    five = (bottom, (opposite, *below), _MIDDLE, (word, *above), top)
    return five, (bottom, (opposite,), below, _MIDDLE, above, (word,), top)


_QUALITY = (
    ("很差", "非常差", "极差", "very poor", "very bad"), ("差", "较差", "比较差", "不好", "poor", "bad"), _MIDDLE,
    ("好", "较好", "比较好", "良好", "good"), ("很好", "非常好", "极好", "优秀", "very good", "excellent"),
)  # fmt: skip
_OFTEN = (
    ("从不", "从来没有", "never"), ("很少", "偶尔", "rarely", "seldom"), ("有时", "一般", "sometimes"),
    ("经常", "often", "usually"), ("总是", "always"),
)  # fmt: skip
_PAIRS = (
    ("agree", "disagree"),
    ("satisfied", "dissatisfied"),
    ("likely", "unlikely"),
    ("important", "unimportant"),
)
# Short ladders first: a longer one is taken only where two words would share a step.
LADDERS = (
    *(ladders[0] for ladders in map(_chinese, _STEMS.split())), *(_english(*pair)[0] for pair in _PAIRS),
    _QUALITY, _OFTEN,
    *(ladders[1] for ladders in map(_chinese, _STEMS.split())), *(_english(*pair)[1] for pair in _PAIRS),
)  # fmt: skip


def tidy(text):
    """Write an answer in one way: half-width, small letters, no outer blanks, no option letter.

    Parameters
    ----------
    text : str
        The answer as it stands in the file.

    Returns
    -------
    str
        For comparing.

    Examples
    --------
    >>> tidy(" Ａ．非常满意"), tidy("５"), tidy("Agree ")
    ('非常满意', '5', 'agree')
    """
    folded = " ".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()
    return re.sub(r"^[a-k][.、:)]\s*", "", folded)


def number(text):
    """Read the number that an answer carries in itself.

    Parameters
    ----------
    text : str
        For instance ``"4"``, ``"４分"``, ``"5-非常满意"`` or ``"非常满意（5分）"``.

    Returns
    -------
    int or None
        None where there is none, or it is not a whole one.

    Examples
    --------
    >>> number("４分"), number("5-非常满意"), number("非常满意（5分）"), number("等了5分钟")
    (4, 5, 5, None)
    """
    text = tidy(text)
    found = (
        re.fullmatch(r"(-?\d{1,6})(?:\.0+)? ?(?:分|points?|stars?|星)?", text)
        or re.fullmatch(r"(\d{1,2}) ?分? ?[-–—.、:=(]+ ?[^\d].*", text)
        or re.fullmatch(r"[^\d]+[(:=-] ?(\d{1,2}) ?(?:分|points?)? ?\)?", text)
    )
    return int(found[1]) if found else None


def ladder(answers):
    """Find the steps that a set of answers stands on.

    Parameters
    ----------
    answers : iterable of str
        The different answers of one question, or of several that share their words.

    Returns
    -------
    tuple of (dict, int) or None
        Tidied word → number, and the number of steps; None where no ladder holds all of them.

    Examples
    --------
    >>> ladder(["满意", "非常不满意", "一般"])
    ({'满意': 4, '非常不满意': 1, '一般': 3}, 5)
    >>> ladder(["满意", "比较满意", "非常满意"])[1], ladder(["红", "蓝"])
    (7, None)
    """
    said = [word for word in dict.fromkeys(map(tidy, answers)) if word not in CANNOT_SAY and word]
    for steps in LADDERS:
        known = {word: i for i, names in enumerate(steps, start=1) for word in names}
        found = {word: known[word] for word in said if word in known}
        if len(found) == len(said) >= 2 and len(set(found.values())) == len(said):
            return found, len(steps)
    return None


def top(numbers):
    """Find the upper end of the scale from the answers given, and the codes above it.

    Parameters
    ----------
    numbers : iterable of int
        The different numbers found.

    Returns
    -------
    tuple of (int, set) or None
        5, 7 or 10 and the codes such as 9 that mean "cannot say"; None where they are no ratings.

    Examples
    --------
    >>> top([1, 2, 3, 5]), top([1, 4, 7, 9]), top([1, 8, 9, 10]), top([18, 40])
    ((5, set()), (7, {9}), (10, set()), None)
    """
    numbers = set(numbers)
    for high in TOPS:
        above = {n for n in numbers if n > high}
        if above <= CODES and len(above) <= 1 and not (above == {8} and high == 7):
            inside = numbers - above
            return (high, above) if len(inside) >= 2 and min(inside) >= 0 else None
    return None


def read(values, *, table):
    """Turn answers into numbers by the table that a person has looked at.

    Parameters
    ----------
    values : Series
        Answers as text.
    table : dict
        Tidied word → number, or None for "not answered".

    Returns
    -------
    tuple of (Series, Series)
        The numbers as text, ``""`` where not answered; and whether each answer could be read.
        An answer that cannot be read is left as it is.
    """
    known = {}
    for raw in values.drop_duplicates():
        known[raw] = _one(raw, table)
    read_as = values.map(known)
    unread = read_as.isna()
    return read_as.where(~unread, values), ~unread


def _one(raw, table):
    """One answer as text, or None where nobody said what it means."""
    word = tidy(raw)
    if word in table:
        return "" if table[word] is None else str(table[word])
    if word == "" or word in SKIPPED:
        return ""
    found = number(raw)
    return None if found is None else str(found)

"""Read what a student hands in as what is meant: a number, a word, a list.

Numbers become exact fractions of at most twelve significant digits, so that the noise of floating
point moves no answer over an edge. Words become ids: a label in either language is its id.
"""

import datetime as dt
import re
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from numbers import Integral, Real

import numpy as np
import pandas as pd

from classroom.exercises import answer_text, answer_words
from classroom.exercises.unreadable_answers import PerCent, Unreadable, came, quoted
from helpers.bank import codebook
from helpers.bank.language import wrong

MOST = 100_000  # elements; no answer is longer, and a longer list is not read at all
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,2})?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,9}(\.\d{0,30})?")
_LETTER = re.compile(r"[(\[]?\s*([a-z])\s*[)\].、:]?")
_POINTS = re.compile(r"\s*(个百分点|percentage points?)$")
_ONE = (
    "个?百分点|分钟|小时|分|秒|位|千?元|件|个|群|组|周|人?天|个?月|年|岁|倍|次|人|家|名|笔|条|题|处|项|户|步|种|封|"
    "行|列|张|份|档|根|点钟?|时|窗口|mins?|hrs?|"
    "minutes?|hours?|seconds?|yuan|weeks?|days?|months?|years?|times|people|(percentage )?points?|rows?|"
)
_THING = (
    "网点|客户|顾客|员工|柜员|人|短信|消息|电话|问题|毛病|错误|措施|步骤|工单|星期|季度|小时|"
    "customers?|branch(es)?|messages?|things?|persons?|calls?|tickets?|questions?|groups?|steps?|places?|errors?"
)
# What is counted may be called anything where a measure word stands before it: 5 个标点, 89 位坐席.
_NAMED = "(?<=[位件个群组家名笔条题处项户步种封行列张份档根])(?![之多半以到至前后内左右方])[一-鿿]{1,5}|"
_UNIT = re.compile(
    rf"\s*(?=[^\s\d.])({_ONE})\s*({_NAMED}{_THING})?(\s*(/|每|per )\s*(?=\S)({_ONE})({_THING})?)?$"
)
_BEFORE = re.compile(r"^([a-zα-ω_]\w{0,20}|p\s?-?\s?(值|value))\s*[=:≈]\s*")
_ABOUT = re.compile(r"^(大?约|大概|一?共|从|上午)\s*(?=[-+.\d¥￥])|(?<=[^\s])\s*(左右|起|:00)$")
_IN_WORDS = re.compile(r"^百分之\s*(-?[.\d]+)$")
_MONEY = re.compile(r"^([+-]?)\s*[¥￥]\s*")
_TRUTH = {
    **dict.fromkeys(("true", "yes", "是", "对"), True),
    **dict.fromkeys(("false", "no", "否", "错"), False),
}


def number(value, *, share=False):
    """Read a number.

    Parameters
    ----------
    value : object
        A number of any type; text such as ``"－1.2"`` or ``"1,200"``; anything that holds exactly one of
        these; a one-row table with a column `estimate`.
    share : bool
        Whether a share is asked for: only then may a per cent sign stand behind, and ``"12%"`` is 0.12.

    Returns
    -------
    Fraction or None
        The number; None where the value is missing.

    Raises
    ------
    Unreadable
        If it is anything else; truth values and infinity are no numbers here.

    Examples
    --------
    >>> number(" １２％ ", share=True)
    Fraction(3, 25)
    """
    single = _only(value)
    if missing(single):
        return None
    if isinstance(single, str):
        return _number_in(single, share=share)
    if isinstance(single, (bool, np.bool_)) or not isinstance(single, (Real, Decimal)):
        raise came(value)
    return Fraction(int(single)) if isinstance(single, Integral) else _exact(float(single))


def letter(value):
    """Read the letter of an option.

    Parameters
    ----------
    value : object
        ``"c"``, ``"(C)"``, a text in which one Latin letter stands alone.

    Returns
    -------
    str
        The letter, or the plain text where there is none, or more than one.

    Examples
    --------
    >>> letter("选 C"), letter("答案是c。"), letter("a, c")
    ('c', 'c', 'a, c')
    """
    single = _only(value)
    text = answer_text.plain(single) if isinstance(single, str) else str(single)
    alone = re.findall(r"(?<![a-z])[a-z](?![a-z])", text)
    return alone[0] if len(alone) == 1 else text


def truth(value):
    """Read a truth value.

    Parameters
    ----------
    value : object
        True or False of any type, or a word for it ("yes", "是" …).

    Returns
    -------
    bool
        The truth value.

    Raises
    ------
    Unreadable
        If it is anything else; 0 and 1 are numbers.

    Examples
    --------
    >>> truth("否")
    False
    """
    single = _only(value)
    if isinstance(single, (bool, np.bool_)):
        return bool(single)
    if isinstance(single, str) and (said := answer_text.off(answer_text.plain(single))) in _TRUTH:
        return _TRUTH[said]
    raise came(value)


def word(value):
    """Read a word: an id, a name, a date.

    Parameters
    ----------
    value : object
        Text in any width and case, an id or its label in either language; a date; a number.

    Returns
    -------
    str or None
        The id where the codebook knows the word, else its plain form; None where it is missing. A word for
        several ids is an `answer_words.Word`, and reads as the last of them.

    Raises
    ------
    Unreadable
        If it is anything else.

    Examples
    --------
    >>> word("  Ｂ07 ")
    'b07'
    """
    single = _only(value)
    if missing(single):
        return None
    if isinstance(single, (bool, np.bool_)):
        return str(bool(single)).lower()
    if isinstance(single, (dt.date, np.datetime64)):
        return str(pd.Timestamp(single)).removesuffix(" 00:00:00")
    if not isinstance(single, str):
        return _number_for_word(single)
    book = codebook.current()
    known, name = ids(book), answer_text.plain(single)
    name = name if name in known else answer_text.off(name)
    if letter := _LETTER.fullmatch(name):
        return letter[1]  # (b) and B. are the option b
    name = re.sub(r"^(网点|客户|branch|customer) ?(?=[a-z]\d+$)", "", name)
    # 移情性（贴心关怀） is what the lesson prints beside the plain word.
    bare = re.sub(r"\s*\([^()]*\)$|维度$| dimension$", "", name)
    found = _alone(name, bare, known)
    several = answer_words.meant(book)
    every = [several.get(part, frozenset()) for part in name.split(" ")]
    meant = several.get(name, frozenset()) | several.get(bare, frozenset()) | frozenset.intersection(*every)
    return answer_words.Word(found, meant) if meant - {found} else found


def _alone(name, bare, known):
    """What a word stands for where nothing else tells."""
    twice = {known.get(part) for part in name.split(" ")}
    if len(twice) == 1 and None not in twice:
        return twice.pop()  # B12 科技园支行: its id and its name
    found = known.get(name) or known.get(bare)
    # The wave "2" and the wave 2 are the same wave.
    return found or (str(_number_in(name)) if _NUMBER.fullmatch(name) else name)


def _number_for_word(single):
    """A whole number may be the name of a wave; any other is a value where a name is asked for."""
    found = number(single)
    if found is not None and found.denominator > 1:
        raise wrong("classroom.answer_values.number_for_word", Unreadable)
    return str(found)


def misnamed(value):
    """Find out how a name goes that nobody knows, or that a row was counted instead of named.

    Parameters
    ----------
    value : object
        A student's answer where one name is asked for, and no known one.

    Returns
    -------
    tuple or None
        What was written, and the nearest known name (None for a number).
    """
    single = _only(value)
    if isinstance(single, Integral) and not isinstance(single, (bool, np.bool_)):
        return int(single), None
    if (
        not isinstance(single, str)
        or not re.search(r"[^\W\d]", single)
        or word(single) in codebook.current()._labels
    ):
        return None
    known, said = ids(codebook.current()), answer_text.off(answer_text.plain(single))
    longer = [name for name in known if len(said) > 1 and name.startswith(said)]
    near = sorted(longer, key=len) or get_close_matches(
        said, [name for name in known if len(name) > 3], n=1, cutoff=0.8
    )
    return (said, near[0]) if said not in known and near else None


def sequence(value):
    """Read a list.

    Parameters
    ----------
    value : object
        A list, tuple, set, Series, Index, range or one-dimensional array, or a table of one column.

    Returns
    -------
    list
        Its elements, unread.

    Raises
    ------
    Unreadable
        If it is anything else, or longer than any answer.
    """
    if isinstance(value, pd.DataFrame) and value.shape[1] == 1:
        value = value.iloc[:, 0]
    one_dimensional = isinstance(value, np.ndarray) and value.ndim == 1
    listed = isinstance(value, (list, tuple, set, frozenset, range, pd.Series, pd.Index))
    if not (listed or one_dimensional) or len(value) > MOST:
        raise came(value)
    return list(value)


def _only(value):
    """Take out of its container what stands there alone."""
    for _ in range(4):  # containers may hold themselves
        if isinstance(value, pd.DataFrame) and len(value) == 1:
            single = value.get("estimate") if "estimate" in value.columns else value.squeeze(axis=0)
            value = single if isinstance(single, pd.Series) else value
        if isinstance(value, (pd.Series, pd.Index, np.ndarray)) and value.size == 1:
            value = value.reshape(-1)[0] if isinstance(value, np.ndarray) else value.tolist()[0]
        elif isinstance(value, (list, tuple, set, frozenset)) and len(value) == 1:
            value = next(iter(value))
    return value


def missing(value):
    """Tell whether this is a missing value (None, NaN, NA, NaT)."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def names(name):
    """List what a column may be called, in plain form: its id and its label in each language."""
    return {answer_text.plain(known) for known in codebook.current().names(name)}


def ids(book):
    """List every name that a codebook knows, in plain form, with the id it stands for."""
    return _ids(book, len(book._labels))


@lru_cache(maxsize=4)
def _ids(book, _count):
    """Build the list once for each codebook, and again when it learns new names."""
    own = {answer_text.plain(str(name)): answer_text.plain(str(name)) for name in book._labels}
    labels = {
        answer_text.plain(label): answer_text.plain(str(name))
        for name in book._labels
        for label in book.names(name)
    }
    # Where two ids share a label the later wins: dimensions and branches come last.
    return labels | own


def _number_in(text, *, share=False):
    """Read the number in a text."""
    said = _ABOUT.sub("", answer_text.off(answer_text.plain(text)))
    said = _IN_WORDS.sub(r"\1%", said)
    said = _MONEY.sub(r"\1", _BEFORE.sub("", said))
    digits = _UNIT.sub("", said).removeprefix("第")  # as the lesson prints it
    per_cent = digits.endswith("%") or (share and bool(_POINTS.search(said)))
    given, digits = digits, digits.removesuffix("%").strip().replace("- ", "-")
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    if not _NUMBER.fullmatch(digits):
        raise came(text)
    if per_cent and not share:
        error = wrong("classroom.answer_values.percentage", PerCent, digits=quoted(given))
        error.points = digits
        raise error
    return Fraction(digits) / (100 if per_cent else 1)


def _exact(value):
    """Turn a float into the fraction that its first twelve digits say."""
    if np.isinf(value):
        raise came(value)
    return Fraction(int(value)) if value.is_integer() else Fraction(f"{value:.12g}")

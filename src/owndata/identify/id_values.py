"""What the values of a column are, whatever its heading: written as one text each, codes, numbers that repeat."""

import re
import unicodedata

import pandas as pd

_CODE = re.compile(r"(?=[^\d]*\d)[^\s，。；！？、,;!?]{1,64}")
_DAY_OR_NUMBER = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([ T].{0,20})?|\d{1,2}:\d{2}(:\d{2})?|[-+]?\d+(\.\d+)?%?"
)
# Of a code that repeats: signs without a blank of which one is a digit and one a letter, or zeros in front.
_REPEATED_CODE = re.compile(
    r"(?=.*\d)(?=.*[A-Za-z])[\w+/=.:-]{6,64}|[^\W\d_]{1,8}[-_]?\d{3,}|0\d{4,}|\d{4}([-_]\d{3,}){2,}", re.ASCII
)
_CHINESE_CODE = re.compile(r"[\u4e00-\u9fff]{1,6}[-_]?\d{4,}")
_HEX = re.compile(r"[0-9a-fA-F]{6,64}")
# Days, months, hours, quarters and weeks written without signs between; numbers such as 1.5e-05.
_TIME = re.compile(
    r"(19|20)\d\d(0[1-9]|1[0-2])((0[1-9]|[12]\d|3[01])(([01]\d|2[0-3])[0-5]\d([0-5]\d)?)?)?"
    r"|([01]\d|2[0-3])[0-5]\d[0-5]\d|(19|20)\d\d-?[QWHMqwhm]\d{1,2}|-?\d+(\.\d+[eE][-+]?|[eE][-+])\d+"
)


def are_codes(texts):
    """Tell whether values are codes: one word each, with a digit in it.

    Parameters
    ----------
    texts : list of str
        The different values.

    Returns
    -------
    bool
        True where nine of ten are; dates, times and plain numbers are none.

    Examples
    --------
    >>> are_codes(["C00001", "C00002"]), are_codes(["2025-03-31"]), are_codes(["很好", "一般"])
    (True, False, False)
    """
    coded = sum(bool(_CODE.fullmatch(t)) and not _DAY_OR_NUMBER.fullmatch(t) for t in texts)
    return bool(texts) and coded >= 0.9 * len(texts)


def are_whole(texts):
    """Tell whether values are whole numbers of three digits or more, as running numbers are.

    Parameters
    ----------
    texts : list of str
        The different values.

    Returns
    -------
    bool
        True where all are.

    Examples
    --------
    >>> are_whole(["1000", "1001"]), are_whole(["1", "7"]), are_whole(["3.5"])
    (True, False, False)
    """
    return bool(texts) and all(re.fullmatch(r"\d{3,}", t) for t in texts)


def may_number(texts, *, n):
    """Tell whether values that repeat may number somebody, so that a person must be asked.

    Parameters
    ----------
    texts : list of str
        The different values.
    n : int
        Rows.

    Returns
    -------
    bool
        True for codes (hexadecimal, a letter and digits, zeros in front), and for whole numbers of six digits
        or more and one length. Amounts vary in length; sums that end in 00 and days such as 20250331 are none.

    Examples
    --------
    >>> may_number(["3000017", "3000024"], n=9), may_number(["8f3a90c1", "00ab12ef"], n=9)
    (True, True)
    >>> may_number(["20250331", "20250401"], n=9), may_number(["120", "1999950"], n=9)
    (False, False)
    """
    if len(texts) < 2 or _most(texts, _TIME.fullmatch):
        return False
    whole = [t for t in texts if t.isdecimal()]
    if len(whole) == len(texts):
        return _are_numbers(texts, n=n)
    return _most(texts, _is_code) and not _most(texts, _DAY_OR_NUMBER.fullmatch)


def _are_numbers(texts, *, n):
    lengths = {len(t) for t in texts}
    if len(lengths) == 1 and len(texts[0]) > 4 and any(t[0] == "0" for t in texts):
        return True
    # Running numbers may just pass from 999 999 to 1 000 000; amounts of two lengths hardly repeat.
    neighbours = len(lengths) == 2 and max(lengths) - min(lengths) == 1 and len(texts) <= 0.5 * n
    round_sums = _most(texts, lambda t: t.endswith("00"))
    return min(lengths) > 5 and (len(lengths) == 1 or neighbours) and not round_sums


def _is_code(text):
    return any(pattern.fullmatch(text) for pattern in (_REPEATED_CODE, _CHINESE_CODE, _HEX))


def _most(texts, judged):
    return sum(bool(judged(t)) for t in texts) >= 0.9 * len(texts)


def as_written(values):
    """Return ids as one text each, so that 1000, 1000.0 and " 1000" are the same number everywhere.

    Parameters
    ----------
    values : Series
        A column of any type.

    Returns
    -------
    Series
        Text; empty where nothing stands.

    Examples
    --------
    >>> import pandas as pd
    >>> as_written(pd.Series([1000.0, None])).tolist(), as_written(pd.Series(["Ｃ1 "])).tolist()
    (['1000', ''], ['C1'])
    """
    texts = values.astype("string").fillna("").astype(str)
    return texts.map({t: _written(t) for t in texts.unique()})


def different(values):
    """Return the different values of a column as `as_written` writes them, without the empty ones.

    Parameters
    ----------
    values : Series
        A column of any type.

    Returns
    -------
    list of str
        In the order of their first rows.

    Examples
    --------
    >>> different(pd.Series([7.0, None, 7.0, 8.0]))
    ['7', '8']
    """
    if values.dtype == object:  # lists and the like, of a Parquet file
        values = values.map(str, na_action="ignore")
    found = pd.Series(pd.unique(values)).dropna().astype("string")
    return [text for text in dict.fromkeys(map(_written, found.tolist())) if text]


def _written(text):
    text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
    # Of a number alone: C1.0 and C1 are two ids.
    return text.partition(".")[0] if text.endswith("0") and re.fullmatch(r"[-+]?\d+\.0+", text) else text

"""What a cell was probably meant to say: numbers and dates in all the ways that people and platforms write them."""

import datetime as dt
import math
import re
import unicodedata

from owndata.read import durations

MISSING = {
    *("na", "n/a", "#n/a", "nan", "null", "none", "<na>", "-", "--", "—", "——", "/", ".", "?", "？", "missing", "skipped"),
    *("无", "空", "(空)", "（空）", "(跳过)", "（跳过）", "跳过", "未填", "未填写", "未答", "未作答", "缺失", "暂无", "不详"),
}  # fmt: skip
_WORDS = re.compile(r"满意|同意|符合|认同|赞成|愿意|重要|一般|中立|不确定|不清楚|不了解|不知道|不适用|说不清|无法|没用过|agree|satisf|neutral|important|likely|很好|较好|较差|很差|差$|好$")  # fmt: skip
_PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_COMMA = re.compile(r"[-+]?\d+,\d+")
_UNIT = re.compile(
    r"([-+]?\d+(?:\.\d+)?)\s*(?:分|秒|秒钟|分钟|元|人|岁|次|天|个|年|points?|s|sec|min|minutes?|years?)"
)
_LARGE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*([十百千]?万亿?|[十百千]?亿|百|千)\s*(?:元|人次?|次|个|笔|户)?")
_LARGER = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
# A measure of something, or its bound, is no answer with its label: "1小时", "20岁以下".
_MEASURE = re.compile(
    r"[-+]?\d+(?:\.\d+)?\s*(?:(?:个?小时|时|个月|倍|折|成|公里|米)|"
    r"(?:分钟?|秒|元|岁|年|个?月|天|周|次|人|个|[百千万亿]+元?)?(?:(?<=\D)[多余])?(?:以[上下内外]|左右|(?<=\D)[多余]))"
)
_LABEL = re.compile(r"([-+]?\d+)\s*(?:[.、:：(\[=)\]|-]\s*[^\W\d]|[\u4e00-\u9fff])[^\d]*", re.S)
_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?P<rest>.*)", re.S)
# Years of the Republic of China, as Taiwan counts them: 114 is 2025.
_ROC = re.compile(
    r"(?:(?:民国|民國)\s*(\d{2,3})\s*年|(1\d{2})\s*[-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?P<rest>(?:\s.*)?)",
    re.S,
)
_IN_WORDS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_DIGITS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?: ?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?P<rest>)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?P<rest>.*)", re.S)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH, _BEHIND = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?", r"(?:\s+\d{1,2}[:点]\d.*)?"
_PARTS = {
    "date_no_year": re.compile(
        r"(?:[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}[日号]?|\d{1,2}[-/.]\d{1,2}|"
        rf"{_MONTH} ?\d{{1,2}}|\d{{1,2}} ?{_MONTH}){_BEHIND}"
    ),
    "date_no_day": re.compile(
        rf"(?:19|20)\d\d(?:年[\d一二三四五六七八九十]{{1,2}}月份?|[-/.]\d{{1,2}})|{_MONTH} ?(?:19|20)\d\d"
    ),
}  # days that are not whole
_NAMED = re.compile(
    r"(?:(\d{1,2})[-\s]+([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.?\s+(\d{1,2}))[-,\s]+(\d{4})(?P<rest>.*)", re.S
)
_TIME = re.compile(r"[\sT]*((星期|周).)?\s*(上午|下午|am|pm)?\s*(\d{1,2}[:：时]\d{1,2}([:：分]\d{1,2}([.,]\d+)?)?[秒分]?)?\s*(am|pm)?\s*(z|((gmt|utc) ?)?[+-]\d{1,2}(:?\d{2})?|gmt|utc)?\s*", re.I)  # fmt: skip
ISO = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?", re.ASCII)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u0000-\u001f\u00a0\u3000]")


def number(text):
    """Read one cell as a number.

    Parameters
    ----------
    text : str
        What stands there.

    Returns
    -------
    kind : str or None
        None where it is written plainly; else the name of the sentence that says how it is written.
    value : float or None
        What it would be read as; None where that is empty or unknown.

    Examples
    --------
    >>> number("7"), number("１，２３４"), number("185秒"), number("")
    ((None, 7.0), ('wide', 1234.0), ('unit', 185.0), (None, None))
    """
    if text == "":
        return None, None
    if _PLAIN.fullmatch(text) and abs(float(text)) < 1e300:
        return None, float(text)
    bare, folded = seen(text), unicodedata.normalize("NFKC", seen(text)).replace("−", "-")
    if not folded or folded.casefold() in MISSING:
        return "missing_word", None
    kind, value = _plainly(folded)
    if kind in (None, "thousands") and folded != bare:
        kind = "wide"
    return kind or "spaces", value


def seen(text):
    r"""Leave out blanks around a text and characters that nobody sees.

    Parameters
    ----------
    text : str
        What is in a cell.

    Returns
    -------
    str
        What a reader sees of it.

    Examples
    --------
    >>> seen("\u200bB07\u3000")
    'B07'
    """
    return _UNSEEN.sub("", text).strip()


def _plainly(text):
    """Read half-width text without outer blanks."""
    if _PLAIN.fullmatch(text) and abs(float(text)) < 1e300:
        return None, float(text)
    if text.endswith("%") and _PLAIN.fullmatch(text[:-1].strip()):
        return "percent", float(text[:-1])
    if _THOUSANDS.fullmatch(text):
        return "thousands", float(text.replace(",", ""))
    if _COMMA.fullmatch(text):
        return "decimal_comma", None
    if text.startswith(("=", "@")):
        return "formula_text", None
    if "┋" in text or re.fullmatch(r"\d+([;、|,]\d+)+", text):
        return "several_answers", None
    if len(re.findall(r"\d+(?:\.\d+)?", text)) > 1 and ":" not in text and (spent := durations.seconds(text)):
        return "unit", spent
    if large := _LARGE.fullmatch(text):
        return "unit", float(f"{float(large[1]) * math.prod(_LARGER[sign] for sign in large[2]):.15g}")
    if unit := _UNIT.fullmatch(text):
        return "unit", float(unit[1])
    return _in_words(text)


def _in_words(text):
    """Read what is not a number by itself."""
    if text in _CHINESE:
        return "numeral", float(_CHINESE[text])
    if date(text)[1] or re.fullmatch(r"\d{1,2}月\d{1,2}日?|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}", text):
        return "date_for_number", None
    if _MEASURE.fullmatch(text):
        return "not_number", None
    if label := _LABEL.fullmatch(text):
        return "labelled", float(label[1])
    return ("answer_word" if _WORDS.search(text.casefold()) else "not_number"), None


def lacks(text):
    """Say what a day that is not whole lacks.

    Parameters
    ----------
    text : str
        What stands there.

    Returns
    -------
    str or None
        ``"date_no_year"``, ``"date_no_day"``, or None for anything else.

    Examples
    --------
    >>> lacks("3月1日"), lacks("2025年3月"), lacks("Mar 1"), lacks("2025-03-01")
    ('date_no_year', 'date_no_day', 'date_no_year', None)
    """
    folded = unicodedata.normalize("NFKC", seen(text)).casefold()
    return next((kind for kind, pattern in _PARTS.items() if pattern.fullmatch(folded)), None)


def date(text):
    """Read one cell as a day.

    Parameters
    ----------
    text : str
        What stands there.

    Returns
    -------
    kind : str or None
        None where it is written like 2025-03-31; else the name of the sentence.
    value : date or None
        What it would be read as.

    Examples
    --------
    >>> date("2025年3月31日")
    ('date_style', datetime.date(2025, 3, 31))
    >>> date("45747")[1], date("2025-02-30")[0], date("3/4/2025")[0]
    (datetime.date(2025, 3, 31), 'date_impossible', 'date_ambiguous')
    """
    if text == "":
        return None, None
    folded = unicodedata.normalize("NFKC", seen(text))
    if not folded or folded.casefold() in MISSING:
        return "missing_word", None
    if re.fullmatch(r"[2-7]\d{4}(\.\d+)?", folded):
        return "date_serial", dt.date(1899, 12, 30) + dt.timedelta(days=int(float(folded)))
    parts = _parts(folded.casefold())
    if parts is None:
        return lacks(text) or "not_date", None
    if len(parts) == 2:
        return "date_ambiguous", None
    try:
        value = dt.date(*parts)
    except ValueError:
        return "date_impossible", None
    return (None if ISO.fullmatch(text) and _clock(text) else "date_style"), value


def _parts(text):
    """Year, month, day of a written date; two numbers where day and month cannot be told apart; None for no date."""
    if found := _IN_WORDS.fullmatch(text):
        return [int("".join(map(_digit, found[1]))), _counted(found[2]), _counted(found[3])]
    if found := _ROC.fullmatch(text):
        parts = [int(found[1] or found[2]) + 1911, int(found[3]), int(found[4])]
    elif found := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        parts = [int(found[i]) for i in (1, 2, 3)]
    elif found := _YEAR_LAST.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12 and first != second:
            parts = [first, second]
        else:
            parts = [int(found[3]), *((first, second) if first <= 12 else (second, first))]
    elif found := _NAMED.fullmatch(text):
        month = found[2] or found[3]
        if month not in _MONTHS:
            return None
        parts = [int(found[5]), _MONTHS.index(month) + 1, int(found[1] or found[4])]
    else:
        return None
    return parts if _TIME.fullmatch(found["rest"]) else None


def _digit(sign):
    return str(max("〇一二三四五六七八九".find(sign), 0))


def _counted(text):
    """A number up to thirty-one in Chinese words."""
    tens, ten, ones = text.rpartition("十")
    return (10 * int(_digit(tens or "一")) if ten else 0) + (int(_digit(ones)) if ones else 0)


def _clock(text):
    """Whether the time of day behind an ISO date exists."""
    try:
        return bool(dt.datetime.fromisoformat(text))
    except ValueError:
        return False

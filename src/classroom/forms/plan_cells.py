"""Cells of a plan as managers type them: headings, days, numbers and choices, in either language."""

import re
import unicodedata
from datetime import date, datetime

import pandas as pd

from classroom.forms.typed_sheet import plain
from helpers.methods import plan, plan_labels

# What managers write instead of our headings.
ALSO = {
    "owner": ("负责人", "牵头人", "owner", "responsible"), "action": ("措施", "改进措施", "行动", "measure"),
    "start": ("开始时间", "起始日期", "开始", "start date"), "baseline": ("基线值", "现状", "现状值"),
    "end": ("结束时间", "完成时间", "完成日期", "截止日期", "结束", "end date", "deadline"), "target": ("目标值",),
    "number": ("序号", "no", "#"), "review_on": ("检查时间", "复盘日期"), "result": ("结果", "实际值", "完成情况"),
}  # fmt: skip
MEANT = {
    "unit_share": ("%", "百分比", "percent", "share"), "unit_minutes": ("min", "minute"), "unit_points": ("point", "分值"),
    "unit_count": ("count", "件", "笔", "人次"), "lower_better": ("低", "越少越好", "下降", "less"),
    "higher_better": ("高", "越多越好", "上升", "more"),
}  # fmt: skip
_DAY = re.compile(r"(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?(?:\s+[\d:.]+)?")
# A target's "at most" is told by the direction; "about 5%" stays for the check to name.
_NUMBER = re.compile(
    r"(?:[≤≥<>]=?|不超过|不高于|不低于|低于|高于|至少|至多|降[到至]|[升提]高?[到至]|达到|控制在)?\s*"
    r"([+-]?\d+(?:\.\d+)?)\s*(%?)\s*(?:以[内下上])?\s*(?:分钟|分|次|人天|天|minutes|min|points|times|days)?\s*(?:以[内下上])?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?![\d,])")
_SERIAL = (20_000, 80_000)  # a day that the workbook kept as a number: 1954 to 2119


def heading(cell):
    """The column of a plan that a heading names, or None."""
    known = {
        plain(word): column
        for column, words in plan_labels.HEADINGS.items()
        for word in (column, *words, *ALSO.get(column, ()))
    }
    return known.get(plain(cell)) if isinstance(cell, str) else None


def choice(cell):
    """The unit or direction that a word stands for; a word that stands for none stays as it is."""
    known = {
        plain(word): known
        for known, words in plan_labels.CHOICES.items()
        for word in (known, *words, *MEANT[known])
    }
    return known.get(plain(cell), cell) if cell else ""


def text(cell):
    """What is in a cell, as text; 1.0 is 1."""
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()


def day(cell):
    """A day, or the cell as it is."""
    if isinstance(cell, (datetime, date, pd.Timestamp)):
        return pd.Timestamp(cell).normalize()
    typed = unicodedata.normalize("NFKC", text(cell))
    if isinstance(cell, (int, float)) and typed and _SERIAL[0] < cell < _SERIAL[1]:
        return pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(cell))
    found = _DAY.fullmatch(typed) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", typed)
    try:
        return pd.Timestamp(*map(int, found.groups())) if found else (typed or None)
    except ValueError:  # the 31st of June
        return typed


def numbers(body):
    """Numbers, shares and numbers with their unit behind; `number` is counted on where it was left empty."""
    percents = {}
    for column in body.columns.intersection(plan.NUMBERS):
        read = [_number(cell) for cell in body[column]]
        percents[column] = [percent for _, percent in read]
        body[column] = pd.Series([value for value, _ in read], index=body.index, dtype=object)
    if "unit" in body:
        shares = [any(marks) for marks in zip(*percents.values(), strict=True)] or [False] * len(body)
        body["unit"] = [
            unit or ("unit_share" if share else "") for unit, share in zip(body["unit"], shares, strict=True)
        ]
        for column in {"baseline", "target", "result"} & set(body.columns):
            cells = zip(body[column], body["unit"], percents[column], strict=True)
            body[column] = pd.Series(
                [value if percent else _share(value, unit) for value, unit, percent in cells],
                index=body.index,
                dtype=object,
            )
    if "number" not in body:
        body["number"] = None
    taken = [value for value in body["number"] if isinstance(value, float)]
    rest = iter(range(int(max(taken, default=0)) + 1, 10_000))
    body["number"] = [next(rest) if value is None else value for value in body["number"]]
    return body


def _number(cell):
    """The number of a cell and whether it was a percentage; None where it is empty, text where it is neither."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (None if pd.isna(cell) else float(cell)), False
    typed = unicodedata.normalize("NFKC", text(cell)).replace("−", "-").strip()
    typed = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), typed)  # "12,5" is no 125
    found = _NUMBER.fullmatch(typed)
    if not found:
        return (typed or None), False
    return float(found[1]) / (100 if found[2] else 1), bool(found[2])


def _share(value, unit):
    """5.2 with the unit % is 5.2 %."""
    is_share = isinstance(value, float) and choice(unit) == "unit_share"
    return value / 100 if is_share and abs(value) > 1 else value

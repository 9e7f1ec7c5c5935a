"""Say what came, where it is not the kind of thing asked for."""

import datetime as dt
from numbers import Integral, Number

import numpy as np
import pandas as pd

from helpers.bank.language import Both, WrongKind, wrong

_CONTAINERS = {
    "list": "列表",
    "tuple": "元组",
    "set": "集合",
    "frozenset": "集合",
    "dict": "字典",
    "range": "序列",
}
LONGEST = 40  # characters of a student's own text that a message repeats


class Unreadable(WrongKind):
    """What was handed in cannot be read as what is asked for; the text says what came."""


class PerCent(Unreadable):
    """A per cent sign where no share was promised; `points` are the digits before it."""


def came(value):
    """Describe a value in a few words of both languages, touching it as little as possible.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    Unreadable
        An error to raise; its text is a phrase, not a sentence.

    Examples
    --------
    >>> came([1, 2]).en
    'a list of 2 (one of them: `[0]`)'
    """
    if isinstance(value, pd.DataFrame):
        rows, columns = value.shape
        return wrong(
            "classroom.unreadable_answers.table",
            Unreadable,
            rows=Both(_count(rows, "row"), rows),
            columns=Both(_count(columns, "column"), columns),
        )
    if isinstance(value, (pd.Series, pd.Index)):
        return Unreadable(en=f"a column of {_count(len(value), 'value')}", zh=f"一列 {len(value)} 个值")
    if isinstance(value, np.ndarray) and value.ndim:
        shape = " × ".join(str(n) for n in value.shape)
        return Unreadable(en=f"an array of shape {shape}", zh=f"一个数组，大小是 {shape}")
    if isinstance(value, (list, tuple, set, frozenset, dict, range)):
        kind = type(value).__name__
        if isinstance(value, tuple) and hasattr(value, "statistic"):
            return wrong("classroom.unreadable_answers.test_result", Unreadable)
        if isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, Number) for part in value):
            return wrong(
                "classroom.unreadable_answers.two_numbers",
                Unreadable,
                shape=_shape(*value),
                instead=_joined(*value),
            )
        how = {"dict": '["…"]', "set": "", "frozenset": ""}.get(kind, "[0]")
        return wrong(
            "classroom.unreadable_answers.container",
            Unreadable,
            kind=Both(kind, _CONTAINERS.get(kind, kind)),
            size=len(value),
            one=Both(f" (one of them: `{how}`)", f"（只要其中一项时写 `{how}`）") if how else Both("", ""),
        )
    return _came_single(value)


def _joined(left, right):
    """How the two halves of a number look without its comma; nothing where they are no halves."""
    if not (isinstance(left, Integral) and isinstance(right, Integral) and right >= 0):
        return Both("", "")
    ways = [f"{left}{right}", f"{left}.{right}"] if 100 <= right <= 999 else [f"{left}.{right}"]
    return Both(f": write {' or '.join(ways)}", f"：写 {' 或 '.join(ways)}")


def _shape(left, right):
    """That rows and columns may have been taken together, which nobody can tell from a comma."""
    if not (isinstance(left, Integral) and isinstance(right, Integral) and min(left, right) >= 0):
        return Both("", "")
    return Both("rows alone are `.shape[0]`; ", "只要行数写 `.shape[0]`；")


def _came_single(value):
    """Describe what is not a container."""
    if isinstance(value, str):
        short = quoted(value if len(value) <= LONGEST else value[:LONGEST] + "…")
        return Unreadable(en=f"the text {short}", zh=f"文字 {short}")
    if isinstance(value, (bool, np.bool_)):
        return Unreadable(en=f"the truth value `{bool(value)}`", zh=f"真假值 `{bool(value)}`")
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return wrong("classroom.unreadable_answers.missing", Unreadable)
    if isinstance(value, (float, np.floating)) and np.isinf(value):
        return Unreadable(en="an infinite number", zh="一个无穷大的数")
    if isinstance(value, Number) and not isinstance(value, (complex, np.complexfloating)):
        return Unreadable(en="a single number", zh="一个单独的数")
    if isinstance(value, (dt.timedelta, np.timedelta64)):
        return wrong("classroom.unreadable_answers.span", Unreadable)
    if isinstance(value, (dt.date, np.datetime64)):
        return Unreadable(en="a day or a point in time", zh="一个日期或时刻")
    if callable(value):
        return wrong("classroom.unreadable_answers.function", Unreadable)
    return anything(value)


def anything(value):
    """Describe a value by nothing but its type.

    Parameters
    ----------
    value : object
        Anything, also an object that refuses every question.

    Returns
    -------
    Unreadable
        An error to raise.
    """
    kind = quoted(type(value).__name__[:LONGEST])
    return Unreadable(en=f"an object of type {kind}", zh=f"一个 {kind} 类型的对象")


def quoted(text):
    """Show text as code: nothing in it is read as markup, and it stays in its line."""
    return "`" + " ".join(str(text).replace("`", "'").split()) + "`"


def _count(n, noun):
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

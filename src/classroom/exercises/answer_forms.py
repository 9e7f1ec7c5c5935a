"""The form of an answer: what a task asks for, and how to read a value as that."""

from functools import partial
from numbers import Integral, Real

import pandas as pd

from classroom.exercises import answer_tables, answer_values, answer_words
from classroom.exercises.unreadable_answers import Unreadable, came, quoted
from helpers.bank.language import WrongKind, pick, worded, wrong

WHOLE = 0.25  # the tolerance of whole numbers: neighbours stay more than three tolerances apart


def form_of(value, *, task, tolerance=None, keys=None):
    """Find the form of a right answer.

    Parameters
    ----------
    value : object
        The right answer.
    task : str
        Its task, for the sentences.
    tolerance : float or dict, optional
        As for `answers.answer`.
    keys : str or list of str, optional
        As for `answers.answer`.

    Returns
    -------
    dict
        `kind` (number, bool, text, list, set, table) and `tolerance` (None for words); for a table
        also `columns` and `keys`, and its tolerance is a dict by column of numbers.

    Raises
    ------
    TypeError
        If nobody could check such an answer.
    ValueError
        If a tolerance is missing or not positive, or the keys do not tell the rows apart.
    """
    if isinstance(value, (pd.DataFrame, pd.Series, dict)):
        return _of_table(value, task=task, tolerance=tolerance, keys=keys)
    if isinstance(value, (set, frozenset)):
        return {"kind": "set", "tolerance": None}
    single = [value] if isinstance(value, str) or pd.api.types.is_scalar(value) else None
    cells = single or answer_values.sequence(value)
    if single and pd.api.types.is_bool(value):
        return {"kind": "bool", "tolerance": None}
    width = _width(cells, tolerance, task) if _are_numbers(cells) else None
    return {"kind": "list" if not single else "number" if width else "text", "tolerance": width}


def read(form, value, *, sizes=None):
    """Read an answer as a list of places, each with its content and tolerance.

    Parameters
    ----------
    form : dict
        As `of` finds it.
    value : object
        The answer.
    sizes : collection of int, optional
        The numbers of rows or elements that make sense; any other is not read.

    Returns
    -------
    list of tuple
        ``(place, content, tolerance)``; the tolerance is None where words are compared.

    Raises
    ------
    Unreadable
        If the value is not of this form; its text says what came.
    """
    kind, tolerance = form["kind"], form["tolerance"]
    if kind == "table":
        return _read_table(form, value, sizes)
    numbers = partial(answer_values.number, share=form.get("share", False))
    one = numbers if tolerance else answer_values.truth if kind == "bool" else partial(_word, form)
    if kind == "set":
        items = [value] if isinstance(value, str) else answer_values.sequence(value)
        items = sorted({one(item) for item in items}, key=str)
    elif kind == "list":
        items = [one(item) for item in _ordered(value, sizes)]
    else:
        items = [one(value)]
        if items == [None]:
            raise came(None)
    return [(str(i), item, tolerance) for i, item in enumerate(items)]


def asked(form, *, size):
    """Say in the reader's language what a form asks for.

    Parameters
    ----------
    form : dict
        As `of` finds it.
    size : int
        The number of rows or elements of the right answer.

    Returns
    -------
    str
        A phrase, not a sentence.

    Examples
    --------
    >>> asked({"kind": "list"}, size=5)
    'a list of 5, in order'
    """
    if "figure" in form:
        return worded("classroom.answer_forms.a_figure")
    if "on" in form:
        return worded("classroom.answer_forms.a_function")
    columns = ", ".join(quoted(column) for column in form.get("columns", []))
    phrases = {
        "number": ("a single number", "一个数"),
        "bool": ("True or False", "True（是）或 False（否）"),
        "text": ("one id or name, as text", "一个编号或名称（文字）"),
        "list": (f"a list of {size}, in order", f"按顺序排列的 {size} 项"),
        "set": ("a list of ids or names, in any order", "若干编号或名称，顺序不限"),
        "table": (
            f"a table with the columns {columns} (rows: {size})",
            f"一张 {size} 行的表，含列 {columns}",
        ),
    }
    en, zh = phrases[form["kind"]]
    return pick(en=en, zh=zh)


def _of_table(value, *, task, tolerance, keys):
    """Find columns, keys and tolerances of a table."""
    table, own = answer_tables.own(value)
    keys = own if keys is None else [keys] if isinstance(keys, str) else list(keys)
    columns = [str(column) for column in table.columns]
    if not set(keys) <= set(columns) or len(set(columns)) < len(columns) or not len(table):
        raise wrong("classroom.answer_forms.table", task=task, keys=keys, columns=columns)
    if keys and table.duplicated(keys).any():
        raise wrong("classroom.answer_forms.keys", keys=keys, task=task)
    cells = {name: table.iloc[:, i].tolist() for i, name in enumerate(columns) if name not in keys}
    numeric = {name: held for name, held in cells.items() if _are_numbers(held)}
    if isinstance(tolerance, dict) and not set(tolerance) <= set(numeric):
        raise wrong(
            "classroom.answer_forms.tolerance_columns",
            task=task,
            numeric=", ".join(numeric),
            tolerance=", ".join(tolerance),
        )
    each = tolerance if isinstance(tolerance, dict) else dict.fromkeys(numeric, tolerance)
    widths = {name: _width(held, each.get(name), f"{task}.{name}") for name, held in numeric.items()}
    return {"kind": "table", "tolerance": widths, "columns": columns, "keys": keys}


def _word(form, value):
    return answer_words.settled(form, answer_values.word(value))


def _read_table(form, value, sizes):
    """Read a table as the list of its cells, row by row."""
    columns, widths = form["columns"], form["tolerance"]
    rows = answer_tables.read(
        value,
        columns=columns,
        keys=form["keys"],
        numeric=widths,
        share=form.get("share", False),
        sizes=sizes,
        settled=partial(answer_words.settled, form),
    )
    return [
        (f"{i} {name}", cell, widths.get(name))
        for i, row in enumerate(rows)
        for name, cell in zip(columns, row, strict=True)
    ]


def _ordered(value, sizes):
    """Read a list whose order counts."""
    items = answer_values.sequence(value)
    if isinstance(value, (set, frozenset)) and len(items) > 1:
        raise Unreadable(en="a set, which has no order", zh="一个没有顺序的集合（set）")
    if sizes and len(items) not in sizes:
        raise came(value)
    return items


def _are_numbers(cells):
    """Tell whether all cells that hold anything hold numbers."""
    held = [cell for cell in cells if not answer_values.missing(cell)]
    return bool(held) and all(isinstance(c, Real) and not isinstance(c, bool) for c in held)


def _width(cells, tolerance, task):
    """Check the tolerance of these numbers; whole numbers may go without."""
    if tolerance is None and all(isinstance(cell, Integral) for cell in cells):
        return WHOLE
    if not isinstance(tolerance, Real) or not 0 < tolerance < float("inf"):
        raise wrong("classroom.answer_forms.tolerance", task=task, tolerance=tolerance)
    return float(tolerance)


def unfit(task, error):
    """Say that an author's answer cannot be stored.

    Parameters
    ----------
    task : str
        The task, or task and misconception joined by a dot.
    error : Unreadable
        What came.

    Returns
    -------
    WrongKind
        An error to raise.
    """
    return wrong("classroom.answer_forms.unfit", WrongKind, task=task, why=error)

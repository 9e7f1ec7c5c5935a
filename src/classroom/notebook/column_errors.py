"""A column that is not there: which was asked for, and which is nearest."""

import builtins
import linecache
import re
from difflib import get_close_matches
from numbers import Integral

import numpy as np
import pandas as pd

from classroom.notebook import name_errors
from helpers.bank import codebook
from helpers.bank.language import pick, worded


def column(error, *, space):
    """Explain a column that a table does not have."""
    if not name_errors.own(error, space, package="pandas"):
        return None
    table = _table(error)
    asked = error.args[0]
    asked = asked.removeprefix("Column not found: ") if isinstance(asked, str) else asked
    grouped = any("groupby" in str(frame.f_globals.get("__name__")) for frame, _ in name_errors.steps(error))
    by_column = grouped if table is None else asked not in table.index.names
    if by_column and (alone := _alone(asked, space)):
        return alone
    if table is None:
        return None
    there = [str(known) for known in table.columns]
    if bare := _without_quotes(error, there, space):
        return worded("classroom.column_errors.bare", name=bare)
    if isinstance(asked, str) and re.search(r"None of \[.*dtype='(?!str|object)", asked, re.DOTALL):
        return worded("classroom.column_errors.numbers_inside")
    if isinstance(asked, tuple):
        return worded("classroom.column_errors.brackets")
    if isinstance(asked, bool):
        return worded("classroom.column_errors.two_texts")
    if (
        isinstance(asked, str)
        and (span := re.fullmatch(r"(\w+)\s*[-:~—–至到]\s*(\w+)", asked))
        and set(span.groups()) <= set(there)
    ):
        return worded("classroom.column_errors.range", first=span[1], last=span[2])
    missing = _first_missing(asked, there)
    if missing in table.index.names:
        return _names_rows(missing, table.index)
    if str(missing) in there:  # 1 and "1"
        kind = "no_quotes" if isinstance(missing, str) else "quotes"
        return worded(f"classroom.column_errors.{kind}", name=missing).strip()
    return absent(missing, there)


def row(error, *, space):
    """Explain a row that a table or a column does not have."""
    if not name_errors.own(error, space, package="pandas") or not error.args:
        return None
    held = [frame.f_locals.get("self") for frame, _ in name_errors.steps(error)]
    index = next((one for one in reversed(held) if isinstance(one, pd.Index)), None)
    if index is None or isinstance(error.args[0], tuple) or "not found in" in str(error.args[0]):
        return None
    there = [str(name) for name in index[:5000]]
    named = [one for one in held if isinstance(one, pd.Index) and error.args[0] in one.names]
    if named:
        return _names_rows(error.args[0], named[0])
    mean = _row_meant(error.args[0], index, there)
    known = ", ".join(there[:5]) + (f" … ({len(index)})" if len(index) > 5 else "")
    return worded("classroom.column_errors.no_row", name=error.args[0], mean=mean, known=known)


def _first_missing(asked, there):
    """The first of several names that is not there, as pandas lists them."""
    many = isinstance(asked, str) and re.search(r"\[|not found in", asked)
    listed = re.findall(r"'([^']*)'", asked) if many else [asked]
    return next((known for known in listed if str(known) not in there and known != "str"), asked)


def _alone(asked, space):
    """Say that what was asked for as a column is a column of its own in the notebook."""
    if not isinstance(asked, str) or not isinstance(space.get(asked), (pd.Series, np.ndarray)):
        return None
    return worded("classroom.column_errors.alone", name=asked)


def _without_quotes(error, there, space):
    """The column whose name stands in the reader's line without quotation marks, where it means something else."""
    own = [(frame, line) for frame, line in name_errors.steps(error) if frame.f_globals is space]
    line = linecache.getline(own[-1][0].f_code.co_filename, own[-1][1]) if own else ""
    named = re.findall(r"\[\s*([^\W\d]\w*)\s*\]", line)
    return next((name for name in named if name in there or name in dir(builtins)), None)


def _names_rows(name, index):
    """Say that a name is not a column's, but that of the rows."""
    values = [str(value) for value in index.get_level_values(name)[:3]]
    known = pick(en=", ", zh="、").join(values) + (" …" if len(index) > 3 else "")
    return worded("classroom.column_errors.names_rows", name=name, known=known)


def _row_meant(asked, index, there):
    """Say which row is nearest in name; a number is like no other number, but it may count rows."""
    if str(asked) in there:
        if isinstance(asked, str):
            return worded("classroom.column_errors.no_quotes", name=asked)
        return worded("classroom.column_errors.quotes", name=asked)
    if isinstance(asked, Integral):
        counted = -len(index) <= asked < len(index)
        return worded("classroom.column_errors.by_place", number=asked) if counted else ""
    return "" if re.fullmatch(r"[-+.\d]+", str(asked)) else _called(str(asked), there)


def absent(missing, there):
    """Say that a table has no such column, and which is nearest.

    Parameters
    ----------
    missing : str
        What was asked for.
    there : list of str
        The columns of the table.

    Returns
    -------
    str
        A sentence, with the first columns that there are.
    """
    called = _called(str(missing), there)
    if isinstance(missing, Integral):
        called = worded("classroom.column_errors.by_place", number=missing)
    known = ", ".join(there[:8]) + (f" … ({len(there)})" if len(there) > 8 else "")
    return worded("classroom.column_errors.no_column", missing=missing, called=called, known=known)


def _table(error):
    """The table whose columns were asked; None where rows were asked, or no table."""
    held = [frame.f_locals.get(key) for frame, _ in name_errors.steps(error) for key in ("self", "obj")]
    # An indexer (`.loc`) or a grouping stands for the table it was made from; half-made ones have no `obj` yet.
    held = [getattr(one, "obj", one) if type(one).__name__.startswith("_") else one for one in held]
    held = [vars(one).get("obj", one) if type(one).__name__ == "DataFrameGroupBy" else one for one in held]
    table = next((one for one in held if isinstance(one, pd.DataFrame)), None)
    asked = next((one for one in reversed(held) if isinstance(one, pd.Index)), None)
    rows = (
        table is not None and asked is not None and asked is not table.columns and asked.equals(table.index)
    )
    return None if rows else table


def _called(missing, there):
    """Say what a column is called: the same with another case or blank, its label, or the nearest."""
    book = codebook.current()
    labels = {label: column for column in there for label in book.names(column)}
    holding = {labels[label] for label in labels if len(missing) > 1 and missing in label}
    if len(holding) > 1 and missing not in labels:
        return _several(holding, there)
    near = get_close_matches(missing.strip(), labels, n=1, cutoff=0.6)
    lower = {label.lower(): label for label in labels}
    label = lower.get(missing.strip().lower()) or (near[0] if near else None)
    if label is None:
        return ""
    shown = _shown(labels[label], there)
    return pick(en=f" Did you mean {shown}?", zh=f"是不是要找 {shown}？")


def _several(columns, there):
    """Ask which of several columns was meant, in the order of the table."""
    shown = [_shown(name, there) for name in there if name in columns][:3]
    return pick(en=f" Did you mean {' or '.join(shown)}?", zh=f"是不是要找 {'或'.join(shown)}？")


def _shown(meant, there):
    """A column with its label; a column that the reader made is not what a word of the glossary means."""
    book = codebook.current()
    name = book.label(meant)
    bare = name == meant or meant not in book._homes(there)
    return f"'{meant}'" if bare else pick(en=f"'{meant}' ({name})", zh=f"'{meant}'（{name}）")

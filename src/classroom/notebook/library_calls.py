"""What the reader passed to a function of seaborn, statsmodels or pingouin, and what is amiss with it."""

import linecache
import re

import numpy as np
import pandas as pd

from classroom.notebook import column_errors, name_errors
from helpers.bank.language import pick, worded

PACKAGES = ("seaborn", "statsmodels", "pingouin")
_DATA = ("data", "endog", "exog", "X", "x", "y", "x1", "x2", "groups", "count", "nobs", "pvals")
_GROUPS = (
    "between",
    "within",
    "subject",
    "group",
    "groups",
    "hue",
    "style",
    "col",
    "row",
    "targets",
    "raters",
)
_MEASURES = (
    "dv",
    "dvs",
    "x",
    "y",
    "size",
    "covar",
    "m",
    "ratings",
    "scores",
    "items",
    "vars",
    "columns",
    "weights",
)


def arguments(error, *, space):
    """Find what the reader passed.

    Parameters
    ----------
    error : Exception
        With its traceback.
    space : dict
        The notebook's own names.

    Returns
    -------
    dict
        Name of the parameter → value; empty where no function of these packages was called.
    """
    frames = [frame for frame, _ in name_errors.steps(error)]
    last = max((i for i, frame in enumerate(frames) if frame.f_globals is space), default=len(frames))
    for frame in frames[last + 1 :]:
        package = str(frame.f_globals.get("__name__")).split(".")[0]
        given = {**frame.f_locals, **(frame.f_locals.get("kwargs") or {})}
        if package in PACKAGES and given.keys() & {*_DATA, *_GROUPS, *_MEASURES, "formula"}:
            own, line = frames[last], name_errors.steps(error)[last][1]
            return {
                **given,
                "package": package,
                "line": linecache.getline(own.f_code.co_filename, line),
                "space": space,
            }
    return {}


def misuse(given, *, space):
    """Say what is amiss with a call, whatever the library says of it.

    Parameters
    ----------
    given : dict
        As `of` finds it.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        None where nothing is plainly amiss.
    """
    table = given.get("data")
    if "formula" in given and not isinstance(given["formula"], str):
        return worded("classroom.library_calls.formula_first")
    if isinstance(table, pd.DataFrame):
        there, named = [*map(str, table.columns)], _named(given, *_MEASURES, *_GROUPS)
        if {table.columns.name, *table.index.names} & {*named}:
            return None  # the library has turned the table already
        lost = next((name for name in named if name not in there), None)
        return lost and column_errors.absent(lost, there)
    if "exog" in given and given["exog"] is None and given["package"] == "statsmodels":
        return worded("classroom.library_calls.two_things")
    passed = [given.get(name) for name in _DATA]
    # pingouin has made arrays of what came.
    passed = [
        value.flat[0] if isinstance(value, np.ndarray) and value.size == 1 else value for value in passed
    ]
    text = next((str(value) for value in passed if isinstance(value, str)), None)
    if text is not None and isinstance(table, pd.Series):
        return worded("classroom.library_calls.column_for_table")
    return None if text is None else _no_data(text, space)


def _no_data(text, space):
    """Say that a text came where data belong."""
    if isinstance(space.get(text), (pd.DataFrame, pd.Series)) or re.fullmatch(r"[\d.]+", text):
        return worded("classroom.library_calls.text", text=text)
    return worded("classroom.library_calls.text_with_column", text=text)


def _named(given, *parameters):
    """The names of columns that stand in these parameters."""
    values = [given.get(name) for name in parameters]
    listed = [value if isinstance(value, (list, tuple)) else [value] for value in values]
    return [name for value in listed for name in value if isinstance(name, str)]


def _columns(given):
    """The columns that are computed with: those named, or all that were passed."""
    table, formula = given.get("data"), given.get("formula")
    if isinstance(table, pd.DataFrame):
        named = re.findall(r"\w+", formula) if isinstance(formula, str) else _named(given, *_MEASURES)
        groups = _named(given, *_GROUPS)
        chosen = [name for name in named if name in table.columns] or table.columns.difference(groups)
        return [table[name] for name in chosen]
    passed = [given.get(name) for name in _DATA]
    tables = [value for value in passed if isinstance(value, (pd.DataFrame, pd.Series))]
    return [column for value in tables for _, column in pd.DataFrame(value).items()] or _written(given)


def _written(given):
    """The columns that the reader's own line names, where the library has kept none of their names."""
    names = re.findall(r"""["'](\w+)["']""", given.get("line", ""))
    there = [
        (key, value) for key, value in list(given.get("space", {}).items()) if isinstance(value, pd.DataFrame)
    ]
    tables = [value for key, value in there if re.search(rf"\b{key}\b", given["line"])]
    return [table[name] for table in tables for name in names if name in table.columns]


def texts(given):
    """Name the columns that hold text, for a sentence; "" where none is known.

    Parameters
    ----------
    given : dict
        As `of` finds it.

    Returns
    -------
    str
        The names, or "".
    """
    return _listed(column for column in _columns(given) if not pd.api.types.is_numeric_dtype(column))


def gaps(given):
    """Name the columns that hold empty values, for a sentence; "" where none is known.

    Parameters
    ----------
    given : dict
        As `of` finds it.

    Returns
    -------
    str
        The names, or "".
    """
    return _listed(column for column in _columns(given) if column.isna().any())


def _listed(columns):
    names = list(dict.fromkeys(repr(str(column.name)) for column in columns if column.name is not None))
    return pick(en=", ", zh="、").join(names[:3]) + (" …" if len(names) > 3 else "")

"""What a cell asked for that is not there: a name, a module, a file; with the nearest that is."""

import builtins
import pkgutil
import re
import sys
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, MethodType

from classroom.notebook import failed_cells
from helpers.bank import codebook
from helpers.bank.language import pick, worded


def steps(error):
    """List the frames that an error went through, outermost first.

    Parameters
    ----------
    error : Exception
        With its traceback.

    Returns
    -------
    list of (frame, int)
        Each with its line.
    """
    found, step = [], error.__traceback__
    while step is not None:
        found.append((step.tb_frame, step.tb_lineno))
        step = step.tb_next
    return found


def name(error, *, space):
    """Explain an unknown name."""
    if not own(error, space, deep=False):
        return None
    missing = error.name
    if "·" in missing:
        return worded("classroom.name_errors.dot", missing=missing)
    if missing in failed_cells.names():
        return worded("classroom.name_errors.cell_failed", missing=missing)
    if missing.lower() in _SHEET:
        return worded("classroom.name_errors.spreadsheet", missing=missing, instead=_SHEET[missing.lower()])
    if missing == "nan":
        return pick(en='An empty value is written float("nan").', zh='空值要写成 float("nan")。')
    text = worded("classroom.name_errors.quotes", missing=missing) if _is_text(missing, space) else ""
    known = [known for known in space if not known.startswith("_") and known not in _SHELL]
    # A word that is written right wants its quotation marks, and is no misspelt name.
    near = "" if text else _nearest(missing, known) or _nearest(missing, dir(builtins), cutoff=0.8)
    return worded("classroom.name_errors.no_name", missing=missing, near=near, text=text)


def attribute(error, *, space):
    """Explain what a thing does not have: a function of a module, a column written with a dot."""
    if not own(error, space) or getattr(error, "name", None) is None:
        return None
    if error.obj is Ellipsis:
        return unanswered(error, space=space)
    known = [known for known in dir(error.obj) if not known.startswith("_")]
    near = _nearest(error.name, known, cutoff=0.7)
    own_word = _SHEET.get(error.name.lower())
    if own_word and hasattr(error.obj, own_word.removesuffix("()")):
        near = pick(en=f" Here it is called .{own_word}.", zh=f"这里叫 .{own_word}。")
    near = _elsewhere(error) or near
    if error.obj is None:
        return worded("classroom.name_errors.none_left", name=error.name)
    if error.name == "dtype" and getattr(getattr(error.obj, "columns", None), "has_duplicates", False):
        return worded("classroom.name_errors.twice", name=error.obj.columns[0])
    if callable(getattr(type(error.obj), "fit", None)) and "statsmodels" in type(error.obj).__module__:
        return worded("classroom.name_errors.not_fitted", name=error.name)
    if isinstance(error.obj, (FunctionType, MethodType)):
        called = error.obj.__name__
        return worded("classroom.name_errors.no_brackets", called=called, name=error.name)
    kind = getattr(error.obj, "__name__", type(error.obj).__name__)
    kind = _CALLED.get(kind, {"en": kind, "zh": kind})
    kind = pick(**kind)
    return worded(
        "classroom.name_errors.no_attribute",
        kind=kind,
        name=error.name,
        near=near,
        space=" " * kind.isascii(),
    )


def _elsewhere(error):
    """Say where what was asked for is: behind .dt or .str, behind brackets, or under another name."""
    import pandas as pd

    name, thing = error.name, error.obj
    if name == "append" and isinstance(thing, (pd.DataFrame, pd.Series)):
        return worded("classroom.name_errors.append")
    if isinstance(thing, pd.Series):
        part = "dt" if thing.dtype.kind in "mM" else "str" if pd.api.types.is_string_dtype(thing) else ""
        behind = part and hasattr(getattr(thing, part), name)
        return worded("classroom.name_errors.behind", name=f"{part}.{name}") if behind else ""
    alone = isinstance(thing, (str, int, float)) and hasattr(pd.Series, name)
    if alone:
        return worded("classroom.name_errors.brackets_first", name=name)
    return worded("classroom.name_errors.one_of_them") if isinstance(thing, tuple) else ""


def module(error, *, space):
    """Explain a package that is not there."""
    if not own(error, space):
        return None
    parent, _, last = error.name.rpartition(".")
    known = dir(sys.modules[parent]) if parent in sys.modules else [*sys.stdlib_module_names, *_OURS]
    return worded("classroom.name_errors.no_package", name=error.name, near=_nearest(last, known))


def imported(error, *, space):
    """Explain a name that a package does not have."""
    found = re.match(r"cannot import name '(\w+)'", str(error))
    if not own(error, space) or not found or error.name not in sys.modules:
        return None
    package = sys.modules[error.name]
    if room := _room(package, found[1]):
        return worded("classroom.name_errors.moved", name=found[1], room=room)
    parts = [part.name for part in pkgutil.iter_modules(getattr(package, "__path__", []))]
    near = _nearest(found[1], [*getattr(package, "__all__", dir(package)), *parts])
    return worded("classroom.name_errors.not_in_package", name=error.name, missing=found[1], near=near)


def _room(package, name):
    """Name the part of a package that holds a module, for notebooks written before it moved there."""
    if package.__name__ != "helpers":
        return None
    rooms = [part for part in pkgutil.iter_modules(package.__path__, "helpers.") if part.ispkg]
    holds = (part.name for part in rooms if find_spec(f"{part.name}.{name}"))
    return next(holds, None)


def file(error, *, space):
    """Explain a file that is not where it was looked for."""
    if not own(error, space) or error.filename is None:
        return None
    path = Path(str(error.filename))
    folder = path.parent if path.parent.is_dir() else Path.cwd()
    near = _nearest(path.name, [entry.name for entry in folder.iterdir()])
    turned = any(sign in str(error.filename) for sign in "\t\n\r\f\v\a\b")
    slash = worded("classroom.name_errors.backslash") if turned or "\\" in str(error.filename) else ""
    return worded(
        "classroom.name_errors.no_file", file=path.name, folder=folder.resolve(), near=near, slash=slash
    )


def unanswered(error, *, space):
    """Explain that a cell still holds the three dots where the answer belongs."""
    if not own(error, space) or "ellipsis" not in str(error):
        return None
    return worded("classroom.name_errors.unanswered")


# What a spreadsheet calls it, and what pandas does.
_SHEET = {"average": "mean()", "avg": "mean()", "mean": "mean()", "stdev": "std()", "countif": "value_counts()",
          "sumif": "sum()", "median": "median()", "sort": "sort_values()"}  # fmt: skip
_CALLED = {
    "int": {"en": "A single number", "zh": "单独一个数"},
    "float": {"en": "A single number", "zh": "单独一个数"},
    "str": {"en": "A text", "zh": "一段文字"},
    "list": {"en": "A list", "zh": "一个列表"},
    "tuple": {"en": "A tuple, several values in one,", "zh": "一个元组（几个值连在一起）"},
    "dict": {"en": "A dict", "zh": "一个字典"},
    "set": {"en": "A set", "zh": "一个集合"},
    "ndarray": {"en": "The array", "zh": "这个数组"},
    "Timedelta": {"en": "A span of time", "zh": "一段时间"},
    "Timestamp": {"en": "A point in time", "zh": "一个时刻"},
    "DataFrame": {"en": "The table", "zh": "这张表"},
    "Series": {"en": "The column", "zh": "这一列"},
}
_SHELL = ("In", "Out", "exit", "quit", "open", "get_ipython")
_OURS = (
    "helpers",
    "classroom",
    "pandas",
    "numpy",
    "matplotlib",
    "seaborn",
    "statsmodels",
    "pingouin",
    "sklearn",
    "scipy",
)


def own(error, space, *, package=None, deep=True):
    """Whether a cell's own line went wrong.

    Parameters
    ----------
    error : Exception
        With its traceback.
    space : dict
        The notebook's own names.
    package : str, optional
        Whose code alone may stand below the reader's line.
    deep : bool
        Whether any code may stand below it.

    Returns
    -------
    bool
        True where the reader's frame is last, or what follows is no code of ours.
    """
    frames = [frame for frame, _ in steps(error)]
    own = [i for i, frame in enumerate(frames) if frame.f_globals is space]
    if not own:
        return False
    after = [str(frame.f_globals.get("__name__")) for frame in frames[own[-1] + 1 :]]
    if not deep:
        return not after
    ours = any(module.split(".")[0] in ("helpers", "classroom", "simbank") for module in after)
    return not ours and (package is None or (bool(after) and after[0].split(".")[0] == package))


def _nearest(missing, known, *, cutoff=0.6):
    """Ask whether the nearest known name was meant; two letters are like everything."""
    known = [name for name in dict.fromkeys(map(str, known)) if min(len(name), len(missing)) > 2]
    lower = {name.lower(): name for name in known}
    near = get_close_matches(missing, known, n=1, cutoff=cutoff)
    found = lower.get(missing.lower()) or (near[0] if near else None)
    return pick(en=f" Did you mean {found}?", zh=f"是不是想写 {found}？") if found else ""


def _is_text(missing, space):
    """Whether a name is a label, a branch or a column: then it may be a text without its quotation marks."""
    import pandas as pd

    book = codebook.current()
    tables = [value for value in list(space.values()) if isinstance(value, pd.DataFrame)]
    labels = {label for names in book._labels.values() for label in (names["en"], names["zh"])}
    if re.fullmatch(r"[A-Ha-h]", missing):
        return True  # the letter of an option
    return missing in book._labels or missing in labels or any(missing in table.columns for table in tables)

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
from helpers.bank.language import pick


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
    if not own(error, space, deep=False) or isinstance(error, UnboundLocalError):
        return None
    missing = error.name
    if missing in failed_cells.names():
        return pick(
            en=f"The cell that sets {missing} ended in an error. Correct it, run it again, then this one.",
            zh=f"设置 {missing} 的那一格运行时报错了。请先改好并重新运行那一格，再运行这一格。",
        )
    if missing.lower() in _SHEET:
        return pick(
            en=f'There is no function {missing} here; a column has its own: table["P1"].{_SHEET[missing.lower()]}.',
            zh=f'这里没有 {missing} 这个函数，要写在列的后面：表["P1"].{_SHEET[missing.lower()]}。',
        )
    if missing == "nan":
        return pick(en='An empty value is written float("nan").', zh='空值要写成 float("nan")。')
    text = pick(
        en=f' A text needs quotation marks: "{missing}".', zh=f'如果它是文字，要加英文引号："{missing}"。'
    )
    known = [known for known in space if not known.startswith("_") and known not in _SHELL]
    near = _nearest(missing, known) or _nearest(missing, dir(builtins), cutoff=0.8)
    return pick(
        en=f"There is nothing called {missing} yet.{near} If it is spelled right, run the cells above first, from the "
        f"top.{text if _is_text(missing, space) else ''}",
        zh=f"现在还没有 {missing} 这个名称。{near}如果没有写错，请先从上往下把前面的单元格运行一遍。"
        f"{text if _is_text(missing, space) else ''}",
    )


def attribute(error, *, space):
    """Explain what a thing does not have: a function of a module, a column written with a dot."""
    if not own(error, space) or getattr(error, "name", None) is None:
        return None
    if error.obj is Ellipsis:
        return unanswered(error, space=space)
    near = _nearest(error.name, [known for known in dir(error.obj) if not known.startswith("_")])
    own_word = _SHEET.get(error.name.lower())
    if own_word and hasattr(error.obj, own_word.removesuffix("()")):
        near = pick(en=f" Here it is called .{own_word}.", zh=f"这里叫 .{own_word}。")
    if error.obj is None:
        return pick(
            en=f"What stands left of .{error.name} is empty (None): the step before it gave no result.",
            zh=f".{error.name} 左边是空的（None）：前一步没有得到结果。",
        )
    if callable(getattr(type(error.obj), "fit", None)) and "statsmodels" in type(error.obj).__module__:
        return pick(
            en=f"The model is only described, not yet computed: write .fit() behind it, model.fit().{error.name}",
            zh=f"模型只是写出来了，还没有计算：后面要加 .fit()，例如 模型.fit().{error.name}",
        )
    if isinstance(error.obj, (FunctionType, MethodType)):
        called = error.obj.__name__
        return pick(
            en=f"Brackets are missing behind {called}: write .{called}().{error.name}",
            zh=f"{called} 后面少了括号：要写 .{called}().{error.name}",
        )
    kind = getattr(error.obj, "__name__", type(error.obj).__name__)
    kind = _CALLED.get(kind, {"en": kind, "zh": kind})
    kind = pick(**kind)
    return pick(
        en=f"{kind} has nothing called {error.name}.{near}",
        zh=f"{kind}{' ' * kind.isascii()}里没有 {error.name}。{near}",
    )


def module(error, *, space):
    """Explain a package that is not there."""
    if not own(error, space):
        return None
    parent, _, last = error.name.rpartition(".")
    known = dir(sys.modules[parent]) if parent in sys.modules else [*sys.stdlib_module_names, *_OURS]
    return pick(
        en=f"There is no package {error.name} here.{_nearest(last, known)} Everything that the course needs is "
        "installed; if it is spelled right, ask your trainer.",
        zh=f"这里没有 {error.name} 这个包。{_nearest(last, known)}课程要用的包都已经装好；如果没有写错，请问培训师。",
    )


def imported(error, *, space):
    """Explain a name that a package does not have."""
    found = re.match(r"cannot import name '(\w+)'", str(error))
    if not own(error, space) or not found or error.name not in sys.modules:
        return None
    package = sys.modules[error.name]
    if room := _room(package, found[1]):
        return pick(
            en=f"{found[1]} has moved to {room}: write `from {room} import {found[1]}`.",
            zh=f"{found[1]} 已经移到 {room}：请写 `from {room} import {found[1]}`。",
        )
    parts = [part.name for part in pkgutil.iter_modules(getattr(package, "__path__", []))]
    near = _nearest(found[1], [*getattr(package, "__all__", dir(package)), *parts])
    return pick(
        en=f"{error.name} has nothing called {found[1]}.{near} Upper and lower case count.",
        zh=f"{error.name} 里没有 {found[1]}。{near}注意大小写。",
    )


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
    slash = pick(
        en=" In a path write / instead of \\.", zh="路径里的反斜杠 \\ 请改成 / 。"
    ) if turned or "\\" in str(error.filename) else ""  # fmt: skip
    return pick(
        en=f"There is no file {path.name!r} in {folder.resolve()}.{near}{slash} Check name and ending; the notebook "
        "looks in its own folder.",
        zh=f"在 {folder.resolve()} 里找不到文件 {path.name!r}。{near}{slash}请检查文件名和扩展名；"
        "不写路径时，只在笔记本所在的文件夹里找。",
    )


def unanswered(error, *, space):
    """Explain that a cell still holds the three dots where the answer belongs."""
    if not own(error, space) or "ellipsis" not in str(error):
        return None
    return pick(
        en="Three dots ... still stand where your answer belongs. Fill it in there (or in the cell above), and run again.",
        zh="这里还留着三个点 ...，那是写答案的位置。请先填上（也可能在上面一格），再运行。",
    )


# What a spreadsheet calls it, and what pandas does.
_SHEET = {"average": "mean()", "avg": "mean()", "mean": "mean()", "stdev": "std()", "countif": "value_counts()",
          "sumif": "sum()", "median": "median()", "sort": "sort_values()"}  # fmt: skip
_CALLED = {
    "int": {"en": "A single number", "zh": "单独一个数"},
    "float": {"en": "A single number", "zh": "单独一个数"},
    "str": {"en": "A text", "zh": "一段文字"},
    "list": {"en": "A list", "zh": "一个列表"},
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

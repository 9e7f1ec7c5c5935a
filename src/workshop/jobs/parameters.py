"""The parameters of a lesson: what may be changed, from the command line into the notebook."""

import ast
import itertools
from datetime import timedelta
from pathlib import Path

from helpers.bank.language import Both, WrongValue, wrong

YES, NO = ("true", "yes", "1", "是"), ("false", "no", "0", "否")


def assignment(statement):
    """Read ``name = literal``.

    Parameters
    ----------
    statement : ast.stmt
        A line of a parameters cell.

    Returns
    -------
    tuple or None
        Name and value, or None where the line is anything else.
    """
    try:
        (target,) = statement.targets
        return target.id, ast.literal_eval(statement.value)
    except (AttributeError, ValueError):
        return None


def known(notebook):
    """Say which parameters a lesson has, and what they are when nobody changes them.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson with a cell tagged ``parameters``.

    Returns
    -------
    dict
        Name → default, in the order of the cell; empty where there is no such cell.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cell = new_code_cell("branch = 'B07'; wave = 2", metadata={"tags": ["parameters"]})
    >>> known(new_notebook(cells=[cell]))
    {'branch': 'B07', 'wave': 2}
    """
    defaults = {}
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            for line in ast.parse(cell.source).body:
                defaults |= dict(filter(None, [assignment(line)]))
    return defaults


def pairs(texts):
    """Read ``name=value`` as it stands on the command line.

    Parameters
    ----------
    texts : list of str
        For instance ``["branch=B03", "wave=1"]``.

    Returns
    -------
    dict
        Name → text.

    Raises
    ------
    WrongValue
        If a text has no ``=``, or sets the language, which has an option of its own.

    Examples
    --------
    >>> pairs(["branch=B03", "wave=1"])
    {'branch': 'B03', 'wave': '1'}
    """
    given = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise wrong("workshop.parameters.pair", text=text)
        if name.strip() == "language":
            raise wrong("workshop.parameters.language")
        given[name.strip()] = value.strip()
    return given


def _typed(text, *, name, default):
    """Turn the text of a parameter into a value of the kind its default has.

    Parameters
    ----------
    text : str
        What the user wrote.
    name : str
        The parameter.
    default : bool, int, float or str
        What is in the lesson.

    Returns
    -------
    bool, int, float or str
        The value.

    Raises
    ------
    WrongValue
        If the text is not of that kind.

    Examples
    --------
    >>> _typed("0.9", name="confidence", default=0.95), _typed("2024", name="branch", default="B07")
    (0.9, '2024')
    >>> _typed("South Gate", name="branch", default=None), _typed("None", name="branch", default=None)
    ('South Gate', None)
    """
    if isinstance(default, str):
        return text
    try:
        if isinstance(default, bool):
            return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}[text.lower()]
        if isinstance(default, (int, float)):
            return type(default)(text)
        value = ast.literal_eval(text)
        if default is None or isinstance(value, type(default)):
            return value
    except (KeyError, SyntaxError, ValueError):
        if default is None:  # nothing says what it must be: a name is text
            return text
    raise wrong(
        "workshop.parameters.kind",
        name=name,
        kind=Both(*_kind(default)),
        default=default,
        text=text,
    )


def settled(notebook, *, given):
    """Type what is given, and keep only what differs from the lesson's own defaults.

    Parameters
    ----------
    notebook : NotebookNode
        The lesson.
    given : dict
        Name → text; names that the lesson does not have are left out here (see `refuse_unknown`).

    Returns
    -------
    dict
        Name → value.
    """
    defaults = known(notebook)
    values = {
        name: _typed(text, name=name, default=defaults[name])
        for name, text in given.items()
        if name in defaults
    }
    return {name: value for name, value in values.items() if value != defaults[name]}


def suited(values, *, notebook):
    """Where another bank lacks the lesson's own branch or wave, take one that this bank has.

    Parameters
    ----------
    values : dict
        Name → value, as `settled` returns them.
    notebook : NotebookNode
        The lesson.

    Returns
    -------
    dict
        The values; with the bank's first branch or last wave where nobody chose one and the default is
        not there, and with the day after its last transaction as `as_of` where the bank is not simulated.
    """
    from helpers.bank import data as banks  # reads tables with pandas, which running a notebook does not need

    if "data" not in values:
        return values
    book = banks.codebook(values["data"])
    tables, chosen, defaults = book.tables, dict(values), known(notebook)
    if (
        "as_of" in defaults.keys() - values.keys()
        and "transactions" in tables
        and not banks.has_truth(values["data"])
    ):
        last = banks.load(values["data"], "transactions")["time"].max()
        chosen["as_of"] = f"{last + timedelta(days=1):%Y-%m-%d}"
    for name, table, place in (
        ("branch", "branches", 0),
        ("journey", "touchpoints", 0),
        ("wave", "servqual", -1),
    ):
        # A lesson whose default is None chooses for itself.
        if defaults.get(name) is None or name in values or table not in tables:
            continue
        there = banks.load(values["data"], table).get(name)
        if there is not None and len(there) and not (there == defaults[name]).any():
            chosen[name] = there.iloc[0] if place == 0 else int(there.max())
    return chosen


def refuse_unknown(given, *, lessons):
    """Refuse a parameter that a lesson lacks in all its notebooks.

    Parameters
    ----------
    given : dict
        Name → text.
    lessons : dict
        The lesson as the user named it (None: all lessons) → the parameters that its notebooks have.

    Raises
    ------
    WrongValue
        The sentence lists the parameters that there are.
    """
    for name, (lesson, defaults) in itertools.product(given, lessons.items()):
        if name not in defaults:
            there = ", ".join(defaults if lesson else sorted(defaults)) or "—"
            raise WrongValue(
                en=f"{lesson} has no parameter '{name}'; it has {there}. Correct the name."
                if lesson
                else f"No lesson has a parameter '{name}'; there are {there}. Correct the name.",
                zh=f"{lesson} 没有参数 '{name}'；现有的参数是 {there}。请检查名称。"
                if lesson
                else f"没有哪一课有参数 '{name}'；现有的参数是 {there}。请检查名称。",
            )


def bank(name, *, home):
    """Make the bank that a user names safe to hand to a lesson, wherever that lesson runs.

    Parameters
    ----------
    name : str
        A folder in ``datasets``, or any path.
    home : Path
        The collection's folder.

    Returns
    -------
    str
        The name, where it stands under ``datasets``; else the absolute path.

    Raises
    ------
    WrongValue
        If there is no such folder, or no codebook in it.
    """
    from helpers.bank import data as banks  # reads tables with pandas, which running a notebook does not need

    if (home / "datasets" / name / "datapackage.json").is_file():
        return name
    return str(Path(banks.folder(Path(name).expanduser())).resolve())


def injected(notebook, values):
    """Write changed parameters into a notebook, after the cell that holds the defaults.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson as papermill loads it; it is not changed.
    values : dict
        Name → value.

    Returns
    -------
    NotebookNode
        The notebook with one more, hidden cell; the same notebook where nothing changes.
    """
    from papermill.parameterize import parameterize_notebook

    if not values:
        return notebook
    notebook = parameterize_notebook(notebook, values, report_mode=True)
    cell = next(c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", []))
    cell.id = "injected-parameters"
    # papermill would write Chinese as \\u escapes.
    cell.source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    return notebook


def _kind(default):
    """Name the kind of a default, in English and in Chinese."""
    words = {
        "bool": ("yes or no", "是或否"),
        "int": ("a whole number", "整数"),
        "float": ("a number", "数字"),
    }
    return words.get(type(default).__name__, ("a value", "一个值"))

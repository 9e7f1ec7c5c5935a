"""What pandas, seaborn, statsmodels and pingouin say of a reader's slip, in the reader's words."""

import re
from difflib import get_close_matches

from classroom.notebook import library_calls, library_sentences, name_errors
from helpers.bank.language import WrongKind, WrongValue, pick, worded


def told(error, *, space):
    """Explain an error that a library raised in the reader's own line.

    Parameters
    ----------
    error : Exception
        With its traceback.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        None where it is none of the common ones, or one of the course's own sentences.
    """
    if isinstance(error, (WrongKind, WrongValue)) or not name_errors.own(error, space):
        return None
    given = library_calls.arguments(error, space=space)
    if said := library_calls.misuse(given, space=space):
        return said
    if isinstance(error, AttributeError) and "has no attribute" in str(error):
        return None
    if type(error).__name__ == "InvalidIndexError":
        return _two_in_brackets(error)
    if said := _too_many(str(error)):
        return said
    words = str(error) or ("must be numeric" if given and library_calls.texts(given) else "")
    head = f"{given.get('package', '')} {type(error).__name__}: {words}"
    for words, en, zh in library_sentences.SAID:
        if found := re.search(words, head):
            joined = pick(en=r"\g<0>", zh="、")
            groups = [
                None,
                *(re.sub(r",? and (?=')|, (?=')", joined, group or "") for group in found.groups()),
            ]
            return pick(en=en, zh=zh).format(*groups, text=_text(given), gaps=_gaps(given))
    return None


def _two_in_brackets(error):
    """What somebody meant who wrote two things into one pair of brackets: conditions, columns, or row and column."""
    asked = [one for one in error.args if isinstance(one, tuple)]
    if any(hasattr(one, "dtype") for one in sum(asked, ())):
        return worded("classroom.library_errors.conditions")
    listed = asked and all(isinstance(one, (str, list)) for one in asked[0])
    if listed:
        return worded("classroom.library_errors.columns")
    if asked:
        return worded("classroom.library_errors.row_and_column")
    return worded("classroom.library_errors.conditions")


def _too_many(words):
    """Say how many values a function takes without their names; to a method Python counts its own table, too."""
    found = re.search(r"(\S+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) w", words)
    built_in = re.search(r"(?:at most|exactly|expected) (one|\d+) arguments?,? (?:\(|got )(\d+)", words)
    if built_in:
        most, came = (int(one.replace("one", "1")) for one in built_in.groups())
        return worded("classroom.library_errors.too_many", most=most, came=came) if came > most else None
    if not found:
        return None
    own = "." in found[1].rpartition("<locals>.")[2]
    most, came = int(found[2]) - own, int(found[3]) - own
    return worded("classroom.library_errors.too_many", most=most, came=came)


def _text(given):
    """Say where text is among what should be numbers."""
    names = library_calls.texts(given) if given else ""
    return pick(
        en=f"there is text in {names}" if names else "something else came",
        zh=f" {names} 里有文字" if names else "传入的不是数字",
    )


def _gaps(given):
    """Say where empty values are."""
    names = library_calls.gaps(given) if given else ""
    return pick(en=names or "what you passed", zh=f" {names} " if names else "传入的数据")


def formula(error, *, space):
    """Explain a formula or a condition in quotation marks that cannot be read.

    Parameters
    ----------
    error : SyntaxError
        Raised while a library read it.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        None where the cell itself cannot be read.
    """
    modules = [str(frame.f_globals.get("__name__")).split(".")[0] for frame, _ in name_errors.steps(error)]
    if "patsy" in modules:
        return pick(**library_sentences.FORMULA)
    if "pandas" in modules:
        return worded("classroom.library_errors.query")
    return None


def unknown_in_query(error, *, space):
    """Explain a name that ``.query`` found neither in the table nor in the notebook.

    Parameters
    ----------
    error : Exception
        pandas' ``UndefinedVariableError``.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        With the column that is nearest.
    """
    found = re.search(r"name '([^']+)' is not defined", str(error))
    tables = [frame.f_locals.get("self") for frame, _ in name_errors.steps(error)]
    columns = next((list(map(str, table.columns)) for table in tables if hasattr(table, "columns")), None)
    if not found or columns is None or not name_errors.own(error, space):
        return None
    near = get_close_matches(found[1], columns, n=1)
    mean = pick(en=f" Did you mean {near[0]!r}?", zh=f"是不是想写 {near[0]!r}？") if near else ""
    at = pick(en=f" A name of the notebook is written @{found[1]}.", zh=f"笔记本里的名称要写成 @{found[1]}。")
    text = worded("classroom.library_errors.quotes", name=found[1])
    at = at if found[1] in space else text
    return worded("classroom.library_errors.no_column", name=found[1], mean=mean, at=at)

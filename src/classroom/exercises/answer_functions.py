"""Tasks that ask for a function: it is tried on a few inputs, and what it returns is the answer."""

import pandas as pd

from classroom.exercises.unreadable_answers import Unreadable, came, quoted


def tried(function, *, on):
    """Try a function on each of some inputs.

    Parameters
    ----------
    function : callable
        The student's, or the author's own.
    on : list of sequence
        Each the arguments of one call; a dict stands for a Series.

    Returns
    -------
    list
        What it returned, in order.

    Raises
    ------
    Unreadable
        If it is not a function, or stops with an error; the text says which.

    Examples
    --------
    >>> tried(lambda gap: len(gap), on=[[{"reliability": -1.0, "empathy": 0.0}]])
    [2]
    """
    if not callable(function):
        raise came(function)
    return [_called(function, arguments) for arguments in on]


def _called(function, arguments):
    given = [pd.Series(one) if isinstance(one, dict) else one for one in arguments]
    try:
        found = function(*given)
    except NameError as error:
        raise Unreadable(
            en=f"a function that uses {quoted(error.name)}, which is not there",
            zh=f"一个函数，但里面用到了 {quoted(error.name)}，而没有这个名称",
        ) from error
    except Exception as error:  # a student's function may raise anything
        said = quoted(f"{type(error).__name__}: {error}"[:120])
        raise Unreadable(
            en=f"a function that stops with an error when it is tried ({said})",
            zh=f"一个函数，但试着运行时报错（{said}）",
        ) from error
    if found is None:
        raise Unreadable(
            en="a function that gives nothing back: its line must begin with `return`",
            zh="一个没有交回结果的函数：那一行前面要写 `return`",
        )
    size = len(found) if isinstance(found, (list, tuple)) else getattr(found, "size", 1)
    if size != 1:
        raise Unreadable(
            en=f"a function that gives back {size} values where one is asked for",
            zh=f"一个交回了 {size} 个值的函数，而每次只要一个数（是不是还差 `.sum()` 或 `[0]`？）",
        )
    return found

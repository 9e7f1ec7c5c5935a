"""Tasks that ask for a function: it is tried on a few inputs, and what it returns is the answer."""

import inspect
from difflib import get_close_matches

import pandas as pd

from classroom.exercises.unreadable_answers import Unreadable, came, quoted
from classroom.notebook import explain
from helpers.bank.language import Both, wrong


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
    if not _takes(function, given):
        raise wrong("classroom.answer_functions.arguments", Unreadable, wanted=len(given))
    try:
        found = function(*given)
    except Exception as error:  # a student's function may raise anything
        raise _stopped(function, error) from error
    if found is None:
        raise wrong("classroom.answer_functions.nothing", Unreadable)
    size = len(found) if isinstance(found, (list, tuple)) else getattr(found, "size", 1)
    if size != 1:
        raise wrong("classroom.answer_functions.several", Unreadable, size=size)
    return found


def _stopped(function, error):
    """Say with which error a function stopped, and what to do about it where that is known."""
    if isinstance(error, NameError) and error.name:
        if "·" in error.name:
            return wrong("classroom.answer_functions.dot", Unreadable, name=quoted(error.name))
        known = [*inspect.signature(function).parameters, *getattr(function, "__globals__", {})]
        near = {name.casefold(): name for name in known}.get(error.name.casefold())
        near = near or next(iter(get_close_matches(error.name, known, n=1, cutoff=0.75)), None)
        mean = (
            Both(f" (did you mean {quoted(near)}?)", f"（是不是 {quoted(near)}？）") if near else Both("", "")
        )
        return wrong(
            "classroom.answer_functions.unknown_name", Unreadable, name=quoted(error.name), mean=mean
        )
    said = quoted(f"{type(error).__name__}: {error}"[:120])
    if why := explain.explained(error, space=getattr(function, "__globals__", {})):
        why = why.rstrip(".。")  # it stands in a sentence that ends by itself
        return wrong("classroom.answer_functions.explained", Unreadable, said=said, why=why)
    return wrong("classroom.answer_functions.error", Unreadable, said=said)


def _takes(function, given):
    """Whether a function can be called with so many values; a built-in one may not say."""
    try:
        inspect.signature(function).bind(*given)
    except TypeError:
        return False
    except ValueError:
        return True
    return True

"""What a lesson's parameter may be, by its name: nonsense gets one sentence before the first result.

The rules are in ``course/parameters.yml``; ``course build`` writes them beside the notebooks' texts.
"""

import json

import pandas as pd

from helpers.bank import checks
from helpers.bank import data as banks
from helpers.bank.language import WrongKind, wrong

FILE = "parameters.json"
_LARGEST_SEED = 2**32 - 10  # what the libraries take; a lesson counts on from it


def described():
    """Read what parameters may be.

    Returns
    -------
    dict
        Name → rule (``course/parameters.yml`` says how it is written). Empty where nothing was built.
    """
    path = banks.home() / "notebooks" / "texts" / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def refuse(parameters):
    """Stop at the first parameter that cannot be what it is.

    Parameters
    ----------
    parameters : dict
        Name → value, as a notebook gives them to `start`; a name without a rule passes.

    Raises
    ------
    WrongKind, WrongValue
        The sentence names the parameter, and what it may be.

    Examples
    --------
    >>> refuse({"confidence": 0.9, "draws": 99, "seed": 1, "folder": "my_lists"})
    """
    rules = described()
    for name, value in parameters.items():
        rule = rules.get(name, "held")
        kind, limits = next(iter(rule.items())) if isinstance(rule, dict) else (rule, {})
        RULES[kind](name, value, limits)
    # An interval from its draws needs one beyond each of its ends.
    if {"draws", "confidence"} <= parameters.keys():
        checks.draws(parameters["draws"], confidence=parameters["confidence"])


def _share(name, value, _):
    checks.proportion(value, name=name)


def _margin(name, value, _):
    checks.number(value, name=name, least=0)
    if value >= 1:
        raise wrong("checks.share", name=name, value=value)


def _whole(name, value, least):
    checks.whole(value, name=name, least=least)


def _number(name, value, limits):
    checks.number(value, name=name, **limits)


def _text(name, value, _):
    if not (isinstance(value, str) and value.strip()):
        raise wrong("classroom.parameter_rules.text", WrongKind, name=name, value=value)


def _seed(_, value, __):
    checks.generator(value)
    if value > _LARGEST_SEED:
        raise wrong("classroom.parameter_rules.seed", value=value, most=_LARGEST_SEED)


def _day(name, value, _):
    day = pd.to_datetime(value, errors="coerce") if isinstance(value, str) else pd.NaT
    if pd.isna(day):
        raise wrong("classroom.parameter_rules.day", name=name, value=value)


RULES = {
    "share": _share,
    "margin": _margin,
    "whole": _whole,
    "number": _number,
    "text": _text,
    "seed": _seed,
    "day": _day,
    "held": lambda name, value, _: None,
}

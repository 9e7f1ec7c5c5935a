"""What a lesson's parameter may be, by its name: nonsense gets one sentence before the first result."""

import pandas as pd

from helpers.bank import checks
from helpers.bank.language import WrongKind, wrong

# The least that a count may be.
_COUNTS = {
    "runs": 2, "splits": 2, "chart_count": 2, "quiet_weeks": 3, "weeks": 1, "base": 1, "most": 2,
    "smallest": 1, "fewest": 1, "calls": 1, "within": 0,
}  # fmt: skip
_SHARES = ("confidence", "cut", "aim", "chance", "persuaded", "threshold", "baseline", "target")
_MARGINS = ("wealth_margin", "deposit_margin", "card_margin")
_COSTS = ("call_cny", "reminder_cny", "day_cny", "hour_cny", "counter_cost", "machine_cost",
          "app_cost", "seconds")  # fmt: skip
_ABOVE = ("customer_cny", "missed_cny", "handling_minutes", "hours", "days")
_LEAST_BUDGET = 2_600  # the cheapest measure that may stand alone, yuan a month
_TEXTS = ("folder", "sheet", "data")
_LARGEST_SEED = 2**32 - 10  # what the libraries take; a lesson counts on from it


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
    for name, value in parameters.items():
        if name in _SHARES:
            checks.proportion(value, name=name)
        elif name in _COUNTS:
            checks.whole(value, name=name, least=_COUNTS[name])
        elif name in _MARGINS or name in _COSTS:
            checks.number(value, name=name, least=0)
        elif name == "budget":
            checks.number(value, name=name, least=_LEAST_BUDGET)
        elif name in _ABOVE:
            checks.number(value, name=name, above=0)
        elif name in _TEXTS and not (isinstance(value, str) and value.strip()):
            raise wrong("classroom.parameter_rules.text", WrongKind, name=name, value=value)
        if name in _MARGINS and value >= 1:
            raise wrong("checks.share", name=name, value=value)
    _refuse_chance(parameters)
    _refuse_day(parameters)


def _refuse_chance(parameters):
    """Seeds, and draws: an interval from its draws needs one beyond each of its ends."""
    if "seed" in parameters:
        checks.generator(parameters["seed"])
        if parameters["seed"] > _LARGEST_SEED:
            raise wrong("classroom.parameter_rules.seed", value=parameters["seed"], most=_LARGEST_SEED)
    if "draws" in parameters:
        checks.whole(parameters["draws"], name="draws", least=2)


def _refuse_day(parameters):
    """The day on which a plan begins."""
    if "begins" not in parameters:
        return
    value = parameters["begins"]
    day = pd.to_datetime(value, errors="coerce") if isinstance(value, str) else pd.NaT
    if pd.isna(day):
        raise wrong("classroom.parameter_rules.day", value=value)

"""What a caller gets who says nothing: a default, or a constant of a module, changes results without a line of a lesson changed.

Where one is meant to change: say so in the CHANGELOG, then ``pytest tests/helpers/test_helpers_defaults.py --redraw``.
"""

import importlib
import inspect
from pathlib import Path

import numpy as np
from collection import ROOT

KEPT = Path(__file__).with_name("defaults.txt")
ESTIMANDS = ["simulated_scores", "estimands", "ledger_estimands", "ledger_truth", "truth"]


def told(value):
    """A number, or several, as text; None where it is neither."""
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items()} if any(map(told, value.values())) else None
    if isinstance(value, tuple | list | np.ndarray):
        return (
            [one if isinstance(one, str) else told(one) for one in value] if any(map(told, value)) else None
        )
    return repr(value) if isinstance(value, bool | int | float | np.number) else None


def modules():
    """Every module of `helpers`, and the simulator's statistics."""
    for path in sorted((ROOT / "src" / "helpers").rglob("*.py")):
        if path.name != "__init__.py":
            yield ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    yield from (f"simbank.{name}" for name in ESTIMANDS)


def lines():
    """One line a constant, and one a function that has defaults which are numbers."""
    for name in modules():
        module = importlib.import_module(name)
        for word, value in vars(module).items():
            if word.strip("_").isupper() and (said := told(value)):
                yield f"{name}.{word} = {said}"
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == name:
                given = {k: told(p.default) for k, p in inspect.signature(function).parameters.items()}
                if given := {key: said for key, said in given.items() if said}:
                    yield f"{name}.{function.__name__}({', '.join(f'{k}={v}' for k, v in given.items())})"


def test_defaults_and_constants_are_those_that_results_were_made_with(request):
    now = [*lines()]
    if request.config.getoption("--redraw"):
        KEPT.write_text("\n".join(now) + "\n", encoding="utf-8", newline="\n")
    assert now == KEPT.read_text(encoding="utf-8").splitlines()

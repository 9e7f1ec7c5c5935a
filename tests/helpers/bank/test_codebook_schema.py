"""The quick answer and the one with reasons follow the same rules: they never differ."""

import copy
import json
import random
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from helpers.bank import codebook_schema

BANK = Path(__file__).parents[3] / "datasets" / "qingyu_bank" / "datapackage.json"
# What a slip of the hand may put anywhere.
SLIPS = [
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        1.0,
        2.5,
        1e300,
        10**30,
        "",
        "a",
        "a\n",
        "日期",
        "integer",
        "number",
        "date",
    ),
    *([], [1], ["a"], [True], [[]], {}, {"a": 1}, {"name": "a"}, {"en": "x", "zh": "y"}, {"minimum": "abc"}),
]


@pytest.mark.parametrize("seed", range(8))
def test_it_says_of_spoiled_codebooks_what_the_reference_says(seed):
    drawn, reference = random.Random(seed), Draft202012Validator(codebook_schema.rules())
    whole = json.loads(BANK.read_text(encoding="utf-8"))
    whole["resources"] = [one for one in whole["resources"] if one["name"] in ("branches", "servqual")]
    places = list(_places(whole))
    said = []
    for _ in range(60):
        package = copy.deepcopy(whole)
        for _ in range(drawn.choice([1, 1, 2])):
            _spoil(package, drawn.choice(places), drawn)
        before = copy.deepcopy(package)
        said.append(codebook_schema.valid(package))
        assert said[-1] == reference.is_valid(package), json.dumps(package, ensure_ascii=False)
        assert package == before
    assert {*said} == {True, False}


def _places(here, way=()):
    """Every key and position below the codebook itself."""
    if way:
        yield way
    steps = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
    for step, inner in steps:
        yield from _places(inner, (*way, step))


def _spoil(package, place, drawn):
    """Change, take away or add one thing, where an earlier slip has left the place."""
    try:
        for step in place[:-1]:
            package = package[step]
        how = drawn.choice(["change", "change", "drop", "add"])
        if how == "change":
            package[place[-1]] = copy.deepcopy(drawn.choice(SLIPS))
        elif how == "drop":
            del package[place[-1]]
        elif isinstance(package, dict):
            package[drawn.choice(["name", "path", "scale", "values", "$schema"])] = copy.deepcopy(
                drawn.choice(SLIPS)
            )
    except (KeyError, IndexError, TypeError):
        pass

"""No sentence of the classroom gives an answer away."""

import json
import re

import pytest
import yaml
from collection import LESSONS, REPLICATIONS, ROOT

from classroom.exercises import answers
from classroom.exercises.unreadable_answers import Unreadable
from classroom.notebook import library_sentences

BOOKS = [each["id"] for each in [*LESSONS, *REPLICATIONS]]
SENTENCES = yaml.safe_load((ROOT / "src" / "classroom" / "sentences.yml").read_text(encoding="utf-8"))
SAID = [said for module in SENTENCES.values() for both in module.values() for said in both.values()]
SAID += [said for _, *both in library_sentences.SAID for said in both]
# Single digits stand in examples of code, and months in days (2025-03-01); an answer that is one is not found by
# looking at them.
EXAMPLES = sorted(
    {found for said in SAID for found in re.findall(r"(?<![\w.{:])(?!0\d\b)\d+[.\d]*\d(?!\w)%?", said)}
)


@pytest.mark.parametrize("lesson", BOOKS)
def test_no_example_is_an_answer(lesson):
    path = ROOT / "notebooks" / "answers" / f"{lesson}.json"
    if not path.exists():
        return
    for task, entry in json.loads(path.read_text(encoding="utf-8"))["tasks"].items():
        assert not [said for said in EXAMPLES if _right(entry, said)], task


def _right(entry, said):
    try:
        return answers.compare(entry, said)[0] == "right"
    except Unreadable:
        return False

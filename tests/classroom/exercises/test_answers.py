"""What a table that is not right is told."""

import pandas as pd
import pytest

from classroom.exercises import answer_forms, answers, digests

RIGHT = pd.DataFrame({"kind": ["leak", "wait", "moment"], "worth": [0.17, 0.27, 0.4], "n": [3, 1, 2]})


@pytest.fixture
def stored():
    form = answer_forms.form_of(RIGHT, task="t", tolerance={"worth": 0.002}, keys="kind") | {"salt": "s"}
    kept = digests.digest(answer_forms.read(form, RIGHT), salt="s", ways=digests.nearest)
    return {**form, "right": kept, "wrong": {}}


@pytest.mark.parametrize(
    ("changed", "off"),
    [
        ({"kind": [1, 2, 3]}, ["kind"]),
        ({"kind": [3, 2, 1]}, ["kind"]),
        ({"kind": [1, 2, 3], "worth": [0.17, 0.27, 0.5]}, ["kind", "worth"]),
        ({"kind": [1, 2, 3], "worth": [0.17, 0.17, 0.4]}, ["kind", "worth"]),
        ({"worth": [0.27, 0.17, 0.4]}, ["worth"]),
        ({"n": [3, 1, 4]}, ["n"]),
    ],
)
def test_under_other_keys_the_values_are_compared_in_whatever_row(stored, changed, off):
    assert answers.compare(stored, RIGHT.assign(**changed)) == ("other", off)
    assert answers.compare(stored, RIGHT.assign(**changed).iloc[::-1]) == ("other", off)

"""A label that names two things is the one that the task asks for."""

import pandas as pd
import pytest

from classroom.exercises import answer_forms, answer_values, answers, digests
from helpers.bank import codebook
from helpers.bank.codebook import Codebook

FIELDS = [
    {"name": "kind_leak", "title": "Given up", "title@zh": "放弃"},
    {"name": "kind_wait", "title": "Too long", "title@zh": "太久"},
    {"name": "given_up", "title": "Given up", "title@zh": "放弃"},
    {"name": "counter", "title": "Counter", "title@zh": "柜台",
     "values": {"teller": {"en": "Teller", "zh": "柜员"}}},
    {"name": "owner", "title": "Owner", "title@zh": "谁", "values": {"teller": {"en": "The clerk", "zh": "柜面人员"}}},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _book():
    codebook.use(Codebook({"resources": [{"name": "t", "title": "T", "schema": {"fields": FIELDS}}]}))


def entry(right, *, wrong=None, keys=None):
    """What is stored of an answer."""
    form = answer_forms.form_of(right, task="t", tolerance=0.01 if keys else None, keys=keys) | {"salt": "s"}

    def kept(value):
        return digests.digest(answer_forms.read(form, value), salt="s", ways=digests.nearest)

    return {**form, "right": kept(right), "wrong": {name: kept(one) for name, one in (wrong or {}).items()}}


@pytest.mark.parametrize("right", ["kind_leak", "given_up"])
@pytest.mark.parametrize("said", ["放弃", "Given up", "given up。", "放弃（Given up）"])
def test_a_label_of_two_ids_is_either(right, said):
    assert answers.compare(entry(right), said)[0] == "right"
    assert answers.compare(entry([right, "kind_wait"]), [said, "太久"])[0] == "right"
    assert answers.compare(entry({right, "kind_wait"}), {said, "太久"})[0] == "right"
    assert answers.compare(entry("kind_wait", wrong={"it": right}), said) == ("wrong", ["it"])
    assert answers.compare(entry("kind_wait"), said)[0] == "other"


@pytest.mark.parametrize("right", ["kind_leak", "given_up"])
def test_an_id_stays_the_one_that_it_is(right):
    other = {"kind_leak": "given_up", "given_up": "kind_leak"}[right]
    assert answers.compare(entry(right), other)[0] == "other"


@pytest.mark.parametrize("right", ["kind_leak", "given_up"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_labelled_table_is_the_table_in_any_order(right, language):
    table = pd.DataFrame({"kind": [right, "kind_wait", "a"], "worth": [0.1, 0.2, 0.3]})
    names = {one["name"]: one["title@zh" if language == "zh" else "title"] for one in FIELDS}
    shown = table.replace({"kind": names})
    stored = entry(table, keys="kind", wrong={"twice": table.assign(worth=2 * table["worth"])})
    for one in (shown, shown.iloc[::-1], table):
        assert answers.compare(stored, one)[0] == "right"
    assert answers.compare(stored, shown.assign(worth=[0.2, 0.4, 0.6])) == ("wrong", ["twice"])
    assert answers.compare(stored, shown.assign(worth=[0.2, 0.1, 0.3]))[0] == "other"


def test_what_an_id_is_called_in_one_column_alone_counts_too():
    assert answers.compare(entry("teller"), "柜面人员")[0] == "right"
    assert answer_values.word("放弃") == "given_up"  # as it is stored

"""Every public statistic is held to something outside itself; the list says to what, and by which test."""

import re

import pandas as pd
import pytest
from collection import ROOT
from test_law import CASES

HELD = pd.read_csv(ROOT / "tests" / "oracles" / "held.csv")


def test_every_statistic_under_the_law_is_on_the_list_once():
    assert sorted(HELD["statistic"]) == sorted(CASES)


@pytest.mark.parametrize(
    ("statistic", "test"), HELD[["statistic", "test"]].to_numpy().tolist(), ids=HELD["statistic"]
)
def test_its_test_is_there_and_calls_it(statistic, test):
    file, _, name = test.partition("::")
    text = (ROOT / "tests" / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(", text, re.MULTILINE)
    assert re.search(rf"\b{statistic.partition('.')[2]}\b", text)

"""What a run says at the end: that pages show other values than the usual ones, above all."""

import pytest
from collection import ROOT

from helpers.bank import language
from workshop.run import run_summary


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_pages_of_other_values_are_told_and_how_the_usual_ones_come_back(spoken):
    language.use(spoken)
    told = run_summary.table([], folder=ROOT, given={"branch": "B03", "data": "mine", "wave": "2"})
    (line,) = (line for line in told.splitlines() if "branch=B03" in line)
    assert "wave=2" in line and "-p" in line and "data=" not in line
    assert "-p" not in run_summary.table([], folder=ROOT, given={"data": "mine"})
    assert "-p" not in run_summary.table([], folder=ROOT)

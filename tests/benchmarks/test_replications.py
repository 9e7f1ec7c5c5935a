"""The count of R1 and R5 over banks, in short: the notebooks' own cells, and what the page says."""

import re

import pytest
from collection import ROOT, benchmark

replications = benchmark("replications")


@pytest.mark.filterwarnings("ignore")
def test_one_bank_is_counted_and_the_page_written():
    import pandas as pd

    found = replications.of_cards(9, 0) | replications.of_survey(9, 0)
    assert abs(found["rate"]) < 0.2 and abs(found["held_out"]) < 0.3 and 0.5 < found["correlation"] < 1
    assert abs(found["slope"]) < 0.3 and found["expectation"] > 0
    text = replications.page(pd.DataFrame([found, found]), seed=9, minutes=0)
    assert "on 2 simulated banks" in text and len(re.findall(r"^\| R\d: ", text, re.MULTILINE)) == 5


def test_the_page_rests_on_forty_banks_or_more_and_the_lessons_quote_it_rightly():
    text = (ROOT / "docs" / "replications.md").read_text(encoding="utf-8")
    assert int(re.search(r"on (\d+) simulated banks", text)[1]) >= 40
    above = {
        name: int(share)
        for name, share in re.findall(r"^\| (R\d: [a-z]+).*\| (\d+)% \|$", text, re.MULTILINE)
    }
    # R1: the rate mostly a little below, the held-out year to one side on nearly every bank.
    assert above["R1: rate"] < 40 and above["R1: held"] >= 90
    for part in ("R1_cdnow", "R5_ecsi"):
        (source,) = (ROOT / "course").glob(f"*/{part}/lesson.md")
        assert source.read_text(encoding="utf-8").count("docs/replications.md") == 2

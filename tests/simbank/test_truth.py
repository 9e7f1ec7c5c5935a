"""The declared truth: how a number is written, and what is declared of a small bank."""

import json
from pathlib import Path

import pandas as pd
import pytest

from simbank import bank, estimands, truth

KEPT = Path(__file__).with_name("truth_of_a_small_bank.csv")


def test_what_is_declared_of_a_small_bank_is_what_was(request, tmp_path, monkeypatch):
    """Every quantity: in how many places, middle and spread of its numbers, a sentence. Meant to change? `--redraw`, and look."""
    monkeypatch.setattr(estimands, "BATCHES", 2)
    bank.make(tmp_path / "small", seed=3, customers=1000, branches=3, progress=False)
    told = json.loads((tmp_path / "small" / "truth.json").read_text(encoding="utf-8"))["quantities"]
    found = pd.DataFrame(told).groupby("quantity").agg(
        places=("quantity", "size"), kinds=("unit", "nunique"),
        **{f"{number}_{how}": (number, how) for number in ("construct", "estimand", "monte_carlo_error")
           for how in ("count", "mean", "std", "min", "max")},
        **{language: (f"sentence{mark}", "first") for language, mark in (("en", ""), ("zh", "@zh"))},
    )  # fmt: skip
    if request.config.getoption("--redraw"):
        found.round(7).to_csv(KEPT, lineterminator="\n")
    kept = pd.read_csv(KEPT, index_col="quantity")
    pd.testing.assert_frame_equal(found, kept, rtol=1e-6, atol=1e-6, check_dtype=False)


def test_what_rounding_of_the_computer_takes_is_given_back_first():
    """A hair below 0.00025 is 0.00025 to ten decimals, which rounds up."""
    assert (truth.rounded(0.00025 - 4e-11), truth.rounded(0.00025 - 6e-11)) == (0.0003, 0.0002)


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [("{number:.2f}", -0.5, "−0.50"), ("{percent:.1f} %", 0.25, "25.0 %"), ("{number}", None, None)],
)
def test_a_number_has_a_true_minus_and_a_share_is_written_of_a_hundred(template, value, said):
    assert truth._number(template, value) == said

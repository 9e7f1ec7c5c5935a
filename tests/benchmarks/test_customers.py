"""Short form of the benchmark of lessons 09 and 10: a few banks, and proof that it can fail."""

import json
import re

import pandas as pd
import pytest
from collection import ROOT, paragraphs
from collection import benchmark as opened

from helpers.bank.data import folder, load
from simbank import ledger

benchmark = opened("customers")


@pytest.fixture(scope="module")
def found():
    return benchmark.count(range(101, 107), seed=1, grouped=1, batches=4)


def test_intervals_hold_what_they_aim_at(found):
    shares = benchmark.shares(found[0])
    assert shares["n"].tolist() == [6, 6, 6]
    assert (shares["share"] >= 4 / 6).all(), shares.to_string()


def test_shifted_intervals_are_caught(found):
    moved = found[0].copy()
    for name in ("left_low", "left_high", "ratio_low", "ratio_high"):
        moved[name] = 3 * moved[name]
    assert (benchmark.shares(moved)["share"] < 0.5).all()


def test_groups_are_better_than_a_lottery_and_than_unscaled_ones(found):
    one = found[1].iloc[0]
    assert 0.3 < one["rand"] <= 1 and one["rand_unscaled"] < one["rand"]
    assert one["comes"] and 0.1 < one["aside"] < 0.3


def test_a_bank_of_the_benchmark_is_the_bank_of_the_generator():
    """The first chunk of Qingyu Bank itself: row for row the same tables."""
    seed = json.loads((folder("qingyu_bank") / "truth.json").read_text(encoding="utf-8"))["seed"]
    until = ledger.last_answers(load("qingyu_bank", "servqual"))
    made = benchmark.tables(seed, benchmark.world(seed), size=10_000, until=until)
    people = set(made["customers"]["customer"])
    for name, columns in {
        "customers": ["customer", "birth_year", "kind", "joined", "products"],
        "transactions": ["customer", "time", "channel", "kind", "amount_fen"],
        "truth_segments": ["customer", "segment"],
        "churn": ["customer", "snapshot", "left", "leave_date"],
    }.items():
        known = load("qingyu_bank", name)
        known = known[known["customer"].isin(people)]
        pair = [
            rows[columns].sort_values(
                columns[:2] if name in ("transactions", "churn") else columns[0], kind="stable"
            )
            for rows in (made[name], known)
        ]
        pair = [rows.reset_index(drop=True).astype(str) for rows in pair]
        pd.testing.assert_frame_equal(*pair)


def test_the_lessons_say_what_the_page_says():
    page = (ROOT / "docs" / "customers.md").read_text(encoding="utf-8")
    banks, grouped = re.search(r"--banks (\d+) --grouped (\d+)", page).groups()
    cells = {tuple(line.split(" | ")[:2]): line.split(" | ") for line in page.splitlines()}
    left = f"{100 * float(cells['| left', 'large draw'][3].split(' ')[0]):.0f}"
    ratio = f"{100 * float(cells['| first year', 'what was put in'][3].split(' ')[0]):.0f}"
    row = next(line for line in page.splitlines() if line.startswith("| adjusted Rand, k chosen |"))
    middle, _, low, high = row.strip("| ").split(" | ")[1:]
    fewer = re.search(r"than the rule on (\d+)", page)[1]
    said = {
        "09_value/lesson": [banks, f"{left} ?%"],
        "09_value/deeper": [banks, f"{ratio} ?%"],
        "10_segments/lesson": [grouped, middle, low, high, fewer],
    }
    for place, numbers in said.items():
        told = paragraphs(place, naming="customers")
        assert len(told) == 2, place
        for line in told:
            assert all(re.search(rf"(?<![\d.]){n}(?!\d)", line) for n in numbers), (place, numbers, line)


def test_the_page_is_what_the_tables_give(found):
    values, groups = found
    text = benchmark.page(values, pd.concat([groups, groups]), minutes=1, seed=1)
    assert benchmark.shares(values).query("interval == 'left'")["n"].item() == 6
    assert "--banks 6 --grouped 2" in text and "{" not in text

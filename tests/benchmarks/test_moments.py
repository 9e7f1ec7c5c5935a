"""Short form of the benchmark of lessons 02 and 03: three banks, and proof that it can fail."""

import json
import re

import pandas as pd
import pytest
from collection import ROOT, paragraphs
from collection import benchmark as opened

from helpers.bank.data import folder, load
from simbank import ledger, touchpoints
from simbank.simulated_codebook import codebook

FLOOR = 0.85
BEFOREHAND = ["drop-off of a step", "rework of a step", "mean emotion, weighted", "share of importance (LMG)"]


benchmark = opened("moments")


@pytest.fixture(scope="module")
def found():
    return benchmark.count(range(1, 4), seed=1, batches=12, draws=99)


def _shares(rows):
    return benchmark.held(rows).set_index("kind")["share"]


def test_intervals_hold_what_they_aim_at(found):
    shares = _shares(found[0])
    assert set(shares.index) == set(benchmark.TARGETS)
    assert (shares[BEFOREHAND] >= FLOOR).all(), shares.to_string()


def test_narrow_intervals_are_caught(found):
    rows = found[0]
    narrow = rows.assign(**{end: (rows[end] + 2 * rows["estimate"]) / 3 for end in ("low", "high")})
    assert (_shares(narrow)[BEFOREHAND] < FLOOR).all()


def test_importance_finds_the_first_step_oftener_than_asking(found):
    orders = found[1]
    first = orders.groupby("ranking")["first"].mean()
    assert len(orders) == 3 * 3 * 4
    assert first["derived"] >= 5 / 9 > first["stated"]
    middle = orders.groupby("ranking")["spearman"].median()
    assert middle["derived"] > 0.5 > middle["stated"]


def test_the_extremes_of_lesson_02_are_the_true_ones(found):
    assert found[2][["leakiest", "lowest"]].mean(axis=None) >= 8 / 9


def test_a_bank_of_the_benchmark_is_the_bank_of_the_generator():
    """Qingyu Bank itself, made without transactions: row for row the same two tables."""
    seed = json.loads((folder("qingyu_bank") / "truth.json").read_text(encoding="utf-8"))["seed"]
    until = ledger.last_answers(load("qingyu_bank", "servqual"))
    log, surveys = benchmark.tables(seed, benchmark.world(seed), until=until)
    known, asked = load("qingyu_bank", "journeys"), load("qingyu_bank", "journey_surveys")
    keys = ["case", "step", "touchpoint", "channel", "outcome", "emotion", "asked_per_million"]
    pd.testing.assert_frame_equal(
        log[keys], known[keys].reset_index(drop=True), check_dtype=False, check_names=False
    )
    keys = ["case", "journey", "given_up", "satisfaction", "named"]
    pd.testing.assert_frame_equal(surveys[keys], asked[keys].reset_index(drop=True), check_dtype=False)


def test_the_lessons_say_what_the_page_says():
    page = (ROOT / "docs" / "moments.md").read_text(encoding="utf-8")
    banks = re.search(r"--banks (\d+)", page)[1]
    rows = {line.split(" | ")[0].removeprefix("| "): line.split(" | ") for line in page.splitlines()}
    rate = {kind: f"{100 * float(rows[kind][3].split(' ')[0]):.0f}" for kind in benchmark.TARGETS}
    firsts = next(line for line in page.splitlines() if line.startswith("| all three") and "%" in line).split(
        " | "
    )
    derived, stated = firsts[2].split("%")[0], firsts[4].split("%")[0]
    said = {
        "02_journey/lesson": [rate["drop-off of a step"], rate["mean emotion, weighted"]],
        "03_moments/lesson": [derived, stated],
        "03_moments/deeper": [rate["share of importance (LMG)"], rate["slope below neutral"], rate["slope above neutral"]],
    }  # fmt: skip
    for place, numbers in said.items():
        told = paragraphs(place, naming="moments")
        assert len(told) == 2, place
        for line in told:
            assert banks in line and all(re.search(rf"\b{n} ?%", line) for n in numbers), (
                place,
                numbers,
                line,
            )


def test_every_journey_and_target_is_known():
    names = {
        value for field in codebook()["tables"]["journeys"]["fields"] for value in field.get("values", {})
    }
    assert set(touchpoints.JOURNEYS) <= names
    assert set(benchmark.TARGETS.values()) <= {"lmg"} | {
        entry["quantity"]
        for entry in json.loads((folder("qingyu_bank") / "truth.json").read_text(encoding="utf-8"))[
            "quantities"
        ]
    }

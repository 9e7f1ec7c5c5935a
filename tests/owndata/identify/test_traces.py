"""What points at a person is known in the spellings that people use; dates, sums and comments are left alone."""

import random
import re
import string
import time
from pathlib import Path

import pandas as pd
import pytest
import yaml

from helpers.bank import data
from owndata.identify import traces

LISTED = yaml.safe_load((Path(__file__).parents[2] / "traces.yml").read_text(encoding="utf-8"))
FOUND = [(kind, text) for kind, texts in LISTED["found"].items() for text in texts]
REPEATED = ["a", "1", "1 ", "1-", "138-", "a@b-", "@", "微信", "王", "路1", "A1", ".", "1.", "::", "+1", "(", "粤B", "wxid", "12 a "]  # fmt: skip


def test_there_are_enough_formats():
    assert len(FOUND) >= 100
    assert len(LISTED["harmless"]) >= 40


@pytest.mark.parametrize(("kind", "text"), FOUND)
@pytest.mark.parametrize("around", ["{}", "上次说好的，{}。谢谢", "please use {} , thanks", "2025-03-31 {}"])
def test_every_format_is_found_alone_and_in_a_sentence(kind, text, around):
    assert traces.in_text(around.format(text)) is not None
    if around == "{}":
        assert traces.in_text(text) == kind


@pytest.mark.parametrize("text", LISTED["harmless"])
def test_dates_sums_and_ordinary_comments_are_left_alone(text):
    assert traces.in_text(text) is None


@pytest.mark.parametrize("digits", range(1, 8))
def test_ids_that_are_passed_over_are_nobodys_number(digits, monkeypatch):
    """One letter and a few digits get no closer look; with one they would be let through too."""
    monkeypatch.setattr(traces, "_SHORT_CODE", re.compile(r"(?!)"))
    numbers = random.Random(digits).choices(range(10**digits), k=200)
    for letter in string.ascii_letters:
        for number in {0, 10**digits - 1, *numbers[: 200 if letter in "aeECvwqQxWm" else 20]}:
            assert traces.in_text(f"{letter}{number:0{digits}}") is None


def test_the_banks_own_comments_hold_no_false_alarm():
    texts = pd.read_csv(data.folder("qingyu_bank") / "comments.csv", keep_default_na=False)["text"]
    told = texts[texts.map(traces.in_text).notna()]
    # The simulator writes one made-up telephone number into comments now and then, and no other trace.
    assert told[~told.str.contains(r"\d{7}")].tolist() == []


@pytest.mark.parametrize("text", REPEATED)
def test_a_long_cell_takes_time_by_its_length_alone(text):
    def seconds(length):
        cell = (text * length)[:length]
        best = []
        for _ in range(3):
            start = time.process_time()
            traces.in_text(cell)
            best.append(time.process_time() - start)
        return min(best)

    # Eight times the length: 64 times as long if it were quadratic.
    assert seconds(40_000) < 25 * max(seconds(5_000), 0.001)

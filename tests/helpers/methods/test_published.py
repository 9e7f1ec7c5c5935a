"""Published figures beside computed ones: by hand, the edge of the tolerance, digits, error texts."""

import pandas as pd
import pytest

from helpers.bank import language
from helpers.bank.language import WrongValue
from helpers.methods import published

PAPER = "Fader, Hardie & Lee 2005"


def test_half_a_unit_of_the_last_digit_agrees_and_more_does_not():
    for value, agrees in (
        (0.2425, True),
        (0.24349, True),
        (0.24251, True),
        (0.2436, False),
        (0.24249, False),
    ):
        row = published.beside(pd.Series({"bgnbd_r": value}), source=PAPER).iloc[0]
        assert (row["agrees"], row["exact"]) == (agrees, agrees), value


def test_a_wider_tolerance_agrees_without_being_exact():
    row = published.beside(pd.Series({"pnbd_beta": 11.668}), source=PAPER).iloc[0]
    assert row["agrees"] and not row["exact"]


def test_digits_are_kept_as_printed_and_one_more_is_computed():
    row = published.beside(pd.Series({"pnbd_ll": -9594.974}), source=PAPER).iloc[0]
    assert (row["published"], row["computed"], row["off"]) == ("-9595.0", "-9594.97", "+0.03")


def test_the_quantity_is_named_in_the_readers_language():
    for spoken, name in (("en", "gears, raw weight"), ("zh", "挡位数（原始权重）")):
        language.use(spoken)
        row = published.beside(pd.Series({"raw_gear": 0.1}), source="rwa 0.1.0").iloc[0]
        assert row["quantity"] == name


@pytest.mark.parametrize(
    ("spoken", "said"), [("en", "printed no figure called"), ("zh", "里没有叫")], ids=["en", "zh"]
)
def test_an_unknown_figure_is_refused(spoken, said):
    language.use(spoken)
    with pytest.raises(WrongValue, match=said):
        published.beside(pd.Series({"bgnbd_q": 1.0}), source=PAPER)


def test_a_missing_number_is_refused():
    with pytest.raises(WrongValue):
        published.beside(pd.Series({"bgnbd_r": float("nan")}), source=PAPER)


def test_a_figure_off_by_exactly_what_is_allowed_agrees_and_is_exact(monkeypatch):
    one = {
        "source": "s",
        "key": "k",
        "quantity": "q",
        "quantity_zh": "量",
        "published": "0",
        "tolerance": 0.5,
    }
    monkeypatch.setattr(published, "printed", lambda: pd.DataFrame([one]))
    for computed, fine in ((0.5 + published.EDGE, True), (0.5 + 2 * published.EDGE, False)):
        row = published.beside(pd.Series({"k": computed}), source="s").iloc[0]
        assert (row["agrees"], row["exact"]) == (fine, fine)


def test_what_nobody_wrote_down_is_an_empty_text():
    assert (published.printed().drop(columns="tolerance") != "").to_numpy().sum() < published.printed().size
    assert published.printed().notna().all(axis=None)

"""Short form of the benchmark of lesson 12: intervals hold, and the page says what was counted."""

from collection import benchmark

personal = benchmark("personal")


def test_intervals_hold_what_they_aim_at_and_searching_flatters():
    held, found = personal.count(range(1, 9), seed=2, draws=20)
    assert len(held) == 8 * 14
    assert held["target"].between(held["low"], held["high"]).mean() > 0.88
    shares = found.groupby("finding")["found"].mean()
    assert shares["yuan by which the first flatters"] > 0
    assert shares["a consultation to all surely loses"] > 0.8
    text = personal.page(held, found, minutes=1, banks=8, seed=2)
    assert "Each of 8 banks" in text and text.count("| value: ") == 4

"""Short form of the training benchmark: what is put in is held, and the page says what was counted."""

from collection import benchmark

training = benchmark("training")


def test_branch_intervals_hold_and_counting_people_afterwards_is_narrower():
    held, found = training.count(range(1, 21), seed=3)
    branches = held[held["kind"] == "ANCOVA by branches"]
    assert len(branches) == 20 * 6
    assert branches["target"].between(branches["low"], branches["high"]).mean() > 0.85
    width = (held["high"] - held["low"]).groupby(held["kind"]).median()
    assert width["after only, by people, as if alone"] < 0.8 * width["after only, by branches"]
    text = training.page(held, found, minutes=1, banks=20, seed=3)
    assert "Each of 20 banks" in text and text.count("\n| score | post |") == 7
    shares = found.groupby("finding")["found"].mean()
    assert shares["the bonus shows on the device"] > 0.9 > shares["the bonus shows on the phone"]

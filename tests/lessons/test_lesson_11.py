"""Lesson 11: no leak, no order of the file, intervals by other routes, the true chances beside the list."""

import re

import numpy as np
import pandas as pd
import pytest
from collection import ROOT, cells
from scipy.stats import mannwhitneyu

from helpers.bank import data
from helpers.bank.bank import Bank


@pytest.fixture(scope="module")
def churn():
    return data.load("qingyu_bank", "churn")


@pytest.fixture(scope="module")
def known():
    return data.load("qingyu_bank", "truth_leaving")


def test_every_snapshot_has_its_true_chance(churn, known):
    keys = ["customer", "snapshot"]
    pd.testing.assert_frame_equal(churn[keys], known[keys])
    assert known["chance_per_million"].between(0, 1_000_000).all()
    both = churn.assign(chance=known["chance_per_million"] / 1_000_000).groupby("snapshot")
    assert (both["chance"].mean() - both["left"].mean()).abs().max() < 0.006


def test_who_has_the_higher_chance_leaves_the_oftener(churn, known):
    tenths = pd.qcut(known["chance_per_million"], 10, labels=False)
    shares = churn["left"].groupby(tenths).mean()
    assert shares.iloc[-1] > 10 * shares.iloc[0] and shares.is_monotonic_increasing


def test_the_gain_of_a_question_is_half_the_gini_that_it_takes_away():
    past = pd.DataFrame({"x": [0, 0, 0, 1, 1, 1, 1, 1], "left": [0, 0, 1, 1, 1, 0, 1, 1]})
    names = {"past": past, "honest": ["x"]}
    with pytest.raises(AttributeError):
        cells("11_churn", "by-hand", **names, bank=None, show=None)
    gini = [2 * p * (1 - p) for p in (past["left"].mean(), 1 / 3, 4 / 5)]
    yes, apart = 3 / 8, 1 / 3 - 4 / 5
    assert yes * (1 - yes) * apart**2 == pytest.approx((gini[0] - yes * gini[1] - (1 - yes) * gini[2]) / 2)

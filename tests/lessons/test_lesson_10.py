"""Lesson 10: what its sentences say of groups that come back, and of the group that asks for most loans."""

import numpy as np
import pandas as pd
import pytest
import seaborn.objects as so
from collection import LANGUAGES, run_cells, said
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_that_came_back_once_and_not_twice_are_not_said_to_come_back(language):
    twice, once = {"en": ("passed the test of coming back, twice", "not all did"),
                   "zh": ("每一群两次都通过了", "就不是每一群都能了")}[language]  # fmt: skip
    for holds, said_of in [(True, twice), (False, once)]:
        text = said("10_segments", "truth", {"rand": 0.5, "comes": True, "holds": holds}, language)
        assert said_of in text


def most_often(asked, of):
    """Whether the lesson says that the first group asks for loans most often."""
    called = np.repeat([f"name_{n}" for n in range(len(of))], of)
    loans = np.concatenate([np.arange(size) < yes for yes, size in zip(asked, of, strict=True)])
    known = {"who": pd.DataFrame({"called": called, "asked_loan": loans}), "so": so}
    known |= {
        "proportion_confint": proportion_confint, "confint_proportions_2indep": confint_proportions_2indep
    }  # fmt: skip
    return run_cells("10_segments_deeper", "loans", **known)


def test_most_loans_are_judged_by_the_difference_not_by_two_lines_that_overlap():
    bound = most_often([150, 115, 60], [1000, 1000, 1000])
    assert bound["loans"]["low"].iloc[0] < bound["loans"]["high"].iloc[1] and bound["clear"]
    assert not most_often([150, 135, 60], [1000, 1000, 1000])["clear"]

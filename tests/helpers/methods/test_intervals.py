"""Intervals of averages: by hand, and with as few branches and answers as will do."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.bank.language import WrongValue
from helpers.methods import intervals


def answers(**gaps):
    """One row an answer, by branch."""
    return pd.DataFrame(
        [(branch, gap) for branch, own in gaps.items() for gap in own], columns=["branch", "gap"]
    )


def test_two_branches_are_enough_to_speak_of_branches_such_as_these():
    """Means −1 and 0: half their difference is the standard error, with one degree of freedom."""
    found = intervals.mean(answers(B1=[-1, -1], B2=[1, -1]), "gap", population="process").iloc[0]
    half = stats.t.ppf(0.975, 1) * 0.5
    assert [found["low"], found["high"]] == pytest.approx([-0.5 - half, -0.5 + half])


def test_two_answers_a_branch_are_enough_to_speak_of_these_branches():
    """Variances 2 and 8 of two answers each: SE² = (1 + 4) / 4; degrees of freedom 5² / (1² + 4²)."""
    found = intervals.mean(answers(B1=[0, 2], B2=[0, 4]), "gap").iloc[0]
    half = stats.t.ppf(0.975, 25 / 17) * np.sqrt(5 / 4)
    assert [found["low"], found["high"]] == pytest.approx([1.5 - half, 1.5 + half])


def test_one_branch_with_one_answer_among_larger_ones_is_refused_and_named():
    with pytest.raises(WrongValue, match="B2"):
        intervals.mean(answers(B1=[0, 2, 1], B2=[3]), "gap")


def test_where_all_in_a_branch_agree_nothing_is_uncertain():
    found = intervals.mean(answers(B1=[1, 1], B2=[3, 3]), "gap").iloc[0]
    assert found.tolist() == [4, 2, 2, 2]


def test_a_branch_that_is_known_but_has_no_answers_is_not_counted():
    rows = answers(B1=[0, 2], B2=[0, 4])
    known = rows.assign(branch=pd.Categorical(rows["branch"], categories=["B1", "B2", "B3"]))
    pd.testing.assert_frame_equal(intervals.mean(known, "gap"), intervals.mean(rows, "gap"))

"""The log of events: its order, and what contradicts itself in it."""

import pandas as pd
import pytest

from helpers.bank.language import WrongValue
from helpers.methods import eventlog


@pytest.mark.parametrize("place", ["step", "start"])
def test_a_shuffled_log_comes_back_in_order_on_a_plain_index(place):
    log = eventlog.example()
    shuffled = log.iloc[[6, 2, 0, 5, 1, 4, 3]].reset_index(drop=True)
    found = eventlog.in_order(shuffled if place == "step" else shuffled.drop(columns="step"))
    assert found.index.tolist() == list(range(7))
    pd.testing.assert_frame_equal(found[log.columns], log)


def test_two_events_at_one_place_of_a_case_are_refused():
    log = eventlog.example()
    log.loc[6, "step"] = 1
    with pytest.raises(WrongValue, match="B"):
        eventlog.in_order(log)


def test_a_step_may_end_as_it_begins_but_not_before():
    log = eventlog.example()
    log.loc[1, "end"] = log.loc[1, "start"]
    assert len(eventlog.timed(log)) == 7
    log.loc[1, "end"] -= pd.Timedelta(minutes=1)
    with pytest.raises(WrongValue, match="A"):
        eventlog.timed(log)


def test_a_touchpoint_has_the_place_of_the_first_visit_however_often_it_is_seen_again():
    log = pd.DataFrame({"case": "A", "step": [1, 2, 3, 4], "touchpoint": ["b", "a", "c", "b"]})
    assert eventlog.order(log) == ["b", "a", "c"]


def test_results_stand_in_the_order_of_the_journey_by_both_ends_of_a_step():
    table = pd.DataFrame({"touchpoint": ["a", "b", "b"], "next": ["b", "c", "a"]})
    found = eventlog.by_place(table, ["b", "a", "c"])
    assert found.to_numpy().tolist() == [["b", "a"], ["b", "c"], ["a", "b"]]
    assert found.index.tolist() == [0, 1, 2]

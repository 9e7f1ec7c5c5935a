"""Event logs: starts and completions as logs in use have them, against a walk through the events by hand."""

import pandas as pd
import pytest

from owndata.map import mapped_journeys


def log(*events):
    """Events of one case: activity, life cycle, minute."""
    rows = [("1", what, kind, f"2025-01-01 10:{minute:02}:00") for what, kind, minute in events]
    return pd.DataFrame(rows, columns=["case", "activity", "lifecycle", "time"], dtype="str")


def minutes(events):
    steps, _, _ = mapped_journeys.tables(events, mapped_journeys.touchpoints(events))
    assert (steps["start"] <= steps["end"]).all()
    return [(row.touchpoint, int(row.start[14:16]), int(row.end[14:16])) for row in steps.itertuples()]


def test_a_completion_takes_the_last_start_before_it():
    events = log(("a", "start", 1), ("a", "COMPLETE", 3), ("a", "start", 5), ("a", "complete", 9))
    assert minutes(events) == [("a", 1, 3), ("a", 5, 9)]


def test_completions_that_never_started_and_starts_that_never_end_mix_nothing_up():
    events = log(
        ("a", "complete", 1), ("a", "start", 2), ("b", "complete", 3), ("a", "start", 4), ("a", "complete", 6)
    )
    assert minutes(events) == [("a", 1, 1), ("b", 3, 3), ("a", 4, 6)]


def test_a_schedule_uses_no_start_up():
    events = log(("a", "schedule", 1), ("a", "start", 2), ("a", "suspend", 3), ("a", "complete", 8))
    assert minutes(events) == [("a", 2, 8)]


@pytest.mark.parametrize(
    "kinds", [("start", "start"), ("complete", "complete"), ("queued", "in progress"), ("", "")]
)
def test_one_sort_of_events_is_one_step_each(kinds):
    assert minutes(log(("a", kinds[0], 1), ("b", kinds[1], 2))) == [("a", 1, 1), ("b", 2, 2)]


def test_a_log_with_starts_of_its_own_keeps_them():
    events = log(("a", "complete", 4), ("b", "complete", 9)).assign(start=["2025-01-01 10:02:00", ""])
    assert minutes(events) == [("a", 2, 4), ("b", 9, 9)]

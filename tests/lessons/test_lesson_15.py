"""Lesson 15: truth recovered at the stated rate, sentences tied to their page."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from collection import ROOT, benchmark, paragraphs, run_cells
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from helpers.bank import data

LESSON = "15_experiment"
BANKS = 60


coverage_trial = benchmark("coverage_trial")


def test_the_broken_log_is_found_and_the_sound_one_is_not():
    sound, broken = (data.load("qingyu_bank", name) for name in ("trial_reminder", "trial_reminder_broken"))
    assert stats.chisquare(sound["arm"].value_counts()).pvalue > 0.05
    assert stats.chisquare(broken["arm"].value_counts()).pvalue < 0.001


@pytest.fixture(scope="module")
def banks():
    """What the intervals of many banks hold; the seeds are fixed."""
    return pd.DataFrame([coverage_trial.one(seed) for seed in range(1000, 1000 + BANKS)])


@pytest.mark.parametrize("interval", ["missed", "wait", "cuped"])
def test_fair_intervals_hold_the_truth_at_their_rate(banks, interval):
    """A rate of .95 falls below .87 in one of a hundred such sixties; of .80, in nine of ten."""
    assert banks[interval].mean() >= 0.87


def test_before_and_after_and_the_broken_log_miss_it(banks):
    assert banks["naive"].mean() < 0.15 and banks["broken"].mean() < 0.15
    assert banks["caught"].mean() > 0.4 and banks["alarm"].mean() < 0.05
    assert banks["works"].mean() > 0.85


def test_the_worst_branches_improve_though_nothing_was_done(banks):
    assert banks["worst"].mean() < -1 and (banks["worst"] < 0).mean() > 0.8


def test_the_page_of_coverage_counts_what_it_says(banks):
    page = coverage_trial.page(banks)
    assert f"{BANKS} simulated banks" in page
    for name, text in coverage_trial.NAMES.items():
        assert f"| {text} | {banks[name].mean():.1%} |" in page
    assert set(
        re.findall(r"^\| ([^|]+) \| [\d.]+%", (ROOT / "docs/coverage_trial.md").read_text("utf-8"), re.M)
    ) == set(coverage_trial.NAMES.values())


def test_the_lesson_says_what_the_page_says():
    page = (ROOT / "docs/coverage_trial.md").read_text("utf-8")
    rate = {name: float(re.search(rf"\| {re.escape(text)} \| ([\d.]+)%", page)[1])
            for name, text in coverage_trial.NAMES.items()}  # fmt: skip
    assert abs(rate["missed"] - 97) < 1 and abs(rate["wait"] - 97) < 1 and rate["naive"] < 1
    banks = re.search(r"^(\d+) simulated banks", page, re.M)[1]
    told = paragraphs(f"{LESSON}/lesson", naming="coverage_trial")
    assert len(told) == 2
    assert all(f"{banks} " in line and re.search(r"\b97\b", line) for line in told)
    assert "less than once" in told[0] and "不到 1 次" in told[1]


@pytest.mark.parametrize(("drift", "moved_by"), [(-1, -1), (0.02, 0), (1, 1)])
def test_something_else_moved_the_wait_only_where_chance_did_not(drift, moved_by):
    rng = np.random.default_rng(15)
    trial = pd.DataFrame({"arm": ["control", "reminder"] * 60, "pre_wait_minutes": rng.normal(12, 2, 120)})
    trial["wait_minutes"] = trial["pre_wait_minutes"] + drift + rng.normal(0, 1, 120)
    control, reminded = (trial[trial["arm"] == arm] for arm in ("control", "reminder"))
    known = {"trial": trial, "control": control, "now": reminded["wait_minutes"], "alpha": 0.05, "sns": sns}
    known |= {"CompareMeans": CompareMeans, "DescrStatsW": DescrStatsW}
    bank = SimpleNamespace(labelled=lambda rows: rows)
    assert run_cells(LESSON, "waits", **known, bank=bank)["moved_by"] == moved_by


@pytest.mark.parametrize(("share", "target"), [(0.093, "9.3%"), (0.14, "12%")])
def test_the_next_plan_does_not_aim_at_more_missed_than_there_are(share, target):
    plan = pd.Series({"plan15_baseline": "15%", "plan15_target": "12%", "plan15_start": "", "plan15_end": ""})
    known = {
        "plan": plan,
        "go": True,
        "shares": {"reminder": share},
        "target": 0.12,
        "losses": pd.Series([1.0]),
    }
    known |= {"change": -80.0, "low": -0.2, "high": 0.05, "risk": 0.1}
    following = run_cells(LESSON, "next-turn", **known)["following"]
    assert following["plan15_target"] == target

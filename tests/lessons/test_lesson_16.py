"""Lesson 16: what it says of Qingyu Bank and of quiet charts, by computing it; sentences tied to their page."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from collection import ROOT, paragraphs, run_cells
from nbformat.v4 import new_code_cell, new_notebook

from helpers.bank import data
from helpers.methods import chance, control, rollout, series
from workshop.jobs import parameters

LESSON = "16_monitor"


def test_planted_shifts_of_the_committed_bank_are_found_and_dated():
    """The figures that the lesson says of Qingyu Bank: both shifts of the wait, to within two weeks, and no third."""
    weekly = data.load("qingyu_bank", "service_weekly")
    never = data.load("qingyu_bank", "branches").query("transformed.isna()")["branch"]
    visits = weekly.groupby("week")["visits"].sum()
    weeks = weekly[
        weekly["week"].isin(visits.index[visits >= 0.75 * visits.median()]) & weekly["branch"].isin(never)
    ]
    planted = (
        data.truth("qingyu_bank", "planted_shift")
        .query("indicator == 'mean_wait_seconds'")
        .set_index("branch")
    )
    found = {
        name for name, part in weeks.groupby("branch")
        if control.signals(control.xmr(part, "mean_wait_seconds", until=39), rules=("twenty",))["twenty"].any()
    }  # fmt: skip
    assert found == set(planted.index)
    for name, row in planted.iterrows():
        one = series.shift(weeks[weeks["branch"] == name], "mean_wait_seconds").iloc[0]
        assert abs(one["estimate"] - row["week"]) <= 2
        assert one["after"] / one["before"] - 1 == pytest.approx(row["construct"], abs=0.08)


def test_the_lesson_chooses_its_branch_itself_on_another_bank():
    """A default of None is no branch that another bank lacks, so the runner leaves it alone."""
    cell = new_code_cell("branch = None", metadata={"tags": ["parameters"]})
    chosen = parameters.suited({"data": "qingyu_bank"}, notebook=new_notebook(cells=[cell]))
    assert chosen == {"data": "qingyu_bank"}


@pytest.fixture(scope="module")
def page():
    """The cells of the benchmark's tables by what is in their first columns."""
    text = (ROOT / "docs/monitoring.md").read_text("utf-8")
    lines = [[cell.strip().split(" ")[0] for cell in line.strip("| ").split(" | ")] for line in text.splitlines()
             if line.startswith("| ") and "--" not in line]  # fmt: skip
    ways = re.findall(
        r"^\| (all|without) \| (.+?) \| ([\d.]+) ± [\d.]+ \| ([\d.]+) .*\| ([\d.]+) \|$", text, re.M
    )
    return text, lines, {(kept, way): tuple(map(float, rest)) for kept, way, *rest in ways}


def _says(paragraphs, numbers):
    for paragraph in paragraphs:
        for number in numbers:
            assert re.search(rf"\b{number}\b", paragraph), (number, paragraph)


def test_the_lesson_says_what_the_page_says(page):
    text, lines, _ = page
    dated = next(line for line in lines if line[0] == "mean_wait_seconds" and line[2] == "yes")
    quiet = next(line for line in lines if line[0] == "mean_wait_seconds" and line[2] == "no")
    banks = re.search(r"--banks (\d+)", text)[1]
    told = paragraphs(f"{LESSON}/lesson", naming="monitoring")
    assert len(told) == 2
    _says(told, [banks, f"{100 * float(dated[6]):.0f}", f"{100 * float(quiet[4]):.0f}"])


def test_the_deeper_part_says_what_the_page_says(page):
    _, lines, ways = page
    told = paragraphs(f"{LESSON}/deeper", naming="monitoring")
    assert len(told) == 6
    rules, jumps, truth = told[:2], told[2:4], told[4:]
    jump = {f"{100 * float(line[2]):.0f}" for line in lines if len(line) == 3 and line[0] in ("0.0", "0.4")}
    short = {line[1]: float(line[2]) for line in lines if len(line) == 6 and line[0] == "0.0"}
    assert "26" in rules[0] and short["26"] > short["104"]
    _says(jumps, jump)
    dated = {line[0]: f"{100 * float(line[6]):.0f}" for line in lines if len(line) == 8 and line[2] == "yes"}
    lot, clustered = (
        ways["without", "group-time, base 13, dates at random"],
        ways["without", "two-way, clustered by branch"],
    )
    _says(truth, [*dated.values(), *(f"{100 * share:.0f}" for share in (lot[0], lot[1], clustered[0]))])
    ignored, blurred = (
        ways["without", "two-way, branches ignored"][0],
        ways["all", "group-time, base 13, dates at random"],
    )
    assert (
        round(100 * ignored) == 24 and round(blurred[2] / lot[2], 1) == 1.5 and round(100 * blurred[1]) == 1
    )
    assert "ignored, in 24." in truth[0] and "只有 24 家" in truth[1]


@pytest.mark.parametrize(("phi", "share", "yearly"), [(0.0, 1 / 3, 13), (0.4, 0.9, 52)])
def test_so_many_quiet_charts_alarm_so_often(phi, share, yearly):
    """24 charts, limits from 39 weeks: weeks with any signal, and signals that begin in a year."""
    values = chance.noise(104, charts=24 * 40, phi=phi, seed=16)
    centre, sigma = control.limits(values, np.arange(104) < 39)
    distance, sigma = values - centre[:, None], np.broadcast_to(sigma[:, None], values.shape)
    orange = (control.pattern("beyond", distance, sigma) | control.pattern("eight", distance, sigma))[:, 39:]
    begins = orange & ~np.pad(orange, ((0, 0), (1, 0)))[:, :-1]
    assert orange.reshape(40, 24, -1).any(axis=1).mean() == pytest.approx(share, abs=0.04)
    assert begins.sum() / 40 / 65 * 52 == pytest.approx(yearly, rel=0.1)


def test_group_time_effect_of_the_committed_bank_holds_the_truth_and_the_shortcut_does_not():
    weekly, branches = (data.load("qingyu_bank", name) for name in ("service_weekly", "branches"))
    begins = (branches["transformed"] - weekly["week_start"].min()).dt.days // 7 + 1
    rows = weekly.merge(branches[["branch"]].assign(start=begins))
    rows["minutes"] = rows["mean_wait_seconds"] / 60
    planted = data.truth("qingyu_bank", "planted_shift").query("indicator == 'mean_wait_seconds'")["branch"]
    rows = rows[~rows["branch"].isin(planted)]
    true = (
        data.truth("qingyu_bank", "average_effect")
        .query("indicator == 'mean_wait_seconds'")["construct"]
        .item()
    )
    lot = rollout.randomised(rows, "minutes", before=13, draws=199, seed=16).iloc[0]
    rows["on"] = (rows["week"] >= rows["start"]).astype(int)
    shortcut = smf.ols("minutes ~ on + C(branch) + C(week)", rows).fit(
        cov_type="cluster", cov_kwds={"groups": rows["branch"].astype("category").cat.codes}
    )
    assert lot["low"] <= true <= lot["high"] < 0
    low, high = shortcut.conf_int().loc["on"]
    assert not low <= true <= high


def chart_of(shifts, *, began=53):
    """What the lesson says of one branch: weeks of chance around 12 minutes, and a shift in some of them."""
    weeks = np.arange(1, 105)
    minutes = 12 + chance.noise(104, seed=11)[0] * 0.5
    for first, last, by in shifts:
        minutes[(weeks >= first) & (weeks <= last)] += by
    own = pd.DataFrame({"week": weeks, "minutes": minutes})
    before = own[own["week"] < began]
    known = {"own": own, "before": before, "began": began, "usual": before["minutes"].mean(), "target": 10}
    frozen = control.xmr(own, "minutes", until=began - 1)
    charts = SimpleNamespace(control=lambda *_, **__: None)
    known |= {"frozen": frozen, "control": control, "charts": charts}
    return run_cells(LESSON, "chart", **known) | {"own": own}


def test_an_effect_that_vanished_is_no_level_that_lasts():
    seen = chart_of([(53, 76, -3), (77, 104, -0.2)])
    assert seen["later"]["twenty"].any() and seen["change"] < 0
    assert seen["state"] == 0 and seen["since"] == 53


def test_a_fall_that_began_long_before_the_plan_is_not_moved_onto_it():
    seen = chart_of([(36, 104, -3)])
    assert seen["state"] == -1 and seen["early"] and seen["since"] == 36


@pytest.mark.parametrize(("first", "by", "state"), [(53, -3, -1), (60, 3, 1)])
def test_a_level_that_lasts_has_the_date_of_its_run(first, by, state):
    seen = chart_of([(first, 104, by)])
    assert (seen["state"], seen["since"], seen["early"]) == (state, first, False)


def test_new_limits_are_made_of_the_new_level_alone():
    seen = chart_of([(53, 84, 0), (85, 104, -3)])
    shares = seen["own"].assign(
        p90_wait_seconds=60, digital_started=20, digital_completed=seen["own"]["week"] % 9
    )
    shares["p90_wait_seconds"] += shares["week"] % 7
    seen = run_cells(LESSON, "sheet", **{"control": control} | seen | {"own": shares})
    assert seen["since"] == 85 and list(seen["recent"]["week"]) == list(range(85, 105))
    assert seen["watched"]["minutes"]["centre"].iloc[0] < 9.5


def test_false_alarms_have_the_confidence_that_was_asked_for():
    known = {"control": control, "chance": chance, "chart_count": 200, "seed": 1}
    wide, narrow = (
        run_cells(f"{LESSON}_deeper", "alarms", **known, confidence=level)["false"] for level in (0.95, 0.5)
    )
    assert ((wide["high"] - wide["low"]) > 1.5 * (narrow["high"] - narrow["low"])).all()

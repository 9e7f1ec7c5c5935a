"""The year after the record: laws of a plan, capacity, what cannot be carried out, and what only some gain."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.bank import data
from simbank import (
    actions,
    bank,
    branches,
    customers,
    ledger,
    plans,
    servqual_survey,
    simulated_codebook,
    year,
)
from simbank.plans import Unclear
from simbank.streams import CHUNK, generator

SEED, COUNT = 7, 8
ROW = {"number": 1, "bottleneck": "B02", "action": "Call back within a day", "owner": "Chen",
       "start": "2026-01-12", "end": "2026-03-06", "effort_days": 20}  # fmt: skip


@cache
def world(seed=SEED, count=COUNT):
    rng = generator(seed, "branches")
    network = branches.draw(rng, count)
    known = branches.table(rng, network)
    here, steps = bank.planned(seed, network, known, None)
    return network, known, here, steps


@cache
def queue():
    people = customers.draw(generator(SEED, "customers"), world()[0], CHUNK).assign(left=10**6)
    return servqual_survey.shortest(year.waiting(SEED, people, number=0))


def tables(steps):
    network, known, here, _ = world()
    state = ledger.setting(SEED, network, known).state
    return year.tables(SEED, network, state, queue(), steps, here)


def step(action, branch, days, beside=-1, first=2):
    return plans.Step(1, action, (branch, beside), "Chen", first, first + 7, days, days)


def brought(steps, here):
    lift = year.lifts(steps, here)[year.ASKED]
    return np.mean([actions.satisfaction(lift[at], at, here) for at in range(len(here.room))])


def rows(*changes):
    return pd.DataFrame([ROW | change for change in changes])


def test_the_same_seed_and_plan_are_the_same_year():
    first, again = (tables(world()[3]) for _ in range(2))
    for name, table in first.items():
        pd.testing.assert_frame_equal(table, again[name])


def test_nothing_planned_is_nothing_changed():
    nothing = tables([])
    assert "year_plan" not in nothing and not year.lifts([], world()[2]).any()
    empty = tables(plans.read(rows().reindex(columns=list(ROW)), world()[1]))
    late = tables(plans.read(rows({"start": "2027-02-01", "end": "2027-03-01"}), world()[1]))
    for name in ("year_weekly", "year_survey"):
        pd.testing.assert_frame_equal(nothing[name], empty[name])
        pd.testing.assert_frame_equal(nothing[name], late[name])


def test_only_what_the_plan_touches_moves():
    nothing, done = tables([]), tables([step("promise_training", 3, 60)])
    for name in ("year_weekly", "year_survey"):
        there = nothing[name]["branch"] == "B04"
        pd.testing.assert_frame_equal(nothing[name][~there], done[name][~there])
        assert not nothing[name][there].equals(done[name][there])
    reliability = [f"P{item}" for item in (5, 6, 7, 8, 9)]
    others = nothing["year_survey"].columns.difference([*reliability, "satisfaction", "intention"])
    others = [name for name in others if name not in {f"P{item}" for item in (14, 15, 16, 17)}]
    pd.testing.assert_frame_equal(nothing["year_survey"][others], done["year_survey"][others])


@settings(deadline=None, max_examples=60)
@given(
    action=st.sampled_from(sorted(actions.CATALOGUE)),
    branch=st.integers(0, COUNT - 1),
    beside=st.integers(0, 16),
    days=st.integers(0, 60),
    more=st.integers(0, 60),
    first=st.integers(0, 51),
)
def test_more_of_a_helpful_action_never_harms(action, branch, beside, days, more, first):
    here = world()[2]
    kind = actions.CATALOGUE[action].beside
    beside = beside if kind == "touchpoint" else here.group if kind == "digital_use" else -1
    small, large = (year.lifts([step(action, branch, n, beside, first)], here) for n in (days, days + more))
    assert (large >= small).all() and (small >= 0).all()


def test_one_action_cannot_work_and_one_helps_only_some():
    traps, groups, worst, heaviest = set(), set(), set(), set()
    for seed in range(40):
        network, _, here, steps = world(seed)
        assert brought([step(here.trap, 0, 60)], here) == 0
        assert all(brought([step(name, 0, 60)], here) > 0 for name in actions.CAMPAIGNS if name != here.trap)
        lift = actions.full("care_calls", (0, -1), here)
        assert (lift[here.group] > 0).all() and (np.delete(lift, here.group, axis=0) < 0).all()
        assert here.trap in {one.action for one in steps}
        traps.add(here.trap)
        groups.add(here.group)
        worst.add(int(network.perception.mean(axis=1).argmin()))
        heaviest.add(int(here.weight[:6].argmax()))
    assert len(traps) == len(groups) == 3 and len(worst) == COUNT and len(heaviest) == 6


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(sorted(actions.CATALOGUE)), st.integers(0, COUNT - 1), st.integers(0, 16),
                          st.integers(10, 70)), min_size=1, max_size=9), st.integers(0, 5))  # fmt: skip
def test_no_plan_beats_the_best_plan(chosen, seed):
    _, known, here, _ = world(seed)
    names = {
        "touchpoint": lambda at: plans.touchpoints.NAMES[at],
        "digital_use": lambda at: f"{actions.GROUPS[at % 3]} digital use",
        "": str,
    }
    made = rows(*(
        {"number": k, "action": name, "owner": f"O{k}", "effort_days": days, "start": "2026-01-05", "end": "2026-01-09",
         "bottleneck": f"{known['branch'][branch]} {names[actions.CATALOGUE[name].beside](beside)}"}
        for k, (name, branch, beside, days) in enumerate(chosen)
    ))  # fmt: skip
    steps = plans.read(made, known)
    assert sum(one.days for one in steps) <= actions.CAPACITY
    assert all(one.days % actions.BLOCK == 0 for one in steps)
    assert brought(steps, here) <= actions.best(here)[1] + 1e-3


def test_the_best_plan_brings_what_it_promises():
    here = world()[2]
    given_days, promised = actions.best(here)
    steps = [step(name, place[0], days, place[1], 0) for (name, place), days in given_days.items()]
    assert sum(given_days.values()) == actions.CAPACITY
    assert brought(steps, here) == pytest.approx(promised, abs=1e-3)


def test_days_go_to_the_rows_in_their_order_and_nobody_does_two_things_at_once():
    made = rows({"effort_days": 45}, {"number": 2, "effort_days": 60, "owner": "Li"},
                {"number": 3, "effort_days": 30}, {"number": 4, "owner": "Wang"})  # fmt: skip
    steps = plans.read(made, world()[1])
    assert [one.days for one in steps] == [40, 60, 20, 0]
    assert [one.state for one in steps] == ["shortened", "done", "shortened", "no_days_left"]
    assert steps[2].first == steps[0].last + 1 and steps[1].first == steps[0].first


@pytest.mark.parametrize("action", sorted(actions.CATALOGUE))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_action_is_known_by_its_name_in_either_language(action, language):
    fields = simulated_codebook.codebook()["tables"]["year_plan"]["fields"]
    words = next(field["values"] for field in fields if field["name"] == "action")[action][language]
    name = world()[1][f"name_{language}"][5]
    step_word = {"en": "Queueing", "zh": "取号等候"}[language]
    called = {"en": "Everybody", "zh": "所有客户"}[language] if action == "care_calls" else ""
    (found,) = plans.read(rows({"action": words, "bottleneck": f"{name} · {step_word} {called}"}), world()[1])
    assert (found.action, found.place[0]) == (action, 5)
    assert found.place[1] == (1 if action == "mend_moment" else -1)


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        (
            {"action": "be friendlier"},
            "Row 2 of the plan, “be friendlier”, is none of the actions",
            "不是这家银行能做的措施",
        ),
        ({"bottleneck": "B77"}, "Row 2 of the plan names no branch of this bank", "没有写明是哪家网点"),
        ({"effort_days": 4}, "gives fewer than 10 person-days", "投入不到 10 人天"),
        ({"effort_days": None}, "gives fewer than 10 person-days", "投入不到 10 人天"),
        ({"action": "Mend one step of the journey"}, "does not say which", "没写是哪一个"),
        (
            {"action": "Personal care calls (to follow up)"},
            "does not say who is called",
            "没写关怀电话打给谁",
        ),
        (
            {"action": "Training to keep promises, 一天内回电"},
            "several actions, branches or steps",
            "不止一项措施",
        ),
        ({"bottleneck": "B02, B03"}, "several actions, branches or steps", "不止一项措施"),
    ],
)
def test_a_row_that_cannot_be_carried_out_is_named(change, en, zh):
    with pytest.raises(Unclear) as refused:
        plans.read(rows(change), world()[1])
    assert en in refused.value.en and zh in refused.value.zh


def test_who_is_called_and_one_branch_told_twice_are_understood():
    name = world()[1]["name_zh"][1]
    for words, beside in (("数字渠道使用低的客户", 0), ("high digital use", 2), ("所有客户", -1)):
        made = rows({"action": "专人关怀电话", "bottleneck": f"B02 {name} {words}"})
        assert plans.read(made, world()[1])[0].place == (1, beside)


def test_the_declared_effect_is_near_what_a_large_survey_finds():
    truth = data.truth("qingyu_bank")
    effect = truth[(truth["quantity"] == "year_effect") & truth["branch"].notna()]
    away = (effect["construct"] - effect["estimand"]).abs()
    assert (away <= 0.25 * effect["construct"].abs() + 4 * effect["monte_carlo_error"] + 0.01).all()
    untouched = effect["construct"] == 0
    assert (effect.loc[untouched, ["estimand", "monte_carlo_error"]] == 0).all(
        axis=None
    ) and untouched.sum() >= 20


def test_a_bonus_for_short_waits_shortens_the_wait_on_record_alone():
    _, _, here, _ = world()
    lift, moved = (
        year.lifts([step("wait_bonus", 1, 60)], here),
        year.waits([step("wait_bonus", 1, 60)], COUNT),
    )
    assert moved[1, -1] < -200 and lift.max() <= 2500 * 200 // 1000
    running = year.waits([step("promise_training", 1, 60)], COUNT)[1]
    assert (running[2:10] > 0).all() and (running[10:] == 0).all()

"""Lesson 17: its own cells by another route, the workbook through the door, and on what is declared."""

import itertools
import math
import re
import warnings
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
import pandas as pd
import pingouin as pg
import pytest
import seaborn.objects as so
import statsmodels.formula.api as smf
from collection import LANGUAGES, ROOT, paragraphs, run_cells
from scipy import stats

from classroom.forms import training_workbook
from helpers.bank import data, language, needs
from helpers.bank.bank import Bank
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.map import own_tables
from owndata.read import sheets
from workshop import cli

MODEL = "later ~ pre + trained"
ORACLES = ROOT / "tests" / "oracles"


cells = partial(run_cells, smf=smf, stats=stats)


@pytest.fixture(scope="module")
def people():
    """Eight branches of six people each, with a pre-test."""
    rng = np.random.default_rng(5)
    branch = np.repeat([f"B{n}" for n in range(8)], 6)
    trained = np.repeat(np.arange(8) % 2, 6)
    pre = rng.normal(60, 8, 48) + np.repeat(rng.normal(0, 3, 8), 6)
    later = pre + 5 * trained + rng.normal(0, 5, 48) + np.repeat(rng.normal(0, 2, 8), 6)
    return pd.DataFrame(
        {"branch": branch, "trained": trained, "pre": pre, "later": later, "change": later - pre}
    )


def test_cr2_of_changes_in_equal_branches_is_the_t_test_over_branch_means(people):
    bound = cells(
        "17_training_deeper",
        "cr2",
        "satterthwaite",
        people=people,
        model=MODEL,
        rivals=pd.DataFrame(columns=range(4)),
    )
    estimate, error, df = bound["cr2"](people, "change ~ trained")
    means = people.groupby("branch")[["change", "trained"]].mean()
    fit = smf.ols("change ~ trained", means).fit()
    assert (estimate, error) == pytest.approx((fit.params["trained"], fit.bse["trained"]))
    assert df == pytest.approx(6)


def test_the_mixed_model_and_cr2_are_those_of_r():
    """Eight branches of three to nine people: nlme and clubSandwich (tests/oracles/training.R)."""
    people = pd.read_csv(ORACLES / "training.csv")
    found = pd.read_csv(ORACLES / "training_r.csv").set_index("quantity")["value"]
    bound = cells("17_training_deeper", "mixed", people=people, warnings=warnings)
    mixed = bound["mixed"]
    assert (mixed.params["trained"], mixed.bse["trained"]) == pytest.approx(
        (found["mixed_effect"], found["mixed_error"]), rel=1e-3
    )
    assert (bound["between"], mixed.scale) == pytest.approx((found["between"], found["within"]), rel=2e-3)
    known = {"people": people, "model": MODEL, "rivals": pd.DataFrame(columns=range(4))}
    bound = cells("17_training_deeper", "cr2", "satterthwaite", **known)
    assert bound["cr2"](people, MODEL) == pytest.approx(tuple(found[["cr2_effect", "cr2_error", "cr2_df"]]))


def test_the_lot_dealt_again_is_every_way_counted_by_hand(people):
    means = people.groupby("branch")[["pre", "later", "change", "trained"]].mean()
    bound = cells("17_training_deeper", "permutation", "exact", means=means, most=5000, seed=1, comb=math.comb,
                  combinations=itertools.combinations)  # fmt: skip
    change, drawn = means["change"].to_numpy(), means["trained"].to_numpy() == 1
    gaps = []
    for one in itertools.combinations(range(8), 4):
        mask = np.isin(np.arange(8), one)
        gaps.append(change[mask].mean() - change[~mask].mean())
    ours = change[drawn].mean() - change[~drawn].mean()
    assert len(bound["gaps"]) == 70
    assert bound["exact"] == pytest.approx(np.mean(np.abs(gaps) >= abs(ours) - 1e-9))
    assert (bound["fewest"], bound["lots"]) == (2, 70)


def test_where_lots_are_drawn_our_own_is_one_of_them():
    """A difference that no other lot reaches: the chance is one in all the lots, never none."""
    means = pd.DataFrame({"change": np.arange(20.0) ** 3, "trained": [0] * 10 + [1] * 10})
    bound = cells("17_training_deeper", "permutation", "exact", means=means, most=30, seed=1, comb=math.comb,
                  combinations=itertools.combinations)  # fmt: skip
    assert len(bound["gaps"]) == 30 and bound["exact"] == pytest.approx(1 / 31)
    assert (bound["fewest"], bound["lots"]) == (1, 31)


def test_the_wild_bootstrap_turns_whole_branches_under_the_null(people):
    bound = cells(
        "17_training_deeper", "wild", people=people, model=MODEL, draws=20, rng=np.random.default_rng(1)
    )
    null = smf.ols("later ~ pre", people).fit()
    signs = dict(zip(sorted(people["branch"].unique()), bound["coins"][:, 3], strict=True))
    once = people.assign(later=null.fittedvalues + null.resid * people["branch"].map(signs))
    fit = smf.ols(MODEL, once).fit()
    X, e = fit.model.exog, fit.resid.to_numpy()
    bread = np.linalg.inv(X.T @ X)
    scores = np.array([X[rows].T @ e[rows] for rows in (people["branch"] == b for b in signs)])
    error = (bread @ scores.T @ scores @ bread)[-1, -1] ** 0.5
    assert bound["t"][4] == pytest.approx(abs(fit.params["trained"] / error))


def test_ancova_over_branches_is_least_squares_by_hand():
    training = data.load("qingyu_bank", "training")
    keys = ["group", "branch", "employee"]
    effect = cells("17_training", "ancova", training=training, keys=keys)["ancova"]("behaviour", "post")
    wide = training.pivot_table(index=keys, columns="phase", values="behaviour")[["pre", "post"]].dropna()
    means = wide.groupby(["group", "branch"]).mean().reset_index()
    X = np.column_stack([np.ones(len(means)), means["pre"], means["group"] == "trained"])
    slopes, rest, *_ = np.linalg.lstsq(X, means["post"])
    error = (rest[0] / (len(X) - 3) * np.linalg.inv(X.T @ X)[2, 2]) ** 0.5
    t = stats.t.ppf(0.975, len(X) - 3)
    by_chance = 2 * stats.t.sf(abs(slopes[2] / error), len(X) - 3)
    right = {
        "estimate": slopes[2],
        "low": slopes[2] - t * error,
        "high": slopes[2] + t * error,
        "p_value": by_chance,
    }
    assert effect == pytest.approx(right)


def test_a_correlation_over_people_has_an_interval_that_counts_branches(people):
    bound = cells("17_training", "ancova", training=None, keys=None)
    standard = people.set_index("branch")[["pre", "later"]].apply(stats.zscore)
    found = bound["step"](standard, "later ~ pre", "pre", people=True)
    r, (x, y) = people["pre"].corr(people["later"]), standard.to_numpy().T
    sums = pd.Series(x * (y - r * x), index=standard.index).groupby("branch").sum()
    error = (8 / 7 * 47 / 46 * (sums**2).sum()) ** 0.5 / 48
    ends = stats.t.interval(0.95, 7, r, error)
    assert list(found.values())[:3] == pytest.approx([r, *ends])


def test_the_agreement_of_two_observers_is_that_of_the_mean_squares():
    """ICC(A,1) of McGraw & Wong (1996); the notebook holds it against pingouin's."""
    training = data.load("qingyu_bank", "training")
    agreement = cells("17_training_deeper", "agreement", training=training)["agreement"]
    rows = training.dropna(subset="behaviour_second")
    marks = rows[["behaviour", "behaviour_second"]].to_numpy(dtype=float)
    n = len(marks)
    visits, observers = 2 * marks.mean(axis=1).var(ddof=1), n * marks.mean(axis=0).var(ddof=1)
    rest = (((marks - marks.mean()) ** 2).sum() - (n - 1) * visits - observers) / (n - 1)
    known = (visits - rest) / (visits + rest + 2 * (observers - rest) / n)
    assert agreement(*marks.T) == pytest.approx(known)
    assert agreement(marks[:, 0], marks[:, 0] + 1) < agreement(marks[:, 0], marks[:, 0]) == pytest.approx(1)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_filled_workbook_is_mapped_and_serves_the_lesson(tmp_path, spoken):
    language.use(spoken)
    training_workbook.write(tmp_path / "day.xlsx", typed=list(training_workbook.example()))
    out = tmp_path / "day"
    assert cli.main(["data", "map", str(tmp_path / "day.xlsx"), "--out", str(out), "--language", spoken]) == 0
    assert check.passes(check.check(out))
    rows = data.load(out, "training")
    assert set(rows["group"]) == {"waiting", "trained"} and set(rows["phase"]) == {"pre", "post", "follow_up"}
    assert set(rows["attended"].dropna()) == {0, 1}
    assert list(rows) == [name for name, *_ in training_workbook.COLUMNS]
    offered = needs.available(Bank(out), has_truth=False)
    assert {"training", "follow_up", "reaction", "tired", "attended", "observers"} <= offered


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_template_in_the_collection_is_the_one_that_is_written(tmp_path, spoken):
    language.use(spoken)
    training_workbook.write(tmp_path / "new.xlsx")
    kept, new = (pd.read_excel(path, sheet_name=None, header=None, engine="calamine")
                 for path in (ROOT / "course" / "templates" / f"training_{spoken}.xlsx", tmp_path / "new.xlsx"))  # fmt: skip
    assert list(kept) == list(new) and all(kept[name].equals(new[name]) for name in kept)
    assert own_tables.recognised(training_workbook.headings())[0] == "training"


def test_a_word_that_is_not_on_the_list_is_named_with_its_row(tmp_path):
    language.use("en")
    rows = list(training_workbook.example())
    rows[4][2] = "perhaps"
    training_workbook.write(tmp_path / "day.xlsx", typed=rows)
    cells_read = sheets.read(tmp_path / "day.xlsx").cells
    with pytest.raises(WrongValue, match="row 6 holds 'perhaps'"):
        own_tables.table(cells_read, *own_tables.recognised(list(cells_read.columns)))


def test_a_branch_in_two_groups_is_refused(tmp_path):
    language.use("en")
    rows = list(training_workbook.example())
    rows[4][2] = "Trained"
    training_workbook.write(tmp_path / "day.xlsx", typed=rows)
    assert (
        cli.main(
            ["data", "map", str(tmp_path / "day.xlsx"), "--out", str(tmp_path / "day"), "--language", "en"]
        )
        == 0
    )
    assert [found.kind for found in check.check(tmp_path / "day") if found.severity == "error"] == [
        "moved_about"
    ]


def test_who_is_more_tired_was_not_made_to_learn_less_and_two_observers_saw_one_visit():
    rows = data.load("qingyu_bank", "training")
    pairs = rows.dropna(subset="behaviour_second")
    assert set(pairs["phase"]) == {"pre"} and pairs["behaviour"].corr(pairs["behaviour_second"]) > 0.5
    assert rows.loc[rows["group"] == "waiting", "attended"].isna().all()
    steady = rows.dropna(subset="attended").groupby("employee")["attended"].nunique()
    assert (steady == 1).all()


def test_the_bonus_is_gamed_by_asking_fewer():
    months = data.load("qingyu_bank", "incentives")
    assert (months["rated_top"] <= months["rated"]).all() and (months["rated"] <= months["served"]).all()
    sums = months.groupby(["paid", "phase"])[["served", "rated", "rated_top", "called", "called_top"]].sum()
    device, phone, asked = (
        sums["rated_top"] / sums["rated"],
        sums["called_top"] / sums["called"],
        sums["rated"] / sums["served"],
    )
    assert device[1, "after"] - device[1, "before"] > 0.06
    assert abs(phone[1, "after"] - phone[1, "before"]) < 0.05
    assert asked[1, "after"] < asked[1, "before"] - 0.08


def test_the_page_that_the_lesson_names_is_there_and_counts_as_many_banks():
    page = (ROOT / "docs" / "training.md").read_text("utf-8")
    banks = re.search(r"Each of (\d+) banks", page)[1]
    assert int(banks) >= 40
    told = [one for one in paragraphs("17_training/deeper", naming="training") if f" {banks} " in one]
    assert len(told) == 2


def harmed(measure, phase):
    """A training after which the test is worse for certain; nothing else moves."""
    return (
        {"estimate": -6.0, "low": -9.0, "high": -3.0, "p_value": 0.0005}
        if measure == "score"
        else {"estimate": 0.1, "low": -0.4, "high": 0.6, "p_value": 0.6}
    )


def test_a_training_that_harms_is_told_as_one(tmp_path):
    known = {
        "training": ["score", "behaviour"],
        "phases": ["pre", "post"],
        "ancova": harmed,
        "pg": pg,
        "so": so,
    }
    bank = SimpleNamespace(labelled=lambda rows: rows, shown=lambda rows: rows)
    seen = cells("17_training", "effects", **known, bank=bank)
    assert (seen["clear"], seen["harm"]) == (1, 1)
    seen |= {"Path": Path, "folder": tmp_path, "language": "en"}
    sheet = cells("17_training", "sheet", **seen)["sheet"].set_index("training_measure")["verdict"]
    assert sheet.to_dict() == {"score": "worse_than_chance", "behaviour": "cannot_be_told"}
    seen |= {"say": mock.Mock(), "keep": mock.Mock(), "per_person": 1.0}
    assert cells("17_training", "answer", **seen)["told"] == -1


@pytest.mark.parametrize(("moved", "gone"), [(-8, -1), (0, 0), (8, 1)])
def test_what_is_gone_after_months_has_three_answers(people, moved, gone):
    group = people["trained"].map({0: "waiting", 1: "trained"}).rename("group")
    scores = people.assign(
        group=group, post=people["pre"], follow_up=people["pre"] + moved * people["trained"]
    )
    scores["follow_up"] += np.arange(len(scores)) % 5
    scores = scores.set_index(["group", "branch"])[["post", "follow_up"]]
    how = {"correction": False, "confidence": 0.95}
    assert cells("17_training", "decay", scores=scores, pg=pg, how=how)["gone"] == gone


@pytest.mark.parametrize(("device", "asked", "bought"), [(9, -12, True), (0, -12, False), (9, 0, False)])
def test_choosing_whom_to_ask_is_said_only_where_the_data_show_it(device, asked, bought):
    rng, rows = np.random.default_rng(2), []
    for branch in range(24):
        paid = branch % 2
        for phase in (0, 1):
            more = paid * phase
            rated = 600 + 10 * asked * more + rng.integers(-9, 9)
            top = rated * (60 + device * more + rng.normal()) / 100
            called = 500 * (60 + rng.normal()) / 100
            rows.append([paid, branch, ["before", "after"][phase], 1000, rated, top, 500, called])
    names = ["paid", "branch", "phase", "served", "rated", "rated_top", "called", "called_top"]
    months = pd.DataFrame(rows, columns=names)
    bank = SimpleNamespace(load=lambda name: months, labelled=lambda drawn: drawn)
    step = cells("17_training", "ancova", training=None, keys=None)["step"]
    assert cells("17_training", "gamed", bank=bank, so=so, step=step)["bought"] is bought


def test_a_point_that_is_left_costs_what_its_interval_says():
    groups = pd.DataFrame({"branch": [5, 5], "employee": [50, 50]}, index=["trained", "waiting"])
    known = {"groups": groups, "day_cny": 1000, "hours": 8, "hour_cny": 50, "customer_cny": 300}
    last = pd.Series({"estimate": 2.0, "low": 0.1, "high": 4.0})
    points = cells("17_training", "cost", **known, last=last)["per_point"]
    assert points.to_dict() == pytest.approx({"high": 125, "low": 5000})


def test_an_effect_is_seen_in_the_answers_only_where_the_title_counted_it():
    at = pd.MultiIndex.from_tuples([("score", "post"), ("score", "later")], names=["measure", "phase"])
    effects = pd.DataFrame({"estimate": [9.0, 3.0], "low": [7.0, 0.2], "high": [11.0, 5.8]}, at)
    declared = at.to_frame(index=False).assign(estimand=[8.0, 5.0])
    bank = SimpleNamespace(truth=lambda name: declared, labelled=lambda table: table)
    seen = cells("17_training", "truth", bank=bank, effects=effects, sure=np.array([True, False]), so=so)
    assert seen["unseen"] == 1  # its interval is clear of zero, and Holm's correction was not passed

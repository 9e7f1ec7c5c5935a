"""Lesson 11: its own cells by another route, no leak, the true chances beside the list, an own ledger."""

import re

import numpy as np
import pandas as pd
import pytest
import seaborn.objects as so
from collection import LANGUAGES, ROOT, run_cells, said
from scipy.stats import norm, rankdata
from sklearn.tree import DecisionTreeClassifier
from statsmodels.stats.proportion import proportion_confint

from helpers.bank import data, needs
from helpers.bank.bank import Bank
from owndata.judge import check
from owndata.map import folder_codebook


@pytest.fixture(scope="module")
def churn():
    return data.load("qingyu_bank", "churn")


@pytest.fixture(scope="module")
def known():
    return data.load("qingyu_bank", "truth_leaving")


def test_every_row_has_its_true_chance_and_they_add_up_to_who_left(churn, known):
    keys = ["customer", "snapshot"]
    pd.testing.assert_frame_equal(churn[keys], known[keys])
    assert known["chance_per_million"].between(0, 1_000_000).all()
    both = churn.assign(chance=known["chance_per_million"] / 1_000_000).groupby("snapshot")
    assert (both["chance"].mean() - both["left"].mean()).abs().max() < 0.006


def test_who_has_the_higher_chance_leaves_the_oftener(churn, known):
    tenths = pd.qcut(known["chance_per_million"], 10, labels=False)
    shares = churn["left"].groupby(tenths).mean()
    assert shares.iloc[-1] > 10 * shares.iloc[0] and shares.is_monotonic_increasing


def test_the_gain_of_a_question_is_what_gini_takes_away(churn):
    past = churn[churn["snapshot"] < churn["snapshot"].max()]
    names = ["products", "tenure_months", "complaints_year", "branch_wait_seconds"]
    ask = run_cells("11_churn", "by-hand", past=past, honest=names)["ask"]
    one = DecisionTreeClassifier(max_depth=1, min_samples_leaf=0.01).fit(past[names], past["left"]).tree_
    taken = one.impurity[0] - (one.impurity[1:] * one.n_node_samples[1:]).sum() / one.n_node_samples[0]
    assert ask(names[one.feature[0]], one.threshold[0])["split_gain"] == pytest.approx(1e6 * taken / 2)


@pytest.mark.parametrize("ties", [False, True])
def test_placements_are_pairs_counted_by_brute_force(ties):
    rng = np.random.default_rng(4)
    y = np.repeat([0, 1], [40, 15])
    scores = rng.normal(size=55) + y
    scores = scores.round(0) if ties else scores
    bound = run_cells("11_churn_deeper", "placements", rankdata=rankdata, norm=norm)
    went, stayed = bound["placements"](scores, y)
    pairs = (scores[y == 1][:, None] > scores[y == 0]) + 0.5 * (scores[y == 1][:, None] == scores[y == 0])
    assert went == pytest.approx(pairs.mean(axis=1)) and stayed == pytest.approx(pairs.mean(axis=0))
    error = (went.var(ddof=1) / 15 + stayed.var(ddof=1) / 40) ** 0.5
    found = bound["interval"](went, stayed)
    assert found["high"] - found["low"] == pytest.approx(2 * 1.959964 * error)
    wider = bound["interval"](went, stayed, 3)
    assert wider["high"] - wider["low"] == pytest.approx(2 * norm.isf(0.025 / 3) * error)


def test_the_list_does_not_depend_on_the_order_of_the_file_within_a_leaf():
    rng = np.random.default_rng(1)
    now = pd.DataFrame({"x": [0.0] * 900 + [1.0] * 100, "left": rng.integers(0, 2, 1000)})

    class Tree:
        def predict_proba(self, rows):
            return np.column_stack([1 - 0.1 * rows["x"], 0.1 * rows["x"]])

        def apply(self, rows):
            return rows["x"].astype(int).to_numpy()

        def predict(self, rows):
            return np.zeros(len(rows), dtype=int)

    bound = run_cells(
        "11_churn",
        "list",
        now=now,
        tree=Tree(),
        honest=["x"],
        letters={0: "leaf_B", 1: "leaf_A"},
        seed=3,
        calls=300,
    )
    called = bound["called"]
    assert len(called) == 300 and (called["x"] == 1).sum() == 100
    assert abs(called.index[called["x"] == 0].to_numpy().mean() - 449.5) < 60


def test_half_of_the_list_is_drawn_not_to_be_called(tmp_path):
    called = pd.DataFrame(
        {"customer": [f"C{n}" for n in range(9)], "leaf": "leaf_A", "left": 0, "dissatisfied": [1] + 8 * [0],
         "recency_days": [1, 90] + 7 * [1], "before_count": [0, 0, 8] + 6 * [0], "recent_count": [0, 0, 4] + 6 * [0],
         "wait_minutes": [0, 0, 0, 20] + 5 * [0], "complaints_year": [0, 0, 0, 0, 1] + 4 * [0]}
    )  # fmt: skip
    sheet = run_cells("11_churn", "monday", called=called, seed=1, folder=tmp_path, language="en", Path=type(tmp_path),
                  bank=Bank("qingyu_bank"))["sheet"]  # fmt: skip
    said = ["dissatisfied", "silent", "less", "wait", "complaint"] + 4 * ["nothing"]
    assert sheet["say_aloud"].tolist() == [f"say_{one}" for one in said]
    assert sorted(sheet["who_is_called"].value_counts()) == [4, 5]
    written = pd.read_excel(tmp_path / "early_warning_en.xlsx", engine="calamine")
    assert len(written) == 9 and not {"chance", "left"} & set(written.columns)


def lengths(hits):
    """The cell on a queue of 100 and its first `hits` leaving; a call pays from 10 % on."""
    queue = pd.DataFrame({"left": [1] * hits + [0] * (100 - hits)})
    low, high = proportion_confint(hits, 100, 0.05, method="wilson")
    return run_cells("11_churn", "length", queue=queue, now=queue, low=low, high=high, call_cny=10, persuaded=0.1,
                     customer_cny=1000, proportion_confint=proportion_confint, so=so)  # fmt: skip


def test_a_list_surely_pays_only_where_its_line_is_clear_widened_for_all_lengths():
    queue = pd.DataFrame({"left": [1] * 15 + [0] * 85 + [1] * 10 + [0] * 390})
    known = {"queue": queue, "now": queue, "low": 0.1, "high": 0.2, "persuaded": 0.1, "customer_cny": 1000}
    known |= {"proportion_confint": proportion_confint, "so": so}
    alone = proportion_confint(15, 100, 0.05, method="wilson")[0]
    together = proportion_confint(15, 100, 0.05 / 3, method="wilson")[0]
    for needed, pays in [((alone + together) / 2, 0), (together * 0.99, 1)]:
        bound = run_cells("11_churn", "length", call_cny=100 * needed, **known)
        assert len(bound["lists"]) == 3 and bound["lists"]["low"].iloc[0] > bound["needed"]
        assert bound["pays"] == pays


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_without_a_hit_never_pays_and_no_share_is_above_one(language):
    bound = lengths(0)
    assert bound["must"]["high"] == 1 and 0 < bound["must"]["low"] < 1
    called = pd.DataFrame({"leaf": ["leaf_A"] * 100})
    text = said("11_churn", "length", bound | {"called": called}, language)
    assert "inf" not in text and "100%" in text


def test_a_ledger_with_two_snapshots_is_enough(tmp_path, churn):
    folder = tmp_path / "ledger"
    folder.mkdir()
    few = churn["customer"].unique()[:200]
    rows = churn[churn["customer"].isin(few) & (churn["snapshot"] >= "2025-01-01")]
    rows[["customer", "snapshot", "left", "leave_date"]].to_csv(folder / "churn.csv", index=False)
    ledger = data.load("qingyu_bank", "transactions")
    columns = ["customer", "time", "channel", "kind", "amount_fen"]
    ledger.loc[ledger["customer"].isin(few), columns].to_csv(folder / "transactions.csv", index=False)
    folder_codebook.describe(folder)
    assert check.passes(check.check(folder))
    offered = needs.available(Bank(folder), has_truth=False)
    assert "early_warning" in offered and not {"desk", "service_columns", "complaint_next"} & offered


def test_the_page_that_the_lesson_names_counts_enough_banks():
    page = (ROOT / "docs" / "churn.md").read_text("utf-8")
    assert int(re.search(r"Each of (\d+) banks", page)[1]) >= 40

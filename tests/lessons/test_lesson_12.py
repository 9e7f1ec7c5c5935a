"""Lesson 12: its own cells by another route, the floor, the Qini curve as a library has it, and the tiers of the bank."""

import re
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import seaborn.objects as so
import statsmodels.formula.api as smf
from collection import LANGUAGES, ROOT, run_cells, said
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import DescrStatsW

from helpers.bank import data
from helpers.bank.bank import Bank
from simbank import tier_changes

ORACLES = ROOT / "tests" / "oracles"


cells = partial(run_cells, alpha=0.05, DescrStatsW=DescrStatsW)


@pytest.fixture(scope="module")
def trial():
    return data.load("qingyu_bank", "trial_offer")


def test_the_value_of_a_rule_is_counted_by_hand():
    offers = ["none", "none", "coupon", "coupon", "points", "wealth_consult"]
    table = pd.DataFrame(
        {"offer": offers, "value_fen": [0, 800, 1200, 600, 0, 0], "cost_fen": [0, 0, 200, 0, 100, 100]}
    )
    gain = cells("12_personal", "value-by-hand", trial=table)["gain"]
    assert gain("coupon").mean == pytest.approx((10 + 6) / 2 - (0 + 8) / 2)
    # Customers 1, 3 and 5 come under the rule "coupon": of them the third alone was given one.
    rule = np.array(["coupon", "none", "coupon", "none", "coupon", "none"])
    by_hand = (3 * 10 - 3 * 0) / 6
    assert gain(rule).mean == pytest.approx(by_hand)
    assert gain("none").mean == 0


def test_a_rule_worth_is_the_same_in_lesson_deeper_and_exercises(trial):
    trial = trial.assign(net_cny=(trial["value_fen"] - trial["cost_fen"]) / 100)
    rule = np.where(trial["asset_band"] >= 4, "coupon", "none")
    lesson = cells("12_personal", "value-by-hand", trial=trial.copy())["gain"](rule).mean
    deeper = cells("12_personal_deeper", "policy", known=[], LinearRegression=None)["scores"](
        trial, rule
    ).mean()
    exercise = cells("12_personal_exercises", "rule", chose=trial, kept=trial)["worth"](trial, rule)
    assert lesson == pytest.approx(deeper) == pytest.approx(exercise)


def test_the_floor_catches_the_draft_and_leaves_nobody_below():
    bound = cells("12_personal", "floor")
    below = bound["below"].melt(ignore_index=False).query("value")
    found = set(zip(below.index, below["variable"], strict=True))
    assert found == {("potential", "messages_at_most"), ("quiet", "hotline_at_most")}
    assert (bound["strategy"] <= bound["floor"]).all(axis=None)
    assert (bound["strategy"] <= bound["draft"]).all(axis=None)


@pytest.mark.parametrize("score", ["coupons_used_12m", "recency_days", "app_logins_30d"])
def test_the_qini_curve_is_that_of_scikit_uplift(trial, score):
    two = trial[trial["offer"].isin(["none", "coupon"])]
    two = two.assign(given=(two["offer"] == "coupon").astype(int))
    bound = cells("12_personal_deeper", "qini", "qini-area")
    theirs = pd.read_csv(ORACLES / "qini.csv").query("score == @score").set_index("quantity")["value"]
    line = bound["curve"](two, score)
    points = theirs[theirs.index.str.startswith("more_")]
    assert list(line["n"]) == [int(name.removeprefix("more_")) for name in points.index]
    assert np.allclose(line["more"], points)
    raw = bound["qini"](two, score) * len(two) ** 2 / 1000
    assert raw == pytest.approx(theirs["area"])
    two["perfect"] = two["response"] * (2 * two["given"] - 1)
    perfect = bound["qini"](two, "perfect") * len(two) ** 2 / 1000
    assert raw / perfect == pytest.approx(theirs["coefficient"])


def test_an_order_by_chance_is_worth_nothing_and_the_best_one_much():
    rng = np.random.default_rng(3)
    kind = rng.integers(0, 2, 20_000)
    given = rng.integers(0, 2, 20_000)
    response = (rng.random(20_000) < 0.1 + 0.2 * kind * given).astype(int)
    table = pd.DataFrame({"given": given, "response": response, "kind": kind, "luck": rng.random(20_000)})
    qini = cells("12_personal_deeper", "qini", "qini-area")["qini"]
    # Half have an uplift of .2: the curve rises to .05 n at the half and stays; the area above the lot is n²/80.
    assert qini(table, "kind") == pytest.approx(1000 * 0.2 / 2 / 2 / 4, abs=3)
    assert abs(qini(table, "luck")) < 4


def test_the_letters_go_to_those_whose_tier_by_the_ledger_moved():
    moves, seen = data.load("qingyu_bank", "tier_changes"), data.load("qingyu_bank", "churn")
    amounts = seen.pivot(index="customer", columns="snapshot", values="amount_90_fen")
    was, now = (
        pd.Series(tier_changes.tiers(amounts[day]), amounts.index).map(dict(enumerate(tier_changes.TIERS)))
        for day in (pd.Timestamp(tier_changes.BEFORE), pd.Timestamp(tier_changes.AFTER))
    )
    moves = moves.set_index("customer")
    assert (moves["tier_before"] == was[moves.index]).all() and (
        moves["tier_after"] == now[moves.index]
    ).all()
    assert (moves["tier_before"] != moves["tier_after"]).all()


def test_the_recommender_never_suggests_what_is_used_and_sees_no_future():
    times = pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03", "2025-12-01", "2025-12-30"])
    ledger = pd.DataFrame(
        {"customer": list("aabab"), "time": times, "kind": list("xyxzy"), "channel": ["m"] * 5}
    )

    class Bank:
        def load(self, name):
            return ledger.copy()

    bound = cells("12_personal_deeper", "recommender", "hits", bank=Bank())
    assert set(bound["used"].columns) == {"x.m", "y.m"}
    assert not (bound["taken"] & (bound["used"] > 0)).any(axis=None)
    assert bound["hits"](bound["popular"], 1).tolist() == [1.0]


def test_the_page_that_the_lesson_names_counts_enough_banks_and_its_intervals_hold():
    page = (ROOT / "docs" / "personal.md").read_text("utf-8")
    assert int(re.search(r"Each of (\d+) banks", page)[1]) >= 40
    held = [float(share) for share in re.findall(r"\| (\d\.\d{3}) ±", page)]
    assert len(held) == 14 and min(held) > 0.9
    assert "docs/personal.md" in Path(ROOT / "course/lessons/12_personal/lesson.md").read_text("utf-8")


def test_an_offer_is_clear_only_where_its_line_is_so_widened_for_all_of_them():
    def clear(responders):
        counts = pd.DataFrame({"sum": [100, responders, 100, 100], "size": 1000},
                              ["none", "coupon", "points", "wealth_consult"])  # fmt: skip
        known = {"counts": counts.rename_axis("offer"), "shares": counts["sum"] / counts["size"]}
        known["confint_proportions_2indep"] = confint_proportions_2indep
        known |= {"so": so, "bank": Bank("qingyu_bank")}
        bound = cells("12_personal", "uplift", "draw-uplift", **known)
        return (bound["uplift"]["low"] > 0).sum(), bound["clear"]

    assert clear(129) == (1, 0)  # clear by itself, not as the best of three
    assert clear(140) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_coupon_users_who_gain_less_are_told_apart_too(language):
    def answer(*responders):
        """Of 1,000 each: others without and with a coupon, users without and with."""
        rows = [
            {"offer": offer, "coupons_used_12m": used, "response": int(n < yes)}
            for (offer, used), yes in zip(
                [("none", 0), ("coupon", 0), ("none", 3), ("coupon", 3)], responders, strict=True
            )
            for n in range(1000)
        ]
        bound = cells("12_personal", "whom", trial=pd.DataFrame(rows), smf=smf)
        return bound["side"], said("12_personal", "whom", bound, language)

    less, more = {"en": ("users gain less", "users gain more"), "zh": ("受益更少", "受益更多")}[language]
    side, text = answer(200, 260, 200, 200)
    assert side < 0 and less in text and more not in text
    side, text = answer(200, 200, 200, 260)
    assert side > 0 and more in text and less not in text
    side, text = answer(200, 220, 200, 225)
    assert side == 0 and {"en": "cannot be told apart", "zh": "分不出"}[language] in text


@pytest.mark.parametrize(
    ("luckier", "verdict"), [("popular", "popular list hits more"), ("knn", "By this much")]
)
def test_a_recommender_that_hits_less_is_said_to(luckier, verdict):
    def hits(score, first):
        return (np.arange(400) % 10 < (5 if score == luckier else 2)).astype(float)

    bound = cells("12_personal_deeper", "versus", hits=hits, knn="knn", popular="popular")
    assert verdict in said("12_personal_deeper", "hits", bound)


def test_the_workbook_decides_by_the_lines_by_which_the_title_does(tmp_path):
    gains = pd.DataFrame({"offer_rule": ["all_coupon", "all_points", "all_consult", "simple_rule"],
                          "gain_cny": [-3.0, -1.0, 1.0, 3.0],
                          "low": [-4.0, -1.9, 0.1, 2.0], "high": [-2.0, -0.1, 1.9, 4.0]})  # fmt: skip
    wider = pd.DataFrame([[-4.5, -1.5], [-2.2, 0.2], [-0.2, 2.2], [1.5, 4.5]])
    strategy = pd.DataFrame({"wait_at_most": [10]}, pd.Index(["core"], name="group"))
    known = {"gains": gains, "wider": wider, "strategy": strategy, "folder": tmp_path, "language": "en"}
    decided = cells("12_personal", "monday", bank=Bank("qingyu_bank"), Path=Path, **known)["decisions"]
    assert decided["offer_decision"].tolist() == [
        "decision_stop", "decision_test", "decision_test", "decision_offer"]  # fmt: skip


def test_a_learner_that_says_the_same_of_all_puts_nobody_first():
    held = pd.DataFrame({name: [0.0, 1.0] for name in ("a", "given", "t_learner", "coupons_used_12m")})
    shown = []
    known = {"RandomForestClassifier": lambda *given, **named: SimpleNamespace(
        fit=lambda *given: None, predict_proba=lambda table: np.ones((len(table), 2)))}  # fmt: skip
    known |= {"held": held, "train": held.assign(response=0), "known": ["a"], "seed": 1}
    seen = cells("12_personal_deeper", "s-learner", **known, show=lambda thing, key: shown.append(thing))
    assert seen["alike"] and shown == [0]

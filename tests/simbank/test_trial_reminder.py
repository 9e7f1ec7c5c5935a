"""Trials and training: fair where they should be, misleading where they are declared to be, and recovered."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simbank import (
    bank,
    before_after,
    branches,
    campaigns,
    customers,
    declared,
    estimands,
    simulated_codebook,
    staff,
    training,
)
from simbank.streams import CHUNK, generator

SEEDS = (bank.SEED, 15)
SE = 4


def bank_of(seed, *, chunks=2, count=24):
    """Return the tables of this module's subject without making a whole bank."""
    rng = generator(seed, "branches")
    network = branches.draw(rng, count)
    known = branches.table(rng, network)
    found = {"staff": staff.table(generator(seed, "staff"), network, known), "customers": []}
    parts = {name: [] for name in campaigns.TABLES}
    for chunk in range(chunks):
        people = customers.draw(generator(seed, "customers", chunk=chunk), network, CHUNK)
        first, said = chunk * CHUNK, sum(map(len, parts["comments"]))
        for name, rows in campaigns.tables(
            seed, network, people, chunk=chunk, first=first, comments_before=said
        ).items():
            parts[name].append(rows)
        found["customers"].append(customers.table(people, first=first, network=network))
    found["customers"] = pd.concat(found["customers"], ignore_index=True)
    found |= {name: pd.concat(rows, ignore_index=True) for name, rows in parts.items()}
    found["training"] = training.table(seed, found["staff"])
    return found | {"before_after": before_after.table(seed, network), "network": network}


@pytest.fixture(scope="module", params=SEEDS)
def made(request):
    return bank_of(request.param) | {"seed": request.param}


@pytest.fixture(scope="module")
def told(made):
    with pytest.MonkeyPatch.context() as few:
        few.setattr(estimands, "BATCHES", 8)
        listed = declared.quantities(made["seed"], made["network"])
    return pd.DataFrame(listed)


def truth(told, quantity, **place):
    rows = told[told["quantity"] == quantity]
    for name in ("age_group", "offer", "type", "topic", "measure", "phase", "chosen", "branch"):
        if name in rows:
            rows = rows[rows[name] == place[name]] if name in place else rows[rows[name].isna()]
    assert len(rows) == 1, (quantity, place)
    return rows.iloc[0]


def near(estimate, error, row):
    """The estimate lies within four standard errors of the estimand."""
    allowed = SE * np.hypot(error, row["monte_carlo_error"]) + 1e-4
    assert abs(estimate - row["estimand"]) <= allowed, (row["sentence"], estimate, error)


def contrast(rows, column, arm, one, two):
    """Difference of means with its standard error."""
    a, b = (rows.loc[rows[arm] == name, column] for name in (one, two))
    return a.mean() - b.mean(), np.hypot(a.sem(), b.sem())


def written(table):
    return table.to_csv(index=False, lineterminator="\n")


# ---- reproducible, described, hanging together ----


def test_the_same_seed_writes_the_same_bytes_and_another_does_not():
    one, again, other = (bank_of(seed, chunks=1) for seed in (3, 3, 4))
    for name in (*campaigns.TABLES, "training", "before_after"):
        assert written(one[name]) == written(again[name])
        assert written(one[name]) != written(other[name])


def test_other_seeds_have_other_truths():
    with pytest.MonkeyPatch.context() as few:
        few.setattr(estimands, "BATCHES", 2)
        one, again, other = (
            declared.quantities(seed, branches.draw(generator(seed, "branches"), 24)) for seed in (3, 3, 4)
        )
    assert one == again
    assert [row["estimand"] for row in one] != [row["estimand"] for row in other]


def test_a_chunk_does_not_depend_on_the_chunks_before_it(made):
    people = customers.draw(generator(made["seed"], "customers", chunk=1), made["network"], CHUNK)
    alone = campaigns.tables(made["seed"], made["network"], people, chunk=1, first=CHUNK, comments_before=0)
    for name in ("trial_reminder", "trial_reminder_broken", "trial_offer", "truth_offer"):
        pd.testing.assert_frame_equal(alone[name], made[name].tail(len(alone[name])).reset_index(drop=True))


@pytest.mark.parametrize("name", [*campaigns.TABLES, "training", "before_after"])
def test_tables_and_codebook_agree(made, name):
    table, fields = made[name], simulated_codebook.fields(name)
    assert list(table) == [field["name"] for field in fields]
    for field in fields:
        column, limits = table[field["name"]].dropna(), field.get("constraints", {})
        if limits.get("required"):
            assert len(column) == len(table), field["name"]
        if "enum" in limits:
            assert set(column) <= set(limits["enum"])
        assert set(field.get("values", {})) in (set(), set(limits.get("enum", [])))
        if "minimum" in limits:
            assert column.min() >= limits["minimum"], field["name"]
        if "maximum" in limits:
            assert column.max() <= limits["maximum"], field["name"]
    assert not table.duplicated(simulated_codebook.codebook()["tables"][name]["primaryKey"]).any()


def test_keys_hang_together(made):
    people = made["customers"].set_index("customer")
    for name in ("comments", "trial_reminder", "trial_reminder_broken", "trial_offer"):
        rows = made[name]
        assert rows["customer"].isin(people.index).all()
        if "branch" in rows:
            assert (rows["branch"] == people.loc[rows["customer"], "branch"].to_numpy()).all()
    for name in ("trial_reminder", "trial_reminder_broken", "trial_offer"):
        assert (people.loc[made[name]["customer"], "kind"] == "retail").all()
    assert (people.loc[made["trial_offer"]["customer"], "survey_consent"] == 1).all()
    assert set(made["truth_comments"]["comment"]) == set(made["comments"]["comment"])
    assert list(made["truth_offer"]["customer"]) == list(made["trial_offer"]["customer"])
    employees = made["staff"].set_index("employee")
    rows = made["training"]
    assert (rows["branch"] == employees.loc[rows["employee"], "branch"].to_numpy()).all()


def test_dates_are_in_order(made):
    joined = made["customers"].set_index("customer")["joined"]
    for name, column in (
        ("comments", "date"),
        ("trial_reminder", "assigned"),
        ("trial_reminder_broken", "assigned"),
        ("trial_offer", "assigned"),
    ):
        rows = made[name]
        assert (joined.loc[rows["customer"]].to_numpy() <= rows[column].to_numpy()).all()
    for name in ("trial_reminder", "trial_reminder_broken"):
        assert (made[name]["assigned"] < made[name]["visited"]).all()
    started = made["staff"].set_index("employee")["joined"]
    rows = made["training"]
    assert (started.loc[rows["employee"]].to_numpy() < rows["date"].to_numpy()).all()
    assert rows.groupby("phase")["date"].nunique().eq(1).all()


def test_who_has_left_neither_comments_nor_takes_part(made):
    people = customers.draw(generator(made["seed"], "customers", chunk=0), made["network"], CHUNK)
    gone = people.assign(left=np.where(np.arange(CHUNK) % 2, 300, 10**6))
    rows = campaigns.tables(made["seed"], made["network"], gone, chunk=0, first=0, comments_before=0)
    leavers = set(customers.ids(np.arange(1, CHUNK, 2)))
    said = rows["comments"]
    assert (said.loc[said["customer"].isin(leavers), "date"] < "2024-10-27").all()
    assert said.loc[said["customer"].isin(leavers), "date"].max() > "2024-09"
    for name in ("trial_reminder", "trial_reminder_broken", "trial_offer"):
        assert len(rows[name]) > 0
        assert not set(rows[name]["customer"]) & leavers


# ---- the truth is told, and found again ----


def test_every_truth_is_a_sentence_in_both_languages(told):
    for row in told.to_dict("records"):
        for text in (row["sentence"], row["sentence@zh"]):
            assert "{" not in text
            assert "nan" not in text
        assert row["sentence"].endswith(".")
        assert row["sentence@zh"].endswith("。")
        assert row["monte_carlo_error"] >= 0
        assert row["population"] in ("this_bank", "process")
    declared_ones = {key.split(".")[0] for key in declared.words()["quantities"]}
    assert set(told["quantity"]) == {
        one for one in declared_ones if not one.startswith(("year_", "action_"))
    }  # no year here
    json.dumps(told.to_dict("records"), allow_nan=True)


def test_what_was_put_in_and_what_is_estimated_agree_where_nothing_misleads(told):
    fair = told[
        told["quantity"].isin(["reminder_wait", "reminder_missed", "offer_uplift", "training_effect"])
    ]
    known = fair.dropna(subset=["construct"])
    assert len(known) > 20
    apart = (known["estimand"] - known["construct"]).abs()
    # The shortest wait, the ends of the scales and the tier's mix of ages bias a little.
    assert (apart <= 0.02 + 0.05 * known["construct"].abs()).all()
    wrong = told[told["quantity"].str.startswith(("broken", "before_after"))]
    assert ((wrong["estimand"] - wrong["construct"]).abs() > 0.02).all()


def test_the_reminder_trial_is_fair_and_its_effects_come_back(made, told):
    rows = made["trial_reminder"]
    assert 2_000 <= len(rows) <= 3_200
    counts = rows["arm"].value_counts()
    assert stats.chisquare(counts).pvalue > 0.001
    people = made["customers"].set_index("customer")
    young = rows["customer"].map(people["birth_year"]).rename("born")
    for column, quantity in (("wait_minutes", "reminder_wait"), ("missed", "reminder_missed")):
        near(*contrast(rows, column, "arm", "reminder", "control"), truth(told, quantity))
        for age, (low, high) in {
            "under_40": (1985, 2005),
            "40_to_59": (1965, 1984),
            "60_and_over": (1940, 1964),
        }.items():
            some = rows[young.between(low, high)]
            near(*contrast(some, column, "arm", "reminder", "control"), truth(told, quantity, age_group=age))
    near(
        *contrast(rows, "pre_wait_minutes", "arm", "reminder", "control"),
        {"estimand": 0, "monte_carlo_error": 0, "sentence": "before"},
    )


def test_waits_before_explain_waits_after(made, told):
    rows = made["trial_reminder"]
    control = rows[rows["arm"] == "control"]
    r = control["pre_wait_minutes"].corr(control["wait_minutes"])
    expected = truth(told, "reminder_correlation")
    assert 0.5 <= expected["estimand"] <= 0.7
    near(r, (1 - r**2) / np.sqrt(len(control)), expected)
    theta = np.cov(rows["pre_wait_minutes"], rows["wait_minutes"])[0, 1] / rows["pre_wait_minutes"].var()
    adjusted = rows.assign(wait=rows["wait_minutes"] - theta * rows["pre_wait_minutes"])
    plain, cuped = (
        contrast(adjusted, name, "arm", "reminder", "control") for name in ("wait_minutes", "wait")
    )
    assert cuped[1] < 0.87 * plain[1]
    near(*cuped, truth(told, "reminder_wait"))


def test_the_broken_log_shows_in_the_sample_ratio_and_misleads(made, told):
    rows = made["trial_reminder_broken"]
    counts = rows["arm"].value_counts()
    assert stats.chisquare(counts).pvalue < 0.0005
    share = truth(told, "broken_share")
    near(counts["reminder"] / len(rows), 0.5 / np.sqrt(len(rows)), share)
    near(*contrast(rows, "missed", "arm", "reminder", "control"), truth(told, "broken_missed"))
    near(*contrast(rows, "wait_minutes", "arm", "reminder", "control"), truth(told, "broken_wait"))
    assert truth(told, "broken_missed")["estimand"] < 1.7 * truth(told, "reminder_missed")["estimand"]
    assert not set(rows["customer"]) & set(made["trial_reminder"]["customer"])


def test_the_worst_branches_improve_by_themselves(made, told):
    rows = made["before_after"]
    means = (
        rows.groupby(["branch", "chosen", "phase"])["mean_wait_minutes"]
        .mean()
        .unstack()
        .reset_index("chosen")
    )
    assert means["chosen"].sum() == 8
    assert means.loc[means["chosen"] == 1, "before"].min() >= means.loc[means["chosen"] == 0, "before"].max()
    change = (means["after"] - means["before"]).groupby(means["chosen"])
    for chosen in (0, 1):
        near(change.mean()[chosen], change.sem()[chosen], truth(told, "before_after", chosen=chosen))
    assert truth(told, "before_after", chosen=1)["estimand"] < -1
    assert truth(told, "before_after", chosen=0)["estimand"] > 0.4
    assert truth(told, "before_after_difference")["construct"] == 0


def test_offers_move_each_type_as_declared(made, told):
    rows = made["trial_offer"].merge(made["truth_offer"], on="customer", validate="one_to_one")
    rows["net"] = (rows["value_fen"] - rows["cost_fen"]) / 100
    assert stats.chisquare(rows["offer"].value_counts()).pvalue > 0.001
    for offer in ("coupon", "points", "wealth_consult"):
        near(*contrast(rows, "response", "offer", offer, "none"), truth(told, "offer_uplift", offer=offer))
        near(*contrast(rows, "net", "offer", offer, "none"), truth(told, "offer_net_gain", offer=offer))
        for kind, some in rows.groupby("type"):
            expected = truth(told, "offer_uplift", offer=offer, type=kind)
            near(*contrast(some, "response", "offer", offer, "none"), expected)
            assert expected["monte_carlo_error"] == 0
    shares = rows["type"].value_counts(normalize=True)
    for kind, share in shares.items():
        near(share, np.sqrt(share * (1 - share) / len(rows)), truth(told, "type_share", type=kind))
    assert (rows.loc[rows["response"] == 0, "value_fen"] == 0).all()
    assert (rows.loc[rows["response"] == 1, "value_fen"] > 0).all()


def test_a_policy_can_pay_where_no_offer_pays_everybody(told):
    everybody = [
        truth(told, "offer_net_gain", offer=o)["estimand"] for o in ("coupon", "points", "wealth_consult")
    ]
    simple, best = (truth(told, f"offer_{name}_policy")["estimand"] for name in ("simple", "best"))
    assert max(everybody) < 0.3 < simple < best


def test_features_lean_towards_types_without_giving_them_away(made):
    rows = made["trial_offer"].merge(made["truth_offer"], on="customer")
    users = rows["coupons_used_12m"] >= 2
    persuadable = (rows["type"] == "persuadable").groupby(users).mean()
    assert persuadable[True] > 1.6 * persuadable[False]
    assert persuadable[True] < 0.7


def test_training_is_drawn_by_branch_and_its_effects_come_back(made, told):
    rows = made["training"]
    groups = rows.groupby("branch")["group"].agg(["nunique", "first"])
    assert (groups["nunique"] == 1).all()
    assert groups["first"].value_counts().to_dict() == {"trained": 6, "waiting": 6}
    for measure in ("score", "behaviour", "customer_score"):
        wide = rows.pivot_table(index=["branch", "group", "employee"], columns="phase", values=measure)
        for phase in ("post", "follow_up"):
            change = (
                (wide[phase] - wide["pre"]).groupby(["branch", "group"]).mean().reset_index(name="change")
            )
            estimate, error = contrast(change, "change", "group", "trained", "waiting")
            near(estimate, error, truth(told, "training_effect", measure=measure, phase=phase))
    effect = [
        truth(told, "training_effect", measure="score", phase=p)["estimand"] for p in ("post", "follow_up")
    ]
    assert effect[0] > effect[1] > 0
    first = rows[rows["phase"] == "pre"].groupby("employee")["score"].first()
    then = rows[rows["phase"] == "post"].groupby("employee")["score"].first()
    assert 0.35 < first.corr(then) < 0.85


def test_only_the_trained_react_and_some_are_absent(made):
    rows = made["training"]
    reacted = rows["reaction"].notna()
    assert (reacted == ((rows["phase"] == "post") & (rows["group"] == "trained"))).all()
    there = rows["phase"].value_counts()
    assert there["pre"] > there["follow_up"] > 0.8 * there["pre"]
    assert 0.01 < rows["customer_score"].isna().mean() < 0.12
    assert set(made["staff"].set_index("employee").loc[rows["employee"], "role"]) <= set(training.ROLES)


def test_a_bank_of_three_branches_has_its_trials_too():
    small = bank_of(9, chunks=1, count=3)
    assert small["training"].groupby("group")["branch"].nunique().to_dict() == {"trained": 1, "waiting": 1}
    assert small["before_after"].groupby("branch")["chosen"].first().sum() == 1
    assert all(len(small[name]) for name in campaigns.TABLES)

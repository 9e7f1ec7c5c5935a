"""What is true of the ledger can be found in it."""

import json
import warnings
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from collection import ROOT

from simbank import (
    bank,
    branches,
    calendar,
    cases,
    leaving,
    ledger,
    ledger_estimands,
    ledger_truth,
    opinions,
    touchpoints,
)
from simbank.streams import generator

PLACES = ledger_estimands.PLACES_OF


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The default bank without its survey's truth, and the truth of its ledger."""
    folder = tmp_path_factory.mktemp("ledger")
    rng = generator(bank.SEED, "branches")
    network = branches.draw(rng, 24)
    known = branches.table(rng, network)
    queue = bank.enrol(
        folder / "customers.csv", seed=bank.SEED, network=network, size=20_000, step=lambda: None
    )
    answers, _ = bank.survey(bank.SEED, queue, network)
    ledger.write(
        folder, seed=bank.SEED, network=network, known=known, answers=answers, size=20_000, step=lambda: None
    )
    tables = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv")}
    tables |= {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}
    told = ledger_truth.quantities(bank.SEED, network, known)
    return SimpleNamespace(
        known=known,
        told=pd.DataFrame(told).reindex(columns=list(dict.fromkeys([*pd.DataFrame(told), *PLACES]))),
        **tables,
    )


def test_what_follows_without_drawing_by_hand():
    """Two branches, two weeks; the second one is transformed and waits a minute less, done digitally by 5 in 100 more."""
    state = SimpleNamespace(
        ramp=np.array([[0, 0], [0, 100]]),
        wait=np.array([[600.0, 720.0], [300.0, 240.0]]),
        digital=np.array([[400_000.0, 400_000.0], [500_000.0, 550_000.0]]),
        plain={
            "wait": np.array([[600.0, 720.0], [300.0, 300.0]]),
            "digital": np.array([[400_000.0, 400_000.0], [500_000.0, 500_000.0]]),
        },
    )
    assert ledger_truth._exact(SimpleNamespace(state=state)) == {
        ledger_truth.key("branch_wait", branch=0): 11,
        ledger_truth.key("branch_wait", branch=1): 4.5,
        ledger_truth.key("average_effect", indicator="mean_wait_seconds"): -1,
        ledger_truth.key("average_effect", indicator="digital_completed"): 0.05,
    }
    state.ramp[:] = 0
    assert list(ledger_truth._exact(SimpleNamespace(state=state)).values()) == [11, 4.5]


def test_shifts_and_effects_of_the_weekly_table_by_hand():
    """Per million where a share is counted; else per thousand of the logarithm: ln 1.1 is 95.31."""
    state = SimpleNamespace(
        shifts=[(3, "digital_completed", 9, -20_000), (4, "mean_wait_seconds", 10, 1000 * np.log(1.1))],
        effect={
            "digital_completed": np.array([0, 30_000]),
            "mean_wait_seconds": np.array([0, 1000 * np.log(0.8)]),
        },
    )
    network = SimpleNamespace(transformed=np.array([ledger_truth.calendar.NEVER, 40]))
    found = ledger_truth._weekly(SimpleNamespace(state=state, network=network))
    key = ledger_truth.key
    assert found[key("planted_shift", branch=3, indicator="digital_completed", week=10)] == -0.02
    assert found[key("planted_shift", branch=4, indicator="mean_wait_seconds", week=11)] == pytest.approx(0.1)
    assert found[key("service_effect", branch=1, indicator="digital_completed")] == 0.03
    assert found[key("service_effect", branch=1, indicator="mean_wait_seconds")] == pytest.approx(-0.2)
    assert (
        sum(quantity == "service_effect" for quantity, _ in found) == 2
    )  # of the other branch nothing is told


def entries(made, quantity):
    rows = made.told[made.told["quantity"] == quantity]
    assert len(rows), quantity
    return rows


def close(found, error, entry, *, sharper=3):
    assert abs(found - entry.estimand) < 4 * np.hypot(error, entry.monte_carlo_error), (entry, found, error)
    assert entry.monte_carlo_error < error / sharper + 1e-9, entry


def share(hits):
    hits = np.asarray(hits, dtype=float)
    return hits.mean(), np.sqrt(hits.mean() * (1 - hits.mean()) / len(hits))


def mean(values):
    return values.mean(), values.std() / np.sqrt(len(values))


# ---- what is on record, compared with its estimand ----


@pytest.mark.parametrize(("quantity", "outcome"), [("step_drop_off", "dropped"), ("step_rework", "returned")])
def test_drop_off_and_rework_of_touchpoints(made, quantity, outcome):
    over = made.journeys[made.journeys["outcome"] != "waiting"]
    for entry in entries(made, quantity).itertuples():
        close(*share(over.loc[over["touchpoint"] == entry.touchpoint, "outcome"] == outcome), entry)


@pytest.mark.parametrize(("quantity", "outcome"), [("case_drop_off", "dropped"), ("case_rework", "returned")])
def test_drop_off_and_rework_of_cases(made, quantity, outcome):
    cases = made.journeys.groupby("case")
    finished = cases["outcome"].last() != "waiting"
    hit = (made.journeys["outcome"] == outcome).groupby(made.journeys["case"]).any()[finished]
    journey = cases["journey"].first()[finished]
    for entry in entries(made, quantity).itertuples():
        close(*share(hit[journey == entry.journey]), entry)


def test_waits(made):
    over = made.journeys["outcome"] != "waiting"
    seconds = (made.journeys["end"] - made.journeys["start"]).dt.total_seconds().where(over)
    for quantity, unit in (("wait_minutes", 60), ("wait_days", 86_400)):
        for entry in entries(made, quantity).itertuples():
            close(*mean(seconds[made.journeys["touchpoint"] == entry.touchpoint].dropna() / unit), entry)


def test_emotions_need_weights(made):
    asked = made.journeys.dropna(subset="emotion")
    weight, bias = 1e6 / asked["asked_per_million"], []
    for entry in entries(made, "step_emotion").itertuples():
        rows = asked["touchpoint"] == entry.touchpoint
        values, w = asked.loc[rows, "emotion"], weight[rows]
        weighted = (values * w).sum() / w.sum()
        # Cases of one customer hang together a little, so the error is taken larger than for a simple sample.
        close(weighted, 1.2 * np.sqrt((w**2 * (values - weighted) ** 2).sum()) / w.sum(), entry)
        bias.append(values.mean() - entry.estimand)
    assert np.mean(bias) > 0.02, "unweighted, those who use the app make everything look better"


def test_complaints(made):
    table = made.complaints.assign(
        received=pd.to_datetime(made.complaints["received"]), closed=pd.to_datetime(made.complaints["closed"])
    )
    early = table[table["received"] < "2025-11-01"]
    assert early["closed"].notna().mean() > 0.99
    days = (early["closed"] - early["received"]).dt.days.fillna(99)
    (over,), (half,) = (entries(made, name).itertuples() for name in ("complaint_over_15", "complaint_days"))
    close(*share(days > 15), over)
    assert 0.10 < over.estimand < 0.25
    assert abs(days.median() - half.estimand) <= 1
    (escalated,) = entries(made, "complaint_escalated").itertuples()
    close(*share(table["escalated"]), escalated)
    (repeated,) = entries(made, "complaint_repeated").itertuples()
    found, error = share(table["repeat_of"].notna())
    close(found, 1.3 * error, repeated)


def test_complaints_crowd_before_the_limit(made):
    days = (pd.to_datetime(made.complaints["closed"]) - pd.to_datetime(made.complaints["received"])).dt.days
    assert days.isin([13, 14]).sum() > 1.3 * days.isin([16, 17]).sum()


def test_churn_rates(made):
    for entry in entries(made, "left_share").itertuples():
        close(*share(made.churn.loc[made.churn["snapshot"] == entry.snapshot, "left"]), entry)
        assert 0.02 < entry.estimand < 0.08


def test_hazard_ratios(made):
    """Customers of each kind leave in the proportions that were put in; kinds overlap, hence the wide bounds."""
    churn = made.churn.merge(made.truth_segments[["customer", "segment"]], on="customer")
    rate = churn.groupby("segment")["left"].mean()
    ratio = entries(made, "hazard_ratio").dropna(subset="segment").set_index("segment")["construct"]
    assert rate.corr(ratio[rate.index]) > 0.9
    products = churn.groupby("products")["left"].mean()
    assert products[1] > 1.3 * products[4]


def test_segment_shares_and_card_rates(made):
    for entry in entries(made, "segment_share").itertuples():
        close(*share(made.truth_segments["segment"] == entry.segment), entry)
    cards = made.transactions[made.transactions["kind"] == "card_purchase"].merge(
        made.truth_segments, on="customer"
    )
    each = cards.groupby("segment").size() / made.truth_segments.groupby("segment").size() / 2
    rate = entries(made, "card_rate").set_index("segment")["construct"]
    # Cards die, customers come late and go: fewer than they set out with, in the same order.
    assert (each < rate[each.index]).all()
    assert each.corr(rate[each.index], method="spearman") > 0.9


def test_stated_importance_is_not_what_moves_satisfaction(made):
    surveys = made.journey_surveys
    for entry in entries(made, "stated_share").itertuples():
        rows = surveys[surveys["journey"] == entry.journey]
        assert abs((rows["named"] == entry.touchpoint).mean() - entry.estimand) < 0.06
    stated = entries(made, "stated_share").set_index("touchpoint")["estimand"]
    cause = entries(made, "moment_cause").set_index("touchpoint")["estimand"]
    opening = list(touchpoints.NAMES[:6])
    assert stated[opening].idxmax() != cause[opening].idxmax()


def slope_table(made, journey):
    """Return satisfaction and the last emotion at each touchpoint of completed cases of the panel."""
    surveys = made.journey_surveys.query("panel == 1 and given_up == 0 and journey == @journey")
    events = made.journeys[made.journeys["case"].isin(surveys["case"])]
    last = events.pivot_table(index="case", columns="touchpoint", values="emotion", aggfunc="last")
    names = [name for name, row in zip(touchpoints.NAMES, touchpoints.INVENTORY, strict=True)
             if touchpoints.JOURNEYS[row[1]] == journey]  # fmt: skip
    away = last.reindex(columns=names).fillna(touchpoints.NEUTRAL) - touchpoints.NEUTRAL
    return surveys.set_index("case")["satisfaction"].reindex(away.index), away


def ols(y, x):
    design = np.column_stack([np.ones(len(y)), x])
    beta = np.linalg.lstsq(design, y, rcond=None)[0]
    bread = np.linalg.inv(design.T @ design)
    meat = design.T @ (design * ((y - design @ beta) ** 2)[:, None])
    return beta[1:], np.sqrt(np.diag(bread @ meat @ bread))[1:]


def test_moments_are_found_by_the_panel(made):
    for journey in touchpoints.JOURNEYS:
        y, away = slope_table(made, journey)
        beta, error = ols(y.to_numpy(float), away.to_numpy(float))
        told = entries(made, "moment_effect").query("journey == @journey").set_index("touchpoint")
        for name, slope, se in zip(away.columns, beta, error, strict=True):
            # The extremes answer more often, which lifts slopes by a few hundredths: told apart from noise.
            assert abs(slope - told.loc[name, "estimand"]) < 4 * se + 0.04, (name, slope, se)
    heaviest = (
        entries(made, "moment_cause")
        .query("journey == 'complaint_handling'")
        .set_index("touchpoint")["estimand"]
    )
    assert heaviest.max() > 2 * heaviest.min()


def test_penalty_and_reward_have_their_shapes(made):
    shape = ledger.setting(bank.SEED, *network_of(bank.SEED)).moments.shape
    low, high = (entries(made, name).set_index("touchpoint") for name in ("moment_penalty", "moment_reward"))
    assert sorted(shape.tolist()).count(touchpoints.PENALTY) == 2
    assert sorted(shape.tolist()).count(touchpoints.REWARD) == 1
    difference = low["estimand"] - high["estimand"]
    for at, name in enumerate(touchpoints.NAMES):
        if shape[at] == touchpoints.PENALTY:
            assert high.loc[name, "construct"] == 0
            assert difference[name] > 0.1
        if shape[at] == touchpoints.REWARD:
            assert low.loc[name, "construct"] == 0


def test_peak_and_end_are_found(made):
    told = {
        name: entries(made, name).set_index("journey")["estimand"] for name in ("peak_weight", "end_weight")
    }
    for journey in touchpoints.JOURNEYS:
        cases = made.journey_surveys.query("panel == 1 and given_up == 0 and journey == @journey").set_index(
            "case"
        )
        events = made.journeys[made.journeys["case"].isin(cases.index)].assign(
            away=lambda t: (t["emotion"] - 4).abs()
        )
        strongest = events.loc[events.groupby("case")["away"].idxmax()].set_index("case")["emotion"]
        x = pd.DataFrame({"peak": strongest, "end": events.groupby("case")["emotion"].last()}).reindex(
            cases.index
        )
        beta, error = ols(cases["satisfaction"].to_numpy(float), x.to_numpy(float))
        for slope, se, name in zip(beta, error, told, strict=True):
            assert abs(slope - told[name][journey]) < 4 * se + 0.04, (journey, name, slope, se)


# ---- service_weekly ----


def network_of(seed):
    rng = generator(seed, "branches")
    network = branches.draw(rng, 24)
    return network, branches.table(rng, network)


def test_planted_shifts_have_their_size(made):
    """Twenty weeks before against twenty after, beside the other branches of the same weeks."""
    weekly = made.service_weekly
    weekly["rate"] = weekly["digital_completed"] / weekly["digital_started"]
    for entry in entries(made, "planted_shift").itertuples():
        column = "rate" if entry.indicator == "digital_completed" else entry.indicator
        table = weekly.pivot_table(index="week", columns="branch", values=column)
        after, before = (table.loc[entry.week : entry.week + 25], table.loc[entry.week - 26 : entry.week - 1])
        if column == "rate":
            found = after[entry.branch].mean() - before[entry.branch].mean()
            assert abs(found - entry.construct) < 0.05
        else:
            found = after[entry.branch].mean() / before[entry.branch].mean() - 1
            assert abs(found - entry.construct) < (0.9 if column == "complaints" else 0.15)


def test_transformations_show_in_the_weekly_table(made):
    weekly = made.service_weekly.merge(made.known[["branch", "transformed"]], on="branch")
    weekly["log"] = np.log(weekly["mean_wait_seconds"])
    weekly["start"] = (
        pd.to_datetime(weekly["transformed"].replace("", np.nan)) - pd.Timestamp("2024-01-01")
    ).dt.days // 7 + 1
    shifted = entries(made, "planted_shift").query("indicator == 'mean_wait_seconds'")["branch"]
    treated = weekly["transformed"].ne("") & ~weekly["branch"].isin(shifted)
    never = weekly["transformed"].eq("") & ~weekly["branch"].isin(shifted)
    common = weekly[never].groupby("week")["log"].mean()
    weekly["net"] = weekly["log"] - weekly["week"].map(common)
    rows = weekly[treated].assign(
        late=lambda t: t["week"] >= t["start"] + 26, early=lambda t: t["week"] < t["start"]
    )
    change = (
        rows[rows["late"]].groupby("branch")["net"].mean()
        - rows[rows["early"]].groupby("branch")["net"].mean()
    )
    told = (
        entries(made, "service_effect")
        .query("indicator == 'mean_wait_seconds'")
        .set_index("branch")["construct"]
    )
    change = change.dropna()
    gap = change - np.log1p(told[change.index])
    assert abs(gap.mean()) < 4 * gap.std() / np.sqrt(len(gap))
    assert change.mean() < -0.12


# ---- form ----


def test_every_truth_of_the_ledger_is_a_sentence_in_both_languages(made):
    told = made.told
    assert not told.duplicated(["quantity", *PLACES]).any()
    assert not told["sentence"].duplicated().any()
    assert not told["sentence@zh"].duplicated().any()
    assert told["sentence"].str.endswith(".").all()
    assert told["sentence@zh"].str.endswith("。").all()
    assert not told["sentence@zh"].str.contains(r"[,;:?!]|nan|None|[{}]").any()
    assert not told["sentence"].str.contains(r"nan|None|[{}]|-\d%").any()
    assert (told["construct"].notna() | told["estimand"].notna()).all()
    assert (told["estimand"].notna() == told["monte_carlo_error"].notna()).all()
    assert json.dumps(told.iloc[0].dropna().to_dict(), ensure_ascii=False)


def test_a_truth_of_the_ledger_reads_as_it_should(made):
    place = ledger_estimands.key("step_drop_off", journey="loan_application", touchpoint="approval")
    entry = ledger_truth.entry(place, None, 0.114, 0.001, made.known.set_index("branch"))
    assert entry["sentence"] == (
        "In this bank, 11.4 % of visits to the touchpoint approval (loan application) end with the customer giving up."
    )
    assert entry["sentence@zh"] == "本行“贷款申请”旅程中，到达“审批等待”触点的客户有 11.4% 在此放弃。"
    assert "branch" not in entry


def test_opinions_and_cases_use_the_same_channels():
    assert opinions.CHANNELS == touchpoints.CHANNELS


# ---- what was put in, as it works ----


def put_in(quantity):
    return ledger_truth._hazards()[ledger_estimands.key(quantity)]


def test_a_case_moves_standing_for_good_by_as_much_as_is_declared():
    """One customer, one case that ends in March, a point above or below what is usual; standing is in thousandths."""
    people = pd.DataFrame({"branch": [0], "warmth": [0]})
    network = SimpleNamespace(quality=np.zeros(1, dtype=int), transformed=np.array([calendar.NEVER]))
    month = leaving.MONTHS[3]

    def level(points, *, journey):
        found = pd.DataFrame({
            "person": [0], "journey": [journey], "content": [cases.USUAL[journey] + 1000 * points], "day": [month - 9],
            "end_day": [month],
        })  # fmt: skip
        return leaving._standing(people, network, found)[0]

    moved = level(1, journey=0)
    assert moved[:3].tolist() == [0, 0, 0] and set(moved[3:]) == {1000 * put_in("standing_by_case")}
    assert (level(-1, journey=0) == -moved).all() and not level(0, journey=1).any()
    assert set(level(0, journey=2)[3:]) == {1000 * put_in("standing_by_complaining")}


def test_hazards_are_those_of_the_committed_truth():
    told = pd.DataFrame(
        json.loads((ROOT / "datasets/qingyu_bank/truth.json").read_text(encoding="utf-8"))["quantities"]
    )
    for quantity in ("hazard_ratio", "monthly_hazard", "standing_by_case", "standing_by_complaining"):
        ours = sorted(value for key, value in ledger_truth._hazards().items() if key[0] == quantity)
        kept = sorted(told.loc[told["quantity"] == quantity, "construct"])
        assert len(ours) and ours == pytest.approx(kept, rel=1e-3), quantity


def test_a_better_moment_counts_for_those_who_can_feel_it_and_finished(monkeypatch):
    """Content is the square of what was felt: 5 → 6 adds 11; who felt 7, gave up or never came there is not counted."""
    monkeypatch.setattr(
        ledger_estimands,
        "_content",
        lambda events, n, moments: 1000 * np.bincount(events["case"], events["emotion"] ** 2),
    )
    found = pd.DataFrame({"finished": True, "given_up": [False, False, False, True]})
    events = pd.DataFrame({"case": [0, 1, 2, 3], "touchpoint": [0, 0, 1, 0], "emotion": [5, 7, 7, 2]})
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # touchpoints where nobody was
        told = ledger_estimands.of_causes(found, events, None)
    assert [value for value in told.values() if value == value] == [11]


def test_content_is_the_pull_of_all_moments_with_the_weights_of_peak_and_end(monkeypatch):
    moments = SimpleNamespace(peak=3, end=4, pull=lambda last: 1000 * last)
    monkeypatch.setattr(
        ledger_estimands.walk, "emotions", lambda events, size: np.array([[1, 2], [5, 6], [2, 5]])
    )
    assert ledger_estimands._content(None, 2, moments).tolist() == [
        1000 + 10 * (15 + 8),
        2000 + 10 * (18 + 20),
    ]


def test_who_is_a_customer_on_the_day_and_known_long_enough_may_leave_before_the_next(monkeypatch):
    """Five are in: the two that leave on the day or the last day before the end have left; the others are out."""
    for part in ("_of_steps", "_of_cases", "of_complaints", "_of_moments"):
        monkeypatch.setattr(ledger_estimands, part, lambda *given: {})
    day, until = (spans[0] for spans in (ledger_estimands.churn.SNAPSHOTS, ledger_estimands.churn.AFTERWARDS))
    monkeypatch.setattr(ledger_estimands.churn, "SNAPSHOTS", [day])
    monkeypatch.setattr(ledger_estimands.churn, "AFTERWARDS", [until])
    known = day - ledger_estimands.churn.KNOWN_DAYS
    joined = np.array([known, known, known - 9, known - 9, known, known + 1, known])
    leave = np.array([day, until - 1, until, until + 9, until, day, day - 1])
    told = ledger_estimands.statistics(pd.DataFrame({"joined": joined}), np.zeros(7), *[None] * 3, leave)
    day = str(calendar.text(np.array([day]))[0])
    assert told[ledger_estimands.key("left_share", snapshot=day)] == 2 / 5


def test_what_was_put_in_is_told_in_points_of_the_scale(monkeypatch):
    """Weights are held in hundredths: a penalty alone has no reward, and what is linear has one effect."""
    for part in ("_hazards", "_weekly"):
        monkeypatch.setattr(ledger_truth, part, lambda *given: {})
    shapes = [touchpoints.PENALTY, touchpoints.REWARD, *[touchpoints.LINEAR] * (len(touchpoints.NAMES) - 2)]
    moments = SimpleNamespace(weight=np.full(len(shapes), 50), shape=shapes, peak=20, end=30)
    told = ledger_truth.constructs(SimpleNamespace(moments=moments, habits=SimpleNamespace(card=[1500] * 99)))
    found = {}
    for (quantity, _), value in told.items():
        found.setdefault(quantity, []).append(value)
    others = [0.5] * (len(shapes) - 2)
    assert found["moment_penalty"] == [0.5, 0.0, *others] and found["moment_reward"] == [0.0, 0.5, *others]
    assert found["moment_effect"] == others and set(found["peak_weight"]) == {0.2}
    assert set(found["end_weight"]) == {0.3} and set(found["card_rate"]) == {1.5}
    assert found["case_halo"] == [cases.HALO / 100]

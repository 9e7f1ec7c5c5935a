"""The ledger of the simulated bank: keys, dates, conservation, and everything hangs together by branch."""

import hashlib
import tracemalloc
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from simbank import (
    bank,
    branches,
    dataset_catalogue,
    estimands,
    leaving,
    ledger,
    service,
    simulated_codebook,
    staff,
    touchpoints,
    walk,
)
from simbank.streams import EXPONENTIAL, POWER, STEPS, WIDEST, generator

DATES = {
    "customers": ["joined"], "branches": ["opened", "transformed"], "staff": ["joined"], "churn": ["snapshot", "leave_date"],
    "journey_surveys": ["date"], "complaints": ["received", "closed"], "servqual": ["invited", "date"],
    "service_weekly": ["week_start"],
}  # fmt: skip


def write(folder, *, seed, size=20_000, count=24):
    """Write a bank without its truth; return how many rows each table has."""
    folder.mkdir(exist_ok=True)
    rng = generator(seed, "branches")
    network = branches.draw(rng, count)
    known = branches.table(rng, network)
    known.to_csv(folder / "branches.csv", index=False)
    queue = bank.enrol(folder / "customers.csv", seed=seed, network=network, size=size, step=lambda: None)
    answers, _ = bank.survey(seed, queue, network)
    answers.to_csv(folder / "servqual.csv", index=False)
    rows = ledger.write(
        folder, seed=seed, network=network, known=known, answers=answers, size=size, step=lambda: None
    )
    return rows | {"branches": count, "customers": size, "servqual": len(answers)}


def read(folder):
    found = {path.stem: pd.read_csv(path, parse_dates=DATES.get(path.stem)) for path in folder.glob("*.csv")}
    return found | {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}


@pytest.fixture(scope="module", params=[bank.SEED, 11])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger") / "bank"
    rows = write(folder, seed=request.param)
    return SimpleNamespace(folder=folder, rows=rows, seed=request.param, **read(folder))


def content(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


# ---- reproducible, flat, small ----


def test_same_seed_same_bytes_other_seed_other_bytes(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(tmp_path / name, seed=seed, size=12_000, count=6)
    one, two, other = (content(tmp_path / name) for name in "abc")
    assert one == two
    same = {name for name in one if one[name] == other[name]}
    assert same == {"touchpoints.csv"}


def test_a_customer_is_the_same_person_in_a_bank_of_any_size(made, tmp_path):
    write(tmp_path / "small", seed=made.seed, size=2000)
    small = read(tmp_path / "small")
    pd.testing.assert_frame_equal(small["truth_segments"], made.truth_segments.iloc[:2000])
    assert small["transactions"]["customer"].isin(small["customers"]["customer"]).all()


def test_tables_of_logarithms_are_far_from_any_rounding_boundary():
    """Else another processor's last digit would make another bank."""
    exact = -1000 * np.log((np.arange(STEPS)[::-1] + 0.5) / STEPS)
    assert np.abs(exact % 1 - 0.5).min() > 1e-8
    powers = 1000 * np.exp(np.arange(-WIDEST, WIDEST + 1) / 1000)
    assert np.abs(powers % 1 - 0.5).min() > 1e-8
    assert abs(EXPONENTIAL.mean() - 1000) < 1
    assert POWER[WIDEST] == 1000


def test_the_files_are_small_and_carry_no_writer(made):
    assert sum(path.stat().st_size for path in made.folder.iterdir()) < 20e6
    for name in ledger.PARQUET:
        data = pq.read_metadata(made.folder / f"{name}.parquet")
        assert data.metadata is None
        assert all(data.row_group(k).num_rows <= ledger.ROWS_A_GROUP for k in range(data.num_row_groups))
        assert data.row_group(0).column(0).compression == "ZSTD"
    assert 25 <= len(made.transactions) / len(made.customers) <= 40


def test_memory_is_flat_in_customers(tmp_path, monkeypatch):
    """With small chunks the same as with large ones, and sooner."""
    monkeypatch.setattr(ledger, "CHUNK", 1000)
    write(tmp_path, seed=1, size=2000)
    answers = pd.read_csv(tmp_path / "servqual.csv")
    rng = generator(1, "branches")
    network = branches.draw(rng, 24)
    known, peaks = branches.table(rng, network), []
    for size in (2000, 8000):
        (tmp_path / str(size)).mkdir()
        tracemalloc.start()
        ledger.write(tmp_path / str(size), seed=1, network=network, known=known, answers=answers,
                     size=size, step=lambda: None)  # fmt: skip
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.25 * peaks[0]


# ---- the codebook ----


def test_tables_and_codebook_agree(made):
    for name in ledger.TABLES:
        words, table = simulated_codebook.codebook()["tables"][name], getattr(made, name)
        described = {field["name"]: field for field in simulated_codebook.fields(name)}
        assert (
            list(table.columns) == list(described)
            if name not in ("complaints",)
            else set(table) == set(described)
        )
        assert len(table) == made.rows[name]
        if name != "transactions":
            assert not table.duplicated(words["primaryKey"]).any(), name
        for column, field in described.items():
            _judge(table[column], field, f"{name}.{column}")
        for key in words.get("foreignKeys", []):
            target = getattr(made, key["reference"]["resource"] or name)
            assert set(table[key["fields"][0]].dropna()) <= set(target[key["reference"]["fields"][0]])


def _judge(values, field, name):
    limits, there = field.get("constraints", {}), values.dropna()
    assert len(there) == len(values) or not limits.get("required"), name
    if "enum" in limits:
        listed = there.astype(str).str[:10] if field["type"] == "date" else there
        assert set(listed) <= set(limits["enum"]), name
    for bound, wrong in (("minimum", there.lt), ("maximum", there.gt)):
        if bound in limits:
            limit = pd.Timestamp(limits[bound]) if "date" in field["type"] else limits[bound]
            assert not wrong(limit).any(), (name, bound)
    if "pattern" in limits:
        assert there.str.fullmatch(limits["pattern"]).all(), name
    if "values" in field:
        assert set(field["values"]) == set(limits["enum"]), name


def test_the_code_and_the_codebook_name_the_same_touchpoints():
    field = next(row for row in simulated_codebook.fields("touchpoints") if row["name"] == "touchpoint")
    assert tuple(field["values"]) == touchpoints.NAMES
    named = {row["name"] for row in simulated_codebook.codebook()["tables"]["truth_segments"]["segments"]}
    segment = next(row for row in simulated_codebook.fields("truth_segments") if row["name"] == "segment")
    assert named == set(segment["values"])


def test_the_leaking_column_is_declared():
    leaks = [field["name"] for field in simulated_codebook.fields("churn") if field.get("leaking")]
    assert leaks == ["retention_calls"]


def test_the_catalogue_names_every_table_and_column(tmp_path, monkeypatch):
    monkeypatch.setattr(estimands, "BATCHES", 2)
    bank.make(tmp_path / "datasets" / "small", seed=3, customers=1000, branches=3, progress=False)
    text = dataset_catalogue.write(tmp_path / "datasets").read_text(encoding="utf-8")
    for name in ledger.TABLES:
        assert f"### {name}\n" in text
        assert all(f"| `{field['name']}` |" in text for field in simulated_codebook.fields(name))
    assert "**leaks**" in text
    assert text == dataset_catalogue.text(tmp_path / "datasets")


# ---- dates and conservation ----


def test_nothing_happens_before_joining_or_after_leaving(made):
    joined = made.customers.set_index("customer")["joined"]
    first = made.transactions.groupby("customer")["time"].agg(["min", "max"])
    assert (first["min"] >= joined.reindex(first.index)).all()
    left = made.churn.dropna(subset="leave_date").set_index("customer")["leave_date"]
    assert left.index.is_unique
    last = first["max"].reindex(left.index).dropna()
    assert (last < left.reindex(last.index)).all()
    cases = made.journeys.groupby("customer")["end"].max().reindex(left.index).dropna()
    assert (cases < left.reindex(cases.index)).all()
    answered = made.servqual.groupby("customer")["date"].max().reindex(left.index).dropna()
    assert (answered <= left.reindex(answered.index)).all()
    assert (made.journeys["start"] >= joined.reindex(made.journeys["customer"]).to_numpy()).all()


def test_snapshots_hold_together(made):
    churn = made.churn
    assert (churn["left"].astype(bool) == churn["leave_date"].notna()).all()
    later = churn["leave_date"] - churn["snapshot"]
    assert later.dropna().between(pd.Timedelta(0), pd.Timedelta(days=184)).all()
    last = churn.merge(made.transactions[["customer", "time"]], on="customer")
    last = last[last["time"] < last["snapshot"]]
    counted = (
        last[last["time"] >= last["snapshot"] - pd.Timedelta(days=90)]
        .groupby(["customer", "snapshot"])
        .size()
    )
    found = churn.set_index(["customer", "snapshot"])["transactions_90"]
    pd.testing.assert_series_equal(
        found[found > 0].sort_index(), counted.sort_index(), check_names=False, check_dtype=False
    )


def test_events_are_ordered_and_visits_conserved(made):
    events = made.journeys
    assert (events["end"] >= events["start"]).where(events["end"].notna(), True).all()
    assert (events.loc[events["end"].isna(), "outcome"] == "waiting").all()
    before = events.groupby("case")["end"].shift()
    assert (events["start"] >= before).where(before.notna(), True).all()
    step = events.groupby("case")["step"]
    assert (events["step"] == step.cumcount() + 1).all()
    onward = events.groupby("case")["touchpoint"].shift(-1)
    came = (
        onward.dropna()
        .value_counts()
        .add(events.groupby("case")["touchpoint"].first().value_counts(), fill_value=0)
    )
    assert came.sort_index().astype(int).equals(events["touchpoint"].value_counts().sort_index().astype(int))
    final = events.groupby("case")["outcome"].last()
    assert set(events.loc[onward.notna(), "outcome"]) == {"done", "returned"}
    assert set(final) >= {"done", "dropped", "waiting"}
    allowed = made.touchpoints.set_index("touchpoint")["channels"].str.split()
    assert all(
        channel in allowed[at]
        for at, channel in events[["touchpoint", "channel"]].drop_duplicates().to_numpy()
    )
    assert not (events["start"].dt.day_of_week == 6).any()


def test_there_is_something_to_see_in_the_paths(made):
    paths = made.journeys.groupby(["journey", "case"])["touchpoint"].agg(" ".join)
    for _, variants in paths.groupby("journey"):
        assert 15 <= variants.nunique() <= 900
        assert variants.value_counts(normalize=True).iloc[0] > 0.08
    channels = made.journeys.groupby("case")["channel"].nunique()
    assert 0.3 < (channels > 1).mean() < 0.9
    assert 0.03 < (made.journeys["outcome"] == "returned").mean() < 0.15
    # Among the first weeks and the last, nobody waits for ever.
    assert (made.journeys["outcome"] == "waiting").mean() < 0.02


def test_complaints_are_the_cases_and_the_weekly_counts(made):
    handled = made.journeys[made.journeys["journey"] == "complaint_handling"].groupby("case")
    complaints = made.complaints.set_index("case")
    assert set(handled.groups) == set(complaints.index)
    assert (
        handled["start"].first().dt.normalize()
        == complaints["received"].reindex(handled["start"].first().index)
    ).all()
    open_still = handled["outcome"].last() == "waiting"
    assert open_still.any()
    assert (complaints["closed"].isna().reindex(open_still.index) == open_still).all()
    assert (complaints["closed"] >= complaints["received"]).where(complaints["closed"].notna(), True).all()
    assert made.service_weekly["complaints"].sum() == len(complaints)
    week = ((complaints["received"] - pd.Timestamp("2024-01-01")).dt.days // 7 + 1).clip(upper=104)
    counts = complaints.groupby(["branch", week.rename("week")]).size()
    found = made.service_weekly.set_index(["branch", "week"])["complaints"]
    assert found[found > 0].equals(counts.sort_index().astype(found.dtype))
    repeats = complaints.dropna(subset="repeat_of")
    original = complaints.loc[repeats["repeat_of"]]
    assert (original["customer"].to_numpy() == repeats["customer"].to_numpy()).all()
    assert (original["closed"].to_numpy() < repeats["received"].to_numpy()).all()
    assert 0.05 < len(repeats) / len(complaints) < 0.25


def test_surveys_follow_finished_cases_of_those_who_agreed(made):
    ended = made.journeys.groupby("case")["end"].max().dt.normalize()
    over = made.journeys.groupby("case")["outcome"].last()
    surveys = made.journey_surveys.set_index("case")
    assert (over.reindex(surveys.index) != "waiting").all()
    wait = surveys["date"] - ended.reindex(surveys.index)
    assert wait.between(pd.Timedelta(0), pd.Timedelta(days=4)).all()
    consent = made.customers.set_index("customer")["survey_consent"]
    assert (consent.reindex(surveys["customer"]) == 1).all()
    named = made.journeys.groupby("case")["touchpoint"].agg(set).reindex(surveys.index)
    assert all(step in visited for step, visited in zip(surveys["named"], named, strict=True))
    whole = made.journeys[made.journeys["case"].isin(surveys.index[surveys["panel"] == 1])]
    assert whole["emotion"].notna().all()


def test_staff_add_up_to_the_branches(made):
    count = made.staff.groupby("branch").size()
    assert count.equals(made.branches.set_index("branch")["staff_count"].astype(count.dtype).rename(None))
    assert (made.staff.query("role == 'branch_manager'").groupby("branch").size() == 1).all()
    assert set(made.staff["role"]) == set(staff.ROLES)
    opened = made.branches.set_index("branch")["opened"].reindex(made.staff["branch"]).to_numpy()
    assert (made.staff["joined"].to_numpy() >= opened).all()


# ---- hanging together ----


def by_branch(made):
    items = [f"P{number}" for number in (5, 6, 7, 8, 9, 10, 12)]
    perceived = made.servqual[items].mask(made.servqual[items] == 9).mean(axis=1)
    queue = made.journeys[made.journeys["touchpoint"] == "queueing"]
    return pd.DataFrame(
        {
            "perceived": perceived.groupby(made.servqual["branch"]).mean(),
            "wait": made.service_weekly.groupby("branch")["mean_wait_seconds"].mean(),
            "queue": (queue["end"] - queue["start"]).dt.total_seconds().groupby(queue["branch"]).mean(),
            "complaints": made.complaints.groupby("branch").size() / made.customers.groupby("branch").size(),
            "left": made.churn.groupby("branch")["left"].mean(),
            "content": made.journey_surveys.groupby("branch")["satisfaction"].mean(),
        }
    )


def test_a_slow_branch_is_worse_in_everything(made):
    related = by_branch(made).corr()
    assert related.loc["wait", "queue"] > 0.9
    for worse in ("wait", "complaints", "left"):
        assert related.loc["perceived", worse] < -0.35, related
        assert related.loc["content", worse] < -0.35, related
    assert (related.loc["wait", ["complaints", "left"]] > 0.35).all()


def test_content_customers_stay(made):
    asked = made.churn.dropna(subset="last_satisfaction")
    low, high = asked["last_satisfaction"] <= 3, asked["last_satisfaction"] >= 6
    assert asked.loc[low, "left"].mean() > 2 * asked.loc[high, "left"].mean()
    survey = made.servqual.query("wave == 1").merge(
        made.churn.query("left == 1")[["customer", "left"]], how="left"
    )
    left = survey["left"].notna()
    assert survey.loc[left, "intention"].mean() < survey.loc[~left, "intention"].mean() - 0.15


def test_before_leaving_business_dwindles(made):
    churn = made.churn
    before, now = churn["transactions_90_before"], churn["transactions_90"]
    soon = churn["leave_date"] - churn["snapshot"] < pd.Timedelta(days=45)
    assert now[soon].sum() / before[soon].sum() < 0.9 * now[~soon].sum() / before[~soon].sum()
    called = churn.groupby("left")["retention_calls"].mean()
    assert called[1] > 10 * called[0]


def test_paydays_and_pension_days_show(made):
    trades = made.transactions.merge(made.truth_segments[["customer", "segment"]], on="customer")
    day = trades["time"].dt.day
    pension = trades["segment"] == "pension_counter"
    assert day[pension].isin([15, 16, 17]).mean() > 2 * 3 / 30.4
    cards = (trades["kind"] == "card_purchase") & (trades["segment"] == "payroll_digital")
    assert day[cards].isin([5, 6, 10, 11, 15, 16]).mean() > 1.2 * 6 / 30.4
    queue = made.journeys[made.journeys["touchpoint"] == "queueing"]
    minutes = (queue["end"] - queue["start"]).dt.total_seconds()
    assert minutes[queue["start"].dt.day.isin(walk.PAYDAYS)].mean() > 1.2 * minutes.mean()


def test_segments_differ_in_what_they_do(made):
    trades = made.transactions.merge(made.truth_segments[["customer", "segment"]], on="customer")
    size = made.truth_segments["segment"].value_counts()
    assert size.div(size.sum()).between(0.03, 0.4).all()
    each = (trades["segment"].value_counts() / size).sort_values()
    assert each.index[0] == "dormant"
    assert each.iloc[-1] > 10 * each.iloc[0]
    middle = trades.groupby("segment")["amount_fen"].median()
    assert middle["small_business"] > 20 * middle["payroll_digital"]
    counter = (trades["channel"] == "counter").groupby(trades["segment"]).mean()
    assert counter["pension_counter"] == counter.max()


def test_emotions_are_asked_oftener_where_they_are_better(made):
    events = made.journeys[made.journeys["outcome"] != "waiting"]
    share = events["emotion"].notna().groupby(events["channel"]).mean()
    assert share["app"] > share["counter"] + 0.1
    np.testing.assert_allclose(
        events["asked_per_million"].mean() / 1e6, events["emotion"].notna().mean(), atol=0.02
    )


def test_weeks_carry_over_and_festivals_show(made):
    waits = made.service_weekly.pivot_table(index="week", columns="branch", values="mean_wait_seconds")
    log = np.log(waits)
    lagged = pd.Series({name: log[name].autocorr() for name in log})
    assert 0.2 < lagged.median() < 0.95
    visits = made.service_weekly.groupby("week")["visits"].sum()
    assert visits[6] < 0.7 * visits[5]
    assert (made.service_weekly["digital_completed"] <= made.service_weekly["digital_started"]).all()
    assert (made.service_weekly["p90_wait_seconds"] > made.service_weekly["mean_wait_seconds"]).all()


def test_planted_shifts_are_there(made):
    rng = generator(made.seed, "branches")
    network = branches.draw(rng, 24)
    setting = ledger.setting(made.seed, network, branches.table(rng, network))
    assert len({branch for branch, *_ in setting.state.shifts}) == len(service.PLANTED)
    weekly = made.service_weekly
    for branch, indicator, week, size in setting.state.shifts:
        rows = weekly[weekly["branch"] == f"B{branch + 1:02d}"]
        value = rows["complaints"] if indicator == "complaints" else rows["mean_wait_seconds"]
        if indicator == "digital_completed":
            value = rows["digital_completed"] / rows["digital_started"]
        assert np.sign(value[rows["week"] > week].mean() - value[rows["week"] <= week].mean()) == np.sign(
            size
        )


def test_another_seed_has_other_moments_and_other_worst_branches():
    found = []
    for seed in range(8):
        rng = generator(seed, "branches")
        network = branches.draw(rng, 24)
        setting = ledger.setting(seed, network, branches.table(rng, network))
        found.append((setting.moments.weight[:6].argmax(), setting.state.wait.mean(axis=1).argmax()))
    assert len({moment for moment, _ in found}) > 2
    assert len({branch for _, branch in found}) > 3


def test_who_answers_the_survey_stays_until_then_and_others_make_up_for_it():
    """Holding one in six back changes who leaves, not how many."""
    people = pd.DataFrame(
        {name: np.zeros(60_000, dtype=np.int64) for name in ("age", "digital", "warmth", "branch")}
    )
    people = people.assign(consent=True, joined=-1000, products=2)
    network = branches.draw(generator(1, "branches"), 3)
    none = pd.DataFrame(
        {
            name: np.array([], dtype=np.int64)
            for name in ("person", "journey", "content", "end_day", "day", "start")
        }
    )
    segment, shares = np.ones(60_000, dtype=np.int64), []
    for held in (np.full(60_000, -1), np.where(np.arange(60_000) % 6 == 0, 660, -1)):
        leave = leaving.draw(generator(2, "churn"), people, segment, network, none, held)
        assert (leave >= held).all()
        shares.append((leave < 640).mean())
    assert abs(shares[0] - shares[1]) < 4 * np.sqrt(2 * shares[0] / 60_000)

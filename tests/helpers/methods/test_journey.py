"""journey, eventlog, observation sheet, maps: by hand, by another route, by law."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from collection import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from classroom.forms import observation
from helpers.bank import data, language
from helpers.bank.language import WrongValue
from helpers.figures import maps, style
from helpers.methods import eventlog, journey, moments

SHEET = ROOT / "course" / "templates" / "observation_sheet.xlsx"
TABLES = (
    journey.inventory, journey.drop_off, journey.rework, journey.emotions, journey.lanes, moments.felt, moments.traces,
)  # fmt: skip


def log(seed, cases=12):
    """A random log, everybody asked, with repeats of a touchpoint and cases of a single step."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 7, cases)
    case = np.repeat([f"K{i:02}" for i in range(cases)], sizes)
    start = pd.Timestamp("2025-01-06") + pd.to_timedelta(
        np.cumsum(rng.integers(40, 90, len(case))), unit="min"
    )
    return pd.DataFrame({
        "case": case, "step": np.concatenate([np.arange(1, n + 1) for n in sizes]), "branch": "B01",
        "touchpoint": rng.choice(list("abcd"), len(case)), "channel": rng.choice(["app", "counter"], len(case)),
        "start": start, "end": start + pd.to_timedelta(rng.integers(1, 40, len(case)), unit="min"),
        "outcome": rng.choice(["done", "returned", "dropped"], len(case)),
        "emotion": rng.integers(1, 8, len(case)).astype(float),
        "asked_per_million": rng.choice([200_000, 500_000, 1_000_000], len(case)),
    })  # fmt: skip


def test_emotions_by_hand():
    """Identity check: 2 and 1 stand for two each, 5 stands for four."""
    answered = eventlog.example().dropna(subset=["emotion"])
    found = journey.emotions(answered).set_index("touchpoint").loc["identity_check"]
    assert found["estimate"] == pytest.approx((2 * 2 + 4 * 5 + 2 * 1) / 8)
    assert found["unweighted"] == pytest.approx(8 / 3)


def test_lanes_by_hand():
    """Queueing took 20, 10 and 30 minutes; nine tenths of the way from the middle one to the longest is 28."""
    found = journey.lanes(eventlog.example()).set_index("touchpoint")
    assert found["median_minutes"].tolist() == [20, 5, 5]
    assert found["p90_minutes"].tolist() == pytest.approx([28, 5.8, 5])
    assert found["visits"].tolist() == [3, 3, 1] and found["n"].tolist() == [2, 3, 1]
    assert found["drop_off"].tolist() == pytest.approx([0, 1 / 3, 0]) == found["rework"].tolist()
    assert found["channel"].tolist() == ["counter", "counter", "app"]
    assert found["channel_share"].tolist() == pytest.approx([1, 2 / 3, 1])


@pytest.mark.parametrize(("ask", "outcome"), [(journey.drop_off, "dropped"), (journey.rework, "returned")])
def test_drop_off_and_rework_are_statsmodels_intervals_of_plain_counts(ask, outcome):
    events = log(4, cases=60)
    found = ask(events, confidence=0.8).set_index("touchpoint").sort_index()
    counts = pd.crosstab(events["touchpoint"], events["outcome"])
    assert found["count"].tolist() == counts[outcome].tolist()
    assert found["n"].tolist() == counts.sum(axis="columns").tolist()
    low, high = proportion_confint(counts[outcome], counts.sum(axis="columns"), 0.2, method="wilson")
    assert found["estimate"].tolist() == pytest.approx(
        (counts[outcome] / counts.sum(axis="columns")).tolist()
    )
    assert found["low"].tolist() == pytest.approx(low.tolist())
    assert found["high"].tolist() == pytest.approx(high.tolist())


def test_the_inventory_is_a_cross_table():
    events = log(5, cases=60)
    found = journey.inventory(events).set_index(["touchpoint", "channel"])
    for column, table in {
        "events": pd.crosstab(events["touchpoint"], events["channel"]),
        "share": pd.crosstab(events["touchpoint"], events["channel"], normalize="index"),
        "cases": events.drop_duplicates(["case", "touchpoint", "channel"]).pipe(
            lambda rows: pd.crosstab(rows["touchpoint"], rows["channel"])
        ),
    }.items():
        pd.testing.assert_frame_equal(found[column].unstack(), table, check_dtype=False)


def test_the_blueprint_says_who_works_at_each_step():
    owners = ["counter", "branch_manager", "head_office", "lobby_manager"]
    found = journey.blueprint(pd.DataFrame({"owner": owners}))
    assert found["frontstage"].tolist() == ["counter", "", "", "lobby_manager"]
    assert found["backstage"].tolist() == ["", "branch_manager", "", ""]
    assert found["support"].tolist() == ["", "", "head_office", ""]


def test_emotions_by_weighted_regression():
    rows = log(5, cases=80)
    part = rows[rows["touchpoint"] == "b"]
    codes = part["case"].astype("category").cat.codes
    fit = sm.WLS(part["emotion"], np.ones(len(part)), weights=1e6 / part["asked_per_million"]).fit(
        cov_type="cluster", cov_kwds={"groups": codes}, use_t=True
    )
    found = journey.emotions(rows, confidence=0.9).set_index("touchpoint").loc["b"]
    # statsmodels multiplies by (n − 1) / (n − k) as well, which is 1 for a single mean.
    assert found["estimate"] == pytest.approx(fit.params.iloc[0])
    assert [found["low"], found["high"]] == pytest.approx(fit.conf_int(0.1).iloc[0].tolist())


@settings(deadline=None, max_examples=8)
@given(seed=st.integers(0, 10_000), shuffle=st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(seed, shuffle):
    rows = log(seed)
    mixed = rows.sample(frac=1, random_state=shuffle)
    for table in TABLES:
        pd.testing.assert_frame_equal(table(rows), table(mixed))


def test_without_step_the_start_says_the_order():
    rows = log(3)
    for table in TABLES:
        pd.testing.assert_frame_equal(table(rows), table(rows.drop(columns="step")))


def test_equal_chances_make_weighting_change_nothing():
    table = journey.emotions(log(4).assign(asked_per_million=300_000))
    assert table["estimate"].to_numpy() == pytest.approx(table["unweighted"].to_numpy())


def test_the_callers_log_is_unchanged():
    rows = log(2)
    kept = rows.copy()
    for table in TABLES:
        table(rows)
    pd.testing.assert_frame_equal(rows, kept)


def test_weighting_recovers_what_everybody_felt():
    """Those who are asked more often feel better: the plain mean is too high, the weighted one is not."""
    rng = np.random.default_rng(11)
    misses, plain = 0, []
    for _ in range(200):
        happy = rng.random(600) < 0.5
        rows = pd.DataFrame({
            "case": np.arange(600), "step": 1, "touchpoint": "a", "emotion": 4.0 + happy + rng.integers(-1, 2, 600),
            "asked_per_million": np.where(happy, 800_000, 200_000),
        })  # fmt: skip
        asked = rows[rng.random(600) < rows["asked_per_million"] / 1e6]
        found = journey.emotions(asked).iloc[0]
        misses += not found["low"] <= 4.5 <= found["high"]
        plain.append(found["unweighted"])
    assert misses <= 20  # about 10 of 200
    assert np.mean(plain) > 4.7


def test_a_case_that_waits_for_its_next_step_is_not_finished():
    """All its steps have ended, and yet it is open; the bank's own open cases are such."""
    rows = pd.DataFrame(
        {
            "case": ["A", "B"],
            "end": pd.to_datetime(["2025-01-01", "2025-01-02"]),
            "outcome": ["done", "waiting"],
        }
    )
    assert set(eventlog.finished(rows)["case"]) == {"A"}
    journeys = data.load("qingyu_bank", "journeys")
    assert (journeys["outcome"] == "waiting").any()
    assert not (eventlog.finished(journeys)["outcome"] == "waiting").any()


def test_finished_leaves_out_cases_that_still_run():
    rows = eventlog.example()
    rows.loc[rows.index[-1], "end"] = pd.NaT
    assert set(eventlog.finished(rows)["case"]) == {"A"}


def test_blueprint_refuses_a_stranger():
    with pytest.raises(WrongValue, match="'robot' belongs to none"):
        journey.blueprint(pd.DataFrame({"owner": ["counter", "robot"]}))


BAD = [


    (lambda e: journey.emotions(e), "must be complete; values missing: 1", "不能有缺失值"),
    (lambda e: journey.emotions(e.dropna().assign(asked_per_million=0)), "between 1 and 1000000", "1 到 1000000 之间"),
    (lambda e: journey.lanes(e.assign(end=pd.NaT)), "values missing: 7", "缺 7 个"),
    (lambda e: journey.drop_off(e, confidence=95), "Write 0.95 for 95 %", "95% 请写成 0.95"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "english", "chinese"), BAD)
def test_bad_logs_are_one_sentence(call, english, chinese):
    with pytest.raises(WrongValue) as error:
        call(eventlog.example())
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


# -- the observation sheet -------------------------------------------------------------------------


def filled(tmp_path, change):
    table = pd.read_excel(SHEET, engine="calamine")
    change(table).to_excel(tmp_path / "seen.xlsx", index=False, engine="xlsxwriter")
    return tmp_path / "seen.xlsx"


def test_the_committed_sheet_is_what_the_template_writes(tmp_path):
    observation.write_template(tmp_path / "new.xlsx")
    again, kept = (
        pd.read_excel(path, engine="calamine", sheet_name=None) for path in (tmp_path / "new.xlsx", SHEET)
    )
    assert list(again) == list(kept)
    for name in kept:
        pd.testing.assert_frame_equal(again[name], kept[name])
    assert [path.name for path in tmp_path.iterdir()] == ["new.xlsx"]


def test_the_sheet_is_a_log_of_ten_customers():
    rows = observation.observed(SHEET)
    assert rows["case"].nunique() == 10
    lanes = journey.lanes(rows).set_index("touchpoint")
    assert list(lanes.index) == ["queueing", "identity_check", "form_signing", "activation"]
    assert (lanes.loc["queueing", "visits"], lanes.loc["queueing", "drop_off"]) == (11, pytest.approx(1 / 11))
    assert lanes.loc["queueing", "n"] == 11 and lanes.loc["activation", "n"] == 7


def test_dates_and_times_of_a_workbook_are_read_too(tmp_path):
    def change(table):
        day, start = table.columns[3], table.columns[4]
        times = pd.to_datetime(table[start], format="%H:%M").dt.time
        return table.assign(**{day: pd.Timestamp("2025-03-03"), start: times})

    pd.testing.assert_frame_equal(observation.observed(filled(tmp_path, change)), observation.observed(SHEET))


def test_ones_own_touchpoint_stays_as_typed(tmp_path):
    path = filled(tmp_path, lambda t: t.assign(**{t.columns[1]: ["parking the car", *t.iloc[1:, 1]]}))
    assert "parking the car" in set(observation.observed(path)["touchpoint"])


def test_day_time_and_outcome_are_read_as_people_write_them(tmp_path):
    usual = observation.observed(SHEET)

    def change(table):
        day, start, outcome = table.columns[3], table.columns[4], table.columns[6]
        returned = table[outcome].map(observation._id) == "returned"
        assert returned.any()
        return table.assign(**{
            day: "2025年3月3日", start: table[start].str.replace(":", "："),
            outcome: table[outcome].mask(returned, "退回"),
        })  # fmt: skip

    pd.testing.assert_frame_equal(observation.observed(filled(tmp_path, change)), usual)


def put(column, value):
    return lambda t: t.assign(**{t.columns[column]: [value, *t.iloc[1:, column]]})


FAULTS = [
    (put(4, "early"), "row 2, column “start begins at (9:05)” holds 'early'", "第 2 行“开始时间（如 9:05）”是 'early'"),
    (put(5, "08:00"), "the one in row 2 ends before it begins", "第 2 行的一步结束早于开始"),
    (put(6, "lost"), "row 2, column “outcome how it ended” holds 'lost'", "第 2 行“结果”是 'lost'"),
    (put(7, 9), "from 1 to 7, or empty; row 2, column “emotion asked", "没问就空着；第 2 行“情绪"),
    (put(7, 1.5), "holds 1.5. Correct it.", "是 1.5。请改正。"),
    (put(7, "good"), "holds 'good'. Correct it.", "是 'good'。请改正。"),
    (put(0, None), "row 2 is empty in column “customer one number a customer”", "第 2 行“客户编号”空着"),
    (put(3, None), "row 2 is empty in column “date day”", "第 2 行“日期”空着"),
    (put(3, "3月3日"), "row 2, column “date day” holds '3月3日'", "第 2 行“日期”是 '3月3日'"),
    (put(3, "2025"), "row 2, column “date day” holds '2025'", "第 2 行“日期”是 '2025'"),
    (put(3, "2025-03"), "holds '2025-03'. Correct this day.", "是 '2025-03'。请改正。"),
    (lambda t: t.drop(columns=t.columns[2]), "lacks the column “channel where”", "缺少“在哪里办”这一列"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "english", "chinese"), FAULTS)
def test_a_badly_filled_sheet_is_one_sentence(tmp_path, change, english, chinese):
    with pytest.raises(WrongValue) as error:
        observation.observed(filled(tmp_path, change))
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


# -- figures ---------------------------------------------------------------------------------------


@pytest.fixture(params=["en", "zh"])
def styled(request):
    style.use(language=request.param, codebook=data.codebook("qingyu_bank"))
    yield request.param
    plt.close("all")


def test_the_map_says_every_figure_of_its_table(styled):
    table = journey.lanes(observation.observed(SHEET))
    owners = ["lobby_manager", "counter", "head_office", "branch_manager"]
    table = journey.blueprint(table.assign(stage=["before", "during", "during", "after"], owner=owners))
    ax = maps.journey_map(table)
    said = "\n".join(text.get_text() for text in ax.texts)
    for row in table.itertuples():
        assert f"{row.drop_off:.1%}" in said and f"{row.estimate:.1f}" in said and f"n = {row.n}" in said
    assert ("可视线" if styled == "zh" else "line of visibility") in said
    width, height = ax.figure.get_size_inches()
    assert width == maps.SCREEN and height / width * 770 < 440  # pixels in the lab, without title and caption
    ax.figure.canvas.draw()
    letters = [text.get_fontsize() * 770 / width / 72 for text in ax.texts]
    assert min(letters) >= 11


def test_a_lane_that_names_nobody_asks_for_a_pencil(styled):
    owners = ["lobby_manager", "counter", "counter", "branch_manager"]
    table = journey.blueprint(journey.lanes(observation.observed(SHEET)).assign(owner=owners))
    said = [text.get_text() for text in maps.journey_map(table).texts]
    hint = "请用铅笔补上：谁在这里做事？" if styled == "zh" else "fill in by pencil: who works here?"
    assert said.count(hint) == 1  # the support; backstage has its branch manager


def test_a_map_without_emotions_and_layers_is_still_a_map(styled):
    rows = log(7)
    table = journey.lanes(rows).assign(n=0, estimate=np.nan, low=np.nan, high=np.nan)
    maps.journey_map(table).figure.canvas.draw()


@pytest.mark.parametrize(("minutes", "said"), [(8.44, "8.44"), (90, "90.00"), (150, "2.5"), (6048, "4.2")])
def test_times_read_well(minutes, said):
    assert maps._time(minutes).split(" ")[0] == said


def test_where_nobody_was_asked_the_map_says_none():
    events = eventlog.example()
    events.loc[events["touchpoint"] == "activation", "emotion"] = np.nan
    table = journey.lanes(events).set_index("touchpoint")
    assert table.loc["activation", "n"] == 0 and pd.isna(table.loc["activation", "estimate"])

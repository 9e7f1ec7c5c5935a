"""What only whole tables show: joined after the first dealing, weeks that lack or are none, units that jump, doubled exports."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from owndata.judge import check
from owndata.map import folder_codebook
from workshop import cli

CASES = Path(__file__).parents[1] / "cases"


def weekly(weeks=60, branches=("B01", "B02", "B03"), **more):
    """A good weekly table: waits of some 600 seconds."""
    rng = np.random.default_rng(1)
    rows = pd.DataFrame(
        {"branch": np.repeat(branches, weeks), "week": np.tile(np.arange(1, weeks + 1), len(branches))}
    )
    rows["week_start"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(7 * (rows["week"] - 1), unit="D")
    return rows.assign(
        visits=500, mean_wait_seconds=rng.normal(600, 60, len(rows)).round().astype(int), **more
    )


def ledger(customers=60, deals=10):
    """Customers who joined in 2020, and their dealings in 2024."""
    people = pd.DataFrame(
        {"customer": [f"C{n:03}" for n in range(customers)], "joined": "2020-05-01", "birth_year": 1980}
    )
    times = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(customers * deals) * 7919, unit="s")
    dealings = pd.DataFrame({
        "customer": np.repeat(people["customer"], deals).to_numpy(), "time": times, "channel": "app", "kind": "transfer",
        "amount_fen": np.arange(customers * deals) + 100,
    })  # fmt: skip
    return people, dealings


def told(folder, **tables):
    """The kinds of problems of a folder with these tables, and the problems."""
    for name, rows in tables.items():
        rows.to_csv(folder / f"{name}.csv", index=False)
    if not (folder / "datapackage.json").exists():
        folder_codebook.describe(folder)
    found = check.check(folder)
    for one in found:
        assert one.en != one.zh
        assert "{" not in one.en + one.zh
    return {one.kind: one for one in reversed(found)}


def test_good_tables_are_not_disturbed(tmp_path):
    people, dealings = ledger()
    assert told(tmp_path, customers=people, transactions=dealings, service_weekly=weekly()) == {}


@pytest.mark.parametrize(
    ("case", "kind", "words"),
    [
        ("ledger_values_no_one_checks/L_by2", "birth_year", "'54', which is no year of birth (1901–"),
        (
            "weekly_values_no_one_checks/K_over",
            "above_whole",
            "it is 292, more than 287 in 'digital_started'",
        ),
        (
            "weekly_values_no_one_checks/K_gap",
            "weeks_missing",
            "branch B01 has no row for 20 of the weeks: 2024-09-30 … 2025-02-10",
        ),
    ],
)
def test_cases(tmp_path, case, kind, words):
    shutil.copytree(CASES / case, tmp_path, dirs_exist_ok=True)
    if "L_by2" in case:
        shutil.copy(CASES / "wrong_cause_named" / "L_good" / "transactions.csv", tmp_path)
    found = told(tmp_path)
    assert words in found[kind].en
    assert check.passes(found.values()) == (kind == "weeks_missing")


def test_five_branches_and_their_weeks_are_named(tmp_path):
    shutil.copytree(CASES / "weekly_values_no_one_checks" / "K_gap", tmp_path, dirs_exist_ok=True)
    folder_codebook.describe(tmp_path)
    gaps = [one for one in check.check(tmp_path) if one.kind == "weeks_missing"]
    assert sorted(one.found for one in gaps) == ["B01", "B02", "B03", "B05", "B07"]


def test_joined_after_the_first_transaction(tmp_path):
    people, dealings = ledger()
    people.loc[3, "joined"] = "2024-06-01"
    found = told(tmp_path, customers=people, transactions=dealings)["joined_late"]
    assert (found.row, found.column, found.found) == (5, "joined", "2024-06-01")
    assert not check.passes([found])


def test_a_transaction_before_any_branch_opened(tmp_path):
    people, dealings = ledger()
    branches = pd.DataFrame(
        {
            "branch": ["B01", "B02"],
            "name_en": ["a", "b"],
            "name_zh": ["甲", "乙"],
            "opened": ["2024-03-01", "2024-04-01"],
        }
    )
    people["joined"] = "2023-01-01"
    found = told(tmp_path, customers=people, transactions=dealings, branches=branches)
    assert "before the first branch opened on 2024-03-01" in found["before_opening"].en


def test_an_export_added_twice_is_told_and_two_equal_purchases_are_not(tmp_path):
    people, dealings = ledger()
    two = pd.concat([dealings, dealings.head(3)])
    assert "equal_rows" not in told(tmp_path, customers=people, transactions=two)
    twice = pd.concat([dealings, dealings])
    assert told(tmp_path, customers=people, transactions=twice)["equal_rows"].found == "600"


WEEKS = [
    ("not_weeks", lambda rows: rows.assign(week_start=pd.Timestamp("2020-01-01") + rows["week"].map(lambda n: pd.DateOffset(months=n)))),
    ("other_weekday", lambda rows: rows.assign(week_start=rows["week_start"] + pd.to_timedelta(rows["branch"].eq("B03").astype(int), unit="D"))),
    ("weeks_missing", lambda rows: rows[~(rows["branch"].eq("B02") & rows["week"].between(20, 39))]),
    ("week_again", lambda rows: rows.assign(week=(rows["week"] - 1) % 52 + 1)),
    ("unit_jump", lambda rows: rows.assign(mean_wait_seconds=np.where(rows["branch"] == "B03", rows["mean_wait_seconds"] // 60, rows["mean_wait_seconds"]))),
    ("unit_jump", lambda rows: rows.assign(mean_wait_seconds=np.where(rows["week"] > 40, rows["mean_wait_seconds"] // 60, rows["mean_wait_seconds"]))),
    ("wait_of_nobody", lambda rows: rows.assign(visits=rows["visits"].where(rows.index != 7, 0))),
    ("negative", lambda rows: rows.assign(visits=rows["visits"].where(rows.index != 7, -5))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "spoil"), WEEKS)
def test_weeks(tmp_path, kind, spoil):
    assert kind in told(tmp_path, service_weekly=spoil(weekly()))


def test_a_week_that_comes_again_is_no_row_to_delete(tmp_path):
    found = told(tmp_path, service_weekly=weekly().assign(week=lambda rows: (rows["week"] - 1) % 52 + 1))[
        "week_again"
    ]
    assert "numbered anew each year" in found.en
    assert "delete" not in found.en


def test_a_log_of_single_events_is_told(tmp_path):
    log = pd.DataFrame({"case": ["a", "b", "c"], "touchpoint": "queueing", "start": "2025-01-01"})
    assert "single_events" in told(tmp_path, journeys=log)


def training(folder, scores, heading="测验成绩"):
    """A training as it is typed in, mapped: eight people before and after."""
    rows = "".join(
        f"S{n // 2:03},网点{n // 4},{('培训组', '等候组')[n // 4 % 2]},{('培训前', '培训后')[n % 2]},80,{score}\n"
        for n, score in enumerate(scores)
    )
    headings = {
        "测验成绩": "工号,网点,组别,阶段,客户评分,测验成绩\n",
        "行为观察": "工号,网点,组别,阶段,测验成绩,行为观察\n",
    }
    (folder / "t.csv").write_text(headings[heading] + rows, encoding="utf-8")
    assert cli.main(["data", "map", str(folder / "t.csv"), "--out", str(folder / "bank")]) == 0
    return [
        (one.kind, one.column, one.found) for one in check.check(folder / "bank") if one.severity == "error"
    ]


@pytest.mark.parametrize(
    ("heading", "scores", "found"),
    [
        ("测验成绩", [0.6, 0.75, 0.85, 1] * 4, [("share_for_mark", "score", "0.6")]),
        ("测验成绩", [60, 75, 0.85, 100] * 4, [("share_for_mark", "score", "0.85")]),
        ("测验成绩", [60, 75, 0, 1] * 4, []),
        ("行为观察", [0.6, 0.7, 0.8, 1] * 4, [("share_for_mark", "behaviour", "0.6")]),
        ("行为观察", [6, 7, 0.5, 8] * 4, []),
    ],
)
def test_a_per_cent_cell_is_no_mark(tmp_path, heading, scores, found):
    assert training(tmp_path, scores, heading) == found


def test_a_ticket_taken_on_a_day_without_a_clock_is_told(tmp_path):
    rows = "".join(
        f"A{n},滨江支行,{('2025-03-03 9:05', '2025-03-03')[n == 7]},2025-03-03 9:10\n" for n in range(12)
    )
    (tmp_path / "q.csv").write_text("票号,网点,取号时间,叫号时间\n" + rows, encoding="utf-8")
    assert cli.main(["data", "map", str(tmp_path / "q.csv"), "--out", str(tmp_path / "bank")]) == 0
    (found,) = check.check(tmp_path / "bank")
    assert (found.kind, found.row, found.column, found.severity) == ("no_clock", 9, "taken", "error")
    assert "1 of 12 cells" in found.en

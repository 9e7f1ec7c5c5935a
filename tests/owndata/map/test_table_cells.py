"""Clocks beside a column of days, words for "not yet" and marks with their unit, in ledgers of a bank."""

import pandas as pd
import pytest

from owndata.judge import check
from workshop import cli


def mapped(frame, tmp_path, capsys):
    frame.to_csv(tmp_path / "export.csv", index=False)
    asked = ["data", "map", str(tmp_path / "export.csv"), "--out", str(tmp_path / "bank"), "--language", "en"]
    assert cli.main(asked) == 0
    return tmp_path / "bank", capsys.readouterr().out


@pytest.mark.parametrize("day", ["日期", "业务日期", "Date"])
def test_clocks_are_joined_to_the_days_beside_them(tmp_path, capsys, day):
    tickets = pd.DataFrame({day: ["2025/3/3", "2025/3/4"], "票号": ["A001", "A001"], "取号时间": ["9:00:05", "09:10"],
                            "叫号时间": ["09:04:00", "9:20"], "办结时间": ["9:10:00", "弃号"]})  # fmt: skip
    bank, said = mapped(tickets, tmp_path, capsys)
    rows = pd.read_csv(bank / "queue_tickets.csv", dtype=str, keep_default_na=False)
    assert rows["taken"].tolist() == ["2025-03-03 09:00:05", "2025-03-04 09:10:00"]
    assert rows["finished"].tolist() == ["2025-03-03 09:10:00", ""]
    assert "joined to the times" in said and "弃号 ×1" in said and "Left out" not in said
    assert check.passes(check.check(bank))


def test_moments_stay_as_they_are_beside_a_day(tmp_path, capsys):
    tickets = pd.DataFrame(
        {
            "日期": ["2025/3/3"],
            "票号": ["A1"],
            "取号时间": ["2025-03-03 23:58"],
            "叫号时间": ["2025-03-04 0:04"],
        }
    )
    bank, said = mapped(tickets, tmp_path, capsys)
    assert pd.read_csv(bank / "queue_tickets.csv")["called"].tolist() == ["2025-03-04 00:04:00"]
    assert "Left out: '日期'" in said


@pytest.mark.parametrize("word", ["未办结", "处理中", "Pending", "未结案"])
def test_a_complaint_that_is_still_open_has_no_end(tmp_path, capsys, word):
    log = pd.DataFrame(
        {"投诉编号": ["T1", "T2"], "受理日期": ["2025年3月1日"] * 2, "办结日期": ["2025年3月9日", word]}
    )
    bank, said = mapped(log, tmp_path, capsys)
    rows = pd.read_csv(bank / "complaints.csv", dtype=str, keep_default_na=False)
    assert (rows["closed"].tolist(), f"{word} ×1" in said) == (["2025-03-09", ""], True)
    assert check.passes(check.check(bank))


def test_a_date_that_is_not_understood_stays_for_the_check(tmp_path, capsys):
    log = pd.DataFrame(
        {"投诉编号": ["T1", "T2"], "受理日期": ["2025年3月1日", "处理中"], "办结日期": ["3月9日左右", ""]}
    )
    bank, _ = mapped(log, tmp_path, capsys)
    assert not check.passes(check.check(bank))


def test_marks_of_a_test_may_have_their_unit(tmp_path, capsys):
    rows = pd.DataFrame(
        {
            "工号": ["1", "2"],
            "网点": ["滨江", "城南"],
            "组别": ["培训组", "等候组"],
            "阶段": ["前测"] * 2,
            "成绩": ["60分", "７５．５分"],
        }
    )
    bank, _ = mapped(rows, tmp_path, capsys)
    assert pd.read_csv(bank / "training.csv")["score"].tolist() == [60, 75.5]

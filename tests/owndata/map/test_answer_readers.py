"""A survey read in pieces: the same tables and questions as read at once, whatever the layout."""

import answering
import layouts
import pandas as pd
import pytest

from owndata.judge import check
from owndata.map import mapping, proposed_mapping, survey_folder
from owndata.read import sheets


def through(folder, layout, table, seed):
    folder.mkdir()
    path = layouts.write(folder, layout, table, seed=seed)
    sheet = sheets.read(path)
    mapping.write(proposed_mapping.propose(sheet), folder / "mapping.xlsx")
    asked = answering.answer(folder / "mapping.xlsx")
    told = survey_folder.make(sheet, mapping.read(folder / "mapping.xlsx"), out=folder / "bank")
    written = {path.name: path.read_bytes() for path in (folder / "bank").iterdir()}
    return asked, list(map(str, told)), written, sheet


@pytest.mark.parametrize("seed", [1, 2, 4, 6, 9])
def test_pieces_give_what_the_whole_gives(tmp_path, monkeypatch, seed):
    layout, table = layouts.draw(seed), layouts.known(seed)
    asked, told, written, _ = through(tmp_path / "whole", layout, table, seed)
    monkeypatch.setattr(sheets, "BATCH", 50)
    monkeypatch.setattr(sheets, "FEW", 20)
    again = through(tmp_path / "pieces", layout, table, seed)
    assert (again[3].cells.dtypes == "category").any()
    assert again[:3] == (asked, told, written)


def test_pieces_of_a_table_are_held_as_codes_and_joined_as_they_were(tmp_path, monkeypatch):
    texts = pd.DataFrame({"few": ["a", "", "b"] * 40, "many": [f"{i} x" for i in range(120)]})
    texts.to_csv(tmp_path / "t.csv", index=False)
    monkeypatch.setattr(sheets, "BATCH", 7)
    monkeypatch.setattr(sheets, "FEW", 3)
    found = sheets.read(tmp_path / "t.csv")
    assert found.cells.dtypes.astype(str).to_dict() == {"few": "category", "many": "str"}
    assert found.cells.index.tolist() == list(range(2, 122))
    for name in texts:
        assert found.column(name).tolist() == texts[name].tolist()
        assert found.counts(name) == texts[name].value_counts().to_dict()
    assert list(found.counts("few")) == ["a", "", "b"]


def test_answers_are_held_against_each_other_in_some_rows_but_counted_in_all(tmp_path, monkeypatch):
    rows = pd.DataFrame({f"P{i}": ["4", "5", "3"] * 60 for i in range(1, 4)}).assign(branch=["B1"] * 180)
    rows.loc[101, "P2"] = "没用过"
    rows.to_csv(tmp_path / "t.csv", index=False)
    monkeypatch.setattr(sheets, "BATCH", 30)
    monkeypatch.setattr(proposed_mapping, "LOOKED_AT", 40)
    agreed = proposed_mapping.propose(sheets.read(tmp_path / "t.csv"))
    assert agreed.columns["role"].tolist() == ["perception"] * 3 + ["branch"]
    assert {"没用过": None} in list(agreed.words.values())


def survey(folder, *, chosen=None, **columns):
    """A survey of forty answers with one more column, mapped; the rows of the copy and what the check finds."""
    rows = {
        "网点": ["滨江支行", "古城支行"] * 20,
        **{f"{k}. 服务{k}": [(k * n + n // 7) % 5 + 1 for n in range(40)] for k in range(1, 6)},
    }
    pd.DataFrame(rows | columns).to_csv(folder / "s.csv", index=False)
    sheet = sheets.read(folder / "s.csv")
    mapping.write(proposed_mapping.propose(sheet), folder / "mapping.xlsx")
    answering.answer(folder / "mapping.xlsx", chosen)
    survey_folder.make(sheet, mapping.read(folder / "mapping.xlsx"), out=folder / "bank")
    return sheets.read(folder / "bank" / "servqual.csv").cells, check.check(folder / "bank")


@pytest.mark.parametrize(
    ("heading", "text", "seconds"),
    [
        ("所用时间", "2分钟", "120"),
        ("所用时间", "1小时", "3600"),
        ("所用时间", "2分5秒", "125"),
        ("Duration (minutes)", "2.5", "150"),
        ("Duration (minutes)", "0:02:30", "150"),
        ("所用时间", "0.00144676", "0.00144676"),
        ("所用时间", "3多", "3多"),
    ],
)
def test_the_time_taken_is_read_in_its_unit_or_stays_for_the_check_to_name(tmp_path, heading, text, seconds):
    rows, found = survey(tmp_path, **{heading: [text] * 40})
    assert set(rows["seconds"]) == {seconds}
    assert check.passes(found) == seconds.isdigit()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-03-30T16:30:00Z", "2025-03-30T16:30:00Z"),  # in Beijing the next day has begun
        ("2025-03-31T00:30:00+08:00", "2025-03-31"),
        ("2025-03-31T00:30:00", "2025-03-31"),
        ("20250331090200", "2025-03-31"),
        ("2025/3/31 上午9:02", "2025-03-31"),
    ],
)
def test_a_day_of_another_zone_is_not_taken_for_the_banks(tmp_path, moment, day):
    rows, found = survey(tmp_path, 提交答卷时间=[moment] * 40)
    assert set(rows["date"]) == {day}
    assert [one.kind for one in found if one.severity == "error"][:1] == (
        [] if len(day) == 10 else ["date_zone"]
    )


@pytest.mark.parametrize(("answer", "day"), [(1, "2025-04-03"), (2, "2025-03-04")])
def test_days_that_a_program_took_for_months_are_asked(tmp_path, answer, day):
    texts = {"提交答卷时间": ["2025-03-04", "13/4/2025"] * 20}
    rows, _ = survey(tmp_path, chosen={"day_turned": answer}, **texts)
    assert rows["date"].tolist() == [day, "2025-04-13"] * 20

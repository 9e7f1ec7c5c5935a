"""Waves in words, quarters and months are numbered and told; where their order cannot be told they are left out, with a note."""

import layouts
import pandas as pd
import pytest

from owndata.map import mapping, proposed_mapping, survey_folder
from owndata.read import sheets


def followed(names, tmp_path):
    known = layouts.known(3)
    items = known[[f"P{i}" for i in range(1, 13)]].astype("Int64").astype(object)
    frame = items.where(items.notna(), "")
    frame.insert(0, "Branch", [layouts.BRANCHES["en"][place] for place in known["place"]])
    frame["期次"] = [names[i % len(names)] for i in range(len(frame))]
    frame.to_csv(tmp_path / "export.csv", index=False)
    sheet = sheets.read(tmp_path / "export.csv")
    found = proposed_mapping.propose(sheet)
    mapping.write(found, tmp_path / "mapping.xlsx")
    notes = survey_folder.make(sheet, mapping.read(tmp_path / "mapping.xlsx"), out=tmp_path / "bank")
    return found, [one.told(0) for one in notes], pd.read_csv(tmp_path / "bank" / "servqual.csv")


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (["第二轮", "第一轮"], [2, 1]), (["Wave 1", "Wave 3"], [1, 3]), (["2", "1"], [2, 1]),
        (["2025Q1", "2024Q4"], [2, 1]), (["2025年10月", "2025年9月"], [2, 1]), (["2024年下半年", "2024年上半年"], [2, 1]),
        (["2024年四季度", "2024年一季度"], [2, 1]),
    ],
)  # fmt: skip
def test_waves_are_whole_numbers_in_their_order(tmp_path, names, numbers):
    _, notes, rows = followed(names, tmp_path)
    assert rows["wave"].head(2).tolist() == numbers
    told = [note for note in notes if "were numbered" in note]
    assert bool(told) == (len(names[0]) > 5 and names[0] != "Wave 1")
    assert not told or f"{names[1]} = 1" in told[0]


@pytest.mark.parametrize("names", [["before", "after"], ["2024Q4", "pilot"], ["春节前", "春节后"]])
def test_waves_without_an_order_are_left_out_with_a_note(tmp_path, names):
    found, _, rows = followed(names, tmp_path)
    assert found.columns.set_index("heading").loc["期次", ["role", "note"]].tolist() == ["ignore", "no_wave"]
    assert "wave" not in rows


@pytest.mark.parametrize("days", [["3月1日", "4月2日"], ["2025年3月", "2025-04"], ["3/14", "Mar 2"]])
def test_days_that_are_not_whole_are_no_dates(tmp_path, days):
    known = layouts.known(3)
    frame = known[[f"P{i}" for i in range(1, 13)]].astype("Int64").astype(object)
    frame = frame.where(frame.notna(), "")
    frame.insert(0, "填写日期", [days[i % len(days)] for i in range(len(frame))])
    frame.to_csv(tmp_path / "export.csv", index=False)
    row = proposed_mapping.propose(sheets.read(tmp_path / "export.csv")).columns.iloc[0]
    assert (row["role"], row["note"]) == ("ignore", "no_day")

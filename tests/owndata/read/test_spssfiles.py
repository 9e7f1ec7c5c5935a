"""SPSS files: labels, user-missing codes, headings."""

import pandas as pd
import pyreadstat
import pytest

from owndata.map import proposed_mapping
from owndata.read import sheets
from owndata.say.problems import CannotRead

AGREE = {1.0: "Strongly disagree", 2.0: "Disagree", 3.0: "Neutral", 4.0: "Agree", 5.0: "Strongly agree"}


@pytest.fixture
def path(tmp_path):
    rows = pd.DataFrame({"v1": range(1, 61), "v2": [1.0, 2.0, 3.0] * 20})
    for i in range(1, 5):
        rows[f"q{i}"] = [float(1 + (k * i) % 5) for k in range(60)]
        rows.loc[:4, f"q{i}"] = [98.0, 99.0, 98.0, 99.0, 98.0]
    pyreadstat.write_sav(
        rows, str(tmp_path / "a.sav"), column_labels=["Respondent", "Branch", "Clean", "Fast", "Kind", "Fair"],
        variable_value_labels={"v2": {1.0: "Harbour", 2.0: "Old Town", 3.0: "Station"}} | {f"q{i}": AGREE for i in range(1, 5)},
        missing_ranges={f"q{i}": [{"lo": 98.0, "hi": 99.0}] for i in range(1, 5)},
    )  # fmt: skip
    return tmp_path / "a.sav"


def test_labels_are_read_and_declared_codes_are_empty(path):
    sheet = sheets.read(path)
    assert sheet.encoding == "spss"
    assert list(sheet.cells.columns) == [
        "v1. Respondent",
        "v2. Branch",
        "q1. Clean",
        "q2. Fast",
        "q3. Kind",
        "q4. Fair",
    ]
    assert sheet.cells["v2. Branch"].unique().tolist() == ["Harbour", "Old Town", "Station"]
    assert sheet.cells["q1. Clean"].iloc[:6].tolist() == ["", "", "", "", "", "1 - Strongly disagree"]
    (told,) = sheet.problems
    assert "98 (12), 99 (8)" in told.en


def test_a_clean_file_asks_nothing(path):
    found = proposed_mapping.propose(sheets.read(path))
    assert found.questions == ()
    items = found.columns[found.columns["role"] == "perception"]
    assert items["title_en"].tolist() == ["Clean", "Fast", "Kind", "Fair"]
    assert set(zip(items["low"], items["high"], strict=True)) == {(1, 5)}


def test_a_damaged_file_is_told(tmp_path):
    (tmp_path / "a.sav").write_bytes(b"$FL2" + b"\x00" * 200)
    with pytest.raises(CannotRead, match="damaged"):
        sheets.read(tmp_path / "a.sav")

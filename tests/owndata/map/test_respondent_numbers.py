"""Numbers of the answers: people's own stay behind, and doubles are asked about, never numbered anew in silence."""

import answering
import numpy as np
import pandas as pd
import pytest

from owndata.judge import check
from owndata.map import mapping, proposed_mapping, survey_folder
from owndata.read import sheets


def proposed(numbers, tmp_path, *, heading="编号"):
    rng = np.random.default_rng(3)
    table = pd.DataFrame({f"P{i}": rng.integers(1, 6, 60) for i in range(1, 5)})
    table.insert(0, "网点", ["东", "西", "南", "北"] * 15)
    table.insert(0, heading, numbers)
    table.to_csv(tmp_path / "a.csv", index=False)
    sheet = sheets.read(tmp_path / "a.csv")
    return proposed_mapping.propose(sheet), sheet


def first(found):
    return tuple(found.columns.loc[0, ["role", "note"]])


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        ([str(13800138000 + i) for i in range(60)], "phone"),
        ([*range(59), "+86 138-0013-8000"], "phone"),
        ([f"138****{8000 + i}" for i in range(60)], "phone"),
        ([f"0532-{82345678 + i}" for i in range(60)], "phone"),
        ([f"a{i}@example.cn" for i in range(60)], "email"),
        ([f"110101{1940 + i}03074514" for i in range(60)], "id_card"),
        ([f"{family}{given}" for family in "王李张刘陈杨" for given in "伟芳娜敏静强磊洋艳勇"], "name"),
    ],
)
def test_numbers_that_are_peoples_own_are_left_out(tmp_path, numbers, kind):
    found, sheet = proposed(numbers, tmp_path)
    assert (first(found), found.questions) == (("identifier", kind), ())
    survey_folder.make(sheet, found, out=tmp_path / "bank")
    assert pd.read_csv(tmp_path / "bank" / "servqual.csv")["respondent"].iloc[0] == "R00001"


@pytest.mark.parametrize(
    "numbers",
    [
        range(1, 61),
        [f"S{20250000 + i}" for i in range(60)],
        [str(20250303090200 + i) for i in range(60)],
        [str(620250303090200177 + i) for i in range(60)],
        [f"{i:013}" for i in range(60)],
    ],
)
def test_other_numbers_stay(tmp_path, numbers):
    found, _ = proposed([*numbers], tmp_path)
    assert (first(found), found.questions) == (("respondent", None), ())


@pytest.mark.parametrize(("way", "told"), [(1, True), (2, False)])
def test_who_answered_twice_is_asked_and_named_by_the_check(tmp_path, way, told):
    found, sheet = proposed([*range(1, 59), 50, 50], tmp_path)
    mapping.write(found, tmp_path / "mapping.xlsx")
    assert answering.answer(tmp_path / "mapping.xlsx", {"repeated": way}) == ["repeated"]
    survey_folder.make(sheet, mapping.read(tmp_path / "mapping.xlsx"), out=tmp_path / "bank")
    rows = [one.row for one in check.check(tmp_path / "bank") if one.kind.startswith("duplicate")]
    assert rows == ([60, 61] if told else [])


@pytest.mark.parametrize("numbers", [["1.10101E+17"] * 60, [*range(1, 16)] * 4])
def test_rounded_numbers_and_those_that_begin_anew_are_asked_about(tmp_path, numbers):
    found, _ = proposed(numbers, tmp_path)
    assert [one.key for one in found.questions] == ["repeated: 编号"]


def test_another_column_with_a_number_each_is_taken(tmp_path):
    found, sheet = proposed([*range(1, 31)] * 2, tmp_path, heading="序号")
    sheet.cells.insert(1, "编号", [str(i) for i in range(60)])
    found = proposed_mapping.propose(sheet)
    assert found.columns["role"].tolist()[:2] == ["ignore", "respondent"]
    assert found.questions == ()


@pytest.mark.parametrize("heading", ["答题序号", "问卷编号", "样本序号", "记录号", "调查编号", "问卷ID"])
def test_a_heading_of_the_answers_own_numbers_is_known(tmp_path, heading):
    """Not numbered anew in silence: who answered twice would count twice."""
    found, _ = proposed([*range(1, 59), 50, 50], tmp_path, heading=heading)
    assert [one.key for one in found.questions] == [f"repeated: {heading}"]


def test_one_number_for_all_numbers_the_survey(tmp_path):
    found, _ = proposed(["2025-1"] * 60, tmp_path, heading="调查编号")
    assert (first(found)[0], found.questions) == ("ignore", ())

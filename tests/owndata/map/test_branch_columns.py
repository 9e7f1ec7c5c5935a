"""The column of the branch: the finest of several, one that names each branch once, or none."""

import dataclasses

import layouts
import pandas as pd
import pytest

from helpers.bank.language import WrongValue
from owndata.map import corrected_mapping, mapping, proposed_mapping, survey_folder
from owndata.read import sheets

PLACES = layouts.BRANCHES["zh"]


def survey(**columns):
    """A survey of five branches; the columns stand before the items."""
    known = layouts.known(4)
    items = known[[f"P{i}" for i in range(1, 13)]].astype("Int64").astype(object)
    frame = items.where(items.notna(), "").assign(place=known["place"]).sort_values("place", kind="stable")
    for name, said in reversed(columns.items()):
        frame.insert(0, name, [said[place] for place in frame["place"]])
    return frame.drop(columns="place").reset_index(drop=True)


def proposed(frame, tmp_path):
    frame.to_csv(tmp_path / "export.csv", index=False)
    sheet = sheets.read(tmp_path / "export.csv")
    return proposed_mapping.propose(sheet), sheet


def branch_of(found):
    return found.columns.loc[found.columns["role"] == "branch", "heading"].tolist()


def test_the_finest_of_several_is_proposed_and_asked_about(tmp_path):
    found, _ = proposed(
        survey(分行=["杭州分行", "杭州分行", "宁波分行", "宁波分行", "宁波分行"], 网点=PLACES), tmp_path
    )
    (asked,) = found.questions
    assert (asked.kind, branch_of(found)) == ("branches", ["网点"])
    assert "分行" in asked.sentence.zh
    answered = dataclasses.replace(found, questions=(dataclasses.replace(asked, answer=1),))
    mapping.write(answered, tmp_path / "mapping.xlsx")
    assert branch_of(mapping.read(tmp_path / "mapping.xlsx")) == ["分行"]


def test_nobody_is_asked_about_the_bank_that_all_have_in_common_or_about_numbers_beside_names(tmp_path):
    found, _ = proposed(
        survey(分行=["杭州分行"] * 5, 网点号=[101, 102, 103, 104, 105], 网点=PLACES), tmp_path
    )
    assert (found.questions, branch_of(found)) == ((), ["网点"])


@pytest.mark.parametrize("down", [True, False])
def test_a_name_written_once_may_stand_for_the_rows_below_it(tmp_path, down):
    frame = survey(网点=PLACES)
    frame.loc[frame["网点"].duplicated(), "网点"] = ""
    found, sheet = proposed(frame, tmp_path)
    (asked,) = found.questions
    assert asked.kind == "fill_down"
    answered = dataclasses.replace(found, questions=(dataclasses.replace(asked, answer=0 if down else 1),))
    mapping.write(answered, tmp_path / "mapping.xlsx")
    agreed = mapping.read(tmp_path / "mapping.xlsx")
    survey_folder.make(sheet, agreed, out=tmp_path / "bank", smallest=1)
    rows = pd.read_csv(tmp_path / "bank" / "servqual.csv")
    assert rows["branch"].notna().sum() == (len(frame) if down else 5)
    assert rows["branch"].nunique() == 5


def test_a_file_of_one_branch_is_told_what_to_do(tmp_path):
    found, sheet = proposed(survey(网点=PLACES).drop(columns="网点"), tmp_path)
    with pytest.raises(WrongValue, match="add one in a copy"):
        corrected_mapping.judge(found, sheet)


@pytest.mark.parametrize("heading", ["Site", "Location", "Store", "门店", "办理地点"])
def test_other_words_for_a_branch_are_proposed(tmp_path, heading):
    found, _ = proposed(survey(**{heading: PLACES}), tmp_path)
    assert found.columns.set_index("heading").loc[heading, "role"] == "branch" and not found.questions


def test_a_place_beside_the_branch_is_asked_about(tmp_path):
    towns = ["宁波", "宁波", "杭州", "杭州", "温州"]
    found, _ = proposed(survey(Location=towns, 网点=PLACES), tmp_path)
    assert [one.kind for one in found.questions] == ["branches"]
    assert found.columns.set_index("heading").loc["网点", "role"] == "branch"

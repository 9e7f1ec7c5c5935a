"""One row an answer: put together as people, refused where nobody is named; a survey of people stays as it is."""

import layouts
import pandas as pd
import pytest

from helpers.bank.language import WrongValue
from owndata.map import long_answers, proposed_mapping
from owndata.read import sheets

ITEMS = [f"P{i}" for i in range(1, 13)]


def wide():
    known = layouts.known(5)
    frame = known[ITEMS].astype("Int64").astype(object).where(known[ITEMS].notna(), "")
    frame.columns = layouts.ASKED["zh"]
    frame.insert(0, "网点", [layouts.BRANCHES["zh"][place] for place in known["place"]])
    frame.insert(0, "序号", range(1, len(frame) + 1))
    return frame.astype(str)


def read(frame, tmp_path):
    frame.to_csv(tmp_path / "export.csv", index=False)
    return long_answers.turned(sheets.read(tmp_path / "export.csv"))


def test_answers_below_each_other_are_put_together(tmp_path):
    frame = wide()
    below = frame.melt(id_vars=["序号", "网点"], var_name="题目", value_name="答案")
    below["题号"] = below["题目"].map({text: i for i, text in enumerate(frame.columns)})
    order = below.sample(frac=1, random_state=1)
    sheet = read(order, tmp_path)
    assert [one.kind for one in sheet.problems] == ["answers_below"]
    found = sheet.cells.set_index("序号").loc[frame["序号"], list(frame.columns[1:])]
    pd.testing.assert_frame_equal(found.reset_index(), frame, check_dtype=False)
    assert (proposed_mapping.propose(sheet).columns["role"] == "perception").sum() == 12


def test_what_was_not_asked_of_everybody_stays_empty(tmp_path):
    below = wide().melt(id_vars=["序号", "网点"], var_name="题目", value_name="答案")
    sheet = read(below.iloc[5:], tmp_path)
    assert sheet.cells["序号"].is_unique
    assert (sheet.cells.set_index("序号").loc[list("12345"), "大堂干净明亮"] == "").all()


@pytest.mark.parametrize("people", [False, True])
def test_rows_that_are_nobodys_are_refused(tmp_path, people):
    below = wide().melt(id_vars=["序号", "网点"], var_name="题目", value_name="分")
    counted = below[below["分"] != ""].groupby(["网点", "题目", "分"]).size().reset_index(name="人数")
    twice = pd.concat([below, below.iloc[:3]])
    with pytest.raises(WrongValue, match="each row is about one question"):
        read(twice if people else counted, tmp_path)


def test_a_survey_that_asks_for_the_question_that_mattered_most_is_left_alone(tmp_path):
    frame = wide()
    frame["题目"] = (layouts.ASKED["zh"][:4] * len(frame))[: len(frame)]
    assert list(read(frame, tmp_path).cells) == list(frame)


def test_people_in_columns_are_named_in_one_sentence(tmp_path):
    across = wide().head(9).drop(columns="序号").T.reset_index()
    across.columns = ["题目", *(f"客户{n}" for n in range(1, 10))]
    for rows in (
        across,
        across.drop(index=0),
    ):  # with the row of the branches, which looks like headings, and without
        with pytest.raises(WrongValue) as error:
            read(rows, tmp_path)
        assert "“客户1”" in error.value.zh and "Transpose" in error.value.en


@pytest.mark.parametrize("heads", [("", "客户{}"), ("调查内容", "问卷{}号"), ("", "Respondent {}")])
def test_people_are_known_by_their_headings_too(tmp_path, heads):
    across = wide().head(9).drop(columns=["序号", "网点"]).T.reset_index()
    across.columns = [heads[0], *(heads[1].format(n) for n in range(1, 10))]
    with pytest.raises(WrongValue, match="Transpose"):
        read(across, tmp_path)


def test_a_table_of_means_is_not_taken_for_people(tmp_path):
    rows = pd.DataFrame({"题目": [f"题{n}好" for n in range(12)], "平均分": [4.1, 4.2] * 6, "满意率": ["85%", "91%"] * 6,
                         "标准差": [0.9, 1.1] * 6, "人数": [5, 6] * 6})  # fmt: skip
    assert len(read(rows.astype(str), tmp_path).cells) == 12

"""Totals told from answers: by the word, and by what else is in the row."""

import pandas as pd
import pytest

from owndata.read import sheets

PLACES = {"en": ["Harbour", "Old Town"], "zh": ["滨江支行", "古楼支行"]}


@pytest.mark.parametrize(
    ("language", "group", "grand"),
    [
        ("en", " Average", "Grand Average"), ("en", " Total", "Grand Total"), ("en", " Count", "Grand Count"),
        ("zh", " 汇总", "总计"), ("zh", " 平均值", "总平均值"), ("zh", " 小计", "合计"), ("zh", "汇总", "总汇总"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "columns", [["ID", "Branch", "P1", "P2"], ["Branch", "P1", "P2"], ["Branch", "ID", "P1", "P2"]]
)
def test_subtotals_of_a_spreadsheet_are_no_answers(tmp_path, language, group, grand, columns):
    lines = []
    for place in PLACES[language]:
        lines += [{"ID": i, "Branch": place, "P1": 1 + i % 5, "P2": 1 + i % 3} for i in range(12)]
        lines.append({"ID": "", "Branch": place + group, "P1": 2.9, "P2": 2.0})
    lines.append({"ID": "", "Branch": grand, "P1": 2.9, "P2": 2.0})
    pd.DataFrame(lines)[columns].to_csv(tmp_path / "a.csv", index=False)
    found = sheets.read(tmp_path / "a.csv")
    assert sorted(found.cells["Branch"].unique()) == sorted(PLACES[language])
    assert len(found.cells) == 24
    assert [one.kind for one in found.problems] == ["total_row"] * 3


@pytest.mark.parametrize("word", ["Average", "总计", "Overall", "Above average"])
def test_a_word_in_a_row_filled_like_the_others_is_an_answer(tmp_path, word):
    lines = [{"how": word if i % 3 else "Good", "branch": "Harbour", "P1": 1 + i % 5} for i in range(30)]
    pd.DataFrame(lines).to_csv(tmp_path / "a.csv", index=False)
    assert len(sheets.read(tmp_path / "a.csv").cells) == 30


def test_an_answer_that_comes_again_and_again_before_whole_numbers_is_none(tmp_path):
    lines = [{"how": "Average" if i % 3 else "Good", "P1": 1 + i % 5, "P2": 1 + i % 4} for i in range(30)]
    pd.DataFrame(lines).to_csv(tmp_path / "a.csv", index=False)
    assert len(sheets.read(tmp_path / "a.csv").cells) == 30


@pytest.mark.parametrize("sums", [["2.9", "3.41"], ["29", "37"]])
@pytest.mark.parametrize("named", [("小计", "{}"), ("", "{}平均"), ("", "{}均值")])
def test_averages_and_sums_of_a_branch_are_no_answers_wherever_it_is_named(tmp_path, named, sums):
    lines = []
    for place in PLACES["zh"]:
        lines += [{"ID": i, "Branch": place, "P1": 1 + i % 5, "P2": 1 + i % 3} for i in range(12)]
        lines.append(
            dict(zip(("ID", "Branch", "P1", "P2"), [named[0], named[1].format(place), *sums], strict=True))
        )
    pd.DataFrame(lines).to_csv(tmp_path / "a.csv", index=False)
    found = sheets.read(tmp_path / "a.csv")
    assert len(found.cells) == 24
    assert [one.kind for one in found.problems] == ["total_row"] * 2

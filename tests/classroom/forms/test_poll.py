"""The room's poll: its sheet, its scores, its faults."""

import pandas as pd
import pytest
from collection import ROOT

from classroom.forms import poll
from helpers.bank import language
from helpers.bank.language import WrongValue

SHEET = ROOT / "course" / "templates" / "room_poll.xlsx"


def filled(tmp_path, change):
    table = pd.read_excel(SHEET, engine="calamine")
    change(table).to_excel(tmp_path / "poll.xlsx", index=False, engine="xlsxwriter")
    return tmp_path / "poll.xlsx"


def test_the_committed_sheet_is_what_the_template_writes(tmp_path):
    poll.write_template(tmp_path / "new.xlsx")
    again, kept = (pd.read_excel(path, engine="calamine") for path in (tmp_path / "new.xlsx", SHEET))
    pd.testing.assert_frame_equal(again, kept)
    assert [path.name for path in tmp_path.iterdir()] == ["new.xlsx"]


def test_scores_by_hand():
    scores = poll.poll_scores(SHEET)
    table = pd.read_excel(SHEET, engine="calamine")
    by_hand = (table.iloc[:, 5] - table.iloc[:, 0]).mean()
    assert scores[scores["dimension"] == "tangibles"]["gap"].mean() == pytest.approx(by_hand)


def test_an_empty_answer_leaves_out_that_dimension_alone(tmp_path):
    path = filled(tmp_path, lambda t: t.assign(**{t.columns[0]: [None, *t.iloc[1:, 0]]}))
    counts = poll.poll_scores(path).groupby("dimension").size()
    assert counts["tangibles"] == 11 and counts["empathy"] == 12


FAULTS = [
    (
        lambda t: t.assign(**{t.columns[2]: 8}),
        "must lie between 1 and 7; row 2, column 'E3' holds 8",
        "第 2 行「E3」列是 8",
    ),
    (lambda t: t.assign(**{t.columns[2]: "six"}), "row 2, column 'E3' holds 'six'", "却是 'six'"),
    (
        lambda t: pd.concat([t, t.mean().to_frame().T]),
        "row 14, column 'E1' holds 5.75",
        "如果是平均分，请整行删去",
    ),
    (
        lambda t: t.astype(object).assign(**{t.columns[2]: [True, *t.iloc[1:, 2]]}),
        "row 2, column 'E3' holds True",
        "「E3」列是 True",
    ),
    (lambda t: t.drop(columns=t.columns[7]), "has no column 'P3'", "缺少列 'P3'"),
    (lambda t: t.iloc[:1], "at least two people", "至少要有两个人"),
]


@pytest.mark.parametrize(("change", "english", "chinese"), FAULTS)
def test_a_badly_filled_sheet_is_one_sentence(tmp_path, change, english, chinese):
    with pytest.raises(WrongValue) as error:
        poll.poll_scores(filled(tmp_path, change))
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


def test_no_file_and_no_workbook(tmp_path):
    with pytest.raises(WrongValue, match="There is no file"):
        poll.poll_scores("nowhere.xlsx")
    (tmp_path / "x.xlsx").write_text("not a workbook", encoding="utf-8")
    with pytest.raises(WrongValue, match="cannot be read as a workbook"):
        poll.poll_scores(tmp_path / "x.xlsx")

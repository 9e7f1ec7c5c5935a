"""The room's poll, and sections that are left out."""

import pandas as pd
import pytest
from collection import ROOT

from classroom.notebook import needs, poll
from helpers import data, language
from helpers.language import WrongValue

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


def test_qingyu_bank_offers_everything():
    book = data.codebook("qingyu_bank")
    assert needs.available(book, has_truth=True) == set(needs.LOST)
    assert needs.available(book, has_truth=False) == set(needs.LOST) - {"truth"}


def test_a_lacking_need_is_said_once_in_the_readers_language(capsys):
    leave_out = needs._LeaveOut({"waves"})
    cell = ["# needs: truth\n", "show(1)\n"]
    language.use("zh")
    assert leave_out(cell) == leave_out(cell)
    needs.watch(set())
    exec("".join(leave_out(cell)) * 2)
    assert capsys.readouterr().out.count("Markdown") == 1
    assert leave_out(["# needs: waves\n", "x = 1\n"]) == ["# needs: waves\n", "x = 1\n"]
    assert leave_out(["x = 1  # needs: truth\n"]) == ["x = 1  # needs: truth\n"]
    assert leave_out([]) == []


def test_every_need_of_a_lesson_is_known():
    import re

    for path in (ROOT / "course" / "lessons").glob("*/*.md"):
        for line in re.findall(r"^# needs: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE):
            names = {name.strip().removeprefix("no_") for name in line.split(",")}
            assert names <= set(needs.LOST), path

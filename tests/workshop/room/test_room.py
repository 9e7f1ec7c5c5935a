"""The room: a task begun afresh, what is finished, the start page, and the poll that draws its own figure."""

import json
import subprocess
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from collection import ROOT, read
from nbformat.v4 import new_code_cell, new_notebook

from classroom.exercises import attempts, check, progress_table, task_reset
from classroom.forms import poll, poll_workbook
from classroom.notebook import lesson
from helpers.bank import language, opened
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from workshop import cli
from workshop.room import lab, lab_page

EXERCISES = sorted((ROOT / "notebooks").glob("*/*_exercises.ipynb"))
GIVEN = ["# 05", "gap = 1", "gap = ...", 'check("gap", gap)', "share = ...\nshare", 'check("share", share)']
# Recalculate whatever a file says it has calculated already.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    monkeypatch.setattr(opened.now, "progress", {})
    monkeypatch.setattr(opened.now, "lesson", lesson.Lesson("05_servqual", tmp_path, {}))
    (tmp_path / "datasets").mkdir()
    (tmp_path / "notebooks" / "answers").mkdir(parents=True)
    cells = [new_code_cell(text, id=f"cell-{i}") for i, text in enumerate(GIVEN)]
    for spoken in ("en", "zh"):
        (tmp_path / "notebooks" / spoken).mkdir()
        nbformat.write(
            new_notebook(cells=cells), tmp_path / "notebooks" / spoken / "05_servqual_exercises.ipynb"
        )
    text = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    (tmp_path / "notebooks" / "README.md").write_text(text, encoding="utf-8")
    tasks = {name: {"kind": "number", "salt": "s", "right": [], "wrong": {}} for name in ("gap", "share")}
    book = {"lesson": "05_servqual", "fingerprint": "", "tasks": tasks}
    (tmp_path / "notebooks" / "answers" / "05_servqual.json").write_text(json.dumps(book), encoding="utf-8")
    (tmp_path / "my_notebooks" / "zh").mkdir(parents=True)
    return tmp_path


class Shell:
    """What a kernel offers to `reset`."""

    def __init__(self, typed):
        self.user_ns, self.given = {"In": ["", typed]}, []

    def set_next_input(self, text, replace=False):
        self.given.append((text, replace))


@pytest.mark.parametrize(
    ("typed", "replaced"),
    [
        ('reset("gap")', True),
        ("  reset('gap')\n", True),
        ('x = 1\nreset("gap")', False),
        ('reset("gap"); x = 1', False),
    ],
)
def test_a_cell_with_nothing_else_becomes_the_starter_and_no_other_cell_is_lost(
    home, monkeypatch, typed, replaced
):
    shell = Shell(typed)
    monkeypatch.setattr(task_reset, "get_ipython", lambda: shell)
    task_reset.reset("gap")
    assert shell.given == [("gap = ...", replaced)]


def test_an_unknown_task_and_no_lesson_are_told(home, monkeypatch, capsys):
    task_reset.reset("nothing")
    assert "has no task 'nothing'" in capsys.readouterr().out.replace("`", "'")
    monkeypatch.setattr(opened.now, "lesson", None)
    task_reset.reset("gap")
    assert "No lesson is open" in capsys.readouterr().out


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_every_task_of_the_collection_can_be_begun_afresh(path):
    stored = ROOT / "notebooks" / "answers" / f"{path.stem.removesuffix('_exercises')}.json"
    cells = task_reset.starters(read(path))
    assert set(cells) == set(json.loads(stored.read_text(encoding="utf-8"))["tasks"])
    for task, cell in cells.items():
        assert "= ..." in cell.source or "return ..." in cell.source, task


def _mine(home):
    path = home / "my_notebooks" / "zh" / "05_servqual_exercises.ipynb"
    notebook = nbformat.read(home / "notebooks" / "zh" / path.name, as_version=4)
    notebook.cells[2].source, notebook.cells[4].source = "gap = 42", "share = 0.5"
    nbformat.write(notebook, path)
    return path


def test_course_reset_brings_back_one_task_and_keeps_the_students_version(home, capsys):
    path = _mine(home)
    before = path.read_bytes()
    assert cli.main(["reset", "05_servqual_exercises", "gap", "--language", "zh"]) == 0
    assert [cell.source for cell in read(path).cells][2:5:2] == ["gap = ...", "share = 0.5"]
    assert path.with_name("05_servqual_exercises_我的_1.ipynb").read_bytes() == before
    assert "05_servqual_exercises_我的_1.ipynb" in capsys.readouterr().out


def test_course_reset_of_a_notebook_never_overwrites_a_kept_version(home):
    for n in (1, 2):
        path = _mine(home)
        assert cli.main(["reset", "05_servqual_exercises", "--language", "zh"]) == 0
        assert [cell.source for cell in read(path).cells] == GIVEN
        assert read(path.with_name(f"{path.stem}_我的_{n}.ipynb")).cells[2].source == "gap = 42"
    path.unlink()
    assert cli.main(["reset", "05_servqual_exercises", "--language", "zh"]) == 0
    assert path.is_file() and len(list(path.parent.glob("*_我的_*"))) == 2
    assert lab.refresh(home, target=home / "my_notebooks") == []  # and updates reach it again


@pytest.mark.parametrize("argv", [["05_servqual_exercise"], ["05_servqual_exercises", "gab"]])
def test_course_reset_of_what_is_not_there_changes_nothing(home, capsys, argv):
    path = _mine(home)
    before = path.read_bytes()
    assert cli.main(["reset", *argv, "--language", "zh"]) == 1
    assert "现有的" in capsys.readouterr().err
    assert [one.name for one in path.parent.iterdir()] == [path.name] and path.read_bytes() == before


def test_the_overview_counts_what_is_done(home, monkeypatch, capsys):
    language.use("zh")
    folder = home / "my_notebooks" / "zh"
    monkeypatch.chdir(folder)
    attempts.note("05_servqual", "gap", tried=True, done=True)
    attempts.note("05_servqual", "share", tried=True)
    attempts.note("05_servqual", "an old task", tried=True, done=True)
    found = {entry.lesson: entry for entry in progress_table.entries(home, folder=folder)}
    rooms = [ROOT / "course" / name for name in ("lessons", "replications")]
    assert list(found) == [path.name for room in rooms for path in sorted(room.iterdir())]
    assert (found["05_servqual"].tasks, found["05_servqual"].done, found["05_servqual"].tried) == (2, 1, 2)
    assert found["05_servqual"].state == "△ 2 个任务完成 1 个" and found["02_journey"].state == "–"
    check.progress("all")
    monkeypatch.setattr(opened.now, "lesson", None)
    check.progress()
    told = capsys.readouterr().out
    assert told.count("**一共 2 个任务，已完成 1 个；1 课有练习，已全部做完 0 课。**") == 2
    attempts.note("05_servqual", "share", tried=True, done=True)
    assert cli.main(["progress", "--language", "zh"]) == 0
    assert "✓ 全部完成" in capsys.readouterr().out


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_start_page_links_every_notebook_of_its_language(spoken, tmp_path):
    language.use(spoken)
    (tmp_path / spoken).mkdir()
    path = lab_page.written(ROOT, target=tmp_path, language=spoken)
    text = path.read_text(encoding="utf-8")
    lab.refresh(ROOT, target=tmp_path)
    links = {link.split(")")[0] for link in text.split("](")[1:]}
    there = {one.name for one in (tmp_path / spoken).glob("*.ipynb")}
    assert links == there
    assert path.name < min(there)  # it stands first in the list of files
    other = "zh" if spoken == "en" else "en"
    assert lab_page.NAMES[other] not in text and "{" not in text


def test_without_a_list_of_lessons_the_page_still_helps(tmp_path):
    (tmp_path / "en").mkdir()
    assert "stuck" in lab_page.written(tmp_path, target=tmp_path, language="en").read_text(encoding="utf-8")


# The poll.

ROWS = [list(row) for row in poll.INVENTED]
ROWS[3][0] = ROWS[5][7] = None


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_python_reads_the_same_sheet(tmp_path, spoken):
    language.use(spoken)
    poll_workbook.write(tmp_path / "poll.xlsx", answers=ROWS)
    scores = poll.poll_scores(tmp_path / "poll.xlsx")
    assert scores.groupby("dimension").size().to_dict() == {
        "tangibles": 11, "reliability": 12, "responsiveness": 11, "assurance": 12, "empathy": 12,
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["poll.xlsx"]


def test_an_empty_sheet_is_told_by_python_and_holds_the_banks_figures(tmp_path):
    assert cli.main(["poll", "--language", "zh", "--out", str(tmp_path / "a.xlsx")]) == 0
    with pytest.raises(WrongValue, match="至少要有两个人"):
        poll.poll_scores(tmp_path / "a.xlsx")
    table = _sums(tmp_path / "a.xlsx")
    assert table[6].tolist() == pytest.approx(list(poll_workbook.reference().values()))
    assert table[1].tolist() == [0] * 5


def test_a_filled_workbook_is_never_written_over(tmp_path, capsys):
    own = tmp_path / "a.xlsx"
    own.write_bytes(b"mine")
    (tmp_path / "bank").mkdir()
    for command in (["poll", "--out"], ["data", "check", str(tmp_path / "bank"), "--workbook"]):
        for path, said in ((own, "已经存在"), (tmp_path / "a.txt", "以 .xlsx 结尾")):
            assert cli.main([*command, str(path), "--language", "zh"]) == 1
            assert said in capsys.readouterr().err
    assert own.read_bytes() == b"mine" and not (tmp_path / "a.txt").exists()


def test_too_many_people_and_a_place_that_takes_no_file(tmp_path):
    with pytest.raises(WrongValue, match="61 people"):
        poll_workbook.write(tmp_path / "a.xlsx", answers=[[1] * 10] * 61)
    (tmp_path / "file").touch()
    with pytest.raises(WrongValue, match="cannot be written"):
        poll_workbook.write(tmp_path / "file" / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def _sums(path):
    """The table of the second sheet: one row a dimension."""
    sheet = pd.read_excel(path, engine="calamine", sheet_name=1, header=None)
    return sheet.iloc[3:8].reset_index(drop=True)


def _recalculated(folder, path):
    """The same workbook as LibreOffice calculates it."""
    settings = folder / "office" / "user"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={settings.parent.as_uri()}", "--headless", "--convert-to", "xlsx",
               "--outdir", str(folder / "new"), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "new" / Path(path).name


@pytest.mark.browser
def test_an_office_computes_what_python_computes(tmp_path):
    language.use("zh")
    poll_workbook.write(tmp_path / "poll.xlsx", answers=ROWS)
    new = _recalculated(tmp_path, tmp_path / "poll.xlsx")
    found, gaps = _sums(new), servqual.gaps(poll.poll_scores(tmp_path / "poll.xlsx"))
    half = gaps["high"] - gaps["gap"]
    for column, expected in zip(
        range(1, 6), (gaps["n"], gaps["expected"], gaps["perceived"], gaps["gap"], half), strict=True
    ):
        assert found[column].tolist() == pytest.approx(expected.tolist())
    title = pd.read_excel(new, engine="calamine", sheet_name=1, header=None).iloc[0, 0]
    assert title == "在座 12 人的看法，和青屿银行客户的看法"


@pytest.mark.browser
def test_blank_rows_and_one_answer_left_out_change_no_sum(tmp_path):
    rows = [list(row) for row in poll.INVENTED]
    rows = [*rows[:4], [None] * 10, *rows[4:], [None] * 10]
    rows[1][3] = None
    poll_workbook.write(tmp_path / "poll.xlsx", answers=rows)
    found = _sums(_recalculated(tmp_path, tmp_path / "poll.xlsx"))
    gaps = servqual.gaps(poll.poll_scores(tmp_path / "poll.xlsx"))
    assert found[1].tolist() == gaps["n"].tolist() == [12, 12, 12, 11, 12]
    assert found[4].tolist() == pytest.approx(gaps["gap"].tolist())


@pytest.mark.browser
def test_an_office_refuses_what_python_refuses(tmp_path):
    rows = [list(row) for row in poll.INVENTED]
    rows[2][4], rows[3][6], rows[4][0] = 8, "six", 6.3
    poll_workbook.write(tmp_path / "poll.xlsx", answers=rows)
    sheet = pd.read_excel(
        _recalculated(tmp_path, tmp_path / "poll.xlsx"), engine="calamine", sheet_name=1, header=None
    )
    assert (
        str(sheet.iloc[1, 0])
        == "3 answers are not whole numbers from 1 to 7 (red cells): correct them first."
    )
    assert pd.to_numeric(sheet.iloc[3:8, 4], errors="coerce").isna().all()  # no figure from wrong answers
    with pytest.raises(WrongValue, match="must hold numbers"):
        poll.poll_scores(tmp_path / "poll.xlsx")

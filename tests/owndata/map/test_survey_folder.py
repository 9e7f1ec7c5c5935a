"""Lesson 05 on a bank's own survey: five points, perceptions alone, other items, as a platform exports it."""

import json

import pandas as pd
import platform_export
import pytest
from collection import copied
from platform_export import STEMS, WORDS, course


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A collection with lesson 05 alone, so that nothing of the real one is touched."""
    place = copied(tmp_path_factory.mktemp("home"), "05_servqual")
    (place / "datasets").mkdir()
    return place


@pytest.fixture(scope="module")
def mapped(home):
    return platform_export.mapped(home)


def test_the_proposal_is_right_but_for_the_names_of_dimensions(mapped):
    columns = mapped[1].columns.set_index("heading")
    items = columns[columns["role"] == "perception"]
    assert items["item"].tolist() == list(range(1, 13))
    assert items["dimension_zh"].value_counts(sort=False).to_dict() == STEMS
    assert columns.index[columns["reversed"] == True].tolist() == ["4、办理效率—经常让我白跑一趟"]  # noqa: E712
    assert set(zip(items["low"], items["high"], strict=True)) == {(1, 5)}
    assert mapped[1].words == {"A": dict(zip(WORDS, range(1, 6), strict=True))}
    roles = columns["role"]
    assert (roles["来自IP"], roles["7、您的姓名（选填）"], roles["8、其他意见"]) == (
        "identifier",
        "identifier",
        "ignore",
    )
    assert (roles["序号"], roles["提交答卷时间"], roles["所用时间"]) == ("respondent", "date", "seconds")
    assert (roles["1、您办理业务的网点"], roles["6、总体而言，您对本网点的满意程度"]) == (
        "branch",
        "satisfaction",
    )


def test_the_working_copy_holds_what_the_export_said(mapped):
    bank, _, told = mapped
    raw = pd.read_excel(bank.parent / "survey.xlsx", engine="calamine", dtype=str)
    rows, places = pd.read_csv(bank / "servqual.csv"), pd.read_csv(bank / "branches.csv")
    items = [column for column in raw.columns if "—" in column]
    expected = raw[items].apply(lambda said: said.map({word: i for i, word in enumerate(WORDS, start=1)}))
    found = rows[[f"P{i}" for i in range(1, 13)]].set_axis(items, axis="columns")
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    named = rows["branch"].map(places.set_index("branch")["name_zh"])
    assert named.tolist() == raw["1、您办理业务的网点"].tolist()
    assert rows["seconds"].tolist() == raw["所用时间"].str.rstrip("秒").astype(int).tolist()
    assert rows["date"].iloc[0] == "2025-09-01"
    everything = "".join(path.read_text(encoding="utf-8") for path in bank.glob("*.[cj]s*"))
    assert "113.88" not in everything
    assert "意见 0" not in everything
    assert "Left out, points at a person: '来自IP'" in told
    assert "several answers in one cell (┋)" in told
    skipped = int((raw[items] == "(跳过)").sum().sum())
    assert f"{skipped} skipped answers" in told


def test_the_folder_passes_the_check_and_lesson_05_runs_in_both_languages(mapped, home):
    judged = course("data", "check", "bank", home=home)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    ran = course("run", "05_servqual", "--data", "bank", "--jobs", "2", home=home)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for language, lost, label, false in (
        ("en", "This survey did not ask for expectations", "Premises", "no reverse-worded items"),
        ("zh", "这份问卷没有问期望", "环境", "这份问卷没有反向题"),
    ):
        page = (home / "build_bank" / language / "05_servqual_classroom.html").read_text(encoding="utf-8")
        assert page.count(lost) == 1
        assert label in json.dumps(page, ensure_ascii=False)
        assert false not in page
        assert 'class="predict"' not in page  # nothing to predict where nothing follows
        assert "Traceback" not in page


def test_another_bank_without_the_lessons_own_branch_gets_its_first(mapped, home):
    import nbformat

    from workshop.jobs import parameters

    notebook = nbformat.read(home / "notebooks" / "en" / "05_servqual.ipynb", as_version=4)
    bank = str(mapped[0])
    assert "branch" not in parameters.suited({"data": bank}, notebook=notebook)  # it has a B07
    texts = {path: path.read_text(encoding="utf-8") for path in mapped[0].glob("*.csv")}
    for path, text in texts.items():
        path.write_text(text.replace("B07", "X07"), encoding="utf-8")
    try:
        assert parameters.suited({"data": bank}, notebook=notebook)["branch"] == "B01"
        assert parameters.suited({"data": bank, "branch": "B02"}, notebook=notebook)["branch"] == "B02"
    finally:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")

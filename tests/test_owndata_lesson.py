"""Lesson 05 on a bank's own survey: five points, perceptions alone, other items, as a platform exports it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from classroom.owndata import mapping

HOME = Path(__file__).parents[1]
WORDS = ["非常不同意", "不同意", "一般", "同意", "非常同意"]
STEMS = {"环境与设施": 4, "办理效率": 4, "员工服务": 4}
ASKED = [
    "大堂干净明亮", "自助机具好用", "指示牌清楚", "座椅够用", "排队时间可以接受", "业务一次办完", "答应的时间做得到",
    "经常让我白跑一趟", "员工态度热情", "员工解释清楚", "员工记得我的情况", "遇到问题有人负责",
]  # fmt: skip
BRANCHES = [f"{name}支行" for name in ("滨江", "城南", "东湖", "高新", "古楼", "解放路", "人民路", "新区")]


def export(path, *, n=40, seed=1):
    """Write an export in the manner of 问卷星: answers as words, one item reversed, an IP column."""
    rng = np.random.default_rng(seed)
    rows = n * len(BRANCHES)
    level = rng.normal(3.6, 0.7, rows) + np.repeat(rng.normal(0, 0.3, len(BRANCHES)), n)
    table = {
        "序号": range(1, rows + 1),
        "提交答卷时间": [f"2025/9/{1 + i % 28} 10:{i % 60:02d}:05" for i in range(rows)],
        "所用时间": [f"{int(s)}秒" for s in rng.integers(40, 400, rows)],
        "来源": "微信",
        "来源详情": "N/A",
        "来自IP": [f"113.88.{i % 250}.{i % 199}(广东-深圳)" for i in range(rows)],
        "1、您办理业务的网点": np.repeat(BRANCHES, n),
        "2、您办理过哪些业务？（多选）": rng.choice(["存取款┋转账", "理财", "存取款┋贷款"], rows),
    }
    stems = [stem for stem, k in STEMS.items() for _ in range(k)]
    for i, (stem, asked) in enumerate(zip(stems, ASKED, strict=True)):
        marks = np.clip(np.round(level + rng.normal(0, 0.7, rows)), 1, 5).astype(int)
        marks = 6 - marks if asked.startswith("经常") else marks
        said = np.array(WORDS)[marks - 1]
        said[rng.random(rows) < 0.01] = "(跳过)"
        table[f"{3 + i // 4}、{stem}—{asked}"] = said
    table["6、总体而言，您对本网点的满意程度"] = np.array(WORDS)[
        np.clip(np.round(level), 1, 5).astype(int) - 1
    ]
    table["7、您的姓名（选填）"] = ""
    table["8、其他意见"] = [f"意见 {i}" if i % 9 == 0 else "" for i in range(rows)]
    pd.DataFrame(table).to_excel(path, index=False, engine="xlsxwriter")


def course(*argv, home):
    """Run the command as users do."""
    around = {**os.environ, "COURSE_HOME": str(home), "PYTHONUTF8": "1", "LANG": "en_GB.UTF-8", "LC_ALL": ""}
    command = [sys.executable, "-m", "classroom.cli", *map(str, argv)]
    return subprocess.run(
        command, env=around, capture_output=True, text=True, encoding="utf-8", timeout=400, cwd=home
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A collection with lesson 05 alone, so that nothing of the real one is touched."""
    place = tmp_path_factory.mktemp("home")
    (place / "datasets").mkdir()
    for language in ("en", "zh"):
        (place / "notebooks" / language).mkdir(parents=True)
        source = HOME / "notebooks" / language / "05_servqual.ipynb"
        (place / "notebooks" / language / source.name).write_bytes(source.read_bytes())
    return place


@pytest.fixture(scope="module")
def mapped(home):
    """The export mapped as a user would: propose, correct the names of the dimensions, follow."""
    export(home / "survey.xlsx")
    before = (home / "survey.xlsx").read_bytes()
    first = course("data", "map", "survey.xlsx", "--out", "bank", home=home)
    assert first.returncode == 0, first.stderr
    proposed = mapping.read(home / "bank" / "mapping.xlsx")
    names = {
        "环境与设施": ("环境", "Premises"),
        "办理效率": ("效率", "Efficiency"),
        "员工服务": ("员工", "Staff"),
    }
    columns = proposed.columns.copy()
    for row, stem in columns["dimension_zh"].dropna().items():
        columns.loc[row, ["dimension_zh", "dimension_en"]] = names[stem]
    mapping.write(type(proposed)(columns, proposed.words), home / "corrected.xlsx")
    done = course("data", "map", "survey.xlsx", "--mapping", "corrected.xlsx", "--out", "bank", home=home)
    assert done.returncode == 0, done.stderr
    assert (home / "survey.xlsx").read_bytes() == before
    return home / "bank", proposed, done.stdout


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
        page = (home / "build" / language / "05_servqual_classroom.html").read_text(encoding="utf-8")
        assert page.count(lost) == 1
        assert label in json.dumps(page, ensure_ascii=False)
        assert false not in page
        assert 'class="predict"' not in page  # nothing to predict where nothing follows
        assert "Traceback" not in page


def test_another_bank_without_the_lessons_own_branch_gets_its_first(mapped, home):
    import nbformat

    from classroom.running import parameters

    notebook = nbformat.read(home / "notebooks" / "en" / "05_servqual.ipynb", as_version=4)
    bank = str(mapped[0])
    assert "branch" not in parameters.suited({"data": bank}, notebook=notebook)  # it has a B07
    text = (mapped[0] / "branches.csv").read_text(encoding="utf-8")
    (mapped[0] / "branches.csv").write_text(text.replace("B07", "X07"), encoding="utf-8")
    try:
        assert parameters.suited({"data": bank}, notebook=notebook)["branch"] == "B01"
        assert parameters.suited({"data": bank, "branch": "B02"}, notebook=notebook)["branch"] == "B02"
    finally:
        (mapped[0] / "branches.csv").write_text(text, encoding="utf-8")

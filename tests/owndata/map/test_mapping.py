"""From an export to the course's tables: what is proposed, what is refused, what is written."""

import dataclasses
import json
import os
import re
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from owndata.map import (
    answer_words,
    column_roles,
    corrected_mapping,
    folders,
    mapping,
    proposed_mapping,
    survey_folder,
    word_ladders,
)
from owndata.map.proposed_mapping import Mapping
from owndata.read import sheets

AGREE = ["非常不同意", "不同意", "一般", "同意", "非常同意"]


def survey(**changed):
    """A small export of four branches with twelve answers each; `None` takes a column away."""
    rng = np.random.default_rng(3)
    table = {
        "序号": [str(i) for i in range(1, 49)],
        "网点": np.repeat(["东", "西", "南", "北"], 12),
        "P1": rng.integers(1, 6, 48).astype(str),
        "P2": rng.integers(1, 6, 48).astype(str),
        "P3": rng.integers(1, 6, 48).astype(str),
    }
    return pd.DataFrame({name: said for name, said in (table | changed).items() if said is not None})


def read(table, tmp_path, *, encoding="utf-8"):
    table.to_csv(tmp_path / "export.csv", index=False, encoding=encoding)
    return sheets.read(tmp_path / "export.csv")


def proposed(table, tmp_path, **options):
    sheet = read(table, tmp_path, **options)
    return proposed_mapping.propose(sheet), sheet


def changed(agreed, heading, /, **cells):
    """The same mapping with some cells of one row corrected."""
    columns = agreed.columns.copy()
    row = columns.index[columns["heading"] == heading][0]
    for name, value in cells.items():
        columns.loc[row, name] = value
    return Mapping(proposed_mapping.plain(columns), agreed.words)


def ticked(agreed, place=0):
    """The same mapping, every question answered with one of its choices."""
    asked = tuple(dataclasses.replace(question, answer=place) for question in agreed.questions)
    return dataclasses.replace(agreed, questions=asked)


def copied(table, tmp_path, **options):
    agreed, sheet = proposed(table, tmp_path)
    notes = survey_folder.make(sheet, agreed, out=tmp_path / "bank", **options)
    return pd.read_csv(tmp_path / "bank" / "servqual.csv", dtype=str, keep_default_na=False), notes


# words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        (AGREE, [1, 2, 3, 4, 5]),
        (["很不满意", "不太满意", "一般", "比较满意", "非常满意"], [1, 2, 3, 4, 5]),
        (["很差", "较差", "一般", "较好", "很好"], [1, 2, 3, 4, 5]),
        (["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"], [1, 2, 3, 4, 5]),
        (["非常不符合", "不符合", "不太符合", "中立", "比较符合", "符合", "非常符合"], [1, 2, 3, 4, 5, 6, 7]),
        (["A.非常不满意", "Ｂ．不满意", "C、一般", "D.满意", "E.非常满意"], [1, 2, 3, 4, 5]),
    ],
)
def test_ladders_of_words(said, numbers):
    (found,) = word_ladders.find([answer_words.tidy(word) for word in said])
    assert [found.numbers[answer_words.tidy(word)] for word in said] == numbers


def test_words_of_two_ladders_are_no_ladder():
    assert word_ladders.find(["满意", "同意", "很好"]) == []
    assert word_ladders.find(["满意"]) == []
    assert word_ladders.find(["男", "女"]) == []


def test_answers_are_read_by_the_table_and_unread_ones_are_told():
    values = ["同意", "４", "5分", "(跳过)", "-3", "不清楚", "随便", ""]
    found = [answer_words.one(text, {"同意": 4, "不清楚": None}) for text in values]
    assert found == ["4", "4", "5", "", "", "", None, ""]


# the proposal ------------------------------------------------------------------------------------


def test_a_nine_above_a_seven_point_scale_means_cannot_say(tmp_path):
    rng = np.random.default_rng(1)
    said = {name: rng.choice([1, 2, 3, 4, 5, 6, 7, 9], 48).astype(str) for name in ("P1", "P2", "P3")}
    agreed, _ = proposed(survey(**said), tmp_path)
    items = agreed.columns[agreed.columns["role"] == "perception"]
    assert set(items["high"]) == {7}
    assert agreed.words == {"A": {"9": None}}
    assert [question.kind for question in agreed.questions] == ["codes"]
    sheet = read(survey(**said), tmp_path)
    survey_folder.make(sheet, ticked(agreed), out=tmp_path / "bank")
    rows = pd.read_csv(tmp_path / "bank" / "servqual.csv", dtype=str, keep_default_na=False)
    assert (rows["P1"] == "").sum() == (said["P1"] == "9").sum()


def test_roles_of_common_columns(tmp_path):
    table = survey(
        手机=["13800138000"] * 48, 性别=["1", "2"] * 24, 您会推荐我们吗=[str(i % 11) for i in range(48)],
        办理业务=["存款┋取款"] * 48, 总体满意度=["4", "5"] * 24, 说明=[f"话 {i}" for i in range(48)],
        评语=[""] * 47 + ["请联系 li@example.cn"],
    )  # fmt: skip
    agreed, _ = proposed(table, tmp_path)
    found = agreed.columns.set_index("heading")["role"]
    assert found.to_dict() == {
        "序号": "respondent", "网点": "branch", "P1": "perception", "P2": "perception", "P3": "perception",
        "手机": "identifier", "性别": "ignore", "您会推荐我们吗": "ignore", "办理业务": "ignore",
        "总体满意度": "satisfaction", "说明": "ignore", "评语": "identifier",
    }  # fmt: skip


def test_examples_of_people_and_free_text_are_not_shown(tmp_path):
    table = survey(姓名=["王小明"] * 48, 意见=[f"王经理 {i}" for i in range(48)])
    agreed, _ = proposed(table, tmp_path)
    mapping.write(agreed, tmp_path / "mapping.xlsx")
    with zipfile.ZipFile(tmp_path / "mapping.xlsx") as parts:
        everything = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "王小明" not in everything
    assert "王经理" not in everything
    assert "序号" in everything


def test_expectations_are_told_from_perceptions(tmp_path):
    said = np.random.default_rng(2).integers(1, 6, (6, 48)).astype(str)
    names = ["优秀的银行应该环境整洁", "优秀的银行应该办得快", "这家网点环境整洁", "这家网点办得快"]
    table = survey(P1=None, P2=None, P3=None, **dict(zip(names, said[:4], strict=True)))
    agreed, _ = proposed(table, tmp_path)
    found = agreed.columns.set_index("heading")
    assert found.loc[names, "role"].tolist() == ["expectation"] * 2 + ["perception"] * 2
    assert found.loc[names, "item"].tolist() == [1, 2, 1, 2]


# the workbook ------------------------------------------------------------------------------------


def test_the_workbook_comes_back_as_it_was_written(tmp_path):
    table = survey(P1=np.random.default_rng(5).choice(AGREE, 48), 姓名=["甲"] * 48)
    agreed, _ = proposed(table, tmp_path)
    mapping.write(agreed, tmp_path / "mapping.xlsx")
    back = mapping.read(tmp_path / "mapping.xlsx")
    for name in set(proposed_mapping.COLUMNS) - {"note", "reversed"}:
        assert back.columns[name].tolist() == agreed.columns[name].tolist(), name
    assert back.words == agreed.words


def test_the_workbook_has_drop_down_lists_and_a_guide_in_both_languages(tmp_path):
    mapping.write(proposed(survey(), tmp_path)[0], tmp_path / "mapping.xlsx")
    with zipfile.ZipFile(tmp_path / "mapping.xlsx") as parts:
        first = parts.read("xl/worksheets/sheet1.xml").decode()
        strings = parts.read("xl/sharedStrings.xml").decode()
    lists = re.findall(r'<dataValidation type="list".*?<formula1>(.*?)</formula1>', first, re.DOTALL)
    assert any(all(f"{zh} {en}" in one for en, zh in column_roles.ROLES.values()) for one in lists)
    assert "程序先猜，你来改" in strings
    assert "The original file is never changed" in strings


def test_a_corrected_workbook_is_never_overwritten(tmp_path):
    agreed, _ = proposed(survey(), tmp_path)
    mapping.write(agreed, tmp_path / "mapping.xlsx")
    before = (tmp_path / "mapping.xlsx").read_bytes()
    with pytest.raises(WrongValue, match="may hold your corrections"):
        mapping.write(agreed, tmp_path / "mapping.xlsx")
    assert (tmp_path / "mapping.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("column", "cell", "en", "zh"),
    [
        (
            "role",
            "boss",
            "row 4, column '角色 role' must hold one of the roles",
            "第 4 行“角色 role”列应该是",
        ),
        ("reversed", "maybe", "must hold '是 yes' or '否 no'", "“是 yes”或“否 no”"),
        ("item", "1.5", "must hold a whole number; it holds '1.5'", "应该是整数；现在是 '1.5'"),
        ("high", "five", "must hold a whole number", "应该是整数"),
    ],
)
def test_a_cell_that_cannot_stand_there_is_named(tmp_path, column, cell, en, zh):
    mapping.write(proposed(survey(), tmp_path)[0], tmp_path / "mapping.xlsx")
    parts = pd.read_excel(tmp_path / "mapping.xlsx", sheet_name=None, engine="calamine", dtype=str)
    first = next(iter(parts.values()))
    first.loc[2, mapping.HEADINGS[column]] = cell
    with pd.ExcelWriter(tmp_path / "spoiled.xlsx", engine="xlsxwriter") as book:
        for name, part in parts.items():
            part.to_excel(book, sheet_name=name, index=False)
    with pytest.raises(WrongValue) as caught:
        mapping.read(tmp_path / "spoiled.xlsx")
    assert en in caught.value.en
    assert zh in caught.value.zh


def test_what_is_no_mapping_is_told(tmp_path):
    with pytest.raises(WrongValue, match="There is no file"):
        mapping.read(tmp_path / "none.xlsx")
    (tmp_path / "text.xlsx").write_text("text", encoding="utf-8")
    with pytest.raises(WrongValue, match="has no sheet '列 columns'"):
        mapping.read(tmp_path / "text.xlsx")
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "other.xlsx", sheet_name="列 columns", engine="xlsxwriter")
    with pytest.raises(WrongValue, match="has lost the column '表头 heading found'"):
        mapping.read(tmp_path / "other.xlsx")


# what does not fit -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cells", "en", "zh"),
    [
        ("网点", {"role": "ignore"}, "No column has the role 'branch'", "还没有哪一列的角色是“网点”"),
        ("网点", {"role": "respondent"}, "Only one column can be 'respondent'", "只能有一列是“受访者编号”"),
        ("P2", {"item": 1}, "Every item needs a number of its own", "每道题要有自己的题号"),
        ("P2", {"item": None}, "Every item needs a number of its own", "每道题要有自己的题号"),
        ("P2", {"dimension_zh": None, "dimension_en": None}, "'P2' has none", "“P2”还没有"),
        ("P2", {"role": "expectation"}, "must go in pairs; item 1 ", "要成对；第 1 题"),
        ("P2", {"high": 7}, "All items stand on one scale", "所有题目要用同一把尺子"),
        ("P2", {"low": None}, "All items stand on one scale", "所有题目要用同一把尺子"),
        ("P2", {"words": "Z"}, "uses the word group Z", "选项组 Z"),
        ("P2", {"role": "points", "dimension_zh": "别的"}, "the name of one dimension each; 'P2' has 别的", "“P2”写的是“别的”"),
        ("P2", {"heading": "Q2"}, "names the column 'Q2', which 'export.csv' does not have", "列“Q2”在 'export.csv' 里没有"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_hold_together_is_refused(tmp_path, heading, cells, en, zh):
    agreed, sheet = proposed(survey(), tmp_path)
    corrected_mapping.judge(agreed, sheet)  # the proposal itself is fine
    with pytest.raises(WrongValue) as caught:
        survey_folder.make(sheet, changed(agreed, heading, **cells), out=tmp_path / "bank")
    assert en in caught.value.en
    assert zh in caught.value.zh
    assert not (tmp_path / "bank").exists()


def test_a_word_that_nobody_explained_is_asked_for_not_guessed(tmp_path):
    said = np.random.default_rng(5).choice(AGREE, 48)
    said[7] = "还凑合"
    agreed, sheet = proposed(survey(P1=said, P2=said[::-1], P3=None), tmp_path)
    assert agreed.words["A"]["还凑合"] == "?"
    agreed = ticked(agreed)
    with pytest.raises(WrongValue, match="'还凑合' needs a number from 1 to 5"):
        survey_folder.make(sheet, agreed, out=tmp_path / "bank")
    del agreed.words["A"]["还凑合"]
    with pytest.raises(
        WrongValue, match="row 9, column 'P1': nobody has said which number '还凑合' stands for"
    ):
        survey_folder.make(sheet, agreed, out=tmp_path / "bank")
    agreed.words["A"]["还凑合"] = 3
    survey_folder.make(sheet, agreed, out=tmp_path / "bank")
    assert pd.read_csv(tmp_path / "bank" / "servqual.csv").loc[7, "P1"] == 3


# the working copy --------------------------------------------------------------------------------


def test_skip_codes_are_emptied_counted_and_full_width_digits_read(tmp_path):
    said = ["-2", "-3", "５", "(跳过)"] + ["1", "2", "3", "4"] * 11
    rows, notes = copied(survey(P1=said), tmp_path)
    assert rows["P1"].tolist()[:4] == ["", "", "5", ""]
    assert any("3 skipped answers" in note.told(0) and "3 个跳过的回答" in note.told(1) for note in notes)


def test_an_answer_off_the_scale_stays_for_the_check_to_name(tmp_path):
    said = ["77"] + [str(1 + i % 5) for i in range(47)]
    table = survey(P1=said)
    agreed, sheet = proposed(table, tmp_path)
    agreed = changed(agreed, "P1", role="perception", item=1, dimension_zh="全部题目", low=1, high=5)
    for item, heading in ((2, "P2"), (3, "P3")):
        agreed = changed(agreed, heading, item=item)
    survey_folder.make(sheet, agreed, out=tmp_path / "bank")
    from owndata.judge import check

    found = check.check(tmp_path / "bank")
    assert any(one.row == 2 and one.column == "P1" and one.found == "77" for one in found)
    assert not check.passes(found)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["东", "西", "南", "北"], ["B01", "B02", "B03", "B04"]),
        (["B11", "B07", "HQ", "B02"], ["B02", "B07", "B11", "HQ"]),
        (["101", "102", "007", "9"], ["B007", "B101", "B102", "B9"]),
    ],
)
def test_branches_get_ids(tmp_path, names, ids):
    rows, _ = copied(survey(网点=np.repeat(names, 12)), tmp_path)
    places = pd.read_csv(tmp_path / "bank" / "branches.csv", dtype=str).set_index("branch")["name_zh"]
    assert sorted(places.index) == ids
    assert rows["branch"].map(places).tolist() == np.repeat(names, 12).tolist()


def test_small_branches_are_merged_unless_kept(tmp_path):
    names = ["东"] * 30 + ["西"] * 8 + ["南"] * 6 + ["北"] * 4
    rows, notes = copied(survey(网点=names), tmp_path)
    assert rows["branch"].value_counts().to_dict() == {"B01": 30, "B00": 18}
    assert {"西", "南", "北"}.isdisjoint((tmp_path / "bank" / "branches.csv").read_text(encoding="utf-8"))
    assert any("18 respondents" in note.told(0) for note in notes)
    counts = next(note for note in notes if note.kind == "counts")
    assert "其他网点 18" in counts.told(1)
    rows, _ = copied(survey(网点=names), tmp_path, smallest=1)
    assert rows["branch"].nunique() == 4


def test_without_ids_the_rows_are_numbered_and_kept_in_order(tmp_path):
    rows, _ = copied(survey(序号=None), tmp_path)
    assert rows["respondent"].tolist()[:2] == ["R00001", "R00002"]
    assert rows["P1"].tolist() == survey()["P1"].tolist()


def test_points_and_the_courses_own_dimensions_keep_their_ids(tmp_path):
    table = survey(可靠性分配=["60"] * 48, 移情性分配=["40"] * 48)
    agreed, sheet = proposed(table, tmp_path)
    names = {"P1": "可靠性", "P2": "可靠性", "P3": "移情性"}
    for heading, name in names.items():
        agreed = changed(agreed, heading, dimension_zh=name, dimension_en=None)
    for name in ("可靠性", "移情性"):
        agreed = changed(agreed, f"{name}分配", role="points", dimension_zh=name)
    survey_folder.make(sheet, agreed, out=tmp_path / "bank")
    book = data.codebook(tmp_path / "bank")
    assert book.dimensions == {"reliability": [1, 2], "empathy": [3]}
    assert data.load(tmp_path / "bank", "servqual")["points_reliability"].eq(60).all()


def test_scores_are_those_of_the_export_done_by_hand(tmp_path):
    agreed, sheet = proposed(survey(), tmp_path)
    agreed = changed(agreed, "P2", reversed=True)
    survey_folder.make(sheet, agreed, out=tmp_path / "bank")
    book = data.codebook(tmp_path / "bank")
    scores = servqual.scores(data.load(tmp_path / "bank", "servqual"), codebook=book)
    raw = survey()[["P1", "P2", "P3"]].astype(int)
    by_hand = (raw["P1"] + 6 - raw["P2"] + raw["P3"]) / 3
    assert scores["perceived"].tolist() == pytest.approx(by_hand.tolist())


def test_a_name_that_would_run_as_a_formula_is_harmless_in_the_tables_too(tmp_path):
    copied(survey(网点=np.repeat(["=1+1", "@x", "南", "北"], 12)), tmp_path)
    text = (tmp_path / "bank" / "branches.csv").read_text(encoding="utf-8")
    assert ",'=1+1" in text
    assert not re.search(r"(^|,)[=@]", text, re.MULTILINE)


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongValue, match=r"holds something else \(notes.txt\)"):
        copied(survey(), tmp_path)
    assert [path.name for path in (tmp_path / "bank").iterdir()] == ["notes.txt"]


def test_a_second_time_replaces_the_first_and_keeps_the_mapping(tmp_path):
    copied(survey(), tmp_path)
    (tmp_path / "bank" / "mapping.xlsx").write_bytes(b"corrections")
    rows, _ = copied(survey(P1=["3"] * 24 + ["4"] * 24), tmp_path)
    assert set(rows["P1"]) == {"3", "4"}
    assert (tmp_path / "bank" / "mapping.xlsx").read_bytes() == b"corrections"
    assert not list(tmp_path.glob(".bank*"))


def test_a_failure_while_writing_leaves_the_earlier_folder(tmp_path, monkeypatch):
    copied(survey(), tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "bank").iterdir()}

    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(folders, "write_json", full)
    with pytest.raises(OSError, match="No space left"):
        copied(survey(P1=["1"] * 48), tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "bank").iterdir()} == before


@pytest.mark.parametrize("ending", ["csv", "gb18030.csv", "xlsx", "parquet"])
def test_every_kind_of_file_gives_the_same_tables(tmp_path, ending):
    path, table = tmp_path / f"export.{ending}", survey()
    if ending == "xlsx":
        table.to_excel(path, index=False, engine="xlsxwriter")
    elif ending == "parquet":
        table.to_parquet(path)
    else:
        table.to_csv(path, index=False, encoding="gb18030" if "gb" in ending else "utf-8-sig")
    before = path.read_bytes()
    sheet = sheets.read(path)
    survey_folder.make(sheet, proposed_mapping.propose(sheet), out=tmp_path / "bank")
    rows = pd.read_csv(tmp_path / "bank" / "servqual.csv", dtype=str)
    assert rows[["P1", "P2", "P3"]].equals(table[["P1", "P2", "P3"]].astype("str"))
    assert path.read_bytes() == before


def test_the_codebook_is_a_frictionless_package(tmp_path):
    from frictionless import Package

    copied(survey(), tmp_path)
    assert Package(str(tmp_path / "bank" / "datapackage.json")).validate().valid
    package = json.loads((tmp_path / "bank" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["simulated"] is False


@pytest.mark.parametrize(
    ("locale", "told"), [("zh_CN.UTF-8", "建议：感知题 3"), ("en_GB.UTF-8", "perception item 3")]
)
def test_the_command_proposes_and_says_what_to_do_next(tmp_path, locale, told):
    survey().to_csv(tmp_path / "export.csv", index=False)
    around = {**os.environ, "LANG": locale, "LC_ALL": "", "PYTHONUTF8": "1"}

    def course(*argv):
        return subprocess.run(
            [sys.executable, "-m", "workshop.cli", "data", "map", *argv],
            cwd=tmp_path, env=around, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip

    first = course("export.csv")
    assert first.returncode == 0, first.stderr
    assert told in first.stdout
    assert "--mapping" in first.stdout
    second = course("export.csv", "--mapping", "export/mapping.xlsx")
    assert second.returncode == 0, second.stderr
    assert sorted(path.name for path in (tmp_path / "export").iterdir()) == [
        "branches.csv", "datapackage.json", "mapping.xlsx", "servqual.csv",
    ]  # fmt: skip
    lost = course("nowhere.csv")
    assert lost.returncode == 1
    assert len(lost.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("text", "read"), [("√", True), ("✓", True), ("是", True), ("Y", True), ("否", False), (None, False)])  # fmt: skip
def test_a_tick_is_a_yes(text, read):
    assert mapping._yes(text, row=4, column="reversed", path="m.xlsx") is read

"""Judging a folder: what counts as a problem, in which order, how many, and as a workbook."""

import tracemalloc

import pytest
import spoiled_files

from helpers.bank import data, language
from owndata.judge import check
from owndata.read import sheets
from owndata.say.problems import MOST, MOST_ALIKE, problem
from owndata.say.sentences import SENTENCES


@pytest.fixture
def bank(tmp_path):
    spoiled_files.good(tmp_path)
    return tmp_path


def test_our_own_bank_passes():
    found = check.check(data.home() / "datasets" / "qingyu_bank")
    assert check.passes(found), [str(one) for one in found if one.severity != "notice"]


@pytest.mark.parametrize("top", [5, 7, 10])
def test_respondent_branch_and_items_are_enough(tmp_path, top):
    scale = {"minimum": 0 if top == 10 else 1, "maximum": top}
    survey = {"name": "servqual", "path": "答卷.csv", "scale": scale, "schema": {"fields": [
        {"name": name, "type": "string" if name[0] != "P" else "integer"} for name in ("respondent", "branch", "P3", "P8")
    ]}, "dimensions": [{"name": "speed", "title": "Speed", "title@zh": "速度", "items": [3, 8]}]}  # fmt: skip
    spoiled_files.write_codebook(tmp_path, {"resources": [survey]})
    rows = [["respondent", "branch", "P3", "P8"], ["a", "城东", str(top), "1"], ["b", "城西", "", "2"]]
    spoiled_files.write(tmp_path, rows, "答卷.csv")
    assert check.check(tmp_path) == []
    spoiled_files.write(tmp_path, [*rows, ["c", "城东", str(top + 1), "1"]], "答卷.csv")
    (found,) = check.check(tmp_path)
    assert (found.row, found.column, found.found, found.kind) == (4, "P3", str(top + 1), "off_scale")
    assert found.expected == f"{scale['minimum']}–{top}"


def test_worst_first(bank):
    rows = spoiled_files.with_cell("P1", "５", row=3)
    rows[5][spoiled_files.HEADINGS.index("P2")] = "88"
    spoiled_files.write(bank, rows)
    (bank / "extra.txt").write_text("x", encoding="utf-8")
    found = check.check(bank)
    assert [(one.severity, one.row) for one in found] == [("error", 6), ("repair", 3), ("notice", None)]
    assert not check.passes(found)
    assert check.passes(found[2:])


def test_many_alike_are_counted_not_listed(bank):
    row = spoiled_files.SURVEY[1]
    rows = [spoiled_files.HEADINGS, *[[f"R{n}", *row[1:6], "99", *row[7:]] for n in range(500)]]
    spoiled_files.write(bank, rows)
    found = [one for one in check.check(bank) if one.severity == "error"]
    assert [one.row for one in found] == [*range(2, 2 + MOST_ALIKE), None]
    assert found[-1].en == f"the same in {500 - MOST_ALIKE} more places."
    assert found[-1].zh == f"同样的问题还有 {500 - MOST_ALIKE} 处。"


def test_a_thousand_at_most_and_how_many_more(bank):
    content = spoiled_files.codebook()
    extra = [f"extra{n}" for n in range(60)]
    content["resources"][1]["schema"]["fields"] += [{"name": name, "type": "integer"} for name in extra]
    spoiled_files.write_codebook(bank, content)
    rows = [[*spoiled_files.HEADINGS, *extra]]
    rows += [[f"R{n}", *spoiled_files.SURVEY[1][1:], *["x"] * 60] for n in range(100)]
    spoiled_files.write(bank, rows)
    found = check.check(bank)
    assert len(found) == MOST
    told = [
        int(one.found) if one.kind in ("alike", "more") else 1 for one in found if one.severity == "error"
    ]
    assert sum(told) >= 60 * 100
    assert found[-1].kind == "more"
    assert "there are " in found[-1].en
    assert "个问题没有列出" in found[-1].zh


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_can_be_said_and_says_what_to_do(kind):
    severity, en, zh = SENTENCES[kind]
    names = dict.fromkeys(
        [
            "count",
            "why",
            "what",
            "advice",
            "utf",
            "other",
            "line",
            "name",
            "read",
            "hint",
            "table",
            "at",
            "must",
            "which",
            "who",
        ],
        "…",
    )
    told = problem(kind, file="a.csv", row=2, column="P1", found="9", expected="1–7", **names)
    assert severity in ("error", "repair", "notice")
    assert told.en.endswith((".", "?", "…"))
    assert told.zh.endswith(("。", "？", "…"))
    assert not set("{}") & set(told.en.replace('{"minimum": 1, "maximum": 5}', ""))
    assert set("，。：；？") & set(zh)
    assert en != zh


@pytest.mark.parametrize(
    ("chosen", "heading", "severity"),
    [("en", "What to do", "must be corrected"), ("zh", "怎么办", "必须改正")],
)
def test_the_workbook_is_harmless(tmp_path, chosen, heading, severity):
    evil = [
        problem(
            "not_number", file="=cmd|' /C calc'!A0.csv", row=2, column="@SUM(1)", found=found, expected="+A1"
        )
        for found in ('=HYPERLINK("http://x")', "+1+cmd", "-1+cmd", "@x", "\t=1", "＝1")
    ]
    language.use("en")
    path = check.workbook(evil, tmp_path / "problems.xlsx", chosen)
    sheet = sheets.read(path)
    assert sheet.problems == []  # not one formula in it
    assert heading in sheet.cells.columns
    assert set(sheet.cells.iloc[:, 0]) == {severity}
    cells = sheet.cells.drop(columns=sheet.cells.columns[[0, 2]]).to_numpy().ravel()
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝"))]
    assert language.current() == "en"
    assert [file.name for file in tmp_path.iterdir()] == ["problems.xlsx"]


def test_memory_does_not_grow_with_the_rows(bank, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 1_000)

    def peak(rows):
        lines = [[f"R{n}", *spoiled_files.SURVEY[n % 12 + 1][1:]] for n in range(rows)]
        spoiled_files.write(bank, [spoiled_files.HEADINGS, *lines])
        del lines
        tracemalloc.start()
        check.check(bank)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(100)  # what is imported or cached once
    assert peak(8_000) < 1.6 * peak(2_000)

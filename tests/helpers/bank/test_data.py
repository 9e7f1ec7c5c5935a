"""data and codebook: folders, tables, truth; every fault one sentence."""

import json
import pickle

import pandas as pd
import pytest
import refusals
from collection import ROOT

from helpers.bank import data, language
from helpers.bank.codebook import Codebook
from helpers.bank.language import WrongValue


@pytest.fixture
def bank(tmp_path):
    """A bank of two branches and three answers, one file each."""
    (tmp_path / "branches.csv").write_text(
        "branch,name_en,name_zh\nB01,Riverside,滨江支行\nB02,Old Town,古城支行\n", encoding="utf-8"
    )
    (tmp_path / "servqual.csv").write_text(
        "respondent,branch,date,P1,wave\nR1,B01,2025-03-01,7,1\nR2,B02,2025-03-02,9,2\nR3,B02,,,2\n",
        encoding="utf-8",
    )
    required = {"required": True}
    package = {"resources": [
        {"name": "branches", "path": "branches.csv", "schema": {"fields": [
            {"name": "branch", "type": "string", "constraints": required},
            {"name": "name_en", "type": "string"}, {"name": "name_zh", "type": "string"}]}},
        {"name": "servqual", "path": "servqual.csv", "scale": {"minimum": 1, "maximum": 7, "dont_know": 9},
         "dimensions": [{"name": "reliability", "items": [1]}],
         "schema": {"fields": [
            {"name": "respondent", "type": "string", "constraints": required},
            {"name": "branch", "type": "string", "constraints": required},
            {"name": "date", "type": "date"}, {"name": "wave", "type": "integer"},
            {"name": "P1", "type": "integer", "item": 1, "title": "P1 Promises", "title@zh": "P1 承诺",
             "constraints": {"minimum": 1, "maximum": 7, "required": False}}]}},
    ]}  # fmt: skip
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return tmp_path


def spoil(bank, old, new):
    path = bank / "servqual.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_load_reads_types_and_keeps_dont_know(bank):
    table = data.load(bank, "servqual")
    assert table["date"].dt.year.tolist()[:2] == [2025, 2025]
    assert table["P1"].tolist()[:2] == [7, 9]
    assert table.index.tolist() == [0, 1, 2]


def test_labels_follow_the_language(bank):
    book = data.codebook(bank)
    assert (book.label("B02"), book.label("P1"), book.label("unknown")) == (
        "Old Town",
        "P1 Promises",
        "unknown",
    )
    language.use("zh")
    shown = book.shown(pd.DataFrame({"branch": ["B02"], "P1": [7]}))
    assert shown.columns[1] == "P1 承诺"
    assert shown.iloc[0].tolist() == ["古城支行", 7]


FAULTS = [
    (("R2,B02", "R2,"), "row 3, column 'branch'", "第 3 行「branch」列"),
    (("respondent,branch", "respondent,shop"), "`servqual.csv` has no column 'branch'", "缺少列 'branch'"),
    (
        ("2025-03-01,7", "2025-03-01,sehr gut"),
        "row 2, column 'P1' holds 'sehr gut'",
        "第 2 行「P1」列却是 'sehr gut'",
    ),
    (
        ("2025-03-01,7", "2025-03-01,8"),
        "on the scale (1–7, 9); row 2, column 'P1' holds 8",
        "第 2 行「P1」列是 8",
    ),
    (
        ("2025-03-02,9", "2025-02-30,9"),
        "row 3, column 'date' holds '2025-02-30'",
        "第 3 行「date」列是 '2025-02-30'",
    ),
]


@pytest.mark.parametrize(("change", "english", "chinese"), FAULTS)
def test_a_fault_names_row_and_column(bank, change, english, chinese):
    spoil(bank, *change)
    with pytest.raises(WrongValue) as error:
        data.load(bank, "servqual")
    assert english in str(error.value)
    language.use("zh")
    assert chinese in str(error.value)


def test_ids_stay_text_and_a_word_for_nothing_is_no_id(bank):
    spoil(bank, "R1,B01", "001,B01")
    assert data.load(bank, "servqual")["respondent"].tolist() == ["001", "R2", "R3"]
    spoil(bank, "R2,B02", "NA,B02")
    with pytest.raises(WrongValue, match="column 'respondent' holds 'NA', which counts as empty"):
        data.load(bank, "servqual")


@pytest.mark.parametrize("content", [b"a,b\n1,2,3,4\n", "网点".encode("gb18030"), b"", b"x\x00,\n"])
def test_a_file_that_cannot_be_read_is_a_sentence(bank, content):
    (bank / "servqual.csv").write_bytes(content)
    with pytest.raises(WrongValue):
        data.load(bank, "servqual")


def test_a_missing_file_or_a_broken_codebook_is_a_sentence(bank):
    (bank / "servqual.csv").unlink()
    with pytest.raises(WrongValue, match=r"names 'servqual.csv', but there is no such file"):
        data.load(bank, "servqual")
    (bank / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(WrongValue, match="cannot be read as JSON"):
        data.codebook(bank)


ASKED = [
    (lambda bank: data.folder("nowhere"), "there is no 'nowhere'", "找不到 'nowhere'"),
    (lambda bank: data.folder(bank / "empty"), "has none. Write the codebook first", "里没有这个文件"),
    (lambda bank: data.load(bank, "churn"), "no table 'churn'; it has branches, servqual", "没有表 'churn'"),
    (lambda bank: data.truth(bank), "only a simulated bank declares its truth", "只有模拟银行"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "english", "chinese"), ASKED)
def test_what_is_not_there_is_said(bank, ask, english, chinese):
    (bank / "empty").mkdir()
    with pytest.raises(WrongValue) as error:
        ask(bank)
    assert english in str(error.value)
    assert chinese in error.value.zh
    assert pickle.loads(pickle.dumps(error.value)).zh == error.value.zh


def test_no_third_language():
    with pytest.raises(WrongValue, match=r"must be 'en' or 'zh'; it is 'fr'.*只能是"):
        language.use("fr")
    assert language.current() == "en"


def test_truth_of_one_quantity(bank):
    rows = [{"quantity": "alpha", "estimand": 0.8}, {"quantity": "gap", "branch": "B01", "estimand": -0.5}]
    (bank / "truth.json").write_text(json.dumps({"quantities": rows}), encoding="utf-8")
    assert data.has_truth(bank)
    assert data.truth(bank, "gap").to_dict("index") == {0: rows[1]}
    assert data.truth(bank, "alpha").to_dict("index") == {
        0: rows[0]
    }  # without the columns that say nothing of it
    with pytest.raises(WrongValue, match="no quantity 'churn'; it has alpha, gap"):
        data.truth(bank, "churn")


def _two_meanings():
    """`counter` is somebody in one table and a place in another; `topic` and its values differ, too."""
    person, place = {"counter": {"en": "Teller", "zh": "柜员"}}, {"counter": {"en": "Counter", "zh": "柜台"}}
    first = [{"name": "case"}, {"name": "channel", "title": "Channel", "title@zh": "渠道", "values": place}]
    second = [
        {"name": "touchpoint"},
        {"name": "owner", "title": "Owner", "title@zh": "责任岗位", "values": person},
        {"name": "channel", "title": "Said where", "title@zh": "意见来源"},
    ]
    return Codebook({
        "resources": [
            {"name": "journeys", "schema": {"fields": first}}, {"name": "touchpoints", "schema": {"fields": second}},
        ]
    })  # fmt: skip


def test_a_value_is_called_as_in_its_own_column():
    book = _two_meanings()
    assert (book.label("counter"), book.label("counter", of="owner")) == ("Counter", "Teller")
    assert book.label("counter", of="elsewhere") == "Counter"
    shown = book.shown(pd.DataFrame({"owner": ["counter"], "channel": ["counter"], "note": ["counter"]}))
    assert shown.iloc[0].tolist() == ["Teller", "Counter", "Counter"]


@pytest.mark.parametrize(("column", "heading"), [("case", "Channel"), ("touchpoint", "Said where")])
def test_a_heading_is_that_of_the_table_that_shares_most_columns(column, heading):
    shown = _two_meanings().shown(pd.DataFrame({column: ["x"], "channel": ["counter"]}))
    assert shown.columns[1] == heading
    language.use("zh")
    shown = _two_meanings().shown(pd.DataFrame({column: ["x"], "channel": ["counter"]}))
    assert shown.columns[1] == {"Channel": "渠道", "Said where": "意见来源"}[heading]


@pytest.mark.parametrize(
    ("change", "place"),
    [(lambda package: [], "datapackage.json"), (lambda package: {"resources": [{"name": 7}]}, "name")],
)
def test_a_codebook_of_another_shape_is_told_the_place_the_whole_file_where_it_has_none(bank, change, place):
    path = bank / "datapackage.json"
    path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    with pytest.raises(WrongValue) as error:
        data.codebook(bank)
    assert place in str(error.value).replace(str(path), "")


def test_home_is_the_nearest_folder_with_data_and_notebooks_or_else_this_one(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_HOME", raising=False)
    (tmp_path / "datasets" / "mine").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "datasets" / "mine")
    assert data.home() == ROOT
    (tmp_path / "notebooks").mkdir()
    assert data.home() == tmp_path
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "datasets"))
    assert data.home() == tmp_path / "datasets"


@pytest.mark.parametrize("name", ["B02", "Old Town", "古城支行"])
def test_a_branch_is_found_by_its_id_and_by_either_name(bank, name):
    branches = data.load(bank, "branches")
    assert data.found_branch(branches, name) == "B02"
    assert data.found_branch(branches[["branch"]], "B02") == "B02"
    refusals.is_one_sentence(lambda: data.found_branch(branches, "B09"), "'B09'")
    with pytest.raises(WrongValue, match=r"\b2\b.*B01.*B02"):
        data.found_branch(branches, "B09")

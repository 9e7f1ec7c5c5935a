"""Names and ids where one does not look: short cells, headings, lists of values, Chinese text, bytes, order of rows."""

import json

import pandas as pd
import pytest
from bank_folders import bank, copied

from helpers.bank.language import WrongValue
from owndata.share import pseudonyms

ROWS = 60


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A place of one's own for the key."""
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))


def table(**columns):
    """Customers, and the given values again and again."""
    ids = [f"C{number:05d}" for number in range(1, ROWS + 1)]
    return pd.DataFrame({"customer": ids} | {name: (one * ROWS)[:ROWS] for name, one in columns.items()})


def described(folder, column, more):
    """Add to what the codebook says of a column."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in package["resources"][0]["schema"]["fields"] if one["name"] == column).update(more)
    path.write_text(json.dumps(package), encoding="utf-8")


def act(folder, column):
    """What is proposed for a column of the table t."""
    plan = pseudonyms.proposal(folder).set_index("column")
    return plan.loc[column, "act"], plan.loc[column, "why"]


FOUND = {
    "a short title": (["张先生", "本人", "家人", "同事"], ("leave", "name")),
    "a family name of every day": (["方女士", "本人"], ("leave", "name")),
    "two names": (["王伟", "李娜"], ("?", "name")),
    "one name": (["王伟"], ("?", "name")),
    "rarer names among others": (["王伟", "李娜", "张敏", "方芳", "高明", "金鑫"], ("leave", "name")),
    "an id between Chinese signs": (["客户C00012转", "普通"], ("leave", "mentions")),
    "an id in small letters": (["转c00012处理", "普通"], ("leave", "mentions")),
    "a number in lines": (["138\n0013\n8000", "ok"], ("leave", "phone")),
    "a number with strokes below": (["138_0013_8000", "ok"], ("leave", "phone")),
    "a number with marks of direction": (["138\u202c00138000", "ok"], ("leave", "phone")),
    "names with blanks": (["王 伟", "李 娜", "张 敏", "刘 洋", "陈 静"], ("leave", "name")),
    "names and their numbers": (["王伟(E001)", "李娜（E002）"], ("?", "name")),
    "several names": (["王伟、李娜", "张敏，刘洋"], ("?", "name")),
    "double family names": (["欧阳娜娜", "司马青", "上官云", "诸葛明", "慕容雪"], ("leave", "name")),
    "masked names": (["王*", "李**"], ("?", "name")),
    "masked numbers": (["138****8000", "139****8001"], ("leave", "phone")),
    "bytes": ([b"\xe7\x8e\x8b", b"x"], ("leave", "free_text")),
}


@pytest.mark.parametrize("kind", FOUND)
def test_names_and_numbers_in_short_or_odd_cells_are_found(tmp_path, kind):
    values, expected = FOUND[kind]
    assert act(bank(tmp_path / "b", {"t": table(x=values)}), "x") == expected


HARMLESS = [
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    ["满意", "一般"],
    ["高", "中", "低"],
    ["VIP", "普通"],
]


@pytest.mark.parametrize("values", HARMLESS)
def test_weekdays_and_words_are_no_names(tmp_path, values):
    assert act(bank(tmp_path / "b", {"t": table(x=values)}), "x")[0] == "keep"


def test_a_heading_that_is_a_number_or_one_of_many_names_does_not_travel(tmp_path):
    called = ["13800138000", "王伟", "李娜", "张敏", "刘洋", "陈静"]
    folder = bank(tmp_path / "b", {"t": table(**{one: list("12") for one in called})})
    pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert copied(tmp_path / "o", "t").columns.tolist() == ["customer"]
    assert not any(one in (tmp_path / "o" / "datapackage.json").read_text(encoding="utf-8") for one in called)


def test_two_headings_that_may_be_names_are_still_columns(tmp_path):
    assert act(bank(tmp_path / "b", {"t": table(余额=[1, 2], 汪洋=[1, 2])}), "余额")[0] == "keep"


@pytest.mark.parametrize("where", ["values", "enum"])
def test_a_list_of_values_that_names_people_leaves_its_column_out(tmp_path, where):
    people = ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨丽"]
    labels = {str(number): {"en": one, "zh": one} for number, one in enumerate(people, 1)}
    listed = {"values": labels} if where == "values" else {"constraints": {"enum": ["1", "2", *people]}}
    folder = bank(tmp_path / "b", {"t": table(x=[1, 2])})
    described(folder, "x", listed)
    assert act(folder, "x") == ("leave", "name")
    pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert "王伟" not in (tmp_path / "o" / "datapackage.json").read_text(encoding="utf-8")


def test_more_places_than_people_are_asked_about(tmp_path):
    numbers = [f"J{number:05d}" for number in range(ROWS)]
    assert act(bank(tmp_path / "b", {"t": table(旅程=numbers)}), "旅程") == ("?", "coded")


def test_rows_of_one_pseudonym_are_in_the_order_of_what_is_left_of_them(tmp_path):
    marks = [
        (number * 37) % ROWS for number in range(ROWS)
    ]  # the rows stood in the order of the names left out
    rows = pd.DataFrame(
        {"staff": ["E00001", "E00002"] * (ROWS // 2), "xm": [f"王{n}" for n in range(ROWS)], "mark": marks}
    )
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": rows}), out=tmp_path / "o")
    after = copied(tmp_path / "o", "t")
    assert after.columns.tolist() == ["staff", "mark"]
    assert all(group["mark"].is_monotonic_increasing for _, group in after.groupby("staff"))


def test_ids_that_differ_in_their_spelling_alone_are_told_and_never_made_one(tmp_path):
    here = pd.DataFrame(
        {"customer": ["C1", "c1", "C 2", "C2", "C3", "C3.0"] + [f"C{n}" for n in range(10, 20)]}
    )
    notes = pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": here}), out=tmp_path / "o")
    told = [note.told(0) for note in notes if note.kind == "spelled"]
    assert told
    assert told[0].startswith("t.customer: 2 ids of this kind are written in more than one way")
    assert copied(tmp_path / "o", "t")["customer"].nunique() == len(here)


def test_zeros_in_front_in_another_table_are_told(tmp_path):
    tables = {
        "t": pd.DataFrame({"customer": [f"{n:08d}" for n in range(100, 130)]}),
        "u": pd.DataFrame({"customer": list(range(100, 130)), "y": [1, 3] * 15}),
    }
    notes = pseudonyms.pseudonymise(bank(tmp_path / "b", tables), out=tmp_path / "o")
    assert [note.found for note in notes if note.kind == "spelled"] == ["30"]


@pytest.mark.parametrize("name", ["王伟", "customers_13800138000", "张先生"])
def test_a_table_that_is_called_by_a_person_stops_the_command(tmp_path, name):
    folder = bank(tmp_path / "b", {name: table(x=[1, 2])})
    with pytest.raises(WrongValue, match="may be called by a person"):
        pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(("title", "kept"), [("P1 员工佩戴工号牌", "keep"), ("P1 工号", "leave")])
def test_a_rated_question_may_speak_of_a_number(tmp_path, title, kept):
    folder = bank(tmp_path / "bank", {"t": table(P1=["1", "2", "3", "4", "5"])})
    more = {"title": title, "item": 1, "constraints": {"minimum": 1, "maximum": 5}}
    described(folder, "P1", more)
    assert act(folder, "P1")[0] == kept


@pytest.mark.parametrize(
    ("called", "proposed"),
    [("滨江支行（王伟）", "?"), ("滨江支行-李娜", "?"), ("客户经理：王小伟", "?"), ("滨江支行", "keep"), ("城南支行（高新区）", "keep"), ("支行（江南路）", "keep")],
)  # fmt: skip
def test_a_branch_that_is_called_with_a_persons_name_is_asked_about(tmp_path, called, proposed):
    names = [called, "古楼支行"]
    places = pd.DataFrame({"branch": ["B01", "B02"], "name_en": ["Harbour", "Old Town"], "name_zh": names})
    folder = bank(tmp_path / "bank", {"t": table(), "branches": places})
    assert act(folder, "name_zh")[0] == proposed

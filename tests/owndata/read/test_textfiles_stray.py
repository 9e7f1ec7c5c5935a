"""What stands in a text by accident and would be read wrongly in silence: stray quotation marks, marks of a file's beginning."""

import json
import time

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.read import encodings, sheets
from owndata.say.problems import CannotRead
from owndata.share import pseudonyms


def lines(rows, columns=7):
    """Answers of branches, in a table whose last column is a comment."""
    return [
        ",".join([f"R{i}", f"B{i % 5}", *(str(i % 7 + 1) for _ in range(columns - 3)), "fine"])
        for i in range(rows)
    ]


def saved(folder, text, encoding="utf-8"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "answers.csv"
    path.write_bytes(text.encode(encoding))
    return path


HEAD = "respondent,branch,P1,P2,P3,P4,comment"


@pytest.mark.parametrize(("first", "last"), [(60, 61), (60, 62), (60, 400), (5, 390)])
def test_a_quotation_mark_never_meant_swallows_no_rows(first, last, tmp_path):
    rows = lines(400)
    rows[first - 1] = rows[first - 1].replace("fine", '"Great service')
    rows[last - 1] = rows[last - 1].replace("fine", 'they said good"')
    path = saved(tmp_path, "\n".join([HEAD, *rows]))
    with pytest.raises(CannotRead) as refused:
        sheets.read(path)
    assert (refused.value.problem.kind, refused.value.problem.row) == ("quote", first + 1)


def test_a_comment_of_several_lines_is_one_cell(tmp_path):
    rows = lines(100)
    comments = [
        "a, b, c, d, e, f,\ng, h, i, j, k, l, m",
        "good,\nfast, friendly",
        "one\n\ntwo\nthree, four",
        "a\n" * 40,
        "x, y\nz",
    ]
    for place, comment in zip((50, 60, 70, 80, 90), comments, strict=True):
        rows[place] = rows[place].replace("fine", f'"{comment}"')
    read = sheets.read(saved(tmp_path, "\n".join([HEAD, *rows])))
    assert len(read.cells) == 100 and read.problems == []
    assert read.cells["comment"].iloc[[50, 60, 70, 80, 90]].tolist() == comments


@pytest.mark.parametrize("rows", [49, 50, 51, 1_000])
def test_nul_characters_at_the_end_are_told(rows, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 50)
    read = sheets.read(saved(tmp_path, "\n".join([HEAD, *lines(rows)]) + "\n" + "\0" * 100))
    assert len(read.cells) == rows and [one.kind for one in read.problems if one.kind == "nul"] == ["nul"]


def test_lost_characters_are_told_by_the_row_not_by_the_line(tmp_path):
    rows = lines(200)
    rows[10] = rows[10].replace("fine", '"one\ntwo\nthree\nfour"')
    for place in (100, 150):
        rows[place] = rows[place].replace("fine", "\ufffd")
    (found,) = sheets.read(saved(tmp_path, "\n".join([HEAD, *rows]))).problems
    assert (found.kind, found.row) == ("damaged_text", 102)


@pytest.mark.parametrize("place", [50, 51, 52, 120])
def test_a_mark_of_a_beginning_within_a_file_stays_in_its_cell(place, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 20)
    rows = lines(200)
    rows[place - 2] = "\ufeff" + rows[place - 2]
    path = saved(tmp_path, "\n".join([HEAD, *rows]))
    piece = next(part.cells for part in sheets.parts(path) if place in part.cells.index)
    assert piece.loc[place, "respondent"].startswith("\ufeff")  # for the check to name
    (told,) = sheets.read(path).problems
    assert (told.kind, told.row) == ("unseen", place)


def test_two_exports_joined_have_their_headings_twice(tmp_path):
    one = "\ufeff" + "\n".join([HEAD, *lines(80)]) + "\n"
    read = sheets.read(saved(tmp_path, one + one))
    assert len(read.cells) == 160 and [found.kind for found in read.problems] == ["heading_again"]


def test_a_cell_of_letters_takes_no_time_of_its_square():
    def seconds(size):
        start = time.process_time()
        encodings._words("滨江支行," + "0a1b" * (size // 4))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(400_000) < 1  # a minute and more before


def test_a_table_that_begins_with_words_is_read_at_once_too(tmp_path, monkeypatch):
    rows = [row.replace("R", "Harbour ", 1) for row in lines(500)]
    rows[300], rows[400] = "Harbour Average,,4,4,4,4,", ",,,,,,"
    asked = []
    from owndata.read import sheet_layout

    left_out = sheet_layout.Layout._left_out
    monkeypatch.setattr(
        sheet_layout.Layout, "_left_out", lambda self, row, n: asked.append(n) or left_out(self, row, n)
    )
    read = sheets.read(saved(tmp_path, "\n".join([HEAD, *rows])))
    assert [(found.kind, found.row) for found in read.problems] == [("total_row", 302), ("blank_rows", 402)]
    assert len(read.cells) == 498 and len(asked) < 60


def folder(place, text, fields):
    """A bank of one table."""
    saved(place, text)
    package = {
        "resources": [{"name": "comments", "path": "answers.csv", "schema": {"fields": fields}}],
        "name": "own",
    }
    (place / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return place


FIELDS = [
    {"name": "respondent", "type": "string"}, {"name": "branch", "type": "string"},
    *({"name": f"P{i}", "type": "integer"} for i in range(1, 5)), {"name": "comment", "type": "string"},
]  # fmt: skip


def loads(place):
    try:
        return data.load(str(place), "comments")
    except WrongValue as error:
        return str(error)


@pytest.mark.parametrize(
    ("odd", "passes", "kind"),
    [
        (",,,,,,", True, "blank_rows"),
        ("", True, "blank_rows"),
        ("R200,B0,1,2,3,4,fine,", False, "long_row_empty"),
        ("respondent,branch,P1,P2,P3,P4,comment", False, "heading_again"),
        ("合计,,4,4,4,4,", False, "total_row"),
        ("制表：张三,,,,,,", False, "footnote"),
    ],
)
def test_what_the_check_passes_loads_whatever_row_stands_among_the_answers(odd, passes, kind, tmp_path):
    rows = lines(300)
    rows.insert(200, odd)
    place = folder(tmp_path / "own", "\n".join([HEAD, *rows]), FIELDS)
    found = check.check(place)
    assert kind in [one.kind for one in found]
    assert check.passes(found) == passes
    if passes:
        assert len(loads(place)) == 300


@pytest.mark.parametrize("place", [0, 100])
def test_thousands_of_empty_rows_are_passed_over(place, tmp_path, monkeypatch):
    from helpers.bank import tables

    monkeypatch.setattr(tables, "PIECE", 50)
    rows = lines(100)
    rows[place:place] = [",,,,,,"] * 200
    own = folder(tmp_path / "own", "\n".join([HEAD, *rows]), FIELDS)
    assert check.passes(check.check(own)) and len(loads(own)) == 100


def test_headings_in_two_rows_are_no_table_for_a_lesson(tmp_path):
    place = folder(tmp_path / "own", "\n".join([HEAD, ",".join(["Response"] * 7), *lines(100)]), FIELDS)
    assert "headings_joined" in [one.kind for one in check.check(place)]


def test_below_empty_rows_check_and_lesson_name_the_same_row(tmp_path):
    rows = lines(100)
    rows[20:20] = ["", ",,,,,,"]
    rows[50] = "R9999,B1,1,2,3,x,fine"
    place = folder(tmp_path / "own", "\n".join([HEAD, *rows]), FIELDS)
    (row,) = [one.row for one in check.check(place) if one.column == "P4"]
    assert row == 52 and "row 52" in loads(place)


@pytest.mark.parametrize("odd", ["制表：张三,,,,,,", "合计,,4,4,4,4,", HEAD])
def test_no_row_that_is_no_answer_travels_into_a_shared_copy(odd, tmp_path):
    place = folder(tmp_path / "own", "\n".join([HEAD, *lines(80), odd]), FIELDS)
    with pytest.raises(WrongValue, match="row 82"):
        pseudonyms.proposal(place)


def test_ids_that_are_numbers_are_told_apart_by_every_digit(tmp_path):
    fields = [{"name": "customer", "type": "integer"}, {"name": "a", "type": "integer"}]
    place = tmp_path / "own"
    place.mkdir()
    for name, ids in (
        ("customers", ["001", "10000000000000000", "10000000000000001"]),
        ("visits", ["001", "10000000000000001"]),
    ):
        pd.DataFrame({"customer": ids, "a": "1"}).to_csv(place / f"{name}.csv", index=False)
    key = {"fields": "customer", "reference": {"resource": "customers", "fields": "customer"}}
    tables = [
        {
            "name": "customers",
            "path": "customers.csv",
            "schema": {"fields": fields, "primaryKey": "customer"},
        },
        {"name": "comments", "path": "visits.csv", "schema": {"fields": fields, "foreignKeys": [key]}},
    ]
    (place / "datapackage.json").write_text(
        json.dumps({"name": "own", "resources": tables}), encoding="utf-8"
    )
    assert [one for one in check.check(place) if one.kind not in ("one_value",)] == []
    assert len(data.load(str(place), "comments")) == 2


def test_an_id_that_comes_again_far_below_is_not_said_to_differ(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 60)
    rows = lines(300)
    rows.insert(250, rows[4])
    place = folder(tmp_path / "own", "\n".join([HEAD, *rows]), FIELDS)
    package = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["primaryKey"] = "respondent"
    (place / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = [one for one in check.check(place) if one.kind.startswith("duplicate")]
    assert [(one.kind, one.row) for one in found] == [("duplicate", 252)]


def test_two_columns_of_parquet_with_one_name_are_two(tmp_path):
    path = tmp_path / "twice.parquet"
    pq.write_table(pa.table([["R1", "R2"], [1, 2], [3, 4]], names=["respondent", "P1", "P1"]), path)
    read = sheets.read(path)
    assert read.cells.to_numpy().tolist() == [["R1", "1", "3"], ["R2", "2", "4"]]
    assert [one.kind for one in read.problems] == ["same_heading"]

"""Tables read in pieces: the same values, types and sentences as at once."""

import numpy as np
import pandas as pd
import pytest

from helpers.bank import tables
from helpers.bank.language import WrongValue

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True}},
    {"name": "mark", "type": "integer", "constraints": {"minimum": 1, "maximum": 7}},
    {"name": "late", "type": "integer"},
    {"name": "share", "type": "number"},
    {"name": "day", "type": "date"},
    {"name": "time", "type": "datetime"},
    {"name": "word", "type": "string"},
    {"name": "nothing", "type": "integer"},
    {"name": "parent", "type": "string", "constraints": {"required": True}},
]
ROWS = 11
CELLS = {
    "id": [f"{number:03}" for number in range(ROWS)],
    "mark": [number % 7 + 1 for number in range(ROWS)],
    "late": [*map(str, range(9)), "", "3"],  # whole numbers, a gap in the last piece alone
    "share": [f"{number}.0{number}" for number in range(ROWS)],
    "day": ["2025-03-01"] * 5 + [""] * 6,
    "time": ["2025-03-01 08:30"] * 10 + ["2025-03-01 08:30:00.123456789"],
    "word": [""] * 4 + ["007"] * 7,
    "nothing": [""] * ROWS,
    "parent": ["P1", "P2"] * 5 + ["P1"],
    "stray": [*range(10), 2.5],
    "mixed": [*range(10), "x"],
}


def written(folder, cells, *, kind="csv"):
    """A folder with one table in which these cells stand, and its codebook."""
    key = {"fields": "parent", "reference": {"resource": "parents", "fields": "parent"}}
    resources = [
        {"name": "told", "path": f"told.{kind}", "schema": {"fields": FIELDS, "foreignKeys": [key]}},
        {"name": "parents", "path": "parents.csv", "schema": {"fields": []}},
    ]
    (folder / "parents.csv").write_text("parent\nP1\nP2\n", encoding="utf-8")
    rows = pd.DataFrame(cells)
    if kind == "csv":
        rows.to_csv(folder / "told.csv", index=False)
    else:
        rows.to_parquet(folder / "told.parquet", index=False)
    return {"folder": folder, "name": "told", "tables": {one["name"]: one for one in resources}}


def parquet():
    """The same with types of a file's own."""
    typed = {name: pd.Series(cells) for name, cells in CELLS.items() if name != "mixed"}
    typed["id"] = pd.Series(range(ROWS))  # an id that is stored as a number is text
    typed["late"] = pd.to_numeric(typed["late"])
    typed["share"] = typed["share"].astype("category")
    typed["day"] = pd.to_datetime(typed["day"].where(typed["day"] != ""))
    typed["nothing"] = np.nan
    return typed | {"word": typed["word"].where(typed["word"] != "")}


@pytest.mark.parametrize(("kind", "cells"), [("csv", CELLS), ("parquet", parquet())])
@pytest.mark.parametrize("size", [1, 3, 4, 5])
def test_pieces_are_the_table(tmp_path, monkeypatch, kind, cells, size):
    given = written(tmp_path, {**cells}, kind=kind)
    whole = tables.load(**given)
    monkeypatch.setattr(tables, "PIECE", size)
    pieces = tables.load(**given)
    if "mixed" in cells:  # no column of the codebook: pandas, too, types it by what it has read so far
        assert pieces.pop("mixed").astype(str).tolist() == whole.pop("mixed").astype(str).tolist()
    pd.testing.assert_frame_equal(pieces, whole, check_exact=True)
    kinds = {name: whole[name].dtype.kind for name in ("mark", "late", "share", "day", "time", "nothing")}
    assert kinds == {"mark": "i", "late": "f", "share": "f", "day": "M", "time": "M", "nothing": "f"}
    assert whole["id"].iloc[-1] == ("010" if kind == "csv" else "10") and whole["word"].dtype == "str"


FAULTS = {
    "mark": (8, "row 9, column 'mark' holds 8"),
    "late": ("viel", "row 9, column 'late' holds 'viel'"),
    "day": ("2025-02-30", "row 9, column 'day' holds '2025-02-30'"),
    "id": ("001", "'001' is in rows 3 and 9"),
    "parent": ("P3", "row 9, column 'parent' holds 'P3'"),
}


@pytest.mark.parametrize("column", FAULTS)
def test_a_wrong_cell_in_the_third_piece_is_told_with_its_row(tmp_path, monkeypatch, column):
    value, said = FAULTS[column]
    given = written(tmp_path, CELLS | {column: [*CELLS[column][:7], value, *CELLS[column][8:]]})
    sentences = []
    for size in (tables.PIECE, 3):
        monkeypatch.setattr(tables, "PIECE", size)
        with pytest.raises(WrongValue) as error:
            tables.load(**given)
        sentences.append(str(error.value))
    assert said in sentences[0] and sentences[0] == sentences[1]


def test_a_column_that_is_empty_in_all_pieces_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "PIECE", 3)
    given = written(tmp_path, CELLS)
    survey = {"scale": {"minimum": 1, "maximum": 7}, "dimensions": [{"name": "all", "items": [1]}]}
    given["tables"]["told"] |= {"name": "servqual", **survey}
    rows = pd.DataFrame(CELLS).assign(respondent=CELLS["id"], branch="B01", P1="")
    rows.to_csv(tmp_path / "told.csv", index=False)
    with pytest.raises(WrongValue, match="P1"):
        tables.load(**given)


def test_a_row_longer_than_the_headings_in_a_later_piece_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "PIECE", 3)
    given = written(tmp_path, CELLS)
    with (tmp_path / "told.csv").open("a", encoding="utf-8") as file:
        file.write("011" + "," * len(CELLS) + "one more\n")
    with pytest.raises(WrongValue, match=r"told\.csv.*cannot be read"):
        tables.load(**given)


def test_headings_alone_are_told(tmp_path):
    for kind in ("csv", "parquet"):
        cells = {name: pd.Series(cells, dtype=object)[:0] for name, cells in CELLS.items()}
        with pytest.raises(WrongValue, match="not one row"):
            tables.load(**written(tmp_path, cells, kind=kind))


def test_only_what_is_kept_is_held_and_all_is_judged(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "PIECE", 3)
    few = tables.load(**written(tmp_path, CELLS), kept=lambda rows: rows.loc[rows["mark"] > 3, ["id"]])
    assert few["id"].tolist() == ["003", "004", "005", "006", "010"] and few.index.tolist() == list(range(5))
    given = written(tmp_path, CELLS | {"late": ["viel", *CELLS["late"][1:]]})
    with pytest.raises(WrongValue, match="viel"):
        tables.load(**given, kept=lambda rows: rows[["id"]])

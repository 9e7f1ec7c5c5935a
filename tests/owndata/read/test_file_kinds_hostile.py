"""Files made to harm: far cells, thousands of columns, bytes that are no text, pipes, signs that move a cursor."""

import os
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import spoiled_files

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.map import proposed_mapping
from owndata.read import farcells, sheets
from owndata.say.problems import CannotRead
from workshop import cli

TABLE = [["序号", "网点", "态度友好"], ["1", "滨江支行", "5"], ["2", "古城支行", "4"]]


def saved(folder, content, name="export.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def sheet_with(*cells):
    """An .xlsx with a small table and single cells elsewhere."""

    def act(book, sheet):
        for cell in cells:
            sheet.write(cell, "x")

    return spoiled_files.workbook(TABLE, act=act)


@pytest.mark.parametrize("cell", ["XFD1048576", "D1048576", "XFD2", "ABC1000000"])
def test_a_cell_far_away_is_named_as_the_cause(tmp_path, cell):
    path = saved(tmp_path, sheet_with(cell), "a.xlsx")
    if cell == "XFD2":  # one long row is no harm
        assert len(sheets.read(path).cells)
        return
    with pytest.raises(CannotRead, match=f"cell {cell} is filled, far away") as caught:
        sheets.read(path)
    assert "Ctrl+End" in caught.value.zh
    assert caught.value.problem.kind == "far_cell"


def test_a_cell_a_little_away_is_read(tmp_path):
    assert len(sheets.read(saved(tmp_path, sheet_with("H5000"), "a.xlsx")).cells) > 0


def test_the_farthest_cell_is_found_across_the_blocks_of_a_large_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(farcells, "BLOCK", 37)
    with pytest.raises(CannotRead, match="cell XFD1048576"):
        sheets.read(saved(tmp_path, sheet_with("XFD1048576"), "a.xlsx"))


@pytest.mark.parametrize("equal", [False, True])
def test_time_grows_with_the_columns_and_not_with_their_square(tmp_path, equal):
    def seconds(columns):
        headings = ["题" if equal else f"题{i}" for i in range(columns)]
        rows = [headings, *[[str((i + row) % 5 + 1) for i in range(columns)] for row in range(3)]]
        path = saved(tmp_path, spoiled_files.text(rows), f"{columns}{equal}.csv")
        start = time.process_time()
        proposed_mapping.propose(sheets.read(path))
        return time.process_time() - start

    seconds(50)  # what is imported or cached once
    # Eight times the columns: 64 times as long if it were quadratic.
    assert seconds(8_000) < 24 * max(seconds(1_000), 0.05)


def test_equal_headings_are_numbered(tmp_path):
    rows = [["a", "a (2)", "a", "", "a", "[D]"], ["1"] * 6]
    found = sheets.read(saved(tmp_path, spoiled_files.text(rows), "a.csv"))
    assert found.cells.columns.tolist() == ["a", "a (2)", "a (3)", "[D]", "a (4)", "[D] (2)"]


@pytest.mark.parametrize(
    "bad", ["\x1b]0;owned\x07", "\x1b[2J", "x\ny: error", "\u202egnp", "\x9b31m", "a\rb"]
)
def test_what_moves_a_cursor_never_reaches_the_terminal(tmp_path, bad, capsys):
    rows = [[f"题{bad}", "q"], ["1", "2"], ["5", bad]]
    saved(tmp_path, spoiled_files.text(rows), "plain.csv")
    cli.main(["data", "map", str(tmp_path / "plain.csv"), "--language", "en"])
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "customers.csv").write_text(f'customer,"x{bad}"\nC1,2\n', encoding="utf-8", newline="")
    (folder / f"f{bad.replace('/', '')}.txt").write_text("x", encoding="utf-8")
    for command in (["map", folder], ["check", folder], ["pseudonymise", folder, "--out", tmp_path / "o", "--yes"],
                    ["pseudonymise", folder, "--out", tmp_path / "p"], ["check", tmp_path / f"none{bad}"],
                    ["map", tmp_path / f"none{bad}.csv"]):  # fmt: skip
        cli.main(["data", *map(str, command), "--language", "en"])
    told = capsys.readouterr()
    for text in (told.out, told.err):
        assert not set(text) & set("\x1b\x07\u202e\x9b\r")
        assert "\ny: error" not in text


@pytest.mark.parametrize("kind", ["binary", "text"])
def test_parquet_whose_bytes_are_no_text_is_refused_by_check_and_by_load(tmp_path, kind):
    spoiled_files.good(tmp_path)
    table = pa.table({"branch": pa.array([b"B01", b"\xff\xfe"], pa.binary()), "name_zh": ["a", "b"]})
    if kind == "text":
        table = table.set_column(0, "branch", table["branch"].combine_chunks().view(pa.string()))
    pq.write_table(table, tmp_path / "branches.parquet")
    package = spoiled_files.codebook()
    package["resources"][0]["path"] = "branches.parquet"
    spoiled_files.write_codebook(tmp_path, package)
    assert not check.passes(check.check(tmp_path))
    if kind == "text":
        with pytest.raises(WrongValue):
            data.load(tmp_path, "branches")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("path", ["pipe.csv", "/dev/zero", "/dev/stdin"])
def test_what_never_ends_is_not_opened(tmp_path, path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(CannotRead, match="not a plain file"):
        sheets.read(tmp_path / path)

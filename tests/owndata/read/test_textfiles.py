"""Many lines at once are read as each by itself would be: the same cells, rows, problems and refusals."""

import random

import pandas as pd
import pytest

from owndata.read import sheets, textfiles
from owndata.say.problems import CannotRead

ROWS = 130  # more than the first fifty, which are always read one by one
ODD = [
    "合计,,9,9",
    "Total,,9,9",
    "Harbour Average,,9,9",
    "滨江支行 汇总,x,9,9",
    ",,,",
    "",
    "   ",
    "id,word,a,b",
    "id,other,1,2",
    "注：截至三月,,,",
    "Note: to March,,,",
    "note:1,x,2,3",
    "R1,x",
    "R1,x,1,2,3",
    "R1,x,1,2,,",
    'R1,"x, y",1,2',
    'R1,"two\nlines",1,2',
    'R1,"two\r\n\r\nlines",1,2',
    'R1,"never closed,1,2',
    'R1,x"y,1,2',
    ",no id,1,2",
    " R7 ,x,1,2",
    "7,x,1,2",
    "2025-03-31 10:00,x,1,2",
    "满意,x,1,2",
    "R1,锟斤拷,1,2",
    "R1,\0x,1,2",
    "R1,x\ry,1,2",
    "=1+1,x,NA,null",
    "R1,\u2028x\x0b\x85,1,2",
]


def told(path, **more):
    """All that reading says of a file, as plain objects."""
    try:
        found = sheets.read(path)
    except CannotRead as error:
        return repr(error.problem)
    rows = found.cells.astype(object).to_dict("split")
    problems = sorted(repr(one) for one in found.problems)  # lines are looked over before they are cut
    return rows, found.first_row, found.encoding, problems


def one_by_one(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(textfiles, "_is_even", lambda text: False)
        return told(path)


@pytest.mark.parametrize("seed", range(60))
def test_lines_read_at_once_are_those_read_one_by_one(seed, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 20)
    draw = random.Random(seed)
    lines = [f"R{number},{draw.choice('xyz银')},{number % 7},{number % 5}" for number in range(ROWS)]
    for odd in draw.sample(ODD, draw.choice([0, 1, 1, 2, 5])):
        lines.insert(draw.randrange(len(lines) + 1), odd)
    end = draw.choice(["\n", "\r\n"])
    text = end.join(["id,word,a,b", *lines]) + draw.choice(["", end])
    if draw.random() < 0.3:
        text = text.replace(",", draw.choice(";\t"))
    path = tmp_path / "answers.csv"
    path.write_bytes(text.encode(draw.choice(["utf-8", "utf-8-sig", "utf-16"])))
    assert told(path) == one_by_one(path, monkeypatch)


@pytest.mark.parametrize("odd", ODD)
def test_each_odd_line_far_down_is_seen(odd, tmp_path, monkeypatch):
    lines = [f"R{number},x,{number % 7},{number % 5}" for number in range(ROWS)]
    lines.insert(100, odd)
    path = tmp_path / "answers.csv"
    path.write_bytes("\n".join(["id,word,a,b", *lines]).encode("utf-8"))
    assert told(path) == one_by_one(path, monkeypatch)


def test_plain_lines_are_indeed_taken_at_once(tmp_path, monkeypatch):
    """Otherwise the two above would compare a thing with itself."""
    taken = []
    plain = textfiles.Rows.plain
    monkeypatch.setattr(textfiles.Rows, "plain", lambda *asked: taken.append(plain(*asked)) or taken[-1])
    path = tmp_path / "answers.csv"
    path.write_text("id,a\n" + "".join(f"R{number},{number % 7}\n" for number in range(1_000)))
    read = sheets.read(path)
    assert sum(len(table) for table in taken if table is not None) == 1_001 - 50
    assert read.cells.index.tolist() == list(range(2, 1_002))
    assert read.cells.dtypes.unique().tolist() == [pd.StringDtype(na_value=float("nan"))]


@pytest.mark.parametrize("quoted", ["", '"'])
def test_a_very_long_cell_is_read_whole(quoted, tmp_path):
    path = tmp_path / "comments.csv"
    long = "长" * 200_000
    path.write_text(f"id,comment\nR1,{quoted}{long}{quoted}\nR2,short\n", encoding="utf-8")
    assert sheets.read(path).cells["comment"].tolist() == [long, "short"]

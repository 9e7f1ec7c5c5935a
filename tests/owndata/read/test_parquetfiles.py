"""Many rows of a Parquet file at once are read as each by itself would be."""

import datetime
import decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.map import folder_codebook
from owndata.read import parquetfiles, sheets
from owndata.say.problems import CannotRead

COUNT = 300  # more than the first fifty, which are always read one by one
VALUES = {
    "texts": pa.array([f"词{i}" if i % 7 else None for i in range(COUNT)]),
    "counts": pa.array([i if i % 5 else None for i in range(COUNT)], pa.int64()),
    "shares": pa.array([i / 7 for i in range(COUNT)]),
    "days": pa.array([datetime.date(2025, 1, 1 + i % 28) for i in range(COUNT)]),
    "times": pa.array([datetime.datetime(2025, 1, 1, i % 3, 30 * (i % 2)) for i in range(COUNT)]),
    "money": pa.array([decimal.Decimal(i).scaleb(-2) for i in range(COUNT)]),
    "yes": pa.array([i % 2 == 0 for i in range(COUNT)]),
    "bytes": pa.array([b"\xe8\xaf\x8d" if i % 3 else None for i in range(COUNT)]),
    "words": pa.array(["abc"[i % 3] for i in range(COUNT)]).dictionary_encode(),
    "nothing": pa.nulls(COUNT),
}
ODD = [
    None,
    "   ",
    "合计",
    "Total",
    "Harbour Average",
    "注：截至三月",
    "id",
    "滨江支行 汇总",
    "R7",
    "\ufeffid",
]


def told(path):
    """All that reading says of a file."""
    found = sheets.read(path)
    return found.cells.astype(object).to_dict("split"), found.first_row, list(map(repr, found.problems))


def one_by_one(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(parquetfiles.Rows, "plain", lambda *_: None)
        patch.setattr(parquetfiles.Rows, "waiting", property(lambda _: 10**9, lambda *_: None), raising=False)
        return told(path)


@pytest.mark.parametrize("at_once", [40, 100, COUNT, 10_000])
@pytest.mark.parametrize("odd", ODD)
def test_the_same_cells_rows_and_problems(tmp_path, monkeypatch, odd, at_once):
    monkeypatch.setattr(parquetfiles, "AT_ONCE", at_once)
    path = tmp_path / "answers.parquet"
    ids = [f"R{i}" for i in range(COUNT)]
    ids[20] = ids[170] = ids[-1] = odd
    pq.write_table(pa.table({"id": ids, **VALUES}), path)
    assert told(path) == one_by_one(path, monkeypatch)


def test_two_columns_of_one_name_keep_their_own_cells(tmp_path, monkeypatch):
    path = tmp_path / "answers.parquet"
    columns = [pa.array(map(str, range(COUNT))), pa.array(["a"] * COUNT), pa.array(["b"] * COUNT)]
    pq.write_table(pa.Table.from_arrays(columns, names=["id", "word", "word"]), path)
    cells = sheets.read(path).cells
    assert cells.columns.tolist() == ["id", "word", "word (2)"]
    assert cells.iloc[:, 1:].drop_duplicates().to_numpy().tolist() == [["a", "b"]]
    assert told(path) == one_by_one(path, monkeypatch)


def test_empty_row_groups_and_no_column_at_all(tmp_path):
    path = tmp_path / "answers.parquet"
    with pq.ParquetWriter(path, pa.schema({"id": pa.string()})) as writer:
        for ids in ([], ["R1"] * 60, [], ["R2"] * 60):
            writer.write_table(pa.table({"id": pa.array(ids, pa.string())}))
    assert sheets.read(path).cells["id"].value_counts().to_dict() == {"R1": 60, "R2": 60}
    pd.DataFrame(index=range(60)).to_parquet(path, index=False)
    with pytest.raises(ValueError, match="no cell in it is filled"):
        sheets.read(path)


@pytest.mark.parametrize("row", [0, 60, COUNT - 1])
def test_bytes_that_call_themselves_text_are_refused_wherever_they_stand(tmp_path, monkeypatch, row):
    monkeypatch.setattr(parquetfiles, "AT_ONCE", 100)
    path = tmp_path / "answers.parquet"
    raw = [b"R1"] * COUNT
    raw[row] = b"\xff\xfe"
    pq.write_table(pa.table({"id": pa.array(raw, pa.binary()).view(pa.string()), **VALUES}), path)
    with pytest.raises(CannotRead, match="damaged"):
        sheets.read(path)


def test_a_zone_stays_with_its_clock_and_a_duration_is_a_clock(tmp_path):
    late = pd.Timestamp("2025-03-30 16:30:00")
    pd.DataFrame({
        "utc": [late.tz_localize("UTC"), pd.NaT], "bank": [late.tz_localize("UTC").tz_convert("Asia/Shanghai"), pd.NaT],
        "none": [late, pd.NaT], "spent": [pd.Timedelta(seconds=125), pd.NaT], "clock": [datetime.time(9, 2), None],
        "last": ["x", "x"],
    }).to_parquet(tmp_path / "a.parquet")  # fmt: skip
    first, second = sheets.read(tmp_path / "a.parquet").cells.to_numpy().tolist()
    assert first == [
        "2025-03-30 16:30:00Z", "2025-03-31 00:30:00+0800", "2025-03-30 16:30:00", "0:02:05", "09:02:00", "x",
    ]  # fmt: skip
    assert second == ["", "", "", "", "", "x"]


def test_the_check_refuses_a_zone_as_the_lessons_do(tmp_path):
    rows = pd.DataFrame({"customer": ["1"], "time": [pd.Timestamp("2025-03-30 16:30:00", tz="UTC")], "channel": "app",
                         "kind": "transfer", "amount_fen": [1200]})  # fmt: skip
    rows.to_parquet(tmp_path / "transactions.parquet", index=False)
    folder_codebook.describe(tmp_path)
    found = check.check(tmp_path)
    assert "date_zone" in {one.kind for one in found}
    with pytest.raises(WrongValue, match="zone"):
        data.load(tmp_path, "transactions")

"""Files as tables: only an empty cell is missing, whoever reads; rows come on a plain index."""

import pandas as pd
import pytest

from helpers.bank import tables

FIELDS = [{"name": "branch", "type": "string"}, {"name": "P1", "type": "integer"}]
WORDS = ["NA", "null", "nan", "None"]  # a branch may be called so


@pytest.fixture
def answers(tmp_path):
    """Four branches whose ids look like nothing, and one row without an id."""
    path = tmp_path / "answers.csv"
    path.write_text("branch,P1\n" + "".join(f"{word},7\n" for word in WORDS) + ",5\n", encoding="utf-8")
    return path


def test_a_word_for_nothing_is_a_value_to_every_reader(answers):
    (rows,) = tables._pieces(answers, fields=FIELDS)
    assert rows["branch"].tolist()[:-1] == WORDS
    assert tables.raw(answers)["branch"].tolist() == [*WORDS, ""]
    assert tables.empty(answers, columns={"branch"}) == set()
    assert tables.distinct(answers, columns=["branch", "P1"]) == len(WORDS)
    lacking = tables._ids(answers, "branch").lacks(pd.Series([*WORDS, "B01"]))
    assert list(lacking) == [False] * len(WORDS) + [True]


def test_a_judged_table_has_the_files_columns_and_no_more(answers):
    resource = {"name": "answers", "path": answers.name, "schema": {"fields": FIELDS}}
    rows = tables.load(answers.parent, "answers", tables={"answers": resource})
    assert rows.columns.tolist() == ["branch", "P1"]
    assert rows.index.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_columns_that_hold_nothing_and_different_rows_are_told_of_any_file(tmp_path, ending):
    path = tmp_path / f"answers.{ending}"
    rows = pd.DataFrame(
        {"branch": ["B1", "B1", "B2"], "wave": [1, 1, 1], "note": pd.Series([None] * 3, dtype=str)}
    )
    rows.to_csv(path, index=False) if ending == "csv" else rows.to_parquet(path, index=False)
    assert tables.empty(path, columns={"branch", "note", "lacking"}) == {"note", "lacking"}
    assert tables.distinct(path, columns=["branch", "wave"]) == 2
    (rows[:0].to_csv if ending == "csv" else rows[:0].to_parquet)(path, index=False)
    assert tables.distinct(path, columns=["branch", "wave"]) == 0

"""A later export of the same form: what it adds is named, what it settles itself is not overruled."""

import answering
import pandas as pd
import pytest

from owndata.read import sheets, textfiles
from workshop import cli

ITEMS = {f"{k}. 服务{k}": [(k * n + n // 7) % 5 + 1 for n in range(40)] for k in range(1, 6)}
BRANCHES = {"网点": ["滨江支行", "古城支行"] * 20}


def course(*argv):
    return cli.main(["data", *map(str, argv), "--language", "en"])


def first_then(folder, first, later, *, encoding="utf-8"):
    """Map a survey, answer what it asks, and follow that mapping with a later one; the code and the copy's rows."""
    pd.DataFrame(first).to_csv(folder / "first.csv", index=False, encoding=encoding)
    assert course("map", folder / "first.csv", "--out", folder / "first") == 0
    asked = answering.answer(folder / "first" / "mapping.xlsx")
    pd.DataFrame(later).to_csv(folder / "later.csv", index=False, encoding="utf-8-sig")
    code = course(
        "map", folder / "later.csv", "--mapping", folder / "first" / "mapping.xlsx", "--out", folder / "later"
    )
    copy = folder / "later" / "servqual.csv"
    return asked, code, sheets.read(copy).cells if copy.exists() else None


def test_a_new_column_is_named(tmp_path, capsys):
    asked, code, rows = first_then(
        tmp_path, BRANCHES | ITEMS, BRANCHES | ITEMS | {"3a、新加的一题": ITEMS["3. 服务3"]}
    )
    told = capsys.readouterr().out
    assert (asked, code, len(rows)) == ([], 0, 40)
    assert "Left out, not in the mapping: '3a、新加的一题'. If it is a question, map this file anew" in told
    assert told.count("not in the mapping") == 1


@pytest.mark.parametrize(
    ("day", "read"),
    [("13/3/2025", "2025-03-13"), ("3/13/2025", "2025-03-13")],
)
def test_an_order_of_days_answered_once_does_not_outvote_a_file_that_settles_it(tmp_path, day, read):
    open_, settled = {"提交答卷时间": ["3/4/2025"] * 40}, {"提交答卷时间": [day, *["3/4/2025"] * 39]}
    asked, code, rows = first_then(tmp_path, BRANCHES | open_ | ITEMS, BRANCHES | settled | ITEMS)
    assert (asked, code) == (["days"], 0)
    assert rows["date"].tolist() == [read, *["2025-04-03" if day.startswith("13") else "2025-03-04"] * 39]


def test_an_encoding_answered_once_does_not_outvote_a_file_that_settles_it(tmp_path):
    names = {"branch": ["김포", "서울"] * 20}
    items = {f"Q{k}": values for k, values in enumerate(ITEMS.values(), start=1)}
    asked, code, _ = first_then(tmp_path, names | items, names | items, encoding="cp949")
    assert (asked, code) == (["encoding"], 0)
    assert textfiles.alternatives(tmp_path / "later.csv", "utf-8-sig") == []
    assert set(pd.read_csv(tmp_path / "later" / "branches.csv")["name_zh"]) == {"김포", "서울"}

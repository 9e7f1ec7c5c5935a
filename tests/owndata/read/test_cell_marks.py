"""Characters that nobody sees and ="…" around ids are taken out, and told once; a folder's check still names the cells."""

import pandas as pd
import pytest

from owndata.map import proposed_mapping
from owndata.read import sheets

WORDS = ["非常不满意", "不满意", "一般", "满意", "非常满意"]


def export(tmp_path, mark, *, ids=str, ending="csv"):
    table = pd.DataFrame({
        "序号": [ids(i) for i in range(1, 61)],
        f"网点{mark}": [name + mark * (i % 2) for i in range(30) for name in ("滨江支行", "古城支行")],
        **{f"P{k}": [mark + WORDS[(i * k) % 5] + mark for i in range(60)] for k in range(1, 4)},
    })  # fmt: skip
    path = tmp_path / f"export.{ending}"
    table.to_csv(path, index=False) if ending == "csv" else table.to_excel(
        path, index=False, engine="xlsxwriter"
    )
    return sheets.read(path)


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u202a", "\u2060", "\ufeff", "\u00ad", "\u061c"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_nobody_sees_makes_no_other_branch_and_no_other_answer(tmp_path, mark, ending):
    sheet = export(tmp_path, mark, ending=ending)
    assert set(sheet.cells["网点"]) == {"滨江支行", "古城支行"}
    (told,) = [one for one in sheet.problems if one.kind == "unseen"]
    assert (told.severity, "210 cells" in told.en, "210 个" in told.zh) == ("notice", True, True)
    found = proposed_mapping.propose(sheet)
    assert (found.columns["role"] == "perception").sum() == 3
    assert found.questions == ()


def test_ids_that_are_written_as_formulas_are_read(tmp_path):
    sheet = export(tmp_path, "", ids=lambda i: f'="{i:05}"')
    assert sheet.cells["序号"].tolist()[:2] == ["00001", "00002"]
    (told,) = sheet.problems
    assert (told.kind, told.row, "60 cells" in told.en) == ("kept_as_text", 2, True)


def test_cells_without_marks_are_the_same(tmp_path):
    sheet = export(tmp_path, "", ids=lambda i: f"=A{i} ⭐️ é　中")
    assert sheet.cells["序号"].iloc[0] == "=A1 ⭐️ é　中"
    assert sheet.problems == []

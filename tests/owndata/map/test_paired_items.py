"""Items that speak of the same things twice, on two scales, of importance or of an order are asked about, or left out."""

import dataclasses

import layouts
import pandas as pd
import pytest

from owndata.map import mapping, proposed_mapping, survey_folder
from owndata.read import sheets

ITEMS = [f"P{i}" for i in range(1, 13)]
ASKED = layouts.ASKED["zh"]


def marks(seed):
    known = layouts.known(seed)
    return known[ITEMS].astype("Int64").astype(object).where(known[ITEMS].notna(), "").set_axis(ASKED, axis=1)


def followed(headings, columns, tmp_path, answer=0):
    """Map a survey with these columns, tick an answer to the one question, and read the working copy."""
    frame = pd.DataFrame(dict(enumerate(columns)))
    frame.insert(0, "网点", [layouts.BRANCHES["zh"][i % 5] for i in range(len(frame))])
    frame.to_csv(tmp_path / "export.csv", index=False, header=["网点", *headings])
    sheet = sheets.read(tmp_path / "export.csv")
    found = proposed_mapping.propose(sheet)
    asked = tuple(dataclasses.replace(one, answer=answer) for one in found.questions)
    mapping.write(dataclasses.replace(found, questions=asked), tmp_path / "mapping.xlsx")
    survey_folder.make(sheet, mapping.read(tmp_path / "mapping.xlsx"), out=tmp_path / "bank")
    rows = pd.read_csv(tmp_path / "bank" / "servqual.csv", dtype=str, keep_default_na=False)
    return [one.kind for one in found.questions], rows


def said(rows, letter):
    return rows.filter(regex=f"^{letter}\\d").to_numpy().tolist()


def as_text(frame):
    return frame.astype(str).to_numpy().tolist()


@pytest.mark.parametrize("answer", range(5))
def test_headings_that_stand_there_twice_are_asked_about(tmp_path, answer):
    first, second = marks(3), marks(4)
    columns = [*first.T.to_numpy(), *second.T.to_numpy()]
    kinds, rows = followed([*ASKED, *ASKED], columns, tmp_path, answer)
    assert kinds == ["twice"]
    met, hoped = [(second, first), (first, second), (first, None), (second, None), (None, None)][answer]
    assert len(said(rows, "P")[0]) == (24 if met is None else 12)
    if met is not None:
        assert said(rows, "P") == as_text(met)
        assert said(rows, "E") == (as_text(hoped) if hoped is not None else [[]] * len(rows))


@pytest.mark.parametrize("answer", [0, 1])
def test_importance_is_no_perception(tmp_path, answer):
    weighed, met = marks(3), marks(4)
    columns = [column for asked in ASKED for column in (weighed[asked], met[asked])]
    heads = [f"{asked}-{kind}" for asked in ASKED for kind in ("重要性", "满意度")]
    kinds, rows = followed(heads, columns, tmp_path, answer)
    assert (kinds, said(rows, "P")) == (["importance"], as_text(met))
    assert said(rows, "E") == (as_text(weighed) if answer else [[]] * len(rows))


@pytest.mark.parametrize("answer", [0, 1])
def test_of_two_scales_a_person_chooses(tmp_path, answer):
    five, ten = marks(3).iloc[:, :6], marks(4).iloc[:, 6:]
    ten = ten.map(lambda mark: mark and 2 * mark)
    kinds, rows = followed(ASKED, [*five.T.to_numpy(), *ten.T.to_numpy()], tmp_path, answer)
    assert kinds == ["scales"]
    assert said(rows, "P") in (as_text(five), as_text(ten))
    assert (said(rows, "P") == as_text(five)) == (answer == 0)


def test_places_in_an_order_are_no_items(tmp_path):
    met = marks(3)
    places = [[(i * 7 + k) % 5 + 1 for i in range(len(met))] for k in range(5)]
    heads = [*ASKED, *(f"13、请按满意程度排序—{name}" for name in ("环境", "效率", "态度", "专业", "安全"))]
    kinds, rows = followed(heads, [*met.T.to_numpy(), *places], tmp_path)
    assert (kinds, said(rows, "P")) == ([], as_text(met))


@pytest.mark.parametrize("heading", ["权重", "样本权重", "weight", "wt"])
def test_a_weight_is_no_importance_that_needs_a_dimension(tmp_path, heading):
    met = marks(3)
    weights = [round(0.5 + i % 7 / 5, 2) for i in range(len(met))]
    kinds, rows = followed([*ASKED, heading], [*met.T.to_numpy(), weights], tmp_path)
    assert (kinds, said(rows, "P")) == ([], as_text(met))
    columns = mapping.read(tmp_path / "mapping.xlsx").columns.set_index("heading")
    assert "count every answer once" in columns.loc[heading, "note"]

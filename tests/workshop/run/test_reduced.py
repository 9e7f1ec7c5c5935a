"""The notebook that other data can carry: without what they lack, saying so once, at its top."""

import json
import shutil

import nbformat
import pandas as pd
import pytest
from collection import LANGUAGES, ROOT, read

from classroom import start
from classroom.notebook import lesson_texts
from helpers.bank import data, needs
from helpers.bank.bank import Bank
from helpers.bank.language import WrongValue
from workshop.run import reduced

BUILT = ROOT / "notebooks"


@pytest.fixture
def perceptions(tmp_path):
    """Qingyu Bank's survey as a bank of one's own that never asked for expectations."""
    own = data.folder("qingyu_bank")
    package = json.loads((own / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in ("branches", "servqual")]
    survey = next(one for one in package["resources"] if one["name"] == "servqual")
    fields = survey["schema"]["fields"]
    survey["schema"]["fields"] = [one for one in fields if not one["name"].startswith("E")]
    for one in package["resources"]:
        one["schema"].pop("foreignKeys", None)
    rows = pd.read_csv(own / "servqual.csv", dtype=str, keep_default_na=False)
    rows.loc[:, ~rows.columns.str.startswith("E")].to_csv(tmp_path / "servqual.csv", index=False)
    shutil.copy(own / "branches.csv", tmp_path)
    (tmp_path / "datapackage.json").write_text(json.dumps(package | {"simulated": False}), encoding="utf-8")
    return tmp_path


def left(notebook):
    return [cell for cell in notebook.cells if cell.get("id") == "left-out"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_courses_own_bank_carries_every_notebook_as_it_is(language):
    bank = Bank("qingyu_bank")
    for path in sorted((BUILT / language).glob("05_*.ipynb")):
        notebook = read(path)
        assert reduced.carried(notebook, name=path.stem, language=language, bank=bank) is notebook


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_is_said_once_and_what_stands_in_for_it_is_there(perceptions, language):
    path = BUILT / language / "05_servqual.ipynb"
    text = reduced.fitted(path.read_text(encoding="utf-8"), path=path, bank=Bank(perceptions))
    made = nbformat.reads(text, as_version=4)
    nbformat.validate(made)
    (told,) = left(made)
    assert made.cells[1] is told
    assert told.source.count(needs.described()["expectations"][language]) == 1
    assert told.source.count("> - ") == 2  # expectations, and the truth; nothing that follows from these
    ids = [cell.id for cell in made.cells]
    assert {"performance", "report-performance"} <= set(ids) and not {"gaps", "truth", "answer"} & set(ids)
    assert ids.index("performance") < ids.index("report-performance")
    source = "\n".join(cell.source for cell in made.cells)
    assert f"data = {str(perceptions)!r}" in source


def test_a_whole_notebook_on_such_data_stops_with_one_sentence_that_names_the_command(perceptions):
    with pytest.raises(WrongValue) as caught:
        start("05_servqual", data=perceptions, language="zh")
    assert "course run 05_servqual --data" in caught.value.en and "course lab" in caught.value.zh
    assert "没有问期望" in caught.value.zh
    lacking = needs.unmet(lesson_texts.read("05_servqual", language="zh")["_needs"], offered={"waves"})
    bank = start("05_servqual", data=perceptions, language="zh", left_out=lacking)
    assert bank.load("servqual")["P1"].notna().any()

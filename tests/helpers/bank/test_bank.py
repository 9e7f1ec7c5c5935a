"""The bank that is open: what it knows of its branches."""

import json

import pandas as pd
import pytest
import refusals

from helpers.bank import data, language
from helpers.bank.bank import Bank


def written(folder, text):
    """A bank of one table, its branches."""
    (folder / "branches.csv").write_text(text, encoding="utf-8")
    fields = [{"name": name, "type": "string"} for name in text.split("\n")[0].split(",")]
    table = {"name": "branches", "path": "branches.csv", "schema": {"fields": fields}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [table]}), encoding="utf-8")
    return folder


@pytest.mark.parametrize("opened", [Bank, data.codebook])
@pytest.mark.parametrize("more", ["", ",city"])
def test_branches_are_called_by_their_names(tmp_path, opened, more):
    rest = more and ",青屿"
    folder = written(tmp_path, f"branch,name_en,name_zh{more}\nB01,Riverside,滨江支行{rest}\n")
    book = opened(folder)
    assert book.label("B01") == "Riverside"
    language.use("zh")
    assert book.label("B01") == "滨江支行"
    assert Bank(folder).branch("滨江支行") == Bank(folder).branch("B01") == "B01"


@pytest.mark.parametrize("opened", [Bank, data.codebook])
@pytest.mark.parametrize("more", ["", ",city"])
def test_a_table_of_branches_without_their_ids_opens_and_names_none(tmp_path, opened, more):
    rest = more and ",青屿"
    folder = written(tmp_path, f"name_en,name_zh{more}\nRiverside,滨江支行{rest}\n")
    assert opened(folder).label("Riverside") == "Riverside"
    refusals.is_one_sentence(lambda: Bank(folder).branch("Riverside"), "`branches` has no column 'branch'")


def test_an_id_is_a_label_in_a_column_of_any_kind_and_a_number_stays(tmp_path):
    bank = Bank(written(tmp_path, "branch,name_en,name_zh\nB01,Riverside,滨江支行\n"))
    table = pd.DataFrame({"branch": ["B01"], "group": pd.Categorical(["B01"]), "n": [7]}, index=["B01"])
    shown = bank.labelled(table)
    assert shown.iloc[0].tolist() == ["Riverside", "Riverside", 7] and shown.index.tolist() == ["Riverside"]
    assert bank.caption("Riverside") == "Riverside" and table.index.tolist() == ["B01"]

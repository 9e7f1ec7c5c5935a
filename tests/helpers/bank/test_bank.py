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


def test_several_levels_of_an_index_stay_and_headings_that_were_a_column_are_labelled(tmp_path):
    bank = Bank(written(tmp_path, "branch,name_en,name_zh\nB01,Riverside,滨江支行\n"))
    wide = pd.DataFrame([[1]], index=[7], columns=pd.Index(["B01"], name="branch"))
    shown = bank.labelled(wide)
    assert shown.columns.tolist() == ["Riverside"] and shown.index.tolist() == [7]
    levels = pd.MultiIndex.from_tuples([("B01", "app")], names=["branch", "channel"])
    for index in (levels, levels[:0]):
        pd.testing.assert_index_equal(bank.labelled(pd.DataFrame({"n": 1}, index=index)).index, index)
    plain = pd.DataFrame([[1]], columns=["branch"])
    assert bank.labelled(plain).columns.tolist() == ["branch"]  # code goes on naming it


def test_what_was_labelled_is_not_taken_for_an_id(tmp_path):
    bank = Bank(written(tmp_path, "branch,name_en,name_zh\nB01,B02,滨江支行\nB02,Old Town,古城支行\n"))
    assert bank.caption("B02") == "Old Town"
    assert bank.labelled(pd.DataFrame({"branch": ["B01"]}))["branch"].item() == "B02"
    assert bank.caption("B02") == "B02"  # the other branch, as it was drawn


def test_a_bank_is_simulated_where_its_truth_is_declared(tmp_path):
    bank = Bank(written(tmp_path, "branch,name_en,name_zh\nB01,Riverside,滨江支行\n"))
    assert not bank.simulated
    (tmp_path / "truth.json").write_text("{}", encoding="utf-8")
    assert bank.simulated

"""What a codebook holds: groups of tables by their keys, and what one row is, in few words."""

import pytest

from helpers.bank import catalogue, language
from helpers.bank.codebook import Codebook


def table(name, *points_at, **more):
    keys = [{"fields": ["key"], "reference": {"resource": there, "fields": ["key"]}} for there in points_at]
    return {"name": name, "schema": {"fields": [{"name": "key"}], "foreignKeys": keys}, **more}


@pytest.fixture
def small():
    return Codebook({"resources": [
        table("notes"), table("answers", "customers"), table("customers", "branches", rows=3), table("steps", "cases"),
        table("cases", "customers"), table("branches"), table("queue", "branches"), table("loop", "loop"),
        table("truth", "branches", truth=True), table("more", "customers"), table("elsewhere", "a_table_of_another_bank"),
    ]})  # fmt: skip


def test_tables_are_grouped_by_where_their_keys_lead(small):
    found = catalogue.tables(small)
    groups = found.groupby("group", sort=False)["table"].agg(list).to_dict()
    # Three tables point at the customers; one at the cases, which lead on to the customers.
    assert groups == {
        "base_tables": ["customers", "branches"], "by_branch": ["queue"],
        "by_customer": ["answers", "steps", "cases", "more"], "by_itself": ["notes", "loop", "elsewhere"],
        "truth_tables": ["truth"],
    }  # fmt: skip
    assert list(groups) == list(catalogue.GROUPS)
    assert list(found.columns) == ["table", "title", "one_row", "rows", "columns", "group"]
    assert found.index.tolist() == list(range(len(small.tables)))
    found = found.set_index("table")
    assert found.loc["customers", "rows"] == 3 and found["columns"].eq(1).all()


def test_two_tables_that_point_at_one_do_not_make_it_a_base_where_it_leads_on():
    book = Codebook(
        {"resources": [table("a", "b"), table("c", "b"), table("b", "customers"), table("customers")]}
    )
    found = catalogue.tables(book).set_index("table")["group"]
    assert found.to_dict() == {
        "a": "by_customer",
        "c": "by_customer",
        "b": "by_customer",
        "customers": "base_tables",
    }


def test_keys_of_several_columns_are_named_together_and_a_table_does_not_point_at_itself(small):
    two = table("two")
    two["schema"]["foreignKeys"] = [
        {"fields": ["case", "step"], "reference": {"resource": "notes", "fields": ["a", "b"]}}
    ]
    found = catalogue.links(Codebook({"resources": [table("notes"), two, table("loop", "loop")]}))
    assert found.to_numpy().tolist() == [["two", "case · step", "notes"]]


@pytest.mark.parametrize(
    ("spoken", "description", "said"),
    [
        ("en", "One row is a visit. More is said.", "a visit"),
        ("en", "One row is\n a visit (counted at the door).", "a visit"),
        ("en", "Visits; by day", "Visits"),
        ("zh", "一行是一次到访（门口计数）。还有别的。", "一次到访"),
        ("en", "", ""),
    ],
)
def test_one_row_is_the_first_words_of_the_description(spoken, description, said):
    language.use(spoken)
    book = Codebook({"resources": [table("visits", description=description)]})
    assert catalogue.tables(book)["one_row"].item() == said

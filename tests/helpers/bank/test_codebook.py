"""What things are called, and how a table is shown."""

import pandas as pd
import pytest
import refusals

from helpers.bank import codebook, language
from helpers.bank.codebook import Codebook


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ([7.0, 6.0], True),
        ([7.0, 6.5], False),
        ([7.0, None], True),
        ([6.5, None], False),
        ([None, None], True),
    ],
)
def test_a_column_is_shown_without_decimals_where_every_number_is_whole(values, whole):
    given = pd.Series(values, dtype=float, name="x")
    shown = Codebook({}).shown(given.to_frame())["x"]
    assert shown.dtype == ("Int64" if whole else float)
    pd.testing.assert_series_equal(shown.astype(float), given)


NAMED = pd.DataFrame({
    "branch": ["B01", "B02", "B03", "B04"],
    "name_en": ["Riverside", None, "Old Town", None],
    "name_zh": ["滨江支行", "机场路支行", None, None],
})  # fmt: skip


@pytest.mark.parametrize(
    ("spoken", "labels"),
    [
        ("en", ["Riverside", "机场路支行", "Old Town", "B04"]),
        ("zh", ["滨江支行", "机场路支行", "Old Town", "B04"]),
    ],
)
def test_a_name_in_one_language_stands_for_both_and_without_any_the_id(spoken, labels):
    book = Codebook({})
    book.add_names(NAMED, key="branch", en="name_en", zh="name_zh")
    language.use(spoken)
    assert [book.label(branch) for branch in NAMED["branch"]] == labels
    assert book.names("B02") == {"B02", "机场路支行"} and book.names("B04") == {"B04"}


@pytest.mark.parametrize("lost", ["branch", "name_en", "name_zh"])
def test_where_a_column_of_names_lacks_nothing_is_named(lost):
    book = Codebook({})
    book.add_names(NAMED.drop(columns=lost), key="branch", en="name_en", zh="name_zh")
    assert book.label("B01") == "B01"


@pytest.mark.parametrize(
    ("table", "columns", "lacking"),
    [
        ("visits", {"branch", "wait"}, set()),
        ("visits", {"branch", "day"}, {"day"}),
        ("visits", {"branch", "note"}, {"note"}),
        ("visits", {"day"}, {"day"}),
        ("visits", set(), set()),
        ("elsewhere", {"branch"}, {"branch"}),
    ],
)
def test_a_column_lacks_that_is_not_described_or_holds_nothing(table, columns, lacking):
    fields = [{"name": name} for name in ("branch", "wait", "note")]
    package = {"resources": [{"name": "visits", "schema": {"fields": fields}}]}
    book = Codebook(package, empty=lambda table, columns: columns & {"note"})
    assert book.lacking(table, columns) == lacking


def test_a_survey_is_asked_for_its_scale_and_its_items(book):
    assert (book.scale, book.dont_know, book.reverse) == ((1, 5), 9, ["E2", "P2"])
    assert book.dimensions == {"reliability": [1, 2, 3], "empathy": [4, 5, 6]}
    assert book.items("empathy") == ["P4", "P5", "P6"] and book.items("empathy", "E") == ["E4", "E5", "E6"]
    refusals.is_one_sentence(lambda: book.items("tangibles"), "reliability, empathy")
    with pytest.raises(ValueError, match="survey"):
        _ = Codebook({"resources": [{"name": "visits"}]}).scale


@pytest.mark.parametrize(("spoken", "words"), [("en", "wording"), ("zh", "题目")])
def test_questions_are_shown_as_the_customer_read_them(book, spoken, words):
    language.use(spoken)
    found = book.questions("empathy")
    assert found["item"].tolist() == ["P4", "P5", "P6"]
    assert found["wording_E"].tolist() == [f"{words} E{n}" for n in (4, 5, 6)]
    assert found["wording_P"].tolist() == [f"{words} P{n}" for n in (4, 5, 6)]


def test_where_expectations_were_not_asked_only_perceptions_are_shown():
    dimensions = [{"name": "empathy", "items": [4]}]
    schema = {"fields": [{"name": "P4", "description": "They care."}]}
    book = Codebook({"resources": [{"name": "servqual", "dimensions": dimensions, "schema": schema}]})
    assert book.questions("empathy").to_dict("records") == [{"item": "P4", "wording_P": "They care."}]


def test_the_codebook_in_use_is_the_one_that_was_opened(book):
    assert codebook.current().tables == {}
    codebook.use(book)
    assert codebook.current() is book

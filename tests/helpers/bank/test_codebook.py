"""What things are called, and how a table is shown."""

import pandas as pd
import pytest

from helpers.bank import language
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

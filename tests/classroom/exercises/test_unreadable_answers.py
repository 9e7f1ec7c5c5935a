"""What came, in words."""

import pytest

from classroom.exercises.unreadable_answers import came


@pytest.mark.parametrize(
    ("typed", "write"),
    [((8, 144), "：写 8144 或 8.144）"), ((0, 5), "：写 0.5）"), ((-1, 25), "：写 -1.25）"), ((0.0375, 1), "逗号）")],
)  # fmt: skip
def test_a_comma_within_a_number_is_explained_with_what_was_typed(typed, write):
    assert came(typed).zh.endswith(write)


def test_rows_and_columns_may_have_been_meant():
    assert came((20112, 10)).zh == "两个数（只要行数写 `.shape[0]`；数字里不要写逗号：写 20112.10）"

"""What came, in words."""

import pytest

from classroom.exercises.unreadable_answers import came


@pytest.mark.parametrize(
    ("typed", "write"),
    [((8, 144), "：写 8144 或 8.144）"), ((0, 5), "：写 0.5）"), ((-1, 25), "：写 -1.25）"), ((0.0375, 1), "逗号）")],
)  # fmt: skip
def test_a_comma_within_a_number_is_explained_with_what_was_typed(typed, write):
    assert came(typed).zh.endswith(write)

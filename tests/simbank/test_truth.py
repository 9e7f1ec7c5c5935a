"""The sentences of the declared truth: how a number is written."""

import pytest

from simbank import truth


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [("{number:.2f}", -0.5, "−0.50"), ("{percent:.1f} %", 0.25, "25.0 %"), ("{number}", None, None)],
)
def test_a_number_has_a_true_minus_and_a_share_is_written_of_a_hundred(template, value, said):
    assert truth._number(template, value) == said

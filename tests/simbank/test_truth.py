"""The sentences of the declared truth: how a number is written."""

import pytest

from simbank import truth


def test_what_rounding_of_the_computer_takes_is_given_back_first():
    """A hair below 0.00025 is 0.00025 to ten decimals, which rounds up."""
    assert (truth.rounded(0.00025 - 4e-11), truth.rounded(0.00025 - 6e-11)) == (0.0003, 0.0002)


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [("{number:.2f}", -0.5, "−0.50"), ("{percent:.1f} %", 0.25, "25.0 %"), ("{number}", None, None)],
)
def test_a_number_has_a_true_minus_and_a_share_is_written_of_a_hundred(template, value, said):
    assert truth._number(template, value) == said

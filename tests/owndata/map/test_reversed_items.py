"""Which items go along with the others, and which do not."""

import numpy as np
import pytest

from owndata.map import reversed_items


@pytest.mark.parametrize(("r", "n", "alone"), [(0.15, 120, True), (0.15, 900, False), (-0.15, 120, True),
                                               (0.3, 60, False), (0.05, 9000, True), (0.05, 40, False)])  # fmt: skip
def test_what_is_not_told_from_chance_is_no_relation(r, n, alone):
    """A grade of the customer beside eight items of 120 people was an item in every fourth file."""
    assert reversed_items.unrelated(np.array([r]), np.array([n])).tolist() == [alone]

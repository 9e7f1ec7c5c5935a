"""Names of others, quoted."""

import pytest

from helpers.bank import escaping


@pytest.mark.parametrize(("count", "rest"), [(1, ""), (7, ""), (8, ""), (9, " … (9)"), (4000, " … (4000)")])
def test_up_to_eight_names_are_quoted_and_more_are_counted(count, rest):
    names = [f"P{number}" for number in range(1, count + 1)]
    assert escaping.some(names) == ", ".join(f"'{name}'" for name in names[:8]) + rest

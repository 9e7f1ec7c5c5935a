"""What a cell that Python cannot read is told."""

import pytest

from classroom.notebook import explain
from helpers.bank import language


def told(code, spoken="zh"):
    language.use(spoken)
    with pytest.raises(SyntaxError) as caught:
        compile(code, "<cell>", "exec")
    return explain.explained(caught.value, space={})


@pytest.mark.parametrize(
    ("typed", "share", "points"),
    [("peek = 16.8%", "0.168", "16.8"), ("late = 5％", "0.05", "5"), ("x = [.5%, 1]", "0.005", ".5")],
)
def test_a_per_cent_sign_is_explained_with_what_was_typed(typed, share, points):
    for said in (told(typed), told(typed, "en")):
        assert f" {share}" in said and f'"{points}%"' in said and said.rstrip("。.").endswith(f" {points}")

"""What a deck makes of a figure."""

import pytest

from helpers.bank import language
from workshop.kit import deck


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (["所需时间", "5.10 分钟", "9.69 分钟"], ["所需时间（分钟）", "5.10", "9.69"]),
        (["所需时间", "5.10 分钟", "9.69 小时"], None),
        (["所需时间", "5.10 分钟", ""], None),
        (["在此放弃", "3.7%", "4.7%"], None),
        (["触点", "开户 咨询", "取号 咨询"], None),
    ],
)
def test_a_unit_that_every_cell_has_is_said_once(row, shown):
    language.use("zh")
    assert deck._unit_once(row) == (shown or row)

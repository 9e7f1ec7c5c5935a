"""Numbers in the words of the question."""

import pytest

from classroom.exercises import answer_values
from classroom.exercises.unreadable_answers import Unreadable


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("5 处", 5), ("5 项措施", 5), ("1.15 元/客户", 1.15), ("1.15元每人", 1.15), ("¥0.45", 0.45), ("￥0.45", 0.45),
        ("-¥0.45", -0.45), ("8.70 家网点", 8.7), ("8,144 条短信", 8144), ("p = 0.364", 0.364), ("P值：0.364", 0.364),
        ("rate = 0.142", 0.142), ("答案：p = 0.364。", 0.364), ("3 分钟/笔", 3), ("8.7 branches", 8.7),
        ("2 yuan per customer", 2), ("5 things", 5), ("5 个标点", 5), ("89 位坐席", 89), ("3482条记录", 3482), ("20人天", 20),
        ("32 千元", 32), ("11点", 11), ("11:00", 11), ("从 11 点起", 11), ("约 0.43", 0.43), ("10.8 min", 10.8), ("-3.87 个百分点", -3.87), ("1e3", 1000),
    ],
)  # fmt: skip
def test_a_number_may_come_with_the_unit_of_the_question(said, number):
    assert float(answer_values.number(said)) == number


@pytest.mark.parametrize(
    "said",
    [
        "5/",
        "3 每",
        "3/4",
        "p < 0.05",
        "5abc",
        "5 6",
        "1/5 人",
        "p = ",
        "¥",
        "= 5",
        "5 处 6",
        "5 分之一",
        "3 个多",
        "3.2万元",
        "5 个半",
        "下午 2 点",
        "约",
        "11:30",
    ],
)
def test_what_is_no_single_number_stays_none(said):
    with pytest.raises(Unreadable):
        answer_values.number(said)

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
    [
        ("peek = 16.8%", "0.168", "16.8"),
        ("late = 5％", "0.05", "5"),
        ("x = [.5%, 1]", "0.005", ".5"),
        ("y = 7% * 2", "0.07", "7"),
    ],
)
def test_a_per_cent_sign_is_explained_with_what_was_typed(typed, share, points):
    for said in (told(typed), told(typed, "en")):
        assert f" {share}" in said and f'"{points}%"' in said and said.rstrip("。.").endswith(f" {points}")


@pytest.mark.parametrize(
    "typed", ["rate = ……", "part=…", "p = predict_proba(…)", "rate = 。。。", "r = ⋯⋯", 'x = "…", …']
)
def test_the_dots_of_a_chinese_keyboard_are_named(typed):
    assert told(typed) == "第 1 行有中文省略号：请在这里写上你的答案（没想好就写三个英文点 ...）。"
    assert "dots of a Chinese keyboard" in told(typed, "en")


@pytest.mark.parametrize("typed", ['print("…" 3)', "read = “……”", "x = 5 3  # …", "print(1，2)"])
def test_dots_within_a_text_or_a_remark_are_no_dots(typed):
    assert "省略号" not in told(typed)


@pytest.mark.parametrize(
    ("typed", "zh"),
    [
        ("wait = 5 分钟", '只写 5；连单位一起写就要加英文引号："5 分钟"'),
        ("worth = 0.45元", '"0.45 元"'),
        ("agents_for(600, 8分钟)", "数字后面不能直接写“分钟”"),
        ("((one - other)**2.sum())", "请先把前面要算的括起来：(…).sum()"),
        ("marks>=9.mean()", "(…).mean()"),
    ],
)
def test_a_number_with_something_behind_it_is_told_apart(typed, zh):
    assert zh in told(typed)

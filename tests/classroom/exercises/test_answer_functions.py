"""A student's function that stops with an error is explained like a cell."""

import pytest

from classroom.exercises import answer_functions
from classroom.exercises.unreadable_answers import Unreadable
from helpers.bank import language

SHARE = 0.05


def said(function, *, on=((20,),), spoken="zh"):
    language.use(spoken)
    with pytest.raises(Unreadable) as caught:
        answer_functions.tried(function, on=on)
    return str(caught.value)


@pytest.mark.parametrize(
    ("function", "en", "zh"),
    [
        (lambda k: [1 - 0.95] * 0.5 + k, "brackets that only group are round", "要写圆括号"),
        (lambda k: [1 - 0.95] ** k, "Brackets that only group are round", "要写圆括号"),
        (lambda k: (1 - SHARE)[k], "Brackets that only group are round", "要写圆括号"),
        (lambda k: 0.95 ^ k, "two stars", "两个星号"),
        (lambda k: round(k / 3, digits=2), "knows no 'digits'", "没有 'digits'"),
        (lambda k: len(k), "a single number came", "来的只是一个数"),
        (lambda k: round(k, 1, 2), "at most 2 values", "最多收 2 个"),
    ],
)
def test_an_error_inside_a_function_is_explained(function, en, zh):
    for spoken, part in (("en", en), ("zh", zh)):
        told = said(function, spoken=spoken)
        assert part in told and "`TypeError: " in told and not told.endswith((".", "。"))


@pytest.mark.parametrize("function", [lambda: 1, lambda a, b: a, lambda *, k: k])
def test_a_function_that_takes_another_number_of_values_is_told_how_many(function):
    assert said(function).endswith("括号里要写 1 个名称")
    assert "between the brackets of `def` must be 1" in said(function, spoken="en")


def test_a_function_that_takes_more_if_it_is_given_is_fine():
    assert answer_functions.tried(lambda k, base=2: base**k, on=[(3,)]) == [8]
    assert answer_functions.tried(max, on=[(3, 4)]) == [4]
    assert answer_functions.tried(lambda *all: sum(all), on=[(3, 4)]) == [7]


def test_a_name_without_a_value_is_named():
    def function(k):
        total = total + k  # noqa: F821
        return total

    assert said(function).endswith("函数里用到 total 时，它在函数里还没有值。请先给它一个值，或换一个名称")
    assert "里面用到了 `unheard`" in said(lambda k: unheard + k)  # noqa: F821


@pytest.mark.parametrize(
    ("body", "zh"),
    [
        ("arrival * 2", "而没有这个名称（是不是 `arrivals`？）"),
        ("Arrivals * 2", "（是不是 `arrivals`？）"),
        ("xyz * 2", "而没有这个名称"),
        ("arrivals·2", "乘号要写 `*`，中间的点会被当成名称的一部分"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_the_nearest(body, zh):
    space = {}
    exec(f"def desks(arrivals):\n    return {body}", space)
    assert said(space["desks"]).endswith(zh)

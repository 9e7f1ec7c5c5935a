"""Words as steps: a long ladder without its ends is a ladder of its own, and what two ladders hold is asked."""

import pytest

from owndata.map import word_ladders


@pytest.mark.parametrize("stem", ["满意", "同意", "符合", "重要", "愿意"])
@pytest.mark.parametrize("n", [60, 480])
def test_from_a_plain_no_to_a_plain_yes_are_five_steps(stem, n):
    said = [f"不{stem}", f"不太{stem}", "一般", f"比较{stem}", stem]
    (found,) = word_ladders.find(said, n=n)
    assert (found.steps, [found.numbers[word] for word in said]) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ("不满意/较不满意/一般/较满意/满意", 5),
        ("dissatisfied/somewhat dissatisfied/neutral/somewhat satisfied/satisfied", 5),
        ("disagree/slightly disagree/neither/slightly agree/agree", 5),
        ("disagree/somewhat disagree/somewhat agree/agree", 4),
        ("不满意/不太满意/比较满意/满意", 4),
        ("很不满意/不满意/不太满意/比较满意/满意/很满意", 6),
        ("很不满意/不满意/不太满意/一般/比较满意/满意/很满意", 7),
        ("strongly disagree/disagree/somewhat disagree/neutral/somewhat agree/agree/strongly agree", 7),
        ("非常不满意/不太满意/一般/比较满意/非常满意", 5),
        ("差/较差/一般/较好/好", 5),
        ("不好/比较差/一般/比较好/好", 5),
        ("非常差/差/比较差/一般/比较好/好/非常好", 7),
    ],
)
def test_every_step_said_is_a_step(said, steps):
    (found,) = word_ladders.find(said.split("/"), n=480)
    assert (found.steps, list(found.numbers.values())) == (steps, list(range(1, steps + 1)))


@pytest.mark.parametrize("said", ["不太满意/一般/比较满意/满意", "不满意/一般/比较满意/满意"])
def test_four_words_from_the_middle_of_several_ladders_are_asked(said):
    assert len(word_ladders.find(said.split("/"), n=480)) > 1

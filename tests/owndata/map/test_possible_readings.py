"""Answers in the many ways that people write them: read right, or asked about with the right choices."""

from collections import Counter

import numpy as np
import pytest

from owndata.map import possible_readings

COLUMNS, ROWS = 12, 200
AGREE = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]


@pytest.fixture(scope="module")
def marks():
    rng = np.random.default_rng(4)
    level = rng.normal(3.4, 0.9, ROWS)
    return np.clip(np.round(level[:, None] + rng.normal(0, 0.6, (ROWS, COLUMNS))), 1, 5).astype(int)


def read(marks, say, *, gone=None):
    """Say each mark, every fifteenth as a code; read it all back."""
    rows = [[say(int(m)) for m in row] for row in marks]
    if gone:
        for k in range(0, ROWS * COLUMNS, 15):
            rows[k // COLUMNS][k % COLUMNS] = gone[k // 15 % len(gone)]
    columns = [Counter(text for text in column if text) for column in zip(*rows, strict=True)]
    return possible_readings.find(columns, list(zip(*rows, strict=True))), rows


def as_numbers(reading, rows):
    from owndata.map import answer_words

    table = {word: value for word, value in reading.listed.items() if value != "?"}
    return [[answer_words.one(text, table) for text in row] for row in rows]


def named(names):
    return lambda mark: names[mark - 1]


SETTLED = {
    "plain": str,
    "with nothing behind the point": lambda m: f"{m}.0",
    "decimal comma": lambda m: f"{m},0",
    "full width": lambda m: "１２３４５"[m - 1],
    "Chinese numerals": lambda m: "一二三四五"[m - 1],
    "stars": lambda m: "★" * m + "☆" * (5 - m),
    "emoji stars": lambda m: "⭐" * m,
    "stars in words": lambda m: f"{'一二三四五'[m - 1]}星",
    "of five": lambda m: f"{m}/5",
    "out of": lambda m: f"{m} out of 5",
    "points": lambda m: f"{m}分",
    "symmetric": lambda m: str(m - 3),
    "words": named(AGREE),
    "words in any case": named(["STRONGLY DISAGREE", "disagree", "neutral ", "Agree", "Strongly  agree"]),
    "Qualtrics": named(["Extremely dissatisfied", "Somewhat dissatisfied", "Neither satisfied nor dissatisfied",
                        "Somewhat satisfied", "Extremely satisfied"]),
    "tend to": named(["Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree", "Strongly agree"]),
    "SurveyMonkey": named(["Not at all satisfied", "Not so satisfied", "Somewhat satisfied", "Very satisfied", "Extremely satisfied"]),
    "how much": named(["Not at all", "Slightly", "Moderately", "Very", "Extremely"]),
    "American": named(["Poor", "Fair", "Good", "Very good", "Excellent"]),
    "average": named(["Very poor", "Poor", "Average", "Good", "Excellent"]),
    "expected": named(["Much worse than expected", "Worse than expected", "As expected", "Better than expected",
                       "Much better than expected"]),
    "national": named(["非常不满意", "不满意", "基本满意", "满意", "非常满意"]),
    "common": named(["很不满意", "不太满意", "一般", "比较满意", "很满意"]),
    "against": named(["非常反对", "反对", "中立", "赞成", "非常赞成"]),
    "option letters": named(["A非常不满意", "B不满意", "C一般", "D满意", "E非常满意"]),
    "option letters the other way": named(["E.非常不满意", "D.不满意", "C.一般", "B.满意", "A.非常满意"]),
    "school marks": named(["不及格", "及格", "中", "良", "优"]),
    "labelled": lambda m: f"{m} - {AGREE[m - 1]}",
    "labelled in brackets": lambda m: f"{AGREE[m - 1]} ({m})",
    "labelled the other way": lambda m: f"{6 - m} - {AGREE[m - 1]}",
    "labelled in Chinese the other way": lambda m: f"{6 - m}.{['非常不满意', '不满意', '一般', '满意', '非常满意'][m - 1]}",
    "labelled from nought": lambda m: f"{m - 1} - {AGREE[m - 1]}",
    "poles": lambda m: AGREE[m - 1] if m in (1, 5) else str(m),
    "poles, numbers the other way": lambda m: AGREE[m - 1] if m in (1, 5) else str(6 - m),
    "poles with their numbers": lambda m: f"{m} = {AGREE[m - 1]}" if m in (1, 5) else str(m),
}  # fmt: skip


@pytest.mark.parametrize("name", SETTLED)
def test_what_the_answers_settle_is_read_and_not_asked(marks, name):
    (asks, found, _), rows = read(marks, SETTLED[name])
    assert (asks, len(found)) == (None, 1)
    shift = found[0].low - 1
    assert found[0].high - found[0].low == 4
    assert [[int(v) - shift for v in row] for row in as_numbers(found[0], rows)] == marks.tolist()


@pytest.mark.parametrize(
    "gone",
    [
        ["-99"],
        ["-1"],
        ["-9", "-8"],
        ["-999"],
        ["N/A"],
        ["Prefer not to say"],
        ["不适用"],
        ["无法评价"],
        ["Don't know"],
        ["NA", "-99"],
    ],
)
def test_what_can_only_be_no_answer_is_not_asked(marks, gone):
    (asks, found, _), rows = read(marks, str, gone=gone)
    assert asks is None
    values = as_numbers(found[0], rows)
    assert all(
        value == ""
        for row, said in zip(values, rows, strict=True)
        for value, text in zip(row, said, strict=True)
        if text in gone
    )
    assert {value for row in values for value in row} == {"", *"12345"}


@pytest.mark.parametrize(
    ("gone", "asked", "codes"),
    [
        (["99"], "codes", {"99"}), (["98", "99"], "codes", {"98", "99"}), (["77", "88", "99"], "codes", {"77", "88", "99"}),
        (["7", "77", "97"], "codes", {"7", "77", "97"}), (["888"], "codes", {"888"}), (["99.0"], "codes", {"99"}),
        (["9"], "codes", {"9"}), (["8", "9"], "codes", {"8", "9"}), (["7", "9"], "codes", {"7", "9"}), (["0"], "codes", {"0"}),
        (["0", "9"], "codes", {"0", "9"}), (["6", "7"], "codes", {"6", "7"}), (["6"], "codes", {"6"}),
    ],
)  # fmt: skip
def test_codes_that_might_be_answers_are_asked_about(marks, gone, asked, codes):
    (asks, found, _), _ = read(marks, str, gone=gone)
    assert asks == asked
    assert 2 <= len(found) <= 4
    assert (found[0].low, found[0].high) == (1, 5)
    assert {word for word, value in found[0].listed.items() if value is None} == codes


def test_a_six_in_a_few_columns_is_asked_about(marks):
    rows = [
        [("6" if i < 3 and k % 9 == 0 else str(m)) for i, m in enumerate(row)]
        for k, row in enumerate(marks.tolist())
    ]
    asks, found, _ = possible_readings.find([Counter(column) for column in zip(*rows, strict=True)])
    assert asks == "codes"
    assert [(one.high, one.listed) for one in found] == [(5, {"6": None}), (6, {}), (7, {})]


@pytest.mark.parametrize(
    ("say", "asked", "first"),
    [
        (named(list("EDCBA")), "letters", 5), (named(["A5", "A4", "A3", "A2", "A1"]), "letters", 5),
        (named(["1 - Muy malo", "2 - Malo", "3 - Regular", "4 - Bueno", "5 - Muy bueno"]), "direction", 5),
        (named(["Muy malo", "Malo", "Regular", "Bueno", "Muy bueno"]), "unread", "?"),
        (named(["😡", "🙁", "😐", "🙂", "😀"]), "unread", "?"), (lambda m: str(m) if m < 5 else "4.5", "halves", 5),
        (named(["不满意", "不满意", "基本满意", "满意", "非常满意"]), "ladder", 4),
        (named(["Poor", "Poor", "Fair", "Good", "Excellent"]), "ladder", 4),
    ],
)  # fmt: skip
def test_what_nobody_can_tell_is_asked(marks, say, asked, first):
    (asks, found, _), _ = read(marks, say)
    assert asks == asked
    best = [value for value in found[0].listed.values() if value is not None]
    assert max(best, key=str) == first


@pytest.mark.parametrize("gone", [["Keine Angabe"], ["sin respuesta"]])
def test_an_unknown_word_beside_numbers_is_asked_about(marks, gone):
    (asks, found, seen), _ = read(marks, str, gone=gone)
    assert (asks, seen) == ("unread", (gone[0].casefold(),))
    assert [one.listed[gone[0].casefold()] for one in found] == ["?", None]


def test_a_misspelt_word_is_asked_about_and_the_ladder_kept(marks):
    (asks, found, seen), _ = read(marks, named(AGREE), gone=["Agreee", *AGREE * 8])
    assert (asks, seen) == ("unread", ("Agreee",))
    assert found[0].listed["strongly agree"] == 5
    assert found[0].listed["agreee"] == "?"


def test_a_five_in_a_few_columns_beside_four_steps_is_asked_about(marks):
    rows = [
        [("5" if i < 3 and k % 9 == 0 else str(min(m, 4))) for i, m in enumerate(row)]
        for k, row in enumerate(marks.tolist())
    ]
    asks, found, _ = possible_readings.find([Counter(column) for column in zip(*rows, strict=True)])
    assert (asks, [(one.high, one.listed) for one in found]) == ("codes", [(5, {}), (4, {"5": None})])


def test_the_number_of_steps_is_asked_where_few_have_answered():
    column = Counter({"1": 8, "2": 9, "3": 9, "4": 8})
    asks, found, _ = possible_readings.find([column] * 3)
    assert (asks, [one.high for one in found]) == ("steps", [5, 4])
    asks, found, _ = possible_readings.find([Counter({text: 20 * n for text, n in column.items()})] * 3)
    assert (asks, [one.high for one in found]) == (None, [4])


@pytest.mark.parametrize(
    "said",
    [["Yes", "No"], ["0", "1"], ["1", "2"], ["m", "f"], ["12.50", "99.99", "7.25"], ["18", "35", "61"]],
)
def test_what_is_no_rating_is_none(said):
    column = Counter({text: 30 for text in said})
    assert possible_readings.find([column])[1] == []


@pytest.mark.parametrize("bad", [1, 5])
@pytest.mark.parametrize("always", [(), (5,), (1,), (1, 5)])
def test_ends_written_as_a_word_now_and_then_make_the_scale_no_longer(marks, bad, always):
    """1 to 5, some of the ends written out: no scale from 0 to 6."""
    words, rng = {bad: "非常不满意", 6 - bad: "非常满意"}, np.random.default_rng(1)

    def say(mark):
        return words[mark] if mark in words and (mark in always or rng.random() < 0.4) else str(mark)

    (asked, readings, _), rows = read(marks, say)
    assert (asked, len(readings), readings[0].low, readings[0].high) == (None, 1, 1, 5)
    right = marks if bad == 1 else 6 - marks
    assert as_numbers(readings[0], rows) == [[str(mark) for mark in row] for row in right]


def test_numbers_that_are_no_usual_scale_with_their_ends_are_asked_about(marks):
    words = {1: "非常不满意", 2: "非常不满意", 5: "非常满意"}
    (asked, readings, _), _ = read(marks, lambda mark: words.get(mark, str(mark)))
    assert asked in ("steps", "direction")
    assert {(one.low, one.high) for one in readings} == {(1, 5), (2, 5)}


def test_a_code_beside_words_at_the_ends_makes_no_scale_to_100(marks):
    words = {1: "非常不满意", 5: "非常满意"}
    (asked, readings, _), _ = read(marks, lambda mark: words.get(mark, str(mark)), gone=["99"])
    assert asked == "unread" or all(one.high == 5 for one in readings)


@pytest.mark.parametrize("steps", [(20, 40, 60, 80, 100), (0, 25, 50, 75, 100)])
def test_five_steps_in_parts_of_a_hundred_are_five_steps(marks, steps):
    (asks, found, _), _ = read(marks, lambda m: str(steps[m - 1]))
    assert asks is None and (found[0].low, found[0].high) == (1, 5)
    assert found[0].listed == {str(step): m for m, step in enumerate(steps, start=1)}

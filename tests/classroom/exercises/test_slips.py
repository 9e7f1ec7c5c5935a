"""A slip that explains an answer is told instead of a guess."""

import pytest

from classroom.exercises import answer_forms, check, digests, slips


def entry(right, *, tolerance, wrong=None, **more):
    """What is stored of a number, as the answers file holds it."""
    form = {"kind": "number", "tolerance": tolerance, "salt": "s", **more}

    def kept(value):
        return digests.digest(answer_forms.read(form, value), salt="s", ways=digests.nearest)

    return {**form, "right": kept(right), "wrong": {name: kept(one) for name, one in (wrong or {}).items()}}


@pytest.mark.parametrize(
    ("right", "tolerance", "given", "digits"),
    [
        (0.1424, 0.0004, 0.14, 4),
        (0.1424, 0.0004, 0.1, 4),
        (0.9437, 0.0005, 0.9, 4),
        (-3.8678, 0.01, -4, 2),
        (5.6469, 0.02, 6.0, 2),
        (0.9437, 0.0005, 1.0, None),
        (0.1424, 0.0004, 0.15, None),
        (-3.8678, 0.01, -3, None),
        (12, 0.25, 13, None),
    ],
)
def test_a_number_rounded_by_any_number_of_digits_is_told_how_many_are_wanted(
    right, tolerance, given, digits
):
    assert slips.too_round(entry(right, tolerance=tolerance), given) == digits


def test_a_function_rounds_all_that_it_gives_back_alike():
    stored = entry([0.0414, 0.3312, 0.96], tolerance=0.0005, kind="list")
    assert slips.too_round(stored, [0.0, 0.3, 0.9]) is None and slips.too_round(stored, [0.0, 0.3, 1.0]) == 4
    assert (
        slips.too_round(stored, [0.0, 0.33, 0.95]) is None
        and slips.too_round(stored, [0.04, 0.33, 0.96]) == 4
    )
    assert slips.too_round(stored, [0.0, 0.0, 1.0]) is None


def test_a_per_cent_is_rounded_as_it_was_written():
    stored = entry(0.2505, tolerance=0.0005, share=True)
    assert slips.too_round(stored, "25%") == 4
    assert slips.too_round(stored, "30%") is None and slips.too_round(stored, 0.3) == 4


def test_a_right_answer_rounded_is_not_told_to_be_another_mistake():
    stored = entry(0.2505, tolerance=0.005, share=True, wrong={"other_end": 0.2992})
    said = check._judged("needed", stored, 0.3)
    assert "3 decimals or more (as a per cent, 1)" in said.message and not said.misconceptions
    assert check._judged("needed", stored, 0.2992).misconceptions == ("other_end",)


@pytest.mark.parametrize(
    ("right", "wrong", "given", "unit"),
    [
        (0.1429, 0.857, "14.29%", "share"),
        (0.1429, 0.857, "14%", "share"),
        (0.1429, 0.857, "85.7%", "share"),
        (-3.8678, -0.0387, "-3.87%", "points"),
        (-3.8678, -0.0387, "-4%", "points"),
        (-3.8678, -0.0387, "-38%", "either"),
    ],
)
def test_a_per_cent_is_advised_in_the_unit_of_the_task(right, wrong, given, unit):
    stored = entry(right, tolerance=0.01 if unit == "points" else 0.001, wrong={"known": wrong})
    assert slips.unit_of_per_cent(stored, given) == unit


def test_what_a_function_gives_back_with_a_per_cent_sign_is_advised_too(monkeypatch):
    form = {"kind": "list", "tolerance": 0.001, "salt": "s", "on": [[1], [2]]}
    right = digests.digest(answer_forms.read(form, [0.143, 0.265]), salt="s", ways=digests.nearest)
    book = {"fingerprint": "f", "tasks": {"luck": {**form, "right": right, "wrong": {}}}}
    monkeypatch.setattr(check, "_book", lambda: book)
    monkeypatch.setattr(check, "_fingerprint", lambda: "f")
    monkeypatch.setattr(check.wording, "other_fingerprint", lambda *_: "")
    said = check.judge("luck", lambda k: ["14.3%", "26.5%"][k - 1]).message
    assert said.endswith("You gave: a percentage, `14.3%`. Write it as a fraction, for instance 0.143.")
    once = iter(["14.3%", "26.5%"])
    assert "Where a fraction is asked for" in check.judge("luck", lambda k: next(once)).message
    assert "Where a fraction is asked for, write 0.5" in check.judge("luck", lambda k: "50%").message


@pytest.mark.parametrize(
    ("right", "given", "is_one"),
    [(0.1424, 14, True), (0.1424, 14.2, True), (0.1424, 10, False), (0.1424, 15, False), (5.6469, 0.06, True),
     (5.6469, 0.07, False), (0.4, 100, False)],
)  # fmt: skip
def test_a_hundredfold_is_told_of_rounded_numbers_too(right, given, is_one):
    assert slips.hundredfold(entry(right, tolerance=0.0004), given) == is_one

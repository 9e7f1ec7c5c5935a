"""Lesson 05: what it says of the survey is so, and of a survey of one's own it claims nothing."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest
from collection import LANGUAGES, ROOT, read

from classroom.notebook import placeholders


def test_the_waves_lie_as_far_apart_as_the_lesson_says():
    """A year and a half: it said a year."""
    invited = pd.read_csv(ROOT / "datasets" / "qingyu_bank" / "servqual.csv", usecols=["wave", "invited"])
    first, second = pd.to_datetime(invited["invited"]).groupby(invited["wave"]).min()
    assert (second - first).days / 365.25 == pytest.approx(1.5, abs=0.1)
    for language, words in {"en": "a year and a half apart", "zh": "隔了一年半"}.items():
        cells = read(ROOT / "notebooks" / language / "05_servqual.ipynb").cells
        assert any(words in cell.source for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wording_is_the_courses_own_at_its_own_bank_alone(language):
    """A survey of one's own may have the course's 22 topics; its wording is its own."""
    path = ROOT / "notebooks" / "texts" / language / "05_servqual.json"
    sentence = json.loads(path.read_text(encoding="utf-8"))["questions"]["sentence"]
    course = {"en": "the course's own", "zh": "本课程自己编写"}[language]
    for simulated in (True, False):
        said = placeholders.fill(sentence, {"bank": SimpleNamespace(simulated=simulated)})
        assert (course in said) == simulated

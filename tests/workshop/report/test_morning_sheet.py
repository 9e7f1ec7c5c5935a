"""The page for the morning meeting: one finding, the wave before, three actions, three sentences."""

import re

import pytest

from helpers.bank import language
from workshop.report import morning_sheet, report_page


@pytest.fixture(scope="module")
def survey():
    return morning_sheet.read("qingyu_bank")


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_page_has_one_finding_its_change_three_actions_and_three_sentences(survey, spoken):
    language.use(spoken)
    for branch in survey.shown[:4]:
        blocks = morning_sheet.blocks(survey, branch, image=None, bank="Q")
        assert [len(block.points) for block in blocks if block.kind == "points"] == [3, 3]
        text = "\n".join(block.text for block in blocks)
        before = {"en": "The wave before", "zh": "上一轮是"}[spoken]
        assert before in text
        told = [
            float(value.replace("−", "-").replace("+", ""))
            for value in re.findall(r"[−+]?\d\.\d\d", text.split(before)[1])
        ]
        assert told[2] <= told[1] <= told[3]
        assert report_page.report(blocks, word="x.docx").count("<h2>") == 3


def test_without_an_earlier_wave_nothing_is_compared(survey):
    from dataclasses import replace

    language.use("en")
    alone = replace(survey, before=None)
    blocks = morning_sheet.blocks(alone, survey.shown[0], image=None, bank="Q")
    assert "no earlier wave" in blocks[2].text

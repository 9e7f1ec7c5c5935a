"""Lesson 13: its key results held against the declared truth, its benchmark on one bank, its list taken up by lesson 14."""

import re

import pandas as pd
import pytest
from collection import ROOT, benchmark, copied, read

from classroom import read_plan, write_plan
from helpers.bank import data
from owndata.judge import check
from workshop import cli
from workshop.run.run import run

LESSON = ROOT / "course" / "lessons" / "13_voices"


@pytest.fixture(scope="module")
def counted():
    return benchmark("voices")


@pytest.fixture(scope="module")
def measured(counted):
    return counted.measure(9000, counted.lesson_topic())


def test_the_rule_of_joining_is_nearly_always_right_and_misses_the_nameless(measured):
    assert measured["joined rightly"] > 0.95
    assert 0.7 < measured["caught"] < 0.95


def test_open_cases_kept_lean_less_than_closed_ones_alone(measured):
    closed, kept = (value for name, value in measured.items() if name.startswith("last"))
    assert closed < -0.01 and abs(kept) < abs(closed)


def test_the_list_of_words_agrees_with_what_was_meant_beyond_chance(counted):
    comments = data.load("qingyu_bank", "comments").dropna(subset="text")
    meant = data.load("qingyu_bank", "truth_comments").query("place == 1").set_index("comment")["topic"]
    said = counted.lesson_topic()(comments["text"])
    true = "cause_" + comments["comment"].map(meant)
    chance = (said.value_counts(normalize=True) * true.value_counts(normalize=True)).sum()
    assert ((said == true).mean() - chance) / (1 - chance) > 0.3
    assert not re.search(
        r"truth", re.search(r"^words = \{.*?\}\n", (LESSON / "lesson.md").read_text("utf-8"), re.S | re.M)[0]
    )


def test_a_comment_without_a_word_of_the_list_stays_without(counted):
    said = counted.lesson_topic()(pd.Series(["嗯", "排队排队，还要看手机银行", "THE QUEUE, THE QUEUE"]))
    assert said.tolist() == ["cause_none", "cause_waiting", "cause_waiting"]


def test_lesson_14_reads_what_lesson_13_writes(tmp_path):
    """Files of both lessons stand behind the plan, numbered on."""
    text = (ROOT / "course/lessons/14_plan/lesson.md").read_text(encoding="utf-8")
    assert '("touchpoints", "voices")' in text and "voices_{language}.xlsx" in (
        LESSON / "lesson.md"
    ).read_text("utf-8")
    row = {"number": 1, "bottleneck": "waiting", "action": "read ten", "owner": "Chen Ming", "baseline": 79, "target": 56,
           "indicator": "complaints", "unit": "unit_count", "direction": "lower_better"}  # fmt: skip
    back = read_plan(write_plan(pd.DataFrame([row]), tmp_path / "voices_en.xlsx"))
    assert back["target"].tolist() == [56] and back["owner"].tolist() == ["Chen Ming"]


def test_the_page_is_the_benchmarks_own_and_the_lesson_names_it(counted):
    page = (ROOT / "docs/voices.md").read_text(encoding="utf-8")
    assert "`docs/voices.md`" in (LESSON / "lesson.md").read_text(encoding="utf-8")
    assert "joined rightly" in page and "{" not in page


def given(place, rows):
    """Map a bank's own table as its clerks exported it; run lesson 13 on it; return what a reader reads."""
    rows.to_csv(place / "own.csv", index=False, encoding="gb18030")
    folder = place / "own"
    assert cli.main(["data", "map", str(place / "own.csv"), "--out", str(folder), "--language", "en"]) == 0
    assert check.passes(check.check(folder))
    home = copied(place / "home", "13_voices", "13_voices_deeper")
    outcomes = run(home=home, languages=("en",), given={"data": str(folder)}, jobs=1)
    assert [outcome.state for outcome in outcomes] == ["done", "done"], outcomes
    cells = [cell for name in ("13_voices", "13_voices_deeper")
             for cell in read(home / "build_own" / "en" / f"{name}.ipynb").cells]  # fmt: skip
    said = [
        str(output.get("data", {}).get("text/markdown", ""))
        for cell in cells
        for output in cell.get("outputs", [])
    ]
    return "\n".join([cell.source for cell in cells if cell.cell_type == "markdown"] + said)


def test_a_complaint_log_alone_gets_its_causes_and_its_closing_times(tmp_path):
    log = data.load("qingyu_bank", "complaints")[["case", "branch", "received", "closed", "topic"]].head(700)
    log["topic"] = log["topic"].replace({"waiting": "排队时间长", "app_failure": "手机银行", "fees": "收费"})
    text = given(tmp_path, log.set_axis(["投诉编号", "网点", "受理日期", "办结日期", "投诉类型"], axis=1))
    assert "After 15 days" in text and "手机银行" in text and "no three hundred comments" in text


def test_comments_alone_with_some_left_empty_get_their_topics(tmp_path):
    said = data.load("qingyu_bank", "comments")[["comment", "branch", "date", "text"]].head(700)
    assert said["text"].isna().any()
    text = given(tmp_path, said.set_axis(["编号", "网点", "日期", "意见内容"], axis=1))
    assert "comments with words in them" in text and "no log of complaints" in text

"""Lesson 13: its key results held against the declared truth, its benchmark on one bank, its list taken up by lesson 14."""

import re

import numpy as np
import pandas as pd
import pingouin as pg
import pytest
import seaborn as sns
import seaborn.objects as so
from collection import ROOT, benchmark, copied, read, run_cells
from scipy import stats
from statsmodels.stats import proportion

from classroom import read_plan, write_plan
from helpers.bank import data
from helpers.bank.bank import Bank
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


def ranked(*numbers):
    """Of how many causes beside the most frequent the lesson says that they may be first."""
    causes = [f"cause_{name}" for name in ("waiting", "attitude", "fees")]
    matters = pd.DataFrame({"topic": np.repeat(causes, numbers), "received": pd.Timestamp("2025-06-01")})
    known = {
        "matters": matters,
        "same": {},
        "alone": pd.Series(dtype=str),
        "ends": pd.Timestamp("2025-12-01"),
    }
    tools = {"proportion": proportion, "stats": stats, "so": so, "bank": Bank("qingyu_bank")}
    return run_cells("13_voices", "pareto", **known, **tools)


def test_first_is_judged_by_the_difference_of_two_counts_not_by_two_lines_that_overlap():
    bound = ranked(590, 510, 500)
    assert (bound["pareto"]["high"].iloc[1:] > bound["top"]["low"]).any() and bound["rivals"] == 0
    assert ranked(560, 520, 500)["rivals"] == 2
    assert ranked(560, 550, 400)["rivals"] == 1


def test_a_target_is_the_highest_count_that_a_coin_would_rarely_reach():
    text = (LESSON / "lesson.md").read_text("utf-8")
    plan = pd.DataFrame({"baseline": [0.0, 1, 2, 5, 6, 20, 79, 300]})
    bound = {"stats": stats, "confidence": 0.95, "plan": plan}
    exec(re.search(r'^plan\["target"\] = .*$', text, re.MULTILINE)[0], bound)
    assert plan["target"][:4].tolist() == [0] * 4 and stats.binomtest(0, 5, 0.5).pvalue > 0.05
    for now, target in plan[4:].astype(int).itertuples(index=False):
        met, missed = (stats.binomtest(n, n + now, 0.5).pvalue for n in (target, target + 1))
        assert met <= 0.05 < missed
        # The rule of thumb that the lesson tells.
        assert now**0.5 - target**0.5 == pytest.approx(1.4, abs=0.3 if now > 6 else 1.1)


def test_two_counts_that_share_only_their_visits_do_not_go_together():
    rng = np.random.default_rng(5)
    weekly = pd.DataFrame(
        {"branch": [f"B{n:02}" for n in range(40)], "visits": rng.integers(500, 20_000, 40)}
    )
    weekly["complaints"], weekly["digital_started"] = rng.poisson(60, 40), rng.poisson(900, 40)

    class Weekly:
        def load(self, name):
            return weekly

    bound = run_cells("13_voices", "usage", bank=Weekly(), pg=pg, sns=sns, stats=stats)
    rates = bound["rates"][["digital_started", "complaints_per_1000"]].corr(method="spearman").iloc[0, 1]
    assert rates > 0.9 and bound["sure"] == 0 and abs(bound["r"]) < 0.35
    wide = stats.norm.isf(0.025) * ((1 + bound["r"] ** 2 / 2) / (40 - 4)) ** 0.5
    assert bound["bounds"] == pytest.approx(
        np.tanh(np.arctanh(bound["r"]) + wide * np.array([-1, 1])), abs=0.006
    )


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

"""Lesson 08: its cleaning and its protection held against the declared truth, by its benchmark on one bank."""

import numpy as np
import pandas as pd
import pytest
from collection import ROOT, benchmark

LESSON = ROOT / "course" / "lessons" / "08_profile"


@pytest.fixture(scope="module")
def counted():
    return benchmark("customer_profile")


@pytest.fixture(scope="module")
def measured(counted):
    return {name.split(" ", 1)[0] + str(place): value
            for place, (name, value) in enumerate(counted.measure(9100).items())}  # fmt: skip


def test_nearly_all_errors_go_and_those_that_stay_leave_no_trace(measured):
    assert measured["of1"] < 0.03
    assert measured["survivors2"] > 0.98
    assert measured["wrong3"] > 0.98 and measured["notes4"] > 0.99


def test_small_cells_hidden_alone_come_back_and_with_company_none_does(measured):
    assert measured["small6"] > 0.3
    assert measured["hidden7"] == 0


def test_those_who_told_their_income_earn_less(measured):
    assert measured["mean8"] < 0


@pytest.fixture
def protected(counted):
    scope = {"np": np, "pd": pd, "smallest": 10}
    exec(counted.cells("deeper", "suppress"), scope)
    return scope["protected"]


def test_a_hidden_cell_has_company_in_its_row_and_its_column(protected):
    rng = np.random.default_rng(8)
    for _ in range(30):
        counts = pd.DataFrame(rng.poisson(14, (7, 4)))
        hide = protected(counts)
        small = ((counts > 0) & (counts < 10)).to_numpy()
        assert (hide | ~small).all()
        assert (hide.sum(axis=0) != 1).all() and (hide.sum(axis=1) != 1).all()


def test_nothing_small_nothing_hidden(protected):
    assert not protected(pd.DataFrame([[10, 20], [0, 30]])).any()


def test_the_rules_of_the_lesson_do_not_read_the_truth():
    text = (LESSON / "lesson.md").read_text(encoding="utf-8")
    before = text.split("## The truth")[0]
    assert "truth_" not in before


def test_the_page_is_the_benchmarks_own_and_the_lesson_names_it(counted):
    page = (ROOT / "docs/profile.md").read_text(encoding="utf-8")
    assert "`docs/profile.md`" in (LESSON / "lesson.md").read_text(encoding="utf-8")
    assert all(name in page for name in ("surviving", "known again", "interval holds")) and "{" not in page


def test_articles_are_named_in_both_languages_alike():
    text = (LESSON / "lesson.md").read_text(encoding="utf-8")
    english, chinese = (text.split(head)[1].split("+++")[0] for head in ("## The law", "## 法律怎么说"))
    pairs = {"Art. 4, 73": "第四条、第七十三条", "Art. 6": "第六条", "Art. 8, 46": "第八条、第四十六条",
             "Art. 28, 29": "第二十八条、第二十九条", "Art. 23": "第二十三条", "Art. 24, 55": "第二十四条、第五十五条",
             "Art. 29": "第二十九条"}  # fmt: skip
    assert all(one in english and other in chinese for one, other in pairs.items())

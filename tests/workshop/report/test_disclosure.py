"""Hidden groups stay hidden: short form of the benchmark, the attack of old on the new pages, the register."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from collection import benchmark as opened
from hypothesis import given
from hypothesis import strategies as st
from small_survey import bank

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from owndata.map import small_groups
from workshop.report import disclosure, findings, report_register, reports

benchmark = opened("subtraction")


@pytest.fixture(scope="module")
def found():
    return benchmark.count(25, seed=7)


def test_nothing_below_ten_is_found_out_in_random_banks(found):
    for what in ("groups", "questions' groups", "people"):
        assert not found[what].any()
    assert found["partners needed"].all()


def test_without_the_rules_much_would_be_found_out(found):
    assert found["groups, small ones hidden alone"].any()
    assert found["people, every question"].any()


@given(
    st.lists(st.integers(1, 25), min_size=1, max_size=7).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.lists(st.integers(0, 1), min_size=len(n), max_size=len(n)), min_size=1, max_size=5))
    )
)  # fmt: skip
def test_what_is_recoverable_is_what_brute_force_finds(drawn):
    counts, figures = np.array(drawn[0]), np.array(drawn[1], dtype=float)
    by_force = [
        some
        for some in benchmark._subsets(counts, small_groups.SMALLEST)
        if benchmark.np.linalg.matrix_rank(figures) > rank(np.delete(figures, some, axis=1))
    ]
    found = small_groups.recoverable(figures, counts)
    assert bool(found) == bool(by_force)
    assert all(one in by_force for one in found)


def rank(figures):
    return np.linalg.matrix_rank(figures) if figures.size else 0


SPLIT = {"B01": 40, "B03": 30, "B07": 25, "B02": 9, "B05": 1}


def test_a_branch_beside_a_single_answer_is_not_found_by_subtraction(tmp_path):
    """The single answer enters no mean: four times the bank's mean less three branches was the branch of nine."""
    given = bank(tmp_path / "bank", keep=SPLIT)
    survey = findings.read(given)
    assert survey.hidden == ["B02", "B05", "B07"]
    rows = servqual.scores(data.load(given, "servqual"), codebook=data.codebook(given)).dropna()
    means = rows.groupby(["dimension", "branch"])["gap"].mean().unstack()
    published = [findings.dimensions(survey, one).set_index("dimension") for one in survey.shown]
    bundle = np.column_stack([column for one in published for column in (one["estimate"], one["others"])])
    bundle = pd.DataFrame(bundle, index=published[0].index)
    for branch in survey.hidden:  # no combination that holds for all five dimensions gives it
        weights = np.linalg.lstsq(bundle.to_numpy(), means.loc[bundle.index, branch], rcond=None)[0]
        assert np.abs(bundle.to_numpy() @ weights - means.loc[bundle.index, branch]).max() > 0.01
    whole = findings.overall(survey)["estimate"]
    assert whole == pytest.approx(means[survey.shown].mean().mean())


def test_hidden_branches_enter_no_figure(tmp_path):
    """Whatever the hidden answered, the pages are the same."""

    def other(rows):
        asked = [c for c in rows if re.fullmatch(r"P\d+", c)]
        rows.loc[rows["branch"].isin(["B02", "B05", "B07"]), asked] = 1
        return rows

    for name, change in (("one", None), ("two", other)):
        given = bank(tmp_path / name, keep=SPLIT, change=change)
        reports.write(reports.Order(given, "en"), out=tmp_path / f"out-{name}", progress=False)
    for page in ("B01.html", "B03.html", "index.html"):
        one, two = ((tmp_path / f"out-{name}" / page).read_text(encoding="utf-8") for name in ("one", "two"))
        assert one == two


def test_a_few_who_left_a_question_out_are_not_what_remains(tmp_path):
    """Five questions less their dimension: two people's answers would be left; one question is held back."""

    def whole(rows):
        return rows.replace({column: {9: 5} for column in rows if re.fullmatch(r"[EP]\d+", column)})

    def change(rows):
        few = rows.index[rows["branch"] == "B03"][:2]
        return whole(rows).assign(P7=rows["P7"].where(~rows.index.isin(few)))

    survey = findings.read(bank(tmp_path / "bank", keep={"B01": 30, "B03": 30}, change=change))
    shown = {f"P{n}" for n in (5, 6, 7, 8, 9)} & set(survey.items["dimension"])
    assert len(shown) == 4
    survey = findings.read(bank(tmp_path / "whole", keep={"B01": 30, "B03": 30}, change=whole))
    assert len(set(survey.items["dimension"])) == 22


def test_where_no_question_may_be_shown_the_report_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(reports.findings.disclosure, "questions", lambda *_, **__: set())
    order = reports.Order(bank(tmp_path / "bank", keep={"B01": 12, "B03": 12}), "en")
    assert reports.write(order, out=tmp_path / "out", progress=False) == {}
    assert "No single question can be shown" in (tmp_path / "out" / "B01.html").read_text(encoding="utf-8")


def test_the_mean_of_all_dimensions_follows_from_the_page(tmp_path):
    def change(rows):
        return rows.assign(P1=rows["P1"].where(rows.index % 7 > 0))

    survey = findings.read(bank(tmp_path / "bank", keep={"B01": 30, "B03": 30}, change=change))
    table, one = findings.dimensions(survey, "B03"), findings.overall(survey, "B03")
    assert one["estimate"] == pytest.approx(table["estimate"].mean())
    assert table["n"].min() < table["n"].max()
    assert one["low"] < one["estimate"] < one["high"]


# -- two reports -----------------------------------------------------------------------------------


def written(tmp_path, keep, *, out="out", smallest=10, spoken="en", change=None):
    place = tmp_path / f"bank-{len(list(tmp_path.iterdir()))}"
    order = reports.Order(bank(place, keep=keep, change=change), spoken, smallest)
    assert reports.write(order, out=tmp_path / out, progress=False) == {}
    return (tmp_path / out / "index.html").read_text(encoding="utf-8")


def test_a_later_report_of_overlapping_answers_is_warned_of(tmp_path, capsys):
    first = written(tmp_path, {"B01": 40, "B03": 30, "B07": 25})
    assert "share answers" not in first and "Pass on one set of reports" in first
    assert capsys.readouterr().err == ""
    again = written(tmp_path, {"B01": 40, "B03": 30, "B07": 25})
    assert "share answers" not in again
    without = written(tmp_path, {"B01": 40, "B03": 30}, spoken="zh")
    assert "用到了相同的答卷" in without
    assert "用到了相同的答卷" in capsys.readouterr().err
    kept = json.loads((tmp_path / "out" / "register.json").read_text(encoding="utf-8"))
    assert [len(one["shown"]) for one in kept["reports"]] == [3, 2]


def entries(tmp_path, *changes, smallest=(10, 10)):
    """Register entries of two surveys."""
    keep = {"B01": 40, "B03": 30, "B07": 25, "B02": 12}
    given = [bank(tmp_path / str(i), keep=keep, change=change) for i, change in enumerate(changes)]
    return [
        report_register.entry(findings.read(one, smallest=n)) for one, n in zip(given, smallest, strict=True)
    ]


def test_the_same_answers_with_other_branches_shown_overlap(tmp_path):
    one, two = entries(tmp_path, None, None, smallest=(10, 20))
    assert len(one["marks"]) - 3 <= report_register.overlapping([one], two)[0][1] <= len(one["marks"])
    assert report_register.overlapping([one], one) == []


def test_a_filter_is_an_overlap_and_another_wave_is_none(tmp_path):
    def some(rows):
        return rows[rows.index % 4 > 0]

    def turned(rows):
        asked = [c for c in rows if re.fullmatch(r"[EP]\d+", c)]
        return rows.assign(
            **{c: rows[c].sample(frac=1, random_state=i).to_numpy() for i, c in enumerate(asked)}
        )

    one, two = entries(tmp_path / "a", None, some)
    assert report_register.overlapping([one], two)
    one, two = entries(tmp_path / "b", None, turned)
    assert not report_register.overlapping([one], two)


def test_the_register_holds_no_id_and_no_answer(tmp_path):
    written(tmp_path, {"B01": 40, "B03": 30})
    (kept,) = json.loads((tmp_path / "out" / "register.json").read_text(encoding="utf-8"))["reports"]
    assert set(kept) == {"date", "wave", "shown", "marks"}
    assert all(0 <= mark < 2**16 for mark in kept["marks"]) and 60 < len(kept["marks"]) <= 70


@pytest.mark.parametrize(
    "content", ["[]", "null", "{", '{"reports": 3}', '{"reports": [{"date": 1}]}', "[" * 100_000]
)
def test_a_register_that_is_none_is_refused_and_stays(tmp_path, content):
    written(tmp_path, {"B01": 40, "B03": 30})
    (tmp_path / "out" / "register.json").write_text(content, encoding="utf-8")
    with pytest.raises(WrongValue, match="should be the register"):
        written(tmp_path, {"B01": 40, "B03": 30})
    assert (tmp_path / "out" / "register.json").read_text(encoding="utf-8") == content


def test_rows_that_recur_by_habit_are_no_mark():
    same = pd.DataFrame({"P1": [5.0, 5, np.nan, np.nan], "P2": [5.0, 4, 3, np.nan]})
    assert len(report_register.sketch(same)) == 1


def test_a_sketch_in_pieces_is_the_sketch(monkeypatch):
    marks = pd.DataFrame(np.random.default_rng(1).integers(1, 8, size=(25, 6)).astype(float))
    whole = report_register.sketch(marks)
    monkeypatch.setattr(report_register, "PIECE", 7)
    assert report_register.sketch(marks) == whole and len(whole) == 25


def test_the_sentence_names_the_wave_that_is_too_small():
    counts = pd.DataFrame({"a": [4, 3], "all": [4, 3]}, index=["B01", "B02"])
    with pytest.raises(WrongValue) as error:
        disclosure.hidden(counts, smallest=10, wave=2)
    assert "in the last wave (2)" in error.value.en and "第 2 轮" in error.value.zh
    with pytest.raises(WrongValue, match="10 complete answers or more, so"):
        disclosure.hidden(counts, smallest=10)

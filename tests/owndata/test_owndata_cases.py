"""Exports as people have them, each with its right value: read right, or asked about."""

import re
from pathlib import Path

import answering
import pandas as pd
import pytest

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from owndata.judge import check
from owndata.map import mapping, proposed_mapping, questions, repeat_export, survey_folder
from owndata.read import sheets
from workshop import cli

CASES = Path(__file__).with_name("cases")
FOUR = {"Harbour": 30, "Lakeside": 30, "North Gate": 30, "Old Town": 30}


def copied(name, folder, chosen=None):
    """Map, answer, follow: as `course data map` does twice."""
    sheet = sheets.read(CASES / name)
    mapping.write(proposed_mapping.propose(sheet), folder / "mapping.xlsx")
    asked = answering.answer(folder / "mapping.xlsx", chosen)
    agreed = mapping.read(folder / "mapping.xlsx")
    survey_folder.make(sheet, agreed, out=folder / "bank")
    return asked, agreed, pd.read_csv(folder / "bank" / "servqual.csv")


# file → questions asked, scale, mean of the first of the twelve items, mean score
RIGHT = {
    "avgfirst.csv": ([], (1, 5), 3.542, 3.515),
    "gf_us.csv": ([], (1, 5), 3.542, 3.512),
    "gf_ampm.csv": ([], (1, 5), 3.542, 3.512),
    "x1904g.xlsx": ([], (1, 5), 3.542, 3.512),
    "enc_euc-kr.csv": ([], (1, 5), 3.542, 3.512),
    "ids0.csv": ([], (1, 5), 3.542, 3.512),
    "half.csv": (["halves"], (1, 5), 3.542, 3.512),
    "upside.csv": ([], (1, 5), 3.542, 3.512),
    "haochaping.csv": ([], (1, 5), 3.542, 3.512),
    "four.csv": ([], (1, 4), 2.567, 2.533),
    "c89.csv": (["codes"], (1, 5), 3.509, 3.492),
    "miss_c6na.csv": (["codes"], (1, 5), 3.491, 3.472),
    "mix10.csv": ([], (1, 5), 3.542, 3.512),
    "mix10r.csv": ([], (1, 5), 3.542, 3.512),
    "sat10.csv": ([], (1, 5), 3.542, 3.512),
    "qualtrics_lab.csv": ([], (1, 5), 3.542, 3.507),
    "sm.csv": ([], (1, 5), 3.542, 3.512),
    "miss_m99.csv": ([], (1, 5), 3.491, 3.472),
    "miss_m1.csv": ([], (1, 5), 3.491, 3.472),
    "miss_c9899.csv": (["codes"], (1, 5), 3.491, 3.472),
    "brvar.csv": (["names"], (1, 5), 3.542, 3.512),
    "letters.csv": (["letters"], (1, 5), 3.542, 3.512),
    "endpoints.csv": ([], (1, 5), 3.542, 3.512),
    "eu.csv": ([], (1, 5), 3.542, 3.512),
    "stars.xlsx": ([], (1, 5), 3.542, 3.512),
    "dummies.csv": ([], (1, 5), 3.542, 3.512),
    "kobo.csv": ([], (1, 5), 3.542, 3.512),
}


@pytest.mark.parametrize("name", RIGHT)
def test_each_case_is_read_right(name, tmp_path):
    expected, scale, first, overall = RIGHT[name]
    asked, agreed, rows = copied(name, tmp_path)
    assert asked == expected
    items = agreed.columns[agreed.columns["role"] == "perception"]
    more = name == "avgfirst.csv"  # its first column is a rating, too
    assert len(items) == 12 + more
    assert set(zip(items["low"], items["high"], strict=True)) == {scale}
    assert rows[f"P{1 + more}"].mean() == pytest.approx(first, abs=0.0005)
    book = data.codebook(tmp_path / "bank")
    scores = servqual.scores(data.load(tmp_path / "bank", "servqual"), codebook=book)
    assert scores["perceived"].mean() == pytest.approx(overall, abs=0.0005)
    places = pd.read_csv(tmp_path / "bank" / "branches.csv", dtype=str).set_index("branch")["name_en"]
    sizes = rows["branch"].map(places).value_counts().to_dict()
    assert sizes == FOUR or name == "enc_euc-kr.csv"
    assert list(sizes.values()) == [30] * 4
    assert check.passes(check.check(tmp_path / "bank"))


def test_over_all_cases_little_is_asked(tmp_path):
    counts = sorted(len(expected) for expected, *_ in RIGHT.values())
    assert counts[len(counts) // 2] <= 2
    assert counts[-1] <= 6


def test_days_are_those_of_the_column_and_of_the_workbook(tmp_path):
    for name, second in (
        ("gf_us.csv", "2025-10-02"),
        ("gf_ampm.csv", "2025-09-02"),
        ("x1904g.xlsx", "2025-09-02"),
    ):
        (tmp_path / name).mkdir()
        _, _, rows = copied(name, tmp_path / name)
        assert rows["date"].iloc[:2].tolist() == ["2025-09-01", second]


def test_korean_is_read_as_korean(tmp_path):
    assert sheets.read(CASES / "enc_euc-kr.csv").cells["branch"].iloc[0].endswith("지점")


def test_ids_stay_two(tmp_path):
    _, _, rows = copied("ids0.csv", tmp_path)
    assert rows["respondent"].iloc[:2].tolist() == ["R1", "R0001"]


def test_letters_are_turned_where_a_person_says_so(tmp_path):
    _, _, rows = copied("letters.csv", tmp_path, {"letters": 2})
    assert rows["P1"].mean() == pytest.approx(6 - 3.542, abs=0.0005)


def test_a_six_is_a_step_where_a_person_says_so(tmp_path):
    _, agreed, rows = copied("miss_c6na.csv", tmp_path, {"codes": 3})
    assert set(agreed.columns["high"].dropna()) == {7}
    assert rows["P1"].mean() == pytest.approx(3.783, abs=0.0005)


def test_spellings_stay_apart_where_a_person_says_so(tmp_path):
    copied("brvar.csv", tmp_path, {"names": 2})
    names = pd.read_csv(tmp_path / "bank" / "branches.csv")["name_en"].tolist()
    assert "Other branches" in names


def test_an_open_question_stops_the_copy(tmp_path):
    sheet = sheets.read(CASES / "c89.csv")
    with pytest.raises(WrongValue) as caught:
        survey_folder.make(sheet, proposed_mapping.propose(sheet), out=tmp_path / "bank")
    assert "the values are 1–5, 8, 9" in caught.value.en
    assert "8, 9" in caught.value.zh
    assert not (tmp_path / "bank").exists()


def test_check_says_what_is_missing_where_nothing_was_copied_yet(tmp_path):
    sheet = sheets.read(CASES / "c89.csv")
    mapping.write(proposed_mapping.propose(sheet), tmp_path / "mapping.xlsx")
    (found,) = check.check(tmp_path)
    assert (found.kind, found.severity) == ("unmapped", "error")
    with pytest.raises(WrongValue, match="Answer its questions"):
        data.folder(tmp_path)


def test_another_export_of_the_same_form_asks_only_what_is_new(tmp_path):
    _, agreed, _ = copied("c89.csv", tmp_path)
    assert repeat_export.with_earlier_answers(agreed, sheets.read(CASES / "c89.csv")) is agreed
    text = (CASES / "c89.csv").read_text(encoding="utf-8")
    (tmp_path / "c89.csv").write_text(re.sub(r",8(?=[,\n])", ",77", text), encoding="utf-8")
    more = repeat_export.with_earlier_answers(agreed, sheets.read(tmp_path / "c89.csv")).questions
    assert [one.kind for one in questions.unanswered(more)] == ["codes"]


def course(*words):
    """Run the command here."""
    return cli.main([*map(str, words), "--language", "en"])


def test_the_way_in_as_a_person_goes_it(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (CASES / "c89.csv").read_text(encoding="utf-8")
    Path("first.csv").write_text(text, encoding="utf-8")
    Path("second.csv").write_text(re.sub(r",8(?=[,\n])", ",77", text), encoding="utf-8")

    assert course("data", "map", "first.csv") == 0
    assert "Open questions: 1." in capsys.readouterr().out
    assert course("data", "check", "first") == 1
    assert "Answer the questions on its first sheet" in capsys.readouterr().err
    assert course("run", "05_servqual", "--data", "first") == 1
    assert "Answer its questions" in capsys.readouterr().err
    assert course("data", "map", "first.csv", "--mapping", "first/mapping.xlsx") == 1
    assert "Open questions in the mapping: 1. The first: In 12 columns" in capsys.readouterr().err

    answering.answer(Path("first/mapping.xlsx"))
    assert course("data", "map", "first.csv", "--mapping", "first/mapping.xlsx") == 0
    assert course("data", "check", "first") == 0

    assert course("data", "map", "second.csv", "--mapping", "first/mapping.xlsx", "--out", "second") == 1
    assert "Open questions: 1." in capsys.readouterr().out
    answering.answer(Path("first/mapping_2.xlsx"))
    assert course("data", "map", "second.csv", "--mapping", "first/mapping_2.xlsx", "--out", "second") == 0
    assert course("data", "check", "second") == 0
    means = [pd.read_csv(f"{name}/servqual.csv")["P1"].mean() for name in ("first", "second")]
    assert means == pytest.approx([3.509, 3.509], abs=0.0005)

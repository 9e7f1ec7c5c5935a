"""What an export leaves open beside its answers: direction, order of days, names, columns that are no items."""

import dataclasses

import layouts
import numpy as np
import pandas as pd
import pytest

from owndata.map import branch_spellings, proposed_mapping, survey_folder, survey_platforms
from owndata.read import date_columns, sheets

ITEMS = [f"P{i}" for i in range(1, 13)]


@pytest.fixture(scope="module")
def known():
    return layouts.known(3)


def table(known, **more):
    marks = known[ITEMS].astype("Int64").astype(object).where(known[ITEMS].notna(), "")
    marks.insert(0, "Branch", [layouts.BRANCHES["en"][place] for place in known["place"]])
    return marks.assign(**more)


def proposed(frame, tmp_path):
    frame.to_csv(tmp_path / "export.csv", index=False)
    sheet = sheets.read(tmp_path / "export.csv")
    return proposed_mapping.propose(sheet), sheet


def answered(mapping, place=0):
    return dataclasses.replace(
        mapping, questions=tuple(dataclasses.replace(one, answer=place) for one in mapping.questions)
    )


def turned(values):
    return [6 - value if value != "" else "" for value in values]


def test_an_item_marked_as_reversed_that_goes_with_the_others_is_asked_about(known, tmp_path):
    frame = table(known).rename(columns={"P12": "Staff ignore me (R)"})
    found, _ = proposed(frame, tmp_path)
    assert [one.key for one in found.questions] == ["turned: Staff ignore me (R)"]
    assert "marked as reversed" in found.questions[0].sentence.en
    frame["Staff ignore me (R)"] = turned(frame["Staff ignore me (R)"])
    found, _ = proposed(frame, tmp_path)
    assert found.questions == ()
    assert found.columns.set_index("heading").loc["Staff ignore me (R)", "reversed"]


def test_numbers_that_go_against_the_overall_satisfaction_are_asked_about(known, tmp_path):
    said = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
    overall = [said[int(mark) - 1] for mark in known["satisfaction"]]
    frame = table(known, **{"Overall satisfaction": overall})
    assert proposed(frame, tmp_path)[0].questions == ()
    frame[ITEMS] = frame[ITEMS].apply(turned)
    found, _ = proposed(frame, tmp_path)
    (asked,) = found.questions
    assert (asked.kind, [one.en for one in asked.choices]) == (
        "upside",
        ["1 is the best", "the highest number is the best"],
    )
    assert next(iter(asked.choices[0].words.values())) == {str(n): 6 - n for n in range(1, 6)}


def test_small_numbers_without_relation_to_the_items_are_asked_about(known, tmp_path):
    rng = np.random.default_rng(2)
    frame = table(known, Siblings=rng.integers(1, 6, len(known)))
    found, _ = proposed(frame, tmp_path)
    (asked,) = found.questions
    assert asked.key == "items: Siblings"
    roles = found.columns.set_index("heading")["role"]
    assert (roles["Siblings"], (roles == "perception").sum()) == ("ignore", 12)
    assert asked.choices[1].columns == {"Siblings": {"role": "perception", "item": 13}}


@pytest.mark.parametrize(
    "heading", ["How many people live with you?", "您家里几口人", "NumReports", "本月办理次数"]
)
def test_a_heading_that_counts_settles_it(known, tmp_path, heading):
    rng = np.random.default_rng(2)
    found, _ = proposed(table(known, **{heading: rng.integers(0, 6, len(known))}), tmp_path)
    assert found.questions == ()
    assert set(found.columns["high"].dropna()) == {5}


def test_days_that_the_column_leaves_open_are_asked_about(known, tmp_path):
    frame = table(known, Date=["3/4/2025", "5/6/2025"] * (len(known) // 2))
    found, sheet = proposed(frame, tmp_path)
    (asked,) = found.questions
    assert {one.settings["days"] for one in asked.choices} == {"mdy", "dmy"}
    mapping = dataclasses.replace(answered(found), settings={"days Date": "dmy"})
    survey_folder.make(sheet, mapping, out=tmp_path / "bank")
    assert pd.read_csv(tmp_path / "bank" / "servqual.csv")["date"].iloc[0] == "2025-04-03"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["9/1/2025", "9/13/2025"], ["mdy"]), (["1/9/2025", "13/9/2025"], ["dmy"]), (["25/09/01", "25/10/31"], ["ymd"]),
        (["9/1/25 10:00", "9/30/25 11:30"], ["mdy"]), (["2025/9/1", "2025/9/13"], []), (["13/13/2025"], []), (["hello"], []),
    ],
)  # fmt: skip
def test_the_column_settles_the_order(cells, order):
    assert date_columns.orders(cells) == order


def test_a_branch_without_a_telling_heading_is_asked_for(known, tmp_path):
    found, _ = proposed(table(known).rename(columns={"Branch": "Q0"}), tmp_path)
    (asked,) = found.questions
    assert asked.choices[0].columns == {"Q0": {"role": "branch"}}


@pytest.mark.parametrize(
    "spelt",
    [
        "滨江支 行",
        "滨江支⾏",
        "青屿银行滨江支行",
        "青屿银行股份有限公司滨江支行",
        "滨江",
        " 滨江支行",
        "滨江支行 ",
    ],
)
def test_a_name_in_another_spelling_is_found(spelt):
    assert branch_spellings.key(spelt) == branch_spellings.key("滨江支行")


@pytest.mark.parametrize(
    ("one", "other"), [("1010", "101"), ("滨江一支行", "滨江二支行"), ("North", "North Gate"), ("B10", "B1")]
)
def test_names_that_may_be_two_are_two(one, other):
    assert branch_spellings.key(one) != branch_spellings.key(other)


@pytest.mark.parametrize("codes", [("101", "0101"), ("B1", "B01"), ("支行7", "支行07")])
def test_codes_with_zeros_in_front_are_asked_about(known, tmp_path, codes):
    frame = table(known)
    frame["Branch"] = [codes[i % 2] for i in range(len(frame))]
    (asked,) = proposed(frame, tmp_path)[0].questions
    assert (asked.kind, asked.seen) == ("names", (" = ".join(codes),))


def test_a_stray_name_does_not_carry_a_branch_away_unnamed(known, tmp_path):
    frame = table(known)
    frame.loc[:4, "Branch"] = "unknown"
    found, sheet = proposed(frame, tmp_path)
    notes = survey_folder.make(sheet, found, out=tmp_path / "bank")
    (drawn,) = [note for note in notes if note.kind == "drawn_in"]
    assert drawn.found >= 10
    assert f"'{drawn.column}' ({drawn.found} respondents) is large enough" in drawn.told(0)
    (counts,) = [note.told(0) for note in notes if note.kind == "counts"]
    assert "Other branches" in counts
    assert "其他" not in counts


@pytest.mark.parametrize("name", sorted(survey_platforms.known()))
def test_every_platform_is_known_by_its_own_columns(name):
    signs = survey_platforms.known()[name]["signs"]
    assert survey_platforms.recognise(signs) == name


def test_previews_and_unfinished_answers_are_told(tmp_path):
    frame = pd.DataFrame({"StartDate": ["2025-09-01"] * 9, "EndDate": ["2025-09-01"] * 9, "ResponseId": list("abcdefghi"),
                          "Status": ["Survey Preview", *["IP Address"] * 8], "Finished": ["False", "False", *["True"] * 7]})  # fmt: skip
    frame.to_csv(tmp_path / "a.csv", index=False)
    told = [note.told(0) for note in survey_platforms.notes(sheets.read(tmp_path / "a.csv"))]
    assert told[0] == "Recognised as an export of Qualtrics."
    assert told[1].startswith("Answers that the platform marks as previews or tests: 1.")
    assert told[2].startswith("Answers that the platform marks as unfinished: 2.")


def test_seconds_are_read_from_clocks_and_commas(known, tmp_path):
    frame = table(known, Duration=["00:02:05", "1:30"] * (len(known) // 2))
    found, sheet = proposed(frame, tmp_path)
    survey_folder.make(sheet, found, out=tmp_path / "bank")
    assert pd.read_csv(tmp_path / "bank" / "servqual.csv")["seconds"].iloc[:2].tolist() == [125, 90]


def test_ids_that_a_program_turned_into_numbers_are_whole_again(known, tmp_path):
    frame = table(known, ID=[f"{i}.0" for i in range(1, len(known) + 1)])
    frame["Branch"] = [f"{place + 11}.0" for place in known["place"]]
    found, sheet = proposed(frame, tmp_path)
    survey_folder.make(sheet, found, out=tmp_path / "bank")
    rows = pd.read_csv(tmp_path / "bank" / "servqual.csv", dtype=str)
    assert rows["respondent"].iloc[0] == "R00001"
    assert set(rows["branch"]) == {f"B{n}" for n in range(11, 16)}


@pytest.mark.parametrize("headings", [["id", "submitdate", "lastpage", "seed"], ["id. Response ID", "submitdate. Date submitted", "seed. Seed"],
                                      ["Response ID", "Date submitted", "Last page"]])  # fmt: skip
def test_headings_of_limesurvey_in_each_of_its_styles(headings):
    assert survey_platforms.recognise(headings) == "LimeSurvey"
    assert survey_platforms.roles(headings)[headings[0]] == "respondent"


def test_unfinished_forms_of_redcap_are_told(tmp_path):
    frame = pd.DataFrame(
        {
            "record_id": [1, 2, 3],
            "redcap_event_name": ["a"] * 3,
            "survey_complete": [2, 0, 1],
            "tick___1": [0, 1, 0],
        }
    )
    frame.to_csv(tmp_path / "a.csv", index=False)
    sheet = sheets.read(tmp_path / "a.csv")
    assert survey_platforms.marked(sheet) == {"unfinished": 2}
    assert survey_platforms.roles(sheet.cells.columns)["tick___1"] == "ignore"


@pytest.mark.parametrize("words", [False, True])
def test_items_that_nearly_everybody_marks_alike_stay_items(known, tmp_path, words):
    frame = table(known)
    frame["P3"], frame["P12"] = 5, 5  # everybody
    frame["P7"] = [4, 4, 3, *[5] * (len(frame) - 3)]
    if words:
        frame[ITEMS] = frame[ITEMS].map(
            lambda mark: layouts.WORDS["satisfied", "zh"][mark - 1] if mark else ""
        )
    found, _ = proposed(frame, tmp_path)
    assert (found.columns["role"] == "perception").sum() == 12
    assert found.questions == ()


def test_a_survey_of_content_people_is_one(known, tmp_path):
    frame = table(known)
    frame[ITEMS] = 5
    frame.loc[:2, ITEMS] = 4
    frame.loc[3, ITEMS] = 3
    assert (proposed(frame, tmp_path)[0].columns["role"] == "perception").sum() == 12


@pytest.mark.parametrize("n", [8, 15, 25])
def test_a_trial_with_few_answers_keeps_its_items(known, tmp_path, n):
    found, _ = proposed(table(known).iloc[:n], tmp_path)
    assert (found.columns["role"] == "perception").sum() == 12


def test_one_tick_for_nearly_everybody_is_no_item(known, tmp_path):
    frame = table(known, Source=1, Version=[2, 2, 3, *[1] * (len(known) - 3)])
    assert (proposed(frame, tmp_path)[0].columns["role"] == "perception").sum() == 12

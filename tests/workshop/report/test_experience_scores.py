"""The scorecard of a branch: its numbers by another route, small groups, one question alone, both kinds of file."""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from docx import Document
from small_survey import bank
from statsmodels.stats.weightstats import DescrStatsW

from helpers.bank import data, language
from helpers.bank.language import WrongValue
from workshop.report import experience_scorecard, experience_scores, findings, reports


@pytest.fixture(autouse=True)
def _anew():
    yield
    language.use("en")


@pytest.fixture(scope="module")
def survey():
    return experience_scores.read("qingyu_bank")


@pytest.fixture(scope="module")
def told():
    return data.load("qingyu_bank", "journey_surveys")


@pytest.fixture(scope="module")
def one_question(tmp_path_factory):
    """A survey that asked for satisfaction and nothing else of what the scorecard shows."""
    return bank(
        tmp_path_factory.mktemp("t") / "bank", keep={"B01": 40, "B03": 35, "B05": 9, "B07": 45, "B08": 8}
    )


def test_scores_by_another_route(survey, told):
    own = told[told["branch"] == "B07"]
    table = findings.dimensions(survey, "B07").set_index("dimension")
    assert table["n"].tolist() == [len(own)] * 3
    assert table.loc["top_two", "estimate"] == pytest.approx(100 * own["satisfaction"].isin([6, 7]).mean())
    assert table.loc["easy", "estimate"] == pytest.approx(100 * own["effort"].isin([1, 2]).mean())
    mark = np.select([own["recommend"] >= 9, own["recommend"] <= 6], [100.0, -100.0], 0.0)
    low, high = DescrStatsW(mark).tconfint_mean()
    found = table.loc["recommend_score", ["estimate", "low", "high"]]
    assert found.tolist() == pytest.approx([mark.mean(), low, high])
    others = (
        told[told["branch"] != "B07"].groupby("branch")["satisfaction"].agg(lambda s: 100 * (s >= 6).mean())
    )
    assert table.loc["top_two", "others"] == pytest.approx(others.mean())


def test_channels_are_where_cases_began_and_small_ones_are_put_together(survey, told):
    table = experience_scores.channels(survey, "B07")
    events = data.load("qingyu_bank", "journeys")
    began = told.merge(events[events["step"] == 1][["case", "channel"]], on="case")
    own = began[began["branch"] == "B07"]["channel"].value_counts()
    shown = table[table["dimension"] == "top_two"].set_index("channel")["n"]
    assert shown.sum() == own.sum() and shown.min() >= 10
    assert all(shown[name] == own[name] for name in shown.index if name != "other")
    strict = experience_scores.channels(survey, "B07", smallest=1000)
    assert strict.empty


def test_the_few_without_a_channel_do_not_follow_from_the_branch_less_its_channels(tmp_path):
    def change(rows):
        place = rows.groupby("branch").cumcount()
        channel = place.map(lambda n: "counter" if n < 20 else "app" if n < 37 else None)
        return rows.assign(channel=channel, satisfaction=place.map(lambda n: 7 if n % 2 or n >= 38 else 1))

    folder = bank(tmp_path / "bank", keep={"B01": 40, "B03": 40}, change=change)
    path = tmp_path / "bank" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = next(one for one in package["resources"] if one["name"] == "servqual")["schema"]["fields"]
    del next(one for one in fields if one["name"] == "channel")["constraints"]["required"]
    path.write_text(json.dumps(package), encoding="utf-8")
    survey = experience_scores.read(folder)
    table = experience_scores.channels(survey, "B01")
    whole = survey.scores[survey.scores["branch"] == "B01"].iloc[0]
    assert table["n"].tolist() == [20, 20] and set(table["channel"]) == {"counter", "other"}
    assert (table["n"] * table["estimate"]).sum() == pytest.approx(whole["count"] * whole["mean"])


def test_where_no_channel_is_known_none_is_compared(tmp_path):
    folder = bank(tmp_path / "bank", keep={"B01": 40, "B03": 40})
    survey = experience_scores.read(folder)
    blank = replace(survey, marks=survey.marks.assign(channel=None))
    assert experience_scores.channels(blank, "B01").empty


def test_one_question_is_enough_and_small_branches_are_nowhere(one_question):
    survey = experience_scores.read(one_question)
    assert survey.hidden == ["B05", "B08"] and survey.scores["dimension"].unique().tolist() == ["top_two"]
    rows = data.load(one_question, "servqual").dropna(subset="satisfaction")
    mine = (rows[rows["branch"] == "B07"]["satisfaction"] >= 6).mean()
    assert findings.dimensions(survey, "B07")["estimate"].iloc[0] == pytest.approx(100 * mine)
    assert not set(survey.scores["branch"]) & {"B05", "B08"}


def test_the_top_marks_are_those_of_the_scale_that_was_used(tmp_path):
    folder = bank(tmp_path / "bank", keep={"B01": 30, "B03": 30},
                  change=lambda rows: rows.assign(satisfaction=rows["satisfaction"].clip(upper=5)))  # fmt: skip
    path = tmp_path / "bank" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = next(one for one in package["resources"] if one["name"] == "servqual")["schema"]["fields"]
    next(one for one in fields if one["name"] == "satisfaction")["constraints"]["maximum"] = 5
    path.write_text(json.dumps(package), encoding="utf-8")
    marks = experience_scores.read(folder).marks
    rows = data.load(folder, "servqual").dropna(subset="satisfaction")
    assert marks["top_two"].mean() == pytest.approx(100 * (rows["satisfaction"] >= 4).mean())


def with_cases(folder, rows, rules):
    """A small bank that also asked after a case, by these rules for some of the questions."""
    bank(folder, keep={"B01": 30, "B03": 30})
    rows.to_csv(folder / "journey_surveys.csv", index=False)
    path, described = folder / "datapackage.json", data.codebook("qingyu_bank").tables["journey_surveys"]
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = [one for one in described["schema"]["fields"] if one["name"] in rows]
    fields = [one | {"constraints": rules.get(one["name"], one.get("constraints", {}))} for one in fields]
    package["resources"].append(
        {"name": "journey_surveys", "path": "journey_surveys.csv", "schema": {"fields": fields}}
    )
    path.write_text(json.dumps(package), encoding="utf-8")
    return folder


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "score", "rule", "said"),
    [
        ("recommend", "recommend_score", {"minimum": 1, "maximum": 5}, r"1 (to|到) 5"),
        ("recommend", "recommend_score", {"minimum": 1, "maximum": 10}, r"1 (to|到) 10"),
        ("recommend", "recommend_score", {}, "codebook does not state|数据说明没写明"),
        ("effort", "easy", {"minimum": 1, "maximum": 5}, r"1 (to|到) 5"),
    ],
)
def test_a_question_on_another_scale_has_no_score_and_the_page_says_so(
    tmp_path, told, name, score, rule, said, spoken
):
    rows = told[told["branch"].isin(["B01", "B03"])]
    folder = with_cases(tmp_path / "bank", rows.assign(**{name: rows[name].clip(1, 5)}), {name: rule})
    language.use(spoken)
    survey = experience_scores.read(folder)
    assert len(survey.scores["dimension"].unique()) == 2 and score not in set(survey.scores["dimension"])
    doubts = " ".join(experience_scorecard._doubts(survey))
    assert re.search(said, doubts)
    assert (
        reports.write(
            reports.Order(str(folder), spoken, subject="experience"), out=tmp_path / "out", progress=False
        )
        == {}
    )
    assert re.search(said, (tmp_path / "out" / "B01.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lost", [["effort"], ["recommend"], ["effort", "recommend"]])
def test_cases_that_were_asked_for_less_are_reported_by_what_they_were_asked(tmp_path, told, lost):
    rows = told[told["branch"].isin(["B01", "B03"])].drop(columns=lost[:1]).assign(**dict.fromkeys(lost[1:]))
    folder = with_cases(tmp_path / "bank", rows, {name: {} for name in lost})
    survey = experience_scores.read(folder)
    left = {"effort": "easy", "recommend": "recommend_score"}
    assert set(survey.scores["dimension"]) == {"top_two", *(left[name] for name in left if name not in lost)}
    assert len(survey.marks) == survey.answered.sum() == len(rows)


def test_satisfaction_on_marks_that_nobody_states_is_one_sentence(tmp_path, told):
    folder = with_cases(tmp_path / "bank", told[told["branch"].isin(["B01", "B03"])], {"satisfaction": {}})
    with pytest.raises(WrongValue, match="which marks satisfaction"):
        experience_scores.read(folder)


def test_nobody_asked_is_one_sentence(tmp_path):
    folder = bank(tmp_path / "bank", keep={"B01": 30}, change=lambda rows: rows.drop(columns="satisfaction"))
    with pytest.raises(WrongValue, match="did not ask for satisfaction"):
        experience_scores.read(folder)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_page_and_word_file_say_the_same_and_the_list_leads_to_both(one_question, tmp_path, spoken):
    language.use(spoken)
    out = tmp_path / "out"
    assert (
        reports.write(reports.Order(one_question, spoken, subject="experience"), out=out, progress=False)
        == {}
    )
    text = (out / "B07.html").read_text(encoding="utf-8")
    word = Document(out / "B07.docx")
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert re.findall(r"<h2>(.*?)</h2>", text) == headings
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text)] == cells
    assert "nan" not in text.split("base64")[0]
    listing = (out / "index.html").read_text(encoding="utf-8")
    for name in ("B01", "B03", "B07"):
        assert f'<a href="{name}.html">' in listing and f'<a href="{name}.docx">' in listing
    assert "B05.html" not in listing and "&lt;a" not in listing


def test_the_list_of_servquals_reports_leads_to_its_files(one_question, tmp_path):
    """Links are links: a table whose cells are all text would show their markup instead."""
    reports.write(reports.Order(one_question, "en"), out=tmp_path / "out", progress=False)
    listing = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert '<a href="B07.html">page</a>' in listing and "&lt;a" not in listing


def test_every_score_is_said_with_its_interval_and_the_recommend_score_is_no_per_cent(survey):
    image = lambda table: b"x"  # noqa: E731
    told = experience_scorecard.blocks(survey, "B07", image=image, bank="Bank")
    minute = next(one for one in told if one.points).points
    assert len(minute) == 5 and all("interval" in one for one in minute[:3])
    assert "no per cent" in minute[2] and "cannot be told" in minute[4]


def test_two_exports_of_the_same_cases_are_known_to_overlap(survey):
    from workshop.report import report_register

    rows, scales, _ = experience_scores._asked("qingyu_bank", data.codebook("qingyu_bank"))
    half = experience_scores._sketch(rows.head(len(rows) // 2))
    assert report_register.overlap(survey.sketch, half) > 1000
    others = experience_scores._sketch(rows.assign(respondent=rows["respondent"] + "x"))
    assert report_register.overlap(survey.sketch, others) == 0
    assert scales == {"satisfaction": (1, 7), "effort": (1, 7), "recommend": (0, 10)}


def test_numbers_are_whole_and_their_minus_is_a_minus():
    assert [experience_scorecard._points(number) for number in (-0.4, 0.4, -12.6, 61.5)] == [
        "0",
        "0",
        "−13",
        "62",
    ]


def test_a_branch_alone_has_nobody_to_be_compared_with(tmp_path):
    survey = experience_scores.read(bank(tmp_path / "bank", keep={"B01": 30}))
    blocks = experience_scorecard.blocks(survey, "B01", image=lambda table: b"x", bank="Bank")
    tables = [one.table for one in blocks if isinstance(one.table, pd.DataFrame)]
    assert "difference" not in tables[0].columns


def test_nobody_of_twelve_is_not_nobody_at_all(tmp_path):
    """Twelve who are all alike do not set a branch apart, and their share has an interval."""

    def change(rows):
        place = rows.groupby("branch").cumcount()
        return rows.assign(satisfaction=(place % 8 == 0).where(rows["branch"] != "B03", other=False) * 2 + 5)

    survey = experience_scores.read(
        bank(tmp_path / "bank", keep={"B01": 40, "B03": 12, "B07": 40}, change=change)
    )
    (one,) = findings.dimensions(survey, "B03").to_dict("records")
    assert one["estimate"] == one["low"] == 0 and 20 < one["high"] < 40
    assert one["difference_low"] < 0 < one["difference_high"]
    assert (experience_scores.overall(survey)["low"] >= 0).all()


def test_a_branch_of_one_mark_is_lent_the_spread_of_the_others(tmp_path):
    def change(rows):
        marks = [name for name in rows if name[0] in "EP" and name[1:].isdigit()]
        return rows.assign(**{name: rows[name].mask(rows["branch"] == "B03", 5) for name in marks})

    survey = findings.read(bank(tmp_path / "bank", keep={"B01": 40, "B03": 12, "B07": 40}, change=change))
    found = findings.dimensions(survey, "B03")
    assert (found["low"] < found["estimate"]).all() and findings.overall(survey, "B03")["low"] < 0

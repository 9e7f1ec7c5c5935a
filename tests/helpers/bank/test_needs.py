"""Sections that need what some data do not have: left out, with a sentence."""

import copy
import functools
import re

import pytest
from collection import ROOT

from helpers.bank import data, needs
from helpers.bank.bank import Bank
from helpers.bank.codebook import Codebook
from workshop.build import source


@functools.cache
def counted(table, *columns):
    return Bank("qingyu_bank").distinct(table, *columns)


class Filled(Codebook):
    """A codebook alone knows no values: these are the ones that Qingyu Bank holds."""

    def distinct(self, table, *columns, enough=None):
        return counted(table, *columns)


def test_qingyu_bank_offers_everything():
    book = Bank("qingyu_bank")
    assert needs.available(book, has_truth=True) == set(needs.described())
    assert needs.available(book, has_truth=False) == set(needs.described()) - {
        "truth",
        "true_chances",
        "year",
        "carried_out",
    }


WARNING = {"early_warning", "desk", "true_chances", "service_columns", "complaint_next"}
LACKS = [
    ("churn", "retention_calls", {"desk"}),
    ("churn", "products", {"service_columns", "elements"}),
    ("truth_leaving", None, {"true_chances"}),
    ("year_plan", None, {"carried_out"}),
    ("year_weekly", "called_top", {"year"}),
    ("year_survey", None, {"year", "carried_out"}),
    (
        "journeys",
        None,
        {"steps", "journeys", "journey_surveys", "channels", "three_journeys", "held_out", "case_scores"},
    ),
    ("journeys", "emotion", {"journeys", "journey_surveys", "channels", "three_journeys"}),
    ("queue_tickets", "finished", {"queue"}),
    ("transactions", None, {"ledger", "spending", "users", *WARNING}),
    (
        "customers",
        None,
        {
            "ledger",
            "spending",
            "held_out",
            "users",
            "customer_list",
            "elements",
            "products",
            "digital",
            "who_they_are",
        },
    ),
    ("customers", "digital_use", {"held_out", "digital"}),
    ("raw_notes", None, {"raw_twin"}),
    ("raw_customers", "income", {"raw_twin"}),
    ("churn", None, {"spending", "stayed", "elements", "tiers_again", *WARNING}),
    (
        "complaints",
        None,
        {
            "held_out",
            "complaint_next",
            "complaint_log",
            "complaint_topics",
            "echoes",
            "escalations",
            "users",
            "reopened",
        },
    ),
    ("echoes", None, {"echoes"}),
    ("codings", "topic", {"two_coders", "echoes"}),
    ("churn", "amount_90_fen", {"tiers_again"}),
    ("trial_offer", "offer", {"offers"}),
    ("tier_changes", "arm", {"tier_letters"}),
    ("trial_reminder", "arm", {"trial"}),
    ("trial_reminder_broken", "arm", {"broken_trial"}),
    ("before_after", "chosen", {"before_after"}),
    ("branches", "transformed", {"weekly", "every_week", "transformed"}),
    ("service_weekly", "mean_wait_seconds", {"weekly", "every_week"}),
    ("servqual", "wave", {"waves", "transformed", "two_waves"}),
    (
        "servqual",
        "satisfaction",
        {
            "satisfaction",
            "opinion",
            "confirmation",
            "asked_directly",
            "transformed",
            "cycle_survey",
            "index_survey",
        },
    ),
    ("journey_surveys", "recommend", {"case_scores"}),
    ("disconfirmation", None, {"asked_directly"}),
    ("servqual", "points_empathy", {"points"}),
    ("servqual", "channel", {"contact_channels"}),
]


@pytest.mark.parametrize(("table", "column", "lost"), LACKS)
def test_a_bank_without_a_table_or_a_column_offers_everything_else(table, column, lost):
    package = copy.deepcopy(data.codebook("qingyu_bank").package)
    (resource,) = (one for one in package["resources"] if one["name"] == table)
    if column is None:
        package["resources"].remove(resource)
    else:
        fields = resource["schema"]["fields"]
        fields[:] = [field for field in fields if field["name"] != column]
    assert needs.available(Filled(package), has_truth=True) == set(needs.described()) - lost


def test_every_cell_of_lesson_09_that_reads_the_ledger_says_so():
    for name in ("lesson", "deeper"):
        for cell in source.read(ROOT / "course" / "lessons" / "09_value" / f"{name}.md").in_language("en"):
            if cell.kind == "code" and cell.metadata.get("name") not in (
                "imports",
                "ours",
                "parameters",
                "open",
            ):
                assert "spending" in cell.metadata.get("needs", []), cell.text


def test_every_branch_in_every_week_is_a_need_of_its_own():
    class Gap(Filled):
        def distinct(self, table, *columns, enough=None):
            return super().distinct(table, *columns) - (columns == ("branch", "week"))

    book = Gap(data.codebook("qingyu_bank").package)
    assert needs.available(book, has_truth=True) == set(needs.described()) - {"every_week"}


@pytest.mark.parametrize(
    ("whole", "lost"),
    [
        (5, set()),
        (3, {"four_dimensions"}),
        (1, {"four_dimensions", "dimension_pairs", "contact_channels"}),
        (0, {"four_dimensions", "dimension_pairs", "contact_channels", "questionnaire"}),
    ],
)
def test_a_dimension_of_one_question_is_no_scale(whole, lost):
    """So many dimensions keep their questions, the last ones have one each."""
    package = copy.deepcopy(data.codebook("qingyu_bank").package)
    (survey,) = (one for one in package["resources"] if one["name"] == "servqual")
    for dimension in survey["dimensions"][whole:]:
        dimension["items"] = dimension["items"][:1]
    offered = needs.available(Filled(package), has_truth=True)
    of_lesson = {"questionnaire", "dimension_pairs", "four_dimensions", "contact_channels"}
    assert of_lesson - offered == lost


@pytest.mark.parametrize(("scale", "offered"), [((1, 7), True), ((1, 5), False), ((0, 7), False)])
def test_a_lesson_on_seven_marks_needs_a_survey_of_seven_marks(scale, offered):
    name = next(name for name, need in needs.described().items() if need.get("scale") == [1, 7])
    package = copy.deepcopy(data.codebook("qingyu_bank").package)
    (survey,) = (one for one in package["resources"] if one["name"] == "servqual")
    survey["scale"] |= dict(zip(("minimum", "maximum"), scale, strict=True))
    assert (name in needs.available(Filled(package), has_truth=True)) == offered


class Weeks(Codebook):
    """Three branches in two weeks, each in each but where there are gaps."""

    def distinct(self, table, *columns, enough=None):
        return {("branch",): 3, ("week",): 2, ("branch", "week"): 6 - self.gaps}[columns]


def small(gaps=0, **survey):
    """A table of weeks, and a survey of two dimensions whose second question is reverse-worded."""
    columns, items = [{"name": "branch"}, {"name": "week"}], range(1, 5)
    asked = {
        "name": "servqual",
        "scale": {"minimum": 1, "maximum": 7},
        "dimensions": [{"name": "reliability", "items": [1, 2]}, {"name": "empathy", "items": [3, 4]}],
        "schema": {"fields": [{"name": f"P{i}", "reversed": i == 2} for i in items]},
    }
    book = Weeks({"resources": [{"name": "weekly", "schema": {"fields": columns}}, asked | survey]})
    book.gaps = gaps
    return book


STRAIGHT = {"schema": {"fields": [{"name": f"P{i}"} for i in range(1, 5)]}}


@pytest.mark.parametrize(
    ("need", "book", "met"),
    [
        ({}, small(), True),
        ({"columns": {"weekly": ["branch", "week"], "servqual": ["P#"]}}, small(), True),
        ({"columns": {"weekly": ["branch", "day"]}}, small(), False),
        ({"columns": {"servqual": ["E#"]}}, small(), False),
        ({"dimensions": 2}, small(), True),
        ({"dimensions": 3}, small(), False),
        ({"dimensions": {"empathy": [3, 4]}}, small(), True),
        ({"dimensions": {"empathy": [3]}}, small(), False),
        ({"dimensions": {"reliability": [1, 2]}}, small(), False),  # one of the two is reverse-worded
        ({"dimensions": {"reliability": [1, 2]}}, small(**STRAIGHT), True),
        ({"several_items": 2}, small(), True),
        ({"several_items": 3}, small(), False),
        ({"several_items": 1}, small(dimensions=[{"name": "empathy", "items": [3]}]), False),
        ({"scale": [1, 7]}, small(), True),
        ({"scale": [1, 5]}, small(), False),
        ({"reversed": True}, small(), True),
        ({"reversed": True}, small(**STRAIGHT), False),
        ({"complete": {"weekly": ["branch", "week"]}}, small(), True),
        ({"complete": {"weekly": ["branch", "week"]}}, small(gaps=1), False),
        ({"complete": {"weekly": ["branch", "day"]}}, small(), False),
        ({"values": {"weekly.week": 2}}, small(), True),
        ({"values": {"weekly.week": 3}}, small(), False),
        ({"values": {"weekly.day": 1}}, small(), False),
    ],
)
def test_a_condition_holds_at_the_very_number_it_names_and_no_further(monkeypatch, need, book, met):
    monkeypatch.setattr(needs, "described", lambda: {"it": need})
    assert needs.available(book, has_truth=False) == ({"it"} if met else set())


@pytest.mark.parametrize("has_truth", [True, False])
def test_truth_is_there_where_the_bank_declares_it(monkeypatch, has_truth):
    monkeypatch.setattr(needs, "described", lambda: {"truth": {"simulated": True}})
    assert needs.available(small(), has_truth=has_truth) == ({"truth"} if has_truth else set())


@pytest.mark.parametrize(
    "need", [{"scale": [1, 7]}, {"reversed": True}, {"dimensions": 1}, {"several_items": 1}]
)
def test_without_a_survey_nothing_of_a_survey_is_offered(monkeypatch, need):
    monkeypatch.setattr(needs, "described", lambda: {"it": need})
    assert needs.available(Codebook({"resources": [{"name": "weekly"}]}), has_truth=True) == set()


def test_a_need_that_nobody_described_is_never_offered():
    book = Bank("qingyu_bank")
    assert needs.available(book, has_truth=True, names=["no_truth", "of_another_course"]) == {"truth"}


MARKED = sorted(
    (name, table, column)
    for name, need in needs.described().items()
    for table, columns in need.get("marks", {}).items()
    for column in columns
)


def asked_on(rule, table, column):
    """Qingyu Bank's codebook, in which a question was asked on other marks."""
    package = copy.deepcopy(data.package(data.folder("qingyu_bank")))
    fields = next(one for one in package["resources"] if one["name"] == table)["schema"]["fields"]
    next(field for field in fields if field["name"] == column)["constraints"] = rule
    return Filled(package)


@pytest.mark.parametrize(("name", "table", "column"), MARKED)
@pytest.mark.parametrize(
    ("rule", "en", "zh"),
    [
        ({"minimum": 1, "maximum": 5}, "the codebook has 1 to 5", "数据说明写的是 1 到 5 分"),
        ({}, "does not say which marks", "没有写明是几分制"),
    ],
)
def test_what_counts_by_marks_is_left_out_where_others_were_asked(name, table, column, rule, en, zh):
    book = asked_on(rule, table, column)
    assert name not in needs.available(book, has_truth=True, names=[name])
    said = needs.lost(name, book=book)
    assert (
        f"`{column}`" in said["en"] and en in said["en"] and f"`{column}`" in said["zh"] and zh in said["zh"]
    )


def test_a_part_that_builds_on_another_asks_for_its_marks_too():
    """A cell of a lesson may use what a cell with fewer needs has made: it cannot stay where that one is left out."""
    known = needs.described()
    for folder in sorted((ROOT / "course" / "lessons").iterdir()):
        text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
        used = {
            name
            for names in re.findall(r"^:needs: \[(.*?)\]", text, re.MULTILINE)
            for name in names.split(", ")
        }
        for base in used & {name for name, *_ in MARKED}:
            asked = known[base]["columns"]
            for other in used & known.keys():
                there = known[other].get("columns", {})
                if all(set(columns) <= set(there.get(table, [])) for table, columns in asked.items()):
                    assert known[other].get("marks") == known[base]["marks"], (folder.name, other, base)


def test_what_is_joined_needs_all_that_topics_and_coders_need():
    """The lesson joins messages by their topics: too few comments for these are too few for it."""
    known = needs.described()
    assert known["echoes"]["values"] == known["voices"]["values"] | known["two_coders"]["values"]

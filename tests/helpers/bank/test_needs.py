"""Sections that need what some data do not have: left out, with a sentence."""

import copy
import functools

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

    def distinct(self, table, *columns):
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
        def distinct(self, table, *columns):
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

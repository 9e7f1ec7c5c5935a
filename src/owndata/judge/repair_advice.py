"""Which sentence a value deserves that the judge found at fault, and what it was probably meant to be."""

import re
import unicodedata

import pandas as pd

from helpers.bank import codebook_rules
from helpers.bank.language import Both
from owndata.read import durations, moments, written_values

SKIPS = {-2.0, -3.0}  # platforms write these for "skipped" and "not shown"
# A word of a column's name → how many seconds are one of it.
UNITS = {"seconds": 1, "minutes": 60, "hours": 3600}
SOME_NUMBER = Both("a number such as 12", "12 这样的数")
# Rule of the judge → sentence; numbers, dates and words of a list are looked at more closely below.
SENTENCES = {
    "required": "required", "word": "required_word", "rounded": "id_number", "id": "id_spaces", "pattern": "contract",
    "zone": "date_zone", "scale": "off_scale", "range": "off_range", "sign": "negative", "whole": "not_whole",
    "link": "orphan", "once": "duplicate", "order": "date_order", "part": "above_whole", "nobody": "wait_of_nobody",
    "points_part": "points_part", "points_sum": "points_sum",
}  # fmt: skip


def sentences(finding, field):
    """Choose a sentence for each different value at fault.

    Parameters
    ----------
    finding : Finding
        From the judge, of one column.
    field : dict
        The column in the codebook (`helpers.bank.codebook_fields.fields`).

    Returns
    -------
    dict
        Value → name of the sentence, and what it names besides.
    """
    texts = list(finding.at.dropna().unique())
    if (
        finding.rule in ("number", "scale", "range", "sign", "whole")
        and field["type"] in codebook_rules.NUMBERS
    ):
        return _numbers(texts, field)
    if finding.rule == "date":
        return {text: _date(text, finding.expected, timed=field["type"] == "datetime") for text in texts}
    if finding.rule == "listed":
        return {text: _listed(text, field, finding.expected) for text in texts}
    kind, more = SENTENCES[finding.rule], {"expected": finding.expected}
    if kind in ("orphan", "contract") and all(re.fullmatch(r"\d+\.0+", text) for text in texts):
        return {text: ("id_point_zero", {"read": text.split(".")[0]}) for text in texts}
    return {
        text: (kind, more | {"read": codebook_rules.plain_id(text)} if kind == "id_spaces" else more)
        for text in texts
    }


def _numbers(texts, field):
    """What is off the limits once it is read comes before how it is written."""
    written = {text: _in_its_unit(text, field["name"]) for text in texts}
    read = pd.Series([value for _, value in written.values()], dtype=float)
    off = {}
    for rule, wrong, said in codebook_rules.sizes(read, field):
        for place in wrong.index[wrong]:
            off.setdefault(place, (_size(rule, read[place], field), {"expected": said or SOME_NUMBER}))
    expected, found = codebook_rules.allowed_values(field) or SOME_NUMBER, {}
    for place, (text, (how, value)) in enumerate(written.items()):
        read_as = {} if value is None else {"read": f"{value:.15g}"}
        found[text] = off.get(place) or (how or "not_number", {"expected": expected, **read_as})
    return found


def _in_its_unit(text, name):
    """A number that stands with a unit, in the one that the column's name tells."""
    how, value = written_values.number(text)
    each = next((worth for unit, worth in UNITS.items() if unit in name.split("_")), None)
    if how not in ("unit", "labelled", "not_number"):
        return how, value
    if each and ":" not in text and (spent := durations.seconds(text)) is not None:
        return "unit", spent / each
    if value is not None and "fen" in name.split("_") and re.search("[元块]", text):
        return how, round(value * 100)
    return how, value


def _size(rule, value, field):
    low = field.get("constraints", {}).get("minimum", float("-inf"))
    if rule == "scale" and value in SKIPS and low >= 0:
        return "skip_code"
    if value < 0 and (rule == "sign" or (rule == "range" and low >= 0)):
        return "negative_amount" if re.search("amount|fen|cny|balance|金额", field["name"]) else "negative"
    return "birth_year" if rule == "range" and "birth" in field["name"] else SENTENCES[rule]


def _date(text, expected, *, timed):
    """Of a moment the time of day is as needed as the day: without it every wait would be none."""
    how, value = written_values.date(text)
    if how == "not_date" and re.fullmatch(r"\d{6}", text):
        how = "date_six"
    if timed:
        how, value = _moment(text, how, value)
    return how or "not_date", {"expected": expected} | ({"read": str(value)} if value else {})


def _moment(text, how, value):
    """What is wrong with a moment, and how it would be read."""
    (said,) = moments.written(pd.Series([text]))
    if said not in (text, ""):
        return "date_style", said
    if how == "not_date" and re.match(r"\d{1,2}[:时点]\d", unicodedata.normalize("NFKC", text)):
        return "clock_alone", None
    if how == "date_serial" and "." in text:
        return "time_serial", None
    return ("time_unread", None) if how in ("date_style", None) else (how, value)


def _listed(text, field, expected):
    clean = codebook_rules.plain_id(text)
    if clean != text:
        return "id_spaces", {"read": clean}
    names = {_plain(name): str(name) for name in field["constraints"]["enum"]}
    for name, labels in (field.get("values") or {}).items():
        names |= {_plain(label): name for label in labels.values()}
    meant = names.get(_plain(text))
    return ("label_for_id", {"read": meant}) if meant else ("not_listed", {"expected": expected})


def _plain(text):
    """A word without regard to width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", str(text)).casefold().split())

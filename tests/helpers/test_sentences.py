"""The sentences of helpers.bank: both languages name the same things."""

import json
import string
from pathlib import Path

import pytest

from helpers.bank import judge, language, rules

SENTENCES = json.loads(Path(language.__file__).with_name("sentences.json").read_text(encoding="utf-8"))


def named(text):
    return {field.split("[")[0].removesuffix("_zh") for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_name_the_same(key):
    said = SENTENCES[key]
    assert set(said) == {"en", "zh"}
    assert said["zh"].endswith("。")
    if key != "one_number":  # its bound is worded in each language
        assert named(said["en"]) == named(said["zh"])


def test_every_rule_between_columns_is_in_use():
    assert set(rules.between()) == {"$comment", "signless", "limits", "order", "part", "nobody"}
    for rule in ("order", "part", "nobody"):
        assert rule in SENTENCES
        assert judge.refusal(judge.Finding(rule, "a"), file="x.csv").zh

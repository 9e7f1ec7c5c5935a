"""What the package refuses is in both languages, names the same things, and every sentence is said."""

import re
import string
from pathlib import Path

import pytest
import yaml

SOURCE = Path(__file__).parents[2] / "src" / "helpers"
SENTENCES = yaml.safe_load((SOURCE / "sentences.yml").read_text(encoding="utf-8"))
PLAN = yaml.safe_load((SOURCE / "methods" / "plan.yml").read_text(encoding="utf-8"))
SAID = [
    *((f"{module}.{name}", both) for module, told in SENTENCES.items() for name, both in told.items()),
    *((f"plan.yml {part} {name}", both) for part, told in PLAN.items() for name, both in told.items()),
]


def placeholders(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize(("name", "both"), SAID, ids=[name for name, _ in SAID])
def test_both_languages_name_the_same(name, both):
    assert set(both) == {"en", "zh"}
    # The shape of a codebook has its own words in each language.
    assert placeholders(both["en"]) - {"en"} == placeholders(both["zh"]) - {"zh"}


@pytest.mark.parametrize(("name", "both"), SAID, ids=[name for name, _ in SAID])
def test_chinese_is_punctuated_in_full_width(name, both):
    bare = re.sub(r"`[^`]*`|\{[^}]*\}", "·", both["zh"])
    assert not re.search(r"[\u4e00-\u9fff·][,;:?!](?=[\u4e00-\u9fff·])", bare), bare


def test_every_sentence_is_said_and_every_one_said_is_there():
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    said = set(re.findall(r"wrong\(\s*\"(\w+\.\w+)\"", code))
    said |= {
        "dataframes.no_integer",
        "dataframes.no_time",
        "checks.number",
        "checks.number_above",
    }  # worded there
    said |= {f"codebook_findings.{rule}" for rule in SENTENCES["codebook_findings"]}
    assert said == {f"{module}.{name}" for module, told in SENTENCES.items() for name in told}

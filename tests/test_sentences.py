"""What the packages say is in both languages, names the same things, and every sentence is said."""

import re
import string
from pathlib import Path

import pytest
import yaml

SOURCE = Path(__file__).parents[1] / "src"
PACKAGES = ("helpers", "classroom", "owndata", "workshop")
SENTENCES = {
    package: yaml.safe_load((SOURCE / package / "sentences.yml").read_text(encoding="utf-8"))
    for package in PACKAGES
}
PLAN = yaml.safe_load((SOURCE / "helpers" / "methods" / "plan.yml").read_text(encoding="utf-8"))
SAID = [
    *(
        (f"{package}.{module}.{name}", both)
        for package, modules in SENTENCES.items()
        for module, told in modules.items()
        for name, both in told.items()
        if set(both)
        == {
            "en",
            "zh",
        }  # problems of a file have a severity, questions an effect: tested beside them
    ),
    *((f"plan.yml {part} {name}", both) for part, told in PLAN.items() for name, both in told.items()),
]
NAMES = [name for name, _ in SAID]
# Looked up by a kind that is found in somebody's file, not by a name that the code holds.
BY_KIND = {
    "files",
    "shape",
    "lessons",
    "codebook",
    "numbers",
    "dates",
    "rows",
    "notes",
    "why",
    "questions",
    "columns_asked",
    "choices",
    "tables",
}
WORDED_THERE = {
    "dataframes.no_integer",
    "dataframes.no_time",
    "checks.number",
    "checks.number_above",
    "checks.number_least",
}


def placeholders(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize(("name", "both"), SAID, ids=NAMES)
def test_both_languages_name_the_same(name, both):
    assert set(both) == {"en", "zh"}
    # The shape of a codebook has its own words in each language, and Chinese a blank before a Latin word.
    assert placeholders(both["en"]) - {"en"} == placeholders(both["zh"]) - {"zh", "space"}


@pytest.mark.parametrize(("name", "both"), SAID, ids=NAMES)
def test_chinese_is_punctuated_in_full_width(name, both):
    bare = re.sub(r"`[^`]*`|\{[^}]*\}", "·", both["zh"])
    assert not re.search(r"[\u4e00-\u9fff·][,;:?!](?=[\u4e00-\u9fff·])", bare), bare


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_is_said_and_every_one_said_is_there(package):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (SOURCE / package).rglob("*.py"))
    named = r"wrong\(\s*\"" if package == "helpers" else rf"\"{package}\."
    found = set(re.findall(rf"{named}(\w+\.\w+)\"", code))
    said = {name for name in found if not (SOURCE / package / f"{name.replace('.', '/')}.py").exists()}
    kept = {
        f"{module}.{name}"
        for module, told in SENTENCES[package].items()
        for name in told
        if package != "owndata" or module not in BY_KIND
    }
    if package == "helpers":
        said |= WORDED_THERE
        said |= {f"codebook_findings.{rule}" for rule in SENTENCES["helpers"]["codebook_findings"]}
    assert said == kept


@pytest.mark.parametrize("package", PACKAGES)
def test_no_sentence_takes_the_place_of_another(package):
    group, seen = "", set()
    for text in (SOURCE / package / "sentences.yml").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"( {0,2})(\w+):", text):
            group = group if found[1] else found[2]
            assert (group, found[0]) not in seen, text
            seen.add((group, found[0]))

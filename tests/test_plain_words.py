"""Today's English in code, messages, docs and READMEs: no word that a reader would stop at."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What was written once, and how it is said now.
BANNED = {
    r"\bforetold\b|\bforetells?\b": "predicted",
    r"(?<!here )\b(?:is|was) no (?:date|number|file|table|survey|list|figure|function|folder|notebook)\b(?! such)": "is not a …",
    r"\bneeded is only\b": "only … is needed",
    r"\bstands? in (?:the folder|\{)": "is in",
    r"\bby lot\b": "at random",
    r"\b[Ww]hoever\b": "anyone who",
    r"\bhangs? on\b(?! the wall)": "depends on",
    r"\bhand(?:ed)? over\b(?! a file)": "pass",
    r"\b(?:thereof|wherein|hitherto|henceforth)\b": "of it, in which, so far, from now on",
}
ENDS = {".py", ".yml", ".md"}
# The simulated bank keeps every value it ever had, its sentences too; the lessons' prose has readers of its own.
KEPT = {ROOT / "src" / "simbank"}
PLACES = [
    path
    for folder in ("src", "docs")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in ENDS and not KEPT & set(path.parents)
]
PLACES += [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]


@pytest.mark.parametrize("path", PLACES, ids=[str(path.relative_to(ROOT)) for path in PLACES])
def test_no_word_that_readers_stopped_at(path):
    text = " ".join(path.read_text(encoding="utf-8").split())  # a line may end within an expression
    found = [(match[0], said) for old, said in BANNED.items() for match in re.finditer(old, text)]
    assert not found


@pytest.mark.parametrize("path", PLACES, ids=[str(path.relative_to(ROOT)) for path in PLACES])
def test_nothing_that_was_meant_for_a_terminal(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"[\x00-\x09\x0b-\x1f]|\d+/\d+ \[\d.*it\b", text)


def test_the_list_would_find_them():
    said = "This is no date; whoever looks has foretold it by lot."
    assert sum(bool(re.search(old, said)) for old in BANNED) == 4

"""Where a lesson counts how many of several intervals lie clear of a mark, the reader is told what looking often does."""

import re

import pytest
from collection import ROOT

COUNTED = re.compile(r'\(\(?\w+\["(low|high)"\] [<>].*\)\.sum\(\)')
TOLD = {
    "en": re.compile(
        r"Holm|Bonferroni|Games–Howell|corrected|by chance|may be chance|may be no better|chances to be wrong|simultaneous"
    ),
    "zh": re.compile(r"Holm|Bonferroni|Games–Howell|校正|碰巧|偶然|未必|看走眼|同时成立"),
}


def counts():
    """Lines that count, but for those in cells that hold intervals beside the declared truth."""
    for path in sorted((ROOT / "course").glob("*/*/*.md")):
        needs = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            needs = line if line.startswith(":needs:") else "" if line.startswith("```") else needs
            if COUNTED.search(line) and "truth" not in needs:
                yield path, number


COUNTS = list(counts())


def test_there_are_lessons_that_count():
    assert len({path for path, _ in COUNTS}) > 6


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize(
    ("path", "number"), COUNTS, ids=[f"{path.parent.name}-{number}" for path, number in COUNTS]
)
def test_it_is_told_near_the_count(path, number, language):
    """In the cell itself or in the text that reads it out, which stands below."""
    lines = path.read_text(encoding="utf-8").splitlines()
    near = "\n".join(lines[max(number - 12, 0) : number + 60])
    assert TOLD[language].search(near)

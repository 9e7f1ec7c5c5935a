"""What several tests share: a tiny codebook, and both languages."""

import matplotlib as mpl
import pytest

from helpers.bank import codebook, language
from helpers.bank.codebook import Codebook

mpl.use("agg")
# Programs that asked another package once; what they found is saved beside them.
collect_ignore = ["oracles"]


def pytest_addoption(parser):
    """Drawings that are meant to change are kept anew (tests/helpers/figures/test_figures_drawn.py)."""
    parser.addoption("--redraw", action="store_true")


@pytest.fixture(autouse=True)
def _english():
    """Every test starts in English with no codebook open, and leaves nothing behind."""
    language.use("en")
    codebook.use(None)
    yield
    language.use("en")
    codebook.use(None)


@pytest.fixture
def book():
    """A survey of two dimensions with three items each, 1 to 5, the second item reversed."""
    fields = [
        {"name": f"{form}{i}", "type": "integer", "item": i, "reversed": i == 2,
         "title": f"{form}{i}", "description": f"wording {form}{i}", "description@zh": f"题目 {form}{i}"}
        for form in "EP" for i in range(1, 7)
    ]  # fmt: skip
    return Codebook({
        "resources": [{
            "name": "servqual", "title": "Survey", "title@zh": "问卷",
            "scale": {"minimum": 1, "maximum": 5, "dont_know": 9},
            "dimensions": [
                {"name": "reliability", "title": "Reliability", "title@zh": "可靠性", "items": [1, 2, 3]},
                {"name": "empathy", "title": "Empathy", "title@zh": "移情性", "items": [4, 5, 6]},
            ],
            "schema": {"fields": fields},
        }]
    })  # fmt: skip

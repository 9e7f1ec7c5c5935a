"""A parameter that cannot be what it is gets one sentence, whatever the lesson."""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from classroom.notebook import lesson_texts, parameter_rules, placeholders
from helpers.bank import opened
from helpers.bank.language import WrongValue

COURSE = Path(__file__).parents[3] / "course"
NOTEBOOKS = sorted(
    path
    for folder in ("lessons", "replications")
    for path in (COURSE / folder).glob("*/*.md")
    if path.stem in ("lesson", "deeper")
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", -1), ("seed", "abc"), ("seed", 2**32), ("draws", 0), ("draws", "abc"), ("runs", 1),
        ("splits", 0), ("weeks", 0), ("weeks", 2.5), ("quiet_weeks", 0), ("quiet_weeks", "abc"), ("base", 0),
        ("chart_count", -1), ("smallest", "abc"), ("smallest", 0), ("fewest", "abc"), ("within", -1), ("hours", 0),
        ("seconds", -5), ("budget", 0), ("budget", "abc"), ("counter_cost", "abc"), ("wealth_margin", "abc"),
        ("wealth_margin", -1), ("wealth_margin", 8), ("customer_cny", 0), ("persuaded", 2), ("aim", 1),
        ("confidence", 95), ("folder", ""), ("folder", 5), ("begins", "soon"), ("begins", 5),
        ("begins", "2026-02-30"), ("begins", ""), ("hour_cny", float("nan")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_nonsense_is_refused_in_one_sentence_that_names_it(name, value, spoken, monkeypatch):
    monkeypatch.setattr(opened.now, "language", spoken)
    with pytest.raises((WrongValue, TypeError)) as error:
        parameter_rules.refuse({name: value})
    said = str(error.value)
    assert f"`{name}`" in said
    assert "\n" not in said
    assert bool(re.search("[一-鿿]", said)) == (spoken == "zh")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_parameter_goes_through_start(path):
    cells = re.findall(r"```\{code-cell\}.*?\n\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.S)
    chosen = next(cell for cell in cells if cell.startswith('data = "'))
    names = {line.targets[0].id for line in ast.parse(chosen).body}
    opening = next(cell for cell in cells if "bank = start(" in cell)
    given = {node.id for node in ast.walk(ast.parse(opening)) if isinstance(node, ast.Name)}
    assert not names - given, "nobody looks at these"
    assert not names - {*parameter_rules.described()}, "course/parameters.yml does not say what these may be"


def test_an_interval_needs_draws_beyond_its_ends():
    parameter_rules.refuse({"draws": 39, "confidence": 0.95})
    with pytest.raises(WrongValue, match="`draws`"):
        parameter_rules.refuse({"draws": 39, "confidence": 0.99})


def test_every_rule_is_of_a_known_kind():
    for name, rule in parameter_rules.described().items():
        kind = rule if isinstance(rule, str) else next(iter(rule))
        assert kind in parameter_rules.RULES, f"{name}: course/parameters.yml says what kinds there are"


def test_the_books_own_values_pass():
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        chosen = next(
            cell for cell in re.findall(r"\n\n(.*?)```", text, flags=re.S) if "\nlanguage = " in cell
        )
        values = {
            line.targets[0].id: ast.literal_eval(line.value)
            for line in ast.parse(chosen[chosen.index("data = ") :]).body
        }
        parameter_rules.refuse(values)


def test_what_the_reader_chose_is_said_as_written(monkeypatch):
    said = placeholders.fill("{c:.0%}, {y:,.0f}, {m:.1%}", {"c": 0.975, "y": 0.5, "m": 0.0045}, exact="cym")
    assert said == "97.5%, 0.5, 0.45%"
    assert placeholders.fill("{c:.0%}, {y:,.0f}", {"c": 0.95, "y": 20.0}, exact="cy") == "95%, 20"
    assert placeholders.fill("{c:.0%}", {"c": 2 / 3}, exact="c") == "67%"

    chosen = {"confidence": 0.975}
    texts = {"one": {"sentence": "{confidence:.0%} of {share:.0%}"}}
    monkeypatch.setattr(opened.now, "lesson", SimpleNamespace(parameters=chosen, texts=texts))
    results = {"confidence": chosen["confidence"], "share": 0.975}
    assert lesson_texts.filled("one", results=results)["sentence"] == "97.5% of 98%"

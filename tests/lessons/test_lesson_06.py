"""Lesson 06: what other data lack is said and left out, and what they hold is computed; the sheet's screens."""

import json

import pandas as pd
import pingouin as pg
import pytest
import small_survey
from collection import copied, read

from helpers.bank.data import load
from workshop.run.run import pages_folder, run

LESSON = "06_reliability"


def survey(folder, *, items, ends=(1, 7), channel=True):
    """Two branches that asked perceptions alone, of these items, on this scale."""
    low, high = ends

    def change(rows):
        kept = ["respondent", "branch", *(["channel"] if channel else []), *(f"P{item}" for item in items)]
        rows = rows[kept]
        for name in [column for column in kept if column.startswith("P")]:
            narrower = (low + (rows[name] - 1) * (high - low) / 6).round()
            rows = rows.assign(**{name: narrower.where(rows[name] != 9, 9).astype(int)})
        return rows

    small_survey.bank(folder, keep={"B03": 140, "B07": 140}, change=change)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (form,) = (one for one in package["resources"] if one["name"] == "servqual")
    form["scale"] |= {"minimum": low, "maximum": high}
    form["dimensions"] = [
        dimension | {"items": own}
        for dimension in form["dimensions"]
        if (own := [item for item in dimension["items"] if item in items])
    ]
    names = ["respondent", "branch", *(["channel"] if channel else []), *(f"P{item}" for item in items)]
    form["schema"]["fields"] = [f for f in form["schema"]["fields"] if f["name"] in names]
    for field in form["schema"]["fields"]:
        if field["name"].startswith("P"):
            field["constraints"] = {"enum": [*range(low, high + 1), 9]}
    form["schema"]["foreignKeys"] = []
    path.write_text(json.dumps(package), encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Lesson 06 and its deeper part alone."""
    return copied(tmp_path_factory.mktemp("given"), LESSON, f"{LESSON}_deeper")


def told(home, name, spoken, data):
    """Everything a reader reads in an executed notebook."""
    cells = read(pages_folder(home, {"data": data}) / spoken / f"{name}.ipynb").cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    said = [str(data.get("text/markdown", "")) for data in outputs]
    return "\n".join([cell.source for cell in cells if cell.cell_type == "markdown"] + said)


CASES = {
    "five_points": ({"items": range(1, 23), "ends": (1, 5)}, "did not ask for expectations"),
    "nothing_reversed": (
        {"items": range(1, 10), "channel": False},
        "straight-lining looks like agreement here",
    ),
    "one_dimension": ({"items": range(5, 10)}, "nobody can ask here whether two dimensions are one"),
    "single_questions": ({"items": [1, 5, 10, 14, 18]}, "nobody can see whether questions agree"),
}


@pytest.mark.parametrize("case", CASES)
def test_other_data_get_what_they_can_carry_and_are_told_the_rest(home, tmp_path, case):
    wanted, sentence = CASES[case]
    data = survey(tmp_path / case, **wanted)
    outcomes = run(home=home, languages=("en",), given={"data": data}, jobs=1)
    assert [outcome.state for outcome in outcomes] == ["done", "done"], outcomes
    text = told(home, LESSON, "en", data)
    assert sentence in text and "Traceback" not in text
    assert ("can be reported alone" in text) == (case != "single_questions")


def test_straight_lined_forms_make_the_alpha_that_was_praised():
    """34 of 38 of the bank's own straight-lined forms come near .988, honest ones do not."""
    answers = load("qingyu_bank", "servqual").query("wave == 2").filter(regex=r"^P\d+$")
    filled = answers.where(answers != 9).dropna()
    same = filled.min(axis="columns") == filled.max(axis="columns")
    alpha = {}
    for count in (0, 34):
        careless = filled[same].sample(count, replace=True, random_state=1)
        careful = filled[~same].sample(38 - count, random_state=1)
        alpha[count] = pg.cronbach_alpha(pd.concat([careless, careful]))[0]
    assert alpha[0] < 0.85 and alpha[34] > 0.98

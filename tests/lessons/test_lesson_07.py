"""Lesson 07: what other data lack is said and left out; the truth of the course's own bank."""

import json

import numpy as np
import pingouin as pg
import pytest
import small_survey
from collection import copied, read

from helpers.bank.data import codebook, load, truth
from helpers.methods import ranks, servqual
from workshop.run.run import pages_folder, run

LESSON = "07_branches"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Lesson 07 and its deeper part alone."""
    return copied(tmp_path_factory.mktemp("given"), LESSON, f"{LESSON}_deeper")


@pytest.fixture(scope="module")
def league():
    """The lesson's table of the course's own bank, and its customers."""
    answers = load("qingyu_bank", "servqual").query("wave == 2")
    scores = servqual.scores(answers, codebook=codebook("qingyu_bank"), needed=0.5)
    people = servqual.overall(scores.dropna(subset="perceived"), column="perceived")
    return people, people.groupby("branch")["overall"].agg(n="size", estimate="mean", error="sem")


def told(home, name, spoken, data):
    """Everything a reader reads in an executed notebook."""
    cells = read(pages_folder(home, {"data": data}) / spoken / f"{name}.ipynb").cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    said = [str(data.get("text/markdown", "")) for data in outputs]
    return "\n".join([cell.source for cell in cells if cell.cell_type == "markdown"] + said)


def perceptions(folder, keep):
    """A survey of these branches that asked perceptions alone."""
    names = ["respondent", "branch", *(f"P{item}" for item in range(1, 23))]
    small_survey.bank(folder, keep=keep, change=lambda rows: rows[names])
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (form,) = (one for one in package["resources"] if one["name"] == "servqual")
    form["schema"]["fields"] = [field for field in form["schema"]["fields"] if field["name"] in names]
    form["schema"]["foreignKeys"] = []
    path.write_text(json.dumps(package), encoding="utf-8")
    return str(folder)


CASES = {
    "two_branches": ({"B03": 60, "B07": 60}, "fewer than three branches"),
    "three_branches": ({"B03": 40, "B07": 40, "B08": 12}, "This survey has one wave"),
    "one_too_small": ({"B03": 40, "B07": 40, "B08": 30, "B09": 4}, "This survey has one wave"),
}


@pytest.mark.parametrize("case", CASES)
def test_other_data_get_what_they_can_carry_and_are_told_the_rest(home, tmp_path, case):
    keep, sentence = CASES[case]
    data = perceptions(tmp_path / case, keep)
    outcomes = run(home=home, languages=("en",), given={"data": data}, jobs=1)
    assert [outcome.state for outcome in outcomes] == ["done", "done"], outcomes
    text = told(home, LESSON, "en", data)
    assert sentence in text and "Traceback" not in text
    assert ("pairs of branches can be told apart" in text) == (case != "two_branches")


def test_all_sets_of_the_course_bank_hold_the_true_place(league):
    sets = ranks.sets(league[1][["estimate", "error"]], seed=7)
    aims = truth("qingyu_bank", "servperf").query("population == 'this_bank' and wave == 2")
    true = aims.dropna(subset="branch").set_index("branch")["estimand"].rank(ascending=False)
    assert true.between(sets["low"], sets["high"]).all()
    assert sets["place"].idxmax() == true.idxmax() == "B07"  # the branch that was put in as the weakest


def test_by_hand_and_stepwise_sets_tell_nearly_the_same(league):
    """Games–Howell counts pairs with t, `ranks.sets` with the normal distribution and steps."""
    people, table = league
    pairs = pg.pairwise_gameshowell(people, dv="overall", between="branch")
    apart = pairs[pairs["pval"] < 0.05]
    up = np.where(apart["diff"] > 0, apart["A"], apart["B"])
    down = np.where(apart["diff"] > 0, apart["B"], apart["A"])
    sets = ranks.sets(table[["estimate", "error"]], seed=7)
    for branch, row in sets.iterrows():
        assert abs(1 + (down == branch).sum() - row["low"]) <= 2
        assert abs(len(sets) - (up == branch).sum() - row["high"]) <= 2

"""A lesson with other parameters, with other data, and with nothing filled in."""

import json
import os
import re
import shutil

import pytest
from collection import ROOT, copied, read

from classroom import start
from classroom.exercises import check
from helpers.bank import data
from helpers.bank.language import WrongValue
from simbank import bank
from workshop.run.run import run
from workshop.run.run_plan import plan


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Lesson 05 and its deeper part alone."""
    place = copied(tmp_path_factory.mktemp("given"), "05_servqual", "05_servqual_deeper")
    os.symlink(ROOT / "datasets", place / "datasets")
    return place


def test_other_data_have_no_stored_answer(tmp_path):
    other = tmp_path / "other"
    shutil.copytree(data.folder("qingyu_bank"), other)
    (other / "servqual.csv").write_text(
        (other / "servqual.csv").read_text(encoding="utf-8").replace("R00001,", "R90001,", 1),
        encoding="utf-8",
    )
    start("05_servqual", data=other, language="en", branch="B07", wave=2)
    assert check.judge("read", "c").name == "no_answer"


def test_an_unknown_journey_is_one_sentence_that_lists_them():
    known = "'account_opening' .+, 'complaint_handling' .+, 'loan_application' "
    with pytest.raises(
        WrongValue, match=f"`journey` must be one of those in these data: {known}.* It is 'loans'"
    ):
        start("14_plan", data="qingyu_bank", language="en", journey="loans")


def test_other_parameters_run(home):
    there = data.load("qingyu_bank", "branches")["name_zh"]
    changed = {"branch": there.iloc[4], "wave": "1", "confidence": "0.8"}
    outcomes = run(home=home, languages=("zh",), given=changed, jobs=1)
    assert [outcome.state for outcome in outcomes] == ["done", "done"], outcomes


WRONG = [
    ({"branch": "B99"}, "`branch` must be one of this bank's 24 branches", "24 家网点之一"),
    (
        {"wave": 3},
        "`wave` must be one of those in these data: 1, 2. It is 3",
        "`wave` 应该是这份数据里有的：1、2。现在是 3",
    ),
    ({"confidence": 95.0}, "must be a number between 0 and 1", "应该是 0 和 1 之间的数"),
]


@pytest.mark.parametrize(("given", "english", "chinese"), WRONG)
def test_a_wrong_parameter_is_one_sentence(given, english, chinese):
    whole = {"branch": "B07", "wave": 2, "confidence": 0.95} | given
    for language, sentence in (("en", english), ("zh", chinese)):
        with pytest.raises(WrongValue) as error:
            start("05_servqual", data="qingyu_bank", language=language, **whole)
        assert sentence in getattr(error.value, language)


def test_a_run_with_a_wrong_parameter_says_the_sentence_and_leaves_nothing(tmp_path):
    _, english, chinese = WRONG[1]
    os.symlink(ROOT / "datasets", copied(tmp_path, "05_servqual") / "datasets")
    outcomes = run(home=tmp_path, given={"wave": "3"}, jobs=2)
    assert len(outcomes) == 2
    for outcome in outcomes:
        assert outcome.state == "failed"
        assert (english if outcome.language == "en" else chinese) in outcome.sentence
        assert "Traceback" not in outcome.sentence
    assert not list((tmp_path / "build").glob("*/05_servqual.*"))


def test_an_unknown_parameter_or_language_is_refused_before_anything_runs(home):
    with pytest.raises(WrongValue, match="brunch"):
        run(["05_servqual"], home=home, given={"brunch": "B01"})
    with pytest.raises(WrongValue, match="no_such"):
        run(["05_servqual"], home=home, given={"data": "no_such"})


@pytest.fixture(scope="module")
def another_bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("banks") / "another"
    bank.make(folder, seed=20, customers=13_000, batches=8, progress=False)
    return folder


def test_a_lesson_runs_on_another_generated_bank(home, another_bank):
    outcomes = run(home=home, languages=("en",), given={"data": str(another_bank)})
    assert [outcome.state for outcome in outcomes] == ["done", "done"], outcomes
    page = (home / "build_another" / "en" / "05_servqual.html").read_text(encoding="utf-8")
    assert "intervals hold it" in page


def test_without_expectations_and_truth_sections_are_left_out_with_a_sentence(home, tmp_path):
    folder = tmp_path / "perceptions"
    shutil.copytree(data.folder("qingyu_bank"), folder)
    (folder / "truth.json").unlink()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (survey,) = (resource for resource in package["resources"] if resource["name"] == "servqual")
    kept = [
        f
        for f in survey["schema"]["fields"]
        if not re.match(r"E\d|points_|adequate_|satisfaction", f["name"])
    ]
    survey["schema"]["fields"] = kept
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = data.load("qingyu_bank", "servqual")[[field["name"] for field in kept]]
    rows.to_csv(folder / "servqual.csv", index=False)
    outcomes = run(home=home, given={"data": str(folder)}, jobs=2)
    assert [outcome.state for outcome in outcomes] == 4 * ["done"], outcomes
    for name, sentence in (("en", "did not ask for expectations"), ("zh", "没有问期望")):
        notebook = read(home / "build_perceptions" / name / "05_servqual.ipynb")
        text = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert text.count(sentence) == (1 if name == "en" else 2)  # the Chinese lesson says it once more
        pictures = [
            o for c in notebook.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})
        ]
        assert len(pictures) == 1 and not any("Traceback" in str(c.get("outputs")) for c in notebook.cells)


def test_exercises_are_left_out_where_parameters_are_changed(tmp_path):
    home = copied(tmp_path, "05_servqual", "05_servqual_exercises")
    os.symlink(ROOT / "datasets", home / "datasets")
    given = {"branch": "B03"}
    planned = plan([], home=home, languages=("en",), given=given)
    assert [job.name for job in planned] == ["05_servqual"]
    named = plan(["05_servqual_exercises"], home=home, languages=("en",), given=given)
    assert [job.name for job in named] == ["05_servqual_exercises"]
    assert len(plan([], home=home, languages=("en",), given={})) == 2

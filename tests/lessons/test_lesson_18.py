"""Lesson 18: what it says of actions is what the simulator does, a plan is never written over, its page is quoted rightly."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import seaborn.objects as so
from collection import LANGUAGES, ROOT, benchmark, paragraphs, read, run_cells
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from classroom.forms.plan_workbook import read_plan, write_plan
from helpers.bank import language
from helpers.bank.bank import Bank
from helpers.methods import plan
from simbank import actions, simulated_codebook

LESSON = "18_capstone"


def prose(spoken, part=LESSON):
    notebook = read(ROOT / "notebooks" / spoken / f"{part}.ipynb")
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_table_of_actions_is_the_catalogue(spoken):
    fields = simulated_codebook.codebook()["tables"]["year_plan"]["fields"]
    names = next(field["values"] for field in fields if field["name"] == "action")
    lines = [line for line in prose(spoken).splitlines() if line.startswith("| ")]
    for key, action in actions.CATALOGUE.items():
        (line,) = (one for one in lines if names[key][spoken] in one)
        assert re.findall(r"\d+", line) == [str(action.half_days), str(action.delay + action.ramp)], key
    assert f"{actions.CAPACITY} " in prose(spoken)


def test_the_exercises_use_the_declared_weights_and_weeks():
    built = {
        cell.id: cell.source for cell in read(ROOT / "notebooks" / "en" / f"{LESSON}_exercises.ipynb").cells
    }
    weights = re.search(r"pd\.Series\(\{.*?\}\)", built["weights"], re.DOTALL)[0]
    assert list(eval(weights, {"pd": pd})) == pytest.approx(actions.SATISFIES / 100)
    training = actions.CATALOGUE["promise_training"]
    assert f"{training.delay} weeks later" in prose("en", f"{LESSON}_exercises")
    assert f"after another {training.ramp}" in prose("en", f"{LESSON}_exercises")


def test_a_plan_that_is_there_is_read_and_never_written_over(tmp_path):
    language.use("en")
    path = tmp_path / "cycle_my_bank_en.xlsx"
    write_plan(plan.example(), path)
    left = path.read_bytes()
    known = {"Path": Path, "plan": plan, "read_plan": read_plan, "write_plan": write_plan, "bank": Bank("qingyu_bank"),
             "folder": tmp_path, "data": "somewhere/my_bank", "language": "en", "days": 30, "show": lambda thing, key: None,
             "rows": pd.DataFrame({"action": ["another"]})}  # fmt: skip
    bound = run_cells(LESSON, "write-plan", **known)
    assert path.read_bytes() == left
    assert bound["planned_rows"]["action"].tolist() == plan.example()["action"].tolist()


def test_what_the_lesson_quotes_stands_on_the_page():
    page = (ROOT / "docs" / "capstone.md").read_text(encoding="utf-8")
    assert int(re.search(r"Each of (\d+) banks", page)[1]) == 100
    share = {
        name: re.search(rf"{name}.*?\| (\d+%) \|", page)[1] for name in ("from the survey", "all days at")
    }
    held = re.search(r"chosen for looking worst.*?\| ([\d.]+%) \(", page)[1]
    for told in paragraphs(f"{LESSON}/lesson", naming="capstone"):
        assert {*share.values(), held} <= {one.replace(" ", "") for one in re.findall(r"[\d.]+ ?%", told)}, (
            told
        )


def test_on_one_bank_the_benchmark_counts_what_it_says(monkeypatch):
    capstone = benchmark("capstone")
    monkeypatch.setattr(capstone, "BATCHES", 1)
    worth, found = capstone.count([1])
    assert worth["plan"].nunique() == 4 and (worth["share"] <= 1).all()
    assert (found["low"] < found["high"]).all()
    assert "Each of 1 banks" in capstone.page(worth, found, banks=1, seed=1)


@pytest.mark.parametrize(("lead", "rivals"), [(0.3, 0), (0.05, 1)])
def test_the_lowest_branch_is_judged_by_the_difference_not_by_two_lines_that_overlap(lead, rivals):
    marks = np.tile([3.0, 4.0, 5.0], 30)
    answers = pd.DataFrame(
        {"branch": np.repeat(["B01", "B02"], 90), "satisfaction": np.append(marks, marks + lead)}
    )
    bank = SimpleNamespace(load=lambda name: answers)
    known = {"bank": bank, "so": so, "CompareMeans": CompareMeans, "DescrStatsW": DescrStatsW}
    seen = run_cells(LESSON, "collect", **known)
    assert seen["levels"]["low"][1] < seen["lowest"]["high"]
    assert seen["rivals"] == rivals

"""Reports on one whole cycle: what of a notebook is a report, what is refused, and many banks on one page."""

import base64
import json
import shutil

import nbformat
import pandas as pd
import pytest
from docx import Document

from classroom.notebook import say
from helpers.bank import data, language
from helpers.bank.language import WrongValue
from workshop.report import cycle_report

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SAID = "Two of four. *Often said:* “It rose, so we did it.” Wait."


def saved(path, *, own="> We asked; the old did not answer.", more=()):
    """A notebook as a student leaves it: two checkpoints, one sentence of their own, a figure and sentences."""
    figure = nbformat.v4.new_output(
        "display_data",
        {"image/png": base64.b64encode(PNG).decode()},
        metadata={"alt": "A dot.", "figure": {"title": "One dot"}},
    )
    told = [
        nbformat.v4.new_output("display_data", {"text/markdown": text}, metadata={"sentence": True})
        for text in (SAID, "Now run `course data make`.")
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# 18 · Title\n\n> not yet a checkpoint"),
        nbformat.v4.new_markdown_cell("## Checkpoint 1 · Collect\n\nProse of the course."),
        nbformat.v4.new_code_cell("show(1)", outputs=[figure, *told]),
        nbformat.v4.new_markdown_cell(f"{own}\n\n## Checkpoint 2 · Analyse"),
        nbformat.v4.new_code_cell("show(2)", outputs=[told[0], *more]),
        nbformat.v4.new_markdown_cell(
            "> *2 · Where, in what, and why? Your sentence.*\n\n## What could be wrong"
        ),
        nbformat.v4.new_code_cell("show(3)", outputs=[figure]),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture(autouse=True)
def english():
    language.use("en")
    yield
    language.use("en")


def test_a_report_holds_the_students_words_and_figures_and_nothing_else(tmp_path):
    made = cycle_report.blocks("qingyu_bank", notebook=saved(tmp_path / "my.ipynb"))
    kinds = [block.kind for block in made]
    assert kinds.count("figure") == 1 and kinds.count("heading") == 2
    texts = " ".join(block.text for block in made)
    assert "We asked; the old did not answer." in texts and "Two of four." in texts
    for left_out in ("Often said", "Prose of the course", "course data make", "Your sentence", "not yet a"):
        assert left_out not in texts, left_out


def test_the_numbers_are_those_of_the_truth():
    told, plan = cycle_report.year("qingyu_bank")
    truth = data.truth("qingyu_bank")
    whole = truth[(truth["quantity"] == "year_effect") & truth["branch"].isna()]["construct"].iloc[0]
    assert told["brought"] == whole and told["days"] == plan["days"].sum() == 120
    # One action a branch, so what they bring adds up to the bank's change.
    assert plan["effect"].sum() / 24 == pytest.approx(whole, abs=0.002)
    assert 0 < told["share"] < 1


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_report_and_page_are_written_in_the_readers_language(tmp_path, spoken):
    note = saved(tmp_path / "my.ipynb")
    page = cycle_report.write("qingyu_bank", out=tmp_path / "out", notebook=note, spoken=spoken)
    assert ("person-days" if spoken == "en" else "人天") in page.read_text(encoding="utf-8")
    pictures = Document(page.with_suffix(".docx")).inline_shapes
    assert len(pictures) == 1
    again = cycle_report.write("qingyu_bank", out=tmp_path / "out", notebook=note, spoken=spoken)
    assert again == page


def test_many_banks_stand_on_one_page_and_doing_nothing_is_one_of_them(tmp_path):
    banks, home = tmp_path / "banks", data.home() / "datasets" / "qingyu_bank"
    for name in ("did", "nothing"):
        (banks / name).mkdir(parents=True)
        for file in ("datapackage.json", "truth.json", "branches.csv", "year_plan.csv", "year_survey.csv"):
            shutil.copy(home / file, banks / name)
    idle(banks / "nothing")
    page = cycle_report.write(banks, out=tmp_path / "page")
    text = page.read_text(encoding="utf-8")
    assert "nothing was done" in text and "96,000" in text and text.count("<tr>") == 3
    assert text.index("<td>did<") < text.index("<td>nothing<"), "the highest share comes first"


def test_a_branch_is_called_as_its_own_bank_calls_it(tmp_path):
    banks, home = tmp_path / "banks", data.home() / "datasets" / "qingyu_bank"
    names = {}
    for name in ("a", "b"):
        (banks / name).mkdir(parents=True)
        for file in ("datapackage.json", "truth.json", "branches.csv", "year_plan.csv", "year_survey.csv"):
            shutil.copy(home / file, banks / name)
    known = pd.read_csv(banks / "b" / "branches.csv")
    known.assign(name_en=known["name_en"] + " of B").to_csv(banks / "b" / "branches.csv", index=False)
    for row in cycle_report.compared(sorted(banks.iterdir()))[-1].table.itertuples(index=False):
        names[row[0]] = row[6]
    assert names["b"] == names["a"] + " of B"


def idle(folder):
    """Make of a bank one in which nothing was planned."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] != "year_plan"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "year_plan.csv").unlink()


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_is_no_notebook_of_the_lesson_is_refused_in_one_sentence(tmp_path, spoken):
    wrong = tmp_path / "wrong.ipynb"
    wrong.write_text("not a notebook", encoding="utf-8")
    for notebook, en, zh in (
        (wrong, "is not a saved notebook", "不是运行过"),
        (tmp_path / "nowhere.ipynb", "is not a saved notebook", "不是运行过"),
        (None, "name it, for instance", "请写明是哪一本"),
    ):
        with pytest.raises(WrongValue, match={"en": en, "zh": zh}[spoken]):
            cycle_report.write("qingyu_bank", out=tmp_path / "out", notebook=notebook, spoken=spoken)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "own",
    ["We asked; the old did not answer.", "- We asked; the old did not answer.",
     "> We asked; the old did not answer.\n>\n> *1 · What came back, and who is missing? Your sentence.*"],
)  # fmt: skip
def test_a_sentence_is_found_however_it_was_typed(tmp_path, own):
    ((_, said, _), (_, none, _)) = cycle_report.checkpoints(
        nbformat.read(saved(tmp_path / "my.ipynb", own=own), 4)
    )
    assert said == ["We asked; the old did not answer."] and none == []
    told = " ".join(
        block.text for block in cycle_report.blocks("qingyu_bank", notebook=saved(tmp_path / "my.ipynb"))
    )
    assert told.count("No sentence of your own yet") == 1


def test_the_lessons_own_prose_is_no_sentence_of_the_student():
    for spoken in ("en", "zh"):
        path = data.home() / "notebooks" / spoken / "18_capstone.ipynb"
        found = cycle_report.checkpoints(nbformat.read(path, 4))
        assert len(found) == 7 and not [own for _, own, _ in found if own]


def test_a_notebook_with_an_error_or_of_another_year_makes_no_report(tmp_path):
    failed = nbformat.v4.new_output("error", ename="NameError", evalue="x", traceback=[])
    with pytest.raises(WrongValue, match="a cell under “Checkpoint 2 · Analyse” stopped"):
        cycle_report.blocks("qingyu_bank", notebook=saved(tmp_path / "my.ipynb", more=[failed]))
    brought = cycle_report.year("qingyu_bank")[0]["brought"]
    for value, good in ((brought, True), (brought + 0.01, False)):
        kept = nbformat.v4.new_output("display_data", {say.RESULTS: {"brought": value}})
        note = saved(tmp_path / "my.ipynb", more=[kept])
        if good:
            assert cycle_report.blocks("qingyu_bank", notebook=note)
        else:
            with pytest.raises(WrongValue, match="another year than this bank"):
                cycle_report.blocks("qingyu_bank", notebook=note)


def test_what_a_plan_found_is_what_the_bank_hides():
    _, plan = cycle_report.year("qingyu_bank")
    truth = data.truth("qingyu_bank")
    calls = truth.query("quantity == 'action_full' and action == 'care_calls'").dropna(subset="group")
    step = truth.query("quantity == 'action_full' and action == 'mend_moment'").dropna(subset="touchpoint")
    done = plan.assign(
        touchpoint=step.set_index("touchpoint")["construct"].idxmax(),
        group=calls.set_index("group")["construct"].idxmax(),
    )
    assert "step · group" in cycle_report._found(done, truth)
    assert cycle_report._found(done.assign(branch="", touchpoint="", group="everybody"), truth) == "–"
    assert cycle_report._found(done.head(0), truth) == "–"


def test_a_bank_without_a_year_is_named(tmp_path):
    folder = tmp_path / "bare"
    folder.mkdir()
    pd.DataFrame({"branch": ["B01"]}).to_csv(folder / "branches.csv", index=False)
    field = {"name": "branch", "title": "Branch", "title@zh": "网点"}
    resource = {"name": "branches", "path": "branches.csv", "schema": {"fields": [field]}}
    package = {"name": "bare", "resources": [resource | {"title": "Branches", "title@zh": "网点"}]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(WrongValue, match="holds no year after its record"):
        cycle_report.year(folder)

"""Lesson 00: the map shows what the codebook says, every table and every key."""

import matplotlib.pyplot as plt
import pytest
from collection import LANGUAGES, ROOT, solutions

from helpers.bank import catalogue, data, language
from helpers.bank.codebook import Codebook
from helpers.bank.language import WrongValue
from helpers.figures import style, table_map

LESSON = "00_welcome"


def test_the_planned_mistake_has_the_marks_that_the_task_counts():
    """The line that students fix, not the number typed as its answer."""
    text = (ROOT / "course" / "lessons" / LESSON / "exercises.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("print（"))
    assert sum(mark in "（）“”，：" for mark in line) == solutions(LESSON)["marks"][0]
    with pytest.raises(SyntaxError):
        compile(line, "cell", "exec")
    compile(line.translate(str.maketrans("（）“”，", '()"",')), "cell", "exec")


def small():
    field = {"name": "branch", "type": "string"}
    key = {"fields": ["branch"], "reference": {"resource": "branches", "fields": ["branch"]}}
    itself = {"fields": ["repeat_of"], "reference": {"resource": "", "fields": ["case"]}}
    return Codebook({"resources": [
        {"name": "branches", "title": "Branches", "title@zh": "网点", "rows": 2, "schema": {"fields": [field]},
         "description": "One row is a branch. More is said.", "description@zh": "一行是一家网点。还有别的。"},
        {"name": "visits", "title": "Visits", "rows": 9, "schema": {"fields": [field] * 3, "foreignKeys": [key, itself]},
         "description": "One row is a visit (counted at the door)."},
        {"name": "truth_visits", "truth": True, "schema": {"fields": [field], "foreignKeys": [key]}},
        {"name": "notes", "schema": {"fields": [field]}},
    ]})  # fmt: skip


def test_catalogue_by_hand():
    language.use("en")
    found = catalogue.tables(small()).set_index("table")
    assert found["one_row"].to_dict() == {
        "branches": "a branch",
        "visits": "a visit",
        "truth_visits": "",
        "notes": "",
    }
    assert found["group"].to_dict() == {
        "branches": "base_tables", "visits": "by_branch", "notes": "by_itself", "truth_visits": "truth_tables",
    }  # fmt: skip
    assert found.loc["visits", "columns"] == 3 and found.loc["visits", "rows"] == 9
    links = catalogue.links(small())
    assert links.to_numpy().tolist() == [
        ["visits", "branch", "branches"],
        ["truth_visits", "branch", "branches"],
    ]
    language.use("zh")
    assert catalogue.tables(small())["one_row"].iloc[0] == "一家网点"
    language.use("en")


def test_a_codebook_without_tables_is_refused():
    with pytest.raises(WrongValue, match="lists no table"):
        catalogue.tables(Codebook({}))


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_table_stands_on_the_map_with_its_rows_and_every_key_has_a_square(spoken):
    language.use(spoken)
    book = data.codebook("qingyu_bank")
    tables, links = catalogue.tables(book), catalogue.links(book)
    ax = table_map.data_map(tables, links=links)
    drawn = [text.get_text() for text in ax.texts]
    for one in tables.itertuples():
        assert f"{one.rows:,}" in drawn, one.table
        assert any(
            one.title.replace(" ", "").startswith(text.replace("\n", "").replace(" ", "").rstrip("…"))
            for text in drawn
            if text.strip("…")
        ), one.table
    squares = [text for text in ax.texts if text.get_color() == "white"]
    assert len(squares) == len(links) and len(ax.patches) >= len(tables)
    assert not tables["one_row"].eq("").any()
    plt.close("all")
    language.use("en")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_on_the_map_leaves_its_box(spoken):
    language.use(spoken)
    book = data.codebook("qingyu_bank")

    style.use(language=spoken, codebook=book)
    ax = table_map.data_map(catalogue.tables(book), links=catalogue.links(book))
    ax.figure.canvas.draw()
    boxes = [patch.get_window_extent() for patch in ax.patches if type(patch).__name__ == "Rectangle"]
    for text in ax.texts:
        place = text.get_window_extent()
        home = [
            box
            for box in boxes
            if box.x0 <= place.x0 <= box.x1 and box.y0 <= place.y0 <= box.y1 and box.width < 500
        ]
        assert not home or place.x1 <= home[-1].x1 + 2, text.get_text()
    plt.close("all")
    language.use("en")

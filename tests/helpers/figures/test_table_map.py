"""The map of the data: where boxes, names and squares lie, of seven tables in two bands."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from small_figures import seven_tables

from helpers.bank import data, language
from helpers.figures import style, table_map

NAMES = ["branches", "a", "b", "c", "d", "e", "notes"]


@pytest.fixture(autouse=True)
def english():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


def drawn(**words):
    tables, links = seven_tables()
    return table_map.data_map(tables, links=links, **words)


def boxes(ax):
    return [patch for patch in ax.patches if patch.get_width() == pytest.approx(0.96)]


def text(ax, said, nth=0):
    return [one for one in ax.texts if one.get_text() == said][nth]


def test_five_boxes_in_a_row_and_the_next_group_below():
    ax = drawn()
    corners = [(box.get_x(), box.get_y(), box.get_height()) for box in boxes(ax)]
    # The base band is one row high; six tables of the second band need two rows.
    places = [(0, 0), (0, -1), (1, -1), (2, -1), (3, -1), (4, -1), (0, -2)]
    assert corners == [pytest.approx((x + 0.02, y - 0.97, 0.94)) for x, y in places]
    bands = [patch for patch in ax.patches if patch not in boxes(ax)]
    assert [(band.get_y(), band.get_height()) for band in bands] == [(-1, 1), (-3, 2)]
    assert [band.get_facecolor() for band in bands] == [to_rgba("#F1F1F1"), to_rgba("white")]
    assert ax.get_xlim() == (-0.72, 5) and ax.get_ylim() == (-3, 0) and not ax.axison
    assert text(ax, table_map._wrapped(table_map._label("base_tables"), 10)).get_position() == (-0.7, -0.5)
    assert text(ax, table_map._wrapped(table_map._label("by_branch"), 10)).get_position() == (-0.7, -2)


def test_a_box_says_name_row_and_size_in_its_corners():
    ax = drawn()
    assert text(ax, "Alpha").get_position() == pytest.approx((0.06, -1.08))
    assert text(ax, "a thing", 1).get_position() == pytest.approx((0.06, -1.27))
    size = text(ax, "1,500")
    assert size.get_position() == pytest.approx((0.94, -1.92)) and size.get_ha() == "right"
    counts = [one.get_text() for one in ax.texts if one.get_text().replace(",", "").isdigit()]
    assert counts == ["24", "1,500", "7", "7", "7", "7"]  # nothing where nobody stated it


def test_letters_are_larger_the_more_they_are_looked_for():
    """Name, what one row is, how many rows, and the letter of a key."""
    ax = drawn()
    sizes = [
        text(ax, said, nth).get_size() for said, nth in (("Alpha", 0), ("a thing", 1), ("1,500", 0), ("B", 0))
    ]
    assert sizes == [12, 11, 11, 11]
    assert text(ax, "B").get_fontweight() == text(ax, "Alpha").get_fontweight() == "bold"


def test_a_square_says_by_letter_and_colour_where_a_table_points():
    ax = drawn()
    squares = [(one.get_text(), *one.get_position()) for one in ax.texts if one.get_color() == "white"]
    # Base tables first, whatever the order of the links.
    assert squares == [
        ("B", pytest.approx(0.07), pytest.approx(-1.91)), ("B", pytest.approx(0.22), pytest.approx(-1.91)),
        ("B", pytest.approx(1.07), pytest.approx(-1.91)),
    ]  # fmt: skip
    grounds = [one.get_bbox_patch().get_facecolor() for one in ax.texts if one.get_color() == "white"]
    assert grounds == [to_rgba(style.GOOD), to_rgba(style.PLAIN), to_rgba(style.GOOD)]
    edges = [box.get_edgecolor() for box in boxes(ax)]
    assert edges == [to_rgba(style.GOOD)] + [to_rgba(style.PLAIN)] * 6


def test_three_rows_are_as_high_as_their_texts_need():
    assert drawn().figure.get_size_inches() == pytest.approx((10.7, 0.3 + 3 * 1.18))


@pytest.mark.parametrize(("count", "tall", "roomy"), [(4, 0.3 + 4 * 1.18, True), (5, 0.3 + 5 * 0.84, False), (9, 6.25, False)])  # fmt: skip
def test_many_rows_leave_out_what_one_row_is_and_fit_a_screen(count, tall, roomy):
    tables = pd.DataFrame({
        "table": [f"t{i}" for i in range(count)], "title": "T", "one_row": "a thing", "rows": 1,
        "group": [f"band {i}" for i in range(count)],
    })  # fmt: skip
    ax = table_map.data_map(tables, links=pd.DataFrame(columns=["table", "points_at"]))
    assert ax.figure.get_size_inches()[1] == pytest.approx(tall)
    assert any(one.get_text() == "a thing" for one in ax.texts) == roomy
    assert text(ax, "T").get_position()[1] == pytest.approx(-0.08 if roomy else -0.07)


def test_axes_that_are_given_are_used():
    ax = plt.subplots(figsize=(8, 8))[1]
    assert drawn(ax=ax) is ax


@pytest.mark.parametrize(
    ("said", "words", "lines", "written"),
    [
        ("en", "one two three", 7, "one two\nthree"),
        ("en", "one two four three", 7, "one two\nfour…"),
        ("en", "one two three four", 7, "one two\nthr…"),  # the dots need room
        ("en", "unbreakable", 5, "unbreakable"),
        ("en", "", 5, ""),
        ("zh", "一二三四五", 6, "一二三\n四五"),
        ("zh", "一二三，四", 6, "一二三，\n四"),
        ("zh", "一二三四五六七", 6, "一二三\n四…"),
        ("zh", "（一）二ab三", 7, "（一）\n二ab三"),
    ],
)
def test_words_are_broken_to_fit(said, words, lines, written):
    language.use(said)
    assert table_map._wrapped(words, lines, lines=2) == written


def test_a_chinese_glyph_is_as_wide_as_two_letters():
    assert (
        table_map._width("ab"),
        table_map._width("银行"),
        table_map._width("a银"),
        table_map._width(""),
    ) == (2, 4, 3, 0)


def test_chinese_begins_with_its_radicals():
    """U+2E80 is the first of the block; the sign before it is none."""
    assert [table_map._width(mark) for mark in ("\u2e7f", "\u2e80", "青", "，", "a")] == [1, 2, 2, 2, 1]


def test_every_other_band_is_shaded():
    tables, links = seven_tables()
    three = pd.concat([tables.assign(group=f"part {k}", table=tables["table"] + str(k)) for k in range(3)])
    spans = [
        patch for patch in table_map.data_map(three, links=links.iloc[:0]).patches if patch.get_zorder() == 0
    ]
    assert [patch.get_facecolor() == to_rgba("white") for patch in spans] == [False, True, False]

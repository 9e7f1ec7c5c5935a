"""Segment cards: bars, letters and lines by their places."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from small_figures import described

from helpers.bank import data, language
from helpers.figures import cards, style
from helpers.methods import traits

VARIABLES = traits.NAMING[:4]


@pytest.fixture(autouse=True)
def english():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


def text(ax, said, nth=0):
    return [one for one in ax.texts if one.get_text() == said][nth]


def test_bars_of_a_card_share_its_upper_half_and_go_to_the_side_of_their_trait():
    ax = cards.segment_card(described())
    bars = ax.patches[2:]
    # Four rows in 5.2 below 10.9; a bar fills 0.62 of its row; 2 standard deviations reach 1.4 from the middle.
    middles = [10.25, 8.95, 7.65, 6.35]
    for bar, y, width in zip(bars, middles, (0.7, -0.35, 1.4, -1.4), strict=True):
        assert bar.get_y() + bar.get_height() / 2 == pytest.approx(y)
        assert bar.get_height() == pytest.approx(0.62 * 1.3)
        assert bar.get_x() == pytest.approx(6) and bar.get_width() == pytest.approx(width)
    assert [bar.get_facecolor() for bar in bars] == [to_rgba(style.GOOD), to_rgba(style.BAD)] * 2
    middle = ax.collections[0].get_segments()[0]
    assert middle.ravel() == pytest.approx([6, 5.7, 6, 10.9])


def test_a_card_names_each_trait_and_writes_both_means_on_its_line():
    ax = cards.segment_card(described())
    for variable, y in zip(VARIABLES, (10.25, 8.95, 7.65, 6.35), strict=True):
        assert text(ax, cards._label(variable)).get_position() == pytest.approx((0.35, y))
    means = [one for one in ax.texts if one.get_position()[0] in (8.5, 9.75)][2:]
    written = [cards._written(VARIABLES[i // 2], [1, 5, 2, 6, 3, 7, 4, 8][i]) for i in range(8)]
    assert [one.get_text() for one in means] == written
    for heading, x in (("card_group", 8.5), ("all_customers", 9.75)):
        assert text(ax, cards._label(heading)).get_position() == pytest.approx((x, 11.25))
    assert text(ax, "25% · n = 1,234").get_position() == (9.7, 12.27)
    for y, part in ((5.3, "need"), (3.55, "do"), (1.8, "not")):
        head = text(ax, cards._label(f"card_{part}"))
        assert head.get_position() == (0.35, y)
        assert head.get_color() == (style.BAD if part == "not" else style.GOOD)
        assert [one for one in ax.texts if one.get_position() == (1.9, y)]
    assert ax.get_xlim() == (0, 10) and ax.get_ylim() == (0, 13) and not ax.axison
    frame, ground = ax.patches[:2]
    assert frame.get_bbox().bounds == pytest.approx((0.05, 0.05, 9.9, 12.9)) and not frame.get_fill()
    assert frame.get_linewidth() == 1.5
    assert ground.get_bbox().bounds == pytest.approx((0.05, 11.6, 9.9, 1.35)) and ground.get_fill()


def test_a_trait_at_the_mean_of_everybody_has_no_bar():
    assert cards.segment_card(described(height=(0, 0, 0, 1))).patches[2].get_width() == 0


def test_a_small_card_lists_the_three_farthest_traits_line_by_line():
    ax = cards.segment_cards(described()).axes[0]
    lines = [one for one in ax.texts if one.get_text()[0] in "▲▼"]
    expected = [("▲", 2, 2.5), ("▼", 3, 3.5), ("▲", 0, 4.5)]  # heights 3, −2, 1
    for one, (arrow, at, y) in zip(lines, expected, strict=True):
        assert one.get_text() == f"{arrow} {cards._label(VARIABLES[at])}" and one.get_position() == (2, y)
        assert one.get_color() == (style.GOOD if arrow == "▲" else style.BAD)
    figures = [one for one in ax.texts if one.get_position()[0] == 98][1:]
    assert [one.get_position()[1] for one in figures] == [2.5, 3.5, 4.5]
    assert figures[0].get_text() == f"{cards._written(VARIABLES[2], 3)} ({cards._written(VARIABLES[2], 7)})"
    assert text(ax, "25%").get_position() == (98, 0.8)
    assert text(ax, cards._card_name(VARIABLES[0])).get_position() == (2, 0.8)


def test_a_small_card_is_a_thin_frame_with_a_head_of_one_and_a_half_lines():
    figure = cards.segment_cards(described())
    frame, head = figure.axes[0].patches
    assert (frame.get_x(), frame.get_y(), frame.get_width(), frame.get_height()) == (
        0.5,
        0.05,
        99,
        cards.LINES,
    )
    assert (frame.get_fill(), frame.get_linewidth()) == (False, 1.2) and frame.get_edgecolor() == to_rgba(
        style.PLAIN
    )
    assert (head.get_x(), head.get_y(), head.get_width(), head.get_height()) == (0.5, 0.05, 99, 1.5)
    assert head.get_facecolor() == to_rgba(style.GOOD)


@pytest.mark.parametrize(("spoken", "letters", "high"), [("en", 29, 1), ("zh", 27, 1.03)])
def test_the_words_of_a_small_card_follow_each_other_without_overlap(spoken, letters, high):
    language.use(spoken)
    ax = cards.segment_cards(described()).axes[0]
    y = 5.2
    for part in ("need", "do", "not"):
        words = cards._wrapped(f"{part}_{VARIABLES[0]}", letters)
        assert text(ax, cards._label(f"card_{part}")).get_position() == pytest.approx((2, y))
        assert text(ax, words).get_position() == pytest.approx((28, y))
        y += len(words.split("\n")) * high + 0.1


@pytest.mark.parametrize(("groups", "columns", "shape"), [(1, 3, 3), (3, 3, 3), (4, 3, 6), (3, 2, 4)])
def test_cards_stand_in_rows_of_so_many_and_empty_places_have_no_axes(groups, columns, shape):
    table = pd.concat([described(trait) for trait in traits.NAMING[:groups]])
    figure = cards.segment_cards(table, columns=columns)
    assert len(figure.axes) == shape and not any(place.axison for place in figure.axes)
    assert [bool(place.texts) for place in figure.axes] == [True] * groups + [False] * (shape - groups)
    assert figure.get_size_inches() == pytest.approx((9.5, 2.45 * shape / columns))


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [("share_transfer", 0.256, "26%"), ("cards_year", 19.96, "20.0"), ("cards_year", 20, "20"), ("amount_cny", 1234.5, "1,234")],
)  # fmt: skip
def test_means_are_written_with_their_unit(variable, value, said):
    assert cards._written(variable, value) == said


def test_a_numbered_group_has_the_words_of_its_trait():
    assert (cards._text("cards_year_2"), cards._text("cards_year")) == ("cards_year", "cards_year")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四", 5, ["一二三四"]),  # (5 + 3) // 2 glyphs
        ("一二三四五", 5, ["一二三", "四五"]),  # two equal lines
        ("一，二三四五", 5, ["一，", "二三四五"]),
    ],
)
def test_chinese_lines_break_after_a_mark_else_in_the_middle(text, width, lines):
    language.use("zh")
    assert cards._broken(text, width).split("\n") == lines


@pytest.mark.parametrize(("spoken", "width"), [("en", 29), ("zh", 27)])
def test_what_a_group_needs_is_broken_where_the_card_ends(spoken, width, monkeypatch):
    """A Chinese glyph is as wide as two letters, and its letters are as large: one glyph fewer goes into a line."""
    style.use(language=spoken, codebook=data.codebook("qingyu_bank"))
    asked, real = [], cards._wrapped
    monkeypatch.setattr(cards, "_wrapped", lambda name, width: asked.append(width) or real(name, width))
    cards.segment_cards(described().assign(group=1))
    assert set(asked) == {width}
    style.use(language="en", codebook=data.codebook("qingyu_bank"))

"""The journey map: what is drawn, and where, by a table of four touchpoints whose places are counted by hand."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from small_figures import LANES
from small_figures import journey as table

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.figures import maps, style


@pytest.fixture(autouse=True)
def english():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


def found(ax, said):
    """The texts that say this."""
    return [text for text in ax.texts if text.get_text() == said]


def place(ax, said):
    return pytest.approx(found(ax, said)[0].get_position())


def test_lanes_lie_below_each_other_as_high_as_their_texts_and_every_second_one_is_grey():
    ax = maps.journey_map(table())
    # Touchpoint 1.7, waits 1.4, drop-off 1.4, emotion 3.8 from the top.
    bands = [band for band in ax.patches if band.get_width() == 1]
    assert [(band.get_y(), band.get_height()) for band in bands] == [
        pytest.approx(pair) for pair in [(-1.7, 1.7), (-3.1, 1.4), (-4.5, 1.4), (-8.3, 3.8)]
    ]
    assert [band.get_facecolor() for band in bands] == [to_rgba("white"), to_rgba("#F4F4F4")] * 2
    assert ax.get_xlim() == (-1.35, 3.5) and ax.get_ylim() == pytest.approx((-8.4, 0.1))
    assert ax.figure.get_size_inches() == pytest.approx((9.5, 0.35 * 8.3))
    assert not ax.axison


def test_every_text_stands_in_the_middle_of_its_lane_under_its_touchpoint():
    ax = maps.journey_map(table())
    for x, (waits, drop_off, n) in enumerate([
        (("1.00 min", "2.50 min"), "3.7%\nn = 3,915", "n = 1,545"),
        (("119.00 min", "10 h"), "0.0%\nn = 100", "n = 90"),
        (("2.0 h", "20 h"), "12.5%\nn = 80", "n = 70"),
        (("2.0 days", "10 days"), "25.0%\nn = 7", "n = 6"),
    ]):  # fmt: skip
        half, most = waits
        said = f"{maps._label('half_within')} {half}\n{maps._label('ninety_within')} {most}"
        assert place(ax, said) == (x, -2.4)
        assert place(ax, drop_off) == (x, -3.8)
        assert place(ax, n) == (x, -8.3 + 0.32)
    names = [text for text in ax.texts if text.get_position()[0] == -1.3]
    assert [text.get_position()[1] for text in names] == pytest.approx([-0.85, -2.4, -3.8, -6.4])


def height_of(emotion):
    """From 0.7 above the lane's bottom to 0.6 below its top, for emotions from 1 to 7."""
    return -8.3 + 0.7 + (emotion - 1) / 6 * 2.5


def test_the_curve_goes_through_the_emotions_and_colours_say_on_which_side_of_neutral():
    ax = maps.journey_map(table())
    (curve,) = ax.lines
    assert curve.get_xdata().tolist() == [0, 1, 2, 3]
    assert curve.get_ydata() == pytest.approx([height_of(emotion) for emotion in (5, 2, 4, 6)])
    neutral, intervals, dots = ax.collections
    assert neutral.get_segments()[0].ravel() == pytest.approx([-0.5, height_of(4), 3.5, height_of(4)])
    for x, low, high in ((0, 4.5, 5.5), (1, 1.5, 2.5), (2, 3, 5)):
        segment = intervals.get_segments()[x]
        assert segment.ravel() == pytest.approx([x, height_of(low), x, height_of(high)])
    colours = [to_rgba(name) for name in (style.GOOD, style.BAD, style.PLAIN, style.PLAIN)]
    assert [tuple(colour) for colour in dots.get_facecolors()] == colours
    assert [tuple(colour) for colour in intervals.get_colors()] == colours
    assert dots.get_offsets()[:, 1].tolist() == pytest.approx(curve.get_ydata().tolist())
    # The number is above its interval; where there is none, above its dot.
    tops = {text.get_text(): text.xy for text in ax.texts if hasattr(text, "xy")}
    assert tops == {
        said: (x, pytest.approx(height_of(top)))
        for x, (said, top) in enumerate([("5.0", 5.5), ("2.0", 2.5), ("4.0", 5), ("6.0", 6)])
    }
    for mark in (1, 4, 7):
        assert place(ax, str(mark)) == (-0.55, height_of(mark))


@pytest.mark.parametrize(("low", "high", "colour"), [(3, 4, "PLAIN"), (4, 5, "PLAIN"), (3, 3.9, "BAD"), (4.1, 5, "GOOD")])  # fmt: skip
def test_an_interval_that_touches_neutral_is_neither_good_nor_bad(low, high, colour):
    ax = maps.journey_map(table().assign(low=low, high=high))
    assert tuple(ax.collections[-1].get_facecolors()[0]) == to_rgba(getattr(style, colour))


def test_the_worst_touchpoint_is_marked_over_the_whole_height():
    mark = maps.journey_map(table()).patches[-1]
    assert mark.get_x() == pytest.approx(0.52) and mark.get_width() == pytest.approx(0.96)
    assert mark.get_facecolor() == to_rgba(style.ACCENT, 0.13) and mark.get_height() == 1
    assert mark.get_linewidth() == 0 and mark.get_zorder() == 0.5  # no frame; behind every line


def test_another_scale_has_its_own_ends_and_middle():
    ax = maps.journey_map(table().assign(estimate=[0, 5, 10, 5]), neutral=5, scale=(0, 10))
    assert ax.lines[0].get_ydata() == pytest.approx([-7.6, -6.35, -5.1, -6.35])
    for mark, at in (("0", -7.6), ("5", -6.35), ("10", -5.1)):
        assert place(ax, mark) == (-0.55, at)


def test_where_nobody_was_asked_the_middle_of_the_lane_says_so():
    nobody = table().assign(n=0, estimate=np.nan, low=np.nan, high=np.nan)
    ax = maps.journey_map(nobody)
    said = found(ax, maps._label("nobody_asked"))
    assert [text.get_position() for text in said] == [pytest.approx((1.5, -8.3 + 1.9 + 0.5))]
    assert not [text for text in ax.texts if hasattr(text, "xy")]  # no number at any dot
    assert not [patch for patch in ax.patches if patch.get_width() == pytest.approx(0.96)]


def test_a_stage_is_one_arrow_over_its_touchpoints():
    ax = maps.journey_map(table(stage=LANES["stage"]))
    arrows = [patch.get_xy() for patch in ax.patches if hasattr(patch, "get_closed")]
    assert len(arrows) == 3
    for (left, right), arrow in zip([(-0.48, 0.48), (0.52, 2.48), (2.52, 3.48)], arrows, strict=True):
        tip, low, high = right - 0.12, -0.82, -0.08  # of a lane 0.9 high, from the top
        corners = [(left, low), (tip, low), (right, -0.45), (tip, high), (left, high), (left, low)]
        assert arrow == pytest.approx(np.array(corners))
    for stage, middle in (("before", 0), ("during", 1.5), ("after", 3)):
        assert place(ax, maps._label(stage, "stage")) == (middle, -0.45)


def test_a_stage_that_comes_back_is_a_new_arrow():
    ax = maps.journey_map(table(stage=["before", "during", "before", "before"]))
    assert len([patch for patch in ax.patches if hasattr(patch, "get_closed")]) == 3


def test_the_blueprints_lines_part_the_lanes_and_a_lane_without_names_asks_for_a_pencil():
    ax = maps.journey_map(table(**LANES))
    heights = np.cumsum([0.9, 1.7, 1.4, 1.0, 1.4, 1.4, 3.8, 1.25, 1.1, 1.1])
    assert ax.get_ylim() == pytest.approx((-heights[-1] - 0.1, 0.1))
    lines = [lines for lines in ax.collections if hasattr(lines, "get_segments")][-3:]
    for line, at, name in zip(lines, -heights[6:9], maps.LINES.values(), strict=True):
        assert line.get_segments()[0].ravel() == pytest.approx([-1.35, at, 3.5, at])
        assert place(ax, maps._label(name)) == (-1.3, at)
        [said] = found(ax, maps._label(name))
        behind = said.get_bbox_patch()  # the line is broken where its name stands
        assert behind.get_facecolor() == to_rgba("white")
        assert behind.get_boxstyle().pad * said.get_size() == pytest.approx(1, abs=0.1)
    pencils = [text.get_position() for text in found(ax, maps._label("pencil"))]
    assert pencils == [pytest.approx((1.5, -heights[at] + 0.55)) for at in (8, 9)]


def test_names_are_bold_in_a_box_and_larger_than_the_rest():
    ax = maps.journey_map(table(**LANES))
    asked, channel = found(ax, maps._wrapped("ask", 11, "touchpoint"))[0], found(ax, maps._wrapped("branch", 14, "channel"))[0]  # fmt: skip
    assert asked.get_fontweight() == "bold" and asked.get_bbox_patch() is not None
    assert channel.get_fontweight() == "normal" and channel.get_bbox_patch() is None
    # 19 and 18 points on A3, 420 mm wide; the map is 9.5 inches wide.
    assert asked.get_fontsize() == pytest.approx(19 * 9.5 * 25.4 / 420)
    assert channel.get_fontsize() == pytest.approx(18 * 9.5 * 25.4 / 420)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0.00 min"), (119.99, "119.99 min"), (120, "2.0 h"), (599, "10.0 h"), (600, "10 h"), (2879, "48 h"),
     (2880, "2.0 days"), (14399, "10.0 days"), (14400, "10 days")],
)  # fmt: skip
def test_a_time_is_told_in_the_unit_of_which_there_are_two_or_more(minutes, said):
    assert maps._time(minutes) == said


def test_a_chinese_glyph_takes_the_room_of_two_letters():
    assert maps._wrapped("one two three four", 13) == "one two three\nfour"
    style.use(language="zh", codebook=data.codebook("qingyu_bank"))
    assert maps._wrapped("一二三四五六七八", 13) == "一二三四五六\n七八"


def test_lines_and_dots_are_drawn_in_the_size_of_their_map_each_above_the_last():
    ax = maps.journey_map(table(**LANES))
    scale = 9.5 * 25.4 / 420  # of A3
    (curve,), (neutral, intervals, dots) = ax.lines, ax.collections[:3]
    assert curve.get_linewidth() == pytest.approx(2 * scale) and neutral.get_linewidth()[0] == 1
    assert intervals.get_linewidth()[0] == pytest.approx(4 * scale)
    assert dots.get_sizes()[0] == pytest.approx(110 * scale**2)
    order = [thing.get_zorder() for thing in (neutral, curve, intervals, dots)]
    assert order == [1, 2, 3, 4]
    assert ax.patches[0].get_zorder() < order[0]
    numbers = [text for text in ax.texts if hasattr(text, "xy")]
    for text in numbers:
        assert text.get_fontsize() == pytest.approx(18 * scale) and text.xyann == (
            0,
            pytest.approx(9 * scale),
        )


@pytest.mark.parametrize("kind", ["svg", "PDF"])
def test_the_poster_is_an_a3_page_with_a_white_margin_and_letters_as_much_larger(tmp_path, kind):
    ax = maps.journey_map(table())
    before = found(ax, maps._wrapped("ask", 11, "touchpoint"))[0].get_fontsize()
    path = maps.poster(ax, path=str(tmp_path / f"map.{kind}"))
    assert path == tmp_path / f"map.{kind}" and path.stat().st_size > 10_000
    assert found(ax, maps._wrapped("ask", 11, "touchpoint"))[0].get_fontsize() == pytest.approx(
        before * 420 / 25.4 / 9.5
    )
    drawn = maps._extent(ax.figure)
    # 420 × 297 mm, less 0.4 inches on each side, which the map fills but for its letters.
    assert drawn.width == pytest.approx(420 / 25.4 - 0.8, abs=0.35)
    assert drawn.height == pytest.approx(297 / 25.4 - 0.8, abs=0.35)
    if kind == "svg":
        head = path.read_text(encoding="utf-8")[:1500]
        width, height = (
            float(re.search(rf'{side}="([0-9.]+)pt"', head)[1]) / 72 * 25.4 for side in ("width", "height")
        )
        assert (width, height) == (pytest.approx(420, abs=0.1), pytest.approx(297, abs=0.1))


@pytest.mark.parametrize("name", ["map.png", "map", "nowhere/map.pdf"])
def test_a_poster_of_another_kind_or_place_is_refused(tmp_path, name):
    with pytest.raises(WrongValue):
        maps.poster(maps.journey_map(table()), path=tmp_path / name)

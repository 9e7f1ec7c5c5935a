"""Figures of monitoring: bands, lines and marks by their weeks."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from small_figures import chart, weeks

from helpers.bank import data
from helpers.bank.language import WrongValue
from helpers.figures import charts, style


@pytest.fixture(autouse=True)
def english():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


def test_band_baseline_lines_and_labels_stand_where_the_table_says():
    ax = charts.control(chart(), scale=10, at=3, target=0.5)
    band, inside, outside = ax.collections
    heights = band.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (0, 40)
    ground = ax.patches[0]
    assert (ground.get_x(), ground.get_width()) == (0.5, 2)
    centre, path, begins, target = ax.lines
    assert set(centre.get_ydata()) == {20} and path.get_ydata().tolist() == [10, 30, 90, 20]
    assert set(begins.get_xdata()) == {2.5} and set(target.get_ydata()) == {5}
    assert inside.get_offsets().tolist() == [[1, 10], [2, 30], [4, 20]]
    assert outside.get_offsets().tolist() == [[3, 90]]
    assert tuple(outside.get_facecolor()[0]) == to_rgba(style.BAD)
    assert tuple(inside.get_facecolor()[0]) == to_rgba(style.PLAIN)
    # Dots above lines above the band above the ground.
    order = [ground, band, path, inside, outside]
    assert [thing.get_zorder() for thing in order] == sorted({thing.get_zorder() for thing in order})
    assert [(text.get_text(), text.xy) for text in ax.texts] == [
        ("0.0", (4, 0)), ("20.0", (4, 20)), ("40.0", (4, 40)),
    ]  # fmt: skip
    assert ax.get_xlim() == (0, 5)


def test_without_a_plan_and_a_target_there_are_no_lines_for_them():
    ax = charts.control(chart())
    assert len(ax.lines) == 2 and ax.lines[1].get_ydata().tolist() == [1, 3, 9, 2]


def test_the_wall_has_a_strip_a_branch_and_a_column_a_week_empty_where_nothing_was_seen():
    ax = charts.wall(weeks(3), until=3, dates=pd.DataFrame({"branch": ["B03"], "estimate": [5]}))
    (image,) = ax.images
    assert image.get_extent() == [1.5, 5.5, 2.5, -0.5]
    assert image.get_array().filled(9).tolist() == [[-1, 1, 9, 0]] * 3
    colours = [image.to_rgba(image.get_array())[0, at] for at in (0, 1, 3)]
    assert [tuple(one) for one in colours] == [to_rgba(style.GOOD), to_rgba(style.BAD), to_rgba("#E8E8E8")]
    (line,) = ax.lines
    assert set(line.get_xdata()) == {3.5}
    parted, marks = ax.collections
    assert [segment.tolist() for segment in parted.get_segments()] == [
        [[1.5, y], [5.5, y]] for y in (0.5, 1.5)
    ]
    assert marks.get_offsets().tolist() == [[5, 2]] and marks.get_sizes().tolist() == [150]
    assert ax.get_yticks().tolist() == [0, 1, 2]


@pytest.mark.parametrize(("branches", "tall"), [(1, 2.62), (6, 4.72), (7, 4.9), (24, 4.9)])
def test_the_wall_grows_with_its_branches_up_to_what_a_screen_holds(branches, tall):
    ax = charts.wall(weeks(branches))
    assert ax.figure.get_size_inches() == pytest.approx((9.5, tall))
    # Letters stay as far below the axis, 0.62 inches: the axis has what the figure leaves of 1.6 inches.
    at = ax.get_legend().get_bbox_to_anchor().transformed(ax.transAxes.inverted())
    assert (at.x0, at.y0 * (tall - 1.6)) == pytest.approx((0.5, -0.62))


@pytest.mark.parametrize("week", ["2025-W09", None, pd.Timestamp("2025-03-03")])
def test_a_week_that_is_no_number_is_one_sentence(week):
    for draw, table in ((charts.control, chart()), (charts.wall, chart().assign(branch="B01"))):
        with pytest.raises(WrongValue):
            draw(table.assign(week=week))
        with pytest.raises(WrongValue):
            draw(table.head(0))

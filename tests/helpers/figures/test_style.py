"""Labels in the reader's language: ids are named, what was already written in lines stays."""

import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import seaborn.objects as so
from collection import ROOT

from helpers.bank.bank import Bank
from helpers.figures import style


def test_legends_are_named_but_what_is_written_in_two_lines_stays():
    figure, axes = plt.subplots()
    axes.plot([1, 2], label="found")
    axes.plot([2, 3], label="two\nlines")
    axes.set_title("dimension = found | wave = one")
    axes.legend(title="one")
    style.localise(figure, label=lambda name: name.capitalize())
    legend = axes.get_legend() or figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["Found", "two\nlines"]
    assert axes.get_title() == "Found · One"
    plt.close("all")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_figure_has_one_axis_line_grid_across_only_and_letters_that_a_room_can_read(language, monkeypatch):
    """Seen on a figure, and equal in seaborn's own theme, which asks no rcParams."""
    with mpl.rc_context(), warnings.catch_warnings():
        monkeypatch.setattr(so.Plot.config.theme, "update", (theme := {}).update)
        style.use(language=language, codebook=Bank(ROOT / "datasets" / "qingyu_bank"))
        figure, axes = plt.subplots()
        axes.plot([-2, 1], [-1, 2], label="one")
        legend = axes.legend(title="two")
        figure.canvas.draw()
        assert {side for side, spine in axes.spines.items() if spine.get_visible()} == {"bottom"}
        assert [
            tick.gridline.get_visible()
            for tick in (axes.xaxis.get_major_ticks()[0], axes.yaxis.get_major_ticks()[0])
        ] == [True, False]
        assert axes.get_axisbelow() is True and not axes.yaxis.get_major_ticks()[0].tick1line.get_visible()
        assert "−1.0" in [text.get_text() for text in axes.get_yticklabels()]
        sizes = [
            axes.title.get_size(),
            axes.xaxis.label.get_size(),
            *(text.get_size() for text in axes.get_xticklabels()),
        ]
        assert sizes[:2] == [15, 14] and set(sizes[2:]) == {13} == {
            text.get_size() for text in axes.get_yticklabels()
        }
        assert [text.get_size() for text in (*legend.get_texts(), legend.get_title())] == [13, 13]
        assert not legend.get_frame_on() and axes.spines["bottom"].get_linewidth() == 1
        assert tuple(figure.get_size_inches()) == (9.5, 4.3) and mpl.rcParams["savefig.dpi"] == 110
        assert (axes.lines[0].get_linewidth(), axes.lines[0].get_markersize()) == (2.4, 9)
        assert axes.lines[0].get_color() == style.GOOD and mpl.rcParams["axes.labelpad"] == 8
        assert mpl.rcParams["font.size"] == 14 and mpl.rcParams["text.parse_math"] is False
        assert dict(mpl.RcParams(theme)) == {name: mpl.rcParams[name] for name in theme}
    plt.close("all")


@pytest.mark.parametrize(("letters", "columns"), [(60, 3), (61, 2)])
def test_names_that_fill_a_line_stand_in_one_row_and_longer_ones_in_two_columns(letters, columns):
    """Three names: in one row of three where they have sixty letters, else two beside each other."""
    style.use(language="en", codebook=Bank(ROOT / "datasets" / "qingyu_bank"))
    figure, axes = plt.subplots()
    for name in ("a" * 20, "b" * 20, "c" * (letters - 40)):
        axes.plot([0, 1], [0, 1], label=name)
    axes.legend()
    style.localise(figure, label=lambda name: name)
    assert figure.legends[0]._ncols == columns
    plt.close("all")

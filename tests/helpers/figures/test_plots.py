"""plots: what is drawn equals the table; every label has its glyphs in both languages."""

import warnings

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgba
from matplotlib.ft2font import FT2Font
from small_figures import GAPS

from helpers.bank import data, language
from helpers.bank.language import WrongValue
from helpers.figures import plots, style


@pytest.fixture(params=["en", "zh"])
def styled(request):
    style.use(language=request.param, codebook=data.codebook("qingyu_bank"))
    yield request.param
    plt.close("all")


def texts(ax):
    return [
        label.get_text()
        for label in [*ax.get_yticklabels(), *ax.get_xticklabels(), ax.xaxis.label, *ax.texts]
    ]


def test_gaps_are_drawn_as_in_the_table_worst_on_top(styled):
    ax = plots.gaps(GAPS)
    points = ax.collections[1].get_offsets()
    assert points[:, 0].tolist() == [0.2, 0.01, -0.9]
    segments = [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()]
    assert segments == [[0.1, 0.3], [-0.1, 0.12], [-1.1, -0.7]]
    assert "−0.90" in texts(ax)


def test_colour_says_on_which_side_of_zero_the_interval_lies(styled):
    colours = [tuple(c) for c in plots.gaps(GAPS).collections[1].get_facecolors()]
    assert len(set(colours)) == 3


def test_every_label_has_its_glyphs(styled):
    """Matplotlib warns of a missing glyph when it draws; here that is an error."""
    book = data.codebook("qingyu_bank")
    labels = "".join(book.label(name) for name in book._labels)
    figure, ax = plt.subplots()
    ax.set_title(labels)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()


def test_a_missing_glyph_fails(styled):
    """The test above can fail: no font here has this private character."""
    figure, ax = plt.subplots()
    ax.set_title("\ue123")
    with pytest.warns(UserWarning, match="Glyph"):
        figure.canvas.draw()


def test_the_packaged_font_is_used_whatever_is_installed():
    family = style.chinese_font()
    path = font_manager.findfont(family, fallback_to_default=False)
    assert ord("银") in FT2Font(path).get_charmap()


def test_without_any_font_a_sentence(monkeypatch):
    monkeypatch.setattr(style, "PACKAGED_FONT", ("no_such_package", "x.otf"))
    with pytest.raises(WrongValue, match="The font with Chinese glyphs"):
        style.chinese_font()


def test_a_table_without_its_columns_is_refused(styled):
    with pytest.raises(WrongValue) as error:
        plots.gaps(GAPS.drop(columns="low"))
    assert "low" in str(error.value)
    assert ("缺少列" if language.current() == "zh" else "has no column") in str(error.value)


def test_what_touches_zero_is_neither_good_nor_bad_and_signs_are_true(styled):
    table = pd.DataFrame({
        "dimension": ["tangibles", "reliability", "empathy", "assurance"], "gap": [0.314, -0.306, -0.004, 0.004],
        "low": [0.0, -0.6, -0.2, 0.001], "high": [0.6, 0.0, -0.001, 0.2],
    })  # fmt: skip
    ax = plots.gaps(table)
    assert [text.get_text() for text in ax.texts] == ["+0.31", "0.00", "0.00", "−0.31"]
    assert [text.xy for text in ax.texts] == [(0.314, 0), (0.004, 1), (-0.004, 2), (-0.306, 3)]
    names = [style.PLAIN, style.GOOD, style.BAD, style.PLAIN]
    for drawn in (ax.collections[0].get_colors(), ax.collections[1].get_facecolors()):
        assert [tuple(colour) for colour in drawn] == [to_rgba(name) for name in names]
    assert ax.collections[1].get_offsets()[:, 1].tolist() == ax.get_yticks().tolist() == [0, 1, 2, 3]
    assert set(ax.lines[0].get_xdata()) == {0} and ax.get_ylim() == pytest.approx((-0.6, 3.7))
    # Dots lie on their intervals, numbers above their dots.
    assert ax.collections[1].get_zorder() > ax.collections[0].get_zorder()
    assert {(text.xyann, text.get_ha()) for text in ax.texts} == {((0, 9), "center")}


@pytest.mark.parametrize(("digits", "said"), [(2, ["6.00", "2.35", "−1.50"]), (0, ["6", "2", "−2"])])
def test_estimates_are_drawn_lowest_on_top_with_so_many_decimals(styled, digits, said):
    table = pd.DataFrame({
        "dimension": ["tangibles", "reliability", "empathy"], "estimate": [-1.5, 6.0, 2.349], "low": [-2.0, 5, 2],
        "high": [-1.0, 7, 3],
    })  # fmt: skip
    ax = plots.estimates(table, digits=digits)
    assert [text.get_text() for text in ax.texts] == said
    assert [text.xy for text in ax.texts] == [(6, 0), (2.349, 1), (-1.5, 2)]
    lines, dots = ax.collections
    assert [segment.tolist() for segment in lines.get_segments()] == [
        [[5, 0], [7, 0]], [[2, 1], [3, 1]], [[-2, 2], [-1, 2]],
    ]  # fmt: skip
    assert dots.get_offsets().tolist() == [[6, 0], [2.349, 1], [-1.5, 2]]
    assert {tuple(colour) for colour in dots.get_facecolors()} == {to_rgba(style.GOOD)}
    assert ax.get_ylim() == pytest.approx((-0.6, 2.7))
    assert dots.get_label() == plots._label("found") and not plots.gaps(GAPS).get_legend_handles_labels()[1]
    if digits:
        assert [text.get_text() for text in plots.estimates(table).texts] == said


@pytest.mark.parametrize(
    "draw", [plots.gaps, lambda table: plots.estimates(table.rename(columns={"gap": "estimate"}))]
)
def test_numbers_written_as_text_are_drawn_as_numbers(draw):
    written = GAPS.assign(**{name: GAPS[name].astype(str) for name in ("gap", "low", "high")})
    drawn = [[text.get_text() for text in draw(table).texts] for table in (GAPS, written)]
    plt.close("all")
    assert drawn[0] == drawn[1]
    with pytest.raises(WrongValue, match="holds 'x'"):
        draw(GAPS.assign(low="x"))

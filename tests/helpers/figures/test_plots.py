"""plots: what is drawn equals the table; every label has its glyphs in both languages."""

import warnings

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from helpers.bank import data, language
from helpers.bank.language import WrongValue
from helpers.figures import plots, style

GAPS = pd.DataFrame({
    "dimension": ["tangibles", "reliability", "empathy"], "gap": [0.2, -0.9, 0.01], "low": [0.1, -1.1, -0.1],
    "high": [0.3, -0.7, 0.12], "expected": [6.0, 6.5, 6.2], "perceived": [6.2, 5.6, 6.21],
    "gap_bank": [0.1, -0.5, -0.2],
})  # fmt: skip


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

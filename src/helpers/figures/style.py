"""How every figure looks, by whatever it was drawn: colours, letters, and the reader's language on axes and legends."""

import importlib.resources
import re
import warnings
from dataclasses import replace
from importlib.util import find_spec

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import seaborn.objects as so
from matplotlib import font_manager, patheffects
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from helpers.bank import codebook as labels
from helpers.bank import language as languages
from helpers.bank.language import wrong

# Okabe & Ito's palette: told apart by readers with any common colour vision.
GOOD, BAD, PLAIN, ACCENT = "#0072B2", "#D55E00", "#6E6E6E", "#E69F00"
PALETTE = (GOOD, ACCENT, "#009E73", "#CC79A7", BAD, "#56B4E9", PLAIN)
LATIN = "DejaVu Sans"
# One open font with every Chinese glyph, the same on every machine: what else is installed changes nothing.
PACKAGED_FONT = ("cvttf_NotoSansCJK_Regular", "NotoSansCJKtc-Regular.otf")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def use(*, language, codebook):
    """Set language, labels and looks of every figure; `start` calls it once.

    Parameters
    ----------
    language : {"en", "zh"}
        The reader's language.
    codebook : Codebook
        Where labels come from.
    """
    languages.use(language)
    labels.use(codebook)
    chinese = chinese_font()
    looks = {
        "font.family": [LATIN, chinese] if language == "en" else [chinese, LATIN],
        "axes.unicode_minus": True, "font.size": 14, "axes.titlesize": 15, "axes.labelsize": 14, "axes.labelpad": 8,
        "xtick.labelsize": 13, "ytick.labelsize": 13, "legend.fontsize": 13, "legend.title_fontsize": 13,
        "axes.facecolor": "white", "axes.edgecolor": "#888888", "axes.linewidth": 1,
        "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
        "axes.grid": True, "axes.grid.axis": "x", "grid.color": "#E4E4E4", "axes.axisbelow": True,
        "axes.prop_cycle": mpl.cycler(color=PALETTE), "xtick.color": "black", "ytick.color": "black",
        "ytick.left": False, "figure.figsize": (9.5, 4.3), "lines.linewidth": 2.4, "lines.markersize": 9,
        "legend.frameon": False, "savefig.dpi": 110,
    }  # fmt: skip
    mpl.rcParams.update(looks)
    mpl.rcParams["figure.constrained_layout.use"] = True
    # seaborn's figure-level functions lay out by another engine first; `drawn` gives them back to this one.
    warnings.filterwarnings("ignore", "The figure layout has changed to tight", UserWarning, "seaborn")
    # The packaged font knows the forms of every region: Chinese text is told to be Simplified.
    mpl.rcParams["text.language"] = "zh-Hans"
    mpl.rcParams["text.parse_math"] = False  # a name with two dollars is not a formula
    so.Plot.config.theme.update(looks)  # it asks no rcParams


def chinese_font():
    """Make the packaged font with Chinese glyphs known to matplotlib.

    Returns
    -------
    str
        The name of its family.

    Raises
    ------
    WrongValue
        If the package is not installed.
    """
    package, file = PACKAGED_FONT
    if find_spec(package) is None:
        raise wrong("style.font")
    with importlib.resources.as_file(importlib.resources.files(package) / file) as path:
        name = font_manager.FontProperties(fname=path).get_name()
        # A list of fonts kept from another day may name a file that is gone, so ours is entered anew, as it is now;
        # once more as its own bold, so that nobody is told that it has none (`embolden` sees to the looks).
        fonts = font_manager.fontManager
        fonts.ttflist[:] = [font for font in fonts.ttflist if font.name != name]
        others = len(fonts.ttflist)
        fonts.addfont(path)
        fonts.ttflist += [replace(font, weight=700) for font in fonts.ttflist[others:]]
        return name


def drawn(thing):
    """Draw what seaborn or matplotlib gave.

    Parameters
    ----------
    thing : Plot, FacetGrid, JointGrid, Axes or Figure
        What a drawing function returned.

    Returns
    -------
    Axes or Figure
        The only axes of the figure, or the figure where it has several.
    """
    if isinstance(thing, so.Plot):
        thing.plot(pyplot=True)
        figure = plt.gcf()
    else:
        figure = getattr(thing, "figure", thing)
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        # A colour bar that was put in under another engine is in a grid that this one cannot read.
        coloured = any(axes.get_label() == "<colorbar>" for axes in figure.axes)
        figure.set_layout_engine("tight" if coloured else "constrained")
    return figure.axes[0] if len(figure.axes) == 1 else figure


def localise(figure, *, label):
    """Put axis labels, ticks, legends and facet titles into the reader's language.

    Parameters
    ----------
    figure : Figure
        Is changed in place.
    label : function
        Id → what it is called.
    """
    for axes in figure.axes:
        axes.set_title(_facet(axes.get_title(), label))
        for text in axes.texts:
            text.set_text(_signed(text.get_text()))
        for axis in (axes.xaxis, axes.yaxis):
            _localise_axis(axis, label)
    for legend in [*figure.legends, *filter(None, (axes.get_legend() for axes in figure.axes))]:
        for text in [legend.get_title(), *legend.get_texts()]:
            text.set_text(text.get_text() if "\n" in text.get_text() else label(text.get_text()))
    for legend in [*figure.legends, *([figure.axes[0].get_legend()] if len(figure.axes) == 1 else [])]:
        if legend is not None and len(legend.get_texts()) <= 4:
            _below(figure, legend)
    embolden(figure)


def _below(figure, legend):
    """Put a short legend below the axes, where it hides nothing; it names its entries, so its title goes."""
    if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        names = [text.get_text() for text in legend.get_texts()]
        handles = legend.legend_handles
        if legend in figure.legends:
            figure.legends.remove(legend)  # seaborn.objects puts it there itself, so it cannot be asked to go
        else:
            legend.remove()
        wide = sum(len(name.encode("gbk", "replace")) for name in names) > 60  # a Chinese glyph counts two
        figure.legend(handles, names, loc="outside lower center", ncols=2 if wide else len(names))


def _localise_axis(axis, label):
    """Its name with the unit where the glossary has one; a row of names needs no name of its own."""
    ticks = [text.get_text() for text in axis.get_ticklabels()]
    named = [tick if "\n" in tick else label(tick) for tick in ticks]  # no id has two lines
    if named != ticks:
        axis.set_ticks(axis.get_ticklocs(), named)
    name = axis.get_label_text()
    if any(re.search(r"[^\W\d]", tick) for tick in named):
        axis.set_label_text("")
    elif name:
        unit = f"{name}_axis"
        axis.set_label_text(label(name) if label(unit) == unit else label(unit))


def _signed(text):
    """A number with a true minus sign; what rounds to zero has none."""
    if not re.fullmatch(r"-\d+(\.\d+)?%?", text):
        return text
    return text.replace("-", "−" if re.search("[1-9]", text) else "")


def _facet(title, label):
    """``dimension = reliability`` is Reliability."""
    return " · ".join(label(part.rpartition(" = ")[2]) for part in title.split(" | ")) if title else title


def simplify(figure):
    """Draw every line of a Chinese text of several lines as a text of its own.

    matplotlib 3.11 forgets the language of a text that has more than one line, and its marks then stand as they
    do in Taiwan.

    Parameters
    ----------
    figure : Figure
        Laid out for good; is changed in place.
    """
    back = figure.transFigure.inverted()
    for text in figure.findobj(Text):
        lines = text.get_text().split("\n")
        if (
            len(lines) > 1
            and text.get_visible()
            and not text.get_rotation()
            and _CHINESE.search(text.get_text())
        ):
            box = back.transform(text.get_window_extent())
            align = text.get_ha()
            x = {"left": box[0, 0], "center": box[:, 0].mean(), "right": box[1, 0]}[align]
            parts = [figure.text(x, box[1, 1], line, va="top", ha=align, zorder=9) for line in lines]
            for part in parts:
                part.set_fontproperties(text.get_fontproperties())
                part.set(color=text.get_color(), path_effects=text.get_path_effects(), parse_math=False)
            one = np.ptp(back.transform(parts[0].get_window_extent())[:, 1])
            step = (np.ptp(box[:, 1]) - one) / (len(lines) - 1)
            for number, part in enumerate(parts):
                part.set_y(box[1, 1] - number * step)
            text.set_visible(False)


def embolden(artist):
    """Make bold letters bold in a font that has none: Chinese is drawn with a thin stroke of its own colour.

    Parameters
    ----------
    artist : Artist
        A figure or a text; is changed in place.
    """
    for text in artist.findobj(Text):
        if text.get_weight() in ("bold", 700) and _CHINESE.search(text.get_text()):
            text.set_fontweight("normal")
            text.set_path_effects([patheffects.withStroke(linewidth=0.7, foreground=text.get_color())])

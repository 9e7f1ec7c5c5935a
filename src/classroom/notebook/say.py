"""Sentences and figures that speak: numbers in prose, titles, captions and text alternatives."""

import base64
import io
import os
from collections import ChainMap
from pathlib import Path

from IPython import get_ipython
from IPython.display import Markdown, display

from classroom.notebook import placeholders
from classroom.notebook.figuretext import DPI, dress
from helpers.bank.language import WrongKind, WrongValue

RESULTS = "application/vnd.course.results+json"
_captions = {}


def say(template, results=None):
    """Show a paragraph with its placeholders filled.

    Parameters
    ----------
    template : str
        Markdown with placeholders (see `placeholders.fill`).
    results : dict, optional
        More names; otherwise the notebook's own.

    Raises
    ------
    WrongValue
        If a placeholder cannot be filled.
    """
    display(Markdown(placeholders.fill(template.strip(), _names(results))))


def caption(name, *, title, caption, alt):
    """Keep the texts of a figure until it is shown.

    Parameters
    ----------
    name : str
        The figure.
    title : str
        Its message, as a sentence.
    caption : str
        Units, n and source; stands small below the figure.
    alt : str
        One sentence for those who cannot see it. All three may hold placeholders.
    """
    _captions[name] = {"title": title, "caption": caption, "alt": alt}


def show(drawing, name, results=None):
    """Show a figure with its message as title, its caption, and its text alternative.

    Parameters
    ----------
    drawing : Axes or Figure
        What a function of `helpers.figures.plots` returned.
    name : str
        The name that `caption` was given.
    results : dict, optional
        More names for the placeholders; otherwise the notebook's own, as they are now.

    Raises
    ------
    WrongKind
        If it is no figure.
    WrongValue
        If no text has this name, or a placeholder cannot be filled.
    """
    if name not in _captions:
        there = ", ".join(sorted(_captions)) or "–"
        raise WrongValue(
            en=f"No text is kept for the figure '{name}'; there are: {there}. Run the cell above first.",
            zh=f"图 '{name}' 还没有文字；现有的是：{there}。请先运行上面的单元格。",
        )
    figure = getattr(drawing, "figure", None)
    if not hasattr(figure, "savefig"):
        came = type(drawing).__name__
        raise WrongKind(
            en=f"`show` takes a figure or its axes; this is a {came}. Hand over what the drawing function returned.",
            zh=f"`show` 需要一张图或它的坐标轴，现在是 {came}。请传入绘图函数返回的结果。",
        )
    texts = {key: placeholders.fill(text, _names(results)) for key, text in _captions[name].items()}
    _set_aside(figure, name)
    dress(drawing, title=texts["title"], caption=texts["caption"])
    _display(figure, texts["alt"], {"name": name, "title": texts["title"], "caption": texts["caption"]})


def keep(**results):
    """Keep key results for the table that ``course run`` prints; the reader sees nothing.

    Parameters
    ----------
    **results : number, str, bool or None
        Name and value, unrounded.

    Raises
    ------
    WrongKind
        If a value is not a single one.
    """
    display({RESULTS: {name: _plain(value, name) for name, value in results.items()}}, raw=True)


def _names(results):
    shell = get_ipython()
    return ChainMap(results or {}, shell.user_ns if shell else {})


def _set_aside(figure, name):
    """Keep the picture without its texts where a kit asks for it: a slide's headline stays editable."""
    if "COURSE_FIGURES" in os.environ:
        folder = Path(os.environ["COURSE_FIGURES"])
        folder.mkdir(parents=True, exist_ok=True)
        figure.savefig(folder / f"{name}.png", dpi=200, bbox_inches="tight", pad_inches=0.05)


def _display(figure, alt, texts):
    """Send the picture once, with the text alternative and the other texts beside it."""
    import matplotlib.pyplot as plt

    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DPI, bbox_inches="tight", pad_inches=0.15)
    plt.close(figure)
    data = {"image/png": base64.b64encode(picture.getvalue()).decode("ascii"), "text/plain": alt}
    display(data, metadata={"image/png": {"alt": alt}, "alt": alt, "figure": texts}, raw=True)


def _plain(value, name):
    """The value as JSON writes it; a number that is not there (NaN) is null."""
    value = value.item() if getattr(value, "size", None) == 1 and hasattr(value, "item") else value
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    came = type(value).__name__
    raise WrongKind(
        en=f"`keep` takes single values; `{name}` is a {came}. Keep one number of it.",
        zh=f"`keep` 只保存单个值；`{name}` 是 {came}。请只保存其中的一个数。",
    )

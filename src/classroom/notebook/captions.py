"""Title and caption of a figure, broken into lines that fit, in English and in Chinese."""

import re

DPI = 110  # of the picture; text is measured at the size at which it is drawn
APART = 0.12  # inches between the caption and what stands above it, however low the figure is
# A Latin word or number keeps together; a Chinese character stands alone, but no line begins
# with a closing mark or ends with an opening one.
_UNIT = re.compile(
    r"[“‘（《「『【]*(?:[^\s\u2e80-\u9fff\uff00-\uffef“‘”’]+|.)[”’，。；：、！？）》」』】…%％]*\s*"
)

_MARKS = tuple("，。；：、！？")


def dress(drawing, *, title, caption):
    """Put the title above and the caption below a figure.

    Parameters
    ----------
    drawing : Axes or Figure
        Axes get the title; a figure with several gets it above them all.
    title : str
        Large, bold, from the left edge of the axes.
    caption : str
        Small and grey, below everything else.
    """
    figure = drawing.figure
    figure.set_dpi(DPI)
    axes = drawing if hasattr(drawing, "set_title") else figure.axes[0] if len(figure.axes) == 1 else None
    # Room is known only after the layout has settled.
    figure.draw_without_rendering()
    width = axes.get_window_extent().width if axes else 0.95 * figure.bbox.width
    left = axes.get_position().x0 if axes else 0.02
    if axes:
        axes.set_title("")
        heading = axes.set_title(title, loc="left", fontsize="large", fontweight="bold")
    else:
        heading = figure.suptitle(title, x=left, ha="left", fontsize="large", fontweight="bold")
    _wrap(heading, width=width)
    figure.draw_without_rendering()
    _settle(figure)
    bottom = figure.get_tightbbox().y0 / figure.get_figheight()
    below = bottom - APART / figure.get_figheight()
    note = figure.text(left, below, caption, va="top", fontsize="small", color="#6E6E6E")
    _wrap(note, width=width)


def _settle(figure):
    """Keep everything where the layout has put it: saving cuts the edges off, and a legend would follow them."""
    figure.set_layout_engine("none")
    for legend in figure.legends:
        corner = figure.transFigure.inverted().transform(legend.get_window_extent().min)
        legend.set_loc("lower left")
        legend.set_bbox_to_anchor(tuple(corner), transform=figure.transFigure)
        legend.borderaxespad = 0


def _wrap(text, *, width):
    """Break a text of a figure into lines.

    Parameters
    ----------
    text : matplotlib.text.Text
        Is changed in place.
    width : float
        In pixels of the screen.
    """
    text.set_parse_math(False)
    line, lines = [], []
    for unit in units(text.get_text()):
        text.set_text("".join([*line, unit]).rstrip())
        if line and text.get_window_extent().width > width:
            end = _end(line)
            lines.append("".join(line[:end]))
            line = line[end:]
        line.append(unit)
    text.set_text("\n".join(part.rstrip() for part in [*lines, "".join(line)]))


def _end(line):
    """Where to end a full line: at a Chinese mark in its last third, else where it is full."""
    marks = [place for place, unit in enumerate(line, start=1) if unit.rstrip()[-1:] in _MARKS]
    return marks[-1] if marks and marks[-1] > 2 * len(line) / 3 else len(line)


def units(text):
    """Cut a text where a line may end.

    Parameters
    ----------
    text : str
        English, Chinese, or both.

    Returns
    -------
    list of str
        Joined, they are the text.

    Examples
    --------
    >>> units("The gap is −0.31")
    ['The ', 'gap ', 'is ', '−0.31']
    >>> units("差距为 −0.31，最大（可靠性）。")
    ['差', '距', '为 ', '−0.31，', '最', '大', '（可', '靠', '性）。']
    """
    return _UNIT.findall(text)

"""Charts of PowerPoint's own kind: the figure's numbers as a trainer can edit them, in the client's colours."""

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from workshop.kit import office

SIZE = 18  # points of every letter
COLOURS = (MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2)
MARKS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND)
KINDS = {
    "points": XL_CHART_TYPE.LINE_MARKERS,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
}
SPACE = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def fits(read, *, width):
    """Whether a chart's names stand below it in large letters, and its series are told apart.

    Parameters
    ----------
    read : dict or None
        What was read back from the figure (`classroom.notebook.drawn_values.chart`).
    width : float
        Of the slide's line, in points.

    Returns
    -------
    bool
        False where the picture says it better.
    """
    if not read or len(read["series"]) > len(COLOURS):
        return False
    room = 0.9 * width / len(read["categories"])
    return read["kind"] == "bars" or all(
        office.lines(name, size=SIZE, width=room) <= 2 and office.unbroken([[name]], size=SIZE, widths=[room])
        for name in read["categories"]
    )


def draw(slide, read, place, *, alt):
    """Draw a chart on a slide.

    Parameters
    ----------
    slide : Slide
        Where to.
    read : dict
        As for `fits`.
    place : tuple of Length
        Left, top, width and height.
    alt : str
        What is seen in it.
    """
    held = CategoryChartData()
    held.categories = read["categories"]
    for one in read["series"]:
        held.add_series(one["name"], one["values"])
    frame = slide.shapes.add_chart(KINDS[read["kind"]], *place, held)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(SIZE), office.latin()
    chart.font._rPr.append(chart.font._rPr.makeelement(qn("a:ea"), {"typeface": office.EAST_ASIAN}))
    chart.has_legend = len(read["series"]) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, read)
    if read["kind"] == "bars":
        chart.plots[0].gap_width = 60
        chart.plots[0].series[0].format.fill.solid()
        chart.plots[0].series[0].format.fill.fore_color.theme_color = COLOURS[0]
        _labels(chart.plots[0], "#,##0", XL_LABEL_POSITION.OUTSIDE_END)
        return
    for number, one in enumerate(chart.plots[0].series):
        _points(one, read["series"][number], number, joined=read["kind"] == "lines")
    if len(read["series"]) == 1:
        _labels(chart.plots[0], _finer(read["format"]), XL_LABEL_POSITION.RIGHT)


def _axes(chart, read):
    low, high, step = read["ends"]
    counted, named = chart.value_axis, chart.category_axis
    counted.minimum_scale, counted.maximum_scale, counted.major_unit = low, high, step
    counted.tick_labels.number_format, counted.tick_labels.number_format_is_linked = read["format"], False
    counted.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    counted.format.line.fill.background()
    counted.has_title = bool(read["axis"])
    if read["axis"]:
        counted.axis_title.text_frame.text = read["axis"]
        run = counted.axis_title.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold, run.font.name = Pt(SIZE), False, office.latin()
        run._r.get_or_add_rPr().append(run._r.rPr.makeelement(qn("a:ea"), {"typeface": office.EAST_ASIAN}))
    named.tick_label_position, named.has_major_gridlines = XL_TICK_LABEL_POSITION.LOW, False
    if read["kind"] == "bars":  # the first bar stands at the top, the numbers below the last
        named.reverse_order, named.crosses = True, XL_AXIS_CROSSES.MAXIMUM


def _points(series, read, number, *, joined):
    colour = COLOURS[number]
    series.smooth = False
    series.marker.style, series.marker.size = MARKS[number], 13
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.theme_color = colour
    series.marker.format.line.color.theme_color = colour
    if joined:
        series.format.line.color.theme_color, series.format.line.width = colour, Pt(2.5)
    else:
        series.format.line.fill.background()
    if any(low is not None for low in read["low"]):
        series._element.insert(
            list(series._element).index(series._element.find(qn("c:cat"))), _errors(read, number)
        )


def _errors(read, number):
    """The intervals, as error bars: up to `high`, down to `low`."""
    rows = list(zip(read["values"], read["low"], read["high"], strict=True))
    up = [0 if None in row else row[2] - row[0] for row in rows]
    down = [0 if None in row else row[0] - row[1] for row in rows]

    def numbers(values):
        points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
        count = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
        return f"<c:numLit>{count}{points}</c:numLit>"

    return etree.fromstring(
        f'<c:errBars {SPACE}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f'<c:plus>{numbers(up)}</c:plus><c:minus>{numbers(down)}</c:minus><c:spPr><a:ln w="44450"><a:solidFill>'
        f'<a:schemeClr val="accent{number + 1}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def _labels(plot, form, position):
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, form, False
    labels.position = position
    labels.font.size, labels.font.name = Pt(SIZE), office.latin()


def _finer(form):
    """One decimal more than the axis has."""
    digits, mark, unit = form.partition("%") if "%" in form and '"' not in form else form.partition('"%"')
    return (digits + "0" if "." in digits else digits + ".0") + mark + unit

"""Charts that can be edited: the numbers of the figure, large letters, intervals as error bars."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from helpers.bank import language
from workshop.kit import archive, deck, slide_charts, slides

READ = {
    "kind": "points",
    "categories": ["取号等候", "填单签约"],
    "series": [{"name": "占比（%）", "values": [4.7, 2.3], "low": [4.2, 1.9], "high": [5.3, 2.8]}],
    "axis": "占比（%）",
    "format": "0",
    "ends": [0, 6, 1],
}


def _chart(read):
    figure = SimpleNamespace(read={"chart": read}, alt="两步的放弃率", room=None)
    held = slides.deck([deck.Spec("figure", "标题", figure=figure, notes=("说",))], title="t")
    (shape,) = [one for one in Presentation(io.BytesIO(held)).slides[0].shapes if one.has_chart]
    return shape


def test_a_chart_holds_the_numbers_and_the_intervals():
    language.use("zh")
    shape = _chart(READ)
    (plot,) = shape.chart.plots
    assert list(plot.categories) == READ["categories"]
    assert list(plot.series[0].values) == READ["series"][0]["values"]
    bars = plot.series[0]._element.find(qn("c:errBars"))
    up = [float(point.text) for point in bars.find(qn("c:plus")).iter(qn("c:v"))]
    assert up == pytest.approx([0.6, 0.5])
    assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == "两步的放弃率"
    assert shape.chart.font.size.pt >= 18
    faces = {one.get("typeface") for one in shape.chart._chartSpace.iter(qn("a:ea"))}
    assert faces == {"Microsoft YaHei"}


def test_the_workbook_behind_a_chart_has_no_time_of_building():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as new:
        new.writestr(
            zipfile.ZipInfo("docProps/core.xml", (2025, 1, 1, 0, 0, 0)), "<a>2025-04-05T06:07:08Z</a>"
        )
    with zipfile.ZipFile(outer, "w") as new:
        new.writestr("ppt/embeddings/book.xlsx", inner.getvalue())
    with zipfile.ZipFile(io.BytesIO(archive.settled(outer.getvalue()))) as held:
        book = held.read("ppt/embeddings/book.xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as held:
        assert held.getinfo("docProps/core.xml").date_time == archive.MOMENT
        assert b"2025" not in held.read("docProps/core.xml")


def test_bars_stand_in_the_order_of_the_figure():
    language.use("zh")
    bars = READ | {"kind": "bars", "series": [{"name": "客户数", "values": [96, 18]}], "axis": "客户数"}
    shape = _chart(bars)
    assert shape.chart.category_axis.reverse_order
    assert list(shape.chart.plots[0].series[0].values) == [96, 18]


def test_names_that_do_not_fit_below_a_chart_stay_a_picture():
    language.use("en")
    assert slide_charts.fits(READ, width=850)
    assert not slide_charts.fits(None, width=850)
    long = READ | {
        "categories": ["a very long name of a thing that nobody can read below a chart at all"] * 8
    }
    assert not slide_charts.fits(long, width=850)
    assert not slide_charts.fits(READ | {"series": READ["series"] * 3}, width=850)


@pytest.mark.parametrize(
    ("axis", "labels"), [("0", "0.0"), ("0.0", "0.00"), ("0%", "0.0%"), ('0"%"', '0.0"%"')]
)
def test_labels_have_one_decimal_more_than_the_axis(axis, labels):
    assert slide_charts._finer(axis) == labels

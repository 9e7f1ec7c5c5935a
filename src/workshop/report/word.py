"""A report as a Word file: headings, tables and figure, in fonts that Chinese Windows has."""

import io

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from helpers.bank.language import current
from workshop.kit import office
from workshop.report.contents import stretches

ROOM, SMALL = Cm(17), 9  # of a table, and its letters in points
_LANGUAGE = {"en": "en-GB", "zh": "zh-CN"}
LEAF, SOFT = RGBColor(0x0B, 0x6B, 0x62), RGBColor(0x5A, 0x6B, 0x75)


def report(blocks, path):
    """Write a branch's report.

    Parameters
    ----------
    blocks : list of Block
        From `contents.blocks`.
    path : Path
        The ``.docx`` file.
    """
    document = Document()
    _prepare(document, title=blocks[0].text)
    for block in blocks:
        _DRAW[block.kind](document, block)
    document.save(path)


def _prepare(document, *, title):
    """A4, our fonts and colours, the report's name and page number at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, size in (
        ("Normal", 10.5),
        ("Title", 22),
        ("Heading 1", 14),
        ("List Bullet", 10.5),
        ("Caption", 9),
    ):
        _font(document.styles[name], size)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    spoken = (
        document.styles["Normal"]
        .element.get_or_add_rPr()
        .makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGE[current()], qn("w:eastAsia"): "zh-CN"})
    )
    document.styles["Normal"].element.rPr.append(spoken)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(12)
    document.core_properties.title = title[:255]  # as much as the format holds
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = _LANGUAGE[current()]
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{title} · ").font.color.rgb = SOFT
    _page_number(foot)


def _font(style, size):
    """Latin and East Asian fonts of a style; Word falls back to a serif for Chinese otherwise."""
    style.font.name, style.font.size = office.latin(), Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    fonts.set(qn("w:eastAsia"), office.EAST_ASIAN)
    if style.name in ("Title", "Heading 1"):
        style.font.color.rgb, style.font.bold = LEAF, True
    elif style.name == "Caption":
        style.font.color.rgb, style.font.bold = SOFT, False


def _page_number(paragraph):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.color.rgb = SOFT
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _rich(paragraph, text):
    """Text, what is strong in it in bold."""
    for part, bold in stretches(text):
        paragraph.add_run(part).bold = bold


def _heading(document, block):
    document.add_heading(block.text, level=0 if block.kind == "title" else 1)


def _text(document, block):
    _rich(document.add_paragraph(), block.text)


def _points(document, block):
    for point in block.points:
        _rich(document.add_paragraph(style="List Bullet"), point)


def _figure(document, block):
    document.add_picture(io.BytesIO(block.image), width=Cm(15))
    picture = document.paragraphs[-1]
    picture.alignment, picture.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, bool(block.text)
    picture._p.xpath(".//wp:docPr")[0].set("descr", block.alt)
    if block.text:
        document.add_paragraph(block.text, style="Caption")


def _table(document, block):
    if block.text:
        told = document.add_paragraph()
        _rich(told, block.text)
        told.paragraph_format.keep_with_next = True
    rows = [list(block.table.columns), *block.table.to_numpy().tolist()]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    texts = [[str(text) for text in row] for row in rows]
    # Long questions give way, intervals do not.
    shares = [min(40, max(map(len, column))) for column in zip(*texts, strict=True)]
    widths = [
        Pt(width) for width in office.columns(texts, size=SMALL, room=ROOM.pt, shares=shares, padding=11)
    ]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for y, row in enumerate(rows):
        # A row's cells at once: asked for one by one, python-docx counts the whole table each time.
        for x, (cell, text) in enumerate(zip(table.rows[y].cells, row, strict=True)):
            _cell(cell, str(text), heading=y == 0, number=x > 0, width=widths[x])
            # A short table stays whole, with the heading and the sentence above it.
            cell.paragraphs[0].paragraph_format.keep_with_next = y < len(rows) - 1
        # A row is not torn apart by a page's end, and the headings come again.
        properties = table.rows[y]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if y == 0:
            properties.append(OxmlElement("w:tblHeader"))
    below = document.add_paragraph().paragraph_format
    below.space_after, below.line_spacing = Pt(0), Pt(4)


def _cell(cell, text, *, heading, number, width):
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.bold, run.font.size = heading, Pt(SMALL)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if heading:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E8F3F1")):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


_DRAW = {
    "title": _heading, "heading": _heading, "lead": _text, "text": _text, "points": _points, "table": _table,
    "figure": _figure,
}  # fmt: skip

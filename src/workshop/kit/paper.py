"""A4 sheets for Word: styles with both fonts, Markdown, figures, tables, room for answers."""

import io
import re

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from helpers.bank.language import pick
from workshop.kit import office, prose

SHORT, LONG, EDGE = Cm(21.0), Cm(29.7), Cm(2.0)
WIDE, TALLEST = Cm(11.5), Cm(10.5)
CARD = {1: 14, 2: 13, 3: 12}  # letters of a card, by how many stand one above the other
SIZES = (12, 11, 10, 9, 8)  # of the letters of a table
STYLES = {"Normal": (11, office.INK), "Title": (20, office.LEAF), "Heading 1": (16, office.LEAF),
          "Heading 2": (13, office.LEAF), "List Bullet": (11, office.INK), "Caption": (9, office.SOFT)}  # fmt: skip


def pack(title):
    """Begin a document of several sheets.

    Parameters
    ----------
    title : str
        What it is, for its properties.

    Returns
    -------
    Document
        Empty, with our styles; `leaf` begins each sheet.
    """
    page = Document()
    for name, (size, colour) in STYLES.items():
        _dress(page.styles[name], size, colour)
    _languages(page)
    office.described(page.core_properties, title=title)
    return page


def leaf(page, title, *, below="", across=False, edge=EDGE):
    """Begin a sheet on a new page of A4.

    Parameters
    ----------
    page : Document
        From `pack`.
    title : str
        Its first line.
    below : str
        A line below the title, small.
    across : bool
        Landscape.
    edge : Length
        The margin at its sides.
    """
    begun = any(True for _ in page.iter_inner_content())
    section = page.add_section(WD_SECTION.NEW_PAGE) if begun else page.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if across else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = edge
    section.top_margin = section.bottom_margin = min(edge, Cm(1.8))
    page.add_paragraph(title, style="Title")
    if below:
        page.add_paragraph(below, style="Caption")


def blank(title, *, below="", across=False):
    """Begin a document of one sheet.

    Parameters
    ----------
    title, below, across
        As for `leaf`.

    Returns
    -------
    Document
        A4, with our styles.
    """
    page = pack(title)
    leaf(page, title, below=below, across=across)
    return page


def saved(page):
    """Finish a document.

    Parameters
    ----------
    page : Document
        From `blank`.

    Returns
    -------
    bytes
        A ``.docx``.
    """
    held = io.BytesIO()
    page.save(held)
    return held.getvalue()


def write(place, text, *, size=None, room=None):
    """Write Markdown; ``____`` and a rule are room to write by hand.

    Parameters
    ----------
    place : Document or cell
        Where to.
    text : str
        Headings, paragraphs, lists and tables.
    size : float, optional
        Of the letters, in points; the style's own otherwise.
    room : Length, optional
        How wide tables may be; the page's width otherwise.
    """
    for block in prose.blocks(text):
        if block.kind == "table":
            table(place, block.rows, room=room, tall=None, largest=size or 10)
        elif block.kind == "line":
            answer(place, "", size=size)
        elif block.kind == "heading":
            place.add_paragraph(block.text, style=f"Heading {min(block.level, 2)}")
        elif block.text.endswith("____"):
            answer(place, re.sub(r" ?_{4} ?", " ________________ ", block.text[:-4]), size=size)
        else:
            marked = block.kind == "item" and not block.text.startswith("☐")
            _runs(place.add_paragraph(style="List Bullet" if marked else None), block.runs, size=size)


def cards(page, texts, *, across, down):
    """Lay cards out for cutting, as many as fit a page.

    Parameters
    ----------
    page : Document
        Where to; its last sheet is A4, portrait.
    texts : sequence of str
        Markdown, one card each.
    across, down : int
        Cards in a row, and rows on a page.
    """
    section = page.sections[-1]
    wide = section.page_width - section.left_margin - section.right_margin
    high = int((section.page_height - section.top_margin - section.bottom_margin - Cm(2.6)) / down)
    rows = -(-len(texts) // across)
    drawn = page.add_table(rows, across, style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for number, text in enumerate(texts):
        cell = drawn.cell(number // across, number % across)
        cell.width = wide // across
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        write(cell, text, size=CARD.get(down, 11), room=wide // across - Cm(0.6))
        if cell.tables and cell.paragraphs[-1].text:
            cell.add_paragraph()
    for row in drawn.rows:
        _whole(row, head=False, tall=None)
        row.height, row.height_rule = high, WD_ROW_HEIGHT_RULE.EXACTLY


def table(place, rows, *, widths=None, empty=0, room=None, tall=(), largest=10):
    """Draw a table with a head.

    Parameters
    ----------
    place : Document or cell
        Where to.
    rows : sequence of sequences
        Cells are text or runs; the head first.
    widths : sequence of float, optional
        Shares of the page's width; by the length of the text otherwise.
    empty : int
        Rows to be filled in by hand, below.
    room : Length, optional
        The table's width; the page's otherwise.
    tall : collection of int, optional
        Rows with room to write in beside `empty`; None takes those that are more than half empty.
    largest : float
        Of the letters, in points.
    """
    rows = [[[prose.Run(cell)] if isinstance(cell, str) else cell for cell in row] for row in rows]
    rows += [[[] for _ in rows[0]]] * empty
    room = room or _width(place)
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    if tall is None:
        tall = {n for n, row in enumerate(texts) if sum(not cell.strip() for cell in row) > len(row) / 2}
    size, widths = _fitting(texts, room=room / Pt(1), shares=widths, largest=largest)
    drawn = place.add_table(len(rows), len(rows[0]))
    drawn.style = "Table Grid"
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for across, width in enumerate(widths):
        drawn.columns[across].width = Pt(width)
    for down, row in enumerate(rows):
        # A row's cells at once: asked for one by one, python-docx counts the whole table each time.
        for width, cell, runs in zip(widths, drawn.rows[down].cells, row, strict=True):
            cell.width = Pt(width)
            bold = [prose.Run(run.text, bold=True) for run in runs] if down == 0 else runs
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            _runs(cell.paragraphs[0], bold, size=size)
        _whole(drawn.rows[down], head=down == 0, tall=down >= len(rows) - empty or down in tall)
    place.add_paragraph().paragraph_format.space_after = Pt(2)


def _width(page):
    """Between the margins of the last sheet."""
    section = page.sections[-1]
    return section.page_width - section.left_margin - section.right_margin


def _fitting(texts, *, room, shares, largest):
    """The largest letters, of those that can be read on paper, with which no word of a table is broken, and the columns."""
    for size in [size for size in SIZES if size <= largest]:
        widths = office.columns(texts, size=size, room=room, shares=shares)
        if office.unbroken(texts, size=size, widths=widths):
            break
    return size, widths


def figure(page, drawn, *, width=WIDE, tallest=TALLEST, led=False):
    """Show a figure with its message above and its caption below.

    Parameters
    ----------
    page : Document
        Where to.
    drawn : material.Figure
        The figure.
    width : Length
        Of the picture.
    tallest : Length
        A picture that would be taller is drawn smaller.
    led : bool
        Whether the paragraph before leads to the figure, and stays with it.
    """
    if led:
        page.paragraphs[-1].paragraph_format.keep_with_next = True
    message = page.add_paragraph()
    message.paragraph_format.keep_with_next = True
    _runs(message, [prose.Run(drawn.title, bold=True)])
    picture = page.add_paragraph()
    picture.paragraph_format.keep_with_next = True
    shape = picture.add_run().add_picture(str(drawn.picture), width=width)
    if shape.height > tallest:
        shape.width, shape.height = int(shape.width * tallest / shape.height), tallest
    picture._p.find(".//" + qn("wp:docPr")).set("descr", drawn.alt)
    page.add_paragraph(drawn.caption, style="Caption").paragraph_format.keep_with_next = True


def answer(page, *labels, size=None):
    """Leave lines to write on; they stay together on one page.

    Parameters
    ----------
    page : Document
        Where to.
    *labels : str
        What stands at the beginning of each line; perhaps nothing.
    size : float, optional
        Of the letters, in points; lines are wider apart where they are large.
    """
    for number, label in enumerate(labels, start=1):
        line = page.add_paragraph()
        _runs(line, [prose.Run(label)], size=size)
        line.paragraph_format.keep_with_next = number < len(labels)
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(size or 8), Pt(2)
        border = OxmlElement("w:pBdr")
        for side in ("bottom", "between"):  # without the second, Word draws one line below them all
            edge = OxmlElement(f"w:{side}")
            for name, value in {"val": "single", "sz": "4", "space": "1", "color": "9AA7AD"}.items():
                edge.set(qn(f"w:{name}"), value)
            border.append(edge)
        line._p.get_or_add_pPr().append(border)


def _runs(line, runs, *, size=None):
    """Runs into a paragraph; what is stressed is coloured, for Chinese knows no italics."""
    for run in runs:
        part = line.add_run(run.text)
        part.bold = run.bold or None
        if size:
            part.font.size = Pt(size)
        if run.stressed:
            part.font.color.rgb = RGBColor.from_string(office.LEAF)


def _dress(style, size, colour):
    """Size, colour and both fonts of a style; the theme's own fonts are taken off."""
    style.font.size, style.font.name = Pt(size), office.latin()
    style.font.color.rgb, style.font.italic = RGBColor.from_string(colour), False
    style.font.bold = style.name.startswith(("Heading", "Title"))
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), office.latin())
    fonts.set(qn("w:eastAsia"), office.EAST_ASIAN)
    style.paragraph_format.space_after = Pt(5)
    if style.name == "Title":  # the template draws a line below it
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)


def _languages(page):
    """Tell Word which language the text is in."""
    for tag in page.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), pick(en="en-GB", zh="en-US"))
        tag.set(qn("w:eastAsia"), "zh-CN")


def _whole(row, *, head, tall):
    """A row stays on one page; the head is repeated, a row to write in is tall."""
    about = row._tr.get_or_add_trPr()
    about.append(OxmlElement("w:cantSplit"))
    if head:
        about.append(OxmlElement("w:tblHeader"))
    if tall:
        row.height = Cm(0.75)

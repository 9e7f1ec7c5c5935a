"""A4 sheets for Word: styles with both fonts, Markdown, figures, tables, room for answers."""

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from helpers.bank.language import pick
from workshop.kit import office, prose

SHORT, LONG, EDGE = Cm(21.0), Cm(29.7), Cm(2.0)
WIDE, TALLEST = Cm(11.5), Cm(10.5)
SIZES = (10, 9, 8)  # of the letters of a table
STYLES = {"Normal": (11, office.INK), "Title": (20, office.LEAF), "Heading 1": (16, office.LEAF),
          "Heading 2": (13, office.LEAF), "List Bullet": (11, office.INK), "Caption": (9, office.SOFT)}  # fmt: skip


def blank(title, *, below="", across=False):
    """Begin a document.

    Parameters
    ----------
    title : str
        Its first line.
    below : str
        A line below the title, small.
    across : bool
        Landscape.

    Returns
    -------
    Document
        A4, with our styles.
    """
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if across else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = EDGE
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, (size, colour) in STYLES.items():
        _dress(page.styles[name], size, colour)
    _languages(page)
    office.described(page.core_properties, title=title)
    page.add_paragraph(title, style="Title")
    if below:
        page.add_paragraph(below, style="Caption")
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


def write(page, text):
    """Write Markdown.

    Parameters
    ----------
    page : Document
        Where to.
    text : str
        Headings, paragraphs, lists and tables.
    """
    for block in prose.blocks(text):
        if block.kind == "table":
            table(page, block.rows)
        elif block.kind == "heading":
            page.add_heading(block.text, level=min(block.level, 2))
        else:
            marked = block.kind == "item" and not block.text.startswith("☐")
            _runs(page.add_paragraph(style="List Bullet" if marked else None), block.runs)


def table(page, rows, *, widths=None, empty=0):
    """Draw a table with a head.

    Parameters
    ----------
    page : Document
        Where to.
    rows : sequence of sequences
        Cells are text or runs; the head first.
    widths : sequence of float, optional
        Shares of the page's width; by the length of the text otherwise.
    empty : int
        Rows to be filled in by hand, below.
    """
    rows = [[[prose.Run(cell)] if isinstance(cell, str) else cell for cell in row] for row in rows]
    rows += [[[] for _ in rows[0]]] * empty
    section = page.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    size, widths = _fitting(texts, room=room / Pt(1), shares=widths)
    drawn = page.add_table(len(rows), len(rows[0]), style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for across, width in enumerate(widths):
        drawn.columns[across].width = Pt(width)
    for down, row in enumerate(rows):
        for across, runs in enumerate(row):
            cell = drawn.cell(down, across)
            cell.width = drawn.columns[across].width
            bold = [prose.Run(run.text, bold=True) for run in runs] if down == 0 else runs
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            _runs(cell.paragraphs[0], bold, size=size)
        _whole(drawn.rows[down], head=down == 0, tall=down >= len(rows) - empty)
    page.add_paragraph().paragraph_format.space_after = Pt(2)


def _fitting(texts, *, room, shares):
    """The largest letters, of those that can be read on paper, with which no word of a table is broken, and the columns."""
    for size in SIZES:
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


def answer(page, *labels):
    """Leave lines to write on; they stay together on one page.

    Parameters
    ----------
    page : Document
        Where to.
    *labels : str
        What stands at the beginning of each line; perhaps nothing.
    """
    for number, label in enumerate(labels, start=1):
        line = page.add_paragraph(label)
        line.paragraph_format.keep_with_next = number < len(labels)
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(8), Pt(2)
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
        row.height = Cm(0.95)

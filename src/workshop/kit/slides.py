"""Slides drawn into the template: letters for the back row, both fonts on every run, no title with a lone letter."""

import io

from PIL import Image
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from helpers.bank.language import pick
from workshop.kit import masters, office, print_blocks, slide_charts

SIZES = (44, 40, 36, 32, 28, 26, 24, 22, 20)
HEADS = (36, 32, 30, 28, 26, 24)
INK, LEAF, PAPER, SOFT, SAND = (
    MSO_THEME_COLOR.TEXT_1,
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.BACKGROUND_1,
    MSO_THEME_COLOR.TEXT_2,
    MSO_THEME_COLOR.ACCENT_2,
)
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's name for a table without a style
BOTTOM = Inches(6.85)


def deck(specs, *, title, logo=None, colour=None):
    """Draw slides.

    Parameters
    ----------
    specs : list of deck.Spec
        From `deck.plan`.
    title : str
        Of the file.
    logo : Path, optional
        The client's.
    colour : str, optional
        The client's, as six hexadecimal digits.

    Returns
    -------
    bytes
        A ``.pptx``, 16:9.
    """
    show = masters.blank(title=title, logo=logo, colour=colour)
    for spec in specs:
        slide = show.slides.add_slide(masters.layout(show, spec.layout))
        _draw(slide, spec)
        masters.numbered(slide)
        _dress_number(slide)
        _notes(slide, spec)
    held = io.BytesIO()
    show.save(held)
    return held.getvalue()


def _draw(slide, spec):
    bright = spec.layout in ("cover", "divider", "break")
    colour = PAPER if bright else SAND if spec.guess else LEAF
    _headline(slide, spec.title, colour=colour, sizes=(44, 40, *HEADS) if bright else HEADS)
    texts = [shape for shape in slide.placeholders if shape.placeholder_format.idx not in (0, 10, 11, 12)]
    if spec.layout == "agenda":
        half = -(-len(spec.blocks) // 2)
        columns = spec.blocks[:half], spec.blocks[half:]
        size = min(_size(text, blocks, SIZES[4:]) for text, blocks in zip(texts, columns, strict=True))
        for text, blocks in zip(texts, columns, strict=True):
            _fill(text, blocks, sizes=(size,))
    elif spec.layout == "task":
        _fill(texts[0], spec.blocks, sizes=SIZES)
        _timer(texts[1], spec.beside)
    elif spec.figure:
        _picture(slide, spec.figure)
    else:
        _body(slide, texts[0], spec.blocks, bright=bright)


def _headline(slide, text, *, colour, sizes):
    shape = slide.shapes.title
    frame, width = shape.text_frame, masters.points(shape.width) - 20
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    size = office.fitting(
        [text], width=0.94 * width, height=masters.points(shape.height), sizes=sizes, leading=1.2, gap=0
    )
    for number, part in enumerate(office.balanced(text, size=size, width=0.94 * width).split("\v")):
        if number:
            frame.paragraphs[0].add_line_break()
        _write(frame.paragraphs[0], [print_blocks.Run(part, bold=True)], size=size, colour=colour)


def _fill(shape, blocks, *, sizes=SIZES, colour=INK, anchor=MSO_ANCHOR.TOP):
    """Paragraphs and items, as large as fit."""
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    size = _size(shape, blocks, sizes)
    for number, block in enumerate(blocks):
        line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        line.alignment = PP_ALIGN.LEFT
        _write(line, block.runs, size=size, item=block.kind == "item", colour=colour)


def _size(shape, blocks, sizes):
    """The largest letters that fit; a little smaller where a line would hold one or two letters alone."""
    width, height = masters.points(shape.width) - 40, masters.points(shape.height) - 10
    texts = [block.text for block in blocks]
    size = office.fitting(texts, width=width, height=height, sizes=sizes)
    tidy = [
        one
        for one in sizes
        if 0.8 * size <= one <= size and not any(office.lonely(text, size=one, width=width) for text in texts)
    ]
    return tidy[0] if tidy else size


def _timer(shape, text):
    """Minutes, as a numeral that is seen from the back."""
    number, word = text.split("\n")
    frame = shape.text_frame
    for line, (part, size) in zip(
        (frame.paragraphs[0], frame.add_paragraph()), ((number, 72), (word, 24)), strict=True
    ):
        line.alignment = PP_ALIGN.CENTER
        _write(line, [print_blocks.Run(part, bold=True)], size=size, colour=SAND, gap=0)


def _body(slide, shape, blocks, *, bright):
    """Texts in their place; a table below them, or instead of them."""
    tables = [block for block in blocks if block.kind == "table"]
    texts = [block for block in blocks if block.kind != "table"]
    if not tables:
        if bright:
            _fill(shape, texts, colour=PAPER, sizes=SIZES[4:])
        else:
            _fill(shape, texts, anchor=MSO_ANCHOR.MIDDLE)
        return
    top = shape.top
    if texts:
        masters.place(shape, shape.left, shape.top, shape.width, Inches(1.1))
        _fill(shape, texts, sizes=SIZES[4:])
        top += Inches(1.15)
    else:
        shape._element.getparent().remove(shape._element)
    _table(slide, tables[0].rows, top=top)


def _picture(slide, figure):
    """A chart that can be edited, or the picture as large as fits; its caption below, its alternative text behind it."""
    top, below, line = Inches(1.5), Inches(0.45), masters.LINE
    read = figure.read.get("chart")
    if slide_charts.fits(read, width=masters.points(line)):
        slide_charts.draw(slide, read, (masters.EDGE, top, line, BOTTOM - top - below), alt=figure.alt)
    else:
        with Image.open(figure.room) as image:
            wide, high = image.size
        scale = min(line / wide, (BOTTOM - top - below) / high)
        size = int(wide * scale), int(high * scale)
        picture = slide.shapes.add_picture(str(figure.room), (masters.WIDTH - size[0]) // 2, top, *size)
        picture._element.nvPicPr.cNvPr.set("descr", figure.alt)
    box = slide.shapes.add_textbox(masters.EDGE, BOTTOM - below, line, below)
    box.text_frame.word_wrap = True
    source = pick(en="Qingyu Bank, simulated. Lines, where there are any: 95 % intervals; details in the notes.",
                  zh="青屿银行（模拟）。图上如有线段，就是 95% 区间；口径见备注。")  # fmt: skip
    _write(box.text_frame.paragraphs[0], [print_blocks.Run(source)], size=14, colour=SOFT, gap=0)


def _table(slide, rows, *, top):
    """A plain table, its letters as large as fit."""
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    line, smallest = masters.points(masters.LINE), (18,) if len(rows[0]) < 6 else (18, 16)
    leading = pick(en=1.3, zh=1.35)  # fonts with Chinese letters stand further apart
    for size in [*(size for size in SIZES if size <= 26), *smallest]:
        widths = office.columns(texts, size=size, room=line, padding=16)
        high = [max(office.lines(text, size=size, width=width - 16) for text, width in zip(row, widths, strict=True))
                * leading * size + 4 for row in texts]  # fmt: skip
        if sum(high) <= masters.points(BOTTOM - top) and office.unbroken(
            texts, size=size, widths=widths, padding=16
        ):
            break
    shape = slide.shapes.add_table(len(rows), len(rows[0]), masters.EDGE, top, masters.LINE, Pt(sum(high)))
    shape._element.graphic.graphicData.tbl[0].find(qn("a:tableStyleId")).text = PLAIN
    for n, width in enumerate(widths):
        shape.table.columns[n].width = Pt(width)
    for down, row in enumerate(rows):
        shape.table.rows[down].height = Pt(high[down])
        for across, runs in enumerate(row):
            cell = shape.table.cell(down, across)
            cell.vertical_anchor, cell.margin_top, cell.margin_bottom = MSO_ANCHOR.MIDDLE, Pt(1), Pt(1)
            bold = [print_blocks.Run(run.text, bold=True) for run in runs] if down == 0 else runs
            _write(cell.text_frame.paragraphs[0], bold, size=size, colour=INK if down else LEAF, gap=0)


def _dress_number(slide):
    """The page number's font, as everywhere."""
    for shape in slide.placeholders:
        if shape.placeholder_format.idx == 12:
            for field in shape._element.iter(qn("a:fld")):
                about = field.find(qn("a:rPr"))
                if about is not None:
                    about.set("sz", "1400")


def _notes(slide, spec):
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(spec.notes)
    for line in frame.paragraphs:
        for run in line.runs:
            _font(run, 12)


def _write(line, runs, *, size, colour=INK, item=False, gap=0.4):
    """Runs into a paragraph; what is stressed is coloured, for Chinese knows no italics."""
    line.space_after, line.line_spacing = Pt(size * gap), 1.1
    about = line._p.get_or_add_pPr()
    about.insert(0, about.makeelement(qn("a:buNone"), {})) if about.find(qn("a:buNone")) is None else None
    about.set("marL", "0"), about.set("indent", "0")
    for run in [print_blocks.Run("• ")] * item + list(runs):
        part = line.add_run()
        part.text = run.text
        _font(part, size)
        part.font.bold = run.bold
        part.font.color.theme_color = LEAF if run.stressed else colour


def _font(part, size):
    """Size, both fonts, and the language that the spelling checker needs."""
    part.font.size, part.font.name = Pt(size), office.latin()
    about = part._r.get_or_add_rPr()
    about.set("lang", pick(en="en-GB", zh="zh-CN"))
    about.set("altLang", "en-US")
    about.append(about.makeelement(qn("a:ea"), {"typeface": office.EAST_ASIAN}))

"""Slides: one message each, the headline editable, what to say in the notes."""

import io
import re
from dataclasses import replace

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from helpers.bank.language import pick
from workshop.kit import office, prose

WIDTH, HEIGHT, EDGE = Emu(12192000), Emu(6858000), Inches(0.7)  # 16:9
LINE = Emu(WIDTH - 2 * EDGE)
TOP, FOOT = Inches(1.6), Inches(6.95)  # between them stands the message
PLAIN, CRAMPED = 18, 16  # smallest letters of a table; of one with more columns than a room should read
SIZES = (36, 32, 30, 28, 26, 24, 22, 20, 18)
THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"


def deck(lesson):
    """Draw the slides of one lesson.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its pieces tagged ``slide`` become slides, in order, and whatever else its minute plan names.

    Returns
    -------
    bytes
        A ``.pptx``, 16:9.
    """
    show = _blank(title=f"{lesson.name} · {lesson.question}")
    for piece in _chosen(lesson):
        slide = show.slides.add_slide(show.slide_layouts[0])
        _draw(slide, piece, lesson)
        _foot(slide, piece, lesson)
        _notes(slide, piece, lesson)
    held = io.BytesIO()
    show.save(held)
    return held.getvalue()


def _chosen(lesson):
    """The tagged pieces; of a screen that the minute plan names and nobody tagged, its heading and its figures."""
    tagged = {piece.screen for piece in lesson.pieces if "slide" in piece.tags}
    bare = {screen for row in lesson.plan for screen in row.screens} - tagged
    for piece in lesson.pieces:
        named = (
            piece.screen in bare
            and "handout" not in piece.tags
            and (piece.figure or piece.text.startswith("## "))
        )
        if "slide" in piece.tags or named:
            yield replace(piece, text=f"{piece.text}\n\n{_turn(piece, lesson)}") if piece.text else piece


def _turn(piece, lesson):
    """Where the figure or table is that this screen shows and no slide can hold."""
    paper = [
        other
        for other in lesson.pieces
        if other.screen == piece.screen and other.tags & {"slide", "handout"} == {"handout"}
    ]
    if not piece.text.startswith("## ") or not paper:
        return ""
    if any(other.figure for other in paper):
        return pick(en="**The figure is on your handout.**", zh="**图在讲义上，请翻到那一页。**")
    return (
        ""
        if "|---" in piece.text
        else pick(en="**The table is on your handout.**", zh="**表在讲义上，请翻到那一页。**")
    )


def _blank(*, title):
    """An empty 16:9 presentation with one layout, a headline alone, and our fonts."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    for layout in list(show.slide_layouts):
        if layout.name != "Title Only":
            show.slide_layouts.remove(layout)
    master, layout = show.slide_master, show.slide_layouts[0]
    for shape in [*master.placeholders, *layout.placeholders]:
        if "title" in shape.name.lower():
            _place(shape, EDGE, Inches(0.35), LINE, Inches(1.2))
        else:
            shape.element.getparent().remove(shape.element)
    _fonts(master.part.part_related_by(THEME))
    style = master.element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    office.described(show.core_properties, title=title)
    return show


def _fonts(theme):
    """Name the fonts in the theme, so that a trainer changes them in one place."""
    tree = etree.fromstring(theme.blob)
    for group in ("a:majorFont", "a:minorFont"):
        font = tree.find(f".//{group}", {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"})
        font.find(qn("a:latin")).set("typeface", office.latin())
        font.find(qn("a:ea")).set("typeface", office.EAST_ASIAN)
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _draw(slide, piece, lesson):
    """Headline and message."""
    if piece.figure:
        _picture(slide, piece.figure, top=_message(slide, piece.figure.title))
        return
    text = re.sub(r"^\*\*.*?\*\*", "", piece.text) if "predict" in piece.tags else piece.text
    blocks = prose.blocks(text)
    head = next((block for block in blocks if block.kind == "heading"), None)
    if "predict" in piece.tags:
        _headline(slide, pick(en="Your prediction", zh="先猜再看"), colour=office.SAND)
    else:
        _headline(slide, re.sub(r"^\d\d · ", "", head.text) if head else lesson.question)
    _body(slide, [block for block in blocks if block is not head])


def _headline(slide, text, *, colour=office.LEAF, sizes=(36, 32, 28, 26)):
    frame = slide.shapes.title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    size = office.fitting([text], width=LINE.pt - 16, height=86, sizes=sizes, leading=1.2, gap=0)
    _write(frame.paragraphs[0], [prose.Run(text, bold=True)], size=size, colour=colour)


def _message(slide, text):
    """A figure's message on as few lines as it needs, so that the figure is large; where the figure may begin."""
    wide = 0.9 * LINE.pt  # bold, and Chinese beside digits, is wider than we guess
    size = next((size for size in (36, 32, 30, 28, 26) if office.lines(text, size=size, width=wide) == 1), 26)
    high = Inches(0.8 if office.lines(text, size=size, width=wide) == 1 else 1.2)
    _place(slide.shapes.title, EDGE, Inches(0.25), LINE, high)
    _headline(slide, text, sizes=(size, 26))
    return Inches(0.25) + high


def _picture(slide, figure, *, top):
    """The picture, as large as fits, its caption below it, its alternative text behind it."""
    with Image.open(figure.picture) as image:
        wide, high = image.size
    small = 18 if office.lines(figure.caption, size=18, width=LINE.pt - 16) == 1 else 14
    below = Inches(0.4 if office.lines(figure.caption, size=small, width=LINE.pt - 16) == 1 else 0.6)
    scale = min(LINE / wide, (FOOT - top - below) / high)
    size = int(wide * scale), int(high * scale)
    picture = slide.shapes.add_picture(str(figure.picture), (WIDTH - size[0]) // 2, top, *size)
    picture._element.nvPicPr.cNvPr.set("descr", figure.alt)
    box = slide.shapes.add_textbox(EDGE, FOOT - below, LINE, below)
    box.text_frame.word_wrap = True
    _write(box.text_frame.paragraphs[0], [prose.Run(figure.caption)], size=small, colour=office.SOFT)


def _body(slide, blocks):
    """Paragraphs and items in a box, a table below them where there is one."""
    tables = [block for block in blocks if block.kind == "table"]
    texts = [block for block in blocks if block.kind != "table"]
    room = (FOOT - TOP) // (3 if tables else 1)
    if texts:
        box = slide.shapes.add_textbox(EDGE, TOP, LINE, room)
        box.text_frame.word_wrap = True
        size = office.fitting(
            [block.text for block in texts], width=LINE.pt - 40, height=Emu(room).pt - 10,
            sizes=[size for size in SIZES if size <= 22 or not tables],
        )  # fmt: skip
        if tables:  # the table stands right below, and may be large
            lines = sum(office.lines(block.text, size=size, width=LINE.pt - 40) for block in texts)
            box.height = room = min(room, Pt(size * (1.45 * lines + 0.5 * len(texts)) + 8))
        for number, block in enumerate(texts):
            line = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
            _write(line, block.runs, size=size, item=block.kind == "item")
    for table in tables:
        _table(slide, table.rows, top=TOP + room if texts else TOP)


def _table(slide, rows, *, top):
    """A plain table, its letters as large as fit."""
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    smallest = PLAIN if len(rows[0]) < 7 else CRAMPED
    for size in [*(size for size in SIZES if smallest < size <= 24), smallest]:
        widths = office.columns(texts, size=size, room=LINE.pt, padding=16)
        high = [max(office.lines(text, size=size, width=width - 16) for text, width in zip(row, widths, strict=True))
                * 1.35 * size + 4 for row in texts]  # fmt: skip
        if sum(high) <= Emu(FOOT - top).pt and office.unbroken(texts, size=size, widths=widths, padding=16):
            break
    shape = slide.shapes.add_table(len(rows), len(rows[0]), EDGE, top, LINE, Pt(sum(high)))
    shape._element.graphic.graphicData.tbl[0].find(
        qn("a:tableStyleId")
    ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    for n, width in enumerate(widths):
        shape.table.columns[n].width = Pt(width)
    for down, row in enumerate(rows):
        shape.table.rows[down].height = Pt(high[down])
        for across, runs in enumerate(row):
            cell = shape.table.cell(down, across)
            cell.vertical_anchor, cell.margin_top, cell.margin_bottom = MSO_ANCHOR.MIDDLE, Pt(1), Pt(1)
            bold = [prose.Run(run.text, bold=True) for run in runs] if down == 0 else runs
            _write(
                cell.text_frame.paragraphs[0],
                bold,
                size=size,
                colour=office.INK if down else office.LEAF,
                gap=0,
            )


def _foot(slide, piece, lesson):
    """Where we are: lesson, and the screen of the classroom page that shows the same."""
    text = pick(
        en=f"{lesson.name} · classroom page, screen {piece.screen} · Qingyu Bank is fictional and simulated",
        zh=f"{lesson.name} · 课堂页面第 {piece.screen} 屏 · 青屿银行为虚构，数据为模拟",
    )
    box = slide.shapes.add_textbox(EDGE, Inches(7.0), LINE, Inches(0.35))
    box.text_frame.word_wrap = True
    _write(box.text_frame.paragraphs[0], [prose.Run(text)], size=12, colour=office.SOFT)


def _notes(slide, piece, lesson):
    """What the minute plan says to this screen, then what the lesson says around it."""
    rows = [row for row in lesson.plan if piece.screen in row.screens]
    must = {True: pick(en="must", zh="必讲"), False: pick(en="optional", zh="选讲")}
    said = [
        pick(en=f"Minutes {row.start}–{row.end} ({must[row.must]}). Say: {row.say}",
             zh=f"第 {row.start}–{row.end} 分钟（{must[row.must]}）。可以这样说：{row.say}")
        for row in rows
    ]  # fmt: skip
    around = [
        other
        for other in lesson.pieces
        if other.screen == piece.screen and not other.tags & {"slide", "predict"}
    ]
    said += [prose.plain(other.text) for other in around if other.text]
    if piece.figure:
        said.append(pick(en="In the figure: ", zh="图里是：") + piece.figure.alt)
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(filter(None, said)) or lesson.question
    for line in frame.paragraphs:
        for run in line.runs:
            _font(run, 12)


def _write(line, runs, *, size, colour=office.INK, item=False, gap=0.4):
    """Runs into a paragraph; what is stressed is coloured, for Chinese knows no italics."""
    line.space_after, line.line_spacing = Pt(size * gap), 1.1
    for run in [prose.Run("• ")] * item + list(runs):
        part = line.add_run()
        part.text = run.text
        _font(part, size)
        part.font.bold = run.bold
        part.font.color.rgb = RGBColor.from_string(office.LEAF if run.stressed else colour)


def _font(part, size):
    """Size, both fonts, and the language that the spelling checker needs."""
    part.font.size, part.font.name = Pt(size), office.latin()
    about = part._r.get_or_add_rPr()
    about.set("lang", pick(en="en-GB", zh="zh-CN"))
    about.set("altLang", "en-US")
    about.append(about.makeelement(qn("a:ea"), {"typeface": office.EAST_ASIAN}))


def _place(shape, left, top, width, height):
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)

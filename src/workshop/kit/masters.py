"""The template of all slides: eight layouts, one theme to recolour, a place for the client's logo, page numbers."""

import copy

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from helpers.bank.language import wrong
from workshop.kit import office

WIDTH, HEIGHT, EDGE = Emu(12192000), Emu(6858000), Inches(0.7)  # 16:9
LINE = Emu(WIDTH - 2 * EDGE)
LOGO = (Inches(11.35), Inches(0.3), Inches(1.4), Inches(0.7))
HEAD = (EDGE, Inches(0.35), Inches(10.4), Inches(1.1))
BODY = (EDGE, Inches(1.7), LINE, Inches(4.9))
FOOT, NUMBER = (
    (EDGE, Inches(6.95), Inches(9), Inches(0.35)),
    (Inches(11.6), Inches(6.95), Inches(1.1), Inches(0.35)),
)
THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
SPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
# Layout → (the default template's layout that it is made of, where title and texts stand, whether the ground is coloured).
MADE = {
    "cover": ("Title Slide", (EDGE, Inches(2.0), LINE, Inches(1.8)), [(EDGE, Inches(3.9), LINE, Inches(1.8))], True),
    "agenda": ("Two Content", HEAD, [(EDGE, Inches(1.6), Inches(5.8), Inches(5.2)),
                                     (Inches(6.85), Inches(1.6), Inches(5.8), Inches(5.2))], False),
    "divider": ("Section Header", (EDGE, Inches(2.3), LINE, Inches(1.8)), [(EDGE, Inches(4.2), LINE, Inches(1.8))], True),
    "idea": ("Title and Content", HEAD, [BODY], False),
    "figure": ("Title Only", HEAD, [], False),
    "task": ("Content with Caption", HEAD, [(EDGE, Inches(1.8), Inches(9.2), Inches(4.8)),
                                            (Inches(10.1), Inches(1.8), Inches(2.5), Inches(2.0))], False),
    "break": ("Picture with Caption", (EDGE, Inches(2.0), LINE, Inches(1.6)), [(EDGE, Inches(3.8), LINE, Inches(1.2))], True),
    "closing": ("Comparison", HEAD, [BODY], False),
}  # fmt: skip


def blank(*, title, logo=None, colour=None):
    """Begin a presentation.

    Parameters
    ----------
    title : str
        For its properties.
    logo : Path, optional
        A picture for the upper right corner of every slide.
    colour : str, optional
        The client's colour, as ``"0B6B62"``.

    Returns
    -------
    Presentation
        16:9, without slides.

    Raises
    ------
    WrongValue
        If the logo is not a picture.
    """
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    master = show.slide_master
    _theme(master.part.part_related_by(THEME), (colour or office.LEAF).lstrip("#").upper())
    _master(master)
    named = {layout.name: layout for layout in show.slide_layouts}
    for name, (old, head, texts, coloured) in MADE.items():
        _layout(named.pop(old), name, head, texts, coloured)
    for layout in named.values():
        show.slide_layouts.remove(layout)
    if logo:
        _logo(master, logo)
    office.described(show.core_properties, title=title)
    return show


def layout(show, name):
    """Find a layout.

    Parameters
    ----------
    show : Presentation
        From `blank`.
    name : str
        A key of `MADE`.

    Returns
    -------
    SlideLayout
        Of that name.
    """
    return show.slide_layouts.get_by_name(name)


def place(shape, left, top, width, height):
    """Put a shape somewhere.

    Parameters
    ----------
    shape : Shape
        Of a slide or layout.
    left, top, width, height : Length
        Where, and how large.
    """
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)


def numbered(slide):
    """Show the page number that the layout has a place for.

    Parameters
    ----------
    slide : Slide
        Of this template.
    """
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.type is not None and "SLIDE_NUMBER" in str(shape.placeholder_format.type):
            slide.shapes._spTree.append(copy.deepcopy(shape._element))


def _theme(part, colour):
    """Fonts and colours stand in the theme alone: changed there, every slide changes."""
    tree = etree.fromstring(part.blob)
    for group in ("a:majorFont", "a:minorFont"):
        font = tree.find(f".//{group}", SPACE)
        font.find(qn("a:latin")).set("typeface", office.latin())
        font.find(qn("a:ea")).set("typeface", office.EAST_ASIAN)
    colours = {"dk1": office.INK, "lt1": "FFFFFF", "dk2": office.SOFT, "lt2": "E8F3F1", "accent1": colour,
               "accent2": office.SAND}  # fmt: skip
    for name, value in colours.items():
        slot = tree.find(f".//a:clrScheme/a:{name}", SPACE)
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", value)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _master(master):
    for shape in master.placeholders:
        kind = str(shape.placeholder_format.type)
        if "TITLE" in kind:
            place(shape, *HEAD)
        elif "BODY" in kind:
            place(shape, *BODY)
        elif "SLIDE_NUMBER" in kind:
            place(shape, *NUMBER)
        elif "FOOTER" in kind:
            place(shape, *FOOT)
        else:
            shape._element.getparent().remove(shape._element)
    style = master.element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    bar = master.part.slide_master.shapes._spTree
    bar.insert(2, _bar())


def _bar():
    """A thin line in the client's colour at the left edge of every slide."""
    return etree.fromstring(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="90" name="bar"/>'
        '<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{Inches(0.18)}" cy="{HEIGHT}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
    )


def _layout(layout, name, head, texts, coloured):
    layout.name, texts = name, list(texts)
    for shape in list(layout.placeholders):
        kind = str(shape.placeholder_format.type)
        if "TITLE" in kind and "SUB" not in kind:
            place(shape, *head)
        elif "SLIDE_NUMBER" in kind:
            place(shape, *NUMBER)
        elif texts and not any(word in kind for word in ("DATE", "FOOTER", "PICTURE")):
            place(shape, *texts.pop(0))
        else:
            shape._element.getparent().remove(shape._element)
    for style in layout.element.iter(qn("a:defRPr")):
        style.attrib.pop("cap", None)  # no shouting
    if coloured:
        _ground(layout)


def _ground(layout):
    """Fill the ground with the client's colour."""
    ground = etree.fromstring(
        '<p:bg xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:bgPr><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    layout.element.cSld.insert(0, ground)


def _logo(master, logo):
    try:
        with Image.open(logo) as picture:
            picture.load()  # a file cut short opens well
        part, link = master.part.get_or_add_image_part(str(logo))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise wrong("workshop.masters.logo", logo=logo) from error
    wide, high = part.scale(None, LOGO[3])
    scale = min(1, LOGO[2] / wide)
    wide, high = int(wide * scale), int(high * scale)
    picture = master.shapes._spTree
    picture.append(etree.fromstring(
        '<p:pic xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvPicPr>'
        '<p:cNvPr id="91" name="logo" descr="logo"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        f'<a:off x="{LOGO[0] + LOGO[2] - wide}" y="{LOGO[1]}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        # On a coloured ground the transparent part of a logo is white.
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></p:spPr></p:pic>'
    ))  # fmt: skip


def points(length):
    """Say a length in points.

    Parameters
    ----------
    length : Length
        In EMU.

    Returns
    -------
    float
        In points.
    """
    return length / Pt(1)

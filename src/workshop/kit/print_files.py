"""One file to print for each reader, in the order in which it is needed: participants, observers, trainer, branch, wall."""

import io

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from helpers.bank.language import pick
from workshop.kit import paper, paper_sheets, pdfs, print_packs, wallmaps

PARTICIPANTS = ("participant_before", "participant_after", "participant_end")
OBSERVER = "observer"
WALL = "wall"


def titles():
    """Name the readers, and say how many copies a room needs.

    Returns
    -------
    dict
        Reader → ``(title, what is in it, copies)``; copies as `Route.counted` takes them.
    """
    return {
        "participants": pick(
            en=("participants", "packs 1, 2 and 5; hand them out pack by pack", "{people}: one each"),
            zh=("学员", "第 1、2、5 包；分三次发", "{people} 份：每人一份"),
        ),
        "observers": pick(
            en=("observers", "observer's sheet, sheet for the lobby", "{threes}: one for three people"),
            zh=("观察员", "观察员记录表、大堂观察记录纸", "{threes} 份：三人一份"),
        ),
        "trainer": pick(
            en=("trainer", "timetable, handbook, checklist, answers, tally, attendance", "1: for you"),
            zh=("讲师", "时间表、手册、准备清单、参考答案、计票单、签到表", "1 份：讲师自己用"),
        ),
        "branch": pick(
            en=("branch", "thirty days, sheet for the lobby", "one for each branch"),
            zh=("网点", "三十天观察表、大堂观察记录纸", "每家网点 1 份"),
        ),
        WALL: pick(en=("wall, A3", "all charts", "1"), zh=("墙上 A3", "全部挂图", "1 份")),
    }


def place(names, reader):
    """Say what a reader's file is called in the kit.

    Parameters
    ----------
    names : dict
        From `kit_names.names`.
    reader : str
        A key of `titles`.

    Returns
    -------
    str
        Folder and name.
    """
    title = titles()[reader][0]
    folder = names["maps"] if reader == WALL else names["print"]
    return f"{folder}/{pick(en=f'all in one, {title}', zh=f'合订本 {title}')}.pdf"


def made(documents, charts, *, names, route, home):
    """Make each reader's file.

    Parameters
    ----------
    documents : dict
        Name in the kit → bytes, of every ``.docx``.
    charts : sequence of callable
        Each draws a wall chart.
    names : dict
        From `kit_names.names`.
    route : routes.Route
        The route.
    home : Path
        The collection's folder.

    Returns
    -------
    dict
        Name in the kit → bytes of a PDF.
    """
    held = {
        f"{reader}.docx": joined(parts, title=titles()[reader][0])
        for reader, parts in _parts(documents, names, route, home).items()
    }
    made = {place(names, name.removesuffix(".pdf")): pdf for name, pdf in pdfs.converted(held).items()}
    made[place(names, WALL)] = wallmaps.whole([chart() for chart in charts], title=titles()[WALL][0])
    return made


def _parts(documents, names, route, home):
    listed = print_packs.listed(route, home)

    def pack(name):
        return [documents[f"{names['print']}/{listed[name][0]}.docx"]] if name in listed else []

    lobby = documents[f"{names['print']}/{names['observation_paper']}"]
    sheet = paper_sheets.read(home)[1][OBSERVER]
    page = paper.pack(sheet.title)
    paper_sheets.draw(page, sheet, paper_sheets.text(home, OBSERVER, route=route.title))
    own = [documents[names[name]] for name in ("timetable", "handbook", "checklist", "answers")]
    return {
        "participants": [part for name in PARTICIPANTS for part in pack(name)],
        "observers": [paper.saved(page), lobby],
        "trainer": [*own, *pack("once")],
        "branch": [*pack("home"), lobby],
    }


def joined(documents, *, title):
    """Put documents one behind the other, each from a new page on.

    Parameters
    ----------
    documents : sequence of bytes
        From `paper.saved`.
    title : str
        Of the whole.

    Returns
    -------
    bytes
        A ``.docx``; pages keep their size, pictures are taken along.
    """
    whole = paper.pack(title)
    body = whole.element.body
    last = body.sectPr
    for number, held in enumerate(documents):
        one = Document(io.BytesIO(held))
        if number:  # what has been written so far ends a section of its own
            end = whole.add_paragraph()
            end.paragraph_format.space_after, end.paragraph_format.line_spacing = Pt(0), Pt(1)
            end._p.get_or_add_pPr().append(last)
        for child in list(one.element.body):
            for picture in child.iter(qn("a:blip")):
                part = one.part.related_parts[picture.get(qn("r:embed"))]
                image = whole.part.package.get_or_add_image_part(io.BytesIO(part.blob))
                picture.set(qn("r:embed"), whole.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE))
            if child.tag == qn("w:sectPr"):
                last = child
            else:
                body.append(child)
        if body.sectPr is not None:
            body.remove(body.sectPr)
        body.append(last)
    return paper.saved(whole)

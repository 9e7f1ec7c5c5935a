"""``course kit``: everything for one route in one language, in one zip."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tqdm import tqdm

from helpers.bank import data, language
from helpers.bank.language import pick, wrong
from helpers.figures import style
from workshop.build import index, yamlfile
from workshop.kit import (
    archive,
    branch_workbooks,
    day_minutes,
    day_routes,
    deck,
    exam,
    guide,
    handouts,
    kit_lessons,
    kit_pages,
    masters,
    paper_questionnaires,
    pdfs,
    print_files,
    print_packs,
    room_list,
    slides,
    try_page,
    wallmaps,
)
from workshop.kit import kit_names as naming

BANK, FONT_LICENCE = "qingyu_bank", "licences/OFL-1.1.txt"
JOURNEYS = ("account_opening", "loan_application", "complaint_handling")


@dataclass(frozen=True)
class Client:
    """Whose training day it is, and how it is printed.

    Parameters
    ----------
    logo : Path or None
        A picture for every slide.
    colour : str or None
        Six hexadecimal digits, for slides.
    pdf : bool
        Whether what is printed comes as PDF too.
    people : int
        How many take part.
    """

    logo: Path | None = None
    colour: str | None = None
    pdf: bool = False
    people: int = 30


def make(route, *, home, spoken, out=None, client=Client()):
    """Build a kit.

    Parameters
    ----------
    route : str
        Its id in ``course.yml``.
    home : Path
        The collection's folder.
    spoken : {"en", "zh"}
        The reader's language.
    out : Path, optional
        The folder for the zip; ``build`` by default.
    client : Client
        Logo and colour.

    Returns
    -------
    Path
        The zip.

    Raises
    ------
    WrongValue
        If there is no such route, it cannot be taught, a lesson fails, or the folder cannot be written to.
    """
    language.use(spoken)
    chosen = day_routes.chosen(index.read(home / "course" / "course.yml"), route, home=home)
    chosen = replace(chosen, people=client.people)
    named, out = naming.names(), Path(out or home / "build")
    if out.exists() and not out.is_dir():
        raise wrong("workshop.kit.out", out=out)
    if client.logo:
        masters.blank(title="", logo=client.logo)  # refused now, not after the lessons have run
    ready = kit_lessons.prepared(chosen, home=home, language=spoken, places=naming.places(named))
    contents = _files(chosen, ready, home=home, spoken=spoken, client=client)
    root = named["kit"].format(route=chosen.title)
    archive.write(out / f"{root}.zip", {f"{root}/{name}": held for name, held in contents.items()})
    return out / f"{root}.zip"


def _files(route, ready, *, home, spoken, client=Client()):
    """Make every file of a kit.

    Parameters
    ----------
    route : routes.Route
        The route.
    ready : list of lessons.Lesson
        From `kit_lessons.prepared`.
    home : Path
        The collection's folder.
    spoken : {"en", "zh"}
        The reader's language.
    client : Client
        Logo and colour.

    Returns
    -------
    dict
        Name → bytes.
    """
    style.use(language=spoken, codebook=data.codebook(BANK))
    names, slots = naming.names(), day_minutes.laid(route, ready)
    makers = _held(route, ready, slots, names, home, client)
    makers |= _printed(route, ready, names, home) | _templates(names, home) | _walls(route, names)
    for lesson in ready:
        makers[f"{names['pages']}/{lesson.name}.html"] = partial(_page, lesson, spoken, names)
    makers |= _phones(route, names, home)
    made = {}
    bar = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt}/{total_fmt} · {elapsed}"
    for name, maker in tqdm(makers.items(), desc=pick(en="Packing", zh="正在打包"), bar_format=bar):
        held = maker()
        made[name] = archive.settled(held) if name.endswith(("docx", "pptx", "xlsx")) else held
    if client.pdf:
        documents = {name: held for name, held in made.items() if name.endswith(".docx")}
        made |= pdfs.converted(documents)
        made |= print_files.made(
            documents, _charts(route, names).values(), names=names, route=route, home=home
        )
    places = [*made, names["it"]]
    made[names["start"]] = kit_pages.start(route, slots, names=names, places=places, home=home).encode()
    licence = (home / FONT_LICENCE).read_text(encoding="utf-8")
    made[names["it"]] = kit_pages.department(made, names=names, licence=licence).encode()
    return made


def _page(lesson, spoken, names):
    return kit_lessons.page(lesson, language=spoken, home=f"../{names['start']}").encode()


def _phones(route, names, home):
    """What is opened on a phone or by the assistant, where an activity needs it."""
    needed = {sheet for activity in route.activities for sheet in activity.material}
    makers = {}
    if "test_after" in needed:
        makers["quiz"] = lambda: kit_pages.quiz(exam.read(home)[0]).encode()
    if "tally" in needed:
        makers["vote"] = lambda: kit_pages.vote(data.codebook(BANK)).encode()
    if {table for lesson in route.lessons for table in lesson["tables"]} >= try_page.NEEDED:
        makers["hands"] = lambda: try_page.page(BANK, opened=JOURNEYS[0]).encode()
    return {f"{names['pages']}/{names[name]}": maker for name, maker in makers.items()}


def _held(route, ready, slots, names, home, client):
    """What the trainer holds: name → function that makes it."""
    specs = deck.plan(route, slots)
    return {
        names["timetable"]: lambda: guide.timetable(route, slots),
        names["handbook"]: lambda: guide.handbook(route, slots, specs, home=home),
        names["checklist"]: lambda: room_list.checklist(route, names, home=home, pdf=client.pdf),
        names["slides"]: lambda: slides.deck(
            specs, title=route.title, logo=client.logo, colour=client.colour
        ),
        names["answers"]: lambda: handouts.answers(ready, *exam.read(home)),
    }


def _printed(route, ready, names, home):
    """What is printed: one pack for each kind of reader."""
    book = data.codebook(BANK)
    makers = {
        f"{names['print']}/{title}.docx": partial(print_packs.made, pack, route, ready, home=home, book=book)
        for pack, (title, _, _) in print_packs.listed(route, home).items()
    }
    return makers | {f"{names['print']}/{names['observation_paper']}": handouts.observation_sheet}


def _templates(names, home):
    """What they take home and fill in."""
    book, folder = data.codebook(BANK), names["templates"]
    filled = yamlfile.read(home / "course" / "day" / "complaint_filled.yml")
    made = branch_workbooks.workbooks(book, filled) | {"test_book": exam.workbook(*exam.read(home))}
    return {f"{folder}/{names[name]}": partial(bytes, held) for name, held in made.items()} | {
        f"{folder}/{names['short_form']}": lambda: paper_questionnaires.short(book),
        f"{folder}/{names['full_form']}": lambda: paper_questionnaires.full(book),
    }


def _walls(route, names):
    """Wall charts, a file each."""
    return {
        name: lambda drawn=drawn: wallmaps.saved(drawn()) for name, drawn in _charts(route, names).items()
    }


def _charts(route, names):
    """What draws each wall chart, in the order in which they are hung up."""
    book, folder = data.codebook(BANK), names["maps"]
    drawn = {
        f"{folder}/{book.label(journey)}.pdf": partial(wallmaps.journey_map, BANK, journey=journey)
        for journey in JOURNEYS
    }
    if any("data_map" in lesson.get("sheets", []) for lesson in route.lessons):
        drawn[f"{folder}/{names['data_map']}"] = partial(wallmaps.tables, book)
    if any("blank_map" in activity.material for activity in route.activities):
        drawn[f"{folder}/{names['blank_map']}"] = wallmaps.blank
    return drawn

"""``course kit``: everything for one route in one language, in one zip."""

from pathlib import Path

from tqdm import tqdm

from helpers.bank import data, language
from helpers.bank.language import WrongValue, pick
from helpers.figures import style
from workshop.build import index
from workshop.kit import (
    archive,
    entry,
    guide,
    handouts,
    lessons,
    minutes,
    questionnaires,
    routes,
    sheets,
    slides,
    wallmaps,
)
from workshop.kit import names as naming

BANK, FONT_LICENCE = "qingyu_bank", "licences/OFL-1.1.txt"
JOURNEYS = ("account_opening", "loan_application", "complaint_handling")


def make(route, *, home, spoken, out=None):
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
    chosen = routes.chosen(index.read(home / "course" / "course.yml"), route)
    named, out = naming.names(), Path(out or home / "build")
    if out.exists() and not out.is_dir():
        raise WrongValue(
            en=f"`--out` must be a folder; {out} is a file. Name another one.",
            zh=f"`--out` 应该是文件夹；{out} 是一个文件。请换一个。",
        )
    ready = lessons.prepared(chosen, home=home, language=spoken, places=naming.places(named))
    licence = (home / FONT_LICENCE).read_text(encoding="utf-8")
    contents = files(chosen, ready, names=named, spoken=spoken, licence=licence)
    root = named["kit"].format(route=chosen.title)
    archive.write(out / f"{root}.zip", {f"{root}/{name}": held for name, held in contents.items()})
    return out / f"{root}.zip"


def files(route, ready, *, names, spoken, licence):
    """Make every file of a kit.

    Parameters
    ----------
    route : routes.Route
        The route.
    ready : list of lessons.Lesson
        From `lessons.prepared`.
    names : dict
        From `names.names`.
    spoken : {"en", "zh"}
        The reader's language.
    licence : str
        The licence of the font whose glyphs are in PDFs and pictures.

    Returns
    -------
    dict
        Name → bytes.
    """
    style.use(language=spoken, codebook=data.codebook(BANK))
    slots = minutes.day(route, ready)
    makers = _shared(route, ready, slots, names) | {
        name: maker for lesson in ready for name, maker in _own(lesson, names, spoken).items()
    }
    made = {}
    bar = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt}/{total_fmt} · {elapsed}"
    for name, maker in tqdm(makers.items(), desc=pick(en="Packing", zh="正在打包"), bar_format=bar):
        held = maker()
        if held is not None:
            made[name] = archive.settled(held) if name.endswith(("docx", "pptx", "xlsx")) else held
    places = [*made, names["it"]]
    made[names["start"]] = entry.start(route, ready, slots, names=names, places=places).encode()
    made[names["it"]] = entry.department(made, names=names, licence=licence).encode()
    return made


def _shared(route, ready, slots, names):
    """What a kit has once: name → function that makes it."""
    book, templates, maps = data.codebook(BANK), names["templates"], names["maps"]
    makers = {
        names["timetable"]: lambda: guide.timetable(route, slots),
        names["handbook"]: lambda: guide.handbook(route, ready, slots),
        names["checklist"]: lambda: guide.checklist(ready, names),
        f"{names['handouts']}/{names['observation_paper']}": handouts.observation_sheet,
        f"{templates}/{names['short_form']}": lambda: questionnaires.short(book),
        f"{templates}/{names['full_form']}": lambda: questionnaires.full(book),
    }
    for name, held in sheets.workbooks(book).items():
        makers[f"{templates}/{names[name]}"] = lambda held=held: held
    if any("data_map" in lesson.sheets for lesson in ready):
        makers[f"{maps}/{names['data_map']}"] = lambda: wallmaps.tables(book)
    for journey in JOURNEYS:
        makers[f"{maps}/{book.label(journey)}.pdf"] = lambda journey=journey: wallmaps.pdf(
            BANK, journey=journey
        )
    return makers


def _own(lesson, names, spoken):
    """What a kit has of each lesson."""
    home, name = f"../{names['start']}", lesson.name
    return {
        f"{names['pages']}/{name}.html": lambda: lessons.page(lesson, language=spoken, home=home).encode(),
        f"{names['slides']}/{name}.pptx": lambda: slides.deck(lesson),
        f"{names['handouts']}/{name}.docx": lambda: handouts.handout(lesson),
        f"{names['handouts']}/{handouts.called(lesson, names)}": lambda: handouts.role_plays(lesson),
        f"{names['answers']}/{name}.docx": lambda: handouts.answers(lesson),
        f"{names['answers']}/{name} {names['all_exercises']}.html": lambda: lessons.page(
            lesson, language=spoken, home=home, exercises=True
        ).encode(),
    }

"""The lessons of a route, run once for their kit: pages, pictures without texts, tasks, the trainer's sheet."""

from dataclasses import dataclass, replace

import nbformat

from helpers.bank.language import pick, wrong
from workshop.build.build import solved, stale
from workshop.kit import day_minutes, kit_wording, material
from workshop.pages import pages
from workshop.run import run, run_plan

CARDS = "customer_cards"  # a table of the trainer's notebook, one card a row


@dataclass(frozen=True)
class Lesson:
    """All that a kit is made of, for one lesson in one language.

    Parameters
    ----------
    id : str
        For instance ``"05_servqual"``.
    entry : dict
        Its entry in ``course.yml``.
    number : int
        Its place in the kit, counted from 1.
    name : str
        Its number and title in the reader's language.
    question : str
        Its question.
    executed, exercises : NotebookNode
        The lesson and its solved exercises, run.
    pieces, tasks : tuple
        From `material`.
    sections : dict
        Of the trainer's sheet.
    plan : tuple of minutes.Row
        Its minute plan.
    cards : tuple of str
        Markdown, one card each, where its activity needs some.
    """

    id: str
    entry: dict
    number: int
    name: str
    question: str
    executed: object
    exercises: object
    pieces: tuple
    tasks: tuple
    sections: dict
    plan: tuple
    cards: tuple = ()

    @property
    def sheets(self):
        """What its activity needs on paper (``sheets`` in ``course.yml``)."""
        return self.entry.get("sheets", [])


def prepared(route, *, home, language, places):
    """Run a route's lessons and exercises where they have changed, and gather what they give.

    Parameters
    ----------
    route : routes.Route
        Which lessons.
    home : Path
        The collection's folder.
    language : {"en", "zh"}
        The reader's language.
    places : dict
        What a lesson calls a file of the collection → what the kit calls it.

    Returns
    -------
    list of Lesson
        In the order of the route.

    Raises
    ------
    WrongValue
        If a notebook is older than its source, a lesson fails, or has no trainer's sheet.
    """
    _refuse_stale(route, home=home)
    wanted = [f"{lesson['id']}{part}" for lesson in route.lessons for part in _parts(lesson)]
    planned = [
        replace(job, folder=home / "build" / "kit")
        for job in run_plan.plan(
            [lesson["id"] for lesson in route.lessons],
            home=home,
            languages=(language,),
            given={},
            figures=True,
        )
        if job.name in wanted
    ]
    for outcome in run.perform(planned):
        if outcome.state == "failed":
            raise wrong("workshop.kit_lessons.failed", lesson=outcome.name, why=outcome.sentence)
    jobs = {job.name: job for job in planned}
    numbers = {entry["id"][:2]: str(n) for n, entry in enumerate(route.lessons, start=1)}
    told = {"words": kit_wording.wording(home), "numbers": numbers}
    return [
        _lesson(entry, jobs, home=home, language=language, places=places, told=told)
        for entry in route.lessons
    ]


def _parts(entry):
    """The notebooks that a lesson's kit is made of; the trainer's own where its activity needs cards that it computes."""
    return ("", "_exercises", *(["_trainer"] if CARDS in entry.get("sheets", []) else []))


def page(lesson, *, language, home, exercises=False):
    """Draw a lesson's classroom page, or its exercises with solutions, as it is in a kit.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    language : {"en", "zh"}
        The reader's language.
    home : str
        The start page, seen from this page.
    exercises : bool
        Its exercises with solutions instead.

    Returns
    -------
    str
        HTML.
    """
    notebook = lesson.exercises if exercises else lesson.executed
    return pages.alone(notebook, stem=lesson.id, language=language, home=home, solved=exercises)


def _refuse_stale(route, *, home):
    """A kit is run from the notebooks, but speaks by the sheets beside their sources: both must say the same."""
    changed = stale([one["id"] for one in route.lessons], root=home)
    if changed:
        raise wrong("workshop.kit_lessons.stale", changed=list(changed))


def _lesson(entry, jobs, *, home, language, places, told):
    name = entry["id"]
    lesson, exercises = jobs[name], jobs[f"{name}_exercises"]
    executed, done = (_read(job.product(".ipynb"), places) for job in (lesson, exercises))
    sheet = home / "course" / "lessons" / name
    if not (sheet / "trainer.md").is_file():
        raise wrong("workshop.kit_lessons.no_sheet", name=name)
    found = material.sections(_renamed(solved(sheet, language=language, part="trainer"), places))
    sections = {heading: kit_wording.text(body, **told) for heading, body in found.items()}
    number, executed = int(told["numbers"][name[:2]]), kit_wording.notebook(executed, **told)
    title, question = pick(en=("title", "question"), zh=("title@zh", "question@zh"))
    return Lesson(
        name,
        entry,
        number,
        f"{number} {entry[title]}",
        entry[question],
        executed,
        done,
        tuple(material.pieces(executed, figures=lesson.pictures)),
        tuple(material.tasks(done, figures=exercises.pictures, told=told)),
        sections,
        day_minutes.read(found, name=name),
        _cards(jobs[f"{name}_trainer"], places) if f"{name}_trainer" in jobs else (),
    )


def _cards(job, places):
    """The tagged table of a trainer's notebook as cards, a row each."""
    shown = material.pieces(_read(job.product(".ipynb"), places), figures=job.pictures)
    (table,) = (piece.text for piece in shown if "handout" in piece.tags and piece.text.startswith("|"))
    return tuple(material.cards(table))


def _read(path, places):
    return _renamed(nbformat.read(path, as_version=4), places)


def _renamed(notebook, places):
    """The same notebook with the collection's files called as the kit calls them."""
    text = nbformat.writes(notebook)
    for old, new in places.items():
        text = text.replace(old, new)
    return nbformat.reads(text, as_version=4)

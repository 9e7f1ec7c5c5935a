"""What shall run: which notebooks, with which parameters, and the key that tells whether anything has changed since."""

import hashlib
import json
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import distributions
from pathlib import Path

import nbformat
from papermill.iorw import load_notebook_node

from classroom.notebook import data_packages
from helpers.bank import data
from helpers.bank.bank import Bank
from helpers.bank.language import wrong
from workshop.jobs import parameters, stamps
from workshop.run.execution import Job
from workshop.run.pages_folder import pages_folder
from workshop.run.reduced import carried


def plan(lessons, *, home, languages, given, **options):
    """Decide what will run, and refuse what cannot.

    Parameters
    ----------
    lessons, home, languages, given, **options
        As for `run.run`.

    Returns
    -------
    list of Job
        In the order of lessons, English before Chinese.
    """
    places = chosen(lessons, home=home, languages=languages)
    if "data" in given:
        given = {**given, "data": parameters.bank(given["data"], home=home)}
    left = left_out(lessons, home=home, languages=languages, given=given)
    left += [] if lessons else data_packages.uncarried(places)
    places = [place for place in places if place not in left]
    opened = cache(Bank)  # once for all notebooks
    notebooks = {place: _carried(place, home=home, given=given, opened=opened) for place in places}
    known = {name: parameters.known(notebook) for (_, name), notebook in notebooks.items()}
    groups = {
        lesson: {key: value for name in known if lesson is None or _belongs(name, lesson)
                 for key, value in known[name].items()}
        for lesson in lessons or [None]
    }  # fmt: skip
    parameters.refuse_unknown(given, lessons=groups)
    bank = cache(partial(_bank, home=home))  # read once for all notebooks: a bank of one's own may be large
    around = {"around": surroundings(home), "folder": pages_folder(home, given)}
    jobs = [
        _job(place, notebook, home=home, given=given, bank=bank, **around, **options)
        for place, notebook in notebooks.items()
    ]
    return _with_links(jobs)


def left_out(lessons, *, home, languages, given):
    """List what other data or parameters cannot serve; named outright, it runs.

    The stored answers of exercises hold for the course's own values alone, and the trainer's sheets speak of a
    bank whose truth is known.

    Parameters
    ----------
    lessons, home, languages, given
        As for `run.run`.

    Returns
    -------
    list of tuple
        (language, name).
    """
    if not given:
        return []
    own = "data" not in given or _simulated(given["data"], home=home)
    endings = ("_exercises",) if own else ("_exercises", "_trainer")
    return [
        (spoken, name)
        for spoken, name in chosen(lessons, home=home, languages=languages)
        if name.endswith(endings) and name not in lessons
        and (not own or parameters.settled(_notebook(spoken, name, home=home), given=given))
    ]  # fmt: skip


def _simulated(bank, *, home):
    """Whether a bank's truth is declared."""
    return data.package(data.folder(parameters.bank(bank, home=home))).get("simulated", False)


def chosen(lessons, *, home, languages):
    """List the notebooks asked for.

    Parameters
    ----------
    lessons, home, languages
        As for `run.run`.

    Returns
    -------
    list of tuple
        (language, name).

    Raises
    ------
    WrongValue
        If a lesson is unknown.
    """
    there = {
        language: sorted(path.stem for path in (home / "notebooks" / language).glob("*.ipynb"))
        for language in languages
    }
    sheets = [f"{path.parent.name}_trainer" for path in (home / "course").glob("*/*/trainer.md")]
    there = {language: sorted([*names, *sheets]) if names else [] for language, names in there.items()}
    names = sorted(set().union(*there.values()))
    if not names:
        raise wrong("workshop.run.no_notebooks", folder=home / "notebooks")
    for lesson in lessons:
        if not any(_belongs(name, lesson) for name in names):
            raise wrong("workshop.run.no_lesson", lesson=lesson, names=", ".join(names))
    wanted = [name for name in names if not lessons or any(_belongs(name, lesson) for lesson in lessons)]
    return [(language, name) for name in wanted for language in languages if name in there[language]]


def _belongs(name, lesson):
    """Whether a notebook is the lesson, or its deeper part or exercises."""
    return name == lesson or name.startswith(f"{lesson}_")


def _notebook(language, name, *, home):
    """Load what will run; for the trainer, where its source is there: solutions, and the trainer's sheet."""
    lesson, _, part = name.rpartition("_")
    sources = (home / "course").glob(f"*/{lesson}/{part}.md")
    if part in ("exercises", "trainer") and (source := next(sources, None)):
        from workshop.build.build import solved

        return load_notebook_node(solved(source.parent, language=language, part=part))
    path = home / "notebooks" / language / f"{name}.ipynb"
    try:
        return load_notebook_node(str(path))
    except (AttributeError, KeyError, ValueError, nbformat.ValidationError) as error:
        raise wrong("workshop.run.unreadable", path=path) from error


def _carried(place, *, home, given, opened):
    """The notebook as these data can carry it."""
    language, name = place
    notebook = _notebook(language, name, home=home)
    if not any(cell.metadata.get("needs") for cell in notebook.cells):
        return notebook
    own = given.get("data", parameters.known(notebook).get("data"))
    return carried(notebook, name=name, language=language, bank=opened(own)) if own else notebook


def _job(place, notebook, *, home, given, around, folder, bank, **options):
    """Bind a notebook to its parameters and its key."""
    language, name = place
    values = parameters.suited(parameters.settled(notebook, given=given), notebook=notebook)
    data = values.get("data", parameters.known(notebook).get("data"))
    text = nbformat.writes(parameters.injected(notebook, values))
    key = _digest([text, around, bank(data), sorted(options.items())])
    job = Job(name, language, text, key, home=home, folder=folder, **options)
    return replace(job, solved=name.endswith("_exercises"))


def _with_links(jobs):
    """Tell each job which pages there will be; a page is drawn anew when that changes."""
    pages_then = {f"{job.language}/{job.stem}" for job in jobs}
    found = {path for job in jobs[:1] for path in job.folder.glob("results/*/*.json") if stamps.read(path)}
    pages_now = {f"{path.parent.name}/{path.stem}" for path in found}
    links = tuple(sorted(pages_then | pages_now))
    related = [
        tuple(link for link in links if link.split("/")[1] in job.text or link.endswith(job.stem))
        for job in jobs
    ]
    return [
        replace(job, links=found, key=_digest([job.key, found]))
        for job, found in zip(jobs, related, strict=True)
    ]


def surroundings(home):
    """Digest everything but notebook and data that can change a result: our code, and all versions.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    str
        The digest.
    """
    code = [
        path
        for path in sorted(Path(__file__).parents[2].rglob("*"))
        if path.suffix in (".py", ".html", ".css", ".json", ".yml")
    ]
    answers = sorted((home / "notebooks" / "answers").glob("*.json"))
    answers += sorted((home / "notebooks" / "texts").rglob("*.json"))
    described = [one.metadata for one in distributions()]  # read anew each time that it is asked for
    versions = sorted(f"{one['Name']} {one['Version']}" for one in described)
    return _digest([[_file(path) for path in [*code, *answers]], versions])


def _bank(data, *, home):
    """Digest of all files of a bank."""
    if data is None:
        return ""
    folder = home / "datasets" / data
    folder = folder if folder.is_dir() else Path(data)
    return _digest([[str(p.relative_to(folder)), _file(p)] for p in sorted(folder.rglob("*")) if p.is_file()])


def _file(path):
    """Digest of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _digest(thing):
    """Digest of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(thing).encode()).hexdigest()

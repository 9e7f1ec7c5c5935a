"""``course run``: every notebook in both languages, side by side, skipping what has not changed."""

import hashlib
import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import distributions
from pathlib import Path

import nbformat
import psutil
from papermill.iorw import load_notebook_node
from tqdm import tqdm

from classroom.notebook import data_packages
from helpers.bank import data, temporary_folders
from helpers.bank.bank import Bank
from helpers.bank.language import LANGUAGES, WrongValue, pick, wrong
from workshop.jobs import parameters, provisioner, stamps, tether
from workshop.pages import front_page
from workshop.run.execution import STRICT, Job, Outcome, execute
from workshop.run.pages_folder import pages_folder
from workshop.run.reduced import carried

WARM = 3  # notebooks: from here on one import for all costs less than one for each


def run(lessons=(), *, home, languages=LANGUAGES, given=None, jobs=None, fresh=False, cold=False, **options):
    """Run notebooks and write their pages (`pages_folder`).

    Parameters
    ----------
    lessons : sequence of str
        Names such as ``05_servqual`` (with its deeper part and exercises) or ``05_servqual_deeper``; none
        means all.
    home : Path
        The collection's folder.
    languages : sequence of {"en", "zh"}
        Which editions.
    given : dict, optional
        Parameters to change, name → text.
    jobs : int, optional
        How many run at once; as many as there are processors by default.
    fresh : bool
        Run also what has not changed.
    cold : bool
        Start each kernel anew rather than from a parent that has imported the libraries (`workshop.jobs.warm`).
    **options
        ``timeout`` (seconds per cell), ``strict`` (a lesson's warnings are errors), ``offline``.

    Returns
    -------
    list of Outcome
        One per notebook and language, in order.

    Raises
    ------
    WrongValue
        If a lesson or parameter is unknown, or a value cannot be used; nothing has run then.
    """
    planned = plan(lessons, home=Path(home), languages=languages, given=given or {}, **options)
    outcomes = perform(planned, jobs=jobs, fresh=fresh, cold=cold)
    try:
        front_page.bind(pages_folder(Path(home), given or {}), code=_surroundings(Path(home)))
    except WrongValue as error:  # a full disk above all; how the lessons went is told all the same
        outcomes.append(Outcome("index", "–", "failed", sentence=str(error)))
    left = _left_out(lessons, home=Path(home), languages=languages, given=given or {})
    # Named outright, it runs and says so.
    lacking = [] if lessons else data_packages.uncarried(_chosen((), home=Path(home), languages=languages))
    outcomes += [Outcome(name, spoken, "left_out") for spoken, name in left]
    return outcomes + [Outcome(name, spoken, "uninstalled") for spoken, name in lacking]


def perform(planned, *, jobs=None, fresh=False, cold=False):
    """Run what was planned, skipping what has not changed; several of them in warm kernels.

    Parameters
    ----------
    planned : list of Job
        From `plan`.
    jobs, fresh, cold
        As for `run`.

    Returns
    -------
    list of Outcome
        One per job, in order.
    """
    for folder in {job.folder for job in planned}:
        temporary_folders.clear(folder)
        temporary_folders.clear_drafts(folder)
    outcomes = {} if fresh else {job: _earlier(job) for job in planned}
    # The longest first, so that none runs on alone at the end.
    waiting = sorted(
        (job for job in planned if not outcomes.get(job)), key=lambda job: -len("".join(_code(job)))
    )
    with _kernels(waiting, cold=cold):
        outcomes |= _together(waiting, jobs=jobs or os.cpu_count() or 1)
    # Side by side they may want more memory than there is: what stopped without a word is tried alone.
    outcomes |= _together([job for job in waiting if outcomes[job].died], jobs=1)
    return [outcomes[job] for job in planned]


def _kernels(waiting, *, cold):
    """A parent of warm kernels, where it costs less than it saves."""
    if cold or len(waiting) < WARM:
        return nullcontext()
    strict = STRICT if waiting[0].strict else ""
    return provisioner.serving(
        [provisioner.OPENING, *(cell for job in waiting for cell in _code(job))], strict=strict
    )


def _code(job):
    """The code of a notebook, a text for each cell."""
    cells = json.loads(job.text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def plan(lessons, *, home, languages, given, **options):
    """Decide what will run, and refuse what cannot.

    Parameters
    ----------
    lessons, home, languages, given, **options
        As for `run`.

    Returns
    -------
    list of Job
        In the order of lessons, English before Chinese.
    """
    chosen = _chosen(lessons, home=home, languages=languages)
    if "data" in given:
        given = {**given, "data": parameters.bank(given["data"], home=home)}
    left = _left_out(lessons, home=home, languages=languages, given=given)
    left += [] if lessons else data_packages.uncarried(chosen)
    chosen = [place for place in chosen if place not in left]
    opened = cache(Bank)  # once for all notebooks
    notebooks = {place: _carried(place, home=home, given=given, opened=opened) for place in chosen}
    known = {name: parameters.known(notebook) for (_, name), notebook in notebooks.items()}
    groups = {
        lesson: {key: value for name in known if lesson is None or _belongs(name, lesson)
                 for key, value in known[name].items()}
        for lesson in lessons or [None]
    }  # fmt: skip
    parameters.refuse_unknown(given, lessons=groups)
    bank = cache(partial(_bank, home=home))  # read once for all notebooks: a bank of one's own may be large
    around = {"around": _surroundings(home), "folder": pages_folder(home, given)}
    jobs = [
        _job(place, notebook, home=home, given=given, bank=bank, **around, **options)
        for place, notebook in notebooks.items()
    ]
    return _with_links(jobs)


def _left_out(lessons, *, home, languages, given):
    """List what other data or parameters cannot serve; named outright, it runs.

    The stored answers of exercises hold for the course's own values alone, and the trainer's sheets speak of a
    bank whose truth is known.
    """
    if not given:
        return []
    own = "data" not in given or _simulated(given["data"], home=home)
    endings = ("_exercises",) if own else ("_exercises", "_trainer")
    return [
        (spoken, name)
        for spoken, name in _chosen(lessons, home=home, languages=languages)
        if name.endswith(endings) and name not in lessons
        and (not own or parameters.settled(_notebook(spoken, name, home=home), given=given))
    ]  # fmt: skip


def _simulated(bank, *, home):
    """Whether a bank's truth is declared."""
    return data.package(data.folder(parameters.bank(bank, home=home))).get("simulated", False)


def _chosen(lessons, *, home, languages):
    """List (language, name) of the notebooks asked for."""
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


def _surroundings(home):
    """Everything but notebook and data that can change a result: our code, and all versions."""
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


def _earlier(job):
    """The outcome of an earlier run of the very same thing, if all its outputs are still as it left them."""
    stamp = stamps.read(job.stamp)
    if stamp is None or stamp.key != job.key:
        return None
    if not stamps.holds(stamp, needed=job.needed, folder=job.folder):
        return None
    where = str(job.product(".html"))
    return Outcome(job.name, job.language, "unchanged", stamp.seconds, stamp.results, where)


def _together(waiting, *, jobs):
    """Run side by side in processes of their own, with a progress bar."""
    outcomes = {}
    if not waiting:
        return outcomes
    # "spawn" on every platform: a fork of a process with threads can hang.
    pool = ProcessPoolExecutor(
        min(jobs, len(waiting)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=tether.tie,
        initargs=(os.getpid(),),
    )
    try:
        futures = {pool.submit(_work, job): job for job in waiting}
        bar = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt}/{total_fmt} · {elapsed}"
        desc = pick(en="Running", zh="正在运行")
        for future in tqdm(as_completed(futures), total=len(futures), desc=desc, bar_format=bar):
            outcomes[futures[future]] = _outcome(future, futures[future])
        pool.shutdown()
    except BaseException:  # Ctrl-C above all: leave no kernel behind
        _stop(pool)
        temporary_folders.clear(waiting[0].folder)
        temporary_folders.clear_drafts(waiting[0].folder)
        raise
    return outcomes


def _work(job):
    """Run one notebook in a process of its own, and end what it left running."""
    try:
        return execute(job)
    finally:
        if multiprocessing.parent_process() is not None:
            tether.sweep()


def _stop(pool):
    """End the workers, their kernels and whatever these started, at once."""
    processes = list(pool._processes.values())
    below = []
    for process in processes:
        with suppress(psutil.Error):
            worker = psutil.Process(process.pid)
            below += [worker, *worker.children(recursive=True)]
    pool.shutdown(wait=False, cancel_futures=True)
    tether.end(below)
    for process in processes:
        process.join()


def _outcome(future, job):
    """What a worker returned; if the worker itself died, that is a failure of its lesson."""
    try:
        return future.result()
    except Exception as error:
        told = pick(en="the process that ran it stopped", zh="运行它的进程停止了")
        return Outcome(job.name, job.language, "failed", sentence=f"{told} ({type(error).__name__}).")

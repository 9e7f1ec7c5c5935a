"""``course run``: every notebook in both languages, side by side, skipping what has not changed."""

import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext, suppress
from pathlib import Path

import psutil
from tqdm import tqdm

from classroom.notebook import data_packages
from helpers.bank import temporary_folders
from helpers.bank.language import LANGUAGES, WrongValue, pick
from workshop.jobs import provisioner, stamps, tether
from workshop.pages import front_page
from workshop.run import run_plan
from workshop.run.execution import STRICT, Outcome, in_worker
from workshop.run.pages_folder import pages_folder

WARM = 3  # notebooks: from here on one import for all costs less than one for each


def run(
    lessons=(),
    *,
    home,
    languages=LANGUAGES,
    given=None,
    jobs=None,
    fresh=False,
    cold=False,
    early=None,
    **options,
):
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
    early : workshop.jobs.parent.Parent, optional
        A parent that has begun already.
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
    planned = run_plan.plan(lessons, home=Path(home), languages=languages, given=given or {}, **options)
    outcomes = perform(planned, jobs=jobs, fresh=fresh, cold=cold, early=early)
    try:
        front_page.bind(pages_folder(Path(home), given or {}), code=run_plan.surroundings(Path(home)))
    except WrongValue as error:  # a full disk above all; how the lessons went is told all the same
        outcomes.append(Outcome("index", "–", "failed", sentence=str(error)))
    left = run_plan.left_out(lessons, home=Path(home), languages=languages, given=given or {})
    # Named outright, it runs and says so.
    lacking = (
        [] if lessons else data_packages.uncarried(run_plan.chosen((), home=Path(home), languages=languages))
    )
    outcomes += [Outcome(name, spoken, "left_out") for spoken, name in left]
    return outcomes + [Outcome(name, spoken, "uninstalled") for spoken, name in lacking]


def perform(planned, *, jobs=None, fresh=False, cold=False, early=None):
    """Run what was planned, skipping what has not changed; several of them in warm kernels.

    Parameters
    ----------
    planned : list of Job
        From `run_plan.plan`.
    jobs, fresh, cold, early
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
    waiting = _longest_first([job for job in planned if not outcomes.get(job)])
    with _kernels(waiting, cold=cold, early=early):
        outcomes |= _together(waiting, jobs=jobs or os.cpu_count() or 1)
    # Side by side they may want more memory than there is: what stopped without a word is tried alone.
    outcomes |= _together([job for job in waiting if outcomes[job].died], jobs=1)
    return [outcomes[job] for job in planned]


def _longest_first(waiting):
    """Sort so that none runs on alone at the end: by the seconds of an earlier run, else by how much code there is."""
    lengths = {job: len("".join(_code(job))) for job in waiting}
    stamped = {job: stamps.read(job.stamp) for job in waiting}
    seconds = {job: stamp.seconds for job, stamp in stamped.items() if stamp}
    pace = sum(seconds.values()) / (sum(lengths[job] for job in seconds) or 1) or 1
    return sorted(waiting, key=lambda job: -seconds.get(job, pace * lengths[job]))


def _kernels(waiting, *, cold, early):
    """A parent of warm kernels, where it costs less than it saves."""
    if cold or len(waiting) < WARM:
        return nullcontext()
    strict = STRICT if waiting[0].strict else ""
    return provisioner.serving((cell for job in waiting for cell in _code(job)), strict=strict, early=early)


def _code(job):
    """The code of a notebook, a text for each cell."""
    cells = json.loads(job.text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


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
        futures = {pool.submit(in_worker, job): job for job in waiting}
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

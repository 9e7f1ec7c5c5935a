"""Write the reports of all branches side by side, each whole or not at all, and the page that lists them."""

import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from helpers.bank import data as banks
from helpers.bank import escaping, language
from helpers.bank.language import WrongValue, pick
from helpers.figures import style
from owndata.map import folders, small_groups
from workshop.jobs import tether
from workshop.report import (
    experience_scorecard,
    experience_scores,
    findings,
    morning_sheet,
    report_figure,
    report_list,
    report_page,
    report_register,
    report_text,
    report_word,
)

INDEX = "index.html"
ALONE = 6  # reports that one process writes sooner than others start
# A subject: what its reports say in numbers, and in words.
SUBJECTS = {
    "servqual": (findings, report_text),
    "experience": (experience_scores, experience_scorecard),
    "morning": (morning_sheet, morning_sheet),
}


@dataclass(frozen=True)
class Order:
    """What the reports are made from.

    Attributes
    ----------
    data : str
        The bank.
    language : {"en", "zh"}
        The language of the reports.
    smallest : int
        How many complete answers a branch needs to be shown.
    subject : {"servqual", "experience", "morning"}
        What the reports are about.
    """

    data: str
    language: str
    smallest: int = small_groups.SMALLEST
    subject: str = "servqual"


def write(order, *, out, jobs=None, progress=True):
    """Write a report for each branch, and the list of them.

    Parameters
    ----------
    order : Order
        What from.
    out : Path
        The folder; what an earlier run wrote there is replaced, other files are refused.
    jobs : int, optional
        How many processes; as many as there are processors by default.
    progress : bool
        Show a bar.

    Returns
    -------
    dict
        Branches whose report failed, each with a sentence. The others are written.

    Raises
    ------
    WrongValue
        If the folder holds something else, or the bank has no survey that can be shown.
    """
    survey, bank = _opened(order)
    names = _names(survey.shown)
    out = Path(out)
    ours = tuple(path.name for path in out.glob("*") if _ours(out, path)) if out.is_dir() else ()
    folders.refuse_occupied(out, ours=ours)
    earlier, new = report_register.read(out), report_register.entry(survey)
    overlaps = report_register.overlapping(earlier, new)
    with folders.whole(out) as draft:
        work = partial(_written, order, folder=draft)
        failed = dict(_together(work, names, jobs=jobs or os.cpu_count() or 1, progress=progress))
        words = SUBJECTS[order.subject][1]
        blocks = report_list.blocks(survey, bank, names, failed, overlaps=overlaps, words=words)
        (draft / INDEX).write_text(report_page.listing(blocks), encoding="utf-8")
        report_register.write(draft, report_register.added(earlier, new))
    for sentence in report_list.overlapping(overlaps):
        print(sentence, file=sys.stderr)
    return failed


def _ours(out, path):
    """Whether an earlier run wrote this file: there is a list, and it is a report beside it."""
    ours = path.suffix in (".html", ".docx") or path.name == report_register.NAME
    return (out / INDEX).is_file() and ours


def _opened(order):
    """The survey and the bank's title; language, labels and looks are set."""
    language.use(order.language)
    book, survey, title = _read(order)
    style.use(language=order.language, codebook=book)
    return survey, title


@cache
def _read(order):
    """Codebook, survey and title: read once in each process."""
    book = banks.codebook(order.data)
    key = "title@zh" if order.language == "zh" else "title"
    title = book.package.get(key) or book.package.get("title") or Path(order.data).name
    numbers, _ = SUBJECTS[order.subject]
    return book, numbers.read(order.data, smallest=order.smallest), escaping.line(title)


def _names(branches):
    """A file name for each branch: its id, without what a disk refuses."""
    plain = [re.sub(r"[^\w-]+", "_", str(branch)).strip("_") or "branch" for branch in branches]
    taken = {INDEX.split(".")[0]}
    found = {}
    for branch, name in zip(branches, plain, strict=True):
        free = name
        while free.lower() in taken:  # B01 and b01 are one file on Windows
            free = f"{name}_{len(taken)}"
        taken.add(free.lower())
        found[branch] = free
    return found


def _together(work, names, *, jobs, progress):
    """Do all of it, in several processes where that is sooner; give the branches that failed."""
    bar = partial(tqdm, total=len(names), unit="", disable=not progress, desc=pick(en="reports", zh="报告"))
    if jobs == 1 or len(names) <= ALONE:
        found = [work(branch, name) for branch, name in bar(names.items())]
        return [(branch, sentence) for branch, sentence in found if sentence]
    failed = []
    # Started afresh: a forked process would share half of what numpy's threads hold.
    workers, tied = min(jobs, len(names)), {"initializer": tether.tie, "initargs": (os.getpid(),)}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), **tied) as pool:
        waiting = {pool.submit(work, branch, name): branch for branch, name in names.items()}
        for done in bar(as_completed(waiting)):
            error = done.exception()
            branch, sentence = (waiting[done], _told(error)) if error else done.result()
            failed += [(branch, sentence)] if sentence else []
    return sorted(failed)


def _written(order, branch, name, *, folder):
    """Write one branch's two files; what goes wrong is told, not raised."""
    try:
        survey, bank = _opened(order)
        words = SUBJECTS[order.subject][1]
        image = partial(report_figure.picture, gaps=survey.gaps, **words.DRAWN)
        blocks = words.blocks(survey, branch, image=image, bank=bank)
        text = report_page.report(blocks, word=f"{name}.docx")
        report_word.report(blocks, folder / f"{name}.docx")
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
        return branch, None
    except Exception as error:  # whatever one branch's data do, the others get their reports
        for ending in (".docx", ".html"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
        return branch, _told(error)


def _told(error):
    return escaping.line(error if isinstance(error, WrongValue) else f"{type(error).__name__}: {error}")

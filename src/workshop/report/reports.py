"""Write the reports of all branches side by side, each whole or not at all, and the page that lists them."""

import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from helpers.bank import data as banks
from helpers.bank import escaping, language, paths
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
ALONE = 6  # reports that one process draws sooner than others start
LONGEST = 60  # signs of a branch in its file's name: a disk takes 255 bytes
MOST = 3  # processes at once: each holds a quarter of a gigabyte
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
        How many processes draw; by default as many as there are processors, at most `MOST`.
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
    language.use(order.language)
    book, (numbers, words) = banks.codebook(order.data), SUBJECTS[order.subject]
    survey, bank = numbers.read(order.data, smallest=order.smallest), _title(order, book)
    style.use(language=order.language, codebook=book)
    names = _names(survey.shown)
    out = Path(out)
    ours = tuple(path.name for path in out.glob("*") if _ours(out, path)) if out.is_dir() else ()
    folders.refuse_occupied(out, ours=ours)
    earlier, new = report_register.read(out), report_register.entry(survey)
    overlaps = report_register.overlapping(earlier, new)
    with folders.whole(out) as draft:
        tell = partial(_told, words, survey, bank=bank)
        picture = partial(report_figure.picture, gaps=survey.gaps, **words.DRAWN)
        draw = partial(_drawn, folder=draft, spoken=order.language, book=book, picture=picture)
        jobs = jobs or min(os.cpu_count() or 1, MOST)
        failed = dict(_together(tell, draw, names, jobs=jobs, progress=progress))
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


def _title(order, book):
    key = "title@zh" if order.language == "zh" else "title"
    return escaping.line(book.package.get(key) or book.package.get("title") or Path(order.data).name)


def _names(branches):
    """A file name for each branch: its id, without what a disk refuses, Windows's own names (CON) among it."""
    plain = [re.sub(r"[^\w-]+", "_", str(branch)).strip("_")[:LONGEST] or "branch" for branch in branches]
    taken = {INDEX.split(".")[0]}
    found = {}
    for branch, name in zip(branches, plain, strict=True):
        free = name
        while free.lower() in taken or paths.refusal(f"{free}.html"):  # B01 and b01 are one file on Windows
            free = f"{name}_{len(taken)}"
        taken.add(free.lower())
        found[branch] = free
    return found


def _together(tell, draw, names, *, jobs, progress):
    """Tell each report here, where the survey is, and draw it in several processes where that is sooner; give what failed."""
    bar = partial(tqdm, total=len(names), unit="", disable=not progress, desc=pick(en="reports", zh="报告"))
    if jobs == 1 or len(names) <= ALONE:
        found = [(branch, draw(tell(branch), name)) for branch, name in bar(names.items())]
        return [(branch, sentence) for branch, sentence in found if sentence]
    failed = []
    # Started afresh: a forked process would share half of what numpy's threads hold.
    workers, tied = min(jobs, len(names)), {"initializer": tether.tie, "initargs": (os.getpid(),)}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), **tied) as pool:
        waiting = {pool.submit(draw, tell(branch), name): branch for branch, name in names.items()}
        for done in bar(as_completed(waiting)):
            sentence = _sentence(done.exception()) if done.exception() else done.result()
            failed += [(waiting[done], sentence)] if sentence else []
    return sorted(failed)


def _told(words, survey, branch, *, bank):
    """One branch's report in words and numbers, its figure still a table; what goes wrong is a sentence, not raised."""
    try:
        return words.blocks(survey, branch, image=lambda table: table, bank=bank)
    except Exception as error:  # whatever one branch's data do, the others get their reports
        return _sentence(error)


def _drawn(blocks, name, *, folder, spoken, book, picture):
    """Draw a report and write its two files, or say in a sentence why not."""
    if isinstance(blocks, str):
        return blocks
    try:
        style.use(language=spoken, codebook=book)
        blocks = [replace(one, image=picture(one.image)) if one.kind == "figure" else one for one in blocks]
        text = report_page.report(blocks, word=f"{name}.docx")
        report_word.report(blocks, folder / f"{name}.docx")
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    except Exception as error:  # here, too
        for ending in (".docx", ".html"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
        return _sentence(error)


def _sentence(error):
    return escaping.line(error if isinstance(error, WrongValue) else f"{type(error).__name__}: {error}")

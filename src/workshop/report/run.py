"""Write the reports of all branches side by side, each whole or not at all, and the page that lists them."""

import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from markupsafe import Markup
from tqdm import tqdm

from helpers.bank import data as banks
from helpers.bank import language, literal
from helpers.bank.language import WrongValue, pick
from helpers.figures import style
from owndata.map import folders, small_groups
from workshop.jobs import tether
from workshop.report import contents, drawing, findings, page, register, word

INDEX = "index.html"
ALONE = 6  # reports that one process writes sooner than others start


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
    """

    data: str
    language: str
    smallest: int = small_groups.SMALLEST


def servqual(order, *, out, jobs=None, progress=True):
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
    earlier, new = register.read(out), register.entry(survey)
    overlaps = register.overlapping(earlier, new)
    with folders.whole(out) as draft:
        work = partial(_written, order, folder=draft)
        failed = dict(_together(work, names, jobs=jobs or os.cpu_count() or 1, progress=progress))
        blocks = _listing(survey, bank, names, failed, overlaps=overlaps)
        (draft / INDEX).write_text(page.listing(blocks), encoding="utf-8")
        register.write(draft, register.added(earlier, new))
    for sentence in _overlapping(overlaps):
        print(sentence, file=sys.stderr)
    return failed


def _ours(out, path):
    """Whether an earlier run wrote this file: there is a list, and it is a report beside it."""
    ours = path.suffix in (".html", ".docx") or path.name == register.NAME
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
    return book, findings.read(order.data, smallest=order.smallest), literal.line(title)


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
        blocks = contents.blocks(survey, branch, image=partial(drawing.picture, gaps=survey.gaps), bank=bank)
        text = page.report(blocks, word=f"{name}.docx")
        word.report(blocks, folder / f"{name}.docx")
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
        return branch, None
    except Exception as error:  # whatever one branch's data do, the others get their reports
        for ending in (".docx", ".html"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
        return branch, _told(error)


def _told(error):
    return literal.line(error if isinstance(error, WrongValue) else f"{type(error).__name__}: {error}")


def _listing(survey, bank, names, failed, *, overlaps=()):
    """The page that lists all reports, in the order of the branches."""
    whole = findings.overall(survey)
    value = contents.signed(whole["estimate"], survey.gaps)
    spread = contents.between(whole["low"], whole["high"], survey.gaps)
    what = findings.words(survey.gaps)
    blocks = [
        contents.Block("title", pick(en=f"{bank}: a report for each branch", zh=f"{bank}：各网点报告")),
        contents.Block("text", pick(
            en=f"Mean {what} over all dimensions, each branch shown counted the same: {contents.strong(value)} "
            f"(95% interval {spread}). The branches "
            "are in the order of their numbers: this is not a ranking, and neighbours whose intervals overlap cannot be told apart.",
            zh=f"各维度的平均{what}（所列网点同等看待）：{contents.strong(value)}（95% 区间 {spread}）。网点按编号排列，这不是排名；"
            "区间互相重叠的网点分不出先后。",
        )),
        contents.Block("table", table=_rows(survey, names, failed)),
    ]  # fmt: skip
    if survey.hidden:
        listed = pick(en=", ", zh="、").join(map(contents.label, survey.hidden))
        blocks.append(contents.Block("text", pick(
            en=f"Not shown: {listed}. Too few complete answers, or hidden so that another cannot be found by subtraction. "
            "They enter no figure here.",
            zh=f"不显示的网点：{listed}。完整回答太少，或者为了不让别人用减法推算出另一家而一并隐去。它们不计入这里的任何数字。",
        )))  # fmt: skip
    blocks += [
        contents.Block("heading", pick(en="Before you pass these on", zh="发出去之前")),
        contents.Block("points", points=(_once(), *_overlapping(overlaps))),
    ]
    points = tuple(f"{contents.label(branch)}：{told}" for branch, told in failed.items())
    if points:
        blocks += [
            contents.Block("heading", pick(en="Failed", zh="未能生成")),
            contents.Block("points", points=points),
        ]
    return blocks


def _once():
    """What no report can protect against by itself."""
    return pick(
        en="Pass on one set of reports. Anyone who also holds figures made from some of the same answers (with a branch "
        "more or less, an earlier export, a filter, a lesson's page) can subtract one from the other and find a branch "
        "that is hidden here; a branch that another wave's report shows is no longer unknown either. "
        f"{register.NAME} in this folder keeps count of what was reported; it stays with you.",
        zh="只发一套报告。如果对方手里还有用部分相同答卷算出的数字（多一家或少一家网点、早先导出的数据、筛选过的数据、课程网页），"
        f"两边一减，就可能算出这里隐去的网点；某家网点在另一轮的报告里显示了，也就不再保密。本文件夹里的 {register.NAME} 登记了报告过哪些内容，请自己留着。",
    )


def _overlapping(overlaps):
    """A sentence for each earlier report that shares answers with this one."""
    return [
        pick(
            en=f"These reports share answers (about {count} rows) with reports of {date} from this folder, and do not show "
            "the same branches or answers: what is hidden in one may be found by subtracting. Do not give both to the same people.",
            zh=f"这次的报告和本文件夹 {date} 的报告用到了相同的答卷（约 {count} 行），但网点或答卷不完全一样：两份相减，"
            "可能算出隐去的内容。请不要把两份发给同一批人。",
        )
        for date, count in overlaps
    ]


def _rows(survey, names, failed):
    """One row a branch with its two files."""
    columns = [pick(en="branch", zh="网点"), pick(en="n", zh="人数"), pick(en=f"mean {findings.words(survey.gaps)}", zh=f"平均{findings.words(survey.gaps)}"),
               pick(en="95% interval", zh="95% 区间"), pick(en="weakest", zh="最弱的维度"), pick(en="report", zh="报告")]  # fmt: skip
    rows = []
    for branch, name in names.items():
        if branch in failed:
            continue
        one, table = findings.overall(survey, branch), findings.dimensions(survey, branch)
        weakest = table.loc[table["estimate"].idxmin(), "dimension"]
        rows.append([
            contents.label(branch), str(int(survey.answered[branch])), contents.signed(one["estimate"], survey.gaps),
            contents.between(one["low"], one["high"], survey.gaps), contents.label(weakest),
            Markup('<a href="{0}.html">{1}</a> · <a href="{0}.docx">Word</a>').format(name, pick(en="page", zh="网页")),
        ])  # fmt: skip
    return pd.DataFrame(rows, columns=columns)

"""What is finished across all lessons, for the lab's start page, ``progress()`` and ``course progress``."""

import json
import re
from dataclasses import dataclass

from classroom.exercises import attempts
from helpers.bank import language
from helpers.bank.language import pick, worded

_ROW = re.compile(r"^\| (?P<part>[^|]*?) ?\| (?P<title>[^|]+) \| (?P<question>[^|]+) \| (?P<links>.+) \|$")


@dataclass(frozen=True)
class Entry:
    """One lesson in the list of lessons.

    Attributes
    ----------
    lesson, part, title, question, links : str
        The lesson's id, the heading it stands under, and its row: links are Markdown with minutes.
    tasks, done, tried : int
        How many tasks it has, how many are done, and how many were tried; no tasks where it has no exercises.
    """

    lesson: str
    part: str
    title: str
    question: str
    links: str
    tasks: int = 0
    done: int = 0
    tried: int = 0

    @property
    def state(self):
        """What is finished, in the reader's language."""
        if not self.tasks:
            return "–"
        if self.done == self.tasks:
            return pick(en="✓ all done", zh="✓ 全部完成")
        sign = "△" if self.tried or self.done else "○"
        return worded("classroom.progress_table.state", sign=sign, done=self.done, tasks=self.tasks)


def entries(home, *, folder):
    """List the lessons in the reader's language, with what is done.

    Parameters
    ----------
    home : Path
        The collection's folder; the list of lessons is read from its built ``notebooks/README.md``.
    folder : Path
        The folder of the student's notebooks, with the record.

    Returns
    -------
    list of Entry
        In course order.
    """
    try:
        lines = (home / "notebooks" / "README.md").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found, part, here = [], "", f"({language.current()}/"
    for line in lines:
        row = _ROW.match(line)
        if row and here in line:
            part = row["part"] or part  # named beside its first lesson
            lesson = re.search(rf"\({language.current()}/(\w+)\.ipynb\)", line)[1]
            about = row.groupdict() | {"part": part, "links": row["links"].replace(here, "(")}
            found.append(Entry(lesson, **about, **_counted(home, lesson, folder)))
    return found


def _counted(home, lesson, folder):
    """How many tasks there are, and how far the student came."""
    try:
        text = (home / "notebooks" / "answers" / f"{lesson}.json").read_text(encoding="utf-8")
        tasks = json.loads(text)["tasks"]
    except (OSError, ValueError, KeyError):
        return {}
    seen = attempts.load(lesson, folder=folder)
    touched = [seen[task] for task in tasks if task in seen]
    return {
        "tasks": len(tasks),
        "done": sum(entry["done"] for entry in touched),
        "tried": sum(entry["tries"] > 0 for entry in touched),
    }


def table(found, *, links=True):
    """Lay out the lessons as Markdown.

    Parameters
    ----------
    found : list of Entry
        From `entries`.
    links : bool
        With links to the notebooks; else only what is done.

    Returns
    -------
    str
        A heading and a table for each part.
    """
    heads = pick(en=("Lesson", "Question", "Open", "Exercises"), zh=("课", "问题", "打开", "练习"))
    heads = heads if links else (*heads[:2], heads[3])
    lines, part = [], None
    for entry in found:
        if entry.part != part:
            part = entry.part
            lines += ["", f"### {part}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
        cells = [entry.title, entry.question, *([entry.links] if links else []), entry.state]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines).strip()


def total(found):
    """Say in one sentence how much is done.

    Parameters
    ----------
    found : list of Entry
        From `entries`.

    Returns
    -------
    str
        One sentence.
    """
    tasks, done = sum(entry.tasks for entry in found), sum(entry.done for entry in found)
    whole = sum(entry.tasks > 0 and entry.done == entry.tasks for entry in found)
    lessons = sum(entry.tasks > 0 for entry in found)
    return worded("classroom.progress_table.total", done=done, tasks=tasks, whole=whole, lessons=lessons)

"""What a student calls: check an answer, ask for a hint, look at what is done."""

import json
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from IPython import get_ipython

from classroom.exercises import (
    answer_figures,
    answer_forms,
    answer_functions,
    answer_text,
    answer_values,
    answers,
    attempts,
    progress_table,
    slips,
    wording,
)
from classroom.exercises.unreadable_answers import PerCent, Unreadable, anything
from classroom.notebook import failed_cells, lesson
from helpers.bank import data, language

_BY_NAME = object()


@dataclass(frozen=True)
class Outcome:
    """The judgement on one answer.

    Attributes
    ----------
    name : str
        ``right``, ``not_yet``, ``not_attempted``, ``wrong_kind``, ``no_answer`` (nothing is stored
        for this data) or ``unknown_task``.
    message : str
        What the student reads, Markdown, in the reader's language.
    misconceptions : tuple of str
        Names of the known wrong answers that were met.
    """

    name: str
    message: str
    misconceptions: tuple = ()


def check(task, answer=_BY_NAME):
    """Judge an answer at once, in the reader's language. Nothing is returned.

    Parameters
    ----------
    task : str
        The name of the task.
    answer : object
        Whatever the student found; nothing makes `check` fail. Without it, what has the task's own name.
    """
    shell, task = get_ipython(), _named(task)
    kept = shell.user_ns.get(task, ...) if shell and isinstance(task, str) else ...
    answer = kept if answer is _BY_NAME else answer
    if isinstance(task, str) and task in failed_cells.names() and answer is kept:
        wording.show(wording.cell_failed())
        return
    outcome = judge(task, answer)
    if outcome.name in ("right", "not_yet", "wrong_kind"):
        done = outcome.name == "right"
        _note(task, tried=True, done=done, misconceptions=outcome.misconceptions)
    wording.show(outcome.message)


def _note(task, **event):
    """Record an event; a record that cannot be read is set aside, and the student is told."""
    kept = attempts.rescued(lesson.current().name)
    if kept is not None:
        wording.show(wording.set_aside(f"{kept.parent.name}/{kept.name}"))
    attempts.note(lesson.current().name, task, **event)


def judge(task, answer):
    """Judge an answer without showing or recording anything.

    Parameters
    ----------
    task : str
        The name of the task.
    answer : object
        Anything at all.

    Returns
    -------
    Outcome
        One of five, or ``unknown_task``.
    """
    book, task = _book(), _named(task)
    if not book:
        return _outcome("no_answer", wording.no_file(lesson.current()))
    if not isinstance(task, str) or task not in book["tasks"]:
        return _outcome("unknown_task", wording.unknown(task, book["tasks"]))
    reason = wording.other_fingerprint(book["fingerprint"], _fingerprint())
    if reason:
        return _outcome("no_answer", reason)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's object may warn when it is looked at
        try:
            return _judged(task, book["tasks"][task], answer)
        except Unreadable as error:
            return _wrong_kind(book["tasks"][task], error, answer)
        except Exception:  # an object may answer any question with any error
            return _wrong_kind(book["tasks"][task], anything(answer), answer)


def hint(task=None):
    """Show the next hint: a nudge, then the method, then nearly the answer.

    Parameters
    ----------
    task : str
        The name of the task; without one, the names are listed. After the last hint all are shown together.
    """
    book, task = _book(), _named(task)
    if not book:
        wording.show(wording.no_file(lesson.current()))
    elif not isinstance(task, str) or task not in book["tasks"]:
        wording.show(wording.unknown(task, book["tasks"]))
    else:
        hints = book["tasks"][task].get("hints", {}).get(language.current(), [])
        read = attempts.load(lesson.current().name).get(task, {}).get("hints", 0)
        if read < len(hints):
            _note(task, hinted=True)
        wording.show(wording.hint(hints, read))


def progress(which=None):
    """Show which tasks of this lesson are done, with tries, hints and misconceptions met.

    Parameters
    ----------
    which : str, optional
        ``"all"`` for every lesson; so it is too before any lesson was opened.
    """
    book = _book()
    if which == "all" or lesson.current() is None:
        found = progress_table.entries(data.home(), folder=Path.cwd())
        wording.show(f"{progress_table.total(found)}\n\n{progress_table.table(found)}")
    elif not book:
        wording.show(wording.no_file(lesson.current()))
    else:
        wording.show(wording.summary(book["tasks"], attempts.load(lesson.current().name)))


def _judged(task, entry, answer):
    """Judge an answer of a task that is known, on data that are known."""
    if "on" in entry and callable(answer):
        answer = _returned(entry, answer)
        answer = ... if all(one is ... for one in answer) else answer
    if entry.get("figure") and answer is not ... and answer is not None:
        answer = answer_figures.bars(answer, size=len(entry["right"]) // len(entry["columns"]))
    if answer is None:
        return _outcome("not_attempted", wording.nothing())
    if _empty(answer):
        return _outcome("not_attempted", wording.not_attempted(task))
    if isinstance(answer, (pd.DataFrame, pd.Series, pd.Index, np.ndarray)) and answer.size == 0:
        return _outcome("not_yet", wording.no_rows(counted=entry["kind"] == "number"))
    if "choice" in entry:
        answer = answer_values.letter(answer)
        if answer not in list(entry["choice"]):
            return _outcome("not_yet", wording.choose(entry["choice"], task))
    met, names = answers.compare(entry, answer)
    if met == "start":
        return _outcome("not_attempted", wording.not_attempted(task))
    if met == "right":
        return _outcome("right", wording.right(entry))
    # Nothing is guessed where rounding alone explains the numbers.
    if digits := slips.too_round(entry, answer):
        return _outcome("not_yet", wording.too_round(digits, share=entry.get("share")))
    if met == "wrong":
        return Outcome("not_yet", wording.misconceived(entry, names), tuple(names))
    if slips.hundredfold(entry, answer):
        return Outcome("not_yet", wording.hundredfold(), ("percent",))
    if met == "other" and entry["kind"] == "text" and (meant := answer_values.misnamed(answer)):
        return _outcome("not_yet", wording.misnamed(*meant))
    return _outcome("not_yet", wording.not_yet(task, names, figure=entry.get("figure")))


def _outcome(name, message):
    return Outcome(name, message)


def _wrong_kind(entry, error, answer):
    """Say what is asked and what came."""
    size = len(entry["right"]) // len(entry.get("columns") or [None])
    said = wording.wrong_kind(answer_forms.asked(entry, size=size), str(error))
    per_cent = next((one for one in (error, error.__cause__) if isinstance(one, PerCent)), None)
    if per_cent:
        said += wording.per_cent(_unit(entry, answer), per_cent.points)
    return _outcome("wrong_kind", said)


def _unit(entry, answer):
    """The unit that a task asks for; a function is tried once more, and may fail this time."""
    try:
        return slips.unit_of_per_cent(entry, _returned(entry, answer))
    except Exception:  # as in `judge`
        return "either"


def _returned(entry, answer):
    """What was handed in, or what the function that was handed in gives back."""
    tried = "on" in entry and callable(answer)
    return answer_functions.tried(answer, on=entry["on"]) if tried else answer


def _empty(answer):
    """Tell whether nothing was answered yet."""
    if isinstance(answer, str):
        return not answer.strip(" \t\n\r\u3000.…?？_")
    sized = isinstance(answer, (list, tuple, set, frozenset, dict, range))
    return answer is Ellipsis or (sized and len(answer) == 0)


def _book():
    """Read the stored answers of the open lesson; an empty dict where there are none."""
    opened = lesson.current()
    if opened is None:
        return {}
    path = data.home() / "notebooks" / "answers" / f"{opened.name}.json"
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
        whole = all(entry.keys() >= {"kind", "salt", "right", "wrong"} for entry in book["tasks"].values())
        return book if whole and isinstance(book["fingerprint"], str) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _named(task):
    """The task's own name, where its case, width, blanks or quotation marks are others."""
    tasks = _book().get("tasks", {})
    if not isinstance(task, str) or task in tasks:
        return task
    meant = answer_text.off(answer_text.plain(task))
    return next((name for name in tasks if answer_text.plain(name) == meant), task)


def _fingerprint():
    """The fingerprint of what is open; data that have gone away since have none."""
    try:
        return lesson.current().fingerprint
    except (OSError, ValueError, KeyError, TypeError):
        return ""

"""What a student calls: check an answer, ask for a hint, look at what is done."""

import json
import math
import warnings
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from IPython import get_ipython

from classroom.exercises import (
    answer_figures,
    answer_forms,
    answer_functions,
    answer_values,
    answers,
    attempts,
    digests,
    progress_table,
    wording,
)
from classroom.exercises.unreadable_answers import Unreadable, anything
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
    shell = get_ipython()
    kept = shell.user_ns.get(task) if shell and isinstance(task, str) else None
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
    book = _book()
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
            return _wrong_kind(book["tasks"][task], error)
        except Exception:  # an object may answer any question with any error
            return _wrong_kind(book["tasks"][task], anything(answer))


def hint(task=None):
    """Show the next hint: a nudge, then the method, then nearly the answer.

    Parameters
    ----------
    task : str
        The name of the task; without one, the names are listed. After the last hint all are shown together.
    """
    book = _book()
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
        answer = answer_functions.tried(answer, on=entry["on"])
        answer = ... if all(one is ... for one in answer) else answer
    if entry.get("figure") and answer is not ... and answer is not None:
        answer = answer_figures.bars(answer)
    if _empty(answer):
        return _outcome("not_attempted", wording.not_attempted(task))
    if isinstance(answer, (pd.DataFrame, pd.Series)) and answer.empty:
        return _outcome("not_yet", wording.no_rows())
    if "choice" in entry:
        answer = answer_values.letter(answer)
        if answer not in entry["choice"]:
            return _outcome("not_yet", wording.choose(entry["choice"], task))
    met, names = answers.compare(entry, answer)
    if met == "start":
        return _outcome("not_attempted", wording.not_attempted(task))
    if met == "right":
        return _outcome("right", wording.right(entry))
    if digits := _too_round(entry, answer):  # nothing is guessed where rounding alone explains the numbers
        return _outcome("not_yet", wording.too_round(digits))
    if met == "wrong":
        return Outcome("not_yet", wording.misconceived(entry, names), tuple(names))
    if _hundredfold(entry, answer):
        return Outcome("not_yet", wording.hundredfold(), ("percent",))
    return _outcome("not_yet", wording.not_yet(task, names))


def _outcome(name, message):
    return Outcome(name, message)


def _wrong_kind(entry, error):
    """Say what is asked and what came."""
    size = len(entry["right"]) // len(entry.get("columns") or [None])
    return _outcome("wrong_kind", wording.wrong_kind(answer_forms.asked(entry, size=size), str(error)))


def _empty(answer):
    """Tell whether nothing was answered yet."""
    if isinstance(answer, str):
        return not answer.strip(" \t\n\r\u3000.…?？_")
    sized = isinstance(answer, (list, tuple, set, frozenset, dict, range, pd.Index))
    empty = (sized and len(answer) == 0) or (isinstance(answer, np.ndarray) and answer.size == 0)
    return answer is None or answer is Ellipsis or empty


def _too_round(entry, answer):
    """How many decimals numbers need that were written with fewer; None where they have enough."""
    widths = entry["tolerance"] if isinstance(entry["tolerance"], dict) else {"": entry["tolerance"]}
    # From so many decimals on rounding cannot carry a number over the edge of its tolerance.
    needed = max((math.ceil(-math.log10(width)) for width in widths.values() if width), default=0)
    return needed if needed > 0 and _explained(entry, answer, partial(_rounded, needed=needed)) else None


def _rounded(number, width, needed):
    """What a number may have been before it was rounded to fewer decimals than are needed."""
    if number.denominator == 1 or 10 ** (needed - 1) % number.denominator:
        return []
    half, step = Fraction(1, 2 * 10 ** (needed - 1)), digests.step(width)
    return [number + k * step for k in range(-math.ceil(half / step), math.ceil(half / step) + 1)]


def _hundredfold(entry, answer):
    """Tell whether numbers are right but for percent and share."""
    return any(_explained(entry, answer, partial(_times, by=by)) for by in (Fraction(1, 100), Fraction(100)))


def _times(number, width, by):
    """A number a hundred times as large or small, where that can be told from nothing."""
    return [number * by] if abs(number * by) > 3 * digests.step(width) else []


def _explained(entry, answer, ways):
    """Tell whether one slip leads from the right answer to this one: each place is right, or was before the slip."""
    places = answer_forms.read(entry, answer)
    for kept in (entry["right"], *entry.get("also", [])):
        pairs = zip(places, kept, strict=True) if len(places) == len(kept) else ()
        off = [(place, right) for place, right in pairs if not _met(entry, place, right)]
        if off and all(_slipped(entry, place, right, ways) for place, right in off):
            return True
    return False


def _slipped(entry, place, right, ways):
    """Whether what is in one place would agree but for the slip."""
    name, content, width = place
    before = ways(content, width) if width and content is not None else []
    return any(_met(entry, (name, one, width), right) for one in before)


def _met(entry, place, right):
    """Whether what is in one place agrees with what is stored of it."""
    return digests.match(digests.digest([place], salt=entry["salt"], ways=digests.around), [right])


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


def _fingerprint():
    """The fingerprint of what is open; data that have gone away since have none."""
    try:
        return lesson.current().fingerprint
    except (OSError, ValueError, KeyError, TypeError):
        return ""

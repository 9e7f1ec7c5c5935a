"""What a student has tried, in a small file beside the notebooks, so that a trainer can look at it.

The file is a convenience: where it cannot be read or written, the record lives as long as the kernel.
Whoever runs solutions by machine sets ``COURSE_PROGRESS=off``, so that no student inherits a record.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from helpers.bank import files

FOLDER = ".progress"
_memory = {}


def load(lesson, *, folder=None):
    """Read the record of a lesson.

    Parameters
    ----------
    lesson : str
        The lesson's name.
    folder : Path, optional
        Where the notebooks lie; here otherwise.

    Returns
    -------
    dict
        For each task that was touched: `tries`, `hints`, `done`, and `misconceptions`, a dict of
        name and count.
    """
    try:
        found = json.loads(_path(lesson, folder).read_text(encoding="utf-8"))
        return {str(task): _sound(entry) for task, entry in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        kept = _memory.get(lesson, {}) if folder is None else {}
        return {task: _sound(entry) for task, entry in kept.items()}


def note(lesson, task, *, tried=False, hinted=False, done=False, misconceptions=()):
    """Add one event to the record of a task.

    Parameters
    ----------
    lesson, task : str
        Where it happened.
    tried, hinted, done : bool
        An answer was given; a hint was read; the answer was right. What is done stays done.
    misconceptions : sequence of str
        Names of the known wrong answers that were met.

    Returns
    -------
    dict
        The task's entry as it is now.
    """
    record = load(lesson)
    entry = record.setdefault(task, _sound({}))
    entry["tries"] += tried
    entry["hints"] += hinted
    entry["done"] |= done
    for name in misconceptions:
        entry["misconceptions"][name] = entry["misconceptions"].get(name, 0) + 1
    _memory[lesson] = record
    _save(lesson, record)
    return entry


def _path(lesson, folder=None):
    return Path(folder or Path.cwd()) / FOLDER / f"{lesson}.json"


def _save(lesson, record):
    """Write the record whole or not at all; a folder that takes no files is no reason to fail."""
    if os.environ.get("COURSE_PROGRESS") == "off":
        return
    with suppress(OSError, ValueError):
        files.write(_path(lesson), json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _sound(entry):
    """Bring an entry of any file into shape."""
    seen = entry.get("misconceptions")
    return {
        "tries": _count(entry.get("tries")),
        "hints": _count(entry.get("hints")),
        "done": entry.get("done") is True,
        "misconceptions": {str(k): _count(n) for k, n in seen.items()} if isinstance(seen, dict) else {},
    }


def _count(number):
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else 0

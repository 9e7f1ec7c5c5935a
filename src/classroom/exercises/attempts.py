"""What a student has tried, in a small file beside the notebooks, so that a trainer can look at it.

The file is a convenience: where it cannot be read or written, the record lives as long as the kernel.
Anyone who runs solutions by machine sets ``COURSE_PROGRESS=off``, so that no student inherits a record.
"""

import json
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.bank import files, opened

FOLDER = ".progress"
# Another kernel holds the record for a thousandth of a second; one that died with it is not waited for.
_PATIENCE = 5


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
    found = _read(_path(lesson, folder))
    if found:
        return found
    kept = opened.now.progress.get(lesson, {}) if folder is None else {}
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
    with _alone(lesson):
        _set_aside(lesson)
        record = load(lesson)
        entry = record.setdefault(task, _sound({}))
        entry["tries"] += tried
        entry["hints"] += hinted
        entry["done"] |= done
        for name in misconceptions:
            entry["misconceptions"][name] = entry["misconceptions"].get(name, 0) + 1
        opened.now.progress[lesson] = record
        _save(lesson, record)
    return entry


def rescued(lesson):
    """Move a record that cannot be read out of the way, so that nothing is written over it.

    Parameters
    ----------
    lesson : str
        The lesson's name.

    Returns
    -------
    Path or None
        Where it is kept; None where there was nothing to move.
    """
    with _alone(lesson):
        return _set_aside(lesson)


def _path(lesson, folder=None):
    return Path(folder or Path.cwd()) / FOLDER / f"{lesson}.json"


def _off():
    return os.environ.get("COURSE_PROGRESS") == "off"


def _read(path):
    """What a record holds: nothing where there is none, None where it cannot be read."""
    if not os.path.lexists(path):
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        sound = {task: _sound(entry) for task, entry in found.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return None
    # What an earlier edition did not count yet may be missing; what is there must be as we write it.
    same = all(
        sound[task].get(name, value) == value
        for task, entry in found.items()
        for name, value in entry.items()
    )
    return sound if same else None


def _set_aside(lesson):
    """Rename a record that cannot be read; say where it is now."""
    path = _path(lesson)
    if _off() or _read(path) is not None:
        return None
    names = (path.with_name(f"{path.stem}.damaged-{number}.json") for number in range(1, 1000))
    kept = next(name for name in names if not os.path.lexists(name))
    with suppress(OSError):
        path.rename(kept)
        return kept


@contextmanager
def _alone(lesson):
    """Hold the record while it is read and written: the same notebook may be open in two kernels."""
    lock = _path(lesson).with_suffix(".lock")
    held = not _off() and _taken(lock)
    try:
        yield
    finally:
        if held:
            with suppress(OSError):
                lock.unlink()


def _taken(lock):
    """Make the lock, which only one can; False where none can be made, and the record is kept all the same."""
    started = time.monotonic()
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    while (waited := time.monotonic() - started) < 2 * _PATIENCE:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            return True
        except FileExistsError:
            _break_stale(lock)
        except PermissionError:
            if os.name == "posix" or waited > 0.2:  # Windows says so too while a lock is being taken away
                return False
        except OSError:
            return False
        time.sleep(0.003)
    return False


def _break_stale(lock):
    """Take away the lock of a kernel that died with it."""
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > _PATIENCE:
            lock.unlink()


def _save(lesson, record):
    """Write the record whole or not at all; a folder that takes no files is no reason to fail."""
    if _off():
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

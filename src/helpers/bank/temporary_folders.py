"""Folders that live as long as a process: named after it, so that what a dead one left is found and cleared."""

import hashlib
import os
import platform
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from helpers.bank import files

PREFIX = ".running-"


@contextmanager
def temporary(beside, *, prefix=PREFIX):
    """Make a folder of this process's own, and remove it afterwards.

    Parameters
    ----------
    beside : Path
        Where it is made; what dead processes left there is cleared first.
    prefix : str
        How its name begins; behind that come machine, process and the second it was started.

    Yields
    ------
    Path
        The folder; nobody else may look into it.
    """
    clear(beside, prefix=prefix)
    made = Path(tempfile.mkdtemp(dir=beside, prefix=f"{prefix}{_mark()}-"))
    try:
        yield made
    finally:
        _remove(made)


def clear(beside, *, prefix=PREFIX):
    """Remove folders and drafts whose process is gone; those of living ones and of other machines stay.

    Parameters
    ----------
    beside : Path
        Where to look.
    prefix : str
        As for `temporary`.
    """
    for path in Path(beside).glob(f"{prefix}*"):
        machine, *numbers = path.name.removeprefix(prefix).split("-")[:3]
        ours = machine == _machine() and len(numbers) == 2 and all(number.isdigit() for number in numbers)
        if not numbers or (ours and not _living(*map(int, numbers))):  # earlier editions gave no numbers
            _remove(path)


def clear_drafts(below):
    """Remove files that a dead process never finished writing (`files.in_one_piece`).

    Parameters
    ----------
    below : Path
        Where to look, in all its folders.
    """
    for draft, process in files.drafts(below):
        if not _living(process):
            with suppress(OSError):
                draft.unlink()


def _mark():
    """Name this process so that no later one with its number passes for it."""
    return f"{_machine()}-{os.getpid()}-{int(psutil.Process().create_time())}"


def _living(process, started=None):
    """Whether a process is still at work; one that began at another time has only inherited the number."""
    try:
        found = psutil.Process(process)
        same = started is None or abs(found.create_time() - started) < 5  # clocks are set right now and then
        return same and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _machine():
    """A short name of this machine: a folder may be shared by several."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]


def _remove(path):
    """Take a folder away, read-only files in it too; a link is not followed."""

    def writable(act, name, _):
        with suppress(OSError):
            os.chmod(os.path.dirname(name), stat.S_IRWXU)
            os.chmod(name, stat.S_IRWXU)
            act(name)

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=writable)

"""Why a notebook failed, in one sentence that names the cell."""

import errno
import re
import shutil

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from helpers.bank import files
from helpers.bank.language import WrongValue, worded

_ROOM = 2**20  # a kernel needs some to begin with


def told(error, *, kept, timeout):
    """Name the cell, and say what went wrong in it.

    Parameters
    ----------
    error : Exception
        What papermill, or the drawing of a page, raised.
    kept : Path
        The notebook as far as it came; it need not be there.
    timeout : int
        The time limit in seconds.

    Returns
    -------
    str
        One sentence in the current language.
    """
    return f"{_place(error, kept)}{_sentence(error, timeout)}"


def of_the_disk(error, *, target):
    """Say so where the disk is to blame, wherever that was noticed.

    Parameters
    ----------
    error : Exception
        What papermill, or the drawing of a page, raised.
    target : Path
        The output that is not written now; one of the folders above it is there.

    Returns
    -------
    Exception
        A sentence about the disk, or the error as it was.
    """
    if isinstance(error, OSError) and error.errno in files.DISK:
        return files.refusal(target, error)
    there = next(folder for folder in target.parents if folder.is_dir())
    if died(error) and shutil.disk_usage(there).free < _ROOM:
        return files.refusal(target, OSError(errno.ENOSPC, ""))
    return error


def died(error):
    """Tell whether Python itself stopped, or never began.

    Parameters
    ----------
    error : Exception
        What papermill raised.

    Returns
    -------
    bool
        As it does for want of memory.
    """
    return isinstance(error, DeadKernelError) or (
        isinstance(error, RuntimeError) and str(error).startswith("Kernel died")
    )


def _place(error, kept):
    """Say in which cell it happened: number, id, first line."""
    if isinstance(error, WrongValue) or not kept.exists():
        return ""  # a page that cannot be written names the cell itself
    cells = nbformat.read(kept, as_version=4).cells
    # papermill puts two notes of its own into a notebook that failed.
    cells = [c for c in cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
    begun = [n for n, cell in enumerate(cells) if cell.metadata.get("papermill", {}).get("start_time")]
    stopped = [n for n in begun if cells[n].metadata["papermill"].get("exception")] or begun[-1:]
    for number in stopped[:1]:
        cell = cells[number]
        lines = [line for line in cell.source.splitlines() if line.strip()]
        line = next((line for line in lines if not line.startswith("#")), "".join(lines[:1]))
        return worded("workshop.failure.cell", number=number + 1, cell=cell.id, line=line)
    return ""


def _sentence(error, timeout):
    """Tell an error in one line."""
    if isinstance(error, CellTimeoutError):
        return worded("workshop.failure.timeout", timeout=timeout)
    if died(error):
        return worded("workshop.failure.died")
    kind, told = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
    told = re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m", "", told)).strip()[:400]
    # Our own errors are sentences already.
    return told if kind in ("WrongValue", "WrongKind", "BadSource") else f"{kind}: {told}"

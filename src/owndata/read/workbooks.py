"""Workbooks as rows of text; nothing in them is executed."""

import json
import re
import subprocess
import sys
import threading
import zipfile
import zlib
from pathlib import Path

from owndata.read import farcells, unseen
from owndata.read.sheet_layout import letters
from owndata.read.workbook_process import INVENTED
from owndata.say.problems import cannot_read, problem

PATIENCE, PATIENCE_MB = 15, 3  # seconds until a workbook counts as damaged, and more for each megabyte
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def rows(path):
    """Read the first sheet that is not empty, row by row.

    Parameters
    ----------
    path : Path
        An ``.xlsx``, ``.xls``, ``.xlsb`` or ``.ods`` file.

    Returns
    -------
    rows : iterator of list of str
        One list a row; the first is row 1. Formulas give their saved results.
    engine : str
        ``"xlsx"`` or the like.
    problems : list of Problem
        Merged cells, error values, formulas without results, other sheets. It grows while the rows are read.

    Raises
    ------
    CannotRead
        If the workbook is locked, damaged or empty.
    """
    farcells.refuse(path)
    lines = _lines(path)
    about = next(lines, None) or {"error": "timeout"}
    if "error" in about:
        raise _unread(_why(path), path, about["error"])
    if about["position"] is None:
        raise cannot_read("no_table", file=path.name)
    try:
        kind = _engine(path)
        found = unseen.faults(path, about["position"]) if kind == "xlsx" else [unseen.told(path.name, kind)]
    except _BROKEN as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None
    found = [*_about(path.name, about), *found]
    return _rows(lines, path, found), kind, found


def _engine(path):
    """Name the kind of workbook by its content.

    Parameters
    ----------
    path : Path
        A workbook.

    Returns
    -------
    str
        ``"xls"``, ``"xlsx"``, ``"xlsb"`` or ``"ods"``.
    """
    if not zipfile.is_zipfile(path):
        return "xls"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return "xlsx" if "xl/workbook.xml" in names else "xlsb" if "xl/workbook.bin" in names else "ods"


def _lines(path):
    """What `workbook_process` prints, with an end to its patience."""
    script = Path(__file__).with_name("workbook_process.py")
    command = [sys.executable, "-I", str(script), str(path.resolve())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603
        watch = threading.Timer(_patience(path), child.kill)
        watch.start()
        try:
            for line in child.stdout:
                yield json.loads(line)
        except ValueError:  # killed within a line
            return
        finally:
            watch.cancel()
            child.kill()


def _patience(path):
    return PATIENCE + PATIENCE_MB * path.stat().st_size / 1e6


def _unread(kind, path, why):
    """Why there are no rows, or no more: the reader's own word, or its time was up."""
    if why == "timeout" and kind == "damaged":
        return cannot_read("too_slow", file=path.name, expected=f"{_patience(path):.0f}")
    return cannot_read(kind, file=path.name, why=why)


def _rows(lines, path, found):
    """The rows; one number too long for Excel is told."""
    told, file = False, path.name
    for number, row in enumerate(lines, 1):
        if not isinstance(row, list):
            break
        long = (
            None
            if told
            else next((cell for cell in row if re.fullmatch(r"-?\d(\.\d+)?e\+\d{2,}|\d{16,}", cell)), None)
        )
        if long and "e" in long:
            told = True
            found.append(problem("long_number", file=file, row=number, found=long))
        yield row
    else:
        row = {"error": "timeout"}
    if row:
        raise _unread("damaged", path, row["error"])


def _about(file, about):
    """What the workbook as a whole says."""
    name = about["names"][about["position"]]
    if about["alike"]:
        which = ", ".join(about["alike"])
        yield problem("sheets_alike", file=file, found=name, count=len(about["alike"]) + 1, which=which)
    elif others := [one for one in about["names"] if one != name and not INVENTED.search(one)]:
        which = ", ".join(others)
        yield problem("other_sheets", file=file, found=name, count=len(about["names"]), which=which)
    if not about["visible"]:
        yield problem("hidden_sheet", file=file, found=name)
    for first, last in about["merged"]:
        yield problem("merged", file=file, row=first[0] + 1, found=f"{_cell(first)}:{_cell(last)}")


def _why(path):
    """Whether a workbook that cannot be opened is locked: then its content is one encrypted stream."""
    if zipfile.is_zipfile(path):
        return "damaged"
    content = path.read_bytes()
    encrypted = "EncryptedPackage".encode("utf-16-le") in content or _has_filepass(content)
    return "locked" if encrypted else "damaged"


def _has_filepass(content):
    """Whether an old workbook's first records hold the one that announces encryption."""
    place = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    for _ in range(100 if place >= 0 else 0):
        kind = content[place : place + 2]
        if kind in (b"\x2f\x00", b"\x0a\x00", b""):
            return kind == b"\x2f\x00"
        place += 4 + int.from_bytes(content[place + 2 : place + 4], "little")
    return False


def _cell(place):
    """The name of a cell: (6, 1) is B7."""
    return f"{letters(place[1])}{place[0] + 1}"

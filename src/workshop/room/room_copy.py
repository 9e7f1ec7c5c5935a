"""What a room is given in place of the trainer's own folder: the course to read, and surroundings without secrets."""

import json
import os
import re
import shutil
import stat
import sys
from pathlib import Path

from helpers.bank import files
from workshop.room import lab
from workshop.run import execution

_PASSED = (
    "PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ", "TERM", "PYTHONUTF8", "PYTHONIOENCODING",
    # Windows starts nothing without these.
    "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "SYSTEMDRIVE", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
)  # fmt: skip
_HOMES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
)
_UNNEEDED = shutil.ignore_patterns(".*", "*.pyc.*", "*_trainer.ipynb", "__pycache__")


def made(home, folder):
    """Copy what the lessons read: notebooks, digests of answers, simulated banks, the packages; no solutions.

    Parameters
    ----------
    home : Path
        The collection's folder.
    folder : Path
        Where the copy is made; nobody can write into it then.

    Returns
    -------
    Path
        The copy, a ``COURSE_HOME`` for the room's kernels.
    """
    copy = folder / "course"
    copied(
        home, copy, packages=("helpers", "classroom", "owndata", "workshop")
    )  # the last starts the kernels
    for path in sorted(copy.rglob("*"), reverse=True):
        path.chmod(stat.S_IRUSR | (stat.S_IXUSR if path.is_dir() else 0))
    copy.chmod(stat.S_IRUSR | stat.S_IXUSR)
    return copy


def copied(home, copy, *, packages):
    """Copy notebooks, digests of answers, simulated banks and packages.

    Parameters
    ----------
    home : Path
        The collection's folder.
    copy : Path
        Where the copy is made.
    packages : sequence of str
        Which packages of `src`.
    """
    _copy(home / "notebooks", copy / "notebooks")
    for bank in sorted((home / "datasets").glob("*/datapackage.json")):
        if _simulated(bank):  # a real bank's data do not leave the trainer's machine
            _copy(bank.parent, copy / "datasets" / bank.parent.name)
    (copy / "datasets").mkdir(exist_ok=True)
    for package in packages:
        _copy(Path(__file__).parents[2] / package, copy / "src" / package)


def own_places(folder):
    """Say where settings, caches and temporary files go, so that nothing is written elsewhere.

    Parameters
    ----------
    folder : Path
        Home and temporary files are made in it.

    Returns
    -------
    dict
        Environment variables.
    """
    own, passing = folder / "home", folder / "tmp"
    for place in (own, passing):
        place.mkdir(parents=True, exist_ok=True)
    jupyter = {f"JUPYTER_{name.upper()}_DIR": str(own / name) for name in ("config", "data", "runtime")}
    return dict.fromkeys(_HOMES, str(own)) | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(passing)) | jupyter


def environment(folder, *, copy, language):
    """Say what the server and its kernels find around them: no home, no secret, no setting of the trainer's.

    Parameters
    ----------
    folder : Path
        An empty folder that lives as long as the room; home and temporary files are made in it.
    copy : Path
        From `made`.
    language : {"en", "zh"}
        The language of the menus.

    Returns
    -------
    dict
        The whole environment.
    """
    around = {name: os.environ[name] for name in _PASSED if name in os.environ} | own_places(folder)
    around |= {"PYTHONPATH": str(copy / "src"), "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    around |= dict.fromkeys(execution.THREADS, "1")  # everybody shares the processors
    around["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), around.get("PATH", os.defpath)])
    shown = lab.environment(folder / "session", home=copy, language=language, room=True)
    return (
        around
        | shown
        | {"JUPYTER_CONFIG_PATH": str(folder / "session"), "JUPYTER_PATH": str(folder / "session")}
    )


def _copy(source, target):
    """Copy a folder; where that fails, the first cause is told, a full disk above all."""
    try:
        shutil.copytree(source, target, ignore=_UNNEEDED)
    except shutil.Error as error:
        raise files.refusal(*_first(error)) from error


def _first(error):
    """The first file that could not be copied, and why: shutil keeps the words alone."""
    _, target, said = error.args[0][0]
    number = re.search(r"Errno (\d+)", str(said))
    return target, OSError(int(number[1]) if number else None, str(said))


def _simulated(described):
    """Whether a bank's codebook says that it was made by us."""
    try:
        return json.loads(described.read_text(encoding="utf-8")).get("simulated") is True
    except (OSError, ValueError, AttributeError, RecursionError):
        return False

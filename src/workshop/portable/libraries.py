"""The libraries of the lock, as Windows needs them, without what the course never opens."""

import compileall
import importlib.util
import py_compile
import shutil
import subprocess
import sys
from importlib import resources
from importlib.metadata import entry_points
from pathlib import Path

from helpers.bank.files import write
from helpers.bank.language import wrong
from workshop.build import yamlfile
from workshop.jobs import parent
from workshop.portable.python import VERSION

# Plain Python that is published as source alone.
_SOURCES = ("jieba", "semopy")
_PLATFORM = "x86_64-pc-windows-msvc"


def installed(target, *, lock, python):
    """Install every library of a lock for Windows, verified by its hashes.

    Parameters
    ----------
    target : Path
        The folder for the libraries.
    lock : Path
        A universal lock with hashes.
    python : Path
        The folder of Python, where JupyterLab looks for kernels, extensions and translations.

    Raises
    ------
    WrongValue
        If uv is not installed, this Python is of another version, or a library cannot be fetched.
    """
    _refuse_unfit()
    whole = [word for name in _SOURCES for word in ("--no-binary", name)]
    command = [
        sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-config", "--no-deps", "--require-hashes", "--link-mode", "copy",
        "--python-platform", _PLATFORM, "--python-version", VERSION, "--target", str(target), "--only-binary", ":all:", *whole, "-r", str(lock),
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        said = (ended.stderr.strip().splitlines() or [""])[-1]
        raise wrong("workshop.libraries.not_fetched", said=said)
    for name in ("share", "etc"):
        shutil.move(target / name, python / name)
    for place in trimmed():
        for found in sorted({*target.glob(place["files"]), *python.glob(place["files"])}):
            shutil.rmtree(found) if found.is_dir() else found.unlink(missing_ok=True)


def registered(target):
    """Enter our own packages among those that are installed: there jupyter_client looks who starts a kernel.

    Parameters
    ----------
    target : Path
        The folder of the libraries.
    """
    for entry in entry_points(group=parent.GROUP, name=parent.NAME):
        own = entry.dist
        place = target / f"{own.name.replace('-', '_')}-{own.version}.dist-info"
        place.mkdir(parents=True)
        write(place / "METADATA", f"Metadata-Version: 2.1\nName: {own.name}\nVersion: {own.version}\n")
        write(place / "entry_points.txt", f"[{entry.group}]\n{entry.name} = {entry.value}\n")


def trimmed():
    """List what the course never opens.

    Returns
    -------
    list of dict
        ``files``, a pattern; ``why`` and ``why@zh``.
    """
    return yamlfile.read(Path(str(resources.files("workshop") / "portable" / "trimmed.yml")))


def compiled(folder, *, called):
    """Compile every module, so that no kernel compiles at its start; the result holds no path of this machine.

    Parameters
    ----------
    folder : Path
        Where the modules are.
    called : str
        What errors are to call it.
    """
    compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(folder),
        prependdir=called,
        workers=0,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def _refuse_unfit():
    """What packs must be able to resolve a lock for another system, and compile for that Python."""
    here = ".".join(map(str, sys.version_info[:2]))
    if here != VERSION:
        raise wrong("workshop.libraries.other_python", version=VERSION, here=here)
    if importlib.util.find_spec("uv") is None:
        raise wrong("workshop.libraries.no_uv")

"""``course lab``: JupyterLab on a working copy, so that updates never fight with a student's edits."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from classroom.running import startpage
from helpers.bank.files import write

LOCALES = {"en": "en", "zh": "zh_CN"}
MANIFEST = ".course.json"


def refresh(home, *, target):
    """Bring the student edition into a working copy; what the student changed stays as it is.

    Parameters
    ----------
    home : Path
        The collection's folder, with ``notebooks``.
    target : Path
        The working copy; it is made where it is not there.

    Returns
    -------
    list of str
        Files that have a newer edition but were changed by the student, and so were left alone.
    """
    known, left = _manifest(target), []
    for source in sorted((home / "notebooks").rglob("*")):
        name = source.relative_to(home / "notebooks").as_posix()
        if source.suffix not in (".ipynb", ".md") or ".ipynb_checkpoints" in name:
            continue
        copy, digest = target / name, _digest(source)
        if not copy.exists() or _digest(copy) in (known.get(name), digest):
            if not copy.exists() or _digest(copy) != digest:
                write(copy, source.read_text(encoding="utf-8"))
            known[name] = _digest(copy)
        elif known.get(name) != digest:
            left.append(name)
    write(target / MANIFEST, json.dumps(known, indent=1, ensure_ascii=False))
    return left


def start(target, *, home, language, options=()):
    """Start JupyterLab in the working copy and wait until it ends.

    Parameters
    ----------
    target : Path
        The working copy.
    home : Path
        The collection's folder.
    language : {"en", "zh"}
        The language of the menus; the user's own settings are not touched, and win where they say otherwise.
    options : sequence of str
        Handed on to ``jupyter lab``.

    Returns
    -------
    int
        The exit code.
    """
    first = startpage.written(home, target=target, language=language)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        around = {**os.environ, **environment(Path(folder), home=home, language=language)}
        try:
            opened = f"--LabApp.default_url=/lab/tree/{quote(first.name)}"
            command = [sys.executable, "-m", "jupyterlab", opened, *options]
            return subprocess.call(command, cwd=target / language, env=around)  # noqa: S603
        except KeyboardInterrupt:  # JupyterLab has said goodbye itself
            return 0


def environment(folder, *, home, language):
    """Write the menus' language, and a kernel that explains a beginner's errors, for this one session.

    Parameters
    ----------
    folder : Path
        An empty folder that lives as long as the session.
    home : Path
        The collection's folder.
    language : {"en", "zh"}
        The language of the menus and of what the kernel explains.

    Returns
    -------
    dict
        Environment variables for JupyterLab.
    """
    defaults = {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[language]},
        # Nothing asks a network, and nobody is asked whether it may.
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
        # The start page is read, not edited.
        "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    }
    write(folder / "labconfig" / "default_setting_overrides.json", json.dumps(defaults))
    write(folder / "kernels" / "python3" / "kernel.json", json.dumps(_kernel(language)))
    return {
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", folder),
        "JUPYTER_PATH": _before("JUPYTER_PATH", folder),
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this Python before any other on the machine
        "COURSE_HOME": str(home),
    }


def _kernel(language):
    """Describe this very Python as a kernel that explains errors from the first cell on."""
    explaining = "--IPKernelApp.extra_extensions=classroom.notebook.explain"
    return {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", explaining],
        "display_name": "Python 3",
        "language": "python",
        "env": {"COURSE_LANGUAGE": language},
        "metadata": {"debugger": True},
    }


def _before(name, folder):
    """A search path that begins with our folder."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get(name)]))


def _manifest(target):
    """Which file came in with which content."""
    try:
        return json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _digest(path):
    """Digest of a text file, whatever its line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()

"""``course lab``: JupyterLab on a working copy, so that updates never fight with a student's edits."""

import hashlib
import json
import os
import stat
import sys
import tempfile
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from helpers.bank import temporary_folders
from helpers.bank.files import write
from helpers.bank.language import WrongValue, wrong
from workshop.jobs import kernel, parent
from workshop.room import lab_page, server

LOCALES = {"en": "en", "zh": "zh_CN"}
# Many lessons are open at once: what a table no longer needs goes back to the system (Arrow's own pool and glibc keep it).
_FRUGAL = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "262144",
    "MALLOC_TRIM_THRESHOLD_": "1048576",
}
MANIFEST, SETTINGS, SESSION = ".course.json", ".settings", "course-lab-"


def refresh(home, *, target, tell=print, data=None):
    """Bring the student edition into a working copy; what the student changed stays as it is.

    Parameters
    ----------
    home : Path
        The collection's folder, with ``notebooks``.
    target : Path
        The working copy; it is made where it is not there.
    tell : callable, optional
        Takes a sentence about each file that cannot be read or written; the others are brought.
    data : str, optional
        A bank of one's own: the notebooks are those that it can carry (`reduced.fitted`).

    Returns
    -------
    list of str
        Files that have a newer edition but were changed by the student, and so were left alone.

    Raises
    ------
    WrongValue
        If one of its folders is a link, no folder, or closed to us: nothing is written through a link.
    """
    sources = [
        path
        for path in sorted((home / "notebooks").rglob("*"))
        if path.suffix in (".ipynb", ".md") and ".ipynb_checkpoints" not in path.parts
    ]
    names = {path.relative_to(home / "notebooks").as_posix(): path for path in sources}
    for folder in sorted({target, *((target / name).parent for name in names)}):
        usable(folder, below=target)
    known, left = _manifest(target), []
    fit = _fitting(data)
    for name, source in names.items():
        text = fit(source.read_text(encoding="utf-8"), source)
        try:
            if not _brought(text, target / name, name=name, known=known):
                left.append(name)
                beside = newer(name)  # nothing is lost, and the new edition is there to open
                _brought(text, target / beside, name=beside, known=known)
        except (OSError, WrongValue) as error:
            tell(error if isinstance(error, WrongValue) else _unreadable(target / name))
    write(target / MANIFEST, json.dumps(known, indent=1, ensure_ascii=False))
    return left


def newer(name):
    """Where the new edition of a notebook stands that the student has changed.

    Parameters
    ----------
    name : str
        Its place in the working copy.

    Returns
    -------
    str
        A place beside it.

    Examples
    --------
    >>> newer("en/05_servqual.ipynb"), newer("zh/05_servqual.ipynb")
    ('en/05_servqual_new.ipynb', 'zh/05_servqual_新版.ipynb')
    """
    path = PurePosixPath(name)
    word = "新版" if path.parts[0] == "zh" else "new"
    return str(path.with_name(f"{path.stem}_{word}{path.suffix}"))


def _fitting(data):
    """How a built file becomes the student's: as it is, or as data of one's own can carry it."""
    if data is None:
        return lambda text, path: text
    from helpers.bank.bank import Bank
    from workshop.run import reduced  # both bring pandas, which the course's own notebooks do not need here

    bank = Bank(data)
    return lambda text, path: reduced.fitted(text, path=path, bank=bank) if path.suffix == ".ipynb" else text


def usable(folder, *, below):
    """Make a folder, and refuse one that leads elsewhere or cannot be used.

    Parameters
    ----------
    folder : Path
        In or below the working copy.
    below : Path
        The working copy; it alone may be a link, of its owner's making.

    Raises
    ------
    WrongValue
        One sentence that names the folder.
    """
    try:
        if folder != below and _is_link(folder):
            raise wrong("workshop.lab.link", folder=folder)
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError
        next(folder.iterdir(), None)
    except OSError as error:
        raise wrong("workshop.lab.unusable", folder=folder) from error


def _unreadable(path):
    """Say that one file was left as it is."""
    return wrong("workshop.lab.unreadable", path=path)


def _brought(text, copy, *, name, known):
    """Bring one file up to date; False where the student changed it and there is a newer one."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    mine = _digest(copy) if os.path.lexists(copy) else None
    if mine is not None and mine not in (known.get(name), digest):
        return known.get(name) == digest
    if mine != digest:
        write(copy, text)
    known[name] = digest
    return True


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
    first = lab_page.written(home, target=target, language=language)
    with temporary_folders.temporary(Path(tempfile.gettempdir()), prefix=SESSION) as folder:
        around = {**os.environ, **environment(folder, home=home, language=language)}
        opened = f"--LabApp.default_url=/lab/tree/{quote(first.name)}"
        return server.attend(command(opened, *options), cwd=target / language, env=around)


def command(*options):
    """Say how JupyterLab is started, tied to this process.

    Parameters
    ----------
    *options : str
        For `server`, and for ``jupyter lab``.

    Returns
    -------
    list of str
        The command.
    """
    return [sys.executable, "-P", "-m", "workshop.room.server", str(os.getpid()), *options]


def environment(folder, *, home, language, room=False):
    """Write the menus' language, and a kernel that explains a beginner's errors, for this one session.

    Parameters
    ----------
    folder : Path
        An empty folder that lives as long as the session.
    home : Path
        The collection's folder.
    language : {"en", "zh"}
        The language of the menus and of what the kernel explains.
    room : bool
        Kernels with limits, for a machine that serves many.

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
    # Pages that JupyterLab exports would load these from the internet; formulas stand as they were typed.
    exported = {"HTMLExporter": dict.fromkeys(("require_js_url", "mathjax_url"), "data:,")}
    write(folder / "jupyter_config.json", json.dumps(exported))
    write(folder / "labconfig" / "default_setting_overrides.json", json.dumps(defaults))
    write(folder / "kernels" / "python3" / "kernel.json", json.dumps(_kernel(language, room)))
    return {
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", folder),
        "JUPYTER_PATH": _before("JUPYTER_PATH", folder),
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this Python before any other on the machine
        "PATH": _before("PATH", Path(sys.executable).parent),  # `course` in the lab's own terminal
        **_FRUGAL,
        "COURSE_HOME": str(home),
        "COURSE_LANGUAGE": language,  # the lab's terminal answers as its menus do
    }


def _kernel(language, room):
    """Describe this very Python as a kernel that explains errors from the first cell on."""
    launch = (sys.executable, "-P", "-m", "workshop.jobs.kernel")
    explaining = "--IPKernelApp.extra_extensions=classroom.notebook.explain"
    return {
        "argv": [*launch, "-f", "{connection_file}", explaining, *([kernel.ROOM] if room else [])],
        "display_name": "Python 3",
        "language": "python",
        "env": {"COURSE_LANGUAGE": language},
        "metadata": {"debugger": True} | parent.description(),
    }


def _before(name, folder):
    """A search path that begins with our folder."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get(name)]))


def _manifest(target):
    """Which file came in with which content; a file of any other shape says nothing."""
    path = target / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if _is_plain(path) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {name: digest for name, digest in entries if isinstance(digest, str)}


def _digest(path):
    """Digest of a text file, whatever its line ends; OSError where there is no plain file."""
    if not _is_plain(path):
        raise OSError
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _is_plain(path):
    """Whether this is a file itself: no link, no folder, no pipe that would keep us waiting."""
    return not _is_link(path) and path.is_file()


def _is_link(path):
    """Whether a name leads to another place: a link, or a junction on Windows."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(found.st_mode) or (junction and getattr(found, "st_reparse_tag", 0) == junction)

"""``course doctor``: one text for the person who helps, with versions, fonts and places, and no name of a person."""

import getpass
import importlib.metadata
import locale
import os
import platform
import re
import shutil
import sys
from pathlib import Path

from packaging.requirements import Requirement

from helpers.bank.language import WrongValue, pick

_ABSENT = "–"
_MAIN = ("jupyterlab", "pandas", "statsmodels", "seaborn", "pingouin", "papermill")
_LOCKED = re.compile(r"^\w.*==.*?(?= *\\?$)", re.MULTILINE)


def told(home):
    """Tell what this course stands on.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    str
        One line for each thing; the user's name and home folder are left out.
    """
    rows = [
        (pick(en="system", zh="系统"), f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("Python", f"{platform.python_version()} · {sys.executable}"),
        (pick(en="text", zh="文字编码"), f"{locale.getencoding()} · {sys.stdout.encoding}"),
        (pick(en="course", zh="课程"), f"{home} · {_open_to_writing(home)}"),
        (
            pick(en="free on the disk", zh="磁盘剩余"),
            f"{shutil.disk_usage(home).free / 1024**3:.1f} GB",
        ),
        (pick(en="Chinese font", zh="中文字体"), _font()),
        (pick(en="libraries", zh="程序库"), " · ".join(f"{name} {_version(name)}" for name in _MAIN)),
        (
            pick(en="unlike the lock", zh="与锁定版本不同"),
            ", ".join(unlike(home)) or pick(en="none", zh="无"),
        ),
    ]
    return nameless("\n".join(f"{name}: {value}" for name, value in rows))


def unlike(home):
    """List the libraries whose version is not the lock's; those that this system does not need may be absent.

    Parameters
    ----------
    home : Path
        The collection's folder, with ``requirements.lock``.

    Returns
    -------
    list of str
        Name, version here, version of the lock.
    """
    path = home / "requirements.lock"
    locked = map(Requirement, _LOCKED.findall(path.read_text(encoding="utf-8")) if path.is_file() else ())
    here = [(one, _version(one.name)) for one in locked if one.marker is None or one.marker.evaluate()]
    return [
        f"{one.name} {version} ≠ {str(one.specifier)[2:]}" for one, version in here
        if version != _ABSENT and version not in one.specifier
    ]  # fmt: skip


def nameless(text):
    """Take the user's name and home folder out of a text.

    Parameters
    ----------
    text : str
        What is to be sent to somebody.

    Returns
    -------
    str
        The home folder as ``~``, the name as ``…``.
    """
    text = text.replace(str(Path.home()), "~")
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a machine may not say who uses it
        return text
    return re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\]|$)", "…", text, flags=re.MULTILINE)


def _font():
    from helpers.figures import style  # matplotlib is slow to import

    try:
        return style.chinese_font()
    except WrongValue as error:
        return str(error)


def _open_to_writing(folder):
    return (
        pick(en="can be written", zh="可写")
        if os.access(folder, os.W_OK)
        else pick(en="read only", zh="只读")
    )


def _version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return _ABSENT

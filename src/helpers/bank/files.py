"""Files that are written whole or not at all: what was there stays until the new one is complete."""

import errno
import os
import re
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.bank.language import WrongValue


@contextmanager
def in_one_piece(path):
    """Write a file in one piece: into a draft beside it, which takes its place when the block ends well.

    Parameters
    ----------
    path : str or Path
        The file; its folder is made. A link there is replaced, never written through.

    Yields
    ------
    Path
        The draft, with the same suffix. Its name carries our process id (`drafts`).

    Raises
    ------
    WrongValue
        If the file cannot be written; the sentence names the cause (`refusal`).

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "new" / "a.txt"
    >>> with in_one_piece(place) as draft:
    ...     _ = draft.write_text("whole")
    >>> place.read_text(), [path.name for path in place.parent.iterdir()]
    ('whole', ['a.txt'])
    """
    path = Path(path)
    token = f"{os.getpid()}.{secrets.token_hex(3)}"  # two threads may write the same file
    draft = path.with_name(f".{path.stem[:40]}.{token}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(exist_ok=False)  # a link that waits under this name is not followed
        yield draft
        os.replace(draft, path)
    except OSError as error:
        raise refusal(path, error) from error
    finally:
        with suppress(OSError):
            draft.unlink()  # gone already where all went well


def write(path, text):
    r"""Write a text file in one piece, UTF-8, with line ends that are the same on every system.

    Parameters
    ----------
    path : str or Path
        The file; its folder is made.
    text : str
        What it holds.

    Raises
    ------
    WrongValue
        As for `in_one_piece`.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "b.md"
    >>> write(place, "差距\n")
    >>> place.read_bytes().decode("utf-8")
    '差距\n'
    """
    with in_one_piece(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def refusal(path, error):
    """Say why a file cannot be written, and what to do.

    Parameters
    ----------
    path : str or Path
        The file.
    error : OSError
        What the system said.

    Returns
    -------
    WrongValue
        One sentence that names file, cause and remedy; to be raised.

    Examples
    --------
    >>> print(refusal("a.html", OSError(errno.ENOSPC, "No space left on device")))
    'a.html' cannot be written: the disk is full. Make room on it, or choose another folder.
    """
    en, zh = _CAUSES.get(_NAMES.get(error.errno, ""), _OTHER)
    said = error.strerror or type(error).__name__
    return WrongValue(
        en=f"'{path}' cannot be written: {en.format(said=said)}",
        zh=f"无法写入 '{path}'：{zh.format(said=said)}",
    )


def drafts(folder):
    """List drafts that were never finished, with the process that wrote each.

    Parameters
    ----------
    folder : Path
        Where to look, below it too.

    Yields
    ------
    tuple of (Path, int)
        The draft, and the id of its process.
    """
    for path in Path(folder).rglob(".*.part*"):
        if found := re.fullmatch(r"\..*\.(\d+)\.[^.]+\.part(\.[^.]*)?", path.name):
            yield path, int(found[1])


# What the disk itself refuses, whichever program writes.
DISK = {getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EROFS", "EFBIG", "EIO")}
_NAMES = {
    getattr(errno, code): name
    for code, name in {
        "ENOSPC": "full", "EDQUOT": "quota", "EROFS": "read-only", "EACCES": "forbidden", "EPERM": "forbidden",
        "EFBIG": "large", "ENAMETOOLONG": "long", "ENOTDIR": "no folder", "EEXIST": "no folder",
        "EISDIR": "folder", "ELOOP": "loop", "EIO": "device", "EMFILE": "many", "ENFILE": "many",
    }.items()
    if hasattr(errno, code)
}  # fmt: skip
_CAUSES = {
    "full": (
        "the disk is full. Make room on it, or choose another folder.",
        "磁盘已满。请清理出空间，或换一个文件夹。",
    ),
    "quota": (
        "your share of the disk is used up. Delete what you no longer need, or choose another disk.",
        "你的磁盘配额已用完。请删除不再需要的文件，或换一块磁盘。",
    ),
    "read-only": (
        "the disk can only be read. Choose another folder.",
        "这块磁盘是只读的。请换一个文件夹。",
    ),
    "forbidden": (
        "the system does not allow it. Close it if it is open in another program, or choose a folder of your own.",
        "系统不允许。如果它正在别的程序里打开着，请先关掉；或者换一个属于你的文件夹。",
    ),
    "large": (
        "it would be larger than a file may be here. Write less, or choose another disk.",
        "文件大小超过了这里的上限。请少写一些，或换一块磁盘。",
    ),
    "long": ("its name is too long. Choose a shorter one.", "名称太长。请换一个短一些的。"),
    "no folder": (
        "a file stands where its folder should be. Move that file away, or choose another folder.",
        "应该是文件夹的位置上有一个同名文件。请移走那个文件，或换一个文件夹。",
    ),
    "folder": (
        "a folder has this name. Rename the folder, or choose another name.",
        "这个名称已经是一个文件夹。请给文件夹改名，或换一个名称。",
    ),
    "loop": (
        "links lead round in a circle there. Choose another folder.",
        "那里的链接互相指向，绕成了圈。请换一个文件夹。",
    ),
    "device": (
        "the disk reports an error. Save your work elsewhere and have the disk looked at.",
        "磁盘报告出错。请把文件另存到别处，并检查磁盘。",
    ),
    "many": (
        "too many files are open. Close other programs and try again.",
        "打开的文件太多。请关闭其他程序后再试。",
    ),
}
_OTHER = (
    "{said}. Close it if it is open in another program, or choose another folder.",
    "{said}。如果它正在别的程序里打开着，请先关掉；或者换一个文件夹。",
)

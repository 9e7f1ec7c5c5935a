"""Files that are written whole or not at all: what was there stays until the new one is complete."""

import os
from contextlib import contextmanager
from pathlib import Path

from helpers.bank.checks import WrongValue


@contextmanager
def whole(path):
    """Write a file in one piece: into a draft beside it, which takes its place when the block ends well.

    Parameters
    ----------
    path : str or Path
        The file; its folder is made.

    Yields
    ------
    Path
        The draft, with the same suffix.

    Raises
    ------
    WrongValue
        If the folder takes no files, or the file is open in a program that keeps it (Windows).

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "new" / "a.txt"
    >>> with whole(place) as draft:
    ...     _ = draft.write_text("whole")
    >>> place.read_text(), [path.name for path in place.parent.iterdir()]
    ('whole', ['a.txt'])
    """
    path = Path(path)
    draft = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.touch()
        yield draft
        os.replace(draft, path)
    except OSError as error:
        raise WrongValue(
            en=f"'{path}' cannot be written. Close it if it is open in another program, or choose another folder.",
            zh=f"无法写入 '{path}'。如果它正在别的程序里打开着，请先关掉；或者换一个文件夹。",
        ) from error
    finally:
        if draft.exists():
            draft.unlink()


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
        As for `whole`.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "b.md"
    >>> write(place, "差距\n")
    >>> place.read_bytes().decode("utf-8")
    '差距\n'
    """
    with whole(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")

"""A folder written whole or not at all, and never over what somebody else put there."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from helpers.bank import temporary_folders
from helpers.bank.language import wrong


def refuse_occupied(folder, *, ours=()):
    """Refuse a folder that holds anything but what we would write there.

    Parameters
    ----------
    folder : Path
        Where we want to write.
    ours : tuple of str
        Names of files that may be replaced.

    Raises
    ------
    WrongValue
        If it is a file, or holds something else; the sentence names it.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise wrong("owndata.folders.is_a_file", folder=folder)
    others = (
        sorted(path.name for path in folder.iterdir() if path.name not in ours) if folder.exists() else []
    )
    if others:
        raise wrong("owndata.folders.occupied", folder=folder, other=others[0])


def refuse_nested(source, out):
    """Refuse to write into the data, or around them.

    Parameters
    ----------
    source, out : Path
        The folder read and the folder to write.

    Raises
    ------
    WrongValue
        If one lies in the other.
    """
    source, target = Path(source).resolve(), Path(out).resolve()
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise wrong("owndata.folders.nested", out=out, source=source)


def refuse_holding(out, inputs):
    """Refuse to write a folder that holds what is read: it is replaced as a whole.

    Parameters
    ----------
    out : Path
        The folder to write.
    inputs : list of Path
        Files that are read.

    Raises
    ------
    WrongValue
        If one of them is the folder, or lies in it.
    """
    for path in inputs:
        if Path(path).resolve().is_relative_to(Path(out).resolve()):
            raise wrong("owndata.folders.holding", path=path, out=out)


def refuse_within(folder, file):
    """Refuse to write a file into a folder of data, where it could take the place of a table.

    Parameters
    ----------
    folder : Path
        The data.
    file : Path
        The file to write.

    Raises
    ------
    WrongValue
        If it would lie in the folder.
    """
    if Path(file).resolve().is_relative_to(Path(folder).resolve()):
        raise wrong("owndata.folders.within", file=file, folder=folder)


@contextmanager
def whole(folder):
    """Give a draft folder that takes the place of `folder` when all went well.

    Parameters
    ----------
    folder : Path
        Where the files shall be in the end; what stands there is replaced as a whole.

    Yields
    ------
    Path
        An empty folder beside it.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}-"
    _put_back(folder, prefix=prefix)
    # Beside the target, so that renaming stays within one disk.
    with temporary_folders.temporary(folder.parent, prefix=prefix) as work:
        draft, old = work / "new", work / "old"
        draft.mkdir()
        yield draft
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(draft, folder)
        except OSError:
            if old.exists():
                shutil.move(old, folder)
            raise


def _put_back(folder, *, prefix):
    """Where a run was killed between two renames, the folder as it was lies in that run's scratch."""
    for kept in folder.parent.glob(f"{prefix}*/old") if not folder.exists() else ():
        os.replace(kept, folder)
        return


def write_json(path, content):
    """Write a small JSON file, readable for people.

    Parameters
    ----------
    path : Path
        The file.
    content : dict
        What it holds.
    """
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")

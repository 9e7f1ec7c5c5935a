"""What a run leaves beside its pages: the key it ran for, how it went, and a digest of every output."""

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field

from helpers.bank import files


@dataclass(frozen=True)
class Stamp:
    """One finished notebook.

    Attributes
    ----------
    key : str
        Digest of everything that could change the outputs.
    seconds : float
        How long it took.
    results : dict
        The key results, name → value.
    title : str
        The first heading.
    outputs : dict
        Path seen from ``build``, with ``/`` → SHA-256 of its bytes. Earlier editions wrote none: they are run again.
    """

    key: str
    seconds: float
    results: dict
    title: str
    outputs: dict = field(default_factory=dict)


def read(path):
    """Read a stamp; a file of any other shape is none.

    Parameters
    ----------
    path : Path
        Where it may stand.

    Returns
    -------
    Stamp or None
        None where there is no stamp.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        return Stamp(**found) if _sound(found) else None
    except (OSError, ValueError, RecursionError):
        return None


def write(path, stamp):
    """Write a stamp whole.

    Parameters
    ----------
    path : Path
        Where.
    stamp : Stamp
        What to write.
    """
    files.write(path, json.dumps(asdict(stamp), ensure_ascii=False))


def digests(paths, *, folder):
    """Digest outputs, for a stamp.

    Parameters
    ----------
    paths : iterable of Path
        The files.
    folder : Path
        ``build``.

    Returns
    -------
    dict
        As `Stamp.outputs`.
    """
    return {path.relative_to(folder).as_posix(): _digest(path) for path in paths}


def holds(stamp, *, needed, folder):
    """Say whether the outputs are still what the run wrote.

    Parameters
    ----------
    stamp : Stamp
        From `read`.
    needed : iterable of Path
        Outputs that there must be.
    folder : Path
        ``build``.

    Returns
    -------
    bool
        False where a file is missing, was overwritten or emptied.
    """
    if not {path.relative_to(folder).as_posix() for path in needed} <= set(stamp.outputs):
        return False
    return all(_digest(folder / name) == digest for name, digest in stamp.outputs.items())


def _sound(found):
    """Whether this is what `write` writes."""
    if not isinstance(found, dict) or {"outputs", *found} != set(Stamp.__annotations__):
        return False
    kinds = (("key", str), ("seconds", int | float), ("results", dict), ("title", str), ("outputs", dict))
    values = {"outputs": {}, **found}
    if not all(isinstance(values[name], kind) for name, kind in kinds) or isinstance(values["seconds"], bool):
        return False
    return math.isfinite(values["seconds"]) and all(
        isinstance(one, str) for one in values["outputs"].values()
    )


def _digest(path):
    """Digest of a file; nothing where none can be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""

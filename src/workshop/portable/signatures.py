"""Which programs of a folder carry a signature: what a rule for a publisher covers, and what needs a list of digests."""

import hashlib
import struct

_PROGRAMS = (".exe", ".dll", ".pyd")
# Where a program for Windows says where its signature is: the fifth directory of the optional header (PE format, 32 or 64 bit).
_HEADER, _OPTIONAL, _DIRECTORIES, _CERTIFICATES = 0x3C, 24, {0x10B: 96, 0x20B: 112}, 4


def carries_signature(held):
    """Whether a program has a signature in it; whether it is valid is for Windows to say.

    Parameters
    ----------
    held : bytes
        An ``.exe``, ``.dll`` or ``.pyd``.

    Returns
    -------
    bool
        False, too, for what is no program.
    """
    try:
        optional = struct.unpack_from("<I", held, _HEADER)[0] + _OPTIONAL
        first = optional + _DIRECTORIES[struct.unpack_from("<H", held, optional)[0]]
        place, size = struct.unpack_from("<II", held, first + 8 * _CERTIFICATES)
    except (struct.error, KeyError):
        return False
    return bool(place and size)


def programs(folder):
    """List the programs of a folder.

    Parameters
    ----------
    folder : Path
        Where to look, at any depth.

    Returns
    -------
    list of tuple
        Place within the folder, bytes, SHA-256, and whether it carries a signature; in the order of the places.
    """
    rows = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _PROGRAMS):
        held = path.read_bytes()
        place = path.relative_to(folder).as_posix()
        rows.append((place, len(held), hashlib.sha256(held).hexdigest(), carries_signature(held)))
    return rows

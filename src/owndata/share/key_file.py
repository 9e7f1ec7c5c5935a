"""The secret behind pseudonyms: a file of its owner's alone, never beside the data."""

import os
import secrets
import stat
from pathlib import Path

from helpers.bank import paths
from helpers.bank.language import wrong

BYTES = 32


def default():
    """Return where the key is kept unless the user says otherwise: in the user's own folder.

    Returns
    -------
    Path
        The same file every time, so that the same person keeps the same pseudonym.
    """
    return Path.home() / ".bank-service-quality" / "pseudonyms.key"


def read(path, *, apart_from):
    """Read the key, or make one where there is none.

    Parameters
    ----------
    path : str or Path
        The key file: 64 hexadecimal digits.
    apart_from : list of Path
        Folders of data; the key must not lie in any of them.

    Returns
    -------
    bytes
        32 bytes.

    Raises
    ------
    WrongValue
        If the file lies inside the data, can be read by others, or holds no key.
    """
    path = Path(path).expanduser()
    for folder in apart_from:
        if path.resolve().is_relative_to(Path(folder).resolve()):
            raise wrong("owndata.key_file.inside", path=path, folder=folder)
    if not os.path.lexists(path):
        _make(path)
    if paths.is_regular(path):  # a pipe would be waited for for ever; that it is no key is told below
        _own_only(path)
    return _content(path)


def _make(path):
    """Write a new key that only its owner can read from its first moment on."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
    except OSError as error:
        raise wrong("owndata.key_file.unwritable", path=path, why=error.strerror) from error


def _own_only(path):
    """Refuse a key that others on this machine can read (Windows keeps permissions otherwise)."""
    if os.name == "posix" and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise wrong("owndata.key_file.others_can_read", path=path)


def _content(path):
    try:
        if not paths.is_regular(path):
            raise OSError
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != BYTES:
        raise wrong("owndata.key_file.content", path=path)
    return key

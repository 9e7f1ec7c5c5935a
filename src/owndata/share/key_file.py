"""The secret behind pseudonyms: a file of its owner's alone, never beside the data."""

import os
import secrets
import stat
from pathlib import Path

from helpers.bank import paths
from helpers.bank.language import WrongValue

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
            raise WrongValue(
                en=f"The key must lie outside the data; '{path}' is inside '{folder}'. Choose another place with --key.",
                zh=f"密钥不能和数据放在一起；'{path}' 就在 '{folder}' 里面。请用 --key 另选一个位置。",
            )
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
        raise WrongValue(
            en=f"The key '{path}' cannot be written ({error.strerror}). Choose another place with --key.",
            zh=f"无法写入密钥 '{path}'（{error.strerror}）。请用 --key 另选一个位置。",
        ) from error


def _own_only(path):
    """Refuse a key that others on this machine can read (Windows keeps permissions otherwise)."""
    if os.name == "posix" and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WrongValue(
            en=f"Only you may read the key; others can read '{path}'. Run `chmod 600 '{path}'`, "
            "or make a new key if somebody may have copied it.",
            zh=f"密钥只能由你本人读取；现在别人也能读 '{path}'。请运行 chmod 600 '{path}'；"
            "如果可能已被别人拷走，请换一个新密钥。",
        )


def _content(path):
    try:
        if not paths.is_regular(path):
            raise OSError
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != BYTES:
        raise WrongValue(
            en=f"A key file holds 64 hexadecimal digits; '{path}' does not. Name a file that does not exist yet: "
            "a key will be made.",
            zh=f"密钥文件应该是 64 位十六进制数；'{path}' 不是。请写一个还不存在的文件名，程序会生成新密钥。",
        )
    return key

"""One machine that serves a room: a working copy for each seat, one JupyterLab, one address for the board."""

import json
import os
import secrets
import socket
import tempfile
from pathlib import Path
from urllib.parse import quote

from helpers.bank import temporary_folders
from helpers.bank.files import write
from helpers.bank.language import WrongValue, pick, worded, wrong
from workshop.room import lab, lab_page, room_copy, sandbox, seats_page, server, trust

PAGE, PORT, SESSION = "seats.html", 8888, "course-room-"
# A kernel that nobody used for half an hour gives its memory back, in an open tab too; what was written is on the disk.
IDLE_SECONDS = 1800
# Fifteen letters and digits that nobody mixes up on a whiteboard: 74 bits.
_LETTERS, _GROUPS = "23456789abcdefghjkmnpqrstuvwxyz", (5, 5, 5)


def prepare(home, *, target, language, count, tell=print):
    """Make a working copy for each seat, and the page on which everybody picks one's own.

    Parameters
    ----------
    home : Path
        The collection's folder.
    target : Path
        Where the seats' folders are, or shall be; what was written in them stays.
    language : {"en", "zh"}
        The language of the lessons.
    count : int
        How many seats, 1 to 99.
    tell : callable, optional
        Takes a sentence about each seat that cannot be used, and each file that was left alone.

    Returns
    -------
    list of str
        The names of the seats that can be used: ``seat-01`` …

    Raises
    ------
    WrongValue
        `count` is not 1 to 99, or no seat can be used.
    """
    if not 1 <= count <= 99:
        raise wrong("workshop.seats.count", count=count)
    names = [f"seat-{number:02d}" for number in range(1, count + 1)]
    ready = [name for name in names if _made(home, target / name, language=language, tell=tell)]
    if not ready:
        raise wrong("workshop.seats.none_usable", target=target)
    place = target / PAGE
    if place.is_dir() and not place.is_symlink():  # somebody's joke keeps nobody out
        place.rename(target / f"{PAGE}.{secrets.token_hex(3)}")
    first = quote(f"{language}/{lab_page.NAMES[language]}")
    write(place, seats_page.page(ready, first=first, shut=[name for name in names if name not in ready]))
    return ready


def _made(home, seat, *, language, tell):
    """Make one seat; a seat that cannot be used is named, and the others are made."""
    try:
        lab.usable(seat, below=seat.parent)
        lab.refresh(home, target=seat, tell=tell)
        lab_page.written(home, target=seat, language=language)
        return True
    except (OSError, WrongValue) as error:
        left_out = pick(en=f"{seat.name} is left out:", zh=f"{seat.name} 暂不能用：")
        tell(f"{left_out} {error}")
        return False


def start(target, *, home, language, port=PORT, word=None, notes=(), options=()):
    """Serve the seats until the trainer stops it.

    Parameters
    ----------
    target : Path
        The seats' folders (`prepare`).
    home : Path
        The collection's folder.
    language : {"en", "zh"}
        The language of the menus.
    port : int
        Where to listen.
    word : str, optional
        What is in the address, so that only this room comes in; by default a new one each time.
    notes : sequence of str
        What to say besides, below the invitation.
    options : sequence of str
        Handed on to ``jupyter lab``.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    WrongValue
        Another program listens there, we are the administrator, or a key of pseudonyms is in reach.
    """
    server.refuse_taken(port)
    trust.refuse_dangers(allow_root="--allow-root" in options)
    word = word or new_word()
    print(invitation(port=port, word=word), *notes, sep="\n", flush=True)
    with temporary_folders.temporary(Path(tempfile.gettempdir()), prefix=SESSION) as folder:
        copy = room_copy.made(home, folder)
        around = room_copy.environment(folder, copy=copy, language=language)
        _configure(folder, target=target, port=port, word=word)
        fenced = ("--fence", str(folder / "fence.json"))
        return server.attend(lab.command(*fenced, *options), cwd=target, env=around)


def new_word():
    """Draw the word of one start.

    Returns
    -------
    str
        Fifteen signs in three groups.

    Examples
    --------
    >>> [len(group) for group in new_word().split("-")]
    [5, 5, 5]
    """
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(length)) for length in _GROUPS)


def _configure(folder, *, target, port, word):
    """Write the server's settings, the word among them: a file that only we can read, not a list of processes."""
    settings = {
        "ServerApp": {
            "ip": "0.0.0.0",  # noqa: S104
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "root_dir": str(target),
            "log_level": "WARN",
            "identity_provider_class": "workshop.room.door.Door",
            "authorizer_class": "workshop.room.door.Rules",
            "terminals_enabled": False,
            "jpserver_extensions": {"jupyter_server_terminals": False, "jupyter_lsp": False},
        },
        "IdentityProvider": {"token": word},
        "PasswordIdentityProvider": {"allow_password_change": False},
        "LabApp": {"default_url": f"/files/{PAGE}", "extension_manager": "readonly", "log_level": "WARN"},
        "MappingKernelManager": {
            "cull_idle_timeout": IDLE_SECONDS,
            "cull_interval": 60,
            "cull_connected": True,
        },
    }
    seats = [str(path) for path in sorted(target.glob("seat-*")) if not path.is_symlink()]
    places = {
        "readable": [str(folder), str(target)],
        "writable": [str(folder / "home"), str(folder / "tmp"), *seats],
    }
    for path, content in (("session/jupyter_server_config.json", settings), ("fence.json", places)):
        (folder / path).touch(mode=0o600)
        (folder / path).write_text(json.dumps(content), encoding="utf-8")


def invitation(*, port, word):
    """Say what to write on the board, and what to know before.

    Parameters
    ----------
    port : int
        Where JupyterLab listens.
    word : str
        What is in the address.

    Returns
    -------
    str
        Some lines in the current language.
    """
    address = f"http://{_address()}:{port}/?token={word}"
    said = worded("workshop.seats.board", address=address)
    notes = []
    if not sandbox.version():
        notes.append(worded("workshop.seats.no_fence"))
    if os.name != "posix":
        notes.append(worded("workshop.seats.no_limits"))
    return "\n".join([trust.warning(), said, *notes])


def _address():
    """Find this machine's address in the room's network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: it only picks the interface
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()

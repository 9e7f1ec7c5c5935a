"""No network: lessons run where only the machine itself can be reached.

Two locks. On Linux the whole command runs in a network namespace of its own, where only loopback
exists (``unshare -rn``). Everywhere, an audit hook in every Python process below refuses other
addresses; code that opens connections outside Python's ``socket`` passes the hook, not the namespace.
"""

import inspect
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path


def _guard():
    """Refuse, from now on and in this process, every connection that leaves the machine."""
    # Self-contained on purpose: `site_folder` writes the text of this function to a file.
    import sys

    def refuse(event, args):
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            host = args[1][0] if isinstance(args[1], tuple) else None
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = args[0]
        else:
            return
        host = host.decode() if isinstance(host, bytes) else host
        if host and host not in ("localhost", "::1") and not host.startswith("127."):
            raise PermissionError(
                f"No network here; a lesson asked for {host!r}. 这里没有网络，课程却要访问它。"
            )

    sys.addaudithook(refuse)


def site_folder(folder):
    """Fill a folder that guards every Python process whose ``PYTHONPATH`` names it.

    Parameters
    ----------
    folder : Path
        An existing folder.

    Returns
    -------
    Path
        The same folder, now with a ``sitecustomize.py``.
    """
    text = f"{inspect.getsource(_guard)}\n\n{_guard.__name__}()\n"
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return folder


def command(argv):
    """Wrap a command so that it runs where only loopback exists (Linux).

    Parameters
    ----------
    argv : list of str
        The command.

    Returns
    -------
    list of str
        The wrapped command.

    Examples
    --------
    >>> command(["true"])[:2]
    ['unshare', '-rn']
    """
    return ["unshare", "-rn", sys.executable, str(Path(__file__)), *argv]


def available():
    """Say whether this machine lets us make a network namespace.

    Returns
    -------
    bool
        False on Windows and macOS, and where the system forbids it.
    """
    if not sys.platform.startswith("linux") or not shutil.which("unshare"):
        return False
    trial = subprocess.run(command([sys.executable, "-c", ""]), capture_output=True)  # noqa: S603
    return trial.returncode == 0


def _raise_loopback():
    """Switch the loopback device on; a new namespace has it, but down."""
    import fcntl

    get_flags, set_flags, up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(handle, get_flags, request))[1]
        fcntl.ioctl(handle, set_flags, struct.pack("16sh14x", b"lo", flags | up))


if __name__ == "__main__":
    _raise_loopback()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606

"""A fence around a room: what its programs may read and write, kept by Linux itself (Landlock, since 5.13).

It holds for this process and for all it will start, for root too, and cannot be taken down again. Outside it
nothing can be opened, and no program can be signalled. It is not a wall between the seats of one room.
"""

import ctypes
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

# The numbers are the same on every processor.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE, _DEVICE = (1 << bit for bit in (0, 1, 2, 3, 14, 15))
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE
_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc",
    "/proc",
    "/sys",
    "/nix",
    "/var/cache",
)
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm")


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scope", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version():
    """Ask which fence this system offers.

    Returns
    -------
    int
        The version of Landlock; 0 where there is none.
    """
    if not sys.platform.startswith("linux"):
        return 0
    return max(_call(_CREATE, None, 0, 1), 0)


def close(*, readable, writable):
    """Fence this process in, before it starts any thread.

    Parameters
    ----------
    readable : iterable of Path
        What may be read, beside the system's own folders and this Python.
    writable : iterable of Path
        What may be read and written.

    Returns
    -------
    bool
        False where the system offers no fence; everything is open then.
    """
    offered = version()
    if not offered:
        return False
    bits = {1: 13, 2: 14, 3: 15, 4: 15}.get(offered, 16)
    everything = (1 << bits) - 1
    size = 24 if offered >= 6 else 16 if offered >= 4 else 8
    rules = _Rules(everything, 0, 0b11 if offered >= 6 else 0)  # no signals, no abstract sockets beyond it
    handle = _call(_CREATE, ctypes.byref(rules), size, 0)
    reading = _EXECUTE | _READ | _LIST
    for place in (*_SYSTEM, sys.prefix, sys.base_prefix, *readable):
        _allow(handle, place, reading & everything)
    for place in (*(Path("/dev") / name for name in _DEVICES), *writable):
        _allow(handle, place, everything)
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    closed = _call(_RESTRICT, handle, 0) == 0
    os.close(handle)
    _lay_down()
    return closed


def _lay_down():
    """Give up every privilege of the administrator, for good: with them, root could look over the fence."""
    head, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capset(head, none)


def _allow(handle, place, what):
    """Open the fence for one file or folder; one that is not there needs none."""
    with suppress(OSError):
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
        folder = stat.S_ISDIR(os.fstat(opened).st_mode)
        rule = _Beneath(what if folder else what & _OF_FILES, opened)
        _call(_ADD, handle, 1, ctypes.byref(rule), 0)
        os.close(opened)


def _call(number, *arguments):
    """Call Linux; −1 where it does not know this call."""
    return ctypes.CDLL(None, use_errno=True).syscall(number, *arguments)

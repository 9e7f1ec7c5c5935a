"""Nothing outlives the process that started it: workers, kernels and servers end with their parent, however it ended."""

import ctypes
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress

import psutil

_SECONDS = 0.2
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h


def tie(parent):
    """End this process, and all it started, as soon as its parent is gone.

    Parameters
    ----------
    parent : int
        The process that started us. Its end is seen within a fifth of a second, also after SIGKILL.
    """
    hangup = getattr(signal, "SIGHUP", None)
    if hangup and _main_thread() and signal.getsignal(hangup) == signal.SIG_DFL:
        signal.signal(
            hangup, lambda *_: None
        )  # a closed terminal is our parent's affair: it ends us in order
    adopt()
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def adopt():
    """What our children leave behind becomes ours, so that `sweep` finds it (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def fall_with(parent):
    """End this process at once with its parent: the system sees to it, whatever the process is busy with (Linux).

    Parameters
    ----------
    parent : int
        The process that started us.
    """
    if os.name != "posix":
        return
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before we had asked
        os._exit(1)


def sweep():
    """End every process below this one, and wait until none is left."""
    for _ in range(10):  # what is being ended may start more
        below = psutil.Process().children(recursive=True)
        if not below:
            return
        end(below)


def end(processes):
    """End processes without asking them.

    Parameters
    ----------
    processes : list of psutil.Process
        They may be gone already.
    """
    kill(processes)
    psutil.wait_procs(processes, timeout=5)


def kill(processes):
    """The same without waiting until they are gone.

    Parameters
    ----------
    processes : list of psutil.Process
        They may be gone already.
    """
    for one in processes:
        with suppress(psutil.Error):
            one.kill()


@contextmanager
def closing():
    """Leave in good order, as after Ctrl-C, when the terminal is closed or the system asks us to end.

    Within the block SIGTERM and SIGHUP raise SystemExit once; a program started with ``nohup`` stays so.
    """
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    wanted = [getattr(signal, name) for name in names] if _main_thread() else []
    before = {one: signal.getsignal(one) for one in wanted if signal.getsignal(one) != signal.SIG_IGN}

    def leave(number, _):
        for one in before:
            signal.signal(one, signal.SIG_IGN)  # tidying up is not cut short
        sys.exit(128 + number)

    for one in before:
        signal.signal(one, leave)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _main_thread():
    return threading.current_thread() is threading.main_thread()


def _watch(parent):
    """Wait until the parent is gone."""
    while os.getppid() == parent if os.name == "posix" else psutil.pid_exists(parent):
        time.sleep(_SECONDS)
    with suppress(psutil.Error):
        sweep()
    os._exit(1)


def _prctl(option, value):
    """Ask Linux; elsewhere there is nothing to ask."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)

"""The kernel of a notebook: ipykernel, tied to the process that started it; in a room with limits of its own.

Started as ``python -P -m workshop.jobs.kernel``; ``-P`` because a student's ``random.py`` is not ours.
"""

import os
import sys

from workshop.jobs import tether

ROOM = "--room"
# What one kernel, and each process that it starts, may take. The lessons touch half a gigabyte, but their libraries
# ask for another one that they never use, and for 3 GB of addresses.
MEMORY, ADDRESSES, FILE, PROCESSES = 3 * 1024**3, 8 * 1024**3, 512 * 1024**2, 200


def _limit():
    """Bound this process and all it starts: memory, size of a file, number of processes (not on Windows).

    The number counts what the user runs already, so that a kernel started while another one floods the
    machine has as much room as any.
    """
    try:
        import resource
    except ImportError:  # Windows has none
        return
    _lower(resource, "RLIMIT_DATA", MEMORY)
    _lower(resource, "RLIMIT_AS", ADDRESSES)
    _lower(resource, "RLIMIT_FSIZE", FILE)
    _lower(resource, "RLIMIT_CORE", 0)
    _lower(resource, "RLIMIT_NPROC", _running() + PROCESSES)


def _lower(resource, name, most):
    """Lower a limit for good; never above what the system allows, and only where it has one of this name."""
    which = getattr(resource, name, None)
    if which is None:
        return
    hard = resource.getrlimit(which)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(which, (most, most))
    except (OSError, ValueError):  # macOS refuses some
        return


def _running():
    """How many processes and threads this user has; the system counts both."""
    import psutil

    mine = [one.info for one in psutil.process_iter(["uids", "num_threads"])]
    return sum(one["num_threads"] or 1 for one in mine if one["uids"] and one["uids"].real == os.getuid())


def main(*more, ready=lambda: None):
    """Start ipykernel with the arguments that are left.

    Parameters
    ----------
    *more : str
        Arguments behind those of the command.
    ready : callable
        Called when it could take its first cell.
    """
    if os.name == "posix":  # elsewhere, and on macOS too, ipykernel watches its parent itself
        tether.fall_with(int(os.environ.get("JPY_PARENT_PID") or os.getppid()))
    if ROOM in sys.argv:
        sys.argv.remove(ROOM)
        _limit()
    from ipykernel import kernelapp

    app = kernelapp.IPKernelApp.instance()
    app.initialize([*sys.argv[1:], *more])
    ready()
    app.start()


if __name__ == "__main__":
    main()

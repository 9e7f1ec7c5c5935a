"""A spare kernel, where none can be forked (Windows, macOS): it has imported the libraries and waits to be told which kernel it is.

The lab's server keeps one (`waiting`). It is ``python -P -m workshop.jobs.spare``: the first line of its standard input says what
to import, the second which kernel it shall be; when standard input is closed before, it ends.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from jupyter_client.launcher import launch_kernel

from workshop.jobs import preheated

# Seconds until the next one is started: the lesson just opened comes first.
_AFTER = 20
# How jupyter_client tells a process of its parent, and of an event that interrupts it: the spare one's own.
_HANDED = ("JPY_PARENT_PID", "JPY_INTERRUPT_EVENT", "IPY_INTERRUPT_EVENT")
_PACKAGES = Path(__file__).parents[2]


@contextmanager
def waiting(modules):
    """Keep a spare kernel while a block runs.

    Parameters
    ----------
    modules : list of str
        What it imports beforehand.

    Yields
    ------
    object
        Its method ``taken`` lets it be a kernel.
    """
    kept = _Spare(modules)
    try:
        yield kept
    finally:
        kept.end()


class _Spare:
    """One process that waits, and the next one once it is taken."""

    def __init__(self, modules):
        self.modules, self.lock, self.ended = modules, threading.Lock(), False
        self._start()

    def _start(self):
        with self.lock:
            if self.ended:
                return
            self.read = _code()
            command = [sys.executable, "-P", "-m", "workshop.jobs.spare"]
            self.process = launch_kernel(
                command, stdin=subprocess.PIPE, env={**os.environ, **preheated.AROUND}
            )
            with suppress(OSError):
                self.process.stdin.write(json.dumps(self.modules).encode() + b"\n")
                self.process.stdin.flush()

    def taken(self, asked):
        """Let it be the kernel that is asked for.

        Parameters
        ----------
        asked : dict
            As for `preheated.become`, with the ``env`` of a cold kernel.

        Returns
        -------
        Popen or None
            Its process; None where it is gone, or knows code that has changed since.
        """
        with self.lock:
            process, self.process = self.process, None
        if process is None:
            return None
        later = threading.Timer(_AFTER, self._start)
        later.daemon = True
        later.start()
        try:
            if process.poll() is None and self.read.items() <= _code().items():
                process.stdin.write(json.dumps(asked).encode() + b"\n")
                process.stdin.close()
                return process
        except OSError:  # it has ended just now
            pass
        _dismissed(process)
        return None

    def end(self):
        """Dismiss it; no other one comes."""
        with self.lock:
            self.ended = True
            if self.process:
                _dismissed(self.process)


def _code():
    """Our own files, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in _PACKAGES.rglob("*.py")}


def _dismissed(process):
    with suppress(OSError):
        process.stdin.close()
    process.kill()
    process.wait()


def main():
    """Import, wait, be a kernel."""
    # Ctrl-C goes to the whole console; the lab tells us when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    modules, around = json.loads(sys.stdin.buffer.readline()), dict(os.environ)
    preheated.begin()
    filters = preheated.imported(modules)
    line = sys.stdin.buffer.readline()
    if not line:
        return
    asked = json.loads(line)
    said = {name: value for name, value in os.environ.items() if name not in around}
    own = {name: around[name] for name in _HANDED if name in around}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    preheated.become(asked, env=said | asked["env"] | own, filters=filters)


if __name__ == "__main__":
    main()

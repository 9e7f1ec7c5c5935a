"""The parent of warm kernels: it has imported what lessons use, and forks a kernel whenever one is asked for (Linux).

Started by `parent.begun` as ``python -P -m workshop.jobs.warm``, with what it imports at once. The first line of its standard
input says what else; when standard input is closed, it ends with all its kernels. Anyone who connects to its socket (in a
lab: its owner alone) asks for one kernel in one message, hears its number and, later, how it ended; a connection that is
closed ends its kernel. The parent runs no other thread, since a fork takes only one along, and holds nothing of any lesson.
"""

import atexit
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import struct
import sys
import traceback
import types
import warnings
from contextlib import suppress

import psutil
from ipykernel import ipkernel
from IPython.core.interactiveshell import InteractiveShell

from workshop.jobs import preheated, tether

LARGEST = 1 << 20  # bytes of a message; most of it is the environment of a kernel
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main():
    """Import, then fork until standard input is closed."""
    tether.adopt()
    for sign in SIGNALS:  # Ctrl-C goes to the whole terminal; our owner tells us when to end
        signal.signal(sign, signal.SIG_IGN)
    around = dict(os.environ)
    preheated.begin()
    plain = warnings.filters[:]
    filters = preheated.imported(sys.argv[1:])
    told = json.loads(os.read(0, LARGEST) or "null")
    if told is None:  # nobody needs us
        os._exit(0)
    listener = socket.socket(fileno=told["socket"])
    exec(told["strict"])  # noqa: S102  our own line
    # Strict: the lesson that imports what warns shall say so, in a kernel that starts cold.
    with suppress(Warning):
        filters += preheated.imported(told["modules"])
        if psutil.Process().num_threads() == 1:
            preheated.settle(plain)
            gc.collect()
            gc.freeze()
            gc.collect()  # counts nothing now, so that a kernel looks through its own things as often as a cold one
            said = {name: value for name, value in os.environ.items() if name not in around}
            Parent(listener, filters, said, owner=told["owner"]).serve()
            # Ending as Python does takes half a second, and DuckDB says on the reader's screen that what is frozen leaked.
            os._exit(0)


class Parent:
    """Forks kernels, and knows which connection wants which one."""

    def __init__(self, listener, filters, said, *, owner):
        self.listener, self.learnt, self.owner = listener, (filters, said), owner
        self.read = json.dumps(_files())
        self.kernels = {}  # process → connection
        self.woken, self.waker = socket.socketpair()
        self.waker.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        self.watched = selectors.DefaultSelector()
        for source in (0, self.listener, self.woken):
            self.watched.register(source, selectors.EVENT_READ)

    def serve(self):
        """Answer until our owner closes standard input or is gone."""
        while True:
            for key, _ in self.watched.select():
                if key.fileobj == 0:
                    return tether.sweep()
                if key.fileobj is self.listener:
                    self._meet(self.listener.accept()[0])
                elif key.fileobj is self.woken:
                    self._bury()
                else:
                    self._heard(key.fileobj)

    def _meet(self, connection):
        """Send away who may have no kernel, or would get one that knows old code: a cold one knows better."""
        asker = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
        if self.owner in (None, asker) and self._knows():
            self.watched.register(connection, selectors.EVENT_READ)
        else:
            connection.close()

    def _knows(self):
        """Whether the files are as they were; nothing of any module is touched, since each page touched is each kernel's own."""
        return all(_written(path) == when for path, when in json.loads(self.read).items())

    def _heard(self, connection):
        """A kernel is asked for, or is wanted no more."""
        packet = connection.recv(LARGEST)
        if packet:
            self._fork(connection, json.loads(packet))
            return
        self.watched.unregister(connection)
        for process in [process for process, one in self.kernels.items() if one is connection]:
            with suppress(psutil.Error):
                one = psutil.Process(process)
                tether.kill([*one.children(recursive=True), one])

    def _fork(self, connection, asked):
        process = os.fork()
        if not process:
            self._close(connection)
            _become(asked, *self.learnt, files=self.read, frugal=self.owner is not None)
        self.kernels[process] = connection
        connection.send(json.dumps({"process": process}).encode())

    def _close(self, connection):
        """In the kernel: nothing of its parent's stays open."""
        signal.set_wakeup_fd(-1)
        self.watched.close()
        for one in (self.listener, self.woken, self.waker, connection, *self.kernels.values()):
            one.close()

    def _bury(self):
        """Say of every process that has ended how it did."""
        self.woken.recv(LARGEST)
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                connection = self.kernels.pop(ended[0], None)
                if connection:
                    with suppress(OSError):  # nobody listens any more
                        connection.send(json.dumps({"status": os.waitstatus_to_exitcode(ended[1])}).encode())


def _files():
    """The files of all that is imported, and when each was written."""
    paths = {
        vars(module).get("__file__") for module in list(sys.modules.values()) if hasattr(module, "__dict__")
    }
    return {path: _written(path) for path in paths if isinstance(path, str)}


def _written(path):
    """When a file was written; None where there is none."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None


def _become(asked, filters, said, *, files, frugal):
    """In the fork: be the kernel that was asked for, to its end.

    Parameters
    ----------
    asked : dict
        As for `preheated.become`, with the ``env`` of a cold kernel.
    filters : list
        From `preheated.imported`.
    said : dict
        What libraries have written into the environment for their own later use.
    files : str
        The files of all that is imported, as JSON.
    frugal : bool
        Many are open for hours: after each cell memory goes back to the system.
    """
    status = 1
    try:
        parent = os.getppid()
        os.setsid()
        tether.adopt()
        for sign in (*SIGNALS, signal.SIGCHLD):
            signal.signal(sign, signal.default_int_handler if sign == signal.SIGINT else signal.SIG_DFL)
        ipkernel.sys = _Files(files)
        preheated.become(
            asked,
            env=said | asked["env"] | {"JPY_PARENT_PID": str(parent)},
            filters=filters,
            more=[f"--IPKernelApp.parent_handle={parent}"],
            ready=lambda: _begun(frugal=frugal),
        )
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(status)


class _Files:
    """`sys` as ipykernel sees it while it begins and asks each module for its file: the files without the modules.

    Each page of the parent's that is touched becomes the kernel's own: 12 MiB a kernel.
    """

    def __init__(self, files):
        self.modules = {path: types.SimpleNamespace(__file__=path) for path in json.loads(files)}

    def __getattr__(self, name):
        return getattr(sys, name)


def _begun(*, frugal):
    """The kernel could take its first cell; a frugal one gives back after each of them what it no longer needs."""
    ipkernel.sys = sys
    if frugal:
        InteractiveShell.instance().events.register("post_run_cell", _give_back)


def _give_back(_):
    """Figures are rings of objects, which Python finds late, and glibc keeps what is free: tens of MiB a lesson."""
    gc.collect()
    with suppress(AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


if __name__ == "__main__":
    main()

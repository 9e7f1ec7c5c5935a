"""The parent of warm kernels: it has imported what lessons use, and forks a kernel whenever one is asked for (Linux).

Started by `provisioner.serving` as ``python -P -m workshop.jobs.warm``. The first line of its standard input says what
to import; when standard input is closed, it ends with all its kernels. Anyone who connects to its socket asks for one
kernel in one message, hears its number and, later, how it ended; a connection that is closed ends its kernel. The parent
runs no other thread, since a fork takes only one along, and holds nothing of any lesson.
"""

import atexit
import builtins
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
import traceback
import types
import warnings
from contextlib import suppress

import psutil

from workshop.jobs import kernel, tether

LARGEST = 1 << 20  # bytes of a message; most of it is the environment of a kernel
# They start a thread when they are imported; a lesson that wants one imports it in its kernel.
THREADED = ("polars",)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main():
    """Import, then fork until standard input is closed."""
    told = json.loads(os.read(0, LARGEST))
    tether.adopt()
    for sign in SIGNALS:  # Ctrl-C goes to the whole terminal; our owner tells us when to end
        signal.signal(sign, signal.SIG_IGN)
    listener = socket.socket(fileno=told["socket"])
    for name in ("ipykernel.kernelapp", "ipykernel.ipkernel"):  # before a strict kernel becomes strict
        importlib.import_module(name)
    plain, around = warnings.filters[:], dict(os.environ)
    exec(told["strict"])  # noqa: S102  our own line
    # Strict: the lesson that imports what warns shall say so, in a kernel that starts cold.
    with suppress(Warning):
        filters = _imported(told["modules"])
        if psutil.Process().num_threads() == 1:
            _set(plain)
            gc.collect()
            gc.freeze()
            said = {name: value for name, value in os.environ.items() if name not in around}
            Parent(listener, filters, said).serve()


def _imported(names):
    """Import modules as a kernel would.

    Parameters
    ----------
    names : list of str
        Modules; what cannot be imported is passed over, and the lesson says so.

    Returns
    -------
    list
        The filters of warnings that these modules have added.

    Raises
    ------
    Warning
        As an error, where filters make it one.
    """
    before = warnings.filters[:]
    sys.modules.update(dict.fromkeys(THREADED))  # not to be found
    # pandas asks once, at its import, whether it prints to a terminal.
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
    del builtins.get_ipython
    for name in THREADED:
        del sys.modules[name]
    return [one for one in warnings.filters if one not in before]


class Parent:
    """Forks kernels, and knows which connection wants which one."""

    def __init__(self, listener, filters, said):
        self.listener, self.learnt = listener, (filters, said)
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
                    self.watched.register(self.listener.accept()[0], selectors.EVENT_READ)
                elif key.fileobj is self.woken:
                    self._bury()
                else:
                    self._heard(key.fileobj)

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
            _become(asked, *self.learnt)
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


def _become(asked, filters, said):
    """Be the kernel that was asked for, to its end: with its own environment, folder, seeds and warnings.

    Parameters
    ----------
    asked : dict
        ``argv`` (the command of a cold kernel), ``env``, ``cwd``, ``quiet`` (what it writes to the terminal is dropped).
    filters : list
        From `_imported`.
    said : dict
        What libraries have written into the environment for their own later use.
    """
    status = 1
    try:
        parent = os.getppid()
        os.setsid()
        tether.adopt()
        for sign in (*SIGNALS, signal.SIGCHLD):
            signal.signal(sign, signal.default_int_handler if sign == signal.SIGINT else signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, *((2,) if asked["quiet"] else ())):
            os.dup2(null, stream)
        os.close(null)
        os.environ.clear()
        os.environ.update(said | asked["env"], JPY_PARENT_PID=str(parent))
        os.chdir(asked["cwd"] or ".")
        _begin_as_python_does()
        sys.argv = [kernel.__file__, *asked["argv"][asked["argv"].index(kernel.__name__) + 1 :]]
        kernel.main(f"--IPKernelApp.parent_handle={parent}", ready=lambda: _settle(filters))
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(status)


def _begin_as_python_does():
    """What the interpreter reads from its environment at its start."""
    added = [
        folder
        for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if folder not in ("", *sys.path)
    ]
    sys.path[:0] = added
    if any(os.path.isfile(os.path.join(folder, "sitecustomize.py")) for folder in added):
        sys.modules.pop("sitecustomize", None)
        importlib.import_module("sitecustomize")
    sys.dont_write_bytecode |= bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _settle(filters):
    """The libraries' filters of warnings come first, as in a kernel that imports them after its start."""
    _set([*filters, *(one for one in warnings.filters if one not in filters)])


def _set(filters):
    warnings.filters[:] = filters
    with warnings.catch_warnings():  # leaving it tells Python that they have changed
        pass


if __name__ == "__main__":
    main()

"""Warm kernels: asked of a parent that has imported everything (`warm`), or a `spare` one; where there is neither, started as ever."""

import ast
import asyncio
import json
import os
import signal
import socket
import subprocess
from collections import Counter
from contextlib import contextmanager, nullcontext, suppress

from jupyter_client.provisioning import LocalProvisioner

from workshop.jobs import parent, spare

ADDRESS = "COURSE_WARM"  # where the parent listens


@contextmanager
def serving(sources, *, strict="", alone=False, early=None):
    """Keep a parent of warm kernels while a block runs; who starts a kernel in it, here or in a process below, gets a warm one.

    Parameters
    ----------
    sources : iterable of str
        Code of the cells that will run; what it imports is imported once. Nothing else of it is used.
    strict : str
        A line that kernels run first, to make warnings errors.
    alone : bool
        Nobody but this very process gets a kernel: no program of a student's asks for one that has no limits.
    early : parent.Parent, optional
        One that has begun already, and whose owner ends it.
    """
    if not parent.available():
        with spare.waiting(_often(sources, least=1 / 5)) if alone else nullcontext() as Warm.spare:
            try:
                yield
            finally:
                Warm.spare = None
        return
    with nullcontext(early) if early else parent.begun() as answering:
        # A lab is open for hours: what few lessons import would be a part of each kernel.
        modules = _often(sources, least=1 / 15) if alone else [*parent.OPENING, *_imports(sources)]
        answering.tell(modules=modules, strict=strict, owner=os.getpid() if alone else None)
        before = os.environ.get(ADDRESS)
        os.environ[ADDRESS] = answering.address
        try:
            yield
        finally:
            del os.environ[ADDRESS]
            os.environ |= {ADDRESS: before} if before else {}


def _imports(sources):
    """List what code imports.

    Parameters
    ----------
    sources : iterable of str
        Python; what cannot be parsed is passed over.

    Returns
    -------
    list of str
        Modules in the order in which they are met; behind ``from x import y`` also ``x.y``, which may be one.

    Examples
    --------
    >>> _imports(["import pandas as pd", "from scipy import stats"])
    ['pandas', 'scipy', 'scipy.stats']
    """
    found = []
    for source in dict.fromkeys(sources):
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import):
                    found += [one.name for one in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found += [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    return list(dict.fromkeys(found))


def _often(sources, *, least):
    """What a kernel imports of which nobody knows yet which lesson's it will be: what counts at least this share of the commonest."""
    counts = Counter(name for source in sources for name in _imports([source]))
    most = max(counts.values(), default=0)
    return [*parent.OPENING, *(name for name, count in counts.items() if count >= least * most)]


class Forked:
    """A kernel of the parent's: it looks like a process of our own."""

    stdin = stdout = stderr = None

    def __init__(self, address, asked):
        self.returncode = None
        self.connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self.connection.connect(address)
            self.connection.send(json.dumps(asked).encode())
            self.pid = self._heard()["process"]
        except (OSError, KeyError):
            self.connection.close()
            raise

    def poll(self):
        """How it ended; None while it runs."""
        if self.returncode is None:
            with suppress(BlockingIOError):
                self._end(self._heard(socket.MSG_DONTWAIT))
        return self.returncode

    def wait(self, timeout=None):
        """Wait until it has ended."""
        if self.returncode is None:
            self._end(self._heard())
        return self.returncode

    def send_signal(self, number):
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        """End it with all that it has started, wherever that has gone."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)

    terminate = kill

    def _heard(self, how=0):
        packet = self.connection.recv(1 << 16, how)
        return json.loads(packet) if packet else {}

    def _end(self, said):
        self.returncode = said.get("status", -signal.SIGKILL)  # silence: the parent itself is gone
        self.connection.close()


def _preheated(asked):
    """The process of a kernel that has the libraries already; None where there is none."""
    if Warm.spare:
        return Warm.spare.taken(asked)
    try:
        return Forked(os.environ[ADDRESS], asked)
    except (OSError, KeyError):
        return None


class Warm(LocalProvisioner):
    """jupyter_client's own way to a kernel, but for the start and the end of it."""

    spare = None  # what keeps a spare kernel in this process, where one is kept

    async def launch_kernel(self, cmd, **kwargs):
        """Ask the parent, or take the spare one; where there is neither, start it as ever."""
        quiet = kwargs.get("stderr") == subprocess.DEVNULL
        around = {name: value for name, value in kwargs["env"].items() if name != ADDRESS}
        asked = {"argv": cmd, "env": around, "cwd": kwargs.get("cwd"), "quiet": quiet}
        self.process = await asyncio.to_thread(_preheated, asked)
        if self.process is None:
            return await super().launch_kernel(cmd, **{**kwargs, "env": around})
        self.pid = self.process.pid
        self.pgid = self.pid if os.name == "posix" else None
        return self.connection_info

    async def kill(self, restart=False):
        """End it."""
        if isinstance(self.process, Forked):
            self.process.kill()
            for _ in range(20):  # jupyter_client asks only ten times a second whether it is gone
                if self.process.poll() is not None:
                    break
                await asyncio.sleep(0.005)
        else:
            await super().kill(restart=restart)

"""The parent of warm kernels (`warm`) as its owner sees it: a process, and a socket where kernels are asked for.

`course run` begins it before it imports what it runs notebooks with: both take a second, and there is more than one processor.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import entry_points

from workshop.jobs import preheated

GROUP, NAME = "jupyter_client.kernel_provisioners", "warm"  # where jupyter_client looks who starts a kernel
# What `start` imports where it needs it, and no cell names.
OPENING = ("classroom.notebook.explain", "helpers.bank.codebook_schema", "pyarrow.dataset")
# What every second notebook imports: no need to wait for their list.
COMMON = ("seaborn", "statsmodels.api", "pingouin")
# One thread for sums before a fork, and none for memory.
_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_ALONE = {"JE_ARROW_MALLOC_CONF": "background_thread:false"}


class Parent:
    """A parent that has begun and waits to be told what its kernels will need."""

    def __init__(self, listener, process):
        self.listener, self.process, self.address = listener, process, listener.getsockname()

    def tell(self, **told):
        """Tell it what `warm` wants to know; from now on it answers.

        Parameters
        ----------
        **told
            ``modules`` (list of str), ``strict`` (a line that makes warnings errors), ``owner`` (the only process
            that gets kernels; None: all).
        """
        line = json.dumps({"socket": self.listener.fileno(), **told})
        with suppress(BrokenPipeError):  # it is gone, and kernels start cold
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
        self.listener.close()  # its own now: when it is gone, nobody waits for it


@contextmanager
def begun(modules=()):
    """Keep a parent while a block runs.

    Parameters
    ----------
    modules : sequence of str
        What it imports at once, before it is told anything: not for strict kernels, which shall hear what an import says.

    Yields
    ------
    Parent
        To be told the rest.
    """
    with tempfile.TemporaryDirectory() as folder, _listening(folder) as listener:
        process = subprocess.Popen(  # noqa: S603  a list: no shell reads it
            [sys.executable, "-P", "-m", "workshop.jobs.warm", *modules],
            stdin=subprocess.PIPE,
            pass_fds=[listener.fileno()],
            env={**os.environ, **preheated.AROUND, **_THREADS, **_ALONE},
        )
        try:
            yield Parent(listener, process)
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.wait()


def available():
    """Say whether kernels can be forked here.

    Returns
    -------
    bool
        On Linux only: elsewhere system libraries do not bear a fork, and it could not be tried.
    """
    return sys.platform.startswith("linux") and bool(description())


def description():
    """Say in a kernel's description who starts it.

    Returns
    -------
    dict
        Metadata for its specification; empty where this package is not installed, and jupyter_client would not find us.
    """
    return {"kernel_provisioner": {"provisioner_name": NAME}} if _installed() else {}


@cache
def _installed():
    """jupyter_client asks for a description seven times a kernel, and each answer reads what every package offers."""
    return bool(entry_points(group=GROUP, name=NAME))


@contextmanager
def _listening(folder):
    """A socket in a folder that nobody else may look into."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(os.path.join(folder, "kernels"))
        listener.listen(128)
        yield listener

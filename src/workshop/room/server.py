"""The process that serves a lab: JupyterLab, tied to the command that started it; for a room within a fence.

Started as ``python -P -m workshop.room.server PARENT [--fence FILE] …``; the rest goes to JupyterLab.
"""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from helpers.bank.language import wrong
from workshop.jobs import provisioner, tether
from workshop.room import sandbox

# What a minute's farewell costs at most: kernels are told to end before the server does.
_SECONDS = 15


def attend(command, **options):
    """Run a command until it ends, or until somebody asks us to end: then it is ended too.

    Parameters
    ----------
    command : list of str
        What to run.
    **options
        As for ``subprocess.Popen``.

    Returns
    -------
    int
        The exit code; 0 after Ctrl-C.
    """
    with subprocess.Popen(command, **options) as process:  # noqa: S603
        try:
            return process.wait()
        except BaseException as asked:
            process.terminate()
            try:
                process.wait(_SECONDS)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                process.kill()
            if isinstance(asked, KeyboardInterrupt):
                return 0
            raise


def refuse_taken(port):
    """Refuse a port that another program holds, or that this system keeps from us.

    Parameters
    ----------
    port : int
        Where a lab or a room is to be found, 1 to 65535.

    Raises
    ------
    WrongValue
        If nobody can listen there now.
    """
    with socket.socket() as probe:
        if os.name == "posix":  # else the room just closed would hold its port for another minute
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError as error:
            other = port + 11 if port + 11 <= 65535 else 8899
            raise wrong("workshop.server.taken", port=port, other=other) from error


def main():
    """Fence ourselves in, tie ourselves to the parent, serve, and leave no kernel behind."""
    parent, *rest = sys.argv[1:]
    if rest[:1] == ["--fence"]:
        places = json.loads(Path(rest[1]).read_text(encoding="utf-8"))
        if not sandbox.close(**places) and sandbox.version():  # we have told the trainer that it holds
            sys.exit("The fence around the room could not be closed. 教室的隔离没有生效。")
        rest = rest[2:]
    tether.tie(int(parent))
    sys.argv[1:] = rest
    try:
        with provisioner.serving(_lessons(), alone=True):
            from jupyterlab.labapp import main as serve

            sys.exit(serve())
    finally:
        tether.sweep()


def _lessons():
    """The code of all lessons: what it imports is there when a notebook is opened."""
    for path in sorted(
        Path(os.environ["COURSE_HOME"], "notebooks", os.environ["COURSE_LANGUAGE"]).glob("*.ipynb")
    ):
        with suppress(OSError, ValueError, KeyError):  # who opens it is told
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


if __name__ == "__main__":
    main()

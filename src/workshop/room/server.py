"""The process that serves a lab: JupyterLab, tied to the command that started it; for a room within a fence.

Started as ``python -P -m workshop.room.server PARENT [--fence FILE] …``; the rest goes to JupyterLab.
"""

import json
import subprocess
import sys
from pathlib import Path

from workshop.jobs import tether
from workshop.room import fence

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


def main():
    """Fence ourselves in, tie ourselves to the parent, serve, and leave no kernel behind."""
    parent, *rest = sys.argv[1:]
    if rest[:1] == ["--fence"]:
        places = json.loads(Path(rest[1]).read_text(encoding="utf-8"))
        if not fence.close(**places) and fence.version():  # we have told the trainer that it holds
            sys.exit("The fence around the room could not be closed. 教室的隔离没有生效。")
        rest = rest[2:]
    tether.tie(int(parent))
    sys.argv[1:] = rest
    from jupyterlab.labapp import main as serve

    try:
        sys.exit(serve())
    finally:
        tether.sweep()


if __name__ == "__main__":
    main()

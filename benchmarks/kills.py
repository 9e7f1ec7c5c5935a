"""What is left of ``course run`` when it is killed at any moment? Nothing that runs, nothing half-written.

    python benchmarks/kills.py --kills 50 --seed 1

makes a collection of two small lessons in both languages, starts it again and again, and sends one of four
signals at a moment drawn from the whole length of a run: SIGKILL, SIGTERM, SIGINT and SIGHUP, the last two to
all processes of the terminal, as a terminal does. Then it looks for processes, half files and scratch, and runs
once more. A Markdown table says what was found; the exit code is 1 if anything was.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from workshop.jobs import stamps

SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")
WHOLE_TERMINAL = ("SIGINT", "SIGHUP")
MARK = "COURSE_KILLED"
CELLS = (
    "import pandas as pd",
    "import time; time.sleep(0.5)",
    'print("x" * 200_000)',
    "pd.DataFrame({'a': [1]})",
)
HEADS = "| kill | signal | after, seconds | still running | half-written | scratch after the next run | next run |"
# Anyone who starts us in the background has switched Ctrl-C off, and children inherit that.
START = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
START += "from workshop import cli; sys.exit(cli.main(sys.argv[1:]))"


@dataclass(frozen=True)
class Kill:
    """One kill, and what it left."""

    number: int
    signal: str
    after: float
    running: int
    half: int
    scratch: int
    complete: bool

    @property
    def clean(self):
        """Whether nothing was left that should not be."""
        return not (self.running or self.half or self.scratch) and self.complete


def collection(home):
    """Write two small lessons in both languages.

    Parameters
    ----------
    home : Path
        An empty folder.
    """
    bank = home / "datasets" / "tiny"
    bank.mkdir(parents=True)
    (bank / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    for spoken in ("en", "zh"):
        (home / "notebooks" / spoken).mkdir(parents=True)
        for name in ("01_first", "02_second"):
            given = new_code_cell('data = "tiny"', id="parameters", metadata={"tags": ["parameters"]})
            cells = [new_code_cell(text, id=f"cell-{number}") for number, text in enumerate(CELLS)]
            notebook = new_notebook(cells=[new_markdown_cell(f"# {name}", id="title"), given, *cells])
            nbformat.write(notebook, home / "notebooks" / spoken / f"{name}.ipynb")


def start(home, *options):
    """Start a run in a terminal of its own.

    Parameters
    ----------
    home : Path
        The collection.
    *options : str
        For ``course run``.

    Returns
    -------
    Popen
        The process.
    """
    around = {**os.environ, "COURSE_HOME": str(home), MARK: str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", START, "run", "--jobs", "2", *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=around, start_new_session=True, **quiet)


def kill(home, *, number, name, after):
    """Kill one run, look at what is left, and run once more.

    Parameters
    ----------
    home : Path
        The collection.
    number : int
        Which kill this is.
    name : str
        The signal.
    after : float
        Seconds from the start.

    Returns
    -------
    Kill or None
        What was found; None if the run had ended before.
    """
    process = start(home, "--fresh")
    time.sleep(after)
    if process.poll() is not None:
        return None
    send = os.killpg if name in WHOLE_TERMINAL else os.kill
    send(process.pid, getattr(signal, name))
    process.wait(120)
    left = running(home)
    half = half_written(home / "build")
    complete = start(home).wait(300) == 0 and whole(home / "build")
    return Kill(number, name, after, len(left), half, scratch(home / "build"), complete)


def running(home, *, patience=10):
    """List processes that a run has left, after a short while.

    Parameters
    ----------
    home : Path
        The collection that marks them.
    patience : float
        How long they may take to end, in seconds.

    Returns
    -------
    list of psutil.Process
        Those that are still there; they are ended.
    """
    for _ in range(int(patience / 0.2)):
        left = [one for one in psutil.process_iter() if _marked(one, home)]
        if not left:
            return []
        time.sleep(0.2)
    for one in left:
        one.kill()
    return left


def half_written(build):
    """Count outputs that stop in the middle.

    Parameters
    ----------
    build : Path
        Where outputs stand; scratch, whose names begin with a dot, does not count.

    Returns
    -------
    int
        Files that cannot be read to their end.
    """
    files = [path for path in build.rglob("*") if path.is_file()]
    shown = [
        path for path in files if not any(part.startswith(".") for part in path.relative_to(build).parts)
    ]
    return sum(not _ends_well(path) for path in shown)


def scratch(build):
    """Count scratch folders and drafts.

    Parameters
    ----------
    build : Path
        Where they would be.

    Returns
    -------
    int
        Names that begin with a dot.
    """
    return len(list(build.rglob(".*")))


def whole(build):
    """Whether every notebook has its pages and a stamp that fits them.

    Parameters
    ----------
    build : Path
        Where they are.

    Returns
    -------
    bool
        True if nothing is missing.
    """
    found = [stamps.read(path) for path in build.glob("results/*/*.json")]
    return len(found) == 4 and all(one and stamps.holds(one, needed=(), folder=build) for one in found)


def table(kills):
    """Lay out what was found.

    Parameters
    ----------
    kills : list of Kill
        From `kill`.

    Returns
    -------
    str
        Markdown.
    """
    rows = ["| " + " | ".join(_shown(value) for value in astuple(one)) + " |" for one in kills]
    clean = sum(one.clean for one in kills)
    return "\n".join(
        [HEADS, "|---:|---|---:|---:|---:|---:|---|", *rows, "", f"{clean} of {len(kills)} clean."]
    )


def main():
    """Kill as often as asked, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng, kills = random.Random(asked.seed), []
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        collection(home)
        began = time.perf_counter()
        start(home).wait(300)
        length = time.perf_counter() - began
        while len(kills) < asked.kills:
            moment = {"name": rng.choice(SIGNALS), "after": rng.uniform(0, length)}
            found = kill(home, number=len(kills) + 1, **moment)
            kills += [found] if found else []
            print(found, file=sys.stderr, flush=True)
    print(table(kills))
    sys.exit(any(not one.clean for one in kills))


def _marked(process, home):
    try:
        return process.environ().get(MARK) == str(home) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _ends_well(path):
    """Whether a file can be read to its end."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return text.rstrip().endswith("</html>")
    try:
        nbformat.reads(text, as_version=4) if path.suffix == ".ipynb" else json.loads(text)
        return True
    except (ValueError, AttributeError):
        return False


def _shown(value):
    """A cell of the table."""
    if isinstance(value, bool):
        return "complete" if value else "INCOMPLETE"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()

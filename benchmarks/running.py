"""What does it cost to run notebooks? `course run` beside other ways to run the same ones, by turns, on a quiet machine.

    python benchmarks/running.py --lessons 12 --turns 3 --out docs/running.md

draws lessons by seed and runs their *deeper* notebooks in both languages: the cells alone (in forks of a process that has the
libraries, nothing saved), `course run` with warm and with cold kernels (which also writes pages), papermill's API in two processes,
its command line two at a time and, where they are installed (`pip install nbmake ploomber-engine`), nbmake with two workers and
ploomber-engine, which gives notebooks no process of their own. Two at a time everywhere; seconds of CPU and of the wall.
"""

import argparse
import hashlib
import importlib.util
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import matplotlib
import nbformat
import pandas as pd
from tqdm import tqdm

from helpers.bank.files import write

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "zh")
PAGE = """# What running costs

    python benchmarks/running.py --lessons {lessons} --turns {turns} --seed {seed} --out docs/running.md

The *deeper* notebooks of {lessons} lessons in both languages ({count} notebooks: {names}), two at a time, {turns} turns, each way once
a turn. Median seconds; *ratio* is CPU beside papermill's API in two processes. `course run` writes web pages too, the others do not;
ploomber-engine runs notebooks in one process, where one can spoil the next. The pool of nteract is not here: it is a library for servers.
Of {count} pages, {same} are the same to the last byte whether their kernels were warm or cold.

| way | CPU seconds | wall seconds | ratio |
|---|--:|--:|--:|
{rows}

同样的笔记本，用不同的办法运行，各要多少秒（CPU 秒和实际秒，取中位数）。`course run` 另外还写网页：
{count} 页里有 {same} 页，热内核和冷内核写出来的一个字节也不差。
"""

POOL = """
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

def one(pair):
    {how}

if __name__ == "__main__":
    out = Path(sys.argv[1])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(one, [(path, str(out / f"{{n}}.ipynb")) for n, path in enumerate(sys.argv[2:])]))
"""
PAPERMILL = (
    "import papermill; papermill.execute_notebook(*pair, cwd=str(Path(pair[0]).parent), progress_bar=False)"
)
PLOOMBER = (
    "import os; from ploomber_engine import execute_notebook; os.chdir(Path(pair[0]).parent); "
    "execute_notebook(*pair, progress_bar=False)"
)


def cells(paths):
    """Run the cells in forks of this process, two at a time, with the libraries imported: no kernel, no file."""
    import IPython  # noqa: F401

    for heavy in ("pandas", "seaborn.objects", "statsmodels.formula.api", "pingouin", "sklearn.ensemble"):
        importlib.import_module(heavy)
    ends = []
    for started, path in enumerate(paths):
        if started >= 2:
            ends.append(os.wait()[1])
        if os.fork() == 0:
            _alone(path)
    ends += [os.wait()[1] for _ in range(len(paths) - len(ends))]
    if any(ends):
        raise RuntimeError("a cell failed: what it cost says nothing")


def _alone(path):
    """In the fork: every code cell in its order; what it shows goes nowhere."""
    from IPython.core.interactiveshell import InteractiveShell

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(Path(path).parent)
    matplotlib.use("agg")
    shell = InteractiveShell.instance()
    done = [
        shell.run_cell(cell.source).success
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    ]
    os._exit(int(not all(done)))


def ways(names, paths, place):
    """Name each way to run the notebooks, with what it calls."""
    course = [str(Path(sys.executable).with_name("course")), "run", *names, "--fresh", "--jobs", "2"]
    text = [str(path) for path in paths]
    for name, how in {"papermill": PAPERMILL, "ploomber": PLOOMBER}.items():
        # Not by the name of what it imports: it would import itself.
        (place / f"pool_{name}.py").write_text(POOL.format(how=how), encoding="utf-8")
    shell = 'for f in "$@"; do echo "$f"; done | xargs -P 2 -I F sh -c'
    line = f"{shell} '{sys.executable} -m papermill --no-progress-bar --cwd $(dirname F) F {place}/$(echo F | tr / _)'"
    found = {
        "cells alone": lambda: cells(text),
        "`course run`": course,
        "`course run --cold`": [*course, "--cold"],
        "papermill, API": [sys.executable, str(place / "pool_papermill.py"), str(place), *text],
        "papermill, command line": ["sh", "-c", line, "sh", *text],
    }
    if importlib.util.find_spec("nbmake"):
        found["nbmake"] = [sys.executable, "-m", "pytest", "-q", "--nbmake", "-n", "2", "-c", os.devnull,
                           f"--rootdir={ROOT}", "-p", "no:cacheprovider", *text]  # fmt: skip
    if importlib.util.find_spec("ploomber_engine"):
        found["ploomber-engine"] = [sys.executable, str(place / "pool_ploomber.py"), str(place), *text]
    return found


def pages(names):
    """A digest of each page that `course run` has written."""
    built = [ROOT / "build" / language / f"{name}.html" for language in LANGUAGES for name in names]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in built]


def timed(how):
    """Run one way once; return its seconds of CPU (with all its children) and of the wall."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    if callable(how):
        child = os.fork()
        if child == 0:
            try:
                how()
            except RuntimeError as error:
                print(error, flush=True)
                os._exit(1)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            raise RuntimeError("the cells alone do not run")
    else:
        subprocess.run(how, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - begun


def main(arguments=None):
    """Draw, run by turns, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lessons", type=int, default=12)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    every = sorted(path.stem for path in (ROOT / "notebooks" / "en").glob("[01]*_deeper.ipynb"))
    names = sorted(random.Random(options.seed).sample(every, min(options.lessons, len(every))))
    paths = [ROOT / "notebooks" / language / f"{name}.ipynb" for language in LANGUAGES for name in names]
    place = Path(tempfile.mkdtemp())
    try:
        found = ways(names, paths, place)
        turns, failed, written = [], {}, {}
        for _ in tqdm(range(options.turns), desc="turns"):
            for way, how in found.items():
                try:
                    turns.append((way, *timed(how)))
                except subprocess.CalledProcessError:
                    failed[way] = f"| {way} | a notebook fails | | |"
                if "course run" in way:
                    written[way] = pages(names)
    finally:
        shutil.rmtree(place)
    table = pd.DataFrame(turns, columns=["way", "cpu", "wall"]).groupby("way", sort=False).median()
    table["ratio"] = table["cpu"] / table.loc["papermill, API", "cpu"]
    rows = [
        f"| {way} | {row.cpu:.0f} | {row.wall:.0f} | {row.ratio:.2f} |"
        for way, row in table.drop(index=failed, errors="ignore").iterrows()
    ]
    same = sum(len(set(digests)) == 1 for digests in zip(*written.values(), strict=True))
    told = {
        "count": len(paths),
        "same": same,
        "names": ", ".join(name.removesuffix("_deeper") for name in names),
    }
    text = PAGE.format(
        lessons=len(names),
        turns=options.turns,
        seed=options.seed,
        rows="\n".join([*rows, *failed.values()]),
        **told,
    )
    print(text) if options.out is None else write(options.out, text)


if __name__ == "__main__":
    main()

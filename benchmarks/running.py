"""What does it cost to run notebooks? `course run` beside other ways to run the same ones, by turns, on a quiet machine.

    python benchmarks/running.py --notebooks 24 --turns 3 --out docs/running.md

draws notebooks of all kinds by seed, exercises as solved, copies them to a folder apart and runs them there: the cells alone (in
forks of a process that has the libraries, nothing saved), `course run` with warm and with cold kernels (which also writes pages),
papermill's API in two processes, its command line two at a time and, where they are installed (`pip install nbmake
ploomber-engine`), nbmake with two workers and ploomber-engine, which gives notebooks no process of their own. Two at a time
everywhere; seconds of CPU and of the wall.
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
import seaborn as sns
from tqdm import tqdm

from helpers.bank.files import write
from workshop.run import run_plan

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "zh")
PAGE = """# What running costs

    python benchmarks/running.py --notebooks {count} --turns {turns} --seed {seed}

{count} of the collection's {every} notebooks, drawn by seed, exercises as solved, two at a time; turns: {turns}, each way once a turn.
Median seconds, and their ratios to papermill's API in two processes and to the cells alone. `course run` writes web pages too, the others do not; ploomber-engine runs notebooks in one
process, where one can spoil the next. The pool of nteract is not here: it is a library for servers. Cells alone start with the
commonest libraries and import the others in each notebook; `course run` imports them once, so that a whole collection may cost less.{same}

| way | CPU seconds | wall seconds | CPU beside papermill | wall beside papermill | CPU beside the cells | wall beside the cells |
|---|--:|--:|--:|--:|--:|--:|
{rows}
{names}{plot}
同样的笔记本，用不同的办法运行，各要多少秒（CPU 秒和实际秒，取中位数），以及与 papermill 接口、与“只运行代码”之比。`course run`
另外还写网页。
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


def ways(home, paths, place):
    """Name each way to run the notebooks of a home, with what it calls."""
    course = [str(Path(sys.executable).with_name("course")), "run", "--fresh", "--jobs", "2"]
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
                           f"--rootdir={home}", "-p", "no:cacheprovider", *text]  # fmt: skip
    if importlib.util.find_spec("ploomber_engine"):
        found["ploomber-engine"] = [sys.executable, str(place / "pool_ploomber.py"), str(place), *text]
    return found


def draw(count, *, seed, home):
    """Copy a sample of the collection's notebooks, as `course run` would run them, to a home of their own."""
    planned = run_plan.plan((), home=ROOT, languages=LANGUAGES, given={})
    drawn = random.Random(seed).sample(planned, min(count, len(planned)))
    (home / "course").mkdir(parents=True)
    for used in ("datasets", "course/templates"):
        (home / used).symlink_to(ROOT / used)
    for folder in ("answers", "texts", *LANGUAGES):
        (home / "notebooks" / folder).mkdir(parents=True)
    for folder in ("answers", "texts"):
        shutil.copytree(ROOT / "notebooks" / folder, home / "notebooks" / folder, dirs_exist_ok=True)
    paths = [home / "notebooks" / job.language / f"{job.name}.ipynb" for job in drawn]
    for path, job in zip(paths, drawn, strict=True):
        path.write_text(job.text, encoding="utf-8")
    return sorted(paths), len(planned)


def pages(home):
    """A digest of each page that `course run` has written: the notebooks' own, not what leads to them."""
    built = sorted(path for language in LANGUAGES for path in (home / "build" / language).glob("*.html"))
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in built}


def timed(how, *, home):
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
        subprocess.run(how, check=True, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - begun


def main(arguments=None):
    """Draw, run by turns, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebooks", type=int, default=24)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", metavar="WAY", help="of the ways, as the table names them")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args(arguments)
    place = Path(tempfile.mkdtemp())
    try:
        paths, every = draw(options.notebooks, seed=options.seed, home=place / "home")
        os.environ["COURSE_HOME"] = str(place / "home")
        found = ways(place / "home", paths, place)
        found = {way: found[way] for way in found if way in (options.only or found)}
        turns, failed, written = measure(found, paths, turns=options.turns)
    finally:
        os.environ.pop("COURSE_HOME", None)
        shutil.rmtree(place)
    warm, cold = written.values() if len(written) == 2 else ({}, {})
    table = medians(turns)
    same = f"Of {len(warm)} pages, {sum(warm[page] == cold[page] for page in warm)}"
    text = PAGE.format(
        count=len(paths),
        every=every,
        turns=options.turns,
        seed=options.seed,
        rows="\n".join(
            [*told(table, failed), *(f"| {way} | a notebook fails | | | | | |" for way in failed)]
        ),
        same=f"\n{same} are the same to the last byte whether their kernels were warm or cold."
        if warm
        else "",
        names=named(paths) if len(paths) < every else "",
        plot=f"\n![Seconds of CPU and of the wall, by way]({options.plot.name})\n" if options.plot else "",
    )
    print(text) if options.out is None else write(options.out, text)
    if options.plot:
        plot(table.drop(index=list(failed), errors="ignore"), options.plot)


def measure(found, paths, *, turns):
    """Each way once a turn: what it cost, which ways failed, and the digests of the pages."""
    home = paths[0].parents[2]
    costs, failed, written = [], set(), {}
    for _ in tqdm(range(turns), desc="turns"):
        for way, how in found.items():
            try:
                costs.append((way, *timed(how, home=home)))
            except subprocess.CalledProcessError:
                failed.add(way)
            if "course run" in way:
                written[way] = pages(home)
    return costs, failed, written


def medians(costs):
    """Way → median seconds of CPU and of the wall."""
    return pd.DataFrame(costs, columns=["way", "cpu", "wall"]).groupby("way", sort=False).median()


def told(table, failed):
    """One line a way: medians, and their ratios to papermill and to the cells."""
    beside = [table / table.loc[way] for way in ("papermill, API", "cells alone")]
    shown = pd.concat([table, *beside], axis=1).drop(index=list(failed), errors="ignore")
    return [
        f"| {way} | {cpu:.0f} | {wall:.0f} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |"
        for way, cpu, wall, *ratios in shown.itertuples()
    ]


def named(paths):
    """Which notebooks were drawn."""
    drawn = ", ".join(f"{path.stem} ({path.parent.name})" for path in paths)
    return f"\nThe whole collection, once: [running_all.md](running_all.md). Drawn here: {drawn}.\n"


def plot(table, path):
    """Draw the medians."""
    long = table.rename(columns={"cpu": "CPU", "wall": "wall"}).melt(
        ignore_index=False, var_name="seconds of", value_name="seconds"
    )
    ax = sns.barplot(
        long.reset_index(), x="seconds", y="way", hue="seconds of", palette=["#0B6B62", "#C9A66B"]
    )
    ax.set(ylabel="", title="What the same notebooks cost, by way to run them")
    ax.figure.savefig(path, dpi=110, bbox_inches="tight")


if __name__ == "__main__":
    main()

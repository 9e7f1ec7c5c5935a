"""How long does a student wait for the first result, and what does an open lesson take? A real lab, on a quiet machine.

    python benchmarks/lab.py --lessons 10 --turns 3 --more 60 --out docs/lab.md

opens JupyterLab on a working copy, without a browser, and does what its page does: it asks for a kernel for a lesson and sends its cells.
Counted from the asking: seconds to the first result that is shown. Each lesson is run to its end and stays open; then the memory of each
kernel is counted (PSS: what several processes share is divided among them). By turns with kernels that are forked, with a spare one as on
Windows and macOS, and with cold ones; at the end once with so many lessons open.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, Popen

import nbformat
import psutil
import requests
import websocket
from jupyter_client.session import Session
from tqdm import tqdm

from helpers.bank.files import write
from workshop.room import lab

ROOT = Path(__file__).resolve().parents[1]
WORD, PORT = uuid.uuid4().hex, 8931
SHOWN = ("display_data", "execute_result")
# What the server is told first, so that its kernels start otherwise than here.
KINDS = {
    "forked": "",
    "a spare one": "from workshop.jobs import parent, spare; parent.available = lambda: False; spare._AFTER = 0; ",
    "cold": "import contextlib; from workshop.jobs import provisioner; "
    "provisioner.serving = lambda *given, **more: contextlib.nullcontext(); ",
}
PAGE = """# What the lab costs

    python benchmarks/lab.py --lessons {lessons} --turns {turns} --seed {seed} --more {more} --out docs/lab.md

{count} lessons ({names}), in English and Chinese by turns, opened one after the other in a running JupyterLab and run to their ends, all of
them left open; {turns} turns. *First result*: seconds from asking for a kernel to the first table or figure, median and longest. *Memory*:
MiB (PSS) of a kernel after its whole lesson, median and largest. The lab itself, with the parent or the spare kernel, comes once.
Linux forks kernels; Windows and macOS keep a spare one (counted here on Linux); a lab that has neither starts them cold.

| kernels | first result | longest | memory a lesson | largest | the lab itself |
|---|--:|--:|--:|--:|--:|
{rows}
{last}
学生打开一课后要等几秒才看到第一个结果，一课开着占多少内存（PSS，MiB）。
"""


@contextmanager
def opened(place, *, kind):
    """A lab, as `course lab` starts it; its process."""
    home, target = place / f"session-{uuid.uuid4().hex}", place / "work"
    home.mkdir()
    lab.refresh(ROOT, target=target)
    around = {**os.environ, **lab.environment(home, home=ROOT, language="en")}
    line = KINDS[kind] + "from workshop.room import server; server.main()"
    options = [f"--ServerApp.port={PORT}", f"--IdentityProvider.token={WORD}", "--no-browser", "--allow-root"]
    command = [sys.executable, "-P", "-c", line, str(os.getpid()), *options]
    with Popen(command, cwd=target, env=around, stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            while not _answers():
                time.sleep(0.2)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def _answers():
    try:
        return requests.get(f"http://127.0.0.1:{PORT}/api/status?token={WORD}", timeout=9).ok
    except requests.ConnectionError:
        return False


def _rest(process):
    """Wait until a lab and what it has started do nothing."""
    calm, before = 0, _work(process)
    while calm < 3:
        time.sleep(1)
        calm, before = (calm + 1 if _work(process) - before < 0.1 else 0), _work(process)


def _work(process):
    """CPU seconds of a process and of what it has started and still runs."""
    done = 0
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            done += sum(one.cpu_times()[:2])
    return done


def lesson(name, language, *, number):
    """Open a lesson and run it to its end; seconds to its first result, and the process of its kernel."""
    cells = nbformat.read(ROOT / "notebooks" / language / f"{name}.ipynb", as_version=4).cells
    path = f"{language}/{name}_{number}.ipynb"  # a notebook that is open already would get the kernel that it has
    begun, first = time.perf_counter(), None
    asked = {"path": path, "type": "notebook", "name": name, "kernel": {"name": "python3"}}
    known = {"Authorization": f"token {WORD}"}
    session = requests.post(
        f"http://127.0.0.1:{PORT}/api/sessions", json=asked, headers=known, timeout=99
    ).json()
    address = f"ws://127.0.0.1:{PORT}/api/kernels/{session['kernel']['id']}/channels"
    channel = websocket.create_connection(address, header=known, timeout=300)
    for cell in cells:
        if cell.cell_type == "code":
            seen, _ = _run(channel, cell.source, begun)
            first = seen if first is None else first
    _, process = _run(channel, "import os; print(os.getpid())", begun)
    channel.close()
    return first, psutil.Process(int(process))


def _run(channel, code, begun):
    """Send a cell and wait until it is done; seconds from the start to what it showed, or None, and what it printed."""
    seen, printed = None, ""
    content = {"code": code, "silent": False, "user_expressions": {}, "allow_stdin": False}
    message = Session().msg("execute_request", content)
    channel.send(json.dumps(message | {"channel": "shell"}, default=str))
    while True:
        answer = json.loads(channel.recv())
        if answer["parent_header"].get("msg_id") != message["msg_id"]:
            continue
        if answer["msg_type"] == "error":
            raise RuntimeError(f"a cell failed: {answer['content']['ename']}: {code}")
        if answer["msg_type"] in SHOWN and seen is None:
            seen = time.perf_counter() - begun
        if answer["msg_type"] == "stream":
            printed += answer["content"]["text"]
        if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
            return seen, printed


def memory(process, kernels):
    """MiB of each kernel with what it has started, and of the lab itself."""
    used = {
        one.pid: one.memory_full_info().pss / 2**20 for one in [process, *process.children(recursive=True)]
    }
    each = [sum(used[one.pid] for one in (kernel, *kernel.children(recursive=True))) for kernel in kernels]
    return each, sum(used.values()) - sum(each)


def turn(names, place, *, kind, calm=True):
    """Open lessons in a fresh lab: their seconds to a first result, their memory, that of the lab."""
    with opened(place, kind=kind) as process:
        found = []
        for number, name in enumerate(tqdm(names, desc=kind, leave=False)):
            if calm:
                _rest(process)  # a student reads the start page meanwhile
            found.append(lesson(name, ("en", "zh")[number % 2], number=number))
        seconds, kernels = zip(*found, strict=True)
        if len(set(kernels)) < len(names):
            raise RuntimeError("two lessons share a kernel: what it takes would be counted twice")
        return seconds, *memory(process, kernels)


def _last(used, own):
    """What many open lessons take."""
    return (
        f"\n{len(used)} lessons open at once in one lab with forked kernels, each run to its end: {(sum(used) + own) / 1024:.1f} GiB in all, "
        f"{sum(used) / len(used):.0f} MiB a lesson.\n"
    )


def main(arguments=None):
    """Draw lessons, open them by turns, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lessons", type=int, default=10)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--more", type=int, default=60, help="lessons open at once, at the end")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    every = sorted(
        path.stem for path in (ROOT / "notebooks" / "en").glob("[01]*.ipynb") if path.stem.count("_") == 1
    )
    names = sorted(random.Random(options.seed).sample(every, min(options.lessons, len(every))))
    found = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in tqdm(range(options.turns), desc="turns"):
            for kind, turns in found.items():
                turns.append(turn(names, Path(folder), kind=kind))
        many = (names * (1 + options.more // len(names)))[: options.more]
        used, own = turn(many, Path(folder), kind="forked", calm=False)[1:] if many else ([], 0)
    rows = []
    for kind, turns in found.items():
        seconds = [one for taken, _, _ in turns for one in taken]
        each = [one for _, kernels, _ in turns for one in kernels]
        itself = statistics.median(lab for _, _, lab in turns)
        rows.append(
            f"| {kind} | {statistics.median(seconds):.1f} s | {max(seconds):.1f} s | {statistics.median(each):.0f} | "
            f"{max(each):.0f} | {itself:.0f} |"
        )
    text = PAGE.format(
        lessons=options.lessons, turns=options.turns, seed=options.seed, more=options.more, count=len(names),
        names=", ".join(names), rows="\n".join(rows), last=_last(used, own) if many else "",
    )  # fmt: skip
    print(text) if options.out is None else write(options.out, text)


if __name__ == "__main__":
    main()

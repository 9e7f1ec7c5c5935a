"""How cost grows with a bank's answers: checking them, reporting on them, and making a trainer's kit. On a quiet machine.

    python benchmarks/growth.py 250000 500000 1000000 --out docs/growth.md

draws answers like those of the course's own bank, item by item, each of a respondent of its own, and runs the commands on them as they are typed,
one after the other. Counted: seconds of the processor of every process that a command starts, and the most memory (PSS) that all of them
held together at one time.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

from helpers.bank.files import write

ROOT = Path(__file__).resolve().parents[1]
BANK = ROOT / "datasets" / "qingyu_bank"
KEPT = ("servqual", "branches")  # what a bank of one's own brings: the survey, and the branches that it names
COMMANDS = {
    "`course data check`": ["data", "check", "{bank}"],
    "`course report servqual`": ["report", "servqual", "--data", "{bank}", "--out", "{out}"],
}
KIT = ["kit", "--route", "one-day", "--out", "{out}"]
PAGE = """# What a bank's answers cost

    python benchmarks/growth.py {asked} --out docs/growth.md

Answers like those of the course's own bank, drawn item by item, in a folder of two tables; each command as it is typed, on a quiet
machine with two cores. *Seconds* are the processor's, in every process that the command starts; *memory* is the most that all of them held together
(PSS, MiB).

| command | answers | seconds | seconds per million | memory |
|---|--:|--:|--:|--:|
{rows}

每条命令照手册输入一次：处理器总秒数、每百万份答卷的秒数，以及同一时刻所有进程合计占用的内存（PSS，MiB）。
"""


def bank(folder, answers):
    """Write a folder with so many answers; the check passes it."""
    folder.mkdir(parents=True)
    package = json.loads((BANK / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in KEPT]
    for table in package["resources"]:
        shutil.copy(BANK / table["path"], folder)
        for stated in ("rows", "bytes", "hash"):
            table.pop(stated, None)
        keys = table["schema"].get("foreignKeys", [])
        table["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in KEPT]
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    rows = pd.read_csv(BANK / "servqual.csv", dtype=str, keep_default_na=False)
    random = np.random.default_rng(1)
    drawn = rows.iloc[random.integers(len(rows), size=answers)].reset_index(drop=True)
    # Each item by itself, so that hardly two questionnaires are the same.
    for item in [name for name in rows if name[0] in "EP" and name[1:].isdigit()]:
        drawn[item] = random.choice(rows[item].to_numpy(), size=answers)
    drawn["respondent"] = [f"R{number:07}" for number in range(answers)]
    drawn.to_csv(folder / "servqual.csv", index=False)
    return folder


def run(words):
    """Run one command; seconds of the processor and the most memory of all its processes."""
    command = [sys.executable, "-m", "workshop.cli", *map(str, words)]
    said, most, before = [], 0.0, _spent()
    with psutil.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        reader = threading.Thread(target=lambda: said.append(process.stdout.read()), daemon=True)
        reader.start()
        while process.poll() is None:
            most = max(most, _memory(process))
            with suppress(psutil.TimeoutExpired):
                process.wait(0.2)
        reader.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}: {said[0].decode(errors='replace')[-500:]}")
    return _spent() - before, most / 2**20


def _spent():
    """Seconds of the processor of every process that has ended below this one."""
    times = psutil.Process().cpu_times()
    return times.children_user + times.children_system


def _memory(process):
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += one.memory_full_info().pss
    return total


def measure(place, sizes):
    """Every command on every size, and the kit."""
    for answers in sizes:
        folder = bank(place / f"bank{answers}", answers)
        for name, words in COMMANDS.items():
            out = place / f"out{len(list(place.iterdir()))}"
            seconds, most = run([word.format(bank=folder, out=out) for word in words])
            print(name, answers, round(seconds, 1), round(most), file=sys.stderr, flush=True)
            yield name, f"{answers:,}", seconds, f"{seconds * 1e6 / answers:.1f}", most
        shutil.rmtree(folder)
    seconds, most = run([word.format(out=place / "kit") for word in KIT])
    yield "`course kit --route one-day`", "–", seconds, "–", most


def main(arguments=None):
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers", type=int, nargs="+")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        found = list(measure(Path(place), options.answers))
    rows = "\n".join(
        f"| {name} | {size} | {seconds:.1f} | {each} | {most:,.0f} |"
        for name, size, seconds, each, most in found
    )
    text = PAGE.format(asked=" ".join(map(str, options.answers)), rows=rows)
    print(text) if options.out is None else write(options.out, text)


if __name__ == "__main__":
    main()

"""How many seconds of the processor a table of very many columns takes in each command that opens a folder.

``python benchmarks/columns.py --columns 16000``
"""

import argparse
import contextlib
import io
import json
import os
import random
import tempfile
import time
from pathlib import Path

import pandas as pd

from workshop import cli

COMMANDS = ("map", "check", "pseudonymise")


def wide(folder, columns, *, rows=30):
    """Write a folder of one survey with this many columns, which `check` passes; return its table's path."""
    names = [f"P{i}" for i in range(1, columns - 1)]
    drawn = random.Random(1)
    answers = {name: drawn.choices("12345", k=rows) for name in names}
    who = {"respondent": [f"R{row:05}" for row in range(rows)], "branch": ["B01"] * rows}
    limits = {"minimum": 1, "maximum": 5}
    fields = [
        {"name": name, "title": name, "title@zh": name, "constraints": {"required": True}} for name in who
    ]
    fields += [
        {"name": name, "type": "integer", "item": i, "dimension": "all", "title": name, "title@zh": name,
         "description": name, "description@zh": name, "constraints": limits}
        for i, name in enumerate(names, 1)
    ]  # fmt: skip
    survey = {"name": "servqual", "path": "servqual.csv", "scale": limits, "schema": {"fields": fields},
              "dimensions": [{"name": "all", "title": "All", "title@zh": "全部", "items": list(range(1, columns - 1))}]}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(who | answers).to_csv(folder / "servqual.csv", index=False)
    package = {"resources": [survey]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder / "servqual.csv"


def seconds(command, folder, columns):
    """Run one command on a survey of so many columns and 30 rows; return seconds of the processor."""
    table = wide(folder / f"{command}{columns}", columns)
    out = ["--out", str(folder / f"{command}{columns}_out")]
    key = ["--yes", "--key", str(folder / "k.key")]
    words = {"map": [table, *out], "check": [table.parent], "pseudonymise": [table.parent, *out, *key]}
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
        start = time.process_time()
        code = cli.main(["data", command, *map(str, words[command])])
        taken = time.process_time() - start
    if code:
        raise RuntimeError(f"{command} did not end well on {columns} columns")
    return taken


def main(argv=None):
    """Print the table that docs/safety.md holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, default=16_000)
    options = parser.parse_args(argv)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    print(f"Load of the machine at the start: {load} on {os.cpu_count()} processors.\n")
    print(f"| command | {options.columns // 2:,} columns | {options.columns:,} columns |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            seconds(command, Path(folder), 50)  # what is imported or cached once
            taken = [seconds(command, Path(folder), n) for n in (options.columns // 2, options.columns)]
            print(f"| `{command}` | {taken[0]:.1f} s | {taken[1]:.1f} s |", flush=True)


if __name__ == "__main__":
    main()

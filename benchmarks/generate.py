"""How fast is a bank made, and does memory stay flat? Beside writing the same bytes to Parquet with pyarrow alone.

    python benchmarks/generate.py 20000 1000000

makes one bank of each size (without the truth, whose cost does not depend on size) in a process of its own
and prints a Markdown table: docs/scale.md holds one.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from simbank import bank, branches, ledger
from simbank.streams import generator

COLUMNS = "| customers | rows | transactions per customer | seconds | rows per second | peak memory, MB | on disk, MB | pyarrow alone, seconds |"


def main():
    """Measure each size that was asked for, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("customers", type=int, nargs="+")
    parser.add_argument("--seed", type=int, default=bank.SEED)
    parser.add_argument("--one", action="store_true", help="measure in this process, print JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.customers[0], seed=asked.seed)))
        return
    print(f"{platform.machine()}, one core, Python {platform.python_version()}\n\n{COLUMNS}\n|" + "---:|" * 8)
    for size in asked.customers:
        command = [sys.executable, __file__, str(size), "--one", "--seed", str(asked.seed)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print("| " + " | ".join(f"{value:,}" for value in found.values()) + " |", flush=True)


def measure(size, *, seed):
    """Make the tables of one bank and write the largest of them once more with pyarrow alone."""
    with tempfile.TemporaryDirectory() as place:
        folder, start = Path(place), time.perf_counter()
        rng = generator(seed, "branches")
        network = branches.draw(rng, bank.BRANCHES)
        known = branches.table(rng, network)
        queue = bank.enrol(folder / "customers.csv", seed=seed, network=network, size=size, step=lambda: None)
        answers, _ = bank.survey(seed, queue, network)
        rows = ledger.write(
            folder, seed=seed, network=network, known=known, answers=answers, size=size, step=lambda: None
        )
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        total = sum(rows.values()) + size + len(answers)
        return {
            "customers": size,
            "rows": total,
            "each": round(rows["transactions"] / size, 1),
            "seconds": round(seconds, 1),
            "per_second": round(total / seconds),
            "peak": peak,
            "disk": round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6, 1),
            "alone": round(rewrite(folder), 1),
        }


def rewrite(folder):
    """Write the Parquet tables again, reading not counted: what the writing alone costs."""
    seconds = 0.0
    for name in ledger.PARQUET:
        source = pq.ParquetFile(folder / f"{name}.parquet")
        options = {"compression": "zstd", "compression_level": 9, "store_schema": False}
        with pq.ParquetWriter(folder / "again.parquet", source.schema_arrow, **options) as file:
            for group in range(source.num_row_groups):
                rows = source.read_row_group(group)
                start = time.perf_counter()
                file.write_table(rows)
                seconds += time.perf_counter() - start
    return seconds


if __name__ == "__main__":
    main()

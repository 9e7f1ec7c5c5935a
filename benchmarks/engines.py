"""Does one piece of code for every engine cost speed? RFM and features on DuckDB, polars and pandas, beside queries by hand.

    python benchmarks/engines.py 1000000 10000000 100000000 --plot docs/engines.png

writes synthetic transactions of each size with DuckDB, then measures every way in a fresh process, by turns, and prints
a Markdown table: docs/engines.md holds one. Each process first makes the same call on a thousand rows: what is loaded once
is in a column of its own.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import matplotlib.pyplot as plt
import pandas as pd
import polars as pl

from helpers.methods import behaviour, rfm

AS_OF, PER_CUSTOMER, THREADS, LIMIT = "2026-01-01", 29, 2, "2500MB"
NAMES = {"by_hand": "RFM, SQL by hand", "duckdb": "`rfm.scores` on DuckDB", "pandas": "`rfm.scores` on pandas",
         "polars": "`rfm.scores` on polars", "features_by_hand": "features, SQL by hand",
         "features": "`behaviour.features` on DuckDB", "features_polars": "`behaviour.features` on polars",
         "features_pandas": "`behaviour.features` on pandas"}  # fmt: skip
WAYS = tuple(NAMES)
# The columns that each call asks for; whoever reads a whole file into a frame would choose them first.
COLUMNS = {rfm.scores: ["customer", "time", "amount_fen"],
           behaviour.features: ["customer", "time", "channel", "kind", "amount_fen"]}  # fmt: skip
BY_HAND = """
    WITH summed AS (
        SELECT customer, max(time)::date AS last, count(*) AS frequency, sum(amount_fen)::bigint AS amount_fen
        FROM ledger WHERE time < DATE '2026-01-01' GROUP BY customer),
    marked AS (
        SELECT customer, (DATE '2026-01-01' - last)::bigint AS recency_days, frequency, amount_fen,
            ((rank() OVER (ORDER BY last) - 1) * 5) // count(*) OVER () + 1 AS recency_score,
            ((rank() OVER (ORDER BY frequency) - 1) * 5) // count(*) OVER () + 1 AS frequency_score,
            ((rank() OVER (ORDER BY amount_fen) - 1) * 5) // count(*) OVER () + 1 AS amount_score
        FROM summed)
    SELECT *, 100 * recency_score + 10 * frequency_score + amount_score AS rfm FROM marked
"""
MAKE = """
    COPY (
        SELECT 'C' || lpad(floor({customers} * pow(i / {rows}, 1.3))::bigint::varchar, 8, '0') AS customer,
            TIMESTAMP '2024-01-01' + to_seconds((hash(i) % 63158400)::bigint) AS time,
            ['counter', 'smart_counter', 'app', 'atm', 'card'][(hash(i + 1) % 5)::int + 1] AS channel,
            ['card_purchase', 'transfer', 'deposit', 'withdrawal', 'wealth_purchase', 'fee'][(hash(i + 2) % 6)::int + 1] AS kind,
            (1 + (hash(i + 3) % 700)::bigint * (hash(i + 4) % 700)::bigint) AS amount_fen
        FROM range({rows}) AS numbers(i)
    ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
"""


def main():
    """Make each size, measure every way, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int, nargs="+")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--one", choices=WAYS, help="measure this way in this process, print JSON")
    parser.add_argument("--file")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.file)))
        return
    table = pd.DataFrame([row for rows in asked.rows for row in compare(rows, asked.repeats)])
    print(f"{platform.machine()}, {THREADS} threads, DuckDB {duckdb.__version__}, pandas {pd.__version__}\n")
    print(markdown(table))
    if asked.plot:
        plot(table, asked.plot)


def compare(rows, repeats):
    """Measure every way on one size, by turns, each in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "transactions.parquet"
        duckdb.sql(f"SET threads = {THREADS}")
        duckdb.sql(MAKE.format(rows=rows, customers=rows // PER_CUSTOMER, path=path))
        found = {way: [] for way in WAYS}
        for _ in range(repeats):
            for way in WAYS:
                command = [sys.executable, __file__, str(rows), "--one", way, "--file", str(path)]
                threads = os.environ | {"POLARS_MAX_THREADS": str(THREADS)}
                told = subprocess.run(command, check=True, capture_output=True, text=True, env=threads).stdout
                found[way].append(json.loads(told))
                print(rows, way, told.strip(), file=sys.stderr, flush=True)
    for way in WAYS:
        base = found["features_by_hand" if way.startswith("features") else "by_hand"]
        pairs = list(zip(found[way], base, strict=True))
        yield {
            "rows": rows,
            "way": way,
            "seconds": statistics.median(run["seconds"] for run in found[way]),
            "ratio": statistics.median(run["seconds"] / other["seconds"] for run, other in pairs),
            "cpu_seconds": statistics.median(run["cpu_seconds"] for run in found[way]),
            "cpu_ratio": statistics.median(run["cpu_seconds"] / other["cpu_seconds"] for run, other in pairs),
            "peak_mb": max(run["peak_mb"] for run in found[way]),
            "first_call": statistics.median(run["first_call"] for run in found[way]),
        }


def measure(way, path):
    """Run one way in this process, from the file to a finished table; what a first call costs once is told apart."""
    connection = duckdb.connect(
        config={"threads": THREADS, "memory_limit": LIMIT, "temp_directory": f"{path}.spill"}
    )
    ledger = connection.read_parquet(path)
    first = seconds = cpu = None
    for rows in (ledger.limit(1000), ledger):
        rows.create_view("ledger", replace=True)
        first, start, used = seconds, time.perf_counter(), time.process_time()
        call = behaviour.features if way.startswith("features") else rfm.scores
        if way.endswith(("pandas", "polars")):
            # A few rows come from DuckDB: the libraries are what is warmed here.
            frame = _frame(way, rows, path if rows is ledger else None, COLUMNS[call])
            customers = len(call(frame, as_of=AS_OF))
        else:
            query = {"by_hand": BY_HAND, "features_by_hand": features_by_hand()}.get(way)
            result = connection.sql(query) if query else call(rows, as_of=AS_OF)
            result.to_table("result")
            customers = connection.sql("SELECT count(*) FROM result").fetchall()[0][0]
            connection.sql("DROP TABLE IF EXISTS result")
        seconds, cpu = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "first_call": round(first, 3),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu, 3),
        "peak_mb": peak,
        "customers": customers,
    }


def _frame(way, rows, path, columns):
    """The whole file as a frame of this way's library, or these few rows."""
    if way.endswith("polars"):
        return pl.read_parquet(path, columns=columns) if path else rows.pl().select(columns)
    return pd.read_parquet(path, columns=columns) if path else rows.df()[columns]


def features_by_hand():
    """Write the query that an analyst would write for the behaviour features."""
    cases = [f"count(*) FILTER (kind = '{kind}') AS kind_{kind}" for kind in behaviour.KINDS]
    cases += [
        f"coalesce(sum(amount_fen) FILTER (kind = '{kind}'), 0)::bigint AS fen_{kind}"
        for kind in behaviour.KINDS
    ]
    cases += [
        f"count(*) FILTER (channel = '{channel}') AS channel_{channel}" for channel in behaviour.CHANNELS
    ]
    return f"""
        SELECT customer, (DATE '2026-01-01' - max(time)::date)::bigint AS recency_days, count(*) AS transactions,
            sum(amount_fen)::bigint AS amount_fen, max(amount_fen) AS largest_fen,
            count(*) FILTER (time >= DATE '2026-01-01' - 90) AS recent_count,
            count(*) FILTER (time < DATE '2026-01-01' - 90 AND time >= DATE '2026-01-01' - 180) AS before_count,
            {", ".join(cases)}
        FROM ledger WHERE time < DATE '2026-01-01' AND time >= DATE '2026-01-01' - 365 GROUP BY customer"""


def markdown(table):
    """Write the measurements down."""
    lines = ["| transactions 交易笔数 | way 做法 | seconds 秒 | ratio to SQL by hand 与手写查询之比 | processor seconds 处理器秒 | ratio 之比 | peak memory, MB 内存峰值 | first call on 1,000 rows, seconds 首次调用（一千行），秒 |",
             "|---:|---|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    lines += [
        f"| {row.rows:,} | {NAMES[row.way]} | {row.seconds:.2f} | {row.ratio:.2f} | {row.cpu_seconds:.2f} | {row.cpu_ratio:.2f} | {row.peak_mb:,} | {row.first_call:.2f} |"
        for row in table.itertuples()
    ]
    return "\n".join(lines)


def plot(table, path):
    """Draw how seconds and memory grow."""
    figure, panels = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    for way, mark in (("by_hand", "s"), ("duckdb", "o"), ("polars", "D"), ("pandas", "^")):
        part = table[table["way"] == way]
        for ax, values in zip(panels, (part["seconds"], part["peak_mb"] / 1024), strict=True):
            ax.plot(part["rows"] / 1e6, values, marker=mark, label=NAMES[way].replace("`", ""))
    panels[0].set_yscale("log")
    panels[1].set_yscale("log", base=2)
    panels[1].axhline(4, color="black", linewidth=1, linestyle="--")
    panels[1].annotate("aim: 4 GB at most", (1, 4), (0, 4), textcoords="offset points")
    for ax, name in zip(panels, ("seconds", "peak memory, GB"), strict=True):
        ax.set(xscale="log", xlabel="million transactions", ylabel=name)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter("{x:g}")
            axis.set_minor_formatter("")
        ax.grid(visible=True, color="#E4E4E4")
    panels[0].legend()
    figure.savefig(path, dpi=100)


if __name__ == "__main__":
    main()

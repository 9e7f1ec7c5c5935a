"""Folders of a bank as tests need them: small tables, CSV or Parquet, under a bare codebook."""

import json
import random

import pandas as pd


def bank(folder, tables, **more):
    """Write a folder whose codebook names columns and no key at all; return it."""
    folder.mkdir(exist_ok=True)
    resources = []
    for name, table in tables.items():
        whole = isinstance(table, pd.DataFrame)
        path = f"{name}.parquet" if whole else f"{name}.csv"
        if whole:
            table.to_parquet(folder / path)
        else:
            (folder / path).write_text(table, encoding="utf-8")
        columns = list(table.columns) if whole else table.split("\n")[0].split(",")
        fields = [{"name": column} for column in columns]
        resources.append({"name": name, "path": path, "schema": {"fields": fields}})
    package = {"resources": resources, **more}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def copied(folder, name):
    """Read a table of a copy, from either kind of file."""
    csv = folder / f"{name}.csv"
    return pd.read_csv(csv, dtype=str) if csv.exists() else pd.read_parquet(folder / f"{name}.parquet")


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

"""Folders of a bank as tests need them: small tables, CSV or Parquet, under a bare codebook."""

import json

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
    answers = {f"P{i}": [str((7 * row + 3 * i) % 5 + 1) for row in range(rows)] for i in range(1, columns)}
    table = pd.DataFrame({"respondent": [f"R{row:05}" for row in range(rows)], **answers})
    fields = [{"name": "respondent", "type": "string", "title": "Respondent"}]
    fields += [{"name": name, "type": "integer", "title": name} for name in answers]
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / "t.csv", index=False)
    package = {"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": fields}}]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder / "t.csv"

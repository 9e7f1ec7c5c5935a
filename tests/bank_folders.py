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

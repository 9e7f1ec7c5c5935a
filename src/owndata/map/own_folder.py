"""A recognised table as a folder that the lessons can open, or beside the tables that are there already."""

import json
from pathlib import Path

import pandas as pd

from helpers.bank import codebook_shape, files, paths
from helpers.bank.language import wrong
from owndata.map import mapped_journeys, own_tables

# Of a complaint log the dated steps are a journey too.
DATED = {"received": ("Received", "受理"), "sent": ("Passed on", "转办"), "closed": ("Closed", "办结")}
STEPS = {
    "case": "string", "step": "integer", "journey": "string", "touchpoint": "string", "start": "datetime", "end": "datetime",
    "outcome": "string", "branch": "string", "channel": "string", "position": "integer", "stage": "string", "owner": "string",
}  # fmt: skip


def of_log(events, named):
    """The tables of an event log: `journeys` and `touchpoints`, described.

    Parameters
    ----------
    events, named : DataFrame
        As for `mapped_journeys.tables`.

    Returns
    -------
    dict
        Table → rows, fields, key.
    """
    steps, points, names = mapped_journeys.tables(events, named)
    process = {mapped_journeys.JOURNEY: {"en": "Process of the log", "zh": "日志里的流程"}}
    return {
        "touchpoints": (points, _described(points, names, process), ["touchpoint"]),
        "journeys": (steps, _described(steps, names, process), ["case", "step"]),
    }


def of_table(name, rows):
    """A table of the catalogue, and of complaints the journey that their dates tell.

    Parameters
    ----------
    name : str
        Of the table.
    rows : DataFrame
        From `own_tables.table`.

    Returns
    -------
    dict
        Table → rows, fields, key.
    """
    about = own_tables.catalogue()[name]
    key = about.get("key") or [one["name"] for one in about["fields"] if one.get("unique")]
    found = {name: (rows, own_tables.fields(name, set(rows.columns)), key)}
    dated = [column for column in DATED if column in rows and (rows[column] != "").any()]
    if name == "complaints" and len(dated) > 1:
        events = rows.melt("case", dated, "activity", "time")
        named = mapped_journeys.touchpoints(events[events["time"] != ""])
        for side, language in enumerate(("name_en", "name_zh")):
            named[language] = [DATED[activity][side] for activity in named["activity"]]
        found |= of_log(events[events["time"] != ""], named)
    return found


def write(tables, folder):
    """Write tables and their codebook into a folder, beside what an earlier call put there.

    Parameters
    ----------
    tables : dict
        From `of_log` or `of_table`.
    folder : Path
        New, or with a codebook.

    Raises
    ------
    WrongValue
        If one of the tables is there already; nothing is written then.
    """
    folder, book = Path(folder), Path(folder) / codebook_shape.FILE
    package = {"profile": "tabular-data-package", "name": "own-bank", "title": folder.resolve().name, "simulated": False,
               "made_by": "course data map", "resources": []}  # fmt: skip
    if book.exists():
        package = codebook_shape.parsed(paths.inside(folder, codebook_shape.FILE).read_text(encoding="utf-8"))
    there = {one["name"] for one in package["resources"]} | {path.stem for path in folder.glob("*.csv")}
    if again := sorted(there & set(tables)):
        raise wrong("owndata.own_folder.there", folder=folder, table=again[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (rows, fields, key) in tables.items():
        with files.in_one_piece(folder / f"{name}.csv") as draft:
            rows.to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")
        links = [
            {"fields": ["touchpoint"], "reference": {"resource": "touchpoints", "fields": ["touchpoint"]}}
        ]
        schema = {"fields": fields, "primaryKey": key, "foreignKeys": links if name == "journeys" else []}
        titles = own_tables.catalogue().get(name, {"title": "Touchpoints", "title@zh": "触点"})
        package["resources"].append(
            {
                "name": name,
                "path": f"{name}.csv",
                "schema": {part: value for part, value in schema.items() if value},
            }
            | {side: titles[side] for side in ("title", "title@zh")}
        )
    files.write(book, json.dumps(package, ensure_ascii=False, indent=2) + "\n")


def _described(rows: pd.DataFrame, names, process):
    """Fields of journeys and touchpoints: the user's own activities are their values."""
    values = {"touchpoint": names, "journey": process}
    return [
        {
            "name": column,
            "type": STEPS[column],
            "constraints": {"required": column in ("case", "step", "touchpoint")},
        }
        | ({"values": values[column]} if column in values else {})
        for column in rows.columns
    ]

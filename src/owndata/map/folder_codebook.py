"""A folder of tables named as the course names them: its codebook, written from the course's own."""

import json
from pathlib import Path

from helpers.bank import data as banks
from helpers.bank import files, needs, paths
from helpers.bank.language import wrong
from owndata.read import sheets

FILE = "datapackage.json"
SURVEY = "servqual"  # has a scale and dimensions of its own: `course data map FILE`
# Words that the formulas count by, and numbers that have a scale; all other limits are Qingyu Bank's own.
COUNTED = {"transactions.channel", "transactions.kind", "customers.kind", "journeys.outcome", "churn.left",
           "journey_surveys.given_up"}  # fmt: skip
MARKS = {"emotion", "satisfaction", "last_satisfaction", "effort", "recommend"}
SCALES = {"amount_fen", "asked_per_million", *MARKS}


def describe(folder):
    """Write the codebook of a folder.

    Parameters
    ----------
    folder : str or Path
        Holds files such as ``customers.csv`` and ``transactions.parquet``, with the course's headings.

    Returns
    -------
    dict
        Table → the headings that the course does not know, so that nothing uses them.

    Raises
    ------
    WrongValue
        If the folder has a codebook already, or no file with such a name.
    """
    folder, path = Path(folder), Path(folder) / FILE
    if path.exists():
        raise wrong("owndata.folder_codebook.exists", path=path)
    known = [one for one in course() if one["name"] != SURVEY and not one["name"].startswith("truth")]
    there = {one["name"]: found for one in known if (found := _file(folder, one["name"]))}
    if not there:
        names = ", ".join(f"{one['name']}.csv" for one in known)
        raise wrong("owndata.folder_codebook.no_tables", folder=folder, names=names)
    columns = {name: _columns(found) for name, found in there.items()}
    resources = [_resource(one, there, columns) for one in known if one["name"] in there]
    title = folder.resolve().name
    package = {"profile": "tabular-data-package", "name": "own-bank", "title": title, "title@zh": title,
               "simulated": False, "made_by": "course data map", "resources": resources}  # fmt: skip
    files.write(path, json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    named = {one["name"]: {field["name"] for field in one["schema"]["fields"]} for one in resources}
    return {name: [column for column in columns[name] if column not in named[name]] for name in there}


def marks(folder):
    """List the questions whose marks were written down as the course asked them, for somebody to confirm.

    Parameters
    ----------
    folder : str or Path
        After `describe`.

    Returns
    -------
    list of tuple
        Table, column, lowest and highest mark.
    """
    told = []
    for table in banks.package(Path(folder))["resources"]:
        for field in table["schema"]["fields"]:
            if field["name"] in MARKS:
                rule = field["constraints"]
                told.append((table["name"], field["name"], rule["minimum"], rule["maximum"]))
    return told


def course():
    """List the tables of the course's own bank.

    Returns
    -------
    list of dict
        As its codebook describes them.
    """
    return banks.package(banks.folder("qingyu_bank"))["resources"]


def _file(folder, name):
    """The table's file, by the one rule: no link that leads elsewhere, no pipe."""
    named = (f"{name}{ending}" for ending in (".parquet", ".csv"))
    return next(
        (paths.inside(folder, path) for path in named if paths.reason(folder, path) != paths.ABSENT), None
    )


def _columns(path):
    """The headings, as the lessons will find them."""
    return list(next(sheets.parts(path)).cells.columns)


def _resource(one, there, columns):
    """Describe one table by the course's words."""
    name, path = one["name"], there[one["name"]]
    fields = [_field(field, name) for field in one["schema"]["fields"] if field["name"] in columns[name]]
    key = [] if name == "transactions" else one["schema"].get("primaryKey", [])  # two equal purchases are two
    links = [
        link for link in one["schema"].get("foreignKeys", [])
        if set(link["fields"]) <= set(columns[name])
        and set(link["reference"]["fields"]) <= set(columns.get(link["reference"]["resource"] or name, []))
    ]  # fmt: skip
    schema = {"fields": fields, "foreignKeys": links, "missingValues": [""]}
    if key and set(key) <= set(columns[name]):
        schema["primaryKey"] = key
    ending = path.suffix.removeprefix(".")
    media = "text/csv" if ending == "csv" else "application/vnd.apache.parquet"
    return {"profile": "tabular-data-resource", "name": name, "path": path.name, "format": ending, "mediatype": media,
            "title": one["title"], "title@zh": one["title@zh"], "schema": schema}  # fmt: skip


def _field(field, table):
    """One column: what it means, and of its limits those that hold in every bank."""
    limits, kept = field.get("constraints", {}), {}
    wanted = set().union(*(needs.tables_asked(name).get(table, set()) for name in needs.described()))
    if limits.get("required") and field["name"] in wanted:
        kept["required"] = True
    if f"{table}.{field['name']}" in COUNTED:
        kept["enum"] = limits["enum"]
    if field["name"] in SCALES:
        kept |= {side: limits[side] for side in ("minimum", "maximum") if side in limits}
    return {**{key: value for key, value in field.items() if key != "constraints"}, "constraints": kept}

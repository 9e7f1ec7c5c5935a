"""The codebook of a copy: rebuilt from what it may hold, so that nothing travels because nobody thought of it."""

from helpers.bank import codebook_shape, paths
from owndata.identify import traces
from owndata.map import folder_codebook
from owndata.share import quasi_identifiers

# The standard's own words about a field, and those of the course; what is not named here stays behind.
FIELD = ("name", "type", "title", "title@zh", "unit", "item", "reversed", "dimension", "leaking")
LIMITS = ("required", "unique", "minimum", "maximum", "enum")
TABLE = ("truth", "flawed", "validated")
SCALE = ("minimum", "maximum", "dont_know", "points_total")
_NAMED = ("name", "type", "dimension")  # what other parts refer to
DIMENSION = ("name", "title", "title@zh", "items")


def rebuilt(package, tables, acts):
    """Describe the tables of a copy.

    Parameters
    ----------
    package : dict
        The codebook of the bank.
    tables : dict
        Name → DataFrame, as they are written.
    acts : dict
        (table, column) → what was done (`protection.ACTS`).

    Returns
    -------
    dict
        A codebook without titles of the bank, contributors, sources, notes, examples, patterns, hashes.
    """
    known = {one["name"]: one for one in folder_codebook.course()}
    resources = [
        _table(one, tables[one["name"]], acts, known.get(one["name"], {}), package)
        for one in package["resources"]
        if one["name"] in tables
    ]
    return {
        "profile": "tabular-data-package", "name": "pseudonymised-copy", "title": "Pseudonymised copy",
        "title@zh": "假名副本", "simulated": package.get("simulated") is True, "pseudonymised": True,
        "made_by": "course data pseudonymise", "resources": resources,
    }  # fmt: skip


def file(resource, number):
    """Name the file of a table in the copy, by its table: the old name may be a person's.

    Examples
    --------
    >>> file({"name": "servqual", "path": "王伟.csv"}, 1), file({"name": "../x", "path": "x.parquet"}, 2)
    ('servqual.csv', 'table2.parquet')
    """
    ending = "parquet" if resource["path"].endswith(".parquet") else "csv"
    name = f"{resource['name']}.{ending}"
    return f"table{number}.{ending}" if "/" in name or paths.refusal(name) else name


def _table(one, table, acts, course, package):
    schema, name = one["schema"], one["name"]
    number = [resource["name"] for resource in package["resources"]].index(name) + 1
    path = file(one, number)
    kind = "application/vnd.apache.parquet" if path.endswith(".parquet") else "text/csv"
    made = {"profile": "tabular-data-resource", "name": name, "path": path, "format": path.rpartition(".")[2],
            "mediatype": kind, "title": course.get("title", name), "title@zh": course.get("title@zh", name),
            "rows": len(table)}  # fmt: skip
    made |= {key: one[key] for key in TABLE if isinstance(one.get(key), bool)}
    if "scale" in one:
        made["scale"] = {key: one["scale"][key] for key in SCALE if key in one["scale"]}
    if "dimensions" in one:
        made["dimensions"] = [_kept(dimension, DIMENSION) for dimension in one["dimensions"]]
    fields = [_field(field, acts.get((name, field["name"])))
              for field in schema["fields"] if field["name"] in table.columns]  # fmt: skip
    made["schema"] = {"fields": fields, "missingValues": [""], **_keys(schema, name, acts, package)}
    return made


def _field(field, act):
    """One column; of a column that was replaced or made coarser, neither limits nor lists of old values."""
    made = _kept(field, FIELD)
    limits = {key: field["constraints"][key] for key in LIMITS if key in field["constraints"]}
    if "item" in field:
        made |= _kept(field, ("description", "description@zh"))  # the question that was asked
    if act == "keep":
        if "enum" in limits:
            limits["enum"] = [one for one in limits["enum"] if _harmless(one)]
        if values := {
            one: labels for one, labels in field.get("values", {}).items() if _harmless([one, labels])
        }:
            made["values"] = {one: {"en": labels["en"], "zh": labels["zh"]} for one, labels in values.items()}
    else:
        limits = {key: limits[key] for key in ("required", "unique") if key in limits and act == "replace"}
        made["type"] = "string" if act == "replace" else made["type"]
    return {**made, "constraints": limits}


def _keys(schema, name, acts, package):
    """Keys whose columns are all still there."""
    columns = {one["name"]: {f["name"] for f in one["schema"]["fields"]} for one in package["resources"]}
    # A branch that became its region still goes to the table of branches, which became one of regions.
    gone = {
        one
        for one, act in acts.items()
        if act == "leave" or (act == "generalise" and quasi_identifiers.kind_of(one[1]) != "branch")
    }
    found = {}
    if (key := schema.get("primaryKey")) and not {
        (name, column) for column in codebook_shape.key_columns(key)
    } & gone:
        found["primaryKey"] = codebook_shape.key_columns(key)
    links = []
    for link in schema.get("foreignKeys", []):
        there = link["reference"].get("resource", "")
        ends = {(name, c) for c in codebook_shape.key_columns(link["fields"])}
        ends |= {(there or name, c) for c in codebook_shape.key_columns(link["reference"]["fields"])}
        if not ends & gone and (there or name) in columns:
            aim = {"resource": there, "fields": codebook_shape.key_columns(link["reference"]["fields"])}
            links.append({"fields": codebook_shape.key_columns(link["fields"]), "reference": aim})
    return found | ({"foreignKeys": links} if links else {})


def _kept(entry, allowed):
    """The allowed keys of an entry; titles and the like only where they point at nobody."""
    return {key: entry[key] for key in allowed if key in entry and (key in _NAMED or _harmless(entry[key]))}


def _harmless(value):
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return not any(
        traces.in_text(text)
        if isinstance(text, str)
        else not _harmless(text)
        if isinstance(text, dict)
        else False
        for text in texts
    )

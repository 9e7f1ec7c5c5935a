"""The codebook of a bank: what people wrote in ``codebook.yml`` and what the files themselves say."""

import hashlib
import json
from functools import cache
from pathlib import Path

import yaml

DIMENSION_BLOCKS = ("points", "adequate")
FORMATS = {
    ".csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
    ".parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
}


@cache
def codebook():
    """Read what people wrote about the tables.

    Returns
    -------
    dict
        ``bank``, ``tables``, ``sides``, ``dimensions``, ``items`` and ``reversed``. Do not change it.

    Examples
    --------
    >>> codebook()["items"][5]["title"]
    'Keeps promises'
    """
    return yaml.safe_load(Path(__file__).with_name("codebook.yml").read_text(encoding="utf-8"))


def dimensions():
    """List the five dimensions with the items that belong to them.

    Returns
    -------
    list of dict
        ``name``, titles, descriptions and ``items``.

    Examples
    --------
    >>> [len(dimension["items"]) for dimension in dimensions()]
    [4, 5, 4, 4, 5]
    """
    # Imported here: numbers live with the model, words in the codebook.
    from simbank.opinions import DIMENSION_OF, ITEMS

    own = [ITEMS[k == DIMENSION_OF].tolist() for k in range(5)]
    return [{**words, "items": items} for words, items in zip(codebook()["dimensions"], own, strict=True)]


def fields(table):
    """List the fields of a table, items and dimension blocks written out.

    Parameters
    ----------
    table : str
        A table of the codebook.

    Returns
    -------
    list of dict
        Frictionless fields with titles in both languages.

    Examples
    --------
    >>> [field["title@zh"] for field in fields("servqual") if field["name"] in ("E5", "P11")]
    ['E5 信守承诺', 'P11 办理及时（反向题）']
    """
    listed = []
    for field in codebook()["tables"][table]["fields"]:
        if "items" in field:
            listed += [_item(field["items"], number) for number in codebook()["items"]]
        elif block := next((name for name in DIMENSION_BLOCKS if name in field), None):
            listed += [_block(block, field[block], dimension) for dimension in dimensions()]
        else:
            listed.append(field)
    return listed


def _item(side, number):
    """Write out one item of the form."""
    book = codebook()
    words, stem, turn = book["items"][number], book["sides"][side], book["reversed"]
    turned = number in turn["items"]
    names = {
        f"title{at}": f"{side}{number} {words[f'title{at}']}{turn[f'mark{at}'] if turned else ''}"
        for at in ("", "@zh")
    }
    wording = {f"description{at}": stem[f"stem{at}"].format(text=words[f"text{at}"]) for at in ("", "@zh")}
    # "Don't know" stands outside the scale, and only perceptions offer it.
    answers = {"minimum": 1, "maximum": 7} if side == "E" else {"enum": [1, 2, 3, 4, 5, 6, 7, 9]}
    dimension = next(row["name"] for row in dimensions() if number in row["items"])
    place = {"dimension": dimension, "item": number, "reversed": turned}
    return {"name": f"{side}{number}", "type": "integer", **names, **wording, "constraints": answers, **place}


def _block(block, words, dimension):
    """Write out one of five fields that repeat for the dimensions."""
    texts = {}
    for key in ("title", "description"):
        for at in ("", "@zh"):
            title = dimension[f"title{at}"]
            texts[key + at] = words[key + at].format(title=title, lower=title.lower())
    rest = {key: value for key, value in words.items() if key not in texts}
    return {
        "name": f"{block}_{dimension['name']}",
        "type": "integer",
        **texts,
        **rest,
        "dimension": dimension["name"],
    }


def descriptor(folder, *, seed, rows):
    """Describe a bank folder: the codebook, with rows, bytes and hash of each file.

    Parameters
    ----------
    folder : pathlib.Path
        Where the tables are.
    seed : int
        The seed of the bank.
    rows : dict of str to int
        How many rows each table has.

    Returns
    -------
    dict
        A Frictionless data package (version 1).
    """
    book = codebook()
    paths = {table: next(folder.glob(f"{table}.*")) for table in rows}
    resources = [_resource(paths[table], table, count) for table, count in rows.items()]
    return {"profile": "tabular-data-package", **book["bank"], "seed": seed, "resources": resources}


def _resource(path, table, rows):
    """Describe one file."""
    words = dict(codebook()["tables"][table])
    schema = {"fields": fields(table), "primaryKey": words.pop("primaryKey"), "missingValues": [""]}
    if "foreignKeys" in words:
        schema["foreignKeys"] = words.pop("foreignKeys")
    del words["fields"]
    if table == "servqual":
        words["dimensions"] = dimensions()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": path.name,
        **FORMATS[path.suffix],
        **words,
        "rows": rows,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def write(path, content):
    """Write JSON as people like to read it: UTF-8, one line end everywhere.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    content : dict
        What to write.
    """
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")

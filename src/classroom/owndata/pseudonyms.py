"""A copy of a bank without names: ids become keyed pseudonyms, the same in every table.

HMAC-SHA256 under a key that stays with its owner: whoever lacks the key cannot try ids until one fits, as
one can with a plain hash. This is *pseudonymous*, not anonymous: dates, branches and answers are
unchanged, and may together still point at a person.
"""

import hashlib
import hmac
import json
from pathlib import Path

import pandas as pd

from classroom.owndata import folders, harmless, identifiers, keyfile
from classroom.owndata.notes import Note
from helpers.bank import data as banks
from helpers.bank.language import WrongValue

DIGITS = 16  # 64 bits: two of ten million ids meet once in 370,000 keys; it is looked for all the same
PLACES = ("branches", "touchpoints")  # what is public and no person
_FREE = r"意见|建议|备注|说明|原因|留言|其他|comment|remark|suggestion|reason|feedback|free.?text|other"


def pseudonymise(folder, *, out, key=None, keep=()):
    """Write a copy of a bank in which nobody is called by name or number.

    Parameters
    ----------
    folder : str or Path
        The bank: a folder with a ``datapackage.json``.
    out : str or Path
        The new folder; it must not exist, or be empty.
    key : str or Path, optional
        The key file (`keyfile.default` unless given); made where there is none.
    keep : list of str
        Flagged columns to copy all the same, as ``column`` or ``table.column``.

    Returns
    -------
    list of Note
        What was done to which columns, in both languages.

    Raises
    ------
    WrongValue
        If a folder or the key cannot be used, or a table or column is missing.
    """
    source, out = banks.folder(folder), Path(out)
    folders.refuse_nested(source, out)
    folders.refuse_occupied(out)
    package = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    tables = {one["name"]: _read(source, one) for one in package["resources"]}
    _refuse_unknown(keep, tables)
    secret = keyfile.read(key or keyfile.default(), apart_from=[source, out])
    domains, notes = _domains(package), []
    with folders.whole(out) as draft:
        for one in package["resources"]:
            name = one["name"]
            tables[name], told = _protected(tables[name], one, domains=domains, secret=secret, keep=keep)
            notes += told
            _write(draft, one, tables[name])
        folders.write_json(draft / "datapackage.json", _described(package, tables))
    return [*notes, *_always(source, key or keyfile.default())]


def pseudonyms(ids, *, secret, domain):
    """Give every id its pseudonym.

    Parameters
    ----------
    ids : Series
        Ids as text; empty ones stay empty.
    secret : bytes
        The key.
    domain : str
        What the ids are ids of: the same number has another pseudonym as a customer than as a respondent.

    Returns
    -------
    Series
        A letter and 16 hexadecimal digits, which no spreadsheet takes for a number.

    Raises
    ------
    WrongValue
        If two ids would share a pseudonym.

    Examples
    --------
    >>> found = pseudonyms(pd.Series(["C1", "", "C1"]), secret=b"k" * 32, domain="customer")
    >>> found[0] == found[2], found[1], len(found[0])
    (True, '', 17)
    """
    known = {one: "p" + _digest(one, secret=secret, domain=domain) for one in ids[ids != ""].unique()}
    if len(set(known.values())) < len(known):
        raise WrongValue(
            en=f"Two different ids of '{domain}' would get one pseudonym. Use another key file (--key).",
            zh=f"'{domain}' 中有两个不同的编号会得到同一个假名。请用 --key 换一个密钥文件。",
        )
    return ids.map({"": "", **known})


def _digest(text, *, secret, domain):
    whole = hmac.new(secret, f"{domain}\0{text}".encode(), hashlib.sha256).hexdigest()
    return whole[:DIGITS]


def _read(source, resource):
    """Read a table as text, so that what is not touched stays as it is written."""
    path = source / resource["path"]
    if not path.is_file():
        raise WrongValue(
            en=f"The codebook names '{resource['path']}', but '{source}' has no such file. Add it, or correct the codebook.",
            zh=f"数据说明里有 '{resource['path']}'，但 '{source}' 里没有这个文件。请补上文件，或修改数据说明。",
        )
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _write(draft, resource, table):
    path = draft / resource["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        harmless.table(table).to_csv(path, index=False, lineterminator="\n")


def _domains(package):
    """Map (table, column) of every key to the column it goes back to, along the foreign keys."""
    parent, keys = {}, []
    for one in package["resources"]:
        schema, name = one.get("schema", {}), one["name"]
        keys += [(name, column) for column in _list(schema.get("primaryKey"))]
        for foreign in schema.get("foreignKeys", []):
            there = foreign["reference"].get("resource") or name
            ends = zip(_list(foreign["fields"]), _list(foreign["reference"]["fields"]), strict=True)
            links = {
                (name, mine): (there, theirs) for mine, theirs in ends if (name, mine) != (there, theirs)
            }
            parent |= links
            keys += [*links, *links.values()]
    return {key: _origin(key, parent) for key in dict.fromkeys(keys)}


def _origin(key, parent):
    """Follow the references to their end; a circle ends at its first name."""
    seen = [key]
    while parent.get(seen[-1]) not in (None, *seen):
        seen.append(parent[seen[-1]])
    return min(seen) if parent.get(seen[-1]) else seen[-1]


def _list(value):
    return [value] if isinstance(value, str) else list(value or [])


def _protected(table, resource, *, domains, secret, keep):
    """Pseudonyms for ids, flagged columns left out, rows in the order of their pseudonyms."""
    name, notes = resource["name"], []
    fields = {field["name"]: field for field in resource.get("schema", {}).get("fields", [])}
    for column in list(table.columns):
        origin = domains.get((name, column))
        if origin:
            if origin[0] not in PLACES and _is_id(fields.get(column, {}), column):
                ids = _text(table[column])
                table[column] = pseudonyms(ids, secret=secret, domain=".".join(origin))
                notes.append(Note("pseudonyms", name, column))
            continue
        reason = _flag(column, table[column], field=fields.get(column, {}), table=name)
        kept = {column, f"{name}.{column}"} & set(keep)
        if reason:
            notes.append(Note(f"kept_{reason}" if kept else reason, name, column))
            table = table if kept else table.drop(columns=column)
    keys = [c for c in _list(resource.get("schema", {}).get("primaryKey")) if c in table.columns]
    # The old order would tell the old numbers: row 1 was R00001.
    return (table.sort_values(keys, ignore_index=True) if keys and name not in PLACES else table), notes


def _is_id(field, column):
    """Whether a key column names somebody; a week in a composite key, or a code from a list, does not."""
    listed = "enum" in field.get("constraints", {})
    return not listed and (field.get("type", "string") == "string" or column.endswith("id"))


def _flag(column, values, *, field, table):
    """Tell why a column must not travel: it names somebody, or anybody could write anything in it."""
    if table in PLACES and column in ("name_en", "name_zh"):
        return None
    texts = _text(values)
    texts = texts[texts != ""].drop_duplicates()
    if field.get("type", "string") == "string" and "enum" not in field.get("constraints", {}):
        if identifiers.kind(column, texts) or identifiers.by_heading(field.get("title@zh", "")):
            return "identifier"
        return "free_text" if _is_free(column, texts, n=len(values)) else None
    return "identifier" if identifiers.by_heading(column) else None


def _is_free(column, texts, *, n):
    """Free text: a heading that says so, or long answers that hardly repeat."""
    if pd.Series([column]).str.contains(_FREE, case=False, regex=True).item():
        return True
    return (
        len(texts) > max(10, n / 10)
        and texts.str.len().median() >= 8
        and not texts.str.fullmatch(r"[\d:/ T.+Z-]+").all()
    )


def _text(values):
    return values.astype("string").fillna("").astype(str)


def _described(package, tables):
    """The codebook of the copy: fields that were left out are gone, patterns and hashes of old ids too."""
    resources = []
    for one in package["resources"]:
        one = {name: value for name, value in one.items() if name not in ("hash", "bytes")}
        there = set(tables[one["name"]].columns)
        fields = [dict(field) for field in one.get("schema", {}).get("fields", []) if field["name"] in there]
        for field in fields:
            limits = {k: v for k, v in field.get("constraints", {}).items() if k != "pattern"}
            field |= {"constraints": limits} if "constraints" in field else {}
        resources.append({**one, "schema": {**one.get("schema", {}), "fields": fields}})
    return {**package, "pseudonymised": True, "resources": resources}


def _refuse_unknown(keep, tables):
    there = {name for t, table in tables.items() for c in table.columns for name in (c, f"{t}.{c}")}
    for name in keep:
        if name not in there:
            raise WrongValue(
                en=f"--keep names the column '{name}', which no table has. Correct the name.",
                zh=f"--keep 写的列 '{name}' 不在任何一张表里。请检查名称。",
            )


def _always(source, key):
    extra = [Note("dates"), Note("key", found=str(key)), Note("branches")]
    listed = (source / "truth.json").is_file()
    return [*extra, Note("truth")] if listed else extra

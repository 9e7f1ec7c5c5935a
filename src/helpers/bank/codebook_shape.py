"""The one shape that a codebook must have, for everybody who reads one: the lessons, the check, the copy.

The rules are in ``codebook_schema.json`` (JSON Schema); here is what such rules cannot say, and the wording.
"""

import json
import sys
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

import re2

from helpers.bank import paths

FILE = "datapackage.json"
_PATTERN = (
    "a pattern without looking ahead or back and without back-references, or left out ({})",
    "不用前后环视和反向引用的 pattern，或者去掉（{}）",
)


class Fault(NamedTuple):
    """One place of a codebook that is not as it must be, in both languages."""

    place: str
    en: str
    zh: str
    found: str


def parsed(text):
    """Read the text of a codebook.

    Parameters
    ----------
    text : str
        JSON; infinite numbers are none.

    Returns
    -------
    object
        What it says.

    Raises
    ------
    ValueError
        If it is no JSON.

    Examples
    --------
    >>> parsed('{"resources": []}')
    {'resources': []}
    """
    try:
        return json.loads(text, parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def faults(package):
    """List what is wrong with the shape of a codebook.

    Parameters
    ----------
    package : object
        From `parsed`.

    Returns
    -------
    list of Fault
        In the order of the file; where there is none, every key that the product reads is of its kind.

    Examples
    --------
    >>> faults({"resources": [{"name": "a", "path": "a.csv", "schema": "http://x"}]})[0][:2]
    ('a › schema', 'an object {…} written here, no address: nothing is fetched from a network')
    """
    return list(_judged(json.dumps(package)))


@lru_cache(maxsize=2)  # a command reads its codebook several times; thousands of columns take seconds
def _judged(text):
    from helpers.bank import codebook_schema  # becomes Python at its import: only where a bank is opened

    package = json.loads(text)
    if not codebook_schema.valid(package):
        validator = _validator(codebook_schema.rules())
        wrong = sorted(validator.iter_errors(package), key=lambda error: list(map(str, error.absolute_path)))
        if wrong:
            return [_fault(error, package) for error in wrong]
    return [fault for resource in package["resources"] for fault in _of_table(resource, package)]


def loose_links(package):
    """List foreign keys that lead nowhere; the lessons do without them, anyone who judges a folder says so.

    Parameters
    ----------
    package : dict
        A codebook without `faults`.

    Returns
    -------
    list of Fault
        One for each link to a table or column that the codebook lacks.

    Examples
    --------
    >>> link = {"fields": "x", "reference": {"resource": "b", "fields": "x"}}
    >>> loose_links({"resources": [{"name": "a", "schema": {"foreignKeys": [link]}}]})[0].found
    'b'
    """
    tables = {one["name"]: one for one in package["resources"]}
    return [
        fault
        for name, resource in tables.items()
        for link in resource.get("schema", {}).get("foreignKeys", [])
        for fault in _of_link(link, f"{name} › foreignKeys", tables, name)
    ]


def filled(package):
    """Fill in what a codebook may leave out, so that nobody needs to ask.

    Parameters
    ----------
    package : dict
        A codebook without faults.

    Returns
    -------
    dict
        The same codebook: every table has its fields, every field a type and constraints.

    Examples
    --------
    >>> filled({"resources": [{"name": "a", "schema": {"fields": [{"name": "x"}]}}]})["resources"][0]["schema"]
    {'fields': [{'name': 'x', 'type': 'string', 'constraints': {}}]}
    """
    for resource in package["resources"]:
        for field in resource.setdefault("schema", {}).setdefault("fields", []):
            field.setdefault("type", "string")
            field.setdefault("constraints", {})
    return package


def key_columns(value):
    """Return the columns of a key as a list: the standard allows a bare name for one.

    Parameters
    ----------
    value : str, list of str or None
        A ``primaryKey``, or the ``fields`` of a foreign key.

    Returns
    -------
    list of str
        Column names.

    Examples
    --------
    >>> key_columns("customer"), key_columns(["case", "step"]), key_columns(None)
    (['customer'], ['case', 'step'], [])
    """
    return [value] if isinstance(value, str) else list(value or [])


def _validator(rules):
    # jsonschema would load it and compile its grammars of addresses, for two seconds; no codebook asks for that format.
    looked = sys.modules.setdefault("rfc3987_syntax", None)
    from jsonschema import Draft202012Validator

    if looked is None:
        del sys.modules["rfc3987_syntax"]  # anyone who wants it finds it
    return Draft202012Validator(rules)


def _refused(constant):
    raise ValueError(f"{constant} is not a number of JSON")


def _fault(error, package):
    """Word what the validator found."""
    place, here = [], package
    for step in error.absolute_path:
        here = here[step]
        named = here.get("name") if isinstance(here, dict) and isinstance(step, int) else None
        place.append(named if isinstance(named, str) else str(step + 1 if isinstance(step, int) else step))
    english, chinese = error.schema["must"]
    found = json.dumps(error.instance, ensure_ascii=False, default=str)
    if error.validator == "required":  # of what lacks more may be said than of what it lacks in
        lost = next(name for name in error.validator_value if name not in error.instance)
        if must := error.schema.get("properties", {}).get(lost, {}).get("must"):
            place, found, (english, chinese) = [*place, lost], "null", must
    return Fault(" › ".join(p for p in place if p != "resources"), english, chinese, found)


def _of_table(resource, package):
    """What a table's parts must agree on."""
    name, schema = resource["name"], resource.get("schema", {})
    twice = Counter(one["name"] for one in package["resources"])
    files = Counter(one["path"].casefold() for one in package["resources"])
    if twice[name] > 1:
        yield Fault(name, "a name that no other table has", "别的表没有用过的名称", name)
    if why := paths.refusal(resource["path"]):
        english, chinese = paths.RULE
        yield Fault(f"{name} › path", f"{english} ({why[0]})", f"{chinese}（{why[1]}）", resource["path"])
    elif files[resource["path"].casefold()] > 1 or resource["path"].casefold() == FILE:
        yield Fault(f"{name} › path", "a file of its own", "单独的一个文件", resource["path"])
    if name == "servqual":
        yield from _of_survey(resource)
    for field in schema.get("fields", []):
        if why := _refused_pattern(field.get("constraints", {}).get("pattern")):
            yield Fault(
                f"{name} › {field['name']} › pattern", *(words.format(why) for words in _PATTERN), why
            )
    columns = [field["name"] for field in schema.get("fields", [])]
    for column, count in Counter(columns).items():
        if count > 1:
            yield Fault(
                f"{name} › fields", "a list that names each column once", "每列只写一次的列表", column
            )


def _of_survey(resource):
    """What the scale and the dimensions of the survey must be."""
    low, high = resource["scale"]["minimum"], resource["scale"]["maximum"]
    if low >= high:
        yield Fault("servqual › scale", "a minimum below the maximum", "最小值小于最大值", f"{low}, {high}")
    items = Counter(item for dimension in resource["dimensions"] for item in dimension["items"])
    for item, count in items.items():
        if count > 1:
            yield Fault(
                "servqual › dimensions",
                "a list in which each item stands once",
                "每道题只出现一次的列表",
                str(item),
            )


def _refused_pattern(pattern):
    """Why a pattern cannot be used, or None."""
    try:
        return None if pattern is None else compiled(pattern) and None
    except re2.error as error:
        why = error.args[0]
        return why.decode(errors="replace") if isinstance(why, bytes) else str(why)


@cache
def compiled(pattern):
    """Compile a pattern that no text can keep busy for ever: Python's own `re` can be, by ``(a+)+$``.

    Examples
    --------
    >>> compiled("C[0-9]{5}").fullmatch("C00001") is None
    False
    """
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _of_link(link, place, tables, own):
    """A foreign key goes to as many columns of a table that is there."""
    there = link["reference"].get("resource") or own
    ends = key_columns(link["fields"]), key_columns(link["reference"]["fields"])
    if there not in tables:
        listed = ", ".join(tables)
        yield Fault(
            place,
            f"a link to a table of this codebook ({listed})",
            f"指向这份数据说明里的表（{listed}）",
            there,
        )
    elif len(ends[0]) != len(ends[1]):
        yield Fault(place, "as many columns here as there", "两边列数相同", ", ".join(ends[0] + ends[1]))
    elif own != there and (fields := _columns(tables[there])) and not set(ends[1]) <= fields:
        lost = min(set(ends[1]) - fields)
        yield Fault(place, f"a link to a column of '{there}'", f"指向“{there}”里有的列", lost)
    elif lost := set(ends[0]) - _columns(tables[own]) - {"respondent", "branch"}:
        yield Fault(place, f"a link from a column of '{own}'", f"从“{own}”里有的列出发", min(lost))


def _columns(resource):
    return {field["name"] for field in resource.get("schema", {}).get("fields", [])}

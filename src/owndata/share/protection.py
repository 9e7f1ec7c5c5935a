"""What happens to each column before a bank's folder leaves the house: proposed here, confirmed by a person."""

import re

import pandas as pd

from helpers.bank import codebook_shape
from owndata.identify import id_columns, id_values, identifiers, pinyin, traces
from owndata.map import heading_claims
from owndata.share import quasi_identifiers

COLUMNS = ("table", "column", "act", "why", "different", "proposed")
ACTS = ("replace", "generalise", "leave", "keep", "?")  # "?": a person must say
ABOUT = ("people", "public", "?")  # what a whole table is about; its line has no column
# Tables of the course in which a row is a place, or a place in a week: with its columns alone they hold nobody.
PUBLIC = {"branches", "touchpoints", "service_weekly", "before_after", "incentives", "year_weekly"}
_FREE = r"意见|建议|备注|说明|原因|留言|其他|comment|remark|suggestion|reason|feedback|free.?text|other|note"
# Days, times, and numbers too short to call anybody: not worth a closer look.
_HARMLESS = re.compile(
    r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?|[-+]?\d{1,6}(\.\d+)?|[\x00-\x7f]{0,4}|.", re.DOTALL
)
# What may be an id within a text: Chinese is written without blanks around it.
_WITHIN = (
    re.compile(r"\w+"),
    re.compile(r"[A-Za-z0-9_]+"),
    re.compile(r"[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)+"),
)
SMALL = 50  # different values up to which a listed column is a list of words


def propose(package, tables, *, coarse=False, public=()):
    """Propose what to do with every column.

    Parameters
    ----------
    package : dict
        The codebook (`helpers.bank.data.package`).
    tables : dict
        Name → DataFrame, as read.
    coarse : bool
        Whether to generalise what people could be told by (`quasi_identifiers`).
    public : dict
        Table of the course → its columns, for the tables in `PUBLIC`.

    Returns
    -------
    DataFrame
        `COLUMNS`. For each table one line without a column (`ABOUT`), then one for each column (`ACTS`);
        ``why`` is a key of `notes.WHY`, ``different`` the number of different values, ``proposed`` the act
        once more, to tell it from what a person changes.
    """
    lines, numbers = [], _known_ids(package, tables)
    for resource in package["resources"]:
        name, table = resource["name"], tables[resource["name"]]
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        keys = _keys(resource)
        own, persons = [], _named_headings(table.columns)
        for column in table.columns:
            texts = id_values.different(table[column])
            sign = name in PUBLIC and column in public.get(name, ())  # the name over a branch's door
            traced = _trace(texts, names=not sign)
            field = fields.get(column, {})
            act, why = _column(column, texts, field, traced, n=len(table), key=column in keys, known=numbers)
            if act == "keep" and not sign:
                act, why = _spoken(column, texts, field, persons, n=len(table)) or (act, why)
            if act == "keep" and sign and any(map(traces.behind_a_place, texts)):
                act, why = "?", "name"  # a branch may be called with the name of its manager
            if coarse and act == "keep" and quasi_identifiers.can_be_coarser(column, package):
                act, why = "generalise", "quasi"
            own.append((name, column, act, why, len(texts)))
        lines += [(name, "", _about(name, table, own, public), "", len(table)), *own]
    plan = pd.DataFrame(lines, columns=list(COLUMNS[:-1]))
    return plan.assign(proposed=plan["act"])


def _about(name, table, lines, public):
    """Whether a table holds people; a person must say where neither an id nor the course knows."""
    if any(act == "replace" for _, _, act, _, _ in lines):
        return "people"
    return "public" if name in PUBLIC and set(table.columns) <= set(public.get(name, ())) else "?"


def _column(column, texts, field, traced, *, n, key, known):
    """One column: its act and the reason; what is surest comes first."""
    headings = (column, field.get("title", ""), field.get("title@zh", ""))
    listed = 0 < len(field.get("constraints", {}).get("enum", [])) <= SMALL
    place, shared = id_columns.is_place(column), known & set(texts)
    measured = {"unit", "item", "scale"} & set(field)
    if not place and _is_id(headings, texts, listed=listed, key=key, n=n):
        return "replace", "id"
    if not listed and shared and len(shared) >= 0.5 * len(texts):
        return "replace", "same_values"
    if place:
        return ("leave", traced) if traced else ("keep", "place")
    if any(not t.isdecimal() for t in shared) or _mentions(texts, known):
        return "leave", "mentions"
    named = next(filter(None, (_says(heading, field) for heading in headings)), None)
    if field.get("identifies") or traced or named:
        return "leave", traced or named or "identifier"
    if listed:
        return "keep", "listed"
    if _looks_numbered(texts, field, n=n):
        return "replace", "coded"
    if not measured and quasi_identifiers.kind_of(column) != "postcode" and id_values.may_number(texts, n=n):
        return "?", "repeated"
    if _is_free(headings, texts, n=n):
        return "leave", "free_text"
    return "keep", "measure"


def _says(heading, field):
    """The kind of identifier that a heading announces; a question may ask whether the staff's number can be seen."""
    rated = "item" in field and heading_claims.claim(heading) == "mention"
    return None if rated or not heading else identifiers.by_heading(heading)


def _spoken(column, texts, field, persons, *, n):
    """What the cells do not show: names in headings and lists of values, bytes, few names, places one a row."""
    labels = [
        text for one in field.get("values", {}).values() if isinstance(one, dict) for text in one.values()
    ]
    listed = list(map(str, field.get("constraints", {}).get("enum", [])))
    if found := traces.in_text(str(column)):
        return "leave", found
    if column in persons or any(text.startswith(("b'", 'b"')) for text in texts):
        return "leave", "name" if column in persons else "free_text"
    if "item" not in field and any(map(traces.are_names, (_chinese(labels), _chinese(listed)))):
        return "leave", "name"
    if id_columns.is_place(column) and _looks_numbered(texts, field, n=n):
        return "?", "coded"  # more places than people are hardly places
    if "item" not in field and any(map(traces.behind_a_place, texts)):
        return "?", "name"
    few = len(texts) < traces.MANY and not listed and not id_columns.is_place(column)
    return ("?", "name") if few and traces.may_be_names(texts) else None


def _chinese(texts):
    return [text for text in dict.fromkeys(map(str, texts)) if not text.isascii()]


def _named_headings(headings):
    """Columns of a wide table that are called by people: where many are, none of them is a measure."""
    called = [heading for heading in headings if traces.may_be_names([str(heading)])]
    return set(called) if len(called) >= traces.MANY else set()


def _is_id(headings, texts, *, listed=False, key=False, n=0):
    """Tell whether a column numbers somebody, by name and role, whatever its type or the codebook's keys.

    Parameters
    ----------
    headings : tuple of str
        Its heading and its titles.
    texts : list of str
        Its different values.
    listed : bool
        Whether the codebook lists a few values for it.
    key : bool
        Whether it is alone the key of its table, or refers to another's.
    n : int
        Rows.

    Returns
    -------
    bool
        True for an id.
    """
    named = [heading for heading in headings if heading]
    if role := next(filter(None, map(id_columns.role, named)), None):
        if id_values.are_codes(texts):
            return True
        # A title may be a count of them: "Staff" of a branch.
        by_name = id_columns.role(headings[0]) == role and not listed
        if by_name and role in id_columns.SURE and len(texts) > min(2, n - 1):
            return True
        numbered = (by_name and role in id_columns.NUMBERED) or any(map(_says_number, named))
        return numbered and not listed and id_values.are_whole(texts)
    if any(map(id_columns.says_id, named)):
        return not listed
    return (
        key and not listed and (id_values.are_codes(texts) or id_values.are_whole(texts) or len(texts) == n)
    )


def _says_number(heading):
    text = identifiers.plain(heading)
    return bool(re.search(r"(id|no|nr|num|number|code|key|ref|号|号码)$", text) or pinyin.role(text))


def _looks_numbered(texts, field, *, n):
    """Codes, or running numbers, of which nearly every row has its own."""
    if len(texts) < max(10, 0.9 * n):
        return False
    measured = {"unit", "item", "scale"} & set(field) or {"minimum", "maximum"} & set(
        field.get("constraints", {})
    )
    running = id_values.are_whole(texts) and not measured and len({len(t) for t in texts}) <= 2
    return id_values.are_codes(texts) or (running and field.get("type") not in ("date", "datetime"))


def _trace(texts, *, names):
    """What points at a person in the values: in text one is enough, in a column of numbers half of them."""
    whole = [t for t in texts if re.fullmatch(r"\d+", t)]
    if len(whole) == len(texts):
        found = [kind for kind in map(traces.in_number, whole) if kind]
        return found[0] if found and len(found) * 2 >= len(whole) else None
    if names and traces.are_names(texts):
        return "name"
    return next(filter(None, (traces.in_text(t) for t in texts if not _HARMLESS.fullmatch(t))), None)


def _mentions(texts, known):
    """Whether an id of somebody stands within a text."""
    known = {one.casefold() for one in known}
    return bool(known) and any(
        not known.isdisjoint(found)
        for t in texts
        if not t.isdecimal() and not _HARMLESS.fullmatch(t)
        for found in (pattern.findall(t.casefold()) for pattern in _WITHIN)
    )


def _is_free(headings, texts, *, n):
    """Free text: a heading that says so, or long answers that hardly repeat."""
    if not texts or all(re.fullmatch(r"[\d:/ T.+Z%-]+", t) for t in texts):
        return False
    if any(re.search(_FREE, h, re.IGNORECASE) for h in headings) and not all(t in "01" for t in texts):
        return True
    middle = sorted(map(len, texts))[len(texts) // 2]
    return len(texts) > max(10, n / 10) and middle >= 8


def _known_ids(package, tables):
    """Every value of the columns that number people by their name or as a key."""
    known = set()
    for resource in package["resources"]:
        for column in tables[resource["name"]].columns:
            if not id_columns.is_place(column) and id_columns.role(column):
                texts = id_values.different(tables[resource["name"]][column])
                long = {t for t in texts if len(t) > 5} if id_values.are_whole(texts) else set()
                known |= set(texts) if id_values.are_codes(texts) else long
    return known


def _keys(resource):
    """Columns that are a key by themselves, or refer to one of another table."""
    schema = resource["schema"]
    primary = codebook_shape.key_columns(schema.get("primaryKey"))
    links = [codebook_shape.key_columns(link["fields"]) for link in schema.get("foreignKeys", [])]
    return {key[0] for key in [primary, *links] if len(key) == 1}

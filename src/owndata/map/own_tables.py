"""Tables beside the survey, recognised by their headings: event logs, complaints, queue tickets, comments, staff, training."""

import re
from functools import cache
from pathlib import Path

import pandas as pd

from helpers.bank import yaml_texts
from helpers.bank.language import Both, wrong
from owndata.identify import traces
from owndata.read import moments

CATALOGUE = Path(__file__).with_name("own_tables.yml")
RULES = ("required", "unique", "minimum", "maximum")


@cache
def catalogue():
    """Read which tables there may be.

    Returns
    -------
    dict
        Table → its description and fields, with the headings by which a column is known.
    """
    return yaml_texts.read(CATALOGUE)


def recognised(columns):
    """Say which table has these headings.

    Parameters
    ----------
    columns : list of str
        The headings of a file.

    Returns
    -------
    tuple of (str, dict) or None
        The table that fits most headings, and its columns → headings; None where some column lacks in every table.

    Examples
    --------
    >>> recognised(["取号时间", "叫号时间", "票号", "备注"])
    ('queue_tickets', {'ticket': '票号', 'taken': '取号时间', 'called': '叫号时间'})
    """
    there, fits = {_plain(column): column for column in reversed(columns)}, []
    for table, one in catalogue().items():
        found = {}
        for field in one["fields"]:
            names = [field["name"], field["title"], field["title@zh"], *field["headings"]]
            heading = next((there[_plain(name)] for name in names if _plain(name) in there), None)
            if heading is not None and heading not in found.values():
                found[field["name"]] = heading
        if all(field["name"] in found for field in one["fields"] if field.get("required")):
            fits.append((table, found))
    return max(fits, key=lambda fit: len(fit[1])) if fits else None


def table(cells, name, matched):
    """Take a table out of a file, its columns named as in the catalogue, days and times written the one way.

    Parameters
    ----------
    cells : DataFrame
        Text, as the file has it.
    name : str
        Of the table.
    matched : dict
        From `recognised`.

    Returns
    -------
    DataFrame
        Text; a column of dates that fits no one pattern stays as it is, for the check to name.

    Raises
    ------
    WrongValue
        If a column with a list of words holds another (the sentence names the row), or one of numbers names of persons.
    """
    listed = {field["name"]: field for field in catalogue()[name]["fields"]}
    for column, heading in matched.items():
        key = listed[column].get("unique") or column in catalogue()[name].get("key", ())
        if key and traces.are_names([text for text in cells[heading].str.strip().unique() if text]):
            raise wrong("owndata.own_tables.names", heading=heading, text=cells[heading].iloc[0])
    rows = pd.DataFrame({column: cells[heading].str.strip() for column, heading in matched.items()})
    for column in rows.columns:
        kind, words = listed[column]["type"], listed[column].get("values")
        if kind in ("date", "datetime"):
            # An event log is mostly of durations; elsewhere a clock of UTC would put the evening on another day.
            rows[column] = moments.written(rows[column], day=kind == "date", utc=name == "journeys")
        elif words:
            rows[column] = _ids(rows[column], words, matched[column])
    for column in unnumbered(name, matched):
        rows.insert(0, column, [str(number) for number in range(1, len(rows) + 1)])
    return rows


def unnumbered(name, matched):
    """Name the columns that number the rows of a table, where the file has none.

    Parameters
    ----------
    name, matched
        As for `table`.

    Returns
    -------
    list of str
        Their names in the catalogue.
    """
    listed = catalogue()[name]["fields"]
    return [field["name"] for field in listed if field.get("numbered") and field["name"] not in matched]


def fields(name, columns):
    """Describe the columns of a table that a file has.

    Parameters
    ----------
    name : str
        Of the table.
    columns : iterable of str
        Its columns.

    Returns
    -------
    list of dict
        Frictionless fields.
    """
    kept = ("name", "type", "title", "title@zh")
    return [
        {key: field[key] for key in kept}
        | ({"values": _named(field["values"])} if "values" in field and field["type"] == "string" else {})
        | {"constraints": {rule: field[rule] for rule in RULES if _holds(field, rule)}}
        for field in catalogue()[name]["fields"]
        if field["name"] in columns
    ]


def _holds(field, rule):
    """A column that makes the table may still have empty cells: most people leave a comment empty."""
    return field.get(rule) not in (None, False) and not (rule == "required" and field.get("may_be_empty"))


def _named(values):
    """Ids with their names in both languages, as a codebook has them."""
    return {one: {side: words[side] for side in ("en", "zh")} for one, words in values.items()}


def _ids(texts, values, heading):
    """Words as ids; a word that is none of them is refused."""
    known = {
        _plain(word) or str(word): one
        for one, words in values.items()
        for word in (one, words["en"], words["zh"], *words["also"])
    }
    found = texts.map(lambda text: known.get(_plain(text) or text, "") if text else "")
    odd = (texts != "") & (found == "")
    if odd.any():
        row = odd.idxmax()
        english, chinese = (
            glue.join(words[side] for words in values.values())
            for side, glue in {"en": ", ", "zh": "、"}.items()
        )
        raise wrong(
            "owndata.own_tables.ids", heading=heading, which=Both(english, chinese), row=row, text=texts[row]
        )
    return found


def _plain(heading):
    """A heading without regard to case, blanks and punctuation; the colon of XES stays."""
    return re.sub(r"[^\w:]|_", "", str(heading).casefold())

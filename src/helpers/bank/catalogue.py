"""What a folder of data holds, read from its codebook: tables, what one row is, and the keys between them."""

import re

import pandas as pd

from helpers.bank.language import pick, wrong

GROUPS = ("base_tables", "by_branch", "by_customer", "by_itself", "truth_tables")
MANY = 3  # tables that point at one make it a base for the others


def tables(book):
    """Which tables are there, what is one row, and where does each belong?

    Parameters
    ----------
    book : Codebook
        The codebook of a bank (`helpers.bank.data.codebook`).

    Returns
    -------
    DataFrame
        `table`, `title` and `one_row` (in the reader's language, empty where nobody wrote it), `rows` (missing where
        it is not stated), `columns`, `group`: ``base_tables`` are pointed at by others, ``by_customer`` and ``by_branch``
        lead to the customers or else the branches, ``by_itself`` at neither, ``truth_tables`` exist in a simulation only.

    Raises
    ------
    ValueError
        If the codebook lists no table.
    """
    if not book.tables:
        raise wrong("catalogue.no_tables")
    pointing = links(book)
    rows = [
        [
            name,
            _title(resource),
            _one_row(resource),
            resource.get("rows"),
            len(book.fields(name)),
            _group(name, resource, pointing),
        ]
        for name, resource in book.tables.items()
    ]
    found = pd.DataFrame(rows, columns=["table", "title", "one_row", "rows", "columns", "group"])
    places = found["group"].map(GROUPS.index)
    return found.iloc[places.argsort(kind="stable")].reset_index(drop=True)


def links(book):
    """Which column of which table points at which other table?

    Parameters
    ----------
    book : Codebook
        As for `tables`.

    Returns
    -------
    DataFrame
        `table`, `key` (the column), `points_at` (another table of this bank); no rows where nothing is linked.
    """
    found = [
        [name, " · ".join(key["fields"]), key["reference"]["resource"]]
        for name, resource in book.tables.items()
        for key in resource.get("schema", {}).get("foreignKeys", [])
        if key["reference"]["resource"] in set(book.tables) - {name}
    ]
    return pd.DataFrame(found, columns=["table", "key", "points_at"])


def _group(name, resource, pointing):
    if resource.get("truth"):
        return "truth_tables"
    at = _reached(name, pointing)
    pointed = int((pointing["points_at"] == name).sum())
    if pointed >= MANY or (pointed and not at):
        return "base_tables"
    return "by_customer" if "customers" in at else "by_branch" if "branches" in at else "by_itself"


def _reached(name, pointing):
    """All tables that the keys of a table lead to, in as many steps as it takes."""
    found, new = set(), {name}
    while new:
        new = set(pointing.loc[pointing["table"].isin(new), "points_at"]) - found
        found |= new
    return found - {name}


def _title(resource):
    """A table's own name: the same id may also be a column, with another name."""
    english = resource.get("title", resource["name"])
    return pick(en=english, zh=resource.get("title@zh", english))


def _one_row(resource):
    """The first sentence of a description, up to its first bracket, without "One row is"."""
    text = pick(
        en=resource.get("description", ""), zh=resource.get("description@zh", resource.get("description", ""))
    )
    text = re.split(r"[.。;；(（]\s*", " ".join(text.split()))[0]
    return re.sub(r"^(One row is |一行是)", "", text).strip()

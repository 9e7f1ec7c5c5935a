"""How the cells of each column are read: decided once from the whole column, then followed piece by piece."""

import re
from collections import Counter

import pandas as pd

from helpers.bank.language import wrong
from owndata.map import answer_words, branch_spellings, corrected_mapping, mapped_codebook, waves
from owndata.read import date_columns, durations, moments, sheets, written_values

_CLOCK = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(?::\d{2})?\s*$")
BARE = (None, "spaces", "wide", "thousands")  # a number that nothing stands beside
LETTERS = {"expectation": "E", "perception": "P"}


def readers(sheet, mapping):
    """Say for every column of a survey where it comes from and how its cells are read.

    Parameters
    ----------
    sheet : Sheet
        The export.
    mapping : Mapping
        Corrected and judged.

    Returns
    -------
    dict
        Column → its heading in the file, and a function of a Series of text that returns one; the branch, which
        needs its ids, is not among them, nor are respondents whom the file does not name.

    Raises
    ------
    WrongValue
        If an answer stands for no number.
    """
    table, found = mapping.columns, {}
    plain = {"respondent": _ids, "wave": _wave, "date": _dates, "seconds": _seconds}
    for role, reader in plain.items():
        for heading in table.loc[table["role"] == role, "heading"]:
            found[role] = heading, reader(heading, sheet, mapping)
    for column, row in _rated(table):
        known = _known(row, sheet, mapping)
        found[column] = row["heading"], lambda cells, known=known: cells.map(known)
    for row in table[table["role"] == "points"].to_dict("records"):
        dimension = mapped_codebook.dimension_ids(mapping)[corrected_mapping.name_of(row)]
        found[f"points_{dimension}"] = row["heading"], lambda cells: _whole(_cleaned(cells))
    if "satisfaction" in found:  # it was asked last
        found["satisfaction"] = found.pop("satisfaction")
    return found


def emptied(sheet, mapping):
    """Count the answers that stand for "not answered".

    Parameters
    ----------
    sheet, mapping
        As for `readers`.

    Returns
    -------
    Counter
        The answer as it is in the file → how often.
    """
    found = Counter()
    for _, row in _rated(mapping.columns):
        known = _known(row, sheet, mapping)
        counts = sheet.counts(row["heading"])
        found.update({text: n for text, n in counts.items() if text.strip() and known[text] == ""})
    return found


def branches(sheet, mapping):
    """Name the branch of each answer of the branch column.

    Parameters
    ----------
    sheet, mapping
        As for `readers`.

    Returns
    -------
    dict
        Cell → name, half-width and without outer blanks; several spellings are one where a person has said so.
    """
    heading = mapping.columns.loc[mapping.columns["role"] == "branch", "heading"].iloc[0]
    counts = sheet.counts(heading)
    name = dict(zip(counts, _whole_ids(_cleaned(pd.Series([*counts], dtype="str"))), strict=True))
    if mapping.settings.get(f"one_name {heading}", False):
        groups = branch_spellings.spellings(name[text] for text in counts.elements())
        one = {other: first for first, rest in groups.items() for other in rest}
        name = {text: one.get(written, written) for text, written in name.items()}
    return name


def _rated(table):
    """The columns that hold ratings, by number."""
    for role, letter in LETTERS.items():
        for row in table[table["role"] == role].sort_values("item").to_dict("records"):
            yield f"{letter}{row['item']}", row
    for row in table[table["role"] == "satisfaction"].to_dict("records"):
        yield "satisfaction", row


def _known(row, sheet, mapping):
    """The number of each answer to one question, "" where it means none; stop at one that stands for none."""
    counts, listed = sheet.counts(row["heading"]), mapping.words.get(row["words"], {})
    known = {text: answer_words.one(text, listed) for text in counts}
    unread = [text for text, number in known.items() if number is None]
    if unread:
        where, count = (sheet.cells[row["heading"]] == unread[0]).idxmax(), sum(counts[t] for t in unread)
        raise wrong(
            "owndata.answer_readers.unread",
            file=sheet.path.name,
            where=where,
            heading=row["heading"],
            text=unread[0],
            count=count,
            example=row["words"] or "A",
        )
    return known


def _ids(heading, sheet, mapping):
    """The file's own ids, a letter before bare numbers."""
    cells = sheet.cells[heading]
    pieces = [cells.iloc[i : i + sheets.BATCH] for i in range(0, len(cells), sheets.BATCH)]
    pointed = all(_is_pointed(piece.astype("str").str.strip()) for piece in pieces)
    as_written = any(piece.astype("str").str.match(r"\s*0\d").any() for piece in pieces)
    if as_written:  # '0001' and '1' are two people: zeros in front are kept wherever they tell ids apart
        whole = _whole_ids(sheet.column(heading).str.strip())
        bare = whole[whole.str.fullmatch(r"\d{1,12}")]
        as_written = bare.astype(int).nunique() < bare.nunique()

    def read(cells):
        ids = cells.str.strip()
        ids = ids.str.replace(r"\.0+$", "", regex=True) if pointed else ids
        number = ids.str.fullmatch(r"\d{1,12}")
        numbered = "R" + (ids if as_written else ids.str.lstrip("0").str.zfill(5))
        return ids.where(~number, numbered)

    return read


def _is_pointed(values):
    return values[values != ""].str.fullmatch(r"\d+\.0+").all()


def _whole_ids(values):
    """Ids that a program has turned into numbers with a point: '17850.0' is 17850."""
    return values.str.replace(r"\.0+$", "", regex=True) if _is_pointed(values) else values


def _each(values, read):
    """Read every different text once: a survey says the same a million times."""
    return values.map({text: read(text) for text in values.unique()})


def _cleaned(values):
    """Half-width and without outer blanks; skip codes emptied."""
    return _each(
        values, lambda text: "" if answer_words.tidy(text) in answer_words.SKIPPED else " ".join(text.split())
    )


def _wave(heading, sheet, mapping):
    known = waves.numbers(sheet.counts(heading)) or {}
    return lambda cells: _whole(_cleaned(_each(cells, lambda text: str(known.get(text, text)))))


def _whole(values):
    """Numbers such as 125 out of "125秒"; what cannot be read stays for `course data check` to name."""

    def read(text):
        number = written_values.number(text)[1]
        return text if number is None else f"{number:.15g}"

    return _each(values, read)


def _seconds(heading, sheet, mapping):
    """Whole seconds out of "125秒", "2分5秒", "00:02:05" or, with a decimal comma, "125,3"; what is doubtful stays."""
    comma = any(re.fullmatch(r"\d+,\d{1,2}", text.strip()) for text in sheet.counts(heading))
    each = durations.unit(heading)

    def read(text):
        spent = durations.seconds(text)
        if spent is None:
            how, number = written_values.number(text.replace(",", ".") if comma else text)
            spent = number * each if number is not None and how in BARE else None
        # 0.0014 is Excel's part of a day, not an answer given in no time
        return text if spent is None or 0 < spent < 1 else f"{spent:.0f}"

    return lambda cells: _each(_cleaned(cells), read)


def _dates(heading, sheet, mapping):
    """Days as 2025-03-31, in the order of their column, time of day dropped; what cannot be read, or is UTC's, stays."""
    possible = date_columns.orders(sheet.cells[heading])
    # An answer given of an earlier export does not outvote a file that settles it.
    agreed = mapping.settings.get(f"days {heading}")
    order = possible[0] if len(possible) == 1 else agreed if agreed in possible else None
    turned = mapping.settings.get(f"turned {heading}") and date_columns.turned(sheet.cells[heading])

    def read(text):
        if turned and re.match(r"\d{4}\D", text):  # the month stands where the day should
            text = re.sub(r"^(\d{4}\D)(\d{1,2})(\D)(\d{1,2})", r"\1\4\3\2", text)
        day = date_columns.read(text, order=order, from_1904=sheet.from_1904)
        return day.isoformat() if day and not moments.is_utc(text) else text

    # Most times of day are different, the days are few.
    return lambda cells: _each(_cleaned(cells.str.replace(_CLOCK, r"\1", regex=True)), read)

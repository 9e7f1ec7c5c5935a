"""What an export seems to hold: a role, a scale and a number for every column, to be corrected by a person."""

import re
from dataclasses import dataclass, field

import pandas as pd

from classroom.owndata import identifiers, roles, words

MULTIPLE = "┋"
RARE = 0.02  # an answer rarer than this is a slip of the pen, not a step of the scale
COLUMNS = (
    "heading", "examples", "role", "item", "dimension_zh", "dimension_en", "reversed", "low", "high", "words",
    "title_zh", "title_en", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Mapping:
    """Which column is what.

    Parameters
    ----------
    columns : DataFrame
        One row a column of the file (`COLUMNS`); missing values are None.
    words : dict
        Group → {tidied word: number, None for "not answered", "?" for "somebody must say"}.
    """

    columns: pd.DataFrame
    words: dict = field(default_factory=dict)


def propose(sheet):
    """Propose a mapping.

    Parameters
    ----------
    sheet : Sheet
        An export as `sheets.read` gives it.

    Returns
    -------
    Mapping
        To be written as a workbook (`mapping.write`) and corrected.
    """
    cells = sheet.cells.map(lambda text: "" if words.tidy(text) in words.SKIPPED else text)
    rows = [_first_look(heading, cells[heading]) for heading in cells.columns]
    table = plain(pd.DataFrame(rows, columns=list(COLUMNS)))
    known = _scales(table, cells)
    _only_once(table, cells)
    _number_items(table)
    _turn(table, cells, known)
    return Mapping(plain(table), known)


def plain(table):
    """Hold Python's own values, None where nothing stands: no NaN, no whole number turned into a float.

    Parameters
    ----------
    table : DataFrame
        Columns of a mapping.

    Returns
    -------
    DataFrame
        The same, every column of dtype object.
    """
    columns = {name: [None if pd.isna(value) else value for value in table[name]] for name in table}
    return pd.DataFrame(columns, index=table.index, dtype=object)


def _first_look(heading, values):
    """The role of one column, seen alone."""
    said = values[values != ""]
    stem, _ = roles.split(heading)
    role, note = _role(heading, said)
    language = "zh" if re.search("[一-鿿]", heading) else "en"
    hidden = role == "identifier" or note == "text"
    shown = (
        []
        if hidden
        else [text if len(text) <= 30 else text[:30] + "…" for text in said.drop_duplicates()[:3]]
    )
    return {"heading": heading, "examples": " | ".join(shown) or None, "role": role, "note": note,
            f"title_{language}": roles.asked(heading), "dimension_zh": stem or None}  # fmt: skip


def _role(heading, said):
    """Role and, where there is more to say, a note."""
    announced = roles.by_heading(heading)
    if said.empty:
        return (
            ("identifier", identifiers.by_heading(heading))
            if identifiers.by_heading(heading)
            else ("ignore", "empty")
        )
    if said.str.contains(MULTIPLE, regex=False).any():
        return "ignore", "multiple"
    if announced in ("date", "seconds", "wave"):
        return announced, None
    if announced == "respondent" and said.is_unique:
        return announced, None
    kind = identifiers.kind(heading, said.drop_duplicates())
    if kind:
        return "identifier", kind
    if _is_rating(said):
        return roles.rated(heading), None
    if announced == "branch" and said.nunique() <= max(2, len(said) / 2):
        return announced, None
    if roles.is_points(heading) and said.map(words.number).between(0, 100).all():
        return "points", None
    return "ignore", "text" if said.nunique() > 20 else None


def _is_rating(said):
    """Whether nearly all answers stand on a ladder of words, or are small numbers."""
    return any(_steps(answers) is not None for answers in _wider_first(said))


def _wider_first(said):
    """The different answers; then without those that hardly occur, such as slips of the pen."""
    shares = said.value_counts(normalize=True)
    yield list(shares.index)
    yield list(shares.index[shares > max(RARE, 2 / len(said))])


def _scales(table, cells):
    """Fill in scale and word group of every rating; return the words of each group."""
    known, rated = {}, table.index[table["role"].isin(roles.RATED)]
    for members in _alike({i: _said(cells, table, i).unique() for i in rated}):
        every = pd.concat([_said(cells, table, i) for i in members])
        scales = (_steps(answers) for answers in _wider_first(every))
        steps, high, low = next(filter(None, scales), ({}, None, None))
        listed = _listed(every, steps)
        name = chr(ord("A") + len(known)) if listed else None
        if listed:
            known[name] = listed
        for i in members:
            table.loc[i, ["low", "high", "words"]] = [low, high, name]
    return known


def _said(cells, table, i):
    values = cells[table.loc[i, "heading"]]
    return values[values != ""]


def _alike(answers):
    """Group the columns that share words, and those that are numbers."""
    groups = []
    for i, given in answers.items():
        said = {words.tidy(text) for text in given if words.number(text) is None} - words.CANNOT_SAY
        said -= {"一般", "neutral"}
        mine = [group for group in groups if group[1] & said or not (group[1] or said)]
        for group in mine:
            groups.remove(group)
        groups.append(
            ([i for group in mine for i in group[0]] + [i], set().union(said, *(g[1] for g in mine)))
        )
    return [sorted(members) for members, _ in groups]


def _steps(answers):
    """Word or code → number, and the ends of the scale; None where the answers are no ratings."""
    numbers = {n for n in map(words.number, answers) if n is not None}
    texts = [
        text for text in answers if words.number(text) is None and words.tidy(text) not in words.CANNOT_SAY
    ]
    if texts and not numbers:
        found = words.ladder(texts)
        return (*found, 1) if found else None
    scale = words.top(numbers) if not texts and len(numbers) <= 12 else None
    return scale and ({str(code): None for code in scale[1]}, scale[0], 0 if 0 in numbers else 1)


def _listed(every, steps):
    """What the second sheet shows: each word with its number, "?" where somebody must say."""
    listed = {}
    for text in every.value_counts().index:
        word = words.tidy(text)
        if word in words.CANNOT_SAY:
            listed[word] = None
        elif word in steps:
            listed[word] = steps[word]
        elif not re.fullmatch(r"-?\d+(\.0+)?", word):
            listed[word] = words.number(text) if words.number(text) is not None else "?"
    return dict(sorted(listed.items(), key=lambda pair: (pair[1] is None, str(pair[1]))))


def _only_once(table, cells):
    """Of roles that stand once, keep the first; ratings off the common scale are no items."""
    for role in roles.ONCE:
        table.loc[table.index[table["role"] == role][1:], ["role", "note"]] = ["ignore", "twice"]
    items = table["role"].isin(("perception", "expectation"))
    for usual in table.loc[items, "high"].dropna().mode()[:1]:
        table.loc[items & (table["high"] != usual), ["role", "note"]] = ["ignore", "scale"]


def _number_items(table):
    """Number perceptions and expectations in their order; a stem that several share is their dimension."""
    for role in ("perception", "expectation"):
        rows = table.index[table["role"] == role]
        table.loc[rows, "item"] = range(1, len(rows) + 1)
        table.loc[rows, "reversed"] = [roles.says_reversed(table.loc[i, "heading"]) for i in rows]
        stems = table.loc[rows, "dimension_zh"]
        shared = stems.isin(stems.value_counts().loc[lambda n: n > 1].index)
        for i, is_row in zip(rows, shared, strict=True):
            if is_row:
                side = "title_zh" if table.loc[i, "title_zh"] else "title_en"
                table.loc[i, side] = roles.split(table.loc[i, "heading"])[1]
            else:  # a bracket or dash within a question of its own
                table.loc[i, ["dimension_zh", "dimension_en"]] = ["全部题目", "all questions"]
    table.loc[~table["role"].isin(("perception", "expectation", "points")), "dimension_zh"] = None


def _turn(table, cells, known):
    """Propose as reversed what goes against the others."""
    for role in ("perception", "expectation"):
        rows = table.index[table["role"] == role]
        if len(rows) < 3:
            continue
        numbers = pd.DataFrame({i: _numbers(table, cells, known, i) for i in rows})
        for i in rows:
            others = numbers.drop(columns=i).mean(axis=1)
            if numbers[i].std() > 0 and others.std() > 0 and numbers[i].corr(others) < -0.1:
                table.loc[i, "reversed"], table.loc[i, "note"] = True, "against"


def _numbers(table, cells, known, i):
    listed = {w: n for w, n in known.get(table.loc[i, "words"], {}).items() if n != "?"}
    return pd.to_numeric(words.read(cells[table.loc[i, "heading"]], table=listed)[0], errors="coerce")

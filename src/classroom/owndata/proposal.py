"""What an export seems to hold: a role, a scale and a number for every column, to be corrected by a person."""

import re
from dataclasses import dataclass, field

import pandas as pd

from classroom.owndata import identifiers, roles, words

MULTIPLE = "┋"
RARE = 0.01  # an answer rarer than this is a slip of the pen, not a step of the scale
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
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)
    table = table.where(table.notna(), None)
    known = _scales(table, cells)
    _only_once(table, cells)
    _number_items(table)
    _turn(table, cells, known)
    return Mapping(table, known)


def _first_look(heading, values):
    """The role of one column, seen alone."""
    said = values[values != ""]
    stem, own = roles.split(heading)
    role, note = _role(heading, said)
    language = "zh" if re.search("[一-鿿]", own) else "en"
    hidden = role == "identifier"
    shown = [] if hidden else [text if len(text) <= 30 else text[:30] + "…" for text in said.drop_duplicates()[:3]]
    return {"heading": heading, "examples": " | ".join(shown) if said.size else None, "role": role, "note": note,
            f"title_{language}": own, "dimension_zh": stem or None}  # fmt: skip


def _role(heading, said):
    """Role and, where there is more to say, a note."""
    announced = roles.by_heading(heading)
    if said.empty:
        return "ignore", "empty"
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
    common = _common(said)
    numbers = [words.number(text) for text in common]
    if all(n is not None for n in numbers):
        return len(common) <= 12 and words.top(numbers) is not None
    return words.ladder(text for text in common if words.number(text) is None) is not None


def _common(said):
    """The different answers, without those that hardly occur."""
    shares = said.value_counts(normalize=True)
    return list(shares.index[shares >= min(RARE, 2 / len(said))])


def _scales(table, cells):
    """Fill in scale and word group of every rating; return the words of each group."""
    known, rated = {}, table.index[table["role"].isin(roles.RATED)]
    for members in _alike({i: _common(_said(cells, table, i)) for i in rated}):
        every = pd.concat([_said(cells, table, i) for i in members])
        steps, high, low = _steps(_common(every))
        listed = _listed(every, steps)
        name = chr(ord("A") + len(known)) if listed else None
        if listed:
            known[name] = listed
        for i in members:
            table.loc[i, ["low", "high", "words"]] = [low, high, name]
    return known


def _said(cells, table, i):
    values = cells[table.at[i, "heading"]]
    return values[values != ""]


def _alike(answers):
    """Group the columns that share words, and those that are numbers."""
    groups = []
    for i, common in answers.items():
        said = {words.tidy(text) for text in common if words.number(text) is None} - words.CANNOT_SAY
        said -= {"一般", "neutral"}
        mine = [group for group in groups if group[1] & said or not (group[1] or said)]
        for group in mine:
            groups.remove(group)
        groups.append(([i for group in mine for i in group[0]] + [i], set().union(said, *(g[1] for g in mine))))
    return [sorted(members) for members, _ in groups]


def _steps(common):
    """Word or code → number, and the ends of the scale."""
    numbers = {n for n in map(words.number, common) if n is not None}
    texts = [text for text in common if words.number(text) is None]
    found = words.ladder(texts)
    if found and not numbers:
        return *found, 1
    high, codes = words.top(numbers) or (max(numbers, default=5), set())
    return {str(code): None for code in codes}, high, 0 if 0 in numbers else 1


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
    if items.any():
        usual = table.loc[items, "high"].mode()[0]
        table.loc[items & (table["high"] != usual), ["role", "note"]] = ["ignore", "scale"]


def _number_items(table):
    """Number perceptions and expectations in their order; a stem that several share is their dimension."""
    for role in ("perception", "expectation"):
        rows = table.index[table["role"] == role]
        table.loc[rows, "item"] = range(1, len(rows) + 1)
        table.loc[rows, "reversed"] = [roles.says_reversed(table.at[i, "heading"]) for i in rows]
        stems = table.loc[rows, "dimension_zh"]
        shared = stems.isin(stems.value_counts().loc[lambda n: n > 1].index)
        for i in rows[~shared]:  # a bracket or dash within a question of its own
            table.at[i, "dimension_zh"] = "全部题目"
            table.at[i, "dimension_en"] = "all questions"
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
            if numbers[i].nunique() > 1 and others.nunique() > 1 and numbers[i].corr(others) < -0.1:
                table.at[i, "reversed"], table.at[i, "note"] = True, "against"


def _numbers(table, cells, known, i):
    listed = {w: n for w, n in known.get(table.at[i, "words"], {}).items() if n != "?"}
    return pd.to_numeric(words.read(cells[table.at[i, "heading"]], table=listed)[0], errors="coerce")

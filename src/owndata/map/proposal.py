"""What an export seems to hold: a role, a scale and a number for every column, to be corrected by a person."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from owndata.identify import identifiers
from owndata.map import roles, words

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
    # Lists, not columns of pandas: an export may have 16,000 of them, and each step must take little time a column.
    skipped = {
        text for text in pd.unique(sheet.cells.to_numpy().ravel()) if words.tidy(text) in words.SKIPPED
    }
    given = [[text for text in column if text not in skipped] for column in sheet.cells.to_numpy().T.tolist()]
    rows = [_first_look(heading, said) for heading, said in zip(sheet.cells.columns, given, strict=True)]
    table = plain(pd.DataFrame(rows, columns=list(COLUMNS)))
    known = _scales(table, given)
    _only_once(table)
    _number_items(table)
    _turn(table, sheet.cells.to_numpy().T, known)
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


def _first_look(heading, said):
    """The role of one column, seen alone; `said` are its cells that are filled."""
    said = [text for text in said if text]
    stem, _ = roles.split(heading)
    role, note = _role(heading, said)
    language = "zh" if re.search("[一-鿿]", heading) else "en"
    hidden = role == "identifier" or note == "text"
    different = [] if hidden else list(dict.fromkeys(said))[:3]
    shown = [text if len(text) <= 30 else text[:30] + "…" for text in different]
    return {"heading": heading, "examples": " | ".join(shown) or None, "role": role, "note": note,
            f"title_{language}": roles.asked(heading), "dimension_zh": stem or None}  # fmt: skip


def _role(heading, said):
    """Role and, where there is more to say, a note."""
    announced, different = roles.by_heading(heading), dict.fromkeys(said)
    if not said:
        named = identifiers.by_heading(heading)
        return ("identifier", named) if named else ("ignore", "empty")
    if any(MULTIPLE in text for text in different):
        return "ignore", "multiple"
    if announced in ("date", "seconds", "wave"):
        return announced, None
    if announced == "respondent" and len(different) == len(said):
        return announced, None
    kind = identifiers.kind(heading, different)
    if kind:
        return "identifier", kind
    if _is_rating(said):
        return roles.rated(heading), None
    if announced == "branch" and len(different) <= max(2, len(said) / 2):
        return announced, None
    if roles.is_points(heading) and all(_is_share(text) for text in different):
        return "points", None
    return "ignore", "text" if len(different) > 20 else None


def _is_share(text):
    number = words.number(text)
    return number is not None and 0 <= number <= 100


def _is_rating(said):
    """Whether nearly all answers stand on a ladder of words, or are small numbers."""
    return any(_steps(answers) is not None for answers in _wider_first(said))


def _wider_first(said):
    """The different answers; then without those that hardly occur, such as slips of the pen."""
    counts = Counter(said).most_common()
    yield tuple(text for text, _ in counts)
    yield tuple(text for text, n in counts if n / len(said) > max(RARE, 2 / len(said)))


def _scales(table, given):
    """Fill in scale and word group of every rating; return the words of each group."""
    known, found = {}, {}
    rated = table.index[table["role"].isin(roles.RATED)]
    for members in _alike({i: dict.fromkeys(filter(None, given[i])) for i in rated}):
        every = [text for i in members for text in given[i] if text]
        scales = (_steps(answers) for answers in _wider_first(every))
        steps, high, low = next(filter(None, scales), ({}, None, None))
        listed = _listed(every, steps)
        name = chr(ord("A") + len(known)) if listed else None
        if listed:
            known[name] = listed
        found |= dict.fromkeys(members, (low, high, name))
    for place, column in enumerate(("low", "high", "words")):
        values = [found.get(i, (None, None, None))[place] for i in table.index]
        table[column] = pd.Series(values, index=table.index, dtype=object)  # no float for want of a number
    return known


def _alike(answers):
    """Group the columns that share words, and those that are numbers."""
    groups = []
    for i, said in answers.items():
        own = {words.tidy(text) for text in said if words.number(text) is None} - words.CANNOT_SAY
        own -= {"一般", "neutral"}
        mine = [group for group in groups if group[1] & own or not (group[1] or own)]
        first = mine[0] if mine else ([], set())
        for group in mine[1:]:
            first[0].extend(group[0])
            first[1].update(group[1])
            groups.remove(group)
        first[0].append(i)
        first[1].update(own)
        if not mine:
            groups.append(first)
    return [sorted(members) for members, _ in groups]


@cache
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
    for text, _ in Counter(every).most_common():
        word = words.tidy(text)
        if word in words.CANNOT_SAY:
            listed[word] = None
        elif word in steps:
            listed[word] = steps[word]
        elif not re.fullmatch(r"-?\d+(\.0+)?", word):
            listed[word] = words.number(text) if words.number(text) is not None else "?"
    return dict(sorted(listed.items(), key=lambda pair: (pair[1] is None, str(pair[1]))))


def _only_once(table):
    """Of roles that stand once, keep the first; ratings off the common scale are no items."""
    for role in roles.ONCE:
        table.loc[table.index[table["role"] == role][1:], ["role", "note"]] = ["ignore", "twice"]
    items = table["role"].isin(("perception", "expectation"))
    for usual in table.loc[items, "high"].dropna().mode()[:1]:
        table.loc[items & (table["high"] != usual), ["role", "note"]] = ["ignore", "scale"]


def _number_items(table):
    """Number perceptions and expectations in their order; a stem that several share is their dimension."""
    lines = table.to_dict("records")
    for role in ("perception", "expectation"):
        items = [line for line in lines if line["role"] == role]
        shared = Counter(line["dimension_zh"] for line in items if line["dimension_zh"])
        for number, line in enumerate(items, 1):
            line |= {"item": number, "reversed": roles.says_reversed(line["heading"])}
            if shared[line["dimension_zh"]] > 1:
                line["title_zh" if line["title_zh"] else "title_en"] = roles.split(line["heading"])[1]
            else:  # a bracket or dash within a question of its own
                line |= {"dimension_zh": "全部题目", "dimension_en": "all questions"}
    for line in lines:
        if line["role"] not in ("perception", "expectation", "points"):
            line["dimension_zh"] = None
    for column in ("item", "reversed", "title_zh", "title_en", "dimension_zh", "dimension_en"):
        table[column] = pd.Series([line[column] for line in lines], index=table.index, dtype=object)


def _turn(table, cells, known):
    """Propose as reversed what goes against the others: all columns at once, each against the mean of the rest."""
    for role in ("perception", "expectation"):
        rows = table.index[table["role"] == role]
        if len(rows) < 3:
            continue
        named = [name if isinstance(name, str) else "" for name in table.loc[rows, "words"]]
        worth = {
            name: _worth(
                cells[[i for i, one in zip(rows, named, strict=True) if one == name]], known.get(name, {})
            )
            for name in set(named)
        }
        numbers = np.array(
            [[worth[name][text] for text in cells[i]] for i, name in zip(rows, named, strict=True)]
        )
        against = [i for i, r in zip(rows, _with_the_rest(numbers), strict=True) if r < -0.1]
        table.loc[against, ["reversed", "note"]] = [True, "against"]


def _with_the_rest(numbers):
    """Correlate each line with the mean of all others; NaN where one of the two does not vary."""
    there = ~np.isnan(numbers)
    filled = np.where(there, numbers, 0.0)
    n = there.sum(axis=0) - there
    rest = np.where(there & (n > 0), (filled.sum(axis=0) - filled) / np.maximum(n, 1), np.nan)
    both = np.where(np.isnan(rest), np.nan, numbers)
    with np.errstate(invalid="ignore", divide="ignore"):
        count = np.maximum((~np.isnan(rest)).sum(axis=1, keepdims=True), 1)
        x, y = (side - np.nansum(side, axis=1, keepdims=True) / count for side in (both, rest))
        spread = np.nansum(x * x, axis=1) * np.nansum(y * y, axis=1)
        return np.where(spread > 1e-12, np.nansum(x * y, axis=1) / np.sqrt(spread), np.nan)


def _worth(texts, listed):
    """The number of each different answer of a group of columns; NaN where nobody said which."""
    answers = pd.Series(pd.unique(texts.ravel()))
    read = words.read(answers, table={word: number for word, number in listed.items() if number != "?"})[0]
    return dict(zip(answers, pd.to_numeric(read, errors="coerce").astype(float), strict=True))

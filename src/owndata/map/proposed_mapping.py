"""What an export seems to hold: a role, a scale and a number for every column, and a question where that is in doubt."""

import re
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from owndata.identify import identifiers
from owndata.map import (
    answer_blocks,
    answer_words,
    claimed_columns,
    column_roles,
    heading_claims,
    open_questions,
    respondent_numbers,
    survey_platforms,
    waves,
)
from owndata.read import written_values

MULTIPLE = "┋"
LOOKED_AT = 2_000_000  # cells held against each other; in columns of few different texts every one is counted
TOO_MANY = 5_000  # different answers, more than any ratings have
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
    questions : tuple of Question
        What the file does not settle, answered or not.
    settings : dict
        What the answers settle beside columns and words: the order of dates, the encoding, names that are one.
    """

    columns: pd.DataFrame
    words: dict = field(default_factory=dict)
    questions: tuple = ()
    settings: dict = field(default_factory=dict)


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
    cells = _columns(sheet.cells)
    own = survey_platforms.roles(sheet.cells.columns)
    lines, open_ones, claimed = [], {}, {}
    for i, heading in enumerate(sheet.cells.columns):
        some = len(cells[i]) == len(sheet.cells) or sheet.cells[heading].dtype != "category"
        said = _answers(Counter(cells[i]) if some else sheet.counts(heading))
        lines.append(_first_look(heading, said, own.get(heading)))
        if (doubt := claimed_columns.look(heading, said, lines[i])) and own.get(heading) is None:
            claimed[i] = doubt
            lines[i] |= {"role": None, "note": None}
        if lines[i]["role"] is None and len(said) > TOO_MANY:
            lines[i] |= _plain_role(heading, said)
        elif lines[i]["role"] is None:
            open_ones[i] = said
    for i in claimed_columns.out_of_place(claimed, open_ones):
        lines[i] |= claimed.pop(i)
        del open_ones[i]
    found, known = answer_blocks.find(open_ones, cells), {}
    for block in found:
        _rate(block, lines, known, claimed)
    for i, said in open_ones.items():
        if lines[i]["role"] is None:
            lines[i] |= claimed.pop(i, None) or _plain_role(lines[i]["heading"], said)
    _only_once(lines, claimed)
    _number_items(lines)
    table = plain(pd.DataFrame(lines, columns=[*COLUMNS], dtype=object))
    claimed = claimed_columns.in_doubt(claimed, found)
    asked = open_questions.find(table, sheet, cells=cells, blocks=found, known=known, claimed=claimed)
    return Mapping(plain(table), known, tuple(asked))


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


def _columns(cells):
    """The columns as lists, of a very large table only rows at even distances.

    Lists, not columns of pandas: an export may have 16,000 of them, and each step must take little time a column.
    """
    step = -(-cells.size // LOOKED_AT) or 1
    return cells.iloc[::step].to_numpy(dtype=object).T.tolist()


def _answers(counts):
    """The different answers of a column and how often each came, without those that stand for none."""
    return Counter({text: n for text, n in counts.items() if text and not _is_skipped(text)})


def _is_skipped(text):
    tidied = answer_words.tidy(text)
    return tidied in answer_words.SKIPPED and not tidied.startswith("-")  # -2 may be a step of -2 to 2


def _first_look(heading, said, own):
    """What one column seen alone shows; its role is None where its answers must be held against others."""
    role, note = (own, None) if own in ("ignore", "identifier") else _role(heading, said, own)
    stem, _ = column_roles.split(heading)
    language = "zh" if re.search("[一-鿿]", heading) else "en"
    hidden = role == "identifier" or (role is None and _is_text(said))
    different = [] if hidden else list(said)[:3]
    shown = [text if len(text) <= 30 else text[:30] + "…" for text in different]
    return {"heading": heading, "examples": " | ".join(shown) or None, "role": role, "note": note,
            f"title_{language}": column_roles.asked(heading), "dimension_zh": stem or None}  # fmt: skip


def _role(heading, said, own):
    """Role and, where there is more to say, a note."""
    announced, n = own or column_roles.by_heading(heading), said.total()
    if not said:
        named = identifiers.by_heading(heading)
        return ("identifier", named) if named else ("ignore", "empty")
    if any(MULTIPLE in text for text in said):
        return "ignore", "multiple"
    if announced == "wave" and waves.numbers(said) is None:
        return "ignore", "no_wave"
    if announced == "date" and all(map(written_values.lacks, said)):
        return "ignore", "no_day"
    if announced in ("date", "seconds", "wave"):
        return announced, None
    days = ("date_style", "date_ambiguous", None)
    if all(not text.isdigit() and written_values.date(text)[0] in days for text in said):  # no ratings
        return "ignore", None
    if announced == "respondent" and (known := respondent_numbers.look(said)):
        return known
    kind = identifiers.kind(heading, said)
    if kind:
        return "identifier", kind
    if column_roles.is_branch(heading) and len(said) <= max(2, n / 2):
        return "branch", None
    return ("ignore", None) if heading_claims.is_count(heading) else (None, None)


def _plain_role(heading, said):
    """The role of a column that holds no ratings."""
    bare = all(answer_words.number(text) is not None for text in said)  # a question may speak of the branch
    if column_roles.by_heading(heading) == "branch" and len(said) <= max(2, said.total() / 2) and not bare:
        return {"role": "branch"}
    if column_roles.is_points(heading) and all(_is_share(text) for text in said):
        return {"role": "points"}
    return {"role": "ignore", "note": "text" if _is_text(said) else None}


def _is_text(said):
    """Free text, or so many different values that they may name people."""
    return len(said) > 20 and not all(answer_words.number(text) is not None for text in said)


def _is_share(text):
    number = answer_words.number(text)
    return number is not None and 0 <= number <= 100


def _rate(block, lines, known, claimed):
    """Give the columns of a block their roles, and the block its scale and words."""
    reading = block.proposed
    marks = reading.high == 100 or "100" in reading.listed
    points = [i for i in block.columns if marks and column_roles.is_points(lines[i]["heading"])]
    group = None
    if reading.listed and len(points) < len(block.columns):
        group = chr(ord("A") + len(known)) if len(known) < 26 else f"Z{len(known)}"
        known[group] = dict(sorted(reading.listed.items(), key=lambda pair: (pair[1] is None, str(pair[1]))))
    for i in block.columns:
        if i in points:
            continue
        lines[i] |= {
            "role": column_roles.rated(lines[i]["heading"], claimed=i in claimed),
            "low": reading.low,
            "high": reading.high,
            "words": group,
        }


def _only_once(lines, claimed):
    """Of roles that stand once, keep the first; ratings off the common scale are no items."""
    satisfied = [i for i, line in enumerate(lines) if line["role"] == "satisfaction"]
    for i in sorted(satisfied, key=lambda i: len(column_roles.asked(lines[i]["heading"])))[1:]:
        claimed[i] = {"claim": "noun", "role": "ignore", "note": "twice"}  # 整体环境令人满意 may be an item
        lines[i]["role"] = "perception"
    for role in column_roles.ONCE:
        mine = [line for line in lines if line["role"] == role]
        for line in sorted(mine, key=lambda line: line["note"] == respondent_numbers.REPEATED)[1:]:
            line |= {"role": "ignore", "note": "twice"}
    items = [line for line in lines if line["role"] in ("perception", "expectation")]
    usual = Counter((line["low"], line["high"]) for line in items).most_common(1)
    for line in items:
        if (line["low"], line["high"]) != usual[0][0]:
            line |= {"role": "ignore", "note": "scale"}


def _number_items(lines):
    """Number perceptions and expectations in their order; a stem that several share is their dimension."""
    for role in ("perception", "expectation"):
        items = [line for line in lines if line["role"] == role]
        shared = Counter(line["dimension_zh"] for line in items if line["dimension_zh"])
        for number, line in enumerate(items, 1):
            line |= {"item": number, "reversed": column_roles.says_reversed(line["heading"])}
            if shared[line["dimension_zh"]] > 1:
                line["title_zh" if line.get("title_zh") else "title_en"] = column_roles.split(
                    line["heading"]
                )[1]
            else:  # a bracket or dash within a question of its own
                line |= {"dimension_zh": "全部题目", "dimension_en": "all questions"}
    for line in lines:
        if line["role"] not in ("perception", "expectation", "points"):
            line["dimension_zh"] = None

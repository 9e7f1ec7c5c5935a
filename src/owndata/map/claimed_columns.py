"""Columns whose headings speak of a person or a count, answered like ratings: items if they go along with these, or asked."""

import numpy as np

from owndata.map import answer_words, heading_claims, questions, reversed_items, word_ladders
from owndata.map.questions import Question, choice

DOUBTED = ("mention", "noun")


def look(heading, said, line):
    """Tell whether the answers of a column speak against what its heading says of it.

    Parameters
    ----------
    heading : str
        Its heading.
    said : Counter
        Its answers.
    line : dict
        What its heading makes of it: its role, and a note.

    Returns
    -------
    dict or None
        The claim of the heading (`heading_claims.claim`) with the role and the note that it would have; None where
        nothing is in doubt.
    """
    if line["role"] not in (None, "identifier", "ignore", "seconds") or not _are_ratings(said):
        return None
    claim = heading_claims.claim(heading)
    if claim == "settled" and line["role"] == "identifier" and _in_words(said):
        claim = "noun"
    if claim not in DOUBTED:
        return None
    return {"claim": claim, "role": line["role"] or "ignore", "note": line["note"]}


def _are_ratings(said):
    """Few steps, given again and again: they point at nobody, whatever their heading speaks of."""
    known = {text: _is_step(*answer_words.parsed(text)[:2]) for text in said}
    good = sum(n for text, n in said.items() if known[text])
    steps = {answer_words.number(text) for text in said if known[text]}
    ticked = len(steps) < 2 or steps <= {0, 1} or steps <= {1, 2}
    few = sum(known.values()) <= 11 and good >= 2 * sum(known.values())
    return few and good >= 0.95 * said.total() and (None in steps or not ticked)


def _in_words(said):
    """Whether the answers are steps in words, which nobody is called by."""
    return all(answer_words.parsed(text)[1] for text in said)


def _is_step(value, word):
    if word:
        return word in word_ladders.WORDS or word in answer_words.CANNOT_SAY
    return value is not None and 0 <= value <= 10


def out_of_place(claimed, answers):
    """Find those whose numbers the other columns have not: they would change what the others mean.

    Parameters
    ----------
    claimed : dict
        Place of a column → what its heading makes of it (`look`).
    answers : dict
        Place of each column that may be a rating → its answers.

    Returns
    -------
    list of int
        Places of columns that are what their headings say.
    """
    others = [said for i, said in answers.items() if i not in claimed and _are_ratings(said)]
    usual = {number for said in others for number in map(answer_words.number, said) if number is not None}
    if not usual:
        return []
    low, high = min(*usual, 1), max(*usual, 5)
    far = {
        i: sum(n for text, n in answers[i].items() if not low <= _number(text, low) <= high) for i in claimed
    }
    return [i for i, n in far.items() if n > 0.02 * answers[i].total()]


def _number(text, otherwise):
    found = answer_words.number(text)
    return otherwise if found is None else found


def in_doubt(claimed, blocks):
    """Leave out those that share their words with a column that nothing speaks against: they are answered alike.

    Parameters
    ----------
    claimed : dict
        As for `out_of_place`.
    blocks : list of Block
        The ratings found.

    Returns
    -------
    dict
        The rest of them.
    """
    settled = set()
    for block in blocks:
        if any(word_ladders.WORDS & {answer_words.parsed(text)[1]} for text in block.seen) and set(
            block.columns
        ) - {*claimed}:
            settled |= set(block.columns)
    return {i: one for i, one in claimed.items() if i not in settled}


def judge(table, role, claimed, *, cells, known):
    """Keep as items those that go along with the others; take the others back.

    Parameters
    ----------
    table : DataFrame
        The proposed columns, changed here.
    role : str
        The role of the items among which they stand.
    claimed : dict
        Place of a column → what its heading makes of it (`look`).
    cells : list of list of str
        The columns of the export.
    known : dict
        Word group → its table.

    Returns
    -------
    tuple of (list of str, list of Question)
        The headings of sentences whose answers have no relation to the items: to be asked about. And the question about
        what is kept, though neither heading nor answers settle it.
    """
    rows = list(table.index[table["role"] == role])
    doubted = [i for i in rows if i in claimed]
    if not doubted:
        return [], []
    said = [reversed_items.numbers(cells[i], known.get(table.loc[i, "words"], {})) for i in rows]
    r, n = reversed_items.with_the_rest(np.array(said))
    places = [rows.index(i) for i in doubted]
    goes = dict(zip(doubted, reversed_items.against(-r, n)[places] == "clearly", strict=True))
    apart = dict(zip(doubted, reversed_items.unrelated(r, n)[places], strict=True))
    sentence = {i: claimed[i]["claim"] == "mention" for i in doubted}
    left = [i for i in doubted if (apart[i] if sentence[i] else not goes[i])]
    for i in left:
        note = "beside" if sentence[i] else claimed[i]["note"]
        table.loc[i, ["role", "item", "note"]] = [claimed[i]["role"], None, note]
    renumber(table, role)
    kept = [table.loc[i, "heading"] for i in doubted if i not in left and goes[i] != sentence[i]]
    beside = [table.loc[i, "heading"] for i in left if sentence[i]]
    return beside, [_named(kept, role)] if kept else []


def renumber(table, role):
    """Number items in their order, once some are none.

    Parameters
    ----------
    table : DataFrame
        The proposed columns, changed here.
    role : str
        ``"perception"`` or ``"expectation"``.
    """
    rows = table.index[table["role"] == role]
    table.loc[rows, "item"] = list(range(1, len(rows) + 1))


def _named(headings, role):
    ways = (choice("all_items", columns={name: {"role": role} for name in headings}),
            choice("no_items", columns={name: {"role": "ignore"} for name in headings}))  # fmt: skip
    return Question("named", headings[0], tuple(headings), ways, {"columns": questions.listed(headings)})

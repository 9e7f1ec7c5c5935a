"""Columns whose headings speak of a person or a count, answered like ratings: items if they go along with these, or asked."""

import numpy as np

from owndata.map import answer_scales, answer_words, heading_claims, questions, reversed_items, word_ladders
from owndata.map.questions import Question, choice

DOUBTED = ("mention", "noun")
MOST = 150  # different answers; marks from 0 to 100 are fewer


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
    if line["role"] not in (None, "identifier", "ignore", "seconds") or not 0 < len(said) <= MOST:
        return None
    if not (_are_ratings(said) or _are_few(said)):
        return None
    claim = heading_claims.claim(heading)
    if claim == "settled" and line["role"] == "identifier" and _in_words(said):
        claim = "noun"
    if claim not in DOUBTED:
        return None
    return {"claim": claim, "role": line["role"] or "ignore", "note": line["note"]}


def _are_ratings(said):
    """Steps or marks, given again and again: they point at nobody, whatever their heading speaks of."""
    known = {text: _is_step(*answer_words.parsed(text)[:2]) for text in said}
    good = sum(n for text, n in said.items() if known[text])
    steps = {answer_words.number(text) for text in said if known[text]}
    ticked = len(steps) < 2 or steps <= {0, 1} or steps <= {1, 2}
    return good >= max(0.95 * said.total(), 2 * sum(known.values())) and (None in steps or not ticked)


def _are_few(said):
    """A few short answers, whatever they mean: A to E, for instance."""
    return 3 <= len(said) <= 11 and max(map(len, said)) <= 40 and said.total() >= 2 * len(said)


def _in_words(said):
    """Whether the answers are steps in words, which nobody is called by."""
    return all(answer_words.parsed(text)[1] for text in said)


def _is_step(value, word):
    if word:
        return word in word_ladders.WORDS or word in answer_words.CANNOT_SAY
    return value is not None and (-3 <= value <= 100 or value in answer_scales.CODES)


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
    others = [said for i, said in answers.items() if i not in claimed]
    numbers = {answer_words.number(text) for said in others if _are_ratings(said) for text in said} - {None}
    texts = [{answer_words.tidy(text) for text in said} for said in others if _are_few(said)]
    low, high = min(numbers, default=1), max(5, *numbers) if numbers else 100
    return [i for i in claimed if not _has_place(answers[i], min(low, 1), high, texts)]


def _has_place(said, low, high, texts):
    """Whether its numbers are those of the others; what is no step must be an answer of theirs."""
    if not _are_ratings(said):
        return any({answer_words.tidy(text) for text in said} <= own for own in texts)
    far = [text for text in said if not _is_between(answer_words.number(text), low, high)]
    return sum(said[text] for text in far) <= 0.02 * said.total()


def _is_between(number, low, high):
    return number is None or low <= number <= high or number in answer_scales.CODES or number < 0


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


def together(mapping, cells):
    """Count the ratings that go along with each other: a ledger has small numbers, too, each of its own.

    Parameters
    ----------
    mapping : Mapping
        A proposal.
    cells : DataFrame
        The columns among which ratings are counted.

    Returns
    -------
    int
    """
    table = mapping.columns[
        (mapping.columns["role"] == "perception") & mapping.columns["heading"].isin(cells.columns)
    ]
    if len(table) < 2:
        return len(table)
    said = [
        reversed_items.numbers(cells[heading].astype("str").tolist(), mapping.words.get(words, {}))
        for heading, words in zip(table["heading"], table["words"], strict=True)
    ]
    r, n = reversed_items.with_the_rest(np.array(said))
    return int((~(reversed_items.unrelated(r, n) | ((r < 0) & (n >= reversed_items.ENOUGH)))).sum())


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

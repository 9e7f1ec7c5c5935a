"""Columns that are answered in the same way, and what their answers mean."""

from collections import Counter
from dataclasses import dataclass

from owndata.map import answer_scales, answer_words, possible_readings, word_ladders

NUMBERS = ("small", "seven", "ten", "marks", "of")


@dataclass(frozen=True)
class Block:
    """Columns with one scale.

    Parameters
    ----------
    columns : list of int
        Their places in the export.
    asks : str or None
        The kind of question where the answers do not settle what they mean.
    readings : list of Reading
        What they can mean, the likeliest first.
    seen : tuple of str
        The different answers.
    """

    columns: list
    asks: str | None
    readings: list
    seen: tuple

    @property
    def proposed(self):
        """The likeliest reading."""
        return self.readings[0]


def find(answers, cells):
    """Find the blocks of ratings among some columns.

    Parameters
    ----------
    answers : dict
        Place of the column → Counter of its answers.
    cells : list of list of str
        All columns of the export, each a list of its cells.

    Returns
    -------
    list of Block
        In the order of their first columns.
    """
    found = []
    for members in _groups(answers):
        asks, meant, seen = possible_readings.find([answers[i] for i in members], [cells[i] for i in members])
        if meant:
            found.append(Block(members, asks, meant, seen))
    return sorted(found, key=lambda block: block.columns[0])


def _groups(answers):
    """Columns that share words are one group; numbers go together by what they look like."""
    said = {i: _own_words(counts) for i, counts in answers.items()}
    shared, numbers = _sharing({i: own for i, own in said.items() if own}), {}
    for i in (i for i, own in said.items() if not own):
        rare = {answer_words.parsed(text)[1] for text in answers[i]} - {""}
        mine = next((members for members, own in shared if own & rare), None)
        (numbers.setdefault(_shape(answers[i]), []) if mine is None else mine).append(i)
    groups = [members for members, _ in shared]
    ends = [members for members in groups if _has_poles([answers[i] for i in members])]
    if ends and "small" in numbers:  # a question of this block where nobody chose an end
        ends[0].extend(numbers.pop("small"))
    seven, small = numbers.get("seven", []), numbers.get("small", [])
    if seven and small:  # 6 and 7 are steps where they are plenty, codes for no answer where they are rare
        one, other = ("seven", "small") if _plenty(seven, answers) else ("small", "seven")
        moved = [i for i in numbers[other] if one == "small" or _share_above_five(answers[i])]
        numbers[one] += moved
        numbers[other] = [i for i in numbers[other] if i not in moved]
    _joined(numbers.get("one", []), [*groups, *(numbers[kind] for kind in NUMBERS if kind in numbers)])
    return [
        sorted(members)
        for members in [*groups, *(m for kind, m in numbers.items() if kind in NUMBERS)]
        if members
    ]


def _joined(same, blocks):
    """Put columns in which everybody gave one step into the block of ratings beside which they stand."""
    for ordered in (sorted(same), sorted(same, reverse=True)):
        for i in ordered:
            beside = [members for members in blocks if {i - 1, i + 1} & {*members} and i not in members]
            if len(beside) == 1 and len(beside[0]) > 1 and not any(i in members for members in blocks):
                beside[0].append(i)


def _own_words(counts):
    """The words of a column that are no numbers; those that hardly occur beside many others do not count."""
    n, found = counts.total(), set()
    for text, times in counts.items():
        word = answer_words.parsed(text)[1]
        if (
            word
            and word not in answer_words.CANNOT_SAY
            and (times > max(possible_readings.RARE * n, 2) or n < 20)
        ):
            found.add(word)
    return found


def _sharing(said):
    """Merge columns that share a word; the middle ones stand on many ladders."""
    groups = []
    for i, own in said.items():
        telling = own - set(word_ladders.MIDDLE) or own
        mine = [group for group in groups if group[1] & telling]
        first = mine[0] if mine else ([], set())
        for group in mine[1:]:
            first[0].extend(group[0])
            first[1].update(group[1])
            groups.remove(group)
        first[0].append(i)
        first[1].update(telling)
        if not mine:
            groups.append(first)
    return groups


def _shape(counts):
    numbers, tops = Counter(), set()
    for text, n in counts.items():
        value, word, top = answer_words.parsed(text)
        if value is not None and not word:
            numbers[value] += n
            tops.add(top)
    return "of" if tops - {None} else answer_scales.shape(numbers) if numbers else None


def _has_poles(columns):
    """Whether a block has words at its ends and bare numbers between them."""
    parts = {answer_words.parsed(text) for column in columns for text in column}
    sides = {word_ladders.side(word) for _, word, _ in parts if word and word not in answer_words.CANNOT_SAY}
    return sides == {-1, 1} and any(value is not None and not word for value, word, _ in parts)


def _plenty(columns, answers):
    """Whether 6 and 7 are ordinary answers of these columns, not codes."""
    return sum(map(_share_above_five, (answers[i] for i in columns))) > 0.12 * len(columns)


def _share_above_five(counts):
    high = sum(n for text, n in counts.items() if answer_words.number(text) in (6, 7))
    return high / max(counts.total(), 1)

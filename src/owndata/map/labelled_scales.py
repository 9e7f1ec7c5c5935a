"""Numbers and words in one block: which end is the best is said by the words."""

from owndata.map import answer_scales, answer_words, word_ladders
from owndata.map.scale_reading import NONE, Reading, offered, stepped

SEVERAL = 3  # columns with the same unknown answers that are taken for ratings


def numbers_with_words(said, parts, bare, both, columns):
    """Read numbers that have words beside them: the words say which end is the best.

    Parameters
    ----------
    said : Counter
        The answers.
    parts : dict
        Answer → its number and word (`answer_words.parsed`).
    bare, both : set of str
        Answers that are a number alone, and those with a word.
    columns : int
        How many columns are answered so.

    Returns
    -------
    tuple of (str or None, list of Reading)
        As `possible_readings.find`.
    """
    labels = {parts[text][1]: parts[text][0] for text in both}
    values = {parts[text][0] for text in said}
    low, high = min(values), max(values)
    if len(values) < 3:
        return None, []
    sides = {word: word_ladders.side(word) for word in labels}
    found = word_ladders.find(list(labels), n=said.total())
    if bare and all(sides.values()):  # only the poles have a word
        ups = [labels[word] > (low + high) / 2 for word, side in sides.items() if side > 0]
        downs = [labels[word] < (low + high) / 2 for word, side in sides.items() if side < 0]
        same = set(ups + downs)
        return _directed(said, parts, low, high, same)
    for ladder in found:
        pairs = [(labels[word], step) for word, step in ladder.numbers.items()]
        if len({value - step for value, step in pairs}) == 1:
            shift = pairs[0][0] - pairs[0][1]
            return _directed(said, parts, 1 + shift, ladder.steps + shift, {True})
        if len({value + step for value, step in pairs}) == 1:
            turned = pairs[0][0] + pairs[0][1]
            return _directed(said, parts, turned - ladder.steps, turned - 1, {False})
    if found:
        by_words = stepped(found[0])
        listed = {answer_words.tidy(text): found[0].numbers.get(parts[text][1], "?") for text in said}
        by_words = Reading(1, by_words.high, listed, (("as_words", {}),))
        return "direction", [by_words, offered(_directed(said, parts, low, high, {True})[1][0], "as_numbers")]
    if columns < SEVERAL:
        return None, []
    ways = [_directed(said, parts, low, high, {same})[1][0] for same in (True, False)]
    return "direction", [offered(ways[0], "high_best"), offered(ways[1], "low_best"), NONE]


def _directed(said, parts, low, high, same):
    """Numbers as they stand, or turned where the words say that the low end is the good one."""
    if len(same) != 1:
        ways = [_directed(said, parts, low, high, {one})[1][0] for one in (True, False)]
        return "direction", [offered(ways[0], "high_best"), offered(ways[1], "low_best")]
    up, shift = same == {True}, 1 - low if low < 0 else 0
    listed = {}
    for text in said:
        value = parts[text][0] if up else low + high - parts[text][0]
        listed[answer_words.tidy(text)] = value + shift
    return None, [Reading(low + shift, high + shift, listed, note=None if up else "flipped")]


def words_at_the_ends(parts, bare, only, cells):
    """Read words at the two ends with numbers between: the rows tell which number is near which word.

    Parameters
    ----------
    parts, bare
        As for `numbers_with_words`.
    only : set of str
        Answers that are a word alone.
    cells : list of list of str
        The cells of each column.

    Returns
    -------
    tuple of (str or None, list of Reading)
        As `possible_readings.find`; no reading where the words are no ends.
    """
    sides = {text: word_ladders.side(answer_words.tidy(text)) for text in only}
    if not all(sides.values()) or set(sides.values()) != {-1, 1}:
        return None, []
    values = sorted({parts[text][0] for text in bare})
    if values[0] < 0 or values[-1] > 10:  # codes among them: asked as words beside numbers are
        return None, []
    scales = _with_ends(values)
    up = _upward(cells, {text: parts[text][0] for text in bare}, sides, scales[0][1] - scales[0][0])
    ways = []
    for low, high in scales:
        for one in (True, False) if up is None else (up,):
            listed = {answer_words.tidy(text): high if side > 0 else low for text, side in sides.items()}
            if not one:
                listed |= {str(value): low + high - value for value in values}
            told = [("scale", {"low": low, "high": high})] if len(scales) > 1 else []
            told += [("high_best" if one else "low_best", {})] if up is None else []
            ways.append(Reading(low, high, listed, tuple(told), note=None if one else "flipped"))
    return ("direction" if up is None else "steps" if len(scales) > 1 else None), ways


def _with_ends(values):
    """The scales on which numbers can stand between two words, or beside words for the same ends; the likeliest first."""
    first, last = values[0], values[-1]
    beyond, same = (first - 1, last + 1), (first, last)
    found = [one for one in (beyond, same, (first, last + 1), (first - 1, last)) if _is_usual(*one)]
    if found:
        return found[:1]
    return [(1, next((top for top in answer_scales.USUAL if top >= last), 10)), beyond]


def _is_usual(low, high):
    return (low == 1 and high in answer_scales.USUAL) or (low, high) == (0, 10)


def _upward(cells, values, sides, width):
    """Whether who chose the good end elsewhere also chose high numbers; None where that does not show."""
    means = {-1: [], 1: []}
    for row in zip(*cells, strict=True):
        ends, numbers = (
            {sides[text] for text in row if text in sides},
            [values[text] for text in row if text in values],
        )
        if len(ends) == 1 and numbers:
            means[ends.pop()].append(sum(numbers) / len(numbers))
    if min(map(len, means.values())) < 3:
        return None
    gap = sum(means[1]) / len(means[1]) - sum(means[-1]) / len(means[-1])
    return None if abs(gap) < 0.15 * width else gap > 0

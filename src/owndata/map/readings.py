"""What the answers of a block of columns can mean: one reading where they settle it, several to choose from where not."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import product

from owndata.map import ladders, scales, words

RARE = 0.02  # an answer rarer than this is a slip of the pen, not a step of the scale
SEVERAL = 3  # columns with the same unknown answers that are taken for ratings


@dataclass(frozen=True)
class Reading:
    """One way to read a block.

    Parameters
    ----------
    low, high : int
        The ends of its scale.
    listed : dict
        Tidied answer → number, None for "not answered", "?" for "somebody must say".
    said : tuple
        The choice that offers it: pairs of a key of the choices and what it names.
    rated : bool
        Whether these are ratings at all.
    note : str or None
        What a person should see beside the columns.
    """

    low: int | None
    high: int | None
    listed: dict = field(default_factory=dict)
    said: tuple = ()
    rated: bool = True
    note: str | None = None


NONE = Reading(None, None, said=(("no_ratings", {}),), rated=False)


def of(columns, rows=()):
    """Read a block of columns.

    Parameters
    ----------
    columns : list of Counter
        The answers of each column: text → how often.
    rows : list of list of str
        The same columns, row by row; needed only where one end of a scale has to be found out.

    Returns
    -------
    tuple of (str or None, list of Reading, tuple of str)
        The question to ask, None where nothing is doubtful; the readings, the likeliest first, none where these are
        no ratings; and the answers that were seen.
    """
    pooled = sum(columns, Counter())
    parts = {text: words.parsed(text) for text in pooled}
    cannot = {text for text, (_, word, _) in parts.items() if word in words.CANNOT_SAY}
    if any(
        word for text, (_, word, _) in parts.items() if text not in cannot
    ):  # -3 beside words is no answer
        cannot |= {
            text for text, (value, word, _) in parts.items() if not word and value is not None and value < 0
        }
    left = Counter({text: n for text, n in pooled.items() if text not in cannot})
    tried = [
        (said, *_one(said, {text: parts[text] for text in said}, columns, rows))
        for said in _wider_first(left, len(columns))
    ]
    tried = [one for one in tried if one[2]]
    # Answers of which none is understood are the last resort.
    said, kind, found = next(
        (one for one in tried if one[1] != "unread"), tried[0] if tried else (None, None, [])
    )
    if not found:
        return None, [], ()
    more = {words.tidy(text): None for text in cannot}
    numbered = any(parts[text][0] is not None for text in said)
    slips = sorted(text for text in left if text not in said and (parts[text][0] is None or not numbered))
    more |= {words.tidy(text): "?" for text in slips}
    full = [_with(one, more) if one.rated else one for one in found]
    if slips and kind is None:
        return "unread", [_said(full[0], "given"), *_emptied(full[0], slips)], tuple(slips)
    return kind, full, _shown(said, kind)


def _shown(said, kind):
    """The answers that raise the question, as a person should read them."""
    names = list(dict.fromkeys(words.tidy(text) for text, _ in said.most_common()))
    if kind == "halves":
        return tuple(sorted(name for name in names if words.number(name) != int(words.number(name))))
    if kind == "unread":
        return tuple(name for name in names if words.number(name) is None)
    return tuple(sorted(name.upper() for name in names)) if kind == "letters" else tuple(names)


def _with(reading, more):
    return replace(reading, listed=reading.listed | more)


def _said(reading, kind):
    return replace(reading, said=((kind, {}),))


def _emptied(reading, slips):
    gone = {words.tidy(text): None for text in slips}
    return [_said(_with(reading, gone), "not_answered")]


def _wider_first(counts, columns):
    """All answers; then those without slips of the pen; then those that stand on some ladder, if they are most."""
    n = counts.total()
    yield counts
    yield Counter({text: k for text, k in counts.items() if k / n > max(RARE / min(columns, 4), 2 / n)})
    known = Counter({text: k for text, k in counts.items() if words.parsed(text)[1] in ladders.WORDS})
    if len(known) >= 3 and known.total() > 0.6 * n:
        yield known


def _one(said, parts, columns, rows):
    """Tell what kind of answers these are, and read them."""
    bare = {text for text, (value, word, _) in parts.items() if value is not None and not word}
    both = {text for text, (value, word, _) in parts.items() if value is not None and word}
    only = set(parts) - bare - both
    if not said:
        return None, []
    if not both and not only:
        return _numbers(said, parts, columns)
    if only == set(parts):
        coded = _codes(only, len(columns))
        return coded if coded[1] else _worded(said, len(columns))
    if both and not only:
        return _labelled(said, parts, bare, both, len(columns))
    if bare and only and not both:
        return _poles(said, parts, bare, only, columns, rows)
    return None, []


def _numbers(said, parts, columns):
    """Numbers alone: their scale, codes, and halves between two steps."""
    counts, held = Counter(), Counter()
    for text, n in said.items():
        counts[parts[text][0]] += n
    tops = {parts[text][2] for text in said} - {None}
    shape = scales.shape(counts)
    if tops:
        high = max(tops)
        low = 0 if high == 100 or 0 in counts else 1
        return None, [Reading(low, high, _marked(said, parts))] if high > 2 else []
    if shape in (None, "tick"):
        return None, []
    halves = {value: n for value, n in counts.items() if value != int(value)}
    if len(halves) > 20:
        return None, []
    for column in columns:
        held.update({words.number(text) for text in column})
    whole = Counter({value: n for value, n in counts.items() if value not in halves})
    spread = {value: n / len(columns) for value, n in held.items()}
    found = [_scaled(scale, i, whole) for i, scale in enumerate(scales.readings(whole, spread=spread))]
    if halves and found:
        bare = found if len(found) > 1 else [Reading(found[0].low, found[0].high, found[0].listed)]
        return "halves", [_halved(one, way, halves) for one, way in product(bare[:2], _WAYS)]
    kind = "steps" if all(not one.listed for one in found) else "codes"
    return (kind if len(found) > 1 else None), found


def _marked(said, parts):
    """Answers such as '4/5' are read by their number; the list shows it."""
    return {words.tidy(text): parts[text][0] for text in said}


def _scaled(scale, place, counts):
    if scale.low < 0:  # from -2 to 2: one to five
        shift = 1 - scale.low
        return Reading(1, scale.high + shift, {str(n): n + shift for n in range(scale.low, scale.high + 1)})
    listed = {str(code): None for code in scale.codes if str(code) not in words.SKIPPED}
    shown = ", ".join(str(code) for code in scale.codes if code >= 0)
    kind = "scale_codes" if shown else "scale"
    if (
        any(n in scales.CODES for n in counts)
        and not any(n in scales.CODES for n in scale.codes)
        and scale.high <= 10
    ):
        kind = "scale_slips"
    return Reading(
        scale.low, scale.high, listed, ((kind, {"low": scale.low, "high": scale.high, "codes": shown}),)
    )


_WAYS = ("round_up", "round_down", "not_answered")


def _halved(reading, way, halves):
    """The same scale, with what shall stand for 3.5."""
    whole = {"round_up": lambda v: int(v + 0.5), "round_down": int, "not_answered": lambda v: None}[way]
    listed = {str(value): whole(value) for value in sorted(halves)}
    first = min(halves)
    said = (way, {"example": f"{first:g} → {whole(first)}"} if way != "not_answered" else {})
    return Reading(reading.low, reading.high, reading.listed | listed, (*reading.said, said))


def _worded(said, columns):
    """Words alone: their ladder, or a question where several would do, or none is known."""
    names = list(dict.fromkeys(words.tidy(text) for text in said))
    found = ladders.find(names, n=said.total())
    if found:
        return ("ladder" if len(found) > 1 else None), [_stepped(one) for one in found]
    short = 3 <= len(names) <= 10 and max(map(len, names)) <= 40 and min(said.values()) > 1
    if columns < SEVERAL or not short:
        return None, []
    asked = Reading(1, len(names), dict.fromkeys(names, "?"), (("given", {}),))
    return "unread", [asked, NONE]


def _stepped(ladder):
    steps = " · ".join(f"{i} {name}" for i, name in enumerate(ladder.names, start=1))
    listed = dict(sorted(ladder.numbers.items(), key=lambda pair: pair[1]))
    return Reading(1, ladder.steps, listed, (("ladder", {"steps": steps}),))


def _codes(only, columns):
    """Letters A to E, or codes A1 to A5: which end is the best, nobody can tell from them."""
    names = sorted(words.tidy(text).rstrip(".") for text in only)
    codes = [re.fullmatch(r"([a-k])|([a-z]{1,3})(\d{1,2})", name) for name in names]
    prefixes = {found and (found[2] or "") for found in codes}
    if columns < SEVERAL or len(names) < 3 or None in codes or len(prefixes) > 1:
        return None, []
    place = {name: int(c[3]) if c[3] else ord(c[1]) - 96 for name, c in zip(names, codes, strict=True)}
    high, ranked = max(place.values()), sorted(place, key=place.get)
    if not 3 <= high <= 10:
        return None, []
    first = Reading(
        1,
        high,
        {name: high + 1 - n for name, n in place.items()},
        (("first_best", {"first": ranked[0].upper()}),),
    )
    last = Reading(1, high, place, (("last_best", {"last": ranked[-1].upper()}),))
    return "letters", [first, last, NONE]


def _labelled(said, parts, bare, both, columns):
    """Numbers with their words: the words say which end is the best."""
    labels = {parts[text][1]: parts[text][0] for text in both}
    values = {parts[text][0] for text in said}
    low, high = min(values), max(values)
    if len(values) < 3:
        return None, []
    sides = {word: ladders.side(word) for word in labels}
    found = ladders.find(list(labels), n=said.total())
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
        by_words = _stepped(found[0])
        listed = {words.tidy(text): found[0].numbers.get(parts[text][1], "?") for text in said}
        by_words = Reading(1, by_words.high, listed, (("as_words", {}),))
        return "direction", [by_words, _said(_directed(said, parts, low, high, {True})[1][0], "as_numbers")]
    if columns < SEVERAL:
        return None, []
    ways = [_directed(said, parts, low, high, {same})[1][0] for same in (True, False)]
    return "direction", [_said(ways[0], "high_best"), _said(ways[1], "low_best"), NONE]


def _directed(said, parts, low, high, same):
    """Numbers as they stand, or turned where the words say that the low end is the good one."""
    if len(same) != 1:
        ways = [_directed(said, parts, low, high, {one})[1][0] for one in (True, False)]
        return "direction", [_said(ways[0], "high_best"), _said(ways[1], "low_best")]
    up, shift = same == {True}, 1 - low if low < 0 else 0
    listed = {}
    for text in said:
        value = parts[text][0] if up else low + high - parts[text][0]
        listed[words.tidy(text)] = value + shift
    return None, [Reading(low + shift, high + shift, listed, note=None if up else "flipped")]


def _poles(said, parts, bare, only, columns, rows):
    """Words at the two ends and numbers between: the rows tell which number is near which word."""
    sides = {text: ladders.side(words.tidy(text)) for text in only}
    if not all(sides.values()) or set(sides.values()) != {-1, 1}:
        return _beside_numbers(said, parts, bare, only, columns)
    values = sorted({parts[text][0] for text in bare})
    low, high = values[0] - 1, values[-1] + 1
    up = _upward(rows, {text: parts[text][0] for text in bare}, sides, high - low)
    ways = []
    for one in (True, False):
        listed = {words.tidy(text): high if side > 0 else low for text, side in sides.items()}
        if not one:
            listed |= {str(value): low + high - value for value in values}
        ways.append(Reading(low, high, listed, note=None if one else "flipped"))
    if up is None:
        return "direction", [_said(ways[0], "high_best"), _said(ways[1], "low_best")]
    return None, [ways[0] if up else ways[1]]


def _beside_numbers(said, parts, bare, only, columns):
    """Numbers, and a few words that may mean "no answer"."""
    found = _numbers(Counter({text: said[text] for text in bare}), parts, columns)[1]
    short = (
        len(only) <= 3 and max(map(len, only)) <= 40 and sum(said[text] for text in only) < 0.4 * said.total()
    )
    if not found or not short or len(columns) < SEVERAL:
        return None, []
    asked = _with(found[0], {words.tidy(text): "?" for text in only})
    return "unread", [_said(asked, "given"), *_emptied(found[0], sorted(only))]


def _upward(rows, values, sides, width):
    """Whether who chose the good end elsewhere also chose high numbers; None where that does not show."""
    means = {-1: [], 1: []}
    for row in rows:
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

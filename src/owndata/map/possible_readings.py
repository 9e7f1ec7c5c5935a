"""What the answers of a block of columns can mean: one reading where they settle it, several to choose from where not."""

import re
from collections import Counter
from itertools import product

from owndata.map import answer_scales, answer_words, labelled_scales, word_ladders
from owndata.map.labelled_scales import SEVERAL
from owndata.map.scale_reading import NONE, Reading, offered, stepped, with_words

RARE = 0.02  # an answer rarer than this is a slip of the pen, not a step of the scale


def find(columns, cells=()):
    """Read a block of columns.

    Parameters
    ----------
    columns : list of Counter
        The answers of each column: text → how often.
    cells : list of list of str
        The cells of each column; needed only where one end of a scale has to be found out.

    Returns
    -------
    tuple of (str or None, list of Reading, tuple of str)
        The question to ask, None where nothing is doubtful; the readings, the likeliest first, none where these are
        no ratings; and the answers that were seen.
    """
    pooled = sum(columns, Counter())
    parts = {text: answer_words.parsed(text) for text in pooled}
    cannot = {text for text, (_, word, _) in parts.items() if word in answer_words.CANNOT_SAY}
    if any(
        word for text, (_, word, _) in parts.items() if text not in cannot
    ):  # -3 beside words is no answer
        cannot |= {
            text for text, (value, word, _) in parts.items() if not word and value is not None and value < 0
        }
    left = Counter({text: n for text, n in pooled.items() if text not in cannot})
    tried = [
        (said, *_one(said, {text: parts[text] for text in said}, columns, cells))
        for said in _wider_first(left, len(columns))
    ]
    tried = [one for one in tried if one[2]]
    # Answers of which none is understood are the last resort.
    said, kind, found = next(
        (one for one in tried if one[1] != "unread"), tried[0] if tried else (None, None, [])
    )
    if not found:
        return None, [], ()
    more = {answer_words.tidy(text): None for text in cannot}
    numbered = any(parts[text][0] is not None for text in said)
    slips = sorted(text for text in left if text not in said and (parts[text][0] is None or not numbered))
    more |= {answer_words.tidy(text): "?" for text in slips}
    full = [with_words(one, more) if one.rated else one for one in found]
    if slips and kind is None:
        return "unread", [offered(full[0], "given"), *_emptied(full[0], slips)], tuple(slips)
    return kind, full, _shown(said, kind)


def _shown(said, kind):
    """The answers that raise the question, as a person should read them."""
    names = list(dict.fromkeys(answer_words.tidy(text) for text, _ in said.most_common()))
    if kind == "halves":
        return tuple(
            sorted(name for name in names if answer_words.number(name) != int(answer_words.number(name)))
        )
    if kind == "unread":
        return tuple(name for name in names if answer_words.number(name) is None)
    return tuple(sorted(name.upper() for name in names)) if kind == "letters" else tuple(names)


def _emptied(reading, slips):
    gone = {answer_words.tidy(text): None for text in slips}
    return [offered(with_words(reading, gone), "not_answered")]


def _wider_first(counts, columns):
    """All answers; then those without slips of the pen; then those that stand on some ladder, if they are most."""
    n = counts.total()
    yield counts
    yield Counter({text: k for text, k in counts.items() if k / n > max(RARE / min(columns, 4), 2 / n)})
    known = Counter(
        {text: k for text, k in counts.items() if answer_words.parsed(text)[1] in word_ladders.WORDS}
    )
    if len(known) >= 3 and known.total() > 0.6 * n:
        yield known


def _one(said, parts, columns, cells):
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
        return labelled_scales.numbers_with_words(said, parts, bare, both, len(columns))
    if bare and only and not both:
        ends = labelled_scales.words_at_the_ends(parts, bare, only, cells)
        return ends if ends[1] else _beside_numbers(said, parts, bare, only, columns)
    return None, []


def _numbers(said, parts, columns):
    """Numbers alone: their scale, codes, and halves between two steps."""
    counts, held = Counter(), Counter()
    for text, n in said.items():
        counts[parts[text][0]] += n
    tops = {parts[text][2] for text in said} - {None}
    shape = answer_scales.shape(counts)
    if tops:
        high = max(tops)
        low = 0 if high == 100 or 0 in counts else 1
        return None, [Reading(low, high, _marked(said, parts))] if high > 2 else []
    if shape in (None, "tick"):
        return None, []
    if steps := answer_scales.even_steps(counts):
        codes = {n: None for n in counts if n not in steps}
        return None, [Reading(1, 5, {str(n): step for n, step in (steps | codes).items()})]
    halves = {value: n for value, n in counts.items() if value != int(value)}
    if len(halves) > 20:
        return None, []
    for column in columns:
        held.update({answer_words.number(text) for text in column})
    whole = Counter({value: n for value, n in counts.items() if value not in halves})
    spread = {value: n / len(columns) for value, n in held.items()}
    found = [_scaled(scale, i, whole) for i, scale in enumerate(answer_scales.readings(whole, spread=spread))]
    if halves and found:
        bare = found if len(found) > 1 else [Reading(found[0].low, found[0].high, found[0].listed)]
        return "halves", [_halved(one, way, halves) for one, way in product(bare[:2], _WAYS)]
    kind = "steps" if all(not one.listed for one in found) else "codes"
    return (kind if len(found) > 1 else None), found


def _marked(said, parts):
    """Answers such as '4/5' are read by their number; the list shows it."""
    return {answer_words.tidy(text): parts[text][0] for text in said}


def _scaled(scale, place, counts):
    if scale.low < 0:  # from -2 to 2: one to five
        shift = 1 - scale.low
        return Reading(1, scale.high + shift, {str(n): n + shift for n in range(scale.low, scale.high + 1)})
    listed = {str(code): None for code in scale.codes if str(code) not in answer_words.SKIPPED}
    shown = ", ".join(str(code) for code in scale.codes if code >= 0)
    kind = "scale_codes" if shown else "scale"
    if (
        any(n in answer_scales.CODES for n in counts)
        and not any(n in answer_scales.CODES for n in scale.codes)
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
    names = list(dict.fromkeys(answer_words.tidy(text) for text in said))
    found = word_ladders.find(names, n=said.total())
    if found:
        return ("ladder" if len(found) > 1 else None), [stepped(one) for one in found]
    short = 3 <= len(names) <= 10 and max(map(len, names)) <= 40 and min(said.values()) > 1
    if columns < SEVERAL or not short:
        return None, []
    asked = Reading(1, len(names), dict.fromkeys(names, "?"), (("given", {}),))
    return "unread", [asked, NONE]


def _codes(only, columns):
    """Letters A to E, or codes A1 to A5: which end is the best, nobody can tell from them."""
    names = sorted(answer_words.tidy(text).rstrip(".") for text in only)
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


def _beside_numbers(said, parts, bare, only, columns):
    """Numbers, and a few words that may mean "no answer"."""
    found = _numbers(Counter({text: said[text] for text in bare}), parts, columns)[1]
    short = (
        len(only) <= 3 and max(map(len, only)) <= 40 and sum(said[text] for text in only) < 0.4 * said.total()
    )
    if not found or not short or len(columns) < SEVERAL:
        return None, []
    asked = with_words(found[0], {answer_words.tidy(text): "?" for text in only})
    return "unread", [offered(asked, "given"), *_emptied(found[0], sorted(only))]

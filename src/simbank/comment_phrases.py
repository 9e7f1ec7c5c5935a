"""How customers put it: a small grammar over the fragments of ``comments.yml``.

A comment is an occasion, what happened, what made it better or worse, and a closing, in the register of
whoever writes. Every choice takes the next of the whole numbers that belong to the comment, so that the
same numbers say the same words on every platform.
"""

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("zh", "en")
POLARITIES = ("neg", "neu", "pos")
REGISTERS = ("plain", "terse", "chatty", "angry", "polite", "elderly", "emoji", "call", "short", "empty")
# Whole numbers that a comment may use up at most.
NEEDS = 64
# Chances per thousand of what makes a text untidy.
TYPO, ENGLISH, HALF_WIDTH, FULL_WIDTH, BLANKS, CONTACT, SLOPPY, SHOUT = 90, 50, 70, 30, 25, 8, 220, 120
FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
HALF_MARKS = str.maketrans("，。！？：", ",.!?:")
QUESTIONS = (
    "请问",
    "能不能",
    "什么时候",
    "can ",
    "could ",
    "is ",
    "are ",
    "does ",
    "how ",
    "what ",
    "which ",
)
MARKS = {
    "zh": {"comma": "，", "stop": "。", "shout": "！！！", "joins": ["，", "，", "。"]},
    "en": {"comma": ", ", "stop": ". ", "shout": "!! ", "joins": [", ", " and ", ". "]},
}


@cache
def fragments():
    """Read what people wrote, one list a leaf.

    Returns
    -------
    dict
        By language. Do not change it.

    Examples
    --------
    >>> len(fragments()["zh"]["topics"]) == len(fragments()["en"]["topics"])
    True
    """
    return _listed(yaml.safe_load(Path(__file__).with_name("comments.yml").read_text(encoding="utf-8")))


def _listed(node):
    if isinstance(node, dict):
        return {key: _listed(value) for key, value in node.items()}
    lines = [line.strip() for line in node.strip().splitlines()]
    # Quotes keep a blank at an end.
    return [line[1:-1] if line[0] == line[-1] == '"' else line for line in lines]


class Dice:
    """The whole numbers of one comment, used up one after the other.

    Parameters
    ----------
    numbers : iterable of int
        ``NEEDS`` of them.

    Examples
    --------
    >>> dice = Dice([7, 1500])
    >>> dice.pick(["a", "b", "c"]), dice.falls(500)
    ('b', False)
    """

    def __init__(self, numbers):
        self._numbers = iter(numbers)

    def pick(self, among):
        """Choose one of a list."""
        return among[next(self._numbers) % len(among)]

    def falls(self, chance):
        """Tell whether something with a chance per thousand happens."""
        return next(self._numbers) % 1000 < chance


def say(row, numbers):
    """Put one comment into words.

    Parameters
    ----------
    row : mapping
        ``language``, ``topic``, ``polarity``, ``second``, ``second_polarity``, ``register``, ``ironic``,
        ``corporate``: names, polarities −1, 0 or 1, "" where there is no second topic.
    numbers : iterable of int
        Whole numbers, ``NEEDS`` of them.

    Returns
    -------
    str
        One line; empty where nothing was written.
    """
    dice, words = Dice(numbers), fragments()[row["language"]]
    register, tone = row["register"], POLARITIES[row["polarity"] + 1]
    if register == "empty":
        return ""
    if register == "short":
        return dice.pick(words[f"short_{tone}"])
    text = _body(row, dice, words)
    text = _closed(text, row, dice, words)
    text = _filled(text, dice, words["slots"])
    text = _capitals(text) if row["language"] == "en" else text
    for doubled in ("？。", "？，", "?.", "?,"):
        text = text.replace(doubled, doubled[0])
    return _untidy(text, row, dice, words)


def _body(row, dice, words):
    """Say what happened, with the second topic where there is one."""
    told, tone = words["topics"][row["topic"]], POLARITIES[row["polarity"] + 1]
    marks, register = MARKS[row["language"]], row["register"]
    if row["ironic"]:
        text = dice.pick(told["ironic"])
    elif register == "terse" and tone != "neu":
        text = dice.pick(told[f"terse_{tone}"])
    else:
        text = _event(row, dice, words)
    if tone != "neu" and not row["ironic"] and register != "terse" and dice.falls(450):
        text += _more(told["more" if tone == "neg" else "pos_more"], register, dice, marks)
    if row["second"]:
        other = POLARITIES[row["second_polarity"] + 1]
        turn = "same" if other == tone else f"{tone}_{other}"
        blank = " " if row["language"] == "en" else ""
        text += dice.pick(words["turns"][turn]) + blank
        text += dice.pick(words["topics"][row["second"]][f"terse_{other}"])
    return text


def _more(added, register, dice, marks):
    """Add a clause; who chats may add two."""
    one = dice.pick(added)
    other = dice.pick([line for line in added if line != one])
    join = dice.pick(marks["joins"])
    return join + one + (marks["comma"] + other if register == "chatty" and dice.falls(500) else "")


def _event(row, dice, words):
    """Say the core, after its occasion where it wants one."""
    told, tone = words["topics"][row["topic"]], POLARITIES[row["polarity"] + 1]
    core = dice.pick(told[tone])
    if tone == "neu" and core.lower().startswith(QUESTIONS):
        core += "？" if row["language"] == "zh" else "?"
    if core.startswith("^"):
        return core[1:]
    group = "".join(told["opens"])
    group = "corporate" if row["corporate"] and group == "branch" else group
    opening = dice.pick(words["opens"][group])
    # Pensioners speak of themselves: "I brought my mother" is not for them.
    wanted = {"chatty": 850, "plain": 550, "call": 350, "elderly": 250, "terse": 0}.get(row["register"], 450)
    if tone == "neu" or not dice.falls(wanted) or (row["register"] == "elderly" and group == "senior"):
        return core
    return opening + ("，" if row["language"] == "zh" else ". ") + core


def _closed(text, row, dice, words):
    """Add what the register puts around the words."""
    register, tone, marks = row["register"], POLARITIES[row["polarity"] + 1], MARKS[row["language"]]
    # Who finds both good and bad ends evenly.
    even = row["second"] and row["second_polarity"] != row["polarity"]
    closing = dice.pick(words["ends"]["neu" if even else tone])
    if register == "call":
        end = "call_ends_neg" if tone == "neg" else "call_ends_other"
        return dice.pick(words["begins"][f"call_{tone}"]) + text + dice.pick(words[end])
    if register == "angry":
        return text + marks["shout"] + dice.pick(words["ends"]["angry"]) + marks["shout"].strip()
    if register == "polite":
        closing = closing if tone == "neu" else dice.pick(words["ends"][f"polite_{tone}"])
        return dice.pick(words["begins"]["polite"]) + text + marks["stop"] + closing + marks["stop"].strip()
    if register == "elderly":
        after = "" if tone == "neu" else marks["stop"] + dice.pick(words[f"elderly_{tone}"])
        return dice.pick(words["begins"]["elderly"]) + marks["stop"] + text + after + marks["stop"].strip()
    if register == "emoji":
        return _bare(text, tone, dice, words)
    if register == "chatty":
        begin = dice.pick(words["begins"]["chatty"]) if dice.falls(450) else ""
        last = dice.pick([marks["stop"].strip(), "", "…", "~"])
        return begin + text + (last if row["ironic"] else marks["stop"] + closing + last)
    if register == "plain" and not (even or row["ironic"]) and dice.falls(350):
        return text + marks["comma"] + closing + marks["stop"].strip()
    return text + dice.pick([marks["stop"].strip(), ""])


def _bare(text, tone, dice, words):
    """Write without punctuation, with emoji, as on a phone."""
    for mark in ("，", "。", ", ", ". "):
        text = text.replace(mark, " ")
    tag = dice.pick(words["begins"]["tag"]) if dice.falls(180) else ""
    face = dice.pick(words[f"emoji_{tone}"])
    return tag + text + " " + face * dice.pick([1, 1, 2, 3])


def _filled(text, dice, slots):
    """Fill the slots, each with a choice of its own."""
    while "{" in text.replace("{phone}", ""):
        name = text.replace("{phone}", "").split("{", 1)[1].split("}", 1)[0]
        text = text.replace(f"{{{name}}}", dice.pick(slots[name]), 1)
    return text


def _capitals(text):
    """Begin sentences with a capital, as far as people do."""
    for mark in (". ", "? ", "!! "):
        text = mark.join(part[:1].upper() + part[1:] for part in text.split(mark))
    head, comma, rest = text.partition(", ")
    # "Well, A transfer …": after a short greeting the sentence goes on.
    if comma and len(head) < 20 and rest[:2] not in ("I ", "A0") and rest[1:2].islower():
        text = head + comma + rest[:1].lower() + rest[1:]
    return text.replace(", A ", ", a ")


def _untidy(text, row, dice, words):
    """Leave a text as people do: slips, other widths, blanks, now and then a telephone number."""
    if row["register"] != "call" and dice.falls(TYPO):
        text = _swapped(text, words["typos"], dice)
    if dice.falls(ENGLISH):
        text = _swapped(text, words["english"], dice)
    if row["polarity"] < 1 and dice.falls(CONTACT):
        # Chinese mobile numbers never begin with 12: nobody's telephone rings.
        number = "12" + "".join(str(dice.pick(range(10))) for _ in range(9))
        text = text.rstrip("。.") + dice.pick(words["contacts"]).format(phone=number)
    if row["language"] == "zh":
        text = text.translate(HALF_MARKS) if dice.falls(HALF_WIDTH) else text
        text = text.translate(FULL_DIGITS) if dice.falls(FULL_WIDTH) else text
    elif dice.falls(SLOPPY):
        text = text.lower()
    elif row["register"] == "angry" and dice.falls(SHOUT):
        text = text.upper()
    return dice.pick([f" {text}", f"{text}  "]) if dice.falls(BLANKS) else text


def _swapped(text, pairs, dice):
    """Write one of the words that occur in the text the other way."""
    there = [pair.split("|") for pair in pairs if pair.split("|")[0] in text]
    return text.replace(*dice.pick(there), 1) if there else text

"""Ladders of words: which steps a set of answers stands on, and whether another ladder would hold them as well."""

from typing import NamedTuple

_STEMS = "同意 满意 符合 赞同 赞成 认同 认可 愿意 可能 重要 清楚 方便 专业 及时 热情 信任 舒适 合理"
_STRONG = ("非常", "很", "完全", "极其", "十分", "极", "特别")
MIDDLE = (
    "一般", "普通", "中立", "不确定", "说不上", "无所谓", "尚可", "还行", "还可以", "中等", "neutral", "neither", "average",
    "fair", "undecided", "ok", "okay", "acceptable", "so-so", "moderate",
)  # fmt: skip
ENOUGH = 100  # answers after which a step in the middle that nobody chose is none


class Ladder(NamedTuple):
    """Numbers for a set of answers.

    Parameters
    ----------
    numbers : dict
        Word → step, from 1.
    steps : int
        How many there are.
    names : tuple of str
        One word for each step, for people.
    """

    numbers: dict
    steps: int
    names: tuple


def _chinese(stem):
    """The ladders of a word such as 满意; 基本满意 is the middle of the national five steps."""
    top = tuple(f"{strong}{stem}" for strong in _STRONG)
    bottom = tuple(f"{strong}不{stem}" for strong in _STRONG)
    basic, plain, no = f"基本{stem}", stem, f"不{stem}"
    weak = tuple(
        f"{how}{stem}" for how in ("不太", "不大", "不怎么", "比较不", "较不", "有点不", "有些不", "不很")
    )
    fair = tuple(f"{how}{stem}" for how in ("比较", "较", "较为", "有点", "有些", "还算"))
    middle = (*MIDDLE, f"{stem}度一般")
    if stem in ("同意", "赞同", "赞成"):
        bottom, no = (*bottom, "非常反对", "强烈反对", "坚决反对"), (f"不{stem}", "反对")
    no = no if isinstance(no, tuple) else (no,)
    low = (*no, *weak)
    return _and_without_ends(
        (bottom, low, middle, (plain, *fair, basic), top),
        (bottom, low, (basic,), (plain,), top),
        (low, (basic,), (plain,), top),
        (bottom, low, (plain, *fair, basic), top),
        (low, middle, (plain, *fair, basic)),
        (low, middle, fair, (plain,)),
        (low, middle, fair, (plain,), top),
        (bottom, no, weak, middle, (*fair, basic), (plain,), top),
        (bottom, no, weak, (*fair, basic), (plain,), top),
    )


def _english(word, opposites):
    strong = ("strongly", "very", "completely", "extremely", "fully", "totally", "entirely", "definitely")
    weak = ("somewhat", "slightly", "rather", "fairly", "a little", "partly", "tend to", "generally")
    plain = ("moderately", "mostly", "quite", "generally")
    top, some, firm = ([f"{how} {word}" for how in part] for part in (strong, weak, plain))
    down, little, no = (
        [f"{how} {one}" for how in part for one in opposites] for part in (strong, weak, plain)
    )
    middle, no, firm = MIDDLE, [*opposites, *no], [word, *firm]
    return _and_without_ends(
        (down, [*no, *little], middle, [*firm, *some], top),
        (down, [*no, *little], [*firm, *some], top),
        ([*no, *little], middle, [*firm, *some]),
        (down, no, little, middle, some, firm, top),
        (down, no, little, some, firm, top),
    )


def _and_without_ends(*ladders):
    """A question may run from 不满意 over 不太满意, 一般 and 比较满意 to 满意 as well: the long ladders without their ends."""
    return (*ladders, *(one[1:-1] for one in ladders if len(one) > 5))


_WORST = ("很差", "非常差", "极差", "very poor", "very bad", "terrible", "awful")
_BAD, _GOOD = ("差", "较差", "比较差", "不好", "poor", "bad"), ("好", "较好", "比较好", "良好", "good")
_BEST, _EXCELLENT = (
    ("很好", "非常好", "极好", "优秀", "very good", "excellent", "outstanding"),
    ("excellent", "outstanding"),
)
_OTHERS = (
    (_WORST, _BAD, MIDDLE, _GOOD, _BEST),
    (("poor",), ("fair",), ("good",), ("very good",), _EXCELLENT),
    (("poor",), ("fair",), ("good",), _EXCELLENT),
    (_BAD, MIDDLE, _GOOD),
    (("差", "不好"), ("较差", "比较差"), MIDDLE, ("较好", "比较好"), ("好", "良好")),
    (_WORST, ("差", "不好"), ("较差", "比较差"), MIDDLE, ("较好", "比较好"), ("好", "良好"), _BEST),
    (("差", "不及格", "不合格"), ("中", "及格", "合格", "中等"), ("良", "良好"), ("优", "优秀")),
    (("差", "不及格"), ("及格", "合格"), ("中", "中等"), ("良", "良好"), ("优", "优秀")),
    (("从不", "从来没有", "never"), ("很少", "偶尔", "rarely", "seldom"), ("有时", "一般", "sometimes"),
     ("经常", "often", "usually"), ("总是", "always")),
    # how much: what all answers end with ("satisfied") is cut off before
    (("not at all", "none at all"), ("not so", "slightly", "a little", "not very"), ("somewhat", "moderately", "a moderate amount"),
     ("very", "quite", "a lot"), ("extremely", "completely", "a great deal")),
    (("not at all",), ("not very", "slightly", "a little"), ("somewhat", "fairly", "moderately", "quite"), ("very",)),
    (("much worse than expected",), ("worse than expected",), ("as expected", "about as expected"), ("better than expected",),
     ("much better than expected",)),
    (("远低于预期",), ("低于预期",), ("符合预期",), ("高于预期", "超出预期"), ("远高于预期", "远超预期")),
)  # fmt: skip
_PAIRS = (
    ("agree", ("disagree", "do not agree", "don't agree")), ("satisfied", ("dissatisfied", "unsatisfied", "not satisfied")),
    ("likely", ("unlikely", "not likely")), ("important", ("unimportant", "not important")),
    ("happy", ("unhappy", "not happy")), ("easy", ("difficult", "hard")), ("positive", ("negative",)),
)  # fmt: skip
LADDERS = (
    *(one for stem in _STEMS.split() for one in _chinese(stem)), *(one for pair in _PAIRS for one in _english(*pair)), *_OTHERS,
)  # fmt: skip
WORDS = {word for ladder in LADDERS for names in ladder for word in names}


def find(said, *, n=ENOUGH):
    """Find the ladders on which a set of answers can stand.

    Parameters
    ----------
    said : iterable of str
        The different answers, tidied, at least two.
    n : int
        How often they were given in all.

    Returns
    -------
    list of Ladder
        The likeliest first; one alone where nothing is doubtful; none where the words are of no ladder.

    Examples
    --------
    >>> national = find(["非常满意", "满意", "基本满意", "不满意", "非常不满意"])
    >>> len(national), national[0].numbers["基本满意"]
    (1, 3)
    >>> [one.steps for one in find(["满意", "非常满意"])]
    [5, 4, 6]
    """
    said = list(dict.fromkeys(said))
    found = _fitting(said, said, n)
    if not found and (end := _common_end(said)):
        found = _fitting([word.removesuffix(end).strip() for word in said], said, n)
    if not found:
        return []
    fewest = min(unused for unused, _ in found)
    near, seen = [one for unused, one in found if unused <= fewest + (2 if fewest > 1 else 1)], {}
    for one in near:
        seen.setdefault((one.steps, *one.numbers.values()), one)
    kept = list(seen.values())
    best = next(one for unused, one in found if unused == fewest)
    if len(kept) > 1:
        best = next((one for one in kept if one.steps == 5 and (fewest or one is best)), best)
    return [best, *(one for one in kept if (one.steps, one.numbers) != (best.steps, best.numbers))]


def _fitting(bare, said, n):
    """The ladders that hold all words, each on a step of its own, and how many steps nobody chose."""
    found = []
    for steps in LADDERS:
        known = {word: i for i, names in enumerate(steps, start=1) for word in names}
        used = [known.get(word) for word in bare]
        if None in used or len(set(used)) < max(len(said), 2):
            continue
        gap = max(used) - min(used) + 1 - len(used)
        if gap and n >= ENOUGH and len(said) > 2:
            continue
        words = dict(zip(used, said, strict=True))
        names = tuple(words.get(i, names[0]) for i, names in enumerate(steps, start=1))
        found.append((len(steps) - len(used), Ladder(dict(zip(said, used, strict=True)), len(steps), names)))
    return found


def _common_end(said):
    """The words with which all answers end, such as 'satisfied' in 'very satisfied'."""
    split = [word.split() for word in said]
    end = []
    while all(split) and len({parts[-1] for parts in split}) == 1 and min(map(len, split)) > 1:
        end.insert(0, split[0][-1])
        split = [parts[:-1] for parts in split]
    return " ".join(end)


def side(word):
    """Tell whether a word is the end of a ladder.

    Parameters
    ----------
    word : str
        A tidied answer.

    Returns
    -------
    int
        1 for the best, -1 for the worst step, 0 for any other word.

    Examples
    --------
    >>> side("strongly agree"), side("非常不满意"), side("neutral")
    (1, -1, 0)
    """
    return (word in _TOPS) - (word in _BOTTOMS)


_TOPS = {word for ladder in LADDERS for word in ladder[-1]}
_BOTTOMS = {word for ladder in LADDERS for word in ladder[0]}

"""Items that speak of the same things twice: expectations beside perceptions, importance beside satisfaction, two scales."""

import re
from collections import Counter

from owndata.identify.identifiers import plain
from owndata.map import claimed_columns, column_roles
from owndata.map.questions import Question, choice, listed

FEWEST = 3  # items of a kind
WHOLE = {"dimension_zh": "全部题目", "dimension_en": "all questions"}  # items that no stem puts together
_IMPORTANCE = re.compile(r"重要(性|程度|度)?|importance|how important|\bimportant\b")
_KIND = re.compile(
    r"[\s\-—–:：_()（）\[\]]*(重要(性|程度|度)?|满意(度|程度)?|评价|表现|importance|performance|satisfaction|rating)[\s\-—–:：_()（）\[\]]*"
)
_AGAIN = re.compile(r"(.+) \((\d+)\)")
_WEIGHT = re.compile(
    r"(抽样|样本|加权)?权(重|数)(系数)?|(sampling |survey |case )?weights?|wt|wgt|weight_?\w*"
)
_RANKED = re.compile(r"排序|排名|\brank")


def asked(table):
    """Ask about items that may be no perceptions, and mark in the table what is proposed.

    Parameters
    ----------
    table : DataFrame
        The proposed columns, changed here.

    Yields
    ------
    Question
    """
    yield from _other_scale(table)
    if (table["role"] == "expectation").any():
        return
    yield from _importance(table)
    yield from _twice(table)


def _other_scale(table):
    """Which are the items, where three or more stand on another scale?"""
    left = table[(table["note"] == "scale") & table["high"].notna()]
    rated = [heading for heading in left["heading"] if column_roles.rated(heading) == "perception"]
    left = left[left["heading"].isin(rated)]
    often = Counter(zip(left["low"], left["high"], strict=True)).most_common(1)
    if not often or often[0][1] < FEWEST or not (table["role"] == "perception").any():
        return
    low, high = often[0][0]
    others = left[(left["low"] == low) & (left["high"] == high)]["heading"].tolist()
    items = table[table["role"] == "perception"]
    mine = items["heading"].tolist()
    more = {"mine": len(mine), "other": len(others), "first": others[0]}
    more |= {"scale": f"{items['low'].iloc[0]}–{items['high'].iloc[0]}", "second": f"{low}–{high}"}
    ways = (
        choice("these_items", heading=mine[0], count=len(mine), columns=_as(others, "ignore")),
        choice("these_items", heading=others[0], count=len(others),
               columns=_as(mine, "ignore") | _numbered(others, "perception", **WHOLE)),
    )  # fmt: skip
    yield Question("scales", mine[0], (), ways, more)


def _importance(table):
    """Importance is no perception: left out, or the expectation where people say so."""
    items = table.index[table["role"] == "perception"]
    weighed = [i for i in items if _IMPORTANCE.search(plain(table.loc[i, "heading"]))]
    rest = [i for i in items if i not in weighed]
    if min(len(weighed), len(rest)) < FEWEST:
        return
    names, others = (table.loc[rows, "heading"].tolist() for rows in (weighed, rest))
    for i in weighed:
        table.loc[i, "role"], table.loc[i, "item"], table.loc[i, "note"] = "ignore", None, "importance"
    claimed_columns.renumber(table, "perception")
    ways = [choice("leave_out", columns=_as(names, "ignore"))]
    if order := _matched(names, others):
        ways.append(choice("expectations", columns=_numbered(order, "expectation")))
    ways.append(choice("all_items", columns=_numbered([*others, *names], "perception")))
    yield Question("importance", names[0], (), tuple(ways), {"columns": listed(names)})


def _matched(names, others):
    """The first in the order of the second, by what is left without the words for importance and satisfaction."""
    bare = {_KIND.sub("", column_roles.asked(name)).strip() or name: name for name in names}
    order = [bare.get(_KIND.sub("", column_roles.asked(other)).strip()) for other in others]
    return order if len(bare) == len(others) and None not in order else None


def _twice(table):
    """The same headings a second time: what was expected, and what was met?"""
    items = table.index[table["role"] == "perception"]
    heads = set(table.loc[items, "heading"])
    pairs = [(found[1], name) for name in heads if (found := _AGAIN.fullmatch(name)) and found[1] in heads]
    order = {name: k for k, name in enumerate(table["heading"])}
    pairs.sort(key=lambda pair: order[pair[0]])
    if len(pairs) < FEWEST or 2 * len(pairs) != len(items):
        return
    first, second = map(list, zip(*pairs, strict=True))
    ways = (
        choice("first_expected", columns=_numbered(first, "expectation") | _numbered(second, "perception")),
        choice("second_expected", columns=_numbered(first, "perception") | _numbered(second, "expectation")),
        choice("first_only", columns=_numbered(first, "perception") | _as(second, "ignore")),
        choice("second_only", columns=_numbered(second, "perception") | _as(first, "ignore")),
        choice("all_items", columns=_numbered([*first, *second], "perception")),
    )
    yield Question("twice", first[0], (), ways, {"other": second[0], "count": len(pairs)})


def leave_others(table):
    """Leave out places in an order (1 is the best, and everybody gives each once) and the weight of each answer.

    Parameters
    ----------
    table : DataFrame
        The proposed columns, changed here.
    """
    points = table.index[table["role"] == "points"]
    for i, heading in enumerate(table["heading"]):
        alone = len(points) == 1 and i in points
        if alone or (
            table.loc[i, "role"] == "ignore" and _WEIGHT.fullmatch(plain(heading).partition(". ")[0])
        ):
            table.loc[i, ["role", "note", "dimension_zh"]] = ["ignore", "weight", None]
    items = table.index[(table["role"] == "perception") & table["dimension_zh"].notna()]
    for _, rows in table.loc[items].groupby("dimension_zh", sort=False).groups.items():
        if len(rows) < FEWEST or not _RANKED.search(plain(table.loc[rows[0], "heading"])):
            continue
        for i in rows:
            table.loc[i, "role"], table.loc[i, "item"], table.loc[i, "note"] = "ignore", None, "ranks"
    claimed_columns.renumber(table, "perception")


def _as(headings, role):
    return {name: {"role": role, "item": None} for name in headings}


def _numbered(headings, role, **more):
    return {name: {"role": role, "item": k, **more} for k, name in enumerate(headings, 1)}

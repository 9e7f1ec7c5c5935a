"""From the rows of an improvement plan to what a bank does: which action, where, when, how much of it."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank import branches, calendar, touchpoints
from simbank.actions import BLOCK, CAPACITY, CATALOGUE, GROUPS, LONGEST
from simbank.simulated_codebook import codebook
from simbank.streams import SETTING, generator

# The year after the record: 52 weeks from its first Monday.
FIRST_DAY, WEEKS = int(calendar.day("2026-01-05")), 52
STATES = ("done", "shortened", "no_days_left", "not_this_year")
# Ids up to this length are common words: “low” stands in “follow”, too.
SHORT = 6


class Unclear(ValueError):
    """A row of a plan that cannot be carried out as it is written.

    Attributes
    ----------
    en, zh : str
        One sentence in each language.
    """

    def __init__(self, *, en, zh):
        super().__init__(f"{en} {zh}")
        self.en, self.zh = en, zh


@dataclass(frozen=True)
class Step:
    """One action as it is carried out.

    Attributes
    ----------
    number : int
        Its number in the plan.
    action : str
        A key of ``CATALOGUE``.
    place : tuple of int
        Position of the branch, and of the touchpoint or group; −1 for none.
    owner : str
        Who does it.
    first, last : int
        Weeks of the year, from 0.
    planned, days : int
        Person-days asked for and given.
    state : str
        One of ``STATES``.
    """

    number: int
    action: str
    place: tuple
    owner: str
    first: int
    last: int
    planned: int
    days: int = 0
    state: str = "done"


def read(rows, known):
    """Turn the rows of a plan into steps, in the order of the plan.

    Capacity goes to the rows in their order, in whole blocks, until none is left. Nobody does two things at once: a second
    action of the same owner begins when the first is over.

    Parameters
    ----------
    rows : DataFrame
        ``number``, ``bottleneck``, ``action``, ``owner``, ``start``, ``end``, ``effort_days``, perhaps ``row``.
    known : DataFrame
        The table ``branches``.

    Returns
    -------
    list of Step
        Empty where nothing is planned.

    Raises
    ------
    Unclear
        If a row names no action or place of this bank, or no days.
    """
    found, left, busy = [], CAPACITY, {}
    for line, row in enumerate(rows.to_dict("records"), start=2):
        step = _step(row, known, at=int(row.get("row", line)))
        length = step.last - step.first
        first = max(step.first, busy.get(step.owner, 0))
        days = min(step.planned, left, LONGEST) // BLOCK * BLOCK
        away = step.first < 0 or first >= WEEKS
        state = STATES[3] if away else STATES[2] if not days else STATES[days < step.planned]
        days = 0 if away else days
        if days:
            busy[step.owner], left = first + length + 1, left - days
        last = min(first + length, WEEKS - 1)
        found.append(
            Step(step.number, step.action, step.place, step.owner, first, last, step.planned, days, state)
        )
    return found


def _step(row, known, *, at):
    """Read one row as it is written."""
    words = f"{row['action']} {row['bottleneck']}"
    said = _plain(words)
    action = _only(_named(said, "year_plan", "action"), at) or _unknown_action(row, at)
    branch = _only(_branches(words, known), at)
    if branch is None:
        raise Unclear(
            en=f"Row {at} of the plan names no branch of this bank: write its number or name, such as "
            f"{known['branch'].iloc[0]}, into “bottleneck”.",
            zh=f"计划第 {at} 行没有写明是哪家网点：请在“瓶颈”里写上网点编号或名称，例如 {known['branch'].iloc[0]}。",
        )
    beside = _beside(words, CATALOGUE[action].beside, at)
    days = row["effort_days"]
    if not (isinstance(days, (int, float)) and days >= BLOCK):
        raise Unclear(
            en=f"Row {at} of the plan gives fewer than {BLOCK} person-days, and nothing begins with less: write "
            f"{BLOCK} or more into “effort”.",
            zh=f"计划第 {at} 行投入不到 {BLOCK} 人天，开不了工：请在“投入”里写 {BLOCK} 或更多。",
        )
    first, last = (
        int(calendar.day(pd.Timestamp(row[name]).date()) - FIRST_DAY) // 7 for name in ("start", "end")
    )
    number = int(row["number"]) if row["number"] == row["number"] else at - 1
    return Step(number, action, (branch, beside), str(row["owner"]), first, last, round(days))


def _plain(text):
    """Without width, case and blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text))).casefold()


def _words(table, column):
    """Ids of a column with what they are called in both languages, the longest first."""
    pairs = [
        (_plain(word), name)
        for name, both in _values(table, column).items()
        for word in (both["en"], both["zh"], *([name] if len(name) > SHORT else []))
    ]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _values(table, column):
    """Ids of a column with what they are called in both languages."""
    fields = codebook()["tables"][table]["fields"]
    return next(field["values"] for field in fields if field["name"] == column)


def _named(said, table, column):
    """The ids whose names stand in a text; a name within a longer one that was found does not count."""
    found = []
    for word, name in _words(table, column):
        if word in said:
            said = said.replace(word, " ")
            found.append(name)
    return list(dict.fromkeys(found))


def _only(found, at):
    """The one that was named, None where nothing was; several in one row are no plan, whichever we chose."""
    if len(found) > 1:
        raise Unclear(
            en=f"Row {at} of the plan names several actions, branches or steps: one row is one action, in one branch. "
            "Divide it into rows.",
            zh=f"计划第 {at} 行写了不止一项措施、网点或环节：一行只写一家网点的一项措施。请拆成几行。",
        )
    return found[0] if found else None


def _unknown_action(row, at):
    values = _values("year_plan", "action").values()
    raise Unclear(
        en=f"Row {at} of the plan, “{row['action']}”, is none of the actions that this bank can carry out: "
        f"{'; '.join(both['en'] for both in values)}. Write one of them into “action”.",
        zh=f"计划第 {at} 行“{row['action']}”不是这家银行能做的措施。请在“措施”里写下面的一项："
        f"{'；'.join(both['zh'] for both in values)}。",
    )


def _branches(words, known):
    """Positions of the branches that a text names, by number or in either language."""
    said, written = _plain(words), unicodedata.normalize("NFKC", words).casefold()
    numbers = known["branch"].str.casefold()
    found = [at for at, one in enumerate(numbers) if re.search(rf"(?<![a-z0-9]){one}(?!\d)", written)]
    names = [(_plain(word), at) for column in ("name_en", "name_zh") for at, word in enumerate(known[column])]
    for word, at in sorted(names, key=lambda pair: -len(pair[0])):
        if word in said:
            said = said.replace(word, " ")
            found.append(at)
    return list(dict.fromkeys(found))


def _beside(words, kind, at):
    if kind == "touchpoint":
        name = _only(_named(_plain(words), "touchpoints", "touchpoint"), at)
        if name is None:
            raise Unclear(
                en=f"Row {at} of the plan mends a step but does not say which: write its name, such as Queueing, "
                "into “bottleneck”.",
                zh=f"计划第 {at} 行要改一个环节，却没写是哪一个：请在“瓶颈”里写上它的名称，例如“取号等候”。",
            )
        return touchpoints.NAMES.index(name)
    if kind == "digital_use":
        name = _only(_named(_plain(words), "year_plan", "group"), at)
        return _uncalled(at) if name is None else -1 if name == "everybody" else GROUPS.index(name)
    return -1


def _uncalled(at):
    values = _values("year_plan", "group").values()
    raise Unclear(
        en=f"Row {at} of the plan does not say who is called: write “{'”, “'.join(both['en'] for both in values)}” "
        "beside the branch.",
        zh=f"计划第 {at} 行没写关怀电话打给谁：请在网点旁边写上{'、'.join('“' + both['zh'] + '”' for both in values)}里的一种。",
    )


def of_the_managers(seed, known, perceived, here):
    """Write the plan that the bank's own managers carry out where nobody gives them another.

    As banks do: one thing at each of the places that look worst, the loudest idea among them, the step that customers
    complain of most.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    known : DataFrame
        The table ``branches``.
    perceived : ndarray
        As for `actions.world`.
    here : World
        As returned by `actions.world`.

    Returns
    -------
    list of Step
        Four steps, each at a branch of its own where there are four.
    """
    rng = generator(seed, "year", chunk=SETTING + 1)
    worst = np.argsort(perceived.mean(axis=1), kind="stable")
    firsts = rng.integers(3, 12, 4)
    ideas = (("promise_training", -1, 40), (here.trap, -1, 20), ("care_calls", -1, 30),
             ("mend_moment", int(np.argmax(touchpoints.STATED)), 30))  # fmt: skip
    return [
        Step(number + 1, name, (int(worst[number % len(known)]), beside), f"M{number + 1}",
             int(firsts[number]), int(firsts[number]) + 7, days, days)
        for number, (name, beside, days) in enumerate(ideas)
    ]  # fmt: skip


def table(steps, count):
    """Write down what was planned and what became of it.

    Parameters
    ----------
    steps : list of Step
        As returned by `read`.
    count : int
        How many branches.

    Returns
    -------
    DataFrame
        The table ``year_plan``: one row is an action.
    """
    ids = branches.ids(count)
    names = ["number", "action", "branch", "touchpoint", "group", "owner", "start", "end", "days_planned",
             "days", "state"]  # fmt: skip
    rows = []
    for step in steps:
        kind, beside = CATALOGUE[step.action].beside, step.place[1]
        touchpoint = touchpoints.NAMES[beside] if kind == "touchpoint" else ""
        group = "" if kind != "digital_use" else "everybody" if beside < 0 else GROUPS[beside]
        start, end = (FIRST_DAY + 7 * step.first, FIRST_DAY + 7 * step.last + 4)
        rows.append([step.number, step.action, ids[step.place[0]], touchpoint, group, step.owner,
                     *calendar.text(np.array([start, end])), step.planned, step.days, step.state])  # fmt: skip
    return pd.DataFrame(rows, columns=names)

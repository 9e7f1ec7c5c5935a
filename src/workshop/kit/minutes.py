"""The minute plans of trainers' sheets, read, and laid over a day."""

import itertools
import re
from dataclasses import dataclass

from helpers.bank.language import WrongValue, pick
from workshop.kit import prose

BEGIN = 9 * 60  # nine o'clock; the timetable is a Word file, a trainer moves it
NOON = 12 * 60


@dataclass(frozen=True)
class Row:
    """One line of a minute plan: from and to in minutes of the lesson."""

    start: int
    end: int
    what: str
    must: bool
    say: str

    @property
    def screens(self):
        """The screens of the classroom page that it names in brackets."""
        return {
            int(number)
            for group in re.findall(r"[(（]([\d、,–\s]+)[)）]", self.what)
            for number in re.findall(r"\d+", group)
        }


@dataclass(frozen=True)
class Slot:
    """One block of the day: from and to in minutes since midnight."""

    start: int
    end: int
    kind: str  # "lesson", "activity", "slack", "pause", "lunch"
    lesson: object = None

    @property
    def clock(self):
        """As a timetable writes it."""
        return f"{self.start // 60}:{self.start % 60:02}–{self.end // 60}:{self.end % 60:02}"


def heading():
    """What the section with the minute plan is called in a trainer's sheet."""
    return pick(en="Minute plan", zh="时间安排")


def read(sections, *, name):
    r"""Read the minute plan of a trainer's sheet.

    Parameters
    ----------
    sections : dict
        From `material.sections`.
    name : str
        The lesson, for the error.

    Returns
    -------
    tuple of Row
        In order.

    Raises
    ------
    WrongValue
        If there is no table, or its minutes do not follow one another.

    Examples
    --------
    >>> table = "| minutes | what | must | say |\n|---|---|---|---|\n| 0–3 | guess (1) | ● | “Write.” |"
    >>> read({"Minute plan": table}, name="05")[0].screens
    {1}
    """
    tables = [block for block in prose.blocks(sections.get(heading(), "")) if block.kind == "table"]
    rows = [
        ["".join(run.text for run in cell) for cell in row] for table in tables[:1] for row in table.rows[1:]
    ]
    times = [tuple(map(int, re.findall(r"\d+", row[0]))) for row in rows]
    if (
        not rows
        or any(len(time) != 2 for time in times)
        or any(a[1] != b[0] for a, b in itertools.pairwise(times))
    ):
        raise WrongValue(
            en=f"{name}: the trainer's sheet has no minute plan whose rows follow one another (0–3, 3–6 …). Correct it.",
            zh=f"{name}：培训师手册里没有首尾相接的时间安排（0–3、3–6……）。请改正。",
        )
    return tuple(Row(*time, row[1], row[2] == "●", row[3]) for time, row in zip(times, rows, strict=True))


def day(route, lessons):
    """Lay a route over a day.

    Parameters
    ----------
    route : routes.Route
        Its hours, pauses and lunch.
    lessons : sequence of lessons.Lesson
        In order.

    Returns
    -------
    list of Slot
        For each lesson the lesson itself, its activity, its share of the slack; pauses between, and lunch at
        the gap nearest to noon. All but pauses and lunch together last as long as the route's hours.
    """
    free, slots, now = route.slack, [], BEGIN
    shares = [free // len(lessons) // 5 * 5] * (len(lessons) - 1)
    shares.append(free - sum(shares))
    lunch = _lunch(route, lessons, shares)
    for number, (lesson, share) in enumerate(zip(lessons, shares, strict=True)):
        parts = {"lesson": lesson.entry["minutes"], "activity": route.played(lesson.entry), "slack": share}
        if number < len(lessons) - 1:
            parts |= {"lunch": route.lunch} if number == lunch else {"pause": route.pause}
        for kind, length in parts.items():
            if length:
                slots.append(Slot(now, now + length, kind, lesson))
                now += length
    return slots


def _lunch(route, lessons, shares):
    """After which lesson the room eats: where noon is nearest."""
    if not route.lunch:
        return None
    ends, now = [], BEGIN
    for lesson, share in zip(lessons[:-1], shares, strict=False):
        now += lesson.entry["minutes"] + route.played(lesson.entry) + share
        ends.append(abs(now - NOON))
        now += route.pause
    return ends.index(min(ends))

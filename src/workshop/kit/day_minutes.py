"""The minute plans of trainers' sheets, read, and laid over the days of a route."""

import itertools
import re
from dataclasses import dataclass, replace

from helpers.bank.language import pick, wrong
from workshop.kit import print_blocks


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
    """One block of a day: from and to in minutes since midnight.

    Parameters
    ----------
    day : int
        Counted from 1.
    start, end : int
        Minutes since midnight.
    kind : {"lesson", "activity", "arrival", "pause", "lunch"}
        What it is.
    about : object
        The `lessons.Lesson`, the `activities.Activity`, or None.
    steps : tuple
        `Row` of a lesson, `activities.Step` of an activity.
    """

    day: int
    start: int
    end: int
    kind: str
    about: object = None
    steps: tuple = ()

    @property
    def clock(self):
        """As a timetable writes it."""
        return f"{clock(self.start)}–{clock(self.end)}"

    @property
    def must(self):
        """Minutes that even a late room needs."""
        return sum(step.end - step.start for step in self.steps if step.must)


def clock(minute):
    """Write a time of the day.

    Parameters
    ----------
    minute : int
        Since midnight.

    Returns
    -------
    str
        Such as ``9:05``.

    Examples
    --------
    >>> clock(545)
    '9:05'
    """
    return f"{minute // 60}:{minute % 60:02}"


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
    tables = [block for block in print_blocks.blocks(sections.get(heading(), "")) if block.kind == "table"]
    rows = [
        ["".join(run.text for run in cell) for cell in row] for table in tables[:1] for row in table.rows[1:]
    ]
    rows = [row for row in rows if row[0] != "–"]  # what is done where time is left
    times = [tuple(map(int, re.findall(r"\d+", row[0]))) for row in rows]
    if (
        not rows
        or any(len(time) != 2 for time in times)
        or any(a[1] != b[0] for a, b in itertools.pairwise(times))
    ):
        raise wrong("workshop.day_minutes.no_plan", name=name)
    return tuple(Row(*time, row[1], row[2] == "●", row[3]) for time, row in zip(times, rows, strict=True))


def _stretched(rows, *, minutes, optional=frozenset()):
    """Fit a minute plan to the minutes that a room gives to the lesson.

    Parameters
    ----------
    rows : sequence of Row
        From `read`.
    minutes : int
        How long the room takes.
    optional : collection of int
        Screens that this room leaves out first.

    Returns
    -------
    tuple of Row
        The same rows in whole minutes; the last ends with the lesson.

    Examples
    --------
    >>> [(row.start, row.end) for row in _stretched([Row(0, 3, "a", True, ""), Row(3, 30, "b", True, "")], minutes=40)]
    [(0, 4), (4, 40)]
    """
    scale = minutes / rows[-1].end
    return tuple(
        replace(
            row,
            start=round(row.start * scale),
            end=round(row.end * scale),
            must=row.must and not row.screens & set(optional),
        )
        for row in rows
    )


def laid(route, lessons):
    """Lay a route over its days.

    Parameters
    ----------
    route : routes.Route
        Its programme.
    lessons : sequence of lessons.Lesson
        In the order of the route.

    Returns
    -------
    list of Slot
        In order.
    """
    known, slots = {lesson.id: lesson for lesson in lessons}, []
    for number, (now, blocks) in enumerate(route.days, start=1):
        now -= sum(block.minutes for block in blocks if block.kind == "arrival")  # before the clock begins
        for block in blocks:
            about = known[block.about["id"]] if block.kind == "lesson" else block.about
            steps = ()
            if block.kind == "lesson":
                steps = _stretched(about.plan, minutes=block.minutes, optional=block.optional)
            elif block.kind == "activity":
                steps = about.steps
            slots.append(Slot(number, now, now + block.minutes, block.kind, about, steps))
            now += block.minutes
    return slots

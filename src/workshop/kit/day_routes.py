"""Routes through the course: days of activities, lessons and pauses, and whether they can be taught."""

from dataclasses import dataclass
from math import ceil

from helpers.bank.language import pick, wrong
from workshop.build import index
from workshop.kit import day_activities

MUST = 0.75  # of the hours at most: rooms start late, and ask


@dataclass(frozen=True)
class Block:
    """One entry of a day's programme.

    Parameters
    ----------
    kind : {"lesson", "activity", "arrival", "pause", "lunch"}
        What it is.
    minutes : int
        How long it lasts.
    about : object
        The lesson's entry in ``course.yml``, the `activities.Activity`, or None.
    optional : frozenset of int
        Screens of a lesson that this room leaves out first.
    """

    kind: str
    minutes: int
    about: object = None
    optional: frozenset = frozenset()


@dataclass(frozen=True)
class Route:
    """A way through the course for one kind of room.

    Parameters
    ----------
    name : str
        As ``course kit --route`` takes it.
    title : str
        In the reader's language.
    hours : float
        Hours of teaching; pauses come on top.
    days : tuple of tuple
        For each day when it begins, in minutes since midnight, and its blocks.
    people : int
        How many take part: copies are counted for them.
    """

    name: str
    title: str
    hours: float
    days: tuple
    people: int = 30

    @property
    def blocks(self):
        """The blocks of all days, in order."""
        return [block for _, blocks in self.days for block in blocks]

    @property
    def lessons(self):
        """Entries of ``course.yml``, in the order in which they are taught."""
        return tuple(block.about for block in self.blocks if block.kind == "lesson")

    @property
    def activities(self):
        """Its activities, in order."""
        return tuple(block.about for block in self.blocks if block.kind == "activity")

    def counted(self, text):
        """Fill in how many copies this room needs.

        Parameters
        ----------
        text : str
            May name `{people}`, `{threes}` and `{teams}` (of three and of five), `{sheets}` of four ballots, and
            `{ballots}`.

        Returns
        -------
        str
            With numbers.

        Examples
        --------
        >>> Route("r", "a room", 3, (), people=22).counted("{people} in {teams} teams, {ballots} ballots")
        '22 in 5 teams, 24 ballots'
        """
        sheets = ceil(self.people / 4)
        return text.format(
            people=self.people,
            threes=ceil(self.people / 3),
            teams=ceil(self.people / 5),
            sheets=sheets,
            ballots=4 * sheets,
        )

    @property
    def planned(self):
        """Minutes of teaching that the programme takes."""
        return sum(block.minutes for block in self.blocks if block.kind in ("lesson", "activity"))


def chosen(course, name, *, home):
    """Find a route, and refuse one that cannot be taught.

    Parameters
    ----------
    course : dict
        From `workshop.build.index.read`.
    name : str
        Its id.
    home : Path
        The collection's folder.

    Returns
    -------
    Route
        In the reader's language.

    Raises
    ------
    WrongValue
        If there is no such route, it names what the course does not have, or its minutes are not its hours.
    """
    routes = {one["id"]: one for one in course.get("routes", [])}
    if name not in routes:
        there = ", ".join(routes) or "–"
        raise wrong("workshop.day_routes.no_route", name=name, there=there)
    entry = routes[name]
    known = {one["id"]: one for one in index.lessons(course)} | day_activities.read(home)
    _refuse_unknown(entry, known)
    days = tuple(
        (_clock(day["begin"]), tuple(_block(one, known) for one in day["programme"])) for day in entry["days"]
    )
    return _fitting(Route(name, pick(en=entry["title"], zh=entry["title@zh"]), entry["hours"], days))


def _named(one):
    """The lesson or activity that an entry of a programme names; None for a pause."""
    return one.get("lesson") if isinstance(one, dict) else one


def _refuse_unknown(entry, known):
    named = [_named(one) for day in entry["days"] for one in day["programme"]]
    if missing := [one for one in named if one and one not in known]:
        names = ", ".join(missing)
        raise wrong("workshop.day_routes.unknown", entry=entry["id"], names=names)


def _block(one, known):
    if isinstance(one, str):
        return Block("activity", known[one].minutes, known[one])
    if "lesson" in one:
        return Block("lesson", one["minutes"], known[one["lesson"]], frozenset(one.get("optional", [])))
    ((kind, minutes),) = one.items()
    return Block(kind, minutes)


def _clock(text):
    hours, minutes = map(int, text.split(":"))
    return 60 * hours + minutes


def _fitting(route):
    """The same route, if its blocks fill its hours: no blank hour, and none too many."""
    if route.planned != round(60 * route.hours):
        raise wrong(
            "workshop.day_routes.minutes",
            route=route.name,
            planned=route.planned,
            hours=route.hours,
            minutes=60 * route.hours,
        )
    return route

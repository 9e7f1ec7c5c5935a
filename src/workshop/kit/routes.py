"""Routes through the course: which lessons, in how many hours, and whether they fit."""

from dataclasses import dataclass

from helpers.bank.language import WrongValue, pick
from workshop.build import index

SLACK = 0.25  # of the hours: rooms start late, and ask


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
    pause, lunch : int
        Minutes between two lessons, and at midday; zero where there is none.
    lessons : tuple of dict
        Entries of ``course.yml``, in order.
    activities : bool
        Whether role-plays are planned; otherwise they are played where time is left.
    """

    name: str
    title: str
    hours: float
    pause: int
    lunch: int
    lessons: tuple
    activities: bool = True

    @property
    def planned(self):
        """Minutes that the lessons and their activities take, optional parts included."""
        return sum(lesson["minutes"] + self.played(lesson) for lesson in self.lessons)

    def played(self, lesson):
        """Minutes planned for the activity of a lesson (an entry of ``course.yml``)."""
        return lesson.get("activity_minutes", 0) if self.activities else 0

    @property
    def slack(self):
        """Minutes of the hours that nothing is planned for."""
        return round(60 * self.hours) - self.planned


def chosen(course, name):
    """Find a route, and refuse one that cannot be taught.

    Parameters
    ----------
    course : dict
        From `workshop.build.index.read`.
    name : str
        Its id.

    Returns
    -------
    Route
        In the reader's language.

    Raises
    ------
    WrongValue
        If there is no such route, a lesson of it is not in the course yet, or its minutes leave less than
        a quarter of its hours free.
    """
    routes = {one["id"]: one for one in course.get("routes", [])}
    if name not in routes:
        there = ", ".join(routes) or "–"
        raise WrongValue(
            en=f"There is no route '{name}'; there are: {there}. Choose one of these.",
            zh=f"没有 '{name}' 这条路线；现有的是：{there}。请从中选一条。",
        )
    entry, known = routes[name], {one["id"]: one for one in index.lessons(course)}
    if missing := [lesson for lesson in entry["lessons"] if lesson not in known]:
        names = ", ".join(missing)
        raise WrongValue(
            en=f"The route '{name}' needs lessons that are not in the course yet: {names}. Choose another route.",
            zh=f"路线 '{name}' 需要的课还没有写好：{names}。请换一条路线。",
        )
    route = Route(
        name,
        pick(en=entry["title"], zh=entry["title@zh"]),
        entry["hours"],
        entry.get("pause_minutes", 0),
        entry.get("lunch_minutes", 0),
        tuple(known[lesson] for lesson in entry["lessons"]),
        entry.get("activities", True),
    )
    return _fitting(route)


def _fitting(route):
    """The same route, if it leaves a quarter of its hours free."""
    most = round(60 * route.hours * (1 - SLACK))
    if route.planned > most:
        raise WrongValue(
            en=f"The route '{route.name}' plans {route.planned} minutes; {route.hours:g} hours with a quarter of "
            f"slack hold {most}. Take a lesson out, or give it more hours.",
            zh=f"路线 '{route.name}' 排了 {route.planned} 分钟；{route.hours:g} 小时留出四分之一机动，"
            f"只能排 {most} 分钟。请减少一课，或增加时间。",
        )
    return route

"""What the room does beside the lessons: steps with minutes, what to say, what to leave out when late."""

from dataclasses import dataclass

from helpers.bank.language import current, pick, wrong
from workshop.build import source, yamlfile


@dataclass(frozen=True)
class Step:
    """One step of an activity, or of a lesson as the room goes through it; minutes count from its beginning."""

    start: int
    end: int
    what: str
    must: bool
    say: str


@dataclass(frozen=True)
class Activity:
    """One activity of ``course/day/activities.yml`` in the reader's language.

    Parameters
    ----------
    id, title : str
        Its key, and its name.
    steps : tuple of Step
        They follow one another.
    slide, debrief : tuple of str
        What stands on the wall; what to ask afterwards.
    late : str
        What to leave out when the room is late.
    material : tuple of str
        Ids of sheets.
    also : tuple of tuple
        Slides that follow the first: title and lines.
    replies : tuple of tuple
        What the trainer knows and the room does not: of what, and the reply.
    answers : str
        Markdown: what the trainer may take for a good answer.
    standing : bool
        Whether they leave their chairs.
    """

    id: str
    title: str
    steps: tuple
    slide: tuple
    debrief: tuple
    late: str
    material: tuple
    also: tuple = ()
    replies: tuple = ()
    answers: str = ""
    standing: bool = False

    @property
    def minutes(self):
        """How long it lasts."""
        return self.steps[-1].end


def read(home):
    """Read every activity in the reader's language.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    dict
        Id → `Activity`.

    Raises
    ------
    WrongValue
        If the file is not YAML, or an activity lacks something.
    """
    day = home / "course" / "day"
    entries = yamlfile.read(day / "activities.yml", otherwise=[])
    return {
        entry["id"]: _activity(
            entry,
            yamlfile.read(day / f"{entry['replies']}.yml") if "replies" in entry else (),
            _page(day / f"{entry['answers']}.md") if "answers" in entry else "",
        )
        for entry in entries
    }


def said(entry, name):
    """Take a text of an entry in the reader's language.

    Parameters
    ----------
    entry : dict
        Holds `name` in English and ``name@zh`` in Chinese.
    name : str
        Which text.

    Returns
    -------
    object
        As written.

    Raises
    ------
    WrongValue
        If it is missing.
    """
    key = pick(en=name, zh=f"{name}@zh")
    if key not in entry:
        raise wrong("workshop.day_activities.lacking", entry=entry.get("id", entry), key=key)
    return entry[key]


def _page(path):
    return "\n\n".join(cell.text for cell in source.read(path).in_language(current()))


def _activity(entry, cases, answers):
    steps, now = [], 0
    for one in entry["steps"]:
        steps.append(Step(now, now + one["minutes"], said(one, "what"), one["must"], said(one, "say")))
        now += one["minutes"]
    return Activity(
        entry["id"],
        said(entry, "title"),
        tuple(steps),
        tuple(said(entry, "slide")),
        tuple(said(entry, "debrief")),
        said(entry, "late"),
        tuple(entry["material"]),
        tuple((said(one, "title"), tuple(said(one, "lines"))) for one in entry.get("also", ())),
        tuple((pick(**one["name"]), pick(**one["compared"])) for one in cases),
        answers,
        entry.get("standing", False),
    )

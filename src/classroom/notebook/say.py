"""Sentences with computed numbers, and the key results that a run reports."""

from IPython.display import Markdown, display

from classroom.notebook import lesson_texts
from helpers.bank.language import WrongKind, wrong

RESULTS = "application/vnd.course.results+json"


def say(key, results=None):
    """Show a sentence with its numbers filled in.

    Parameters
    ----------
    key : str
        The key of a text of this lesson, whose sentence is said (see `placeholders.fill`).
    results : dict, optional
        More names; otherwise the notebook's own.

    Raises
    ------
    WrongValue
        If this lesson has no such sentence, or a placeholder cannot be filled.
    """
    if "sentence" not in lesson_texts.find(key):
        raise wrong("classroom.say.no_sentence", key=key)
    display(Markdown(lesson_texts.filled(key, results=results)["sentence"]), metadata={"sentence": True})


def keep(**results):
    """Keep key results for the table that ``course run`` prints; the reader sees nothing.

    Parameters
    ----------
    **results : number, str, bool or None
        Name and value, unrounded.

    Raises
    ------
    WrongKind
        If a value is not a single one.
    """
    display({RESULTS: {name: _plain(value, name) for name, value in results.items()}}, raw=True)


def _plain(value, name):
    """The value as JSON writes it; a number that is not there (NaN) is null."""
    value = value.item() if getattr(value, "size", None) == 1 and hasattr(value, "item") else value
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    came = type(value).__name__
    raise wrong("classroom.say.not_single", WrongKind, name=name, came=came)

"""Sentences with computed numbers, and the key results that a run reports."""

from IPython.display import Markdown, display

from classroom.notebook import placeholders, texts
from helpers.bank.language import WrongKind

RESULTS = "application/vnd.course.results+json"


def say(key, results=None):
    """Show a sentence with its numbers filled in.

    Parameters
    ----------
    key : str
        The key of a text of this lesson; in lessons of the older form the sentence itself, Markdown with
        placeholders (see `placeholders.fill`).
    results : dict, optional
        More names; otherwise the notebook's own.

    Raises
    ------
    WrongValue
        If a placeholder cannot be filled.
    """
    stored = texts.find(key)
    template = stored["sentence"] if stored else key
    display(Markdown(placeholders.fill(template.strip(), texts.names(results))), metadata={"sentence": True})


def caption(name, *, title, caption, alt):
    """Keep the texts of a figure until it is shown.

    Parameters
    ----------
    name : str
        The figure.
    title : str
        Its message, as a sentence.
    caption : str
        Units, n and source; stands small below the figure.
    alt : str
        One sentence for those who cannot see it. All three may hold placeholders.
    """
    texts.CAPTIONS[name] = {"title": title, "caption": caption, "alt": alt}


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
    raise WrongKind(
        en=f"`keep` takes single values; `{name}` is a {came}. Keep one number of it.",
        zh=f"`keep` 只保存单个值；`{name}` 是 {came}。请只保存其中的一个数。",
    )

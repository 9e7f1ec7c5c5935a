"""What is open: the one thing that is remembered between calls, like matplotlib's current figure."""

from dataclasses import dataclass, field


@dataclass
class Opened:
    """Remember the reader's language, the codebook that labels, and the lesson that was started.

    Attributes
    ----------
    language : {"en", "zh"}
        Set by `language.use`.
    book : Codebook or None
        Set by `codebook.use`.
    lesson : Lesson or None
        Set by ``start``; only the classroom knows what it is.
    failed : set of str
        Names that the last cell to set them failed to set.
    progress : dict
        What was done, by lesson, where it cannot be written down.
    """

    language: str = "en"
    book: object = None
    lesson: object = None
    failed: set = field(default_factory=set)
    progress: dict = field(default_factory=dict)


now = Opened()

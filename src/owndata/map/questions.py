"""What a file does not settle: asked in the mapping workbook, each with proposed choices to tick."""

from dataclasses import dataclass, field, replace

from helpers.bank.language import Both
from owndata.say.sentences import said

ASKED, CHOICES, COLUMNS = said("questions"), said("choices"), said("columns_asked")


@dataclass(frozen=True)
class Choice:
    """One answer to a question, and what it changes in the mapping.

    Parameters
    ----------
    en, zh : str
        Its text.
    columns : dict
        Heading → {column of the mapping: value}.
    words : dict
        Word group → its whole table.
    settings : dict
        Whatever else is settled by it, such as the order of day and month.
    """

    en: str
    zh: str
    columns: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    settings: dict = field(default_factory=dict)

    @property
    def text(self):
        """Both languages in one line, as the drop-down shows it."""
        return self.zh if self.zh == self.en else f"{self.zh} {self.en}"


@dataclass(frozen=True)
class Question:
    """A reading in doubt.

    Parameters
    ----------
    kind : str
        A key of the questions in `sentences.yml`.
    about : str
        The first column that it concerns; together with `kind` it names the question in another export, too.
    seen : tuple of str
        The values that raised it.
    more : dict
        What else the sentence names.
    choices : tuple of Choice
        The first is what the mapping proposes.
    answer : int or None
        The choice that was ticked, counted from 0.
    """

    kind: str
    about: str
    seen: tuple
    choices: tuple
    more: dict = field(default_factory=dict)
    answer: int | None = None

    @property
    def key(self):
        """What stays the same in a second export of the same form."""
        return f"{self.kind}: {self.about}"

    @property
    def sentence(self):
        """What was seen, and what is asked, in both languages."""
        words = {"about": self.about, "seen": listed(self.seen), **self.more}
        if "n" in words:
            columns = COLUMNS["one" if words["n"] == 1 else "many"]
            words["columns"] = Both(*(text.format(**words) for text in columns))
        sides = [{name: _side(value, i) for name, value in words.items()} for i in (0, 1)]
        return Both(*(text.format(**side) for text, side in zip(ASKED[self.kind], sides, strict=True)))

    def answered_as(self, other):
        """Take over the answer to the same question of another export, if it was about all that is seen here.

        Parameters
        ----------
        other : Question or None
            The question with the same key.

        Returns
        -------
        Question
            This one, answered or still open.
        """
        same = other is not None and other.answer is not None and set(self.seen) <= set(other.seen)
        return replace(self, answer=other.answer) if same and other.answer < len(self.choices) else self


def choice(kind, /, *, columns=None, words=None, settings=None, **more):
    """Word a choice.

    Parameters
    ----------
    kind : str
        A key of the choices in `sentences.yml`.
    columns, words, settings
        As in `Choice`.
    **more
        What the sentence names.

    Returns
    -------
    Choice

    Examples
    --------
    >>> choice("scale", low=1, high=5).en
    'a scale from 1 to 5'
    """
    en, zh = (text.format(**{name: _side(value, i) for name, value in more.items()})
              for i, text in enumerate(CHOICES[kind]))  # fmt: skip
    return Choice(en, zh, columns or {}, words or {}, settings or {})


def listed(values, most=8):
    """Write values in a row, the last ones as dots."""
    values = [str(value) for value in values]
    return ", ".join(values[:most]) + (" …" if len(values) > most else "")


def unanswered(questions):
    """List the questions that nobody has answered.

    Parameters
    ----------
    questions : iterable of Question

    Returns
    -------
    list of Question
    """
    return [one for one in questions if one.answer is None]


def _side(value, i):
    return value[i] if isinstance(value, tuple) else value

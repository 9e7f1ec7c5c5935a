"""The reader's language, chosen once by a notebook, and errors told in it."""

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from helpers.bank import opened

LANGUAGES = ("en", "zh")
# What moves a cursor, colours a screen, ends a line or turns the direction of writing.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def line(text):
    r"""Return a text as one line that no terminal takes for a command.

    Parameters
    ----------
    text : object
        For instance a heading or the name of a file.

    Returns
    -------
    str
        The same, with a blank for each control character.

    Examples
    --------
    >>> line("a\x1b[2Jb\nc")
    'a [2Jb c'
    """
    return _CONTROLS.sub(" ", str(text))


class Sentence:
    """An error told in both languages; Jupyter shows the sentence and no traceback.

    What it repeats of a file is cleaned here, once for all (see `line`); several sentences come as a list.
    """

    def __init__(self, *, en, zh):
        self.en, self.zh = (
            "\n".join(map(line, [said] if isinstance(said, str) else said)) for said in (en, zh)
        )
        super().__init__(self.en, self.zh)

    def __str__(self):
        return pick(en=self.en, zh=self.zh)

    def __reduce__(self):
        # Keyword-only arguments must survive the trip between processes.
        return _rebuild, (type(self), self.en.split("\n"), self.zh.split("\n"))

    def _render_traceback_(self):
        # IPython asks for this method before it draws a traceback.
        return [str(self)]


class Both(NamedTuple):
    """A few words in both languages; shown in the reader's."""

    en: str
    zh: str

    def __str__(self):
        return pick(en=self.en, zh=self.zh)


class WrongValue(Sentence, ValueError):
    """The value is of the right kind but cannot be used."""


class WrongKind(Sentence, TypeError):
    """The thing passed is not of the kind asked for."""


def wrong(key, kind=WrongValue, /, **found):
    """Word a refusal: what must be, what came, what to do.

    Parameters
    ----------
    key : str
        Module and name of a sentence in ``sentences.yml``, for instance ``"plan.waits_for"``; another package
        than this one comes first.
    kind : type
        `WrongValue`, or another `Sentence`.
    **found
        What the sentence names. Lists are joined as each language joins them; `Both` and another `Sentence`
        are said in the language of the sentence.

    Returns
    -------
    Sentence
        To be raised.

    Examples
    --------
    >>> print(wrong("rfm.bins", bins=12))
    `bins` must lie between 1 and 9, so that each mark is one digit; it is 12.
    """
    return kind(**_both(key, found))


def worded(key, /, **found):
    """Say one of the sentences of ``sentences.yml`` to the reader.

    Parameters
    ----------
    key, **found
        As for `wrong`.

    Returns
    -------
    str
        In the reader's language.

    Examples
    --------
    >>> worded("rfm.bins", bins=12)
    '`bins` must lie between 1 and 9, so that each mark is one digit; it is 12.'
    """
    return pick(**_both(key, found))


def _both(key, found):
    """Fill a sentence in both languages."""
    *package, module, name = key.split(".")
    said = _sentences(*package or ["helpers"])[module][name]
    return {
        spoken: said[spoken].format(**{word: _in(spoken, value) for word, value in found.items()})
        for spoken in LANGUAGES
    }


def _in(spoken, value):
    """One thing that a sentence names, in one language."""
    if isinstance(value, list):
        return _Joined(value, spoken)
    return getattr(value, spoken) if isinstance(value, Both | Sentence) else value


class _Joined(list):
    """A list that reads as a language joins it; `!r` still shows the list."""

    def __init__(self, values, spoken):
        super().__init__(values)
        self._mark = {"en": ", ", "zh": "、"}[spoken]

    def __str__(self):
        return self._mark.join(map(str, self))


@cache
def _sentences(package):
    from helpers.bank import yaml_texts  # not needed until something is said

    return yaml_texts.read(resources.files(package).joinpath("sentences.yml"))


def _rebuild(kind, en, zh):
    return kind(en=en, zh=zh)


def use(language):
    """Speak this language from now on.

    Parameters
    ----------
    language : {"en", "zh"}
        The reader's language.

    Raises
    ------
    ValueError
        If the language is not one of the two.

    Examples
    --------
    >>> use("en")
    >>> current()
    'en'
    """
    if language not in LANGUAGES:
        # Said in both languages: we do not know which one this reader reads.
        both = (
            f"`language` must be 'en' or 'zh'; it is {language!r}. Choose one of the two. "
            f"`language`（语言）只能是 'en' 或 'zh'，现在是 {language!r}，请改成其中之一。"
        )
        raise WrongValue(en=both, zh=both)
    opened.now.language = language


def current():
    """Return the language that is spoken now.

    Returns
    -------
    str
        ``"en"`` or ``"zh"``.
    """
    return opened.now.language


def pick(*, en, zh):
    """Choose the text in the reader's language.

    Parameters
    ----------
    en, zh : str
        The same text in English and in Chinese.

    Returns
    -------
    str
        One of the two.

    Examples
    --------
    >>> pick(en="gap", zh="差距")
    'gap'
    """
    return zh if opened.now.language == "zh" else en

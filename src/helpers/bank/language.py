"""The reader's language, chosen once by a notebook, and errors told in it."""

LANGUAGES = ("en", "zh")
_current = "en"


class Sentence:
    """An error told in both languages; Jupyter shows the sentence and no traceback."""

    def __init__(self, *, en, zh):
        self.en, self.zh = en, zh
        super().__init__(en, zh)

    def __str__(self):
        return pick(en=self.en, zh=self.zh)

    def __reduce__(self):
        # Keyword-only arguments must survive the trip between processes.
        return _rebuild, (type(self), self.en, self.zh)

    def _render_traceback_(self):
        # IPython asks for this method before it draws a traceback.
        return [str(self)]


class WrongValue(Sentence, ValueError):
    """The value is of the right kind but cannot be used."""


class WrongKind(Sentence, TypeError):
    """The thing handed over is not of the kind asked for."""


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
    global _current
    if language not in LANGUAGES:
        # Said in both languages: we do not know which one this reader reads.
        both = (
            f"`language` must be 'en' or 'zh'; it is {language!r}. Choose one of the two. "
            f"`language`（语言）只能是 'en' 或 'zh'，现在是 {language!r}，请改成其中之一。"
        )
        raise WrongValue(en=both, zh=both)
    _current = language


def current():
    """Return the language that is spoken now.

    Returns
    -------
    str
        ``"en"`` or ``"zh"``.
    """
    return _current


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
    return zh if _current == "zh" else en

"""Words that stand for several ids: a label may name more than one thing, and the task says which is meant."""

from functools import lru_cache

from classroom.exercises import answer_text, digests


class Word(str):
    """A word as it is read alone, with everything that it may stand for in `ids`."""

    __slots__ = ("ids",)

    def __new__(cls, text, ids):
        """Make one."""
        word = super().__new__(cls, text)
        word.ids = ids
        return word


def meant(book):
    """List every name that a codebook knows, in plain form, with all the ids it stands for.

    Parameters
    ----------
    book : Codebook
        It may learn new names later: then the list is made again.

    Returns
    -------
    dict
        Plain text → frozenset of ids in plain form.
    """
    return _meant(book, len(book._labels))


@lru_cache(maxsize=4)
def _meant(book, _count):
    found = {}
    said = [(str(name), book.names(name)) for name in book._labels]
    # What an id is called in one column alone: "owner.counter".
    said += [(key.rpartition(".")[2], both.values()) for key, both in book._own.items()]
    for name, labels in said:
        for label in [name, *labels]:
            found.setdefault(answer_text.plain(label), set()).add(answer_text.plain(name))
    return {label: frozenset(ids) for label, ids in found.items()}


def settled(form, word, column=""):
    """Take of the ids that a word stands for the one that the task knows.

    Parameters
    ----------
    form : dict
        A task of the answers file; while it is made, nothing is known yet.
    word : str or None
        As `answer_values.word` reads it.
    column : str
        Of a table.

    Returns
    -------
    str or None
        An id of the right answer, else of a known wrong one, else the word as it is.
    """
    if not isinstance(word, Word) or "right" not in form:
        return word
    right = [form["right"], *form.get("also", [])]
    for answers in (right, form["wrong"].values()):
        for kept in answers:
            for one in sorted(word.ids):
                if _stands(form, one, column, kept):
                    return one
    return str(word)


def _stands(form, word, column, kept):
    """Whether a word stands anywhere in this column of an answer."""
    rows = len(kept) // len(form.get("columns") or [column])
    places = [(f"{i} {column}" if column else str(i), word, None) for i in range(rows)]
    given = digests.digest(places, salt=form["salt"], ways=digests.around)
    there = {one for place in kept for one in place}
    return any(there & set(place) for place in given)

"""One way to read the answers of a block of columns."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Reading:
    """One way to read a block.

    Parameters
    ----------
    low, high : int
        The ends of its scale.
    listed : dict
        Tidied answer → number, None for "not answered", "?" for "somebody must say".
    said : tuple
        The choice that offers it: pairs of a key of the choices and what it names.
    rated : bool
        Whether these are ratings at all.
    note : str or None
        What a person should see beside the columns.
    """

    low: int | None
    high: int | None
    listed: dict = field(default_factory=dict)
    said: tuple = ()
    rated: bool = True
    note: str | None = None


NONE = Reading(None, None, said=(("no_ratings", {}),), rated=False)


def with_words(reading, more):
    """List more answers.

    Parameters
    ----------
    reading : Reading
    more : dict
        Tidied answer → number, None or "?".

    Returns
    -------
    Reading
    """
    return replace(reading, listed=reading.listed | more)


def offered(reading, kind):
    """Offer a reading by another choice.

    Parameters
    ----------
    reading : Reading
    kind : str
        A key of the choices in `sentences.yml`.

    Returns
    -------
    Reading
    """
    return replace(reading, said=((kind, {}),))


def stepped(ladder):
    """Read words by their ladder.

    Parameters
    ----------
    ladder : Ladder

    Returns
    -------
    Reading
    """
    steps = " · ".join(f"{i} {name}" for i, name in enumerate(ladder.names, start=1))
    listed = dict(sorted(ladder.numbers.items(), key=lambda pair: pair[1]))
    return Reading(1, ladder.steps, listed, (("ladder", {"steps": steps}),))

"""Packages that carry the real data of some notebooks: named in ``course.yml``, installed apart from the rest."""

import importlib.util

from classroom.notebook import lesson_texts
from helpers.bank.language import wrong

LOCK = "requirements-research.lock"


def absent(stored):
    """Which packages a notebook reads data from that are not installed.

    Parameters
    ----------
    stored : dict
        The notebook's texts (`lesson_texts.read`); ``_packages`` names what it reads from.

    Returns
    -------
    list of str
        Names of packages; empty where nothing is missing.
    """
    return [name for name in stored.get("_packages", []) if importlib.util.find_spec(name) is None]


def refuse_absent(stored):
    """Stop a notebook whose data are not installed, and name the command that installs them.

    Parameters
    ----------
    stored : dict
        As for `absent`.

    Raises
    ------
    WrongValue
        If a package is missing.
    """
    if names := absent(stored):
        raise wrong("classroom.data_packages.absent", names=list(names), lock=LOCK)


def uncarried(places):
    """List the notebooks whose data are not installed.

    Parameters
    ----------
    places : list of (str, str)
        Language and name of notebooks.

    Returns
    -------
    list of (str, str)
        Those of them that read from a package which is missing.
    """
    return [place for place in places if absent(lesson_texts.read(place[1], language=place[0]))]

"""The user's codebook, read and held against the one shape (`helpers.bank.codebook_shape`)."""

import os

from helpers.bank import codebook_shape, paths
from helpers.bank.language import Both
from owndata.map import lessons_served
from owndata.say.problems import CannotRead, cannot_read, problem

FILE = codebook_shape.FILE


def read(folder):
    """Read the codebook of a folder.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    package : dict
        The codebook.
    problems : list of Problem
        What is wrong with it. Where there is an error, the tables cannot be judged.

    Raises
    ------
    CannotRead
        If there is no folder, no codebook, or no JSON in it.
    """
    if not os.path.isdir(folder):  # False, too, for a name that is too long
        raise cannot_read("no_folder", file=str(folder)[:200])
    if not os.path.lexists(folder / FILE):
        raise cannot_read("no_codebook", file=folder.name)
    try:
        package = codebook_shape.parsed(path(folder, FILE).read_text(encoding="utf-8-sig"))
    except CannotRead:
        raise
    except (ValueError, OSError) as error:
        raise cannot_read("codebook_unreadable", file=FILE, why=str(error)[:200]) from None
    found = codebook_shape.faults(package)
    if not found:
        found = codebook_shape.loose_links(codebook_shape.filled(package))
    if not found and not lessons_served.known(one["name"] for one in package["resources"]):
        return package, [problem("no_survey", file=FILE)]
    return package, [
        problem("codebook_shape", file=FILE, at=at or FILE, must=Both(en, zh), found=came)
        for at, en, zh, came in found
    ]


def path(folder, name):
    """Find a file that the codebook names, by the one rule for all readers (`helpers.bank.paths`).

    Parameters
    ----------
    folder : Path
        The folder.
    name : str
        What the codebook says.

    Returns
    -------
    Path
        A file inside the folder that may be opened; anyone who opens it says if it is not there.

    Raises
    ------
    CannotRead
        If it must not be opened.
    """
    why = paths.reason(folder, name)
    if why in (None, paths.ABSENT, paths.FOLDER):
        return folder / name
    raise cannot_read("path_refused", file=name, why=Both(*why), expected=Both(*paths.RULE))

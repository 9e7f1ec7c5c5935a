"""Where the pages of a run go: `build` is what a trainer hands on, so a bank of one's own has a folder apart."""

from pathlib import Path

from helpers.bank import data
from workshop.jobs import parameters


def pages_folder(home, given):
    """Tell where pages go: those of a bank of one's own apart, for ``build`` is what a trainer hands on.

    Parameters
    ----------
    home : Path
        The collection's folder.
    given : dict
        As for `run.run`.

    Returns
    -------
    Path
        ``build``, or ``build_`` and the name of the folder that the data are in.
    """
    bank = Path(parameters.bank(given["data"], home=home) if "data" in given else "")
    ours = {(place / "datasets").resolve() for place in (home, data.home())}
    own = bank.is_absolute() and bank.parent not in ours
    return home / (f"build_{bank.name}" if own else "build")

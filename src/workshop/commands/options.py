"""What the options of the commands take."""

import argparse

from helpers.bank.language import Both, worded, wrong


def at_least(least, *, most=None):
    """Take a whole number from here up.

    Parameters
    ----------
    least : int
        The smallest that makes sense.
    most : int, optional
        The largest.

    Returns
    -------
    callable
        For ``type=`` of an argument; it refuses anything else with one sentence.
    """

    def number(text):
        if not text.isdecimal() or not least <= int(text) <= (most or int(text)):
            raise argparse.ArgumentTypeError(
                worded(
                    "workshop.options.whole_number",
                    least=least,
                    most=Both(f"to {most}" if most else "or more", f"到 {most} 的" if most else "或更大的"),
                    text=text,
                )
            )
        return int(text)

    return number


def new_workbook(path):
    """Refuse to write a workbook over a file that is there: somebody may have filled it in.

    Parameters
    ----------
    path : Path
        Where it shall be.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    WrongValue
        If there is such a file, or its name does not end like that of a workbook.
    """
    if path.suffix.lower() != ".xlsx":
        raise wrong("workshop.options.ending", path=path)
    if path.is_file():
        raise wrong("workshop.options.there", path=path)
    return path

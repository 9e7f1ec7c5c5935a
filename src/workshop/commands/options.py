"""What the options of the commands take."""

import argparse

from helpers.bank.language import Both, worded


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

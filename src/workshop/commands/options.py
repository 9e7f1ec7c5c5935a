"""What the options of the commands take."""

import argparse

from helpers.bank.language import pick


def at_least(least):
    """Take a whole number from here up.

    Parameters
    ----------
    least : int
        The smallest that makes sense.

    Returns
    -------
    callable
        For ``type=`` of an argument; it refuses anything else with one sentence.
    """

    def number(text):
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(
                pick(
                    en=f"it must be a whole number, {least} or more; it is {text!r}",
                    zh=f"应该是 {least} 或更大的整数；现在是 {text!r}",
                )
            )
        return int(text)

    return number

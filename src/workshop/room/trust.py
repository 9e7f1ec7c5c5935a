"""Whom a room trusts: what is said before it opens, and when it does not."""

import os

from helpers.bank.language import worded, wrong
from owndata.share import key_file
from workshop.room import sandbox


def warning():
    """Say what a room is, and what it is not.

    Returns
    -------
    str
        One sentence: the first line of the command, part of the invitation and of the page of seats.
    """
    return worded("workshop.trust.warning")


def refuse_untrusted(trusted):
    """Open no room without the trainer's word that its people are trusted.

    Parameters
    ----------
    trusted : bool
        Whether ``--trusted`` was given.

    Raises
    ------
    WrongValue
        It was not; the sentence names what else there is.
    """
    if not trusted:
        raise wrong("workshop.trust.untrusted")


def refuse_dangers(*, allow_root):
    """Refuse to open a room from where it could do the most harm.

    Parameters
    ----------
    allow_root : bool
        Whether the administrator's account will do.

    Raises
    ------
    WrongValue
        We are the administrator, or a key of pseudonyms is in reach.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not allow_root:
        raise wrong("workshop.trust.root")
    key = key_file.default()
    if os.path.lexists(key) and not sandbox.version():
        raise wrong("workshop.trust.key", key=key)

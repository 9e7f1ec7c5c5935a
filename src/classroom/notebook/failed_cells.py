"""Which names a cell tried to set before it ended in an error: an answer under such a name is an older one."""

import re

from helpers.bank import opened

_SETS = re.compile(r"^[ \t]*(?:def[ \t]+)?(\w+)[ \t]*(?:=(?!=)|\()", re.MULTILINE)


def names():
    """List the names whose last cell failed.

    Returns
    -------
    set of str
        Until a cell sets them without an error.
    """
    return set(opened.now.failed)


def watch(shell):
    """Look at every cell from now on.

    Parameters
    ----------
    shell : InteractiveShell
        The kernel's shell.
    """
    shell.events.register("pre_run_cell", _begun)
    shell.events.register("post_run_cell", _ended)


def _begun(info):
    """What a cell sets counts while it runs: its own `check` judges the new answer."""
    opened.now.failed.difference_update(_set_in(info.raw_cell))


def _ended(result):
    if not result.success:
        opened.now.failed.update(_set_in(result.info.raw_cell))


def _set_in(text):
    return set(_SETS.findall(text or ""))

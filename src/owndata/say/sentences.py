"""Every sentence that is said about somebody's own data: read from `sentences.yml`, one place for both languages."""

from pathlib import Path

from helpers.bank import yaml_texts

_SAID = yaml_texts.read(Path(__file__).parents[1] / "sentences.yml")
_PROBLEMS = ("files", "shape", "lessons", "codebook", "numbers", "dates", "rows", "tables")

# kind → severity, English, Chinese
SENTENCES = {
    kind: (said["severity"], said["en"], said["zh"])
    for group in _PROBLEMS
    for kind, said in _SAID[group].items()
}
# Once these are fixed, many others go with them.
WHOLE = {kind for group in ("files", "shape", "lessons") for kind in _SAID[group]}


def said(group):
    """Look up the sentences of a group.

    Parameters
    ----------
    group : str
        ``"notes"``, ``"why"`` …: a heading of `sentences.yml`.

    Returns
    -------
    dict
        Kind → (English, Chinese).

    Examples
    --------
    >>> said("notes")["keep"][0]
    '{table}.{column}: kept ({found}).'
    """
    return {kind: (both["en"], both["zh"]) for kind, both in _SAID[group].items()}

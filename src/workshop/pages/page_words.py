"""The pages' own words, in both languages."""

from functools import cache
from importlib.resources import files

from helpers.bank import yaml_texts


@cache
def words():
    """Read them.

    Returns
    -------
    dict
        Language → name → text.
    """
    return yaml_texts.read(files("workshop.pages").joinpath("page.yml"))

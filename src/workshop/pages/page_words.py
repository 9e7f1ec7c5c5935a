"""The pages' own words, in both languages."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def words():
    """Read them.

    Returns
    -------
    dict
        Language → name → text.
    """
    return yaml.safe_load(files("workshop.pages").joinpath("page.yml").read_text(encoding="utf-8"))

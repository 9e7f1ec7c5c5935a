"""The truth of a bank: what was put in, what its statistics estimate, and a sentence for each."""

from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from simbank import constructs, estimands
from simbank.simulated_codebook import codebook, dimensions

PLACES = 4
LANGUAGES = {"en": "", "zh": "@zh"}


@cache
def words():
    """Read the sentences that people wrote.

    Returns
    -------
    dict
        ``quantities`` and the phrases around them. Do not change it.
    """
    return yaml.safe_load(Path(__file__).with_name("truth.yml").read_text(encoding="utf-8"))


def rounded(value):
    """Round a number as `truth.json` holds it.

    First to ten places: sums that differ in their last bit, as those of matrix libraries may from run to
    run, then meet on the same side of a half.

    Parameters
    ----------
    value : float
        A construct, an estimand or an error.

    Returns
    -------
    float
        With `PLACES` decimals.

    Examples
    --------
    >>> rounded(-0.89975) == rounded(-0.8997499999999999)
    True
    """
    return round(round(float(value), 10), PLACES)


def quantities(seed, network, branches, *, batches=None, step=None):
    """List everything that is true of a bank.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    branches : DataFrame
        The table ``branches``.
    batches : int, optional
        How many to draw; ``estimands.BATCHES`` without it.
    step : callable, optional
        Called after each batch, for a progress bar.

    Returns
    -------
    list of dict
        The entries of ``truth.json``.
    """
    sources = {
        "this_bank": (constructs.of_this_bank(network), estimands.of_this_bank(seed, network, batches)),
        "process": (constructs.of_the_process(), estimands.of_the_process(seed, batches)),
    }
    listed = []
    for population, (put_in, drawn) in sources.items():
        found = estimands.summary([_told(batch, step) for batch in drawn])
        table = found.join(pd.Series(put_in, name="construct").rename_axis(found.index.names), how="outer")
        table = table.sort_index(level=["quantity", "branch", "wave", "dimension", "item"])
        listed += [
            entry(key, row, population, branches)
            for key, row in zip(table.index, table.to_dict("records"), strict=True)
        ]
    return listed


def _told(batch, step):
    if step is not None:
        step()
    return batch


def entry(key, row, population, branches):
    """Write one entry of ``truth.json``.

    Parameters
    ----------
    key : tuple
        Quantity, dimension, item, branch, wave; "" , 0, −1, 0 where there is none.
    row : dict
        ``construct``, ``estimand``, ``monte_carlo_error``; NaN where there is none.
    population : {"this_bank", "process"}
        Whom it speaks of.
    branches : DataFrame
        The table ``branches``.

    Returns
    -------
    dict
        Keys are absent where they do not apply; unknown numbers are None.
    """
    quantity, dimension, item, branch, wave = key
    place = {
        "dimension": dimension,
        "item": int(item),
        "branch": branches["branch"].get(branch),
        "wave": int(wave),
    }
    numbers = {name: None if pd.isna(row[name]) else rounded(row[name]) for name in row}
    return {
        "quantity": quantity,
        **{name: value for name, value in place.items() if value},
        "population": population,
        **{name: numbers[name] for name in ("construct", "estimand", "monte_carlo_error")},
        "unit": words()["quantities"][quantity]["unit"],
        **{
            f"sentence{at}": _sentence(key, numbers, population, branches, language)
            for language, at in LANGUAGES.items()
        },
    }


def _sentence(key, numbers, population, branches, language):
    """Say one truth in one language.

    Parameters
    ----------
    key, population, branches
        As for `entry`.
    numbers : dict
        ``construct`` and ``estimand``; None where there is none.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    str
        One sentence.
    """
    quantity, dimension, item, branch, wave = key
    phrases = words()
    told = phrases["quantities"][quantity]
    number = phrases["as"][told["as"]][language]
    construct, estimand = (_number(number, numbers[name]) for name in ("construct", "estimand"))
    ending = "both" if construct and estimand else "estimand" if estimand else "construct"
    text = told[language].format(of=_subject(dimension, item, language), value=estimand or construct)
    when = phrases["wave"][language].format(wave=wave) if wave else ""
    put_in = phrases["ending"][ending][language].format(construct=construct)
    colon = {"en": ": ", "zh": "："}[language]
    return _tidy(_where(population, branch, branches, language) + when + colon + text + put_in)


def _number(template, value):
    """Format a number with a true minus sign."""
    return None if value is None else template.format(number=value, percent=100 * value).replace("-", "−")


def _subject(dimension, item, language):
    """Name the dimension or the item."""
    at = LANGUAGES[language]
    if item:
        return words()["item"][language].format(item=item, title=codebook()["items"][item][f"title{at}"])
    title = next((row[f"title{at}"] for row in dimensions() if row["name"] == dimension), "")
    return title.lower()


def _where(population, branch, branches, language):
    """Name the place."""
    phrases = words()["where"]
    if branch < 0:
        return phrases[population][language].format(count=len(branches))
    row = branches.loc[branch]
    return phrases["branch"][language].format(name=row[f"name_{language}"], id=row["branch"])


def _tidy(text):
    """Leave no blank beside full-width punctuation."""
    for mark in "：，。（）":
        text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return text

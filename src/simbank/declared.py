"""The truth about comments, trials, training, queues and a bonus: what was put in, what is estimated, a sentence for each."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from simbank import (
    before_after,
    codings,
    comments,
    disconfirmation,
    echoes,
    estimands,
    incentives,
    queue,
    raw_customers,
    raw_notes,
    tier_changes,
    training,
    trial_offer,
    trial_reminder,
    year_truth,
)
from simbank.simulated_codebook import codebook
from simbank.truth import LANGUAGES, rounded
from simbank.truth import words as survey_words

SUBJECTS = (
    comments,
    trial_reminder,
    before_after,
    trial_offer,
    training,
    disconfirmation,
    queue,
    echoes,
    codings,
    incentives,
    raw_customers,
    raw_notes,
    tier_changes,
)
TABLES = (
    "year_plan",
    "touchpoints",
    "truth_comments",
    "truth_offer",
    "trial_offer",
    "training",
    "codings",
    "truth_dirt",
    "customers",
)


@cache
def words():
    """Read the sentences that people wrote.

    Returns
    -------
    dict
        ``quantities``, ``of``, ``as`` and ``labels``. Do not change it.

    Examples
    --------
    >>> words()["quantities"]["comment_negative"]["en"]
    '{value} are complaints'
    """
    return yaml.safe_load(Path(__file__).with_name("declared.yml").read_text(encoding="utf-8"))


def quantities(seed, network, *, batches=None, step=None):
    """List everything that is true of comments, trials, training, queues and a bonus.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    batches : int, optional
        How many to draw of each subject; ``estimands.BATCHES`` without it.
    step : callable, optional
        Called after each batch.

    Returns
    -------
    list of dict
        Entries of ``truth.json``.
    """
    listed = []
    for subject in SUBJECTS:
        rows = []
        for number in range(batches or estimands.BATCHES):
            rows.append(subject.effects(seed, network, number=number))
            if step is not None:
                step()
        found, put_in = pd.DataFrame(rows), _put_in(subject, seed, network)
        for key in found.columns:
            listed.append(_entry(key, found[key].to_numpy(dtype=float), put_in.get(key)))
    return listed


def of_the_year(seed, network, steps, here, *, batches=None, step=None):
    """List everything that is true of the year after the record.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    steps : list of Step
        What is done.
    here : World
        What it meets.
    batches, step
        As for `quantities`.

    Returns
    -------
    list of dict
        Entries of ``truth.json``; what no survey shows has no estimand.
    """
    rows = []
    for number in range(batches or estimands.BATCHES):
        rows.append(year_truth.effects(seed, network, steps, here, number=number))
        if step is not None:
            step()
    found, put_in = pd.DataFrame(rows), year_truth.constructs(seed, network, steps, here)
    return [
        _entry(key, found[key].to_numpy(dtype=float) if key in found else None, value)
        for key, value in put_in.items()
    ]


def _put_in(subject, seed, network):
    """What was put in: the same in every bank, except for queues, which are drawn with the bank."""
    return subject.constructs(seed, network) if subject is queue else subject.constructs()


def _entry(key, batches, construct):
    """Write one entry of ``truth.json``.

    Parameters
    ----------
    key : tuple
        Quantity, and its place: a tuple of (name, value) pairs.
    batches : ndarray or None
        The value of each batch; None for what is put in and never estimated.
    construct : float or None
        What was put in, where there is such a number.

    Returns
    -------
    dict
        The places are keys of their own.
    """
    quantity, place = key
    told = words()["quantities"][".".join([quantity, *(name for name, _ in place)])]
    numbers = {
        "construct": None if construct is None else rounded(construct),
        "estimand": None if batches is None else rounded(np.nanmean(batches)),
        "monte_carlo_error": None
        if batches is None
        else rounded(np.nanstd(batches, ddof=1) / np.sqrt(len(batches))),
    }
    return {
        "quantity": quantity,
        **{name: str(value) if name == "branch" else value for name, value in place},
        "population": "process" if told["of"] == "process" else "this_bank",
        **numbers,
        "unit": told["unit"],
        **{f"sentence{at}": _sentence(told, place, numbers, language) for language, at in LANGUAGES.items()},
    }


def _sentence(told, place, numbers, language):
    """Say one truth in one language.

    Parameters
    ----------
    told : dict
        The words of the quantity.
    place : tuple of (str, value)
        What it is told of.
    numbers : dict
        ``construct`` (or None) and ``estimand``.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    str
        One sentence.
    """
    shapes = survey_words()["as"] | words()["as"]
    value, put_in = (
        _number(shapes[told["as"]][language], numbers[name]) for name in ("estimand", "construct")
    )
    text = told[language].format(
        value=value or put_in, **{name: _label(name, own, language) for name, own in place}
    )
    kind = "estimand" if put_in is None else "construct" if value is None else "both"
    ending = survey_words()["ending"][kind][language]
    colon = {"en": ": ", "zh": "："}[language]
    whole = words()["of"][told["of"]][language] + colon + text + ending.format(construct=put_in)
    for mark in "：，。（）“”":
        whole = whole.replace(f" {mark}", mark).replace(f"{mark} ", mark) if language == "zh" else whole
    return whole


def _label(name, value, language):
    """Name a place in the reader's language, within a sentence.

    Parameters
    ----------
    name : str
        For instance "offer".
    value : str or int
        For instance "coupon".
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    str
        From the codebook, where it has the value.

    Examples
    --------
    >>> _label("offer", "coupon", "zh")
    '优惠券'
    """
    if name in ("branch", "number"):
        return value
    if name in words()["labels"]:
        return words()["labels"][name][value][language]
    for table in TABLES:
        for field in codebook()["tables"][table]["fields"]:
            if name == "measure" and field["name"] == value:
                return {"en": field["title"].lower(), "zh": field["title@zh"]}[language]
            if field["name"] == name and value in field.get("values", {}):
                said = field["values"][value][language]
                return said.lower() if language == "en" else said
    raise KeyError(f"{name} {value}")


def _number(template, value):
    """Format a number with a true minus sign."""
    return None if value is None else template.format(number=value, percent=100 * value).replace("-", "−")

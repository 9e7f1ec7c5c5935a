"""Better or worse than expected: the one question that asks for the comparison itself, put to some respondents.

The form of the survey lets the analyst subtract (P − E, against an *excellent* bank). This question lets customers
compare by themselves, with what they had expected of *this* visit; what they say is also coloured by how content
they are anyway. It was put after the form, to four respondents in ten, and changes nothing on the form.
"""

import numpy as np
import pandas as pd

from simbank import customers, estimands, opinions, simulated_scores
from simbank.streams import generator, happens, normals

# Chance per million of being asked.
ASKED = 400_000
# Thousandths of a point: the answer of a customer whose perception and expectation are the bank's ordinary ones.
# Ordinary service is a little better than what people had expected of the visit, though below what is ideal.
ORDINARY = 4300
# Percent of a point per point of disconfirmation, per point of satisfaction; spread of one's own, in percent.
BY_DISCONFIRMATION, BY_SATISFACTION, NOISE = 55, 30, 70
TRUTH = 10**9


def _answer(rng, forms):
    """Let everybody answer the question.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    forms : DataFrame
        As returned by `opinions.form`.

    Returns
    -------
    ndarray of int64
        From 1, much worse than expected, to 7, much better; 4 is just as expected.
    """
    content = 1000 * forms["satisfaction"].to_numpy() - opinions.SATISFACTION
    latent = BY_DISCONFIRMATION * forms["disconfirmed"].to_numpy() + BY_SATISFACTION * content
    return opinions.on_scale(ORDINARY + (latent + NOISE * normals(rng, len(forms))) // 100)


def table(seed, people, forms, answers):
    """Write down what those answered who were asked.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    people, forms : DataFrame
        The respondents and their complete forms, in the same order.
    answers : DataFrame
        The table ``servqual``, which names the respondents.

    Returns
    -------
    DataFrame
        The table ``disconfirmation``: one row is a respondent who was asked, in the order of ``servqual``.
    """
    rng = generator(seed, "disconfirmation")
    asked = happens(rng, np.full(len(people), ASKED))
    said = pd.DataFrame(
        {
            "customer": customers.ids(people["customer"]),
            "wave": people["wave"].to_numpy(),
            "compared": _answer(rng, forms),
        }
    )
    known = answers[["respondent", "customer", "wave"]].merge(said[asked], on=["customer", "wave"])
    return known[["respondent", "compared"]]


def effects(seed, network, *, number):
    """Compute one batch of what the question shows, and of what it goes together with.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value.
    """
    rng = generator(seed, "disconfirmation", chunk=TRUTH + number)
    people, forms = estimands.batch(
        rng, network, size=estimands.BANK_CUSTOMERS, answers=estimands.BANK_ANSWERS
    )
    compared = _answer(rng, forms)
    e, p = (simulated_scores.by_dimension(simulated_scores.turned(forms, side)).mean(axis=1) for side in "EP")
    content = forms["satisfaction"].to_numpy()
    place = (people["branch"] * 10 + people["wave"]).to_numpy()
    slopes = simulated_scores.within_slopes(content, np.column_stack([p, e]), place)
    return {
        ("experience_slope", (("side", "perceived"),)): slopes[0],
        ("experience_slope", (("side", "expected"),)): slopes[1],
        ("disconfirmation_better", ()): (compared > 4).mean(),
        ("disconfirmation_better_below", ()): (compared > 4)[p < e - 1e-9].mean(),
        ("disconfirmation_correlation", (("way", "asked"),)): np.corrcoef(compared, content)[0, 1],
        ("disconfirmation_correlation", (("way", "subtracted"),)): np.corrcoef(p - e, content)[0, 1],
    }


def constructs():
    """Return what was put in: what satisfaction is made of, all five dimensions moved together.

    Returns
    -------
    dict
        The keys of `effects`.
    """
    expected = opinions.DISCONFIRMATION_WEIGHT.sum() / 100
    perceived = opinions.PERCEPTION_WEIGHT.sum() / 100 + expected
    return {
        ("experience_slope", (("side", "perceived"),)): perceived,
        ("experience_slope", (("side", "expected"),)): -expected,
    }

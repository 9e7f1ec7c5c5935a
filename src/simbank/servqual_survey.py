"""The SERVQUAL survey: who is invited, who answers, and how the forms come back."""

import numpy as np
import pandas as pd

from simbank import branches, calendar, customers, opinions
from simbank.streams import MILLION, happens, normals

# At most this many customers of a branch wait for an invitation to a wave.
WAITING = 520
FEWEST, MOST = 105, 150
# A customer must have been with the bank for this many days.
KNOWN_DAYS = 30
# Chance of answering, per million; experience counts per standard deviation.
RESPONSE = 460_000
RESPONSE_BY_AGE = np.array([-100_000, 0, 90_000])
RESPONSE_BY_DIGITAL = np.array([-40_000, 0, 30_000])
RESPONSE_BY_EXPERIENCE = 60_000
# A person's impression: percent lasting, percent of the day; and percent of the branch's quality.
LASTING, OF_THE_DAY, OF_THE_BRANCH = 70, 71, 20
# Chances per million that an answer is left out, or that "don't know" is ticked.
MISSING, MISSING_PER_ITEM, MISSING_OLD, MISSING_UNHAPPY = 12_000, 350, 5_000, 5_000
MISSING_POINTS, MISSING_ADEQUATE, MISSING_OUTCOME = 20_000, 18_000, 12_000
UNKNOWN, UNKNOWN_REMOTE = 13_000, 22_000
DONT_KNOW = 9


def waiting(people, *, first=0):
    """List who may be invited to each wave: those who consented and are known long enough.

    Parameters
    ----------
    people : DataFrame
        As returned by `customers.draw`.
    first : int
        The number of the first of them.

    Returns
    -------
    DataFrame
        One row a customer and wave: ``customer`` (number), ``wave``, ``lot`` and what is known of them.
    """
    kept = ["branch", "age", "digital", "warmth", "demand"]
    waves = []
    for wave, start in enumerate(calendar.WAVES, start=1):
        able = people["consent"] & (people["joined"] <= start - KNOWN_DAYS)
        chosen = people.loc[able, kept]
        numbers = first + np.flatnonzero(able)
        waves.append(chosen.assign(customer=numbers, wave=wave, lot=people.loc[able, f"lot_{wave}"]))
    return pd.concat(waves, ignore_index=True)


def shortest(queue, *, most=WAITING):
    """Keep the customers with the lowest lots of each branch and wave, in order.

    Parameters
    ----------
    queue : DataFrame
        As returned by `waiting`, of any number of chunks.
    most : int
        How many to keep of each branch and wave.

    Returns
    -------
    DataFrame
        No longer than branches × waves × `most`, whatever the number of customers.
    """
    ordered = queue.sort_values(["wave", "branch", "lot", "customer"], ignore_index=True)
    return ordered[ordered.groupby(["wave", "branch"]).cumcount() < most].reset_index(drop=True)


def quotas(rng, count):
    """Draw how many answers each branch collects in each wave.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    count : int
        How many branches.

    Returns
    -------
    ndarray of int64, n branches × 2 waves
        Between ``FEWEST`` and ``MOST``.
    """
    return rng.integers(FEWEST, MOST + 1, (count, 2))


def impressions(rng, people):
    """Draw the impression that people answer from: partly lasting, partly of the day.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        With ``warmth``, standard normal in thousandths.

    Returns
    -------
    Series of int64
        Standard normal in thousandths.
    """
    return (LASTING * people["warmth"] + OF_THE_DAY * normals(rng, len(people))) // 100


def chances(people, network):
    """Return the chance of everybody to answer when invited.

    Parameters
    ----------
    people : DataFrame
        With ``branch``, ``age``, ``digital`` and ``halo``.
    network : Network
        The branches.

    Returns
    -------
    Series of int64
        Per million.
    """
    experience = people["halo"] + OF_THE_BRANCH * network.quality[people["branch"]] // 100
    chance = RESPONSE + RESPONSE_BY_AGE[people["age"]] + RESPONSE_BY_DIGITAL[people["digital"]]
    return (chance + RESPONSE_BY_EXPERIENCE * experience // 1000).clip(0, MILLION)


def respond(rng, queue, network, quota):
    """Invite customers in the order of their lots until each branch has its answers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    queue : DataFrame
        As returned by `shortest`.
    network : Network
        The branches.
    quota : ndarray of int64, n branches × 2 waves
        Answers wanted.

    Returns
    -------
    DataFrame
        The respondents, with ``halo`` (the impression they answer from), ``cell`` and ``weight``:
        invited ÷ answered among customers of the same age group and digital use in the same wave, in
        ten-thousandths.
    """
    people = queue.assign(halo=impressions(rng, queue), cell=3 * queue["age"] + queue["digital"])
    answered = happens(rng, chances(people, network))
    people = people.assign(answered=answered)
    before = people.groupby(["wave", "branch"])["answered"].cumsum() - answered
    invited = people[before.to_numpy() < quota[queue["branch"], queue["wave"] - 1]]
    cells = invited.groupby(["wave", "cell"])["answered"]
    asked, replied = cells.transform("size"), cells.transform("sum")
    weighted = invited.assign(weight=(10_000 * asked + replied // 2) // replied.clip(lower=1))
    return weighted[weighted["answered"]].reset_index(drop=True)


def spoil(rng, forms, people):
    """Leave answers out and tick "don't know", not quite at random.

    Old and unhappy customers leave more out, and everybody does towards the end; who came by app or
    hotline does not know the premises. Careless respondents never say that they do not know.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    forms : DataFrame
        Complete answers, as returned by `opinions.form`.
    people : DataFrame
        The respondents, in the same order.

    Returns
    -------
    DataFrame
        The answers of the form as nullable whole numbers; 9 is "don't know" (P items only).
    """
    answers = forms[opinions.columns()].astype("Int64")
    lost = happens(rng, _left_out(forms, people))
    # The block of 100 points is filled in as a whole or not at all.
    lost[:, 44:49] = lost[:, 44:45]
    remote = np.isin(forms["channel"], [2, 3])[:, None] & (opinions.DIMENSION_OF == 0)
    unknown = happens(rng, UNKNOWN + UNKNOWN_REMOTE * remote)
    careful = ~forms["careless"].to_numpy()[:, None]
    perceived = answers.columns[22:44]
    answers[perceived] = answers[perceived].mask(unknown & careful, DONT_KNOW)
    return answers.mask(lost)


def _left_out(forms, people):
    """Return the chance per million that each answer is left out."""
    answers = forms[opinions.columns()].to_numpy()
    lost = np.tile(
        np.repeat([MISSING_POINTS, MISSING_ADEQUATE, MISSING_OUTCOME], [49, 5, 2]), (len(forms), 1)
    )
    scored = np.where(opinions.REVERSED, 8 - answers[:, 22:44], answers[:, 22:44])
    place = (
        MISSING + MISSING_PER_ITEM * opinions.ITEMS + MISSING_OLD * (people["age"] == 2).to_numpy()[:, None]
    )
    lost[:, :22], lost[:, 22:44] = place, place + MISSING_UNHAPPY * (scored <= 3)
    return lost


def table(rng, forms, people, network):
    """Write the survey down as it came back.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where dates, times and gaps come from.
    forms : DataFrame
        Complete answers, as returned by `opinions.form`.
    people : DataFrame
        The respondents, in the same order.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        The table ``servqual``: one row is a respondent in a wave, ordered by date.
    """
    invited = calendar.WAVES[people["wave"] - 1] + rng.integers(0, calendar.INVITING_DAYS, len(people))
    head = pd.DataFrame(
        {
            "customer": customers.ids(people["customer"]),
            "branch": branches.ids(len(network))[people["branch"]],
            "wave": people["wave"],
            "invited": calendar.text(invited),
            "date": calendar.text(
                invited + rng.integers(0, 5, len(people)) * rng.integers(0, 5, len(people))
            ),
            "channel": np.array(opinions.CHANNELS)[forms["channel"]],
            "seconds": _seconds(rng, forms["careless"].to_numpy(), people["age"].to_numpy()),
            "weight": people["weight"] / 10_000,
        }
    )
    rows = head.join(spoil(rng, forms, people)).sort_values(["date", "customer"], ignore_index=True)
    rows.insert(0, "respondent", [f"R{number:05d}" for number in range(1, len(rows) + 1)])
    return rows


def _seconds(rng, careless, age):
    """Draw how long the form took: skewed; longer for the old, very short for the careless."""
    z = normals(rng, (len(age), 2))
    usual = 390 + 60 * (age == 2) + 70 * z[:, 0] // 1000 + 90 * (z[:, 1] ** 2) // 1_000_000
    return np.where(careless, 62 + 45 * np.abs(z[:, 0]) // 1000, np.maximum(usual, 170))

"""Complaints heard twice: what somebody who has complained also says on the hotline, on a review site, in a post.

Each message here is about a complaint that the table ``complaints`` already has. Which one, the table
``truth_echoes`` says. No message of the table ``comments`` is an echo.
"""

import numpy as np
import pandas as pd

from simbank import branches, calendar, comment_phrases, comments
from simbank.streams import MILLION, exponentials, generator, happens

CHANNELS = ("hotline", "review", "social")
# Chances per million that a complaint is also heard there; the loud, so many per million, do it so many times as often.
CHANCE = np.array([150_000, 70_000, 60_000])
LOUD, LOUDER = 250_000, 3
# Days after the complaint: at least, and on average on top.
LEAST, MORE = np.array([1, 2, 1]), np.array([5, 8, 4])
# Per million: who gives no name there. The hotline always asks.
NAMELESS = np.array([0, 350_000, 600_000])
# What a complaint is about, in the words of the comments.
ABOUT = {
    "waiting": "waiting",
    "attitude": "attitude",
    "fees": "fees",
    "app_failure": "app",
    "sales": "selling",
    "error": "security",
    "rules": "paperwork",
}
DRAWS = 40_000
TRUTH = 10**9


def draw(rng, day):
    """Draw where else each complaint is heard, and when.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    day : ndarray of int64
        The day on which each complaint was received.

    Returns
    -------
    DataFrame
        One row a message: ``complaint`` (position in `day`), ``channel`` (position in ``CHANNELS``), ``day``,
        ``nameless``; only those within the two years.
    """
    loud = happens(rng, np.full(len(day), LOUD))
    heard = happens(rng, np.minimum(CHANCE * np.where(loud, LOUDER, 1)[:, None], MILLION))
    when = day[:, None] + LEAST + MORE * exponentials(rng, heard.shape) // 1000
    nameless = happens(rng, np.broadcast_to(NAMELESS, heard.shape))
    complaint, channel = np.nonzero(heard & (when < calendar.DAYS))
    at = complaint, channel
    return pd.DataFrame(
        {"complaint": complaint, "channel": channel, "day": when[at], "nameless": nameless[at]}
    )


def tables(seed, network, people, complaints, *, chunk, first, known):
    """Write down the echoes of one chunk of customers, and which complaint each belongs to.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.
    people : DataFrame
        Customers of the chunk, as returned by `customers.draw`.
    complaints : DataFrame
        Rows of the table ``complaints`` of the same chunk.
    chunk, first : int
        Which chunk, and the number of its first customer.
    known : int
        How many echoes the chunks before it have.

    Returns
    -------
    dict of str to DataFrame
        Rows of ``echoes`` and of ``truth_echoes``.
    """
    rng = generator(seed, "echoes", chunk=chunk)
    plan = draw(rng, calendar.day(complaints["received"].to_numpy(dtype="datetime64[D]")))
    own = complaints.iloc[plan["complaint"]].reset_index(drop=True)
    who = people.iloc[own["customer"].str[1:].astype(np.int64) - 1 - first].reset_index(drop=True)
    spoken = _words(rng, network, who, own["topic"], plan["channel"].to_numpy())
    name = np.char.mod("E%05d", known + 1 + np.arange(len(plan)))
    said = pd.DataFrame(
        {
            "message": name,
            "customer": own["customer"].mask(plan["nameless"], ""),
            "branch": branches.ids(len(network))[who["branch"]],
            "date": calendar.text(plan["day"].to_numpy()),
            "channel": np.array(CHANNELS)[plan["channel"]],
        }
    ).join(spoken)
    return {"echoes": said, "truth_echoes": pd.DataFrame({"message": name, "case": own["case"]})}


def _words(rng, network, who, topic, channel):
    """Put the messages into words: complaints all of them, as people write in that channel."""
    tier = network.tier[who["branch"]]
    english = happens(rng, comments.ENGLISH[tier] + comments.ENGLISH_BY_AGE[who["age"]])
    plain = happens(rng, np.full(len(who), 500_000))
    register = np.where(channel == 0, "call", np.where(plain, "plain", "chatty"))
    numbers = rng.integers(0, 2**31, (len(who), comment_phrases.NEEDS)).tolist()
    rows = pd.DataFrame(
        {
            "language": np.array(comment_phrases.LANGUAGES)[english * 1],
            "topic": topic.map(ABOUT),
            "polarity": -1,
            "second": "",
            "second_polarity": 0,
            "register": register,
            "ironic": False,
            "corporate": who["kind"],
        }
    ).to_dict("records")
    text = [comment_phrases.say(row, own) for row, own in zip(rows, numbers, strict=True)]
    return pd.DataFrame({"language": [row["language"] for row in rows], "text": text}, dtype=object)


def effects(seed, network, *, number):
    """Compute one batch of how often a complaint is heard more than once.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches; they play no part.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value.
    """
    rng = generator(seed, "echoes", chunk=TRUTH + number)
    plan = draw(rng, rng.integers(0, calendar.DAYS, DRAWS))
    ways = 1 + np.bincount(plan["complaint"], minlength=DRAWS)
    return {
        ("echo_messages", ()): len(plan) / DRAWS,
        ("echo_several", ()): (ways > 1).mean(),
        ("echo_three", ()): (ways > 2).mean(),
        ("echo_nameless", ()): plan["nameless"].mean(),
    }


def constructs():
    """Return what was put in and needs no draw: nothing, shares follow from the chances.

    Returns
    -------
    dict
        Empty.
    """
    return {}

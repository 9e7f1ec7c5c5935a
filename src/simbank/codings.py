"""Two people who read the same comments and say what each is about, without seeing the other's answer."""

import numpy as np
import pandas as pd

from simbank import comments, customers
from simbank.comments import NONE, TOPICS
from simbank.streams import MILLION, generator, happens

CODERS = ("first", "second")
# Per million: a comment is handed out; a coder reads it right, leaves it blank; of wrong readings, those that take
# the second topic for the first where there is one, and those that take a topic for its neighbour.
GIVEN = 130_000
RIGHT, BLANK = np.array([900_000, 840_000]), np.array([15_000, 40_000])
BY_SECOND, BY_NEIGHBOUR = 600_000, 700_000
NEIGHBOURS = {
    "waiting": "attitude", "attitude": "seniors", "paperwork": "loan", "app": "machine", "machine": "app",
    "hotline": "waiting", "fees": "loan", "selling": "attitude", "premises": "waiting", "seniors": "attitude",
    "loan": "paperwork", "security": "fees", "hours": "waiting",
}  # fmt: skip
NEIGHBOUR = np.array([list(TOPICS).index(one) for one in NEIGHBOURS.values()] + [1])
# Per million: who reads praise, complaint or suggestion as it is meant, and who takes an ironic complaint at its word.
TONE, LITERAL = np.array([960_000, 930_000]), 250_000
TRUTH = 10**9


def read(rng, topic, second):
    """Let each coder read comments.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    topic, second : ndarray of int64
        Positions of the true topics; ``NONE`` where there is none.

    Returns
    -------
    ndarray of int64, n comments × 2 coders
        Positions of the topics they wrote; −1 where they left a blank.
    """
    size = (len(topic), len(CODERS))
    right, blank = happens(rng, np.broadcast_to(RIGHT, size)), happens(rng, np.broadcast_to(BLANK, size))
    taken, beside = rng.integers(0, MILLION, size), rng.integers(0, NONE + 1, size)
    wrong = np.where(taken < BY_NEIGHBOUR, NEIGHBOUR[topic][:, None], beside)
    by_second = (second[:, None] != NONE) & (rng.integers(0, MILLION, size) < BY_SECOND)
    wrong = np.where(by_second, second[:, None], wrong)
    return np.where(blank, -1, np.where(right, topic[:, None], wrong))


def _feel(rng, polarity, ironic):
    """Let each coder say whether comments praise or complain.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    polarity : ndarray of int64
        −1, 0 or 1 as it is meant.
    ironic : ndarray of bool
        Whether it says the opposite.

    Returns
    -------
    ndarray of int64, n comments × 2 coders
        −1, 0 or 1 as it was read: an error is a step towards the middle, or away from it.
    """
    size = (len(polarity), len(CODERS))
    right, turned = happens(rng, np.broadcast_to(TONE, size)), happens(rng, np.full(size, LITERAL))
    aside = np.where(polarity == 0, rng.choice([-1, 1], len(polarity)), 0)
    read_as = np.where(right, polarity[:, None], aside[:, None])
    return np.where(turned & ironic[:, None], -read_as, read_as)


def table(seed, meant, *, chunk):
    """Write down what the coders made of the comments of one chunk.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    meant : DataFrame
        Rows of ``truth_comments``.
    chunk : int
        Which chunk.

    Returns
    -------
    DataFrame
        Rows of the table ``codings``: one a coder and comment.
    """
    rng = generator(seed, "codings", chunk=chunk)
    names = np.array([*TOPICS, "none"])
    place = {name: number for number, name in enumerate(names)}
    wide = meant.pivot(index="comment", columns="place", values="topic").reindex(columns=[1, 2])
    coded = read(rng, *(wide[one].map(place).fillna(NONE).to_numpy(dtype=np.int64) for one in (1, 2)))
    main = meant[meant["place"] == 1].set_index("comment").loc[wide.index]
    felt = _feel(rng, main["polarity"].to_numpy(), main["ironic"].to_numpy() == 1)
    given = np.flatnonzero(happens(rng, np.full(len(wide), GIVEN)))
    rows = np.repeat(given, len(CODERS))
    return pd.DataFrame(
        {
            "comment": wide.index.to_numpy()[rows],
            "coder": np.tile(CODERS, len(given)),
            "topic": np.array([*names, None], dtype=object)[coded[given].ravel()],
            "polarity": felt[given].ravel(),
        }
    )


def _kappa(one, other):
    """Compute Cohen's kappa of two codings.

    Parameters
    ----------
    one, other : ndarray of int64
        Whole numbers from 0; negative where somebody left a blank.

    Returns
    -------
    float
        (observed − expected) / (1 − expected agreement), among comments that both coded.

    Examples
    --------
    >>> _kappa(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 0]))
    0.5
    """
    both = (one >= 0) & (other >= 0)
    shares = [np.bincount(codes[both], minlength=NONE + 1) / both.sum() for codes in (one, other)]
    expected = (shares[0] * shares[1]).sum()
    return float(((one == other)[both].mean() - expected) / (1 - expected))


def effects(seed, network, *, number):
    """Compute one batch of how well the coders agree, with each other and with the truth.

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
    rng = generator(seed, "codings", chunk=TRUTH + number)
    plan = comments.draw(rng, customers.draw(rng, network, 40_000), network)
    topic, second = plan["topic"].to_numpy(), plan["second"].to_numpy()
    coded = read(rng, topic, second)
    felt = _feel(rng, plan["polarity"].to_numpy(), plan["ironic"].to_numpy())
    found = {("coder_kappa", ()): _kappa(*coded.T)}
    for coder, codes, tone in zip(CODERS, coded.T, felt.T, strict=True):
        found["coder_polarity", (("coder", coder),)] = (tone == plan["polarity"]).mean()
        found["coder_right", (("coder", coder),)] = (codes == topic)[codes >= 0].mean()
    return found


def constructs():
    """Return what was put in and needs no draw: nothing.

    Returns
    -------
    dict
        Empty.
    """
    return {}

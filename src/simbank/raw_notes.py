"""What customer managers noted after a talk: what the customer asked for, and what the manager thinks is behind it.

The customer is named by an id typed by hand: some are written in other ways, some lead to somebody else, some to
nobody. Which customer it was, and what the customer was really after, ``truth_notes`` says.
"""

import numpy as np
import pandas as pd

from simbank import branches, calendar, customers
from simbank.raw_customers import TRUTH, listed
from simbank.streams import MILLION, choose, generator, happens

SAID = ("fees", "savings", "loan", "app_help", "transfer", "complaint")
BEHIND = ("time", "safety", "certainty", "respect", "guidance")
# Per million: how many customers there are notes about, and a second note about those.
NOTED, SECOND = 140_000, 250_000
# What is behind a wish, by age (under 40, to 59, over): per million.
WANTED = np.array(
    [[400_000, 100_000, 250_000, 100_000, 150_000], [280_000, 200_000, 220_000, 100_000, 200_000],
     [80_000, 340_000, 150_000, 200_000, 230_000]]
)  # fmt: skip
# What is asked for, by what is behind it: a request gives away little of its reason.
ASKED = np.array(
    [[240_000, 110_000, 130_000, 180_000, 260_000, 80_000], [160_000, 330_000, 90_000, 150_000, 170_000, 100_000],
     [260_000, 170_000, 260_000, 90_000, 120_000, 100_000], [230_000, 120_000, 90_000, 170_000, 110_000, 280_000],
     [110_000, 210_000, 210_000, 300_000, 100_000, 70_000]]
)  # fmt: skip
# A manager sees rightly, or sees what managers like to see.
SEEN_RIGHT, UNSEEN = 550_000, 200_000
HABIT = np.array([350_000, 100_000, 350_000, 50_000, 150_000])
ID_FORMAT, ID_SWAPPED, ID_UNKNOWN = 150_000, 15_000, 10_000


def _draw(rng, people):
    """Draw the talks with some customers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.

    Returns
    -------
    DataFrame
        One row a note: ``person``, ``day``, ``behind``, ``said``, ``seen`` (−1: nothing written).
    """
    times = happens(rng, np.full(len(people), NOTED)) * (1 + happens(rng, np.full(len(people), SECOND)))
    # What somebody is after does not change from one talk to the next.
    wanted = choose(rng, WANTED[people["age"]])
    person = np.repeat(np.arange(len(people)), times)
    behind = wanted[person]
    joined = people["joined"].to_numpy()[person]
    since = np.maximum(joined, 0)
    right, blank = happens(rng, np.full(len(person), SEEN_RIGHT)), happens(rng, np.full(len(person), UNSEEN))
    habit = choose(rng, np.tile(HABIT, (len(person), 1)))
    return pd.DataFrame(
        {
            "person": person,
            "day": since + (calendar.DAYS - since) * rng.integers(0, 1000, len(person)) // 1000,
            "behind": behind,
            "said": choose(rng, ASKED[behind]),
            "seen": np.where(blank, -1, np.where(right, behind, habit)),
        }
    )


def _typed(rng, ids):
    """Type ids by hand.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    ids : ndarray of str
        The right ones.

    Returns
    -------
    tuple of ndarray
        As typed, and the error of each; empty where there is none.
    """
    shape, place = rng.integers(0, 3, len(ids)), rng.integers(0, 4, len(ids))
    lot = rng.integers(0, MILLION, len(ids))
    found, error = ids.astype(object), np.full(len(ids), "", dtype=object)
    for row, own in enumerate(ids):
        if lot[row] < ID_FORMAT:
            found[row] = (own.lower(), own[1:].lstrip("0"), own + " ")[shape[row]]
            error[row] = "id_format"
        elif lot[row] < ID_FORMAT + ID_SWAPPED:
            turns = [own[:at] + own[at + 1] + own[at] + own[at + 2 :] for at in range(1, len(own) - 1)]
            turns = [turn for turn in turns if turn != own]
            if turns:
                found[row], error[row] = turns[place[row] % len(turns)], "id_swapped"
        elif lot[row] < ID_FORMAT + ID_SWAPPED + ID_UNKNOWN:
            found[row], error[row] = ("C00000", "临时", "")[shape[row]], "id_unknown"
    return found, error


def tables(seed, network, people, *, chunk, first, known, errors):
    """Return the notes about one chunk of customers, the truth about them, and the errors in their ids.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    people : DataFrame
        Customers of the chunk, with the day they ``left``.
    chunk, first : int
        Which chunk, and the number of its first customer.
    known, errors : int
        How many notes and errors chunks before have.

    Returns
    -------
    dict of str to DataFrame
        ``raw_notes``, ``truth_notes`` and ``truth_dirt``.
    """
    rng = generator(seed, "raw_notes", chunk=chunk)
    plan = _draw(rng, people)
    own = customers.ids(first + plan["person"].to_numpy())
    ids, error = _typed(rng, own)
    branch = branches.ids(len(network))[people["branch"].to_numpy()[plan["person"]]]
    name = np.char.mod("T%06d", known + 1 + np.arange(len(plan)))
    shown = pd.DataFrame(
        {
            "note": name,
            "id": ids,
            "office": branch,
            "noted": calendar.text(plan["day"].to_numpy()),
            "said": np.array(SAID)[plan["said"]],
            "seen": np.array([*BEHIND, ""])[plan["seen"]],
        }
    )
    truth = pd.DataFrame({"note": name, "customer": own, "behind": np.array(BEHIND)[plan["behind"]]})
    at = np.flatnonzero(error != "")
    wrong = pd.DataFrame({"column": "id", "dirt": error[at], "true_value": own[at]})
    return {
        "raw_notes": shown,
        "truth_notes": truth,
        "truth_dirt": listed(wrong, "raw_notes", name[at], known=errors),
    }


def effects(seed, network, *, number):
    """Compute one batch of how well a manager sees what is behind a wish.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value.
    """
    rng = generator(seed, "raw_notes", chunk=TRUTH + number)
    plan = _draw(rng, customers.draw(rng, network, 60_000))
    seen = plan[plan["seen"] >= 0]
    usual = plan.groupby("said")["behind"].agg(lambda part: np.bincount(part).max()).sum() / len(plan)
    return {
        ("need_seen_right", ()): (seen["seen"] == seen["behind"]).mean(),
        ("need_from_words", ()): usual,
        ("need_most_common", ()): np.bincount(plan["behind"]).max() / len(plan),
    }


def constructs():
    """Return what was put in and needs no draw: nothing.

    Returns
    -------
    dict
        Empty.
    """
    return {}

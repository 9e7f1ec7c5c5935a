"""A randomised offer: who responds because of it, who anyway, who never, and whom it drives away."""

import numpy as np
import pandas as pd

from simbank import calendar, customers
from simbank.streams import MILLION, choose, generator, happens, millionths, normals

OFFERS = ("none", "coupon", "points", "wealth_consult")
TYPES = ("persuadable", "sure_thing", "lost_cause", "do_not_disturb")
FIRST_DAY, ASSIGNING_DAYS = int(calendar.day("2025-06-09")), 14
SHARE = 650
# Chance to respond per million: type by offer.
RESPONSE = np.array(
    [[60_000, 240_000, 160_000, 130_000], [450_000, 460_000, 455_000, 450_000],
     [20_000, 25_000, 22_000, 25_000], [220_000, 120_000, 160_000, 70_000]]
)  # fmt: skip
# Types before anything is known, and what features add (weights; only proportions count).
TYPE_WEIGHTS = np.array([90, 110, 520, 40])
BY_COUPON, BY_ABSENCE, BY_LOGIN, BY_PRODUCTS, BY_AGE, BY_VISITS = 300, 180, 260, 110, 180, 90
# Margin of a response in fen over 90 days, by band of assets (1–5); a consultation sells bigger things.
MARGIN = np.array([3_500, 5_000, 7_500, 12_000, 20_000])
CONSULT_PERCENT, MARGIN_SPREAD = 180, 35
# What an offer costs in fen: to everybody who gets it, and to those who respond.
COST_EACH, COST_RESPONSE = np.array([0, 30, 250, 1_500]), np.array([0, 1_500, 0, 0])
BAND_SHARES = np.array(
    [[400_000, 300_000, 180_000, 80_000, 40_000], [280_000, 290_000, 230_000, 130_000, 70_000],
     [180_000, 250_000, 270_000, 180_000, 120_000]]
)  # fmt: skip
LOGINS = np.array([1, 7, 16])
TRUTH = 10**9


def _eligible(people):
    """Tell who may be offered something: retail customers who agreed and joined half a year before.

    Parameters
    ----------
    people : DataFrame
        As returned by `customers.draw`.

    Returns
    -------
    ndarray of bool
        One a customer.
    """
    known = people["consent"] & (people["kind"] == 0) & (people["joined"] < FIRST_DAY - 180)
    known &= people.get("left", calendar.NEVER) > FIRST_DAY + ASSIGNING_DAYS
    return known.to_numpy()


def _features(rng, people):
    """Draw what is known of customers before the offer.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        Customers: ``age``, ``digital``, ``products``.

    Returns
    -------
    DataFrame
        ``recency_days``, ``visits_90d``, ``app_logins_30d``, ``coupons_used_12m``, ``asset_band``.
    """
    z = normals(rng, (4, len(people)))
    digital = people["digital"].to_numpy()
    recency = (12 + 20 * z[0] ** 2 // MILLION + 12 * np.abs(z[1]) // 1000) * (130 - 25 * digital) // 100
    usual = LOGINS[digital]
    band = np.clip((people["products"].to_numpy() + 1) // 2 - 1, 0, 2)
    return pd.DataFrame(
        {
            "recency_days": np.minimum(recency, 180),
            "visits_90d": np.maximum(3 - digital + 2 * z[2] // 1000, 0),
            "app_logins_30d": np.maximum(usual + (usual + 2) * z[3] // 2000, 0),
            "coupons_used_12m": np.minimum(rng.integers(0, 100, len(people)) ** 2 // 2000, 4),
            "asset_band": 1 + choose(rng, BAND_SHARES[band]),
        }
    )


def _types(rng, people, known):
    """Draw which type a customer is: never seen by the bank, only leaning on what it knows.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        Customers: ``age``, ``products``.
    known : DataFrame
        As returned by `_features`.

    Returns
    -------
    ndarray of int64
        Positions in ``TYPES``.
    """
    weights = np.tile(TYPE_WEIGHTS, (len(people), 1))
    weights[:, 0] += (
        BY_COUPON * known["coupons_used_12m"] + BY_ABSENCE * (known["recency_days"] > 45)
    ).to_numpy()
    weights[:, 1] += (BY_LOGIN * (known["app_logins_30d"] >= 12)).to_numpy()
    weights[:, 1] += BY_PRODUCTS * (people["products"] >= 3).to_numpy()
    weights[:, 3] += BY_AGE * (people["age"] == 2).to_numpy()
    weights[:, 3] += (BY_VISITS * np.minimum(known["visits_90d"], 4)).to_numpy()
    return choose(rng, millionths(weights))


def _margins(rng, known):
    """Draw what a response to each offer would bring, in fen.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    known : DataFrame
        As returned by `_features`.

    Returns
    -------
    ndarray of int64, n customers × 4 offers
        Positive.
    """
    spread = np.clip(100 + MARGIN_SPREAD * normals(rng, len(known)) // 1000, 20, 300)
    usual = MARGIN[known["asset_band"].to_numpy() - 1] * spread // 100
    return usual[:, None] * np.array([100, 100, 100, CONSULT_PERCENT]) // 100


def tables(seed, people, *, chunk, first):
    """Write down the test among one chunk of customers, and the type of each participant.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    people : DataFrame
        Customers of the chunk, as returned by `customers.draw`.
    chunk, first : int
        Which chunk, and the number of its first customer.

    Returns
    -------
    tuple of DataFrame
        Rows of ``trial_offer`` and of ``truth_offer``: one row is a customer.
    """
    rng = generator(seed, "trial_offer", chunk=chunk)
    chosen = np.flatnonzero(_eligible(people) & (rng.integers(0, 1000, len(people)) < SHARE))
    who = people.iloc[chosen].reset_index(drop=True)
    known = _features(rng, who)
    kind, margin = _types(rng, who, known), _margins(rng, known)
    offer = rng.integers(0, len(OFFERS), len(who))
    response = happens(rng, RESPONSE[kind, offer])
    rows = pd.DataFrame(
        {
            "customer": customers.ids(first + chosen),
            "assigned": calendar.text(FIRST_DAY + rng.integers(0, ASSIGNING_DAYS, len(who))),
            "offer": np.array(OFFERS)[offer],
        }
    ).join(known)
    rows["response"] = response.astype(int)
    rows["value_fen"] = margin[np.arange(len(who)), offer] * response
    rows["cost_fen"] = COST_EACH[offer] + COST_RESPONSE[offer] * response
    return rows, pd.DataFrame({"customer": rows["customer"], "type": np.array(TYPES)[kind]})


def effects(seed, network, *, number):
    """Compute one batch of what the test estimates, with chances in place of coins.

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
        (quantity, place) to value; money in yuan per customer.
    """
    rng = generator(seed, "trial_offer", chunk=TRUTH + number)
    people = customers.draw(rng, network, 40_000)
    people = people[_eligible(people)].reset_index(drop=True)
    known = _features(rng, people)
    kind, margin = _types(rng, people, known), _margins(rng, known)
    chance = RESPONSE[kind] / MILLION
    net = (chance * (margin - COST_RESPONSE) - COST_EACH) / 100
    found = {("type_share", (("type", name),)): (kind == k).mean() for k, name in enumerate(TYPES)}
    found["offer_response", (("offer", "none"),)] = chance[:, 0].mean()
    found["offer_net", (("offer", "none"),)] = net[:, 0].mean()
    for k, offer in enumerate(OFFERS[1:], start=1):
        gain = net[:, k] - net[:, 0]
        found["offer_uplift", (("offer", offer),)] = (chance[:, k] - chance[:, 0]).mean()
        found["offer_net_gain", (("offer", offer),)] = gain.mean()
        for t, name in enumerate(TYPES):
            place = (("offer", offer), ("type", name))
            found["offer_uplift", place] = (RESPONSE[t, k] - RESPONSE[t, 0]) / MILLION
            found["offer_net_gain", place] = gain[kind == t].mean()
    found["offer_simple_policy", ()] = (_simple(net, known) - net[:, 0]).mean()
    found["offer_best_policy", ()] = _best(net, kind, known["asset_band"].to_numpy())
    return found


def _simple(net, known):
    """Return what each customer brings by a rule that needs no truth: consult the rich, coupons for users."""
    users = np.where(known["coupons_used_12m"] >= 2, net[:, 1], net[:, 0])
    return np.where(known["asset_band"] == 5, net[:, 3], users)


def _best(net, kind, band):
    """Return the gain per customer when each type and band gets what pays best for it."""
    cells = pd.DataFrame(net).groupby([kind, band])
    gain = cells.mean().max(axis=1) - cells.mean()[0]
    return (gain * cells.size()).sum() / len(net)


def constructs():
    """Return what was put in: chances by type.

    Returns
    -------
    dict
        The keys of `effects` that have such a number.
    """
    return {
        ("offer_uplift", (("offer", offer), ("type", name))): (RESPONSE[t, k] - RESPONSE[t, 0]) / MILLION
        for k, offer in enumerate(OFFERS)
        for t, name in enumerate(TYPES)
        if k
    }

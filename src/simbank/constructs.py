"""What was put in: the constructs behind the survey, without ceiling, carelessness or non-response.

Everything here is exact arithmetic on declared numbers; nothing is drawn. Values are in scale points.
"""

from itertools import combinations

import numpy as np

from simbank import calendar, customers, opinions, servqual_survey
from simbank.branches import DIMENSIONS, EFFECT, TIER_SHARES, TRANSFORMED_SHARE
from simbank.estimands import OF_A_BRANCH, WAVES
from simbank.simulated_scores import by_dimension
from simbank.streams import MILLION


def _composition(tier):
    """Return what age and channel add to perceptions, averaged over the customers of a city tier.

    Parameters
    ----------
    tier : array of int
        City tiers as positions from 0.

    Returns
    -------
    ndarray, n tiers × 5 dimensions
        Thousandths of a scale point.

    Examples
    --------
    >>> _composition(np.array([0, 2])).shape
    (2, 5)
    """
    age = customers.AGE_SHARES / MILLION
    digital = np.einsum("a,tad->td", age, customers.digital_shares(tier) / MILLION)
    return age @ opinions.BY_AGE + digital @ (opinions.CHANNEL_SHARES / MILLION) @ opinions.BY_CHANNEL


def of_this_bank(network):
    """Return the constructs of every branch and of the bank.

    Parameters
    ----------
    network : Network
        The branches.

    Returns
    -------
    dict
        (quantity, dimension, item, branch, wave) to value; branch −1 and wave 0 where there is none.
    """
    found = {}
    for wave, start in zip(WAVES, calendar.WAVES, strict=True):
        perceived = opinions.P_LEVEL + _composition(network.tier) + network.perceived(start)
        expected = opinions.E_LEVEL + network.expectation + opinions.E_DRIFT * (wave == 2)
        for branch, (p, e) in enumerate(zip(perceived, expected, strict=True)):
            told = {
                key: value for key, value in _levels(p, e).items() if key[0] in OF_A_BRANCH and not key[2]
            }
            found |= {(*key, branch, wave): value for key, value in told.items()}
        whole = _levels(perceived.mean(axis=0), expected.mean(axis=0)) | _shared()
        found |= {(*key, -1, wave): value for key, value in whole.items()}
    return found | _latent(network) | _drivers()


def of_the_process():
    """Return the constructs of the process that makes branches.

    Returns
    -------
    dict
        As `of_this_bank`, without single branches.
    """
    found = {}
    typical = TIER_SHARES / MILLION @ _composition(np.arange(3))
    for wave in WAVES:
        # By the second wave every transformation that will ever be has been.
        gain = EFFECT * TRANSFORMED_SHARE / MILLION * (wave == 2)
        whole = _levels(opinions.P_LEVEL + typical + gain, opinions.E_LEVEL + opinions.E_DRIFT * (wave == 2))
        found |= {(*key, -1, wave): value for key, value in (whole | _shared()).items()}
    return found


def _levels(perceived, expected):
    """Turn the levels of one place and wave into everything that follows from them.

    Parameters
    ----------
    perceived, expected : array of 5
        Levels before the items' own offsets, thousandths of a scale point.

    Returns
    -------
    dict
        (quantity, dimension, item) to value in scale points.
    """
    items_e = (expected[opinions.DIMENSION_OF] + opinions.E_OFFSET) / 1000
    items_p = (perceived[opinions.DIMENSION_OF] + opinions.P_OFFSET) / 1000
    e, p = by_dimension(items_e[None])[0], by_dimension(items_p[None])[0]
    adequate = (expected - opinions.ZONE) / 1000
    blocks = {
        "E": e, "P": p, "gap": p - e, "adequacy": p - adequate, "superiority": p - e,
        "zone_width": e - adequate, "response_weighted_gap": p - e,
    }  # fmt: skip
    found = {(name, d, 0): block[k] for name, block in blocks.items() for k, d in enumerate(DIMENSIONS)}
    items = {"E": items_e, "P": items_p, "gap": items_p - items_e}
    found |= {(name, "", int(i)): block[i - 1] for name, block in items.items() for i in opinions.ITEMS}
    satisfied = _satisfaction(perceived, expected)
    stays = opinions.INTENTION + opinions.INTENTION_WEIGHT * (satisfied - opinions.SATISFACTION) / 100
    single = {
        "overall_gap": (p - e).mean(), "response_weighted_overall_gap": (p - e).mean(), "servperf": p.mean(),
        "weighted_gap": opinions.POINTS @ (p - e) / 100, "satisfaction": satisfied / 1000, "intention": stays / 1000,
    }  # fmt: skip
    return found | {(name, "", 0): value for name, value in single.items()}


def _satisfaction(perceived, expected):
    """Return the satisfaction that levels of perception and expectation cause, in thousandths."""
    disconfirmed = perceived - expected + opinions.E_LEVEL - opinions.P_LEVEL
    pulled = (perceived - opinions.SATISFACTION_AT) @ opinions.PERCEPTION_WEIGHT
    return opinions.SATISFACTION + (pulled + disconfirmed @ opinions.DISCONFIRMATION_WEIGHT) / 100


def _shared():
    """Return what is the same at every place and time."""
    causal = (opinions.PERCEPTION_WEIGHT + opinions.DISCONFIRMATION_WEIGHT) / 100
    found = {("perception_weight", d, 0): causal[k] for k, d in enumerate(DIMENSIONS)}
    found |= {
        ("expectation_weight", d, 0): -opinions.DISCONFIRMATION_WEIGHT[k] / 100
        for k, d in enumerate(DIMENSIONS)
    }
    found |= {("points", d, 0): opinions.POINTS[k] for k, d in enumerate(DIMENSIONS)}
    return found | factors() | {("straight_liner_share", "", 0): opinions.CARELESS / MILLION}


def factors():
    """Return the structure of the perception factors: their correlations, and what the general impression is of each.

    Two factors share the halo; responsiveness and empathy share more beside it. Loadings and offsets of the items
    are the same for everybody, whatever the channel.

    Returns
    -------
    dict
        As `_shared`: ``htmt_<one>_<other>`` for each pair, ``general_share`` for each dimension.

    Examples
    --------
    >>> round(float(factors()["htmt_responsiveness_empathy", "", 0]), 4)
    0.9683
    """
    halo, own = opinions.HALO / 100, opinions.OWN / 100
    kept = np.array([1, 1, 1, 1, np.hypot(opinions.SAME, opinions.DIFFERENT) / 100])
    spread = np.hypot(halo, own * kept)
    found = {}
    for one, other in combinations(range(5), 2):
        beside = own[one] * own[other] * opinions.SAME / 100 if (one, other) == (2, 4) else 0
        found[f"htmt_{DIMENSIONS[one]}_{DIMENSIONS[other]}", "", 0] = (halo[one] * halo[other] + beside) / (
            spread[one] * spread[other]
        )
    shares = halo**2 / spread**2
    return found | {("general_share", d, 0): shares[k] for k, d in enumerate(DIMENSIONS)}


def _latent(network):
    """Return the latent quality of each branch, and what its transformation did."""
    found = {("branch_quality", "", 0, b, 0): quality / 1000 for b, quality in enumerate(network.quality)}
    known = {"branch_perception": network.perception, "transformation_effect": network.effect}
    for name, values in known.items():
        rows = (
            range(len(network))
            if name == "branch_perception"
            else np.flatnonzero(network.transformed != calendar.NEVER)
        )
        found |= {
            (name, d, 0, int(b), 0): values[b, k] / 1000 for b in rows for k, d in enumerate(DIMENSIONS)
        }
    return found


def _drivers():
    """Return what makes answering more or less likely."""
    effects = {
        "under_40": servqual_survey.RESPONSE_BY_AGE[0],
        "60_and_over": servqual_survey.RESPONSE_BY_AGE[2],
        "digital_low": servqual_survey.RESPONSE_BY_DIGITAL[0],
        "digital_high": servqual_survey.RESPONSE_BY_DIGITAL[2],
        "experience": servqual_survey.RESPONSE_BY_EXPERIENCE,
    }
    return {(f"response_effect_{name}", "", 0, -1, 0): effect / MILLION for name, effect in effects.items()}

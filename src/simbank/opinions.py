"""What respondents think, and what they put on paper: the declared model of the SERVQUAL form.

Everything is in thousandths of a scale point, loadings in percent. A person's perception of a
dimension is level + branch + transformation + age + channel + spread × factor; an item adds its own
offset and noise; answering adds acquiescence (agreeing with whatever is said, reversed items too)
and the ends of the scale. Three in a hundred do not read at all.
"""

import numpy as np
import pandas as pd

from simbank import calendar
from simbank.branches import DIMENSIONS
from simbank.streams import choose, happens, normals

ITEMS = np.arange(1, 23)
DIMENSION_OF = np.repeat(np.arange(5), [4, 5, 4, 4, 5])
REVERSED = np.isin(ITEMS, [11, 13, 19, 22])
CHANNELS = ("counter", "smart_counter", "app", "hotline")
# Which channel was used last, per million, by digital use.
CHANNEL_SHARES = np.array(
    [
        [620_000, 180_000, 60_000, 140_000],
        [360_000, 280_000, 280_000, 80_000],
        [140_000, 220_000, 560_000, 80_000],
    ]
)
E_LEVEL = np.array([6140, 6405, 6405, 6365, 6380])
E_SPREAD = np.array([115, 85, 90, 85, 95])
E_DRIFT = 40
P_LEVEL = np.array([5740, 5060, 5060, 5500, 5380])
P_SPREAD = np.array([80, 88, 92, 82, 88])
# Perception factors: percent halo (the general impression), percent of the dimension's own.
HALO = np.array([62, 80, 80, 76, 80])
OWN = np.array([78, 60, 60, 65, 60])
# Responsiveness and empathy share nearly all that is their own: hardly two dimensions.
SAME, DIFFERENT = 91, 41
# Expectation factors: percent halo, percent general demand, percent of the dimension's own.
E_HALO, E_DEMAND, E_OWN = 25, 75, 60
BY_AGE = np.array([[-100, -140, -200, -100, -140], [0, 0, 0, 0, 0], [120, 200, 240, 180, 220]])
BY_CHANNEL = np.array([[0, 0, -100, 20, 20], [60, 0, 80, 0, 0], [0, 30, 80, 0, -40], [0, -60, -80, 0, 0]])
# One offset, loading and noise an item: E and P differ in offset only.
E_OFFSET = np.array([60, -40, -20, 0, 30, -60, 0, 0, 30, 0, 60, 0, 60, 0, 60, 0, -40, -60, 60, -40, -20, 60])
P_OFFSET = np.array(
    [-80, 60, 90, -70, 40, 60, -60, -120, 80, 0, -80, 60, 20, -20, 60, 40, -80, 60, -100, 40, -60, 60]
)
LOADING = np.array(
    [100, 95, 90, 105, 105, 100, 95, 100, 90, 95, 105, 100, 100, 105, 90, 95, 105, 105, 85, 100, 105, 95]
)
E_NOISE = np.array([130, 95, 88, 90, 90])[DIMENSION_OF]
P_NOISE = 92
ACQUIESCENCE, ACQUIESCENCE_SPREAD = 150, 30
CARELESS = 30_000
CARELESS_SHARES = np.array([100_000, 300_000, 350_000, 250_000])
# Causal truth of satisfaction: percent of a scale point per scale point of perception, and of P − E.
PERCEPTION_WEIGHT = np.array([6, 30, 25, 12, 6])
DISCONFIRMATION_WEIGHT = np.array([2, 8, 7, 4, 2])
SATISFACTION, SATISFACTION_AT, SATISFACTION_NOISE = 5250, 5450, 65
INTENTION, INTENTION_WEIGHT, INTENTION_NOISE = 5350, 80, 75
POINTS = np.array([14, 28, 24, 18, 16])
POINTS_SPREAD, POINTS_GRIEVANCE = 8, 2
ZONE, ZONE_PERSON, ZONE_OWN = 1650, 65, 45


def form(rng, people, network):
    """Let respondents fill in the form, leaving nothing out.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        Respondents: ``branch``, ``wave``, ``age``, ``digital``, ``demand``, ``halo`` as whole numbers.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        One row a respondent, complete answers as on paper (reversed items not yet turned): E1 … E22,
        P1 … P22, points and adequate level by dimension, satisfaction, intention; and ``channel``,
        ``careless``, and ``disconfirmed``: perception minus expectation as it moves satisfaction, thousandths
        of a scale point from the ordinary.
    """
    channel = choose(rng, CHANNEL_SHARES[people["digital"]])
    level, deviation = perceptions(rng, people, channel, network)
    wanted, demanded = _expectations(rng, people, network)
    agreeing = ACQUIESCENCE + ACQUIESCENCE_SPREAD * normals(rng, len(people)) // 100
    answers = np.column_stack(
        [
            _items(rng, wanted, demanded, agreeing, offset=E_OFFSET, noise=E_NOISE),
            _items(rng, level, deviation, agreeing, offset=P_OFFSET, noise=P_NOISE),
            _adequate(rng, wanted + demanded),
            _outcomes(rng, level + deviation, wanted + demanded, agreeing),
        ]
    )
    careless = happens(rng, np.full(len(people), CARELESS))
    same = 4 + choose(rng, np.tile(CARELESS_SHARES, (len(people), 1)))
    answers = np.where(careless[:, None], same[:, None], answers)
    points = np.where(careless[:, None], 20, _points(rng, deviation))
    return pd.DataFrame(
        np.column_stack([answers[:, :44], points, answers[:, 44:]]), columns=columns(), index=people.index
    ).assign(
        channel=channel, careless=careless, disconfirmed=disconfirmation(level + deviation, wanted + demanded)
    )


def columns():
    """Return the names of the answers on the form, in its order.

    Returns
    -------
    list of str
        E1 … E22, P1 … P22, five points, five adequate levels, satisfaction, intention.

    Examples
    --------
    >>> columns()[:2], columns()[-1], len(columns())
    (['E1', 'E2'], 'intention', 56)
    """
    asked = [f"{side}{item}" for side in "EP" for item in ITEMS]
    by_dimension = [f"{block}_{dimension}" for block in ("points", "adequate") for dimension in DIMENSIONS]
    return [*asked, *by_dimension, "satisfaction", "intention"]


def perceptions(rng, people, channel, network):
    """Return each person's perception of the five dimensions, as level and personal deviation.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As for `form`.
    channel : array of int
        The channel used last, as a position.
    network : Network
        The branches.

    Returns
    -------
    tuple of ndarray, n respondents × 5 dimensions
        Level and deviation, thousandths of a scale point.
    """
    own = normals(rng, (len(people), 5))
    own[:, 4] = (SAME * own[:, 2] + DIFFERENT * own[:, 4]) // 100
    by_wave = np.stack([network.perceived(start) for start in calendar.WAVES])
    level = (
        P_LEVEL + by_wave[people["wave"] - 1, people["branch"]] + BY_AGE[people["age"]] + BY_CHANNEL[channel]
    )
    factor = (HALO * people["halo"].to_numpy()[:, None] + OWN * own) // 100
    return level, P_SPREAD * factor // 100


def _expectations(rng, people, network):
    """Return what each person expects of an excellent bank, as level and personal deviation.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As for `form`.
    network : Network
        The branches.

    Returns
    -------
    tuple of ndarray, n respondents × 5 dimensions
        Level and deviation, thousandths of a scale point.
    """
    level = (
        E_LEVEL + network.expectation[people["branch"]] + E_DRIFT * (people["wave"].to_numpy()[:, None] == 2)
    )
    general = (E_HALO * people["halo"] + E_DEMAND * people["demand"]).to_numpy()[:, None]
    factor = (general + E_OWN * normals(rng, (len(people), 5))) // 100
    return level, E_SPREAD * factor // 100


def disconfirmation(perceived, wanted):
    """Return how far perception is above expectation, counted from the ordinary and weighted as satisfaction weighs it.

    Parameters
    ----------
    perceived, wanted : array of int, n respondents × 5 dimensions
        Thousandths of a scale point.

    Returns
    -------
    ndarray of int64
        Thousandths of a scale point.

    Examples
    --------
    >>> disconfirmation(P_LEVEL[None] + 500, E_LEVEL[None])
    array([500])
    """
    away = (perceived - wanted + E_LEVEL - P_LEVEL) @ DISCONFIRMATION_WEIGHT
    return away // DISCONFIRMATION_WEIGHT.sum()


def on_scale(latent):
    """Round thousandths of a scale point to an answer from 1 to 7.

    Parameters
    ----------
    latent : array of int
        Thousandths of a scale point.

    Returns
    -------
    ndarray of int64
        Whole answers.

    Examples
    --------
    >>> on_scale(np.array([-200, 4499, 4500, 8200]))
    array([1, 4, 5, 7])
    """
    return np.clip((latent + 500) // 1000, 1, 7)


def _items(rng, level, deviation, agreeing, *, offset, noise):
    """Answer 22 items; a reversed item asks for the opposite, yet agreeing pushes it up as well."""
    latent = level[:, DIMENSION_OF] + offset + LOADING * deviation[:, DIMENSION_OF] // 100
    latent += noise * normals(rng, latent.shape) // 100
    return on_scale(np.where(REVERSED, 8000 - latent, latent) + agreeing[:, None])


def _adequate(rng, wanted):
    """Say which level would just do: below what is wanted, by a margin of one's own."""
    margin = (
        ZONE + (ZONE_PERSON * normals(rng, (len(wanted), 1)) + ZONE_OWN * normals(rng, wanted.shape)) // 100
    )
    return on_scale(wanted - margin)


def _outcomes(rng, perceived, wanted, agreeing):
    """Answer overall satisfaction and intention to stay."""
    pulled = (perceived - SATISFACTION_AT) @ PERCEPTION_WEIGHT
    pulled += (perceived - wanted + E_LEVEL - P_LEVEL) @ DISCONFIRMATION_WEIGHT
    satisfaction = SATISFACTION + (pulled + SATISFACTION_NOISE * normals(rng, len(pulled))) // 100
    intention = INTENTION + INTENTION_WEIGHT * (satisfaction - SATISFACTION) // 100
    intention += INTENTION_NOISE * normals(rng, len(pulled)) // 100
    return on_scale(np.column_stack([satisfaction, intention]) + agreeing[:, None])


def _points(rng, deviation):
    """Share 100 points out in fives: largest remainders, a little more to what annoys."""
    noise = POINTS_SPREAD * normals(rng, deviation.shape) - POINTS_GRIEVANCE * deviation
    wish = np.maximum(POINTS * 1000 + noise, 0) + 1
    total = wish.sum(axis=1, keepdims=True)
    fives, rest = np.divmod(20 * wish, total)
    order = np.argsort(np.argsort(-rest, axis=1, kind="stable"), axis=1, kind="stable")
    return 5 * (fives + (order < 20 - fives.sum(axis=1, keepdims=True)))

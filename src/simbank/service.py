"""What goes on in the branches week by week: visits, waits, digital completion, and what was planted there."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank import branches, calendar
from simbank.streams import normals, powers

WEEKS = 104
# Mean wait of an average branch in seconds; the rest are natural logarithms in thousandths.
WAIT = 780
WAIT_BY_RESPONSIVENESS = -1200
WAIT_PER_COUNTER, WAIT_NOISE = -50, 60
# Autocorrelation from week to week in percent, and the size of the weekly surprise, in thousandths.
PHI = {"mean_wait_seconds": 45, "visits": 30, "digital_completed": 35, "complaints": 0}
SURPRISE = {"mean_wait_seconds": 75, "visits": 50, "digital_completed": 45, "complaints": 0}
# Visits per customer and week, in thousandths; digital starts per visit by transformation, in thousandths.
VISITS = 850
STARTED, STARTED_TRANSFORMED = 420, 130
DIGITAL, DIGITAL_BY_QUALITY = 720_000, 15_000
NINETIETH, NINETIETH_NOISE = 2150, 90
# The whole effect of a transformation, and how much it varies between branches (in thousandths of the unit).
EFFECT = {"mean_wait_seconds": -220, "digital_completed": 70_000, "complaints": -150}
EFFECT_SPREAD = {"mean_wait_seconds": 40, "digital_completed": 12_000, "complaints": 30}
# It begins with so much of the whole and is complete after so many weeks.
AT_ONCE, COMPLETE = 400, 26
# Complaints fall with quality (logarithm per standard deviation).
COMPLAINTS_BY_QUALITY = -380
# What is planted, one branch each: indicator, smallest and largest size; for good from a week on.
PLANTED = (("mean_wait_seconds", 260, 380), ("complaints", 800, 1000), ("digital_completed", -110_000, -80_000),
           ("mean_wait_seconds", -330, -240))  # fmt: skip
FIRST_SHIFT, LAST_SHIFT = 40, 76
# Before the Spring Festival and in it, around National Day: week and change of visits.
SEASON = {3: 120, 4: 180, 5: -600, 6: -150, 39: -350, 54: 100, 55: 160, 56: -600, 57: -150, 91: -350}


@dataclass(frozen=True)
class Service:
    """The state of every branch in every week.

    Attributes
    ----------
    wait : ndarray of int64, n branches × 104 weeks
        Expected wait in seconds.
    complaints : ndarray of int64, n branches × 104 weeks
        How likely a complaint is, thousandths of the average branch.
    digital : ndarray of int64, n branches × 104 weeks
        Chance per million that a digital start is completed.
    visits : ndarray of int64, n branches × 104 weeks
        Thousandths of the ordinary number.
    shifts : tuple of (int, str, int, int)
        Branch, indicator, first week, size of what was planted.
    effect : dict of str to ndarray
        The whole effect of each branch's transformation on each indicator.
    ramp : ndarray of int64, n branches × 104 weeks
        How much of it is there, in thousandths.
    plain : dict of str to ndarray
        ``wait`` and ``digital`` as they would be without any transformation.
    """

    wait: np.ndarray
    complaints: np.ndarray
    digital: np.ndarray
    visits: np.ndarray
    shifts: tuple
    effect: dict
    ramp: np.ndarray
    plain: dict


def draw(rng, network, known):
    """Draw two years of every branch.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    network : Network
        The branches.
    known : DataFrame
        The table ``branches``: more counters for its size, shorter waits.

    Returns
    -------
    Service
        The state of the branches.
    """
    count = len(network)
    spare = 100 * known["counters"].to_numpy() // network.size - 7
    pressure = WAIT_BY_RESPONSIVENESS * network.perception[:, 2] // 1000 + WAIT_PER_COUNTER * spare
    pressure += WAIT_NOISE * normals(rng, count) // 1000
    paths = {name: path(rng, count, name) for name in PHI}
    shifts = _plant(rng, network)
    ramp = _ramp(network.transformed)
    effect = {name: EFFECT[name] + EFFECT_SPREAD[name] * normals(rng, count) // 1000 for name in EFFECT}
    moved = {name: ramp * effect[name][:, None] // 1000 for name in EFFECT}
    for branch, name, week, size in shifts:
        paths[name][branch, week:] += size
    season = np.zeros(WEEKS, dtype=np.int64)
    season[list(SEASON)] = list(SEASON.values())
    slow = pressure[:, None] + paths["mean_wait_seconds"] + season // 3
    upset = COMPLAINTS_BY_QUALITY * network.quality[:, None] // 1000 + paths["complaints"]
    rate = DIGITAL + DIGITAL_BY_QUALITY * network.quality[:, None] // 1000 + paths["digital_completed"]
    return Service(
        wait=WAIT * powers(slow + moved["mean_wait_seconds"]) // 1000,
        complaints=powers(upset + moved["complaints"]),
        digital=np.clip(rate + moved["digital_completed"], 50_000, 970_000),
        visits=powers(season + paths["visits"]),
        shifts=shifts,
        effect=effect,
        ramp=ramp,
        plain={"wait": WAIT * powers(slow) // 1000, "digital": np.clip(rate, 50_000, 970_000)},
    )


def path(rng, count, name):
    """Draw an autoregressive path for every branch; digital completion counts per million."""
    scale = 400 if name == "digital_completed" else 1
    surprises = scale * SURPRISE[name] * normals(rng, (count, WEEKS + 20)) // 1000
    path = np.zeros_like(surprises)
    for week in range(1, path.shape[1]):
        path[:, week] = PHI[name] * path[:, week - 1] // 100 + surprises[:, week]
    return path[:, 20:]


def _plant(rng, network):
    """Choose what shifts where and when: in branches that were never transformed, if there are enough."""
    never = network.transformed == calendar.NEVER
    order = rng.permutation(len(network))
    chosen = order[np.argsort(~never[order], kind="stable")]
    weeks = rng.integers(FIRST_SHIFT, LAST_SHIFT, len(PLANTED))
    sizes = rng.integers([low for _, low, _ in PLANTED], [high + 1 for _, _, high in PLANTED])
    return tuple(
        (int(branch), name, int(week), int(size))
        for branch, (name, _, _), week, size in zip(chosen, PLANTED, weeks, sizes, strict=False)
    )


def _ramp(transformed):
    """Return how much of a transformation is felt in each week, in thousandths."""
    since = np.arange(WEEKS) - (transformed // 7)[:, None]
    return np.where(since < 0, 0, np.minimum(1000, AT_ONCE + (1000 - AT_ONCE) * since // COMPLETE))


def week(days):
    """Return the week of a day; the three days after the last belong to it.

    Parameters
    ----------
    days : array of int
        Day numbers.

    Returns
    -------
    ndarray of int64
        From 0 to 103.

    Examples
    --------
    >>> week(np.array([0, 6, 7, 730]))
    array([  0,   0,   1, 103])
    """
    return np.clip(np.asarray(days) // 7, 0, WEEKS - 1)


def _expected_visits(network, service, customers):
    """Return how many people are expected in each branch and week.

    Parameters
    ----------
    network : Network
        The branches.
    service : Service
        Their two years.
    customers : int
        How many customers the bank has.

    Returns
    -------
    ndarray of int64, n branches × 104 weeks
        At least 20.
    """
    ordinary = VISITS * customers * network.size // (1000 * network.size.sum())
    return np.maximum(ordinary[:, None] * service.visits // 1000, 20)


def table(rng, network, service, *, customers, complaints):
    """Write down what is counted every week.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    network : Network
        The branches.
    service : Service
        Their two years.
    customers : int
        How many customers the bank has.
    complaints : ndarray of int64, n branches × 104 weeks
        Complaints received, counted in the table ``complaints``.

    Returns
    -------
    DataFrame
        The table ``service_weekly``: one row is a branch in a week.
    """
    shape = service.wait.shape
    z = normals(rng, (4, *shape))
    visits = _expected_visits(network, service, customers)
    visits += _root(visits) * z[0] // 1000
    started = visits * (STARTED + STARTED_TRANSFORMED * service.ramp // 1000) // 1000
    done = started * service.digital // 1_000_000
    done += _root(done * (started - done) // np.maximum(started, 1)) * z[1] // 1000
    # A mean of so many waits is itself a little uncertain.
    mean = service.wait + service.wait * z[2] // (1000 * np.maximum(_root(visits), 1))
    numbers = {
        "visits": visits,
        "mean_wait_seconds": mean,
        "p90_wait_seconds": mean * (NINETIETH + NINETIETH_NOISE * z[3] // 1000) // 1000,
        "complaints": complaints,
        "digital_started": started,
        "digital_completed": np.clip(done, 0, started),
    }
    branch, number = (grid.ravel() for grid in np.indices(shape))
    place = {
        "branch": branches.ids(len(network))[branch],
        "week": number + 1,
        "week_start": calendar.text(7 * number),
    }
    return pd.DataFrame(place | {name: values.ravel() for name, values in numbers.items()})


def _root(values):
    """Return whole square roots; numpy's is correctly rounded, the same everywhere."""
    return np.sqrt(values.astype(np.float64)).astype(np.int64)

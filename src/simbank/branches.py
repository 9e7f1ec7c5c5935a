"""The branches, and what nobody can see of them: the latent quality that every other table feels."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank import calendar
from simbank.streams import choose, happens, normals

REGIONS = ("east", "central", "west")
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
TIER_SHARES = np.array([300_000, 400_000, 300_000])
TRANSFORMED_SHARE = 650_000
# The first Monday on which a branch may reopen after its transformation, and how many weeks may follow.
FIRST_MONDAY, WEEKS = 154, 63
# Perceptions of a branch: percent of its general quality, percent of each dimension's own (scale points).
GENERAL = np.array([11, 18, 15, 16, 16])
OWN = np.array([15, 16, 14, 15, 16])
EXPECTATION = 7
# What a transformation adds to perceptions, in thousandths of a scale point, and how much that varies.
EFFECT = np.array([350, 0, 300, 0, 0])
EFFECT_SPREAD = np.array([8, 0, 8, 0, 0])

NAMES = tuple(
    pair.split("|")
    for pair in [
        "滨江|Riverside",
        "文昌路|Wenchang Road",
        "东湖|East Lake",
        "银杏街|Ginkgo Street",
        "古城|Old Town",
        "科技园|Science Park",
        "南门|South Gate",
        "荷塘|Lotus Pond",
        "大学城|University Town",
        "桥头|Bridgehead",
        "中心广场|Central Square",
        "北站|North Station",
        "梧桐里|Plane Tree Lane",
        "翠湖|Jade Lake",
        "会展中心|Expo Centre",
        "西市|West Market",
        "松山|Pine Hill",
        "码头|The Docks",
        "新城|New Town",
        "槐荫路|Locust Avenue",
        "金融街|Finance Street",
        "龙泉|Dragon Spring",
        "体育馆|Stadium",
        "桃园|Peach Garden",
        "彩虹桥|Rainbow Bridge",
        "白鹭洲|Egret Isle",
        "学府路|Academy Road",
        "钟楼|Bell Tower",
        "凤凰岭|Phoenix Ridge",
        "石桥|Stone Bridge",
        "河西|West Bank",
        "软件园|Software Park",
        "月湖|Moon Lake",
        "东门|East Gate",
        "枫林|Maple Wood",
        "平安里|Ping'an Lane",
        "机场路|Airport Road",
        "茶亭|Tea Pavilion",
        "临港|Harbour View",
        "竹园|Bamboo Garden",
        "建设路|Jianshe Road",
        "青龙|Green Dragon",
        "梅岭|Plum Ridge",
        "汽车城|Motor City",
        "望江|River View",
        "杏花村|Apricot Village",
        "长堤|Long Embankment",
        "鼓楼|Drum Tower",
        "兰苑|Orchid Court",
        "高铁南站|South Railway Station",
        "碧水湾|Clearwater Bay",
        "纺织城|Textile Market",
        "芙蓉|Hibiscus",
        "孔庙|Confucius Temple",
        "工业园|Industrial Park",
        "云溪|Cloud Creek",
        "老车站|Old Station",
        "海棠|Crabapple",
        "双塔|Twin Pagodas",
        "南湖|South Lake",
    ]
)


@dataclass(frozen=True)
class Network:
    """A set of branches with everything that later tables need to know about them.

    Attributes
    ----------
    region, tier, size : ndarray of int64
        Region and city tier as positions from 0; size in percent of an average branch.
    opened, transformed : ndarray of int64
        Day numbers; ``calendar.NEVER`` where there was no transformation.
    quality : ndarray of int64
        General quality of the branch, standard normal in thousandths.
    perception, expectation, effect : ndarray of int64, n branches × 5 dimensions
        Thousandths of a scale point: how the branch is perceived, what its customers expect above
        average, and what its transformation adds to perceptions.
    """

    region: np.ndarray
    tier: np.ndarray
    size: np.ndarray
    opened: np.ndarray
    transformed: np.ndarray
    quality: np.ndarray
    perception: np.ndarray
    expectation: np.ndarray
    effect: np.ndarray

    def __len__(self):
        return len(self.quality)

    def perceived(self, on):
        """Return how the branches are perceived on a day, transformations included.

        Parameters
        ----------
        on : int
            A day number.

        Returns
        -------
        ndarray of int64, n branches × 5 dimensions
            Thousandths of a scale point above the average branch before transformation.
        """
        return self.perception + self.effect * (self.transformed <= on)[:, None]


def draw(rng, count):
    """Draw branches from the process that makes them.

    Dates of transformation have nothing to do with quality: they are drawn at random.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    count : int
        How many branches.

    Returns
    -------
    Network
        The branches, latent quality included.

    Examples
    --------
    >>> from simbank.streams import generator
    >>> draw(generator(1, "branches"), 24).perception.shape
    (24, 5)
    """
    quality, own = normals(rng, count), normals(rng, (count, 5))
    # Where staff have no time (responsiveness), nobody is looked after either (empathy).
    own[:, 4] = (85 * own[:, 2] + 53 * own[:, 4]) // 100
    mondays = FIRST_MONDAY + 7 * rng.integers(0, WEEKS, count)
    chosen = happens(rng, np.full(count, TRANSFORMED_SHARE))
    return Network(
        region=rng.permutation(count) % len(REGIONS),
        tier=choose(rng, np.tile(TIER_SHARES, (count, 1))),
        size=rng.integers(80, 126, count),
        opened=calendar.day("1988-01-01") + rng.integers(0, 24 * 365, count),
        transformed=np.where(chosen, mondays, calendar.NEVER),
        quality=quality,
        perception=(GENERAL * quality[:, None] + OWN * own) // 100,
        expectation=EXPECTATION * normals(rng, (count, 5)) // 100,
        effect=EFFECT + EFFECT_SPREAD * normals(rng, (count, 5)) // 100,
    )


def ids(count):
    """Name branches B01, B02, …

    Parameters
    ----------
    count : int
        How many branches.

    Returns
    -------
    ndarray of str
        The identifiers in order.

    Examples
    --------
    >>> ids(2)
    array(['B01', 'B02'], dtype='<U3')
    """
    return np.array([f"B{number:02d}" for number in range(1, count + 1)])


def table(rng, network):
    """Write down what everybody may see of the branches.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where names and sizes come from.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        The table ``branches``: one row is a branch.
    """
    count = len(network)
    names = [NAMES[position] for position in rng.permutation(len(NAMES))[:count]]
    counters = 2 + network.size // 25 + rng.integers(0, 3, count)
    return pd.DataFrame(
        {
            "branch": ids(count),
            "name_en": [english for _, english in names],
            "name_zh": [f"{chinese}支行" for chinese, _ in names],
            "region": np.array(REGIONS)[network.region],
            "city_tier": network.tier + 1,
            "opened": calendar.text(network.opened),
            "counters": counters,
            "staff_count": 3 * counters + rng.integers(2, 9, count),
            "transformed": calendar.text(network.transformed),
        }
    )

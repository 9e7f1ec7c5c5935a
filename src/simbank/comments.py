"""What customers say: who, where, when, about what and how; the words come from `comment_phrases`."""

import numpy as np
import pandas as pd

from simbank import branches, calendar, comment_phrases, customers
from simbank.branches import DIMENSIONS
from simbank.streams import MILLION, choose, generator, happens, millionths

CHANNELS = ("survey", "review", "social", "hotline", "branch_book")
# One row a topic: the dimension it belongs to, its weight, percent of it by age group, how much it grows
# (per thousand) where the branch is a scale point worse, and its push towards complaint, per million.
TOPICS = {
    "waiting": ("responsiveness", 190, (100, 100, 100), 1500, 150_000),
    "attitude": ("assurance", 160, (90, 100, 130), 500, -170_000),
    "paperwork": ("reliability", 95, (100, 110, 90), 800, 100_000),
    "app": ("reliability", 115, (140, 100, 35), 0, 60_000),
    "machine": ("tangibles", 65, (90, 100, 120), 500, 50_000),
    "hotline": ("responsiveness", 65, (100, 110, 90), 0, 150_000),
    "fees": ("reliability", 55, (110, 110, 80), 300, 180_000),
    "selling": ("empathy", 60, (90, 110, 110), 600, 130_000),
    "premises": ("tangibles", 45, (80, 100, 130), 500, -80_000),
    "seniors": ("empathy", 45, (60, 100, 260), 500, -50_000),
    "loan": ("reliability", 50, (130, 120, 20), 300, 60_000),
    "security": ("assurance", 40, (110, 100, 90), 300, 0),
    "hours": ("empathy", 35, (130, 100, 50), 500, 20_000),
}
NONE = len(TOPICS)
# Chance of commenting, per million; those who feel strongly comment more, and some twice.
COMMENT, COMMENT_BY_FEELING, AGAIN = 150_000, 30_000, 120_000
TRUTH = 10**9
# Foreigners and users of the English forms, per million, by city tier and by age.
ENGLISH = np.array([300_000, 210_000, 150_000])
ENGLISH_BY_AGE = np.array([40_000, 0, -70_000])
CHANNEL_SHARES = np.array(
    [[300_000, 260_000, 240_000, 120_000, 80_000], [360_000, 190_000, 130_000, 190_000, 130_000],
     [340_000, 70_000, 30_000, 230_000, 330_000]]
)  # fmt: skip
# Complaint or not, per million: at a branch of average quality for an average person; what a warmer person
# (per standard deviation), a better branch (per scale point) and the channel change; and suggestions.
NEGATIVE, BY_WARMTH, BY_PERCEPTION = 430_000, -100_000, -600_000
BY_CHANNEL = np.array([0, -20_000, 120_000, 200_000, -120_000])
NEUTRAL = 120_000
SECOND, CONTRARY = 160_000, 500_000
# Of complaints in an easy register (plain, chatty, emoji), those that say the opposite of what they mean.
IRONY = 90_000
EASY = [comment_phrases.REGISTERS.index(name) for name in ("plain", "chatty", "emoji")]
# Registers by channel in the order of phrases.REGISTERS, per million; the old write like the old now and then.
REGISTER_SHARES = 1000 * np.array(
    [[410, 160, 110, 70, 110, 0, 35, 0, 75, 30], [330, 80, 270, 110, 60, 0, 110, 0, 35, 5],
     [210, 50, 260, 140, 10, 0, 310, 0, 20, 0], [0, 0, 0, 0, 0, 0, 0, 1000, 0, 0],
     [410, 80, 80, 60, 350, 0, 0, 0, 15, 5]]
)  # fmt: skip
ELDERLY = 300_000
ANGRY = comment_phrases.REGISTERS.index("angry")
SHORT, EMPTY = comment_phrases.REGISTERS.index("short"), comment_phrases.REGISTERS.index("empty")


def draw(rng, people, network):
    """Draw what will be said, before it is put into words.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        Customers, as returned by `customers.draw`; with ``left`` where they leave, a day number.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        One row a comment, in the order of the customers: ``person`` (position in `people`), ``branch``,
        ``day``, ``channel``, ``language``, ``topic``, ``polarity``, ``second``, ``second_polarity``,
        ``register``, ``ironic``, ``corporate`` as whole numbers; topic ``NONE`` where there is none.
    """
    chance = COMMENT + COMMENT_BY_FEELING * people["warmth"].abs().to_numpy() // 1000
    first, again = happens(rng, chance), happens(rng, np.full(len(people), AGAIN))
    person = np.repeat(np.arange(len(people)), first * (1 + again))
    who = people.iloc[person].reset_index(drop=True)
    earliest = np.clip(who["joined"].to_numpy(), 0, calendar.DAYS - 1)
    day = earliest + rng.integers(0, MILLION, len(who)) * (calendar.DAYS - earliest) // MILLION
    still = np.less(day, who.get("left", calendar.NEVER))
    who, person, day = who[still].reset_index(drop=True), person[still], day[still]
    channel = choose(rng, CHANNEL_SHARES[who["age"]])
    tier = network.tier[who["branch"]]
    english = happens(rng, ENGLISH[tier] + ENGLISH_BY_AGE[who["age"]])
    felt = network.perception[who["branch"]]
    felt = felt + network.effect[who["branch"]] * (network.transformed[who["branch"]] <= day)[:, None]
    plan = pd.DataFrame(
        {"person": person, "branch": who["branch"], "day": day, "channel": channel, "language": english * 1}
    )
    plan = plan.join(_content(rng, who, felt, channel)).assign(corporate=who["kind"])
    return plan.sort_values(["person", "day"], ignore_index=True, kind="stable")


def _content(rng, who, felt, channel):
    """Draw topics, polarities and register."""
    weights = _shares(felt, who["age"].to_numpy())
    topic = choose(rng, millionths(weights))
    others = np.where(np.arange(NONE) == topic[:, None], 0, weights)
    second = choose(rng, millionths(others))
    polarity = _polarity(rng, who, felt, channel, topic)
    register = choose(rng, REGISTER_SHARES[channel])
    aged = happens(rng, ELDERLY * (who["age"] == 2).to_numpy()) & (register < SHORT - 1)
    register = np.where(aged, comment_phrases.REGISTERS.index("elderly"), register)
    # Only complaints are angry; who is pleased or asks chats.
    calm = (register == ANGRY) & (polarity != -1)
    register = np.where(calm, comment_phrases.REGISTERS.index("chatty"), register)
    ironic = happens(rng, IRONY * (np.isin(register, EASY) & (polarity == -1)))
    paired = happens(rng, np.full(len(who), SECOND)) & (polarity != 0) & ~ironic
    turned = np.where(happens(rng, np.full(len(who), CONTRARY)), -polarity, polarity)
    silent = np.isin(register, [SHORT, EMPTY])
    paired &= ~silent
    return pd.DataFrame(
        {
            "topic": np.where(silent, NONE, topic),
            "polarity": np.where(register == EMPTY, 0, polarity),
            "second": np.where(paired, second, NONE),
            "second_polarity": np.where(paired, turned, 0),
            "register": register,
            "ironic": ironic & ~silent,
        }
    )


def _shares(felt, age):
    """Weigh the topics: by age, and by how the branch is perceived at the time.

    Parameters
    ----------
    felt : ndarray of int64, n comments × 5 dimensions
        Thousandths of a scale point above an average branch.
    age : ndarray of int
        Age groups as positions.

    Returns
    -------
    ndarray of int64, n comments × 13 topics
        Weights; only their proportions count.
    """
    dimension, weight, by_age, growth, _ = zip(*TOPICS.values(), strict=True)
    own = felt[:, [DIMENSIONS.index(name) for name in dimension]]
    grown = np.clip(1000 - np.array(growth) * own // 1000, 300, 3000)
    return np.array(weight) * np.array(by_age).T[age] * grown


def _polarity(rng, who, felt, channel, topic):
    """Draw complaint (−1), suggestion (0) or praise (1)."""
    dimension, *_, push = zip(*TOPICS.values(), strict=True)
    own = felt[np.arange(len(topic)), np.array([DIMENSIONS.index(name) for name in dimension])[topic]]
    chance = NEGATIVE + np.array(push)[topic] + BY_CHANNEL[channel] + BY_PERCEPTION * own // 1000
    chance += BY_WARMTH * who["warmth"].to_numpy() // 1000
    negative = np.clip(chance, 40_000, 860_000)
    return choose(rng, np.column_stack([negative, np.full(len(topic), NEUTRAL), 880_000 - negative])) - 1


def _write(rng, plan):
    """Put comments into words.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    plan : DataFrame
        As returned by `draw`.

    Returns
    -------
    list of str
        One text a comment.
    """
    named = pd.DataFrame(
        {
            "language": np.array(comment_phrases.LANGUAGES)[plan["language"]],
            "topic": np.array([*TOPICS, ""])[plan["topic"]],
            "second": np.array([*TOPICS, ""])[plan["second"]],
            "register": np.array(comment_phrases.REGISTERS)[plan["register"]],
        }
    ).join(plan[["polarity", "second_polarity", "ironic", "corporate"]])
    numbers = rng.integers(0, 2**31, (len(plan), comment_phrases.NEEDS)).tolist()
    return [comment_phrases.say(row, own) for row, own in zip(named.to_dict("records"), numbers, strict=True)]


def tables(seed, people, network, *, chunk, first, known):
    """Write down the comments of one chunk of customers, and what they are about.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    people : DataFrame
        Customers of the chunk, as returned by `customers.draw`.
    network : Network
        The branches.
    chunk : int
        Which chunk.
    first : int
        The number of its first customer.
    known : int
        How many comments the chunks before it have.

    Returns
    -------
    tuple of DataFrame
        Rows of ``comments`` and of ``truth_comments``.
    """
    rng = generator(seed, "comments", chunk=chunk)
    plan = draw(rng, people, network)
    said = pd.DataFrame(
        {
            "comment": np.char.mod("M%05d", known + 1 + np.arange(len(plan))),
            "customer": customers.ids(first + plan["person"].to_numpy()),
            "branch": branches.ids(len(network))[plan["branch"]],
            "date": calendar.text(plan["day"].to_numpy()),
            "channel": np.array(CHANNELS)[plan["channel"]],
            "language": np.array(comment_phrases.LANGUAGES)[plan["language"]],
            "text": _write(rng, plan),
        }
    )
    return said, _meant(said["comment"], plan)


def _meant(comment, plan):
    """Write the truth beside the comments: one row a topic of a comment."""
    rows = []
    for place, topic, polarity in ((1, "topic", "polarity"), (2, "second", "second_polarity")):
        block = pd.DataFrame(
            {
                "comment": comment,
                "place": place,
                "topic": np.array([*TOPICS, "none"])[plan[topic]],
                "polarity": plan[polarity],
                "register": np.array(comment_phrases.REGISTERS)[plan["register"]],
                "ironic": plan["ironic"].astype(int) * (place == 1),
            }
        )
        rows.append(block if place == 1 else block[plan["second"] != NONE])
    return pd.concat(rows).sort_values(["comment", "place"], ignore_index=True, kind="stable")


def effects(seed, network, *, number):
    """Compute one batch of what the comments are about, in very many of them.

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
        (quantity, place) to value: shares among comments, topics among comments that have one.
    """
    rng = generator(seed, "comments", chunk=TRUTH + number)
    plan = draw(rng, customers.draw(rng, network, 40_000), network)
    about = plan[plan["topic"] != NONE]
    negative = about["polarity"] == -1
    found = {
        ("comment_negative", ()): negative.mean(),
        ("comment_english", ()): plan["language"].mean(),
        ("comment_mixed", ()): (about["second"] != NONE).mean(),
        ("comment_ironic", ()): about.loc[negative, "ironic"].mean(),
        ("comment_without_topic", ()): (plan["topic"] == NONE).mean(),
    }
    for k, topic in enumerate(TOPICS):
        found["comment_topic", (("topic", topic),)] = (about["topic"] == k).mean()
        found["comment_negative", (("topic", topic),)] = negative[about["topic"] == k].mean()
    waiting = (about["topic"] == 0).groupby(about["branch"]).mean()
    names = branches.ids(len(network))
    return found | {
        ("comment_topic", (("topic", "waiting"), ("branch", names[b]))): waiting[b] for b in waiting.index
    }


def constructs():
    """Return what was put in and needs no draw: nothing, shares follow from everything else.

    Returns
    -------
    dict
        Empty.
    """
    return {}

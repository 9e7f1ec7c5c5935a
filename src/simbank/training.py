"""A training that half of the branches get first, at random: reaction, knowledge, behaviour, customers' scores."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simbank.streams import generator, happens, normals

PHASES = ("pre", "post", "follow_up")
GROUPS = ("waiting", "trained")
DATES = ("2025-05-12", "2025-06-23", "2025-10-13")
# At most so many branches, half of them trained, and at most so many of their staff.
BRANCHES, STAFF = 12, 10
ROLES = ("counter", "lobby_manager", "customer_manager")
# One row a measure, thousandths of its unit: level, spread of branches, of people, of the day; what everybody
# gains by taking it again (post, follow-up); what the training adds (post, follow-up); end of the scale.
MEASURES = {
    "score": (62_000, 3_500, 7_000, 5_500, (1_500, 1_000), (8_000, 5_000), (0, 100_000)),
    "behaviour": (5_600, 500, 900, 1_000, (100, 100), (700, 500), (0, 10_000)),
    "customer_score": (5_350, 120, 200, 260, (0, 0), (120, 90), (1_000, 7_000)),
}
UNIT = {"score": 1000, "behaviour": 100, "customer_score": 10}
# How much what one gains differs between people (percent of the gain).
GAIN_SPREAD = 30
REACTION, REACTION_SPREAD, REACTION_BY_GAIN = 4_100, 800, 50
ABSENT = np.array([0, 30_000, 80_000])
UNRATED = 50_000
# Tired staff (thousandths of a mark): level, spread of branches, of people, of the day. Who knows, does and earns more
# is less tired (percent of the person's part), and neither makes the other.
TIRED, TIRED_SPREAD, TIRED_BY_PERSON = 4_000, (500, 1_000, 600), -70
# Chance per million of attending the day, and of it for someone who does better anyway. Colleagues pass it on: who
# missed the day gains as much.
ATTENDED, ATTENDED_BY_PERSON, ATTENDED_RANGE = 850_000, 60_000, (400_000, 990_000)
# Of the day's part of a mark for behaviour, the visit has 80 % and the observer 60 % (squares add up); a second observer
# at the same visit shares the visit: of what the first saw of it he sees 64 %, and strays by 77 %.
SECOND, SHARED, STRAYS = 500_000, 64, 77
TRUTH, TRUTH_BRANCHES = 10**9, 1_000


@dataclass(frozen=True)
class Drawn:
    """What is drawn of some employees.

    Attributes
    ----------
    measures : dict of ndarray
        Measure → n employees × 3 phases, thousandths of the unit.
    reactions, person : ndarray
        Ratings of the training, 1–5; what one knows, does and earns more than others, thousandths.
    steady : ndarray
        Behaviour without the day's part, before the training.
    """

    measures: dict
    reactions: np.ndarray
    person: np.ndarray
    steady: np.ndarray


def _model(rng, branch, trained):
    """Draw all measures of some employees in all phases.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    branch : ndarray of int
        The branch of each employee, from 0.
    trained : ndarray of int
        1 where the branch was trained first.

    Returns
    -------
    Drawn
        Of the n employees.
    """
    gain = 100 + GAIN_SPREAD * normals(rng, len(branch)) // 1000
    person = normals(rng, len(branch))
    found, steady = {}, {}
    for name, (level, branches, people, day, again, added, scale) in MEASURES.items():
        place = branches * normals(rng, branch.max() + 1)[branch] // 1000
        # What one knows, does and earns from customers has something in common.
        own = people * (70 * person + 71 * normals(rng, len(branch))) // 100_000
        noise = day * normals(rng, (len(branch), len(PHASES))) // 1000
        change = np.array([0, *again]) + np.array([0, *added]) * (trained * gain)[:, None] // 100
        steady[name] = level + place + own
        found[name] = np.clip(steady[name][:, None] + change + noise, *scale)
    liked = (
        REACTION + REACTION_SPREAD * normals(rng, len(branch)) // 1000 + REACTION_BY_GAIN * (gain - 100) // 10
    )
    return Drawn(found, np.clip((liked + 500) // 1000, 1, 5), person, steady["behaviour"])


def _state(rng, branch, drawn):
    """Draw how tired people are, who comes to the day, and what a second observer sees.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from: a stream of its own.
    branch : ndarray of int
        The branch of each employee, from 0.
    drawn : Drawn
        Of the same employees.

    Returns
    -------
    tuple of ndarray
        Marks 1–7 for being tired (n × 3 phases), 1 who attended (n), marks of the second observer before the
        training (n, thousandths).
    """
    places, people, day = TIRED_SPREAD
    own = people * (TIRED_BY_PERSON * drawn.person + 71 * normals(rng, len(branch))) // 100_000
    place = places * normals(rng, branch.max() + 1)[branch] // 1000
    noise = day * normals(rng, (len(branch), len(PHASES))) // 1000
    tired = np.clip((TIRED + (own + place)[:, None] + noise + 500) // 1000, 1, 7)
    chance = np.clip(ATTENDED + ATTENDED_BY_PERSON * drawn.person // 1000, *ATTENDED_RANGE)
    spread, scale = MEASURES["behaviour"][3], MEASURES["behaviour"][-1]
    seen = SHARED * (drawn.measures["behaviour"][:, 0] - drawn.steady) // 100
    second = drawn.steady + seen + STRAYS * spread * normals(rng, len(branch)) // 100_000
    return tired, happens(rng, chance).astype(int), np.clip(second, *scale)


def _chosen(rng, staff):
    """Choose branches at random, half of them to be trained first, and some of their staff.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    staff : DataFrame
        The table ``staff``.

    Returns
    -------
    DataFrame
        Rows of `staff` with ``group`` (0 waiting, 1 trained).
    """
    names = np.unique(staff["branch"])
    lots = rng.permutation(len(names))
    taken = min(BRANCHES, len(names) - len(names) % 2)
    group = pd.Series(np.arange(taken) % 2, index=names[lots[:taken]])
    able = staff[
        staff["branch"].isin(group.index)
        & staff["role"].isin(ROLES)
        & (pd.to_datetime(staff["joined"]) < DATES[0])
    ]
    mixed = able.iloc[np.argsort(rng.integers(0, 2**40, len(able)), kind="stable")]
    some = mixed[mixed.groupby("branch").cumcount() < STAFF].sort_values("employee", ignore_index=True)
    return some.assign(group=some["branch"].map(group))


def table(seed, staff):
    """Write down the training: an employee in a phase.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    staff : DataFrame
        The table ``staff``.

    Returns
    -------
    DataFrame
        The table ``training``; who was absent has no row, only the trained react, and only once.
    """
    rng = generator(seed, "training")
    people = _chosen(rng, staff)
    branch = np.unique(people["branch"], return_inverse=True)[1]
    group = people["group"].to_numpy()
    drawn = _model(rng, branch, group)
    there = ~happens(rng, np.tile(ABSENT, (len(people), 1)))
    rated = ~happens(rng, np.full(there.shape, UNRATED))
    who, phase = np.nonzero(there)
    rows = pd.DataFrame(
        {
            "employee": people["employee"].to_numpy()[who],
            "branch": people["branch"].to_numpy()[who],
            "group": np.array(GROUPS)[group[who]],
            "phase": np.array(PHASES)[phase],
            "date": np.array(DATES)[phase],
        }
    )
    for name, unit in UNIT.items():
        rows[name] = _written(drawn.measures[name][who, phase], unit)
    rows["customer_score"] = rows["customer_score"].where(rated[who, phase])
    rows["reaction"] = pd.Series(drawn.reactions[who], dtype="Int64").where((phase == 1) & (group[who] == 1))
    return _with_state(rows, generator(seed, "training_state"), branch, drawn, who, phase)


def _with_state(rows, rng, branch, drawn, who, phase):
    """Add what was asked and seen besides."""
    tired, attended, second = _state(rng, branch, drawn)
    two = happens(rng, np.full(len(branch), SECOND))
    rows["attended"] = pd.Series(attended[who], dtype="Int64").where(rows["group"] == GROUPS[1])
    rows["tired"] = tired[who, phase]
    seen = pd.Series(_written(second[who], UNIT["behaviour"]))
    rows["behaviour_second"] = seen.where((phase == 0) & two[who])
    return rows


def _written(values, unit):
    """Write thousandths with as many places as the unit has; whole numbers until here."""
    whole = (values + unit // 2) // unit
    return whole if unit == 1000 else whole * unit / 1000


def effects(seed, network, *, number):
    """Compute one batch of what the training adds, as differences of changes between very many branches.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Not needed: the truth is that of the process.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value in units of the measure.
    """
    rng = generator(seed, "training", chunk=TRUTH + number)
    branch = np.repeat(np.arange(TRUTH_BRANCHES), STAFF)
    # The same noise with and without the training: only what it adds differs.
    begin = rng.bit_generator.state
    trained = _model(rng, branch, np.ones(len(branch), dtype=int))
    rng.bit_generator.state = begin
    waiting = _model(rng, branch, np.zeros(len(branch), dtype=int))
    found = {("training_reaction", ()): trained.reactions.mean()}
    for name, values in trained.measures.items():
        gain = (values - waiting.measures[name]) / 1000
        for k, phase in enumerate(PHASES[1:], start=1):
            place = (("measure", name), ("phase", phase))
            found["training_effect", place] = gain[:, k].mean()
        level = waiting.measures[name][:, 0].reshape(TRUTH_BRANCHES, STAFF) / 1000
        within = level.var(axis=1, ddof=1).mean()
        between = level.mean(axis=1).var(ddof=1) - within / STAFF
        found["training_icc", (("measure", name),)] = between / (between + within)
    learnt = trained.measures["score"][:, 1] - waiting.measures["score"][:, 1]
    found["training_reaction_correlation", ()] = np.corrcoef(trained.reactions, learnt)[0, 1]
    return found | _of_state(generator(seed, "training_state", chunk=TRUTH + number), branch, waiting, learnt)


def _of_state(rng, branch, waiting, learnt):
    """What holds of being tired, of attending, and of two observers at one visit."""
    tired, attended, second = _state(rng, branch, waiting)
    pair = np.column_stack([waiting.measures["behaviour"][:, 0], second])
    mean, half = pair.mean(axis=1), np.diff(pair, axis=1)[:, 0] / 2
    rated = waiting.measures["customer_score"][:, 0]
    return {
        ("training_attended", ()): attended.mean(),
        ("training_missed", ()): learnt[attended == 0].mean() / 1000,
        ("training_observers", ()): (mean.var() - (half**2).mean()) / (mean.var() + (half**2).mean()),
        ("training_tired", ()): np.corrcoef(tired[:, 0], rated)[0, 1],
        ("training_tired_gain", ()): np.polyfit(tired[:, 0], learnt / 1000, 1)[0],
    }


def constructs():
    """Return what was put in.

    Returns
    -------
    dict
        The keys of `effects` that have such a number.
    """
    found = {}
    for name, (_, branches, people, day, _, added, _) in MEASURES.items():
        for phase, value in zip(PHASES[1:], added, strict=True):
            found["training_effect", (("measure", name), ("phase", phase))] = value / 1000
        found["training_icc", (("measure", name),)] = branches**2 / (branches**2 + people**2 + day**2)
    return found | {("training_missed", ()): 8.0, ("training_tired_gain", ()): 0.0}

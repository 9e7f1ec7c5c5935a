"""What a survey estimates: every statistic of the course, computed on a very large draw of complete answers."""

from itertools import combinations

import numpy as np
import pandas as pd

from simbank import branches, calendar, customers, opinions, servqual_survey, simulated_scores
from simbank.branches import DIMENSIONS
from simbank.streams import generator

BATCHES = 40
# Customers and answers per branch (and wave) in one batch: of this bank, and of newly drawn branches.
BANK_CUSTOMERS, BANK_ANSWERS = 1500, 200
PROCESS_BRANCHES, PROCESS_CUSTOMERS, PROCESS_ANSWERS = 100, 480, 60
WAVES = tuple(range(1, len(calendar.WAVES) + 1))
# What is told of each branch, not only of the whole.
OF_A_BRANCH = ("E", "P", "gap", "overall_gap", "weighted_gap", "servperf", "satisfaction")


def batch(rng, network, *, size, answers):
    """Draw one more survey of the same branches among new customers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    network : Network
        The branches.
    size : int
        Customers per branch.
    answers : int
        Answers wanted per branch and wave.

    Returns
    -------
    tuple of DataFrame
        The respondents and their complete forms.
    """
    people = customers.draw(rng, network, size * len(network))
    queue = servqual_survey.shortest(servqual_survey.waiting(people), most=size)
    quota = np.full((len(network), len(WAVES)), answers)
    respondents = servqual_survey.respond(rng, queue, network, quota)
    return respondents, opinions.form(rng, respondents, network)


def _statistics(people, forms):
    """Compute every statistic of one batch.

    Parameters
    ----------
    people, forms : DataFrame
        As returned by `batch`.

    Returns
    -------
    dict
        (quantity, dimension, item, branch, wave) to value; branch −1 where it is the whole.
    """
    scored = simulated_scores.scores(forms)
    means = scored.groupby([people["branch"], people["wave"]]).mean()
    each = means[[name for name in means.columns if name[0] in OF_A_BRANCH and name[2] == 0]]
    found = {(*name, *place): value for name, column in each.items() for place, value in column.items()}
    for wave, row in means.groupby("wave").mean().iterrows():
        found |= {(*name, -1, wave): value for name, value in row.items()}
    for wave in WAVES:
        rows = (people["wave"] == wave).to_numpy()
        whole = _structure(forms[rows], people["branch"].to_numpy()[rows])
        whole |= _reweighted(scored[rows], people[rows])
        found |= {(*key, 0, -1, wave): value for key, value in whole.items()}
    return found


def _reweighted(scored, people):
    """Average the gaps with response weights, each branch counted equally."""
    gaps = scored["gap"].xs(0, axis=1, level="item")
    sums = gaps.mul(people["weight"], axis=0).groupby(people["branch"]).sum()
    means = sums.div(people["weight"].groupby(people["branch"]).sum(), axis=0).mean()
    found = {("response_weighted_gap", dimension): means[dimension] for dimension in DIMENSIONS}
    rate = 10_000 * len(people) / people["weight"].sum()
    return found | {("response_weighted_overall_gap", ""): means.mean(), ("response_rate", ""): rate}


def _structure(forms, branch):
    """Return alphas, variance components, HTMT and the regression of satisfaction, for one wave."""
    E, P = simulated_scores.turned(forms, "E"), simulated_scores.turned(forms, "P")
    found = {}
    for k, dimension in enumerate(DIMENSIONS):
        own = k == opinions.DIMENSION_OF
        for name, answers in (("alpha_E", E), ("alpha_P", P), ("alpha_gap", P - E)):
            found[name, dimension] = simulated_scores.alpha(np.cov(answers[:, own].T))
    e, p = simulated_scores.by_dimension(E), simulated_scores.by_dimension(P)
    for name, values in (("icc_P", p), ("icc_gap", p - e)):
        between, within = simulated_scores.components(values, branch)
        for k, dimension in enumerate(DIMENSIONS):
            found[f"{name}:between", dimension], found[f"{name}:within", dimension] = between[k], within[k]
    slopes = simulated_scores.within_slopes(forms["satisfaction"].to_numpy(), np.column_stack([p, e]), branch)
    for k, dimension in enumerate(DIMENSIONS):
        found["perception_weight", dimension], found["expectation_weight", dimension] = (
            slopes[k],
            slopes[5 + k],
        )
    together = np.corrcoef(P.T)
    for one, other in combinations(range(5), 2):
        name = f"htmt_{DIMENSIONS[one]}_{DIMENSIONS[other]}"
        found[name, ""] = simulated_scores.htmt(together, one, other)
    return found


def _gaps_left(answers, waves):
    """Return how many answers are left out or "don't know", by wave."""
    found = {}
    for wave, rows in answers.groupby(waves):
        for side, block in (("E", rows.iloc[:, :22]), ("P", rows.iloc[:, 22:44])):
            found[f"missing_share_{side}", "", 0, -1, wave] = block.isna().mean(axis=None)
        found["dont_know_share", "", 0, -1, wave] = (block == servqual_survey.DONT_KNOW).mean(axis=None)
    return found


def of_this_bank(seed, network, batches=None):
    """Yield batch after batch of statistics for the branches of this bank.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    batches : int, optional
        How many; ``BATCHES`` without it.

    Yields
    ------
    dict
        As returned by `_statistics`.
    """
    for number in range(batches or BATCHES):
        rng = generator(seed, "truth", chunk=number)
        people, forms = batch(rng, network, size=BANK_CUSTOMERS, answers=BANK_ANSWERS)
        spoilt = servqual_survey.spoil(rng, forms, people)
        yield _statistics(people, forms) | _gaps_left(spoilt, people["wave"])


def of_the_process(seed, batches=None):
    """Yield batch after batch of statistics for newly drawn branches.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    batches : int, optional
        How many; ``BATCHES`` without it.

    Yields
    ------
    dict
        As returned by `_statistics`, without single branches.
    """
    for number in range(batches or BATCHES):
        rng = generator(seed, "truth", chunk=BATCHES + number)
        network = branches.draw(rng, PROCESS_BRANCHES)
        drawn = batch(rng, network, size=PROCESS_CUSTOMERS, answers=PROCESS_ANSWERS)
        yield {key: value for key, value in _statistics(*drawn).items() if key[3] == -1}


def summary(batches):
    """Average batches, with the Monte Carlo standard error of the average.

    An ICC is a ratio of averaged variance components; its error comes from leaving out one batch at a time.

    Parameters
    ----------
    batches : list of dict
        As yielded by `of_this_bank` or `of_the_process`.

    Returns
    -------
    DataFrame
        Columns ``estimand`` and ``monte_carlo_error``, index as in `_statistics`.
    """
    table = pd.DataFrame([list(found.values()) for found in batches], columns=_index(list(batches[0])))
    quantity = table.columns.get_level_values("quantity")
    plain = table.loc[:, ~quantity.str.contains(":")]
    between, within = (table.loc[:, quantity.str.endswith(part)] for part in (":between", ":within"))
    n = len(table)
    left_out = [(part.sum() - part).to_numpy() / (n - 1) for part in (between, within)]
    iccs = pd.DataFrame(left_out[0] / (left_out[0] + left_out[1]))
    names = [(key[0].removesuffix(":between"), *key[1:]) for key in between.columns]
    ratio = between.mean().to_numpy() / (between.mean().to_numpy() + within.mean().to_numpy())
    error = np.sqrt((n - 1) * iccs.var(ddof=0)).to_numpy()
    frames = [
        pd.DataFrame({"estimand": plain.mean(), "monte_carlo_error": plain.sem()}),
        pd.DataFrame({"estimand": ratio, "monte_carlo_error": error}, index=_index(names)),
    ]
    return pd.concat(frames)


def _index(keys):
    return pd.MultiIndex.from_tuples(keys, names=["quantity", "dimension", "item", "branch", "wave"])

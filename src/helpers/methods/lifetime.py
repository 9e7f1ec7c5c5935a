"""How many purchases are still to come: BG/NBD and gamma–gamma, for buying without a contract.

A card may be laid aside without a word, and nobody is told: that is what these models are for. An account is
closed on a known day: use survival there, not these.
"""

import numpy as np
import pandas as pd
from scipy import optimize
from scipy.special import betaln, expit, gammaln, hyp2f1, logsumexp

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import dataframes

DAYS_A_WEEK = 7
# The farthest logarithm of a parameter that is believed of so few customers. Of many it says that all are alike:
# then r / α and a / (a + b) are found all the same.
EDGE, FEW = 12, 50
FAR = 14  # beyond it the beta functions lose their digits
TERMS, CHUNK = 2**20, 2**12  # of a series, at most and at once


def histories(purchases, *, until):
    """Sum up each customer's purchases before a day, as the models need them.

    Parameters
    ----------
    purchases : DataFrame
        One row is a purchase: `customer`, `time`, `amount_fen`. Several on one day count as one occasion.
    until : date, Timestamp or text
        Purchases before this day count.

    Returns
    -------
    DataFrame
        One row for each customer with a purchase: `customer`; `frequency`, occasions after the first;
        `recency` and `age`, weeks from the first to the last occasion and to `until`; `amount_cny`, mean
        yuan of an occasion, the first left out (missing where there was no other). Anyone who bought only
        later has no row.

    Raises
    ------
    WrongValue
        If a column or a value is missing, a time is not a date, an amount no number, or `until` no date.

    Examples
    --------
    >>> three = pd.DataFrame({"customer": "C1", "amount_fen": [900, 500, 700],
    ...                       "time": pd.to_datetime(["2025-01-01", "2025-01-15", "2025-01-29"])})
    >>> histories(three, until="2025-02-12")
      customer  frequency  recency  age  amount_cny
    0       C1          2      4.0  6.0         6.0
    """
    checks.columns(purchases, ["customer", "time", "amount_fen"], name="purchases")
    checks.complete(purchases[["customer", "time", "amount_fen"]], name="purchases")
    purchases = checks.read_numbers(purchases, ["amount_fen"], name="purchases")
    checks.one_kind("customer", purchases=purchases)
    end = pd.Timestamp(dataframes.midnight(until, name="until"))
    days = checks.dates(purchases[["time"]], name="purchases").dt.normalize()
    occasions = (
        purchases.assign(day=days)[days < end]
        .groupby(["customer", "day"], as_index=False)["amount_fen"]
        .sum()
    )
    again = occasions[occasions.duplicated("customer")]
    spans = occasions.groupby("customer")["day"].agg(["min", "max", "size"])
    table = pd.DataFrame(
        {
            "frequency": spans["size"] - 1,
            "recency": (spans["max"] - spans["min"]).dt.days / DAYS_A_WEEK,
            "age": (end - spans["min"]).dt.days / DAYS_A_WEEK,
            "amount_cny": again.groupby("customer")["amount_fen"].mean() / 100,
        }
    )
    return table.rename_axis("customer").reset_index()


def fit(table):
    """Fit BG/NBD by maximum likelihood: who buys how often, and how soon does a card fall asleep?

    Alive, a customer buys as a Poisson process with a rate from a gamma distribution (shape r, rate α a week);
    after each purchase but the first the card is laid aside with a chance from a beta distribution (a, b). Fader,
    Hardie and Lee 2005, *Marketing Science* 24, p. 275; their likelihood (6), on the logarithm of the parameters.

    Parameters
    ----------
    table : DataFrame
        `frequency` (whole numbers), `recency`, `age` (`histories`); recency never beyond age, 0 where and only
        where there was no second purchase.

    Returns
    -------
    DataFrame
        One row: `n`, `r`, `alpha` (weeks), `a`, `b`, `log_likelihood`.

    Raises
    ------
    WrongValue
        If a column is missing or incomplete, a history cannot be, or, among fewer than 50 customers, the
        likelihood has no highest point: too few, or nobody who stopped; or nobody bought again.
    """
    x, recency, age = _history(table)
    _enough(x.any())
    unit = age.mean()  # the search is the same in weeks and in seconds

    def loss(logs):
        return -_log_likelihood(np.exp(logs), x, recency / unit, age / unit).sum()

    best = _minimum(loss, np.log([1.0, 0.2, 1.0, 3.0]), n=len(table))
    r, alpha, a, b = np.exp(best.x)
    return pd.DataFrame({
        "n": [len(table)], "r": [r], "alpha": [alpha * unit], "a": [a], "b": [b],
        "log_likelihood": [-best.fun - x.sum() * np.log(unit)],
    })  # fmt: skip


def _log_likelihood(parameters, x, recency, age):
    """Equation (6), each customer's own."""
    r, alpha, a, b = parameters
    shared = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
    again = np.maximum(x, 1)
    gone = betaln(a + 1, b + again - 1) - betaln(a, b) - (r + x) * np.log(alpha + recency)
    return shared + np.where(x > 0, np.logaddexp(alive, gone), alive)


def expected(table, *, model, weeks):
    """How many purchases does the model expect of each customer in the weeks to come?

    Parameters
    ----------
    table : DataFrame
        As for `fit`.
    model : DataFrame
        As `fit` returns it.
    weeks : float
        How far ahead, above 0.

    Returns
    -------
    DataFrame
        `table` with `alive`, the chance that the card is still in use (1 for anyone who bought once: nobody is
        laid aside before the second purchase), and `expected`, purchases in these weeks, equation (10) of
        Fader, Hardie and Lee 2005.

    Raises
    ------
    WrongValue
        As `fit` does; if `model` is not what `fit` returns, or `weeks` is not above 0.
    """
    x, recency, age = _history(table)
    r, alpha, a, b = _parameters(model, ["r", "alpha", "a", "b"])
    checks.number(weeks, name="weeks", above=0)
    # Logarithms: with hundreds of purchases the odds of being asleep exceed what a number can hold.
    log_odds = np.log(a / (b + np.maximum(x, 1) - 1)) + (r + x) * np.log((alpha + age) / (alpha + recency))
    alive = np.where(x > 0, expit(-log_odds), 1.0)
    # Their ₂F₁(r + x, b + x; a + b + x − 1; z) by Euler's transformation, which holds for many purchases too; at
    # a = 1 the formula has a hole, beside which it is as good.
    a = a if abs(a - 1) > 1e-06 else 1 + 1e-06
    series = hyp2f1(a - 1, a + b - 1 - r, a + b + x - 1, weeks / (alpha + age + weeks))
    shrink = ((alpha + age) / (alpha + age + weeks)) ** (a - 1)
    with np.errstate(invalid="ignore"):  # a large series times a small power, made good below
        rest = shrink * series
    lost = ~np.isfinite(rest)
    rest[lost] = _by_terms(r + x[lost], b + x[lost], a + b + x[lost] - 1, weeks / (alpha + age[lost] + weeks))
    count = (a + b + x - 1) / (a - 1) * (1 - rest)
    return table.assign(alive=alive, expected=count * alive)


def fit_amounts(table):
    """Fit gamma–gamma by maximum likelihood: how do mean amounts differ between customers?

    Amounts of a customer vary as a gamma with shape p and a rate that is itself gamma (q, γ) between customers,
    and do **not** go with how often one buys: check that first. Fader and Hardie 2013, “The gamma–gamma model
    of monetary value”.

    Parameters
    ----------
    table : DataFrame
        `frequency` (at least 1) and `amount` or `amount_cny`, the mean amount of these occasions, above 0.

    Returns
    -------
    DataFrame
        One row: `n`, `p`, `q`, `gamma` (in the unit of the amounts), `log_likelihood`.

    Raises
    ------
    WrongValue
        If a column is missing or incomplete, an amount or a frequency is too small, or the likelihood has no
        highest point: too few customers, or amounts that do not differ.
    """
    x, mean = _amounts(table)
    _enough(mean.size and mean.min() < mean.max())
    unit = mean.mean()  # the search is the same in fen and in yuan
    mean = mean / unit

    def loss(logs):
        p, q, gamma = np.exp(logs)
        shared = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
        each = (
            shared + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(gamma + x * mean)
        )
        return -each.sum()

    best = _minimum(loss, np.log([2.0, 3.0, 2.0]), n=len(table))
    p, q, gamma = np.exp(best.x)
    return pd.DataFrame({
        "n": [len(table)], "p": [p], "q": [q], "gamma": [gamma * unit],
        "log_likelihood": [-best.fun - len(table) * np.log(unit)],
    })  # fmt: skip


def expected_amount(table, *, model):
    """Which mean amount does gamma–gamma expect of each customer?

    Parameters
    ----------
    table : DataFrame
        As for `fit_amounts`.
    model : DataFrame
        As `fit_amounts` returns it; q above 1, else the mean of all is infinite.

    Returns
    -------
    Series
        ``p·(γ + x·m) / (p·x + q − 1)``: own mean m and the mean of all, weighed.

    Raises
    ------
    WrongValue
        As `fit_amounts` does; if `model` is not what it returns, or q is not above 1.
    """
    x, mean = _amounts(table)
    p, q, gamma = _parameters(model, ["p", "q", "gamma"])
    checks.number(q, name="q", above=1)
    return pd.Series(p * (gamma + x * mean) / (p * x + q - 1), index=table.index, name="expected_amount")


def _by_terms(first, second, third, z):
    """(1 − z)^first · ₂F₁(first, second; third; z), its terms added on the logarithm: none of them overflows."""
    total = np.full(len(z), -np.inf)
    for start in range(0, TERMS, CHUNK):
        n = np.arange(start, start + CHUNK)[:, None]
        terms = (
            gammaln(first + n) - gammaln(first) + gammaln(second + n) - gammaln(second)
            - gammaln(third + n) + gammaln(third) - gammaln(n + 1) + n * np.log(z)
        )  # fmt: skip
        total = np.logaddexp(total, logsumexp(terms, axis=0)) if len(z) else total
        if not len(z) or (terms[-1] < total - 40).all():  # the rest is below the last digit
            return np.exp(first * np.log1p(-z) + total)
    raise wrong("lifetime.no_forecast")


def _history(table):
    """Read frequency, recency and age, and refuse histories that cannot be."""
    x, recency, age = checks.measured(table, ["frequency", "recency", "age"], name="table").to_numpy().T
    bad = (recency > age) | (recency < 0) | (x < 0) | (x % 1 > 0) | ((x > 0) != (recency > 0))
    if bad.any():
        raise wrong("lifetime.history", row=table.index[bad][0])
    return x, recency, age


def _amounts(table):
    """Read frequency and mean amount, both above zero."""
    checks.frame(table, name="table")
    amount = "amount" if "amount" in table.columns else "amount_cny"
    x, mean = checks.measured(table, ["frequency", amount], name="table").to_numpy().T
    if (x < 1).any() or (mean <= 0).any():
        raise wrong("lifetime.amounts")
    return x, mean


def _minimum(loss, start, *, n):
    """Find the best parameters: quasi-Newton first, then a polish that needs no slope."""
    first = optimize.minimize(loss, start, method="L-BFGS-B", bounds=[(-EDGE, EDGE)] * len(start))
    best = optimize.minimize(
        loss,
        first.x,
        method="Nelder-Mead",
        bounds=[(-FAR, FAR)] * len(start),
        options={"xatol": 1e-7, "fatol": 1e-7, "maxiter": 4000},
    )
    _enough(n >= FEW or np.abs(best.x).max() < EDGE)
    return best


def _parameters(model, names):
    """Read the one row of a fitted model, all above zero."""
    found = checks.measured(model, names, name="model")
    if len(found) != 1 or (found <= 0).any(axis=None):
        raise wrong("lifetime.model", listed=list(names))
    return found.iloc[0].tolist()


def _enough(fits):
    """Refuse data in which a parameter runs away."""
    if not fits:
        raise wrong("lifetime.too_few_customers")

"""How sure can a trial be: how many customers it needs, and how much of the noise can be taken away."""

import numpy as np
import pandas as pd
from statsmodels.stats import power as sizes
from statsmodels.stats import proportion

from helpers import checks


def cuped(table, *, outcome, covariate, arm="arm"):
    """What would the outcome be, were all customers alike in what was known before the lot?

    y − θ (x − x̄) with θ = cov(x, y) / var(x) from deviations within the groups (Deng, Xu, Kohavi & Walker
    2013, *WSDM*, take both groups as one: the same in the long run). Compare the groups by `experiment.means` on
    `adjusted`: the difference equals that of a regression on group and covariate. The covariate must be
    known **before** the lot; anything that the change can move would take part of the effect away.

    Parameters
    ----------
    table : DataFrame
        One row a customer, complete.
    outcome, covariate, arm : str
        Columns.

    Returns
    -------
    DataFrame
        The same rows with one more column, `adjusted`, in the unit of the outcome.

    Raises
    ------
    ValueError
        If a column or a value is missing, or the covariate never varies.
    """
    theta = cuped_gain(table, outcome=outcome, covariate=covariate, arm=arm)["theta"].item()
    moved = theta * (table[covariate] - table[covariate].mean())
    return table.assign(adjusted=table[outcome] - moved)


def cuped_gain(table, *, outcome, covariate, arm="arm"):
    """How much noise does the adjustment take away?

    ρ is the correlation of outcome and covariate within the groups; the variance falls by ρ².

    Parameters
    ----------
    table, outcome, covariate, arm
        As for `cuped`.

    Returns
    -------
    DataFrame
        One row: `n`, `theta`, `correlation`, `share_saved` (ρ²: share of the variance, and of the
        customers, that is saved).

    Raises
    ------
    ValueError
        As `cuped` does.

    Examples
    --------
    >>> rows = pd.DataFrame({"arm": ["a", "a", "b", "b"], "x": [0.0, 2, 0, 2], "y": [1.0, 2, 0, 3]})
    >>> cuped_gain(rows, outcome="y", covariate="x").round(2)
       n  theta  correlation  share_saved
    0  4    1.0         0.89          0.8
    """
    checks.columns(table, [outcome, covariate, arm], name="table")
    checks.complete(table[[outcome, covariate, arm]], name="table")
    checks.numbers(table[[outcome, covariate]], name="table")
    both = table[[outcome, covariate]]
    y, x = (both - both.groupby(table[arm]).transform("mean")).to_numpy().T
    if not x @ x > 0 or not y @ y > 0:
        raise checks.WrongValue(
            en=f"`{outcome}` and `{covariate}` must vary within the groups; one of them is the same for everybody. "
            "Choose another column.",
            zh=f"`{outcome}` 和 `{covariate}` 在组内都要有差别；现在有一列人人相同。请换一列。",
        )
    correlation = x @ y / np.sqrt((x @ x) * (y @ y))
    return pd.DataFrame({
        "n": [len(table)], "theta": [x @ y / (x @ x)], "correlation": [correlation],
        "share_saved": [correlation**2],
    })  # fmt: skip


def power(share, *, reference, n, confidence=0.95):
    """How often would a trial of this size find such a difference of shares?

    Two-sided z test with equal groups, variance pooled under “no difference” and unpooled otherwise.

    Parameters
    ----------
    share, reference : float
        True share with and without the change.
    n : int
        Customers in **each** group.
    confidence : float
        One minus the false-alarm rate.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> round(power(0.12, reference=0.15, n=1000), 2)
    0.5
    """
    found = proportion.power_proportions_2indep(share - reference, reference, n, alpha=1 - confidence)
    return float(found.power)


def sample_size(share, *, reference, power=0.8, confidence=0.95, variant="pooled"):
    """How many customers does each group need to find such a difference of shares?

    Parameters
    ----------
    share, reference : float
        Share hoped for with the change, and share without.
    power : float
        How often such a difference, if true, is to be found.
    confidence : float
        One minus the false-alarm rate of the two-sided test.
    variant : {"pooled", "arcsine"}
        Variance of shares as in `power`, or Cohen's (1988) arcsine.

    Returns
    -------
    float
        Customers in each group, not rounded: round up.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1.

    Examples
    --------
    >>> round(sample_size(0.12, reference=0.15))
    2036
    """
    for value, name in ((share, "share"), (reference, "reference"), (power, "power")):
        checks.share(value, name=name)
    if variant == "arcsine":
        distance = proportion.proportion_effectsize(share, reference)
        return float(sizes.NormalIndPower().solve_power(abs(distance), power=power, alpha=1 - confidence))
    found = proportion.samplesize_proportions_2indep_onetail
    return float(found(share - reference, reference, power, alpha=1 - confidence, alternative="two-sided"))


def sample_size_means(difference, *, sd, power=0.8, confidence=0.95):
    """How many customers does each group need to find such a difference of means?

    Two-sided t test with equal groups; d = difference / sd (Cohen 1988, *Statistical Power Analysis*).

    Parameters
    ----------
    difference : float
        In the unit of the outcome, not zero.
    sd : float
        Standard deviation of the outcome within a group.
    power, confidence
        As for `sample_size`.

    Returns
    -------
    float
        Customers in each group, not rounded: round up.

    Examples
    --------
    >>> round(sample_size_means(0.5, sd=1), 2)
    63.77
    """
    size = abs(difference) / sd
    return float(sizes.TTestIndPower().solve_power(size, power=power, alpha=1 - confidence))

"""How sure can a trial be: how many customers it needs, and how much of the noise can be taken away."""

import numpy as np
import pandas as pd
from statsmodels.stats import proportion

from helpers.bank import checks


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
    both = checks.measured(table, [outcome, covariate], name="table")
    return table.assign(adjusted=both[outcome] - theta * (both[covariate] - both[covariate].mean()))


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
        One row: `n`, `theta` (units of the outcome for one of the covariate), `correlation`, `share_saved` (ρ²:
        share of the variance, and of the customers, that is saved).

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
    checks.complete(table[[arm]], name="table")
    both = checks.measured(table, [outcome, covariate], name="table")
    y, x = (both - both.groupby(table[arm]).transform("mean")).to_numpy().T
    # Of the same number over and over, rounding leaves deviations a hair off 0.
    flat = 1e-12 * both.abs().max().max()
    if not len(both) or np.abs(x).max() <= flat or np.abs(y).max() <= flat:
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

    Raises
    ------
    ValueError
        If a share is not between 0 and 1, or `n` is not above 0.

    Examples
    --------
    >>> round(power(0.12, reference=0.15, n=1000), 2)
    0.5
    """
    for value, name in ((share, "share"), (reference, "reference"), (confidence, "confidence")):
        checks.share(value, name=name)
    checks.number(n, name="n", above=0)
    found = proportion.power_proportions_2indep(share - reference, reference, n, alpha=1 - confidence)
    return float(found.power)

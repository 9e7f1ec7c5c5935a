"""Two groups by lot: the difference with its interval, whether the lot held, and what a decision risks."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats import proportion

from helpers.bank import checks


def proportions(table, *, outcome, arm="arm", reference="control", confidence=0.95):
    """By how much does a share differ between two groups, and how sure are we?

    Share with the change minus share without. Interval by Newcombe (1998, *Statistics in Medicine* 17,
    p. 873, method 10: both Wilson intervals combined, no continuity correction), which stays within −1 and
    1; the p-value is the two-sided pooled z test; `se` is unpooled. A share of 0.05 is five percentage
    points. Not for groups that chose themselves, nor where whole branches were drawn.

    Parameters
    ----------
    table : DataFrame
        One row a customer, complete, in exactly two groups.
    outcome : str
        The column to compare: 1 for yes, 0 for no.
    arm : str
        The column that holds the group.
    reference : str
        The group without the change.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n`, `n_reference`, `estimate`, `se`, `low`, `high` (shares), `p_value`.

    Raises
    ------
    ValueError
        If a value is missing, there are not two groups, one has fewer than two rows, or the outcome is not 0 or 1
        or never varies.

    Examples
    --------
    >>> rows = pd.DataFrame({"arm": ["reminder"] * 10 + ["control"] * 10, "missed": [1] + [0] * 9 + [1, 1, 1] + [0] * 7})
    >>> proportions(rows, outcome="missed").round(3)
        n  n_reference  estimate     se    low  high  p_value
    0  10           10      -0.2  0.173 -0.514  0.16    0.264
    """
    new, old = _arms(table, outcome, arm, reference, confidence)
    checks.within(table[[outcome]], low=0, high=1, name="table")
    if not {*new, *old} == {0, 1}:
        raise checks.WrongValue(
            en=f"`{outcome}` must hold 0 for no and 1 for yes, both of them; it holds "
            f"{_listed(table[outcome])}. For minutes or amounts use `means`.",
            zh=f"`{outcome}` 里应该既有 0（否）也有 1（是）；现在是 {_listed(table[outcome])}。"
            "分钟数或金额请用 `means`。",
        )
    counts, sizes = np.array([new.sum(), old.sum()]), np.array([len(new), len(old)])
    shares = counts / sizes
    low, high = proportion.confint_proportions_2indep(
        counts[0], sizes[0], counts[1], sizes[1], method="newcomb", alpha=1 - confidence
    )
    se = np.sqrt((shares * (1 - shares) / sizes).sum())
    p_value = proportion.proportions_ztest(counts, sizes)[1]
    return _row(new, old, shares[0] - shares[1], se, low, high, p_value)


def means(table, *, outcome, arm="arm", reference="control", confidence=0.95):
    """By how much does a mean differ between two groups, and how sure are we?

    Mean with the change minus mean without; Welch's t interval (unequal variances, degrees of freedom by
    Satterthwaite; Welch 1947, *Biometrika* 34, p. 28) and its two-sided p-value.

    Parameters
    ----------
    table : DataFrame
        One row a customer, complete, in exactly two groups.
    outcome : str
        The column to compare, for instance minutes.
    arm, reference, confidence
        As for `proportions`.

    Returns
    -------
    DataFrame
        One row: `n`, `n_reference`, `estimate`, `se`, `low`, `high` (unit of the outcome), `p_value`.

    Raises
    ------
    ValueError
        If a value is missing, there are not two groups, or a group has fewer than two rows or no differences.

    Examples
    --------
    >>> rows = pd.DataFrame({"arm": ["reminder"] * 3 + ["control"] * 3, "wait": [1.0, 2, 3, 4, 5, 6]})
    >>> means(rows, outcome="wait").round(2)
       n  n_reference  estimate    se   low  high  p_value
    0  3            3      -3.0  0.82 -5.27 -0.73     0.02
    """
    new, old = _arms(table, outcome, arm, reference, confidence)
    if min(np.ptp(new), np.ptp(old)) == 0:
        raise checks.WrongValue(
            en=f"`{outcome}` must differ between the customers of each group; in one group all are the same. "
            "Collect more, or choose another column.",
            zh=f"每组客户的 `{outcome}` 都要有差别；现在有一组人人相同。请多收集一些数据，或换一列。",
        )
    found = stats.ttest_ind(new, old, equal_var=False)
    estimate = new.mean() - old.mean()
    low, high = found.confidence_interval(confidence)
    se = np.sqrt(new.var() / len(new) + old.var() / len(old))
    return _row(new, old, estimate, se, low, high, found.pvalue)


def paired(table, *, before, after, confidence=0.95):
    """By how much did the same customers or branches change? (No proof of what changed them.)

    Mean of after − before with its t interval.

    Parameters
    ----------
    table : DataFrame
        One row a customer or branch, complete, at least two.
    before, after : str
        The two columns.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        One row: `n`, `estimate`, `low`, `high`.

    Raises
    ------
    ValueError
        If a column or a value is missing, or there are fewer than two rows.

    Examples
    --------
    >>> paired(pd.DataFrame({"a": [3.0, 4, 5], "b": [2.0, 4, 3]}), before="a", after="b").round(2)
       n  estimate   low  high
    0  3      -1.0 -3.48  1.48
    """
    both = checks.measured(table, [before, after], name="table")
    checks.share(confidence, name="confidence")
    change = both[after] - both[before]
    _at_least_two(change, "table")
    half = stats.t.ppf((1 + confidence) / 2, len(change) - 1) * change.sem()
    middle = change.mean()
    return pd.DataFrame(
        {"n": [len(change)], "estimate": [middle], "low": [middle - half], "high": [middle + half]}
    )


def sample_ratio(table, *, arm="arm", planned=None):
    """Did as many customers of each group arrive in the data as the lot should have put there?

    Chi-square test of the counts against the plan: Σ (n − expected)² / expected, degrees of freedom one less than
    groups. A tiny p-value (below
    0.001 is the habit) says that rows were lost or added on the way: stop and look for the cause, for no
    effect can be trusted. A large one proves nothing. (Fabijan et al. 2019, *KDD*.)

    Parameters
    ----------
    table : DataFrame
        One row a customer.
    arm : str
        The column that holds the group.
    planned : dict, optional
        Share of each group; equal shares otherwise.

    Returns
    -------
    DataFrame
        One row a group: `arm`, `n`, `expected`; and `chi_square`, `p_value`, the same in each row.

    Raises
    ------
    ValueError
        If there are no rows, a group is missing, or the plan lacks a group, has a share that is not above 0, or does
        not sum to one.

    Examples
    --------
    >>> sample_ratio(pd.DataFrame({"arm": ["control"] * 60 + ["reminder"] * 40})).round(4)
            arm   n  expected  chi_square  p_value
    0   control  60      50.0         4.0   0.0455
    1  reminder  40      50.0         4.0   0.0455
    """
    checks.columns(table, [arm], name="table")
    checks.complete(table[[arm]], name="table")
    seen = table.groupby(arm, observed=True).size()  # a level that nobody has is no group
    checks.rows(table, name="table")
    planned = planned or dict.fromkeys(seen.index, 1 / len(seen))
    if isinstance(planned, dict):
        for group, share in planned.items():
            checks.number(share, name=f"planned['{group}']", above=0)
    planned = pd.Series(planned).sort_index()
    if len(planned) < 2 or not set(seen.index) <= set(planned.index) or abs(planned.sum() - 1) > 1e-9:
        raise checks.WrongValue(
            en=f"`planned` must give each of the groups {_listed(table[arm])} its share, summing to 1; it gives "
            f"{dict(planned)}. At least two groups are needed.",
            zh=f"`planned` 应该给出每个组（{_listed(table[arm])}）的占比，合计为 1；现在是 {dict(planned)}。"
            "至少要有两组。",
        )
    seen = seen.reindex(planned.index, fill_value=0)
    expected = planned * len(table)
    chi_square, p_value = stats.chisquare(seen, expected)
    found = {"arm": seen.index, "n": seen.to_numpy(), "expected": expected.to_numpy()}
    return pd.DataFrame(found).assign(chi_square=chi_square, p_value=p_value)


def expected_loss(effect, *, worth_cny, cost_cny, customers=1000):
    """What do we gain by acting, and what do we lose on average if that is a mistake?

    Net gain g a customer = worth × effect − cost, taken as normal with the standard error of the effect
    (that is: nothing was known before). Loss of changing is E[max(0, −g)], of keeping E[max(0, g)]; with
    mean m and spread s they are s φ(m/s) − m Φ(−m/s) and that plus m. Choose the smaller loss.

    Parameters
    ----------
    effect : DataFrame
        One row with `estimate` and `se` above 0 (`proportions`, `means`).
    worth_cny : float
        Yuan for one more unit of the outcome, not 0: −30 where one more missed appointment costs 30 yuan.
    cost_cny : float
        Yuan that the change costs for each customer.
    customers : int
        For how many customers.

    Returns
    -------
    DataFrame
        Two rows, `action` ``change`` and ``keep``: `gain_cny` (on average), `loss_cny` (expected), `risk`
        (probability that the other action would have been better).

    Raises
    ------
    ValueError
        If `effect` has not one row with `se` above 0, or an amount is no number.

    Examples
    --------
    >>> effect = pd.DataFrame({"estimate": [-0.04], "se": [0.02]})
    >>> expected_loss(effect, worth_cny=-30, cost_cny=0.6).round(2)
       action  gain_cny  loss_cny  risk
    0  change     600.0     49.99  0.16
    1    keep       0.0    649.99  0.84
    """
    found = checks.measured(effect, ["estimate", "se"], name="effect")
    for value, name in ((worth_cny, "worth_cny"), (cost_cny, "cost_cny")):
        checks.number(value, name=name)
    checks.whole(customers, name="customers")
    if len(found) != 1 or not found["se"].iloc[0] * abs(worth_cny) > 0:
        raise checks.WrongValue(
            en="`effect` must be one row with `se` above 0, and `worth_cny` not 0: else nothing is uncertain. "
            "Use what `proportions` or `means` returned.",
            zh="`effect` 应该只有一行，`se` 大于 0，`worth_cny` 也不能为 0，否则就没有不确定可言。请直接用 `proportions` 或 `means` 返回的表。",
        )
    mean = customers * (worth_cny * found["estimate"].iloc[0] - cost_cny)
    spread = customers * abs(worth_cny) * found["se"].iloc[0]
    wrong = stats.norm.cdf(-mean / spread)
    loss = spread * stats.norm.pdf(mean / spread) - mean * wrong
    return pd.DataFrame({
        "action": ["change", "keep"], "gain_cny": [mean, 0.0], "loss_cny": [loss, loss + mean],
        "risk": [wrong, 1 - wrong],
    })  # fmt: skip


def _arms(table, outcome, arm, reference, confidence):
    """The outcomes with and without the change, judged."""
    checks.columns(table, [outcome, arm], name="table")
    checks.complete(table[[outcome, arm]], name="table")
    values = checks.measured(table, [outcome], name="table")[outcome]
    checks.share(confidence, name="confidence")
    names = set(table[arm])
    if len(names) != 2 or reference not in names:
        raise checks.WrongValue(
            en=f"`{arm}` must hold two groups, one of them '{reference}'; it holds {_listed(table[arm])}. "
            "Choose two groups, and name the one without the change in `reference=`.",
            zh=f"`{arm}` 里应该正好有两组，其中一组是「{reference}」；现在有 {_listed(table[arm])}。"
            "请选出两组，并在 `reference=` 里写明没有改动的那一组。",
        )
    new, old = values[table[arm] != reference], values[table[arm] == reference]
    _at_least_two(new, arm)
    _at_least_two(old, arm)
    return new, old


def _at_least_two(values, name):
    if len(values) < 2:
        raise checks.WrongValue(
            en=f"`{name}` must have at least two rows in each group; one has {len(values)}. Collect more first.",
            zh=f"`{name}` 每组至少要有两行；现在有一组只有 {len(values)} 行。请先多收集一些数据。",
        )


def _listed(values):
    names = sorted(map(str, pd.unique(values)))
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")


def _row(new, old, estimate, se, low, high, p_value):
    return pd.DataFrame({
        "n": [len(new)], "n_reference": [len(old)], "estimate": [float(estimate)], "se": [float(se)],
        "low": [float(low)], "high": [float(high)], "p_value": [float(p_value)],
    })  # fmt: skip

"""Moments of truth: what each touchpoint does to satisfaction, below and above the middle, at the peak and at the end."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import variance_inflation_factor

from helpers.bank import checks
from helpers.methods import eventlog

FEWEST = 30  # answers in a cell


def felt(events):
    """What did each case feel at each touchpoint, where all its steps were asked about?

    Parameters
    ----------
    events : DataFrame
        A log of finished cases: `case`, `touchpoint`, `emotion`, and `step` or `start`. Cases with a
        step that was not asked about are left out: compare the number of rows.

    Returns
    -------
    DataFrame
        One row a case: `case` and one column a touchpoint, the last emotion there; missing where the case
        did not come by.

    Examples
    --------
    >>> felt(eventlog.example())
      case  queueing  identity_check  activation
    0    A       4.0             5.0         6.0
    """
    rows = _asked(events)
    last = rows.drop_duplicates(["case", "touchpoint"], keep="last")
    wide = last.pivot(index="case", columns="touchpoint", values="emotion")
    return wide.reindex(columns=eventlog.order(events)).rename_axis(columns=None).reset_index()


def traces(events, *, neutral=4):
    """What might a customer remember of a case: its peak, its end, its mean, its slope, its length?

    Peak is the emotion farthest from `neutral` (the first of equals), end the last (Kahneman et al. 1993,
    *Psychological Science* 4, p. 401); slope is least squares in points a step, 0 for a single step.

    Parameters
    ----------
    events : DataFrame
        A log of finished cases: `case`, `touchpoint`, `start`, `end`, `emotion`, and `step` if known; only
        cases with every step asked about count.
    neutral : float
        The emotion that is neither good nor bad.

    Returns
    -------
    DataFrame
        One row a case: `case`, `peak`, `finish` (the last emotion), `mean`, `slope`, `duration_hours`.

    Examples
    --------
    >>> traces(eventlog.example()).round(2)
      case  peak  finish  mean  slope  duration_hours
    0    A   2.0     6.0   4.0    0.9            1.82
    """
    rows = _asked(events, "start", "end")
    cases = rows.groupby("case")
    strongest = rows.assign(away=(rows["emotion"] - neutral).abs()).sort_values(
        ["case", "away", "step"], ascending=[True, False, True]
    )
    place = cases.cumcount() - (cases["step"].transform("size") - 1) / 2
    products = (place * rows["emotion"]).groupby(rows["case"]).sum()
    spread = (place**2).groupby(rows["case"]).sum()
    return pd.DataFrame({
        "peak": strongest.groupby("case")["emotion"].first(), "finish": cases["emotion"].last(),
        "mean": cases["emotion"].mean(), "slope": (products / spread.where(spread > 0)).fillna(0),
        "duration_hours": (cases["end"].max() - cases["start"].min()).dt.total_seconds() / 3600,
    }).reset_index()  # fmt: skip


def penalty_reward(
    table, *, outcome, predictors, low=3, high=5, clusters=None, fewest=FEWEST, confidence=0.95
):
    """Does a touchpoint punish when bad, reward when good, or both?

    Penalty–reward regression (Brandt 1987; Matzler & Sauerwein 2002): two dummies a predictor, at most
    `low` and at least `high`, all jointly, the answers between as the reference. Report both slopes, not
    their ratio, which explodes near zero. `linear` is what the dummies would show if every effect were a
    straight line: the same regression on the fitted values of the straight one. A penalty below its
    `linear` and a reward near zero speak for a basic, the reverse for a delighter. Keep the reference to
    the neutral answer: one that holds good answers too makes a delighter look as if it punished.

    Parameters
    ----------
    table : DataFrame
        One row a case: outcome and predictors, complete.
    outcome : str
        The column to be explained.
    predictors : list of str
        Columns with answers.
    low, high : float
        At most `low` is bad, at least `high` is good.
    clusters : str, optional
        A column: errors robust to its groups (t with G − 1 degrees of freedom); else HC3.
    fewest : int
        Answers that each of low, middle and high must have.
    confidence : float
        For instance 0.95.

    Returns
    -------
    DataFrame
        Two rows a predictor: `predictor`, `side` (``"penalty"``, ``"reward"``), `n` (answers on this side),
        `estimate` (scale points), `low`, `high`, `p_value`, `vif`, `linear`.

    Raises
    ------
    ValueError
        If a value is missing or a cell has fewer than `fewest` answers.
    """
    answers = _judged(table, outcome, predictors, clusters)
    bad, good = answers[predictors] <= low, answers[predictors] >= high
    _filled(bad, good, fewest)
    design = _sides(bad.astype(float), good.astype(float))
    found = _fitted(answers[outcome], design, table, clusters, confidence)
    straight = sm.OLS(answers[outcome], sm.add_constant(answers[predictors])).fit().fittedvalues
    found["linear"] = sm.OLS(straight, sm.add_constant(design)).fit().params.to_numpy()[1:]
    found["n"] = design.sum().astype(int).to_numpy()
    return found


def slopes(table, *, outcome, predictors, neutral=4, clusters=None, fewest=FEWEST, confidence=0.95):
    """How steep is satisfaction below and above the neutral emotion?

    x is bent at `neutral`: min(x − neutral, 0) and max(x − neutral, 0), all predictors jointly. Both
    slopes are points of the outcome for one point of emotion, so that a straight line has them equal.

    Parameters
    ----------
    table, outcome, predictors, clusters, fewest, confidence
        As for `penalty_reward`.
    neutral : float
        Where the line may bend; answers there count for neither side.

    Returns
    -------
    DataFrame
        As of `penalty_reward`, without `linear`; `estimate` is a slope, above zero where better is better.
    """
    answers = _judged(table, outcome, predictors, clusters)
    away = answers[predictors] - neutral
    _filled(away < 0, away > 0, fewest, middle=False)
    found = _fitted(
        answers[outcome], _sides(away.clip(upper=0), away.clip(lower=0)), table, clusters, confidence
    )
    found["n"] = _sides(away < 0, away > 0).sum().astype(int).to_numpy()
    return found


def _asked(events, *needed):
    """Events of the cases whose every step was asked about."""
    rows = eventlog.in_order(events, "emotion", *needed)
    rows = checks.read_numbers(rows, ["emotion"], name="events", gaps=True)
    checks.complete(rows[list(needed)], name="events")
    return rows[rows["emotion"].notna().groupby(rows["case"]).transform("all")]


def _judged(table, outcome, predictors, groups):
    found = checks.measured(table, [outcome, *predictors], name="table")
    if groups:
        checks.columns(table, [groups], name="table")
        checks.complete(table[[groups]], name="table")
    if len(found) and np.ptp(found[outcome]) == 0:
        raise checks.WrongValue(
            en=f"`{outcome}` is the same in every case, so there is nothing to explain. Choose another column.",
            zh=f"每个个案的 `{outcome}` 都一样，没有什么可解释的。请换一列。",
        )
    return found


def _filled(bad, good, fewest, *, middle=True):
    """Refuse cells with too few answers, naming the emptiest."""
    cells = {"low": bad.sum(), "high": good.sum()} | ({"middle": (~bad & ~good).sum()} if middle else {})
    cell = min(cells, key=lambda name: cells[name].min())
    name, count = cells[cell].idxmin(), cells[cell].min()
    if count < fewest:
        side = {"low": "低分", "middle": "中间分", "high": "高分"}[cell]
        raise checks.WrongValue(
            en=f"Each predictor needs {fewest} answers that are low, in the middle and high; '{name}' has {count} "
            f"({cell}). Leave it out, or choose other limits.",
            zh=f"每个触点的低分、中间分、高分都至少要有 {fewest} 个回答；'{name}' 的{side}只有 {count} 个。请去掉它，或换一个分界。",
        )


def _sides(bad, good):
    """Two columns a predictor: penalty, reward."""
    columns = {
        (name, side): part[name] for name in bad for side, part in (("penalty", bad), ("reward", good))
    }
    return pd.DataFrame(columns, index=bad.index)


def _fitted(outcome, design, table, clusters, confidence):
    checks.share(confidence, name="confidence")
    x = sm.add_constant(design.to_numpy(dtype=float), has_constant="add")
    if (
        np.linalg.matrix_rank(x) < x.shape[1]
        or len(x) <= x.shape[1]
        or (clusters and table[clusters].nunique() < 2)
    ):
        raise checks.WrongValue(
            en="The predictors must differ from each other, with more cases than columns and two clusters or more. "
            "Leave one predictor out, or `clusters`.",
            zh="各触点的回答要互有差别，个案要比列多，群至少要有两个。请去掉一个触点，或不写 `clusters`。",
        )
    if clusters:
        codes = table[clusters].astype("category").cat.codes
        fit = sm.OLS(outcome.to_numpy(), x).fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    else:
        fit = sm.OLS(outcome.to_numpy(), x).fit(cov_type="HC3", use_t=True)
    low, high = fit.conf_int(1 - confidence)[1:].T
    vif = [variance_inflation_factor(x, column) for column in range(1, x.shape[1])]
    names = pd.DataFrame(list(design.columns), columns=["predictor", "side"])
    return names.assign(n=0, estimate=fit.params[1:], low=low, high=high, p_value=fit.pvalues[1:], vif=vif)

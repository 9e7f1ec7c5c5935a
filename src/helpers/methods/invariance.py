"""Does a questionnaire measure the same in two groups? Factor models of several groups, with means."""

import numpy as np
import pandas as pd
from scipy import optimize

from helpers.bank import checks
from helpers.bank.language import wrong

SEARCH = {"maxcor": 60, "maxiter": 5000, "maxfun": 9000, "ftol": 1e-13, "gtol": 1e-3}
FAR = 1e12  # instead of infinity, which no line search likes
# What is held equal in all groups.
LEVELS = {"configural": (), "metric": ("loadings",), "scalar": ("loadings", "intercepts")}


def levels(answers, *, group, dimensions):
    """How far do the groups answer by the same measure?

    Maximum likelihood with means (Jöreskog 1971, *Psychometrika* 36(4); Meredith 1993, *Psychometrika* 58(4)).
    Configural: the same items belong together. Metric: equal loadings, so relations can be compared.
    Scalar: equal intercepts as well, so means can be compared; factor means are free from the second group
    on. Each factor is measured in the unit of its first item. χ² = Σ n_g F_g; CFI against items without
    any relation; RMSEA = √(G · max(χ² − dof, 0) / (n · dof)), as lavaan has them. χ² takes answers for
    normal and independent: of ordinal, clustered, ceilinged ones read the change of CFI instead (Cheung & Rensvold
    2002, *SEM* 9(2): a fall by more than .01 is a difference).

    Parameters
    ----------
    answers : DataFrame
        One row a respondent: the group and the items, complete.
    group : str
        The column of two or more groups.
    dimensions : dict
        Dimension → two or more of its items (columns); three or more where there is one dimension.

    Returns
    -------
    DataFrame
        One row a level: `level`, `n`, `chi2`, `dof`, `cfi`, `rmsea`.

    Raises
    ------
    ValueError
        If there are two items only, one group only, a group is no larger than the number of items, an item of it follows from
        others, or no best fit is found.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(200, 1)) + rng.normal(size=(200, 4)), columns=list("abcd"))
    >>> levels(answers.assign(side=["left", "right"] * 100), group="side", dimensions={"x": list("abcd")})["dof"].tolist()
    [4, 7, 10]
    """
    items = [item for own in dimensions.values() for item in own]
    if not dimensions or min(map(len, dimensions.values())) < 2 or len(set(items)) < len(items):
        raise wrong("reliability.dimensions", dimensions=dimensions)
    if len(items) < 3:
        raise wrong("invariance.two_items")
    checks.columns(answers, [group], name="answers")
    checks.complete(answers[[group]], name="answers")
    values = checks.measured(answers, items, name="answers")
    checks.rows(answers, name="answers", least=2)
    spread = values.std()
    scaled = (values - values.mean()) / spread.where(spread > 0, 1)
    parts = [part.to_numpy() for _, part in scaled.groupby(answers[group].to_numpy())]
    samples = [_sample(part, items=len(items), groups=len(parts)) for part in parts]
    belongs = np.array([[item in own for own in dimensions.values()] for item in items])
    return pd.DataFrame(
        [{"level": level, **_fit(samples, belongs, equal)} for level, equal in LEVELS.items()]
    )


def _sample(part, *, items, groups):
    """Size, covariances (divided by n) and means of one group."""
    products = np.cov(part, rowvar=False, bias=True)
    if groups < 2 or np.linalg.matrix_rank(products, tol=1e-9, hermitian=True) < items:
        raise wrong("invariance.groups", groups=groups, items=items)
    return len(part), products, part.mean(axis=0)


def _fit(samples, belongs, equal):
    """Find the best fit of one level, and say how good it is."""
    p, count = len(belongs), len(samples)
    where, at = _layout(belongs, count, equal)
    start = _start(where, at, samples)
    best = optimize.minimize(
        _distance, start, args=(where, at, samples, belongs), jac=True, method="L-BFGS-B", options=SEARCH
    )
    if np.abs(best.jac).max() > 1 or best.fun >= FAR:
        raise wrong("invariance.no_fit")
    n = sum(size for size, *_ in samples)
    dof = count * (p * (p + 1) // 2 + p) - len(start)
    apart = -sum(size * _log_determinant(_correlation(products)) for size, products, _ in samples)
    excess = max(best.fun - dof, 0)
    beyond = max(apart - count * p * (p - 1) / 2, excess)
    cfi = 1 - excess / beyond if beyond > 0 else 1.0
    rmsea = np.sqrt(count * excess / (n * dof)) if dof > 0 else 0.0
    return {"n": n, "chi2": best.fun, "dof": dof, "cfi": cfi, "rmsea": rmsea}


def _layout(belongs, count, equal):
    """Say where each group's numbers are among the free ones (−1: fixed at zero), and which are of which kind."""
    p, q = belongs.shape
    sizes = {"loadings": p - q, "covariances": q * (q + 1) // 2, "residuals": p, "intercepts": p, "means": q}
    ends = np.cumsum(list(sizes.values()))
    at = {name: slice(end - size, end) for (name, size), end in zip(sizes.items(), ends, strict=True)}
    where, free = np.full((count, ends[-1]), -1), 0
    for group in range(count):
        for name, size in sizes.items():
            if name == "means" and (group == 0 or "intercepts" not in equal):
                continue  # the first group's factors are at zero; free intercepts say it all
            if group and name in equal:
                where[group, at[name]] = where[0, at[name]]
            else:
                where[group, at[name]] = np.arange(free, free + size)
                free += size
    return where, at


def _start(where, at, samples):
    """Loadings of one, half of each variance shared, each group's means."""
    start = np.zeros(where.max() + 1)
    for row, (_, products, means) in zip(where, samples, strict=True):
        rows, columns = _pairs(len(row[at["means"]]))
        start[row[at["loadings"]]] = 1
        start[row[at["covariances"]]] = np.where(rows == columns, 0.5, 0.2)
        start[row[at["residuals"]]] = np.diag(products) / 2
        start[row[at["intercepts"]]] = means
    return start


def _distance(free, where, at, samples, belongs):
    """χ² of these numbers, and its slope in each of them."""
    total, slope = 0.0, np.zeros(len(free) + 1)
    for row, sample in zip(where, samples, strict=True):
        found, slopes = _of_group(np.append(free, 0.0)[row], at, sample, belongs)
        total += found
        np.add.at(slope, row, slopes)
    return total, slope[:-1]


def _of_group(numbers, at, sample, belongs):
    """One group's part of χ² and its slope; very far where the covariances cannot be any."""
    size, products, means = sample
    first = belongs & (belongs.cumsum(axis=0) == 1)
    loading = first.astype(float)
    loading[belongs & ~first] = numbers[at["loadings"]]
    rows, columns = _pairs(belongs.shape[1])
    factors = np.zeros(2 * belongs.shape[1:])
    factors[rows, columns] = factors[columns, rows] = numbers[at["covariances"]]
    implied = loading @ factors @ loading.T + np.diag(numbers[at["residuals"]])
    if np.linalg.eigvalsh(implied)[0] <= 0:
        return FAR, np.zeros(len(numbers))
    away = means - numbers[at["intercepts"]] - loading @ numbers[at["means"]]
    inverse = np.linalg.inv(implied)
    seen = products + np.outer(away, away)
    found = _log_determinant(implied) - _log_determinant(products) + np.sum(inverse * seen) - len(implied)
    by_implied, by_mean = inverse - inverse @ seen @ inverse, -2 * inverse @ away
    by_loading = 2 * by_implied @ loading @ factors + np.outer(by_mean, numbers[at["means"]])
    by_factors = (loading.T @ by_implied @ loading)[rows, columns] * np.where(rows == columns, 1, 2)
    slopes = [by_loading[belongs & ~first], by_factors, np.diag(by_implied), by_mean, loading.T @ by_mean]
    return size * found, size * np.concatenate(slopes)


def _pairs(q):
    """The lower triangle of a q × q matrix."""
    return np.tril_indices(q)


def _log_determinant(matrix):
    return np.linalg.slogdet(matrix)[1]


def _correlation(products):
    spread = np.sqrt(np.diag(products))
    return products / np.outer(spread, spread)

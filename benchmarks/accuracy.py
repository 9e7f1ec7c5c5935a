"""How many digits are right? Means, variances and least squares against values certified by NIST.

``python benchmarks/accuracy.py --out docs/accuracy.md``

The Statistical Reference Datasets (NIST, https://www.itl.nist.gov/div898/strd/) come with certified values of 15 digits. Observed data
stand in tests/oracles/strd.csv; what NIST made by a rule (NumAcc, Simon & Lesage 1989) is made here by the same rule.
"""

import argparse
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin as pg
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.anova import anova_lm
from statsmodels.tsa.stattools import acf

ORACLES = Path(__file__).resolve().parents[1] / "tests" / "oracles"
MOST = 15.0
POWERS = {"Pontius": 2, "Filip": 10} | {f"Wampler{n}": 5 for n in range(1, 6)}
ALTERNATING = (4, 3, 5, 3, 5, 3, 5, 3, 5)  # last digit of the middle of each of nine treatments

TOP = """# How many digits are right?

Lessons compute with pandas, scipy, statsmodels and pingouin. The American standards office publishes data with values certified to
15 digits (NIST Statistical Reference Datasets), made to be hard: leading digits that never change, predictors that nearly repeat each
other. The page is written by

    python benchmarks/accuracy.py --out docs/accuracy.md

*Digits* are −log₁₀ of the relative error, 15 at most, the worst of all values of a line. The values of regressions
were computed by exact fractions from NIST's data; they are those that NIST prints, compared at 15 digits for Norris, Longley, Filip,
NoInt1, NoInt2 and the errors of Wampler3 and Wampler4, at three to ten for Pontius and Wampler5.

课程用 pandas、scipy、statsmodels 和 pingouin 计算。美国国家标准与技术研究院（NIST）公布了一批数据，附有 15 位的标准答案，专门用来为难软件：前面十几位都一样的数、几乎重复的自变量。“位数”是相对误差的 −log₁₀，最多 15，每行取最差的一个。回归的标准答案，是在 NIST 的数据上用精确分数算出来的，和 NIST 公布的一致：Norris、Longley、Filip、NoInt1、NoInt2 以及 Wampler3、Wampler4 的标准误核对到 15 位，Pontius 和 Wampler5 核对到 3 至 10 位。

"""
END = """
What the table says. Means, spreads and one-way comparisons of customers' marks lose nothing anybody could see: marks have one to seven
in front, not thirteen constant digits. A least-squares fit loses digits where predictors nearly repeat each other (Longley), and a
polynomial of the tenth degree (Filip) loses them all: `statsmodels` cuts off what it takes for zero, and warns in its `summary()`. Centre a
predictor before you square it, and look at the condition number there. Numbers such as 10000000.2 are not exact in a computer's memory:
where many leading digits never change (NumAcc3, NumAcc4, SmLs04 to SmLs09), part of what is lost is lost before anything is computed.

这张表说明什么：客户打分的均值、离散程度和单因素比较，不会少掉任何人看得出来的位数，因为打分是一到七，前面没有十三位不变的数。自变量几乎重复时（Longley），最小二乘会少几位；十次多项式（Filip）就全没了：`statsmodels` 把它当作零的部分截掉，并在 `summary()` 里给出警告。平方之前先减去均值，再看一眼那里的条件数。像 10000000.2 这样的数，计算机存的时候就不精确：前面许多位都不变的几组（NumAcc3、NumAcc4、SmLs04 至 SmLs09），有一部分位数在开始计算之前就已经丢了。
"""


def datasets():
    """Read or make every set: its name and its table."""
    observed = pd.read_csv(ORACLES / "strd.csv")
    sets = {
        name: rows.dropna(axis="columns", how="all") for name, rows in observed.groupby("dataset", sort=False)
    }
    sets["NumAcc1"] = pd.DataFrame({"y": [10000001, 10000003, 10000002]})
    for number, lead in ((2, "1"), (3, "1000000"), (4, "10000000")):
        digits = [2] + [1, 3] * 500
        sets[f"NumAcc{number}"] = pd.DataFrame({"y": [float(f"{lead}.{digit}") for digit in digits]})
    sizes = [(lead, size) for lead in ("1", "1000000", "1000000000000") for size in (21, 201, 2001)]
    for number, (lead, size) in enumerate(sizes, start=1):
        steps = np.array([0] + [-1, 1] * (size // 2))
        rows = [(g, float(f"{lead}.{mid + step}")) for g, mid in enumerate(ALTERNATING) for step in steps]
        sets[f"SmLs0{number}"] = pd.DataFrame(rows, columns=["group", "y"])
    return sets


def digits(found, certified):
    """How many digits of a value are right: the logarithm of its relative error (absolute where the value is 0)."""
    error = abs(found - certified) / (abs(certified) or 1)
    return MOST if error == 0 else float(np.clip(-np.log10(error), 0, MOST))


def univariate(table):
    """The three values that NIST certifies of one column, as lessons compute them."""
    y = table["y"]
    return {
        "pandas": {"mean": y.mean(), "sd": y.std()},
        "statsmodels": {"autocorrelation": acf(y, nlags=1)[1]},
    }


def one_way(table):
    """F and the share explained of a one-way analysis of variance, by three routes."""
    parts = [part["y"] for _, part in table.groupby("group")]
    by_pingouin = pg.anova(table, dv="y", between="group").iloc[0]
    fit = smf.ols("y ~ C(group)", table).fit()
    return {
        "scipy": {"f": stats.f_oneway(*parts).statistic},
        "pingouin": {"f": by_pingouin["F"], "r_squared": by_pingouin["np2"]},
        "statsmodels": {"f": anova_lm(fit)["F"].iloc[0], "r_squared": fit.rsquared},
    }


def least_squares(name, table):
    """Coefficients, their errors, the residual spread and the share explained, by two routes."""
    origin = name.startswith("NoInt")
    if name in POWERS:
        columns = {f"x{power}": table["x1"] ** power for power in range(1, POWERS[name] + 1)}
        table = pd.DataFrame({"y": table["y"], **columns})
    predictors = [column for column in table if column.startswith("x")]
    fit = smf.ols(f"y ~ {' + '.join(predictors)}{' - 1' if origin else ''}", table).fit()
    numbers = [f"b{n}" for n in range(origin, len(predictors) + 1)]
    by_statsmodels = dict(zip(numbers, fit.params, strict=True))
    by_statsmodels |= {f"error_{n}": error for n, error in zip(numbers, fit.bse, strict=True)}
    by_statsmodels |= {"residual_sd": fit.scale**0.5, "r_squared": fit.rsquared}
    X = table[predictors]
    other = pg.linear_regression(X, table["y"], add_intercept=not origin)
    by_pingouin = dict(zip(numbers, other["coef"], strict=True))
    by_pingouin |= {f"error_{n}": error for n, error in zip(numbers, other["se"], strict=True)}
    return {"statsmodels": by_statsmodels, "pingouin": by_pingouin | {"r_squared": other["r2"].iloc[0]}}


def measured():
    """Hold everything against what is certified.

    Returns
    -------
    DataFrame
        A row a set and a package: ``dataset``, ``computes``, ``package``, ``values`` (how many), ``digits`` (of the worst).
    """
    certified = pd.read_csv(ORACLES / "strd_certified.csv").set_index(["dataset", "quantity"])["certified"]
    rows = []
    for name, table in datasets().items():
        known = certified.loc[name]
        if "autocorrelation" in known:
            computes, found = "mean, sd, autocorrelation", univariate(table)
        elif "f" in known:
            computes, found = "analysis of variance", one_way(table)
        else:
            computes, found = "least squares", least_squares(name, table)
        for package, values in found.items():
            least = min(digits(value, known[quantity]) for quantity, value in values.items())
            rows.append((name, computes, package, len(values), round(least, 1)))
    return pd.DataFrame(rows, columns=["dataset", "computes", "package", "values", "digits"])


def page(found):
    """Write the page."""
    found = found.sort_values("computes", kind="stable")
    lines = ["| set | computes | package | values | digits |", "|---|---|---|--:|--:|"]
    lines += ["| " + " | ".join(str(value) for value in row) + " |" for row in found.itertuples(index=False)]
    return TOP + "\n".join(lines) + "\n" + END


def main():
    """Measure and print or write the page."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--out", type=Path)
    out = ask.parse_args().out
    with warnings.catch_warnings(action="ignore"):
        text = page(measured())
    print(text) if out is None else out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Same name, other number: what lessons compute, beside the variant that another program gives by default.

``python benchmarks/variants.py --out docs/variants.md``
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin as pg
import semopy
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats import multitest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from helpers.bank.data import codebook, load
from helpers.methods import control, reliability, scales, servqual

TOP = """# Same name, other number

A researcher who recomputes a lesson elsewhere may meet another number under the same name. Here both are computed, on Qingyu Bank. The
page is written by

    python benchmarks/variants.py --out docs/variants.md

同一个名字，另一个数：换个软件重算，得数可能不一样。下面两种都算了，用的是青屿银行的数据。

| statistic 统计量 | lessons 课次 | lessons compute 课程的算法 | gives 得数 | another variant 另一种算法 | gives 得数 | where it is the default 哪里默认用它 |
|---|---|---|--:|---|--:|---|
"""


def second_wave():
    """Turned perceptions of the second wave, with branches; gaps kept."""
    book, answers = codebook("qingyu_bank"), load("qingyu_bank", "servqual").query("wave == 2")
    low, high = book.scale
    marks = scales.keyed(
        answers.filter(regex=r"^P\d+$"), reverse=book.reverse, low=low, high=high, dont_know=book.dont_know
    )
    scores = servqual.scores(answers, codebook=book, needed=0.5).dropna(subset="perceived")
    people = servqual.overall(scores, column="perceived")
    return book, marks, people


def of_surveys():
    """Statistics of lessons 05, 06 and 07."""
    book, marks, people = second_wave()
    items = [name for name in book.items("reliability") if name.startswith("P")]
    rows, one = marks[items], people[people["branch"] == "B01"]["overall"]
    listwise, pairwise = (
        pg.cronbach_alpha(rows, nan_policy=policy)[0] for policy in ("listwise", "pairwise")
    )
    yield (
        "Cronbach's alpha 克龙巴赫 α",
        "06",
        "complete rows (listwise)",
        listwise,
        "each pair of questions (pairwise)",
        pairwise,
        "`pingouin` and R `psych` without `dropna`",
    )
    yield (
        "standard deviation 标准差",
        "05–07",
        "n − 1 (pandas)",
        one.std(),
        "n",
        np.std(one.to_numpy()),
        "numpy; scikit-learn's StandardScaler",
    )
    other = people[people["branch"] == "B08"]["overall"]
    welch, student = (stats.ttest_ind(one, other, equal_var=equal).pvalue for equal in (False, True))
    yield (
        "p of two means 两个均值相比的 p",
        "05, 07, 15",
        "Welch",
        welch,
        "Student, equal spread",
        student,
        "scipy `ttest_ind`; Excel T.TEST type 2",
    )
    groups = people.groupby("branch")["overall"]
    n, k = groups.size(), groups.ngroups
    between = (n * (groups.mean() - people["overall"].mean()) ** 2).sum() / (k - 1)
    within = ((n - 1) * groups.var()).sum() / (len(people) - k)
    n0 = (len(people) - (n**2).sum() / len(people)) / (k - 1)
    fit = smf.mixedlm("overall ~ 1", people, groups="branch").fit(method="powell")
    icc = fit.cov_re.iloc[0, 0] / (fit.cov_re.iloc[0, 0] + fit.scale)
    yield (
        "ICC of branches 网点的组内相关",
        "07",
        "REML (`mixedlm`)",
        icc,
        "mean squares, n₀ for unequal sizes",
        (between - within) / (between + (n0 - 1) * within),
        "textbooks of analysis of variance",
    )
    two = {
        name: [item for item in book.items(name) if item.startswith("P")]
        for name in ("reliability", "empathy")
    }
    found = reliability.htmt(
        marks[[item for names in two.values() for item in names]].dropna(), dimensions=two, draws=99, seed=1
    )
    r = marks[[item for names in two.values() for item in names]].dropna().corr().abs()
    a, b = two.values()
    inside = [
        np.exp(np.log(r.loc[one, one].to_numpy()[np.triu_indices(len(one), 1)]).mean()) for one in (a, b)
    ]
    yield (
        "HTMT, reliability and empathy HTMT，可靠性与移情性",
        "06",
        "HTMT: means of correlations",
        found["estimate"].iloc[0],
        "HTMT2: geometric means",
        np.exp(np.log(r.loc[a, b]).to_numpy().mean()) / (inside[0] * inside[1]) ** 0.5,
        "R `semTools::htmt(htmt2 = TRUE)`",
    )
    p = [stats.ttest_ind(group, people["overall"], equal_var=False).pvalue for _, group in groups]
    holm, fdr = (multitest.multipletests(p, method=method)[0].sum() for method in ("holm", "fdr_bh"))
    yield (
        "branches told from the bank's mean, of 24 24 家里和全行均值分得开的网点",
        "05, 07",
        "Holm",
        holm,
        "Benjamini–Hochberg: share of false ones",
        fdr,
        "much of the literature on many tests",
    )


def omegas():
    """Omega of lesson 06: two parts of one dimension's score are both called so."""
    book, marks, _ = second_wave()
    sets = {name: [f"P{item}" for item in numbers] for name, numbers in book.dimensions.items()}
    claims = [f"{name} =~ {' + '.join(items)}" for name, items in sets.items()]
    model = semopy.Model("\n".join([*claims, f"service =~ {' + '.join(sets)}"]))
    model.fit(marks.dropna())
    paths = model.inspect(std_est=True).query("op == '~'").astype({"Est. Std": float})
    above = paths[paths["rval"] == "service"].set_index("lval")["Est. Std"].clip(-1, 1)
    below = paths[paths["rval"] == "reliability"]["Est. Std"].clip(-1, 1)
    loadings = pd.DataFrame(
        {"dimension": "reliability", "loading": below, "general": below * above["reliability"]}
    )
    found = reliability.composite(loadings).iloc[0]
    yield (
        "omega, reliability ω，可靠性",
        "06",
        "total: all that the questions share",
        found["omega"],
        "hierarchical: without the general factor",
        found["omega_own"],
        "R `psych::omega` prints both, in other models",
    )


def of_services():
    """Statistics of lessons 02, 13, 15 and 16."""
    weeks = load("qingyu_bank", "service_weekly").query("branch == 'B01'").sort_values("week")
    wait = weeks["mean_wait_seconds"]
    yield (
        "90th percentile, weekly waits of B01 第 90 百分位数，B01 的每周等候",
        "02",
        "linear, R's type 7 (pandas)",
        wait.quantile(0.9),
        "type 6",
        np.quantile(wait, 0.9, method="weibull"),
        "SPSS, Minitab, Excel PERCENTILE.EXC",
    )
    chart = control.xmr(weeks, "mean_wait_seconds")
    yield (
        "upper limit of a chart of single values 单值控制图的上限",
        "16",
        "mean + 2.66 · moving range",
        chart["high"].iloc[0],
        "mean + 3 standard deviations",
        wait.mean() + 3 * wait.std(),
        "many dashboards",
    )
    visits = load("qingyu_bank", "trial_reminder").dropna(subset="visited")
    counts = visits.groupby("arm")["missed"].agg(["sum", "size"])
    k, n = counts.iloc[0]
    for name, method, where in (
        ("Wald", "normal", "statsmodels' default"),
        ("exact (Clopper–Pearson)", "beta", "R `binom.test`"),
    ):
        yield (
            "lower end of a share's interval 比例的区间下限",
            "02, 13, 15",
            "Wilson",
            proportion_confint(k, n, method="wilson")[0],
            name,
            proportion_confint(k, n, method=method)[0],
            where,
        )
    pairs = [value for row in counts.itertuples(index=False) for value in row]
    newcombe, wald = (confint_proportions_2indep(*pairs, method=method)[0] for method in ("newcomb", "wald"))
    yield (
        "lower end of a difference of shares 两个比例之差的区间下限",
        "15",
        "Newcombe's method 10",
        newcombe,
        "Wald",
        wald,
        "R `prop.test(correct = FALSE)`",
    )
    log = load("qingyu_bank", "complaints").dropna(subset="received")
    ends = log[["received", "closed"]].max().max()
    log["days"] = (log["closed"].fillna(ends) - log["received"]).dt.days
    known = log[log["closed"].notna() | (log["days"] > 15)].assign(late=lambda rows: rows["days"] > 15)
    plain, yates = (
        pg.chi2_independence(known, x="late", y="escalated", correction=c)[2]["chi2"].iloc[0]
        for c in (False, True)
    )
    yield (
        "chi-squared, 2 × 2 2 × 2 卡方",
        "13",
        "`pingouin`: Yates' correction",
        yates,
        "without correction",
        plain,
        "SPSS's first line; R `chisq.test(correct = FALSE)`",
    )
    recent = log[log["received"] > ends - pd.Timedelta("60D")]
    fit = SurvfuncRight(recent["days"] + 1, recent["closed"].notna())
    at = (fit.surv_times <= 16).sum() - 1
    s, error = fit.surv_prob[at], fit.surv_prob_se[at]
    n = s * (1 - s) / error**2
    spread = 1.96 * error / (s * np.log(s))
    yield (
        "lower end, still open after 15 days (60 days of cases) 15 天后仍未办结（取 60 天的投诉），区间下限",
        "13",
        "Wilson on the effective number",
        proportion_confint(s * n, n, method="wilson")[0],
        "log–log",
        s ** np.exp(-spread),
        "Stata, SAS",
    )
    yield (
        "the same 同上",
        "13",
        "Wilson on the effective number",
        proportion_confint(s * n, n, method="wilson")[0],
        "Greenwood, ± 1.96 errors",
        s - 1.96 * error,
        "SPSS; R with `conf.type = 'plain'`",
    )
    sample = wait.to_numpy()[:30]
    kinds = {
        kind: pg.compute_bootci(sample, func="mean", method=kind, n_boot=9999, seed=1, decimals=3)[0]
        for kind in ("bca", "per")
    }
    yield (
        "lower end of a bootstrap, 30 weekly waits 自助法区间下限，30 周的等候",
        "01, 05",
        "BCa (`pingouin`)",
        kinds["bca"],
        "plain percentile",
        kinds["per"],
        "R `boot.ci(type = 'perc')`",
    )


def shown(value):
    """Write a number with four digits that say something."""
    return f"{value:.4g}".replace("-", "−")


def page():
    """Compute both of every pair and write the page."""
    rows = [*of_services(), *of_surveys(), *omegas()]
    lines = [
        "| "
        + " | ".join(shown(cell) if isinstance(cell, (float, int, np.number)) else cell for cell in row)
        + " |"
        for row in rows
    ]
    return TOP + "\n".join(lines) + "\n"


def main():
    """Print or write the page."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--out", type=Path)
    out = ask.parse_args().out
    print(page()) if out is None else out.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

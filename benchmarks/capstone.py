"""One whole cycle on many banks: do the intervals hold the truth, and how good is a plan made from the survey alone?

``python benchmarks/capstone.py --banks 100 --seed 1 --out docs/capstone.md``
"""

import argparse
import tempfile
from pathlib import Path

import pandas as pd
import pingouin as pg
import statsmodels.formula.api as smf
from statsmodels.stats.proportion import proportion_confint
from tqdm import tqdm

from helpers.bank.data import codebook
from helpers.bank.files import write
from helpers.methods import servqual
from simbank import actions, bank, branches, calendar, customers, plans, year, year_truth
from simbank import servqual_survey as forms
from simbank.streams import CHUNK, generator

NETWORK, CUSTOMERS, BATCHES, DAYS = 8, 4_000, 4, 30
MEETS = {"reliability": "promise_training", "assurance": "promise_training", "empathy": "call_back",
         "responsiveness": "extra_counter", "tangibles": "posters"}  # fmt: skip
PLANS = {
    "managers": ("the managers' own: one thing at each of four branches that are truly worst", "管理层自己的：四家真正最差的，各做一件事"),
    "lesson": ("from the survey, as in lesson 18: where most is lost, thirty days each", "照问卷，同第 18 课：丢得最多的地方，各 30 人天"),
    "lowest": ("all days at the branch with the lowest mean: training and a counter", "全部投给平均分最低的一家：培训加窗口"),
    "weakest": ("the bank's weakest dimension, at the four branches with the lowest mean", "全行最弱的维度，平均分最低的四家各做一份"),
}  # fmt: skip


def world(seed):
    """A bank of one person: its branches, its last survey, who may be asked again, and what its plans meet."""
    rng = generator(seed, "branches")
    network = branches.draw(rng, NETWORK)
    known = branches.table(rng, network)
    here, managers = bank.planned(seed, network, known, None)
    with tempfile.TemporaryDirectory() as folder:
        queue = bank.enrol(
            Path(folder) / "customers.csv", seed=seed, network=network, size=CUSTOMERS, step=lambda: None
        )
    before = bank.survey(seed, queue, network)[0].query("wave == 2").dropna(subset="satisfaction")
    people = customers.draw(generator(seed, "customers"), network, CHUNK)[:CUSTOMERS].assign(
        left=calendar.NEVER
    )
    again = forms.shortest(year.waiting(seed, people, number=0))
    return network, here, managers, before, again


def lost(before):
    """Points of satisfaction that each branch loses in each dimension, as the lesson finds them; and the marks."""
    scores = servqual.scores(before, codebook=codebook("qingyu_bank"))
    wide = scores.pivot_table(index="respondent", columns="dimension", values="perceived").dropna()
    both = wide.join(before.set_index("respondent")[["branch", "satisfaction"]])
    model = pg.linear_regression(wide, both["satisfaction"]).set_index("names")["coef"]
    short = wide.mean() - wide.groupby(both["branch"]).mean()
    return short.clip(lower=0) * model[list(wide.columns)].clip(lower=0), wide.mean()


def written(before):
    """The plans that a survey alone suggests, each of 120 person-days."""
    missing, marks = lost(before)
    order = before.groupby("branch")["satisfaction"].mean().sort_values().index
    dear = missing.unstack().nlargest(12).index  # dimension, branch
    # The same action twice at one branch is one action.
    cells = list(dict.fromkeys((MEETS[dimension], branch) for dimension, branch in dear))[:4]
    weak = MEETS[marks.idxmin()]
    return {
        "lesson": [(action, branch, DAYS) for action, branch in cells],
        "lowest": [("promise_training", order[0], 60), ("extra_counter", order[0], 60)],
        "weakest": [(weak, branch, DAYS) for branch in order[:4]],
    }


def steps(rows):
    """Rows as they are carried out, from the second week on."""
    return [
        plans.Step(k + 1, name, (int(branch[1:]) - 1, -1), f"M{k}", 1, 8, days, days)
        for k, (name, branch, days) in enumerate(rows)
    ]


def changes(before, later, there):
    """Change of each branch of a plan against the others, with its 95 % interval, as the lesson computes it."""
    both = pd.concat([before.assign(after=0), later.dropna(subset="satisfaction").assign(after=1)])
    quiet = both[~both["branch"].isin(there)]
    for branch in sorted(there):
        pool = pd.concat([both[both["branch"] == branch].assign(here=1), quiet.assign(here=0)])
        pool["satisfaction"] = pool["satisfaction"].astype(float)
        fit = smf.ols("satisfaction ~ after * here", pool).fit(cov_type="HC1")
        yield branch, fit.params["after:here"], *fit.conf_int().loc["after:here"]


def of_bank(seed):
    """One bank: what each plan brings beside the best, and the intervals of the plans that are carried out."""
    network, here, managers, before, again = world(seed)
    best, ids = actions.best(here)[1], branches.ids(NETWORK)
    made = {"managers": managers} | {name: steps(rows) for name, rows in written(before).items()}
    worth, found = [], []
    for name, done in made.items():
        put_in = year_truth.constructs(seed, network, done, here)
        worth.append({"seed": seed, "plan": name, "share": put_in["year_effect", ()] / best})
        if name in ("managers", "lesson"):
            batches = [year_truth.effects(seed, network, done, here, number=k) for k in range(BATCHES)]
            aims = pd.DataFrame(batches).mean()
            later = year.survey(seed, again, network, done, here)
            there = {ids[step.place[0]] for step in done}
            for branch, estimate, low, high in changes(before, later, there):
                aim = aims["year_effect", (("branch", branch),)]
                found.append({"seed": seed, "plan": name, "branch": branch, "truth": aim, "estimate": estimate,
                              "low": low, "high": high})  # fmt: skip
    return worth, found


def count(seeds, *, step=lambda: None):
    """All banks: two tables, one row a plan of a bank and one row an interval."""
    worth, found = [], []
    for seed in seeds:
        one, more = of_bank(seed)
        worth += one
        found += more
        step()
    return pd.DataFrame(worth), pd.DataFrame(found)


def page(worth, found, *, banks, seed):
    """The page in both languages."""
    shares = worth.groupby("plan")["share"].agg(["mean", "min", "max"])
    plan_rows = "\n".join(
        f"| {PLANS[name][0]} {PLANS[name][1]} | {shares.loc[name, 'mean']:.0%} | {shares.loc[name, 'min']:.0%} | {shares.loc[name, 'max']:.0%} |"
        for name in PLANS
    )
    rows = []
    for name, title in (
        ("managers", "chosen by the truth 按真值选的"),
        ("lesson", "chosen for looking worst 因为看上去最差才选的"),
    ):
        part = found[found["plan"] == name]
        held = part["truth"].between(part["low"], part["high"])
        low, high = proportion_confint(held.sum(), len(held), method="wilson")
        large, none = part[part["truth"] >= 0.3], part[part["truth"].abs() < 0.005]
        seen, alarm = ((one["low"] > 0) | (one["high"] < 0) for one in (large, none))
        told = f"{alarm.mean():.0%} of {len(none)}" if len(none) else "–"
        rows.append(f"| {title} | {len(part)} | {held.mean():.1%} ({low:.1%}–{high:.1%}) | {(part['estimate'] - part['truth']).mean():+.3f} | "
                    f"{seen.mean():.0%} of {len(large)} | {told} |")  # fmt: skip
    return PAGE.format(banks=banks, seed=seed, last=seed + banks - 1, plans=plan_rows, held="\n".join(rows))


PAGE = """# One whole cycle, on many banks 在许多家银行上走完一整轮

    python benchmarks/capstone.py --banks {banks} --seed {seed} --out docs/capstone.md

Each of {banks} banks (seeds {seed} to {last}) is one that `course data make --small` makes: 8 branches, 4,000 customers. What a plan truly
brings is computed from what was put in; the best plan is found by giving each block of ten days to where it brings most. The page also
says how often the interval of lesson 18 (change of a branch minus change of the untouched branches) holds the truth.

{banks} 家银行（种子 {seed} 到 {last}），每家都是 `course data make --small` 生成的样子：8 家网点、4,000 位客户。计划真正换来多少，由设定值算出；最好的计划，是把每一档十天给到最见效的地方。下面还数了第 18 课的区间（一家网点的变化，减去没动的网点的变化）有多少次包含真实值。

## Share of the best plan 做到最好计划的几成

| plan of 120 person-days 120 人天的计划 | mean 平均 | lowest 最低 | highest 最高 |
|---|---:|---:|---:|
{plans}

## Intervals 区间

| branches 网点 | intervals 区间数 | hold the truth 包含真实值 | estimate minus truth 估计减真值 | effects of 0.3 or more seen 0.3 分以上看得出 | nothing done, yet “seen” 没有作用却“看出” |
|---|---:|---:|---:|---:|---:|
{held}

Each branch also moves by itself, which the interval does not know; 95 of 100 is what it says. Where a branch was chosen because the
survey before was unlucky there, the estimate would be too high: the fourth column says by how much.

每家网点自己也会变，区间并不知道这一点；按它的说法，100 次里应有 95 次。要是网点只是因为前一次问卷运气不好才选中的，估计会偏高：第四列就是偏高多少。
"""

if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--banks", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, required=True)
    asked = options.parse_args()
    with tqdm(total=asked.banks, desc="capstone") as bar:
        tables = count(range(asked.seed, asked.seed + asked.banks), step=bar.update)
    write(asked.out, page(*tables, banks=asked.banks, seed=asked.seed))

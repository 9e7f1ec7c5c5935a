"""How often does lesson 14 choose what is truly worst? Counted over several simulated banks.

``python benchmarks/plan.py --banks 6 --customers 20000 --seed 11 --out docs/plan.md``
"""

import argparse
import tempfile
from itertools import islice
from pathlib import Path

import moments as ledger_of
import pandas as pd
from statsmodels.stats import proportion
from tqdm import tqdm

from helpers.bank.data import codebook
from helpers.bank.files import write
from helpers.methods import decomposition, eventlog, journey, servqual
from simbank import bank, estimands, touchpoints

WAVE, NEUTRAL, ROOM = 2, 4, 0.2
KINDS = {
    "leak": ("step that loses most, one a journey", "流失最多的一步，每种旅程一个"),
    "moment": ("moment that moves satisfaction most, one a journey", "最影响满意度的时刻，每种旅程一个"),
    "survey": ("dimension with the widest gap, one a branch", "差距最大的维度，每家网点一个"),
}


def steps(seed, setting, *, customers, batches):
    """Choose the step and the moment of each journey as the lesson does, and put the truly first beside."""
    aims = ledger_of.truth(seed, setting, batches=batches)
    log, surveys = ledger_of.tables(seed, setting, size=customers)
    for name in touchpoints.JOURNEYS:
        part = log[log["journey"] == name]
        events = eventlog.finished(part)
        drop = journey.drop_off(events).set_index("touchpoint")["estimate"]
        yield ["leak", *_first(drop, aims["step_drop_off", name])]
        order, felt, _ = ledger_of.answers(part, surveys[surveys["journey"] == name])
        asked = events.dropna(subset=["emotion"])
        cool = (asked["emotion"] <= NEUTRAL).groupby(asked["touchpoint"]).mean()
        rows = felt[["satisfaction", *order]]
        shares = pd.Series(decomposition.lmg(rows.cov().to_numpy()[None])[0], index=order)
        # Only where there is room to improve, as in the lesson.
        room = [step for step in order if cool[step] >= ROOM] or order
        yield ["moment", *_first(shares[room], aims["moment_cause", name].reindex(room))]


def gaps(seed, network, *, customers, batches):
    """Choose the dimension of each branch as the lesson does, and put the truly widest gap beside."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        queue = bank.enrol(path, seed=seed, network=network, size=customers, step=lambda: None)
    answers = bank.survey(seed, queue, network)[0].query("wave == @WAVE")
    scores = servqual.scores(answers, codebook=codebook("qingyu_bank")).dropna()
    aims = estimands.summary(list(islice(estimands.of_this_bank(seed, network), batches)))["estimand"]
    aims = aims.xs(("gap", 0, WAVE), level=("quantity", "item", "wave"))
    for number, branch in enumerate(sorted(scores["branch"].unique())):
        mine = servqual.gaps(scores[scores["branch"] == branch]).set_index("dimension")["gap"]
        yield ["survey", *_first(-mine, -aims.xs(number, level="branch"))]


def _first(found, aims):
    """Chosen, truly first, the place of the chosen one in the true order, and among how many it was chosen."""
    aims = aims.reindex(found.index).fillna(0)
    chosen = found.idxmax()
    return [chosen, aims.idxmax(), aims.rank(ascending=False)[chosen], len(aims)]


def count(*, banks, customers, seed, batches):
    """Draw banks, one after the other; return one row a choice: ``bank``, ``kind``, ``chosen``, ``first``, ``place``, ``among``."""
    rows = []
    for number in tqdm(range(seed, seed + banks)):
        setting, sizes = ledger_of.world(number), {"customers": customers, "batches": batches}
        found = [*steps(number, setting, **sizes), *gaps(number, setting.network, **sizes)]
        rows += [[number, *one] for one in found]
    return pd.DataFrame(rows, columns=["bank", "kind", "chosen", "first", "place", "among"])


def summary(rows):
    """Count how often the chosen one is truly first, or among the first two, with a 95 % interval."""
    told = rows.assign(hit=rows["place"] == 1, near=rows["place"] <= 2, blind=1 / rows["among"])
    table = told.groupby("kind", sort=False).agg(
        hits=("hit", "sum"), near=("near", "sum"), n=("hit", "size"), blind=("blind", "mean")
    )
    low, high = proportion.proportion_confint(table["hits"], table["n"], method="wilson")
    return table.assign(estimate=table["hits"] / table["n"], low=low, high=high).reset_index()


PAGE = """# Does lesson 14 choose what is truly worst? 第 14 课选得对不对？

    python benchmarks/plan.py --banks {banks} --customers {customers} --seed {seed} --out docs/plan.md

Lesson 14 chooses on one bank. Here the same choice was made on {banks} banks of {customers:,} customers (seeds {seed} to
{last}), on every journey and branch. True is the same statistic of a very large draw of that bank ({batches} batches, as in
`docs/moments.md`); for the moment, what one point more emotion does, among the steps with room to improve.

下面在 {banks} 家各有 {customers:,} 位客户的模拟银行上（种子 {seed} 到 {last}），对每种旅程、每家网点都选一次，再和真值核对：真值是同一家银行极大样本（{batches} 批，同 `docs/moments.md`）的同一个统计量；时刻看的是情绪高 1 分满意度会高多少，只在有改进余地的步骤里比。

| what is chosen 选什么 | choices 次数 | truly first 真的排第一 | share, 95 % interval 比例与区间 | first or second 排前两名 | blind choice 闭眼选 |
|---|---:|---:|---:|---:|---:|
{lines}

Choices in one bank are not independent, so the intervals are too narrow. 同一家银行里的各次选择并不独立，区间偏窄。
"""


def page(table, *, banks, customers, seed, batches):
    """Write the table as a page in both languages."""
    lines = [
        f"| {KINDS[one.kind][0]} {KINDS[one.kind][1]} | {one.n} | {one.hits} | "
        f"{one.estimate:.0%} ({one.low:.0%}–{one.high:.0%}) | {one.near} | {one.blind:.0%} |"
        for one in table.itertuples()
    ]
    last = seed + banks - 1
    return PAGE.format(
        banks=banks, customers=customers, seed=seed, last=last, batches=batches, lines="\n".join(lines)
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--banks", type=int, default=6)
    options.add_argument("--customers", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--batches", type=int, default=8)
    options.add_argument("--out", type=Path, required=True)
    asked = vars(options.parse_args())
    out = asked.pop("out")
    write(out, page(summary(count(**asked)), **asked))

"""Does lesson 04 find what one more counter changes, and how often are its lists beaten? Counted over simulated banks.

``python benchmarks/touchpoints.py --banks 40 --seed 101 --out docs/touchpoints.md``

The lesson's own cells are run, on the tickets of each bank; nothing of the method is written here a second time.
"""

import argparse
from pathlib import Path

import pandas as pd
from statsmodels.stats import proportion
from tqdm import tqdm

from helpers.bank.files import write
from simbank import branches, queue
from simbank.streams import generator
from workshop.build import source

LESSON = Path(__file__).parents[1] / "course" / "lessons" / "04_touchpoints" / "lesson.md"
CELLS = ("imports", "parameters", "open", "rows", "erlang", "facts", "replay", "buys", "choose", "kept")
TIMES = ["taken", "called", "finished"]


class Bank:
    """As much of a bank as the lesson's cells ask for: its tickets, and no words."""

    def __init__(self, tickets):
        self.tickets = tickets

    def load(self, _):
        """Whatever table is asked for, the tickets."""
        return self.tickets

    def labelled(self, table):
        """Ids stay ids."""
        return table


def cells():
    """Read the code of the lesson, cell by cell."""
    listed = [cell for cell in source.read(LESSON).in_language("en") if cell.kind == "code"]
    return [cell.text for cell in listed if cell.metadata.get("name") in CELLS]


def lesson(code, tickets):
    """Run the lesson's cells on the tickets of one bank; return what they have bound."""
    space, bank = {}, Bank(tickets)
    for text in code:
        exec(text, space)
        space |= {"start": lambda *_, **__: bank, "show": lambda *_: None}
    return space


def tickets(seed, network):
    """Draw the tickets of a bank as they are read from its file."""
    table = queue.table(seed, network)
    for column in TIMES:
        table[column] = pd.to_datetime(table[column])
    return table.replace({"counter": {"": None}})


def truth(seed, network, *, batches):
    """What one more counter truly changes, by branch."""
    found = [queue.effects(seed, network, number=number) for number in range(batches)]
    gains = pd.DataFrame(found).mean()
    return {place[0][1]: value for (quantity, place), value in gains.items() if quantity == "queue_gain"}


def count(*, banks, seed, batches):
    """Draw banks one after the other; return one row a branch, and one row a bank."""
    code, places, choices = cells(), [], []
    for number in tqdm(range(seed, seed + banks)):
        network = branches.draw(generator(number, "branches"), 24)
        told, aims = lesson(code, tickets(number, network)), truth(number, network, batches=batches)
        rows = told["bought"].xs("day_counter", level="measure")
        for branch, one in rows.iterrows():
            places.append([number, branch, one["change"], one["low"], one["high"], aims[str(branch)]])
        choices.append([number, *told["lists"].values(), told["best"], told["price"]])
    return (
        pd.DataFrame(places, columns=["bank", "branch", "change", "low", "high", "aim"]),
        pd.DataFrame(choices, columns=["bank", "by_effect", "by_yuan", "best", "price"]),
    )


def summary(places, choices):
    """Count covers and beaten lists, with 95 % intervals."""
    held = places["aim"].between(places["low"], places["high"])
    beaten = [choices["best"] > 1.001 * choices[name] for name in ("by_effect", "by_yuan")]
    beaten.append(beaten[0] & beaten[1])
    rows = []
    for hits in (held, *beaten):
        low, high = proportion.proportion_confint(hits.sum(), len(hits), method="wilson")
        rows.append([hits.sum(), len(hits), hits.mean(), low, high])
    return pd.DataFrame(rows, columns=["hits", "n", "estimate", "low", "high"],
                        index=["held", "by_effect", "by_yuan", "both"])  # fmt: skip


PAGE = """# Does lesson 04 find what one more counter changes? 多开一个窗口的变化，第 04 课量得准吗？

    python benchmarks/touchpoints.py --banks {banks} --seed {seed} --out docs/touchpoints.md

Lesson 04 plays the queue machine's log again, with one more counter all day, and gives the change of the wait with an interval. Its
own cells were run on {banks} banks (seeds {seed} to {last}), six branches each, and held against the change over {days:,} days. Then
its choice for {budget:,} yuan a month was held against the two lists.

第 04 课把取号机的记录重放一遍，全天多开一个窗口，给出等候时间的变化和区间。这里把课文自己的代码放到 {banks} 家模拟银行（种子 {seed} 到 {last}）、每家六个网点上运行，和 {days:,} 天算出的真实变化核对；再把每月 {budget:,} 元的选择和两张单子相比。

| what is counted 数的是什么 | of 共 | times 次数 | share, 95 % interval 比例与区间 |
|---|---:|---:|---:|
| intervals that hold the true change 区间套住真实变化 | {held} |
| list by effect beaten 按效果列的单子输了 | {by_effect} |
| list by effect per yuan beaten 按每元钱效果列的单子输了 | {by_yuan} |
| both lists beaten 两张单子都输了 | {both} |

Mean error of the change: {bias:+.2f} minutes (mean true change {aim:.2f}). Where a list is beaten, what it leaves is in the median
{lag_effect:.0%} (by effect) and {lag_yuan:.0%} (by effect per yuan) of the best. The rules for staff, customers and privacy cost
{price:.0%} of the best in the median. Branches of one bank share their guess of patience, so the intervals above are a little too narrow.

变化的平均误差：{bias:+.2f} 分钟（真实变化平均 {aim:.2f}）。输了的单子，漏掉的价值（中位数）：按效果列的是最好方案的 {lag_effect:.0%}，按每元钱效果列的是 {lag_yuan:.0%}。照顾员工、客户和隐私的规则，中位数让出最好方案的 {price:.0%}。同一家银行的网点共用一个耐心的估计，所以上面的区间略窄。
"""


def page(places, choices, *, banks, seed, batches, budget=18_000):
    """Write the table as a page in both languages."""
    told = summary(places, choices)
    lines = {
        one.Index: f"{one.n} | {one.hits} | {one.estimate:.0%} ({one.low:.0%}–{one.high:.0%})"
        for one in told.itertuples()
    }
    lags = {name: (1 - choices[name] / choices["best"]) for name in ("by_effect", "by_yuan")}
    lags = {f"lag_{name.removeprefix('by_')}": lag[lag > 0.001].median() for name, lag in lags.items()}
    numbers = {"banks": banks, "seed": seed, "last": seed + banks - 1, "days": batches * queue.DRAWS}
    error = (places["change"] - places["aim"]).mean()
    share = (choices["price"] / choices["best"]).median()
    return PAGE.format(
        **lines, **lags, **numbers, budget=budget, bias=error, aim=places["aim"].mean(), price=share
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--banks", type=int, default=40)
    options.add_argument("--seed", type=int, default=101)
    options.add_argument("--batches", type=int, default=20)
    options.add_argument("--out", type=Path, required=True)
    asked = vars(options.parse_args())
    out = asked.pop("out")
    write(out, page(*count(**asked), **asked))

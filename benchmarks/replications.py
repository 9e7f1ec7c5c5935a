"""Do the methods of R1 and R5 find what is really there? The notebooks' own cells, on many simulated banks.

``python benchmarks/replications.py --banks 40 --seed 1 --out docs/replications.md``
"""

import argparse
import time
from pathlib import Path
from types import SimpleNamespace

import customers
import nbformat
import numpy as np
import pandas as pd
import reliability
from tqdm import tqdm

from helpers.bank.data import codebook
from helpers.bank.files import write
from simbank import branches, disconfirmation
from simbank import servqual_survey as form
from simbank import true_segments as true_segments

ROOT = Path(__file__).parents[1]
PAGE = """# Do the methods of the replications find what is really there? 复现篇的方法，找得到真值吗

    python benchmarks/replications.py --banks {banks} --seed {seed} --out docs/replications.md

The cells of R1 (BG/NBD) and R5 (partial least squares) that speak of the bank were run on {banks} simulated banks: 5,000 customers
with two years of card purchases for R1, one wave of the survey of 24 branches for R5. It took {minutes:.0f} minutes. For R2, R3 and R4 the count
is elsewhere: shares of importance in [moments.md](moments.md), alphas and invariance in [reliability.md](reliability.md), queues in
[touchpoints.md](touchpoints.md).

把 R1（BG/NBD）和 R5（偏最小二乘）里讲银行的那几个单元格，放到 {banks} 家模拟银行上运行：R1 每家 5,000 位客户、两年刷卡记录，R5 每家 24 个网点、一轮问卷。R2、R3、R4 的结果在上面链接的三页里。

| what 什么 | median 中位数 | 10 % to 90 % 范围 | above zero 大于零的银行 |
|---|--:|--:|--:|
{rows}

- *Rate*: mean purchases a year while the card is in use, found against put in for the same customers; *held-out year*: expected against
  seen purchases of all customers together.
- *Slope*: points of satisfaction for one point of the quality score, minus what was put in ({put_in:.2f}). {held:.0%} of the 95 % intervals hold what was
  put in; for expectation ({hoped:+.2f} was put in) it is {held_expected:.0%}. Agreeing to everything, a scale that ends at seven, and forms left
  incomplete by some more than by others pull the estimate away, and no interval knows of them.
- *节奏*：卡在用时每年平均刷卡次数，找到的比设定的；*留出的一年*：全体客户预计与实际的次数之比。
- *斜率*：质量得分高 1 分，满意度差几分，减去模拟时设定的值（{put_in:.2f}）。95% 区间里有 {held:.0%} 套住了设定值；期望（设定 {hoped:+.2f}）是 {held_expected:.0%}。什么都说好、量表到七分为止、有的人更常漏答，都会把估计拉开，而区间对此一无所知。
"""
LINES = {
    "rate": "R1: rate found ÷ put in − 1 节奏的误差",
    "held_out": "R1: held-out year, expected ÷ seen − 1 留出的一年",
    "correlation": "R1: correlation of expected and seen 预测与实际的相关",
    "slope": "R5: slope of quality minus put in 质量的斜率减设定值",
    "expectation": "R5: slope of expectation minus put in 期望的斜率减设定值",
}


def cells(name, *wanted):
    """Read cells of a replication."""
    notebook = nbformat.read(ROOT / "notebooks" / "en" / f"{name}.ipynb", 4)
    found = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}
    return [found[one] for one in wanted]


def performed(sources, **known):
    """Run cells, nothing shown; return everything they bound."""
    bound = {"show": lambda *_: None, "confidence": 0.95, **known}
    for one in sources:
        exec(one, bound)
    return bound


def of_cards(seed, number):
    """R1's section on the bank, on one bank of few customers."""
    world = customers.world(1000 * seed + number)
    tables = customers.tables(1000 * seed + number, world)
    rates = pd.DataFrame({"segment": true_segments.SEGMENTS, "construct": world.habits.card / 1000})
    bank = SimpleNamespace(load=tables.__getitem__, truth=lambda _: rates)
    (imports,) = cells("R1_cdnow", "imports")
    found = performed([imports], bank=bank) | {"show": lambda *_: None}
    found = performed(cells("R1_cdnow", "bank", "truth"), **found)
    return {
        "rate": found["too_high"],
        "held_out": found["own_total"],
        "correlation": found["own_correlation"],
    }


def of_survey(seed, number):
    """R5's section on the bank, on one wave of one bank's survey."""
    rng = np.random.default_rng([seed, number])
    network = branches.draw(rng, reliability.NETWORK)
    people, forms = reliability.survey(rng, network)
    book = codebook("qingyu_bank")
    answers = form.spoil(rng, forms, people).astype(float)
    aims = pd.DataFrame(
        [
            {"side": dict(key[1])["side"], "construct": value, "estimand": value}
            for key, value in disconfirmation.constructs().items()
        ]
    )
    bank = SimpleNamespace(
        load=lambda _: answers,
        truth=lambda _: aims,
        scale=book.scale,
        dont_know=book.dont_know,
        reverse=book.reverse,
    )
    (imports,) = cells("R5_ecsi", "imports")
    found = performed([imports], bank=bank) | {"show": lambda *_: None}
    found = performed(cells("R5_ecsi", "inner", "outer", "pls", "bank", "small", "truth"), **found)
    ends, put_in, hoped = found["ends"], found["put_in"], found["hoped"]
    return {
        "slope": found["above_put_in"],
        "expectation": found["fit"].params["expectation"] - hoped,
        "held": ends.loc["quality", 0] <= put_in <= ends.loc["quality", 1],
        "held_expected": ends.loc["expectation", 0] <= hoped <= ends.loc["expectation", 1],
    }


def page(found, *, seed, minutes):
    """Write what was counted."""
    rows = []
    for name, told in LINES.items():
        low, middle, high = found[name].quantile([0.1, 0.5, 0.9])
        rows.append(
            f"| {told} | {middle:+.2f} | {low:+.2f} to {high:+.2f} | {(found[name] > 0).mean():.0%} |"
        )
    put_in, hoped = disconfirmation.constructs().values()
    return PAGE.format(
        banks=len(found), seed=seed, minutes=minutes, rows="\n".join(rows), put_in=put_in, hoped=hoped,
        held=found["held"].mean(), held_expected=found["held_expected"].mean(),
    )  # fmt: skip


def main():
    """Draw the banks and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--banks", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    began = time.perf_counter()
    found = [
        of_cards(given.seed, number) | of_survey(given.seed, number) for number in tqdm(range(given.banks))
    ]
    minutes = (time.perf_counter() - began) / 60
    write(given.out, page(pd.DataFrame(found), seed=given.seed, minutes=minutes))


if __name__ == "__main__":
    main()

"""How lesson 08 does on other banks: which errors its cleaning leaves, and how far its protection carries.

Run: `python benchmarks/customer_profile.py [number of banks]`; prints the table of `docs/profile.md`. The banks are drawn in memory; the
cleaning and the protection are the lesson's own cells, so that what is counted is what is taught.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.stats.weightstats import DescrStatsW

from simbank import branches, customers, raw_customers, raw_notes
from simbank.streams import generator

LESSONS = Path(__file__).parents[1] / "course" / "lessons" / "08_profile"
CUSTOMERS, BATCHES = 20_000, 6


class Bank:
    """What the lesson's cells ask of a bank: its tables."""

    def __init__(self, tables):
        self.tables = tables

    def load(self, name):
        """Return a table with empty cells missing, as the course reads it."""
        return self.tables[name].replace("", None).copy()

    def labelled(self, table):
        """Return the table as it is."""
        return table


def cells(part, *names):
    """Return the code of cells of the lesson, without what shows their results."""
    text = (LESSONS / f"{part}.md").read_text(encoding="utf-8")
    code = []
    for name in names:
        cell = re.search(rf":name: {name}\n(?::[^\n]*\n)*\n(.*?)```", text, re.DOTALL)[1]
        code += [line for line in cell.splitlines() if not re.match(r"show\(|plot|bank = ", line)]
    return "\n".join(code)


def draw(seed):
    """Draw the tables of one bank that the lesson needs; return them with its branches."""
    network = branches.draw(generator(seed, "branches"), 24)
    people = customers.draw(generator(seed, "customers"), network, CUSTOMERS)
    known = customers.table(people, first=0, network=network)
    tables = {"customers": known.assign(joined=pd.to_datetime(known["joined"]))}
    listed = []
    for module in (raw_customers, raw_notes):
        made = module.tables(seed, network, people, chunk=0, first=0, known=0, errors=0)
        listed.append(made.pop("truth_dirt"))
        tables |= made
    return network, tables | {"truth_dirt": pd.concat(listed, ignore_index=True)}


def measure(seed):
    """Clean and protect one bank as the lesson does.

    Parameters
    ----------
    seed : int
        Its seed.

    Returns
    -------
    dict
        Shares and counts.
    """
    network, tables = draw(seed)
    scope = {"pd": pd, "np": np, "bank": Bank(tables), "smallest": 10, "confidence": 0.95, "folder": None}
    exec(cells("lesson", "open", "rows"), scope)
    exec("coded = count('c', cards, cards.replace(['9999', '不详', '-1'], pd.NA))", scope)
    exec(cells("lesson", "formats", "duplicates", "join", "truth", "sizes", "cells"), scope)
    exec("customers = table\n" + cells("deeper", "suppress"), scope)
    exec("from scipy.optimize import linprog\n" + cells("deeper", "audit"), scope)
    exec(cells("deeper", "open", "cards"), scope)
    batches = [raw_customers.effects(seed, network, number=number) for number in range(BATCHES)]
    whole = np.mean([batch["income_all", ()] for batch in batches])
    return counted(scope, whole)


def counted(scope, whole):
    """Count what the cells have left behind."""
    dirt, told = scope["dirt"], scope["income"].dropna()
    low, high = DescrStatsW(told).tconfint_mean()
    survive = dirt["outcome"] == "survives"
    return {
        "errors put in 埋下的错": len(dirt),
        "of these surviving 其中还在的": survive.mean(),
        "survivors that no card shows 还在的错里看不出来的": (dirt.loc[survive, "shows"] == 0).mean(),
        "wrong unit mended 单位错改好了的": (dirt.loc[dirt["dirt"] == "unit", "outcome"] == "mended").mean(),
        "notes joined to the right customer 记录连对了人的": joined_rightly(scope),
        "alone with four facts 四件事独此一人": (scope["sizes"][3] == 1).mean(),
        "small cells hidden alone, known again 只盖小格子，能算回来": share_known(scope["audit"], 0),
        "hidden with company, known again 再盖陪衬的，能算回来": share_known(scope["audit"], 1),
        "mean income of those who told, minus all 说了的人平均收入减全体（元）": told.mean() - whole,
        "its interval holds the mean of all 区间套住全体平均": float(low <= whole <= high),
    }


def joined_rightly(scope):
    """The share of joined notes that lead to their customer."""
    right = scope["right"].merge(scope["bank"].load("truth_notes"), on="note", suffixes=("", "_true"))
    return (right["customer"] == right["customer_true"]).mean()


def share_known(audit, row):
    """The share of hidden cells that the totals give back."""
    return audit["known_again"].iloc[row] / max(audit["hidden_cells"].iloc[row], 1)


def page(banks, first=8000):
    """Print the table of `docs/profile.md`."""
    found = pd.DataFrame([measure(seed) for seed in range(first, first + banks)])
    print("| | mean 平均 | lowest 最低 | highest 最高 |\n|---|---:|---:|---:|")
    for name, column in found.items():
        shape = "{:,.0f}" if column.abs().max() > 2 else "{:.3f}"
        print(
            f"| {name} | "
            + " | ".join(shape.format(x) for x in (column.mean(), column.min(), column.max()))
            + " |"
        )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("banks", type=int, nargs="?", default=40, help="how many")
    page(asked.parse_args().banks)

"""Certified values: every library keeps the digits that the page prints, and exact fractions give what is saved."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from collection import ROOT, benchmark

accuracy = benchmark("accuracy")
# What the least of a kind must keep; a set made to break a method is named by itself.
LEAST = {"mean, sd, autocorrelation": 8, "analysis of variance": 7, "least squares": 5.5}
HARDEST = {"Filip": 0, "SmLs07": 2, "SmLs08": 1, "SmLs09": 0.5}


@pytest.fixture(scope="module")
def found():
    return accuracy.measured()


@pytest.mark.filterwarnings("ignore")
def test_no_kind_of_statistic_loses_more_digits_than_said(found):
    for row in found.itertuples():
        assert row.digits >= HARDEST.get(row.dataset, LEAST[row.computes]), row


@pytest.mark.filterwarnings("ignore")
def test_the_page_prints_every_set_and_about_these_digits(found):
    text = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    printed = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    table = pd.DataFrame(printed, columns=found.columns).set_index(["dataset", "computes", "package"])[
        "digits"
    ]
    now = found.set_index(["dataset", "computes", "package"])["digits"]
    assert set(table.index) == set(now.index)
    assert (abs(table.astype(float).loc[now.index] - now) <= 2.5).all()


def exactly(table, powers, origin):
    """Least squares by fractions: no digit is lost anywhere."""
    columns = [name for name in table if name.startswith("x")]
    rows = [[Fraction(str(row[name])) ** power for name in columns for power in range(1, powers + 1)]
            for row in table.to_dict("records")]  # fmt: skip
    rows = rows if origin else [[Fraction(1), *row] for row in rows]
    y = [Fraction(str(value)) for value in table["y"]]
    size = len(rows[0])
    left = [[sum(row[i] * row[j] for row in rows) for j in range(size)] for i in range(size)]
    both = [[*left[i], sum(row[i] * value for row, value in zip(rows, y, strict=True))] for i in range(size)]
    for i in range(size):
        both[i] = [value / both[i][i] for value in both[i]]
        for k in set(range(size)) - {i}:
            both[k] = [a - both[k][i] * b for a, b in zip(both[k], both[i], strict=True)]
    return [float(row[-1]) for row in both]


def test_certified_coefficients_are_those_of_exact_fractions():
    certified = pd.read_csv(ROOT / "tests/oracles/strd_certified.csv").set_index(["dataset", "quantity"])[
        "certified"
    ]
    observed = pd.read_csv(ROOT / "tests/oracles/strd.csv", dtype=str)
    names = [name for name in certified.index.unique("dataset") if "residual_sd" in certified.loc[name]]
    assert len(names) == 11
    for name in names:
        table = observed[observed["dataset"] == name].dropna(axis="columns", how="all")
        found = exactly(table, accuracy.POWERS.get(name, 1), name.startswith("NoInt"))
        known = certified.loc[name].filter(regex=r"^b\d")
        np.testing.assert_allclose(found, known, rtol=1e-14)

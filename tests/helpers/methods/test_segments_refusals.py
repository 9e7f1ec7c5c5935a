"""What `segments` refuses, each in one sentence."""

import numpy as np
import pandas as pd
import pytest
import refusals

from helpers.methods import segments

NAN, INF = np.nan, np.inf
POINTS = pd.DataFrame(
    {"customer": [f"C{k}" for k in range(12)], "x": np.arange(12.0) ** 2, "y": [0.0, 1, 5] * 4}
)
GROUPS = POINTS[["customer"]].assign(group=[1, 2, 3] * 4)


def twice(table):
    return pd.concat([table, table])


REFUSED = [
    (lambda: segments.cluster(twice(POINTS), k=2, seed=1), "'C0' comes twice"),
    (lambda: segments.cluster(POINTS.assign(customer=None), k=2, seed=1), "must be complete"),
    (lambda: segments.cluster(POINTS.assign(x=1, y=1), k=2, seed=1), "different customers, 1"),
    (lambda: segments.cluster(POINTS.assign(x=1), k=3, seed=1), "different customers, 3"),
    (lambda: segments.cluster(POINTS.assign(x=INF), k=2, seed=1), "holds inf"),
    (lambda: segments.cluster(POINTS[["customer"]], k=2, seed=1), "at least one column"),
    (lambda: segments.cluster(POINTS, k=3, sample=3, seed=1), "different customers, 3"),
    (lambda: segments.cluster(POINTS, k=3, sample=0, seed=1), "`sample`"),
    (lambda: segments.cluster(POINTS, k=3, starts=0, seed=1), "`starts`"),
    (lambda: segments.cluster(POINTS, k=True, seed=1), "it is True"),
    (lambda: segments.cluster(POINTS, k="3", seed=1), "it is '3'"),
    (
        lambda: segments.gap_statistic(POINTS, most=2, draws=1, seed=1),
        "`draws` must be a whole number above 1",
    ),
    (lambda: segments.gap_statistic(POINTS, most=1, seed=1), "it is 1"),
    (lambda: segments.gap_statistic(POINTS, most=4, sample=4, seed=1), "different customers, 4"),
    (lambda: segments.stability(POINTS, groups=GROUPS, draws=0, seed=1), "`draws`"),
    (lambda: segments.stability(POINTS, groups=GROUPS.assign(group=1), seed=1), "it is 1"),
    (lambda: segments.stability(POINTS, groups=twice(GROUPS), seed=1), "'C0' comes twice"),
    (lambda: segments.returning(POINTS, most=1, seed=1), "`most`"),
    (lambda: segments.returning(POINTS, threshold=75, seed=1), "`threshold`"),
    (lambda: segments.stability(POINTS.assign(x=NAN), groups=GROUPS, seed=1), "must be complete"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)

"""How many people are alone with what others know of them: as sdcMicro counts it, and what making coarser costs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from owndata.share import quasi_identifiers

ORACLES = Path(__file__).parents[2] / "oracles"
KNOWN = ["birth_year", "joined", "branch", "kind"]


@pytest.fixture
def people():
    return pd.read_csv(ORACLES / "frequencies.csv")


@pytest.fixture
def sdcmicro():
    """What frequencies.R wrote: freqCalc of sdcMicro 5.8.1 on the same table."""
    return pd.read_csv(ORACLES / "frequencies_sdcmicro.csv")


def test_frequencies_are_those_of_sdcmicro(people, sdcmicro):
    assert quasi_identifiers.frequencies(people, KNOWN).tolist() == sdcmicro["complete"].tolist()
    coarse = people.assign(birth_year=quasi_identifiers.coarser(people["birth_year"], "birth_year"))
    assert (
        quasi_identifiers.frequencies(coarse, ["birth_year", "branch"]).tolist()
        == sdcmicro["coarser"].tolist()
    )


def test_missing_values_never_flatter(people, sdcmicro):
    """sdcMicro lets a gap match everything; a gap of ours matches gaps alone, so that k is never larger."""
    gaps = people.astype(float)
    gaps.loc[4::25, "joined"] = np.nan
    gaps.loc[8::40, "branch"] = np.nan
    found = quasi_identifiers.frequencies(gaps, KNOWN)
    assert (found <= sdcmicro["missing"]).all()
    whole = gaps.notna().all(axis=1) & (found == sdcmicro["missing"])
    assert whole.sum() > 200


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=30))
def test_by_brute_force(rows):
    table = pd.DataFrame(rows, columns=["age", "branch"])
    assert quasi_identifiers.frequencies(table, ["age", "branch"]).tolist() == [
        rows.count(row) for row in rows
    ]
    told = quasi_identifiers.uniqueness(table, ["age", "branch"]).iloc[0]
    assert told["alone"] == sum(rows.count(row) == 1 for row in rows)
    assert told["k"] == min(rows.count(row) for row in rows)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("birth_year", ["1987", "1990.0", "1899", "", "unknown"], ["1980", "1990", "1890", "", ""]),
        ("birth_year", [1987, 2005], ["1980", "2000"]),
        ("age", ["37", "9", "", "x"], ["30", "0", "", ""]),
        ("joined", ["2024-05-25", "2024-12-31 10:00", ""], ["2024-01-01", "2024-01-01", ""]),
        ("joined", pd.to_datetime(["2024-05-25"]), ["2024-01-01"]),
        ("branch", ["B01", "B99", ""], ["east", "", ""]),
    ],
)
def test_coarser(kind, values, expected):
    assert quasi_identifiers.coarser(pd.Series(values), kind, regions={"B01": "east"}).tolist() == expected


def test_a_coarser_table_leaves_nobody_more_alone(people):
    coarse = people.assign(birth_year=quasi_identifiers.coarser(people["birth_year"], "birth_year"))
    assert (
        quasi_identifiers.frequencies(coarse, KNOWN) >= quasi_identifiers.frequencies(people, KNOWN)
    ).all()

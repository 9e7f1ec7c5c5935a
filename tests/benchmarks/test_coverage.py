"""Short form of the coverage benchmark: 40 small banks, and proof that it can fail."""

import json

import numpy as np
import pandas as pd
import pytest
from collection import benchmark

from helpers.bank.data import codebook, folder
from simbank import branches
from simbank.streams import generator

FLOOR = 0.85
BY = ["statistic", "whom", "method"]


coverage = benchmark("coverage")


@pytest.fixture(scope="module")
def targets():
    return coverage.Targets(np.random.default_rng(3), batches=12)


@pytest.fixture(scope="module")
def rows(targets):
    book = codebook("qingyu_bank")
    return coverage.count(
        targets, banks=40, seed=1, bootstraps=40, book=book, draws=99, each=250, answers=(50, 70)
    )


def _shares(rows):
    return coverage.summary(rows, by=BY).set_index(BY)["share"]


def _named_beforehand(shares):
    """Leave out what is taught as a mistake or was picked because it came out lowest."""
    return shares[[key[:2] not in coverage.CARE for key in shares.index]]


def test_intervals_hold_what_they_aim_at(rows):
    shares = _named_beforehand(_shares(rows))
    assert len(shares) == 18
    assert (shares >= FLOOR).all(), shares[shares < FLOOR].to_string()
    # Intervals so wide that they always hold would pass any floor.
    assert shares.mean() < 0.98


def test_intervals_that_ignore_branches_are_caught(rows):
    assert _shares(rows)["gap, branches ignored", "process", "t"] < FLOOR


def test_an_interval_for_these_branches_is_caught_where_it_speaks_of_the_process(rows):
    gaps = rows[(rows["statistic"] == "gap") & (rows["method"] == "t")]
    ours, process = (gaps[gaps["whom"] == whom].reset_index(drop=True) for whom in ("this_bank", "process"))
    assert (ours[["bank", "part"]] == process[["bank", "part"]]).all(axis=None)
    assert _shares(ours.assign(target=process["target"])).item() < FLOOR


def test_intervals_of_half_the_width_are_caught_everywhere(rows):
    half = rows.assign(**{end: (rows[end] + rows["estimate"]) / 2 for end in ("low", "high")})
    assert (_named_beforehand(_shares(half)) < FLOOR).all()
    assert len(coverage.unexplained(coverage.summary(half))) > 40


def test_a_shifted_estimate_shows_as_shift(rows):
    own = rows[(rows["statistic"] == "gap") & (rows["whom"] == "branch")]
    moved = own.assign(**{name: own[name] + 0.1 for name in ("estimate", "low", "high")})
    before, after = (coverage.summary(table, by=BY)["shift"].item() for table in (own, moved))
    assert after - before == pytest.approx(0.1 / (own["estimate"] - own["target"]).std())


def test_summary_counts_banks_and_not_intervals():
    rows = pd.DataFrame({
        "statistic": "gap", "whom": "branch", "method": "t", "part": "",
        "bank": [0, 0, 1, 1], "estimate": [0.0, 0.1, 0.2, 0.3], "low": -1.0, "high": 1.0,
        "target": [0.0, 0.0, 0.0, 2.0], "target_error": 0.0,
    })  # fmt: skip
    found = coverage.summary(rows).iloc[0]
    assert (found["banks"], found["share"]) == (2, 0.75)
    # Bank shares 1 and 0.5: their standard error, not that of four independent intervals.
    assert found["error"] == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("share", "method", "error", "judged"),
    [(0.93, "t", 0, "holds"), (0.929, "t", 0, "too few"), (0.929, "t", 0.01, "undecided"),
     (0.90, "t", 0.01, "too few"), (0.98, "t", 0, "holds"), (0.981, "t", 0.01, "too many"),
     (0.90, "bootstrap", 0, "holds"), (0.899, "bootstrap", 0, "too few")],
)  # fmt: skip
def test_verdict(share, method, error, judged):
    assert coverage.verdict(share, method, error) == judged


def test_targets_agree_with_the_declared_truth(targets):
    """`truth.json` was drawn by other code, branch by branch, from other numbers."""
    truth = json.loads((folder("qingyu_bank") / "truth.json").read_text(encoding="utf-8"))
    network = branches.draw(generator(truth["seed"], "branches"), 24)
    told = [
        entry for entry in truth["quantities"]
        if entry.get("wave") == coverage.WAVE and entry["quantity"] in coverage.AIMED
    ]  # fmt: skip
    found = []
    for entry in told:
        number = int(entry["branch"][1:]) - 1 if "branch" in entry else None
        chosen = slice(None) if number is None else slice(number, number + 1)
        aims = targets.process if entry["population"] == "process" else targets.of(network, chosen)
        aim = aims.loc[(entry["quantity"], entry.get("dimension", ""), entry.get("item", 0))]
        error = np.hypot(aim["target_error"], entry["monte_carlo_error"])
        found.append({"branch": number, "z": (aim["target"] - entry["estimand"]) / error})
    z = pd.DataFrame(found)
    by_branch = z.dropna()["z"]
    assert len(by_branch) == 24 * 17
    assert np.sqrt((by_branch**2).mean()) < 1.4
    assert z["z"].abs().max() < 4.5


def test_the_same_seed_makes_the_same_bank():
    (_, one), (_, again), (_, other) = (
        coverage.bank(1, number, each=60, answers=(5, 9)) for number in (0, 0, 1)
    )
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(other)


def test_page_tells_every_line_and_every_reason(rows, targets):
    text = coverage.page(rows, targets, minutes=1, banks=60, seed=1, bootstraps=60)
    told = rows.groupby(["whom", "statistic"]).size()
    assert all((whom, statistic) in told.index for statistic, whom in coverage.CARE)
    lines = [line for line in text.splitlines() if line.startswith("| ") and "±" in line]
    assert len(lines) == len(coverage.summary(rows))
    assert "nan" not in text


def test_the_gaps_of_each_branch_are_counted_by_the_number_of_answers(targets):
    book = codebook("qingyu_bank")
    rows = coverage.one_branch(targets, sizes=[(30, 250)], banks=2, seed=1, book=book)
    assert len(rows) == 2 * coverage.NETWORK * 5 and rows["answers"].eq(30).all()
    assert 0.85 < rows["target"].between(rows["low"], rows["high"]).mean() < 1
    assert "| reliability | 2 | 48 |" in coverage.one_branch_page(rows, answers="30", banks=2, seed=1)

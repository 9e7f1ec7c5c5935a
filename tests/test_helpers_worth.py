"""Phases, tiers, groups, contribution: by hand, by law, and what is drawn is what was computed."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.bank import data, language
from helpers.bank.language import WrongValue
from helpers.figures import futures, style, tiers
from helpers.methods import rfm, worth


@pytest.fixture(autouse=True)
def drawn():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


def phase(joined="2020-01-01", recent=5, before=5):
    table = pd.DataFrame(
        {"joined": [pd.Timestamp(joined)], "recent_count": [recent], "before_count": [before]}
    )
    return worth.phases(table, as_of="2026-01-01").item()


def test_phases_by_hand_at_their_borders():
    assert phase("2025-07-06") == "new" and phase("2025-07-05") == "steady"
    assert phase(recent=0, before=0) == "silent" and phase(recent=1, before=0) == "steady"
    assert phase(recent=2, before=4) == "slowing" and phase(recent=3, before=4) == "steady"
    assert phase(recent=1, before=3) == "steady"
    assert phase(recent=4, before=2) == "growing" and phase(recent=3, before=1) == "steady"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=5, max_size=60))
def test_marks_are_those_of_rfm_and_equals_are_alike(numbers):
    values = pd.Series(numbers)
    found = worth.marks(values)
    ledger = pd.DataFrame({"customer": [f"{k:03}" for k in range(len(numbers))], "amount_fen": numbers,
                           "time": pd.Timestamp("2025-01-01")})  # fmt: skip
    assert rfm.scores(ledger, as_of="2025-01-02")["amount_score"].tolist() == found.tolist()
    assert not pd.DataFrame({"value": values, "mark": found}).drop_duplicates()["value"].duplicated().any()
    assert (worth.tiers(values) == "top").sum() <= -(-len(values) // 5)


def test_every_customer_has_one_group():
    every = [(tier, name, products) for tier in worth.TIERS for name in worth.PHASES for products in (1, 2)]
    found = worth.groups(pd.DataFrame(every, columns=["value_tier", "phase", "products"]))
    assert set(found) == set(worth.GROUPS)
    where = {row: group for row, group in zip(every, found, strict=True)}
    assert where["top", "slowing", 1] == "at_risk" and where["base", "silent", 2] == "quiet"
    assert where["middle", "steady", 1] == "potential" and where["middle", "steady", 2] == "active"
    assert where["top", "new", 1] == "core"


@given(st.lists(st.integers(-5, 50), min_size=1, max_size=300).filter(lambda values: sum(values) > 0))
def test_concentration_starts_at_nothing_ends_at_all_and_bends_down(values):
    found = worth.concentration(pd.Series(values))
    assert found["total"].iloc[0] == 0 and found["total"].iloc[-1] == pytest.approx(1)
    if len(values) % 100 == 0:
        assert (np.diff(found["total"], 2) <= 1e-9).all()


def test_concentration_needs_something_to_share():
    with pytest.raises(WrongValue, match="total above 0"):
        worth.concentration(pd.Series([-1, 1]))
    language.use("zh")
    with pytest.raises(WrongValue, match="合计大于 0"):
        worth.concentration(pd.Series([-1, 1]))


def test_closed_accounts_are_left_out():
    customers = pd.DataFrame({"customer": list("ABCD"), "joined": pd.to_datetime(
        ["2020-01-01", "2020-01-01", "2020-01-01", "2025-06-01"])})  # fmt: skip
    churn = pd.DataFrame({"customer": list("AB"), "snapshot": pd.Timestamp("2025-07-01"), "left": [0, 1]})
    assert worth.still_open(customers, churn=churn)["customer"].tolist() == ["A", "D"]


def test_coins_keep_the_sum_and_forget_the_rest():
    table = pd.DataFrame({"recent_count": [0] * 500, "before_count": [8] * 500})
    found = worth.tossed(table, seed=3)
    assert (found.sum(axis=1) == 8).all()
    assert found["recent_count"].mean() == pytest.approx(4, abs=0.3)
    pd.testing.assert_frame_equal(found, worth.tossed(table, seed=3))


def test_contribution_by_hand():
    row = pd.DataFrame({"fen_deposit": [100_000], "channel_app": [10]})
    found = worth.contribution(row, margins={"deposit": 0.002}, costs={"app": 0.3}).iloc[0]
    assert (found["earned_cny"], found["cost_cny"], found["contribution_cny"]) == (2.0, 3.0, -1.0)


def test_contribution_sums_over_kinds_and_channels():
    rows = pd.DataFrame(
        {"fen_fee": [100, 0], "fen_deposit": [50_000, 200], "channel_app": [3, 1], "channel_atm": [0, 2]}
    )
    found = worth.contribution(rows, margins={"fee": 1.0, "deposit": 0.01}, costs={"app": 0.5, "atm": 2.0})
    assert found[["earned_cny", "cost_cny", "contribution_cny"]].to_numpy().tolist() == [
        pytest.approx([6.0, 1.5, 4.5]),
        pytest.approx([0.02, 4.5, -4.48]),
    ]


def test_everybody_stands_beside_what_they_did_and_fractions_stay():
    people = pd.DataFrame({"customer": ["B", "A"]})
    did = pd.DataFrame({"customer": ["A", "Z"], "recency_days": [4, 1], "n": [3, 9], "mean": [1.5, 2.0]})
    found = worth.together(people, did)
    assert (
        found["customer"].tolist() == ["B", "A"]
        and found["n"].tolist() == [0, 3]
        and found["n"].dtype == "int64"
    )
    assert found["mean"].tolist() == [0, 1.5] and found["recency_days"].isna().tolist() == [True, False]


def test_tiers_and_marks_by_hand():
    assert worth.tiers(pd.Series([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])).tolist() == (
        ["base"] * 4 + ["middle"] * 4 + ["top"] * 2
    )
    assert worth.marks(pd.Series([5, 1, 3]), bins=3).tolist() == [3, 1, 2]
    assert worth.marks(pd.Series([3, 3, 3, 9])).tolist() == [1, 1, 1, 4]


def test_concentration_counts_whole_customers():
    found = worth.concentration(pd.Series([2, 5, 3])).set_index("customers")["total"]
    assert [found[share] for share in (0.33, 0.34, 0.66, 0.67, 1.0)] == pytest.approx([0, 0.5, 0.5, 0.8, 1.0])


def test_who_joined_ninety_days_before_the_snapshot_must_be_on_it():
    people = pd.DataFrame({"customer": ["A", "B", "C"], "joined": ["2025-04-02", "2025-04-03", "2020-01-01"]})
    churn = pd.DataFrame({"customer": ["C", "C"], "snapshot": ["2025-01-01", "2025-07-01"], "left": [1, 0]})
    assert worth.still_open(people, churn=churn)["customer"].tolist() == ["B", "C"]


def test_bars_are_as_long_as_the_table_says():
    table = pd.DataFrame(
        {"tier": ["base", "top", "middle"], "customers": [0.5, 0.2, 0.3], "cost_cny": [0.1, 0.6, 0.3]}
    )
    widths = [bar.get_width() for bar in tiers.shares(table).patches]
    assert widths == pytest.approx([20, 60, 30, 30, 50, 10])
    counts = pd.DataFrame({"group": ["core", "quiet"], "n": [7, 3]})
    assert [bar.get_width() for bar in tiers.counts(counts).patches] == [3, 7]


def test_dots_and_curves_stand_where_the_table_says():
    left = pd.DataFrame({"phase": ["new", "silent"], "n": [10, 30], "estimate": [0.3, 0.1], "low": [0.2, 0.05],
                         "high": [0.4, 0.2]})  # fmt: skip
    ax = tiers.leaving(left)
    assert ax.collections[1].get_offsets()[:, 0].tolist() == pytest.approx([10, 30])
    assert ax.lines[0].get_xdata()[0] == pytest.approx(15)
    curve = worth.concentration(pd.Series([8, 2, 0, 0, 0]))
    assert tiers.concentration(curve).collections[0].get_offsets()[0].tolist() == pytest.approx([20, 80])


def test_cells_of_the_crossing_and_the_make_up_are_the_shares():
    cells = pd.DataFrame([("need_tier", a, b, 0.1) for a in worth.TIERS for b in worth.TIERS],
                         columns=["view", "value_tier", "tier", "share"])  # fmt: skip
    figure = tiers.crossing(cells.assign(share=[k / 45 for k in range(1, 10)]), columns=("need_tier",))
    assert [text.get_text() for text in figure.axes[0].texts] == [
        f"{100 * k / 45:.0f}%" for k in range(1, 10)
    ]
    mixed = pd.DataFrame({"segment": ["dormant"] * 3, "tier": worth.TIERS, "share": [0.1, 0.2, 0.7]})
    assert [bar.get_width() for bar in tiers.make_up(mixed, rows="segment").patches] == pytest.approx(
        [10, 20, 70]
    )


def test_figures_of_the_future_show_their_tables():
    groups = pd.DataFrame({"lowest": [0, 1], "highest": [0, 4], "n": [5, 6], "seen": [1.0, 2], "bgnbd": [1.5, 2.5],
                           "naive": [0.0, 3]})  # fmt: skip
    lines = futures.calibration(groups).lines
    assert [line.get_ydata().tolist() for line in lines] == [[1.0, 2], [1.5, 2.5], [0.0, 3]]
    rhythm = pd.DataFrame({"day": [1, 2], "seen": [3.0, 9], "bgnbd": [5.0, 5]})
    assert [bar.get_height() for bar in futures.days(rhythm).patches] == [3, 9]
    steps = pd.DataFrame({"way": ["entered", "entered"], "months": [6.0, 9], "share": [1.0, 0.8]})
    assert futures.survival(steps).lines[0].get_ydata().tolist() == [100, 80]
    rates = pd.DataFrame({"segment": ["dormant"], "n": [9], "estimate": [1.2], "construct": [0.9]})
    assert futures.rates(rates).collections[1].get_offsets()[0, 0] == 1.2


def test_numbers_stored_as_text_are_ranked_as_numbers():
    assert worth.marks(pd.Series(["100", "20", "3", "4", "5"])).tolist() == [5, 4, 1, 2, 3]
    assert worth.tiers(pd.Series(["100", "20", "3", "4", "5"])).tolist() == [
        "top",
        "middle",
        "base",
        "base",
        "middle",
    ]

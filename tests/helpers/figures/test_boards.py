"""The timeline of a plan: bars, diamonds and names by their days."""

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from small_figures import plan

from helpers.bank import data
from helpers.figures import boards, style


@pytest.fixture(autouse=True)
def english():
    style.use(language="en", codebook=data.codebook("qingyu_bank"))
    yield
    plt.close("all")


FIRST = mdates.date2num(pd.Timestamp("2026-03-02"))


def test_bars_run_to_the_end_of_the_last_day_the_first_action_on_top():
    ax = boards.timeline(plan(critical=[False, True]))
    bars = [(bar.get_x() - FIRST, bar.get_width(), bar.get_y(), bar.get_height()) for bar in ax.patches]
    assert bars == [pytest.approx((0, 14, 0.69, 0.62)), pytest.approx((14, 3, -0.31, 0.62))]
    assert [bar.get_facecolor() for bar in ax.patches] == [to_rgba(style.GOOD), to_rgba(style.BAD)]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two"]
    assert ax.get_yticks().tolist() == [1, 0]
    assert (ax.collections[0].get_offsets() - [FIRST, 0]).tolist() == [[28, 1], [40, 0]]
    assert ax.figure.get_size_inches() == pytest.approx((10, 3.4))


def test_without_a_critical_path_no_bar_is_orange():
    assert {bar.get_facecolor() for bar in boards.timeline(plan()).patches} == {to_rgba(style.GOOD)}


def test_a_name_stands_in_its_bar_where_it_fits_else_beside_it():
    inside, beside = boards.timeline(plan()).texts
    # 40 days to the last review; a letter is 0.0195 of that: "Ms Li" needs 3.9 of 14 days, 26 letters 20 of 3.
    assert inside.get_position() == pytest.approx((FIRST + 0.4, 1)) and inside.get_color() == "white"
    assert beside.get_position() == pytest.approx((FIRST + 17 + 1.4, 0)) and beside.get_color() == "black"


def test_the_axis_reaches_to_the_last_review_or_to_the_longest_name():
    assert boards.timeline(plan()).get_xlim() == pytest.approx((FIRST, FIRST + 1.03 * 40))
    late = plan(
        start=pd.to_datetime(["2026-03-02", "2026-04-06"]), end=pd.to_datetime(["2026-03-15", "2026-04-08"])
    )
    # From day 38: its name begins after 2.0 and takes 26 letters.
    end = FIRST + 38 + (0.05 + 0.0195 * 26) * 40
    assert boards.timeline(late).get_xlim() == pytest.approx((FIRST, end))


def test_a_chinese_name_takes_two_letters_a_glyph():
    # Of 40 days: 17 letters take 13.3 and fit into 14; nine glyphs take 14.04 and do not.
    for owner, colour in (("a" * 17, "white"), ("a" * 18, "black"), ("行" * 8, "white"), ("行" * 9, "black")):
        assert boards.timeline(plan(owner=[owner, "x"])).texts[0].get_color() == colour


def test_an_action_that_ends_after_the_last_review_ends_the_axis():
    longer = plan(end=pd.to_datetime(["2026-03-15", "2026-04-20"]))
    assert boards.timeline(longer).get_xlim()[1] == pytest.approx(FIRST + 1.03 * 49)


def test_an_action_of_one_day_is_drawn():
    day = pd.to_datetime(["2026-03-02"] * 2)
    ax = boards.timeline(plan(start=day, end=day, review_on=day, owner=["x", "y"]))
    assert [bar.get_width() for bar in ax.patches] == [1, 1]


@pytest.mark.parametrize(("last", "apart"), [("2026-04-11", 7), ("2026-06-15", 14), ("2026-06-08", 14), ("2026-06-07", 7)])  # fmt: skip
def test_mondays_are_named_every_second_one_from_fourteen_weeks_on(last, apart):
    ax = boards.timeline(plan(review_on=pd.to_datetime(["2026-03-30", last])))
    days = ax.get_xticks()
    assert set(days[1:] - days[:-1]) == {apart}
    assert {mdates.num2date(day).weekday() for day in days} == {0}
    assert ax.xaxis.get_major_formatter()(FIRST) == "03-02"


def test_a_long_action_takes_every_second_monday_too():
    ax = boards.timeline(plan(end=pd.to_datetime(["2026-03-15", "2026-06-15"])))
    assert set(ax.get_xticks()[1:] - ax.get_xticks()[:-1]) == {14}

"""What is read back from a figure is what was drawn."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from classroom.notebook import drawn_values
from helpers.bank import language
from helpers.figures import maps

STEPS = pd.DataFrame({
    "step": ["ask", "queue", "sign"], "estimate": [4.0, 2.5, 3.0], "low": [3.5, 2.0, 2.8], "high": [4.5, 3.1, 3.3],
})  # fmt: skip


def _drawn(groups):
    """Points by colour with their intervals, as seaborn's objects draw them."""
    figure, axes = plt.subplots(layout="constrained")
    for colour, (name, (values, ranges)) in zip(("C0", "C1"), groups.items(), strict=False):
        axes.scatter(values, STEPS["step"], color=colour, label=name)
        if ranges:
            axes.hlines(STEPS["step"], STEPS["low"], STEPS["high"], color=colour)
    axes.invert_yaxis()
    if len(groups) > 1:
        axes.legend()
    figure.canvas.draw()
    return figure


def test_points_and_their_intervals_come_back():
    figure = _drawn({"found": (STEPS["estimate"], True)})
    read = drawn_values.chart(figure)
    assert read["kind"] == "points"
    assert read["categories"] == list(STEPS["step"])
    (series,) = read["series"]
    for name, drawn in (("values", "estimate"), ("low", "low"), ("high", "high")):
        assert series[name] == pytest.approx(list(STEPS[drawn]))
    low, high, step = read["ends"]
    assert low <= 2
    assert high >= 4.5
    assert step > 0
    plt.close(figure)


def test_a_second_group_has_the_name_of_the_legend_and_no_interval_of_the_first():
    figure = _drawn({"found": (STEPS["estimate"], True), "true": (STEPS["estimate"] + 0.01, False)})
    read = drawn_values.chart(figure)
    assert [one["name"] for one in read["series"]] == ["found", "true"]
    assert read["series"][0]["low"] == pytest.approx(list(STEPS["low"]))
    assert read["series"][1]["low"] == [None] * 3
    plt.close(figure)


def test_bars_come_back_and_other_figures_do_not():
    figure, axes = plt.subplots()
    axes.barh(STEPS["step"], STEPS["estimate"])
    figure.canvas.draw()
    read = drawn_values.chart(figure)
    assert read["kind"] == "bars"
    assert dict(zip(read["categories"], read["series"][0]["values"], strict=True)) == dict(
        zip(STEPS["step"], STEPS["estimate"], strict=True)
    )
    assert drawn_values.lanes(figure) is None
    plt.close(figure)
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], [1, 4, 9])
    assert drawn_values.chart(figure) is None
    plt.close(figure)


def test_the_lanes_of_a_map_come_back_as_a_table():
    language.use("en")
    table = pd.DataFrame({
        "touchpoint": ["ask", "queue"], "median_minutes": [5.0, 10.0], "p90_minutes": [9.0, 28.0], "drop_off": [0.037, 0.047],
        "visits": [3915, 5599], "n": [1545, 1880], "estimate": [4.9, 4.6], "low": [4.8, 4.5], "high": [5.0, 4.7],
    })  # fmt: skip
    axes = maps.journey_map(table)
    lanes = drawn_values.lanes(axes.figure)
    assert lanes[0][1:] == ["ask", "queue"]
    said = [row[1:] for row in lanes[1:]]
    assert said == [["5.00 min", "10.00 min"], ["9.00 min", "28.00 min"], ["3.7%", "4.7%"], ["4.9", "4.6"]]
    assert len({row[0] for row in lanes}) == 5
    plt.close(axes.figure)


def test_numbers_on_bars_are_part_of_the_bars_and_other_words_make_a_figure_of_another_kind():
    figure, axes = plt.subplots()
    axes.bar_label(axes.barh(STEPS["step"], STEPS["estimate"]))
    figure.canvas.draw()
    assert drawn_values.chart(figure)["series"][0]["values"] == pytest.approx(
        STEPS["estimate"].tolist()[::-1]
    )
    figure = _drawn({"found": (STEPS["estimate"], True)})
    figure.axes[0].text(3, 1, "look here")
    assert drawn_values.chart(figure) is None
    plt.close("all")

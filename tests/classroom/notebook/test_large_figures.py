"""Figures for the back row: large letters; what is too much for one slide comes in parts; the figure stays as it was."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from classroom.notebook import large_figures

NAMES = [f"branch {number}" for number in range(24)]


def _heat(rows):
    figure, axes = plt.subplots(layout="constrained")
    axes.pcolormesh(np.arange(rows * 3).reshape(rows, 3))
    axes.set_yticks(np.arange(rows) + 0.5, NAMES[:rows])
    axes.set_ylim(rows, 0)
    for row in range(rows):
        axes.text(0.5, row + 0.5, str(row), clip_on=True)
    return figure


def _panels(count, rows):
    figure, axes = plt.subplots(count, 1, layout="constrained")
    for number, one in enumerate(axes):
        one.plot(range(rows), range(rows))
        one.set_yticks(range(rows), NAMES[:rows])
        one.set_title(f"journey {number}")
    return figure


def test_many_rows_are_read_in_two_goes_from_the_top(tmp_path):
    figure = _heat(24)
    (axes,) = figure.axes
    before = figure.get_size_inches().tolist(), axes.get_ylim(), [text.get_visible() for text in axes.texts]
    parts = large_figures.save(figure, tmp_path / "map-room.png")
    assert parts == ["branch 0 – branch 11", "branch 12 – branch 23"]
    assert sorted(place.name for place in tmp_path.iterdir()) == ["map-room-2.png", "map-room.png"]
    assert before == (
        figure.get_size_inches().tolist(),
        axes.get_ylim(),
        [one.get_visible() for one in axes.texts],
    )
    plt.close(figure)


def test_few_rows_stay_on_one_slide(tmp_path):
    figure = _heat(6)
    assert large_figures.save(figure, tmp_path / "map-room.png") == []
    assert [place.name for place in tmp_path.iterdir()] == ["map-room.png"]
    plt.close(figure)


def test_panels_above_one_another_get_a_slide_each(tmp_path, monkeypatch):
    figure = _panels(3, 6)
    figure.axes[-1].set_xlabel("share")
    below = []
    monkeypatch.setattr(
        figure, "savefig", lambda *_, **__: below.append([one.get_xlabel() for one in figure.axes])
    )
    large_figures.save(figure, tmp_path / "unsaved.png")
    assert below == [["share"] * 3] * 3
    monkeypatch.undo()
    assert large_figures.save(figure, tmp_path / "j-room.png") == ["journey 0", "journey 1", "journey 2"]
    assert [one.get_xlabel() for one in figure.axes] == ["", "", "share"]
    for place in tmp_path.iterdir():
        with Image.open(place) as image:
            assert image.size[0] > 1.5 * image.size[1]
    plt.close(figure)


@pytest.mark.parametrize("rows", [1, 8, 14])
def test_letters_are_large_enough_for_the_back_row(rows):
    figure = _heat(rows)
    with large_figures._enlarged(figure):
        assert (
            min(text.get_fontsize() for text in figure.axes[0].get_yticklabels()) >= large_figures.LETTERS - 5
        )
        assert figure.axes[0].get_yticklabels()[0].get_fontsize() == large_figures.LETTERS or rows > 10
    plt.close(figure)


def test_names_that_would_touch_lean_and_stand_again_afterwards(tmp_path):
    figure = _heat(6)
    (axes,) = figure.axes
    axes.set_xticks([0.5, 1.5, 2.5], ["responsiveness and more of the same kind"] * 3)
    with large_figures._enlarged(figure):
        assert {label.get_rotation() for label in axes.get_xticklabels()} == {20}
    assert {label.get_rotation() for label in axes.get_xticklabels()} == {0}
    plt.close(figure)

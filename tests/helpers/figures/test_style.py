"""Labels in the reader's language: ids are named, what was already written in lines stays."""

import matplotlib.pyplot as plt

from helpers.figures import style


def test_legends_are_named_but_what_is_written_in_two_lines_stays():
    figure, axes = plt.subplots()
    axes.plot([1, 2], label="found")
    axes.plot([2, 3], label="two\nlines")
    axes.set_title("dimension = found | wave = one")
    axes.legend(title="one")
    style.localise(figure, label=lambda name: name.capitalize())
    legend = axes.get_legend() or figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["Found", "two\nlines"]
    assert axes.get_title() == "Found · One"
    plt.close("all")

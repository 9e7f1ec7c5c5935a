"""Charts for the wall: A3, landscape, vector; a map of each journey of the bank, and one of its tables."""

import io

import matplotlib.pyplot as plt
from matplotlib.backends.backend_pdf import PdfPages

from helpers.bank import catalogue, codebook
from helpers.bank.data import load
from helpers.bank.language import pick, worded
from helpers.figures import maps, table_map
from helpers.methods import eventlog
from helpers.methods import journey as journeys

A3 = (420 / 25.4, 297 / 25.4)  # inches
ROWS = (
    ("step:\nlay a card", "步骤\n摆卡"),
    ("she does\nand says", "她在做什么\n说什么"),
    ("feeling\n7 … 1", "感受\n7 … 1"),
    ("who owns\nthis step", "谁负责\n（岗位）"),
    ("lever, by\nwhich day", "抓手\n哪天起"),
)


def whole(drawn, *, title):
    """Put wall charts into one file, in the order in which they are printed.

    Parameters
    ----------
    drawn : sequence of tuple
        Figures and their headlines (`journey_map`, `tables`, `blank`).
    title : str
        Of the file.

    Returns
    -------
    bytes
        A PDF, an A3 page each.
    """
    held = io.BytesIO()
    with PdfPages(held, metadata={"CreationDate": None, "Title": title}) as pages:
        for figure, _ in drawn:
            pages.savefig(figure)
            plt.close(figure)
    return held.getvalue()


def saved(drawn):
    """Save one wall chart.

    Parameters
    ----------
    drawn : tuple
        A figure and its headline.

    Returns
    -------
    bytes
        A PDF of one A3 page.
    """
    figure, name = drawn
    held = io.BytesIO()
    figure.savefig(held, format="pdf", metadata={"CreationDate": None, "Title": name})
    plt.close(figure)
    return held.getvalue()


def journey_map(data, *, journey):
    """Draw the map of one journey.

    Parameters
    ----------
    data : str
        The bank.
    journey : str
        Its id.

    Returns
    -------
    tuple
        The figure, A3, and its headline.
    """
    events = eventlog.finished(load(data, "journeys").query("journey == @journey"))
    book = codebook.current()
    listed = load(data, "touchpoints").query("journey == @journey")[["touchpoint", "stage", "owner"]]
    table = journeys.blueprint(journeys.lanes(events).merge(listed))
    evidence = "evidence_" + table["touchpoint"]
    table["evidence"] = evidence.where(evidence.map(book.label) != evidence, "")
    cases = events["case"].nunique()
    left = events.loc[events["outcome"] == "dropped", "case"].nunique()
    share = left / cases
    figure, ax = plt.subplots(figsize=A3, layout="none")
    figure.subplots_adjust(left=0.02, right=0.99, top=0.92, bottom=0.05)
    maps.journey_map(table, ax=ax)
    name = book.label(journey)
    headline = pick(en=f"{name}: {share:.1%} give up on the way", zh=f"{name}：{share:.1%} 的客户中途放弃")
    figure.text(0.02, 0.945, headline, fontsize=26, fontweight="bold")
    figure.text(0.02, 0.02, worded("workshop.wallmaps.journey", cases=cases), fontsize=11, color="#6E6E6E")
    return figure, headline


def tables(book):
    """Draw the map of the bank's tables.

    Parameters
    ----------
    book : Codebook
        Of the bank.

    Returns
    -------
    tuple
        The figure, A3, and its headline.
    """
    figure, ax = plt.subplots(figsize=A3, layout="none")
    figure.subplots_adjust(left=0.02, right=0.99, top=0.92, bottom=0.05)
    table_map.data_map(catalogue.tables(book), links=catalogue.links(book), ax=ax)
    name = pick(en="Which table holds what", zh="哪张表里有什么")
    figure.text(0.02, 0.945, name, fontsize=26, fontweight="bold")
    figure.text(0.02, 0.02, worded("workshop.wallmaps.tables"), fontsize=11, color="#6E6E6E")
    return figure, name


def blank():
    """Draw the empty map that a team lays its cards on.

    Returns
    -------
    tuple
        The figure, A3, and its headline.
    """
    figure = plt.figure(figsize=A3, layout="none")
    name = pick(en="A journey, in the customer's words", zh="一段旅程，用客户的话来写")
    who = worded("workshop.wallmaps.head")
    figure.text(0.02, 0.95, name, fontsize=26, fontweight="bold")
    figure.text(0.98, 0.955, who, fontsize=15, ha="right")
    ax = figure.add_axes((0.02, 0.03, 0.96, 0.89))
    ax.set(xlim=(0, 8.6), ylim=(len(ROWS), 0))
    ax.axis("off")
    for row, (english, chinese) in enumerate(ROWS):
        ax.add_patch(plt.Rectangle((0, row), 0.6, 1, facecolor="#E8F3F1", edgecolor="#0B6B62"))
        ax.text(0.3, row + 0.5, pick(en=english, zh=chinese), ha="center", va="center", fontsize=15)
        for step in range(8):
            ax.add_patch(plt.Rectangle((0.6 + step, row), 1, 1, facecolor="white", edgecolor="#9AA7AD"))
    ax.plot([0.6, 8.6], [2.5, 2.5], color="#C9D3D5", linestyle=":")
    return figure, name

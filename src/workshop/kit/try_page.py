"""A page to try three things on, offline: guess before the truth shows, turn one number, choose a branch."""

import math

from helpers.bank import data
from helpers.bank.language import current, pick
from helpers.methods import eventlog, journey, servqual
from workshop.pages import templates

WAITS = (0, 5, 10, 20, 30, 45, 60)  # minutes, where scripts are off
NEEDED = frozenset({"journeys", "servqual"})  # tables that the lessons of a route must have met


def page(bank, *, opened):
    """Draw the page.

    Parameters
    ----------
    bank : str
        A bank whose truth is declared.
    opened : str
        The journey that is guessed.

    Returns
    -------
    str
        HTML; where scripts are off, pictures stand instead.
    """
    book = data.codebook(bank)
    steps = [(book.label(name), 100 * share) for name, share in drop_off(bank, opened=opened)]
    dimensions, branches = gaps(bank)
    (patience,) = data.truth(bank, "queue_patience")["estimand"]
    return templates.page(
        "kit/try_page.html",
        zh=current() == "zh",
        lang=pick(en="en", zh="zh-CN"),
        journey=book.label(opened),
        steps=[(name, f"{share:.1f}") for name, share in steps],
        patience=f"{patience:g}",
        gone=[(wait, round(100 * (1 - math.exp(-wait / patience)))) for wait in WAITS],
        dimensions=[book.label(name) for name in dimensions],
        branches=[(book.label(name), [f"{value:.2f}" for value in values]) for name, values in branches],
    )


def drop_off(bank, *, opened):
    """Count who gives up at each step of a journey.

    Parameters
    ----------
    bank : str
        The bank.
    opened : str
        The journey's id.

    Returns
    -------
    list of tuple
        Touchpoint and share of the visits, in order.
    """
    log = data.load(bank, "journeys")
    table = journey.lanes(eventlog.finished(log[log["journey"] == opened]))
    return list(zip(table["touchpoint"], table["drop_off"], strict=True))


def gaps(bank):
    """Average the gaps of each branch in the last wave.

    Parameters
    ----------
    bank : str
        The bank.

    Returns
    -------
    tuple
        Dimensions in the order of the survey, and for each branch its id with one mean a dimension.
    """
    book, answers = data.codebook(bank), data.load(bank, "servqual")
    answers = answers[answers["wave"] == answers["wave"].max()]
    scores = servqual.scores(answers, codebook=book).dropna()
    means = scores.groupby(["branch", "dimension"])["gap"].mean().unstack()
    means = means[[one["name"] for one in book.survey["dimensions"]]]
    return list(means.columns), [
        (branch, list(row)) for branch, row in zip(means.index, means.to_numpy(), strict=True)
    ]

"""The pages that a double-click opens: where to start, ten questions, a count of ballots, what the IT department asks."""

import hashlib

from classroom.forms import poll, poll_workbook
from helpers.bank.language import current, pick
from workshop.kit import guide, room_list
from workshop.pages import templates


def start(route, slots, *, names, places, home):
    """Draw the start page.

    Parameters
    ----------
    route : routes.Route
        The route.
    slots : list of minutes.Slot
        From `day_minutes.laid`.
    names : dict
        From `kit_names.names`.
    places : sequence of str
        Every file of the kit, seen from this page.
    home : Path
        The collection's folder.

    Returns
    -------
    str
        HTML.
    """
    return _drawn(
        "start.html",
        route=route,
        told=guide.told(slots),
        slots=[(slot, guide.named(slot)) for slot in slots],
        days=slots[-1].day,
        first=next(slot.about for slot in slots if slot.kind == "lesson"),
        printed=room_list.printed(route, names, home=home),
        folders=_folders(places),
        quizzes=[place.rpartition("/")[2] for place in places],
        names=names,
        poll=f"{names['templates']}/{names['poll_sheet']}",
    )


def quiz(questions):
    """Draw the ten questions for a phone, each answered at once.

    Parameters
    ----------
    questions : sequence of exam.Question
        From `exam.read`.

    Returns
    -------
    str
        HTML.
    """
    return _drawn("quiz.html", questions=questions)


def vote(book):
    """Draw the page that counts the room's ballots and sets them beside the bank's customers.

    Parameters
    ----------
    book : Codebook
        Of the bank: names of the dimensions.

    Returns
    -------
    str
        HTML.
    """
    gaps = poll_workbook.reference()
    asked = [pick(en=english, zh=chinese) for _, english, chinese in poll.QUESTIONS]
    rows = [
        (f"{book.label(name)} · {text}", f"{gaps[name]:.2f}")
        for (name, *_), text in zip(poll.QUESTIONS, asked, strict=True)
    ]
    return _drawn("vote.html", questions=asked, rows=rows)


def department(contents, *, names, licence):
    """Draw the page for the IT department, with the digest of every file.

    Parameters
    ----------
    contents : dict
        Name → bytes of every other file of the kit.
    names : dict
        From `kit_names.names`.
    licence : str
        The text that must travel with the font.

    Returns
    -------
    str
        HTML.
    """
    rows = [(name, len(held), hashlib.sha256(held).hexdigest()) for name, held in sorted(contents.items())]
    size = sum(row[1] for row in rows)
    return _drawn("it.html", rows=rows, size=size, names=names, licence=licence)


def _folders(places):
    """Folder → files, in order; files that stand alone are under the empty name."""
    found = {}
    for place in sorted(places):
        folder, _, file = place.rpartition("/")
        found.setdefault(folder, []).append((place, file))
    return found


def _drawn(template, **values):
    return templates.page(f"kit/{template}", zh=current() == "zh", lang=pick(en="en", zh="zh-CN"), **values)

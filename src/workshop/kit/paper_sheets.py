"""Sheets of paper that ``course/day`` holds as Markdown: pages to fill in, cards to cut, both languages side by side."""

import re
from dataclasses import dataclass

import jinja2
from docx.shared import Cm

from classroom.forms import poll, training_workbook
from helpers.bank.language import current, pick
from workshop.build import source, yamlfile
from workshop.kit import day_activities, paper

CUT = Cm(1.2)  # the margin of a page of cards


@dataclass(frozen=True)
class Leaf:
    """One entry of ``course/day/sheets.yml``.

    Parameters
    ----------
    id, title, pack, form : str
        Its key, its name in the reader's language, the pack that it goes into, how it is drawn.
    grid : tuple of int
        Of cards: how many across and down a page.
    wide, cut : bool
        Whether it is landscape; whether each heading begins a page of its own.
    size : float
        Of a page's letters, in points.
    """

    id: str
    title: str
    pack: str
    form: str
    grid: tuple
    wide: bool
    cut: bool
    size: float


def read(home):
    """List the sheets and the packs that they go into.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    tuple
        ``(packs, leaves)``: id → (title, copies), and id → `Leaf`, both in order.
    """
    held = yamlfile.read(home / "course" / "day" / "sheets.yml")
    packs = {
        one["id"]: (day_activities.said(one, "title"), day_activities.said(one, "copies"))
        for one in held["packs"]
    }
    leaves = {
        one["id"]: Leaf(
            one["id"],
            day_activities.said(one, "title"),
            one["pack"],
            one["form"],
            (one.get("across", 1), one.get("down", 1)),
            one.get("wide", False),
            one.get("cut", False),
            one.get("size", 12),
        )
        for one in held["sheets"]
    }
    return packs, leaves


def text(home, leaf, **about):
    """Fill in a sheet's Markdown.

    Parameters
    ----------
    home : Path
        The collection's folder.
    leaf : str
        Its id.
    **about
        What the sheet may name beside cases, codes, questions of the poll and boxes of the observation.

    Returns
    -------
    str
        Markdown in the reader's language.
    """
    day = home / "course" / "day"
    cells = source.read(day / f"{leaf}.md").in_language(current())
    return jinja2.Template("\n\n".join(cell.text for cell in cells)).render(
        cases=yamlfile.read(day / "cases.yml"),
        codes=yamlfile.read(day / "observer.yml"),
        questions=[{"en": one[1], "zh": one[2]} for one in poll.QUESTIONS],
        boxes=[dict(zip(("en", "zh"), one, strict=True)) for one in training_workbook.BOXES],
        **{"people": 30} | about,
    )


def draw(page, leaf, written):
    """Draw a sheet into a document, from a new page on.

    Parameters
    ----------
    page : Document
        From `paper.pack`.
    leaf : Leaf
        What it is.
    written : str
        From `text`.
    """
    if leaf.form == "cards":
        paper.leaf(page, leaf.title, below=pick(en="Cut along the lines.", zh="沿线裁开。"), edge=CUT)
        paper.cards(page, _cards(written), across=leaf.grid[0], down=leaf.grid[1])
        return
    for part in _cards(written) if leaf.cut else [written]:
        paper.leaf(page, leaf.title, across=leaf.wide)
        paper.write(page, part, size=leaf.size)


def _cards(written):
    """Cut at second-level headings."""
    return [part for part in re.split(r"(?m)^(?=## )", written) if part.startswith("## ")]

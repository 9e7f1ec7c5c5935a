"""What the search on the first page looks through: titles, headings and texts of a page, code left out."""

import re

from lxml import html
from lxml.etree import iterwalk

PICTURE = r'src="data:[^"]*"'
# Elements that are not read, and those that a text flows through without a blank.
SKIPPED = "//script|//style|//nav|//textarea|//label|//math|//dd[@class='met']|//span[@class='def']|//*[contains(@class,'code')]"
INLINE = {"a", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
HEADINGS = {"h1", "h2", "h3", "dt"}


def text(page, *, address):
    """Read a page as the search does.

    Parameters
    ----------
    page : str
        HTML with a ``main``; a section begins at each element with an id.
    address : str
        Where it stands, seen from the first page.

    Returns
    -------
    list
        ``[title, address, sections]``; a section is ``[anchor, heading, text]``, those without a word left out.
        Of a page that somebody emptied or overwrote nothing is read.

    Examples
    --------
    >>> text('<main><section id="s1"><h1>差距</h1><p>感知<b>减</b>期望。</p></section></main>', address="a.html")
    ['差距', 'a.html', [['s1', '差距', '感知减期望。']]]
    """
    # Pictures are in the page itself, as text that nobody searches.
    whole = html.fromstring(f"<div>{re.sub(PICTURE, '', page)}</div>")
    for piece in whole.xpath(SKIPPED):
        piece.drop_tree()
    sections = [
        [anchor, *map(_tidy, parts)] for main in whole.iter("main") for anchor, *parts in _sections(main)
    ]
    title = "".join(_tidy([heading.text_content()]) for heading in whole.findall(".//h1")[:1])
    return [title, address, [section for section in sections if any(section[1:])]]


def _sections(main):
    """Cut where an element has an id: its anchor, the pieces of its heading, the pieces of its text."""
    found, inside = [["", [], []]], False
    for event, element in iterwalk(main, events=("start", "end")):
        begins = event == "start"
        if begins and element.get("id"):
            found.append([element.get("id"), [], []])
        if element.tag in HEADINGS and (not begins or not found[-1][1]):  # the first one is the section's own
            inside = begins
        blank = "" if element.tag in INLINE else " "
        said = (element.text if begins else element.tail) or ""
        found[-1][1 if inside else 2] += [blank, said]
    return found


def _tidy(pieces):
    return " ".join("".join(pieces).split())

"""A last look at a page: it must stand alone, and every picture must have words."""

import re
from html.parser import HTMLParser

from helpers.bank.language import WrongValue


class _Inspector(HTMLParser):
    """Note what a page would ask of a network, and pictures without words."""

    def __init__(self):
        super().__init__()
        self.asks, self.mute = [], 0

    def handle_starttag(self, tag, attrs):
        """Look at one tag."""
        given = dict(attrs)
        if tag == "img" and not (given.get("alt") or "").strip():
            self.mute += 1
        for name in ("src", "srcset", "poster", "data", "action", "href"):
            target = given.get(name) or ""
            harmless = target.startswith(("data:", "#")) or (name == "href" and tag == "a")
            if target and not harmless:
                self.asks.append(target)


def inspected(page):
    """Refuse a page that would ask a network for anything, or shows a picture without words.

    Parameters
    ----------
    page : str
        A whole HTML page.

    Returns
    -------
    str
        The same page.

    Raises
    ------
    WrongValue
        The sentence names the first address.

    Examples
    --------
    >>> inspected('<p>calm</p>')
    '<p>calm</p>'
    """
    inspector = _Inspector()
    inspector.feed(page)
    inspector.asks += re.findall(r"(?:@import|url\()\s*['\"]?((?:https?:)?//[^'\")\s]+)", page)
    if inspector.asks:
        raise WrongValue(
            en=f"A page must stand alone; this one asks for {inspector.asks[0]!r}. Put the picture beside the lesson.",
            zh=f"网页必须自成一体；这一页却要取用 {inspector.asks[0]!r}。请把图片放在课程文件旁边。",
        )
    if inspector.mute:
        raise WrongValue(
            en=f"{inspector.mute} pictures in prose have no text alternative. Write ![what it shows](file).",
            zh=f"正文里有 {inspector.mute} 幅图没有替代文字。请写成 ![图的内容](文件)。",
        )
    return page

"""A last look at a page: it stands alone, runs no script but its own, and every picture has words."""

import base64
import hashlib
import re
from html.parser import HTMLParser

from helpers.bank.language import wrong

# They bring other pages in, or send what is typed away; a policy in the page itself cannot forbid all of them.
FOREIGN = frozenset({"base", "embed", "form", "frame", "iframe", "object"})
ADDRESSES = ("src", "srcset", "poster", "data", "action", "href", "xlink:href", "formaction")


class _Inspector(HTMLParser):
    """Note what a page would ask of a network or run, and pictures without words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.asks, self.runs, self.mute, self.policy = [], [], 0, None
        self.inside = {}  # the text of the script or style that is open

    def handle_starttag(self, tag, attrs):
        """Look at one tag."""
        given = {name: value or "" for name, value in attrs}
        self.inside = {tag: ""} if tag in ("script", "style") else {}
        self._note_style(given.get("style", ""))
        if tag == "img" and not given.get("alt", "").strip():
            self.mute += 1
        self.runs += [name for name in given if name.startswith("on") or name == "srcdoc"]
        if tag in FOREIGN:
            self.runs.append(tag)
        if tag == "meta" and "http-equiv" in given:
            self._note_policy(given)
        for name in ADDRESSES:
            if name in given:
                self._note_address(tag, name, given[name])

    def _note_policy(self, given):
        """The page's own policy, or a command to go elsewhere."""
        if given["http-equiv"].lower() == "content-security-policy" and self.policy is None:
            self.policy = given.get("content", "")
        else:
            self.runs.append(f"meta {given['http-equiv']}")

    def _note_address(self, tag, name, target):
        """An address; links of a reader's choice may lead anywhere but into a script."""
        scheme = re.sub(r"[\x00-\x20]+", "", target).lower()
        link = name == "href" and tag == "a"
        if scheme.startswith(("javascript:", "vbscript:")) or (link and scheme.startswith("data:")):
            self.runs.append(target)
        elif target and not link and not scheme.startswith(("data:", "#")):
            self.asks.append(target)

    def _note_style(self, style):
        """What a style would fetch; the same words in a text are words."""
        self.asks += re.findall(r"(?:@import|url\()\s*['\"]?((?:https?:)?//[^'\")\s]+)", style)

    def handle_data(self, data):
        """Collect the text of a script or style."""
        self.inside = {tag: text + data for tag, text in self.inside.items()}

    def handle_endtag(self, tag):
        """Look at a style, and at a script: one that the policy does not name is not the page's own."""
        if tag == "style":
            self._note_style(self.inside.get(tag, ""))
        elif tag == "script" and _digest(self.inside.get(tag, "")) not in (self.policy or ""):
            self.runs.append("script")
        self.inside = {}


def policy(pager=""):
    """Say what a page may load and run: itself alone.

    Parameters
    ----------
    pager : str
        The page's own ``<script>`` element; none unless given.

    Returns
    -------
    str
        The content of its ``Content-Security-Policy``.

    Examples
    --------
    >>> policy()
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    """
    script = re.search(r"<script>(.*)</script>", pager, flags=re.DOTALL)
    own = f" script-src '{_digest(script[1])}';" if script else ""
    return (
        f"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline';{own}"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(script):
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def inspected(page):
    """Refuse a page that asks a network for anything, runs what is not its own, or has a picture without words.

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
        The sentence names the first address, or what would run.

    Examples
    --------
    >>> page = f'<meta http-equiv="Content-Security-Policy" content="{policy()}"><p>calm</p>'
    >>> inspected(page) == page
    True
    """
    inspector = _Inspector()
    inspector.feed(page)
    inspector.close()
    if inspector.asks:
        raise wrong("workshop.page_check.asks", address=inspector.asks[0])
    if inspector.runs or "default-src 'none'" not in (inspector.policy or ""):
        found = (inspector.runs or ["no Content-Security-Policy"])[0]
        raise wrong("workshop.page_check.runs", found=found[:60])
    if inspector.mute:
        raise wrong("workshop.page_check.mute", count=inspector.mute)
    return page

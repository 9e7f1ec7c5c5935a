"""A report as one offline page, and the page that lists them all."""

import base64
from functools import cache
from importlib.resources import files

import jinja2

from classroom.publishing import markup
from classroom.publishing.inspection import inspected
from helpers.bank.language import current, pick


def report(blocks, *, word, index="index.html"):
    """Draw a branch's report.

    Parameters
    ----------
    blocks : list of Block
        From `contents.blocks`.
    word : str
        The name of the Word file beside it.
    index : str
        The name of the page that lists all reports.

    Returns
    -------
    str
        HTML that asks nothing of a network.
    """
    links = [(index, pick(en="All branches", zh="全部网点")), (word, pick(en="As a Word file", zh="Word 版"))]
    return _page(blocks[0].text, "\n".join(map(_drawn, blocks)), links)


def listing(blocks):
    """Draw the page that lists all reports.

    Parameters
    ----------
    blocks : list of Block
        Its title, texts and tables; cells may hold links.

    Returns
    -------
    str
        HTML that asks nothing of a network.
    """
    return _page(blocks[0].text, "\n".join(map(_drawn, blocks)), [])


def _page(title, body, links):
    style = files("classroom.publishing").joinpath("page.css").read_text(encoding="utf-8")
    language = {"en": "en", "zh": "zh-CN"}[current()]
    return inspected(_template().render(title=title, body=body, links=links, style=style, language=language))


def _drawn(block):
    """One block as HTML."""
    if block.kind == "figure":
        data = base64.b64encode(block.image).decode("ascii")
        return markup.picture(data, kind="image/png", alt=block.alt, caption=markup.prose(block.text))
    if block.kind == "table":
        told = markup.prose(block.text) if block.text else ""
        return told + markup.frame(block.table.to_html(index=False, escape=False))
    sign = {"title": "# ", "heading": "## "}.get(block.kind, "")
    return markup.prose(
        sign + block.text if not block.points else "\n".join(f"- {point}" for point in block.points)
    )


@cache
def _template():
    text = files("classroom.report").joinpath("report.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)

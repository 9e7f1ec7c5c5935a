"""A report as one offline page, and the page that lists them all."""

import base64
import html

from markupsafe import Markup

from helpers.bank.language import current, pick
from workshop.pages import markup, templates
from workshop.report.report_text import stretches


def report(blocks, *, word, index="index.html"):
    """Draw a branch's report.

    Parameters
    ----------
    blocks : list of Block
        From `report_text.blocks`.
    word : str
        The name of the Word file beside it.
    index : str or None
        The name of the page that lists all reports, where there is one.

    Returns
    -------
    str
        HTML that asks nothing of a network.
    """
    links = [(index, pick(en="All branches", zh="全部网点"))] if index else []
    links.append((word, pick(en="As a Word file", zh="Word 版")))
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
    lang = {"en": "en", "zh": "zh-CN"}[current()]
    return templates.page("report/report.html", title=title, body=body, links=links, lang=lang)


def _drawn(block):
    """One block as HTML; its texts are plain, so nothing in them is markup."""
    if block.kind == "figure":
        data = base64.b64encode(block.image).decode("ascii")
        return markup.picture(data, kind="image/png", alt=block.alt, caption=_within("p", block.text))
    if block.kind == "table":
        return (_within("p", block.text) if block.text else "") + _table(block.table)
    if block.points:
        return f"<ul>{''.join(_within('li', point) for point in block.points)}</ul>"
    return _within({"title": "h1", "heading": "h2"}.get(block.kind, "p"), block.text)


def _within(tag, text):
    """A text within an element, what is strong in it marked."""
    shown = "".join(
        f"<strong>{_escaped(part)}</strong>" if bold else _escaped(part) for part, bold in stretches(text)
    )
    return f"<{tag}>{shown}</{tag}>"


def _table(table):
    """A table whose cells are text, or `Markup` where a cell holds links of ours."""
    rows = [[f"<td>{_escaped(cell)}</td>" for cell in row] for row in table.to_numpy().tolist()]
    head = "".join(f"<th>{_escaped(name)}</th>" for name in table.columns)
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return markup.frame(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _escaped(text):
    return text if isinstance(text, Markup) else html.escape(text, quote=False)

"""Text to HTML that needs no network: Markdown, formulas as MathML, tables, code, pictures."""

import base64
import html
import mimetypes
import re
from functools import cache, lru_cache
from pathlib import Path

import bleach
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from helpers.bank import escaping
from helpers.bank.language import wrong

# What the HTML output of a cell may hold.
TABLE = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
TEXT = {"br", "dd", "div", "dl", "dt", "hr", "p", "pre", "s", "small", "span", "sub", "sup", "u"}
ELEMENTS = bleach.ALLOWED_TAGS | TABLE | TEXT | {f"h{level}" for level in range(1, 7)}
ATTRIBUTES = {
    "*": ["class", "title"],
    "a": ["href"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan"],
}
CODE_STYLES = ("vs", "github-dark")  # on light and on dark ground
KEPT = lru_cache(maxsize=1000)  # a notebook has two pages, and its code two languages
NUMBER = re.compile(r"^[−+-]?[\d.,  ]*\d\s*%?$|^(—|–|NaN|<NA>|)$")


@KEPT
def prose(text, *, computed=False):
    """Turn Markdown with formulas into HTML.

    Parameters
    ----------
    text : str
        CommonMark with tables, footnotes, definition lists, ``$…$`` and ``$$…$$``.
    computed : bool
        Whether a cell gave it: it may hold what comes from data, so HTML in it is shown as text. The HTML of
        authors passes.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    WrongValue
        If a formula cannot be read.

    Examples
    --------
    >>> prose("A *gap*.").strip()
    '<p>A <em>gap</em>.</p>'
    >>> prose("<b>Main</b>", computed=True).strip()
    '<p>&lt;b&gt;Main&lt;/b&gt;</p>'
    """
    if computed:
        text = escaping.unguarded(text)
    drawn = _tables(_reader(html=not computed).render(text))
    return drawn.replace(
        '<div class="math block">', '<div class="math block" tabindex="0">'
    )  # may scroll: by key too


@cache
def _reader(*, html):
    """The Markdown reader, made once for authors and once for what cells compute."""
    reader = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    reader.use(deflist_plugin).use(footnote_plugin)
    # `render_math_block` wraps displays itself; inline formulas stay in the line.
    return reader.use(dollarmath_plugin, allow_digits=False, double_inline=True, renderer=_formula)


def _formula(tex, options):
    """One formula as MathML."""
    try:
        return convert(tex, display="block" if options.get("display_mode") else "inline")
    except Exception as error:  # latex2mathml raises many kinds
        raise wrong("workshop.markup.formula", tex=tex, error=type(error).__name__) from error


@KEPT
def frame(text):
    """Take the styling off a table that pandas drew, so that the page's own applies, and all that could run.

    Parameters
    ----------
    text : str
        An HTML output.

    Returns
    -------
    str
        The same without scripts, styles and borders, of a few harmless elements; columns of numbers marked.

    Examples
    --------
    >>> frame('<table border="1"><tbody><tr><th>B07</th><td>1.5</td></tr></tbody></table>')
    '<div class="table" tabindex="0"><table class="n2"><tbody><tr><th>B07</th><td>1.5</td></tr></tbody></table></div>'
    >>> frame('<b onclick="x()">Main</b><scr<script>y()</script>ipt>')
    '<b>Main</b>'
    """
    text = re.sub(r"<(style|script)\b.*?</\1\s*>", "", text, flags=re.DOTALL | re.IGNORECASE)
    text = bleach.clean(text, tags=ELEMENTS, attributes=ATTRIBUTES, strip=True)
    text = re.sub(r"<td>(\d{4}-\d\d-\d\d[^<]*)</td>", r'<td class="date">\1</td>', text)
    return _tables(re.sub(r'(<table\b[^>]*?)\sclass="[^"]*"', r"\1", text))


def _tables(text):
    """Let wide tables scroll, and say which columns hold numbers, and which a mere count of rows."""
    return re.sub(r"<table\b.*?</table>", lambda found: _dressed(found[0]), text, flags=re.DOTALL)


def _dressed(table):
    """One table with its marks: ``n2`` where column 2 holds numbers, ``counted`` where rows are 0, 1, 2 …"""
    head, _, body = table.rpartition("</thead>")
    rows = re.findall(r"<tr\b.*?</tr>", body, flags=re.DOTALL)
    cells = [re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, flags=re.DOTALL) for row in rows]
    whole = [row for row in cells if len(row) == max(map(len, cells))]  # not where cells are merged
    columns = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in column] for column in zip(*whole, strict=True)
    ]
    marks = [f"n{n}" for n, column in enumerate(columns, 1) if any(column) and all(map(NUMBER.match, column))]
    unnamed = re.search(r"<thead>\s*<tr[^>]*>\s*<th></th>", head)
    if unnamed and rows and all(re.match(r"<tr>\s*<th>\d+</th>", row) for row in rows):
        marks.append("counted")
    opening = f'<table class="{" ".join(marks)}"' if marks else "<table"
    return f'<div class="table" tabindex="0">{opening}{table[6:]}</div>'


@KEPT
def code(source):
    """Colour Python code, with classes that `code_style` defines.

    Parameters
    ----------
    source : str
        Python.

    Returns
    -------
    str
        HTML.
    """
    return highlight(source.rstrip(), PythonLexer(), HtmlFormatter(cssclass="code"))


def code_style(selector=".code"):
    """Return the CSS of coloured code, on light and on dark ground.

    Parameters
    ----------
    selector : str
        What holds code.

    Returns
    -------
    str
        CSS.
    """
    light, dark = (
        HtmlFormatter(style=style, nobackground=True).get_style_defs(selector) for style in CODE_STYLES
    )
    both = f"{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}"
    return re.sub(r" */\*.*?\*/", "", both)


def picture(data, *, kind, alt, caption=""):
    """Put a picture into the page itself.

    Parameters
    ----------
    data : str
        Base64, or the text of an SVG.
    kind : str
        Its MIME type.
    alt : str
        The sentence for those who do not see it.
    caption : str, optional
        HTML below it.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    WrongValue
        If there is no alternative text.
    """
    if not (alt or "").strip():
        raise wrong("workshop.markup.no_alternative")
    if kind == "image/svg+xml":
        data = base64.b64encode(data.encode()).decode()
    source = f"data:{kind};base64,{''.join(data.split())}"
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    tall = ' class="tall"' if kind == "image/png" and _tall(data) else ""
    return f'<figure><img{tall} src="{source}" alt="{html.escape(alt)}">{below}</figure>'


def _tall(data):
    """Whether a picture (PNG) fills a page better than half of one."""
    head = base64.b64decode(data.strip()[:32])
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    return 4 * height > 5 * width


def embedded(text, *, folder):
    """Put the pictures that prose names by file into the page.

    Parameters
    ----------
    text : str
        HTML.
    folder : Path
        Where relative names begin.

    Returns
    -------
    str
        HTML whose pictures are data URIs.
    """

    def fetch(found):
        elsewhere = found[2].startswith(("data:", "http:", "https:"))
        path = None if elsewhere else Path(folder) / found[2]
        if elsewhere or not path.is_file():
            return found[0]  # `page_check` tells what is left
        kind = mimetypes.guess_type(path.name)[0]
        return f"{found[1]}data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

    return re.sub(r'(<img\b[^>]*?\bsrc=")([^"]*)', fetch, text)

"""Markdown cut into what paper and slides know: headings, paragraphs, items, lines of code or to write on, tables."""

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    stressed: bool = False
    code: bool = False


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1–4), a paragraph, an item of a list, a line of code, a line to write on, or a table.

    Parameters
    ----------
    kind : {"heading", "paragraph", "item", "code", "line", "table"}
        What it is.
    runs : tuple of Run
        Its text; empty for a table.
    level : int
        Of a heading.
    rows : tuple
        Of a table: rows of cells of runs, the head first.
    """

    kind: str
    runs: tuple = ()
    level: int = 0
    rows: tuple = ()

    @property
    def text(self):
        """The plain text of its runs."""
        return "".join(run.text for run in self.runs)


def blocks(text):
    r"""Cut Markdown into blocks; folded answers are left out.

    Parameters
    ----------
    text : str
        CommonMark with tables.

    Returns
    -------
    list of Block
        In order.

    Examples
    --------
    >>> [(block.kind, block.text) for block in blocks("## Gap\n\n- one *row*\n- two")]
    [('heading', 'Gap'), ('item', 'one row'), ('item', 'two')]
    """
    text = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    found, rows, inside = [], [], 0
    for before, token in zip([None, *(tokens := _reader().parse(text))], tokens, strict=False):
        inside += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            found.append(Block("table", rows=tuple(map(tuple, rows))))
            rows = []
        elif token.type == "hr":
            found.append(Block("line"))
        elif token.type == "fence":
            found.append(Block("code", (Run(token.content.strip(), bold=True, code=True),)))
        elif token.type == "inline" and before.type in ("th_open", "td_open"):
            rows[-1].append(_runs(token))
        elif token.type == "inline":
            level = int(before.tag[1]) if before.type == "heading_open" else 0
            kind = "heading" if level else "item" if inside else "paragraph"
            found.append(Block(kind, _runs(token), level))
    return found


def plain(text):
    r"""Markdown as plain text, one line a block; tables and formulas that stand alone are left out.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    str
        For speaker notes.

    Examples
    --------
    >>> plain("Agreement:\n\n$$\\kappa = 1$$\n\nWith $c$ counters.")
    'Agreement:\nWith c counters.'
    """
    lines = [
        ("• " if block.kind == "item" else "") + block.text
        for block in blocks(text)
        if block.kind in ("paragraph", "item") and "$$" not in block.text
    ]
    return re.sub(r"\$\\?(\w+)\$", r"\1", "\n".join(lines))


def asked(found, *, limit):
    r"""Keep the question of a prediction: formulas never, what leads to the question where the whole is short.

    Parameters
    ----------
    found : list of Block
        From `blocks`.
    limit : int
        Letters that count as short.

    Returns
    -------
    list of Block
        One at least.

    Examples
    --------
    >>> [block.text for block in asked(blocks("A formula, $c$.\n\nHow many?"), limit=99)]
    ['How many?']
    """
    kept = [block for block in found if "$" not in block.text]
    if len(kept) < len(found) or sum(len(block.text) for block in kept) > limit:
        kept = [block for block in kept if re.search("[?？]", block.text)] or kept
    return kept or found


@cache
def _reader():
    return MarkdownIt("commonmark").enable("table")


def _runs(token):
    """The styled stretches of one inline token."""
    runs, bold, stressed = [], 0, 0
    for child in token.children:
        bold += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        stressed += {"em_open": 1, "em_close": -1}.get(child.type, 0)
        if child.type in ("text", "code_inline"):
            runs.append(Run(child.content, bool(bold), bool(stressed), child.type == "code_inline"))
        elif child.type in ("softbreak", "hardbreak"):
            runs.append(Run(" "))
    return tuple(run for run in runs if run.text)

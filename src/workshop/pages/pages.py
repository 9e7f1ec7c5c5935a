"""One offline HTML page per lesson and language: with code, and the classroom edition without."""

import html
import re
from pathlib import Path

from helpers.bank.language import WrongValue, wrong
from workshop.jobs.parameters import known
from workshop.pages import markup, templates
from workshop.pages.page_words import words

ENDINGS = (".html", "_classroom.html")
HIDDEN = {"remove-input", "hide-input", "injected-parameters"}


def title(notebook):
    """Return the first heading of a notebook, as plain text.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson.

    Returns
    -------
    str
        The heading without its ``#``; empty where there is none.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> title(new_notebook(cells=[new_markdown_cell("# Where is the *gap*?")]))
    'Where is the gap?'
    """
    for cell in notebook.cells:
        found = re.search(r"^# +(.+)$", cell.source, flags=re.M) if cell.cell_type == "markdown" else None
        if found:
            return re.sub(r"[*_`]", "", found[1]).strip()
    return ""


def forms(notebook, *, stem, language, links=(), solved=False, folder="."):
    """Draw a lesson's pages.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    stem : str
        The file name without ending.
    language : {"en", "zh"}
        The language of this edition.
    links : sequence of str
        Pages that exist, as ``en/05_servqual``; links to others become plain text.
    solved : bool
        Exercises with their solutions: there is no classroom edition of these.
    folder : Path
        Where pictures named in prose lie.

    Returns
    -------
    dict
        Ending of the file name → HTML.

    Raises
    ------
    WrongValue
        If a picture has no text alternative, a formula cannot be read, a cell ended in an error, or the
        page would ask a network for anything.
    """
    endings = ENDINGS[:1] if solved else ENDINGS
    return {
        end: _page(notebook, end, stem, language, {*links, f"{language}/{stem}"}, solved, folder)
        for end in endings
    }


def alone(notebook, *, stem, language, home, solved=False):
    """Draw one page as it is in a kit: it leads back to the kit's start page and to no other edition.

    Parameters
    ----------
    notebook, stem, language
        As for `forms`.
    home : str
        Where its head leads, seen from the page.
    solved : bool
        Exercises with their solutions; otherwise the classroom edition.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    WrongValue
        As for `forms`.
    """
    return _page(notebook, ENDINGS[not solved], stem, language, set(), solved, ".", home=home)


def _page(notebook, ending, stem, language, links, solved, folder, home=None):
    """One page in one form."""
    classroom = ending == ENDINGS[1]
    spoken, other = words()[language], {"en": "zh", "zh": "en"}[language]
    blocks = [_cell(cell, number, classroom, spoken) for number, cell in enumerate(notebook.cells, start=1)]
    body = _linked(markup.embedded("\n".join(blocks), folder=folder), language, links, ending)
    sections = _sections(body)
    return templates.page(
        "pages/page.html",
        words=spoken,
        lang=spoken["lang"],
        title=title(notebook) or stem,
        stem=stem,
        other=f"../{other}/{stem}{ending}" if f"{other}/{stem}" in links else "",
        sections=sections,
        headings=[(number, _heading(text)) for number, text in enumerate(sections) if number],
        classroom=classroom,
        solved=solved,
        alone=home is not None,
        home=home or "../index.html",
        parameters={} if home else _parameters(notebook),
        code_style=markup.code_style(),
    )


def _cell(cell, number, classroom, words):
    """One cell as HTML; a complaint names the cell."""
    tags = set(cell.metadata.get("tags", []))
    if classroom and "code-only" in tags:
        return ""
    try:
        if cell.cell_type == "markdown":
            body = _noted(markup.prose(cell.source), cell.metadata, words)
        else:
            body = "".join(_output(output, classroom) for output in cell.get("outputs", []))
        if "predict" in tags:
            return _predict(body, number, words)
        shown = cell.cell_type == "code" and cell.source.strip() and not (classroom or tags & HIDDEN)
        return (markup.code(cell.source) if shown else "") + body
    except WrongValue as error:
        raise wrong("workshop.pages.cell", number=number, cell=cell.id, why=error) from error


def _output(output, classroom):
    """One output as HTML; what only makes sense beside its code is left out of the classroom edition."""
    if output.output_type == "error":
        raise wrong("workshop.pages.error", error=output.ename)
    if output.output_type == "stream":
        return "" if classroom else _plain(output.text)
    data = output.data
    if "text/html" in data:
        return markup.frame(data["text/html"])
    if "text/markdown" in data:
        return markup.prose(data["text/markdown"], computed=True)
    for kind in ("image/svg+xml", "image/png", "image/jpeg"):
        if kind in data:
            about = output.metadata.get(kind, {})
            caption = markup.prose(about.get("caption", ""), computed=True)
            return markup.picture(data[kind], kind=kind, alt=about.get("alt"), caption=caption)
    return "" if classroom or "text/plain" not in data else _plain(data["text/plain"])


def _plain(text):
    """Text as the terminal would show it, without colours."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return f'<pre class="output" tabindex="0">{html.escape(text)}</pre>' if text.strip() else ""


def _noted(body, metadata, words):
    """Say what a piece of the trainer's edition is: a hint, a usual mistake, a solution."""
    for kind in ("hint", "wrong", "solution"):
        if metadata.get(kind):
            name = "" if metadata[kind] is True else f" <code>{html.escape(str(metadata[kind]))}</code>"
            return f'<aside class="note"><p class="kind">{words[kind]}{name}</p>{body}</aside>'
    return body


def _predict(question, number, words):
    """A question with room for an answer, on the screen and on paper."""
    return (
        f'<div class="predict">{question}<label for="p{number}">{words["predict"]}'
        f'<small>{words["write"]}</small></label><textarea id="p{number}" rows="2"></textarea></div>'
    )


def _linked(body, language, links, ending):
    """Point links between notebooks at their pages; where there is none, keep the words alone."""

    def turn(found):
        before, stem, anchor, words = found.groups()
        there = f"{language}/{stem}" in links
        return f'<a {before}href="{stem}{ending}{anchor or ""}">{words}</a>' if there else words

    # Within one language only: a notebook's neighbours lie in its own folder.
    return re.sub(r'<a ([^>]*?)href="(?:\./)?([^"/#]+)\.ipynb(#[^"]*)?">(.*?)</a>', turn, body, flags=re.S)


def _sections(body):
    """Cut at the second-level headings that are not inside a folded answer."""
    parts = [""]
    for piece in re.split(r"(?=<h2>)", body):
        folded = parts[-1].count("<details") - parts[-1].count("</details")
        if piece.startswith("<h2>") and not folded:
            parts.append(piece)
        else:
            parts[-1] += piece
    return [_anchored(part, number) for number, part in enumerate(parts)]


def _anchored(section, number):
    """Give the headings within a section an anchor too, for anyone who searches."""
    first, *rest = section.split("<h3>")
    return first + "".join(f'<h3 id="s{number}-{place}">{piece}' for place, piece in enumerate(rest, 1))


def _heading(section):
    """The heading of a section, as HTML without links."""
    return re.sub(r"</?a\b[^>]*>", "", re.match(r"<h2>(.*?)</h2>", section, flags=re.S)[1])


def _parameters(notebook):
    """What the lesson was run with, the injected values included."""
    values = known(notebook)
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            injected = cell.copy()
            injected.metadata = {"tags": ["parameters"]}
            values |= known(type(notebook)(cells=[injected]))
    return {name: Path(str(value)).name if name == "data" else value for name, value in values.items()}

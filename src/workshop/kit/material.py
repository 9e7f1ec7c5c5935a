"""What a lesson gives to its kit: pieces of the executed lesson, sections of the trainer's sheet, paper tasks."""

import ast
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import html

from helpers.bank import escaping
from helpers.bank.language import pick
from workshop.kit import kit_wording, print_blocks

OWN_DATA = ("With your own data", "换成自己的数据")  # needs Python


@dataclass(frozen=True)
class Figure:
    """A figure with the texts that a lesson gave it; the picture itself carries none."""

    name: str
    title: str
    caption: str
    alt: str
    picture: Path

    part: int = 1

    @property
    def room(self):
        """The picture drawn for the back row; the same where the figure is a map."""
        behind = f"-{self.part}" if self.part > 1 else ""
        large = self.picture.with_name(f"{self.picture.stem}-room{behind}.png")
        return large if large.is_file() else self.picture

    @property
    def read(self):
        """What was read back from it: its `parts`, the `lanes` of a map, the numbers of a `chart`."""
        held = self.picture.with_suffix(".json")
        return json.loads(held.read_text(encoding="utf-8")) if held.is_file() else {}

    @property
    def parts(self):
        """The figure itself, or as many as one slide each needs."""
        return [
            replace(
                self,
                part=number,
                title=self.title + pick(en=f" ({name})", zh=f"（{name}）") if name else self.title,
            )
            for number, name in enumerate(self.read.get("parts") or [""], start=1)
        ]


@dataclass(frozen=True)
class Piece:
    """A paragraph or figure of the classroom edition.

    Parameters
    ----------
    screen : int
        Where the classroom page shows it, counted from 1.
    text : str
        Markdown with its numbers filled in; empty for a figure.
    figure : Figure or None
        The figure.
    tags : frozenset of str
        ``"slide"``, ``"predict"``, ``"solution"`` … as the source says.
    cell : str
        The id of its cell.
    """

    screen: int
    text: str = ""
    figure: Figure | None = None
    tags: frozenset = frozenset()
    cell: str = ""


@dataclass(frozen=True)
class Task:
    """A task that needs paper alone, with what the trainer answers."""

    heading: str
    pieces: tuple
    right: str = ""
    wrong: tuple = ()  # (choice, what is said about it)
    solution: str = ""


def pieces(notebook, *, figures):
    """List what the room sees of an executed lesson, screen by screen.

    Parameters
    ----------
    notebook : NotebookNode
        Executed with its figures kept (`execution.Job.figures`).
    figures : Path
        Where they were kept.

    Returns
    -------
    list of Piece
        In order; a cell with a heading in its middle is cut there, as the page is.
    """
    found, screen = [], 1
    for cell in notebook.cells:
        whole, tags = _tags(cell), _tags(cell)
        for text, figure in [] if "code-only" in whole else _shown(cell, figures):
            if cell.cell_type == "code" and text.startswith("|"):
                _lay(found, text, Piece(screen, tags=tags, cell=cell.id))
                tags = whole - {"slide", "handout"}  # the sentence that reads it is said
                continue
            for part in re.split(r"(?m)^(?=## )", text) if text else [""]:
                screen += part.startswith("## ")
                if part.strip() or figure:
                    found.append(Piece(screen, part.strip(), figure, tags, cell.id))
            if figure:  # the sentence that reads it is said, not projected
                tags = whole - {"slide", "handout"}
    return found


def _lay(found, table, place):
    """A table goes below the slide that leads to it, or below its heading; on paper it stands alone."""
    if "slide" in place.tags:
        last = found[-1]
        led = last.screen == place.screen and "slide" in last.tags and "predict" not in last.tags
        if led and not last.figure:
            found[-1] = replace(last, text=f"{last.text}\n\n{table}")
        else:
            heads = [
                piece.text for piece in found if piece.screen == place.screen and piece.text.startswith("## ")
            ]
            head = heads[-1].partition("\n")[0] if heads else ""
            found.append(replace(place, text=f"{head}\n\n{table}", tags=frozenset({"slide"})))
    if "handout" in place.tags:
        found.append(replace(place, text=table, tags=frozenset({"handout"})))


def sections(notebook):
    """Cut a trainer's sheet at its second-level headings.

    Parameters
    ----------
    notebook : NotebookNode
        Not necessarily executed: what it computes is left out.

    Returns
    -------
    dict
        Heading (empty for what stands before the first) → Markdown. Lines that need the command ``course`` are
        left out, and what is said on one's own data: nobody can run it in the room.
    """
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    parts = re.split(r"(?m)^## (.*)$", text)
    found = dict(zip(["", *parts[1::2]], [re.sub(r"(?m)^# .*$", "", parts[0]), *parts[2::2]], strict=True))
    kept = {heading: re.sub(r"(?m)^.*`course .*\n?", "", body).strip() for heading, body in found.items()}
    return {heading: body for heading, body in kept.items() if body and not heading.startswith(OWN_DATA)}


def tasks(notebook, *, figures, told=None):
    """Find the tasks of executed exercises that need no code: figures to read, and what is to be discussed.

    Parameters
    ----------
    notebook : NotebookNode
        The trainer's edition, executed.
    figures : Path
        Where its figures were kept.
    told : dict, optional
        Arguments of `kit_wording.text`, for a room without Python; tasks about code are left out then.

    Returns
    -------
    list of Task
        In order.
    """
    codes = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}
    if told:
        notebook = kit_wording.notebook(notebook, **told)
    shown, found = pieces(notebook, figures=figures), []
    for screen in sorted({piece.screen for piece in shown} - {1}):
        own = [piece for piece in shown if piece.screen == screen]
        heading = print_blocks.blocks(own[0].text)[0].text
        own[0] = replace(own[0], text=own[0].text.partition("\n")[2].strip())
        names = _names(notebook, heading=own[0].cell)
        task = [name for name in names if name.startswith("task-")]
        right = _literal(codes[task[0]]) if task else ""
        about_code = any(block.kind == "code" for piece in own for block in print_blocks.blocks(piece.text))
        if right is not None and not (told and about_code):
            wrong = next((_wrong(codes[name]) for name in names if name.startswith("answers-")), {})
            found.append(_task(heading, own, right, wrong, notebook))
    return found


def cards(table):
    r"""Turn a table's rows into cards that name their columns.

    Parameters
    ----------
    table : str
        Markdown.

    Returns
    -------
    list of str
        Markdown, one card a row.

    Examples
    --------
    >>> cards("| who | age |\n|---|---|\n| C1 | 30 |")
    ['## who C1\n\n- age: **30**']
    """
    (block,) = (block for block in print_blocks.blocks(table) if block.kind == "table")
    rows = [["".join(run.text for run in cell) for cell in row] for row in block.rows]
    colon = pick(en=": ", zh="：")
    return [
        f"## {rows[0][0]} {row[0]}\n\n"
        + "\n".join(f"- {head}{colon}**{value}**" for head, value in zip(rows[0][1:], row[1:], strict=True))
        for row in rows[1:]
    ]


def _task(heading, own, right, wrong, notebook):
    said = {str(cell.metadata["wrong"]): cell.source for cell in notebook.cells
            if str(cell.metadata.get("wrong", "")) in wrong}  # fmt: skip
    withheld = {"hint", "wrong", "right", "solution"}
    return Task(
        heading,
        tuple(piece for piece in own if not piece.tags & withheld and (piece.text or piece.figure)),
        right,
        tuple((choice, said[name]) for name, choice in wrong.items() if name in said),
        "\n\n".join(piece.text for piece in own if piece.tags & {"right", "solution"}),
    )


def _tags(cell):
    """A cell's tags, and those words of its metadata that act like tags."""
    marks = {name for name in ("slide", "hint", "wrong", "right", "solution") if cell.metadata.get(name)}
    return frozenset(marks | set(cell.metadata.get("tags", [])))


def _shown(cell, figures):
    """(text, None) or (empty, figure) for everything of a cell that the room sees; tables stay on the page unless tagged."""
    if cell.cell_type == "markdown":
        yield cell.source, None
        return
    for output in cell.get("outputs", []):
        data, about = output.get("data", {}), output.get("metadata", {})
        if "text/markdown" in data and about.get("sentence"):
            yield data["text/markdown"], None
        elif "text/html" in data and "figure" not in about and _tags(cell) & {"slide", "handout"}:
            yield _table(data["text/html"]), None
        elif "figure" in about:
            texts = about["figure"]
            yield "", Figure(**texts, alt=about["alt"], picture=figures / f"{texts['name']}.png")


def _table(markup):
    """A table of the page as Markdown, without its row numbers."""
    rows = [[cell.text_content().strip() for cell in row.xpath("./th|./td")]
            for row in html.fromstring(markup).xpath("//tr")]  # fmt: skip
    rows = rows if rows[0][0] else [row[1:] for row in rows]
    lines = ["| " + " | ".join(map(escaping.markdown, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _names(notebook, *, heading):
    """The ids of the cells between this heading and the next."""
    ids = [cell.id for cell in notebook.cells]
    after = notebook.cells[ids.index(heading) + 1 :]
    ends = [
        n for n, cell in enumerate(after) if cell.cell_type == "markdown" and cell.source.startswith("## ")
    ]
    return [cell.id for cell in after[: ends[0] if ends else None]]


def _literal(code):
    """The answer of a task whose solution is a plain value; None where it must be computed."""
    last = ast.parse(code).body[-1]
    try:
        return str(ast.literal_eval(last.value))
    except (AttributeError, ValueError):
        return None


def _wrong(code):
    """The known wrong answers of a task that are plain values: ``task.misconception`` → answer."""
    calls = [
        node
        for node in ast.walk(ast.parse(code))
        if getattr(getattr(node, "func", None), "id", "") == "answer"
    ]
    return {
        f"{call.args[0].value}.{key.value}": str(value.value)
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "wrong"
        for key, value in zip(keyword.value.keys, keyword.value.values, strict=True)
        if isinstance(value, ast.Constant)
    }

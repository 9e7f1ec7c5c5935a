"""The one source of a lesson: a MyST notebook with both languages side by side."""

import ast
import re
from dataclasses import dataclass

import jupytext
import yaml
from jupytext.myst import MystMetadataParsingError

from classroom.notebook import placeholders
from helpers.bank.language import Both, WrongValue, wrong
from workshop.jobs.parameters import assignment

# The trainer's sheet is never built into notebooks/: students open those.
STUDENT_PARTS = ("lesson", "deeper", "exercises")
PARTS = (*STUDENT_PARTS, "trainer")


@dataclass(frozen=True)
class Cell:
    """One cell of a source.

    Parameters
    ----------
    number : int
        Its place in the file, counted from 1 over prose and code.
    kind : {"prose", "code"}
        Markdown or Python.
    text : str
        What is written in it.
    metadata : dict
        What stands behind ``+++`` or in the ``:name:`` lines.
    """

    number: int
    kind: str
    text: str
    metadata: dict

    @property
    def lang(self):
        """``"en"``, ``"zh"``, or None where the cell belongs to both."""
        return self.metadata.get("lang")

    @property
    def tags(self):
        """The cell's tags; none is an empty list."""
        return self.metadata.get("tags") or []

    @property
    def first_words(self):
        """Its name, or how it begins: enough to find it in the file."""
        line = self.text.strip().split("\n")[0].lstrip("#> ")
        return str(self.metadata.get("name") or line[:30] + ("…" if len(line) > 30 else "") or "–")

    @property
    def tree(self):
        """Its code as a syntax tree; an empty one where it is no Python (that is reported once)."""
        try:
            return ast.parse(self.text if self.kind == "code" else "")
        except SyntaxError:
            return ast.parse("")

    @property
    def words(self):
        """What a reader reads of it; nothing where a placeholder is broken (that is reported once)."""
        try:
            return placeholders.words(self.text)
        except WrongValue:
            return ""

    def calls(self, name):
        """List the calls of a function in this cell.

        Parameters
        ----------
        name : str
            The function, for instance ``"show"``.

        Returns
        -------
        list of ast.Call
            In no promised order.
        """
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        return [call for call in calls if getattr(call.func, "id", None) == name]


@dataclass(frozen=True)
class Source:
    """A lesson, its deeper part or its exercises, as the author wrote it.

    Parameters
    ----------
    file : str
        Folder and file, as in ``"05_servqual/lesson.md"``.
    header : dict
        The YAML header.
    cells : tuple of Cell
        In file order.
    """

    file: str
    header: dict
    cells: tuple

    @property
    def lesson(self):
        """The lesson's id, for instance ``"05_servqual"``."""
        return self.file.split("/")[0]

    @property
    def part(self):
        """``"lesson"``, ``"deeper"``, ``"exercises"`` or ``"trainer"``."""
        return self.file.split("/")[1].removesuffix(".md")

    def in_language(self, language):
        """List the cells of one language.

        Parameters
        ----------
        language : {"en", "zh"}
            Which one.

        Returns
        -------
        list of Cell
            Its prose, and what belongs to both.
        """
        return [cell for cell in self.cells if cell.lang in (None, language)]

    def pairs(self):
        """List English prose with the Chinese that stands directly after it.

        Returns
        -------
        list of tuple of Cell
            ``(en, zh)``.
        """
        beside = zip(self.cells, self.cells[1:], strict=False)
        return [(first, second) for first, second in beside if (first.lang, second.lang) == ("en", "zh")]

    def parameters(self):
        """Read the values of the cell tagged ``parameters``.

        Returns
        -------
        dict
            Name and value; what is computed there is left out (and reported by `grammar`).
        """
        cells = [cell for cell in self.cells if "parameters" in cell.tags]
        return dict(pair for cell in cells for pair in map(assignment, cell.tree.body) if pair)

    def problem(self, cell, en, zh):
        """Say where a problem is.

        Parameters
        ----------
        cell : Cell or None
            Where it is; None speaks of the whole file.
        en, zh : str
            What is wrong and what to do.

        Returns
        -------
        WrongValue
            One sentence in two languages, not raised.
        """
        if cell is None:
            return WrongValue(en=f"{self.file}: {en}", zh=f"{self.file}：{zh}")
        return wrong(
            "workshop.source.problem",
            file=self.file,
            number=cell.number,
            words=cell.first_words,
            must=Both(en, zh),
        )


def read(path):
    """Read a source.

    Parameters
    ----------
    path : Path
        ``…/05_servqual/lesson.md``.

    Returns
    -------
    Source
        Not yet judged; see `proofreading.problems`.

    Raises
    ------
    WrongValue
        If the file is not UTF-8, or its header or a cell's metadata cannot be read.
    """
    file = f"{path.parent.name}/{path.name}"
    try:
        notebook = jupytext.reads(path.read_text(encoding="utf-8-sig"), fmt="md:myst")
    except UnicodeDecodeError as error:
        raise wrong("workshop.source.not_utf8", file=file, byte=error.start) from error
    except (MystMetadataParsingError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        first = re.sub(r"^(Markdown|Code) cell \d+ at ", "", str(error).split("\n")[0])
        first = f"line {mark.line + 1}: {error.problem}" if mark else first
        raise wrong("workshop.source.metadata", file=file, first=first) from error
    kinds = {"markdown": "prose", "code": "code"}
    return Source(
        file,
        dict(notebook.metadata),
        tuple(
            Cell(number, kinds.get(cell.cell_type, cell.cell_type), cell.source, dict(cell.metadata))
            for number, cell in enumerate(notebook.cells, start=1)
        ),
    )

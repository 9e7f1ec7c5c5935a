"""From one source to notebooks: one language, for students or for the trainer."""

import hashlib
import json
import re
from collections import Counter

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from workshop.build import grammar

_LANGUAGE = re.compile(r"^language\s*=\s*(['\"])en\1", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} .*", re.MULTILINE)
_BUILT_IN = ("lang", "name")  # they shape the cell and are not repeated in it
NOTEBOOK = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(source, *, language, teacher=False):
    """Make one edition of a source.

    Parameters
    ----------
    source : Source
        One that `proofreading.problems` finds nothing wrong with.
    language : {"en", "zh"}
        The reader's language.
    teacher : bool
        Keep solutions, answers, hints and what is said about wrong answers; students get none of these.

    Returns
    -------
    NotebookNode
        nbformat 4.5, without outputs.
    """
    names = ids(source)
    cells = [
        cell for cell in source.in_language(language) if "text" not in cell.metadata and not _elsewhere(cell)
    ]
    cells = [cell for cell in cells if teacher or not _withheld(cell)]
    return new_notebook(
        cells=[_cell(cell, names[cell.number], language=language, teacher=teacher) for cell in cells],
        metadata=json.loads(json.dumps(NOTEBOOK)),
        nbformat_minor=5,
    )


def ids(source):
    """Give every cell an id that stays when cells are inserted elsewhere.

    Parameters
    ----------
    source : Source
        One that `proofreading.problems` finds nothing wrong with.

    Returns
    -------
    dict
        Cell number and id: the author's name, else a hash of section, English text and occurrence.
        Siblings share their id.
    """
    found, seen, section = {}, Counter(), ""
    for cell in source.cells:
        if cell.lang == "zh":
            found[cell.number] = found[cell.number - 1]
            continue
        if cell.kind == "prose" and (headings := _HEADING.findall(cell.text)):
            section = headings[-1]
        content = (section, cell.kind, cell.text)
        digest = hashlib.sha256("\n".join([*content, str(seen[content])]).encode()).hexdigest()
        seen[content] += 1
        found[cell.number] = str(cell.metadata.get("name") or digest[:12])
    return found


def otherwise(source, *, language):
    """List the cells that only data which lack something show: the course's own notebook does without them.

    Parameters
    ----------
    source : Source
        One that `proofreading.problems` finds nothing wrong with.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    list of dict
        ``after``, the id of the cell that stands before it, and ``cell``, in order.
    """
    names, found, before = ids(source), [], None
    for cell in source.in_language(language):
        if "text" in cell.metadata or _withheld(cell):
            continue
        if _elsewhere(cell):
            made = _cell(cell, names[cell.number], language=language, teacher=False)
            found.append({"after": before, "cell": made})
        before = names[cell.number]
    return found


def _elsewhere(cell):
    """Whether a cell asks that something is *not* there: the course's own bank has everything."""
    return any(name.startswith("no_") for name in cell.metadata.get("needs", []))


def _withheld(cell):
    """Whether students do not get this cell."""
    return bool({"solution", "answers", "hint", "right", "wrong"} & {*cell.tags, *cell.metadata})


def _cell(cell, name, *, language, teacher):
    metadata = {key: value for key, value in cell.metadata.items() if key not in _BUILT_IN}
    if cell.kind == "code":
        text = (
            _LANGUAGE.sub(f'language = "{language}"', cell.text) if "parameters" in cell.tags else cell.text
        )
        text = text if teacher else grammar.SOLUTION.split(text)[0].rstrip()
        # Students' notebooks never import `answer`; so the cells that need it bring it along.
        if "answers" in cell.tags:
            text = f"from classroom import answer\n\n{text}"
        return new_code_cell(text, id=name, metadata=metadata)
    return new_markdown_cell(cell.text, id=name, metadata=metadata)

"""The notebook that some data can carry: without what they lack, and saying so once, at its top."""

import copy
import re

import nbformat
from nbformat.v4 import new_markdown_cell

from classroom.notebook import lesson_texts
from helpers.bank import needs
from workshop.jobs import parameters

OPENING = {
    "en": "> **These data carry a part of this notebook.** Left out:",
    "zh": "> **这份数据只能支撑这本笔记本的一部分。** 略过的是：",
}


def carried(notebook, *, name, language, bank):
    """Make the notebook that a bank's data can carry.

    Parameters
    ----------
    notebook : NotebookNode
        As it was built; its cells say in their metadata what they need.
    name : str
        Its name, for instance ``"05_servqual"``.
    language : {"en", "zh"}
        Its language.
    bank : Bank
        The data.

    Returns
    -------
    NotebookNode
        The same notebook where nothing is lacking. Else a new one without the cells that these data cannot
        serve, with those written for this case, and with a list of what was left out, and why, below its title.
    """
    stored = lesson_texts.read(name, language=language)
    cells = _with(notebook.cells, stored.get("_otherwise", []))
    wanted = dict.fromkeys(need for cell in cells for need in _needs(cell))
    offered = needs.available(bank, has_truth=bank.simulated, names=wanted)
    unmet = needs.unmet(wanted, offered=offered)
    lacking = [need for need in unmet if not need.startswith("no_")]
    if not lacking:
        return notebook
    left = copy.deepcopy(notebook)
    left.cells = [_started(cell, lacking) for cell in cells if not needs.unmet(_needs(cell), offered=offered)]
    told = [sentence for need in needs.reasons(lacking) if (sentence := needs.lost(need, book=bank))]
    if told:
        lines = [OPENING[language], *(f"> - {sentence[language]}" for sentence in told)]
        left.cells.insert(
            1, new_markdown_cell("\n".join([lines[0], ">", *lines[1:]]), id="left-out", metadata={"tags": []})
        )
    return left


def fitted(text, *, path, bank):
    """Make the working copy of a built notebook for a bank of one's own.

    Parameters
    ----------
    text : str
        The built notebook.
    path : Path
        Where it stands: ``…/zh/05_servqual.ipynb``.
    bank : Bank
        The data.

    Returns
    -------
    str
        The notebook that the data can carry; its parameter ``data`` names them.
    """
    notebook = nbformat.reads(text, as_version=4)
    values = parameters.suited({"data": str(bank.folder.resolve())}, notebook=notebook)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = _set(cell.source, values)
    made = carried(notebook, name=path.stem, language=path.parent.name, bank=bank)
    return nbformat.writes(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _set(source, values):
    """The cell of parameters with other values; a name that it does not set is left out."""
    lines = source.split("\n")
    told = [next((name for name in values if line.startswith(f"{name} = ")), None) for line in lines]
    return "\n".join(
        f"{name} = {values[name]!r}" if name else line for line, name in zip(lines, told, strict=True)
    )


def _needs(cell):
    """What a cell needs."""
    return cell.metadata.get("needs", [])


def _with(cells, others):
    """The cells, with those that only some data show put where they belong."""
    found = list(cells)
    for other in others:
        ids = [cell.get("id") for cell in found]
        at = ids.index(other["after"]) + 1 if other["after"] in ids else 0
        cell = nbformat.from_dict(other["cell"])
        cell.metadata.setdefault("tags", [])  # as papermill reads the others
        found.insert(at, cell)
    return found


def _started(cell, lacking):
    """Let `start` know what was left out, so that it does not stop."""
    if cell.cell_type != "code" or "start(" not in cell.source:
        return cell
    changed = copy.deepcopy(cell)
    changed.source = re.sub(r'(\bstart\(\s*"\w+")', rf"\1, left_out={lacking!r}", cell.source, count=1)
    return changed
